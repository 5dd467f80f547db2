//! `cimi-bridge mof` as scripts, editors and people use it: exit codes, formats, and what is on which
//! stream.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::bridge::{binary, root};
use crate::oracle;

/// Runs `cimi-bridge mof ...` in a folder.
fn mof(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(binary())
        .current_dir(folder)
        .arg("mof")
        .args(arguments)
        .output()
        .expect("cimi-bridge runs")
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary directory");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

const CLEAN: &str = "class XYZ_A {\n    [Key] string Name;\n    uint32 Size = 5;\n};\n";
const WARNED: &str =
    "class XYZ_A {\n    [Key] string Name;\n    uint32 Do([Out] string What);\n};\n";
const WRONG: &str = "class XYZ_A : XYZ_B {\n    [Key] string Name\n    unit32 Size;\n};\n";

fn three() -> TempDir {
    folder(&[
        ("clean.mof", CLEAN),
        ("warned.mof", WARNED),
        ("wrong.mof", WRONG),
    ])
}

#[test]
fn exit_codes_of_check() {
    let folder = three();
    let code = |arguments: &[&str]| {
        let output = mof(folder.path(), &[&["check"], arguments].concat());
        assert!(!err(&output).contains("panicked"), "{}", err(&output));
        output.status.code().expect("an exit code")
    };
    for format in ["text", "json", "sarif"] {
        assert_eq!(code(&["--format", format, "clean.mof"]), 0, "{format}");
        assert_eq!(code(&["--format", format, "warned.mof"]), 0, "{format}");
        assert_eq!(code(&["--format", format, "wrong.mof"]), 1, "{format}");
        assert_eq!(code(&["--format", format, "none.mof"]), 1, "{format}");
        assert_eq!(code(&["--format", format, "."]), 1, "{format}");
    }
    for usage in [
        &[][..],
        &["--format", "xml", "clean.mof"],
        &["--dialect", "cisco", "clean.mof"],
        &["-D", "no-such-lint", "clean.mof"],
        &["--root", "nowhere", "clean.mof"],
        &["--no-such-option", "clean.mof"],
    ] {
        assert_eq!(code(usage), 2, "{usage:?}");
    }
    // A lint is silenced, or made an error, by name and by code.
    assert_eq!(code(&["-D", "out-without-in", "warned.mof"]), 1);
    assert_eq!(code(&["--deny", "W0302", "warned.mof"]), 1);
    assert_eq!(code(&["-D", "warnings", "warned.mof"]), 1);
    assert_eq!(
        code(&["-D", "warnings", "-A", "out-without-in", "warned.mof"]),
        0
    );
    assert_eq!(
        code(&["--dialect", "wmi", "-D", "warnings", "warned.mof"]),
        0
    );
    // The last one holds.
    assert_eq!(code(&["-D", "W0302", "-W", "W0302", "warned.mof"]), 0);
    assert_eq!(code(&["-A", "W0302", "-D", "W0302", "warned.mof"]), 1);
    let silent = mof(folder.path(), &["check", "-A", "W0302", "warned.mof"]);
    assert!(!err(&silent).contains("warning"), "{}", err(&silent));
    let typo = mof(folder.path(), &["check", "-A", "out-without", "clean.mof"]);
    assert!(err(&typo).contains("out-without"), "{}", err(&typo));
}

#[test]
fn text_is_for_people_and_json_is_alone_on_its_stream() {
    let folder = three();
    let text = mof(folder.path(), &["check", "wrong.mof"]);
    assert_eq!(out(&text), "");
    for part in [
        "error[E0201]: class `XYZ_B` is not declared\n",
        " --> wrong.mof:1:15\n",
        "expected `;` after this",
        "did you mean `uint32`?",
        "3 errors were found; `cimi-bridge mof explain CODE`",
    ] {
        assert!(err(&text).contains(part), "{part}: {}", err(&text));
    }
    // No colours and no progress where nobody looks.
    assert!(!err(&text).contains('\u{1b}'));

    for arguments in [
        &["check", "--format", "json", "wrong.mof"][..],
        &["check", "--json", "wrong.mof"],
    ] {
        let output = mof(folder.path(), arguments);
        assert_eq!(err(&output), "");
        let found: Value = serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
        assert_eq!(
            found[1],
            json!({
                "code": "E0101", "severity": "error",
                "message": "expected `;`, found `unit32`",
                "file": "wrong.mof", "line": 2, "column": 18, "end_line": 2, "end_column": 22,
                "label": "expected `;` after this",
                "help": "write `;` there",
                "fix": { "line": 2, "column": 22, "end_line": 2, "end_column": 22, "text": ";" },
            })
        );
        assert_eq!(found.as_array().map(Vec::len), Some(3));
    }
    let clean = mof(folder.path(), &["check", "--format", "json", "clean.mof"]);
    assert_eq!(out(&clean), "[]\n");
}

/// What SARIF 2.1.0 demands of a log beyond its schema: indexes and identifiers of rules agree, addresses
/// are URI references (RFC 3986), regions do not end before they begin.
#[track_caller]
fn is_consistent(value: &Value, rules: &Value) {
    let (Value::Object(_) | Value::Array(_)) = value else {
        return;
    };
    if let Some(uri) = value["uri"].as_str() {
        let is_right = |b: u8| b.is_ascii_alphanumeric() || b"-._~/%:".contains(&b);
        assert!(!uri.is_empty() && uri.bytes().all(is_right), "{uri}");
    }
    if let Some(at) = value["ruleIndex"].as_u64() {
        let at = usize::try_from(at).expect("an index");
        assert_eq!(rules[at]["id"], value["ruleId"]);
    }
    if let Some(line) = value["startLine"].as_u64() {
        let number = |name: &str| value[name].as_u64().expect("a number");
        let start = (line, number("startColumn"));
        assert!(start <= (number("endLine"), number("endColumn")), "{value}");
    }
    let items = value.as_array().into_iter().flatten();
    let members = value.as_object().into_iter().flat_map(|o| o.values());
    items.chain(members).for_each(|v| is_consistent(v, rules));
}

#[test]
fn sarif_is_valid() {
    let folder = folder(&[
        (
            "a file.mof",
            "#pragma include (\"odd & näme.mof\")\nclass XYZ_A { string P; };\nclass xyz_a { string Q; };\n",
        ),
        ("odd & näme.mof", WRONG),
        ("empty.mof", ""),
    ]);
    let mut logs = Vec::new();
    let mut keep = |output: &Output| {
        let log: Value = serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
        is_consistent(&log, &log["runs"][0]["tool"]["driver"]["rules"]);
        let path = folder.path().join(format!("{}.sarif", logs.len()));
        fs::write(&path, &output.stdout).expect("a log");
        logs.push(path.to_str().expect("UTF-8").to_owned());
    };
    for file in ["a file.mof", "empty.mof", "none.mof", "-"] {
        let output = mof(folder.path(), &["check", "--format", "sarif", file]);
        assert_eq!(err(&output), "");
        keep(&output);
    }
    let output = mof(folder.path(), &["check", "--format", "sarif", "a file.mof"]);
    let log: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let uri = |at: &Value| at["physicalLocation"]["artifactLocation"]["uri"].clone();
    assert!(
        results
            .iter()
            .any(|r| uri(&r["locations"][0]) == "odd%20%26%20n%C3%A4me.mof")
    );
    assert!(results.iter().any(|r| r.get("fixes").is_some()));
    assert!(results.iter().any(|r| r.get("relatedLocations").is_some()));
    // Every diagnostic that there is makes a valid log.
    let examples = root().join("crates/cim-mof/tests/diagnostics");
    let files: Vec<String> = fs::read_dir(&examples)
        .expect("examples")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|e| e == "mof"))
        .map(|path| path.to_str().expect("UTF-8").to_owned())
        .collect();
    assert!(files.len() > 80, "{}", files.len());
    for chunk in files.chunks(20) {
        let mut arguments = vec![
            "check",
            "--format",
            "sarif",
            "--dialect",
            "strict",
            "--mof3",
        ];
        arguments.extend(chunk.iter().map(String::as_str));
        keep(&mof(root(), &arguments));
    }
    let logs: Vec<&str> = logs.iter().map(String::as_str).collect();
    oracle::node_script("sarif.js", &logs);
}

#[test]
fn standard_input_and_other_files() {
    let folder = three();
    let piped = |bytes: &[u8], arguments: &[&str]| {
        let mut child = Command::new(binary())
            .current_dir(folder.path())
            .arg("mof")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("cimi-bridge runs");
        child
            .stdin
            .take()
            .expect("standard input")
            .write_all(bytes)
            .expect("it reads");
        child.wait_with_output().expect("it ends")
    };
    let output = piped(WRONG.as_bytes(), &["check", "-"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("--> <standard input>:1:15"),
        "{}",
        err(&output)
    );
    // What it includes is looked for where the command runs.
    let output = piped(b"#pragma include (\"clean.mof\")", &["tree", "-"]);
    assert_eq!((out(&output), output.status.code()), ("XYZ_A\n", Some(0)));
    let utf16: Vec<u8> = CLEAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(piped(&utf16, &["check", "-"]).status.code(), Some(0));
    let output = piped(
        b"// \xA9 1999\nclass XYZ_A { [Key] string P; };",
        &["check", "-"],
    );
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("W0001"), "{}", err(&output));
    // Half of a surrogate pair, and half of a character.
    let output = piped(b"\xFF\xFE/\0/\0\x00\xD8\n\0c\0", &["check", "-"]);
    assert_eq!(output.status.code(), Some(1));
    let output = piped(b"class XYZ_A { [Key] string P; };\n\x1a", &["check", "-"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));

    // Bytes of anything else end with a message.
    let noise: Vec<u8> = (0..=255u8).cycle().take(40_000).collect();
    for bytes in [&b""[..], &[0; 4096], &noise] {
        let output = piped(bytes, &["check", "-"]);
        assert!(matches!(output.status.code(), Some(0 | 1)));
    }
    // A pipe that nobody writes into is not waited for.
    let pipe = folder.path().join("pipe.mof");
    if Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .is_ok_and(|s| s.success())
    {
        let output = piped(b"#pragma include (\"pipe.mof\")", &["check", "-"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(err(&output).contains("E0104"), "{}", err(&output));
    }
    let output = piped(b"#pragma include (\"/dev/zero\")", &["check", "-"]);
    assert!(err(&output).contains("E0104"), "{}", err(&output));
}

#[test]
fn includes_stay_below_the_root() {
    let folder = folder(&[
        ("in/top.mof", "#pragma include (\"sub/a.mof\")\n"),
        ("in/sub/a.mof", CLEAN),
        ("in/up.mof", "#pragma include (\"../out.mof\")\n"),
        ("in/link.mof", "#pragma include (\"linked/out.mof\")\n"),
        ("out.mof", CLEAN),
    ]);
    let check = |arguments: &[&str]| mof(folder.path(), &[&["check"], arguments].concat());
    assert_eq!(
        check(&["--root", "in", "in/top.mof"]).status.code(),
        Some(0)
    );
    assert_eq!(check(&["in/up.mof"]).status.code(), Some(0));
    let refused = |file: &str| {
        let output = check(&["--root", "in", file]);
        assert_eq!(output.status.code(), Some(1), "{file}");
        assert!(err(&output).contains("error[E0105]"), "{}", err(&output));
    };
    refused("in/up.mof");
    refused("out.mof");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("..", folder.path().join("in/linked")).expect("a link");
        refused("in/link.mof");
        // The root may be a link itself.
        std::os::unix::fs::symlink("in", folder.path().join("root")).expect("a link");
        let output = check(&["--root", "root", "root/top.mof"]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    }
}

#[test]
fn the_layout_command() {
    let untidy = "// head\nclass XYZ_A{[Key]string Name;/* why */uint8 B[]={1,2};};// end\n";
    let folder = folder(&[("untidy.mof", untidy), ("wrong.mof", WRONG)]);
    let path = folder.path().join("untidy.mof");
    let check = mof(folder.path(), &["fmt", "--check", "untidy.mof"]);
    assert_eq!(
        (check.status.code(), out(&check)),
        (Some(1), "untidy.mof\n")
    );
    assert_eq!(fs::read_to_string(&path).expect("a file"), untidy);
    assert!(mof(folder.path(), &["fmt", "untidy.mof"]).status.success());
    let tidy = fs::read_to_string(&path).expect("a file");
    for comment in ["// head", "/* why */", "// end"] {
        assert!(tidy.contains(comment), "{tidy}");
    }
    let again = mof(folder.path(), &["fmt", "--check", "untidy.mof"]);
    assert_eq!((again.status.code(), out(&again)), (Some(0), ""));
    // What cannot be read is left alone.
    let wrong = mof(folder.path(), &["fmt", "untidy.mof", "wrong.mof"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(err(&wrong).contains("wrong.mof:2:18"), "{}", err(&wrong));
    let left = fs::read_to_string(folder.path().join("wrong.mof"));
    assert_eq!(left.expect("a file"), WRONG);
    assert_eq!(mof(folder.path(), &["fmt"]).status.code(), Some(2));
    assert_eq!(
        mof(folder.path(), &["fmt", "none.mof"]).status.code(),
        Some(1)
    );
}

const FAMILY: &str = "Qualifier Abstract : boolean = false, Scope(class), Flavor(Restricted);\n\
Qualifier Key : boolean = false, Scope(property), Flavor(DisableOverride);\n\
[Abstract] class XYZ_Top { [Key] string Name; uint32 Reset(); };\n\
class XYZ_Lamp : XYZ_Top { uint8 Level = 5; };\n\
class XYZ_Bulb : XYZ_Lamp { };\n";

#[test]
fn the_dump_and_the_tree() {
    let folder = folder(&[("family.mof", FAMILY), ("wrong.mof", WRONG)]);
    let dump = |arguments: &[&str]| -> Value {
        let output = mof(folder.path(), &[&["dump", "--json"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        serde_json::from_slice(&output.stdout).expect("JSON and nothing else")
    };
    let declared = dump(&["family.mof"]);
    let members: Vec<&str> = declared
        .as_object()
        .expect("one")
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(members, ["classes", "qualifier_types"]);
    let key = &declared["qualifier_types"][1];
    assert_eq!(key["name"], "Key");
    assert_eq!(key["type"], "boolean");
    assert_eq!(key["default"], false);
    assert_eq!(key["scope"], json!(["property"]));
    assert_eq!(key["flavor"], json!(["DisableOverride"]));
    let names = |class: &Value, what: &str| -> Vec<(String, bool)> {
        let list = class[what].as_array().expect("a list");
        let one = |p: &Value| {
            let name = p["name"].as_str().expect("a name").to_owned();
            (name, p["propagated"].as_bool().expect("a mark"))
        };
        list.iter().map(one).collect()
    };
    let lamp = &declared["classes"][1];
    assert_eq!(lamp["superclass"], "XYZ_Top");
    assert_eq!(names(lamp, "properties"), [("Level".to_owned(), false)]);
    assert_eq!(lamp["properties"][0]["default"], 5);
    assert_eq!(names(lamp, "methods"), []);
    let flat = dump(&["--flatten", "family.mof"]);
    let bulb = &flat["classes"][2];
    assert_eq!(
        names(bulb, "properties"),
        [("Name".to_owned(), true), ("Level".to_owned(), true)]
    );
    assert_eq!(names(bulb, "methods"), [("Reset".to_owned(), true)]);
    assert_eq!(
        names(&flat["classes"][1], "properties"),
        [("Name".to_owned(), true), ("Level".to_owned(), false)]
    );
    // Warnings go elsewhere; where there are errors nothing is dumped.
    let wrong = mof(folder.path(), &["dump", "--json", "wrong.mof"]);
    assert_eq!((wrong.status.code(), out(&wrong)), (Some(1), ""));
    // Without --json it is MOF that means the same.
    let printed = mof(folder.path(), &["dump", "family.mof"]);
    fs::write(folder.path().join("printed.mof"), &printed.stdout).expect("a file");
    assert_eq!(dump(&["printed.mof"]), declared);

    let tree = mof(folder.path(), &["tree", "family.mof"]);
    assert_eq!(
        out(&tree),
        "XYZ_Top (abstract)\n└── XYZ_Lamp\n    └── XYZ_Bulb\n"
    );
    let tree = mof(
        folder.path(),
        &["tree", "--class", "xyz_lamp", "family.mof"],
    );
    assert_eq!(out(&tree), "XYZ_Lamp\n└── XYZ_Bulb\n");
    let tree = mof(
        folder.path(),
        &["tree", "--class", "XYZ_Lomp", "family.mof"],
    );
    assert_eq!(tree.status.code(), Some(2));
    assert!(
        err(&tree).contains("did you mean `XYZ_Lamp`?"),
        "{}",
        err(&tree)
    );
}

#[test]
fn the_difference() {
    let new = FAMILY
        .replace("uint8 Level", "uint16 Level")
        .replace("uint32 Reset();", "uint32 Reset(); string More;");
    let compatible = FAMILY.replace("uint32 Reset();", "uint32 Reset(); string More;");
    let folder = folder(&[
        ("old.mof", FAMILY),
        ("new.mof", &new),
        ("more.mof", &compatible),
        ("wrong.mof", WRONG),
    ]);
    let diff = |arguments: &[&str]| mof(folder.path(), &[&["diff"], arguments].concat());
    let same = diff(&["old.mof", "old.mof"]);
    assert_eq!(
        (same.status.code(), out(&same)),
        (Some(0), "0 changes, 0 breaking\n")
    );
    let more = diff(&["old.mof", "more.mof"]);
    assert_eq!(more.status.code(), Some(0));
    assert_eq!(
        out(&more),
        "compatible XYZ_Top.More: the property is new (more.mof:3)\n1 change, 0 breaking\n"
    );
    let breaking = diff(&["old.mof", "new.mof", "--breaking"]);
    assert_eq!(breaking.status.code(), Some(1));
    assert!(
        out(&breaking).starts_with("breaking   XYZ_Lamp.Level: the type is uint16, was uint8"),
        "{}",
        out(&breaking)
    );
    let found: Value =
        serde_json::from_slice(&diff(&["old.mof", "new.mof", "--format", "json"]).stdout)
            .expect("JSON and nothing else");
    assert_eq!(found.as_array().map(Vec::len), Some(2));
    assert_eq!(found[1]["breaking"], true);
    assert_eq!(diff(&["old.mof", "wrong.mof"]).status.code(), Some(1));
    assert_eq!(diff(&["old.mof"]).status.code(), Some(2));
}

#[test]
fn the_reference() {
    let folder = folder(&[("family.mof", FAMILY)]);
    let output = mof(
        folder.path(),
        &[
            "doc",
            "-o",
            "html/deep",
            "--title",
            "My lamps",
            "family.mof",
        ],
    );
    assert!(output.status.success(), "{}", err(&output));
    let page = |name: &str| {
        fs::read_to_string(folder.path().join("html/deep").join(name)).expect("a page")
    };
    assert!(page("index.html").contains("My lamps"));
    assert!(page("index.html").contains("class.XYZ_Lamp.html"));
    assert!(page("class.XYZ_Lamp.html").contains("Level"));
    // It needs no server and nothing from elsewhere.
    for name in ["index.html", "class.XYZ_Lamp.html"] {
        assert!(
            !page(name).contains("http://") && !page(name).contains("https://"),
            "{name}"
        );
        assert!(page(name).contains("id=\"search\""), "{name}");
    }
    let file = folder.path().join("file");
    fs::write(&file, "").expect("a file");
    let refused = mof(folder.path(), &["doc", "-o", "file/x", "family.mof"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("file/x"), "{}", err(&refused));
    assert_eq!(
        mof(folder.path(), &["doc", "family.mof"]).status.code(),
        Some(2)
    );
}

#[test]
fn explanations_lints_and_completions() {
    let explain = |code: &str| mof(root(), &["explain", code]);
    let by_code = explain("e0401");
    assert!(by_code.status.success());
    assert!(out(&by_code).contains("ValueMap"));
    assert_eq!(out(&explain("value-count")), out(&by_code));
    let unknown = explain("out-without-inn");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(
        err(&unknown).contains("did you mean `out-without-in`?"),
        "{}",
        err(&unknown)
    );
    let lints = mof(root(), &["lints"]);
    for line in out(&lints).lines().skip(1) {
        let name = line.split_whitespace().next().expect("a name");
        assert!(explain(name).status.success(), "{name}");
        assert!(
            mof(root(), &["check", "-W", name, "mof/qualifiers.mof"])
                .status
                .success()
        );
    }
    for shell in ["bash", "zsh", "fish"] {
        let output = Command::new(binary())
            .args(["completions", shell])
            .output()
            .expect("cimi-bridge runs");
        let script = out(&output);
        for word in ["explain", "lints", "sarif", "strict", "flatten"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

/// A long run says how far it is on a terminal, and on nothing else.
#[test]
fn progress_is_for_terminals() {
    let mut files: Vec<(String, String)> = (0..600)
        .map(|n| {
            (
                format!("{n}.mof"),
                format!("class XYZ_{n} {{ [Key] string P; }};\n"),
            )
        })
        .collect();
    let includes: String = (0..600)
        .map(|n| format!("#pragma include (\"{n}.mof\")\n"))
        .collect();
    files.push(("top.mof".to_owned(), includes));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(n, t)| (n.as_str(), t.as_str()))
        .collect();
    let folder = folder(&files);
    let quiet = mof(folder.path(), &["check", "top.mof"]);
    assert_eq!(err(&quiet), "600 classes in 601 files: no errors\n");
    // Python lends it a terminal.
    let output = Command::new("python3")
        .current_dir(folder.path())
        .args([
            "-c",
            "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)",
        ])
        .arg(binary())
        .args(["mof", "check", "top.mof"])
        .stdin(Stdio::null())
        .output()
        .expect("Python runs");
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(shown.contains("512 files ..."), "{shown:?}");
    assert!(
        shown.contains("600 classes in 601 files: no errors"),
        "{shown:?}"
    );
}

/// Files of a folder and those below it.
pub(crate) fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files_below(&path, found);
        } else if path.extension().is_some_and(|e| e == "mof") {
            found.push(path);
        }
    }
}
