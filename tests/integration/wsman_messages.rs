//! WS-Management messages as a client sees them: addressing, instances, enumerations, sizes.

use crate::bridge::Bridge;
use crate::soap::{CLASS, Message, Reply, TRANSFER, Wsman, mode};

const BACKEND: &str = "machines/demo-backend";
const OPTIMISED: &str = "<wsman:OptimizeEnumeration/><wsman:MaxElements>100</wsman:MaxElements>";

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
    let entry = Message::new(&format!("{TRANSFER}/Get"), "CIMI_CloudEntryPoint");
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

/// Proves 5 texts of every kind survive every verb.
#[test]
fn texts_of_every_kind_survive_put_get_enumerate_and_queries() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let texts = [
        "& < > \" '",
        "\ttab, \nline end, \rreturn\r\n",
        "  blanks around  ",
        "]]> <!-- --> <![CDATA[",
        "Z\u{fc}rich \u{4e2d}\u{6587} \u{1f600} e\u{301}",
        "",
        &"x".repeat(64 * 1024 - 1),
        &"\u{e9}\n".repeat(8 * 1024),
    ];
    let escape = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('\r', "&#13;")
    };
    let mut kept = 0;
    for text in texts {
        let properties = [("Description", &*escape(text))];
        let put = wsman.call(&Message::put("CIMI_Machine", BACKEND, &properties));
        let got = put.ok().value("Description");
        assert_eq!(got, text, "Put");
        let got = wsman.property("CIMI_Machine", BACKEND, "Description");
        assert_eq!(got.as_deref(), Some(text), "Get");
        let listed = wsman.enumerate("CIMI_Machine", OPTIMISED, "");
        let found: Vec<_> = listed.iter().flat_map(|r| r.texts("Description")).collect();
        assert!(found.iter().any(|found| found == text), "Enumerate");
        // In a query, if it is one that a person could write.
        if text.len() < 1000 && !text.contains(['\'', '\n']) {
            let query =
                format!("select Description from CIMI_Machine where Description = '{text}'");
            let filter = format!(
                "{OPTIMISED}<wsman:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">{}</wsman:Filter>",
                escape(&query)
            );
            let listed = wsman
                .call(&Message::enumerate("CIMI_Machine", &filter))
                .ok();
            assert!(
                listed
                    .texts("Description")
                    .iter()
                    .any(|found| found == text),
                "{text:?}"
            );
            kept += 1;
        }
    }
    assert!(kept >= 3);
}
