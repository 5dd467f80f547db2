//! Entity tags and preconditions.

use serde_json::json;

use super::{Cloud, JSON, XML, path};

#[tokio::test]
async fn reads_are_conditional() {
    let cloud = Cloud::new().await;
    for uri in [
        "/cimi/machines/demo-frontend",
        "/cimi/machines/demo-frontend?$expand=disks",
        "/cimi/machines/demo-frontend/disks",
        "/cimi/machines",
        "/cimi/cloudEntryPoint",
    ] {
        for accept in [JSON, XML] {
            let got = cloud
                .call("GET", uri, &[("accept", accept)], "")
                .await
                .is(200);
            let tag = got.header("etag").unwrap().to_owned();
            let opaque = tag.strip_prefix("W/").unwrap_or(&tag);
            for known in [
                tag.clone(),
                format!("W/{opaque}"),
                format!("\"other\", {tag}"),
                "*".to_owned(),
            ] {
                let headers = [("accept", accept), ("if-none-match", known.as_str())];
                let again = cloud.call("GET", uri, &headers, "").await.is(304);
                assert_eq!(again.header("etag"), Some(tag.as_str()), "{uri}");
                assert!(again.text().is_empty());
                assert_eq!(again.header("content-type"), None);
            }
            let headers = [("accept", accept), ("if-none-match", "\"other\"")];
            cloud.call("GET", uri, &headers, "").await.is(200);
        }
        // One format is not known because the other is.
        let json = cloud.get(uri).await.is(200);
        let tag = json.header("etag").unwrap();
        let headers = [("accept", XML), ("if-none-match", tag)];
        cloud.call("GET", uri, &headers, "").await.is(200);
    }
    let wrong = [("if-match", "\"other\"")];
    cloud
        .call("GET", "/cimi/machines/demo-frontend", &wrong, "")
        .await
        .is(412);
    let broken = [("if-none-match", "\"other")];
    let got = cloud
        .call("GET", "/cimi/machines/demo-frontend", &broken, "")
        .await
        .is(400);
    assert!(got.message().contains("if-none-match"), "{}", got.message());
}

#[tokio::test]
async fn a_collection_has_another_tag_when_an_item_changes() {
    let cloud = Cloud::new().await;
    let before = cloud.get("/cimi/machines").await;
    let before = before.header("etag").unwrap();
    assert!(before.starts_with("W/"), "{before}");
    cloud
        .send(
            "PUT",
            "/cimi/machines/demo-backend?$select=name",
            &json!({ "name": "other" }),
        )
        .await
        .is(200);
    let known = [("if-none-match", before)];
    let after = cloud
        .call("GET", "/cimi/machines", &known, "")
        .await
        .is(200);
    assert_ne!(after.header("etag"), Some(before));
}

#[tokio::test]
async fn writes_are_conditional_in_both_ways() {
    let cloud = Cloud::new().await;
    let made = cloud
        .send(
            "POST",
            "/cimi/machineConfigs",
            &json!({ "cpu": 1, "memory": 1024 }),
        )
        .await
        .is(201);
    let uri = path(made.header("location").unwrap());
    let tag = made.header("etag").unwrap().to_owned();
    let weak = format!("W/{tag}");
    let several = format!("\"x\", {tag}");
    let put = |conditions: Vec<(&'static str, String)>| {
        let (cloud, uri) = (&cloud, format!("{uri}?$select=cpu"));
        async move {
            let mut headers = vec![("content-type", JSON)];
            headers.extend(
                conditions
                    .iter()
                    .map(|(name, value)| (*name, value.as_str())),
            );
            cloud.call("PUT", &uri, &headers, r#"{"cpu": 1}"#).await
        }
    };
    // A weak tag cannot promise that nothing is lost (RFC 9110 13.1.1).
    put(vec![("if-match", weak)]).await.is(412);
    let got = put(vec![("if-none-match", "*".into())]).await.is(412);
    assert!(got.message().contains("there is one"), "{}", got.message());
    put(vec![("if-none-match", tag.clone())]).await.is(412);
    // They contradict each other; nothing can be done under both.
    put(vec![
        ("if-match", tag.clone()),
        ("if-none-match", tag.clone()),
    ])
    .await
    .is(412);
    put(vec![
        ("if-match", "*".into()),
        ("if-none-match", "*".into()),
    ])
    .await
    .is(412);
    put(vec![("if-match", "\"x".into())]).await.is(400);
    // Tags in several lines are one list, and the format does not matter to a write.
    put(vec![
        ("if-match", "\"x\"".into()),
        ("if-match", tag.replace("-json", "-xml")),
    ])
    .await
    .is(200);
    put(vec![("if-match", several)]).await.is(412);
    put(vec![("if-none-match", "\"x\"".into())]).await.is(200);
    let known = [("if-none-match", "*")];
    cloud.call("DELETE", &uri, &known, "").await.is(412);
    let present = cloud.get(&uri).await.header("etag").unwrap().to_owned();
    cloud
        .call("DELETE", &uri, &[("if-match", &present)], "")
        .await
        .is(200);
    // What is not there is not there under any condition.
    cloud
        .call("DELETE", &uri, &[("if-match", &present)], "")
        .await
        .is(404);
}

#[tokio::test]
async fn additions_and_actions_heed_preconditions() {
    let cloud = Cloud::new().await;
    let config = r#"{"cpu": 1, "memory": 1024}"#;
    for (name, value, status) in [
        ("if-none-match", "*", 412),
        ("if-match", "W/\"1\"", 412),
        ("if-match", "*", 201),
        ("if-none-match", "\"1\"", 201),
    ] {
        let headers = [("content-type", JSON), (name, value)];
        cloud
            .call("POST", "/cimi/machineConfigs", &headers, config)
            .await
            .is(status);
    }
    let stop = r#"{"action": "http://schemas.dmtf.org/cimi/1/action/stop"}"#;
    let uri = "/cimi/machines/demo-frontend/stop";
    for (name, value, status) in [
        ("if-match", "\"x\"", 412),
        ("if-none-match", "*", 412),
        ("if-match", "*", 202),
    ] {
        let headers = [("content-type", JSON), (name, value)];
        cloud.call("POST", uri, &headers, stop).await.is(status);
    }
}
