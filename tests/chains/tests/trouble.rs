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
    url: String,
}

impl Way {
    async fn to(service: std::net::SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let way = Self {
            weather: Arc::new(Mutex::new(Weather::Fair)),
            requests: Arc::default(),
            url: format!("http://{}", listener.local_addr().unwrap()),
        };
        let (weather, requests) = (Arc::clone(&way.weather), Arc::clone(&way.requests));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (weather, requests) = (Arc::clone(&weather), Arc::clone(&requests));
                tokio::spawn(async move {
                    let _ = carry(stream, service, &weather, &requests).await;
                });
            }
        });
        way
    }
}

async fn carry(
    mut client: TcpStream,
    service: std::net::SocketAddr,
    weather: &Mutex<Weather>,
    requests: &AtomicUsize,
) -> std::io::Result<()> {
    loop {
        let request = message(&mut client).await?;
        requests.fetch_add(1, Ordering::Relaxed);
        let now = *weather.lock().await;
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
                while client.read(&mut rest).await? > 0 {}
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
                let body = "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Header/>\
                            <s:Body><x:Nothing xmlns:x='urn:x'/></s:Body></s:Envelope>";
                let text = said("200 OK", "Content-Type: application/soap+xml\r\n", body);
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
        let cpu = known.outcome.resource.as_ref().unwrap().instance.class();
        let changes = vec![Change {
            property: cpu.property("Description").unwrap().1,
            value: Value::from(name.as_str()),
        }];
        let changed = near.modify(&admin, &known.path, changes, None).await;
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
