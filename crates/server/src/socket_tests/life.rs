//! Starting, stopping, and what changes while the service runs.

use super::tls::certificate;
use super::*;

#[tokio::test]
async fn stopping_finishes_what_is_in_progress_and_takes_nothing_new() {
    let service = Service::start(|_| ()).await;
    service.ask(get("/cimi/x")).await;
    let address = service.running.http().unwrap();
    let mut idle = service.connect().await;
    assert_eq!(idle.ask(get("/cimi/x")).await.status, 200);
    let mut busy = service.connect().await;
    busy.send(get("/cimi/slow")).await;
    service.until_in_progress(1).await;
    let started = Instant::now();
    let stopped = tokio::spawn(service.running.stop());
    let answer = busy.answer().await;
    assert_eq!(answer.status, 200);
    assert!(answer.head.contains("connection: close"), "{}", answer.head);
    assert!(idle.is_closed().await && busy.is_closed().await);
    stopped.await.unwrap();
    assert!(
        started.elapsed() < Duration::from_secs(8),
        "less than shutdown_seconds: nothing to wait for"
    );
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn stopping_takes_a_bounded_time() {
    let service = Service::start(|config| config.limits.shutdown_seconds = 0).await;
    service.ask(get("/cimi/x")).await;
    let mut busy = service.connect().await;
    busy.send(get("/cimi/forever")).await;
    service.until_in_progress(1).await;
    let stopped = timeout(Duration::from_secs(10), service.running.stop());
    stopped.await.unwrap();
    assert!(busy.is_closed().await);
}

#[tokio::test]
async fn a_change_of_the_users_file_is_noticed() {
    let service = Service::start(|_| ()).await;
    let users = service.folder.path().join("users.toml");
    assert_eq!(service.ask(get("/cimi/x")).await.status, 200);
    edit(&users, |users| users.set_password("ann", "other")).unwrap();
    let end = Instant::now() + Duration::from_secs(10);
    while service.ask(get("/cimi/x")).await.status == 200 {
        assert!(Instant::now() < end, "the old password still works");
        sleep(Duration::from_millis(100)).await;
    }
    let other = format!(
        "GET /cimi/x HTTP/1.1\r\nHost: a\r\n{}\r\n",
        basic("ann:other")
    );
    assert_eq!(service.ask(&other).await.status, 200);
    // A file that cannot be read changes nothing.
    crate::private_file::replace(&users, b"[[nonsense").unwrap();
    service.running.reload();
    assert_eq!(service.ask(&other).await.status, 200);
}

#[tokio::test]
async fn what_cannot_be_served_is_said_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = certificate(&folder, "x");
    let config = |change: &dyn Fn(&mut Config)| {
        let listen = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
        let mut config = Config {
            listen,
            data: folder.path().join("data"),
            ..Config::default()
        };
        change(&mut config);
        config
    };
    let tls = |certificate: &std::path::Path, key: &std::path::Path| TlsConfig {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        certificate: certificate.to_owned(),
        key: key.to_owned(),
        client_ca: None,
    };
    let taken = start(&config(&|_| ())).await.unwrap();
    let nowhere = folder.path().join("nowhere");
    for (config, expected) in [
        (
            config(&|config| config.listen = taken.http()),
            "another process listens there",
        ),
        (config(&|config| config.listen = None), "nowhere to listen"),
        (
            config(&|config| config.tls = Some(tls(&nowhere, &key))),
            "the certificate /",
        ),
        (
            config(&|config| config.tls = Some(tls(&key, &key))),
            "no certificate in PEM form",
        ),
        (
            config(&|config| config.tls = Some(tls(&certificate, &nowhere))),
            "the private key /",
        ),
        (
            config(&|config| config.tls = Some(tls(&certificate, &certificate))),
            "no private key",
        ),
        (
            config(&|config| config.data = key.clone()),
            "the data folder",
        ),
    ] {
        let Err(error) = start(&config).await else {
            panic!("{expected}")
        };
        assert!(error.to_string().contains(expected), "{error}");
    }
}
