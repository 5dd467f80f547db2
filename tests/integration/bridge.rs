//! A running `cimi-bridge`: the real binary as a process of its own, on an ephemeral loopback port, with
//! a data directory that outlives it when a test kills it.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex, OnceLock};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::http;

/// How long a service may take to listen; generous, because CI shares its cores.
const START: Duration = Duration::from_secs(60);

/// The first user, whose password is given in a file.
pub(crate) const ADMIN: &str = "admin";
/// The password of [`ADMIN`].
pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("tests/ has a parent")
            .to_owned()
    })
}

/// The command under test. A test package does not get the binaries of another package from cargo, so
/// this asks cargo for it. `CIMI_BRIDGE` names a binary that is there already: `make test` does so,
/// because `cargo test --workspace` has just built it.
pub(crate) fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        if let Some(path) = std::env::var_os("CIMI_BRIDGE") {
            return path.into();
        }
        // target/PROFILE/deps/integration-HASH
        let this = std::env::current_exe().expect("the path of this test");
        let profile = this.ancestors().nth(2).expect("target/PROFILE");
        let target = profile.parent().expect("target");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .current_dir(root())
            .args(["build", "--quiet", "--package", "cli"]);
        cargo
            .args(["--bin", "cimi-bridge", "--target-dir"])
            .arg(target);
        if profile.ends_with("release") {
            cargo.arg("--release");
        }
        assert!(
            cargo.status().expect("cargo runs").success(),
            "cimi-bridge does not build"
        );
        profile.join("cimi-bridge")
    })
}

/// Runs the command to its end, in the root of the project.
pub(crate) fn run(arguments: &[&str]) -> Output {
    Command::new(binary())
        .current_dir(root())
        .args(arguments)
        .output()
        .expect("cimi-bridge runs")
}

/// Text that a process has written so far, line by line.
#[derive(Default)]
struct Lines {
    lines: Mutex<Vec<String>>,
    more: Condvar,
}

impl Lines {
    fn follow(self: &Arc<Self>, stream: impl Read + Send + 'static) {
        let lines = Arc::clone(self);
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                lines.lines.lock().expect("lines").push(line);
                lines.more.notify_all();
            }
        });
    }

    fn text(&self) -> String {
        self.lines.lock().expect("lines").join("\n")
    }
}

/// What a service is started with.
pub(crate) struct Setup {
    /// Arguments besides `--demo`, `--listen`, `--data` and `--password-file`.
    pub(crate) arguments: Vec<String>,
    /// The text of a configuration file.
    pub(crate) config: Option<String>,
    /// Whether the password of [`ADMIN`] is given; the service makes one up otherwise.
    pub(crate) password: bool,
    /// Whether there is a demonstration cloud.
    pub(crate) demo: bool,
    /// Where it listens, for those who look for it there after a restart.
    pub(crate) listen: Option<String>,
}

impl Setup {
    /// The demonstration cloud, as a newcomer starts it.
    pub(crate) fn demo() -> Self {
        Self {
            arguments: Vec::new(),
            config: None,
            password: true,
            demo: true,
            listen: None,
        }
    }

    /// A bridge in front of another service, at which everybody is [`ADMIN`].
    pub(crate) fn behind(cloud: &Bridge) -> Self {
        let url = format!("rest={}/cimi/cloudEntryPoint", cloud.url());
        let secret = cloud.directory.path().join("password");
        let secret = secret.to_str().expect("a path");
        let more = [
            "--cloud",
            &url,
            "--cloud-user",
            ADMIN,
            "--cloud-password-file",
            secret,
        ];
        Self {
            demo: false,
            ..Self::demo().arguments(&more)
        }
    }

    /// Listens at this address, also after a restart.
    pub(crate) fn listening_at(mut self, address: String) -> Self {
        self.listen = Some(address);
        self
    }

    /// Adds arguments.
    pub(crate) fn arguments(mut self, arguments: &[&str]) -> Self {
        self.arguments
            .extend(arguments.iter().map(|&argument| argument.to_owned()));
        self
    }

    /// Uses a configuration file with this text.
    pub(crate) fn config(mut self, text: &str) -> Self {
        self.config = Some(text.to_owned());
        self
    }

    /// Lets the service make up a password.
    pub(crate) fn without_password(mut self) -> Self {
        self.password = false;
        self
    }

    /// Starts the service and waits until it listens.
    pub(crate) fn start(self) -> Bridge {
        let directory = TempDir::new().expect("a temporary directory");
        std::fs::write(directory.path().join("password"), PASSWORD).expect("the password file");
        if let Some(text) = &self.config {
            std::fs::write(directory.path().join("config.toml"), text).expect("the config file");
        }
        let (child, lines, urls) = launch(directory.path(), &self);
        Bridge {
            child,
            lines,
            urls,
            directory,
            setup: self,
        }
    }
}

/// A running service; it is stopped when this is dropped.
pub(crate) struct Bridge {
    child: Child,
    lines: Arc<Lines>,
    urls: Vec<String>,
    directory: TempDir,
    setup: Setup,
}

impl Bridge {
    /// The demonstration cloud.
    pub(crate) fn demo() -> Self {
        Setup::demo().start()
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn url(&self) -> &str {
        self.urls
            .iter()
            .find(|url| url.starts_with("http://"))
            .expect("a plain listener")
    }

    /// `https://127.0.0.1:PORT`, if it was started with `--tls-listen`.
    pub(crate) fn tls_url(&self) -> &str {
        self.urls
            .iter()
            .find(|url| url.starts_with("https://"))
            .expect("a TLS listener")
    }

    /// `127.0.0.1:PORT`
    pub(crate) fn authority(&self) -> &str {
        self.url().trim_start_matches("http://")
    }

    /// The process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Where the service keeps its data.
    pub(crate) fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// What the service has written so far, standard output and error together.
    pub(crate) fn output(&self) -> String {
        self.lines.text()
    }

    /// Ends it without any warning, as a power cut would, and starts it again on the same data.
    pub(crate) fn crash_and_restart(&mut self) {
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("its end");
        let (child, lines, urls) = launch(self.directory.path(), &self.setup);
        (self.child, self.lines, self.urls) = (child, lines, urls);
    }

    /// Asks it to end (SIGTERM) and says how it ended.
    pub(crate) fn terminate(mut self) -> std::process::ExitStatus {
        let pid = self.child.id().to_string();
        Command::new("kill")
            .args(["-TERM", &pid])
            .status()
            .expect("kill runs");
        let end = Instant::now() + Duration::from_secs(30);
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().expect("wait") {
                return status;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!(
            "still running half a minute after SIGTERM\n{}",
            self.output()
        );
    }

    /// Runs `cimi-bridge user add` on the data of this service, and waits until it has noticed.
    pub(crate) fn add_user(&self, name: &str, password: &str, more: &[&str]) {
        let file = self.directory.path().join(format!("password-{name}"));
        std::fs::write(&file, password).expect("the password file");
        let output = Command::new(binary())
            .args(["user", "add", name, "--data"])
            .arg(self.data())
            .arg("--password-file")
            .arg(&file)
            .args(more)
            .output()
            .expect("cimi-bridge runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let authorization = http::basic(name, password);
        let headers = [("Authorization", authorization.as_str())];
        eventually(&format!("{name} can log in"), || {
            let answer = http::send(
                self.authority(),
                "GET",
                "/cimi/cloudEntryPoint",
                &headers,
                b"",
            );
            (answer.status != 401).then_some(())
        });
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("---- what the service wrote\n{}\n----", self.output());
        }
    }
}

/// Starts a service in `directory`; answers when all its listeners listen.
fn launch(directory: &Path, setup: &Setup) -> (Child, Arc<Lines>, Vec<String>) {
    let mut command = Command::new(binary());
    command.current_dir(root());
    command.arg("serve");
    if setup.demo {
        command.arg("--demo");
    }
    let listen = setup.listen.as_deref().unwrap_or("127.0.0.1:0");
    command.args(["--listen", listen, "--data"]);
    command.arg(directory.join("data"));
    if setup.password {
        command
            .arg("--password-file")
            .arg(directory.join("password"));
    }
    if setup.config.is_some() {
        command.arg("--config").arg(directory.join("config.toml"));
    }
    command.args(&setup.arguments).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("cimi-bridge starts");
    let lines = Arc::new(Lines::default());
    lines.follow(child.stdout.take().expect("stdout"));
    lines.follow(child.stderr.take().expect("stderr"));

    let wanted = 1 + usize::from(
        setup
            .arguments
            .iter()
            .any(|argument| argument == "--tls-listen"),
    );
    let end = Instant::now() + START;
    let mut seen = lines.lines.lock().expect("lines");
    loop {
        let urls: Vec<_> = seen.iter().filter_map(|line| listening(line)).collect();
        if urls.len() >= wanted {
            drop(seen);
            return (child, lines, urls);
        }
        let ended = child.try_wait().expect("wait");
        if ended.is_some() || Instant::now() > end {
            let _ = child.kill();
            panic!(
                "cimi-bridge does not listen ({ended:?})\n{}",
                seen.join("\n")
            );
        }
        (seen, _) = lines
            .more
            .wait_timeout(seen, Duration::from_millis(100))
            .expect("lines");
    }
}

/// The URL in a line `... listening http://127.0.0.1:5985 ...`.
fn listening(line: &str) -> Option<String> {
    let url = line.split_once("listening ")?.1.split_whitespace().next()?;
    url.starts_with("http")
        .then(|| url.trim_end_matches('/').to_owned())
}

/// An address of this machine for somebody who comes back to it after a restart: not one of those that the
/// system gives to connections, which could have taken it meanwhile.
pub(crate) fn lasting_address() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    // Tests of other processes look elsewhere first.
    let from = std::process::id().wrapping_mul(131) % 10_000;
    loop {
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        assert!(next < 10_000, "no port is free");
        let address = format!("127.0.0.1:{}", 20_000 + (from + next) % 10_000);
        if std::net::TcpListener::bind(&address).is_ok() {
            return address;
        }
    }
}

/// Asks again and again until `probe` has an answer; panics with `what` after a minute.
pub(crate) fn eventually<T>(what: &str, mut probe: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(found) = probe() {
            return found;
        }
        assert!(Instant::now() < end, "not in a minute: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
