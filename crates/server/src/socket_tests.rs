//! The edge over real sockets, in front of a binding that is nothing but an echo: every bound and every
//! refusal, as a client sees it.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode, SslVersion};
use provider::embedded::EmbeddedProvider;
use provider::{Principal, Role};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::users::tests::edit;
use crate::{
    Anonymous, Binding, Bindings, Config, MetricsAccess, Operation, Origin, Refusal, Running,
    StartError, TlsConfig, start_bindings,
};

/// Answers with what it was given; paths make it do what bindings must not.
struct Echo;

#[async_trait]
impl Binding for Echo {
    async fn call(
        &self,
        principal: Arc<Principal>,
        request: Request<Bytes>,
        deadline: Instant,
    ) -> Response<Bytes> {
        let path = request.uri().path();
        if path.ends_with("/panic") {
            panic!("as asked");
        }
        if path.ends_with("/slow") {
            sleep(Duration::from_secs(2)).await;
        }
        if path.ends_with("/forever") {
            std::future::pending::<()>().await;
        }
        if path.ends_with("/large") {
            return Response::new(Bytes::from(vec![b'x'; 64 << 20]));
        }
        let extensions = request.extensions();
        let origin = extensions.get::<Origin>().unwrap();
        let text = format!(
            "user={} anonymous={} origin={}://{} path={path} body={} patience={}",
            principal.name,
            extensions.get::<Anonymous>().is_some(),
            origin.scheme,
            origin.authority,
            request.body().len(),
            deadline.saturating_duration_since(Instant::now()).as_secs(),
        );
        let mut response = Response::new(Bytes::from(text));
        response.extensions_mut().insert(Operation("Echo"));
        response
    }

    fn refuse(&self, request: &http::request::Parts, refusal: Refusal) -> Response<Bytes> {
        assert!(request.extensions.get::<Origin>().is_some());
        let mut response = Response::new(Bytes::from(format!("refused: {refusal:?}")));
        *response.status_mut() = match refusal {
            Refusal::Unauthenticated => StatusCode::UNAUTHORIZED,
            Refusal::Forbidden => StatusCode::FORBIDDEN,
            Refusal::BodyTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::BodyTimeout => StatusCode::REQUEST_TIMEOUT,
            Refusal::Busy | Refusal::ShuttingDown => StatusCode::SERVICE_UNAVAILABLE,
        };
        response
    }
}

struct Service {
    running: Running,
    folder: TempDir,
}

impl Service {
    async fn start(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config {
            listen: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
            data: folder.path().to_owned(),
            ..Config::default()
        };
        config.login.users_file_seconds = 1;
        change(&mut config);
        edit(&config.users_file(), |users| {
            users.add("ann", Role::Administrator, None, "secret")?;
            users.add("rob", Role::Reader, None, "secret")
        })
        .unwrap();
        let running = start(&config).await.unwrap();
        Self { running, folder }
    }

    async fn connect(&self) -> Client {
        Client::new(
            TcpStream::connect(self.running.http().unwrap())
                .await
                .unwrap(),
        )
    }

    /// Waits until there is a place for another connection.
    async fn until_answered(&self) {
        let end = Instant::now() + Duration::from_secs(20);
        while self.ask(get("/cimi/x")).await.status != 200 {
            assert!(Instant::now() < end, "the place does not come back");
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until this many requests are in progress.
    async fn until_in_progress(&self, count: usize) {
        // The question itself is one, too.
        let expected = format!("cimi_bridge_requests_in_progress {}\n", count + 1);
        let end = Instant::now() + Duration::from_secs(20);
        while !self.ask(get("/metrics")).await.body.contains(&expected) {
            assert!(Instant::now() < end, "not {count} in progress");
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// One request on a connection of its own.
    async fn ask(&self, request: impl AsRef<[u8]>) -> Answer {
        self.connect().await.ask(request).await
    }
}

async fn start(config: &Config) -> Result<Running, StartError> {
    let bindings = |_| {
        Ok(Bindings {
            wsman: Arc::new(Echo),
            rest: Arc::new(Echo),
        })
    };
    start_bindings(config, bindings).await
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            buffer: Vec::new(),
        }
    }

    async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    async fn ask(&mut self, request: impl AsRef<[u8]>) -> Answer {
        self.send(request).await;
        self.answer().await
    }

    /// The next answer, by its length.
    async fn answer(&mut self) -> Answer {
        let all = async {
            loop {
                let text = String::from_utf8_lossy(&self.buffer).into_owned();
                if let Some((head, body)) = text.split_once("\r\n\r\n") {
                    let length = head
                        .lines()
                        .filter_map(|line| line.split_once(": "))
                        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                        .map_or(0, |(_, length)| length.parse().unwrap());
                    if body.len() >= length {
                        self.buffer.drain(..head.len() + 4 + length);
                        return Answer {
                            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
                            head: head.to_owned(),
                            body: body[..length].to_owned(),
                        };
                    }
                }
                let read = self.stream.read_buf(&mut self.buffer).await.unwrap();
                assert_ne!(read, 0, "the connection ended after `{text}`");
            }
        };
        timeout(Duration::from_secs(20), all).await.unwrap()
    }

    /// Whether the service closes the connection, with nothing more to say.
    async fn is_closed(&mut self) -> bool {
        let read = timeout(
            Duration::from_secs(10),
            self.stream.read_buf(&mut self.buffer),
        );
        match read.await.unwrap() {
            Ok(count) => count == 0,
            Err(error) => error.kind() == ErrorKind::ConnectionReset,
        }
    }
}

fn basic(name_and_password: &str) -> String {
    format!(
        "Authorization: Basic {}\r\n",
        BASE64_STANDARD.encode(name_and_password)
    )
}

fn get(path: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nHost: a:1\r\n{}\r\n",
        basic("ann:secret")
    )
}

fn post(path: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    let login = basic("ann:secret");
    format!(
        "POST {path} HTTP/1.1\r\nHost: a:1\r\n{login}{headers}Content-Length: {length}\r\n\r\n{body}"
    )
}

/// A request with these header lines and no login of our own.
fn bare(first_line: &str, headers: &str) -> String {
    format!("{first_line}\r\nHost: a:1\r\n{headers}\r\n")
}

#[tokio::test]
async fn a_request_reaches_its_binding_as_a_whole() {
    let service = Service::start(|_| ()).await;
    let answer = service.ask(post("/wsman", "", "12345")).await;
    assert_eq!(
        answer.body,
        "user=ann anonymous=false origin=http://a:1 path=/wsman body=5 patience=59"
    );
    assert_eq!(answer.status, 200);
    let answer = service.ask(get("/cimi/machines")).await;
    assert!(
        answer.body.contains("path=/cimi/machines body=0"),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn without_the_right_login_nothing_reaches_a_binding_and_the_connection_goes_on() {
    let service = Service::start(|_| ()).await;
    let mut client = service.connect().await;
    for login in [
        String::new(),
        basic("ann:wrong"),
        basic("eve:secret"),
        basic("ann"),
    ] {
        let body = "x".repeat(100_000);
        let headers = format!("{login}Content-Length: {}\r\n", body.len());
        let request = bare("POST /wsman HTTP/1.1", &headers) + &body;
        let answer = client.ask(request).await;
        assert_eq!(answer.status, 401);
        assert!(
            answer.head.contains("www-authenticate: Basic realm="),
            "{}",
            answer.head
        );
        assert_eq!(answer.body, "refused: Unauthenticated");
    }
    assert_eq!(client.ask(get("/cimi/x")).await.status, 200);
}

#[tokio::test]
async fn identify_needs_no_login_and_its_bodies_are_small() {
    let service = Service::start(|_| ()).await;
    for (path, header) in [
        ("/wsman-anon/identify", ""),
        ("/wsman", "WSMANIDENTIFY: unauthenticated\r\n"),
    ] {
        let headers = format!("{header}Content-Length: 2\r\n");
        let answer = service
            .ask(bare(&format!("POST {path} HTTP/1.1"), &headers) + "hi")
            .await;
        assert!(
            answer.body.starts_with("user= anonymous=true "),
            "{}",
            answer.body
        );
        // Credentials make no difference.
        let answer = service.ask(post(path, header, "hi")).await;
        assert!(
            answer.body.starts_with("user= anonymous=true "),
            "{}",
            answer.body
        );
        let answer = service.ask(post(path, header, &"x".repeat(70_000))).await;
        assert_eq!(answer.status, 413);
    }
}

#[tokio::test]
async fn bodies_are_bounded_whether_their_length_is_told_or_not() {
    let service = Service::start(|config| config.limits.body_bytes = 10_000).await;
    let mut client = service.connect().await;
    let fits = "x".repeat(10_000);
    assert!(
        client
            .ask(post("/cimi/x", "", &fits))
            .await
            .body
            .contains("body=10000")
    );
    let answer = client.ask(post("/cimi/x", "", &"x".repeat(10_001))).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (413, "refused: BodyTooLarge(10000)")
    );
    // What was sent has been read, so the connection is still in step.
    let chunked = |body: &str| {
        let login = basic("ann:secret");
        let head = bare(
            "POST /cimi/x HTTP/1.1",
            &format!("{login}Transfer-Encoding: chunked\r\n"),
        );
        let chunks: String = body
            .as_bytes()
            .chunks(3000)
            .map(|chunk| {
                format!(
                    "{:x}\r\n{}\r\n",
                    chunk.len(),
                    String::from_utf8_lossy(chunk)
                )
            })
            .collect();
        format!("{head}{chunks}0\r\n\r\n")
    };
    assert!(client.ask(chunked(&fits)).await.body.contains("body=10000"));
    assert_eq!(client.ask(chunked(&"x".repeat(10_001))).await.status, 413);
    assert_eq!(client.ask(get("/cimi/x")).await.status, 200);
    // Much too much is not read to its end, and the connection ends.
    let answer = client.ask(post("/cimi/x", "", &"x".repeat(40_000))).await;
    assert_eq!(answer.status, 413);
    assert!(answer.head.contains("connection: close"), "{}", answer.head);
    assert!(client.is_closed().await);
}

/// Proves 7 slow heads and bodies.
#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let service = Service::start(|config| config.limits.body_seconds = 1).await;
    let mut client = service.connect().await;
    let login = basic("ann:secret");
    client
        .send(bare(
            "POST /wsman HTTP/1.1",
            &format!("{login}Content-Length: 100\r\n"),
        ))
        .await;
    client.send("only this").await;
    let answer = client.answer().await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (408, "refused: BodyTimeout")
    );
    assert!(client.is_closed().await);
}

/// Proves 7 slow heads and bodies.
#[tokio::test]
async fn a_head_that_does_not_come_is_given_up() {
    let service = Service::start(|config| config.limits.head_seconds = 1).await;
    let mut client = service.connect().await;
    client.send("GET /healthz HTTP/1.1\r\nHost: a").await;
    let answer = client.answer().await;
    assert_eq!(answer.status, 408);
    assert!(client.is_closed().await);
    // Nothing at all is no request: an idle connection ends without a word.
    let mut idle = service.connect().await;
    assert!(idle.is_closed().await);
}

#[tokio::test]
async fn heads_are_bounded_in_size_and_number_of_fields() {
    let service = Service::start(|config| config.limits.head_bytes = 16 * 1024).await;
    let field = format!("X-Large: {}\r\n", "x".repeat(12 * 1024));
    assert_eq!(
        service
            .ask(bare("GET /healthz HTTP/1.1", &field))
            .await
            .status,
        200
    );
    let field = format!("X-Large: {}\r\n", "x".repeat(80 * 1024));
    let mut client = service.connect().await;
    // The service may close before it has read all of it.
    let _ = client
        .stream
        .write_all(bare("GET /healthz HTTP/1.1", &field).as_bytes())
        .await;
    assert_eq!(client.answer().await.status, 431);
    assert_eq!(
        service
            .ask(bare("GET /healthz HTTP/1.1", &"X-Field: y\r\n".repeat(110)))
            .await
            .status,
        431
    );
    let service = Service::start(|config| config.limits.header_fields = 20).await;
    assert_eq!(
        service
            .ask(bare("GET /healthz HTTP/1.1", &"X-Field: y\r\n".repeat(21)))
            .await
            .status,
        431
    );
}

/// Proves 7 requests whose end is ambiguous: two lengths, a length beside chunks.
#[tokio::test]
async fn requests_whose_end_could_be_read_in_two_ways_are_not_answered_twice() {
    let service = Service::start(|_| ()).await;
    let smuggled = "GET /cimi/smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    for headers in [
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5, 6\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: chunked, gzip\r\n",
        "Transfer-Encoding: xchunked\r\n",
    ] {
        let mut client = service.connect().await;
        client
            .send(bare("POST /wsman HTTP/1.1", headers) + smuggled)
            .await;
        assert_eq!(client.answer().await.status, 400, "{headers}");
        assert!(client.is_closed().await, "{headers}");
    }
    // What the HTTP library would take: refused, whoever asks, also behind other requests.
    for (headers, status, reason) in [
        (
            "Content-Length: 5\r\nContent-Length: 5\r\n",
            400,
            "Content-Length occurs",
        ),
        (
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            400,
            "exclude each other",
        ),
        (
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            400,
            "exclude each other",
        ),
        (
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            400,
            "Transfer-Encoding occurs",
        ),
        (
            "Transfer-Encoding: gzip, chunked\r\n",
            501,
            "only Transfer-Encoding",
        ),
    ] {
        let mut client = service.connect().await;
        let headers = format!("{headers}{}", basic("ann:secret"));
        let bad = bare("POST /wsman HTTP/1.1", &headers) + "0\r\n\r\n" + smuggled;
        client.send(get("/cimi/before") + &bad).await;
        assert_eq!(client.answer().await.status, 200);
        let answer = client.answer().await;
        assert_eq!(answer.status, status, "{headers}");
        assert!(answer.body.contains(reason), "{}", answer.body);
        assert!(client.is_closed().await, "{headers}");
    }
    // Malformed chunks, and lines that fold or have blanks before the colon.
    let headers = format!("{}Transfer-Encoding: chunked\r\n", basic("ann:secret"));
    let mut client = service.connect().await;
    let answer = client
        .ask(bare("POST /wsman HTTP/1.1", &headers) + "zz\r\nxx\r\n")
        .await;
    assert_eq!(answer.status, 400);
    assert!(client.is_closed().await);
    for headers in [
        "Content-Length : 5\r\n",
        "X-A: b\r\n Content-Length: 5\r\n",
        "nonsense\r\n",
    ] {
        assert_eq!(
            service
                .ask(bare("POST /wsman HTTP/1.1", headers))
                .await
                .status,
            400,
            "{headers}"
        );
    }
}

#[tokio::test]
async fn hosts_are_checked() {
    let service = Service::start(|_| ()).await;
    for head in [
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: \"><script>\r\n\r\n",
    ] {
        let answer = service.ask(head).await;
        assert_eq!(answer.status, 400, "{head}");
        assert!(answer.body.contains("Host"), "{}", answer.body);
    }
    let answer = service.ask("GET /healthz HTTP/1.0\r\n\r\n").await;
    assert_eq!(answer.status, 200);
}

/// Proves 7 keep-alive, pipelining, chunks, Expect, bodies in pieces.
#[tokio::test]
async fn keep_alive_pipelining_and_100_continue() {
    let service = Service::start(|_| ()).await;
    let mut client = service.connect().await;
    client
        .send(format!(
            "{}{}{}",
            get("/cimi/1"),
            post("/cimi/2", "", "abc"),
            get("/cimi/3")
        ))
        .await;
    for expected in [
        "path=/cimi/1 body=0",
        "path=/cimi/2 body=3",
        "path=/cimi/3 body=0",
    ] {
        let answer = client.answer().await;
        assert!(answer.body.contains(expected), "{}", answer.body);
    }
    let expect = "Expect: 100-continue\r\n";
    let request = post("/wsman", expect, "abc");
    let (head, body) = request.split_at(request.len() - 3);
    assert_eq!(client.ask(head).await.status, 100);
    assert!(client.ask(body).await.body.contains("body=3"));
    // Refused before it is sent: the final answer instead of 100, and the end.
    let headers = format!("{expect}Content-Length: 3\r\n");
    let answer = client.ask(bare("POST /wsman HTTP/1.1", &headers)).await;
    assert_eq!(answer.status, 401);
    assert!(answer.head.contains("connection: close"), "{}", answer.head);
    let headers = format!(
        "{expect}{}Content-Length: 99000000\r\n",
        basic("ann:secret")
    );
    assert_eq!(
        service
            .ask(bare("POST /wsman HTTP/1.1", &headers))
            .await
            .status,
        413
    );
}

#[tokio::test]
async fn unknown_paths_get_a_list_of_the_known() {
    let service = Service::start(|_| ()).await;
    for path in ["/", "/wsmann", "/favicon.ico", "/CIMI"] {
        let answer = service.ask(get(path)).await;
        assert_eq!(answer.status, 404);
        assert!(
            answer.body.contains("/cimi/cloudEntryPoint"),
            "{}",
            answer.body
        );
    }
    assert_eq!(
        service.ask(bare("CONNECT a:1 HTTP/1.1", "")).await.status,
        404
    );
    let answer = service.ask(post("/healthz", "", "x")).await;
    assert_eq!(answer.status, 405);
    assert!(answer.head.contains("allow: GET, HEAD"), "{}", answer.head);
    let answer = service.ask(bare("GET /healthz HTTP/1.1", "")).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "ok\n"));
}

#[tokio::test]
async fn metrics_are_for_those_whom_the_configuration_names() {
    let expected = |access, login: &str| match (access, login) {
        (MetricsAccess::Anyone, _) => 200,
        (_, "") => 401,
        (MetricsAccess::Administrator, "rob:secret") => 403,
        _ => 200,
    };
    for access in [
        MetricsAccess::Administrator,
        MetricsAccess::Users,
        MetricsAccess::Anyone,
    ] {
        let service = Service::start(|config| config.metrics = access).await;
        for login in ["", "rob:secret", "ann:secret"] {
            let header = if login.is_empty() {
                String::new()
            } else {
                basic(login)
            };
            let answer = service.ask(bare("GET /metrics HTTP/1.1", &header)).await;
            assert_eq!(answer.status, expected(access, login), "{access:?} {login}");
        }
    }
    let service = Service::start(|_| ()).await;
    service.ask(post("/wsman", "", "x")).await;
    let text = service.ask(get("/metrics")).await.body;
    let line =
        "cimi_bridge_requests_total{binding=\"wsman\",operation=\"Echo\",status=\"200\"} 1\n";
    assert!(text.contains(line), "{text}");
}

#[tokio::test]
async fn a_panic_is_one_500_and_nobody_else_notices() {
    let service = Service::start(|_| ()).await;
    let mut client = service.connect().await;
    assert_eq!(client.ask(get("/cimi/panic")).await.status, 500);
    assert_eq!(client.ask(get("/cimi/x")).await.status, 200);
    let text = service.ask(get("/metrics")).await.body;
    assert!(text.contains("cimi_bridge_panics_total 1\n"), "{text}");
    assert!(
        text.contains("cimi_bridge_requests_in_progress 1\n"),
        "{text}"
    );
}

#[tokio::test]
async fn a_user_has_a_bounded_number_of_requests_in_progress() {
    let service = Service::start(|config| config.limits.requests_per_user = 2).await;
    service.ask(get("/cimi/x")).await;
    let mut busy = [service.connect().await, service.connect().await];
    for client in &mut busy {
        client.send(get("/cimi/forever")).await;
    }
    service.until_in_progress(2).await;
    let answer = service.ask(get("/cimi/x")).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (503, "refused: Busy")
    );
    assert!(answer.head.contains("retry-after: 1"), "{}", answer.head);
    // Others are not touched, and a client that goes away gives its place back.
    let other = format!(
        "GET /cimi/x HTTP/1.1\r\nHost: a\r\n{}\r\n",
        basic("rob:secret")
    );
    assert_eq!(service.ask(other).await.status, 200);
    drop(busy);
    service.until_answered().await;
}

#[tokio::test]
async fn all_users_together_have_a_bounded_number_of_requests_in_progress() {
    let service = Service::start(|config| config.limits.requests = 1).await;
    service.ask(get("/cimi/x")).await;
    let mut slow = service.connect().await;
    slow.send(get("/cimi/forever")).await;
    service.until_in_progress(1).await;
    let other = format!(
        "GET /cimi/x HTTP/1.1\r\nHost: a\r\n{}\r\n",
        basic("rob:secret")
    );
    assert_eq!(service.ask(other).await.status, 503);
    drop(slow);
    service.until_answered().await;
}

#[tokio::test]
async fn large_bodies_have_bounded_room_together() {
    let service = Service::start(|config| {
        config.limits.body_bytes = 100_000;
        config.limits.large_bodies_bytes = 200_000;
    })
    .await;
    // The login is remembered from here on, so what is in progress has its room at once.
    service.ask(get("/cimi/x")).await;
    let large = "x".repeat(90_000);
    let mut first = service.connect().await;
    first.send(post("/cimi/forever", "", &large)).await;
    let mut second = service.connect().await;
    second.send(post("/cimi/forever", "", &large)).await;
    service.until_in_progress(2).await;
    let mut third = service.connect().await;
    let answer = third.ask(post("/cimi/x", "", &large)).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (503, "refused: Busy")
    );
    let small = post("/cimi/x", "", &"x".repeat(60_000));
    assert_eq!(third.ask(small).await.status, 200);
    drop(first);
    service.until_in_progress(1).await;
    assert_eq!(
        third.ask(post("/cimi/x", "", &large)).await.status,
        200,
        "the room comes back"
    );
}

#[tokio::test]
async fn connections_are_bounded_and_more_are_told() {
    let service = Service::start(|config| config.limits.connections = 2).await;
    let mut first = service.connect().await;
    let mut second = service.connect().await;
    assert_eq!(first.ask(get("/cimi/x")).await.status, 200);
    assert_eq!(second.ask(get("/cimi/x")).await.status, 200);
    let mut third = service.connect().await;
    let answer = third.ask(get("/cimi/x")).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (503, "Too many connections are open.\n")
    );
    assert!(third.is_closed().await);
    drop(second);
    // The service notices soon that there is a place again.
    service.until_answered().await;
    let text = first.ask(get("/metrics")).await.body;
    assert!(
        !text.contains("cimi_bridge_connections_refused_total 0\n"),
        "{text}"
    );
}

#[tokio::test]
async fn a_client_that_does_not_read_is_left() {
    let service = Service::start(|config| {
        config.limits.write_stall_seconds = 2;
        config.limits.connections = 1;
    })
    .await;
    let mut deaf = service.connect().await;
    deaf.send(get("/cimi/large")).await;
    assert_eq!(
        service.ask(get("/cimi/x")).await.status,
        503,
        "the only place is taken"
    );
    service.until_answered().await;
}

#[tokio::test]
async fn a_binding_that_overruns_does_not_hold_the_client_up() {
    let service = Service::start(|config| config.limits.request_seconds = 1).await;
    let answer = service.ask(post("/wsman", "", "")).await;
    assert!(
        answer.body.ends_with("patience=0"),
        "the deadline is told: {}",
        answer.body
    );
    let mut client = service.connect().await;
    let answer = client.ask(post("/wsman/forever", "", "")).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (503, "refused: Busy")
    );
    assert_eq!(client.ask(get("/cimi/x")).await.status, 200);
}

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
async fn a_base_url_replaces_host() {
    let service =
        Service::start(|config| config.base_url = Some("https://cloud.example.org".into())).await;
    let answer = service.ask(get("/cimi/x")).await;
    assert!(
        answer.body.contains("origin=https://cloud.example.org "),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn both_bindings_are_behind_their_paths_and_nothing_is_without_login() {
    let store = store::RedbStore::in_memory().unwrap();
    let embedded = crate::ProviderConfig::default().embedded();
    let provider = EmbeddedProvider::open(Arc::new(store), embedded)
        .await
        .unwrap();
    provider.seed_demo().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        listen: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
        data: folder.path().to_owned(),
        ..Config::default()
    };
    edit(&config.users_file(), |users| {
        users.add("ann", Role::Administrator, None, "secret")
    })
    .unwrap();
    let running = crate::start(&config, provider).await.unwrap();
    let service = Service { running, folder };

    let rest = service.ask(get("/cimi/cloudEntryPoint")).await;
    assert_eq!(rest.status, 200);
    assert!(
        rest.body.contains("\"baseURI\":\"http://a:1/cimi/\""),
        "{}",
        rest.body
    );
    let identify = "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body>\
        <i:Identify xmlns:i='http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd'/>\
        </s:Body></s:Envelope>";
    let soap = "Content-Type: application/soap+xml;charset=UTF-8\r\n";
    let told = service.ask(post("/wsman", soap, identify)).await;
    assert_eq!(told.status, 200);
    assert!(told.body.contains("secprofile/http/basic"), "{}", told.body);
    let anonymous = service
        .ask(post("/wsman-anon/identify", soap, identify))
        .await;
    assert_eq!(anonymous.status, 200);
    assert!(!anonymous.body.contains("secprofile"), "{}", anonymous.body);

    for (method, path) in [
        ("GET", "/cimi/cloudEntryPoint"),
        ("GET", "/cimi/machines"),
        ("POST", "/cimi/machines"),
        ("POST", "/wsman"),
    ] {
        let request = bare(&format!("{method} {path} HTTP/1.1"), "");
        let answer = service.ask(request).await;
        assert_eq!(answer.status, 401, "{method} {path}");
        assert!(!answer.body.contains("demo"), "{}", answer.body);
    }
}

/// A certificate and its key for 127.0.0.1, made by openssl.
fn certificate(folder: &TempDir, name: &str) -> (std::path::PathBuf, std::path::PathBuf) {
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
