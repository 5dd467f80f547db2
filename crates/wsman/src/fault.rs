//! Faults: one table from what went wrong to code, subcode, detail and text (DSP0226 14, DSP0227 11).

mod cim;
mod subcode;

use cim_core::{CimError, ErrorKind};

pub use self::cim::Doing;
use self::cim::face;
pub(crate) use self::cim::status_name;
pub use self::subcode::{Code, Detail, Subcode};
use self::subcode::{WSA_2005_FAULT, WSA_FAULT};
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
    cim: Option<CimFace>,
}

/// What the `CIM_Error` of a fault says beside its message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CimFace {
    /// The CIM status code (DSP0200 5.2.6).
    pub(crate) status: u8,
    /// The situation, whose name is the MessageID.
    pub(crate) kind: ErrorKind,
    /// The property, parameter or selector in question.
    pub(crate) subject: Option<String>,
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
    /// `wse:SupportedDialect`, one for each.
    SupportedEventDialects,
    /// `wse:SupportedDeliveryMode`, one for each.
    DeliveryModes,
    /// `wsman:FragmentDialect`, one for each.
    FragmentDialects,
    /// Seconds after which another try makes sense (`wsa:ReplyAfter`).
    ReplyAfter(u32),
}

impl Fault {
    /// A fault with the customary text only.
    pub fn new(subcode: Subcode) -> Self {
        Self(Box::new(Parts {
            subcode,
            detail: None,
            message: String::new(),
            extra: Extra::None,
            cim: None,
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

    /// The filter dialect of a subscription is not one of [`crate::uris::dialect::OF_EVENTS`].
    pub fn unknown_event_dialect(dialect: &str) -> Self {
        let mut fault = Self::new(Subcode::FilteringRequestedUnavailable).because(format!(
            "Dialect `{dialect}` is not one of the supported ones."
        ));
        fault.0.extra = Extra::SupportedEventDialects;
        fault
    }

    /// The delivery mode is not one of [`crate::eventing::Mode::ALL`].
    pub fn unknown_mode(mode: &str) -> Self {
        let mut fault = Self::new(Subcode::DeliveryModeRequestedUnavailable)
            .because(format!("`{mode}` is not one of the supported ones."));
        fault.0.extra = Extra::DeliveryModes;
        fault
    }

    /// The dialect of a fragment expression is not XPath.
    pub fn unknown_fragment_dialect(dialect: &str) -> Self {
        let mut fault = Self::new(Subcode::FragmentDialectNotSupported)
            .because(format!("Dialect `{dialect}` is not supported."));
        fault.0.extra = Extra::FragmentDialects;
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
        fault.0.cim = Some(CimFace {
            status,
            kind: error.kind(),
            subject: error.subject().map(str::to_owned),
        });
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
    pub fn message(&self) -> &str {
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
            "wse" => ns::WSE,
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

    /// What the `CIM_Error` of the detail says (DSP0227 11.2).
    pub(crate) fn cim(&self) -> Option<&CimFace> {
        self.0.cim.as_ref()
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
