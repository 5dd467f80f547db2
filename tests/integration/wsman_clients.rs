//! WS-Management clients that somebody else wrote, from PyPI, npm, crates.io and Debian, against the running service.

use std::fs;

use crate::bridge::{Bridge, Setup, root, run};
use crate::oracle;

#[test]
fn pypsrp_uses_every_verb() {
    oracle::client("wsman_pypsrp.py", &Bridge::demo());
}

#[test]
fn dracclient_enumerates_filters_and_invokes() {
    oracle::client("wsman_dracclient.py", &Bridge::demo());
}

#[test]
fn pywinrm_reads_changes_and_starts() {
    oracle::client("wsman_pywinrm.py", &Bridge::demo());
}

#[test]
fn napalm_amt_logs_in_with_digest_and_manages() {
    let bridge = Bridge::demo();
    oracle::napalm_amt("wsman_napalm_amt.py", &bridge);
}

#[test]
fn winrm_rs_queries_and_is_told_that_there_are_no_shells() {
    oracle::winrm_rs(Bridge::demo().url());
}

#[test]
fn meshcentral_uses_every_verb_with_one_nonce() {
    oracle::node("wsman_meshcentral.js", &Bridge::demo());
}

#[test]
fn messages_of_the_device_management_toolkit_are_answered() {
    oracle::node("wsman_messages.js", &Bridge::demo());
}

#[test]
fn wsl_uses_every_verb() {
    oracle::wsl(&Bridge::demo());
}

#[test]
fn requests_logs_in_with_both_algorithms_of_digest() {
    const SCRIPT: &str = "wsman_digest_requests.py";
    // It takes the last challenge.
    oracle::client_with(SCRIPT, &Bridge::demo(), "DIGEST", "MD5");
    let strict = Setup::demo()
        .config("[login]\ndigest_md5 = false\n")
        .start();
    oracle::client_with(SCRIPT, &strict, "DIGEST", "SHA-256");
    // napalm-amt knows SHA-256, too.
    oracle::napalm_amt("wsman_napalm_amt.py", &strict);
}

#[test]
fn pywbem_reads_the_same_model_in_our_mof() {
    let output = run(&["mof", "dump", "--json", "--flatten", "mof/cimi.mof"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let directory = tempfile::tempdir().expect("a temporary directory");
    let dump = directory.path().join("dump.json");
    fs::write(&dump, output.stdout).expect("the dump");
    let mof = root().join("mof/cimi.mof");
    oracle::script(
        "mof_pywbem.py",
        &[
            mof.to_str().expect("a path"),
            dump.to_str().expect("a path"),
        ],
    );
}
