//! `cimi-bridge mof` as scripts see them: exit codes, standard output and error.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_cimi-bridge"))
        .args(arguments)
        .current_dir(root())
        .output();
    match output {
        Ok(output) => output,
        Err(error) => panic!("{arguments:?}: {error}"),
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_right_file_is_checked_in_silence_on_standard_output() {
    let output = run(&["mof", "check", "mof/cimi.mof"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stdout), "");
    assert!(text(&output.stderr).ends_with(" files: no errors\n"));
}

#[test]
fn a_mistake_is_shown_with_place_cause_and_cure() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.mof");
    std::fs::write(&file, "class X_A : X_B {\n    int32 Size;\n};\n").unwrap();
    let output = run(&["mof", "check", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    let said = text(&output.stderr);
    for part in [
        "error[E0201]: class `X_B` is not declared",
        "bad.mof:1:13",
        "bad.mof:2:5",
        "did you mean `sint32`?",
        "error: 2 errors were found",
    ] {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
    assert!(!said.contains('\u{1b}'), "colours in a pipe: {said}");
}

#[test]
fn diagnostics_are_json_if_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.mof");
    std::fs::write(&file, "class X_A : X_B {\n};\n").unwrap();
    let output = run(&["mof", "check", "--json", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let diagnostics: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(diagnostics[0]["code"], "E0201");
    assert_eq!(diagnostics[0]["line"], 1);
}

#[test]
fn a_missing_file_is_an_error_and_no_file_is_wrong_usage() {
    let output = run(&["mof", "check", "nowhere.mof"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("cannot read `nowhere.mof`"));
    assert_eq!(run(&["mof", "check"]).status.code(), Some(2));
}

#[test]
fn dump_prints_only_json_on_standard_output() {
    let output = run(&["mof", "dump", "--json", "mof/cimi.mof"]);
    assert_eq!(output.status.code(), Some(0));
    let dump: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let classes = dump["classes"].as_array().unwrap();
    assert_eq!(classes.len(), cimi_model::schema().classes().len());
    let machine = classes
        .iter()
        .find(|c| c["name"] == "CIMI_Machine")
        .unwrap();
    assert_eq!(machine["superclass"], "CIMI_Resource");
    assert_eq!(machine["properties"][0]["name"], "State");
    // A broken schema has no dump.
    let output = run(&["mof", "dump", "--json", "nowhere.mof"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
}

#[test]
fn codes_are_explained() {
    let output = run(&["mof", "explain", "e0401"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("ValueMap"));
    let output = run(&["mof", "explain", "E9999"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("there is no diagnostic `E9999`"));
}
