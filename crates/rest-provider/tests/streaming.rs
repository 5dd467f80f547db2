//! A large cloud is read part by part: the first answer needs one part, and no part is large.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod common;

use cim_query::Query;
use common::administrator;
use common::fake::{Fake, json, plain};
use provider::{PageRequest, Provider as _};
use rest_provider::RestProvider;
use upstream::{CloudConfig, CloudKind};

const MACHINES: u64 = 10_000;

/// The number behind a name in a query.
fn number(target: &str, name: &str) -> Option<u64> {
    let (_, rest) = target.split_once(name)?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[tokio::test]
async fn ten_thousand_machines_in_parts() {
    let fake = Fake::start(|base, asked| match asked.path() {
        "/cimi" => json(format!(
            r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/CloudEntryPoint","baseURI":"{base}/",
            "machines":{{"href":"{base}/machines"}}}}"#
        )),
        "/machines" => {
            let first = number(&asked.target, "$first=").unwrap();
            let last = number(&asked.target, "$last=").unwrap().min(MACHINES);
            let items: Vec<String> = (first..=last)
                .map(|n| format!(r#"{{"id":"{base}/machines/{n}","name":"m{n}"}}"#))
                .collect();
            json(format!(
                r#"{{"resourceURI":"http://schemas.dmtf.org/cimi/1/MachineCollection","count":{MACHINES},
                "machines":[{}]}}"#,
                items.join(",")
            ))
        }
        _ => plain(404, "no"),
    })
    .await;
    let config = CloudConfig::new(
        "large",
        CloudKind::Rest,
        Some(format!("{}/cimi", fake.base)),
    );
    let cloud = RestProvider::new(&config, cimi_model::schema()).unwrap();
    let class = cloud.schema().class("CIMI_Machine").unwrap();
    let mut seen = 0;
    let mut after = None;
    loop {
        let request = PageRequest {
            after: after.as_ref(),
            skip: 0,
            max_items: 600,
            max_examined: usize::MAX,
            count: false,
        };
        let page = cloud
            .query(&administrator(), &Query::all(class), request)
            .await
            .unwrap();
        for item in &page.items {
            seen += 1;
            let name = format!("m{seen}");
            assert_eq!(
                item.resource.instance.text("ElementName"),
                Some(name.as_str())
            );
        }
        let parts = fake.asked("GET", "/machines").len();
        if after.is_none() {
            assert_eq!(parts, 1, "the first answer needs the first part only");
        }
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, MACHINES);
    for asked in fake.asked("GET", "/machines") {
        let first = number(&asked.target, "$first=").unwrap();
        let last = number(&asked.target, "$last=").unwrap();
        assert!(last - first < 1100, "{}", asked.target);
    }
    // Ordinals go to the cloud as they are.
    let request = PageRequest {
        after: None,
        skip: 5_000,
        max_items: 2,
        max_examined: usize::MAX,
        count: true,
    };
    let page = cloud
        .query(&administrator(), &Query::all(class), request)
        .await
        .unwrap();
    assert_eq!(page.count, Some(MACHINES));
    let name = page.items[0].resource.instance.text("ElementName");
    assert_eq!(name, Some("m5001"));
}
