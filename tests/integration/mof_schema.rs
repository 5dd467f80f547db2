//! The CIM Schema of DMTF, compiled by us and by pywbem: class by class, property by property, qualifier
//! by qualifier.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::bridge::{binary, run};
use crate::mof_command::files_below;
use crate::oracle;

/// The unpacked schema; `None` (and a line that says so) where the oracles are absent.
fn schema() -> Option<(tempfile::TempDir, PathBuf)> {
    let zip = oracle::schema("cim-schema/cim_schema_2.49.0Final-MOFs.zip")?;
    let folder = tempfile::tempdir().expect("a temporary directory");
    let unpacked = Command::new("python3")
        .args(["-m", "zipfile", "-e"])
        .arg(&zip)
        .arg(folder.path())
        .status()
        .expect("Python runs");
    assert!(unpacked.success(), "{} is no zip file", zip.display());
    let top = folder.path().join("cim_schema_2.49.0.mof");
    Some((folder, top))
}

#[test]
fn pywbem_agrees_about_the_whole_cim_schema() {
    let Some((folder, top)) = schema() else {
        return;
    };
    let top = top.to_str().expect("a path in UTF-8");
    let dump = run(&["mof", "dump", "--json", "--flatten", top]);
    assert_eq!(dump.status.code(), Some(0));
    let path = folder.path().join("dump.json");
    fs::write(&path, &dump.stdout).expect("the dump");
    oracle::script(
        "mof_schema.py",
        &[top, path.to_str().expect("a path in UTF-8")],
    );
}

/// The rules that the schema breaks itself, known from an independent check of all its classes: these and
/// no others.
#[test]
fn the_cim_schema_breaks_the_known_rules_and_no_others() {
    let Some((_folder, top)) = schema() else {
        return;
    };
    let top = top.to_str().expect("a path in UTF-8");
    let found = |arguments: &[&str]| {
        let output = run(&[&["mof", "check", "--format", "json"], arguments, &[top]].concat());
        assert_eq!(output.status.code(), Some(0), "no errors");
        let found: Vec<serde_json::Value> =
            serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for diagnostic in &found {
            assert_eq!(diagnostic["severity"], "warning");
            let lint = diagnostic["lint"].as_str().expect("a name");
            *counts.entry(lint.to_owned()).or_default() += 1;
        }
        (counts, found)
    };
    let (counts, all) = found(&["-W", "value-map-without-values"]);
    let counts: Vec<(&str, usize)> = counts.iter().map(|(name, n)| (name.as_str(), *n)).collect();
    assert_eq!(
        counts,
        [
            // CIM_PolicyInSystem below CIM_HostedDependency.
            ("abstract-below-concrete", 1),
            // Two or three qualifiers on each of the six properties below.
            ("misplaced-qualifier", 11),
            ("out-without-in", 223),
            // Several `..` in a ValueMap.
            ("several-gaps", 17),
            ("value-map-without-values", 15),
        ]
    );
    let mut misplaced: Vec<&str> = all
        .iter()
        .filter(|d| d["lint"] == "misplaced-qualifier")
        .map(|d| {
            d["file"]
                .as_str()
                .and_then(|f| f.rsplit('/').next())
                .expect("a file")
        })
        .collect();
    misplaced.dedup();
    misplaced.sort_unstable();
    assert_eq!(
        misplaced,
        [
            "CIM_J2eeNotification.mof",
            "CIM_SharedSecret.mof",
            "CIM_TierSettingData.mof",
            "CIM_VTLResourceUsage.mof",
            "CIM_WeightedREDDropperService.mof",
        ]
    );
    // In the default dialect the fifteen without names are silent.
    assert!(!found(&[]).0.contains_key("value-map-without-values"));
}

/// Comments of a text, as they stand there but for the white space at their ends.
fn comments(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut is_string = false;
    while let Some(at) = rest.find(['"', '\\', '/']) {
        let tail = &rest[at..];
        let length = if tail.starts_with('\\') {
            tail.chars().take(2).map(char::len_utf8).sum()
        } else if tail.starts_with('"') {
            is_string = !is_string;
            1
        } else if !is_string && tail.starts_with("//") {
            let end = tail.find('\n').unwrap_or(tail.len());
            found.push(tail[..end].trim_end().to_owned());
            end
        } else if !is_string && tail.starts_with("/*") {
            let end = tail.find("*/").map_or(tail.len(), |n| n + 2);
            found.push(tail[..end].trim_end().to_owned());
            end
        } else {
            1
        };
        rest = &tail[length..];
    }
    found
}

#[test]
fn the_whole_cim_schema_can_be_laid_out_anew() {
    let Some((folder, top)) = schema() else {
        return;
    };
    let top = top.to_str().expect("a path in UTF-8");
    let dump = || {
        let output = run(&["mof", "dump", "--json", top]);
        assert_eq!(output.status.code(), Some(0));
        output.stdout
    };
    let mut files = Vec::new();
    files_below(folder.path(), &mut files);
    assert_eq!(files.len(), 1_634);
    let texts = || -> Vec<String> {
        let read = |file| fs::read_to_string(file).expect("a file in UTF-8");
        files.iter().map(read).collect()
    };
    let fmt = |arguments: &[&str]| {
        Command::new(binary())
            .args(["mof", "fmt"])
            .args(arguments)
            .args(&files)
            .output()
            .expect("cimi-bridge runs")
    };
    let (meaning, before) = (dump(), texts());
    assert_eq!(fmt(&["--check"]).status.code(), Some(1));
    assert_eq!(fmt(&[]).status.code(), Some(0));
    let after = texts();
    for ((before, after), file) in before.iter().zip(&after).zip(&files) {
        assert_eq!(comments(before), comments(after), "{}", file.display());
    }
    // Idempotent, and nothing else than a layout.
    let again = fmt(&["--check"]);
    assert_eq!(String::from_utf8_lossy(&again.stdout), "");
    assert_eq!(again.status.code(), Some(0));
    assert!(meaning == dump(), "the schema means something else");
}
