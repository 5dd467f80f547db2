//! WS-Management messages as bytes on a socket: their shape, their encodings, their limits; all of them
//! valid by the published schemas.

use std::fs;

use crate::bridge::{ADMIN, Bridge, PASSWORD, Setup, root};
use crate::http::{self, Connection};
use crate::oracle;
use crate::rest::{Rest, instance_id};
use crate::soap::{CLASS, CONTENT_TYPE, IDENTIFY, Message, Reply, Wsman};

const BACKEND: &str = "machines/demo-backend";
const FRONTEND: &str = "machines/demo-frontend";
const OPTIMISED: &str = "<wsman:OptimizeEnumeration/><wsman:MaxElements>100</wsman:MaxElements>";

fn mode(name: &str) -> String {
    format!("<wsman:EnumerationMode>{name}</wsman:EnumerationMode>")
}

#[test]
fn every_message_is_valid_by_the_published_schemas() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    wsman.post(IDENTIFY.as_bytes()).ok();
    wsman.call(&Message::get("CIMI_Machine", FRONTEND)).ok();
    wsman
        .call(&Message::get("CIMI_Machine", FRONTEND).header("<wsman:RequestEPR/>"))
        .ok();
    wsman
        .call(&Message::get("CIMI_CloudEntryPoint", "cloudEntryPoint"))
        .ok();
    wsman
        .call(&Message::put(
            "CIMI_Machine",
            BACKEND,
            &[("ElementName", "renamed")],
        ))
        .ok();
    // Everything there is: resources, what ties them together, and the pieces in between.
    for class in ["CIMI_Resource", "CIM_Component", "CIM_Dependency"] {
        wsman.enumerate(class, OPTIMISED, "<wsen:MaxElements>100</wsen:MaxElements>");
    }
    for class in ["CIMI_MachineConfiguration", "CIMI_MachineDisk"] {
        wsman.enumerate(class, "", "");
        wsman.enumerate(class, &format!("{OPTIMISED}{}", mode("EnumerateEPR")), "");
        wsman.enumerate(class, &mode("EnumerateObjectAndEPR"), "");
    }
    let header = "<wsman:RequestTotalItemsCountEstimate/>";
    let opened = wsman
        .call(&Message::enumerate("CIMI_Machine", "").header(header))
        .ok();
    let context = opened.value("EnumerationContext");
    wsman.call(&Message::release("CIMI_Machine", &context)).ok();
    wsman
        .call(&Message::pull("CIMI_Machine", &context, ""))
        .fault();
    let created = wsman
        .call(&Message::create(
            "CIMI_Machine",
            "CIMI_MachineCreate",
            &[
                ("ElementName", "made here"),
                ("MachineTemplate", &template(&bridge)),
            ],
        ))
        .ok();
    let id = created.selector("InstanceID").expect("a key");
    wsman
        .call(&Message::invoke("CIMI_Machine", BACKEND, "Start", &[]))
        .ok();
    wsman
        .call(&Message::invoke("CIMI_Machine", BACKEND, "Levitate", &[]))
        .fault();
    wsman.call(&Message::delete("CIMI_Machine", &id)).ok();
    wsman.call(&Message::get("CIMI_Missing", "x")).fault();
    wsman
        .call(&Message::get("CIMI_Machine", BACKEND).selector("Nmae", "x"))
        .fault();
    wsman
        .call(&Message::get("CIMI_Machine", BACKEND).header(
            r#"<h:Trace xmlns:h="http://example.org/h" s:mustUnderstand="true">on</h:Trace>"#,
        ))
        .fault();
    wsman
        .call(&Message::enumerate(
            "CIMI_Machine",
            &filter("urn:unknown", "x"),
        ))
        .fault();
    let jobs = wsman.enumerate("CIMI_Job", OPTIMISED, "");
    assert!(
        jobs.iter().any(|reply| reply.has("Progress")),
        "a job to validate"
    );

    // The schemas of 2006 lack wsman:Item and wsmid:SecurityProfiles, although the specification has them.
    let messages: Vec<_> = wsman
        .seen()
        .into_iter()
        .filter(|message| !message.contains(":Item>") && !message.contains(":SecurityProfiles>"))
        .collect();
    assert!(messages.len() > 25);
    let directory = tempfile::tempdir().expect("a temporary directory");
    if let Some(schema) = oracle::message_schema(directory.path()) {
        oracle::validate(&schema, &messages);
    }
}

/// The key of the first machine template.
fn template(bridge: &Bridge) -> String {
    let template = Rest::admin(bridge).items("machineTemplates").remove(0);
    instance_id(template["id"].as_str().expect("an id")).to_owned()
}

fn filter(dialect: &str, text: &str) -> String {
    format!(r#"<wsman:Filter Dialect="{dialect}">{text}</wsman:Filter>"#)
}

#[test]
fn answers_name_the_request_they_answer() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    for id in [
        "uuid:ABCDEF00-0000-4000-8000-000000000001",
        "0",
        "urn:x:&#x20;y",
        "a&amp;b",
    ] {
        let envelope = Message::get("CIMI_Machine", BACKEND).envelope();
        let (before, rest) = envelope
            .split_once("<wsa:MessageID>")
            .expect("a message id");
        let (_, after) = rest.split_once("</wsa:MessageID>").expect("its end");
        let envelope = format!("{before}<wsa:MessageID>{id}</wsa:MessageID>{after}");
        let reply = wsman.post(envelope.as_bytes()).ok();
        let sent = id.replace("&#x20;", " ").replace("&amp;", "&");
        assert_eq!(reply.value("RelatesTo"), sent);
        assert_ne!(reply.value("MessageID"), sent);
        assert!(reply.value("Action").ends_with("/transfer/GetResponse"));
        assert!(
            !reply.xml.starts_with("<?xml"),
            "no XML declaration, WinRM dislikes it"
        );
        assert!(
            !reply.xml.contains("/>") || reply.xml.contains(" />"),
            "MeshCentral dislikes `<x/>`"
        );
    }
}

#[test]
fn an_instance_has_the_namespace_of_its_class() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    // Get through a superclass finds the instance, and answers as its real class.
    for class in [
        "CIMI_Machine",
        "cimi_machine",
        "CIMI_Resource",
        "CIM_ManagedElement",
    ] {
        let reply = wsman.call(&Message::get(class, BACKEND)).ok();
        let document = roxmltree::Document::parse(&reply.xml).expect("XML");
        let machine = document
            .descendants()
            .find(|node| node.tag_name().name() == "CIMI_Machine");
        let namespace = machine.expect("the instance").tag_name().namespace();
        assert_eq!(
            namespace,
            Some(format!("{CLASS}CIMI_Machine").as_str()),
            "{class}"
        );
    }
    // The singleton needs no selector, and the namespace may be named.
    let entry = Message::new(
        "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get",
        "CIMI_CloudEntryPoint",
    );
    assert_eq!(
        wsman.call(&entry).ok().value("InstanceID"),
        "cloudEntryPoint"
    );
    wsman
        .call(&Message::get("CIMI_Machine", BACKEND).selector("__cimnamespace", "root/cimi"))
        .ok();
    let fault = wsman
        .call(&Message::get("CIMI_Machine", BACKEND).selector("__cimnamespace", "root/x"))
        .fault();
    assert_eq!(
        (fault.subcode.as_deref(), fault.detail.as_deref()),
        (Some("DestinationUnreachable"), None)
    );
}

#[test]
fn enumeration_modes_and_batches() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let class = "CIMI_MachineConfiguration";
    let ids = |replies: &[Reply]| -> Vec<String> {
        replies
            .iter()
            .flat_map(|reply| reply.texts("InstanceID"))
            .collect()
    };
    let all = ids(&wsman.enumerate(class, OPTIMISED, ""));
    assert!(all.len() >= 2);
    // Not optimised: a context and no items; then one item a Pull, because that is the default.
    let replies = wsman.enumerate(class, "", "");
    assert!(!replies[0].has("Items") && !replies[0].value("EnumerationContext").is_empty());
    assert!(
        replies[1..]
            .iter()
            .all(|reply| reply.texts("InstanceID").len() <= 1)
    );
    assert_eq!(ids(&replies), all);
    for batch in [1, 2, 1000] {
        let max = format!("<wsen:MaxElements>{batch}</wsen:MaxElements>");
        let replies = wsman.enumerate(class, "", &max);
        assert!(
            replies
                .iter()
                .all(|reply| reply.texts("InstanceID").len() <= batch)
        );
        assert_eq!(ids(&replies), all, "in batches of {batch}");
        // As dracclient writes it.
        let max = format!("<wsman:MaxElements>{batch}</wsman:MaxElements>");
        assert_eq!(ids(&wsman.enumerate(class, "", &max)), all);
    }
    // At the end the context is empty, which dracclient relies on.
    let last = wsman
        .enumerate(class, OPTIMISED, "")
        .pop()
        .expect("a reply");
    assert_eq!(last.text("EnumerationContext").unwrap_or_default(), "");

    let references = wsman.enumerate(class, &format!("{OPTIMISED}{}", mode("EnumerateEPR")), "");
    assert_eq!(references[0].texts("EndpointReference").len(), all.len());
    assert_eq!(ids(&references).len(), 0, "references only");
    assert_eq!(
        references[0].selector("__cimnamespace").as_deref(),
        Some("root/cimi")
    );
    let both = wsman.enumerate(
        class,
        &format!("{OPTIMISED}{}", mode("EnumerateObjectAndEPR")),
        "",
    );
    assert_eq!(both[0].texts("Item").len(), all.len());
    assert_eq!(ids(&both), all);
    let fault = wsman
        .call(&Message::enumerate(class, &mode("Everything")))
        .fault();
    assert_eq!(
        (fault.subcode.as_deref(), fault.detail.as_deref()),
        (Some("UnsupportedFeature"), Some("EnumerationMode"))
    );
}

#[test]
fn envelopes_keep_to_the_size_that_the_client_can_take() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let limit = |octets: u32| {
        format!(
            r#"<wsman:MaxEnvelopeSize s:mustUnderstand="true">{octets}</wsman:MaxEnvelopeSize>"#
        )
    };
    // An instance that is larger than the smallest envelope.
    let long = "x".repeat(9000);
    wsman
        .call(&Message::put(
            "CIMI_Machine",
            BACKEND,
            &[("Description", &long)],
        ))
        .ok();
    let get = Message::get("CIMI_Machine", BACKEND);
    wsman.call(&get.clone().header(&limit(16_384))).ok();
    for (octets, detail) in [
        (8192, "MaxEnvelopeSize"),
        (8191, "MinimumEnvelopeLimit"),
        (1, "MinimumEnvelopeLimit"),
    ] {
        let fault = wsman.call(&get.clone().header(&limit(octets))).fault();
        assert_eq!(
            (fault.subcode.as_deref(), fault.detail.as_deref()),
            (Some("EncodingLimit"), Some(detail)),
            "{octets}"
        );
    }
    // An enumeration shrinks its batches, and loses nothing.
    wsman
        .call(&Message::put(
            "CIMI_Machine",
            BACKEND,
            &[("Description", "short")],
        ))
        .ok();
    let text = "y".repeat(500);
    for number in 0..30 {
        let name = format!("m{number}");
        let properties = [
            ("ElementName", name.as_str()),
            ("Description", &text),
            ("Cpu", "1"),
            ("Memory", "1024"),
        ];
        let class = "CIMI_MachineConfiguration";
        wsman.call(&Message::create(class, class, &properties)).ok();
    }
    let class = "CIMI_MachineConfiguration";
    let all = wsman.enumerate(
        class,
        "<wsman:OptimizeEnumeration/><wsman:MaxElements>1000</wsman:MaxElements>",
        "",
    );
    let mut expected: Vec<_> = all
        .iter()
        .flat_map(|reply| reply.texts("InstanceID"))
        .collect();
    assert!(expected.len() >= 32);
    let mut found = Vec::new();
    let mut reply = wsman.call(&Message::enumerate(class, "")).ok();
    let mut pulls = 0;
    while !reply.has("EndOfSequence") {
        let pull = Message::pull(
            class,
            &reply.value("EnumerationContext"),
            "<wsen:MaxElements>1000</wsen:MaxElements>",
        );
        reply = wsman.call(&pull.header(&limit(8192))).ok();
        assert!(reply.xml.len() <= 8192, "{} octets", reply.xml.len());
        found.extend(reply.texts("InstanceID"));
        pulls += 1;
    }
    assert!(pulls > 2, "{pulls}");
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn utf_16_is_answered_in_utf_16() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let put = Message::put("CIMI_Machine", BACKEND, &[("ElementName", "Zürich Ω 𝄞")]);
    let encode = |big: bool, mark: bool| {
        let text = put.envelope();
        let units = mark
            .then_some(0xfeff)
            .into_iter()
            .chain(text.encode_utf16());
        units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect::<Vec<u8>>()
    };
    for (big, mark) in [(false, true), (true, true), (false, false)] {
        let answer = wsman.post_raw("application/soap+xml;charset=UTF-16", &encode(big, mark));
        assert_eq!(answer.status, 200, "big-endian {big}, mark {mark}");
        let content_type = answer
            .header("content-type")
            .expect("Content-Type")
            .to_ascii_lowercase();
        assert_eq!(content_type, "application/soap+xml;charset=utf-16");
        // With a mark that says which way round it is: the way of the request.
        let decode = if big {
            u16::from_be_bytes
        } else {
            u16::from_le_bytes
        };
        let mut units: Vec<_> = answer
            .body
            .chunks(2)
            .map(|pair| decode([pair[0], pair[1]]))
            .collect();
        assert_eq!(units.remove(0), 0xfeff);
        let text = String::from_utf16(&units).expect("UTF-16");
        assert!(text.contains("Zürich Ω 𝄞"), "{text}");
    }
    assert_eq!(
        Rest::admin(&bridge).get(&format!("/cimi/{BACKEND}"))["name"],
        "Zürich Ω 𝄞"
    );
}

#[test]
fn one_connection_carries_many_requests_in_every_framing() {
    let bridge = Bridge::demo();
    let mut connection = Connection::open(bridge.authority());
    let authorization = http::basic(ADMIN, PASSWORD);
    let get = Message::get("CIMI_Machine", BACKEND).envelope();
    let headers = [
        ("Content-Type", CONTENT_TYPE),
        ("Authorization", authorization.as_str()),
    ];
    for _ in 0..100 {
        let answer = connection.send("POST", "/wsman", &headers, get.as_bytes());
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-length").is_some());
    }
    // Without a Content-Type, as dracclient sends it; with other types that are meant well.
    assert_eq!(
        connection
            .send("POST", "/wsman", &headers[1..], get.as_bytes())
            .status,
        200
    );
    for content_type in [
        "text/xml",
        "application/soap+xml; charset=\"utf-8\"; action=\"urn:x\"",
    ] {
        let headers = [("Content-Type", content_type), headers[1]];
        let answer = connection.send("POST", "/wsman?PSVersion=7.4", &headers, get.as_bytes());
        assert_eq!(answer.status, 200, "{content_type}");
    }
    // In chunks.
    let head = format!(
        "POST /wsman HTTP/1.1\r\nHost: {}\r\nAuthorization: {authorization}\r\nContent-Type: {CONTENT_TYPE}\r\n",
        bridge.authority()
    );
    let mut message = format!("{head}Transfer-Encoding: chunked\r\n\r\n");
    for chunk in get.as_bytes().chunks(100) {
        let text = std::str::from_utf8(chunk).expect("ASCII");
        message.push_str(&format!("{:x}\r\n{text}\r\n", chunk.len()));
    }
    message.push_str("0\r\n\r\n");
    connection.write(message.as_bytes()).expect("written");
    assert_eq!(connection.read("POST").expect("an answer").status, 200);
    // After `100 Continue`.
    let head = format!(
        "{head}Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        get.len()
    );
    connection.write(head.as_bytes()).expect("written");
    std::thread::sleep(std::time::Duration::from_millis(50));
    connection.write(get.as_bytes()).expect("written");
    assert_eq!(connection.read("POST").expect("an answer").status, 200);
}

#[test]
fn requests_of_real_clients_are_understood() {
    let bridge = Setup::demo().start();
    let wsman = Wsman::admin(&bridge);
    let folder = root().join("tests/fixtures/wsman");
    let mut replayed = 0;
    let mut files = Vec::new();
    for client in fs::read_dir(&folder).expect("fixtures").flatten() {
        if client.path().is_dir() {
            files.extend(
                fs::read_dir(client.path())
                    .expect("fixtures")
                    .flatten()
                    .map(|file| file.path()),
            );
        }
    }
    // Deletions last: they take the machine away.
    files.retain(|path| path.extension().is_some_and(|extension| extension == "xml"));
    files.sort_by_key(|path| (path.ends_with("delete.xml"), path.clone()));
    for path in files {
        let request = fs::read_to_string(&path).expect("a request");
        let context = || {
            let class = if request.contains("/CIM_ManagedElement") {
                "CIM_ManagedElement"
            } else {
                "CIMI_Machine"
            };
            wsman
                .call(&Message::enumerate(class, ""))
                .ok()
                .value("EnumerationContext")
        };
        let context = if request.contains("CONTEXT") {
            context()
        } else {
            String::new()
        };
        let template = template(&bridge);
        let request = request
            .replace("CONTEXT", &context)
            .replace("machines/web-1", FRONTEND)
            .replace(
                "CIMI_MachineTemplate.InstanceID=\"machineTemplates/small\"",
                &template,
            )
            .replace("machineTemplates/small", &template);
        // A method that the state allows: `Stop` needs a started machine.
        if request.contains("/Stop<") {
            start(&bridge, FRONTEND);
        }
        let reply = wsman.post(request.as_bytes());
        assert_eq!(reply.status, 200, "{}: {}", path.display(), reply.xml);
        let (_, id) = request.split_once("MessageID").expect("a message id");
        let (_, id) = id.split_once('>').expect("its start");
        let (id, _) = id.split_once('<').expect("its end");
        assert_eq!(reply.value("RelatesTo"), id, "{}", path.display());
        replayed += 1;
    }
    assert!(replayed >= 15, "{replayed}");
}

/// Brings a machine to STARTED, from whatever it is in.
fn start(bridge: &Bridge, id: &str) {
    let rest = Rest::admin(bridge);
    let uri = format!("/cimi/{id}");
    let state = crate::bridge::eventually("it rests", || {
        let state = rest.state(&uri).expect("it is there");
        ["STARTED", "STOPPED"]
            .contains(&state.as_str())
            .then_some(state)
    });
    if state == "STOPPED" {
        rest.act(&uri, "start");
    }
    rest.wait_for(&uri, "STARTED");
}
