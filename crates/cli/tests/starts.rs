//! That the command starts at all; what it does is tested in `tests/`. Because of this file `cargo test`
//! builds the command, which `make test` hands to those tests.

use std::process::Command;

#[test]
fn the_command_says_its_version() {
    let output = Command::new(env!("CARGO_BIN_EXE_cimi-bridge"))
        .arg("--version")
        .output()
        .expect("it runs");
    assert!(output.status.success());
    let version = format!("cimi-bridge {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(String::from_utf8_lossy(&output.stdout), version);
}
