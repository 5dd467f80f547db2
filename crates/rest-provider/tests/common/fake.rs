//! A service that answers what a test says, written from scratch: it shares nothing with the product.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    /// The head, in lower case.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Asked {
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines();
        lines
            .filter_map(|line| line.split_once(": "))
            .find(|(n, _)| *n == name)
            .map(|(_, value)| value)
    }
}

/// What it answers.
#[derive(Debug, Clone)]
pub(crate) enum Says {
    /// Status, header fields, body.
    Answer(u16, Vec<(String, String)>, String),
    /// These bytes, and the connection is closed.
    Raw(Vec<u8>),
    /// Nothing, for so long.
    Nothing(Duration),
}

pub(crate) fn json(body: impl Into<String>) -> Says {
    Says::Answer(
        200,
        vec![("Content-Type".into(), "application/json".into())],
        body.into(),
    )
}

pub(crate) fn plain(status: u16, body: &str) -> Says {
    Says::Answer(
        status,
        vec![("Content-Type".into(), "text/plain".into())],
        body.into(),
    )
}

pub(crate) struct Fake {
    pub(crate) base: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    task: JoinHandle<()>,
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Fake {
    /// `answer` is told the base, such as `http://127.0.0.1:1234`.
    pub(crate) async fn start(
        answer: impl Fn(&str, &Asked) -> Says + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (log, here, answer) = (Arc::clone(&asked), base.clone(), Arc::new(answer));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, here, answer) = (Arc::clone(&log), here.clone(), Arc::clone(&answer));
                tokio::spawn(
                    async move { serve(stream, &log, |asked| answer(&here, asked)).await },
                );
            }
        });
        Self { base, asked, task }
    }

    /// The requests so far that match.
    pub(crate) fn asked(&self, method: &str, path: &str) -> Vec<Asked> {
        let all = self.asked.lock().unwrap();
        all.iter()
            .filter(|a| a.method == method && a.path() == path)
            .cloned()
            .collect()
    }

    pub(crate) fn all(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, log: &Mutex<Vec<Asked>>, answer: impl Fn(&Asked) -> Says) {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut first = head.lines().next().unwrap().split(' ');
    let (method, target) = (
        first.next().unwrap().to_owned(),
        first.next().unwrap().to_owned(),
    );
    let lower = head.to_lowercase();
    let length: usize = lower
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |n| n.parse().unwrap());
    while bytes.len() < end + length {
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
    }
    let asked = Asked {
        method,
        target,
        head: lower,
        body: String::from_utf8_lossy(&bytes[end..]).into_owned(),
    };
    log.lock().unwrap().push(asked.clone());
    let out = match answer(&asked) {
        Says::Raw(bytes) => bytes,
        Says::Nothing(time) => {
            tokio::time::sleep(time).await;
            return;
        }
        Says::Answer(status, headers, body) => {
            let mut out = format!("HTTP/1.1 {status} X\r\nConnection: close\r\n");
            for (name, value) in headers {
                out.push_str(&format!("{name}: {value}\r\n"));
            }
            out.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
            out.into_bytes()
        }
    };
    let _ = stream.write_all(&out).await;
    let _ = stream.shutdown().await;
}
