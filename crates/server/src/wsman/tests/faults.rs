//! The whole fault table: every subcode and every detail that the service can send is sent, to a message.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use provider::Role;
use wsman::Detail;

use super::failing::create;
use super::service::{
    CIM, ENUMERATION, RUNNING, Service, TRANSFER, content, enumerate, fault_of, get, invoke,
    message, pull, selected,
};
use crate::wsman::Settings;
use crate::{Binding, Refusal};

/// Proves 6 every subcode of the table.
#[tokio::test]
async fn every_subcode_is_sent() {
    let service = Service::start().await;
    let with = |header: &str| {
        get("CIMI_Machine", RUNNING).replace("</s:Header>", &format!("{header}</s:Header>"))
    };
    let filter = |inner: &str| enumerate("CIMI_Machine", inner);
    let marked = "s:mustUnderstand=\"true\"";
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (text, expected) in [
        (
            with(&format!("<h:X xmlns:h=\"urn:h\" {marked}/>")),
            "s:MustUnderstand",
        ),
        (
            get("CIMI_Machine", RUNNING).replace(
                "http://www.w3.org/2003/05/soap-envelope",
                "http://schemas.xmlsoap.org/soap/envelope/",
            ),
            "s:VersionMismatch",
        ),
        (
            message(
                "urn:nothing",
                &format!("{CIM}CIMI_Machine"),
                &selected(RUNNING),
                "",
            ),
            "wsa:ActionNotSupported",
        ),
        (get("CIMI_Nothing", RUNNING), "wsa:DestinationUnreachable"),
        (
            with("<wsman:OperationTimeout>soon</wsman:OperationTimeout>"),
            "wsa:InvalidMessageInformationHeader",
        ),
        (
            get("CIMI_Machine", RUNNING).replace("<wsa:MessageID>uuid:ABCD-1</wsa:MessageID>", ""),
            "wsa:MessageInformationHeaderRequired",
        ),
        (
            filter("<wsman:Filter>Nothing</wsman:Filter>"),
            "wsen:CannotProcessFilter",
        ),
        (
            filter("<wsman:Filter Dialect=\"urn:x\">a</wsman:Filter>"),
            "wsen:FilterDialectRequestedUnavailable",
        ),
        (
            message(
                &format!("{ENUMERATION}Enumerate"),
                "http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*",
                "",
                "<wsen:Enumerate><wsman:Filter>a</wsman:Filter></wsen:Enumerate>",
            ),
            "wsen:FilteringNotSupported",
        ),
        (pull("nothing", ""), "wsen:InvalidEnumerationContext"),
        (
            filter("<wsen:Expires>PT0S</wsen:Expires>"),
            "wsen:InvalidExpirationTime",
        ),
        (
            create().replace("</p:", "<p:Nothing>1</p:Nothing></p:"),
            "wxf:InvalidRepresentation",
        ),
        (
            with("<wsman:FragmentTransfer Dialect=\"urn:x\">State</wsman:FragmentTransfer>"),
            "wsman:FragmentDialectNotSupported",
        ),
        (
            with("<wsman:MaxEnvelopeSize>1</wsman:MaxEnvelopeSize>"),
            "wsman:EncodingLimit",
        ),
        (
            with(
                "<wsman:OptionSet><wsman:Option Name=\"X\" MustComply=\"true\">1</wsman:Option></wsman:OptionSet>",
            ),
            "wsman:InvalidOptions",
        ),
        (
            invoke("CIMI_Machine", RUNNING, "Stop", "<p:X>1</p:X>"),
            "wsman:InvalidParameter",
        ),
        (
            get("CIMI_Machine", RUNNING).replace("InstanceID", "Cpu"),
            "wsman:InvalidSelectors",
        ),
        (
            filter("<wsen:MaxElements>x</wsen:MaxElements>"),
            "wsman:SchemaValidationError",
        ),
        (
            with("<wsman:OperationTimeout>PT0S</wsman:OperationTimeout>"),
            "wsman:TimedOut",
        ),
        (
            filter("<wsman:EnumerationMode>All</wsman:EnumerationMode>"),
            "wsman:UnsupportedFeature",
        ),
        (
            filter("<wsmb:PolymorphismMode>All</wsmb:PolymorphismMode>"),
            "wsmb:PolymorphismModeNotSupported",
        ),
    ] {
        let (subcode, _) = service.fault(&text).await;
        assert_eq!(subcode, expected, "{text}");
        seen.insert(subcode);
    }
    for (text, expected, _) in super::eventing::refusals() {
        let (subcode, _) = service.fault(&text).await;
        assert_eq!(subcode, expected, "{text}");
        seen.insert(subcode);
    }
    seen.insert(super::eventing::renewed_too_late(&service).await);
    // A context that has expired.
    let short = Service::with(Settings {
        usual_lifetime: Duration::ZERO,
        ..Settings::default()
    })
    .await;
    let answer = short.ok(&enumerate("CIMI_Machine", "")).await;
    let expired = content(&answer, "EnumerationContext").unwrap();
    let (subcode, _) = short.fault(&pull(expired, "")).await;
    assert_eq!(subcode, "wsen:TimedOut");
    seen.insert(subcode);
    // What the transport says.
    let parts = Request::post("/wsman")
        .body(Bytes::new())
        .unwrap()
        .into_parts()
        .0;
    for (refusal, status, expected) in [
        (Refusal::Forbidden, 403, "wsman:AccessDenied"),
        (Refusal::Busy, 503, "wsman:QuotaLimit"),
        (Refusal::ShuttingDown, 503, "wsa:EndpointUnavailable"),
        (Refusal::BodyTimeout, 408, "wsman:TimedOut"),
        (Refusal::BodyTooLarge(1), 413, "wsman:EncodingLimit"),
    ] {
        let response = service.binding.refuse(&parts, refusal);
        assert_eq!(response.status().as_u16(), status);
        let text = String::from_utf8(response.into_body().to_vec()).unwrap();
        assert_eq!(fault_of(&text).0, expected);
        seen.insert(fault_of(&text).0);
    }
    // What only a provider says; see the test above.
    seen.extend(
        [
            "wsman:AlreadyExists",
            "wsman:Concurrency",
            "wsman:InternalError",
        ]
        .map(str::to_owned),
    );
    let table: BTreeSet<String> = wsman::Subcode::ALL
        .iter()
        .map(|subcode| wsman::Fault::new(*subcode).name())
        .collect();
    assert_eq!(seen, table);
}

/// Proves 6 every FaultDetail of the table.
#[tokio::test]
async fn every_detail_is_sent() {
    let service = Service::start().await;
    let with = |header: &str| {
        get("CIMI_Machine", RUNNING).replace("</s:Header>", &format!("{header}</s:Header>"))
    };
    let keyed = |selectors: &str| {
        get("CIMI_Machine", RUNNING).replace(
            &selected(RUNNING),
            &format!("<wsman:SelectorSet>{selectors}</wsman:SelectorSet>"),
        )
    };
    let put = |body: &str| {
        message(
            &format!("{TRANSFER}Put"),
            &format!("{CIM}CIMI_Machine"),
            &selected(RUNNING),
            body,
        )
    };
    let machine = |inner: &str| {
        format!("<p:CIMI_Machine xmlns:p=\"{CIM}CIMI_Machine\">{inner}</p:CIMI_Machine>")
    };
    let id = format!("<wsman:Selector Name=\"InstanceID\">{RUNNING}</wsman:Selector>");
    let marked = "s:mustUnderstand=\"true\"";
    let small = "<wsman:MaxEnvelopeSize>8192</wsman:MaxEnvelopeSize></s:Header>";
    let long = "x".repeat(9000);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (text, subcode, detail) in [
        (
            get("CIMI_Machine", RUNNING).replace(&format!("{CIM}CIMI_Machine"), &format!("{CIM}*")),
            "wsa:ActionNotSupported",
            "ActionMismatch",
        ),
        (
            with("<wsa:FaultTo><wsa:Address>http://elsewhere/</wsa:Address></wsa:FaultTo>"),
            "wsman:UnsupportedFeature",
            "AddressingMode",
        ),
        (
            get("CIM_Namespace", "x").replace(
                &selected("x"),
                "<wsman:SelectorSet><wsman:Selector Name=\"__cimnamespace\">root/interop</wsman:Selector>\
                 <wsman:Selector Name=\"CreationClassName\">CIM_Namespace</wsman:Selector></wsman:SelectorSet>",
            ),
            "wsman:InvalidSelectors",
            "AmbiguousSelectors",
        ),
        (
            with(&format!("<p:DataLocale xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd\" xml:lang=\"de\" {marked}/>")),
            "wsman:UnsupportedFeature",
            "DataLocale",
        ),
        (keyed(&[id.as_str(); 2].concat()), "wsman:InvalidSelectors", "DuplicateSelectors"),
        (
            enumerate("CIMI_Machine", "<wsman:EnumerationMode>All</wsman:EnumerationMode>"),
            "wsman:UnsupportedFeature",
            "EnumerationMode",
        ),
        (enumerate("*", ""), "wsman:UnsupportedFeature", "FilteringRequired"),
        (
            enumerate("CIMI_Machine", "").replace(
                "</s:Header>",
                "<wsman:FragmentTransfer>State</wsman:FragmentTransfer></s:Header>",
            ),
            "wsman:UnsupportedFeature",
            "FragmentLevelAccess",
        ),
        (
            put("<wsman:XmlFragment><p:Cpu xmlns:p=\"urn:x\">1</p:Cpu></wsman:XmlFragment>").replace(
                "</s:Header>",
                "<wsman:FragmentTransfer>Description</wsman:FragmentTransfer></s:Header>",
            ),
            "wxf:InvalidRepresentation",
            "InvalidFragment",
        ),
        (
            keyed("<wsman:Selector Name=\"__cimnamespace\">root/cimi</wsman:Selector>"),
            "wsman:InvalidSelectors",
            "InsufficientSelectors",
        ),
        (
            with("<wsman:OptionSet><wsman:Option Name=\"DetailLevel\" MustComply=\"true\">full</wsman:Option></wsman:OptionSet>"),
            "wsman:InvalidOptions",
            "InvalidName",
        ),
        (put("<x xmlns=\"urn:x\"/>"), "wxf:InvalidRepresentation", "InvalidNamespace"),
        (get("CIMI_Nothing", RUNNING), "wsa:DestinationUnreachable", "InvalidResourceURI"),
        (
            with("<wsman:OptionSet><wsman:Option Name=\"ShowExtensions\" MustComply=\"true\">perhaps</wsman:Option></wsman:OptionSet>"),
            "wsman:InvalidOptions",
            "InvalidValue",
        ),
        (put(&machine("<p:Cpu>many</p:Cpu>")), "wxf:InvalidRepresentation", "InvalidValues"),
        (
            with(&format!("<wsman:Locale xml:lang=\"de\" {marked}/>")),
            "wsman:UnsupportedFeature",
            "Locale",
        ),
        (
            put(&machine(&format!("<p:Description>{long}</p:Description>"))).replace("</s:Header>", small),
            "wsman:EncodingLimit",
            "UnreportableSuccess",
        ),
        (with("").replace("</s:Header>", small), "wsman:EncodingLimit", "MaxEnvelopeSize"),
        (
            with("<wsman:MaxEnvelopeSize>1</wsman:MaxEnvelopeSize>"),
            "wsman:EncodingLimit",
            "MinimumEnvelopeLimit",
        ),
        (put(""), "wxf:InvalidRepresentation", "MissingValues"),
        (
            with(&format!("<wsman:OptionSet>{}</wsman:OptionSet>", "<wsman:Option Name=\"o\"/>".repeat(300))),
            "wsman:EncodingLimit",
            "OptionLimit",
        ),
        (
            keyed(&format!("<wsman:Selector Name=\"InstanceID\">{}</wsman:Selector>", "x".repeat(100_000))),
            "wsman:EncodingLimit",
            "SelectorLimit",
        ),
        (
            with(&format!("<x>{}{}</x>", "<x>".repeat(300), "</x>".repeat(300))),
            "wsman:EncodingLimit",
            "ServiceEnvelopeLimit",
        ),
        (
            invoke("CIMI_Machine", RUNNING, "Stop", "<p:Force>perhaps</p:Force>"),
            "wsman:InvalidParameter",
            "TypeMismatch",
        ),
        (
            get("CIMI_Machine", RUNNING).replace("\"InstanceID\"", "\"Cpu\""),
            "wsman:InvalidSelectors",
            "UnexpectedSelectors",
        ),
        (
            get("CIMI_Machine", RUNNING).replace(CIM, &format!("http://x/{}", "y".repeat(9000))),
            "wsman:EncodingLimit",
            "URILimitExceeded",
        ),
    ] {
        let (found, found_detail) = service.fault(&text).await;
        assert_eq!((found.as_str(), found_detail.as_deref()), (subcode, Some(detail)), "{text}");
        seen.insert(detail.to_owned());
    }
    let latin = |request: &mut Request<Bytes>| {
        let media = "application/soap+xml;charset=ISO-8859-1".parse().unwrap();
        request.headers_mut().insert("Content-Type", media);
    };
    let response = service
        .send_as(
            "admin",
            Role::Administrator,
            latin,
            get("CIMI_Machine", RUNNING),
        )
        .await;
    let answer = String::from_utf8(response.into_body().to_vec()).unwrap();
    assert_eq!(fault_of(&answer).1.as_deref(), Some("CharacterSet"));
    seen.insert("CharacterSet".to_owned());
    for (text, _, detail) in super::eventing::refusals() {
        let (_, found) = service.fault(&text).await;
        assert_eq!(found.as_deref(), detail, "{text}");
        seen.extend(found);
    }
    let table: BTreeSet<String> = Detail::ALL.iter().map(|d| d.name().to_owned()).collect();
    assert_eq!(seen, table);
}

/// Proves 6 WSManFault for Windows consoles only.
#[tokio::test]
async fn windows_reads_its_own_detail() {
    let service = Service::start().await;
    for (text, code) in [
        (
            get("CIMI_Machine", RUNNING).replace("InstanceID", "Cpu"),
            "2150858843",
        ),
        (get("CIMI_Nothing", RUNNING), "2150858811"),
        (
            enumerate(
                "CIMI_Machine",
                "<wsmb:PolymorphismMode>All</wsmb:PolymorphismMode>",
            ),
            "2150859063",
        ),
    ] {
        let windows = |request: &mut Request<Bytes>| {
            request
                .headers_mut()
                .insert("User-Agent", "Microsoft WinRM Client".parse().unwrap());
        };
        let response = service
            .send_as("admin", Role::Administrator, windows, text)
            .await;
        let answer = String::from_utf8(response.into_body().to_vec()).unwrap();
        assert!(
            answer.contains(&format!("Code=\"{code}\" Machine=\"127.0.0.1\"")),
            "{answer}"
        );
        let text = content(&answer, "Text").unwrap();
        assert!(answer.contains(&format!("<f:Message>{text}</f:Message>")));
    }
}

/// Proves 7 configuration that Windows clients ask for.
#[tokio::test]
async fn configuration_of_windows_clients() {
    let service = Service::start().await;
    let config = "http://schemas.microsoft.com/wbem/wsman/1/config";
    let answer = service
        .ok(&message(&format!("{TRANSFER}Get"), config, "", ""))
        .await;
    assert!(answer.contains(&format!(
        "<cfg:Config xmlns:cfg=\"{config}\"><cfg:MaxEnvelopeSizekb>1024</cfg:MaxEnvelopeSizekb>"
    )));
    let (subcode, _) = service
        .fault(&message(&format!("{TRANSFER}Put"), config, "", "<x/>"))
        .await;
    assert_eq!(subcode, "wsa:DestinationUnreachable");
}
