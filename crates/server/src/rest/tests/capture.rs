//! Capture and snapshot: asked for by an Action, or by the image that is to be made (DSP0263 5.14.7.1).

use serde_json::{Value, json};

use super::{ACTION, Cloud, JSON, XML, path};

const MACHINE: &str = "/cimi/machines/demo-backend";

async fn images(cloud: &Cloud) -> u64 {
    cloud.json("/cimi/machineImages").await["count"]
        .as_u64()
        .unwrap()
}

#[tokio::test]
async fn an_image_is_made_at_the_uri_of_the_operation() {
    let cloud = Cloud::new().await;
    let machine = cloud.json(MACHINE).await;
    let rel = format!("{ACTION}capture");
    let operations = machine["operations"].as_array().unwrap();
    let capture = operations
        .iter()
        .find(|o| o["rel"] == rel.as_str())
        .unwrap();
    let capture = path(capture["href"].as_str().unwrap());
    // As the sample of the standard has it, with the machine named in full.
    let body = json!({
        "resourceURI": "http://schemas.dmtf.org/cimi/1/MachineImage",
        "name": "golden",
        "type": "IMAGE",
        "imageLocation": format!("http://cloud.example{MACHINE}"),
    });
    let made = cloud.send("POST", &capture, &body).await.is(202);
    assert!(made.header("cimi-job-uri").is_some());
    let image = path(made.header("location").unwrap());
    assert!(image.starts_with("/cimi/machineImages/"), "{image}");
    cloud.until(&image, Some("AVAILABLE")).await;
    let shown = cloud.json(&image).await;
    assert_eq!(
        (&shown["name"], &shown["type"]),
        (&json!("golden"), &json!("IMAGE"))
    );

    // Nothing but a name is needed, in XML as well; a snapshot is known as one of the machine.
    let xml = [("content-type", XML)];
    let made = cloud
        .call(
            "POST",
            &format!("{MACHINE}/snapshot"),
            &xml,
            "<MachineImage><name>s</name></MachineImage>",
        )
        .await
        .is(202);
    let image = path(made.header("location").unwrap());
    cloud.until(&image, Some("AVAILABLE")).await;
    assert_eq!(cloud.json(&image).await["type"], "SNAPSHOT");
    let latest = cloud.json(MACHINE).await["latestSnapshot"]["href"].clone();
    assert_eq!(path(latest.as_str().unwrap()), image);

    // An Action is right, too, and so is the collection of images.
    let before = images(&cloud).await;
    cloud
        .send("POST", &capture, &json!({ "action": rel }))
        .await
        .is(202);
    cloud.until(MACHINE, Some("STOPPED")).await;
    cloud
        .send("POST", "/cimi/machineImages", &body)
        .await
        .is(202);
    cloud.until(MACHINE, Some("STOPPED")).await;
    assert_eq!(images(&cloud).await, before + 2);
}

#[tokio::test]
async fn what_cannot_be_captured_says_why() {
    let cloud = Cloud::new().await;
    let capture = format!("{MACHINE}/capture");
    for (body, status, message) in [
        (
            json!({ "imageLocation": "machines/demo-frontend" }),
            400,
            "attribute imageLocation: at this URI",
        ),
        (
            json!({ "colour": "red" }),
            400,
            "MachineImage has no attribute `colour`",
        ),
        (
            json!({ "resourceURI": "http://schemas.dmtf.org/cimi/1/Volume" }),
            400,
            "type MachineImage is expected",
        ),
    ] {
        let got = cloud.send("POST", &capture, &body).await.is(status);
        assert!(got.message().contains(message), "{body}: {}", got.message());
        let report: Value = got.json();
        assert_eq!(
            report["targetResource"]["href"],
            format!("http://cloud.example{MACHINE}")
        );
    }
    for (content_type, body) in [(JSON, "{"), (XML, "<MachineImage>"), (JSON, "[]")] {
        cloud
            .call("POST", &capture, &[("content-type", content_type)], body)
            .await
            .is(400);
    }
    cloud
        .send(
            "POST",
            "/cimi/machines/none/capture",
            &json!({ "name": "x" }),
        )
        .await
        .is(404);
    // In the middle of something else.
    cloud
        .send(
            "POST",
            MACHINE,
            &json!({ "action": format!("{ACTION}start") }),
        )
        .await
        .is(202);
    let got = cloud.send("POST", &capture, &json!({ "name": "x" })).await;
    assert!(
        matches!(got.0.status().as_u16(), 202 | 409),
        "{}",
        got.text()
    );
}

#[tokio::test]
async fn a_machine_is_set_back_to_the_state_that_its_snapshot_recorded() {
    let cloud = Cloud::new().await;
    let act = async |action: &str, more: Value| {
        let mut body = more;
        body["action"] = json!(format!("{ACTION}{action}"));
        let got = cloud.send("POST", MACHINE, &body).await.is(202);
        let job = path(got.header("cimi-job-uri").unwrap());
        cloud.until(&job, Some("SUCCESS")).await;
    };
    let snapshot = async || {
        act("snapshot", json!({})).await;
        cloud.json(MACHINE).await["latestSnapshot"].clone()
    };
    act("start", json!({})).await;
    let running = snapshot().await;
    act("suspend", json!({})).await;
    let suspended = snapshot().await;
    act("stop", json!({})).await;
    for (image, state) in [(running, "STARTED"), (suspended, "SUSPENDED")] {
        act("restore", json!({ "image": image })).await;
        let machine = cloud.json(MACHINE).await;
        assert_eq!(machine["state"], state);
        assert_eq!(machine["latestSnapshot"], image);
    }
}
