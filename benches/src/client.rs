//! The thinnest HTTP/1.1 client that keeps a connection alive: what it does not do costs no CPU.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::process::Service;

/// A request, ready to be written.
#[derive(Debug, Clone)]
pub(crate) struct Request(Vec<u8>);

impl Request {
    /// A request with login; `content_type` is empty where there is no body.
    pub(crate) fn new(
        service_login: &str,
        method: &str,
        path: &str,
        content_type: &str,
        body: &str,
    ) -> Self {
        let accept = match content_type {
            "application/xml" => content_type,
            _ => "application/json",
        };
        let mut text = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {service_login}\r\nAccept: {accept}\r\n"
        );
        if !body.is_empty() {
            text.push_str(&format!(
                "Content-Type: {content_type}\r\nContent-Length: {}\r\n",
                body.len()
            ));
        }
        text.push_str("\r\n");
        text.push_str(body);
        Self(text.into_bytes())
    }
}

/// A connection, kept alive.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    login: String,
    line: String,
    body: Vec<u8>,
}

impl Client {
    /// Connects to a service.
    pub(crate) async fn connect(service: &Service) -> io::Result<Self> {
        let stream = TcpStream::connect(service.authority()).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::with_capacity(64 * 1024, stream),
            login: service.login().to_owned(),
            line: String::new(),
            body: Vec::new(),
        })
    }

    /// The value of `Authorization`.
    pub(crate) fn login(&self) -> &str {
        &self.login
    }

    /// Sends a request; answers with its body. Every status but 2xx is an error.
    pub(crate) async fn send(&mut self, request: &Request) -> io::Result<&[u8]> {
        let status = self.exchange(request).await?;
        if !status.contains(" 20") {
            let body = String::from_utf8_lossy(&self.body);
            return Err(io::Error::other(format!("{status}: {body}")));
        }
        Ok(&self.body)
    }

    /// Sends a request; answers with the status line, whatever it says.
    pub(crate) async fn exchange(&mut self, request: &Request) -> io::Result<String> {
        self.stream.get_mut().write_all(&request.0).await?;
        self.read_line().await?;
        let status = self.line.trim_end().to_owned();
        let mut length = 0;
        let mut is_chunked = false;
        loop {
            self.read_line().await?;
            let Some((name, value)) = self.line.split_once(':') else {
                break;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().map_err(io::Error::other)?;
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                is_chunked = true;
            }
        }
        self.body.clear();
        if is_chunked {
            self.read_chunks().await?;
        } else {
            self.read_on(length).await?;
        }
        Ok(status)
    }

    /// Reads a body in chunks (RFC 9112 7.1) to its end.
    async fn read_chunks(&mut self) -> io::Result<()> {
        loop {
            self.read_line().await?;
            let size = self.line.trim_end();
            let size = usize::from_str_radix(size, 16).map_err(io::Error::other)?;
            self.read_on(size).await?;
            // The end of the chunk; behind the last, that of the trailer, which is empty.
            self.read_line().await?;
            if size == 0 {
                return Ok(());
            }
        }
    }

    /// Reads so many bytes more of the body.
    async fn read_on(&mut self, count: usize) -> io::Result<()> {
        let had = self.body.len();
        self.body.resize(had + count, 0);
        let (_, more) = self.body.split_at_mut(had);
        self.stream.read_exact(more).await?;
        Ok(())
    }

    async fn read_line(&mut self) -> io::Result<()> {
        self.line.clear();
        if self.stream.read_line(&mut self.line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }
}
