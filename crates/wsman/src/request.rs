//! Reading a request: once, from left to right, without a tree.
//!
//! The header blocks are read into [`Headers`], the small bodies of WS-Enumeration into values; where
//! the body is a representation or method input, the reader is handed on, standing at it. A header
//! that is wrong does not stop the reading of the others: the fault needs the MessageID, wherever it
//! stands.

use std::time::Duration;

use xml_wire::{Element, Limits, Reader, XmlError, XmlErrorKind};

use crate::answer::Reply;
use crate::body::{self, Enumerate, Pull, Renew};
use crate::epr::SelectorSet;
use crate::eventing::IssuedToken;
use crate::fault::{Detail, Fault, Subcode};
use crate::fragment::FragmentTransfer;
use crate::headers;
use crate::uris::{EVENTING, action, ns};

/// A request, checked as far as WS-Management itself can.
#[derive(Debug)]
pub struct Request<'a> {
    /// What its header said.
    pub headers: Headers,
    /// What it asks for.
    pub operation: Operation,
    /// The rest of the body, standing behind the start tag of its only element.
    content: Option<Content<'a>>,
}

/// The header of a request.
#[derive(Debug, Default)]
pub struct Headers {
    /// What the answer needs of the request.
    pub reply: Reply,
    /// `wsa:Action`
    pub action: String,
    /// `wsman:ResourceURI`; empty only where an operation goes without one (Pull, Release ...).
    pub resource_uri: String,
    /// `wsman:SelectorSet`
    pub selectors: SelectorSet,
    /// `wsman:OperationTimeout`
    pub operation_timeout: Option<Duration>,
    /// `wsman:MaxEnvelopeSize` in octets of the encoded answer; at least [`MIN_ENVELOPE_SIZE`].
    pub max_envelope_size: Option<usize>,
    /// `wsman:OptionSet`
    pub options: Vec<RequestOption>,
    /// `wsman:RequestEPR`
    pub request_epr: bool,
    /// `wsman:RequestTotalItemsCountEstimate`
    pub count_requested: bool,
    /// `wsman:FragmentTransfer`: only a part of the resource is meant.
    pub fragment: Option<FragmentTransfer>,
    /// `wse:Identifier`: the subscription that is meant.
    pub identifier: Option<String>,
    /// `wst:IssuedTokens` of a Subscribe: how the source logs in at the sink.
    pub issued_token: Option<IssuedToken>,
    /// Our own `IfMatch`: Put and Delete are meant only for a resource that still looks so. What it says is
    /// between the two adapters.
    pub if_match: Option<String>,
    /// Our own `Job`: the answer to a write shall tell which job carries it out.
    pub job_requested: bool,
}

/// Smallest MaxEnvelopeSize that a client may ask for (DSP0226 R6.2-4).
pub const MIN_ENVELOPE_SIZE: usize = 8192;

/// One `wsman:Option`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestOption {
    /// Its name; consoles use names with colons.
    pub name: String,
    /// Its text.
    pub value: String,
    /// Whether the service has to honour it.
    pub must_comply: bool,
}

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// Who are you? The only message without addressing headers.
    Identify,
    /// WS-Transfer Get
    Get,
    /// WS-Transfer Put; the representation is in the content.
    Put,
    /// WS-Transfer Create; the representation is in the content.
    Create,
    /// WS-Transfer Delete
    Delete,
    /// WS-Enumeration Enumerate
    Enumerate(Box<Enumerate>),
    /// WS-Enumeration Pull
    Pull(Pull),
    /// WS-Enumeration Renew
    Renew(Renew),
    /// WS-Enumeration GetStatus, with the context.
    GetStatus(String),
    /// WS-Enumeration Release, with the context.
    Release(String),
    /// Any other action: a method; its input is in the content.
    Invoke,
}

impl Operation {
    /// Its name, for logs and metrics.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Identify => "Identify",
            Self::Get => "Get",
            Self::Put => "Put",
            Self::Create => "Create",
            Self::Delete => "Delete",
            Self::Enumerate(_) => "Enumerate",
            Self::Pull(_) => "Pull",
            Self::Renew(_) => "Renew",
            Self::GetStatus(_) => "GetStatus",
            Self::Release(_) => "Release",
            Self::Invoke => "Invoke",
        }
    }
}

/// A request that cannot be processed, with what is needed to say so.
#[derive(Debug)]
pub struct Rejected {
    /// What was read of the header, for the answer.
    pub reply: Reply,
    /// What is wrong.
    pub fault: Fault,
    /// Whether the message was a SOAP envelope at all; if not, the transport should say so too.
    pub is_envelope: bool,
}

/// The element in a body, and the reader behind its start tag.
pub struct Content<'a> {
    element: Element<'a>,
    reader: Reader<'a>,
}

impl std::fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Content(<{}>)", self.element.local())
    }
}

impl<'a> Content<'a> {
    /// The start tag of the body's element.
    pub const fn element(&self) -> &Element<'a> {
        &self.element
    }

    /// The reader, standing behind that start tag, and the tag. Read to the end of the element.
    pub fn parts(&mut self) -> (&mut Reader<'a>, &Element<'a>) {
        (&mut self.reader, &self.element)
    }

    /// Checks, when the element has been read, that the message ends properly.
    ///
    /// # Errors
    /// `wsman:SchemaValidationError` for anything else in the body, or XML that is not well-formed.
    pub fn finish(mut self) -> Result<(), Fault> {
        close(&mut self.reader).map_err(Fault::from)
    }
}

impl<'a> Request<'a> {
    /// Reads a request.
    ///
    /// # Errors
    /// Everything that WS-Management itself can find wrong with a message (DSP0226 5, 6, 13).
    pub fn parse(text: &'a str, limits: &Limits) -> Result<Self, Rejected> {
        let mut headers = Headers::default();
        let mut is_envelope = false;
        match Self::read(text, limits, &mut headers, &mut is_envelope) {
            Ok((operation, content)) => Ok(Self {
                headers,
                operation,
                content,
            }),
            Err(fault) => Err(Rejected {
                reply: headers.reply,
                fault,
                is_envelope,
            }),
        }
    }

    /// Whether there is an element in the body for [`Request::take_content`].
    pub const fn has_content(&self) -> bool {
        self.content.is_some()
    }

    /// Takes the element in the body of a Put, Create or method call. The document is checked to its end only by
    /// [`Content::finish`]: do not act on the request before.
    pub fn take_content(&mut self) -> Option<Content<'a>> {
        self.content.take()
    }

    fn read(
        text: &'a str,
        limits: &Limits,
        headers: &mut Headers,
        is_envelope: &mut bool,
    ) -> Result<(Operation, Option<Content<'a>>), Fault> {
        let mut reader = Reader::new(text, limits)?;
        let root = reader.root()?;
        *is_envelope = root.local() == "Envelope";
        if !root.is(ns::SOAP, "Envelope") {
            return Err(if *is_envelope {
                Fault::new(Subcode::VersionMismatch).because(format!(
                    "The envelope is of namespace `{}`; SOAP 1.2 is {}.",
                    root.ns(),
                    ns::SOAP
                ))
            } else {
                schema(format!(
                    "The message is <{}>, not a SOAP envelope.",
                    root.local()
                ))
            });
        }
        let mut header_problem = None;
        let mut part = child(&mut reader)?;
        if part.as_ref().is_some_and(|e| e.is(ns::SOAP, "Header")) {
            header_problem = headers::read(&mut reader, headers)?;
            part = child(&mut reader)?;
        }
        match part {
            Some(body) if body.is(ns::SOAP, "Body") => {}
            Some(other) => {
                return Err(schema(format!(
                    "<{}> stands where s:Header or s:Body belongs.",
                    other.local()
                )));
            }
            None => return Err(schema("The envelope has no s:Body.")),
        }
        let element = child(&mut reader)?;
        if headers.action.is_empty()
            && let Some(element) = &element
            && element.local() == "Identify"
            && (element.ns() == ns::WSMID || element.ns() == ns::WSMID_MISSPELLED)
        {
            if let Some(fault) = header_problem {
                return Err(fault);
            }
            reader.skip()?;
            close(&mut reader)?;
            return Ok((Operation::Identify, None));
        }
        if let Some(fault) = header_problem {
            return Err(fault);
        }
        let operation = match headers.action.as_str() {
            "" => return Err(required("wsa:Action")),
            action::GET => Operation::Get,
            action::DELETE => Operation::Delete,
            action::PUT => Operation::Put,
            action::CREATE => Operation::Create,
            action::ENUMERATE => {
                expect(&element, ns::WSEN, "Enumerate")?;
                Operation::Enumerate(Box::new(body::read_enumerate(&mut reader)?))
            }
            action::PULL => {
                expect(&element, ns::WSEN, "Pull")?;
                Operation::Pull(body::read_pull(&mut reader)?)
            }
            action::RENEW => {
                expect(&element, ns::WSEN, "Renew")?;
                Operation::Renew(body::read_renew(&mut reader)?)
            }
            action::GET_STATUS => {
                expect(&element, ns::WSEN, "GetStatus")?;
                Operation::GetStatus(body::read_context(&mut reader)?)
            }
            action::RELEASE => {
                expect(&element, ns::WSEN, "Release")?;
                Operation::Release(body::read_context(&mut reader)?)
            }
            _ => Operation::Invoke,
        };
        check_required(headers, &operation)?;
        if matches!(
            operation,
            Operation::Put | Operation::Create | Operation::Invoke
        ) {
            return Ok(match element {
                Some(element) => (operation, Some(Content { element, reader })),
                None => {
                    close_envelope(&mut reader)?;
                    (operation, None)
                }
            });
        }
        match (&operation, element) {
            // Get and Delete have no content; what stands there all the same is not looked at.
            (Operation::Get | Operation::Delete, Some(_)) => {
                reader.skip()?;
                close(&mut reader)?;
            }
            (_, Some(_)) => close(&mut reader)?,
            (_, None) => close_envelope(&mut reader)?,
        }
        Ok((operation, None))
    }
}

/// The headers without which nothing happens (DSP0226 5.4). `ReplyTo` may be missing: simple scripts
/// leave it out, and its only legal value is known.
fn check_required(headers: &Headers, operation: &Operation) -> Result<(), Fault> {
    if headers.reply.relates_to.is_none() {
        return Err(required("wsa:MessageID"));
    }
    // A subscription is named by its identifier alone.
    let needs_resource = !matches!(
        operation,
        Operation::Pull(_) | Operation::Renew(_) | Operation::GetStatus(_) | Operation::Release(_)
    ) && !headers.action.starts_with(EVENTING);
    if needs_resource && headers.resource_uri.is_empty() {
        return Err(required("wsman:ResourceURI"));
    }
    Ok(())
}

fn required(header: &str) -> Fault {
    Fault::new(Subcode::MessageInformationHeaderRequired)
        .because(format!("Header {header} is missing."))
}

pub(crate) fn schema(why: impl Into<String>) -> Fault {
    Fault::new(Subcode::SchemaValidationError).because(why)
}

fn expect(element: &Option<Element<'_>>, namespace: &str, local: &str) -> Result<(), Fault> {
    match element {
        Some(element) if element.is(namespace, local) => Ok(()),
        Some(element) => Err(schema(format!(
            "The body has <{}> where the action asks for <{local}> of {namespace}.",
            element.name()
        ))),
        None => Err(schema(format!(
            "The body is empty where the action asks for <{local}> of {namespace}."
        ))),
    }
}

/// The next child; an early end of the document is an error of the reader.
fn child<'a>(reader: &mut Reader<'a>) -> Result<Option<Element<'a>>, XmlError> {
    reader.child()
}

/// Reads from behind the body's element to the end of the message.
fn close(reader: &mut Reader<'_>) -> Result<(), XmlError> {
    if let Some(second) = reader.child()? {
        return Err(reader.unexpected(format!(
            "The body has a second element <{}>; one is the most",
            second.local()
        )));
    }
    close_envelope(reader)
}

/// Reads from behind the body to the end of the message.
fn close_envelope(reader: &mut Reader<'_>) -> Result<(), XmlError> {
    if let Some(more) = reader.child()? {
        return Err(reader.unexpected(format!("<{}> stands behind s:Body", more.local())));
    }
    reader.finish()
}

impl From<XmlError> for Fault {
    fn from(error: XmlError) -> Self {
        let fault = match error.kind() {
            XmlErrorKind::Limit { .. } => {
                Self::new(Subcode::EncodingLimit).detail(Detail::ServiceEnvelopeLimit)
            }
            _ => Self::new(Subcode::SchemaValidationError),
        };
        fault.because(format!("{error}."))
    }
}
