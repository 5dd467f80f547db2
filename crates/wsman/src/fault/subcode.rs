//! The fault table: subcodes with their codes, actions and customary texts; details (DSP0226 14).

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

/// The subcodes that this service sends; [`Subcode::ALL`] lists them again.
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
    /// `wsen:FilteringNotSupported`
    FilteringNotSupported,
    /// `wsen:InvalidEnumerationContext`
    InvalidEnumerationContext,
    /// `wsen:InvalidExpirationTime`
    InvalidExpirationTime,
    /// `wsen:TimedOut`: the enumeration, not the operation.
    EnumerationTimedOut,
    /// `wse:DeliveryModeRequestedUnavailable`
    DeliveryModeRequestedUnavailable,
    /// `wse:EventSourceUnableToProcess`
    EventSourceUnableToProcess,
    /// `wse:FilteringRequestedUnavailable`
    FilteringRequestedUnavailable,
    /// `wse:InvalidExpirationTime`
    SubscriptionInvalidExpirationTime,
    /// `wse:InvalidMessage`
    InvalidMessage,
    /// `wse:UnableToRenew`
    UnableToRenew,
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
    /// `wsman:EventDeliverToUnusable`
    EventDeliverToUnusable,
    /// `wsman:FragmentDialectNotSupported`
    FragmentDialectNotSupported,
    /// `wsman:InternalError`
    InternalError,
    /// `wsman:InvalidBookmark`
    InvalidBookmark,
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
pub(super) struct Row {
    pub(super) prefix: &'static str,
    pub(super) name: &'static str,
    pub(super) code: Code,
    pub(super) action: &'static str,
    pub(super) reason: &'static str,
    /// The number that the Microsoft fault detail has for it.
    pub(super) windows: u32,
}

pub(super) const WSA_FAULT: &str = "http://schemas.xmlsoap.org/ws/2004/08/addressing/fault";
pub(super) const WSA_2005_FAULT: &str = "http://www.w3.org/2005/08/addressing/fault";
const WXF_FAULT: &str = "http://schemas.xmlsoap.org/ws/2004/09/transfer/fault";
const WSEN_FAULT: &str = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/fault";
const WSE_FAULT: &str = "http://schemas.xmlsoap.org/ws/2004/08/eventing/fault";
const WSMAN_FAULT: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";
const WSMB_FAULT: &str = "http://schemas.dmtf.org/wbem/wsman/1/cimbinding/fault";

const fn row(prefix: &'static str, name: &'static str, reason: &'static str, windows: u32) -> Row {
    let action = match prefix.as_bytes() {
        b"wsen" => WSEN_FAULT,
        b"wse" => WSE_FAULT,
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
    /// All of them.
    pub const ALL: [Self; 36] = [
        Self::MustUnderstand,
        Self::VersionMismatch,
        Self::ActionNotSupported,
        Self::DestinationUnreachable,
        Self::EndpointUnavailable,
        Self::InvalidMessageInformationHeader,
        Self::MessageInformationHeaderRequired,
        Self::CannotProcessFilter,
        Self::FilterDialectRequestedUnavailable,
        Self::FilteringNotSupported,
        Self::InvalidEnumerationContext,
        Self::InvalidExpirationTime,
        Self::EnumerationTimedOut,
        Self::DeliveryModeRequestedUnavailable,
        Self::EventSourceUnableToProcess,
        Self::FilteringRequestedUnavailable,
        Self::SubscriptionInvalidExpirationTime,
        Self::InvalidMessage,
        Self::UnableToRenew,
        Self::InvalidRepresentation,
        Self::AccessDenied,
        Self::AlreadyExists,
        Self::Concurrency,
        Self::EncodingLimit,
        Self::EventDeliverToUnusable,
        Self::FragmentDialectNotSupported,
        Self::InternalError,
        Self::InvalidBookmark,
        Self::InvalidOptions,
        Self::InvalidParameter,
        Self::InvalidSelectors,
        Self::QuotaLimit,
        Self::SchemaValidationError,
        Self::TimedOut,
        Self::UnsupportedFeature,
        Self::PolymorphismModeNotSupported,
    ];

    /// The whole table: names, codes and the customary texts.
    pub(super) const fn row(self) -> Row {
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
            Self::FilteringNotSupported => row(
                "wsen",
                "FilteringNotSupported",
                "Filtered enumeration is not supported.",
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
            Self::EnumerationTimedOut => receiver(
                "wsen",
                "TimedOut",
                "The enumerator has timed out and is no longer valid.",
                0x8033_8029,
            ),
            Self::DeliveryModeRequestedUnavailable => row(
                "wse",
                "DeliveryModeRequestedUnavailable",
                "The requested delivery mode is not supported.",
                0x8033_8042,
            ),
            Self::EventSourceUnableToProcess => row(
                "wse",
                "EventSourceUnableToProcess",
                "The event source cannot process the subscription.",
                0x8033_8042,
            ),
            Self::FilteringRequestedUnavailable => row(
                "wse",
                "FilteringRequestedUnavailable",
                "The requested filter dialect is not supported.",
                0x8033_8122,
            ),
            Self::SubscriptionInvalidExpirationTime => row(
                "wse",
                "InvalidExpirationTime",
                "The expiration time is not valid.",
                0x8033_8041,
            ),
            Self::InvalidMessage => row(
                "wse",
                "InvalidMessage",
                "The request message has unknown or invalid content and cannot be processed.",
                0x8033_8041,
            ),
            Self::UnableToRenew => row(
                "wse",
                "UnableToRenew",
                "The subscription could not be renewed.",
                0x8033_8042,
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
            Self::EventDeliverToUnusable => row(
                "wsman",
                "EventDeliverToUnusable",
                "The event source cannot process the subscription because it cannot connect to the event delivery endpoint as requested in the wse:Delivery element.",
                0x8033_8042,
            ),
            Self::FragmentDialectNotSupported => receiver(
                "wsman",
                "FragmentDialectNotSupported",
                "The requested fragment filtering dialect or language is not supported.",
                0x8033_8122,
            ),
            Self::InternalError => receiver(
                "wsman",
                "InternalError",
                "The service cannot comply with the request due to internal processing errors.",
                1359,
            ),
            Self::InvalidBookmark => row(
                "wsman",
                "InvalidBookmark",
                "The bookmark supplied with the subscription is not valid.",
                0x8033_8041,
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
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

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
    AmbiguousSelectors = "AmbiguousSelectors",
    AuthorizationMode = "AuthorizationMode",
    CharacterSet = "CharacterSet",
    /// A Microsoft one
    DataLocale = "DataLocale",
    DeliveryRetries = "DeliveryRetries",
    DuplicateSelectors = "DuplicateSelectors",
    /// Not in the schema's list, but what everybody sends
    EnumerationMode = "EnumerationMode",
    FilteringRequired = "FilteringRequired",
    FragmentLevelAccess = "FragmentLevelAccess",
    Heartbeats = "Heartbeats",
    Invalid = "Invalid",
    InvalidFragment = "InvalidFragment",
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
    OptionLimit = "OptionLimit",
    SelectorLimit = "SelectorLimit",
    ServiceEnvelopeLimit = "ServiceEnvelopeLimit",
    TypeMismatch = "TypeMismatch",
    UnexpectedSelectors = "UnexpectedSelectors",
    /// Not in the schema's list, but DSP0226 10.2 names it
    UnusableAddress = "UnusableAddress",
    UnreportableSuccess = "UnreportableSuccess",
    UriLimitExceeded = "URILimitExceeded",
}
