//! Trouble between bridge and cloud, and clouds that lie: no hang, nothing lost or done twice, the right error,
//! and no login for anybody else.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod common;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use cim_core::{CimError, ErrorKind, Instance, ObjectPath};
use cim_query::Query;
use common::administrator;
use common::fake::{Asked, Fake, Says, json, plain};
use provider::{OperationContext, PageRequest, Provider as _};
use rest_provider::RestProvider;
use upstream::{CloudConfig, CloudKind};

fn provider(fake: &Fake, change: impl FnOnce(&mut CloudConfig)) -> RestProvider {
    let url = format!("{}/cimi/cloudEntryPoint", fake.base);
    let mut config = CloudConfig::new("troubled", CloudKind::Rest, Some(url));
    change(&mut config);
    RestProvider::new(&config, cimi_model::schema()).unwrap()
}

fn machine() -> ObjectPath {
    ObjectPath::new("CIMI_Machine", "InstanceID", "machines/1")
}

fn entry(base: &str) -> Says {
    json(format!(
        r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/CloudEntryPoint","baseURI":"{base}/cimi/",
        "machines":{{"href":"{base}/cimi/machines"}}}}"#
    ))
}

fn good(base: &str) -> Says {
    json(format!(
        r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/Machine","id":"{base}/cimi/machines/1","cpu":1}}"#
    ))
}

/// A cloud whose entry point is well, and the rest is not.
async fn troubled(says: impl Fn(&str, &Asked) -> Says + Send + Sync + 'static) -> Fake {
    Fake::start(move |base, asked| match asked.path() {
        "/cimi/cloudEntryPoint" => entry(base),
        _ => says(base, asked),
    })
    .await
}

async fn list(cloud: &RestProvider, context: &OperationContext) -> Result<usize, CimError> {
    let class = cloud.schema().class("CIMI_Machine").unwrap();
    let mut found = 0;
    let mut after = None;
    loop {
        let request = PageRequest {
            after: after.as_ref(),
            skip: 0,
            max_items: 100,
            max_examined: 1000,
            count: false,
        };
        let page = cloud.query(context, &Query::all(class), request).await?;
        found += page.items.len();
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(found),
        }
    }
}

fn named(error: &CimError, kind: ErrorKind) {
    assert_eq!(error.kind(), kind, "{error}");
    assert!(error.message().contains("The cloud `troubled`"), "{error}");
}

#[tokio::test]
async fn reads_survive_what_passes() {
    let tries = AtomicU32::new(0);
    let fake = troubled(move |base, _| match tries.fetch_add(1, Ordering::Relaxed) {
        0 => Says::Raw(Vec::new()),
        1 => Says::Raw(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"id\"".to_vec()),
        _ => good(base),
    })
    .await;
    let cloud = provider(&fake, |_| {});
    cloud.get(&administrator(), &machine()).await.unwrap();
    assert_eq!(fake.asked("GET", "/cimi/machines/1").len(), 3);
}

#[tokio::test]
async fn storms_of_500_end() {
    let fake = troubled(|_, _| plain(500, "Internal error")).await;
    let cloud = provider(&fake, |_| {});
    let error = cloud.get(&administrator(), &machine()).await.unwrap_err();
    named(&error, ErrorKind::BackEnd);
    assert_eq!(fake.asked("GET", "/cimi/machines/1").len(), 3);
}

#[tokio::test]
async fn garbage_is_an_error_of_the_cloud() {
    for (content_type, body) in [
        ("application/json", "{\"id\":"),
        ("application/json", "[]"),
        (
            "application/json",
            r#"{"resourceURI":"http://schemas.dmtf.org/cimi/1/Spaceship","id":"machines/1"}"#,
        ),
        (
            "application/json",
            r#"{"resourceURI":"http://schemas.dmtf.org/cimi/1/Machine","id":"machines/1","operations":7}"#,
        ),
        ("application/xml", "<Machine"),
        ("text/html", "<html>Welcome</html>"),
        ("image/png", "x"),
    ] {
        let fake = troubled(move |_, _| {
            Says::Answer(
                200,
                vec![("Content-Type".into(), content_type.into())],
                body.into(),
            )
        })
        .await;
        let cloud = provider(&fake, |_| {});
        let error = cloud.get(&administrator(), &machine()).await.unwrap_err();
        named(&error, ErrorKind::BackEnd);
        let error = list(&cloud, &administrator()).await.unwrap_err();
        named(&error, ErrorKind::BackEnd);
    }
    let fake = troubled(|_, _| Says::Raw(b"\x00\x01 no http at all \r\n\r\n".to_vec())).await;
    let cloud = provider(&fake, |_| {});
    let error = cloud.get(&administrator(), &machine()).await.unwrap_err();
    named(&error, ErrorKind::BackEnd);
}

/// Whatever happens to a change, it is sent once, and nobody claims to know what became of it.
#[tokio::test]
async fn changes_are_sent_once() {
    type Trouble = fn() -> Says;
    let troubles: [(Trouble, ErrorKind); 5] = [
        (|| Says::Raw(Vec::new()), ErrorKind::OutcomeUnknown),
        (
            || Says::Raw(b"HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{".to_vec()),
            ErrorKind::OutcomeUnknown,
        ),
        (
            || Says::Nothing(Duration::from_secs(20)),
            ErrorKind::OutcomeUnknown,
        ),
        (|| plain(502, "bad gateway"), ErrorKind::OutcomeUnknown),
        (|| plain(503, "later"), ErrorKind::Unavailable),
    ];
    for (trouble, kind) in troubles {
        let fake = troubled(move |base, asked| match asked.method.as_str() {
            "GET" => json(format!(
                r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/MachineCollection","count":0,
                "operations":[{{"rel":"add","href":"{base}/cimi/machines"}}]}}"#
            )),
            _ => trouble(),
        })
        .await;
        let cloud = provider(&fake, |config| config.request_seconds = 1);
        let class = cloud.schema().class("CIMI_Machine").unwrap();
        let new = Instance::new(class).with("Cpu", 1_u64);
        let error = cloud.create(&administrator(), new, None).await.unwrap_err();
        named(&error, kind);
        assert_eq!(fake.asked("POST", "/cimi/machines").len(), 1);
        let error = cloud
            .delete(&administrator(), &machine(), None)
            .await
            .unwrap_err();
        named(&error, kind);
        assert_eq!(fake.asked("DELETE", "/cimi/machines/1").len(), 1);
    }
}

#[tokio::test]
async fn nobody_waits_longer_than_he_wants() {
    let fake = troubled(|_, _| Says::Nothing(Duration::from_secs(60))).await;
    let cloud = provider(&fake, |_| {});
    let mut context = administrator();
    let start = Instant::now();
    context.deadline = Some(start + Duration::from_millis(1500));
    let error = cloud.get(&context, &machine()).await.unwrap_err();
    named(&error, ErrorKind::TimedOut);
    assert!(Instant::now() < start + Duration::from_secs(30));
}

#[tokio::test]
async fn an_answer_has_a_bound() {
    let fake = troubled(|_, _| json(format!("{{\"id\":\"{}\"}}", "x".repeat(100_000)))).await;
    let cloud = provider(&fake, |config| config.answer_bytes = 50_000);
    let error = cloud.get(&administrator(), &machine()).await.unwrap_err();
    named(&error, ErrorKind::BackEnd);
    assert!(error.message().contains("50000 bytes"), "{error}");
}

/// Somebody else's resource for one's own is refused.
#[tokio::test]
async fn another_resource_is_not_taken() {
    let fake = troubled(|base, _| {
        json(format!(
            r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/Machine","id":"{base}/cimi/machines/theirs"}}"#
        ))
    })
    .await;
    let cloud = provider(&fake, |_| {});
    let error = cloud.get(&administrator(), &machine()).await.unwrap_err();
    named(&error, ErrorKind::BackEnd);
    assert!(error.message().contains("machines/theirs"), "{error}");
}

fn page(base: &str, first: u64, next: &str) -> Says {
    let items: Vec<String> = (first..first + 2)
        .map(|n| format!(r#"{{"id":"{base}/cimi/machines/{n}","cpu":1}}"#))
        .collect();
    Says::Answer(
        200,
        vec![
            ("Content-Type".into(), "application/json".into()),
            ("Link".into(), format!("<{next}>; rel=\"next\"")),
        ],
        format!(
            r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/MachineCollection","count":4,"machines":[{}]}}"#,
            items.join(",")
        ),
    )
}

/// Answers that HTTP knows and nobody has asked for.
#[tokio::test]
async fn what_was_not_asked_for_is_named() {
    for (status, name, value, said) in [
        (200, "Content-Encoding", "gzip", "encoded as `gzip`"),
        (
            206,
            "Content-Range",
            "bytes 0-9/100",
            "a part of what was asked for",
        ),
        (
            302,
            "Location",
            "/elsewhere",
            "redirections are not followed",
        ),
        (204, "X-Empty", "yes", "not JSON"),
    ] {
        let fake = troubled(move |base, _| match good(base) {
            Says::Answer(_, mut headers, body) => {
                headers.push((name.into(), value.into()));
                let body = if status == 204 { String::new() } else { body };
                Says::Answer(status, headers, body)
            }
            other => other,
        })
        .await;
        let cloud = provider(&fake, |_| {});
        let error = cloud.get(&administrator(), &machine()).await.unwrap_err();
        named(&error, ErrorKind::BackEnd);
        assert!(error.message().contains(said), "{error}");
        let asked = fake.asked("GET", "/cimi/machines/1");
        assert_eq!(asked[0].header("accept-encoding"), Some("identity"));
    }
}

#[tokio::test]
async fn collections_end() {
    // To itself, in a circle, and ever further.
    let itself = troubled(|base, asked| page(base, 0, &format!("{base}{}", asked.path()))).await;
    let circle = troubled(|base, asked| {
        let to = if asked.path().ends_with("/a") {
            "b"
        } else {
            "a"
        };
        page(base, 0, &format!("{base}/cimi/machines/{to}"))
    })
    .await;
    let further = AtomicU32::new(0);
    let further = troubled(move |base, _| {
        let n = u64::from(further.fetch_add(1, Ordering::Relaxed));
        page(base, n * 2, &format!("{base}/cimi/machines/p{n}"))
    })
    .await;
    for fake in [itself, circle, further] {
        let cloud = provider(&fake, |config| config.scan = 50);
        let error = list(&cloud, &administrator()).await.unwrap_err();
        named(&error, ErrorKind::BackEnd);
        assert!(error.message().contains("without end"), "{error}");
    }
}

/// Links to another host are never followed, and nobody there is shown the login.
#[tokio::test]
async fn no_link_leads_to_another_host() {
    let evil = Fake::start(|base, _| good(base)).await;
    let to = evil.base.clone();
    let fake = Fake::start(move |base, asked| match asked.path() {
        "/cimi/cloudEntryPoint" => json(format!(
            r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/CloudEntryPoint","baseURI":"{base}/cimi/",
            "machines":{{"href":"{base}/cimi/machines"}},"volumes":{{"href":"{to}/volumes"}}}}"#
        )),
        "/cimi/machines" => page(base, 0, &format!("{to}/cimi/machines")),
        _ => json(format!(
            r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/Machine","id":"{base}/cimi/machines/1",
            "disks":{{"href":"{to}/disks"}},"operations":[{{"rel":"stop","href":"{to}/stop"}}]}}"#
        )),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "hush").unwrap();
    let cloud = provider(&fake, |config| {
        config.user = Some("bridge".into());
        config.password_file = Some(secret);
    });
    let context = administrator();
    list(&cloud, &context).await.unwrap_err();
    let schema = cloud.schema();
    let request = || PageRequest {
        after: None,
        skip: 0,
        max_items: 10,
        max_examined: 10,
        count: false,
    };
    for class in ["CIMI_Volume", "CIMI_Disk"] {
        let query = Query::all(schema.class(class).unwrap());
        cloud.query(&context, &query, request()).await.unwrap_err();
    }
    let stop = schema
        .class("CIMI_Machine")
        .unwrap()
        .method("Stop")
        .unwrap();
    let error = cloud
        .invoke(&context, &machine(), stop, Vec::new())
        .await
        .unwrap_err();
    named(&error, ErrorKind::BackEnd);
    assert!(evil.all().is_empty(), "{:?}", evil.all());
}

/// A cloud that is down costs its callers nothing after a while, and comes back by itself.
#[tokio::test]
async fn a_dead_cloud_is_left_alone_and_comes_back() {
    let well = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let is_well = std::sync::Arc::clone(&well);
    let fake = troubled(move |base, _| {
        if is_well.load(Ordering::Relaxed) {
            good(base)
        } else {
            Says::Raw(Vec::new())
        }
    })
    .await;
    let cloud = provider(&fake, |config| {
        config.failures = 3;
        config.tries = 1;
    });
    let context = administrator();
    for _ in 0..3 {
        cloud.get(&context, &machine()).await.unwrap_err();
    }
    let asked = fake.all().len();
    let error = cloud.get(&context, &machine()).await.unwrap_err();
    named(&error, ErrorKind::Unavailable);
    assert!(error.retry_after_seconds().is_some());
    assert_eq!(fake.all().len(), asked, "it is not asked");
    well.store(true, Ordering::Relaxed);
    let until = Instant::now() + Duration::from_secs(30);
    while cloud.get(&context, &machine()).await.is_err() {
        assert!(Instant::now() < until);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What is here already is asked for with its tag, and comes again only if it is another.
#[tokio::test]
async fn what_has_not_changed_does_not_come_again() {
    let version = std::sync::Arc::new(AtomicU32::new(1));
    let now = std::sync::Arc::clone(&version);
    let fake = troubled(move |base, asked| {
        let tag = format!("\"{}\"", now.load(Ordering::Relaxed));
        if asked.header("if-none-match") == Some(tag.as_str()) {
            return Says::Answer(304, vec![("ETag".into(), tag)], String::new());
        }
        let Says::Answer(status, mut headers, body) = good(base) else {
            unreachable!()
        };
        headers.push(("ETag".into(), tag.clone()));
        let body = body.replace("\"cpu\":1", &format!("\"cpu\":{}", tag.trim_matches('"')));
        Says::Answer(status, headers, body)
    })
    .await;
    let cloud = provider(&fake, |_| {});
    let context = administrator();
    let cpu = async || {
        let found = cloud.get(&context, &machine()).await.unwrap();
        found.instance.value("Cpu").as_u64()
    };
    assert_eq!((cpu().await, cpu().await), (Some(1), Some(1)));
    assert!(cloud.read_lately(&context, &machine()).is_some());
    version.store(2, Ordering::Relaxed);
    assert_eq!((cpu().await, cpu().await), (Some(2), Some(2)));
    let asked = fake.asked("GET", "/cimi/machines/1");
    let tags: Vec<_> = asked.iter().map(|a| a.header("if-none-match")).collect();
    assert_eq!(tags, [None, Some("\"1\""), Some("\"1\""), Some("\"2\"")]);
    // Another caller is told nothing of it without being asked who that is.
    let other = common::context(provider::Role::Reader, Some("red"));
    assert!(cloud.read_lately(&other, &machine()).is_none());
    cloud.get(&other, &machine()).await.unwrap();
    let asked = fake.asked("GET", "/cimi/machines/1");
    assert_eq!(asked.last().unwrap().header("if-none-match"), None);
}

/// Only what is wanted is asked for, where the cloud understands that; and whoever takes it for something else is
/// asked for all.
#[tokio::test]
async fn some_attributes_are_enough() {
    for understands in [true, false] {
        let fake = troubled(move |base, asked| {
            let selects = asked.target.contains("$select=");
            let item = if selects {
                format!(r#"{{"id":"{base}/cimi/machines/1","name":"m"}}"#)
            } else {
                format!(r#"{{"id":"{base}/cimi/machines/1","name":"m","cpu":1}}"#)
            };
            let items = match selects && !understands {
                true => String::new(),
                false => format!(r#","machines":[{item}]"#),
            };
            json(format!(
                r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/MachineCollection","count":1{items}}}"#
            ))
        })
        .await;
        let cloud = provider(&fake, |_| {});
        let mut query = Query::all(cloud.schema().class("CIMI_Machine").unwrap());
        query.projection = Some(vec!["ElementName".into()]);
        for _ in 0..2 {
            let request = PageRequest {
                after: None,
                skip: 0,
                max_items: 10,
                max_examined: 10,
                count: false,
            };
            let page = cloud
                .query(&administrator(), &query, request)
                .await
                .unwrap();
            let found = &page.items[0].resource.instance;
            assert_eq!(found.text("ElementName"), Some("m"));
        }
        let asked = fake.asked("GET", "/cimi/machines");
        let selecting = asked
            .iter()
            .filter(|a| a.target.contains("$select=count,id,name"));
        let (selecting, all) = (selecting.count(), asked.len());
        assert_eq!((selecting, all), if understands { (2, 2) } else { (1, 3) });
    }
}

/// A page of somebody in between, half a document, or another resource is no answer to a change.
#[tokio::test]
async fn nobody_claims_a_change_that_the_answer_says_nothing_of() {
    for (content_type, body) in [
        (
            "text/html",
            "<html>Sign in to this network</html>".to_owned(),
        ),
        ("application/json", "{\"id\":".to_owned()),
        ("application/xml", "<Machine><id>".to_owned()),
        (
            "application/json",
            r#"{"resourceURI":"http://schemas.dmtf.org/cimi/1/Machine","id":"machines/theirs"}"#
                .to_owned(),
        ),
    ] {
        let fake = troubled(move |base, asked| match asked.method.as_str() {
            "GET" => good(base),
            _ => Says::Answer(
                200,
                vec![("Content-Type".into(), content_type.into())],
                body.clone(),
            ),
        })
        .await;
        let cloud = provider(&fake, |_| {});
        let class = cloud.schema().class("CIMI_Machine").unwrap();
        let change = vec![provider::Change {
            property: class.property("ElementName").unwrap().1,
            value: "x".into(),
        }];
        let error = cloud
            .modify(&administrator(), &machine(), change, None)
            .await
            .unwrap_err();
        named(&error, ErrorKind::OutcomeUnknown);
        assert_eq!(fake.asked("PUT", "/cimi/machines/1").len(), 1);
    }
}
