//! REST requests that are wrong, and HTTP that is none.

use serde_json::json;

use super::{BACKEND, goes_on};
use crate::bridge::Bridge;
use crate::http::Connection;
use crate::rest::{CIMI, Rest, operation};

#[test]
fn rest_requests_that_are_wrong() {
    let bridge = Bridge::demo();
    let rest = Rest::admin(&bridge);
    let machines = rest.get("/cimi/machines");
    let add = operation(&machines, "add").expect("`add` is offered");
    let template = rest.items("machineTemplates").remove(0)["id"].clone();
    let uri = format!("/cimi/{BACKEND}");
    let nested = format!(
        "{{\"name\": {}1{}}}",
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    let json = "application/json";
    let xml = "application/xml";
    let create = |change: serde_json::Value| {
        let mut body = json!({ "name": "x", "machineTemplate": { "href": template } });
        for (name, value) in change.as_object().expect("an object") {
            body[name] = value.clone();
        }
        body.to_string()
    };
    let cases = [
        ("cut off", "POST", &add, json, "{\"name\": ".to_owned(), 400),
        ("not JSON", "POST", &add, json, "<MachineCreate/>".to_owned(), 400),
        ("an array", "POST", &add, json, "[]".to_owned(), 400),
        ("deep", "POST", &add, json, nested, 400),
        ("a name that is no string", "POST", &add, json, create(json!({ "name": { "a": 1 } })), 400),
        ("properties that are no map", "POST", &add, json, create(json!({ "properties": ["a"] })), 400),
        ("an unknown attribute", "POST", &add, json, create(json!({ "colour": "red" })), 400),
        ("another type", "POST", &add, json, create(json!({ "resourceURI": format!("{CIMI}Volume") })), 400),
        ("a template that is not there", "POST", &add, json, create(json!({ "machineTemplate": { "href": "machineTemplates/none" } })), 400),
        ("no template", "POST", &add, json, json!({ "name": "x" }).to_string(), 400),
        ("a number that is none", "PUT", &uri, json, json!({ "cpu": "many" }).to_string(), 400),
        ("a number out of range", "PUT", &uri, json, json!({ "cpu": -1 }).to_string(), 400),
        ("an unknown attribute", "PUT", &uri, json, json!({ "name": "x", "colour": "red" }).to_string(), 400),
        ("XML cut off", "POST", &add, xml, "<MachineCreate xmlns=".to_owned(), 400),
        ("XML with a document type", "POST", &add, xml, "<!DOCTYPE x [<!ENTITY a \"b\">]><MachineCreate xmlns=\"http://schemas.dmtf.org/cimi/1\"><name>&a;</name></MachineCreate>".to_owned(), 400),
        ("XML that is deep", "POST", &add, xml, format!("{}{}", "<x>".repeat(30_000), "</x>".repeat(30_000)), 400),
        ("another media type", "POST", &add, "text/csv", "a,b".to_owned(), 415),
        ("not there", "GET", &"/cimi/machines/nobody".to_owned(), json, String::new(), 404),
        ("no such collection", "GET", &"/cimi/unicorns".to_owned(), json, String::new(), 404),
        ("a bad filter", "GET", &"/cimi/machines?$filter=state%20like".to_owned(), json, String::new(), 400),
    ];
    for (what, method, uri, content_type, body, status) in cases {
        let answer = rest.send(method, uri, content_type, body.as_bytes());
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        // The body of every error is a Job that failed, and says why.
        let error: serde_json::Value = serde_json::from_slice(&answer.body).expect("a JSON body");
        assert_eq!(error["resourceURI"], format!("{CIMI}Job"), "{what}");
        assert_eq!(
            (&error["state"], &error["progress"]),
            (&json!("FAILED"), &json!(100)),
            "{what}"
        );
        assert!(
            error["statusMessage"]
                .as_str()
                .is_some_and(|text| text.len() > 10),
            "{what}: {error}"
        );
        goes_on(&bridge);
    }
    let refused = rest.send("DELETE", "/cimi/machines", "", b"");
    assert_eq!(refused.status, 405);
    assert!(
        refused
            .header("allow")
            .is_some_and(|allow| allow.contains("GET"))
    );
    // Not UTF-8.
    assert_eq!(
        rest.send("POST", &add, json, b"{\"name\": \"\xfc\"}")
            .status,
        400
    );
    // What the rules tell a service to ignore.
    let ignored = [
        "?$select=nosuch",
        "?$first=99",
        "?$unknown=1",
        "?$expand=nosuch",
        "?$last=0",
    ];
    for query in ignored {
        let answer = rest.send("GET", &format!("/cimi/machines{query}"), "", b"");
        assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    }
    goes_on(&bridge);
}

#[test]
fn http_that_is_none() {
    let bridge = Bridge::demo();
    for (bytes, statuses) in [
        (&b"nonsense\r\n\r\n"[..], &[400][..]),
        (b"GET /cimi/machines HTTP/1.1\r\n\r\n", &[400]),
        (b"POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", &[400]),
        (b"POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", &[400]),
    ] {
        let mut connection = Connection::open(bridge.authority());
        connection.write(bytes).expect("written");
        let answer = connection.read("GET").expect("an answer");
        assert!(statuses.contains(&answer.status), "{}: {bytes:?}", answer.status);
        goes_on(&bridge);
    }
    let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(200_000));
    let mut connection = Connection::open(bridge.authority());
    let _ = connection.write(long.as_bytes());
    let status = connection.read("GET").expect("an answer").status;
    assert!([414, 431].contains(&status), "{status}");
    goes_on(&bridge);
}
