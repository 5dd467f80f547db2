//! Trouble between a bridge and its cloud: no hang, no lost or doubled write, the right error every time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cim_core::{CimError, ErrorKind, Instance, Value};
use cim_query::{CompareOp, Comparison, Literal, Predicate, Query};
use provider::{Change, PageRequest, Provider, Role};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;

use crate::link::{Binding, cloud, configuration, connect, context, serve};

/// What happens to a request and its answer on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weather {
    Fair,
    /// The connection is cut before the request has arrived.
    Cut,
    /// The request arrives, the answer is lost.
    Lost,
    /// Half of the answer arrives.
    Half,
    /// The request arrives, the answer never.
    Silence,
    /// The answer comes late, and whole.
    Late,
    /// Bytes that are no HTTP.
    Noise,
    /// HTTP with something else in it; the request does not arrive.
    Page,
    /// A gateway's 502, likewise.
    Storm,
    /// The service has no time: 503, Retry-After.
    Busy,
    /// An answer of the right form with nothing in it that was asked for; the request arrives.
    Lie,
}

impl Weather {
    /// Whether the service sees the request.
    fn arrives(self) -> bool {
        matches!(
            self,
            Self::Fair | Self::Lost | Self::Half | Self::Silence | Self::Late | Self::Lie
        )
    }
}

/// A way to a service with changing weather.
struct Way {
    weather: Arc<Mutex<Weather>>,
    /// Requests that came along.
    requests: Arc<AtomicUsize>,
    /// Requests whose sender went away before there was an answer.
    abandoned: Arc<AtomicUsize>,
    url: String,
}

impl Way {
    async fn to(service: std::net::SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let way = Self {
            weather: Arc::new(Mutex::new(Weather::Fair)),
            requests: Arc::default(),
            abandoned: Arc::default(),
            url: format!("http://{}", listener.local_addr().unwrap()),
        };
        let carried = Carried {
            weather: Arc::clone(&way.weather),
            requests: Arc::clone(&way.requests),
            abandoned: Arc::clone(&way.abandoned),
        };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let carried = carried.clone();
                tokio::spawn(async move {
                    let _ = carry(stream, service, &carried).await;
                });
            }
        });
        way
    }

    /// Waits until so many requests were abandoned.
    async fn until_abandoned(&self, count: usize) {
        let begun = Instant::now();
        while self.abandoned.load(Ordering::Relaxed) < count {
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "is not abandoned"
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

#[derive(Clone)]
struct Carried {
    weather: Arc<Mutex<Weather>>,
    requests: Arc<AtomicUsize>,
    abandoned: Arc<AtomicUsize>,
}

async fn carry(
    mut client: TcpStream,
    service: std::net::SocketAddr,
    carried: &Carried,
) -> std::io::Result<()> {
    loop {
        let request = message(&mut client).await?;
        carried.requests.fetch_add(1, Ordering::Relaxed);
        let now = *carried.weather.lock().await;
        let mut answer = Vec::new();
        if now.arrives() {
            let mut stream = TcpStream::connect(service).await?;
            stream.write_all(&request).await?;
            answer = message(&mut stream).await?;
        }
        let said = |status: &str, more: &str, body: &str| {
            let length = body.len();
            format!("HTTP/1.1 {status}\r\n{more}Content-Length: {length}\r\n\r\n{body}")
        };
        match now {
            Weather::Fair => client.write_all(&answer).await?,
            Weather::Late => {
                tokio::time::sleep(Duration::from_millis(300)).await;
                client.write_all(&answer).await?;
            }
            Weather::Cut | Weather::Lost => return Ok(()),
            Weather::Half => {
                let half = answer.len() / 2;
                client.write_all(&answer[..half]).await?;
                return Ok(());
            }
            Weather::Silence => {
                // Until the client gives up.
                let mut rest = [0; 16];
                while client.read(&mut rest).await.unwrap_or(0) > 0 {}
                carried.abandoned.fetch_add(1, Ordering::Relaxed);
                return Ok(());
            }
            Weather::Noise => {
                client.write_all(b"\x00\xff\x17\x03 what?\r\n\r\n").await?;
                return Ok(());
            }
            Weather::Page => {
                let text = said(
                    "200 OK",
                    "Content-Type: text/html\r\n",
                    "<html>hello</html>",
                );
                client.write_all(text.as_bytes()).await?;
            }
            Weather::Storm => {
                let text = said("502 Bad Gateway", "", "<html>broken</html>");
                client.write_all(text.as_bytes()).await?;
            }
            Weather::Busy => {
                let text = said("503 Service Unavailable", "Retry-After: 600\r\n", "");
                client.write_all(text.as_bytes()).await?;
            }
            Weather::Lie => {
                let soap = request.windows(9).any(|part| part == b":Envelope");
                let json = request.windows(6).any(|part| part == b"/json\r");
                let (kind, body) = match (soap, json) {
                    (true, _) => (
                        "soap+xml",
                        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Header/>\
                         <s:Body><x:Nothing xmlns:x='urn:x'/></s:Body></s:Envelope>",
                    ),
                    (false, true) => (
                        "json",
                        r#"{"resourceURI":"http://schemas.dmtf.org/cimi/1/Machine","id":"machines/of-others"}"#,
                    ),
                    (false, false) => (
                        "xml",
                        "<Machine xmlns='http://schemas.dmtf.org/cimi/1'><id>machines/of-others</id></Machine>",
                    ),
                };
                let text = said(
                    "200 OK",
                    &format!("Content-Type: application/{kind}\r\n"),
                    body,
                );
                client.write_all(text.as_bytes()).await?;
            }
        }
    }
}

/// One HTTP message whose length is announced.
async fn message(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 8192];
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some(head) = text.find("\r\n\r\n") {
            let length = text[..head]
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, value)| value.trim().parse().unwrap());
            if bytes.len() >= head + 4 + length {
                return Ok(bytes);
            }
        }
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&buffer[..count]);
    }
}

fn config_named(provider: &dyn Provider, name: &str) -> Instance {
    Instance::new(provider.schema().class("CIMI_VolumeConfiguration").unwrap())
        .with("ElementName", name)
        .with("Capacity", 1_u64)
}

async fn named(provider: &dyn Provider, name: &str) -> Vec<Instance> {
    let class = provider.schema().class("CIMI_VolumeConfiguration").unwrap();
    let mut query = Query::all(class);
    query.predicate = Some(Predicate::Compare(Comparison {
        path: vec!["ElementName".to_owned()],
        op: CompareOp::Eq,
        value: Literal::String(name.to_owned()),
    }));
    let page = PageRequest {
        after: None,
        skip: 0,
        max_items: 100,
        max_examined: usize::MAX,
        count: false,
    };
    let admin = context(Role::Administrator, None);
    let page = provider.query(&admin, &query, page).await.unwrap();
    let items = page.items.into_iter();
    items.map(|item| item.resource.instance).collect()
}

#[track_caller]
fn is_one_of(error: &CimError, kinds: &[ErrorKind], weather: Weather) {
    assert!(
        kinds.contains(&error.kind()),
        "{weather:?}: {:?} {error}",
        error.kind()
    );
    assert!(
        error.message().contains("The cloud `far`"),
        "{weather:?}: says which cloud: {error}"
    );
}

async fn through_all_weathers(binding: Binding) {
    let far = cloud(Duration::from_millis(1)).await;
    let folder = tempfile::tempdir().unwrap();
    let service = serve(&(Arc::clone(&far) as _), &folder).await;
    let way = Way::to(service.http().unwrap()).await;
    let mut config = configuration(binding, &way.url, &folder);
    config.request_seconds = 1;
    config.tries = 2;
    // The circuit breaker has tests of its own.
    config.failures = 1000;
    let near = connect(binding, &config);
    let near = &*near;
    let admin = context(Role::Administrator, None);
    // Logs in, while the sun shines.
    let known = near
        .create(&admin, config_named(near, "known"), None)
        .await
        .unwrap();
    let description = |text: &str| {
        let class = near.schema().class("CIMI_VolumeConfiguration").unwrap();
        vec![Change {
            property: class.property("Description").unwrap().1,
            value: Value::from(text),
        }]
    };
    // And is asked what it knows, which nobody can find out in a storm.
    near.modify(&admin, &known.path, description("fair"), None)
        .await
        .unwrap();

    use ErrorKind as E;
    for weather in [
        Weather::Cut,
        Weather::Lost,
        Weather::Half,
        Weather::Silence,
        Weather::Late,
        Weather::Noise,
        Weather::Page,
        Weather::Storm,
        Weather::Busy,
        Weather::Lie,
    ] {
        *way.weather.lock().await = weather;
        let name = format!("{weather:?}");
        let begun = Instant::now();
        let made = near.create(&admin, config_named(near, &name), None).await;
        let read = near.get(&admin, &known.path).await;
        let changed = near
            .modify(&admin, &known.path, description(&name), None)
            .await;
        // A bound that only a hang reaches; nothing here measures speed.
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "{weather:?} hangs"
        );
        *way.weather.lock().await = Weather::Fair;

        let writes = match weather {
            Weather::Late => {
                made.unwrap();
                changed.unwrap();
                read.unwrap();
                assert_eq!(named(near, &name).await.len(), 1);
                continue;
            }
            // The service said that it has not done it.
            Weather::Busy => vec![E::Unavailable],
            _ => vec![E::OutcomeUnknown],
        };
        is_one_of(&made.unwrap_err(), &writes, weather);
        is_one_of(&changed.unwrap_err(), &writes, weather);
        let reads = [E::BackEnd, E::TimedOut, E::Unavailable];
        is_one_of(&read.unwrap_err(), &reads, weather);

        // Once if it arrived, never twice; and what was changed is what arrived.
        let there = named(near, &name).await;
        assert_eq!(there.len(), usize::from(weather.arrives()), "{weather:?}");
        let now = near.get(&admin, &known.path).await.unwrap().instance;
        assert_eq!(
            now.text("Description") == Some(name.as_str()),
            weather.arrives(),
            "{weather:?}"
        );
    }
    // Whoever goes away takes the request along.
    *way.weather.lock().await = Weather::Silence;
    let before = way.requests.load(Ordering::Relaxed);
    let gone = tokio::time::timeout(Duration::from_millis(50), near.get(&admin, &known.path));
    assert!(gone.await.is_err());
    *way.weather.lock().await = Weather::Fair;
    near.get(&admin, &known.path).await.unwrap();
    assert_eq!(way.requests.load(Ordering::Relaxed), before + 2);
    service.stop().await;
    far.shutdown().await;
}

#[tokio::test]
async fn wsman_through_all_weathers() {
    through_all_weathers(Binding::Wsman).await;
}

#[tokio::test]
async fn json_through_all_weathers() {
    through_all_weathers(Binding::Json).await;
}

#[tokio::test]
async fn xml_through_all_weathers() {
    through_all_weathers(Binding::Xml).await;
}

/// A request to a service over a socket, as it stands.
async fn ask(service: std::net::SocketAddr, head: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(service).await.unwrap();
    let login = crate::link::basic();
    let text = format!(
        "{head} HTTP/1.1\r\nHost: bridge\r\nAuthorization: {login}\r\nAccept: application/json\r\n\
         Content-Type: application/soap+xml\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// The time that a WS-Management client gives, and a client of either protocol that goes away, end the request to
/// the cloud as well.
async fn who_stops_waiting_stops_the_cloud(binding: Binding) {
    let far = cloud(Duration::from_millis(1)).await;
    let folder = tempfile::tempdir().unwrap();
    let service = serve(&(Arc::clone(&far) as _), &folder).await;
    let way = Way::to(service.http().unwrap()).await;
    let near = connect(binding, &configuration(binding, &way.url, &folder));
    let admin = context(Role::Administrator, None);
    let known = near
        .create(&admin, config_named(&*near, "known"), None)
        .await
        .unwrap();
    let id = known.path.instance_id().unwrap();
    let front_folder = tempfile::tempdir().unwrap();
    let front = serve(&near, &front_folder).await;
    let address = front.http().unwrap();
    let get = format!(
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' \
         xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing' \
         xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'><s:Header>\
         <a:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/Get</a:Action><a:To>http://x/wsman</a:To>\
         <w:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIMI_VolumeConfiguration</w:ResourceURI>\
         <a:MessageID>uuid:00000000-0000-4000-8000-000000000001</a:MessageID>\
         <a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>\
         <w:OperationTimeout>PT0.4S</w:OperationTimeout>\
         <w:SelectorSet><w:Selector Name='InstanceID'>{id}</w:Selector></w:SelectorSet>\
         </s:Header><s:Body/></s:Envelope>"
    );
    // Everything is known, and everybody logged in.
    let mut fair = ask(address, "POST /wsman", &get).await;
    let answer = message(&mut fair).await.unwrap();
    assert!(String::from_utf8_lossy(&answer).contains("known"));

    *way.weather.lock().await = Weather::Silence;
    let mut late = ask(address, "POST /wsman", &get).await;
    let answer = String::from_utf8_lossy(&message(&mut late).await.unwrap()).into_owned();
    assert!(answer.contains("TimedOut"), "{answer}");
    way.until_abandoned(1).await;
    let patient = get.replace("PT0.4S", "PT60S");
    let rest = format!("GET /cimi/{id}");
    for (at, (head, body)) in [("POST /wsman", patient.as_str()), (rest.as_str(), "")]
        .into_iter()
        .enumerate()
    {
        let before = way.requests.load(Ordering::Relaxed);
        let gone = ask(address, head, body).await;
        while way.requests.load(Ordering::Relaxed) == before {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        drop(gone);
        way.until_abandoned(at + 2).await;
    }
    front.stop().await;
    service.stop().await;
    far.shutdown().await;
}

#[tokio::test]
async fn who_stops_waiting_stops_a_rest_cloud() {
    who_stops_waiting_stops_the_cloud(Binding::Json).await;
}

#[tokio::test]
async fn who_stops_waiting_stops_a_wsman_cloud() {
    who_stops_waiting_stops_the_cloud(Binding::Wsman).await;
}

/// Each get, change, deletion and action is one request to the cloud, whatever is in front of it and behind.
async fn one_request_each(front: Binding, back: Binding) {
    let far = cloud(Duration::from_millis(1)).await;
    let folder = tempfile::tempdir().unwrap();
    let service = serve(&(Arc::clone(&far) as _), &folder).await;
    let way = Way::to(service.http().unwrap()).await;
    let behind = connect(back, &configuration(back, &way.url, &folder));
    let front_folder = tempfile::tempdir().unwrap();
    let bridge = serve(&behind, &front_folder).await;
    let url = format!("http://{}", bridge.http().unwrap());
    let near = connect(front, &configuration(front, &url, &front_folder));
    let admin = context(Role::Administrator, None);
    let class = near.schema().class("CIMI_Machine").unwrap();
    let new = Instance::new(class)
        .with("Cpu", 1_u64)
        .with("Memory", 1024_u64);
    let mut made = Vec::new();
    for _ in 0..2 {
        let created = near.create(&admin, new.clone(), None).await.unwrap();
        made.push(created.path);
    }
    let change = |text: &str| {
        vec![Change {
            property: class.property("Description").unwrap().1,
            value: Value::from(text),
        }]
    };
    let rests = async |path: &cim_core::ObjectPath| {
        while far.get(&admin, path).await.is_ok_and(|found| {
            let state = found.instance.text("State").unwrap_or_default().to_owned();
            state.ends_with("ING")
        }) {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    let (start, stop) = (
        class.method("Start").unwrap(),
        class.method("Stop").unwrap(),
    );
    for (turn, path) in made.iter().enumerate() {
        rests(path).await;
        let count = |what: &'static str, before: usize| {
            let asked = way.requests.load(Ordering::Relaxed) - before;
            // What only the cloud can know is asked for once.
            assert!(
                turn == 0 || asked == 1,
                "{what}, {front:?} in front of {back:?}: {asked} requests"
            );
        };
        let now = || way.requests.load(Ordering::Relaxed);
        let before = now();
        near.get(&admin, path).await.unwrap();
        count("get", before);
        let before = now();
        let changed = near.modify(&admin, path, change("a"), None).await.unwrap();
        count("change", before);
        let etag = changed.resource.unwrap().etag;
        near.modify(&admin, path, change("b"), Some(&etag))
            .await
            .unwrap();
        let old = near.modify(&admin, path, change("c"), Some(&etag)).await;
        assert_eq!(old.unwrap_err().kind(), ErrorKind::PreconditionFailed);
        for method in [start, stop] {
            let before = now();
            near.invoke(&admin, path, method, Vec::new()).await.unwrap();
            count("action", before);
            rests(path).await;
        }
        let before = now();
        near.delete(&admin, path, None).await.unwrap();
        count("deletion", before);
    }
    bridge.stop().await;
    service.stop().await;
    far.shutdown().await;
}

#[tokio::test]
async fn a_rest_cloud_is_asked_once_for_each() {
    for front in [Binding::Json, Binding::Xml, Binding::Wsman] {
        one_request_each(front, Binding::Json).await;
    }
}

#[tokio::test]
async fn a_wsman_cloud_is_asked_once_for_each() {
    for front in [Binding::Json, Binding::Xml, Binding::Wsman] {
        one_request_each(front, Binding::Wsman).await;
    }
}
