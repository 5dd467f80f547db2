//! The subscriber's side of WS-Eventing: what it asks a source, and what a sink reads and answers.

use std::fmt::Write as _;
use std::time::Duration;

use xml_wire::{Content, Reader, Writer, XmlError, decode};

use super::answer::Unreadable;
use super::fault::RemoteFault;
use super::object::{ANSWER_LIMITS, Object};
use super::request::{FilterText, Requests, duration};
use super::tree::Node;
use crate::epr::Epr;
use crate::eventing::Mode;
use crate::uris::{ANONYMOUS, Addressing, EVENTING, ns, wsman_action};

/// A subscription that is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subscription {
    /// How events come.
    pub mode: Mode,
    /// Where they go; not in mode Pull.
    pub notify_to: Option<String>,
    /// Where the end is told.
    pub end_to: Option<String>,
    /// For how long.
    pub expires: Option<Duration>,
    /// Which events.
    pub filter: Option<FilterText>,
    /// After how long without events a heartbeat is wanted.
    pub heartbeats: Option<Duration>,
    /// From where: an earlier bookmark, text or XML as it came, or [`crate::uris::BOOKMARK_EARLIEST`].
    pub bookmark: Option<String>,
    /// Whether bookmarks are wanted.
    pub send_bookmarks: bool,
}

/// What a source answers to Subscribe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subscribed {
    /// `wse:Identifier`, for Renew, GetStatus and Unsubscribe.
    pub identifier: Option<String>,
    /// `wse:Expires`
    pub expires: Option<String>,
    /// The context to pull with, in mode Pull.
    pub context: Option<String>,
}

impl Requests {
    /// Subscribe.
    pub fn subscribe(&self, message_id: &str, target: &Epr, wanted: &Subscription) -> String {
        let action = [EVENTING, "Subscribe"].concat();
        self.message(message_id, &action, target, &[], |w| {
            w.start("wse:Subscribe");
            w.namespace("wse", ns::WSE);
            if let Some(address) = &wanted.end_to {
                endpoint(w, "wse:EndTo", address);
            }
            w.start("wse:Delivery");
            w.attribute("Mode", wanted.mode.uri());
            if let Some(interval) = wanted.heartbeats {
                w.element("wsman:Heartbeats", &duration(interval));
            }
            if let Some(address) = &wanted.notify_to {
                endpoint(w, "wse:NotifyTo", address);
            }
            w.end();
            if let Some(expires) = wanted.expires {
                w.element("wse:Expires", &duration(expires));
            }
            if let Some(filter) = &wanted.filter {
                self.filter(w, filter);
            }
            if let Some(bookmark) = &wanted.bookmark {
                if bookmark.starts_with('<') {
                    w.start("wsman:Bookmark");
                    w.raw(bookmark);
                    w.end();
                } else {
                    w.element("wsman:Bookmark", bookmark);
                }
            }
            if wanted.send_bookmarks {
                w.empty("wsman:SendBookmarks");
            }
            w.end();
        })
    }

    /// Renew, GetStatus or Unsubscribe, by the identifier of the subscription.
    pub fn manage(
        &self,
        message_id: &str,
        operation: &str,
        target: &Epr,
        identifier: &str,
        expires: Option<Duration>,
    ) -> String {
        let action = [EVENTING, operation].concat();
        let mut block = String::new();
        let mut w = Writer::new(&mut block);
        w.start("wse:Identifier");
        w.namespace("wse", ns::WSE);
        w.text(identifier);
        w.end();
        let text = self.message(message_id, &action, target, &[], |w| {
            w.start_prefixed("wse", operation);
            w.namespace("wse", ns::WSE);
            if let Some(expires) = expires {
                w.element("wse:Expires", &duration(expires));
            }
            w.end();
        });
        text.replacen("</s:Header>", &[&block, "</s:Header>"].concat(), 1)
    }
}

fn endpoint(w: &mut Writer<'_>, name: &str, address: &str) {
    w.start(name);
    w.element("wsa:Address", address);
    w.end();
}

/// Reads the answer to Subscribe.
///
/// # Errors
/// A fault, or no answer.
pub fn subscribed(
    bytes: &[u8],
    content_type: Option<&str>,
    message_id: &str,
) -> Result<Subscribed, Unreadable> {
    let object = super::answer::read::object(bytes, content_type, message_id)?;
    let tree = object
        .filter(|object| object.name() == "SubscribeResponse")
        .ok_or_else(|| Unreadable::Unexpected("has no SubscribeResponse in its body".into()))?
        .tree()?;
    let text = |name: &str| Some(tree.child(name)?.text.trim().to_owned());
    let identifier = tree
        .child("SubscriptionManager")
        .and_then(|manager| find(manager, "Identifier"));
    Ok(Subscribed {
        identifier: identifier.map(|node| node.text.trim().to_owned()),
        expires: text("Expires"),
        context: text("EnumerationContext"),
    })
}

fn find<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    node.children.iter().find_map(|child| {
        if child.name == name {
            Some(child)
        } else {
            find(child, name)
        }
    })
}

/// What a sink says to a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// It has it.
    Acknowledged,
    /// It wants no more (`wsman:DeliveryRefused`).
    Refused(String),
    /// Neither.
    Other(String),
}

/// Reads what a sink answered to the message with this id.
pub fn receipt(bytes: &[u8], content_type: Option<&str>, message_id: &str) -> Receipt {
    match envelope(bytes, content_type) {
        Ok(answer) if answer.fault.is_some() => {
            let fault = answer.fault.unwrap_or_default();
            if fault.contains("DeliveryRefused") {
                Receipt::Refused(fault)
            } else {
                Receipt::Other(format!("the sink answered with a fault: {fault}"))
            }
        }
        Ok(answer) if answer.action != wsman_action::ACK => {
            Receipt::Other("the sink answered something that is no acknowledgement".into())
        }
        Ok(answer) if answer.relates_to.as_deref() != Some(message_id) => {
            Receipt::Other("the sink acknowledged another message".into())
        }
        Ok(_) => Receipt::Acknowledged,
        Err(error) => Receipt::Other(format!("the sink's answer cannot be read: {error}")),
    }
}

/// A message from a source, as a sink reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivered {
    /// `wsa:Action`
    pub action: String,
    /// `wsa:MessageID`
    pub message_id: Option<String>,
    /// Whether an acknowledgement is wanted.
    pub acknowledge: bool,
    /// `wsman:Bookmark`
    pub bookmark: Option<String>,
    /// The events in it, in order: actions and contents.
    pub events: Vec<(String, Option<Object>)>,
    /// The WS-Addressing that the source speaks.
    pub addressing: Addressing,
    relates_to: Option<String>,
    fault: Option<String>,
}

/// Reads a message from a source.
///
/// # Errors
/// It is no SOAP envelope.
pub fn delivered(bytes: &[u8], content_type: Option<&str>) -> Result<Delivered, Unreadable> {
    let delivered = envelope(bytes, content_type)?;
    if delivered.action.is_empty() {
        return Err(Unreadable::Unexpected("has no wsa:Action".into()));
    }
    Ok(delivered)
}

fn envelope(bytes: &[u8], content_type: Option<&str>) -> Result<Delivered, Unreadable> {
    let decoded = decode(bytes, content_type)?;
    let mut reader = Reader::new(&decoded.text, &ANSWER_LIMITS)?;
    let root = reader.root()?;
    if !root.is(ns::SOAP, "Envelope") {
        return Err(Unreadable::Unexpected(format!(
            "is <{}>, not a SOAP 1.2 envelope",
            root.local()
        )));
    }
    let mut message = Delivered::default();
    while let Some(part) = reader.child()? {
        match part.local() {
            "Header" => read_header(&mut reader, &mut message)?,
            "Body" => read_body(&mut reader, &mut message)?,
            _ => reader.skip()?,
        }
    }
    Ok(message)
}

fn read_header(reader: &mut Reader<'_>, message: &mut Delivered) -> Result<(), XmlError> {
    while let Some(block) = reader.child()? {
        match (block.ns(), block.local()) {
            (space @ (ns::WSA | ns::WSA_2005), "Action") => {
                if space == ns::WSA_2005 {
                    message.addressing = Addressing::V2005;
                }
                message.action = reader.trimmed_text()?.into_owned();
            }
            (ns::WSA | ns::WSA_2005, "MessageID") => {
                message.message_id = Some(reader.trimmed_text()?.into_owned());
            }
            (ns::WSA | ns::WSA_2005, "RelatesTo") => {
                message.relates_to = Some(reader.trimmed_text()?.into_owned());
            }
            (ns::WSMAN, "AckRequested") => {
                message.acknowledge = true;
                reader.skip()?;
            }
            (ns::WSMAN, "Bookmark") => {
                message.bookmark = Some(read_bookmark(reader)?);
            }
            _ => reader.skip()?,
        }
    }
    Ok(())
}

/// The content of `wsman:Bookmark`, which is anything: a text, or the XML that a subscriber sends back as it is.
/// What a bridge makes is short enough for a command line without the element around it.
pub(crate) fn read_bookmark(reader: &mut Reader<'_>) -> Result<String, XmlError> {
    let element = match reader.content()? {
        Content::Text(text) => return Ok(text.trim().to_owned()),
        Content::Child(element) => element,
    };
    let bookmark = if element.is(ns::BRIDGE, "Position") {
        reader.trimmed_text()?.into_owned()
    } else {
        Object::read(reader, &element)?.xml().to_owned()
    };
    while reader.child()?.is_some() {
        reader.skip()?;
    }
    Ok(bookmark)
}

fn read_body(reader: &mut Reader<'_>, message: &mut Delivered) -> Result<(), XmlError> {
    while let Some(element) = reader.child()? {
        if element.is(ns::SOAP, "Fault") {
            let fault = RemoteFault::read(reader, &element)?;
            message.fault = Some(format!("{}: {}", fault.subcode, fault.reason));
        } else if element.is(ns::WSMAN, "Events") {
            while let Some(event) = reader.child()? {
                let action = event.attribute("", "Action").unwrap_or_default().to_owned();
                let mut content = None;
                while let Some(inner) = reader.child()? {
                    content = Some(Object::read(reader, &inner)?);
                }
                message.events.push((action, content));
            }
        } else {
            let object = Object::read(reader, &element)?;
            message.events.push((message.action.clone(), Some(object)));
        }
    }
    if message.events.is_empty() {
        message.events.push((message.action.clone(), None));
    }
    Ok(())
}

/// The message that tells a source that the sink has it.
pub fn acknowledgement(delivered: &Delivered, message_id: &str) -> String {
    let mut out = String::with_capacity(768);
    let _ = write!(
        out,
        "<s:Envelope xmlns:s=\"{}\" xmlns:wsa=\"{}\"><s:Header><wsa:To>",
        ns::SOAP,
        delivered.addressing.namespace()
    );
    out.push_str(match delivered.addressing {
        Addressing::V2004 => ANONYMOUS,
        Addressing::V2005 => crate::uris::ANONYMOUS_2005,
    });
    let mut w = Writer::new(&mut out);
    w.raw("</wsa:To>");
    w.element("wsa:Action", wsman_action::ACK);
    w.element("wsa:MessageID", message_id);
    if let Some(id) = &delivered.message_id {
        w.element("wsa:RelatesTo", id);
    }
    w.raw("</s:Header><s:Body></s:Body></s:Envelope>");
    out
}
