//! Methods, media types and versions: what HTTP itself asks of every URI.

use serde_json::json;

use super::{Cloud, JSON, XML};

#[tokio::test]
async fn options_say_what_a_uri_has() {
    let cloud = Cloud::new().await;
    for (uri, allow) in [
        ("/cimi/", "GET, HEAD, OPTIONS"),
        ("/cimi/cloudEntryPoint", "GET, HEAD, PUT, OPTIONS"),
        ("/cimi/machines", "GET, HEAD, POST, OPTIONS"),
        ("/cimi/jobs", "GET, HEAD, OPTIONS"),
        (
            "/cimi/machines/demo-frontend",
            "GET, HEAD, PUT, DELETE, POST, OPTIONS",
        ),
        (
            "/cimi/machines/demo-frontend/disks",
            "GET, HEAD, POST, OPTIONS",
        ),
        ("/cimi/machines/demo-frontend/start", "POST, OPTIONS"),
        (
            "/cimi/machineConfigs/demo-small",
            "GET, HEAD, PUT, DELETE, OPTIONS",
        ),
    ] {
        let got = cloud.call("OPTIONS", uri, &[], "").await.is(204);
        assert_eq!(got.header("allow"), Some(allow), "{uri}");
        assert!(got.text().is_empty());
        // Every method that is not among them is refused with the same list.
        let got = cloud.call("PATCH", uri, &[], "").await.is(405);
        assert_eq!(got.header("allow"), Some(allow), "{uri}");
    }
    for uri in [
        "/cimi/nothing",
        "/cimi/machines/none",
        "/cimi/machines/none/disks",
        "/cimi/machines/none/start",
    ] {
        cloud.call("OPTIONS", uri, &[], "").await.is(404);
    }
}

#[tokio::test]
async fn what_is_no_method_is_not_implemented() {
    let cloud = Cloud::new().await;
    let got = cloud.call("FROB", "/cimi/machines", &[], "").await.is(501);
    assert!(
        got.message().contains("FROB is no method of CIMI"),
        "{}",
        got.message()
    );
}

#[tokio::test]
async fn uris_have_a_bound() {
    let cloud = Cloud::new().await;
    let uri = format!("/cimi/machines?$filter=name='{}'", "a".repeat(20_000));
    let got = cloud.get(&uri).await.is(414);
    assert!(got.message().contains("16384"), "{}", got.message());
    let terms = vec!["cpu=1"; 300].join("%20or%20");
    let got = cloud
        .get(&format!("/cimi/machines?$filter={terms}"))
        .await
        .is(400);
    assert!(
        got.message().contains("256 comparisons"),
        "{}",
        got.message()
    );
    let deep = format!("{}cpu=1{}", "(".repeat(100), ")".repeat(100));
    let got = cloud
        .get(&format!("/cimi/machines?$filter={deep}"))
        .await
        .is(400);
    assert!(
        got.message().contains("nested more than 32 times"),
        "{}",
        got.message()
    );
}

#[tokio::test]
async fn headers_may_stand_in_several_lines() {
    let cloud = Cloud::new().await;
    let uri = "/cimi/machines/demo-frontend";
    let version = "cimi-specification-version";
    let got = cloud
        .call("GET", uri, &[(version, "2.0"), (version, "1.0.0, 1.1")], "")
        .await
        .is(200);
    assert_eq!(got.header(version), Some("1.0.0"));
    let got = cloud
        .call("GET", uri, &[(version, "2.0"), (version, "3")], "")
        .await
        .is(400);
    assert!(
        got.message().contains("1.1.0, 1.0.1, 1.0.0"),
        "{}",
        got.message()
    );
    let got = cloud
        .call("GET", uri, &[("accept", "text/html"), ("accept", XML)], "")
        .await
        .is(200);
    assert_eq!(got.header("content-type"), Some(XML));
}

#[tokio::test]
async fn request_and_answer_may_have_different_formats() {
    let cloud = Cloud::new().await;
    let body = "<MachineConfiguration><cpu> 2 </cpu><memory>1024</memory></MachineConfiguration>";
    let headers = [
        ("content-type", "text/xml; charset=utf-8"),
        ("accept", JSON),
    ];
    let made = cloud
        .call("POST", "/cimi/machineConfigs", &headers, body)
        .await
        .is(201);
    assert_eq!(made.json()["cpu"], 2);
    let coded = [("content-type", JSON), ("content-encoding", "gzip")];
    let got = cloud
        .call("POST", "/cimi/machineConfigs", &coded, "x")
        .await
        .is(415);
    assert!(
        got.message().contains("Content-Encoding"),
        "{}",
        got.message()
    );
}

/// Three spellings of one address are one resource (DSP0263 5.5.10).
#[tokio::test]
async fn uris_in_bodies_are_absolute_or_relative() {
    let cloud = Cloud::new().await;
    for href in [
        "http://cloud.example/cimi/machineConfigs/demo-small",
        "/cimi/machineConfigs/demo-small",
        "machineConfigs/demo-small",
    ] {
        let body = json!({ "name": "t", "machineConfig": { "href": href },
                           "machineImage": { "href": "machineImages/demo-debian" } });
        let made = cloud
            .send("POST", "/cimi/machineTemplates", &body)
            .await
            .is(201);
        assert_eq!(
            made.json()["machineConfig"]["href"],
            "http://cloud.example/cimi/machineConfigs/demo-small"
        );
    }
}
