//! Connections: TCP, TLS, HTTP/1.1.

use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use openssl::ssl::{
    SslConnector, SslConnectorBuilder, SslFiletype, SslMethod, SslVerifyMode, SslVersion,
};
use openssl::x509::X509VerifyResult;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_openssl::SslStream;

use crate::Error;
use crate::line::Line;

/// How a service proves who it is.
#[derive(Debug, Clone, Default)]
pub struct Security {
    /// Which certificates are trusted.
    pub trust: Trust,
    /// What the client itself shows, if the service wants to know.
    pub identity: Option<Identity>,
}

/// The certificate of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The certificate and its chain, PEM, leaf first.
    pub certificate: PathBuf,
    /// Its private key, PEM.
    pub key: PathBuf,
}

/// Which certificates are trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Trust {
    /// Those of the system's authorities.
    #[default]
    System,
    /// Those of the authorities (or the self-signed ones) in a PEM file, and no others.
    File(PathBuf),
    /// All: whoever is on the way can read and change everything. For laboratories.
    Anything,
}

/// Makes TLS connections.
#[derive(Clone)]
pub(crate) struct Tls {
    connector: SslConnector,
    verify: bool,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}

impl Tls {
    pub(crate) fn new(security: &Security) -> Result<Self, Error> {
        let file = match &security.trust {
            Trust::File(path) => Some(path.display().to_string()),
            _ => None,
        };
        let fail = |file: Option<String>| {
            move |error: openssl::error::ErrorStack| Error::Certificates {
                file,
                reason: error.to_string(),
            }
        };
        if let Trust::File(path) = &security.trust {
            readable(path, "CERTIFICATE", "certificate")?;
        }
        if let Some(Identity { certificate, key }) = &security.identity {
            readable(certificate, "CERTIFICATE", "certificate")?;
            readable(key, "PRIVATE KEY", "private key")?;
        }
        let (mut builder, verify) = Self::build(security).map_err(fail(file))?;
        if let Some(Identity { certificate, key }) = &security.identity {
            let named = |path: &Path| Some(path.display().to_string());
            builder
                .set_certificate_chain_file(certificate)
                .map_err(fail(named(certificate)))?;
            builder
                .set_private_key_file(key, SslFiletype::PEM)
                .and_then(|()| builder.check_private_key())
                .map_err(fail(named(key)))?;
        }
        Ok(Self {
            connector: builder.build(),
            verify,
        })
    }

    fn build(
        security: &Security,
    ) -> Result<(SslConnectorBuilder, bool), openssl::error::ErrorStack> {
        // The builder of `openssl` has the system's authorities, TLS 1.2 and later and good ciphers.
        let mut builder = SslConnector::builder(SslMethod::tls_client())?;
        builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
        let mut verify = true;
        match &security.trust {
            Trust::System => {}
            Trust::File(path) => {
                builder.set_cert_store(openssl::x509::store::X509StoreBuilder::new()?.build());
                builder.set_ca_file(path)?;
            }
            Trust::Anything => {
                builder.set_verify(SslVerifyMode::NONE);
                verify = false;
            }
        }
        Ok((builder, verify))
    }

    async fn connect(
        &self,
        stream: TcpStream,
        host: &str,
        authority: &str,
    ) -> Result<SslStream<TcpStream>, Error> {
        let fail = |reason: String| Error::Tls {
            authority: authority.to_owned(),
            reason,
        };
        let configuration = self
            .connector
            .configure()
            .map_err(|error| fail(error.to_string()))?
            .verify_hostname(self.verify);
        let ssl = configuration
            .into_ssl(host)
            .map_err(|error| fail(error.to_string()))?;
        let mut stream = SslStream::new(ssl, stream).map_err(|error| fail(error.to_string()))?;
        if let Err(error) = Pin::new(&mut stream).connect().await {
            let result = stream.ssl().verify_result();
            return Err(fail(if result == X509VerifyResult::OK {
                error.to_string()
            } else {
                format!("its certificate is not trusted: {}", result.error_string())
            }));
        }
        Ok(stream)
    }
}

/// Whether a file is there and has such a thing in it: OpenSSL would say so in words of its own.
fn readable(path: &Path, label: &str, what: &str) -> Result<(), Error> {
    let text = std::fs::read(path).map_err(|error| error.to_string());
    let found = text.and_then(|text| {
        let text = String::from_utf8_lossy(&text);
        let mut lines = text.lines();
        lines
            .any(|line| line.starts_with("-----BEGIN ") && line.contains(label))
            .then_some(())
            .ok_or_else(|| format!("no {what} in PEM form in it"))
    });
    found.map_err(|reason| Error::Certificates {
        file: Some(path.display().to_string()),
        reason,
    })
}

/// Opens a connection to host and port.
pub(crate) async fn open(
    host: &str,
    port: u16,
    authority: &str,
    tls: Option<&Tls>,
    address_rule: Option<fn(std::net::IpAddr) -> bool>,
    max_head: usize,
) -> Result<Line, Error> {
    let connect = match address_rule {
        None => TcpStream::connect((host, port)).await,
        // Looked up once: a name that leads elsewhere a moment later gains nothing.
        Some(rule) => match tokio::net::lookup_host((host, port)).await {
            Ok(found) => {
                let allowed: Vec<_> = found.filter(|address| rule(address.ip())).collect();
                if allowed.is_empty() {
                    return Err(Error::Forbidden {
                        authority: authority.to_owned(),
                    });
                }
                TcpStream::connect(allowed.as_slice()).await
            }
            Err(error) => Err(error),
        },
    };
    let stream = connect.map_err(|cause| Error::Connect {
        authority: authority.to_owned(),
        cause,
    })?;
    // Without it some systems wait for more to send.
    let _ = stream.set_nodelay(true);
    match tls {
        None => handshake(stream, authority, max_head).await,
        Some(tls) => {
            let stream = tls.connect(stream, host, authority).await?;
            handshake(stream, authority, max_head).await
        }
    }
}

async fn handshake<S>(stream: S, authority: &str, max_head: usize) -> Result<Line, Error>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let made = http1::Builder::new()
        .max_buf_size(max_head)
        .handshake(TokioIo::new(stream))
        .await;
    let (sender, connection) = made.map_err(|error| Error::Connection {
        authority: authority.to_owned(),
        reason: error.to_string(),
    })?;
    Ok(Line::new(sender, connection))
}
