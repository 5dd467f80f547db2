//! `cimi-bridge codegen` as scripts see it: exit codes, what is written, what is said.

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
fn codegen_writes_what_is_checked_in_and_says_what_is_stale() {
    let check = ["codegen", "--check"];
    assert_eq!(run(&check).status.code(), Some(0));

    let folder = tempfile::tempdir().unwrap();
    let rust = folder.path().join("rust");
    let xsd = folder.path().join("xsd");
    let into = |extra: &[&str]| {
        let mut arguments = vec!["codegen", "--rust", rust.to_str().unwrap()];
        arguments.extend(["--xsd", xsd.to_str().unwrap()]);
        arguments.extend(extra);
        run(&arguments)
    };
    assert_eq!(into(&["--check"]).status.code(), Some(1));
    assert_eq!(into(&[]).status.code(), Some(0));
    assert_eq!(into(&["--check"]).status.code(), Some(0));
    let ours = std::fs::read(xsd.join("CIMI_Machine.xsd")).unwrap();
    assert_eq!(
        ours,
        std::fs::read(root().join("xsd/CIMI_Machine.xsd")).unwrap()
    );

    // A file of a class that is gone is removed; one that somebody wrote is not.
    std::fs::copy(xsd.join("CIMI_Machine.xsd"), xsd.join("CIMI_Gone.xsd")).unwrap();
    std::fs::write(xsd.join("README"), "mine").unwrap();
    let edited = text(&ours).replace("Machine", "Engine");
    std::fs::write(xsd.join("CIMI_Machine.xsd"), edited).unwrap();
    let output = into(&["--check"]);
    let said = text(&output.stderr);
    assert!(
        said.contains("2 of the generated files are stale"),
        "{said}"
    );
    for file in ["CIMI_Machine.xsd", "CIMI_Gone.xsd"] {
        assert!(
            said.contains(&format!("stale: {}", xsd.join(file).display())),
            "{said}"
        );
    }
    assert_eq!(into(&[]).status.code(), Some(0));
    assert!(!xsd.join("CIMI_Gone.xsd").exists());
    assert!(xsd.join("README").exists());
    assert_eq!(std::fs::read(xsd.join("CIMI_Machine.xsd")).unwrap(), ours);
}

const VENDOR: &str = "examples/vendor-types/mof/northwind.mof";

#[test]
fn anyones_mof_becomes_types_of_the_chosen_classes() {
    let folder = tempfile::tempdir().unwrap();
    let rust = folder.path().join("model");
    let into = ["codegen", "--mof", VENDOR, "--rust", rust.to_str().unwrap()];
    let chosen = [
        "--classes",
        "nw_fan,NW_Cools",
        "--derive",
        "Debug,Clone,serde",
    ];
    let output = run(&[&into[..], &chosen].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "");
    let read = |file: &str| std::fs::read_to_string(rust.join(file)).unwrap();
    let fan = read("structs/nw_fan.rs");
    assert!(fan.contains("#[derive(Debug, Clone, ::serde::Serialize, ::serde::Deserialize)]"));
    // What it embeds comes with it; what is not chosen has a table and no struct.
    assert!(read("structs/nw_reading.rs").contains("pub struct NwReading"));
    assert!(read("classes/nw_rack.rs").contains("NW_Rack"));
    assert!(!rust.join("structs/nw_rack.rs").exists());
}

#[test]
fn what_cannot_be_done_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let said = |arguments: &[&str], code: i32| {
        let output = run(&[&["codegen"], arguments].concat());
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert_eq!(text(&output.stdout), "");
        said
    };
    let to = folder.join("to");
    let to = to.to_str().unwrap();

    let unknown = said(&["--mof", VENDOR, "--rust", to, "--classes", "NW_Fam"], 1);
    assert!(
        unknown.contains("the MOF has no class `NW_Fam`; did you mean `NW_Fan`?"),
        "{unknown}"
    );
    assert!(!folder.join("to").exists());

    let derive = [
        "--mof",
        VENDOR,
        "--rust",
        to,
        "--classes",
        "all",
        "--derive",
        "De-bug",
    ];
    let derive = said(&derive, 2);
    assert!(derive.contains("`De-bug` is no derive"), "{derive}");

    let nowhere = said(&["--mof", VENDOR], 2);
    assert!(nowhere.contains("--rust DIR"), "{nowhere}");

    let missing = said(&["--mof", "nobody.mof", "--rust", to], 1);
    assert!(missing.contains("nobody.mof"), "{missing}");

    let broken = folder.join("broken.mof");
    std::fs::write(&broken, "class A_B : A_C {};\n").unwrap();
    let broken = said(&["--mof", broken.to_str().unwrap(), "--rust", to], 1);
    assert!(
        broken.contains("E0201") && broken.contains("broken.mof:1:13"),
        "{broken}"
    );

    // A folder that cannot be: a file has its name.
    let file = folder.join("file");
    std::fs::write(&file, "mine").unwrap();
    let taken = said(&["--mof", VENDOR, "--rust", file.to_str().unwrap()], 1);
    assert!(
        taken.contains("cannot") && taken.contains("file"),
        "{taken}"
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");

    // A file that somebody wrote stands where one would be generated.
    let mine = folder.join("mine");
    std::fs::create_dir_all(&mine).unwrap();
    std::fs::write(mine.join("mod.rs"), "fn mine() {}\n").unwrap();
    let mine_said = said(&["--mof", VENDOR, "--rust", mine.to_str().unwrap()], 1);
    assert!(
        mine_said.contains("mod.rs") && mine_said.contains("not generated"),
        "{mine_said}"
    );
    assert_eq!(
        std::fs::read_to_string(mine.join("mod.rs")).unwrap(),
        "fn mine() {}\n"
    );
}

#[test]
fn help_shows_what_to_write() {
    let output = run(&["codegen", "--help"]);
    assert_eq!(output.status.code(), Some(0));
    let help = text(&output.stdout);
    for part in [
        "--mof",
        "--rust",
        "--xsd",
        "--classes",
        "--derive",
        "--check",
        "Examples:",
        "Exit codes:",
    ] {
        assert!(help.contains(part), "{part} is not in\n{help}");
    }
}
