//! TLS with a given certificate, exchangeable while connections are open.

use std::path::Path;
use std::sync::Arc;

use arc_swap::ArcSwap;
use openssl::pkey::PKey;
use openssl::ssl::{
    AlpnError, SslAcceptor, SslAcceptorBuilder, SslMethod, SslVerifyMode, SslVersion,
    select_next_proto,
};
use openssl::stack::Stack;
use openssl::x509::X509;
use openssl::x509::store::X509StoreBuilder;

use crate::StartError;
use crate::config::TlsConfig;

/// What the listener offers: HTTP/1.1 and nothing else, because later login schemes belong to a connection.
const PROTOCOLS: &[u8] = b"\x08http/1.1";

/// What sessions that are resumed belong to; OpenSSL wants it where clients have certificates.
const SESSIONS: &[u8] = b"cimi-bridge";

/// The TLS side of a listener.
#[derive(Clone)]
pub(crate) struct Tls {
    acceptor: Arc<ArcSwap<SslAcceptor>>,
    config: Arc<TlsConfig>,
}

impl Tls {
    /// Reads certificate and key.
    pub(crate) fn new(config: &TlsConfig) -> Result<Self, StartError> {
        let acceptor = acceptor(config)?;
        let acceptor = Arc::new(ArcSwap::from_pointee(acceptor));
        Ok(Self {
            acceptor,
            config: Arc::new(config.clone()),
        })
    }

    /// Reads certificates and key again; new connections get them. If they are wrong, the old ones stay.
    pub(crate) fn reload(&self) -> Result<(), StartError> {
        self.acceptor.store(Arc::new(acceptor(&self.config)?));
        Ok(())
    }

    pub(crate) fn current(&self) -> Arc<SslAcceptor> {
        self.acceptor.load_full()
    }
}

fn acceptor(config: &TlsConfig) -> Result<SslAcceptor, StartError> {
    let chain = certificates("the certificate", &config.certificate)?;
    let fail = |cause: String| StartError::file("the private key", &config.key, cause);
    let pem = read(&config.key).map_err(fail)?;
    // Without the callback OpenSSL would ask the terminal for a pass phrase.
    let key = PKey::private_key_from_pem_callback(&pem, |_| Ok(0)).map_err(|_| {
        fail("no private key in PEM form in it, or one with a pass phrase".to_owned())
    })?;

    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server())?;
    builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
    for (index, certificate) in chain.into_iter().enumerate() {
        if index == 0 {
            builder.set_certificate(&certificate)?;
        } else {
            builder.add_extra_chain_cert(certificate)?;
        }
    }
    builder
        .set_private_key(&key)
        .and_then(|()| builder.check_private_key())
        .map_err(|_| {
            fail(format!(
                "it does not belong to {}",
                config.certificate.display()
            ))
        })?;
    if let Some(path) = &config.client_ca {
        ask_for_certificates(&mut builder, path)?;
    }
    builder.set_alpn_select_callback(|_, offered| {
        select_next_proto(PROTOCOLS, offered).ok_or(AlpnError::NOACK)
    });
    Ok(builder.build())
}

/// Asks clients for a certificate of these authorities. Who has none can log in otherwise; who has one that is not
/// valid has no connection.
fn ask_for_certificates(builder: &mut SslAcceptorBuilder, path: &Path) -> Result<(), StartError> {
    let mut store = X509StoreBuilder::new()?;
    let mut names = Stack::new()?;
    for authority in certificates("the authorities of client certificates", path)? {
        names.push(authority.subject_name().to_owned()?)?;
        store.add_cert(authority)?;
    }
    builder.set_verify_cert_store(store.build())?;
    builder.set_client_ca_list(names);
    builder.set_session_id_context(SESSIONS)?;
    builder.set_verify(SslVerifyMode::PEER);
    Ok(())
}

fn certificates(what: &'static str, path: &Path) -> Result<Vec<X509>, StartError> {
    let fail = |cause: String| StartError::file(what, path, cause);
    let pem = read(path).map_err(fail)?;
    let certificates = X509::stack_from_pem(&pem).map_err(|error| fail(error.to_string()))?;
    if certificates.is_empty() {
        return Err(fail("no certificate in PEM form in it".to_owned()));
    }
    Ok(certificates)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| error.to_string())
}
