//! `cimi-bridge export` and `import` between two services that run.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const PASSWORD: &str = "correct horse battery";

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cimi-bridge"));
    command
        .stdin(Stdio::null())
        .env_remove("CIMI_BRIDGE_PASSWORD");
    command
}

struct Service {
    child: Child,
    url: String,
}

impl Service {
    fn start(folder: &Path, name: &str, demo: bool) -> Self {
        let mut command = command();
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder.join(name))
            .arg("--password-file")
            .arg(folder.join("password"))
            .current_dir(folder)
            .stdout(Stdio::piped());
        if demo {
            command.arg("--demo");
        }
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines
            .map(|line| line.unwrap())
            .find_map(|line| {
                let (_, url) = line.split_once("listening ")?;
                Some(format!("{}/cimi/", url.trim().trim_end_matches('/')))
            })
            .unwrap();
        Self { child, url }
    }

    fn call(&self, folder: &Path, arguments: &[&str]) -> Output {
        let (name, rest) = arguments.split_first().unwrap();
        command()
            .arg(name)
            .args(["--url", &self.url, "--user", "admin", "--password-file"])
            .arg(folder.join("password"))
            .args(rest)
            .current_dir(folder)
            .output()
            .unwrap()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn shown(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_cloud_goes_through_a_file_in_both_formats() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("password"), PASSWORD).unwrap();
    let old = Service::start(folder, "old", true);
    for format in ["json", "xml"] {
        let file = format!("cloud.{format}");
        let export = old.call(folder, &["export", "--format", format, "--output", &file]);
        assert!(export.status.success(), "{}", shown(&export.stderr));
        assert!(shown(&export.stderr).contains(&format!("resources are in {file}")));
        let text = std::fs::read_to_string(folder.join(&file)).unwrap();
        assert!(text.contains("machines/demo-backend"), "{text}");

        let new = Service::start(folder, format, false);
        let import = new.call(folder, &["import", "--format", format, &file]);
        let (out, err) = (shown(&import.stdout), shown(&import.stderr));
        assert!(import.status.success(), "{out}{err}");
        assert!(out.contains("machines/demo-backend machines/"), "{out}");
        assert!(
            err.contains("never leave a service; set them anew"),
            "{err}"
        );
        assert!(
            err.ends_with(" resources were made, 0 could not be\n"),
            "{err}"
        );

        // The new cloud shows the same names, to standard output this time.
        let again = new.call(folder, &["export"]);
        assert!(again.status.success(), "{}", shown(&again.stderr));
        for name in ["frontend", "backend", "web server", "10 GB"] {
            assert!(
                shown(&again.stdout).contains(&format!("\"name\":\"{name}\"")),
                "{name}"
            );
        }
    }
}

#[test]
fn failures_say_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("password"), PASSWORD).unwrap();
    std::fs::write(folder.join("none.json"), "{}").unwrap();
    let nobody = command()
        .args(["export", "--url", "http://127.0.0.1:1/cimi/"])
        .output()
        .unwrap();
    assert_eq!(nobody.status.code(), Some(1));
    let message = shown(&nobody.stderr);
    assert!(
        message.contains("cannot connect to 127.0.0.1:1"),
        "{message}"
    );
    let service = Service::start(folder, "data", false);
    for (file, why) in [
        ("none.json", "resourceURI"),
        ("missing.json", "missing.json: "),
    ] {
        let refused = service.call(folder, &["import", file]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(
            shown(&refused.stderr).contains(why),
            "{}",
            shown(&refused.stderr)
        );
    }
    let anonymous = command()
        .args(["export", "--url", &service.url])
        .output()
        .unwrap();
    let message = shown(&anonymous.stderr);
    assert!(message.contains("it wants a login"), "{message}");
}
