//! What is refused: the status and the error body of each mistake, with a message that names the attribute and the
//! rule (DSP0263 4.2.2).

use http::Request;
use provider::Role;
use serde_json::json;

use super::{ACTION, Cloud, Got, JSON, XML, operations, path};
use crate::{Binding, Refusal};

#[tokio::test]
async fn a_reader_is_offered_nothing_and_may_do_nothing() {
    let mut cloud = Cloud::new().await;
    cloud.role = Role::Reader;
    let machines = cloud.json("/cimi/machines").await;
    assert_eq!(operations(&machines), Vec::<&str>::new());
    let machine = path(machines["machines"][0]["id"].as_str().unwrap());
    assert_eq!(operations(&cloud.json(&machine).await), Vec::<&str>::new());
    cloud
        .send("POST", "/cimi/machineConfigs", &json!({ "cpu": 1 }))
        .await
        .is(403);
    cloud.call("DELETE", &machine, &[], "").await.is(403);
    cloud
        .send("PUT", &machine, &json!({ "name": "x" }))
        .await
        .is(403);
    cloud
        .send(
            "POST",
            &machine,
            &json!({ "action": format!("{ACTION}stop") }),
        )
        .await
        .is(403);
}

#[tokio::test]
async fn wrong_requests_get_the_status_that_says_why() {
    let cloud = Cloud::new().await;
    let machine = "/cimi/machines/demo-frontend";
    for (method, uri, headers, body, status, message) in [
        ("GET", "/cimi/nothing", &[][..], "", 404, ""),
        ("GET", "/cimi/machines/none", &[], "", 404, "machines/none"),
        ("GET", "/cimi/machines/../x", &[], "", 404, ""),
        ("GET", "/cimi//machines", &[], "", 404, ""),
        ("GET", "/cimi/%FF", &[], "", 404, ""),
        ("PATCH", machine, &[], "", 405, "PATCH"),
        ("DELETE", "/cimi/machines", &[], "", 405, "DELETE"),
        (
            "GET",
            "/cimi/machines/demo-frontend/start",
            &[],
            "",
            405,
            "POST",
        ),
        (
            "POST",
            "/cimi/jobs",
            &[("content-type", JSON)],
            "{}",
            405,
            "",
        ),
        (
            "POST",
            "/cimi/machines/demo-frontend/fly",
            &[("content-type", JSON)],
            "{}",
            404,
            "",
        ),
        (
            "GET",
            machine,
            &[("cimi-specification-version", "2.0.0")],
            "",
            400,
            "1.1.0",
        ),
        ("POST", "/cimi/machines", &[], "{}", 415, "Content-Type"),
        (
            "POST",
            "/cimi/machines",
            &[("content-type", "text/plain")],
            "{}",
            415,
            "text/plain",
        ),
        (
            "POST",
            "/cimi/machines",
            &[("content-type", JSON)],
            "",
            400,
            "not JSON",
        ),
        (
            "POST",
            "/cimi/machines",
            &[("content-type", JSON)],
            "{\"name\":",
            400,
            "line 1",
        ),
        (
            "POST",
            "/cimi/machines",
            &[("content-type", JSON)],
            "{}",
            400,
            "MachineCreate needs a value for machineTemplate.",
        ),
        (
            "POST",
            "/cimi/machines",
            &[("content-type", JSON)],
            r#"{"resourceURI":"http://schemas.dmtf.org/cimi/1/Machine"}"#,
            400,
            "Machine needs a value for cpu, or use MachineCreate.",
        ),
        (
            "POST",
            "/cimi/machines",
            &[("content-type", JSON)],
            r#"{"machineTemplate":{"machineConfig":{"href":"machineConfigs/none"},"machineImage":{"href":"machineImages/none"}}}"#,
            400,
            "machineConfig: there is no MachineConfiguration machineConfigs/none",
        ),
        (
            "POST",
            "/cimi/machines",
            &[("content-type", JSON)],
            r#"{"resourceURI":"http://schemas.dmtf.org/cimi/1/Volume"}"#,
            400,
            "MachineCreate or Machine",
        ),
        (
            "POST",
            "/cimi/machines",
            &[("content-type", JSON)],
            r#"{"machineTemplate":{"href":"machineTemplates/none"}}"#,
            400,
            "machineTemplates/none",
        ),
        (
            "POST",
            "/cimi/machineConfigs",
            &[("content-type", JSON)],
            r#"{"cpu":"many"}"#,
            400,
            "attribute cpu",
        ),
        (
            "POST",
            "/cimi/machineConfigs",
            &[("content-type", JSON)],
            r#"{"rack":1}"#,
            400,
            "`rack`",
        ),
        (
            "POST",
            "/cimi/machines",
            &[("content-type", XML)],
            "<MachineCreate>",
            400,
            "not well-formed",
        ),
        (
            "POST",
            "/cimi/machines",
            &[("content-type", XML)],
            "<!DOCTYPE x><x/>",
            400,
            "not accepted",
        ),
        (
            "POST",
            machine,
            &[("content-type", JSON)],
            r#"{"action":"http://schemas.dmtf.org/cimi/1/action/fly"}"#,
            400,
            "action/start",
        ),
        (
            "POST",
            "/cimi/machines/demo-frontend/stop",
            &[("content-type", JSON)],
            r#"{"action":"http://schemas.dmtf.org/cimi/1/action/start"}"#,
            409,
            "Start of machines/demo-frontend is not possible in state STARTED",
        ),
        (
            "POST",
            machine,
            &[("content-type", JSON)],
            "{}",
            400,
            "`action` is missing",
        ),
        (
            "POST",
            "/cimi/cloudEntryPoint",
            &[("content-type", JSON)],
            "{}",
            405,
            "",
        ),
        (
            "PUT",
            machine,
            &[("content-type", JSON)],
            r#"{"state":5}"#,
            400,
            "attribute state",
        ),
    ] {
        let got = cloud.call(method, uri, headers, body).await;
        assert_eq!(
            got.0.status(),
            status,
            "{method} {uri} {body}: {}",
            got.text()
        );
        assert!(
            got.message().contains(message),
            "{method} {uri} {body}: {}",
            got.message()
        );
        assert_eq!(
            got.header("allow").is_some(),
            status == 405,
            "{method} {uri}"
        );
    }
    let got = cloud
        .call("GET", machine, &[("accept", "text/html")], "")
        .await
        .is(406);
    assert!(got.message().contains(XML));
    let got = cloud
        .call("GET", "/cimi/machines/none", &[("accept", XML)], "")
        .await
        .is(404);
    assert!(got.text().starts_with("<Job "), "{}", got.text());
    cloud.get(machine).await.is(200);
    cloud.provider.shutdown().await;
}

#[tokio::test]
async fn the_edge_refuses_in_the_words_of_cimi() {
    let cloud = Cloud::new().await;
    let (parts, ()) = Request::get("/cimi/machines")
        .header("accept", XML)
        .body(())
        .unwrap()
        .into_parts();
    let got = Got(cloud.binding.refuse(&parts, Refusal::BodyTooLarge(10)));
    assert_eq!(got.0.status(), 413);
    assert!(got.text().contains("larger than 10 bytes") && got.text().starts_with("<Job "));
    let got = Got(cloud.binding.refuse(&parts, Refusal::Busy));
    assert_eq!(
        (got.0.status().as_u16(), got.header("retry-after")),
        (503, Some("1"))
    );
}

/// Nothing that a client may type into a URI is refused without a word.
#[tokio::test]
async fn targets_are_taken_as_clients_write_them() {
    let cloud = Cloud::new().await;
    for query in [
        "$filter=cpu>0&$orderby=name",
        "$filter=cpu%3E0&$orderby=name",
        "$filter=100>cpu%20and%200<cpu&$orderby=name",
        "$filter=name!=\"x\"&$orderby=name",
    ] {
        let got = cloud.json(&format!("/cimi/machines?{query}")).await;
        assert_eq!(got["count"], 2, "{query}: {got}");
    }
    for length in [20_000, 30_000, 100_000, 1_000_000] {
        let uri = format!("/cimi/machines?$filter={}", "x".repeat(length));
        let got = cloud.call("GET", &uri, &[], "").await.is(414);
        assert!(got.message().contains("longer than"), "{}", got.message());
        let got = cloud
            .call("GET", &uri, &[("accept", XML)], "")
            .await
            .is(414);
        assert!(got.text().starts_with("<Job "), "{}", got.text());
    }
}

/// Errors speak of what the client wrote, and not of what it is called in flight.
#[tokio::test]
async fn errors_are_in_the_words_of_the_client() {
    let cloud = Cloud::new().await;
    for (uri, expected) in [
        ("/cimi/machines/none", "There is no Machine machines/none."),
        ("/cimi/nothing", "There is no resource nothing."),
    ] {
        let got = cloud.get(uri).await.is(404);
        assert_eq!(got.message(), expected);
    }
    let elsewhere = "http://elsewhere.example/cimi/machineTemplates/1";
    let create = json!({ "machineTemplate": { "href": elsewhere } });
    let got = cloud.send("POST", "/cimi/machines", &create).await.is(400);
    let expected = format!("machineTemplate: there is no MachineTemplate {elsewhere}.");
    assert_eq!(got.message(), expected);
}
