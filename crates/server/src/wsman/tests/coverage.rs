//! The table of what is proven, made from the tests themselves: a line `Proves <part> <feature>.` above a
//! test, or in the script of a client that somebody else wrote, is a row of
//! `docs/ws-management-coverage.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use expect_test::expect_file;

/// The parts, by the digit that the lines begin with.
const PARTS: [(char, &str); 10] = [
    ('1', "Addressing and control"),
    ('2', "Identify"),
    ('3', "Transfer"),
    ('4', "Enumeration"),
    ('5', "CIM binding"),
    ('6', "Faults"),
    ('7', "Wire tolerance"),
    ('8', "HTTP Digest"),
    ('9', "The client side"),
    ('E', "Eventing"),
];

/// Tests, and clients, by part and feature.
type Proofs = BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>;

fn collect(proofs: &mut Proofs, file: &Path) {
    let text = std::fs::read_to_string(file).unwrap();
    // Files of the same name are told apart by their folder.
    let stem = match file.file_stem().unwrap().to_str().unwrap() {
        "round_trip" => "wscim",
        stem => stem,
    };
    let mut pending: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        let of_client = line
            .strip_prefix("# Proves ")
            .or_else(|| line.strip_prefix("// Proves "));
        if let Some(feature) = of_client {
            let client = match stem {
                // The program of a client that is a crate.
                "main" => "winrm-rs",
                "wsman_messages" => "wsman-messages",
                script => script
                    .trim_start_matches("wsman_")
                    .trim_start_matches("events_"),
            };
            let client = client.replace('_', "-");
            let feature = feature.trim_end_matches('.').to_owned();
            proofs.entry(feature).or_default().1.insert(client);
        } else if let Some(feature) = line.strip_prefix("/// Proves ") {
            pending.push(feature.trim_end_matches('.').to_owned());
        } else if let Some((_, rest)) = line.split_once("fn ")
            && !line.starts_with("//")
        {
            let name = rest.split('(').next().unwrap();
            for feature in pending.drain(..) {
                let test = format!("{stem}::{name}");
                proofs.entry(feature).or_default().0.insert(test);
            }
        }
    }
    assert!(
        pending.is_empty(),
        "{}: {pending:?} is above no test",
        file.display()
    );
}

fn files(folder: &Path, start: &str, extension: &str) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with(start)
        })
        .collect();
    files.sort();
    files
}

#[test]
fn the_table_is_what_the_tests_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut proofs = Proofs::new();
    let here = root.join("crates/server/src/wsman/tests");
    for file in files(&here, "", "rs") {
        if file.file_stem().unwrap() != "coverage" {
            collect(&mut proofs, &file);
        }
    }
    collect(&mut proofs, &root.join("crates/wsman/src/request_tests.rs"));
    for file in files(&root.join("tests/integration"), "wsman_", "rs") {
        collect(&mut proofs, &file);
    }
    for file in [
        "crates/server/src/login.rs",
        "crates/server/src/socket_tests.rs",
        "crates/server/src/socket_tests/limits.rs",
        "crates/wsman-client/tests/stream.rs",
        "crates/xml-wire/src/wscim/tests/round_trip.rs",
    ] {
        collect(&mut proofs, &root.join(file));
    }
    for extension in ["py", "js", "sh"] {
        for file in files(&root.join("tests/clients"), "wsman_", extension) {
            collect(&mut proofs, &file);
        }
    }
    collect(
        &mut proofs,
        &root.join("tests/clients/winrm-rs/src/main.rs"),
    );
    let mut out = String::from(
        "# What is proven of WS-Management\n\n\
         Made from the tests: each names what it proves. A client in the last column is the work of somebody else,\n\
         and runs unmodified against the service in `make test`.\n",
    );
    let mut rows = 0;
    for (digit, part) in PARTS {
        let _ = write!(
            out,
            "\n## {part}\n\n| feature | tests | real clients |\n| --- | --- | --- |\n"
        );
        for (feature, (tests, clients)) in &proofs {
            let Some(feature) = feature.strip_prefix(digit) else {
                continue;
            };
            let join = |names: &BTreeSet<String>, quote: &str| {
                let names: Vec<String> =
                    names.iter().map(|n| format!("{quote}{n}{quote}")).collect();
                names.join(", ")
            };
            let _ = writeln!(
                out,
                "| {} | {} | {} |",
                feature.trim(),
                join(tests, "`"),
                join(clients, "")
            );
            rows += 1;
        }
    }
    assert_eq!(
        rows,
        proofs.len(),
        "every line begins with the digit of a part"
    );
    expect_file![root.join("docs/ws-management-coverage.md")].assert_eq(&out);
}
