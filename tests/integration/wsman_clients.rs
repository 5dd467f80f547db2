//! WS-Management clients that somebody else wrote, from PyPI, against the running service.

use std::fs;

use crate::bridge::{Bridge, root, run};
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
