//! What is no XML, too much XML, or in no encoding that we know.

use super::{BACKEND, goes_on, short};
use crate::bridge::{ADMIN, Bridge, PASSWORD, Setup};
use crate::http::{self, Connection};
use crate::soap::{CONTENT_TYPE, Message, Wsman};

#[test]
fn xml_that_is_not_xml() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let good = Message::get("CIMI_Machine", BACKEND).envelope();
    let doctype = "<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>";
    let malformed = [
        ("cut off", good[..good.len() / 2].to_owned()),
        ("wrong end tag", good.replace("</s:Body>", "</s:Boby>")),
        ("two roots", format!("{good}{good}")),
        ("text behind the root", format!("{good}tail")),
        (
            "undeclared prefix",
            good.replace("</s:Header>", "<zz:x/></s:Header>"),
        ),
        (
            "duplicate attribute",
            good.replace("<s:Body>", "<s:Body a=\"1\" a=\"2\">"),
        ),
        (
            "undefined entity",
            good.replace("</s:Header>", "<x>&nosuch;</x></s:Header>"),
        ),
        (
            "control character by reference",
            good.replace("</s:Header>", "<x>&#1;</x></s:Header>"),
        ),
        (
            "processing instruction",
            good.replace("</s:Header>", "<?php x?></s:Header>"),
        ),
    ];
    for (what, body) in malformed {
        assert_eq!(
            short(&wsman, body.as_bytes()),
            "Sender SchemaValidationError -",
            "{what}"
        );
        goes_on(&bridge);
    }
    // What cannot be read far enough to see an envelope is a bad request of HTTP, too.
    let nothing_like_it = [
        ("document type", format!("{doctype}{good}")),
        (
            "entity of a document type",
            format!(
                "{doctype}{}",
                good.replace("</s:Header>", "<x>&b;</x></s:Header>")
            ),
        ),
        (
            "control character",
            good.replace("</s:Header>", "<x>\u{1}</x></s:Header>"),
        ),
        ("another document", "<html/>".to_owned()),
        ("nothing", " ".to_owned()),
        ("no XML", "GET / HTTP/1.1".to_owned()),
        ("JSON", "{\"a\": 1}".to_owned()),
    ];
    for (what, body) in nothing_like_it {
        let fault = wsman.post(body.as_bytes()).fault_with(400);
        assert_eq!(
            fault.subcode.as_deref(),
            Some("SchemaValidationError"),
            "{what}"
        );
        assert!(fault.reason.len() > 10, "{what}: {}", fault.reason);
        goes_on(&bridge);
    }
}

#[test]
fn xml_that_is_too_much() {
    let bridge = Setup::demo()
        .config("[limits]\nbody_bytes = 1048576\n")
        .start();
    let wsman = Wsman::admin(&bridge);
    let good = Message::get("CIMI_Machine", BACKEND).envelope();
    // Deeper than anything sensible, in the header and in the body.
    for place in ["</s:Header>", "</s:Body>"] {
        let deep = format!("{}{}{place}", "<x>".repeat(30_000), "</x>".repeat(30_000));
        let body = good.replace(place, &deep);
        let found = short(&wsman, body.as_bytes());
        assert_eq!(
            found, "Sender EncodingLimit ServiceEnvelopeLimit",
            "deep in {place}"
        );
        goes_on(&bridge);
    }
    let many: String = (0..2000).map(|n| format!(" a{n}=\"1\"")).collect();
    let body = good.replace("</s:Header>", &format!("<x{many}/></s:Header>"));
    assert_eq!(
        short(&wsman, body.as_bytes()),
        "Sender EncodingLimit ServiceEnvelopeLimit",
        "many attributes"
    );
    // Larger than the limit, announced and in chunks.
    let big = good.replace(
        "</s:Header>",
        &format!("<x>{}</x></s:Header>", "y".repeat(1_100_000)),
    );
    assert_eq!(wsman.post_raw(CONTENT_TYPE, big.as_bytes()).status, 413);
    goes_on(&bridge);
    let mut connection = Connection::open(bridge.authority());
    let head = format!(
        "POST /wsman HTTP/1.1\r\nHost: {}\r\nAuthorization: {}\r\nContent-Type: {CONTENT_TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n",
        bridge.authority(),
        http::basic(ADMIN, PASSWORD)
    );
    connection.write(head.as_bytes()).expect("written");
    let chunk = format!("{:x}\r\n{}\r\n", 65_536, "z".repeat(65_536));
    for _ in 0..20 {
        if connection.write(chunk.as_bytes()).is_err() {
            break; // it has closed its side: the answer is there
        }
    }
    assert_eq!(connection.read("POST").expect("an answer").status, 413);
    goes_on(&bridge);
}

#[test]
fn encodings_that_are_none() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let good = Message::get("CIMI_Machine", BACKEND).envelope();
    let broken = good.replace("</s:Header>", "<x>\u{fc}</x></s:Header>");
    let latin: Vec<u8> = broken.chars().map(|character| character as u8).collect();
    let utf16: Vec<u8> = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut odd = vec![0xff, 0xfe];
    odd.extend(&utf16[..utf16.len() - 1]);
    let mut lone = vec![0xff, 0xfe];
    lone.extend(utf16.iter().copied());
    lone.extend([0x00, 0xd8]);
    for (what, content_type, body) in [
        ("not UTF-8", CONTENT_TYPE, latin.clone()),
        (
            "an encoding that we lack",
            "application/soap+xml;charset=ISO-8859-1",
            latin,
        ),
        (
            "an encoding that nobody has",
            "application/soap+xml;charset=x-klingon",
            good.clone().into_bytes(),
        ),
        (
            "UTF-32",
            "application/soap+xml;charset=UTF-32",
            good.clone().into_bytes(),
        ),
        (
            "half a UTF-16 unit",
            "application/soap+xml;charset=UTF-16",
            odd,
        ),
        (
            "half a UTF-16 pair",
            "application/soap+xml;charset=UTF-16",
            lone,
        ),
    ] {
        let answer = wsman.post_raw(content_type, &body);
        assert_eq!(answer.status, 500, "{what}");
        let reply = crate::soap::Reply {
            status: answer.status,
            xml: answer.text(),
        };
        let fault = reply.fault();
        assert_eq!(
            (fault.subcode.as_deref(), fault.detail.as_deref()),
            (Some("EncodingLimit"), Some("CharacterSet")),
            "{what}: {}",
            fault.reason
        );
        goes_on(&bridge);
    }
    let answer = wsman.post_raw("application/json", good.as_bytes());
    assert_eq!(answer.status, 415);
}
