//! The README keeps its word: its three commands are run as they stand there, and are the ones that the
//! service prints.

use std::fs;
use std::process::Command;

use crate::bridge::{Bridge, PASSWORD, eventually, root, run};

/// Where the README says that the service is.
const DOCUMENTED: &str = "http://127.0.0.1:5985";

/// The commands under the heading "Three commands to try", one a line.
fn commands() -> Vec<String> {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let (_, section) = readme
        .split_once("Three commands to try")
        .expect("the section");
    let (_, block) = section.split_once("```sh\n").expect("a block of commands");
    let (block, _) = block.split_once("```").expect("its end");
    let commands: Vec<_> = block
        .replace("\\\n", " ")
        .lines()
        .filter(|line| line.starts_with("curl"))
        .map(squeeze)
        .collect();
    assert_eq!(commands.len(), 3, "{commands:?}");
    commands
}

/// With single blanks, so that a long command may be broken into lines.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_three_commands_of_the_readme_work() {
    let bridge = Bridge::demo();
    let execute = |command: &String| {
        let command = command.replace(DOCUMENTED, bridge.url());
        let output = Command::new("sh")
            .args(["-c", &command])
            .current_dir(root())
            .env("PASSWORD", PASSWORD)
            .env("NO_PROXY", "*")
            .output()
            .expect("sh runs");
        assert!(
            output.status.success(),
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let [list, start, look] = &commands()[..] else {
        unreachable!("three of them")
    };

    let listed: serde_json::Value = serde_json::from_str(&execute(list)).expect("JSON");
    assert_eq!(listed["count"], 2);
    let started = execute(start);
    assert!(started.contains("ReturnValue>4096<"), "{started}");
    eventually("the machine is started", || {
        execute(look)
            .contains("<state>STARTED</state>")
            .then_some(())
    });
}

#[test]
fn the_service_prints_the_commands_of_the_readme() {
    let bridge = Bridge::demo();
    let printed = squeeze(&bridge.output().replace("\\\n", " "));
    for command in commands() {
        let command = command.replace(DOCUMENTED, bridge.url());
        assert!(printed.contains(&command), "not printed: {command}");
    }
    assert!(
        !bridge.output().contains(PASSWORD),
        "a given password is never printed"
    );
}

#[test]
fn the_command_line_of_the_readme_is_the_real_one() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let help = |arguments: &[&str]| {
        let output = run(&[arguments, &["--help"]].concat());
        assert!(output.status.success(), "{arguments:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let serve = help(&["serve"]);
    for option in [
        "--demo",
        "--config",
        "--listen",
        "--tls-listen",
        "--tls-cert",
        "--tls-key",
        "--tls-client-ca",
        "--data",
        "--password-file",
    ] {
        assert!(serve.contains(option), "serve --help lacks {option}");
        assert!(readme.contains(option), "README.md lacks {option}");
    }
    let add = help(&["user", "add"]);
    for option in ["--role", "--tenant"] {
        assert!(add.contains(option), "user add --help lacks {option}");
        assert!(readme.contains(option), "README.md lacks {option}");
    }
    let all = help(&[]);
    for command in ["serve", "user", "mof", "codegen"] {
        assert!(all.contains(command), "--help lacks {command}");
        assert!(
            readme.contains(&format!("cimi-bridge {command}")),
            "README.md lacks {command}"
        );
    }
}
