//! What must not pass, and how it is said.

use http::Request;
use provider::Role;

use super::service::{
    CIM, RUNNING, STOPPED, Service, TRANSFER, content, enumerate, fault_of, get, invoke, message,
    selected,
};

/// Proves 6 InvalidSelectors with each detail.
#[tokio::test]
async fn selectors_have_five_ways_to_be_wrong() {
    let service = Service::start().await;
    let with = |selectors: &str| {
        get("CIMI_Machine", "x").replace(
            &selected("x"),
            &format!("<wsman:SelectorSet>{selectors}</wsman:SelectorSet>"),
        )
    };
    let id = format!("<wsman:Selector Name=\"InstanceID\">{RUNNING}</wsman:Selector>");
    let epr = format!(
        "<wsman:Selector Name=\"InstanceID\"><wsa:EndpointReference><wsa:Address>x</wsa:Address><wsa:ReferenceParameters><wsman:ResourceURI>{CIM}CIMI_Machine</wsman:ResourceURI></wsa:ReferenceParameters></wsa:EndpointReference></wsman:Selector>"
    );
    for (selectors, subcode, detail) in [
        (
            "<wsman:Selector Name=\"__cimnamespace\">root/cimi</wsman:Selector>".to_owned(),
            "wsman:InvalidSelectors",
            Some("InsufficientSelectors"),
        ),
        (
            format!("{id}<wsman:Selector Name=\"Cpu\">1</wsman:Selector>"),
            "wsman:InvalidSelectors",
            Some("UnexpectedSelectors"),
        ),
        (
            format!("{id}{id}"),
            "wsman:InvalidSelectors",
            Some("DuplicateSelectors"),
        ),
        (epr, "wsman:InvalidSelectors", Some("TypeMismatch")),
        (
            "<wsman:Selector Name=\"InstanceID\"></wsman:Selector>".to_owned(),
            "wsman:InvalidSelectors",
            Some("InvalidValue"),
        ),
        (
            "<wsman:Selector Name=\"InstanceID\">machines/none</wsman:Selector>".to_owned(),
            "wsa:DestinationUnreachable",
            None,
        ),
        (
            format!("{id}<wsman:Selector Name=\"__cimnamespace\">root/other</wsman:Selector>"),
            "wsa:DestinationUnreachable",
            None,
        ),
        (
            format!("{id}<wsman:Selector Name=\"__cimnamespace\">a b</wsman:Selector>"),
            "wsman:InvalidSelectors",
            Some("InvalidValue"),
        ),
    ] {
        let (found, found_detail) = service.fault(&with(&selectors)).await;
        assert_eq!(
            (found.as_str(), found_detail.as_deref()),
            (subcode, detail),
            "{selectors}"
        );
    }
}

/// Proves 6 DestinationUnreachable, ActionNotSupported, InvalidParameter.
#[tokio::test]
async fn classes_actions_and_methods_that_do_not_exist() {
    let service = Service::start().await;
    let all = "http://schemas.dmtf.org/wbem/wscim/1/*";
    for (text, subcode, detail) in [
        (
            get("CIM_NoSuchClass", "x"),
            "wsa:DestinationUnreachable",
            Some("InvalidResourceURI"),
        ),
        (
            get("CIMI_Machine", "x").replace(&format!("{CIM}CIMI_Machine"), all),
            "wsa:ActionNotSupported",
            Some("ActionMismatch"),
        ),
        (
            message(
                &format!("{TRANSFER}Rename"),
                &format!("{CIM}CIMI_Machine"),
                "",
                "",
            ),
            "wsa:ActionNotSupported",
            None,
        ),
        (
            message(
                "http://schemas.xmlsoap.org/ws/2004/08/eventing/Subscribe",
                &format!("{CIM}CIMI_Machine"),
                "",
                "",
            ),
            "wse:InvalidMessage",
            None,
        ),
        (
            invoke("CIMI_Machine", RUNNING, "Fly", ""),
            "wsa:ActionNotSupported",
            None,
        ),
        (
            invoke("CIMI_Machine", RUNNING, "Stop", "")
                .replace("CIMI_Machine/Stop", "CIMI_Volume/Stop"),
            "wsa:ActionNotSupported",
            Some("ActionMismatch"),
        ),
        (
            invoke("CIMI_Machine", RUNNING, "Stop", "<p:Farce>1</p:Farce>"),
            "wsman:InvalidParameter",
            Some("InvalidName"),
        ),
        (
            invoke(
                "CIMI_Machine",
                RUNNING,
                "Stop",
                "<p:Force>perhaps</p:Force>",
            ),
            "wsman:InvalidParameter",
            Some("TypeMismatch"),
        ),
        (
            invoke("CIMI_Machine", RUNNING, "Stop", "").replace("Stop_INPUT", "Go_INPUT"),
            "wsman:SchemaValidationError",
            None,
        ),
        (
            invoke("CIMI_Machine", STOPPED, "Stop", ""),
            "wsman:Concurrency",
            None,
        ),
        (
            message(
                &format!("{TRANSFER}Create"),
                &format!("{CIM}CIMI_Resource"),
                "",
                &format!("<p:CIMI_Resource xmlns:p=\"{CIM}CIMI_Resource\"/>"),
            ),
            "wsa:ActionNotSupported",
            Some("ActionMismatch"),
        ),
        (
            message(
                &format!("{TRANSFER}Create"),
                &format!("{CIM}CIMI_Machine"),
                &selected("x"),
                &format!("<p:CIMI_Machine xmlns:p=\"{CIM}CIMI_Machine\"/>"),
            ),
            "wsman:InvalidSelectors",
            Some("UnexpectedSelectors"),
        ),
        (
            message(
                &format!("{TRANSFER}Create"),
                &format!("{CIM}CIMI_Machine"),
                "",
                "",
            ),
            "wxf:InvalidRepresentation",
            Some("MissingValues"),
        ),
        (
            message(
                &format!("{TRANSFER}Create"),
                &format!("{CIM}CIMI_Machine"),
                "",
                "<x xmlns=\"urn:x\"/>",
            ),
            "wxf:InvalidRepresentation",
            Some("InvalidNamespace"),
        ),
        (
            message(
                &format!("{TRANSFER}Create"),
                &format!("{CIM}CIMI_Machine"),
                "",
                &format!("<p:CIMI_Volume xmlns:p=\"{CIM}CIMI_Volume\"/>"),
            ),
            "wxf:InvalidRepresentation",
            Some("InvalidNamespace"),
        ),
        (
            message(
                &format!("{TRANSFER}Create"),
                &format!("{CIM}CIMI_Machine"),
                "",
                &format!("<p:CIMI_MachineCreate xmlns:p=\"{CIM}CIMI_MachineCreate\"/>"),
            ),
            "wxf:InvalidRepresentation",
            Some("MissingValues"),
        ),
        (
            enumerate("CIMI_Machine", "")
                .replace("</s:Header>", &format!("{}</s:Header>", selected("x"))),
            "wsman:InvalidSelectors",
            Some("UnexpectedSelectors"),
        ),
        (
            enumerate("*", ""),
            "wsman:UnsupportedFeature",
            Some("FilteringRequired"),
        ),
    ] {
        let (found, found_detail) = service.fault(&text).await;
        assert_eq!(
            (found.as_str(), found_detail.as_deref()),
            (subcode, detail),
            "{text}"
        );
    }
}

/// Proves 3 rename: keys of this model cannot change.
/// Proves 6 InvalidRepresentation with each detail.
#[tokio::test]
async fn representations_that_are_wrong() {
    let service = Service::start().await;
    let put = |properties: &str| {
        message(
            &format!("{TRANSFER}Put"),
            &format!("{CIM}CIMI_Machine"),
            &selected(RUNNING),
            &format!("<p:CIMI_Machine xmlns:p=\"{CIM}CIMI_Machine\">{properties}</p:CIMI_Machine>"),
        )
    };
    for (text, detail) in [
        (put("<p:Cpus>1</p:Cpus>"), "InvalidValues"),
        (put("<p:Cpu>many</p:Cpu>"), "InvalidValues"),
        (put("<p:Cpu>-1</p:Cpu>"), "InvalidValues"),
        (put("<p:Cpu>1</p:Cpu><p:Cpu>2</p:Cpu>"), "InvalidValues"),
        (
            put("<p:InstanceID>machines/other</p:InstanceID>"),
            "InvalidValues",
        ),
    ] {
        let (found, found_detail) = service.fault(&text).await;
        assert_eq!(
            (found.as_str(), found_detail.as_deref()),
            ("wxf:InvalidRepresentation", Some(detail)),
            "{text}"
        );
    }
    // Nothing of a message that is broken further on is carried out.
    let broken = put("<p:Description>x</p:Description>").replace("</s:Body>", "<x/></s:Body>");
    assert_eq!(
        service.fault(&broken).await.0,
        "wsman:SchemaValidationError"
    );
    assert_ne!(
        service
            .property("CIMI_Machine", RUNNING, "Description")
            .await
            .as_deref(),
        Some("x")
    );
}

/// Proves 6 AccessDenied.
#[tokio::test]
async fn readers_may_not_write() {
    let service = Service::start().await;
    let response = service
        .send_as(
            "bob",
            Role::Reader,
            |_| {},
            invoke("CIMI_Machine", RUNNING, "Stop", ""),
        )
        .await;
    assert_eq!(response.status(), 500);
    let text = String::from_utf8(response.into_body().to_vec()).unwrap();
    assert_eq!(fault_of(&text).0, "wsman:AccessDenied");
    assert_eq!(content(&text, "CIMStatusCode"), Some("2"));
}

/// Proves 1 MaxEnvelopeSize.
/// Proves 6 EncodingLimit: MaxEnvelopeSize, UnreportableSuccess.
#[tokio::test]
async fn envelopes_that_are_too_small() {
    let service = Service::start().await;
    let sized = |size: usize| {
        enumerate("CIMI_Machine", "<wsman:OptimizeEnumeration/>")
            .replace("</s:Header>", &format!("<wsman:MaxEnvelopeSize s:mustUnderstand=\"true\">{size}</wsman:MaxEnvelopeSize></s:Header>"))
    };
    assert_eq!(
        service.fault(&sized(8191)).await,
        (
            "wsman:EncodingLimit".to_owned(),
            Some("MinimumEnvelopeLimit".to_owned())
        )
    );
    let long = "d".repeat(9000);
    let put = message(
        &format!("{TRANSFER}Put"),
        &format!("{CIM}CIMI_Machine"),
        &format!(
            "{}<wsman:MaxEnvelopeSize>8192</wsman:MaxEnvelopeSize>",
            selected(STOPPED)
        ),
        &format!(
            "<p:CIMI_Machine xmlns:p=\"{CIM}CIMI_Machine\"><p:Description>{long}</p:Description></p:CIMI_Machine>"
        ),
    );
    assert_eq!(
        service.fault(&put).await,
        (
            "wsman:EncodingLimit".to_owned(),
            Some("UnreportableSuccess".to_owned())
        )
    );
    let get = get("CIMI_Machine", STOPPED).replace(
        "</s:Header>",
        "<wsman:MaxEnvelopeSize>8192</wsman:MaxEnvelopeSize></s:Header>",
    );
    assert_eq!(
        service.fault(&get).await,
        (
            "wsman:EncodingLimit".to_owned(),
            Some("MaxEnvelopeSize".to_owned())
        )
    );
    let (subcode, detail) = service.fault(&sized(8192)).await;
    assert_eq!(
        (subcode.as_str(), detail.as_deref()),
        ("wsman:EncodingLimit", Some("MaxEnvelopeSize"))
    );
}

/// Proves 7 messages that are none: Content-Type, encoding, XML.
#[tokio::test]
async fn what_is_no_message() {
    let service = Service::start().await;
    let send = async |content_type: Option<&str>, body: Vec<u8>| {
        let configure = |request: &mut Request<bytes::Bytes>| {
            request.headers_mut().remove("content-type");
            if let Some(content_type) = content_type {
                request
                    .headers_mut()
                    .insert("content-type", content_type.parse().unwrap());
            }
        };
        let response = service
            .send_as("admin", Role::Administrator, configure, body)
            .await;
        let status = response.status().as_u16();
        (status, fault_of(&String::from_utf8_lossy(response.body())))
    };
    let soap = Some("application/soap+xml");
    let schema = ("wsman:SchemaValidationError".to_owned(), None);
    let charset = (
        "wsman:EncodingLimit".to_owned(),
        Some("CharacterSet".to_owned()),
    );
    assert_eq!(send(soap, Vec::new()).await, (400, schema.clone()));
    assert_eq!(send(soap, b"<a/>".to_vec()).await, (400, schema.clone()));
    assert_eq!(
        send(
            soap,
            b"<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'>".to_vec()
        )
        .await,
        (500, schema.clone())
    );
    assert_eq!(
        send(
            soap,
            get("X", "\u{e9}")
                .replace('\u{e9}', "?")
                .into_bytes()
                .into_iter()
                .map(|b| if b == b'?' { 0xE9 } else { b })
                .collect()
        )
        .await,
        (500, charset.clone())
    );
    assert_eq!(
        send(Some("text/xml;charset=ISO-8859-1"), b"<a/>".to_vec()).await,
        (500, charset.clone())
    );
    // Sealed messages of a login that is not offered are none, too.
    let sealed = "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";boundary=\"Encrypted Boundary\"";
    for other in ["application/json", sealed] {
        assert_eq!(
            send(Some(other), b"{}".to_vec()).await,
            (415, charset.clone())
        );
    }
    let (status, (subcode, _)) = send(None, get("CIM_X", "x").into_bytes()).await;
    assert_eq!(
        (status, subcode.as_str()),
        (500, "wsa:DestinationUnreachable")
    );
    let bomb = format!(
        "<!DOCTYPE a [<!ENTITY e \"x\">]>{}",
        get("CIMI_Machine", "&e;")
    );
    assert_eq!(send(soap, bomb.into_bytes()).await.1, schema);
}

/// Proves 6 WSManFault for Windows consoles only.
#[tokio::test]
async fn windows_consoles_read_their_own_detail() {
    let service = Service::start().await;
    let windows = |request: &mut Request<bytes::Bytes>| {
        request
            .headers_mut()
            .insert("user-agent", "Microsoft WinRM Client".parse().unwrap());
    };
    let text = get("CIMI_Machine", "machines/none");
    let response = service
        .send_as("admin", Role::Administrator, windows, text.clone())
        .await;
    let answer = String::from_utf8(response.into_body().to_vec()).unwrap();
    assert!(
        answer.contains("Code=\"2150858752\" Machine=\"127.0.0.1\""),
        "{answer}"
    );
    // Others show the number in place of the subcode, and so are not sent it.
    assert!(!service.send(&text).await.1.contains("WSManFault"));
}

/// Proves 1 OperationTimeout that ends an operation.
#[tokio::test]
async fn time_runs_out() {
    let service = Service::start().await;
    let text = get("CIMI_Machine", RUNNING).replace(
        "</s:Header>",
        "<wsman:OperationTimeout>PT0S</wsman:OperationTimeout></s:Header>",
    );
    assert_eq!(service.fault(&text).await.0, "wsman:TimedOut");
}
