//! One request and its answer: on whose behalf, within which bounds, in which encoding.

use std::time::Instant;

use cim_core::{CimError, Schema};
use provider::{OperationContext, Provider};
use wsman::enumeration::Style;
use wsman::uris::{Addressing, CIM_SCHEMA};
use wsman::{
    Answer, Detail, Doing, Family, Fault, Headers, Reply, ResourceUri, Subcode, same_namespace,
};
use xml_wire::Encoding;
use xml_wire::wscim::{self, Nil, ReadContext, WriteContext};

use super::address::Space;
use super::{Realm, Settings, WsmanBinding, indications};
use crate::Origin;

/// What every operation needs of its request beside its parameters.
pub(super) struct Exchange<'a> {
    pub(super) binding: &'a WsmanBinding,
    /// The namespace that it is about.
    pub(super) realm: &'a Realm,
    pub(super) context: OperationContext,
    /// How the request was encoded, and the answer will be.
    pub(super) encoding: Encoding,
    /// Octets that the answer may have.
    pub(super) limit: usize,
    /// What the answer has to say about the request.
    pub(super) reply: Reply,
    /// What the URIs of the REST binding start with: references may be written so.
    pub(super) rest_base: Option<String>,
    /// The URL of this service, as the client knows it.
    pub(super) service: Option<String>,
}

impl<'a> Exchange<'a> {
    /// The bounds of a request: the smaller of what the client asks for and the service allows.
    pub(super) fn new(
        binding: &'a WsmanBinding,
        mut context: OperationContext,
        encoding: Encoding,
        headers: &mut Headers,
        origin: Option<&Origin>,
    ) -> Self {
        let settings = &binding.settings;
        let asked = headers
            .operation_timeout
            .and_then(|timeout| Instant::now().checked_add(timeout));
        context.deadline = match (context.deadline, asked) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let realm = realm(binding, headers);
        Self {
            binding,
            realm,
            context,
            encoding,
            limit: headers
                .max_envelope_size
                .map_or(settings.usual_envelope, |size| {
                    size.min(settings.max_envelope)
                }),
            reply: std::mem::take(&mut headers.reply),
            service: origin.map(|o| format!("{}://{}{}/wsman", o.scheme, o.authority, o.prefix)),
            rest_base: origin.map(|o| {
                let path = &realm.rest_path;
                format!("{}://{}{}{path}", o.scheme, o.authority, o.prefix)
            }),
        }
    }

    /// The same exchange, about the namespace of an enumeration.
    pub(super) fn within(&self, namespace: Option<&str>) -> Self {
        Self {
            binding: self.binding,
            realm: named(self.binding, namespace),
            context: self.context.clone(),
            encoding: self.encoding,
            limit: self.limit,
            reply: self.reply.clone(),
            rest_base: self.rest_base.clone(),
            service: self.service.clone(),
        }
    }

    /// The name of the namespace.
    pub(super) fn namespace(&self) -> &'a str {
        &self.realm.namespace
    }

    /// What an enumeration context has to remember of the namespace.
    pub(super) fn other_namespace(&self) -> Option<String> {
        let is_usual = std::ptr::eq(self.realm, &self.binding.realm);
        (!is_usual).then(|| self.realm.namespace.clone())
    }

    pub(super) fn provider(&self) -> &'a dyn Provider {
        &*self.realm.provider
    }

    pub(super) fn settings(&self) -> &'a Settings {
        &self.binding.settings
    }

    pub(super) fn schema(&self) -> &'a Schema {
        self.realm.provider.schema()
    }

    pub(super) fn space(&self) -> Space<'a> {
        Space {
            schema: self.schema(),
            namespace: &self.realm.namespace,
            described: self.realm.described.as_deref(),
        }
    }

    /// How instances and references are written for this client.
    pub(super) fn write_context(&self, family: Family, style: Style) -> WriteContext<'a> {
        WriteContext {
            addressing: match self.reply.addressing {
                Addressing::V2004 => wscim::Addressing::Submission2004,
                Addressing::V2005 => wscim::Addressing::Recommendation2005,
            },
            nil: if style.without_nil {
                Nil::Never
            } else {
                Nil::All
            },
            key_attributes: style.marked_keys,
            precise_arrays: style.precise_arrays,
            class_base: match family {
                Family::Dmtf => CIM_SCHEMA,
                Family::Wmi => &self.realm.wmi_base,
            },
            namespace_selector: family == Family::Dmtf,
            ..WriteContext::answer(&self.realm.namespace)
        }
    }

    /// How instances and references of this client are read.
    pub(super) fn read_context(&self) -> ReadContext<'_> {
        ReadContext {
            schema: self.schema(),
            namespace: &self.realm.namespace,
            rest_base: self.rest_base.as_deref(),
        }
    }

    /// The name that owns what this caller leaves behind.
    pub(super) fn owner(&self) -> &str {
        &self.context.principal.name
    }

    /// Begins the answer to a standard action.
    pub(super) fn answer(&self, action: &str) -> Answer {
        let mut response = String::with_capacity(action.len() + 8);
        response.push_str(action);
        response.push_str("Response");
        Answer::new(&self.reply, &response, &message_id())
    }

    /// How many octets a text has on the wire.
    pub(super) fn octets(&self, text: &str) -> usize {
        match self.encoding {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16Le | Encoding::Utf16Be => 2 * text.encode_utf16().count(),
        }
    }

    /// Ends an answer of one piece, which has to fit.
    ///
    /// # Errors
    /// `wsman:EncodingLimit` with `MaxEnvelopeSize`; with `UnreportableSuccess` if the request has
    /// `changed` something (DSP0226 R6.2-5).
    pub(super) fn finish(&self, answer: Answer, changed: bool) -> Result<String, Fault> {
        let text = answer.finish();
        let octets = self.octets(&text) + BYTE_ORDER_MARK;
        if octets <= self.limit {
            return Ok(text);
        }
        let fault = Fault::new(Subcode::EncodingLimit);
        Err(if changed {
            fault.detail(Detail::UnreportableSuccess).because(format!(
                "The operation was carried out, but its answer of {octets} octets is larger than the {} that are allowed.",
                self.limit
            ))
        } else {
            fault.detail(Detail::MaxEnvelopeSize).because(format!(
                "The answer has {octets} octets; {} are allowed. Ask with a larger MaxEnvelopeSize.",
                self.limit
            ))
        })
    }
}

/// The namespace that a request is about. One that does not exist is found out where the resource is. Who names
/// none and a class of subscriptions means the one in which these are.
fn realm<'a>(binding: &'a WsmanBinding, headers: &Headers) -> &'a Realm {
    let uri = ResourceUri::parse(&headers.resource_uri).ok();
    let in_uri = uri.as_ref().and_then(|uri| uri.namespace);
    let name = headers.selectors.namespace().ok().flatten().or(in_uri);
    let class = uri.and_then(|uri| uri.class);
    if name.is_none() && class.is_some_and(indications::is_one) {
        return &binding.interop;
    }
    named(binding, name)
}

impl WsmanBinding {
    /// The namespace of that name, or else the usual one.
    pub(super) fn realm_named(&self, name: &str) -> &Realm {
        named(self, Some(name))
    }
}

/// The namespace of that name, or else the usual one.
fn named<'a>(binding: &'a WsmanBinding, name: Option<&str>) -> &'a Realm {
    let mut others = binding.clouds.iter().chain([&binding.interop]);
    name.and_then(|name| others.find(|realm| same_namespace(name, &realm.namespace)))
        .unwrap_or(&binding.realm)
}

/// Octets that UTF-16 has before the text.
const BYTE_ORDER_MARK: usize = 2;

/// A new message id.
pub(super) fn message_id() -> String {
    let mut buffer = uuid::Uuid::encode_buffer();
    let id = uuid::Uuid::new_v4().hyphenated().encode_lower(&mut buffer) as &str;
    ["uuid:", id].concat()
}

/// The fault of a provider's error; what only the log may know goes there.
pub(super) fn refused(error: &CimError, doing: Doing) -> Fault {
    if let Some(cause) = error.internal_message() {
        tracing::warn!(kind = ?error.kind(), cause, "a provider could not complete an operation");
    }
    Fault::from_cim(error, doing)
}
