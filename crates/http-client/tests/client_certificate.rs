//! A service that wants to see a certificate is shown one; another authority is not trusted.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use std::path::{Path, PathBuf};
use std::pin::Pin;

use bytes::Bytes;
use http::Request;
use http_client::{Client, Error, Identity, Settings, Trust};
use openssl::asn1::Asn1Time;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::ssl::{Ssl, SslAcceptor, SslFiletype, SslMethod, SslVerifyMode};
use openssl::x509::extension::{BasicConstraints, SubjectAlternativeName};
use openssl::x509::{X509, X509NameBuilder};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A self-signed certificate for loopback and its key, as files.
fn certificate(folder: &Path, name: &str) -> Identity {
    let key: PKey<Private> = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let mut subject = X509NameBuilder::new().unwrap();
    subject.append_entry_by_text("CN", name).unwrap();
    let subject = subject.build();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_subject_name(&subject).unwrap();
    builder.set_issuer_name(&subject).unwrap();
    builder.set_pubkey(&key).unwrap();
    builder
        .set_not_before(&Asn1Time::days_from_now(0).unwrap())
        .unwrap();
    builder
        .set_not_after(&Asn1Time::days_from_now(1).unwrap())
        .unwrap();
    let is_authority = BasicConstraints::new().critical().ca().build().unwrap();
    builder.append_extension(is_authority).unwrap();
    let names = SubjectAlternativeName::new()
        .ip("127.0.0.1")
        .build(&builder.x509v3_context(None, None))
        .unwrap();
    builder.append_extension(names).unwrap();
    builder.sign(&key, MessageDigest::sha256()).unwrap();
    let write = |kind: &str, text: Vec<u8>| -> PathBuf {
        let path = folder.join(format!("{name}-{kind}.pem"));
        std::fs::write(&path, text).unwrap();
        path
    };
    Identity {
        certificate: write("certificate", builder.build().to_pem().unwrap()),
        key: write("key", key.private_key_to_pem_pkcs8().unwrap()),
    }
}

/// A service that trusts only who has this certificate, and says who that was.
async fn service(own: &Identity, trusted: &Path) -> String {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
    builder
        .set_certificate_chain_file(&own.certificate)
        .unwrap();
    builder
        .set_private_key_file(&own.key, SslFiletype::PEM)
        .unwrap();
    builder.set_ca_file(trusted).unwrap();
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    let acceptor = builder.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let ssl = Ssl::new(acceptor.context()).unwrap();
            let mut stream = tokio_openssl::SslStream::new(ssl, stream).unwrap();
            if Pin::new(&mut stream).accept().await.is_err() {
                continue;
            }
            let shown = stream.ssl().peer_certificate().unwrap();
            let name = shown.subject_name().entries().next().unwrap();
            let name = name.data().to_string().unwrap().to_string();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let answer = format!(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{name}",
                name.len()
            );
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    url
}

async fn ask(settings: Settings) -> Result<Bytes, Error> {
    let client = Client::new(settings)?;
    let request = Request::get("/").body(Bytes::new()).unwrap();
    Ok(client.send(request).await?.into_body())
}

#[tokio::test]
async fn certificates_are_shown_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let (own, caller) = (
        certificate(folder.path(), "service"),
        certificate(folder.path(), "caller"),
    );
    let url = service(&own, &caller.certificate).await;
    let mut settings = Settings::new(url);
    settings.security.trust = Trust::File(own.certificate.clone());
    settings.security.identity = Some(caller.clone());
    assert_eq!(ask(settings.clone()).await.unwrap(), "caller");

    let mut nobody = settings.clone();
    nobody.security.identity = None;
    ask(nobody).await.unwrap_err();
    let mut stranger = settings.clone();
    stranger.security.trust = Trust::File(caller.certificate.clone());
    assert!(matches!(ask(stranger).await, Err(Error::Tls { .. })));
    let mut other = settings.clone();
    other.security.trust = Trust::System;
    assert!(matches!(ask(other).await, Err(Error::Tls { .. })));

    // A key that does not belong to the certificate, and none at all, are found before anybody is asked.
    let mut wrong = settings.clone();
    wrong.security.identity = Some(Identity {
        certificate: caller.certificate.clone(),
        key: own.key,
    });
    assert!(matches!(ask(wrong).await, Err(Error::Certificates { .. })));
    settings.security.identity = Some(Identity {
        certificate: caller.certificate,
        key: folder.path().join("none"),
    });
    match ask(settings).await {
        Err(Error::Certificates { file, .. }) => assert!(file.unwrap().ends_with("none")),
        other => panic!("{other:?}"),
    }
}
