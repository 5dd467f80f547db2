//! The client against services that answer from a script: kept connections, logins, bounds.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::time::Duration;

use bytes::Bytes;
use http_client::{Client, Credentials, Error, Scheme, Settings};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Serves connections one after the other; each has its answers, and is closed after them. What was asked
/// comes back.
async fn service(script: Vec<Vec<String>>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/wsman", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let mut asked = Vec::new();
        for answers in script {
            let (mut stream, _) = listener.accept().await.unwrap();
            for answer in answers {
                let mut request = String::new();
                while !request.ends_with("body") {
                    let mut buffer = [0; 4096];
                    let count = stream.read(&mut buffer).await.unwrap();
                    assert_ne!(count, 0, "the client went away: {request}");
                    request.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
                }
                asked.push(request);
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        }
        asked
    });
    (url, task)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}

fn client(url: String, change: impl FnOnce(&mut Settings)) -> Client {
    let mut settings = Settings::new(url);
    settings.credentials = Some(Credentials {
        user: "ann".into(),
        password: "secret".into(),
        scheme: Scheme::Automatic,
    });
    change(&mut settings);
    Client::new(settings).unwrap()
}

async fn post(client: &Client) -> Result<String, Error> {
    let answer = client
        .post(Bytes::from_static(b"body"), "text/plain")
        .await?;
    Ok(String::from_utf8(answer.body().to_vec()).unwrap())
}

fn digest(nonce: &str, more: &str) -> String {
    format!(
        "WWW-Authenticate: Basic realm=\"r\"\r\n\
         WWW-Authenticate: Digest realm=\"r\", qop=\"auth\", algorithm=MD5, nonce=\"{nonce}\"{more}\r\n"
    )
}

#[tokio::test]
async fn one_connection_and_one_nonce_serve_until_the_nonce_is_stale() {
    let ok = || answer("200 OK", "", "fine");
    let (url, task) = service(vec![vec![
        answer("401 Unauthorized", &digest("one", ""), ""),
        ok(),
        ok(),
        answer("401 Unauthorized", &digest("two", ", stale=true"), ""),
        ok(),
    ]])
    .await;
    let client = client(url, |_| {});
    for _ in 0..3 {
        assert_eq!(post(&client).await.unwrap(), "fine");
    }
    let asked = task.await.unwrap();
    assert!(!asked[0].contains("uthorization"));
    for (request, nonce, count) in [
        (&asked[1], "one", 1),
        (&asked[2], "one", 2),
        (&asked[3], "one", 3),
        (&asked[4], "two", 1),
    ] {
        assert!(request.contains(&format!("nonce=\"{nonce}\"")), "{request}");
        assert!(request.contains(&format!("nc={count:08x}")), "{request}");
        assert!(!request.contains("secret"));
    }
}

#[tokio::test]
async fn a_wrong_password_is_tried_once_in_each_way_that_is_offered() {
    let only_digest =
        |nonce: &str| digest(nonce, "").replace("WWW-Authenticate: Basic realm=\"r\"\r\n", "");
    let (url, task) = service(vec![vec![
        answer("401 Unauthorized", &only_digest("one"), ""),
        answer("401 Unauthorized", &only_digest("two"), ""),
    ]])
    .await;
    let error = post(&client(url, |_| {})).await.unwrap_err();
    assert!(matches!(error, Error::Login { .. }), "{error}");
    assert_eq!(task.await.unwrap().len(), 2);
    // Not every user of a service that offers both has Digest.
    let (url, task) = service(vec![vec![
        answer("401 Unauthorized", &digest("one", ""), ""),
        answer("401 Unauthorized", &digest("two", ""), ""),
        answer("401 Unauthorized", &digest("three", ""), ""),
    ]])
    .await;
    let error = post(&client(url, |_| {})).await.unwrap_err();
    assert!(matches!(error, Error::Login { .. }), "{error}");
    let asked = task.await.unwrap();
    assert_eq!(asked.len(), 3);
    assert!(asked[1].contains("Digest username"), "{}", asked[1]);
    assert!(asked[2].contains("Basic "), "{}", asked[2]);
}

#[tokio::test]
async fn a_connection_that_the_service_closed_is_replaced() {
    let ok = || answer("200 OK", "", "fine");
    let (url, task) = service(vec![vec![ok()], vec![ok()]]).await;
    let client = client(url, |settings| settings.credentials = None);
    assert_eq!(post(&client).await.unwrap(), "fine");
    // Until the end of the first connection has come.
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(post(&client).await.unwrap(), "fine");
    assert_eq!(task.await.unwrap().len(), 2);
}

#[tokio::test]
async fn answers_are_bounded_in_size_and_time() {
    let large = answer("200 OK", "", &"x".repeat(100));
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n".to_owned()
        + &"x".repeat(100)
        + "\r\n0\r\n\r\n";
    for text in [large, chunked] {
        let (url, _task) = service(vec![vec![text]]).await;
        let client = client(url, |settings| settings.max_answer = 99);
        let error = post(&client).await.unwrap_err();
        assert!(
            matches!(error, Error::TooLarge { limit: 99, .. }),
            "{error}"
        );
    }
    // It takes the connection and says nothing.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = client(url, |settings| {
        settings.timeout = Duration::from_millis(50);
    });
    let error = post(&client).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error}");
}

#[tokio::test]
async fn what_cannot_be_reached_says_so() {
    for (url, expected) in [
        ("ftp://x", "http:// or https://"),
        ("http://", "not a URL"),
        ("http://a:b@x/", "a login does not belong into a URL"),
    ] {
        let error = Client::new(Settings::new(url)).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = post(&client(url, |_| {})).await.unwrap_err();
    assert!(matches!(error, Error::Connect { .. }), "{error}");
}
