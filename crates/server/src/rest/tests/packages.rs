//! OVF packages: imported by an action of the collection or as the body, exported, and read where the answer
//! says (DSP0263 4.3, 5.13).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use provider::Role;
use serde_json::{Value, json};

use super::{ACTION, Cloud, XML, path};

const PACKAGE: &str = include_str!("../../../../../tests/fixtures/ovf/shop.ovf");
const OVF: &str = "application/ovf";

fn inline(package: &str) -> String {
    format!("data:{OVF};base64,{}", STANDARD.encode(package))
}

fn offered(resource: &Value, action: &str) -> Option<String> {
    let rel = format!("{ACTION}{action}");
    let mut operations = resource["operations"].as_array()?.iter();
    let operation = operations.find(|operation| operation["rel"] == rel.as_str())?;
    Some(path(operation["href"].as_str().unwrap()))
}

/// What a system is made of, by name.
async fn parts(cloud: &Cloud, system: &str) -> (Vec<(String, u64, u64)>, usize, usize) {
    let machines = cloud
        .json(&format!("{system}/machines?$expand=machine"))
        .await;
    let mut machines: Vec<_> = machines["systemMachines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            let machine = &item["machine"];
            (
                machine["name"].as_str().unwrap().to_owned(),
                machine["cpu"].as_u64().unwrap(),
                machine["memory"].as_u64().unwrap(),
            )
        })
        .collect();
    machines.sort();
    let count = async |name: &str| {
        let all = cloud.json(&format!("{system}/{name}")).await;
        usize::try_from(all["count"].as_u64().unwrap()).unwrap()
    };
    (machines, count("volumes").await, count("networks").await)
}

#[tokio::test]
async fn a_package_is_imported_and_what_is_exported_is_one() {
    let cloud = Cloud::new().await;
    let systems = cloud.json("/cimi/systems").await;
    let import = offered(&systems, "import").unwrap();
    assert_eq!(import, "/cimi/systems/import");
    let body = json!({
        "resourceURI": "http://schemas.dmtf.org/cimi/1/Action",
        "action": format!("{ACTION}import"),
        "source": inline(PACKAGE),
        "properties": { "any": "option" },
    });
    let made = cloud.send("POST", &import, &body).await.is(202);
    let system = path(made.header("location").unwrap());
    let job = path(made.header("cimi-job-uri").unwrap());
    assert_eq!(made.json()["id"], format!("http://cloud.example{system}"));
    cloud.until(&job, Some("SUCCESS")).await;
    let job = cloud.json(&job).await;
    assert_eq!(job["action"], format!("{ACTION}import"));
    assert_eq!(
        job["targetResource"]["href"],
        "http://cloud.example/cimi/systems"
    );
    assert_eq!(cloud.json(&system).await["name"], "Shop");
    let expected = (
        vec![
            ("db".to_owned(), 1, 256 << 10),
            ("web".to_owned(), 2, 512 << 10),
        ],
        2,
        1,
    );
    assert_eq!(parts(&cloud, &system).await, expected);

    // The answer to an export says where the package is.
    let export = offered(&cloud.json(&system).await, "export").unwrap();
    let body = json!({ "action": format!("{ACTION}export"), "format": OVF });
    let answer = cloud.send("POST", &export, &body).await.is(200);
    assert!(answer.header("cimi-job-uri").is_some());
    let package = path(answer.header("location").unwrap());
    let got = cloud
        .call("GET", &package, &[("accept", OVF)], "")
        .await
        .is(200);
    assert_eq!(got.header("content-type"), Some(OVF));
    assert!(
        got.header("content-disposition")
            .unwrap()
            .ends_with(".ovf\"")
    );
    assert!(
        got.text().contains("<VirtualSystemCollection"),
        "{}",
        got.text()
    );
    // What is known already is not sent again.
    let tag = got.header("etag").unwrap().to_owned();
    let known = [("if-none-match", tag.as_str())];
    cloud.call("GET", &package, &known, "").await.is(304);
    cloud.call("HEAD", &package, &[], "").await.is(200);

    // A package is a body, too, for the collection as well as for its action, and makes the same again.
    for (uri, media_type) in [
        ("/cimi/systems", OVF),
        ("/cimi/systems/import", "Application/OVF; charset=utf-8"),
        ("/cimi/systems", "application/x-tar"),
    ] {
        let headers = [("content-type", media_type)];
        let made = cloud.call("POST", uri, &headers, &got.text()).await.is(202);
        let job = path(made.header("cimi-job-uri").unwrap());
        cloud.until(&job, Some("SUCCESS")).await;
        let again = path(made.header("location").unwrap());
        assert_eq!(parts(&cloud, &again).await, expected);
    }
}

#[tokio::test]
async fn a_template_comes_of_a_package_in_xml_and_goes_as_one() {
    let cloud = Cloud::new().await;
    let headers = [("accept", XML), ("content-type", XML)];
    let collection = cloud
        .call("GET", "/cimi/systemTemplates", &headers, "")
        .await
        .text();
    let operation = format!(
        "<operation rel=\"{ACTION}import\" href=\"http://cloud.example/cimi/systemTemplates/import\" />"
    );
    assert!(collection.contains(&operation), "{collection}");
    let body = format!(
        "<Action xmlns=\"http://schemas.dmtf.org/cimi/1\"><action>{ACTION}import</action><source>{}</source></Action>",
        inline(PACKAGE)
    );
    // To the collection itself, as an action of it.
    let made = cloud
        .call("POST", "/cimi/systemTemplates", &headers, &body)
        .await
        .is(201);
    assert!(made.text().contains("<SystemTemplate "), "{}", made.text());
    let template = path(made.header("location").unwrap());
    let shown = cloud.json(&template).await;
    assert_eq!(shown["name"], "Shop");
    assert_eq!(shown["componentDescriptors"].as_array().unwrap().len(), 5);
    assert_eq!(shown.get("importImage"), None, "it came with the request");
    let body = format!(
        "<Action xmlns=\"http://schemas.dmtf.org/cimi/1\"><action>{ACTION}export</action></Action>"
    );
    let export = offered(&shown, "export").unwrap();
    let answer = cloud.call("POST", &export, &headers, &body).await.is(200);
    let package = cloud.get(&path(answer.header("location").unwrap())).await;
    assert!(package.is(200).text().contains("ovf:name=\"lan\""));

    // It is instantiated like any other.
    let body = json!({ "name": "of it", "systemTemplate": { "href": template } });
    let made = cloud.send("POST", "/cimi/systems", &body).await.is(202);
    let job = path(made.header("cimi-job-uri").unwrap());
    cloud.until(&job, Some("SUCCESS")).await;
    let (machines, volumes, networks) =
        parts(&cloud, &path(made.header("location").unwrap())).await;
    assert_eq!((machines.len(), volumes, networks), (2, 2, 1));
}

#[tokio::test]
async fn what_cannot_be_imported_or_exported_says_why() {
    let mut cloud = Cloud::new().await;
    let import = format!("{ACTION}import");
    let uri = "/cimi/systems/import";
    let before = cloud.json("/cimi/systems").await["count"].clone();
    for (body, message) in [
        (
            json!({ "action": import }),
            "Import needs a value for source",
        ),
        (
            json!({ "action": import, "source": "https://store.example/shop.ova" }),
            "source: this cloud takes packages",
        ),
        (
            json!({ "action": import, "source": inline("<nothing/>") }),
            "source",
        ),
        (
            json!({ "action": import, "source": 5 }),
            "attribute source: a string is expected",
        ),
        (
            json!({ "action": import, "colour": "red" }),
            "has no attribute `colour`",
        ),
        (json!({ "action": format!("{ACTION}export") }), "URI of"),
        (
            json!({ "action": format!("{ACTION}explode") }),
            "is no action",
        ),
    ] {
        let got = cloud.send("POST", uri, &body).await.is(400);
        assert!(got.message().contains(message), "{body}: {}", got.message());
        let job = got.json();
        assert_eq!(
            job["targetResource"]["href"],
            "http://cloud.example/cimi/systems"
        );
    }
    cloud
        .call("POST", uri, &[("content-type", OVF)], "no package")
        .await
        .is(400);
    cloud
        .call("POST", uri, &[("content-type", "text/plain")], "x")
        .await
        .is(415);
    assert_eq!(cloud.json("/cimi/systems").await["count"], before);

    // The collection has the action, a system and a machine have not.
    let demo = "/cimi/systemTemplates/demo-shop";
    let body = json!({ "action": import, "source": inline(PACKAGE) });
    let got = cloud.send("POST", demo, &body).await.is(400);
    assert!(
        got.message().contains("of the collection"),
        "{}",
        got.message()
    );
    cloud.get("/cimi/machines/import").await.is(404);
    for (uri, allow) in [
        (uri, "POST, OPTIONS"),
        (&format!("{demo}/export"), "GET, HEAD, POST, OPTIONS"),
    ] {
        let got = cloud.call("OPTIONS", uri, &[], "").await.is(204);
        assert_eq!(got.header("allow"), Some(allow));
        let got = cloud.call("DELETE", uri, &[], "").await.is(405);
        assert_eq!(got.header("allow"), Some(allow));
    }
    cloud.get(uri).await.is(405);
    let export = format!("{demo}/export");
    for (body, message) in [
        (json!({ "format": "application/zip" }), "application/ovf is"),
        (
            json!({ "destination": "https://store.example/x" }),
            "destination",
        ),
    ] {
        let mut body = body;
        body["action"] = json!(format!("{ACTION}export"));
        let got = cloud.send("POST", &export, &body).await.is(400);
        assert!(got.message().contains(message), "{}", got.message());
    }
    cloud.get("/cimi/systemTemplates/none/export").await.is(404);
    cloud
        .call("GET", &export, &[("accept", "image/png")], "")
        .await
        .is(200);

    cloud.role = Role::Reader;
    assert_eq!(offered(&cloud.json("/cimi/systems").await, "import"), None);
    cloud
        .call("POST", uri, &[("content-type", OVF)], PACKAGE)
        .await
        .is(403);
    cloud.get(&export).await.is(403);
}
