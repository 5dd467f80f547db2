//! A WS-Management client made of string literals: it shares no code with the service, so a mistake there
//! is not repeated here.

use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use roxmltree::Document;

use crate::bridge::{ADMIN, Bridge, PASSWORD};
use crate::http::{self, Answer};

/// Prefix of the actions of WS-Transfer.
pub(crate) const TRANSFER: &str = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
/// Prefix of the actions of WS-Enumeration.
pub(crate) const ENUMERATION: &str = "http://schemas.xmlsoap.org/ws/2004/09/enumeration";
/// Resource URIs of classes, and the namespaces of their representations.
pub(crate) const CLASS: &str = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
/// `application/soap+xml` as clients write it.
pub(crate) const CONTENT_TYPE: &str = "application/soap+xml;charset=UTF-8";

/// Identify, which has no header at all.
pub(crate) const IDENTIFY: &str = r#"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>"#;

/// A request message.
#[derive(Clone)]
pub(crate) struct Message {
    action: String,
    resource: String,
    selectors: Vec<(String, String)>,
    headers: String,
    body: String,
}

impl Message {
    /// A message with this action for a class.
    pub(crate) fn new(action: &str, class: &str) -> Self {
        Self {
            action: action.to_owned(),
            resource: format!("{CLASS}{class}"),
            selectors: Vec::new(),
            headers: String::new(),
            body: String::new(),
        }
    }

    /// Get of an instance.
    pub(crate) fn get(class: &str, id: &str) -> Self {
        Self::new(&format!("{TRANSFER}/Get"), class).selector("InstanceID", id)
    }

    /// Delete of an instance.
    pub(crate) fn delete(class: &str, id: &str) -> Self {
        Self::new(&format!("{TRANSFER}/Delete"), class).selector("InstanceID", id)
    }

    /// Put of an instance, with these properties in the body.
    pub(crate) fn put(class: &str, id: &str, properties: &[(&str, &str)]) -> Self {
        Self::new(&format!("{TRANSFER}/Put"), class)
            .selector("InstanceID", id)
            .body(&element(class, class, properties))
    }

    /// Create of a resource by its create class.
    pub(crate) fn create(class: &str, body_class: &str, properties: &[(&str, &str)]) -> Self {
        Self::new(&format!("{TRANSFER}/Create"), class)
            .body(&element(body_class, body_class, properties))
    }

    /// A method of an instance, with parameters.
    pub(crate) fn invoke(class: &str, id: &str, method: &str, parameters: &[(&str, &str)]) -> Self {
        Self::new(&format!("{CLASS}{class}/{method}"), class)
            .selector("InstanceID", id)
            .body(&element(class, &format!("{method}_INPUT"), parameters))
    }

    /// Enumerate, with this content.
    pub(crate) fn enumerate(class: &str, content: &str) -> Self {
        Self::new(&format!("{ENUMERATION}/Enumerate"), class)
            .body(&format!("<wsen:Enumerate>{content}</wsen:Enumerate>"))
    }

    /// Pull, with this content behind the context.
    pub(crate) fn pull(class: &str, context: &str, content: &str) -> Self {
        Self::new(&format!("{ENUMERATION}/Pull"), class).body(&format!(
            "<wsen:Pull><wsen:EnumerationContext>{context}</wsen:EnumerationContext>{content}</wsen:Pull>"
        ))
    }

    /// Release of a context.
    pub(crate) fn release(class: &str, context: &str) -> Self {
        Self::new(&format!("{ENUMERATION}/Release"), class).body(&format!(
            "<wsen:Release><wsen:EnumerationContext>{context}</wsen:EnumerationContext></wsen:Release>"
        ))
    }

    /// Adds a selector.
    pub(crate) fn selector(mut self, name: &str, value: &str) -> Self {
        self.selectors.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds header blocks.
    pub(crate) fn header(mut self, xml: &str) -> Self {
        self.headers.push_str(xml);
        self
    }

    /// Sets the body.
    pub(crate) fn body(mut self, xml: &str) -> Self {
        xml.clone_into(&mut self.body);
        self
    }

    /// The envelope, with a message id of its own.
    pub(crate) fn envelope(&self) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let mut selectors = String::new();
        if !self.selectors.is_empty() {
            selectors.push_str("<wsman:SelectorSet>");
            for (name, value) in &self.selectors {
                write!(
                    selectors,
                    r#"<wsman:Selector Name="{name}">{value}</wsman:Selector>"#
                )
                .expect("a string");
            }
            selectors.push_str("</wsman:SelectorSet>");
        }
        let Self {
            action,
            resource,
            headers,
            body,
            ..
        } = self;
        format!(
            r#"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsen="http://schemas.xmlsoap.org/ws/2004/09/enumeration" xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Header><wsa:Action s:mustUnderstand="true">{action}</wsa:Action><wsa:To>http://127.0.0.1/wsman</wsa:To><wsman:ResourceURI s:mustUnderstand="true">{resource}</wsman:ResourceURI><wsa:MessageID>uuid:00000000-0000-4000-8000-{id:012}</wsa:MessageID><wsa:ReplyTo><wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address></wsa:ReplyTo>{headers}{selectors}</s:Header><s:Body>{body}</s:Body></s:Envelope>"#
        )
    }
}

/// An element in the namespace of a class, with simple children.
pub(crate) fn element(class: &str, name: &str, children: &[(&str, &str)]) -> String {
    let mut xml = format!(r#"<c:{name} xmlns:c="{CLASS}{class}">"#);
    for (child, value) in children {
        write!(xml, "<c:{child}>{value}</c:{child}>").expect("a string");
    }
    write!(xml, "</c:{name}>").expect("a string");
    xml
}

/// What an Enumerate says about the items that it wants.
pub(crate) fn mode(name: &str) -> String {
    format!("<wsman:EnumerationMode>{name}</wsman:EnumerationMode>")
}

/// The key of the first machine template.
pub(crate) fn first_template(bridge: &Bridge) -> String {
    let template = Wsman::admin(bridge).call(&Message::enumerate(
        "CIMI_MachineTemplate",
        "<wsman:OptimizeEnumeration/>",
    ));
    template.ok().value("InstanceID")
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    /// The status code.
    pub(crate) status: u16,
    /// The envelope.
    pub(crate) xml: String,
}

/// A fault, in its parts that a client looks at.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Local name of the code.
    pub(crate) code: String,
    /// Local name of the subcode.
    pub(crate) subcode: Option<String>,
    /// Last segment of the fault detail URI.
    pub(crate) detail: Option<String>,
    /// The reason.
    pub(crate) reason: String,
}

impl Reply {
    /// The text of every element with this local name, in document order.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let document = Document::parse(&self.xml).expect("well-formed XML");
        document
            .descendants()
            .filter(|node| node.is_element() && node.tag_name().name() == name)
            .map(|node| node.text().unwrap_or_default().to_owned())
            .collect()
    }

    /// The text of the first element with this local name.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.texts(name).into_iter().next()
    }

    /// The same, which must be there.
    #[track_caller]
    pub(crate) fn value(&self, name: &str) -> String {
        self.text(name)
            .unwrap_or_else(|| panic!("no `{name}` in {}", self.xml))
    }

    /// Whether an element of this local name is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.text(name).is_some()
    }

    /// The value of the selector of this name in the first endpoint reference.
    pub(crate) fn selector(&self, name: &str) -> Option<String> {
        let document = Document::parse(&self.xml).expect("well-formed XML");
        let selector = document.descendants().find(|node| {
            node.tag_name().name() == "Selector" && node.attribute("Name") == Some(name)
        })?;
        selector.text().map(str::to_owned)
    }

    /// Checks that this is no fault.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.status, 200, "{}", self.xml);
        self
    }

    /// The fault that this must be. Its status is 500, whatever it is, and its prefixes are declared.
    #[track_caller]
    pub(crate) fn fault(&self) -> Fault {
        self.fault_with(500)
    }

    /// The fault that this must be, with a status that HTTP has for it.
    #[track_caller]
    pub(crate) fn fault_with(&self, status: u16) -> Fault {
        assert_eq!(self.status, status, "{}", self.xml);
        let document = Document::parse(&self.xml).expect("well-formed XML");
        let child = |parent: Option<roxmltree::Node<'_, '_>>, name: &str| {
            parent.and_then(|parent| {
                parent
                    .children()
                    .find(|node| node.tag_name().name() == name)
                    .map(|node| node.id())
            })
        };
        let node = |id: Option<roxmltree::NodeId>| id.and_then(|id| document.get_node(id));
        let fault = document
            .descendants()
            .find(|node| node.tag_name().name() == "Fault");
        assert!(fault.is_some(), "no fault: {}", self.xml);
        let qname = |value: Option<roxmltree::Node<'_, '_>>| {
            let value = value?;
            let text = value.text()?.trim();
            let (prefix, local) = text.split_once(':').expect("a prefixed name");
            assert!(
                value.lookup_namespace_uri(Some(prefix)).is_some(),
                "`{text}` is undeclared"
            );
            Some(local.to_owned())
        };
        let code = node(child(fault, "Code"));
        let subcode = node(child(code, "Subcode"));
        let reason = node(child(fault, "Reason"));
        let detail = node(child(fault, "Detail"));
        Fault {
            code: qname(node(child(code, "Value"))).expect("a code"),
            subcode: qname(node(child(subcode, "Value"))),
            detail: node(child(detail, "FaultDetail"))
                .and_then(|node| node.text())
                .map(|uri| uri.rsplit('/').next().unwrap_or(uri).to_owned()),
            reason: node(child(reason, "Text"))
                .and_then(|node| node.text())
                .expect("a reason")
                .to_owned(),
        }
    }
}

/// A caller of a service; it remembers every message that came back.
pub(crate) struct Wsman {
    authority: String,
    authorization: String,
    seen: Mutex<Vec<String>>,
}

impl Wsman {
    /// The administrator of a service.
    pub(crate) fn admin(bridge: &Bridge) -> Self {
        Self::user(bridge, ADMIN, PASSWORD)
    }

    /// A user of a service.
    pub(crate) fn user(bridge: &Bridge, name: &str, password: &str) -> Self {
        Self {
            authority: bridge.authority().to_owned(),
            authorization: http::basic(name, password),
            seen: Mutex::default(),
        }
    }

    /// Sends a message.
    pub(crate) fn call(&self, message: &Message) -> Reply {
        self.post(message.envelope().as_bytes())
    }

    /// Sends these bytes and reads an envelope.
    pub(crate) fn post(&self, body: &[u8]) -> Reply {
        let answer = self.post_raw(CONTENT_TYPE, body);
        let xml = answer.text();
        assert!(!xml.is_empty(), "no body with status {}", answer.status);
        self.seen.lock().expect("messages").push(xml.clone());
        Reply {
            status: answer.status,
            xml,
        }
    }

    /// Sends these bytes with this content type.
    pub(crate) fn post_raw(&self, content_type: &str, body: &[u8]) -> Answer {
        let headers = [
            ("Content-Type", content_type),
            ("Authorization", self.authorization.as_str()),
        ];
        http::send(&self.authority, "POST", "/wsman", &headers, body)
    }

    /// One property of an instance; `None` once there is no such instance.
    pub(crate) fn property(&self, class: &str, id: &str, name: &str) -> Option<String> {
        let reply = self.call(&Message::get(class, id));
        if reply.status == 500 && reply.fault().subcode.as_deref() == Some("DestinationUnreachable")
        {
            return None;
        }
        Some(reply.ok().value(name))
    }

    /// Enumerates a class to its end; answers with all the replies.
    pub(crate) fn enumerate(&self, class: &str, content: &str, pull: &str) -> Vec<Reply> {
        let mut replies = vec![self.call(&Message::enumerate(class, content)).ok()];
        loop {
            let last = replies.last().expect("a reply");
            if last.has("EndOfSequence") {
                return replies;
            }
            let context = last.value("EnumerationContext");
            replies.push(self.call(&Message::pull(class, &context, pull)).ok());
            assert!(replies.len() < 10_000, "an enumeration without end");
        }
    }

    /// Every message that came back so far.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("messages").clone()
    }
}
