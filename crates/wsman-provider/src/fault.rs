//! What a fault of the service means: the way back from the table of faces (DSP0226 14, DSP0227 11).

use std::time::Duration;

use cim_core::{CimError, ErrorKind};
use upstream::Trouble;
use wsman::Doing;
use wsman::client::RemoteFault;
use wsman::uris::OWNING_ENTITY;

/// What a fault means for the call that it answers.
pub(crate) fn trouble(fault: &RemoteFault, doing: Doing) -> Trouble {
    if let Some(error) = told(fault) {
        // Another bridge: it names its own clouds, and has tried what may be tried.
        return Trouble::Refused(error);
    }
    let text = text(fault);
    match subcode(fault) {
        "EndpointUnavailable" => Trouble::Busy {
            retry_after: fault.retry_after.map(Duration::from_secs),
            reason: format!("it is not available: {text}"),
        },
        // It gave up in the middle.
        "TimedOut" => Trouble::NoAnswer(format!("it ran out of time: {text}")),
        "InternalError" => Trouble::Failed(format!("it failed: {text}")),
        _ => Trouble::Refused(CimError::new(kind(fault, doing), text)),
    }
}

/// The subcode, or the code where there is none.
fn subcode(fault: &RemoteFault) -> &str {
    if fault.subcode.is_empty() {
        &fault.code
    } else {
        &fault.subcode
    }
}

/// What the service says, for people.
fn text(fault: &RemoteFault) -> String {
    let message = fault
        .cim_error
        .as_ref()
        .map(|error| error.message.as_str())
        .filter(|message| !message.is_empty());
    match message {
        Some(message) => message.to_owned(),
        None => fault.to_string(),
    }
}

/// The error of a provider behind another bridge, as that provider made it.
fn told(fault: &RemoteFault) -> Option<CimError> {
    let remote = fault.cim_error.as_ref()?;
    if remote.owner != OWNING_ENTITY {
        return None;
    }
    let mut error = CimError::new(ErrorKind::from_name(&remote.id)?, remote.message.clone());
    if let Some(subject) = remote.arguments.first() {
        error = error.with_subject(subject.clone());
    }
    if let Some(seconds) = fault.retry_after {
        error = error.with_retry_after(u32::try_from(seconds).unwrap_or(u32::MAX));
    }
    Some(error)
}

/// The situation that a fault of any service tells of. The CIM status is more precise than the subcode, where
/// there is one.
fn kind(fault: &RemoteFault, doing: Doing) -> ErrorKind {
    use ErrorKind as E;
    let detail = fault.detail.as_deref().unwrap_or_default();
    match (subcode(fault), detail, fault.cim_status) {
        (_, _, Some(2)) | ("AccessDenied", ..) => E::AccessDenied,
        (_, _, Some(3)) => E::InvalidNamespace,
        (_, _, Some(5)) | ("DestinationUnreachable", "InvalidResourceURI", _) => E::InvalidClass,
        (_, _, Some(6)) | ("DestinationUnreachable" | "InvalidSelectors", "", None) => E::NotFound,
        (_, _, Some(7)) => E::NotSupported,
        (_, _, Some(11)) | ("AlreadyExists", ..) => E::AlreadyExists,
        (_, _, Some(12)) => E::NoSuchProperty,
        (_, _, Some(13)) | (_, "TypeMismatch", _) => E::TypeMismatch,
        (_, _, Some(14)) | ("FilterDialectRequestedUnavailable", ..) => {
            E::QueryLanguageNotSupported
        }
        (_, _, Some(15)) | ("CannotProcessFilter" | "FilteringNotSupported", ..) => E::InvalidQuery,
        (_, _, Some(16)) => E::WrongState,
        (_, _, Some(17)) => E::MethodNotFound,
        (_, _, Some(21)) | ("InvalidEnumerationContext", ..) => E::InvalidCursor,
        (_, "MissingValues" | "InsufficientSelectors", _) => E::MissingValue,
        ("InvalidSelectors" | "InvalidParameter" | "InvalidRepresentation", ..)
        | (_, _, Some(4)) => E::InvalidParameter,
        // An action that the class does not have is a method that it does not have.
        ("ActionNotSupported", "", None) if doing == Doing::Invoking => E::MethodNotFound,
        ("DestinationUnreachable", ..) => E::NotFound,
        ("Concurrency", ..) => E::WrongState,
        ("QuotaLimit", ..) => E::QuotaExceeded,
        ("EncodingLimit", ..) => E::TooLarge,
        (
            "ActionNotSupported"
            | "UnsupportedFeature"
            | "MustUnderstand"
            | "PolymorphismModeNotSupported"
            | "FragmentDialectNotSupported",
            ..,
        ) => E::NotSupported,
        ("SchemaValidationError" | "InvalidMessage" | "InvalidOptions", ..) => E::InvalidParameter,
        _ => E::Failed,
    }
}

/// Whether the service did it, and its answer is only too large to be sent (DSP0226 R6.2-5).
pub(crate) fn is_unreportable_success(fault: &RemoteFault) -> bool {
    fault.detail.as_deref() == Some("UnreportableSuccess")
}

/// Whether the service does not know a header of ours.
pub(crate) fn is_not_understood(fault: &RemoteFault) -> bool {
    fault.code == "MustUnderstand" || fault.is("MustUnderstand")
}

/// Whether a service refuses how something is asked, not what: the dialect, the mode, the polymorphism.
pub(crate) fn is_manner(fault: &RemoteFault) -> bool {
    if told(fault).is_some_and(|error| error.kind() == ErrorKind::NotFound) {
        return false;
    }
    matches!(
        subcode(fault),
        "FilterDialectRequestedUnavailable"
            | "CannotProcessFilter"
            | "FilteringNotSupported"
            | "UnsupportedFeature"
            | "PolymorphismModeNotSupported"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use wsman::client::{Unreadable, read};
    use wsman::{Audience, Fault, Reply};

    fn sent(fault: &Fault) -> Box<RemoteFault> {
        let text = wsman::fault(fault, &Reply::default(), "uuid:1", Audience::Standard);
        match read::object(text.as_bytes(), None, "") {
            Err(Unreadable::Fault(fault)) => fault,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_error_of_a_bridge_comes_back_as_it_was() {
        for kind in ErrorKind::ALL {
            for doing in [
                Doing::Addressing,
                Doing::Storing,
                Doing::Invoking,
                Doing::Enumerating,
            ] {
                let error = CimError::new(kind, "Size: it is wrong.")
                    .with_subject("Size")
                    .with_retry_after(7);
                let Trouble::Refused(back) = trouble(&sent(&Fault::from_cim(&error, doing)), doing)
                else {
                    panic!("{kind:?}");
                };
                assert_eq!(back.kind(), kind, "{doing:?}");
                assert_eq!(back.message(), error.message());
                assert_eq!(back.subject(), Some("Size"));
                assert_eq!(back.retry_after_seconds(), Some(7));
            }
        }
    }

    #[test]
    fn faults_of_other_services_have_the_nearest_meaning() {
        let fault = |subcode: &str, detail: &str, status: Option<u32>| RemoteFault {
            code: "Sender".into(),
            subcode: subcode.into(),
            detail: (!detail.is_empty()).then(|| detail.to_owned()),
            cim_status: status,
            reason: "Because.".into(),
            ..RemoteFault::default()
        };
        use ErrorKind as E;
        for (subcode, detail, status, expected) in [
            ("DestinationUnreachable", "", None, E::NotFound),
            (
                "DestinationUnreachable",
                "InvalidResourceURI",
                None,
                E::InvalidClass,
            ),
            (
                "InvalidSelectors",
                "UnexpectedSelectors",
                None,
                E::InvalidParameter,
            ),
            (
                "InvalidRepresentation",
                "MissingValues",
                None,
                E::MissingValue,
            ),
            ("InvalidParameter", "TypeMismatch", Some(4), E::TypeMismatch),
            ("Concurrency", "", None, E::WrongState),
            ("InternalError", "", Some(6), E::NotFound),
            ("AccessDenied", "", None, E::AccessDenied),
            ("QuotaLimit", "", None, E::QuotaExceeded),
            ("InvalidEnumerationContext", "", None, E::InvalidCursor),
            ("SomethingOfItsOwn", "", None, E::Failed),
        ] {
            let fault = fault(subcode, detail, status);
            assert_eq!(kind(&fault, Doing::Storing), expected, "{fault:?}");
        }
        assert!(matches!(
            trouble(&fault("EndpointUnavailable", "", None), Doing::Storing),
            Trouble::Busy { .. }
        ));
        assert!(matches!(
            trouble(&fault("TimedOut", "", None), Doing::Storing),
            Trouble::NoAnswer(_)
        ));
    }
}
