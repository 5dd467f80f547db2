//! The service under load as a process, and what the kernel says about it.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::scenario::Row;

/// Clock ticks a second in `/proc`: 100 on every Linux (USER_HZ).
const TICKS: u64 = 100;

/// A running service; it ends with this value.
pub(crate) struct Service {
    pid: u32,
    authority: String,
    login: String,
    _child: Child,
    _directory: TempDir,
}

impl Service {
    /// Starts a service with the demonstration cloud in a folder of its own.
    pub(crate) async fn start(bridge: &Path) -> Result<Self, Box<dyn Error>> {
        Self::serve(bridge, &["--demo".to_owned()]).await
    }

    /// The same with a configuration file of this text.
    pub(crate) async fn configured(bridge: &Path, text: &str) -> Result<Self, Box<dyn Error>> {
        let file = tempfile::NamedTempFile::new()?;
        fs::write(file.path(), text)?;
        let path = file.path().to_string_lossy().into_owned();
        Self::serve(bridge, &["--demo".to_owned(), "--config".to_owned(), path]).await
    }

    /// Starts a bridge in front of a service, of which it speaks this binding (`rest`, `wsman`).
    pub(crate) async fn behind(
        bridge: &Path,
        cloud: &Self,
        kind: &str,
    ) -> Result<Self, Box<dyn Error>> {
        let path = if kind == "rest" {
            "cimi/cloudEntryPoint"
        } else {
            "wsman"
        };
        let secret = cloud._directory.path().join("password");
        let more = [
            "--cloud".to_owned(),
            format!("{kind}=http://{}/{path}", cloud.authority),
            "--cloud-user".to_owned(),
            "admin".to_owned(),
            "--cloud-password-file".to_owned(),
            secret.to_string_lossy().into_owned(),
        ];
        Self::serve(bridge, &more).await
    }

    /// Starts a cloud in which nothing takes time.
    pub(crate) async fn prompt(bridge: &Path) -> Result<Self, Box<dyn Error>> {
        let directory = TempDir::new()?;
        let file = directory.path().join("prompt.toml");
        let kinds = [
            "create", "start", "stop", "pause", "suspend", "capture", "restore", "delete",
        ];
        let times = kinds.map(|kind| format!("{kind}_millis = 0\n")).concat();
        fs::write(&file, format!("[provider]\n{times}"))?;
        let file = file.to_string_lossy().into_owned();
        Self::serve(bridge, &["--demo".to_owned(), "--config".to_owned(), file]).await
    }

    /// Starts the proxy of the part `bridge` in front of a service.
    pub(crate) async fn floor(cloud: &Self) -> Result<Self, Box<dyn Error>> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--floor", cloud.authority()]);
        Self::listening(command, TempDir::new()?, cloud.login.clone()).await
    }

    async fn serve(bridge: &Path, more: &[String]) -> Result<Self, Box<dyn Error>> {
        let directory = TempDir::new()?;
        let password = "bench";
        fs::write(directory.path().join("password"), password)?;
        let mut command = Command::new(bridge);
        command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(more)
            .arg("--data")
            .arg(directory.path().join("data"))
            .arg("--password-file")
            .arg(directory.path().join("password"));
        let login = format!("Basic {}", STANDARD.encode(format!("admin:{password}")));
        Self::listening(command, directory, login).await
    }

    /// Starts a command and waits until it listens.
    async fn listening(
        mut command: Command,
        directory: TempDir,
        login: String,
    ) -> Result<Self, Box<dyn Error>> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let stdout = child.stdout.take().ok_or("no standard output")?;
        let stderr = child.stderr.take().ok_or("no standard error")?;
        let (mut stdout, mut stderr) = (
            BufReader::new(stdout).lines(),
            BufReader::new(stderr).lines(),
        );
        let authority = loop {
            let line = tokio::select! {
                Ok(Some(line)) = stdout.next_line() => line,
                Ok(Some(line)) = stderr.next_line() => line,
                else => return Err("the service ended before it listened".into()),
            };
            if let Some((_, url)) = line.split_once("listening http://") {
                break url.split(['/', ' ']).next().unwrap_or(url).to_owned();
            }
        };
        // What it still says must not fill the pipes.
        tokio::spawn(async move { while let Ok(Some(_)) = stdout.next_line().await {} });
        tokio::spawn(async move { while let Ok(Some(_)) = stderr.next_line().await {} });
        Ok(Self {
            pid: child.id().ok_or("the service ended")?,
            authority,
            login,
            _child: child,
            _directory: directory,
        })
    }

    /// Host and port.
    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }

    /// The value of `Authorization` for the administrator.
    pub(crate) fn login(&self) -> &str {
        &self.login
    }

    /// CPU time that all its threads, ended ones included, have spent so far.
    pub(crate) fn cpu(&self) -> Result<Duration, Box<dyn Error>> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid))?;
        let [user, system, ..] = times(&stat).ok_or("`/proc/PID/stat` has another form")?;
        Ok(duration(user + system))
    }

    /// Resident memory in KiB.
    pub(crate) fn resident_kib(&self) -> Result<u64, Box<dyn Error>> {
        self.memory_kib("VmRSS:")
    }

    /// The largest resident memory since [`Service::forget_peak`], in KiB.
    pub(crate) fn peak_kib(&self) -> Result<u64, Box<dyn Error>> {
        self.memory_kib("VmHWM:")
    }

    /// Lets the peak begin at what is resident now (proc(5), clear_refs).
    pub(crate) fn forget_peak(&self) -> Result<(), Box<dyn Error>> {
        Ok(fs::write(format!("/proc/{}/clear_refs", self.pid), "5")?)
    }

    fn memory_kib(&self, what: &str) -> Result<u64, Box<dyn Error>> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid))?;
        let line = status.lines().find_map(|line| line.strip_prefix(what));
        let number = line.and_then(|line| line.split_whitespace().next());
        Ok(number.ok_or("no such figure of memory")?.parse()?)
    }
}

/// utime, stime, cutime, cstime of proc(5), in ticks. The command in parentheses may hold anything.
fn times(stat: &str) -> Option<[u64; 4]> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields
        .split_whitespace()
        .skip(11)
        .map(|field| field.parse().ok());
    Some([
        fields.next()??,
        fields.next()??,
        fields.next()??,
        fields.next()??,
    ])
}

fn duration(ticks: u64) -> Duration {
    Duration::from_millis(ticks * 1000 / TICKS)
}

/// CPU time of the children that have ended.
fn children() -> Result<Duration, Box<dyn Error>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let [.., user, system] = times(&stat).ok_or("`/proc/self/stat` has another form")?;
    Ok(duration(user + system))
}

/// The largest resident memory of a command, in KiB, as the kernel counted it. Python asks the kernel:
/// the standard library of Rust cannot.
pub(crate) fn peak_kib(command: &std::process::Command) -> Result<u64, Box<dyn Error>> {
    const SCRIPT: &str = "import resource, subprocess, sys\n\
        null = subprocess.DEVNULL\n\
        subprocess.run(sys.argv[1:], stdout=null, stderr=null, check=True)\n\
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
    let output = std::process::Command::new("python3")
        .args(["-c", SCRIPT])
        .arg(command.get_program())
        .args(command.get_args())
        .output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse()?)
}

/// What a command costs that is run again and again: the whole process.
pub(crate) fn repeat(
    name: &'static str,
    runs: u32,
    budget: Option<f64>,
    command: impl Fn() -> std::process::Command,
) -> Result<Row, Box<dyn Error>> {
    let before = children()?;
    let start = std::time::Instant::now();
    for _ in 0..runs {
        let output = command().output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
    }
    let (cpu, elapsed) = (children()? - before, start.elapsed());
    Ok(Row::new(name, u64::from(runs), 1, cpu, elapsed, budget))
}

/// The cost of compiling `mof/cimi.mof`, with all checks.
pub(crate) fn compile(bridge: &Path) -> Result<Row, Box<dyn Error>> {
    let root = root()?;
    repeat("mof check mof/cimi.mof", 100, None, || {
        let mut command = std::process::Command::new(bridge);
        command
            .current_dir(root)
            .args(["mof", "check", "mof/cimi.mof"]);
        command
    })
}

pub(crate) fn root() -> Result<&'static Path, Box<dyn Error>> {
    let parent = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    Ok(parent.ok_or("no project")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_stand_behind_a_command_with_anything_in_it() {
        let stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 500 600 0 0 7 8 90 10 20 0 4 0 1 2 3";
        assert_eq!(times(stat), Some([7, 8, 90, 10]));
        assert_eq!(duration(150), Duration::from_millis(1500));
    }
}
