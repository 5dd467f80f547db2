//! A fault that a service answered with.

use std::fmt;

use xml_wire::{Element, Reader, XmlError};

use super::object::Object;
use super::tree::Node;
use crate::uris::FAULT_DETAIL;

/// A fault that a service answered with (SOAP 1.2 part 1, 5.4; DSP0226 14). Fields that the service left
/// out are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RemoteFault {
    /// `Sender`, `Receiver`, `MustUnderstand` ...
    pub code: String,
    /// The local name of the innermost subcode, such as `DestinationUnreachable`.
    pub subcode: String,
    /// What went wrong, as the service says it.
    pub reason: String,
    /// `wsman:FaultDetail`, without the usual beginning of the URI.
    pub detail: Option<String>,
    /// The CIM status code (DSP0227 11.2).
    pub cim_status: Option<u32>,
    /// The `CIM_Error` as a whole, where the detail has one.
    pub cim_error: Option<RemoteCimError>,
    /// The message of the CIM error or of the service's own detail, if it says more than the reason.
    pub message: Option<String>,
    /// The number that Windows calls the error.
    pub windows_code: Option<u64>,
    /// Seconds after which another try makes sense.
    pub retry_after: Option<u64>,
    /// All of `s:Fault`.
    pub xml: String,
}

/// The `CIM_Error` of a fault's detail (DSP0227 11.2). What the service left out is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RemoteCimError {
    /// `OwningEntity`
    pub owner: String,
    /// `MessageID`, a name among those of its owner.
    pub id: String,
    /// `MessageArguments`
    pub arguments: Vec<String>,
    /// `Message`
    pub message: String,
}

impl RemoteFault {
    /// Whether the subcode (or, without one, the code) is this.
    pub fn is(&self, name: &str) -> bool {
        let have = if self.subcode.is_empty() {
            &self.code
        } else {
            &self.subcode
        };
        have == name
    }

    /// Whether the subcode is this name of this namespace: `wsman:TimedOut` is not `wsen:TimedOut`. The
    /// prefix in the text of the fault tells.
    pub fn is_of(&self, namespace: &str, name: &str) -> bool {
        if !self.is(name) {
            return false;
        }
        let before = self.xml.split_once(&format!(":{name}"));
        let prefix =
            before.and_then(|(before, _)| before.rsplit(['>', ' ', '\n', '\t', '\r']).next());
        prefix.is_some_and(|prefix| {
            ['"', '\''].iter().any(|quote| {
                let declared = format!("xmlns:{prefix}={quote}{namespace}{quote}");
                self.xml.contains(&declared)
            })
        })
    }

    pub(crate) fn read<'a>(
        reader: &mut Reader<'a>,
        element: &Element<'a>,
    ) -> Result<Self, XmlError> {
        let object = Object::read(reader, element)?;
        let tree = object.tree()?;
        let mut fault = Self {
            xml: object.xml().to_owned(),
            ..Self::default()
        };
        if let Some(code) = tree.child("Code") {
            fault.code = value_of(code);
            let mut inner = code;
            while let Some(subcode) = inner.child("Subcode") {
                fault.subcode = value_of(subcode);
                inner = subcode;
            }
        }
        if let Some(reason) = tree.child("Reason") {
            let english = reason.children.iter().find(|text| {
                text.attributes
                    .iter()
                    .any(|(_, name, value)| name == "lang" && value.starts_with("en"))
            });
            if let Some(text) = english.or(reason.children.first()) {
                text.text.trim().clone_into(&mut fault.reason);
            }
        }
        if let Some(detail) = tree.child("Detail") {
            for part in &detail.children {
                fault.read_detail(part);
            }
        }
        Ok(fault)
    }

    fn read_detail(&mut self, part: &Node) {
        let text = |name: &str| part.child(name).map(|child| child.text.trim().to_owned());
        match part.name.as_str() {
            "FaultDetail" => {
                let text = part.text.trim();
                self.detail = Some(text.strip_prefix(FAULT_DETAIL).unwrap_or(text).to_owned());
            }
            "CIM_Error" => {
                self.cim_status = text("CIMStatusCode").and_then(|code| code.parse().ok());
                let arguments = part
                    .children
                    .iter()
                    .filter(|child| child.name == "MessageArguments" && !child.is_nil());
                self.cim_error = Some(RemoteCimError {
                    owner: text("OwningEntity").unwrap_or_default(),
                    id: text("MessageID").unwrap_or_default(),
                    arguments: arguments.map(|child| child.text.clone()).collect(),
                    message: text("Message").unwrap_or_default(),
                });
                self.set_message(text("Message"));
            }
            "WSManFault" => {
                self.windows_code = part
                    .attribute("Code")
                    .and_then(|code| code.trim().parse().ok());
                self.set_message(text("Message"));
            }
            "ReplyAfter" => self.retry_after = part.text.trim().parse().ok(),
            _ => {}
        }
    }

    fn set_message(&mut self, message: Option<String>) {
        if let Some(message) = message
            && !message.is_empty()
            && !self.reason.contains(&message)
        {
            self.message = Some(message);
        }
    }
}

/// The local name in `s:Value`: prefixes are anybody's choice.
fn value_of(code: &Node) -> String {
    let value = code.child("Value").map_or("", |value| value.text.trim());
    let local = value.rsplit_once(':').map_or(value, |(_, local)| local);
    local.to_owned()
}

impl fmt::Display for RemoteFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.subcode.is_empty() {
            &self.code
        } else {
            &self.subcode
        };
        f.write_str(name)?;
        if let Some(detail) = &self.detail {
            write!(f, " ({detail})")?;
        }
        if !self.reason.is_empty() {
            write!(f, ": {}", self.reason)?;
        }
        if let Some(message) = &self.message {
            write!(f, " {message}")?;
        }
        Ok(())
    }
}

impl std::error::Error for RemoteFault {}
