//! `cimi-bridge sink` as a process, on one address for its whole life, however often it is killed.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::bridge::{binary, lasting_address};

/// A sink that writes to a file.
pub(crate) struct Sink {
    child: Child,
    address: String,
    more: Vec<String>,
    /// Where it writes.
    pub(crate) file: PathBuf,
}

impl Sink {
    /// Starts one that writes to `file`.
    pub(crate) fn start(file: &Path, more: &[&str]) -> Self {
        let address = lasting_address();
        let more: Vec<_> = more.iter().map(|&word| word.to_owned()).collect();
        Self {
            child: launch(&address, file, &more),
            address,
            more,
            file: file.to_owned(),
        }
    }

    /// `127.0.0.1:PORT`
    pub(crate) fn authority(&self) -> &str {
        &self.address
    }

    /// Kills it, as a power cut would, and starts it again.
    pub(crate) fn crash_and_restart(&mut self) {
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("its end");
        self.child = launch(&self.address, &self.file, &self.more);
    }

    /// Sends it a signal: `STOP` and `CONT` make it slow.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &pid])
            .status();
        assert!(sent.expect("kill runs").success());
    }

    /// What it has written so far; what was torn by a crash is left out.
    pub(crate) fn lines(&self) -> Vec<Value> {
        lines(&self.file)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn launch(address: &str, file: &Path, more: &[String]) -> Child {
    let mut child = Command::new(binary())
        .args(["sink", "--listen", address, "--output"])
        .arg(file)
        .args(more)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cimi-bridge sink starts");
    let stderr = child.stderr.take().expect("standard error");
    let mut said = BufReader::new(stderr).lines();
    let first = said.next().expect("a line").expect("text");
    assert!(first.starts_with("listening http://"), "{first}");
    // Nobody may stop reading: it would stop writing.
    std::thread::spawn(move || said.for_each(drop));
    child
}

/// The lines of JSON in a file; a torn one is left out.
pub(crate) fn lines(file: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let lines = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    lines.collect()
}
