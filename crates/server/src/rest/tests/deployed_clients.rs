//! What deployed clients send beside the letter of the standard, and what it was meant to be
//! (spec/cimi-interop, sections 3, 4 and 10).

use serde_json::json;

use super::{ACTION, Cloud, JSON, XML, path};

const XML_IN_JSON_OUT: [(&str, &str); 2] = [("content-type", XML), ("accept", JSON)];
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

async fn first(cloud: &Cloud, collection: &str, members: &str) -> String {
    let all = cloud.json(&format!("/cimi/{collection}")).await;
    all[members][0]["id"].as_str().unwrap().to_owned()
}

/// The content of a create request for a machine.
async fn machine(cloud: &Cloud) -> String {
    format!(
        r#"<name>m</name><description> of many words </description><machineTemplate>
             <machineConfig href="{}"/><machineImage href="{}"/></machineTemplate>"#,
        first(cloud, "machineConfigs", "machineConfigurations").await,
        first(cloud, "machineImages", "machineImages").await
    )
}

#[tokio::test]
async fn a_create_request_may_be_called_by_what_it_makes() {
    let cloud = Cloud::new().await;
    let content = machine(&cloud).await;
    for root in ["MachineCreate", "Machine", "machineCreate"] {
        let body = format!("<{root}>{content}</{root}>");
        let made = cloud
            .call("POST", "/cimi/machines", &XML_IN_JSON_OUT, &body)
            .await
            .is(202);
        assert_eq!(made.json()["name"], "m", "{root}");
    }
    let body = json!({
        "resourceURI": "http://schemas.dmtf.org/cimi/1/Machine",
        "name": "m",
        "machineTemplate": {"href": "machineTemplates/demo-web"},
    });
    cloud.send("POST", "/cimi/machines", &body).await.is(202);

    // What is wrong in both readings is told in the terms of the document's own name.
    let body = "<Machine><name>m</name><machineTemplate><nonsense/></machineTemplate></Machine>";
    let refused = cloud
        .call("POST", "/cimi/machines", &XML_IN_JSON_OUT, body)
        .await
        .is(400);
    assert_eq!(
        refused.message(),
        "Machine has no attribute `machineTemplate`"
    );
}

#[tokio::test]
async fn an_image_of_a_machine_is_added_to_the_images() {
    let cloud = Cloud::new().await;
    let body = "<machineImageCreate><name>golden</name><type> IMAGE </type><imageLocation> \
         http://cloud.example/cimi/machines/demo-backend </imageLocation></machineImageCreate>";
    let made = cloud
        .call("POST", "/cimi/machineImages", &XML_IN_JSON_OUT, body)
        .await
        .is(202);
    let image = made.json();
    assert_eq!(
        (&image["name"], &image["type"]),
        (&json!("golden"), &json!("IMAGE"))
    );
    let image = path(made.header("location").unwrap());
    cloud.until(&image, Some("AVAILABLE")).await;
}

#[tokio::test]
async fn an_action_is_what_its_body_says() {
    let cloud = Cloud::new().await;
    let backend = "/cimi/machines/demo-backend";
    for action in [
        format!("{ACTION}start"),
        format!(" http://{ACTION}stop "),
        "start".to_owned(),
        "http://schemas.dmtf.org/cimi/1/Action/stop".to_owned(),
    ] {
        let state = if action.contains("start") {
            "STARTED"
        } else {
            "STOPPED"
        };
        let body = format!("<Action><action>{action}</action></Action>");
        cloud
            .call(
                "POST",
                &format!("{backend}/restart"),
                &[("content-type", XML)],
                &body,
            )
            .await
            .is(202);
        cloud.until(backend, Some(state)).await;
    }
}

#[tokio::test]
async fn what_libraries_call_a_form_is_read_as_what_it_is() {
    let cloud = Cloud::new().await;
    let start = format!("{ACTION}start");
    let uri = "/cimi/machines/demo-backend/start";
    let xml = format!("<Action><action>{start}</action></Action>");
    cloud.call("POST", uri, &[FORM], &xml).await.is(202);
    let image = json!({"name": "i", "imageLocation": "http://images.example/i.qcow2"});
    let made = cloud
        .call("POST", "/cimi/machineImages", &[FORM], &image.to_string())
        .await;
    assert!(made.0.status().is_success(), "{}", made.text());

    // A form is none, and a page of another site sends nothing in the name of its reader.
    for (headers, body) in [
        (vec![FORM], "action=start".to_owned()),
        (vec![FORM, ("origin", "http://elsewhere.example")], xml),
    ] {
        let refused = cloud.call("POST", uri, &headers, &body).await.is(415);
        assert!(
            refused.message().contains("x-www-form-urlencoded"),
            "{}",
            refused.message()
        );
    }
}
