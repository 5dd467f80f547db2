//! The whole fault table: every subcode and every detail that the service can send is sent, to a message.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use cim_core::{CimError, ErrorKind, Instance, MethodDescriptor, ObjectPath, Schema};
use cim_query::Query;
use http::Request;
use provider::{
    Bookmark, Change, Container, Created, EventPage, IfMatch, Invoked, OperationContext, Outcome,
    Page, PageRequest, Parameters, Provider, Resource, Role,
};
use wsman::Detail;

use super::service::{
    CIM, ENUMERATION, RUNNING, Service, TRANSFER, content, enumerate, fault_of, get, invoke,
    message, pull, selected,
};
use crate::wsman::{Settings, WsmanBinding};
use crate::{Binding, Refusal};

/// A provider that always fails in the same way.
struct Failing(ErrorKind);

impl Failing {
    fn error(&self) -> CimError {
        CimError::new(self.0, "It failed.").with_retry_after(7)
    }
}

#[async_trait]
impl Provider for Failing {
    fn schema(&self) -> &Arc<Schema> {
        cimi_model::schema()
    }
    async fn get(&self, _: &OperationContext, _: &ObjectPath) -> Result<Resource, CimError> {
        Err(self.error())
    }
    async fn query(
        &self,
        _: &OperationContext,
        _: &Query,
        _: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        Err(self.error())
    }
    async fn create(
        &self,
        _: &OperationContext,
        _: Instance,
        _: Option<Container>,
    ) -> Result<Created, CimError> {
        Err(self.error())
    }
    async fn modify(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: Vec<Change>,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        Err(self.error())
    }
    async fn delete(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        Err(self.error())
    }
    async fn invoke(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: &'static MethodDescriptor,
        _: Parameters,
    ) -> Result<Invoked, CimError> {
        Err(self.error())
    }
    async fn watch(
        &self,
        _: &OperationContext,
        _: Bookmark,
        _: usize,
        _: Option<std::time::Instant>,
    ) -> Result<EventPage, CimError> {
        Err(self.error())
    }
}

async fn failing(kind: ErrorKind) -> Service {
    let service = Service::start().await;
    Service {
        binding: WsmanBinding::new(
            Arc::new(Failing(kind)),
            Arc::clone(&service.seal) as _,
            Settings::default(),
        ),
        ..service
    }
}

fn create() -> String {
    message(
        &format!("{TRANSFER}Create"),
        &format!("{CIM}CIMI_Volume"),
        "",
        &format!("<p:CIMI_Volume xmlns:p=\"{CIM}CIMI_Volume\"></p:CIMI_Volume>"),
    )
}

/// Proves 6 every error of a provider, with CIM_Error and ReplyAfter.
#[tokio::test]
async fn every_error_of_a_provider_has_a_face() {
    use ErrorKind as E;
    // Get, Create, Invoke, Enumerate: subcodes and details.
    let same = |subcode: &'static str, detail: &'static str| [(subcode, detail); 4];
    let bad = |selectors, representation, parameter| {
        [
            ("wsman:InvalidSelectors", selectors),
            ("wxf:InvalidRepresentation", representation),
            ("wsman:InvalidParameter", parameter),
            ("wsen:CannotProcessFilter", ""),
        ]
    };
    for (kind, expected, status) in [
        (E::Failed, same("wsman:InternalError", ""), "1"),
        (E::OutcomeUnknown, same("wsman:InternalError", ""), "1"),
        (E::AccessDenied, same("wsman:AccessDenied", ""), "2"),
        (
            E::InvalidParameter,
            bad("InvalidValue", "InvalidValues", "TypeMismatch"),
            "4",
        ),
        (
            E::MissingValue,
            bad("InsufficientSelectors", "MissingValues", "MissingValues"),
            "4",
        ),
        (
            E::TypeMismatch,
            bad("TypeMismatch", "InvalidValues", "TypeMismatch"),
            "13",
        ),
        (
            E::NoSuchProperty,
            bad("UnexpectedSelectors", "InvalidValues", "InvalidName"),
            "12",
        ),
        (
            E::InvalidClass,
            same("wsa:DestinationUnreachable", "InvalidResourceURI"),
            "5",
        ),
        (
            E::NotSupported,
            same("wsa:ActionNotSupported", "ActionMismatch"),
            "7",
        ),
        (E::AlreadyExists, same("wsman:AlreadyExists", ""), "11"),
        (
            E::QueryLanguageNotSupported,
            same("wsen:FilterDialectRequestedUnavailable", ""),
            "14",
        ),
        (E::InvalidQuery, same("wsen:CannotProcessFilter", ""), "15"),
        (E::MethodNotFound, same("wsa:ActionNotSupported", ""), "17"),
        (E::WrongState, same("wsman:Concurrency", ""), "16"),
        (E::InUse, same("wsman:Concurrency", ""), "1"),
        (E::PreconditionFailed, same("wsman:Concurrency", ""), "1"),
        (E::QuotaExceeded, same("wsman:QuotaLimit", ""), "27"),
        (
            E::TooLarge,
            same("wsman:EncodingLimit", "ServiceEnvelopeLimit"),
            "27",
        ),
        (E::TimedOut, same("wsman:TimedOut", ""), "1"),
        (
            E::InvalidCursor,
            same("wsen:InvalidEnumerationContext", ""),
            "21",
        ),
        (E::Unavailable, same("wsa:EndpointUnavailable", ""), "28"),
        (E::BackEnd, same("wsa:EndpointUnavailable", ""), "1"),
    ] {
        let service = failing(kind).await;
        let requests = [
            get("CIMI_Machine", RUNNING),
            create(),
            invoke("CIMI_Machine", RUNNING, "Stop", ""),
            enumerate("CIMI_Machine", "<wsman:OptimizeEnumeration/>"),
        ];
        for (text, (subcode, detail)) in requests.iter().zip(expected) {
            let (http, answer) = service.send(text).await;
            assert_eq!(http, 500);
            let found = fault_of(&answer);
            assert_eq!(
                (found.0.as_str(), found.1.as_deref().unwrap_or_default()),
                (subcode, detail),
                "{kind:?}: {text}"
            );
            // CIM_Error goes along, and when to try again.
            assert_eq!(content(&answer, "CIMStatusCode"), Some(status), "{kind:?}");
            assert_eq!(content(&answer, "ReplyAfter"), Some("7"));
            assert!(content(&answer, "Text").unwrap().ends_with("It failed."));
        }
    }
}

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

/// Proves E a service without subscriptions.
#[tokio::test]
async fn there_are_no_subscriptions() {
    let service = failing(ErrorKind::Failed).await;
    for (operation, body) in [
        (
            "Subscribe",
            "<e:Subscribe xmlns:e=\"http://schemas.xmlsoap.org/ws/2004/08/eventing\"><e:Delivery/></e:Subscribe>",
        ),
        (
            "Renew",
            "<e:Renew xmlns:e=\"http://schemas.xmlsoap.org/ws/2004/08/eventing\"/>",
        ),
        (
            "Unsubscribe",
            "<e:Unsubscribe xmlns:e=\"http://schemas.xmlsoap.org/ws/2004/08/eventing\"/>",
        ),
    ] {
        let text = message(
            &format!("http://schemas.xmlsoap.org/ws/2004/08/eventing/{operation}"),
            &format!("{CIM}CIMI_Machine"),
            "<e:Identifier xmlns:e=\"http://schemas.xmlsoap.org/ws/2004/08/eventing\">uuid:1</e:Identifier>",
            body,
        );
        // The wsman command leaves the resource out where the identifier says enough.
        let from = text.find("<wsman:ResourceURI").unwrap();
        let to = text.find("</wsman:ResourceURI>").unwrap() + "</wsman:ResourceURI>".len();
        let bare = [&text[..from], &text[to..]].concat();
        for text in [text, bare] {
            let (_, answer) = service.send(&text).await;
            assert_eq!(fault_of(&answer).0, "wsa:ActionNotSupported", "{text}");
            assert!(
                content(&answer, "Text")
                    .unwrap()
                    .contains("no subscriptions")
            );
        }
    }
}

/// A provider that never answers.
struct Silent;

#[async_trait]
impl Provider for Silent {
    fn schema(&self) -> &Arc<Schema> {
        cimi_model::schema()
    }
    async fn get(&self, _: &OperationContext, _: &ObjectPath) -> Result<Resource, CimError> {
        std::future::pending().await
    }
    async fn query(
        &self,
        _: &OperationContext,
        _: &Query,
        _: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        std::future::pending().await
    }
    async fn create(
        &self,
        _: &OperationContext,
        _: Instance,
        _: Option<Container>,
    ) -> Result<Created, CimError> {
        std::future::pending().await
    }
    async fn modify(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: Vec<Change>,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        std::future::pending().await
    }
    async fn delete(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        std::future::pending().await
    }
    async fn invoke(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: &'static MethodDescriptor,
        _: Parameters,
    ) -> Result<Invoked, CimError> {
        std::future::pending().await
    }
    async fn watch(
        &self,
        _: &OperationContext,
        _: Bookmark,
        _: usize,
        _: Option<std::time::Instant>,
    ) -> Result<EventPage, CimError> {
        std::future::pending().await
    }
}

/// Proves 1 OperationTimeout that ends an operation.
/// Proves 4 MaxTime that ends a Pull.
#[tokio::test]
async fn a_provider_that_never_answers_is_not_waited_for() {
    let service = Service::start().await;
    let answer = service.ok(&enumerate("CIMI_Machine", "")).await;
    let context = content(&answer, "EnumerationContext").unwrap().to_owned();
    let silent = Service {
        binding: WsmanBinding::new(
            Arc::new(Silent),
            Arc::clone(&service.seal) as _,
            Settings::default(),
        ),
        ..service
    };
    let short = "<wsman:OperationTimeout>PT0.02S</wsman:OperationTimeout></s:Header>";
    for text in [
        get("CIMI_Machine", RUNNING),
        create(),
        invoke("CIMI_Machine", RUNNING, "Stop", ""),
        enumerate("CIMI_Machine", "<wsman:OptimizeEnumeration/>"),
        pull(&context, ""),
    ] {
        let (subcode, _) = silent.fault(&text.replace("</s:Header>", short)).await;
        assert_eq!(subcode, "wsman:TimedOut", "{text}");
    }
    // Both times the context stays good.
    let hurried = pull(&context, "<wsen:MaxTime>PT0.02S</wsen:MaxTime>");
    for _ in 0..2 {
        assert_eq!(silent.fault(&hurried).await.0, "wsman:TimedOut");
    }
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
