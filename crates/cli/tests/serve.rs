//! `cimi-bridge serve` and `user` as people and scripts meet them: what is printed, exit codes, signals.
//! What the service answers is tested elsewhere.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

fn command(arguments: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cimi-bridge"));
    command.args(arguments).arg("--data").arg(data);
    command.current_dir(data).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str], data: &Path) -> Output {
    command(arguments, data).output().unwrap()
}

/// Runs a command with this standard input; its success and output.
fn fed(arguments: &[&str], data: &Path, input: &str) -> (bool, String) {
    let mut command = command(arguments, data);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that refuses does not read.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    (output.status.success(), text(&output))
}

fn text(output: &Output) -> String {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8(text).unwrap()
}

/// A running service and what it has printed until it listened.
struct Service {
    child: Child,
    printed: String,
}

impl Service {
    fn start(arguments: &[&str], data: &Path) -> Self {
        let arguments = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut command = command(&arguments, data);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut printed = String::new();
        while !printed.contains("\nlistening ") {
            assert_ne!(
                lines.read_line(&mut printed).unwrap(),
                0,
                "it ended after:\n{printed}"
            );
        }
        Self { child, printed }
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    /// The exit code after a signal.
    fn end(mut self, signal: &str) -> Option<i32> {
        self.signal(signal);
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(Instant::now() < until, "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn users_are_managed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let add = [
        "user", "add", "ann", "--role", "operator", "--tenant", "blue",
    ];
    let (done, said) = fed(&add, data, "a secret\n");
    assert!(done, "{said}");
    assert!(
        said.starts_with("added ann with the role operator to /"),
        "{said}"
    );
    let (done, said) = fed(&add, data, "a secret\n");
    assert!(!done);
    assert!(said.contains("cimi-bridge user passwd ann"), "{said}");
    let listed = text(&run(&["user", "list"], data));
    assert_eq!(
        listed,
        "NAME  ROLE      LOGIN                     TENANT\n\
         ann   operator  basic                     blue\n"
    );

    let before = std::fs::read_to_string(data.join("users.toml")).unwrap();
    let (done, said) = fed(&["user", "passwd", "ann"], data, "another\n");
    assert!(done, "{said}");
    assert_ne!(
        std::fs::read_to_string(data.join("users.toml")).unwrap(),
        before
    );

    for (arguments, input, expected) in [
        (&["user", "add", "bob"][..], "\n", "the password is empty"),
        (&["user", "add", "a:b"], "x\n", "cannot be a user name"),
        (
            &["user", "add", "bob", "--role", "boss"],
            "x\n",
            "use reader, operator or admin",
        ),
        (&["user", "passwd", "bob"], "x\n", "there is no user `bob`"),
        (&["user", "remove", "bob"], "", "there is no user `bob`"),
        (
            &["user", "add", "bob", "--password-file", "none"],
            "",
            "the password file none: ",
        ),
    ] {
        let (done, said) = fed(arguments, data, input);
        assert!(!done && said.contains(expected), "{arguments:?}: {said}");
    }
    for (arguments, expected) in [
        (
            &[
                "user",
                "add",
                "console",
                "--certificate",
                "Console.example.org",
            ][..],
            "added console with the role reader to ",
        ),
        (
            &["user", "certificate", "ann", "ann@example.org"],
            "a client certificate with the name ann@example.org is a login of ann in ",
        ),
        (
            &["user", "certificate", "ann", "console.example.org"],
            "`console` has the certificate of this name already",
        ),
        (
            &["user", "certificate", "console", "--remove"],
            "`console` could not log in any more: no password",
        ),
        (
            &["user", "certificate", "bob", "x"],
            "there is no user `bob`",
        ),
        (&["user", "certificate", "ann"], "<CERTIFICATE>"),
    ] {
        let output = run(arguments, data);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    assert_eq!(
        text(&run(&["user", "list"], data)),
        "NAME     ROLE      LOGIN                     TENANT\n\
         ann      operator  basic,certificate         blue\n\
         console  reader    certificate               (all)\n"
    );
    assert!(
        run(&["user", "certificate", "ann", "--remove"], data)
            .status
            .success()
    );
    assert!(run(&["user", "remove", "console"], data).status.success());
    assert!(run(&["user", "remove", "ann"], data).status.success());
    assert_eq!(
        text(&run(&["user", "list"], data)),
        "NAME  ROLE      LOGIN                     TENANT\n"
    );
}

#[test]
fn nothing_is_served_when_nobody_could_log_in() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&["serve", "--listen", "127.0.0.1:0"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output);
    for cure in [
        "user add admin --role admin",
        "--password-file FILE",
        "serve --demo",
    ] {
        assert!(said.contains(cure), "{said}");
    }
}

#[test]
fn a_demonstration_says_where_as_whom_and_what_to_try_and_ends_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let service = Service::start(&["--demo"], data);
    let password = std::fs::read_to_string(data.join("admin-password")).unwrap();
    let password = password.trim_end();
    assert_eq!(password.len(), 20);
    for expected in [
        "with a demonstration cloud",
        "/cimi/cloudEntryPoint\n",
        "/wsman\n",
        &format!("export PASSWORD={password}\n"),
        "/cimi/machines\n",
    ] {
        assert!(
            service.printed.contains(expected),
            "{expected} is not in\n{}",
            service.printed
        );
    }
    // The same data cannot be served twice.
    let second = run(&["serve", "--listen", "127.0.0.1:0"], data);
    assert_eq!(second.status.code(), Some(1));
    assert!(
        text(&second).contains("another cimi-bridge"),
        "{}",
        text(&second)
    );

    service.signal("-HUP");
    assert_eq!(service.end("-TERM"), Some(0));
    // The password stays, and is not shown again.
    let again = Service::start(&["--demo"], data);
    assert!(!again.printed.contains(password), "{}", again.printed);
    assert!(
        again.printed.contains("admin-password"),
        "{}",
        again.printed
    );
    assert_eq!(again.end("-INT"), Some(0));
    // One that the user has chosen is kept in no file.
    assert!(fed(&["user", "passwd", "admin"], data, "my own\n").0);
    let own = Service::start(&["--demo"], data);
    assert!(!own.printed.contains("admin-password"), "{}", own.printed);
}

#[test]
fn a_password_file_sets_the_password_of_admin() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let file = data.join("password");
    std::fs::write(&file, "one\n").unwrap();
    let arguments = ["--password-file", file.to_str().unwrap()];
    let service = Service::start(&arguments, data);
    assert!(
        !service.printed.contains("curl"),
        "nothing to try: {}",
        service.printed
    );
    let users = std::fs::read_to_string(data.join("users.toml")).unwrap();
    assert_eq!(service.end("-TERM"), Some(0));
    // The same password changes nothing, another one does.
    drop(Service::start(&arguments, data));
    assert_eq!(
        std::fs::read_to_string(data.join("users.toml")).unwrap(),
        users
    );
    std::fs::write(&file, "two\n").unwrap();
    drop(Service::start(&arguments, data));
    assert_ne!(
        std::fs::read_to_string(data.join("users.toml")).unwrap(),
        users
    );
}

#[test]
fn wrong_arguments_say_what_would_be_right() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, code, expected) in [
        (
            &["serve", "--listen", "localhost"][..],
            2,
            "such as 127.0.0.1:5985",
        ),
        (&["serve", "--listen", "0.0.0.0:0"], 1, "allow_plain_http"),
        (&["serve", "--listen", "off"], 1, "nowhere to listen"),
        (
            &["serve", "--tls-listen", "127.0.0.1:0"],
            1,
            "--tls-cert and --tls-key",
        ),
        (
            &["serve", "--config", "none.toml"],
            1,
            "the configuration file none.toml",
        ),
    ] {
        let output = run(arguments, folder.path());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(
            text(&output).contains(expected),
            "{arguments:?}: {}",
            text(&output)
        );
    }
}
