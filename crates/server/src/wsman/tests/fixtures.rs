//! The requests of real clients, answered as `tests/fixtures/wsman/*/answers.md` says.

use std::path::Path;

use super::service::{CIM, RUNNING, Service, content, count};

fn request(client: &str, name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/wsman")
        .join(client)
        .join(format!("{name}.xml"));
    std::fs::read_to_string(path)
        .unwrap()
        .replace("machines/web-1", RUNNING)
        .replace("machineTemplates/small", "machineTemplates/demo-web")
}

/// Sends a recorded request; every client needs its MessageID back, byte for byte.
async fn answer(service: &Service, text: &str) -> String {
    let id = content(text, "MessageID").unwrap();
    let answer = service.ok(text).await;
    assert!(
        answer.contains(&format!("<wsa:RelatesTo>{id}</wsa:RelatesTo>")),
        "{answer}"
    );
    answer
}

/// Pulls in the manner of a client until the end.
async fn pull_all(service: &Service, client: &str, first: &str, item: &str) -> usize {
    let mut answer_text = first.to_owned();
    let mut total = count(content(&answer_text, "Items").unwrap_or_default(), item);
    loop {
        let context = content(&answer_text, "EnumerationContext")
            .unwrap_or_default()
            .to_owned();
        if context.is_empty() {
            return total;
        }
        assert!(context.is_ascii() && context.trim() == context);
        answer_text = answer(
            service,
            &request(client, "pull").replace("CONTEXT", &context),
        )
        .await;
        let items = content(&answer_text, "Items").expect("Items, even if there are none");
        assert!(answer_text.contains("<wsen:Items>"));
        total += count(items, item);
    }
}

#[tokio::test]
async fn pypsrp() {
    let service = Service::start().await;
    let got = answer(&service, &request("pypsrp", "get")).await;
    assert!(got.contains(&format!("<p:CIMI_Machine xmlns:p=\"{CIM}CIMI_Machine\">")));
    let first = answer(&service, &request("pypsrp", "enumerate-optimised")).await;
    assert_eq!(count(content(&first, "Items").unwrap(), "CIMI_Machine"), 2);
    assert!(first.contains("<wsman:EndOfSequence>"), "both machines fit");
    let first = answer(&service, &request("pypsrp", "enumerate-epr")).await;
    assert_eq!(count(&first, "Items"), 0);
    assert_eq!(
        pull_all(&service, "pypsrp", &first, "EndpointReference").await,
        2
    );
    let put = answer(&service, &request("pypsrp", "put")).await;
    assert!(put.contains("<p:CIMI_Machine "));
    let created = answer(&service, &request("pypsrp", "create")).await;
    assert!(created.contains("<wxf:ResourceCreated xmlns:wxf=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\"><wsa:Address>"));
    let invoked = answer(&service, &request("pypsrp", "invoke-parameter")).await;
    assert!(invoked.contains(&format!("<p:Stop_OUTPUT xmlns:p=\"{CIM}CIMI_Machine\">")));
    service.await_state(RUNNING, "STOPPED").await;
    let deleted = answer(&service, &request("pypsrp", "delete")).await;
    assert!(deleted.contains("<s:Body></s:Body>"));
    let service = Service::start().await;
    let invoked = answer(&service, &request("pypsrp", "invoke")).await;
    assert!(content(&invoked, "ReturnValue").is_some());
}

#[tokio::test]
async fn pywinrm() {
    let service = Service::start().await;
    let got = answer(&service, &request("pywinrm", "get")).await;
    assert_eq!(content(&got, "InstanceID"), Some(RUNNING));
    let invoked = answer(&service, &request("pywinrm", "invoke")).await;
    assert!(content(&invoked, "ReturnValue").is_some());
}

#[tokio::test]
async fn dracclient() {
    let service = Service::start().await;
    for (name, expected) in [
        ("enumerate-optimised", 2),
        ("enumerate-cql", 2),
        ("enumerate-wql", 1),
    ] {
        let first = answer(&service, &request("dracclient", name)).await;
        assert!(first.contains("<wsman:Items>"), "{name}");
        assert_eq!(
            pull_all(&service, "dracclient", &first, "CIMI_Machine").await,
            expected,
            "{name}"
        );
    }
    // Two at a time, as wsman:MaxElements in a Pull says.
    let plain = request("dracclient", "enumerate-optimised").replace(
        "<wsman:OptimizeEnumeration/><wsman:MaxElements>2</wsman:MaxElements>",
        "",
    );
    let first = answer(&service, &plain).await;
    let context = content(&first, "EnumerationContext").unwrap().to_owned();
    let page = answer(
        &service,
        &request("dracclient", "pull").replace("CONTEXT", &context),
    )
    .await;
    assert_eq!(count(content(&page, "Items").unwrap(), "CIMI_Machine"), 2);
    let invoked = answer(&service, &request("dracclient", "invoke")).await;
    assert!(content(&invoked, "ReturnValue").is_some());
}

#[tokio::test]
async fn napalm_amt() {
    let service = Service::start().await;
    let got = answer(&service, &request("napalm-amt", "get")).await;
    assert!(got.contains("<p:CIMI_Machine "), "its real class");
    let first = answer(&service, &request("napalm-amt", "enumerate")).await;
    let context = content(&first, "EnumerationContext").unwrap().to_owned();
    assert!(!context.is_empty());
    let page = answer(
        &service,
        &request("napalm-amt", "pull").replace("CONTEXT", &context),
    )
    .await;
    assert!(page.contains("<wsen:PullResponse ") && page.contains("<wsen:EndOfSequence>"));
    assert!(count(content(&page, "Items").unwrap(), "InstanceID") > 10);
    let invoked = answer(&service, &request("napalm-amt", "invoke")).await;
    assert!(content(&invoked, "ReturnValue").is_some());
    // Its parser splits tags at blanks: an empty tag without one is lost on it.
    for text in [got, page, invoked] {
        let bad = text
            .match_indices("/>")
            .any(|(at, _)| !text[..at].ends_with(' '));
        assert!(!bad, "{text}");
    }
}
