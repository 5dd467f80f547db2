//! TLS.

use super::*;

/// A certificate and its key for 127.0.0.1, made by openssl.
pub(super) fn certificate(
    folder: &TempDir,
    name: &str,
) -> (std::path::PathBuf, std::path::PathBuf) {
    let path = |kind: &str| folder.path().join(format!("{name}.{kind}"));
    let (certificate, key) = (path("crt"), path("key"));
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
        ])
        .args(["-days", "1", "-subj", &format!("/CN={name}"), "-keyout"])
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    (certificate, key)
}

/// A handshake; the subject of the server's certificate, the protocol chosen, and a status line.
async fn handshake(address: SocketAddr, most: SslVersion) -> Result<[String; 3], String> {
    let mut connector = SslConnector::builder(SslMethod::tls_client()).unwrap();
    connector.set_verify(SslVerifyMode::NONE);
    connector.set_security_level(0);
    connector.set_min_proto_version(None).unwrap();
    connector.set_max_proto_version(Some(most)).unwrap();
    connector.set_alpn_protos(b"\x02h2\x08http/1.1").unwrap();
    let session = connector
        .build()
        .configure()
        .unwrap()
        .verify_hostname(false);
    let session = session.into_ssl("localhost").unwrap();
    let stream = TcpStream::connect(address).await.unwrap();
    let mut stream = tokio_openssl::SslStream::new(session, stream).unwrap();
    std::pin::Pin::new(&mut stream)
        .connect()
        .await
        .map_err(|error| error.to_string())?;
    let subject = stream.ssl().peer_certificate().unwrap();
    let subject = format!("{:?}", subject.subject_name());
    let protocol = stream.ssl().selected_alpn_protocol().unwrap_or_default();
    let protocol = String::from_utf8_lossy(protocol).into_owned();
    let request = get("/cimi/x").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .await
        .map_err(|error| error.to_string())?;
    Ok([subject, protocol, answer])
}

#[tokio::test]
async fn tls_from_1_2_on_with_a_certificate_that_can_be_exchanged() {
    let folder = tempfile::tempdir().unwrap();
    let (old, old_key) = certificate(&folder, "old");
    let tls = TlsConfig {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        certificate: old.clone(),
        key: old_key.clone(),
        client_ca: None,
    };
    let service = Service::start(|config| config.tls = Some(tls)).await;
    let address = service.running.https().unwrap();
    for version in [SslVersion::TLS1_2, SslVersion::TLS1_3] {
        let [subject, protocol, answer] = handshake(address, version).await.unwrap();
        assert!(subject.contains("old"), "{subject}");
        assert_eq!(protocol, "http/1.1");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.contains("origin=https://a:1 "), "{answer}");
    }
    handshake(address, SslVersion::TLS1_1).await.unwrap_err();

    // A key that does not belong to the certificate changes nothing.
    let (new, new_key) = certificate(&folder, "new");
    std::fs::copy(&new, &old).unwrap();
    service.running.reload();
    assert!(handshake(address, SslVersion::TLS1_3).await.unwrap()[0].contains("old"));
    std::fs::copy(&new_key, &old_key).unwrap();
    service.running.reload();
    assert!(handshake(address, SslVersion::TLS1_3).await.unwrap()[0].contains("new"));

    // Plain HTTP on this port is a failed handshake, and the service goes on.
    let mut plain = Client::new(TcpStream::connect(address).await.unwrap());
    plain.send(get("/healthz")).await;
    let _ = plain.stream.read_to_end(&mut Vec::new()).await;
    let text = service.ask(get("/metrics")).await.body;
    assert!(
        text.contains("cimi_bridge_tls_handshake_failures_total 2\n"),
        "{text}"
    );
}

#[tokio::test]
async fn a_tls_handshake_takes_a_bounded_time() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = certificate(&folder, "x");
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let tls = TlsConfig {
        listen,
        certificate,
        key,
        client_ca: None,
    };
    let service = Service::start(|config| {
        config.tls = Some(tls);
        config.limits.tls_handshake_seconds = 1;
    })
    .await;
    let stream = TcpStream::connect(service.running.https().unwrap())
        .await
        .unwrap();
    assert!(Client::new(stream).is_closed().await);
}
