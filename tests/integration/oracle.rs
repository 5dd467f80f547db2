//! Schemas and clients that nobody here wrote. The schemas lie beside the project, not in it: where they
//! are absent a test says that it was skipped. The clients come from `make test`: where they are absent
//! a test fails and says so.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::bridge::{ADMIN, Bridge, PASSWORD, root};

/// A published schema, or `None` (and a line that says so) where the oracles are absent.
pub(crate) fn schema(name: &str) -> Option<PathBuf> {
    let path = root().join("../shared/data").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: the oracle ../shared/data/{name} is not here, so nothing was validated");
    None
}

/// The schemas of WS-Management and those of our classes together, so that a message is checked down to
/// the last property; `None` where the oracles are absent. The file is written into `directory`.
pub(crate) fn message_schema(directory: &Path) -> Option<PathBuf> {
    let (protocol, classes) = (schema("xsd/all.xsd")?, root().join("xsd/all.xsd"));
    let path = directory.join("messages.xsd");
    let includes: String = [protocol, classes]
        .iter()
        .map(|included| format!(r#"<xs:include schemaLocation="{}"/>"#, included.display()))
        .collect();
    let text =
        format!(r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{includes}</xs:schema>"#);
    fs::write(&path, text).expect("the schema");
    Some(path)
}

/// Validates documents against a schema, with xmllint.
#[track_caller]
pub(crate) fn validate(schema: &Path, documents: &[String]) {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let mut xmllint = Command::new("xmllint");
    xmllint.args(["--noout", "--nonet", "--schema"]).arg(schema);
    for (number, document) in documents.iter().enumerate() {
        let path = directory.path().join(format!("{number}.xml"));
        fs::write(&path, document).expect("a document");
        xmllint.arg(path);
    }
    assert!(!documents.is_empty(), "nothing to validate");
    let output = xmllint
        .output()
        .expect("xmllint is there: `make test` installs it");
    if !output.status.success() {
        let report = String::from_utf8_lossy(&output.stderr);
        let wrong: Vec<_> = report
            .lines()
            .filter(|line| !line.ends_with(" validates"))
            .collect();
        let first = wrong.first().and_then(|line| {
            let name = line.split(':').next()?;
            fs::read_to_string(name).ok()
        });
        panic!(
            "invalid:\n{}\n{}",
            wrong.join("\n"),
            first.unwrap_or_default()
        );
    }
}

/// Where the Python clients are, all but one.
const VENV: &str = "tests/.venv";
/// Where napalm-amt is.
const VENV_AMT: &str = "tests/.venv-napalm-amt";

/// The Python with the real clients of a venv.
#[track_caller]
fn python(venv: &str) -> PathBuf {
    let python = root().join(venv).join("bin/python");
    assert!(
        python.exists(),
        "the Python clients are not set up in {venv}: `make test` does it"
    );
    python
}

/// Runs a script of `tests/clients` with napalm-amt.
#[track_caller]
pub(crate) fn napalm_amt(script: &str, bridge: &Bridge) {
    let mut command = Command::new(python(VENV_AMT));
    command.arg("-I");
    run_client(command, script, bridge.url(), None);
}

/// Runs a script of `tests/clients` with Node, with arguments and no service.
#[track_caller]
pub(crate) fn node_script(script: &str, arguments: &[&str]) {
    let modules = root().join("tests/.npm/node_modules");
    assert!(
        modules.join("ajv").exists(),
        "the checkers of Node are not set up in tests/.npm: `make test` does it"
    );
    let output = Command::new("node")
        .env("NODE_MODULES", modules)
        .arg(root().join("tests/clients").join(script))
        .args(arguments)
        .output()
        .expect("Node runs");
    succeeded(script, &output);
}

/// Runs a script of `tests/clients` with Node.
#[track_caller]
pub(crate) fn node(script: &str, bridge: &Bridge) {
    let npm = root().join("tests/.npm");
    let messages = npm.join("node_modules/@device-management-toolkit/wsman-messages");
    let mesh = npm.join("meshcentral/amt");
    assert!(
        messages.exists() && mesh.exists(),
        "the Node clients are not set up in tests/.npm: `make test` does it"
    );
    let mut command = Command::new("node");
    command.env("MESH_DIR", mesh).env("MESSAGES_DIR", messages);
    run_client(command, script, bridge.url(), None);
}

/// Runs the script that drives wsl, with a user whose password it can take.
#[track_caller]
pub(crate) fn wsl(bridge: &Bridge) {
    let (user, password) = ("shell", "needs-no-quotes");
    bridge.add_user(user, password, &["--role", "admin"]);
    let script = "wsman_wsl.sh";
    let mut bash = Command::new("bash");
    address(&mut bash, bridge.url());
    bash.arg(root().join("tests/clients").join(script))
        .env("WSMAN_USER", user)
        .env("WSMAN_PASSWORD", password);
    succeeded(script, &bash.output().expect("bash runs"));
}

/// Where winrm-rs is built.
const WINRM: &str = "tests/.winrm-rs";

/// Runs the program of `tests/clients/winrm-rs`. `make test` has built it; cargo does so otherwise, which
/// takes a while once.
#[track_caller]
pub(crate) fn winrm_rs(url: &str) {
    let name = "winrm-rs";
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(root().join("tests/clients").join(name))
        .args(["run", "--quiet", "--locked", "--target-dir"])
        .arg(root().join(WINRM));
    address(&mut cargo, url);
    succeeded(name, &cargo.output().expect("cargo runs"));
}

/// The same as [`client`], with one more variable in its environment.
#[track_caller]
pub(crate) fn client_with(script: &str, bridge: &Bridge, name: &str, value: &str) {
    let mut command = Command::new(python(VENV));
    command.arg("-I").env(name, value);
    run_client(command, script, bridge.url(), None);
}

/// Runs a script of `tests/clients` against a service; it must succeed and end with `ok`.
#[track_caller]
pub(crate) fn client(script: &str, bridge: &Bridge) {
    wsman_client(script, bridge.url(), None);
}

/// The same over TLS, trusting this certificate.
#[track_caller]
pub(crate) fn tls_client(script: &str, bridge: &Bridge, certificate: &str) {
    wsman_client(script, bridge.tls_url(), Some(certificate));
}

/// The same with more variables in its environment.
#[track_caller]
pub(crate) fn tls_client_with(
    script: &str,
    bridge: &Bridge,
    certificate: &str,
    variables: &[(&str, String)],
) {
    let mut command = Command::new(python(VENV));
    command.arg("-I").envs(variables.iter().cloned());
    run_client(command, script, bridge.tls_url(), Some(certificate));
}

#[track_caller]
fn wsman_client(script: &str, url: &str, certificate: Option<&str>) {
    let mut command = Command::new(python(VENV));
    command.arg("-I");
    run_client(command, script, url, certificate);
}

#[track_caller]
fn run_client(mut command: Command, script: &str, url: &str, certificate: Option<&str>) {
    address(&mut command, url);
    command
        .arg(root().join("tests/clients").join(script))
        .env_remove("REQUESTS_CA_BUNDLE")
        .env_remove("CURL_CA_BUNDLE");
    if let Some(certificate) = certificate {
        command.env("WSMAN_CA", certificate);
    }
    succeeded(script, &command.output().expect("the interpreter runs"));
}

/// Tells a client where the service is and how to log in.
fn address(command: &mut Command, url: &str) {
    command
        .env("WSMAN_URL", format!("{url}/wsman"))
        .env("WSMAN_USER", ADMIN)
        .env("WSMAN_PASSWORD", PASSWORD)
        .env("NO_PROXY", "*");
}

/// Runs a script of `tests/clients` with arguments and no service.
#[track_caller]
pub(crate) fn script(script: &str, arguments: &[&str]) {
    let path = root().join("tests/clients").join(script);
    let output = Command::new(python(VENV))
        .arg("-I")
        .arg(path)
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("Python runs");
    succeeded(script, &output);
}

#[track_caller]
fn succeeded(script: &str, output: &Output) {
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && stdout.trim_end().ends_with("ok"),
        "{script}: {}\n{stdout}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
}
