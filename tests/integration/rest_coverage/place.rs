//! Another place of packages: the smallest web server that gives one, and takes one.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

/// The place.
pub(crate) struct Place {
    /// Its base URI, with a slash at its end.
    pub(crate) uri: String,
    /// What was put there.
    pub(crate) put: Receiver<String>,
}

/// A place that has `package` at every path but `gone` and `moved`, for those who log in as `reader`, and for
/// everybody below `open`.
pub(crate) fn start(package: &'static str) -> Place {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sender, put) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut reader = BufReader::new(stream);
            let mut head = Vec::new();
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).is_err() || line.trim().is_empty() {
                    break;
                }
                head.push(line.trim().to_owned());
            }
            let Some(first) = head.first() else { continue };
            let field = |name: &str| {
                head.iter().find_map(|line| {
                    let (field, value) = line.split_once(':')?;
                    field
                        .eq_ignore_ascii_case(name)
                        .then(|| value.trim().to_owned())
                })
            };
            let length = field("content-length")
                .and_then(|text| text.parse().ok())
                .unwrap_or(0);
            let mut body = vec![0; length];
            if reader.read_exact(&mut body).is_err() {
                continue;
            }
            let knows = field("authorization").is_some() || first.contains("/open/");
            let (status, text) = if !knows {
                (
                    "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"",
                    "",
                )
            } else if first.contains("gone") {
                ("404 Not Found", "")
            } else if first.contains("moved") {
                ("302 Found\r\nLocation: http://127.0.0.1:1/", "")
            } else if first.starts_with("PUT ") {
                let _ = sender.send(String::from_utf8_lossy(&body).into_owned());
                ("201 Created", "")
            } else {
                ("200 OK", package)
            };
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
                text.len()
            );
            let _ = reader.get_mut().write_all(answer.as_bytes());
        }
    });
    Place {
        uri: format!("http://{address}/ovf/"),
        put,
    }
}
