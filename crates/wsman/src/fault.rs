//! Faults: one table from what went wrong to code, subcode, detail and text (DSP0226 14, DSP0227 11).

use cim_core::{CimError, ErrorKind};

use crate::uris::{Addressing, ns};

/// A fault that answers a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(Box<Parts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    subcode: Subcode,
    detail: Option<Detail>,
    message: String,
    extra: Extra,
    cim_status: Option<u8>,
}

/// What a fault carries beside code and text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Extra {
    /// Nothing.
    #[default]
    None,
    /// The header block that was marked `mustUnderstand` (SOAP 1.2 part 1, 5.4.8).
    NotUnderstood { namespace: String, name: String },
    /// `wsen:SupportedDialect`, one for each.
    SupportedDialects,
    /// Seconds after which another try makes sense (`wsa:ReplyAfter`).
    ReplyAfter(u32),
}

/// Who is to blame (SOAP 1.2 part 1, 5.4.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The request.
    Sender,
    /// The service.
    Receiver,
    /// `s:MustUnderstand`
    MustUnderstand,
    /// `s:VersionMismatch`
    VersionMismatch,
}

impl Code {
    /// The local name of `s:Value`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sender => "Sender",
            Self::Receiver => "Receiver",
            Self::MustUnderstand => "MustUnderstand",
            Self::VersionMismatch => "VersionMismatch",
        }
    }
}

/// The subcodes that this service sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subcode {
    /// No subcode: a marked header is not understood.
    MustUnderstand,
    /// No subcode: the envelope is not SOAP 1.2.
    VersionMismatch,
    /// `wsa:ActionNotSupported`
    ActionNotSupported,
    /// `wsa:DestinationUnreachable`
    DestinationUnreachable,
    /// `wsa:EndpointUnavailable`
    EndpointUnavailable,
    /// `wsa:InvalidMessageInformationHeader`
    InvalidMessageInformationHeader,
    /// `wsa:MessageInformationHeaderRequired`
    MessageInformationHeaderRequired,
    /// `wsen:CannotProcessFilter`
    CannotProcessFilter,
    /// `wsen:FilterDialectRequestedUnavailable`
    FilterDialectRequestedUnavailable,
    /// `wsen:InvalidEnumerationContext`
    InvalidEnumerationContext,
    /// `wsen:InvalidExpirationTime`
    InvalidExpirationTime,
    /// `wxf:InvalidRepresentation`
    InvalidRepresentation,
    /// `wsman:AccessDenied`
    AccessDenied,
    /// `wsman:AlreadyExists`
    AlreadyExists,
    /// `wsman:Concurrency`
    Concurrency,
    /// `wsman:EncodingLimit`
    EncodingLimit,
    /// `wsman:InternalError`
    InternalError,
    /// `wsman:InvalidOptions`
    InvalidOptions,
    /// `wsman:InvalidParameter`
    InvalidParameter,
    /// `wsman:InvalidSelectors`
    InvalidSelectors,
    /// `wsman:QuotaLimit`
    QuotaLimit,
    /// `wsman:SchemaValidationError`
    SchemaValidationError,
    /// `wsman:TimedOut`
    TimedOut,
    /// `wsman:UnsupportedFeature`
    UnsupportedFeature,
    /// `wsmb:PolymorphismModeNotSupported`
    PolymorphismModeNotSupported,
}

/// The row of a subcode in the fault table.
struct Row {
    prefix: &'static str,
    name: &'static str,
    code: Code,
    action: &'static str,
    reason: &'static str,
    /// The number that the Microsoft fault detail has for it.
    windows: u32,
}

const WSA_FAULT: &str = "http://schemas.xmlsoap.org/ws/2004/08/addressing/fault";
const WSA_2005_FAULT: &str = "http://www.w3.org/2005/08/addressing/fault";
const WXF_FAULT: &str = "http://schemas.xmlsoap.org/ws/2004/09/transfer/fault";
const WSEN_FAULT: &str = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/fault";
const WSMAN_FAULT: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";
const WSMB_FAULT: &str = "http://schemas.dmtf.org/wbem/wsman/1/cimbinding/fault";

const fn row(prefix: &'static str, name: &'static str, reason: &'static str, windows: u32) -> Row {
    let action = match prefix.as_bytes() {
        b"wsen" => WSEN_FAULT,
        b"wxf" => WXF_FAULT,
        b"wsman" => WSMAN_FAULT,
        b"wsmb" => WSMB_FAULT,
        _ => WSA_FAULT,
    };
    Row {
        prefix,
        name,
        code: Code::Sender,
        action,
        reason,
        windows,
    }
}

const fn receiver(
    prefix: &'static str,
    name: &'static str,
    reason: &'static str,
    windows: u32,
) -> Row {
    let mut row = row(prefix, name, reason, windows);
    row.code = Code::Receiver;
    row
}

impl Subcode {
    /// The whole table: names, codes and the customary texts.
    const fn row(self) -> Row {
        match self {
            Self::MustUnderstand => Row {
                prefix: "",
                name: "",
                code: Code::MustUnderstand,
                action: WSA_FAULT,
                reason: "Header not understood.",
                windows: 0x8033_8041,
            },
            Self::VersionMismatch => Row {
                prefix: "",
                name: "",
                code: Code::VersionMismatch,
                action: WSA_FAULT,
                reason: "Version mismatch.",
                windows: 0x8033_8041,
            },
            Self::ActionNotSupported => row(
                "wsa",
                "ActionNotSupported",
                "The action is not supported by the service.",
                0x8033_8001,
            ),
            Self::DestinationUnreachable => row(
                "wsa",
                "DestinationUnreachable",
                "No route can be determined to reach the destination role defined by the WS-Addressing To.",
                0x8033_8000,
            ),
            Self::EndpointUnavailable => receiver(
                "wsa",
                "EndpointUnavailable",
                "The specified endpoint is currently unavailable.",
                0x8033_8000,
            ),
            Self::InvalidMessageInformationHeader => row(
                "wsa",
                "InvalidMessageInformationHeader",
                "A message information header is not valid and the message cannot be processed.",
                0x8033_8041,
            ),
            Self::MessageInformationHeaderRequired => row(
                "wsa",
                "MessageInformationHeaderRequired",
                "A required header is missing.",
                0x8033_8041,
            ),
            Self::CannotProcessFilter => row(
                "wsen",
                "CannotProcessFilter",
                "The requested filter could not be processed.",
                0x8033_8122,
            ),
            Self::FilterDialectRequestedUnavailable => row(
                "wsen",
                "FilterDialectRequestedUnavailable",
                "The requested filtering dialect is not supported.",
                0x8033_8122,
            ),
            Self::InvalidEnumerationContext => receiver(
                "wsen",
                "InvalidEnumerationContext",
                "The supplied enumeration context is invalid.",
                1359,
            ),
            Self::InvalidExpirationTime => row(
                "wsen",
                "InvalidExpirationTime",
                "The expiration time is not valid.",
                0x8033_8041,
            ),
            Self::InvalidRepresentation => row(
                "wxf",
                "InvalidRepresentation",
                "The XML content is not valid.",
                0x8033_8041,
            ),
            Self::AccessDenied => row(
                "wsman",
                "AccessDenied",
                "The sender was not authorized to access the resource.",
                5,
            ),
            Self::AlreadyExists => row(
                "wsman",
                "AlreadyExists",
                "The sender attempted to create a resource that already exists.",
                0x8033_8033,
            ),
            Self::Concurrency => row(
                "wsman",
                "Concurrency",
                "The action could not be completed due to concurrency or locking problems.",
                0x8033_8032,
            ),
            Self::EncodingLimit => row(
                "wsman",
                "EncodingLimit",
                "An internal encoding limit was exceeded in a request or would be violated if the message were processed.",
                0x8033_8035,
            ),
            Self::InternalError => receiver(
                "wsman",
                "InternalError",
                "The service cannot comply with the request due to internal processing errors.",
                1359,
            ),
            Self::InvalidOptions => row(
                "wsman",
                "InvalidOptions",
                "One or more options are not valid.",
                0x8033_8039,
            ),
            Self::InvalidParameter => row(
                "wsman",
                "InvalidParameter",
                "An operation parameter is not valid.",
                0x8033_803A,
            ),
            Self::InvalidSelectors => row(
                "wsman",
                "InvalidSelectors",
                "The selectors for the resource are not valid.",
                0x8033_803D,
            ),
            Self::QuotaLimit => row(
                "wsman",
                "QuotaLimit",
                "The service is busy servicing other requests.",
                0x8033_803F,
            ),
            Self::SchemaValidationError => row(
                "wsman",
                "SchemaValidationError",
                "The supplied SOAP violates the corresponding XML schema definition.",
                0x8033_8041,
            ),
            Self::TimedOut => receiver(
                "wsman",
                "TimedOut",
                "The operation has timed out.",
                0x8033_8029,
            ),
            Self::UnsupportedFeature => row(
                "wsman",
                "UnsupportedFeature",
                "The specified feature is not supported.",
                0x8033_8042,
            ),
            Self::PolymorphismModeNotSupported => row(
                "wsmb",
                "PolymorphismModeNotSupported",
                "The specified polymorphism mode is not supported.",
                2_150_859_063,
            ),
        }
    }
}

macro_rules! details {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Values of `wsman:FaultDetail`, in the spelling of the schema (DSP8015).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Detail {
            $($(#[$doc])* #[doc = concat!("`", $text, "`")] $name,)*
        }

        impl Detail {
            /// The last segment of the detail's URI.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

details! {
    ActionMismatch = "ActionMismatch",
    AddressingMode = "AddressingMode",
    CharacterSet = "CharacterSet",
    /// A Microsoft one
    DataLocale = "DataLocale",
    DuplicateSelectors = "DuplicateSelectors",
    /// Not in the schema's list, but what everybody sends
    EnumerationMode = "EnumerationMode",
    FilteringRequired = "FilteringRequired",
    FragmentLevelAccess = "FragmentLevelAccess",
    InsufficientSelectors = "InsufficientSelectors",
    InvalidName = "InvalidName",
    InvalidNamespace = "InvalidNamespace",
    InvalidResourceUri = "InvalidResourceURI",
    InvalidValue = "InvalidValue",
    InvalidValues = "InvalidValues",
    Locale = "Locale",
    MaxEnvelopeSize = "MaxEnvelopeSize",
    /// Not in the schema's list, but DSP0226 R6.2-4 names it
    MinimumEnvelopeLimit = "MinimumEnvelopeLimit",
    MissingValues = "MissingValues",
    NotSupported = "NotSupported",
    OptionLimit = "OptionLimit",
    SelectorLimit = "SelectorLimit",
    ServiceEnvelopeLimit = "ServiceEnvelopeLimit",
    TypeMismatch = "TypeMismatch",
    UnexpectedSelectors = "UnexpectedSelectors",
    UnreportableSuccess = "UnreportableSuccess",
    UriLimitExceeded = "URILimitExceeded",
}

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

impl Fault {
    /// A fault with the customary text only.
    pub fn new(subcode: Subcode) -> Self {
        Self(Box::new(Parts {
            subcode,
            detail: None,
            message: String::new(),
            extra: Extra::None,
            cim_status: None,
        }))
    }

    /// Adds the `wsman:FaultDetail`.
    #[must_use]
    pub fn detail(mut self, detail: Detail) -> Self {
        self.0.detail = Some(detail);
        self
    }

    /// Adds what exactly was wrong, as a sentence for people.
    #[must_use]
    pub fn because(mut self, message: impl Into<String>) -> Self {
        self.0.message = message.into();
        self
    }

    /// `s:MustUnderstand`: a marked header block that nobody here implements (DSP0226 R13.1-10).
    pub fn not_understood(namespace: &str, name: &str) -> Self {
        let mut fault = Self::new(Subcode::MustUnderstand).because(format!("Header `{name}` of namespace `{namespace}` is marked mustUnderstand and this service does not implement it."));
        fault.0.extra = Extra::NotUnderstood {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        };
        fault
    }

    /// The filter dialect is not one of [`crate::uris::dialect::SUPPORTED`].
    pub fn unknown_dialect(dialect: &str) -> Self {
        let mut fault = Self::new(Subcode::FilterDialectRequestedUnavailable).because(format!(
            "Dialect `{dialect}` is not one of the supported ones."
        ));
        fault.0.extra = Extra::SupportedDialects;
        fault
    }

    /// The face of a provider's error. The CIM status goes along for clients that read `CIM_Error`.
    pub fn from_cim(error: &CimError, doing: Doing) -> Self {
        let (subcode, detail, status) = face(error.kind(), doing);
        let mut message = error.message().to_owned();
        if let Some(subject) = error.subject()
            && !message.contains(subject)
        {
            message = format!("{subject}: {message}");
        }
        let mut fault = Self::new(subcode).because(message);
        fault.0.detail = detail;
        fault.0.cim_status = Some(status);
        if let Some(seconds) = error.retry_after_seconds() {
            fault.0.extra = Extra::ReplyAfter(seconds);
        }
        fault
    }

    /// Its subcode.
    pub fn subcode(&self) -> Subcode {
        self.0.subcode
    }

    /// Its `wsman:FaultDetail`.
    pub fn fault_detail(&self) -> Option<Detail> {
        self.0.detail
    }

    /// Its code.
    pub fn code(&self) -> Code {
        self.0.subcode.row().code
    }

    /// The name of the subcode with its conventional prefix, such as `wsman:InvalidSelectors`; that of
    /// the code where SOAP itself defines the fault.
    pub fn name(&self) -> String {
        let row = self.0.subcode.row();
        if row.prefix.is_empty() {
            format!("s:{}", row.code.name())
        } else {
            format!("{}:{}", row.prefix, row.name)
        }
    }

    /// The text that people read: the customary one and what exactly was wrong.
    pub fn reason(&self) -> String {
        let customary = self.0.subcode.row().reason;
        if self.0.message.is_empty() {
            customary.to_owned()
        } else {
            format!("{customary} {}", self.0.message)
        }
    }

    /// What exactly was wrong, if more is known than the customary text.
    pub(crate) fn message(&self) -> &str {
        if self.0.message.is_empty() {
            self.0.subcode.row().reason
        } else {
            &self.0.message
        }
    }

    /// The HTTP status: 500 for every fault, as every client understands it; faults of what is no
    /// envelope at all are the caller's to mark.
    pub const fn http_status(&self) -> u16 {
        500
    }

    /// The `wsa:Action` of the fault message (DSP0226 14.6).
    pub(crate) fn action(&self, addressing: Addressing) -> &'static str {
        match (self.0.subcode.row().action, addressing) {
            (WSA_FAULT, Addressing::V2005) => WSA_2005_FAULT,
            (action, _) => action,
        }
    }

    /// Prefix, namespace and local name of the subcode; none for SOAP's own faults.
    pub(crate) fn subcode_name(
        &self,
        addressing: Addressing,
    ) -> Option<(&'static str, &'static str, &'static str)> {
        let row = self.0.subcode.row();
        let namespace = match row.prefix {
            "" => return None,
            "wsa" => addressing.namespace(),
            "wsen" => ns::WSEN,
            "wxf" => ns::WXF,
            "wsmb" => ns::WSMB,
            _ => ns::WSMAN,
        };
        let name = match (addressing, self.0.subcode) {
            (Addressing::V2005, Subcode::InvalidMessageInformationHeader) => {
                "InvalidAddressingHeader"
            }
            (Addressing::V2005, Subcode::MessageInformationHeaderRequired) => {
                "MessageAddressingHeaderRequired"
            }
            _ => row.name,
        };
        Some((row.prefix, namespace, name))
    }

    pub(crate) fn extra(&self) -> &Extra {
        &self.0.extra
    }

    /// The CIM status code and its name, for the `CIM_Error` of the detail (DSP0227 11.2).
    pub(crate) fn cim_status(&self) -> Option<(u8, &'static str)> {
        self.0.cim_status.map(|n| (n, status_name(n)))
    }

    /// The number in the Microsoft fault detail.
    pub(crate) fn windows_code(&self) -> u32 {
        match (self.0.subcode, self.0.detail) {
            (Subcode::ActionNotSupported, Some(Detail::ActionMismatch)) => 0x8033_8031,
            (Subcode::DestinationUnreachable, Some(Detail::InvalidResourceUri)) => 0x8033_803B,
            (Subcode::EncodingLimit, Some(Detail::CharacterSet)) => 0x8033_802C,
            (Subcode::EncodingLimit, Some(Detail::MaxEnvelopeSize)) => 0x8033_8048,
            (Subcode::InvalidSelectors, Some(Detail::InsufficientSelectors)) => 0x8033_805A,
            (Subcode::InvalidSelectors, Some(Detail::UnexpectedSelectors)) => 0x8033_805B,
            (Subcode::InvalidSelectors, Some(Detail::TypeMismatch)) => 0x8033_805C,
            (subcode, _) => subcode.row().windows,
        }
    }
}

/// The table of provider errors: subcode, detail, CIM status (DSP0227 11.1, DSP0223 status codes).
fn face(kind: ErrorKind, doing: Doing) -> (Subcode, Option<Detail>, u8) {
    use Detail as D;
    use Subcode as S;
    match kind {
        ErrorKind::Failed | ErrorKind::OutcomeUnknown => (S::InternalError, None, 1),
        ErrorKind::AccessDenied => (S::AccessDenied, None, 2),
        ErrorKind::InvalidNamespace => (S::DestinationUnreachable, None, 3),
        ErrorKind::InvalidParameter => match doing {
            Doing::Invoking => (S::InvalidParameter, Some(D::InvalidValue), 4),
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
const fn status_name(status: u8) -> &'static str {
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
