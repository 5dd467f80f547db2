//! The messages of a source: what answers a Subscribe, and what goes to a sink (DSP0226 10.2.9).

use std::fmt::Write as _;

use xml_wire::Writer;

use super::{Endpoint, Expiry, Mode};
use crate::uris::{Addressing, ns, wsman_action};

/// One message from a source to a sink.
#[derive(Debug, Clone, Copy)]
pub struct Delivery<'a> {
    /// Where it goes.
    pub to: &'a Endpoint,
    /// The WS-Addressing that the subscriber speaks.
    pub addressing: Addressing,
    /// Its own `wsa:MessageID`.
    pub message_id: &'a str,
    /// How events are delivered.
    pub mode: Mode,
    /// The bookmark behind its last event, where the subscriber wants to know.
    pub bookmark: Option<&'a str>,
}

/// An entry of a batch: something that was seen, or said of the subscription itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its action, one of [`wsman_action`].
    pub action: &'static str,
    /// Its content, XML that needs the prefixes of an answer; empty for a heartbeat.
    pub content: String,
}

impl Entry {
    /// An event.
    pub const fn event(content: String) -> Self {
        Self {
            action: wsman_action::EVENT,
            content,
        }
    }

    /// Nothing happened.
    pub const fn heartbeat() -> Self {
        Self {
            action: wsman_action::HEARTBEAT,
            content: String::new(),
        }
    }

    /// So many events will never come (DSP0226 10.2.9.2).
    pub fn dropped(count: u64) -> Self {
        Self {
            action: wsman_action::DROPPED_EVENTS,
            content: format!(
                "<wsman:DroppedEvents Action=\"{}\">{count}</wsman:DroppedEvents>",
                wsman_action::EVENT
            ),
        }
    }

    /// Octets that it has in a batch, in UTF-8.
    pub const fn len(&self) -> usize {
        self.action.len() + self.content.len() + "<wsman:Event Action=\"\"></wsman:Event>".len()
    }

    /// Whether it has no content.
    pub const fn is_empty(&self) -> bool {
        self.content.is_empty()
    }
}

impl Delivery<'_> {
    /// The message with these entries: one, or a batch in mode Events.
    pub fn message(&self, entries: &[Entry]) -> String {
        let size = entries.iter().map(Entry::len).sum::<usize>();
        let mut out = String::with_capacity(2048 + size);
        if self.mode == Mode::Events {
            self.open(&mut out, wsman_action::EVENTS);
            out.push_str("<wsman:Events>");
            for entry in entries {
                write_entry(&mut out, entry);
            }
            out.push_str("</wsman:Events>");
        } else {
            let action = entries
                .first()
                .map_or(wsman_action::HEARTBEAT, |e| e.action);
            self.open(&mut out, action);
            for entry in entries {
                out.push_str(&entry.content);
            }
        }
        out.push_str(crate::Answer::END);
        out
    }

    fn open(&self, out: &mut String, action: &str) {
        open(out, self.to, self.addressing, action, self.message_id, true);
        if self.mode.is_acknowledged() {
            out.push_str("<wsman:AckRequested></wsman:AckRequested>");
        }
        if let Some(bookmark) = self.bookmark {
            write_bookmark(out, bookmark);
        }
        out.push_str("</s:Header><s:Body>");
    }
}

/// `wsman:Bookmark`, a header block. Its content is an element, because the published schema allows no text.
pub fn write_bookmark(out: &mut String, bookmark: &str) {
    let mut w = Writer::new(out);
    w.start("wsman:Bookmark");
    w.start("b:Position");
    w.namespace("b", ns::BRIDGE);
    w.text(bookmark);
    w.end();
    w.end();
}

/// An entry as `wsman:Event`.
fn write_entry(out: &mut String, entry: &Entry) {
    let _ = write!(out, "<wsman:Event Action=\"{}\">", entry.action);
    out.push_str(&entry.content);
    out.push_str("</wsman:Event>");
}

/// What is said of the subscription itself among the items of a Pull: a heartbeat, dropped events.
pub fn write_marker(out: &mut String, entry: &Entry) {
    write_entry(out, entry);
}

fn open(
    out: &mut String,
    to: &Endpoint,
    addressing: Addressing,
    action: &str,
    message_id: &str,
    reply: bool,
) {
    let mut w = Writer::new(out);
    w.start("s:Envelope");
    w.namespace("s", ns::SOAP);
    w.namespace("wsa", addressing.namespace());
    w.namespace("wsman", ns::WSMAN);
    w.namespace("xsi", ns::XSI);
    w.namespace("xs", "http://www.w3.org/2001/XMLSchema");
    w.namespace("cim", ns::CIM);
    w.start("s:Header");
    w.element("wsa:To", &to.address);
    if reply {
        w.start("wsa:ReplyTo");
        w.element("wsa:Address", addressing.anonymous());
        w.end();
    }
    w.start("wsa:Action");
    w.attribute("s:mustUnderstand", "true");
    w.text(action);
    w.end();
    w.element("wsa:MessageID", message_id);
    w.raw(&to.reference_parameters);
}

/// The content of the body that answers Subscribe. `context`: of a subscription in mode Pull.
pub fn subscribe_response(
    out: &mut String,
    manager: &str,
    identifier: &str,
    expiry: &Expiry,
    now: u64,
    context: Option<&str>,
) {
    let mut w = Writer::new(out);
    w.start("wse:SubscribeResponse");
    w.namespace("wse", ns::WSE);
    write_manager(&mut w, manager, identifier);
    w.element("wse:Expires", &expiry.text(now));
    if let Some(context) = context {
        w.start("wsen:EnumerationContext");
        w.namespace("wsen", ns::WSEN);
        w.text(context);
        w.end();
    }
    w.end();
}

fn write_manager(w: &mut Writer<'_>, address: &str, identifier: &str) {
    w.start("wse:SubscriptionManager");
    w.element("wsa:Address", address);
    w.start("wsa:ReferenceParameters");
    w.element("wse:Identifier", identifier);
    w.end();
    w.end();
}

/// Why a subscription ended before its time (`wse:Status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The sink could not be reached for too long, or did not acknowledge.
    DeliveryFailure,
    /// The source ends it: its events cannot be sent, or its owner may not have them any more.
    SourceCanceling,
}

impl Ended {
    /// Its URI, in the spelling of the specification's text.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::DeliveryFailure => {
                "http://schemas.xmlsoap.org/ws/2004/08/eventing/DeliveryFailure"
            }
            Self::SourceCanceling => {
                "http://schemas.xmlsoap.org/ws/2004/08/eventing/SourceCanceling"
            }
        }
    }
}

/// The message to `wse:EndTo` when a subscription ends before its time.
pub fn subscription_end(
    to: &Endpoint,
    addressing: Addressing,
    message_id: &str,
    manager: &str,
    identifier: &str,
    ended: Ended,
    reason: &str,
) -> String {
    let mut out = String::with_capacity(1536);
    let action = concat!(
        "http://schemas.xmlsoap.org/ws/2004/08/eventing/",
        "SubscriptionEnd"
    );
    open(&mut out, to, addressing, action, message_id, false);
    out.push_str("</s:Header><s:Body>");
    let mut w = Writer::new(&mut out);
    w.start("wse:SubscriptionEnd");
    w.namespace("wse", ns::WSE);
    write_manager(&mut w, manager, identifier);
    w.element("wse:Status", ended.uri());
    w.start("wse:Reason");
    w.attribute("xml:lang", "en-US");
    w.text(reason);
    w.end();
    w.end();
    out.push_str(crate::Answer::END);
    out
}
