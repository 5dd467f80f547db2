//! The binding in front of the embedded provider, behind the edge and a socket: what a client sees.

mod capture;
mod conditions;
mod deployed_clients;
mod expansion;
mod filter;
mod metadata;
mod methods;
mod packages;
mod pieces;
mod refusals;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use expect_test::expect;
use http::{Response, header};
use provider::Role;
use provider::embedded::{Durations, EmbeddedConfig, EmbeddedProvider};
use serde_json::{Value, json};
use store::RedbStore;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{RestBinding, Settings};
use crate::users::tests::edit;
use crate::{Binding, Bindings, Config, Running, TokenSeal, start_bindings};

const JSON: &str = "application/json";
const XML: &str = "application/xml";
const ACTION: &str = "http://schemas.dmtf.org/cimi/1/action/";

/// A service of its own on a loopback port; it ends with this value.
struct Cloud {
    binding: RestBinding,
    provider: Arc<EmbeddedProvider>,
    /// Who asks: there is a user with each role.
    role: Role,
    running: Running,
    _folder: TempDir,
}

/// What came back.
struct Got(Response<Bytes>);

impl Got {
    #[track_caller]
    fn is(self, status: u16) -> Self {
        assert_eq!(
            self.0.status(),
            status,
            "{:?} {}",
            self.0.headers(),
            self.text()
        );
        self
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.body().to_vec()).unwrap()
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_slice(self.0.body()).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name).map(|v| v.to_str().unwrap())
    }

    /// The message of an error, whose body must be a failed job.
    #[track_caller]
    fn message(&self) -> String {
        let job = self.json();
        assert_eq!(job["resourceURI"], "http://schemas.dmtf.org/cimi/1/Job");
        assert_eq!((&job["id"], &job["state"]), (&json!(""), &json!("FAILED")));
        assert_eq!(
            job["returnCode"],
            10_000 + u64::from(self.0.status().as_u16())
        );
        job["statusMessage"].as_str().unwrap().to_owned()
    }
}

impl Cloud {
    async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    async fn with(settings: Settings) -> Self {
        Self::configured(settings, |_| ()).await
    }

    async fn configured(settings: Settings, change: impl FnOnce(&mut Config)) -> Self {
        let store = Arc::new(RedbStore::in_memory().unwrap());
        let config = EmbeddedConfig {
            durations: Durations::all(Duration::from_millis(2)),
            ..EmbeddedConfig::new(Arc::clone(cimi_model::schema()))
        };
        let provider = EmbeddedProvider::open(store, config).await.unwrap();
        provider.publish_metadata().await.unwrap();
        provider.seed_demo().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let seal = Arc::new(TokenSeal::open_or_create(&folder.path().join("key")).unwrap());
        let binding = RestBinding::new(Arc::clone(&provider) as _, seal, settings).unwrap();
        let mut config = Config {
            listen: Some(SocketAddr::from(([127, 0, 0, 1], 0))),
            data: folder.path().to_owned(),
            ..Config::default()
        };
        change(&mut config);
        edit(&config.users_file(), |users| {
            for role in [Role::Administrator, Role::Operator, Role::Reader] {
                users.add(role.name(), role, None, "secret")?;
            }
            Ok(())
        })
        .unwrap();
        let rest: Arc<dyn Binding> = Arc::new(binding.clone());
        let bindings = |_| {
            Ok(Bindings {
                wsman: Arc::clone(&rest),
                rest,
            })
        };
        Self {
            running: start_bindings(&config, bindings).await.unwrap(),
            binding,
            provider,
            role: Role::Administrator,
            _folder: folder,
        }
    }

    /// The head of a request to the service under its name.
    fn head(&self, method: &str, uri: &str, headers: &[(&str, &str)]) -> String {
        let login = BASE64_STANDARD.encode(format!("{}:secret", self.role.name()));
        let mut head = format!(
            "{method} {uri} HTTP/1.1\r\nHost: cloud.example\r\nAuthorization: Basic {login}\r\n"
        );
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        head
    }

    /// One request on a connection of its own.
    async fn call(&self, method: &str, uri: &str, headers: &[(&str, &str)], body: &str) -> Got {
        let mut message = self.head(method, uri, headers) + "Connection: close\r\n";
        if !body.is_empty() || matches!(method, "POST" | "PUT") {
            message += &format!("Content-Length: {}\r\n", body.len());
        }
        message += "\r\n";
        message += body;
        let address = self.running.http().unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(message.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        Got(parsed(&answer, method == "HEAD"))
    }

    async fn get(&self, uri: &str) -> Got {
        self.call("GET", uri, &[], "").await
    }

    async fn send(&self, method: &str, uri: &str, body: &Value) -> Got {
        let headers = [(header::CONTENT_TYPE.as_str(), JSON)];
        self.call(method, uri, &headers, &body.to_string()).await
    }

    async fn json(&self, uri: &str) -> Value {
        self.get(uri).await.is(200).json()
    }

    /// Waits until the resource is in a state; `None` until it is gone.
    async fn until(&self, uri: &str, state: Option<&str>) {
        for _ in 0..1000 {
            let got = self.get(uri).await;
            let now = (got.0.status() == 200)
                .then(|| got.json()["state"].as_str().unwrap_or("").to_owned());
            if now.as_deref() == state {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{uri} is never {state:?}: {}", self.get(uri).await.text());
    }
}

/// Reads an answer as it came over the wire.
fn parsed(answer: &[u8], is_head: bool) -> Response<Bytes> {
    let end = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap_or_else(|| panic!("no head: {}", String::from_utf8_lossy(answer)));
    let head = std::str::from_utf8(&answer[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let mut response = Response::builder().status(status);
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        response = response.header(name, value);
    }
    let headers = response.headers_ref().unwrap();
    let body = &answer[end + 4..];
    let is_chunked = headers
        .get(header::TRANSFER_ENCODING)
        .is_some_and(|coding| coding == "chunked");
    let body = match headers.get(header::CONTENT_LENGTH) {
        _ if is_head => {
            assert!(body.is_empty(), "{head}");
            Vec::new()
        }
        _ if is_chunked => unchunked(body).unwrap_or_else(|| panic!("{head}: it breaks off")),
        Some(length) => {
            assert_eq!(length.to_str().unwrap().parse(), Ok(body.len()), "{head}");
            body.to_vec()
        }
        None => {
            assert!(body.is_empty(), "{head}");
            Vec::new()
        }
    };
    response.body(Bytes::from(body)).unwrap()
}

/// What stands in chunks (RFC 9112 7.1); `None` if the last is missing.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(size, 16).ok()?;
        let chunk = rest.get(end + 2..)?;
        whole.extend_from_slice(chunk.get(..size)?);
        rest = chunk[size..].strip_prefix(b"\r\n")?;
        if size == 0 {
            return rest.is_empty().then_some(whole);
        }
    }
}

fn path(uri: &str) -> String {
    uri.strip_prefix("http://cloud.example").unwrap().to_owned()
}

fn operations(resource: &Value) -> Vec<&str> {
    let list = resource["operations"].as_array();
    list.map_or(&[][..], Vec::as_slice)
        .iter()
        .map(|o| o["rel"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn the_entry_point_leads_to_everything() {
    let cloud = Cloud::new().await;
    for base in ["/cimi", "/cimi/"] {
        let got = cloud.get(base).await.is(301);
        assert_eq!(
            got.header("location"),
            Some("http://cloud.example/cimi/cloudEntryPoint")
        );
    }
    let entry = cloud.json("/cimi/cloudEntryPoint").await;
    assert_eq!(entry["baseURI"], "http://cloud.example/cimi/");
    for (name, link) in entry.as_object().unwrap() {
        let Some(href) = link["href"].as_str() else {
            continue;
        };
        let collection = cloud.json(&path(href)).await;
        assert_eq!(collection["id"], href, "{name}");
        assert!(collection["count"].is_u64(), "{name}: {collection}");
    }
}

#[tokio::test]
async fn a_machine_lives() {
    let cloud = Cloud::new().await;
    let template = cloud.json("/cimi/machineTemplates").await["machineTemplates"][0].clone();
    let create = json!({
        "name": "web-2",
        "machineTemplate": { "href": template["id"], "initialState": "STOPPED" }
    });
    let made = cloud.send("POST", "/cimi/machines", &create).await.is(202);
    let uri = made.header("location").unwrap().to_owned();
    assert_eq!(made.json()["id"], uri.as_str());
    assert_eq!(made.json()["state"], "CREATING");
    assert!(
        made.header("cimi-job-uri")
            .unwrap()
            .starts_with("http://cloud.example/cimi/jobs/")
    );
    assert_eq!(made.header("cimi-specification-version"), Some("1.1.0"));
    let machine = path(&uri);
    cloud.until(&machine, Some("STOPPED")).await;
    let job = cloud
        .json(&path(made.header("cimi-job-uri").unwrap()))
        .await;
    assert_eq!(
        (&job["state"], &job["progress"]),
        (&json!("SUCCESS"), &json!(100))
    );

    let shown = cloud.json(&machine).await;
    let start = format!("{ACTION}start");
    assert!(operations(&shown).contains(&start.as_str()), "{shown}");
    let body = json!({ "action": start });
    // At the action's own URI and at the resource's.
    let started = cloud
        .send("POST", &format!("{machine}/start"), &body)
        .await
        .is(202);
    assert_eq!(started.json()["action"], start.as_str());
    cloud.until(&machine, Some("STARTED")).await;
    let again = cloud.send("POST", &machine, &body).await.is(409);
    assert!(again.message().contains("STARTED"), "{}", again.message());
    assert_eq!(again.json()["action"], start.as_str());
    assert_eq!(again.json()["targetResource"]["href"], uri.as_str());
    let again = cloud
        .send("POST", &format!("{machine}/start"), &body)
        .await
        .is(409);
    assert_eq!(again.json()["targetResource"]["href"], uri.as_str());
    assert_eq!(again.json()["affectedResources"], json!([{ "href": uri }]));
    let stop = json!({ "action": format!("{ACTION}stop"), "force": true });
    cloud.send("POST", &machine, &stop).await.is(202);
    cloud.until(&machine, Some("STOPPED")).await;

    let gone = cloud.call("DELETE", &machine, &[], "").await.is(202);
    assert_eq!(gone.json()["action"], "delete");
    cloud.until(&machine, None).await;
    assert_eq!(cloud.json("/cimi/machines").await["count"], 2);
}

#[tokio::test]
async fn updates_are_whole_or_in_part_and_conditional() {
    let cloud = Cloud::new().await;
    let config = json!({ "name": "c", "description": "d", "cpu": 2, "memory": 1024,
                         "properties": { "a": "1" } });
    let made = cloud
        .send("POST", "/cimi/machineConfigs", &config)
        .await
        .is(201);
    let uri = path(made.header("location").unwrap());
    let first = made.header("etag").unwrap().to_owned();
    let got = cloud.get(&uri).await.is(200);
    assert_eq!(got.header("etag"), Some(first.as_str()));
    cloud
        .call("GET", &uri, &[("if-none-match", &first)], "")
        .await
        .is(304);
    let xml = cloud
        .call("GET", &uri, &[("accept", XML)], "")
        .await
        .is(200);
    assert_ne!(xml.header("etag"), Some(first.as_str()));

    // In part: selected and given, selected and left out.
    let part = format!("{uri}?$select=name,description");
    let put = [("content-type", JSON), ("if-match", first.as_str())];
    let changed = cloud
        .call("PUT", &part, &put, r#"{"name": "n"}"#)
        .await
        .is(200)
        .json();
    assert_eq!(
        (&changed["name"], &changed["description"], &changed["cpu"]),
        (&json!("n"), &Value::Null, &json!(2))
    );
    let late = cloud
        .call("PUT", &part, &put, r#"{"name": "late"}"#)
        .await
        .is(412);
    assert!(late.message().contains("If-Match"));
    let more = cloud
        .send("PUT", &part, &json!({ "name": "n", "cpu": 4 }))
        .await
        .is(400);
    assert!(
        more.message().contains("attribute cpu"),
        "{}",
        more.message()
    );

    // The whole: what is left out is removed, what is read-only is ignored.
    let whole = json!({ "id": "http://cloud.example/cimi/other", "created": "2020-01-01T00:00:00Z",
                        "name": "w", "cpu": 8, "operations": [] });
    let changed = cloud.send("PUT", &uri, &whole).await.is(200).json();
    assert_eq!(
        (&changed["cpu"], &changed["memory"], &changed["properties"]),
        (&json!(8), &Value::Null, &Value::Null)
    );
    assert_eq!(path(changed["id"].as_str().unwrap()), uri);
    let unknown = cloud.send("PUT", &uri, &json!({ "cpus": 8 })).await.is(400);
    assert!(
        unknown.message().contains("did you mean `cpu`"),
        "{}",
        unknown.message()
    );

    let wrong = [("if-match", "\"no\"")];
    cloud.call("DELETE", &uri, &wrong, "").await.is(412);
    cloud
        .call("DELETE", &uri, &[("if-match", "*")], "")
        .await
        .is(200);
    cloud.get(&uri).await.is(404);
}

#[tokio::test]
async fn parts_and_memberships_are_added_to_their_owner() {
    let cloud = Cloud::new().await;
    let machine = cloud.json("/cimi/machines?$filter=state='STOPPED'").await["machines"][0].clone();
    let machine = path(machine["id"].as_str().unwrap());
    let disk = json!({ "capacity": 1000, "initialLocation": "/dev/vdb" });
    let made = cloud
        .send("POST", &format!("{machine}/disks"), &disk)
        .await
        .is(201);
    let uri = made.header("location").unwrap();
    assert!(
        uri.starts_with(&format!("http://cloud.example{machine}/disks/")),
        "{uri}"
    );
    assert_eq!(cloud.json(&format!("{machine}/disks")).await["count"], 2);

    let volume = json!({ "volumeTemplate": { "volumeConfig": { "capacity": 1000 } } });
    let volume = cloud.send("POST", "/cimi/volumes", &volume).await;
    let volume = volume.header("location").unwrap().to_owned();
    cloud.until(&path(&volume), Some("AVAILABLE")).await;
    let attach = json!({ "initialLocation": "/dev/vdc", "volume": { "href": volume } });
    let made = cloud
        .send("POST", &format!("{machine}/volumes"), &attach)
        .await
        .is(201);
    let membership = path(made.header("location").unwrap());
    let volumes = cloud.json(&format!("{machine}/volumes")).await;
    assert_eq!(
        volumes["resourceURI"],
        "http://schemas.dmtf.org/cimi/1/MachineVolumeCollection"
    );
    assert_eq!(
        volumes["machineVolumes"][0]["volume"]["href"],
        volume.as_str()
    );
    cloud.call("DELETE", &membership, &[], "").await;
    cloud.until(&membership, None).await;
    cloud.get(&path(&volume)).await.is(200);
    cloud.get("/cimi/machines/nobody/disks").await.is(404);
    cloud.get("/cimi/machines/nobody/volumes").await.is(404);
}

#[tokio::test]
async fn collections_are_filtered_ordered_and_cut() {
    let cloud = Cloud::with(Settings {
        page_items: 3,
        ..Settings::default()
    })
    .await;
    for n in 0..7 {
        let config = json!({ "name": format!("n{n}"), "cpu": n % 3, "properties": { "set": "x" } });
        cloud
            .send("POST", "/cimi/machineConfigs", &config)
            .await
            .is(201);
    }
    let names = |collection: &Value| -> Vec<String> {
        let items = collection["machineConfigurations"].as_array();
        items
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .map(|i| i["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let filter = "$filter=property['set']='x'";
    // Paged by the links of the answers.
    let mut uri = format!("/cimi/machineConfigs?{filter}&$orderby=name:desc");
    let mut all = Vec::new();
    let mut pages = 0;
    loop {
        let got = cloud.get(&uri).await.is(200);
        assert_eq!(got.json()["count"], 7);
        all.extend(names(&got.json()));
        pages += 1;
        let Some(link) = got.header("link") else {
            break;
        };
        let next = link
            .strip_prefix('<')
            .unwrap()
            .strip_suffix(">; rel=\"next\"")
            .unwrap();
        uri = path(next);
        // Not for another query.
        cloud.get(&uri.replace("name:desc", "name")).await.is(400);
    }
    assert_eq!(
        (all.join(" "), pages),
        ("n6 n5 n4 n3 n2 n1 n0".to_owned(), 3)
    );
    let part = |query: &'static str| {
        let cloud = &cloud;
        async move {
            let uri = format!("/cimi/machineConfigs?{filter}&$orderby=name&{query}");
            names(&cloud.json(&uri).await).join(" ")
        }
    };
    assert_eq!(part("$first=2&$last=3").await, "n1 n2");
    assert_eq!(part("$first=7").await, "n6");
    assert_eq!(part("$first=8&$last=9").await, "");
    assert_eq!(part("$first=3&$last=2").await, "");
    assert_eq!(part("$last=1").await, "n0");
    assert_eq!(part("$filter=cpu=2").await, "n2 n5");
    let count = cloud
        .json(&format!("/cimi/machineConfigs?{filter}&$select=count"))
        .await;
    assert_eq!(
        count,
        json!({ "resourceURI": "http://schemas.dmtf.org/cimi/1/MachineConfigurationCollection", "count": 7 })
    );
    let selected = cloud
        .json(&format!(
            "/cimi/machineConfigs?{filter}&$orderby=name&$last=1&$select=cpu,nothing"
        ))
        .await;
    assert_eq!(
        selected["machineConfigurations"][0],
        json!({ "resourceURI": "http://schemas.dmtf.org/cimi/1/MachineConfiguration", "cpu": 0 })
    );
    for (query, message) in [
        (
            "$filter=cpu=",
            "$filter: the name of an attribute or a value",
        ),
        ("$filter=cpus=1", "did you mean `cpu`"),
        ("$first=x", "$first is a position"),
        ("$orderby=disks", "`disks` is no attribute to sort by"),
        ("after=x", "is not a position"),
    ] {
        let got = cloud
            .get(&format!("/cimi/machineConfigs?{query}"))
            .await
            .is(400);
        assert!(
            got.message().contains(message),
            "{query}: {}",
            got.message()
        );
    }
}

#[tokio::test]
async fn links_are_expanded() {
    let cloud = Cloud::new().await;
    let machines = cloud.json("/cimi/machines?$expand=disks").await;
    for machine in machines["machines"].as_array().unwrap() {
        assert_eq!(
            machine["disks"]["disks"].as_array().unwrap().len(),
            1,
            "{machine}"
        );
        assert_eq!(operations(&machine["disks"]), ["add"]);
    }
    let template = cloud.json("/cimi/machineTemplates").await["machineTemplates"][0].clone();
    let uri = path(template["id"].as_str().unwrap());
    let template = cloud
        .json(&format!(
            "{uri}?$expand=machineConfig&$select=machineConfig"
        ))
        .await;
    assert!(
        template["machineConfig"]["href"].is_string() && template["machineConfig"]["cpu"].is_u64(),
        "{template}"
    );
    assert!(template.get("id").is_none());
}

#[tokio::test]
async fn a_machine_on_the_wire() {
    let cloud = Cloud::new().await;
    let got = cloud
        .call(
            "GET",
            "/cimi/machines/demo-frontend?$select=name,state,disks,operations",
            &[("accept", XML)],
            "",
        )
        .await;
    expect![[r#"
        <Machine xmlns="http://schemas.dmtf.org/cimi/1">
        <name>frontend</name>
        <state>STARTED</state>
        <disks href="http://cloud.example/cimi/machines/demo-frontend/disks" />
        <operation rel="edit" href="http://cloud.example/cimi/machines/demo-frontend" />
        <operation rel="delete" href="http://cloud.example/cimi/machines/demo-frontend" />
        <operation rel="http://schemas.dmtf.org/cimi/1/action/stop" href="http://cloud.example/cimi/machines/demo-frontend/stop" />
        <operation rel="http://schemas.dmtf.org/cimi/1/action/restart" href="http://cloud.example/cimi/machines/demo-frontend/restart" />
        <operation rel="http://schemas.dmtf.org/cimi/1/action/pause" href="http://cloud.example/cimi/machines/demo-frontend/pause" />
        <operation rel="http://schemas.dmtf.org/cimi/1/action/suspend" href="http://cloud.example/cimi/machines/demo-frontend/suspend" />
        <operation rel="http://schemas.dmtf.org/cimi/1/action/capture" href="http://cloud.example/cimi/machines/demo-frontend/capture" />
        <operation rel="http://schemas.dmtf.org/cimi/1/action/snapshot" href="http://cloud.example/cimi/machines/demo-frontend/snapshot" />
        <operation rel="http://schemas.dmtf.org/cimi/1/action/restore" href="http://cloud.example/cimi/machines/demo-frontend/restore" />
        </Machine>"#]].assert_eq(&got.is(200).text().replace("><", ">\n<"));
}
