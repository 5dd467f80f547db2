//! The header blocks of a request (DSP0226 5.4, 6).

use std::time::Duration;

use cim_core::DateTime;
use xml_wire::{Element, Reader, Writer, XmlError};

use crate::eventing::read_issued_token;
use crate::fault::{Detail, Fault, Subcode};
use crate::fragment;
use crate::references::read_selector_set;
use crate::request::{Headers, MIN_ENVELOPE_SIZE, RequestOption, schema};
use crate::resource_uri::MAX_URI;
use crate::uris::{Addressing, EVENTING, action, ns};

/// Longest MessageID taken; DSP0226 asks for no more.
const MAX_MESSAGE_ID: usize = 2048;
/// Most options of one request.
const MAX_OPTIONS: usize = 256;
/// Most header blocks that are not known here.
const MAX_UNKNOWN: usize = 64;
/// Most bytes of reference parameters that are echoed.
const MAX_REFERENCE_PARAMETERS: usize = 4096;

/// The header blocks that this service knows. Each may occur once (DSP0226 R13.1-9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    To,
    Action,
    MessageId,
    ReplyTo,
    FaultTo,
    From,
    RelatesTo,
    ResourceUri,
    SelectorSet,
    OperationTimeout,
    MaxEnvelopeSize,
    Locale,
    OptionSet,
    RequestEpr,
    FragmentTransfer,
    Count,
    /// `wse:Identifier`: which subscription is meant.
    Identifier,
    /// `wst:IssuedTokens` of a Subscribe.
    IssuedTokens,
    DataLocale,
    /// Microsoft session bookkeeping, which may be ignored.
    Session,
    /// Our own precondition.
    IfMatch,
    /// Our own question for the job of a write.
    Job,
}

fn known(element: &Element<'_>) -> Option<Known> {
    Some(match (element.ns(), element.local()) {
        (ns::WSA | ns::WSA_2005, local) => match local {
            "To" => Known::To,
            "Action" => Known::Action,
            "MessageID" => Known::MessageId,
            "ReplyTo" => Known::ReplyTo,
            "FaultTo" => Known::FaultTo,
            "From" => Known::From,
            "RelatesTo" => Known::RelatesTo,
            _ => return None,
        },
        (ns::WSMAN, local) => match local {
            "ResourceURI" => Known::ResourceUri,
            "SelectorSet" => Known::SelectorSet,
            "OperationTimeout" => Known::OperationTimeout,
            "MaxEnvelopeSize" => Known::MaxEnvelopeSize,
            "Locale" => Known::Locale,
            "OptionSet" => Known::OptionSet,
            "RequestEPR" => Known::RequestEpr,
            "FragmentTransfer" => Known::FragmentTransfer,
            "RequestTotalItemsCountEstimate" => Known::Count,
            _ => return None,
        },
        (ns::WSE, "Identifier") => Known::Identifier,
        // Each version of WS-Trust has a namespace of its own.
        (trust, "IssuedTokens") if trust.trim_end_matches('/').ends_with("/trust") => {
            Known::IssuedTokens
        }
        (ns::BRIDGE, "IfMatch") => Known::IfMatch,
        (ns::BRIDGE, "Job") => Known::Job,
        (ns::MS_WSMAN, "DataLocale") => Known::DataLocale,
        (ns::MS_WSMAN, "SessionId" | "SequenceId" | "ActivityId") => Known::Session,
        _ => return None,
    })
}

/// Reads the blocks up to the end of `s:Header`. Gives back the first thing that is wrong with them, if
/// the XML itself is in order; everything else has been read then, too.
pub(crate) fn read(
    reader: &mut Reader<'_>,
    headers: &mut Headers,
) -> Result<Option<Fault>, XmlError> {
    let mut problems = Problems::default();
    let mut seen = 0u32;
    let mut unknown: Vec<(String, &str)> = Vec::new();
    let mut marked_tokens = None;
    while let Some(block) = reader.child()? {
        if !is_for_us(&block) {
            reader.skip()?;
            continue;
        }
        let marked = must_understand(&block);
        let Some(kind) = known(&block) else {
            if marked {
                problems.not_understood(&block);
            }
            if matches!(block.ns(), ns::WSMAN | ns::WSA | ns::WSA_2005 | ns::WSE) {
                let twice = unknown
                    .iter()
                    .any(|(ns, local)| *local == block.local() && ns == block.ns());
                if twice || unknown.len() >= MAX_UNKNOWN {
                    problems.note(duplicate(&block));
                } else {
                    unknown.push((block.ns().to_owned(), block.local()));
                }
            }
            reader.skip()?;
            continue;
        };
        let bit = 1u32 << kind as u32;
        if seen & bit != 0 && kind != Known::Session {
            problems.note(duplicate(&block));
            reader.skip()?;
            continue;
        }
        seen |= bit;
        if marked && kind == Known::IssuedTokens {
            marked_tokens = Some(block.ns().to_owned());
        }
        read_block(reader, &block, kind, marked, headers, &mut problems)?;
    }
    if let Some(namespace) = marked_tokens
        && headers.action.strip_prefix(EVENTING) != Some("Subscribe")
    {
        problems.first = Some(Fault::not_understood(&namespace, "IssuedTokens"));
    }
    if seen & (1 << Known::To as u32) == 0 && seen & (1 << Known::Action as u32) != 0 {
        problems.note(
            Fault::new(Subcode::MessageInformationHeaderRequired)
                .because("Header wsa:To is missing."),
        );
    }
    if headers.if_match.is_some() && !matches!(&*headers.action, action::PUT | action::DELETE) {
        problems.note(
            Fault::new(Subcode::UnsupportedFeature)
                .because("Only Put and Delete have the precondition IfMatch."),
        );
    }
    if seen & (1 << Known::FragmentTransfer as u32) != 0 && !is_transfer(&headers.action) {
        problems.note(
            Fault::new(Subcode::UnsupportedFeature)
                .detail(Detail::FragmentLevelAccess)
                .because("Only Get, Put, Create and Delete have fragments; leave wsman:FragmentTransfer out."),
        );
    }
    Ok(problems.first)
}

/// Whether fragments are possible (DSP0226 7).
fn is_transfer(requested: &str) -> bool {
    matches!(
        requested,
        action::GET | action::PUT | action::CREATE | action::DELETE
    )
}

fn read_block<'a>(
    reader: &mut Reader<'a>,
    block: &Element<'a>,
    kind: Known,
    marked: bool,
    headers: &mut Headers,
    problems: &mut Problems,
) -> Result<(), XmlError> {
    match kind {
        Known::Action => {
            if block.ns() == ns::WSA_2005 {
                headers.reply.addressing = Addressing::V2005;
            }
            headers.action = bounded(reader, "wsa:Action", problems)?;
            if headers.action.is_empty() {
                problems.note(invalid_header("Header wsa:Action is empty."));
            }
        }
        Known::MessageId => {
            let text = reader.text()?;
            if text.trim().is_empty() {
                problems.note(invalid_header("Header wsa:MessageID is empty."));
            } else if text.len() > MAX_MESSAGE_ID {
                problems.note(invalid_header(format!(
                    "Header wsa:MessageID is longer than {MAX_MESSAGE_ID} bytes."
                )));
            } else {
                headers.reply.relates_to = Some(text.into_owned());
            }
        }
        Known::ReplyTo => {
            headers.reply.reference_parameters = read_reply_to(reader, "wsa:ReplyTo", problems)?;
        }
        Known::FaultTo => {
            read_reply_to(reader, "wsa:FaultTo", problems)?;
        }
        Known::ResourceUri => {
            let uri = bounded(reader, "wsman:ResourceURI", problems)?;
            headers.resource_uri = cim_core::iri(&uri).into_owned();
        }
        Known::SelectorSet => headers.selectors = read_selector_set(reader, 0, problems)?,
        Known::OperationTimeout => {
            let text = reader.trimmed_text()?;
            match duration(&text) {
                Some(timeout) => headers.operation_timeout = Some(timeout),
                None => problems.note(invalid_header(format!(
                    "`{}` is not an OperationTimeout; the form is a duration such as PT60S.",
                    clip(&text)
                ))),
            }
        }
        Known::MaxEnvelopeSize => {
            let text = reader.trimmed_text()?;
            match text.parse::<u64>() {
                Ok(size) if size < MIN_ENVELOPE_SIZE as u64 => problems.note(
                    Fault::new(Subcode::EncodingLimit)
                        .detail(Detail::MinimumEnvelopeLimit)
                        .because(format!(
                            "A MaxEnvelopeSize of {size} is too small; {MIN_ENVELOPE_SIZE} is the least."
                        )),
                ),
                Ok(size) => {
                    headers.max_envelope_size = Some(usize::try_from(size).unwrap_or(usize::MAX));
                }
                Err(_) => problems.note(invalid_header(format!(
                    "`{}` is not a MaxEnvelopeSize; the form is a number of octets.",
                    clip(&text)
                ))),
            }
        }
        Known::Locale => {
            let language = block.attribute(ns::XML, "lang").unwrap_or_default();
            if marked && !language.to_ascii_lowercase().starts_with("en") {
                problems.note(
                    Fault::new(Subcode::UnsupportedFeature)
                        .detail(Detail::Locale)
                        .because(format!(
                            "Texts are in English; locale `{}` cannot be guaranteed.",
                            clip(language)
                        )),
                );
            }
            reader.skip()?;
        }
        Known::DataLocale => {
            if marked {
                problems.note(
                    Fault::new(Subcode::UnsupportedFeature)
                        .detail(Detail::DataLocale)
                        .because("Values are not localised."),
                );
            }
            reader.skip()?;
        }
        Known::OptionSet => headers.options = read_options(reader, problems)?,
        Known::RequestEpr => {
            headers.request_epr = true;
            reader.skip()?;
        }
        Known::IfMatch => headers.if_match = Some(bounded(reader, "IfMatch", problems)?),
        Known::Job => {
            headers.job_requested = true;
            reader.skip()?;
        }
        Known::Count => {
            headers.count_requested = true;
            reader.skip()?;
        }
        // Marked or not: doing the whole where a part was meant would be wrong.
        Known::FragmentTransfer => {
            headers.fragment = fragment::read_header(reader, block, problems)?;
        }
        Known::Identifier => {
            headers.identifier = Some(bounded(reader, "wse:Identifier", problems)?);
        }
        Known::IssuedTokens => headers.issued_token = Some(read_issued_token(reader)?),
        Known::To | Known::From | Known::RelatesTo | Known::Session => reader.skip()?,
    }
    Ok(())
}

/// The first thing that is wrong; a header that is not understood goes before everything, as SOAP
/// wants it.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    pub(crate) first: Option<Fault>,
}

impl Problems {
    pub(crate) fn note(&mut self, fault: Fault) {
        self.first.get_or_insert(fault);
    }

    fn not_understood(&mut self, block: &Element<'_>) {
        let already = self
            .first
            .as_ref()
            .is_some_and(|f| f.subcode() == Subcode::MustUnderstand);
        if !already {
            self.first = Some(Fault::not_understood(block.ns(), block.local()));
        }
    }
}

/// Whether a block is for this service: no role, `next` or `ultimateReceiver` (SOAP 1.2 part 1, 2.2).
fn is_for_us(block: &Element<'_>) -> bool {
    block.attribute(ns::SOAP, "role").is_none_or(|role| {
        matches!(
            role.trim().strip_prefix(ns::SOAP),
            Some("/role/next" | "/role/ultimateReceiver")
        )
    })
}

/// Only the attribute of the SOAP namespace counts: a client writes one without a namespace.
fn must_understand(block: &Element<'_>) -> bool {
    block
        .attribute(ns::SOAP, "mustUnderstand")
        .is_some_and(|v| matches!(v.trim(), "true" | "1"))
}

fn duplicate(block: &Element<'_>) -> Fault {
    invalid_header(format!("Header `{}` occurs twice.", block.local()))
}

fn invalid_header(why: impl Into<String>) -> Fault {
    Fault::new(Subcode::InvalidMessageInformationHeader).because(why)
}

/// A length of time that can be waited for.
pub(crate) fn duration(text: &str) -> Option<Duration> {
    DateTime::parse_xs_duration(text)
        .ok()?
        .interval_micros()
        .map(Duration::from_micros)
}

/// The beginning of a text, for messages.
pub(crate) fn clip(text: &str) -> &str {
    text.char_indices()
        .nth(80)
        .map_or(text, |(end, _)| &text[..end])
}

pub(crate) fn bounded(
    reader: &mut Reader<'_>,
    what: &str,
    problems: &mut Problems,
) -> Result<String, XmlError> {
    let text = reader.trimmed_text()?;
    if text.len() > MAX_URI {
        problems.note(
            Fault::new(Subcode::EncodingLimit)
                .detail(Detail::UriLimitExceeded)
                .because(format!(
                    "{what} has {} bytes; at most {MAX_URI} are taken.",
                    text.len()
                )),
        );
        // A prefix is enough to go on with until the fault is sent.
        return Ok(clip(&text).to_owned());
    }
    Ok(text.into_owned())
}

/// Reads an addressing header that says where an answer goes; only back is possible. Gives its
/// reference parameters as header blocks.
fn read_reply_to(
    reader: &mut Reader<'_>,
    what: &str,
    problems: &mut Problems,
) -> Result<String, XmlError> {
    let mut blocks = String::new();
    let mut address = None;
    while let Some(part) = reader.child()? {
        if !matches!(part.ns(), ns::WSA | ns::WSA_2005) {
            reader.skip()?;
            continue;
        }
        match part.local() {
            "Address" => address = Some(reader.trimmed_text()?.into_owned()),
            "ReferenceParameters" | "ReferenceProperties" => {
                while let Some(block) = reader.child()? {
                    let raw = reader.raw(&block)?;
                    if blocks.len() + raw.text().len() <= MAX_REFERENCE_PARAMETERS {
                        raw.write(&mut Writer::new(&mut blocks));
                    } else {
                        problems.note(invalid_header(format!(
                            "The reference parameters of {what} are longer than {MAX_REFERENCE_PARAMETERS} bytes."
                        )));
                    }
                }
            }
            _ => reader.skip()?,
        }
    }
    match address {
        None => problems.note(invalid_header(format!("{what} has no wsa:Address."))),
        Some(address) if !Addressing::is_anonymous(&address) => problems.note(
            Fault::new(Subcode::UnsupportedFeature)
                .detail(Detail::AddressingMode)
                .because(format!(
                    "{what} is `{}`; answers go back on the same connection only, to {}.",
                    clip(&address),
                    crate::uris::ANONYMOUS
                )),
        ),
        Some(_) => {}
    }
    Ok(blocks)
}

fn read_options(
    reader: &mut Reader<'_>,
    problems: &mut Problems,
) -> Result<Vec<RequestOption>, XmlError> {
    let mut options = Vec::new();
    while let Some(option) = reader.child()? {
        if !option.is(ns::WSMAN, "Option") {
            reader.skip()?;
            continue;
        }
        let Some(name) = option.attribute("", "Name") else {
            problems.note(schema("A wsman:Option has no Name."));
            reader.skip()?;
            continue;
        };
        if options.len() >= MAX_OPTIONS {
            problems.note(
                Fault::new(Subcode::EncodingLimit)
                    .detail(Detail::OptionLimit)
                    .because(format!("More than {MAX_OPTIONS} options.")),
            );
            reader.skip()?;
            continue;
        }
        options.push(RequestOption {
            name: name.trim().to_owned(),
            must_comply: option
                .attribute("", "MustComply")
                .is_some_and(|v| matches!(v.trim(), "true" | "1")),
            value: reader.trimmed_text()?.into_owned(),
        });
    }
    Ok(options)
}
