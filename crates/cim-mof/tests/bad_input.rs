//! Input that nobody wrote in good faith: a named diagnostic each, in bounded time and memory.

#![expect(clippy::expect_used, reason = "in a test a panic is the report")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use cim_mof::{Compilation, Options, compile, compile_text};
use tempfile::TempDir;

/// Far more than a slow machine needs, far less than anything that is not linear.
const LIMIT: Duration = Duration::from_secs(60);

#[track_caller]
fn only(code: &str, compilation: &Compilation) {
    let codes: Vec<_> = compilation.diagnostics().iter().map(|d| d.code).collect();
    assert_eq!(codes, [code], "{}", compilation.render(false));
}

struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(TempDir::new().expect("a temporary folder"));
        for (name, text) in files {
            let path = folder.path(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn compile(&self, name: &str, options: &Options) -> Compilation {
        compile(&[self.path(name)], options)
    }
}

#[test]
fn a_million_brackets() {
    for (opening, count) in [
        ("{", 1_000_000),
        ("[", 1_000_000),
        ("(", 1_000_000),
        ("class X_A {", 100_000),
        ("instance of X_A { P = ", 100_000),
    ] {
        let start = Instant::now();
        let text = format!("class X_A {{ uint8 P[] = {}", opening.repeat(count));
        let compilation = compile_text("deep.mof", &text);
        assert!(compilation.error_count() > 0, "{opening}");
        assert!(compilation.diagnostics().len() <= 10_001, "{opening}");
        compilation.render(false);
        compilation.diagnostics_json();
        assert!(start.elapsed() < LIMIT, "{opening}: {:?}", start.elapsed());
    }
}

#[test]
fn long_things_are_linear() {
    let many = 200_000;
    let texts = [
        format!("class X_A {{ string P = {}; }};", "\"a\" ".repeat(many)),
        format!(
            "class X_A {{ uint8 P[] = {{ {}1 }}; }};",
            "1, ".repeat(many)
        ),
        format!(
            "[{}Version(\"1\")] class X_A {{}};",
            "Description(\"a\"), ".repeat(2_000)
        ),
        format!(
            "class X_A {{ {} }};",
            (0..20_000)
                .map(|n| format!("uint8 P{n};"))
                .collect::<String>()
        ),
        (0..20_000).map(|n| format!("class X_{n} {{}};")).collect(),
        format!("/*{}", "*".repeat(1_000_000)),
        format!("\"{}", "\\".repeat(1_000_000)),
        "\"a\n".repeat(many),
        "9".repeat(1_000_000),
        "$".repeat(many),
    ];
    for text in texts {
        let start = Instant::now();
        let compilation = compile_text("long.mof", &text);
        compilation.diagnostics_json();
        let shown: String = text.chars().take(30).collect();
        assert!(start.elapsed() < LIMIT, "{shown}: {:?}", start.elapsed());
    }
}

#[test]
fn includes_that_go_in_circles_or_nowhere() {
    let folder = Folder::new(&[
        ("a.mof", "#pragma include (\"b.mof\")"),
        ("b.mof", "#pragma include (\"sub/c.mof\")"),
        ("sub/c.mof", "#pragma include (\"../a.mof\")"),
        ("missing.mof", "#pragma include (\"nowhere.mof\")"),
        ("folder.mof", "#pragma include (\"sub\")"),
        (
            "twice.mof",
            "#pragma include (\"x.mof\")\n#pragma include (\"./sub/../x.mof\")",
        ),
        ("x.mof", "class X_A {};"),
        ("back.mof", "#pragma include (\"sub\\\\y.mof\")"),
        ("sub/y.mof", "class X_Y {};"),
    ]);
    let options = Options::default();
    let circle = folder.compile("a.mof", &options);
    only("E0103", &circle);
    let help = circle.diagnostics()[0].help.clone().unwrap_or_default();
    assert!(help.ends_with("a.mof -> b.mof -> c.mof -> a.mof"), "{help}");
    only("E0104", &folder.compile("missing.mof", &options));
    only("E0104", &folder.compile("folder.mof", &options));
    assert_eq!(folder.compile("twice.mof", &options).diagnostics(), []);
    assert_eq!(folder.compile("back.mof", &options).class_count(), 1);
    // Any order: what is included later may be a superclass of what came before.
    let order = Folder::new(&[
        (
            "top.mof",
            "#pragma include (\"sub.mof\")\n#pragma include (\"super.mof\")",
        ),
        (
            "sub.mof",
            "class X_Sub : X_Super { [Override(\"P\")] string P; };",
        ),
        ("super.mof", "class X_Super { string P; };"),
    ]);
    assert_eq!(order.compile("top.mof", &options).diagnostics(), []);
}

#[test]
fn includes_stay_in_the_root() {
    let folder = Folder::new(&[
        ("in/a.mof", "#pragma include (\"../out.mof\")"),
        ("in/b.mof", "#pragma include (\"link.mof\")"),
        ("in/c.mof", "#pragma include (\"sub/d.mof\")"),
        ("in/sub/d.mof", "class X_D {};"),
        ("out.mof", "class X_Out {};"),
    ]);
    let options = Options {
        root: Some(folder.path("in")),
        ..Options::default()
    };
    only("E0105", &folder.compile("in/a.mof", &options));
    assert_eq!(folder.compile("in/c.mof", &options).diagnostics(), []);
    #[cfg(unix)]
    {
        // A link is followed to where it leads.
        std::os::unix::fs::symlink(folder.path("out.mof"), folder.path("in/link.mof"))
            .expect("a link");
        only("E0105", &folder.compile("in/b.mof", &options));
    }
}

/// What is missing below the root is missing, and not outside of it, however both are named.
#[test]
fn a_missing_include_is_not_outside_of_a_relative_root() {
    let options = Options {
        root: Some(".".into()),
        ..Options::default()
    };
    let files = ["tests/broken/missing-include.mof".into()];
    let compilation = compile(&files, &options);
    let codes: Vec<_> = compilation.diagnostics().iter().map(|d| d.code).collect();
    assert_eq!(codes, ["E0104", "E0111"]);
    let files = ["tests/../../missing/missing.mof".into()];
    only("E0105", &compile(&files, &options));
}

#[test]
fn a_file_of_gigabytes_is_not_read() {
    let folder = Folder::new(&[("huge.mof", "")]);
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(folder.path("huge.mof"))
        .expect("a file");
    // Sparse: it takes no room on the disk.
    file.set_len(4 << 30).expect("a large file");
    let start = Instant::now();
    only("E0106", &folder.compile("huge.mof", &Options::default()));
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn errors_without_end_have_an_end() {
    let text = "class X_A { int32 P; };\n".repeat(50_000);
    let compilation = compile_text("bad.mof", &text);
    assert!(compilation.error_count() <= 1_001);
    let last = compilation.diagnostics().last().map(|d| d.code);
    assert_eq!(last, Some("E0107"));
}

#[test]
fn a_broken_part_has_no_cascade() {
    let text = "\
class X_Base {\n    [Key] string Name;\n    string = 5;\n};\n\
class X_Sub : X_Base {\n    [Override(\"Lost\")] string Lost;\n    [EmbeddedInstance(\"X_Base\")] string Inner;\n};\n\
Qualifier Colour : : string, Scope(any);\n\
[Colour(\"red\")] class X_C : X_Base { };\n\
instance of X_Sub { Name = \"a\"; Lost = \"b\"; Other = 5; };\n";
    let compilation = compile_text("broken.mof", text);
    let codes: Vec<_> = compilation.diagnostics().iter().map(|d| d.code).collect();
    assert_eq!(codes, ["E0101", "E0101"], "{}", compilation.render(false));
}

#[test]
fn every_encoding_has_right_places() {
    let text = "class X_A {\r\n    // Größe „x“\r\n    int32 Größe;\r\n};\r\n";
    let utf16 = |order: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let mark = if mark { "\u{FEFF}" } else { "" };
        mark.encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(order)
            .collect()
    };
    let latin: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '„' => 0x84,
            '“' => 0x93,
            c => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        })
        .collect();
    let encodings = [
        text.as_bytes().to_vec(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        utf16(u16::to_le_bytes, true),
        utf16(u16::to_be_bytes, true),
        utf16(u16::to_le_bytes, false),
        utf16(u16::to_be_bytes, false),
        latin,
    ];
    for bytes in encodings {
        let folder = Folder::new(&[]);
        std::fs::write(folder.path("a.mof"), &bytes).expect("a file");
        let compilation = folder.compile("a.mof", &Options::default());
        let found = compilation
            .diagnostics()
            .iter()
            .find(|d| d.code == "E0111")
            .expect("the mistake");
        let (_, line, column) = compilation.sources().locate(found.span()).expect("a place");
        assert_eq!((line, column), (3, 5), "{}", compilation.render(false));
    }
}

/// What could not be read is remembered, to say less about its names: that must not take longer the more
/// there is of it.
#[test]
fn what_is_doubtful_costs_no_time() {
    let mut text = String::new();
    for n in 0..3_000 {
        text.push_str(&format!("stray{n} words{n};\n"));
    }
    for n in 0..3_000 {
        text.push_str(&format!("class X_{n} : Y_{n} {{ }};\n"));
    }
    let options = Options {
        max_errors: usize::MAX,
        ..Options::default()
    };
    let compilation = cim_mof::compile_text_with("doubtful.mof", &text, &options);
    assert_eq!(compilation.diagnostics()[0].code, "E0101");
    assert!(
        compilation.diagnostics()[1..]
            .iter()
            .all(|d| d.code == "E0201")
    );
}
