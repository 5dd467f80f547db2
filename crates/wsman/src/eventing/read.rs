//! Reading the bodies of WS-Eventing requests (DSP0226 10.2).
//!
//! Children are taken in any order and settings of the delivery also from inside `wsman:Auth`, where one
//! client writes them.

use std::num::NonZeroUsize;
use std::time::Duration;

use xml_wire::{Content as XmlContent, Element, Encoding, Reader, Writer, XmlError};

use super::{
    Bookmark, ConnectionRetry, Endpoint, EventingRequest, IssuedToken, Mode, Oversize, Subscribe,
};
use crate::body::{Expires, expiration, read_filter, read_positive};
use crate::enumeration::Filter;
use crate::fault::{Detail, Fault, Subcode};
use crate::headers::{clip, duration};
use crate::request::{Content, MIN_ENVELOPE_SIZE};
use crate::resource_uri::MAX_URI;
use crate::uris::{BOOKMARK_EARLIEST, EVENTING, SECURITY_PROFILE, ns};

/// Most bytes of the reference parameters of one endpoint.
const MAX_REFERENCE_PARAMETERS: usize = 4096;
/// Longest bookmark taken.
const MAX_BOOKMARK: usize = 4096;
/// Longest user name, password and token type.
const MAX_TOKEN: usize = 1024;

impl EventingRequest {
    /// Reads a request of WS-Eventing by its action and the content of its body.
    ///
    /// # Errors
    /// `wsa:ActionNotSupported` for an action that is none of a source; `wse:InvalidMessage` and the
    /// faults of each element for a body that is wrong.
    pub fn read(action: &str, content: Option<Content<'_>>) -> Result<Self, Fault> {
        let name = action.strip_prefix(EVENTING).unwrap_or_default();
        if !matches!(name, "Subscribe" | "Renew" | "GetStatus" | "Unsubscribe") {
            return Err(Fault::new(Subcode::ActionNotSupported).because(format!(
                "`{}` is not one of Subscribe, Renew, GetStatus, Unsubscribe.",
                clip(action)
            )));
        }
        let Some(mut content) = content else {
            return Err(invalid(format!("The body has no wse:{name}.")));
        };
        let (reader, element) = content.parts();
        if !element.is(ns::WSE, name) {
            return Err(invalid(format!(
                "The body has <{}> where the action asks for <{name}> of {}.",
                element.local(),
                ns::WSE
            )));
        }
        let request = match name {
            "Subscribe" => Self::Subscribe(Box::new(read_subscribe(reader)?)),
            "Renew" => Self::Renew(read_renew(reader)?),
            "GetStatus" => {
                reader.skip()?;
                Self::GetStatus
            }
            _ => {
                reader.skip()?;
                Self::Unsubscribe
            }
        };
        content.finish()?;
        Ok(request)
    }
}

fn invalid(why: impl Into<String>) -> Fault {
    Fault::new(Subcode::InvalidMessage).because(why)
}

fn read_renew(reader: &mut Reader<'_>) -> Result<Option<Expires>, Fault> {
    let mut expires = None;
    while let Some(part) = reader.child()? {
        if part.is(ns::WSE, "Expires") {
            expires = Some(read_expires(reader)?);
        } else {
            reader.skip()?;
        }
    }
    Ok(expires)
}

fn read_expires(reader: &mut Reader<'_>) -> Result<Expires, Fault> {
    let text = reader.trimmed_text()?;
    expiration(&text).ok_or_else(|| {
        Fault::new(Subcode::SubscriptionInvalidExpirationTime).because(format!(
            "`{}` is neither a duration such as PT1H nor a time such as 2026-11-24T10:00:00Z.",
            clip(&text)
        ))
    })
}

fn read_subscribe(reader: &mut Reader<'_>) -> Result<Subscribe, Fault> {
    let mut subscribe = Subscribe {
        mode: Mode::Push,
        notify_to: None,
        end_to: None,
        expires: None,
        filter: None,
        bookmark: None,
        send_bookmarks: false,
        heartbeats: None,
        auth: None,
        retry: None,
        max_elements: None,
        max_time: None,
        max_envelope_size: None,
        oversize: Oversize::Notify,
        encoding: Encoding::Utf8,
    };
    let mut has_delivery = false;
    while let Some(part) = reader.child()? {
        match (part.ns(), part.local()) {
            (ns::WSE, "EndTo") => subscribe.end_to = Some(read_endpoint(reader, "wse:EndTo")?),
            (ns::WSE, "Delivery") => {
                if std::mem::replace(&mut has_delivery, true) {
                    return Err(invalid("There is a second wse:Delivery."));
                }
                subscribe.mode = match part.attribute("", "Mode") {
                    None => Mode::Push,
                    Some(uri) => {
                        Mode::of_uri(uri.trim()).ok_or_else(|| Fault::unknown_mode(clip(uri)))?
                    }
                };
                read_delivery(reader, &mut subscribe)?;
            }
            (ns::WSE, "Expires") => subscribe.expires = Some(read_expires(reader)?),
            (ns::WSE | ns::WSMAN, "Filter") => {
                if subscribe.filter.is_some() {
                    return Err(invalid("A subscription has at most one filter."));
                }
                subscribe.filter = Some(read_event_filter(reader, &part)?);
            }
            (ns::WSMAN, "Bookmark") => subscribe.bookmark = Some(read_bookmark(reader)?),
            (ns::WSMAN, "SendBookmarks") => {
                subscribe.send_bookmarks = true;
                reader.skip()?;
            }
            _ => reader.skip()?,
        }
    }
    if !has_delivery {
        return Err(invalid("wse:Delivery is missing."));
    }
    match (subscribe.mode, &subscribe.notify_to) {
        // The wsman command sends one even then.
        (Mode::Pull, _) => subscribe.notify_to = None,
        (_, None) => {
            return Err(invalid(
                "wse:NotifyTo is missing in wse:Delivery: it says where events are sent.",
            ));
        }
        _ => {}
    }
    Ok(subscribe)
}

fn read_event_filter(reader: &mut Reader<'_>, part: &Element<'_>) -> Result<Filter, Fault> {
    match read_filter(reader, part) {
        Ok(Filter::Association(_)) => Err(Fault::unknown_event_dialect(
            crate::uris::dialect::ASSOCIATION,
        )),
        Err(fault) if fault.subcode() == Subcode::FilterDialectRequestedUnavailable => Err(
            Fault::unknown_event_dialect(clip(part.attribute("", "Dialect").unwrap_or_default())),
        ),
        read => read,
    }
}

/// A bookmark as it was sent, as an element or, as people paste it, as its text; anything else was not made
/// here.
fn read_bookmark(reader: &mut Reader<'_>) -> Result<Bookmark, Fault> {
    let not_ours = || {
        Fault::new(Subcode::InvalidBookmark)
            .detail(Detail::Invalid)
            .because("It is not a bookmark of this service.")
    };
    let text = match reader.content()? {
        XmlContent::Text(text) => text.trim().to_owned(),
        XmlContent::Child(element) => {
            if !element.is(ns::BRIDGE, "Position") {
                return Err(not_ours());
            }
            let text = reader.trimmed_text().map_err(|_| not_ours())?.into_owned();
            reader.end().map_err(|_| not_ours())?;
            text
        }
    };
    match text.as_str() {
        BOOKMARK_EARLIEST => Ok(Bookmark::Earliest),
        text if text.is_empty() || text.len() > MAX_BOOKMARK => Err(not_ours()),
        text => Ok(Bookmark::At(text.to_owned())),
    }
}

/// Reads the content of `wse:Delivery`, and of `wsman:Auth` in it.
fn read_delivery(reader: &mut Reader<'_>, subscribe: &mut Subscribe) -> Result<(), Fault> {
    while let Some(part) = reader.child()? {
        match (part.ns(), part.local()) {
            (ns::WSE, "NotifyTo") => {
                subscribe.notify_to = Some(read_endpoint(reader, "wse:NotifyTo")?);
            }
            (ns::WSMAN, "Auth") => {
                let profile = part.attribute("", "Profile").unwrap_or_default().trim();
                let Some(name) = profile.strip_prefix(SECURITY_PROFILE) else {
                    return Err(Fault::new(Subcode::UnsupportedFeature)
                        .detail(Detail::AuthorizationMode)
                        .because(format!(
                            "`{}` is no security profile of WS-Management, such as {SECURITY_PROFILE}https/basic.",
                            clip(profile)
                        )));
                };
                subscribe.auth = Some(clip(name).to_owned());
                read_delivery(reader, subscribe)?;
            }
            (ns::WSMAN, "Heartbeats") => {
                let text = reader.trimmed_text()?;
                subscribe.heartbeats = Some(positive(&text).ok_or_else(|| {
                    Fault::new(Subcode::UnsupportedFeature)
                        .detail(Detail::Heartbeats)
                        .because(format!(
                            "`{}` is no interval of heartbeats; the form is a duration such as PT60S.",
                            clip(&text)
                        ))
                })?);
            }
            (ns::WSMAN, "ConnectionRetry") => {
                let total = part.attribute("", "Total").map(str::trim).map(str::parse);
                let text = reader.trimmed_text()?;
                let (Some(interval), Some(Ok(total))) = (duration(&text), total) else {
                    return Err(Fault::new(Subcode::UnsupportedFeature)
                        .detail(Detail::DeliveryRetries)
                        .because("The form is <wsman:ConnectionRetry Total=\"3\">PT10S."));
                };
                subscribe.retry = Some(ConnectionRetry { interval, total });
            }
            (ns::WSMAN, "MaxElements") => {
                subscribe.max_elements = Some(read_max_elements(reader)?);
            }
            (ns::WSMAN, "MaxTime") => {
                let text = reader.trimmed_text()?;
                subscribe.max_time = Some(duration(&text).ok_or_else(|| {
                    invalid(format!(
                        "`{}` is no MaxTime; the form is a duration such as PT5S.",
                        clip(&text)
                    ))
                })?);
            }
            (ns::WSMAN, "MaxEnvelopeSize") => {
                subscribe.oversize = match part.attribute("", "Policy").map(str::trim) {
                    None | Some("Notify") => Oversize::Notify,
                    Some("Skip") => Oversize::Skip,
                    Some("CancelSubscription") => Oversize::CancelSubscription,
                    Some(other) => {
                        return Err(invalid(format!(
                            "`{}` is not one of CancelSubscription, Skip, Notify.",
                            clip(other)
                        )));
                    }
                };
                let size = usize::from(read_positive(reader, "MaxEnvelopeSize")?);
                if size < MIN_ENVELOPE_SIZE {
                    return Err(Fault::new(Subcode::EncodingLimit)
                        .detail(Detail::MinimumEnvelopeLimit)
                        .because(format!(
                            "A MaxEnvelopeSize of {size} is too small; {MIN_ENVELOPE_SIZE} is the least."
                        )));
                }
                subscribe.max_envelope_size = Some(size);
            }
            (ns::WSMAN, "ContentEncoding") => {
                let text = reader.trimmed_text()?;
                subscribe.encoding = if text.eq_ignore_ascii_case("UTF-8") {
                    Encoding::Utf8
                } else if text.eq_ignore_ascii_case("UTF-16") {
                    Encoding::Utf16Le
                } else {
                    return Err(Fault::new(Subcode::EncodingLimit)
                        .detail(Detail::CharacterSet)
                        .because(format!(
                            "Deliveries are encoded in UTF-8 or UTF-16, not in `{}`.",
                            clip(&text)
                        )));
                };
            }
            _ => reader.skip()?,
        }
    }
    Ok(())
}

fn read_max_elements(reader: &mut Reader<'_>) -> Result<NonZeroUsize, Fault> {
    read_positive(reader, "MaxElements")
}

fn positive(text: &str) -> Option<Duration> {
    duration(text).filter(|duration| !duration.is_zero())
}

/// The content of an endpoint reference that messages are sent to; one implementation writes its
/// children in the namespace of WS-Eventing.
fn read_endpoint(reader: &mut Reader<'_>, what: &str) -> Result<Endpoint, Fault> {
    let mut endpoint = Endpoint::default();
    while let Some(part) = reader.child()? {
        if !matches!(part.ns(), ns::WSA | ns::WSA_2005 | ns::WSE) {
            reader.skip()?;
            continue;
        }
        match part.local() {
            "Address" => endpoint.address = reader.trimmed_text()?.into_owned(),
            // Windows has properties in place of parameters.
            "ReferenceParameters" | "ReferenceProperties" => {
                while let Some(block) = reader.child()? {
                    let raw = reader.raw(&block)?;
                    raw.write(&mut Writer::new(&mut endpoint.reference_parameters));
                    if endpoint.reference_parameters.len() > MAX_REFERENCE_PARAMETERS {
                        return Err(invalid(format!(
                            "The reference parameters of {what} are longer than {MAX_REFERENCE_PARAMETERS} bytes."
                        )));
                    }
                }
            }
            _ => reader.skip()?,
        }
    }
    if endpoint.address.is_empty() || endpoint.address.len() > MAX_URI {
        return Err(invalid(format!(
            "{what} needs a wsa:Address of 1 to {MAX_URI} bytes."
        )));
    }
    Ok(endpoint)
}

/// Reads the content of `wst:IssuedTokens`: the first token. Only names count, because deployed clients
/// use several versions of WS-Trust.
pub(crate) fn read_issued_token(reader: &mut Reader<'_>) -> Result<IssuedToken, XmlError> {
    fn walk(reader: &mut Reader<'_>, token: &mut IssuedToken) -> Result<(), XmlError> {
        while let Some(part) = reader.child()? {
            let slot = match part.local() {
                "RequestSecurityTokenResponse" | "RequestedSecurityToken" | "UsernameToken" => {
                    walk(reader, token)?;
                    continue;
                }
                "TokenType" => &mut token.token_type,
                "Username" => &mut token.username,
                "Password" => &mut token.password,
                _ => {
                    reader.skip()?;
                    continue;
                }
            };
            let text = reader.text()?;
            if slot.is_empty() && text.len() <= MAX_TOKEN {
                text.trim().clone_into(slot);
            }
        }
        Ok(())
    }
    let mut token = IssuedToken::default();
    walk(reader, &mut token)?;
    Ok(token)
}
