//! Providers that fail, and one that never answers: what callers are told.

use std::sync::Arc;

use async_trait::async_trait;
use cim_core::{CimError, ErrorKind, Instance, MethodDescriptor, ObjectPath, Schema};
use cim_query::Query;
use provider::{
    Bookmark, Change, Container, Created, EventPage, IfMatch, Invoked, OperationContext, Outcome,
    Page, PageRequest, Parameters, Provider, Resource,
};

use super::service::{
    CIM, RUNNING, Service, TRANSFER, content, enumerate, fault_of, get, invoke, message, pull,
};
use crate::wsman::{Settings, WsmanBinding};

/// A provider that always fails in the same way, or never answers.
struct Unwell(Option<ErrorKind>);

impl Unwell {
    async fn outcome<T>(&self) -> Result<T, CimError> {
        match self.0 {
            Some(kind) => Err(CimError::new(kind, "It failed.").with_retry_after(7)),
            None => std::future::pending().await,
        }
    }
}

#[async_trait]
impl Provider for Unwell {
    fn schema(&self) -> &Arc<Schema> {
        cimi_model::schema()
    }
    async fn get(&self, _: &OperationContext, _: &ObjectPath) -> Result<Resource, CimError> {
        self.outcome().await
    }
    async fn query(
        &self,
        _: &OperationContext,
        _: &Query,
        _: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        self.outcome().await
    }
    async fn create(
        &self,
        _: &OperationContext,
        _: Instance,
        _: Option<Container>,
    ) -> Result<Created, CimError> {
        self.outcome().await
    }
    async fn modify(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: Vec<Change>,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.outcome().await
    }
    async fn delete(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.outcome().await
    }
    async fn invoke(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: &'static MethodDescriptor,
        _: Parameters,
    ) -> Result<Invoked, CimError> {
        self.outcome().await
    }
    async fn watch(
        &self,
        _: &OperationContext,
        _: Bookmark,
        _: usize,
        _: Option<std::time::Instant>,
    ) -> Result<EventPage, CimError> {
        self.outcome().await
    }
}

async fn unwell(kind: Option<ErrorKind>) -> Service {
    behind(Service::start().await, kind)
}

/// The same service with another provider.
fn behind(service: Service, kind: Option<ErrorKind>) -> Service {
    Service {
        binding: WsmanBinding::new(
            Arc::new(Unwell(kind)),
            Arc::clone(&service.seal) as _,
            Settings::default(),
        ),
        ..service
    }
}

pub(super) fn create() -> String {
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
        let service = unwell(Some(kind)).await;
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

/// Proves E a service without subscriptions.
#[tokio::test]
async fn there_are_no_subscriptions() {
    let service = unwell(Some(ErrorKind::Failed)).await;
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

/// Proves 1 OperationTimeout that ends an operation.
/// Proves 4 MaxTime that ends a Pull.
#[tokio::test]
async fn a_provider_that_never_answers_is_not_waited_for() {
    let service = Service::start().await;
    let answer = service.ok(&enumerate("CIMI_Machine", "")).await;
    let context = content(&answer, "EnumerationContext").unwrap().to_owned();
    let silent = behind(service, None);
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
