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

mod life;
mod limits;
mod tls;

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
            Refusal::TargetTooLong(_) => StatusCode::URI_TOO_LONG,
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
