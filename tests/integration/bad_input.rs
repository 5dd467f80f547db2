//! Bad input gets the exact fault or status that says what was wrong, and the service goes on.

use serde_json::json;

use crate::bridge::{ADMIN, Bridge, PASSWORD, Setup};
use crate::http::{self, Connection};
use crate::rest::{CIMI, Rest, operation};
use crate::soap::{CONTENT_TYPE, Message, Wsman};

const BACKEND: &str = "machines/demo-backend";

/// Checks that the service still answers both ways.
#[track_caller]
fn goes_on(bridge: &Bridge) {
    assert_eq!(
        Wsman::admin(bridge)
            .call(&Message::get("CIMI_Machine", BACKEND))
            .status,
        200
    );
    assert!(Rest::admin(bridge).get(&format!("/cimi/{BACKEND}"))["id"].is_string());
}

/// A fault in short: code, subcode and detail (`-` where there is none).
fn short(wsman: &Wsman, body: &[u8]) -> String {
    let fault = wsman.post(body).fault();
    assert!(
        fault.reason.len() > 10,
        "a reason that helps: {}",
        fault.reason
    );
    let or_none = |part: Option<String>| part.unwrap_or_else(|| "-".into());
    format!(
        "{} {} {}",
        fault.code,
        or_none(fault.subcode),
        or_none(fault.detail)
    )
}

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

#[test]
fn envelopes_that_are_wrong() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let get = Message::get("CIMI_Machine", BACKEND);
    let good = get.envelope();
    let cut = |text: &str, from: &str, to: &str| {
        let start = text.find(from).expect("the start");
        let end = start + text[start..].find(to).expect("the end") + to.len();
        format!("{}{}", &text[..start], &text[end..])
    };
    let cases = [
        (
            "SOAP 1.1",
            good.replace("http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/"),
            "VersionMismatch - -",
        ),
        (
            "a header that must be understood",
            get.clone()
                .header(r#"<h:Trace xmlns:h="http://example.org/h" s:mustUnderstand="true">on</h:Trace>"#)
                .envelope(),
            "MustUnderstand - -",
        ),
        (
            "the same with 1",
            get.clone()
                .header(r#"<h:Trace xmlns:h="http://example.org/h" s:mustUnderstand="1">on</h:Trace>"#)
                .envelope(),
            "MustUnderstand - -",
        ),
        ("no action", cut(&good, "<wsa:Action", "</wsa:Action>"), "Sender MessageInformationHeaderRequired -"),
        ("no message id", cut(&good, "<wsa:MessageID", "</wsa:MessageID>"), "Sender MessageInformationHeaderRequired -"),
        (
            "two actions",
            get.clone().header("<wsa:Action>urn:x</wsa:Action>").envelope(),
            "Sender InvalidMessageInformationHeader -",
        ),
        (
            "an unknown action",
            Message::new("urn:no-such-action", "CIMI_Machine").selector("InstanceID", BACKEND).envelope(),
            "Sender ActionNotSupported -",
        ),
        (
            "an answer elsewhere",
            good.replace("http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous", "http://example.org/sink"),
            "Sender UnsupportedFeature AddressingMode",
        ),
        (
            "a timeout that is none",
            get.clone().header("<wsman:OperationTimeout>soon</wsman:OperationTimeout>").envelope(),
            "Sender InvalidMessageInformationHeader -",
        ),
        (
            "an option that must be honoured",
            get.clone()
                .header(r#"<wsman:OptionSet s:mustUnderstand="true"><wsman:Option Name="Level" MustComply="true">1</wsman:Option></wsman:OptionSet>"#)
                .envelope(),
            "Sender InvalidOptions InvalidName",
        ),
    ];
    for (what, body, expected) in cases {
        assert_eq!(short(&wsman, body.as_bytes()), expected, "{what}");
        goes_on(&bridge);
    }
    // What is not understood is named, so that the sender can find it.
    let reply =
        wsman.call(&get.header(
            r#"<h:Trace xmlns:h="http://example.org/h" s:mustUnderstand="true">on</h:Trace>"#,
        ));
    assert!(
        reply.xml.contains("NotUnderstood") && reply.xml.contains("Trace"),
        "{}",
        reply.xml
    );
    // An unknown header that is not marked is nobody's business.
    wsman
        .call(
            &Message::get("CIMI_Machine", BACKEND)
                .header(r#"<h:Trace xmlns:h="http://example.org/h"/>"#),
        )
        .ok();
    // Other methods and paths.
    let authorization = http::basic(ADMIN, PASSWORD);
    let headers = [("Authorization", authorization.as_str())];
    assert_eq!(
        http::send(bridge.authority(), "GET", "/wsman", &headers, b"").status,
        405
    );
    assert_eq!(
        http::send(bridge.authority(), "POST", "/nowhere", &headers, b"x").status,
        404
    );
}

#[test]
fn selectors_that_do_not_fit() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let class =
        |name: &str| Message::new("http://schemas.xmlsoap.org/ws/2004/09/transfer/Get", name);
    let cases = [
        ("none", class("CIMI_Machine"), "Sender InvalidSelectors InsufficientSelectors"),
        (
            "one that is no key",
            class("CIMI_Machine").selector("InstanceID", BACKEND).selector("Nmae", "x"),
            "Sender InvalidSelectors UnexpectedSelectors",
        ),
        (
            "the same twice",
            class("CIMI_Machine").selector("InstanceID", BACKEND).selector("InstanceID", BACKEND),
            "Sender InvalidSelectors DuplicateSelectors",
        ),
        (
            "a reference for a text",
            class("CIMI_Machine").selector(
                "InstanceID",
                "<wsa:EndpointReference><wsa:Address>urn:x</wsa:Address><wsa:ReferenceParameters><wsman:ResourceURI>urn:x</wsman:ResourceURI></wsa:ReferenceParameters></wsa:EndpointReference>",
            ),
            "Sender InvalidSelectors TypeMismatch",
        ),
        ("nobody", class("CIMI_Machine").selector("InstanceID", "machines/nobody"), "Sender DestinationUnreachable -"),
        (
            "a machine as a volume",
            class("CIMI_Volume").selector("InstanceID", BACKEND),
            "Sender DestinationUnreachable -",
        ),
        ("an unknown class", class("CIMI_Missing").selector("InstanceID", BACKEND), "Sender DestinationUnreachable InvalidResourceURI"),
        (
            "an unknown namespace",
            class("CIMI_Machine").selector("InstanceID", BACKEND).selector("__cimnamespace", "root/x"),
            "Sender DestinationUnreachable -",
        ),
    ];
    for (what, message, expected) in cases {
        assert_eq!(
            short(&wsman, message.envelope().as_bytes()),
            expected,
            "{what}"
        );
    }
    goes_on(&bridge);
}

#[test]
fn enumerations_that_are_over() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let class = "CIMI_Machine";
    let open = |content: &str| {
        wsman
            .call(&Message::enumerate(class, content))
            .ok()
            .value("EnumerationContext")
    };
    let pull = |context: &str| {
        short(
            &wsman,
            Message::pull(class, context, "").envelope().as_bytes(),
        )
    };
    let invalid = "Receiver InvalidEnumerationContext -";

    for forged in [
        "nonsense",
        "",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        assert_eq!(pull(forged), invalid, "`{forged}`");
    }
    // One character of a good one changed.
    let good = open("");
    for place in [0, good.len() / 2, good.len() - 1] {
        let mut bytes = good.clone().into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        assert_eq!(
            pull(&String::from_utf8(bytes).expect("ASCII")),
            invalid,
            "at {place}"
        );
    }
    // Released.
    wsman.call(&Message::release(class, &good)).ok();
    assert_eq!(pull(&good), invalid);
    // At its end.
    let context = open("");
    let all = "<wsen:MaxElements>100</wsen:MaxElements>";
    let last = wsman.call(&Message::pull(class, &context, all)).ok();
    assert!(last.has("EndOfSequence"));
    assert_eq!(pull(&context), invalid);
    // Expired.
    let context = open("<wsen:Expires>PT1S</wsen:Expires>");
    std::thread::sleep(std::time::Duration::from_millis(2500));
    let expired = pull(&context);
    assert!(
        [invalid, "Receiver TimedOut -"].contains(&expired.as_str()),
        "{expired}"
    );
    // Never to begin with.
    for (expires, expected) in [
        ("PT0S", "Sender InvalidExpirationTime -"),
        ("2001-01-01T00:00:00Z", "Sender InvalidExpirationTime -"),
        ("tomorrow", "Sender InvalidExpirationTime -"),
    ] {
        let message = Message::enumerate(class, &format!("<wsen:Expires>{expires}</wsen:Expires>"));
        assert_eq!(
            short(&wsman, message.envelope().as_bytes()),
            expected,
            "{expires}"
        );
    }
    // Filters.
    let filter = |dialect: &str, text: &str| {
        let filter = format!(r#"<wsman:Filter Dialect="{dialect}">{text}</wsman:Filter>"#);
        short(
            &wsman,
            Message::enumerate(class, &filter).envelope().as_bytes(),
        )
    };
    let wql = "http://schemas.microsoft.com/wbem/wsman/1/WQL";
    assert_eq!(
        filter("urn:unknown", "x"),
        "Sender FilterDialectRequestedUnavailable -"
    );
    assert_eq!(
        filter(wql, "select from where"),
        "Sender CannotProcessFilter -"
    );
    assert_eq!(
        filter(wql, "select * from CIMI_Machine where NoSuch = 1"),
        "Sender CannotProcessFilter -"
    );
    goes_on(&bridge);
}

#[test]
fn representations_that_do_not_fit() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let put = |properties: &[(&str, &str)]| Message::put("CIMI_Machine", BACKEND, properties);
    let cases = [
        (
            "a number that is none",
            put(&[("Cpu", "many")]),
            "Sender InvalidRepresentation InvalidValues",
        ),
        (
            "a number out of range",
            put(&[("Cpu", "-1")]),
            "Sender InvalidRepresentation InvalidValues",
        ),
        (
            "another key",
            put(&[("InstanceID", "machines/other")]),
            "Sender InvalidRepresentation InvalidValues",
        ),
        (
            "another class",
            Message::put("CIMI_Machine", BACKEND, &[]).body(&crate::soap::element(
                "CIMI_Volume",
                "CIMI_Volume",
                &[],
            )),
            "Sender InvalidRepresentation InvalidNamespace",
        ),
        (
            "no template",
            Message::create(
                "CIMI_Machine",
                "CIMI_MachineCreate",
                &[("ElementName", "x")],
            ),
            "Sender InvalidRepresentation MissingValues",
        ),
        (
            "a template that is not there",
            Message::create(
                "CIMI_Machine",
                "CIMI_MachineCreate",
                &[("MachineTemplate", "machineTemplates/none")],
            ),
            "Sender InvalidRepresentation InvalidValues",
        ),
        (
            "an unknown method",
            Message::invoke("CIMI_Machine", BACKEND, "Levitate", &[]),
            "Sender ActionNotSupported -",
        ),
        (
            "an unknown parameter",
            Message::invoke("CIMI_Machine", BACKEND, "Start", &[("Height", "3")]),
            "Sender InvalidParameter InvalidName",
        ),
        (
            "a parameter of the wrong type",
            Message::invoke(
                "CIMI_Machine",
                "machines/demo-frontend",
                "Stop",
                &[("Force", "perhaps")],
            ),
            "Sender InvalidParameter TypeMismatch",
        ),
        (
            "an abstract class",
            Message::create("CIMI_Resource", "CIMI_Resource", &[]),
            "Sender ActionNotSupported ActionMismatch",
        ),
    ];
    for (what, message, expected) in cases {
        assert_eq!(
            short(&wsman, message.envelope().as_bytes()),
            expected,
            "{what}"
        );
    }
    let unknown = short(&wsman, put(&[("Colour", "red")]).envelope().as_bytes());
    assert!(
        [
            "Sender InvalidRepresentation InvalidValues",
            "Sender SchemaValidationError -"
        ]
        .contains(&unknown.as_str()),
        "an unknown property: {unknown}"
    );
    let machine = Rest::admin(&bridge).get(&format!("/cimi/{BACKEND}"));
    assert_eq!(
        machine["state"], "STOPPED",
        "nothing of it was done: {machine}"
    );
    goes_on(&bridge);
}

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
