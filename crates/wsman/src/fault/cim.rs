//! The faces that errors of a provider have in WS-Management (DSP0227 11.1).

use cim_core::ErrorKind;

use super::{Detail, Subcode};

/// What an operation was doing when a provider refused: the same CIM error has another face for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Finding what the selectors name (Get, Delete).
    Addressing,
    /// Taking a representation (Put, Create).
    Storing,
    /// Calling a method.
    Invoking,
    /// Enumerating.
    Enumerating,
}

/// The table of provider errors: subcode, detail, CIM status (DSP0227 11.1, DSP0223 status codes).
pub(super) fn face(kind: ErrorKind, doing: Doing) -> (Subcode, Option<Detail>, u8) {
    use Detail as D;
    use Subcode as S;
    match kind {
        ErrorKind::Failed | ErrorKind::OutcomeUnknown => (S::InternalError, None, 1),
        ErrorKind::AccessDenied => (S::AccessDenied, None, 2),
        ErrorKind::InvalidNamespace => (S::DestinationUnreachable, None, 3),
        ErrorKind::InvalidParameter => match doing {
            // The fault has two details (DSP0226 14.6); a value out of range does not fit its type.
            Doing::Invoking => (S::InvalidParameter, Some(D::TypeMismatch), 4),
            Doing::Storing => (S::InvalidRepresentation, Some(D::InvalidValues), 4),
            Doing::Addressing => (S::InvalidSelectors, Some(D::InvalidValue), 4),
            Doing::Enumerating => (S::CannotProcessFilter, None, 4),
        },
        ErrorKind::MissingValue => match doing {
            Doing::Invoking => (S::InvalidParameter, Some(D::MissingValues), 4),
            Doing::Storing => (S::InvalidRepresentation, Some(D::MissingValues), 4),
            Doing::Addressing => (S::InvalidSelectors, Some(D::InsufficientSelectors), 4),
            Doing::Enumerating => (S::CannotProcessFilter, None, 4),
        },
        ErrorKind::TypeMismatch => match doing {
            Doing::Invoking => (S::InvalidParameter, Some(D::TypeMismatch), 13),
            Doing::Storing => (S::InvalidRepresentation, Some(D::InvalidValues), 13),
            Doing::Addressing => (S::InvalidSelectors, Some(D::TypeMismatch), 13),
            Doing::Enumerating => (S::CannotProcessFilter, None, 13),
        },
        ErrorKind::InvalidClass => (S::DestinationUnreachable, Some(D::InvalidResourceUri), 5),
        // The object of an association filter has to exist (DSP0227 R8.2.1-4).
        ErrorKind::NotFound if doing == Doing::Enumerating => (S::CannotProcessFilter, None, 6),
        ErrorKind::NotFound => (S::DestinationUnreachable, None, 6),
        ErrorKind::NotSupported => (S::ActionNotSupported, Some(D::ActionMismatch), 7),
        ErrorKind::AlreadyExists => (S::AlreadyExists, None, 11),
        ErrorKind::NoSuchProperty => match doing {
            Doing::Invoking => (S::InvalidParameter, Some(D::InvalidName), 12),
            Doing::Storing => (S::InvalidRepresentation, Some(D::InvalidValues), 12),
            Doing::Addressing => (S::InvalidSelectors, Some(D::UnexpectedSelectors), 12),
            Doing::Enumerating => (S::CannotProcessFilter, None, 12),
        },
        ErrorKind::ReadOnly => (S::InvalidRepresentation, Some(D::InvalidValues), 4),
        ErrorKind::QueryLanguageNotSupported => (S::FilterDialectRequestedUnavailable, None, 14),
        ErrorKind::InvalidQuery => (S::CannotProcessFilter, None, 15),
        ErrorKind::MethodNotFound => (S::ActionNotSupported, None, 17),
        // A CIMI service says 409 for these three, and 412 for the fourth.
        ErrorKind::WrongState => (S::Concurrency, None, 16),
        ErrorKind::InUse | ErrorKind::PreconditionFailed => (S::Concurrency, None, 1),
        ErrorKind::QuotaExceeded => (S::QuotaLimit, None, 27),
        ErrorKind::TooLarge => (S::EncodingLimit, Some(D::ServiceEnvelopeLimit), 27),
        ErrorKind::TimedOut => (S::TimedOut, None, 1),
        ErrorKind::InvalidCursor => (S::InvalidEnumerationContext, None, 21),
        ErrorKind::Unavailable => (S::EndpointUnavailable, None, 28),
        ErrorKind::BackEnd => (S::EndpointUnavailable, None, 1),
    }
}

/// Names of the CIM status codes that [`face`] uses (DSP0200 5.2.6).
pub(crate) const fn status_name(status: u8) -> &'static str {
    match status {
        2 => "CIM_ERR_ACCESS_DENIED",
        3 => "CIM_ERR_INVALID_NAMESPACE",
        4 => "CIM_ERR_INVALID_PARAMETER",
        5 => "CIM_ERR_INVALID_CLASS",
        6 => "CIM_ERR_NOT_FOUND",
        7 => "CIM_ERR_NOT_SUPPORTED",
        11 => "CIM_ERR_ALREADY_EXISTS",
        12 => "CIM_ERR_NO_SUCH_PROPERTY",
        13 => "CIM_ERR_TYPE_MISMATCH",
        14 => "CIM_ERR_QUERY_LANGUAGE_NOT_SUPPORTED",
        15 => "CIM_ERR_INVALID_QUERY",
        16 => "CIM_ERR_METHOD_NOT_AVAILABLE",
        17 => "CIM_ERR_METHOD_NOT_FOUND",
        21 => "CIM_ERR_INVALID_ENUMERATION_CONTEXT",
        27 => "CIM_ERR_SERVER_LIMITS_EXCEEDED",
        28 => "CIM_ERR_SERVER_IS_SHUTTING_DOWN",
        _ => "CIM_ERR_FAILED",
    }
}
