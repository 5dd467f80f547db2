//! A cloud that lies, behind the bridge: whatever it says, the answer comes soon, says which cloud it was and what was
//! wrong, and no other host is shown a login.

use serde_json::json;

use crate::dialects::{Imitated, clean};
use crate::rest::Rest;
use crate::soap::{Message, Wsman};

/// What is asked for, the status of the answer, and words of it.
const LIES: [(&str, u16, &str); 28] = [
    ("machines/operations", 502, "attribute operations"),
    ("machines/another", 502, "of-another-tenant"),
    ("machines/nobody", 502, "asked for `machines/nobody`"),
    ("machines/number", 502, "attribute id"),
    ("machines/twice", 502, "given twice"),
    ("machines/page", 502, "text/html, neither JSON nor XML"),
    ("machines/page-as-json", 502, "not JSON"),
    ("machines/failed", 502, "it answers 500"),
    ("machines/gzip", 502, "encoded as `gzip`"),
    ("machines/half", 502, "not JSON"),
    ("machines/cut", 502, "the connection to"),
    ("machines/enormous", 502, "more than"),
    ("machines/head", 502, "too large"),
    ("machines/lengths", 502, "content-length"),
    ("machines/upgrade", 502, "it answers 101"),
    ("machines/empty", 502, "not JSON"),
    ("machines/part", 502, "a part of what was asked for"),
    ("machines/moved", 502, "redirections are not followed"),
    ("machines/bytes", 502, "not UTF-8"),
    ("machines/entity", 502, "DOCTYPE"),
    ("addresses", 502, "at another host, which is not followed"),
    ("volumes", 502, "at another host, which is not followed"),
    ("systems", 502, "at another host, which is not followed"),
    ("jobs", 502, "its collection cannot be read"),
    ("networks", 413, "more than 500 resources"),
    ("machines/well", 200, "STARTED"),
    ("machines/hints", 200, "STARTED"),
    ("machines/types", 200, "\"memory\":\"lots\""),
];

#[test]
fn a_cloud_that_lies_is_found_out() {
    let liar = Imitated::start("liar.py", &[]);
    let bridge = liar.bridge(
        "rest",
        "/cimi/cloudEntryPoint",
        "failures = 1000\nscan = 500",
    );
    let rest = Rest::admin(&bridge);
    for (what, status, said) in LIES {
        let answer = rest.send("GET", &format!("/cimi/{what}"), "", &[]);
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(answer.status, status, "{what}: {text}");
        assert!(text.contains(said), "{what}: {text}");
        if status != 200 {
            assert!(text.contains("The cloud `stranger`"), "{what}: {text}");
        }
        clean(&text);
    }

    // What it offers at another host is not done.
    let stop = json!({ "action": "http://schemas.dmtf.org/cimi/1/action/stop" });
    let answer = rest.json("POST", "/cimi/machines/elsewhere", &stop);
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    assert_eq!(answer.status, 502, "{text}");
    assert!(
        text.contains("to another host, which is not followed"),
        "{text}"
    );

    // The same over WS-Management.
    let wsman = Wsman::admin(&bridge);
    for (id, said) in [
        ("machines/another", "of-another-tenant"),
        ("machines/page", "text/html"),
    ] {
        let reply = wsman.call(&Message::get("CIMI_Machine", id));
        assert_eq!(reply.status, 500, "{}", reply.xml);
        assert!(reply.xml.contains("The cloud `stranger`"), "{}", reply.xml);
        assert!(reply.xml.contains(said), "{}", reply.xml);
    }
    assert_eq!(liar.count("STOLEN", ""), 0, "another host was asked");
}
