//! Every diagnostic code has an example in `tests/diagnostics/`, and says about it what stands beside it.
//!
//! `UPDATE_EXPECT=1 cargo test -p cim-mof` writes the expectations; read them as a user would.

use std::path::Path;

use cim_mof::{Compilation, Level, Options, Severity, codes, compile, explain};
use expect_test::expect_file;

fn compile_example(code: &str) -> Compilation {
    let mut options = Options::default();
    // A first line such as `// warn no-key` or `// mof3` says how an example is compiled.
    let text = std::fs::read(format!("tests/diagnostics/{code}.mof")).unwrap_or_default();
    let first = String::from_utf8_lossy(&text)
        .lines()
        .next()
        .unwrap_or("")
        .to_owned();
    match first.split_whitespace().collect::<Vec<_>>()[..] {
        ["//", "mof3"] => options.mof3 = true,
        ["//", "warn", lint] => assert_eq!(options.levels.set(lint, Level::Warn), Ok(())),
        _ => {}
    }
    match code {
        "E0105" => options.root = Some("tests/diagnostics".into()),
        "E0106" => options.max_file_bytes = 16,
        "E0107" => options.max_files = 1,
        _ => {}
    }
    compile(&[format!("tests/diagnostics/{code}.mof").into()], &options)
}

#[test]
fn every_code_has_an_example() {
    let mut wrong = Vec::new();
    for code in codes() {
        if code == "E0108" {
            continue; // Its example is many files: see below.
        }
        if !Path::new(&format!("tests/diagnostics/{code}.mof")).exists() {
            wrong.push(format!("write tests/diagnostics/{code}.mof"));
            continue;
        }
        let compilation = compile_example(code);
        let found = compilation.diagnostics();
        if found.is_empty() {
            wrong.push(format!("{code}: nothing was found"));
        }
        if found.iter().any(|d| d.code != code || d.help.is_none()) {
            wrong.push(format!("{code}:\n{}", compilation.render(false)));
        }
        for diagnostic in found {
            let is_warning = diagnostic.severity == Severity::Warning;
            assert_eq!(is_warning, diagnostic.code.starts_with('W'));
        }
        let said = compilation.render(false);
        expect_file![format!("diagnostics/{code}.txt")].assert_eq(&said);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files as people break them: each independent mistake is told once, where it has to be mended, and nothing
/// that follows from it.
#[test]
fn broken_files_have_no_cascade() {
    let mut files: Vec<_> = std::fs::read_dir("tests/broken")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "mof"))
        .collect();
    files.sort();
    assert!(files.len() >= 67, "{files:?}");
    for file in files {
        let compilation = compile(std::slice::from_ref(&file), &Options::default());
        for diagnostic in compilation.diagnostics() {
            assert!(diagnostic.help.is_some(), "{diagnostic:?}");
        }
        expect_file![
            file.with_extension("txt")
                .canonicalize()
                .unwrap_or_else(|_| {
                    std::env::current_dir()
                        .unwrap()
                        .join(file.with_extension("txt"))
                })
        ]
        .assert_eq(&compilation.render(false));
    }
}

#[test]
fn every_code_is_explained() {
    for code in codes() {
        let text = explain(&code.to_lowercase()).unwrap();
        assert!(text.ends_with('.'), "{code}: {text}");
    }
    assert_eq!(explain("E9999"), None);
}

#[test]
fn includes_end_somewhere() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..100 {
        let text = format!("#pragma include (\"{}.mof\")\n", n + 1);
        std::fs::write(folder.path().join(format!("{n}.mof")), text).unwrap();
    }
    let compilation = compile(&[folder.path().join("0.mof")], &Options::default());
    let [only] = compilation.diagnostics() else {
        panic!("{}", compilation.render(false));
    };
    assert_eq!(only.code, "E0108");
}

#[test]
fn one_run_finds_every_independent_mistake() {
    let text = "class X_A : X_Missing {\n    uint9 Size;\n    string Name = 5;\n};\nclass X_B {\n    X_C REF Next;\n};\n";
    let compilation = cim_mof::compile_text("all.mof", text);
    let found: Vec<_> = compilation
        .diagnostics()
        .iter()
        .map(|d| {
            let (_, line, column) = compilation.sources().locate(d.labels[0].span).unwrap();
            (d.code, line, column)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("E0201", 1, 13),
            ("E0111", 2, 5),
            ("E0208", 3, 19),
            ("E0201", 6, 5),
            ("E0207", 6, 13),
        ]
    );
}

#[test]
fn diagnostics_for_programs_have_a_place() {
    let compilation = cim_mof::compile_text("a.mof", "class X_A : X_B {\n};\n");
    expect_test::expect![[r#"
        [
          {
            "code": "E0201",
            "column": 13,
            "end_column": 16,
            "end_line": 1,
            "file": "a.mof",
            "help": "did you mean `X_A`?",
            "label": "no such superclass",
            "line": 1,
            "lint": "undeclared-class",
            "message": "class `X_B` is not declared",
            "severity": "error"
          }
        ]"#]]
    .assert_eq(&serde_json::to_string_pretty(&compilation.diagnostics_json()).unwrap());
}

#[test]
fn hostile_input_has_bounded_diagnostics() {
    let compilation = cim_mof::compile_text("bad.mof", &"@".repeat(100_000));
    assert!(compilation.diagnostics().len() <= 10_001);
}
