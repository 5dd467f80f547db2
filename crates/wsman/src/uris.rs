//! Names that the standards fix: namespaces, actions, dialects, addresses. Each is written once, here.

/// XML namespaces.
pub mod ns {
    /// SOAP 1.2
    pub const SOAP: &str = "http://www.w3.org/2003/05/soap-envelope";
    /// SOAP 1.1, recognised only to refuse it.
    pub const SOAP11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
    /// WS-Addressing, member submission of August 2004
    pub const WSA: &str = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    /// WS-Addressing, W3C recommendation
    pub const WSA_2005: &str = "http://www.w3.org/2005/08/addressing";
    /// WS-Transfer
    pub const WXF: &str = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
    /// WS-Enumeration
    pub const WSEN: &str = "http://schemas.xmlsoap.org/ws/2004/09/enumeration";
    /// WS-Eventing
    pub const WSE: &str = "http://schemas.xmlsoap.org/ws/2004/08/eventing";
    /// WS-Management
    pub const WSMAN: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
    /// Identify
    pub const WSMID: &str = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";
    /// Identify as a widely copied document misspells it; accepted, never sent.
    pub const WSMID_MISSPELLED: &str =
        "http://schemas.dmtf.org/wbem/wsman/identify/1/wsmanidentity.xsd";
    /// CIM binding (DSP0227)
    pub const WSMB: &str = "http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd";
    /// WS-CIM common types (DSP0230)
    pub const CIM: &str = "http://schemas.dmtf.org/wbem/wscim/1/common";
    /// XML Schema instance
    pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
    /// `xml:lang` and its kind
    pub const XML: &str = "http://www.w3.org/XML/1998/namespace";
    /// Microsoft headers
    pub const MS_WSMAN: &str = "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd";
    /// Headers of our own, with which two bridges lose nothing between them: `IfMatch`, `Job`.
    pub const BRIDGE: &str = "urn:x-cimi-bridge:wsman";
    /// Microsoft fault detail
    pub const MS_FAULT: &str = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";
}

/// `wsa:Action` values of requests; the answer's is the same with `Response` behind it.
pub mod action {
    /// WS-Transfer Get
    pub const GET: &str = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get";
    /// WS-Transfer Put
    pub const PUT: &str = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Put";
    /// WS-Transfer Create
    pub const CREATE: &str = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Create";
    /// WS-Transfer Delete
    pub const DELETE: &str = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete";
    /// WS-Enumeration Enumerate
    pub const ENUMERATE: &str = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate";
    /// WS-Enumeration Pull
    pub const PULL: &str = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Pull";
    /// WS-Enumeration Release
    pub const RELEASE: &str = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Release";
    /// WS-Enumeration Renew
    pub const RENEW: &str = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Renew";
    /// WS-Enumeration GetStatus
    pub const GET_STATUS: &str = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/GetStatus";
}

/// What the actions of WS-Eventing start with.
pub const EVENTING: &str = "http://schemas.xmlsoap.org/ws/2004/08/eventing/";

/// The bookmark that means the oldest event that is still there (DSP0226 10.2.6).
pub const BOOKMARK_EARLIEST: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/bookmark/earliest";

/// Actions of what a source sends, and of what a sink answers (DSP0226 10.2.9).
pub mod wsman_action {
    /// An event without an action of its own.
    pub const EVENT: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/Event";
    /// A batch of events.
    pub const EVENTS: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/Events";
    /// Nothing happened for a while.
    pub const HEARTBEAT: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/Heartbeat";
    /// Some events will never come.
    pub const DROPPED_EVENTS: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/DroppedEvents";
    /// The sink has it.
    pub const ACK: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/Ack";
}

/// Filter dialects.
pub mod dialect {
    /// XPath 1.0, the default where a filter names none.
    pub const XPATH: &str = "http://www.w3.org/TR/1999/REC-xpath-19991116";
    /// Properties equal to selectors.
    pub const SELECTOR: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter";
    /// WQL
    pub const WQL: &str = "http://schemas.microsoft.com/wbem/wsman/1/WQL";
    /// CQL (DSP0202)
    pub const CQL: &str = "http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf";
    /// Associated and association instances (DSP0227 8.2)
    pub const ASSOCIATION: &str =
        "http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter";

    /// Those that a subscription may have, in the order in which a fault lists them.
    pub const OF_EVENTS: [&str; 4] = [WQL, CQL, XPATH, SELECTOR];

    /// All that this crate reads, in the order in which a fault lists them.
    pub const SUPPORTED: [&str; 5] = [WQL, CQL, XPATH, SELECTOR, ASSOCIATION];
}

/// The address that means "answer on this connection" in WS-Addressing 2004/08.
pub const ANONYMOUS: &str = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";
/// The same in WS-Addressing 2005/08.
pub const ANONYMOUS_2005: &str = "http://www.w3.org/2005/08/addressing/anonymous";

/// `OwningEntity` of our `CIM_Error`s: who named their MessageIDs, which are
/// [`cim_core::ErrorKind::name`]s.
pub const OWNING_ENTITY: &str = "cimi-bridge";

/// What `wsman:FaultDetail` values start with.
pub const FAULT_DETAIL: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/";

/// Security profiles of `wsmid:SecurityProfileName`, without this prefix (`https/basic` ...).
pub const SECURITY_PROFILE: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/";

/// What a class's resource URI starts with in the DMTF URI space.
pub const CIM_SCHEMA: &str = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
/// All classes, in the DMTF URI space.
pub const ALL_CLASSES: &str = "http://schemas.dmtf.org/wbem/wscim/1/*";

/// Which WS-Addressing a conversation speaks. The 2004/08 one is WS-Management's own; the 2005/08 one
/// is allowed since DSP0226 1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Addressing {
    /// 2004/08
    #[default]
    V2004,
    /// 2005/08
    V2005,
}

impl Addressing {
    /// Its XML namespace.
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::V2004 => ns::WSA,
            Self::V2005 => ns::WSA_2005,
        }
    }

    /// Its anonymous address.
    pub const fn anonymous(self) -> &'static str {
        match self {
            Self::V2004 => ANONYMOUS,
            Self::V2005 => ANONYMOUS_2005,
        }
    }

    /// Whether an address means "answer on this connection". A trailing slash, as one vendor's
    /// documents print it, does no harm.
    pub fn is_anonymous(address: &str) -> bool {
        let address = address.trim().trim_end_matches('/');
        address == ANONYMOUS || address == ANONYMOUS_2005
    }
}
