//! Long collections, which are written while they are read.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use provider::{Principal, Role};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::mpsc;

use super::{Cloud, JSON, Settings, XML, parsed, path};
use crate::streaming::{Piece, Streamed};
use crate::{Binding as _, Config};

const ITEMS: usize = 120;

/// A cloud with that many configurations more, each with so long a description.
async fn with_many(settings: Settings, bytes: usize, change: impl FnOnce(&mut Config)) -> Cloud {
    let cloud = Cloud::configured(settings, change).await;
    for n in 0..ITEMS {
        let config = json!({ "name": format!("n{n:03}"), "cpu": n % 7, "properties": { "set": "x" },
                             "description": "d".repeat(bytes) });
        cloud
            .send("POST", "/cimi/machineConfigs", &config)
            .await
            .is(201);
    }
    cloud
}

fn names(collection: &Value) -> Vec<String> {
    let items = collection["machineConfigurations"].as_array().unwrap();
    let name = |item: &Value| item["name"].as_str().unwrap().to_owned();
    items.iter().map(name).collect()
}

#[tokio::test]
async fn a_long_collection_comes_in_pieces_and_is_whole() {
    let cloud = with_many(Settings::default(), 2000, |_| ()).await;
    let paged = Settings {
        page_items: 7,
        ..Settings::default()
    };
    let paged = super::RestBinding {
        settings: paged,
        ..cloud.binding.clone()
    };
    for query in [
        "$filter=property['set']='x'",
        "$filter=property['set']='x' and cpu<6",
        "$first=20&$last=110",
        "$expand=*",
        "$filter=name!='n003'&$expand=disks&$select=name,description,count",
        "$orderby=name:desc&$filter=property['set']='x'",
        "$orderby=cpu,name:desc&$first=9&$last=110",
    ] {
        let uri = format!("/cimi/machineConfigs?{query}")
            .replace(' ', "%20")
            .replace('<', "%3C");
        let got = cloud.get(&uri).await.is(200);
        assert_eq!(got.header("transfer-encoding"), Some("chunked"), "{query}");
        assert_eq!(got.header("content-length"), None);
        assert_eq!(got.header("content-type"), Some(JSON));
        assert_eq!(got.header("link"), None);
        let whole = got.json();
        let found = names(&whole);
        if !query.contains("first") {
            assert_eq!(whole["count"], found.len());
        }

        // The same in small pages.
        let mut all = Vec::new();
        let mut next = Some(uri.clone());
        while let Some(uri) = next {
            let page = ask(&paged, &uri).await;
            let link = page.headers().get("link");
            next = link.map(|link| {
                let link = link.to_str().unwrap().strip_prefix('<').unwrap();
                path(link.strip_suffix(">; rel=\"next\"").unwrap())
            });
            assert!(page.extensions().get::<Streamed>().is_none());
            let page: Value = serde_json::from_slice(page.body()).unwrap();
            assert_eq!(page["count"], whole["count"]);
            all.extend(page["machineConfigurations"].as_array().unwrap().clone());
        }
        assert_eq!(json!(all), whole["machineConfigurations"], "{query}");

        // In the other format, and without its body.
        let xml = cloud
            .call("GET", &uri, &[("accept", XML)], "")
            .await
            .is(200);
        assert_eq!(xml.header("content-type"), Some(XML));
        let text = xml.text();
        assert!(text.ends_with("</Collection>"), "{query}");
        assert_eq!(text.matches("<MachineConfiguration>").count(), found.len());
        let head = cloud.call("HEAD", &uri, &[], "").await.is(200);
        for name in [
            "etag",
            "content-type",
            "cache-control",
            "vary",
            "content-length",
        ] {
            assert_eq!(head.header(name), got.header(name), "{query}: {name}");
        }

        // What is expanded changes without the items: of a long one nothing can be said beforehand.
        let Some(tag) = got.header("etag") else {
            assert!(query.contains("expand"), "{query}");
            continue;
        };
        assert_ne!(xml.header("etag"), Some(tag));
        let known = [("if-none-match", tag)];
        let same = cloud.call("GET", &uri, &known, "").await.is(304);
        assert_eq!(same.header("etag"), Some(tag));
        assert_eq!(same.header("content-type"), None);
    }
}

#[tokio::test]
async fn the_tag_changes_with_what_is_shown() {
    let cloud = Cloud::new().await;
    let tag = async |uri: &str| {
        let got = cloud.get(uri).await.is(200);
        got.header("etag").unwrap().to_owned()
    };
    let uri = "/cimi/machineConfigs";
    let before = tag(uri).await;
    assert_eq!(tag(uri).await, before);
    // The same resources, shown otherwise.
    let mut seen = vec![before];
    for query in ["$select=name", "$first=2", "$filter=cpu%3E0", "$format=xml"] {
        seen.push(tag(&format!("{uri}?{query}")).await);
    }
    let made = cloud
        .send("POST", uri, &json!({ "name": "n" }))
        .await
        .is(201);
    seen.push(tag(uri).await);
    let made = path(made.header("location").unwrap());
    let renamed = format!("{made}?$select=name");
    cloud
        .send("PUT", &renamed, &json!({ "name": "m" }))
        .await
        .is(200);
    seen.push(tag(uri).await);
    cloud.call("DELETE", &made, &[], "").await.is(200);
    // What came and went is not there: it is as it was.
    assert_eq!(tag(uri).await, seen[0]);
    for (at, tag) in seen.iter().enumerate() {
        assert!(!seen[..at].contains(tag), "{seen:?}");
    }
}

/// An answer of the binding itself, whose rest waits until somebody takes it.
async fn ask(binding: &super::RestBinding, uri: &str) -> Response<Bytes> {
    let patience = Duration::from_secs(30);
    ask_with(binding, uri, patience).await
}

async fn ask_with(binding: &super::RestBinding, uri: &str, patience: Duration) -> Response<Bytes> {
    let mut request = Request::get(uri).body(Bytes::new()).unwrap();
    request.extensions_mut().insert(crate::Origin {
        scheme: "http",
        authority: "cloud.example".to_owned(),
        prefix: String::new(),
    });
    let principal = Arc::new(Principal {
        name: "someone".to_owned(),
        role: Role::Administrator,
        tenant: None,
        password: None,
    });
    binding
        .call(principal, request, Instant::now() + patience)
        .await
}

fn rest_of(response: &Response<Bytes>) -> mpsc::Receiver<Piece> {
    let streamed = response.extensions().get::<Streamed>().unwrap();
    assert!(streamed.is_document());
    streamed.take().unwrap()
}

/// The whole document.
async fn read(response: Response<Bytes>, mut rest: mpsc::Receiver<Piece>) -> Value {
    let mut text = response.into_body().to_vec();
    loop {
        match rest.recv().await.unwrap() {
            Piece::More(bytes) => text.extend_from_slice(&bytes),
            Piece::Last(bytes) => {
                text.extend_from_slice(&bytes);
                return serde_json::from_slice(&text).unwrap();
            }
        }
    }
}

#[tokio::test]
async fn all_of_an_answer_is_of_one_moment() {
    let cloud = with_many(Settings::default(), 2000, |_| ()).await;
    let uri = "/cimi/machineConfigs?$filter=property['set']='x'";
    let response = ask(&cloud.binding, uri).await;
    let rest = rest_of(&response);
    // While it waits to be read, everything changes.
    for item in cloud.json(uri).await["machineConfigurations"]
        .as_array()
        .unwrap()
    {
        let item = path(item["id"].as_str().unwrap());
        match item.len() % 2 {
            0 => cloud.call("DELETE", &item, &[], "").await.is(200),
            _ => {
                let part = format!("{item}?$select=name");
                cloud
                    .send("PUT", &part, &json!({ "name": "z" }))
                    .await
                    .is(200)
            }
        };
    }
    let whole = read(response, rest).await;
    let expected: Vec<_> = (0..ITEMS).map(|n| format!("n{n:03}")).collect();
    assert_eq!(names(&whole), expected);
    assert_eq!(whole["count"], ITEMS);
}

/// How many hold on to the provider, when the work of all answers is done.
async fn holders(cloud: &Cloud, expected: usize) {
    for _ in 0..1000 {
        if Arc::strong_count(&cloud.provider) == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{} hold on", Arc::strong_count(&cloud.provider));
}

#[tokio::test]
async fn who_goes_away_ends_the_work_and_who_is_slow_holds_on_to_nothing() {
    let cloud = with_many(Settings::default(), 3000, |_| ()).await;
    let idle = Arc::strong_count(&cloud.provider);
    let uri = "/cimi/machineConfigs";
    let response = ask(&cloud.binding, uri).await;
    let rest = rest_of(&response);
    assert!(Arc::strong_count(&cloud.provider) > idle);
    drop(rest);
    holders(&cloud, idle).await;

    let response = ask_with(&cloud.binding, uri, Duration::from_millis(500)).await;
    let rest = rest_of(&response);
    // Nobody reads, and yet the moment is given up.
    holders(&cloud, idle).await;
    let whole = read(response, rest).await;
    assert_eq!(whole["count"], names(&whole).len());
}

#[tokio::test]
async fn an_answer_is_a_request_in_progress_until_it_is_read() {
    let cloud = with_many(Settings::default(), 80_000, |config| {
        config.limits.requests_per_user = 1;
    })
    .await;
    // Eight megabytes do not fit between here and there.
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let address = cloud.running.http().unwrap();
    let mut reader: TcpStream = socket.connect(address).await.unwrap();
    let head = cloud.head("GET", "/cimi/machineConfigs", &[("connection", "close")]);
    reader
        .write_all(format!("{head}\r\n").as_bytes())
        .await
        .unwrap();
    let mut answer = vec![0; 64];
    reader.read_exact(&mut answer).await.unwrap();
    cloud.get("/cimi/machines").await.is(503);
    reader.read_to_end(&mut answer).await.unwrap();
    let whole: Value = serde_json::from_slice(parsed(&answer, false).body()).unwrap();
    assert_eq!(whole["count"], names(&whole).len());
    for _ in 0..100 {
        // The place is given back when the connection sees its end.
        if cloud.get("/cimi/machines").await.0.status() == 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the place is not given back");
}
