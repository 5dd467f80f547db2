//! Answers (DSP0226 5 to 11), read tolerantly.

use cim_core::Instance;
use xml_wire::wscim::{ReadContext, is_class_namespace, read_instance};
use xml_wire::{DecodeError, Element, Event, Reader, XmlError, decode};

use super::eventing::read_bookmark;
use super::fault::RemoteFault;
use super::object::{ANSWER_LIMITS, Object};
use super::tree::Node;
use crate::epr::Epr;
use crate::uris::ns;

/// Why a body is no answer to the request.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// The service refuses, and says why.
    #[error(transparent)]
    Fault(#[from] Box<RemoteFault>),
    /// The bytes are no text.
    #[error("the answer is no text: {0}")]
    Encoding(#[from] DecodeError),
    /// The text is no XML, or XML that this client refuses (such as DOCTYPE).
    #[error("the answer is no XML: {0}")]
    Xml(#[from] XmlError),
    /// It is XML, but not what was to come.
    #[error("the answer {0}")]
    Unexpected(String),
}

/// What Create answers with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// The reference to the new instance.
    pub reference: Option<Epr>,
    /// The new instance, which some services send too, or in place of the reference.
    pub object: Option<Object>,
    /// The job that makes it, where the service is a bridge and tells.
    pub job: Option<RemoteJob>,
}

/// What Put and Delete answer with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The instance as it is now, if the service sends it.
    pub object: Option<Object>,
    /// The job that does it, where the service is a bridge and tells.
    pub job: Option<RemoteJob>,
}

/// What Put answers with, read by the descriptor of its class.
#[derive(Debug)]
pub struct Stored {
    /// The instance as it is now, if the service sends it.
    pub now: Represented,
    /// The job that does it, where the service is a bridge and tells.
    pub job: Option<RemoteJob>,
}

/// The job of a write (our own header `Job`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteJob {
    /// Where it is.
    pub reference: Epr,
    /// Whether it has done its work.
    pub completed: bool,
}

/// Items of an enumeration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The items.
    pub items: Vec<Item>,
    /// The context to pull with next; `None` at the end.
    pub context: Option<String>,
    /// The estimate of the number of all items, if it was asked for and is known.
    pub total: Option<u64>,
    /// `wsman:Bookmark` behind the last event, of a subscription that sends bookmarks.
    pub bookmark: Option<String>,
}

/// An item of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The instance, or a fragment of it where a filter chose columns.
    pub object: Option<Object>,
    /// The reference to it.
    pub reference: Option<Epr>,
}

/// What stands in the body of the answer to Get.
#[derive(Debug)]
pub enum Represented {
    /// An instance of a known class, with nothing that the class does not have.
    Instance(Instance),
    /// Anything else, as it is.
    Object(Option<Object>),
}

/// An instance and the reference to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referenced {
    /// The instance.
    pub object: Object,
    /// Its reference; `None` from a service that does not tell it.
    pub reference: Option<Epr>,
}

/// Until when an enumeration lives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lifetime {
    /// `wsen:Expires`, as the service writes it: a time, or a duration from now.
    pub expires: Option<String>,
    /// The context from now on, if the service gives another one.
    pub context: Option<String>,
}

/// What Identify tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// `ProtocolVersion`
    pub protocol_versions: Vec<String>,
    /// `ProductVendor`
    pub vendor: String,
    /// `ProductVersion`
    pub version: String,
    /// `SecurityProfileName`
    pub security_profiles: Vec<String>,
    /// `InitiativeSupport`
    pub initiatives: Vec<Initiative>,
    /// `AddressingVersionURI`
    pub addressing_versions: Vec<String>,
    /// Everything else: names and texts.
    pub others: Vec<(String, String)>,
}

/// A profile of management that a service says it supports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Initiative {
    /// `InitiativeName`
    pub name: String,
    /// `InitiativeVersion`
    pub version: String,
}

/// Reading answers: each function takes the bytes of a body, its `Content-Type` and the MessageID of the
/// request.
pub mod read {
    use super::*;

    /// The first element in the body of the answer to Get, Put, Delete, Release and methods.
    ///
    /// # Errors
    /// A fault, or no answer.
    pub fn object(
        bytes: &[u8],
        content_type: Option<&str>,
        message_id: &str,
    ) -> Result<Option<Object>, Unreadable> {
        with_body(bytes, content_type, message_id, |reader, first, _| {
            let object = first.map(|element| Object::read(reader, &element));
            Ok(object.transpose()?)
        })
    }

    /// The answer to Get, read by the descriptor of its class in the same pass.
    ///
    /// # Errors
    /// A fault, or no answer.
    pub fn instance(
        bytes: &[u8],
        content_type: Option<&str>,
        message_id: &str,
        context: &ReadContext<'_>,
    ) -> Result<Represented, Unreadable> {
        let read = with_body(bytes, content_type, message_id, |reader, first, _| {
            Ok(known_instance(reader, first, context))
        })?;
        match read {
            Some(instance) => Ok(Represented::Instance(instance)),
            None => object(bytes, content_type, message_id).map(Represented::Object),
        }
    }

    /// The answer to Put, read by the descriptor of its class in the same pass.
    ///
    /// # Errors
    /// A fault, or no answer.
    pub fn stored(
        bytes: &[u8],
        content_type: Option<&str>,
        message_id: &str,
        context: &ReadContext<'_>,
    ) -> Result<Stored, Unreadable> {
        let (read, job) = with_body(bytes, content_type, message_id, |reader, first, told| {
            Ok((known_instance(reader, first, context), told.job))
        })?;
        let now = match read {
            Some(instance) => Represented::Instance(instance),
            None => Represented::Object(written(bytes, content_type, message_id)?.object),
        };
        Ok(Stored { now, job })
    }

    /// The answer to a Get that asked for the reference, too.
    ///
    /// # Errors
    /// A fault, or no answer.
    pub fn referenced(
        bytes: &[u8],
        content_type: Option<&str>,
        message_id: &str,
    ) -> Result<Referenced, Unreadable> {
        with_body(bytes, content_type, message_id, |reader, first, told| {
            let element = first
                .ok_or_else(|| Unreadable::Unexpected("has no instance in its body".into()))?;
            Ok(Referenced {
                object: Object::read(reader, &element)?,
                reference: told.reference,
            })
        })
    }

    /// The answer to Renew and GetStatus of an enumeration.
    ///
    /// # Errors
    /// A fault, or no answer.
    pub fn lifetime(
        bytes: &[u8],
        content_type: Option<&str>,
        message_id: &str,
    ) -> Result<Lifetime, Unreadable> {
        with_body(bytes, content_type, message_id, |reader, first, _| {
            let answer = first
                .filter(|e| matches!(e.local(), "RenewResponse" | "GetStatusResponse"))
                .ok_or_else(|| {
                    Unreadable::Unexpected(
                        "has neither RenewResponse nor GetStatusResponse in its body".into(),
                    )
                })?;
            let tree = Node::read(reader, &answer)?;
            let text = |name| {
                let text = tree.child(name)?.text.trim();
                (!text.is_empty()).then(|| text.to_owned())
            };
            Ok(Lifetime {
                expires: text("Expires"),
                context: text("EnumerationContext"),
            })
        })
    }

    /// The answer to Put and Delete.
    ///
    /// # Errors
    /// A fault, or no answer.
    pub fn written(
        bytes: &[u8],
        content_type: Option<&str>,
        message_id: &str,
    ) -> Result<Written, Unreadable> {
        with_body(bytes, content_type, message_id, |reader, first, told| {
            let object = first.map(|element| Object::read(reader, &element));
            Ok(Written {
                object: object.transpose()?,
                job: told.job,
            })
        })
    }

    /// The answer to Create.
    ///
    /// # Errors
    /// A fault, or no answer.
    pub fn created(
        bytes: &[u8],
        content_type: Option<&str>,
        message_id: &str,
    ) -> Result<Created, Unreadable> {
        with_body(bytes, content_type, message_id, |reader, first, told| {
            let mut created = Created {
                reference: None,
                object: None,
                job: told.job,
            };
            let mut next = first;
            while let Some(element) = next {
                if element.local() == "ResourceCreated" {
                    created.reference = Node::read(reader, &element)?.reference();
                } else {
                    created.object = Some(Object::read(reader, &element)?);
                }
                next = reader.child()?;
            }
            Ok(created)
        })
    }

    /// The answer to Enumerate and Pull.
    ///
    /// # Errors
    /// A fault, or no answer.
    pub fn page(
        bytes: &[u8],
        content_type: Option<&str>,
        message_id: &str,
    ) -> Result<Page, Unreadable> {
        with_body(bytes, content_type, message_id, |reader, first, told| {
            let answer = first
                .filter(|element| matches!(element.local(), "EnumerateResponse" | "PullResponse"));
            if answer.is_none() {
                return Err(Unreadable::Unexpected(
                    "has neither EnumerateResponse nor PullResponse in its body".into(),
                ));
            }
            let mut page = Page {
                total: told.total,
                bookmark: told.bookmark,
                ..Page::default()
            };
            let mut ended = false;
            while let Some(part) = reader.child()? {
                match part.local() {
                    "EnumerationContext" => {
                        // One that holds elements is kept as it stands: only its maker understands it.
                        let context = Object::read(reader, &part)?.tree()?;
                        let text = context.text.trim();
                        page.context = (!text.is_empty()).then(|| text.to_owned());
                    }
                    "Items" => {
                        while let Some(item) = reader.child()? {
                            page.items.push(read_item(reader, &item)?);
                        }
                    }
                    "EndOfSequence" => {
                        ended = true;
                        reader.skip()?;
                    }
                    _ => reader.skip()?,
                }
            }
            if ended {
                page.context = None;
            }
            Ok(page)
        })
    }

    /// The answer to Identify.
    ///
    /// # Errors
    /// A fault, or no answer.
    pub fn identity(bytes: &[u8], content_type: Option<&str>) -> Result<Identity, Unreadable> {
        with_body(bytes, content_type, "", |reader, first, _| {
            let Some(element) = first.filter(|e| e.local() == "IdentifyResponse") else {
                return Err(Unreadable::Unexpected(
                    "has no IdentifyResponse in its body".into(),
                ));
            };
            let tree = Node::read(reader, &element)?;
            let mut identity = Identity::default();
            for part in tree.children {
                let text = part.text.trim().to_owned();
                match part.name.as_str() {
                    "ProtocolVersion" => identity.protocol_versions.push(text),
                    "ProductVendor" => identity.vendor = text,
                    "ProductVersion" => identity.version = text,
                    "AddressingVersionURI" => identity.addressing_versions.push(text),
                    "SecurityProfiles" => identity
                        .security_profiles
                        .extend(part.children.iter().map(|p| p.text.trim().to_owned())),
                    "InitiativeSupport" => {
                        let of = |name| part.child(name).map_or("", |c| c.text.trim()).to_owned();
                        identity.initiatives.push(Initiative {
                            name: of("InitiativeName"),
                            version: of("InitiativeVersion"),
                        });
                    }
                    _ => identity.others.push((part.name, text)),
                }
            }
            Ok(identity)
        })
    }
}

fn read_item<'a>(reader: &mut Reader<'a>, element: &Element<'a>) -> Result<Item, Unreadable> {
    let is_reference = |e: &Element<'_>| {
        e.local() == "EndpointReference" && matches!(e.ns(), ns::WSA | ns::WSA_2005)
    };
    let mut item = Item {
        object: None,
        reference: None,
    };
    if is_reference(element) {
        item.reference = Node::read(reader, element)?.reference();
    } else if element.is(ns::WSMAN, "Item") {
        while let Some(part) = reader.child()? {
            if is_reference(&part) {
                item.reference = Node::read(reader, &part)?.reference();
            } else {
                item.object = Some(Object::read(reader, &part)?);
            }
        }
    } else {
        item.object = Some(Object::read(reader, element)?);
    }
    Ok(item)
}

/// The instance that an element is, if its class is known and has all that is in it.
fn known_instance<'a>(
    reader: &mut Reader<'a>,
    element: Option<Element<'a>>,
    context: &ReadContext<'_>,
) -> Option<Instance> {
    let element = element.filter(|element| is_class_namespace(element.ns()))?;
    let class = context.schema.class(element.local())?;
    read_instance(reader, &element, class, context).ok()
}

/// What the header of an answer tells.
#[derive(Default)]
struct Told {
    /// `TotalItemsCountEstimate`
    total: Option<u64>,
    /// `RequestedEPR`
    reference: Option<Epr>,
    /// `wsman:Bookmark`
    bookmark: Option<String>,
    /// Our own `Job`.
    job: Option<RemoteJob>,
}

/// Walks to the body and hands over its first element and what the header tells; a fault becomes the
/// error.
fn with_body<T>(
    bytes: &[u8],
    content_type: Option<&str>,
    message_id: &str,
    take: impl for<'a> FnOnce(&mut Reader<'a>, Option<Element<'a>>, Told) -> Result<T, Unreadable>,
) -> Result<T, Unreadable> {
    let decoded = decode(bytes, content_type)?;
    let mut reader = Reader::new(&decoded.text, &ANSWER_LIMITS)?;
    let root = reader.root()?;
    if root.is(ns::SOAP11, "Envelope") {
        return Err(Unreadable::Unexpected(
            "is SOAP 1.1; WS-Management is SOAP 1.2".into(),
        ));
    }
    if !root.is(ns::SOAP, "Envelope") {
        return Err(Unreadable::Unexpected(format!(
            "is <{}>, not a SOAP envelope",
            root.local()
        )));
    }
    let (mut relates_to, mut told) = (None, Told::default());
    while let Some(part) = reader.child()? {
        match part.local() {
            "Header" => {
                while let Some(header) = reader.child()? {
                    match header.local() {
                        "RelatesTo" if matches!(header.ns(), ns::WSA | ns::WSA_2005) => {
                            relates_to = Some(reader.trimmed_text()?.into_owned());
                        }
                        "TotalItemsCountEstimate" => {
                            told.total = reader.trimmed_text()?.parse().ok();
                        }
                        "Bookmark" if header.ns() == ns::WSMAN => {
                            told.bookmark = Some(read_bookmark(&mut reader)?);
                        }
                        "Job" if header.ns() == ns::BRIDGE => {
                            let completed = header.attribute("", "Completed") == Some("true");
                            let reference = Node::read(&mut reader, &header)?.reference();
                            told.job = reference.map(|reference| RemoteJob {
                                reference,
                                completed,
                            });
                        }
                        "RequestedEPR" => {
                            let tree = Node::read(&mut reader, &header)?;
                            told.reference =
                                tree.child("EndpointReference").and_then(Node::reference);
                        }
                        _ => reader.skip()?,
                    }
                }
            }
            "Body" => {
                let first = first_element(&mut reader)?;
                if let Some(fault) = first.as_ref().filter(|e| e.is(ns::SOAP, "Fault")) {
                    let fault = RemoteFault::read(&mut reader, fault)?;
                    return Err(Unreadable::Fault(Box::new(fault)));
                }
                // A fault may answer what could not be read; anything else has to be ours.
                if let Some(relates_to) = relates_to
                    && !message_id.is_empty()
                    && relates_to != message_id
                {
                    return Err(Unreadable::Unexpected(format!(
                        "relates to message {relates_to}, not to {message_id}"
                    )));
                }
                return take(&mut reader, first, told);
            }
            _ => reader.skip()?,
        }
    }
    Err(Unreadable::Unexpected("has no body".into()))
}

fn first_element<'a>(reader: &mut Reader<'a>) -> Result<Option<Element<'a>>, XmlError> {
    loop {
        match reader.next()? {
            Event::Start(element) => return Ok(Some(element)),
            Event::Text(_) => {}
            Event::End | Event::Eof => return Ok(None),
        }
    }
}
