//! OVF packages over a socket: from and to other places, as far as the configuration lets them, and as bodies.

use std::time::Duration;

use serde_json::{Value, json};

use crate::bridge::{Bridge, Setup};
use crate::http::Answer;
use crate::rest::{CIMI, Rest, operation};
use crate::rest_coverage::{PACKAGE, place};

fn act(rest: &Rest, uri: &str, action: &str, mut parameters: Value) -> Answer {
    let rel = format!("{CIMI}action/{action}");
    let target = operation(&rest.get(uri), &rel).expect("it is offered");
    parameters["resourceURI"] = json!(format!("{CIMI}Action"));
    parameters["action"] = json!(rel);
    rest.json("POST", &target, &parameters)
}

#[test]
fn packages_come_from_and_go_to_configured_places_only() {
    let place = place::start(PACKAGE);
    let config = format!("[provider]\npackage_places = [\"{}\"]\n", place.uri);
    let bridge = Setup::demo().config(&config).start();
    let rest = Rest::admin(&bridge);
    let templates = rest.collection("systemTemplates");
    let here = |path: &str| format!("{}{path}", place.uri);

    let source = here("open/shop.ovf");
    let answer = act(&rest, &templates, "import", json!({ "source": source }));
    assert_eq!(answer.status, 201, "{}", answer.text());
    let template = answer.header("location").expect("Location").to_owned();
    assert_eq!(rest.get(&template)["importImage"], source);
    // With a login, in the words of the standard's sample.
    let login = json!({ "user": "reader", "secret": "xyz" });
    let closed = json!({ "source": here("shop.ovf"), "properties": login });
    let answer = act(&rest, &rest.collection("systems"), "import", closed);
    assert_eq!(answer.status, 202, "{}", answer.text());
    let job = rest.job(&answer);
    assert_eq!(job["state"], "SUCCESS", "{job}");
    assert!(!job.to_string().contains("xyz"), "{job}");
    let system = answer.header("location").expect("Location").to_owned();
    assert_eq!(rest.get(&system)["name"], "Shop");

    let answer = act(
        &rest,
        &system,
        "export",
        json!({ "destination": here("open/back.ovf") }),
    );
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(
        answer.header("location"),
        None,
        "it is where it was sent to"
    );
    let put = place
        .put
        .recv_timeout(Duration::from_secs(30))
        .expect("the package");
    assert!(put.contains("<VirtualSystemCollection"), "{put}");

    // Everything else is refused before anybody is asked, or says what the other place said.
    let near = format!("http://{}/cimi/cloudEntryPoint", bridge.authority());
    for (source, status, word) in [
        (near.as_str(), 400, "source"),
        ("http://169.254.169.254/latest/meta-data/", 400, "source"),
        ("file:///etc/passwd", 400, "source"),
        (&here("open/../../x"), 400, "source"),
        (&here("shop.ovf"), 502, "source"),
        (&here("open/gone.ovf"), 502, "404"),
        (&here("open/moved.ovf"), 502, "302"),
    ] {
        let answer = act(&rest, &templates, "import", json!({ "source": source }));
        assert_eq!(answer.status, status, "{source}: {}", answer.text());
        assert!(answer.text().contains(word), "{source}: {}", answer.text());
    }
    let answer = act(&rest, &system, "export", json!({ "destination": near }));
    assert_eq!(answer.status, 400, "{}", answer.text());
    assert!(!bridge.output().contains("xyz"), "a secret in the log");
}

#[test]
fn without_places_nothing_is_fetched() {
    let place = place::start(PACKAGE);
    let bridge = Bridge::demo();
    let rest = Rest::admin(&bridge);
    let source = json!({ "source": format!("{}open/shop.ovf", place.uri) });
    let answer = act(&rest, &rest.collection("systems"), "import", source);
    assert_eq!(answer.status, 400, "{}", answer.text());
    // As a body, and back as a file.
    let systems = rest.collection("systems");
    let answer = rest.send("POST", &systems, "application/ovf", PACKAGE.as_bytes());
    assert_eq!(answer.status, 202, "{}", answer.text());
    assert_eq!(rest.job(&answer)["state"], "SUCCESS");
    let system = answer.header("location").expect("Location").to_owned();
    let answer = act(&rest, &system, "export", json!({}));
    let package = answer.header("location").expect("Location").to_owned();
    let got = rest.send("GET", &package, "", b"");
    assert_eq!(
        (got.status, got.header("content-type")),
        (200, Some("application/ovf"))
    );
    assert!(
        got.text().contains("<VirtualSystemCollection"),
        "{}",
        got.text()
    );
}
