//! The command line beyond `serve`: what scripts and people rely on.

use std::fs;
use std::process::Output;

use serde_json::Value;

use crate::bridge::{Setup, root, run};

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Checks a MOF text; answers with exit code and diagnostics.
fn check(text: &str) -> (Option<i32>, String) {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let file = directory.path().join("bad.mof");
    fs::write(&file, text).expect("a MOF file");
    let output = run(&["mof", "check", file.to_str().expect("a path")]);
    (output.status.code(), stdout(&output) + &stderr(&output))
}

const QUALIFIERS: &str = "Qualifier Key : boolean = false, Scope(property, reference), Flavor(DisableOverride, ToSubclass);\nQualifier Description : string = null, Scope(any), Flavor(EnableOverride, ToSubclass, Translatable);\n";

#[test]
fn the_model_is_free_of_mistakes() {
    let output = run(&["mof", "check", "mof/cimi.mof"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn a_mistake_in_mof_names_file_line_column_cause_and_cure() {
    // Line 4, column 5 holds a type that does not exist.
    let (code, report) = check(&format!(
        "{QUALIFIERS}class XYZ_A {{\n    unit32 Size;\n}};\n"
    ));
    assert_eq!(code, Some(1));
    assert!(
        report.contains("bad.mof:4:5"),
        "file, line and column: {report}"
    );
    assert!(report.contains("unit32"), "the cause: {report}");
    assert!(report.contains("uint32"), "the cure: {report}");

    // A missing semicolon.
    let (code, report) = check(&format!(
        "{QUALIFIERS}class XYZ_A {{\n    uint32 Size\n}};\n"
    ));
    assert_eq!(code, Some(1));
    assert!(
        report.contains("bad.mof:4:") || report.contains("bad.mof:5:"),
        "{report}"
    );
    assert!(report.contains('`') && report.contains(';'), "{report}");

    // A superclass that nobody declared.
    let (code, report) = check(&format!("{QUALIFIERS}class XYZ_B : XYZ_Missing {{\n}};\n"));
    assert_eq!(code, Some(1));
    assert!(report.contains("bad.mof:3:15"), "{report}");
    assert!(report.contains("XYZ_Missing"), "{report}");

    // Several mistakes in one run.
    let (_, report) = check(&format!(
        "{QUALIFIERS}class XYZ_A {{\n    unit32 Size;\n    strnig Name;\n}};\n"
    ));
    assert!(
        report.contains("bad.mof:4:5") && report.contains("bad.mof:5:5"),
        "{report}"
    );
}

#[test]
fn a_file_that_is_not_there_is_an_error_and_not_a_panic() {
    let output = run(&["mof", "check", "no/such.mof"]);
    assert_eq!(output.status.code(), Some(1));
    let report = stdout(&output) + &stderr(&output);
    assert!(report.contains("no/such.mof"), "{report}");
    assert!(!report.contains("panicked"), "{report}");
}

#[test]
fn the_model_can_be_had_as_json() {
    let output = run(&["mof", "dump", "--json", "mof/cimi.mof"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let dump: Value = serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
    let machine = dump["classes"]
        .as_array()
        .expect("classes")
        .iter()
        .find(|class| class["name"] == "CIMI_Machine")
        .expect("CIMI_Machine");
    let state = machine["properties"]
        .as_array()
        .expect("properties")
        .iter()
        .find(|property| property["name"] == "State")
        .expect("State");
    assert_eq!(
        state["qualifiers"]["MappingStrings"][0],
        "ATTR.DMTF|CIMI.1|Machine.state"
    );
}

#[test]
fn what_is_generated_is_fresh() {
    let output = run(&["codegen", "--check"]);
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn stale_generated_files_are_noticed() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let (rust, xsd) = (directory.path().join("rust"), directory.path().join("xsd"));
    let folders = [
        "--rust",
        rust.to_str().expect("a path"),
        "--xsd",
        xsd.to_str().expect("a path"),
    ];
    let codegen = |more: &[&str]| run(&[&["codegen"], &folders[..], more].concat());

    let output = codegen(&["--check"]);
    assert_eq!(output.status.code(), Some(1), "nothing is there");
    assert!(codegen(&[]).status.success());
    assert!(codegen(&["--check"]).status.success());
    // The same bytes as those that are checked in.
    let file = fs::read_dir(&xsd)
        .expect("schemas")
        .next()
        .expect("one")
        .expect("one")
        .path();
    let checked_in = root().join("xsd").join(file.file_name().expect("a name"));
    assert_eq!(
        fs::read(&file).expect("a schema"),
        fs::read(checked_in).expect("a schema")
    );

    fs::write(&file, fs::read_to_string(&file).expect("a schema") + "\n").expect("a schema");
    let output = codegen(&["--check"]);
    assert_eq!(output.status.code(), Some(1));
    let (message, name) = (stderr(&output), file.file_name().expect("a name"));
    assert!(
        message.contains(name.to_str().expect("a name")),
        "which one: {message}"
    );
    assert!(message.contains("without --check"), "the cure: {message}");
}

#[test]
fn every_command_explains_itself() {
    for command in [
        &[][..],
        &["serve"],
        &["user"],
        &["user", "add"],
        &["mof"],
        &["mof", "check"],
        &["mof", "dump"],
        &["codegen"],
    ] {
        let output = run(&[command, &["--help"]].concat());
        assert!(output.status.success(), "{command:?}");
        let help = stdout(&output);
        assert!(help.contains("Usage: cimi-bridge"), "{help}");
        let first = help.lines().next().expect("a line");
        assert!(
            first.contains(' ') && !first.contains("Usage"),
            "it says what it is for: {first}"
        );
        let wide = help.lines().find(|line| line.chars().count() > 100);
        assert_eq!(wide, None, "{command:?}");
    }
    let output = run(&["sevre"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("serve"), "{}", stderr(&output));
}

#[test]
fn the_example_configuration_is_one_that_the_service_takes() {
    let example =
        fs::read_to_string(root().join("docs/cimi-bridge.example.toml")).expect("example");
    Setup::demo().config(&example).start();
}

#[test]
fn a_setting_that_does_not_exist_is_refused_with_its_line() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let file = directory.path().join("wrong.toml");
    fs::write(&file, "[limits]\nbody_byte = 1\n").expect("a configuration");
    let output = run(&[
        "serve",
        "--demo",
        "--config",
        file.to_str().expect("a path"),
    ]);
    assert_eq!(output.status.code(), Some(1));
    let message = stderr(&output);
    for part in ["wrong.toml", "line 2", "body_byte", "body_bytes"] {
        assert!(message.contains(part), "{part}: {message}");
    }
}
