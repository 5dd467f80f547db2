//! Requests (DSP0226 5 to 9, DSP0227).

use std::fmt::Write as _;
use std::time::Duration;

use xml_wire::Writer;

use super::object::Object;
use crate::body::Batch;
use crate::enumeration::{AssociationFilter, Mode, Polymorphism};
use crate::epr::{Epr, Selector, SelectorValue};
use crate::uris::{Addressing, action, dialect, ns};

/// Writes requests to one service.
#[derive(Debug, Clone)]
pub struct Requests {
    /// `wsa:To`: the URL of the service.
    pub to: String,
    /// The WS-Addressing of all messages.
    pub addressing: Addressing,
    /// `wsman:OperationTimeout`
    pub timeout: Option<Duration>,
    /// `wsman:MaxEnvelopeSize` of answers, in bytes.
    pub max_envelope_size: Option<usize>,
    /// `wsman:Locale`
    pub locale: Option<String>,
    /// `wsman:OptionSet` of every request: names and values.
    pub options: Vec<(String, String)>,
    /// Our own precondition for Put and Delete: what the resource has to look like still. Marked
    /// mustUnderstand: a service that does not know it refuses.
    pub if_match: Option<String>,
    /// Whether answers to writes shall tell which job carries them out: a header of our own, which other
    /// services leave unread.
    pub tell_job: bool,
}

/// What an Enumerate asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enumeration {
    /// What items have to satisfy.
    pub filter: Option<FilterText>,
    /// What items are.
    pub mode: Mode,
    /// How instances of subclasses appear.
    pub polymorphism: Polymorphism,
    /// Whether the first items are wanted in the answer to Enumerate.
    pub optimize: bool,
    /// Whether an estimate of the number of all items is wanted.
    pub count: bool,
    /// How much is wanted at once.
    pub batch: Batch,
    /// `wsen:Expires`: how long the context is wanted to live.
    pub expires: Option<Duration>,
}

/// A filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterText {
    /// A text in a dialect, which is a URI (see [`crate::uris::dialect`]).
    Text {
        /// The URI of the dialect.
        dialect: String,
        /// The filter.
        text: String,
    },
    /// Properties equal to these values.
    Selectors(Vec<Selector>),
    /// A walk over associations.
    Association(Box<AssociationFilter>),
}

impl Requests {
    /// Requests to a URL, with WS-Addressing of 2004 and answers up to 512 KiB.
    pub fn new(to: impl Into<String>) -> Self {
        Self {
            to: to.into(),
            addressing: Addressing::V2004,
            timeout: Some(Duration::from_secs(60)),
            max_envelope_size: Some(512 * 1024),
            locale: None,
            options: Vec::new(),
            if_match: None,
            tell_job: false,
        }
    }

    /// Identify (DSP0226 11).
    pub fn identify() -> String {
        format!(
            "<s:Envelope xmlns:s=\"{}\" xmlns:wsmid=\"{}\"><s:Header></s:Header><s:Body>\
             <wsmid:Identify></wsmid:Identify></s:Body></s:Envelope>",
            ns::SOAP,
            ns::WSMID
        )
    }

    /// Get.
    pub fn get(&self, message_id: &str, target: &Epr) -> String {
        self.message(message_id, action::GET, target, &[], |_| {})
    }

    /// Get that asks for the reference to the instance, too (DSP0226 6.5).
    pub fn get_with_reference(&self, message_id: &str, target: &Epr) -> String {
        let headers = [Block::Empty("wsman:RequestEPR")];
        self.message(message_id, action::GET, target, &headers, |_| {})
    }

    /// Get of a part of an instance; `path` is XPath, its names those of properties (DSP0226 7).
    pub fn get_fragment(&self, message_id: &str, target: &Epr, path: &str) -> String {
        let headers = [Block::Fragment(path)];
        self.message(message_id, action::GET, target, &headers, |_| {})
    }

    /// Put of a part of an instance. The part is a `wsman:XmlFragment`, see [`fragment`].
    pub fn put_fragment(
        &self,
        message_id: &str,
        target: &Epr,
        path: &str,
        part: &Object,
    ) -> String {
        let headers = [Block::Fragment(path)];
        self.message(message_id, action::PUT, target, &headers, |w| {
            w.raw(part.xml());
        })
    }

    /// Create of a part of an instance, such as an entry of an array.
    pub fn create_fragment(
        &self,
        message_id: &str,
        target: &Epr,
        path: &str,
        part: &Object,
    ) -> String {
        let headers = [Block::Fragment(path)];
        self.message(message_id, action::CREATE, target, &headers, |w| {
            w.raw(part.xml());
        })
    }

    /// Delete of a part of an instance.
    pub fn delete_fragment(&self, message_id: &str, target: &Epr, path: &str) -> String {
        let headers = [Block::Fragment(path)];
        self.message(message_id, action::DELETE, target, &headers, |_| {})
    }

    /// Put of a whole representation.
    pub fn put(&self, message_id: &str, target: &Epr, representation: &Object) -> String {
        self.with_body(message_id, action::PUT, target, |w| {
            w.raw(representation.xml());
        })
    }

    /// Any request whose body somebody else writes. The prefixes `wsa`, `wsman`, `xsi` and `cim` are
    /// declared there.
    pub fn with_body(
        &self,
        message_id: &str,
        action: &str,
        target: &Epr,
        body: impl FnOnce(&mut Writer<'_>),
    ) -> String {
        self.message(message_id, action, target, &[], body)
    }

    /// Create; the target is the class, without keys.
    pub fn create(&self, message_id: &str, target: &Epr, representation: &Object) -> String {
        self.message(message_id, action::CREATE, target, &[], |w| {
            w.raw(representation.xml());
        })
    }

    /// Delete.
    pub fn delete(&self, message_id: &str, target: &Epr) -> String {
        self.message(message_id, action::DELETE, target, &[], |_| {})
    }

    /// Invoke a method of an instance, or of the class if the target has no keys. The input is made with
    /// [`method_input`].
    pub fn invoke(&self, message_id: &str, target: &Epr, method: &str, input: &Object) -> String {
        let action = format!("{}/{method}", target.resource_uri);
        self.message(message_id, &action, target, &[], |w| w.raw(input.xml()))
    }

    /// Enumerate.
    pub fn enumerate(&self, message_id: &str, target: &Epr, wanted: &Enumeration) -> String {
        let mut headers = Vec::new();
        if wanted.count {
            headers.push(Block::Empty("wsman:RequestTotalItemsCountEstimate"));
        }
        self.message(message_id, action::ENUMERATE, target, &headers, |w| {
            w.start("wsen:Enumerate");
            w.namespace("wsen", ns::WSEN);
            w.namespace("wsmb", ns::WSMB);
            if let Some(expires) = wanted.expires {
                w.element("wsen:Expires", &duration(expires));
            }
            if let Some(filter) = &wanted.filter {
                self.filter(w, filter);
            }
            if wanted.optimize {
                w.empty("wsman:OptimizeEnumeration");
            }
            match wanted.mode {
                Mode::Object => {}
                Mode::Epr => w.element("wsman:EnumerationMode", "EnumerateEPR"),
                Mode::ObjectAndEpr => {
                    w.element("wsman:EnumerationMode", "EnumerateObjectAndEPR");
                }
            }
            if wanted.optimize
                && let Some(most) = wanted.batch.max_elements
            {
                w.element("wsman:MaxElements", &most.to_string());
            }
            match wanted.polymorphism {
                Polymorphism::IncludeSubClassProperties => {}
                Polymorphism::ExcludeSubClassProperties => {
                    w.element("wsmb:PolymorphismMode", "ExcludeSubClassProperties");
                }
                Polymorphism::None => w.element("wsmb:PolymorphismMode", "None"),
            }
            w.end();
        })
    }

    /// Pull.
    pub fn pull(&self, message_id: &str, target: &Epr, context: &str, batch: &Batch) -> String {
        self.message(message_id, action::PULL, target, &[], |w| {
            w.start("wsen:Pull");
            w.namespace("wsen", ns::WSEN);
            w.element("wsen:EnumerationContext", context);
            if let Some(time) = batch.max_time {
                w.element("wsen:MaxTime", &duration(time));
            }
            if let Some(most) = batch.max_elements {
                w.element("wsen:MaxElements", &most.to_string());
            }
            if let Some(most) = batch.max_characters {
                w.element("wsen:MaxCharacters", &most.to_string());
            }
            w.end();
        })
    }

    /// Renew: the context shall live for so long from now, or for as long as the service likes.
    pub fn renew(
        &self,
        message_id: &str,
        target: &Epr,
        context: &str,
        expires: Option<Duration>,
    ) -> String {
        self.message(message_id, action::RENEW, target, &[], |w| {
            w.start("wsen:Renew");
            w.namespace("wsen", ns::WSEN);
            w.element("wsen:EnumerationContext", context);
            if let Some(expires) = expires {
                w.element("wsen:Expires", &duration(expires));
            }
            w.end();
        })
    }

    /// GetStatus: until when does the context live?
    pub fn get_status(&self, message_id: &str, target: &Epr, context: &str) -> String {
        self.message(message_id, action::GET_STATUS, target, &[], |w| {
            w.start("wsen:GetStatus");
            w.namespace("wsen", ns::WSEN);
            w.element("wsen:EnumerationContext", context);
            w.end();
        })
    }

    /// Release.
    pub fn release(&self, message_id: &str, target: &Epr, context: &str) -> String {
        self.message(message_id, action::RELEASE, target, &[], |w| {
            w.start("wsen:Release");
            w.namespace("wsen", ns::WSEN);
            w.element("wsen:EnumerationContext", context);
            w.end();
        })
    }

    /// The envelope around a body.
    pub(super) fn message(
        &self,
        message_id: &str,
        action: &str,
        target: &Epr,
        headers: &[Block<'_>],
        body: impl FnOnce(&mut Writer<'_>),
    ) -> String {
        let mut out = String::with_capacity(2048);
        let mut w = Writer::new(&mut out);
        w.start("s:Envelope");
        w.namespace("s", ns::SOAP);
        w.namespace("wsa", self.addressing.namespace());
        w.namespace("wsman", ns::WSMAN);
        w.namespace("xsi", ns::XSI);
        w.namespace("cim", ns::CIM);
        w.start("s:Header");
        w.element("wsa:To", &self.to);
        marked(&mut w, "wsa:Action", action);
        w.element("wsa:MessageID", message_id);
        w.start("wsa:ReplyTo");
        w.element("wsa:Address", self.addressing.anonymous());
        w.end();
        marked(&mut w, "wsman:ResourceURI", &target.resource_uri);
        if let Some(size) = self.max_envelope_size {
            marked(&mut w, "wsman:MaxEnvelopeSize", &size.to_string());
        }
        if let Some(timeout) = self.timeout {
            w.element("wsman:OperationTimeout", &duration(timeout));
        }
        if let Some(locale) = &self.locale {
            w.start("wsman:Locale");
            w.attribute("xml:lang", locale);
            // The service may answer in another language.
            w.attribute("s:mustUnderstand", "false");
            w.end();
        }
        if !target.selectors.is_empty() {
            self.selectors(&mut w, &target.selectors);
        }
        if !self.options.is_empty() {
            w.start("wsman:OptionSet");
            for (name, value) in &self.options {
                w.start("wsman:Option");
                w.attribute("Name", name);
                w.text(value);
                w.end();
            }
            w.end();
        }
        if self.tell_job {
            w.start_prefixed("b", "Job");
            w.namespace("b", ns::BRIDGE);
            w.end();
        }
        if let Some(value) = &self.if_match {
            w.start_prefixed("b", "IfMatch");
            w.namespace("b", ns::BRIDGE);
            w.attribute("s:mustUnderstand", "true");
            w.text(value);
            w.end();
        }
        for header in headers {
            match header {
                Block::Empty(name) => w.empty(name),
                Block::Fragment(path) => marked(&mut w, "wsman:FragmentTransfer", path),
            }
        }
        w.end();
        w.start("s:Body");
        body(&mut w);
        w.end();
        w.end();
        out
    }

    pub(super) fn filter(&self, w: &mut Writer<'_>, filter: &FilterText) {
        w.start("wsman:Filter");
        match filter {
            FilterText::Text { dialect, text } => {
                w.attribute("Dialect", dialect);
                w.text(text);
            }
            FilterText::Selectors(selectors) => {
                w.attribute("Dialect", dialect::SELECTOR);
                self.selectors(w, selectors);
            }
            FilterText::Association(walk) => {
                w.attribute("Dialect", dialect::ASSOCIATION);
                w.start(if walk.associations {
                    "wsmb:AssociationInstances"
                } else {
                    "wsmb:AssociatedInstances"
                });
                w.start("wsmb:Object");
                self.epr(w, &walk.object);
                w.end();
                // In the order of the schema (DSP8016).
                for (name, value) in [
                    ("wsmb:AssociationClassName", &walk.association_class),
                    ("wsmb:Role", &walk.role),
                    ("wsmb:ResultClassName", &walk.result_class),
                    ("wsmb:ResultRole", &walk.result_role),
                ] {
                    if let Some(value) = value {
                        w.element(name, value);
                    }
                }
                for property in &walk.result_properties {
                    w.element("wsmb:IncludeResultProperty", property);
                }
                w.end();
            }
        }
        w.end();
    }

    fn selectors(&self, w: &mut Writer<'_>, selectors: &[Selector]) {
        w.start("wsman:SelectorSet");
        for selector in selectors {
            w.start("wsman:Selector");
            w.attribute("Name", &selector.name);
            match &selector.value {
                SelectorValue::Text(text) => w.text(text),
                SelectorValue::Reference(epr) => {
                    w.start("wsa:EndpointReference");
                    self.epr(w, epr);
                    w.end();
                }
            }
            w.end();
        }
        w.end();
    }

    /// The content of an endpoint reference.
    fn epr(&self, w: &mut Writer<'_>, epr: &Epr) {
        let address = if epr.address.is_empty() || Addressing::is_anonymous(&epr.address) {
            self.addressing.anonymous()
        } else {
            &epr.address
        };
        w.element("wsa:Address", address);
        w.start("wsa:ReferenceParameters");
        w.element("wsman:ResourceURI", &epr.resource_uri);
        if !epr.selectors.is_empty() {
            self.selectors(w, &epr.selectors);
        }
        w.end();
    }
}

/// A header block that not every request has.
pub(super) enum Block<'a> {
    /// One without content.
    Empty(&'a str),
    /// `wsman:FragmentTransfer`; a service without fragments must not do the whole instead.
    Fragment(&'a str),
}

fn marked(w: &mut Writer<'_>, name: &str, text: &str) {
    w.start(name);
    w.attribute("s:mustUnderstand", "true");
    w.text(text);
    w.end();
}

/// `PT20S`, `PT0.5S`
pub(super) fn duration(duration: Duration) -> String {
    let mut text = format!("PT{}", duration.as_secs());
    let millis = duration.subsec_millis();
    if millis > 0 {
        let _ = write!(text, ".{millis:03}");
    }
    text.push('S');
    text
}

/// The `<Method>_INPUT` element; `write` writes the parameters, with the prefix `p`.
///
/// # Errors
/// What was written is no XML: a parameter's name that is none.
pub fn method_input(
    class_uri: &str,
    method: &str,
    write: impl FnOnce(&mut Writer<'_>),
) -> Result<Object, xml_wire::XmlError> {
    let mut out = String::new();
    let mut w = Writer::new(&mut out);
    w.start_prefixed("p", &format!("{method}_INPUT"));
    w.namespace("p", class_uri);
    w.namespace("wsa", ns::WSA);
    w.namespace("wsman", ns::WSMAN);
    w.namespace("xsi", ns::XSI);
    w.namespace("cim", ns::CIM);
    write(&mut w);
    w.end();
    Object::parse(&out)
}

/// A `wsman:XmlFragment` for a Put or Create of a part of an instance; `write` writes its content.
///
/// # Errors
/// What was written is no XML.
pub fn fragment(write: impl FnOnce(&mut Writer<'_>)) -> Result<Object, xml_wire::XmlError> {
    let mut out = String::new();
    let mut w = Writer::new(&mut out);
    w.start("wsman:XmlFragment");
    w.namespace("wsman", ns::WSMAN);
    w.namespace("wsa", ns::WSA);
    w.namespace("xsi", ns::XSI);
    w.namespace("cim", ns::CIM);
    write(&mut w);
    w.end();
    Object::parse(&out)
}

/// Writes a property or parameter of a class that is not known: its text, or nil for none.
pub fn text_property(w: &mut Writer<'_>, prefix: &str, name: &str, text: Option<&str>) {
    w.start_prefixed(prefix, name);
    match text {
        Some(text) => w.text(text),
        None => {
            w.namespace("xsi", ns::XSI);
            w.nil();
        }
    }
    w.end();
}
