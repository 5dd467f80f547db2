//! Enumerate, Pull, Renew, GetStatus and Release (DSP0226 8).
//!
//! Nothing is kept between two messages: the context that the client brings back says everything. Only
//! the ends of enumerations are remembered, until their contexts would have expired.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cim_core::{ClassDescriptor, DateTime};
use cim_query::Query;
use provider::{Cursor, PageRequest};
use wsman::enumeration::{ClassListing, EnumerationState, Style};
use wsman::uris::{action, ns};
use wsman::{
    Answer, Batch, Doing, Enumerate, Expires, Family, Fault, Headers, Pull, Renew, Subcode,
};

use super::address::Space;
use super::exchange::{Exchange, refused};
use super::page::{Filled, MAX_EXAMINED, fill};
use super::{classes, options, query};

/// Octets of an answer behind its items.
const AFTER_ITEMS: usize = 256;

/// Enumerate: a context, and the first items at once if the client asks for it.
pub(super) async fn enumerate(
    x: &Exchange<'_>,
    headers: Headers,
    request: Enumerate,
) -> Result<String, Fault> {
    let mut style = Style::default();
    let mut family = Family::default();
    let (class, listing) = if classes::is_class_uri(&headers.resource_uri) {
        let (class, listing) = classes::listing(x, &headers)?;
        if request.filter.is_some() {
            return Err(classes::no_filter());
        }
        (class, Listing::Classes(class, listing))
    } else {
        style = options::style(&headers.options)?;
        let target = x
            .space()
            .target(&headers.resource_uri, &headers.selectors)?;
        Space::no_keys(&headers.selectors)?;
        family = target.family;
        let query = query::build(
            x.space(),
            target.class,
            request.filter.as_ref(),
            request.polymorphism,
        )?;
        (target.class, Listing::Instances(Box::new(query)))
    };
    let now = now();
    let lifetime = lifetime(x, request.expires, now)?;
    let mut state = EnumerationState {
        id: *uuid::Uuid::new_v4().as_bytes(),
        owner: x.owner().to_owned(),
        expires: now + u64::from(lifetime),
        lifetime,
        family,
        mode: request.mode,
        polymorphism: request.polymorphism,
        style,
        classes: match &listing {
            Listing::Classes(_, listing) => Some(*listing),
            Listing::Instances(_) => None,
        },
        namespace: x.other_namespace(),
        class: class.map(|class| class.name.to_owned()),
        filter: request.filter,
        cursor: Vec::new(),
    };
    let mut answer = x.answer(action::ENUMERATE);
    let filled = if request.optimize {
        let filled = listing
            .fill(x, &answer, &state, &request.batch, headers.count_requested)
            .await?;
        if let Some(cursor) = &filled.more {
            state.cursor = cursor.0.clone();
        }
        Some(filled)
    } else {
        None
    };
    if headers.count_requested {
        let count = match &filled {
            Some(filled) => filled.count,
            None => listing.count(x).await?,
        };
        answer.total_items(count);
    }
    answer.body();
    let out = answer.text();
    let _ = write!(out, "<wsen:EnumerateResponse xmlns:wsen=\"{}\">", ns::WSEN);
    if request.expires.is_some() {
        write_expires(out, state.expires);
    }
    let ended = filled.as_ref().is_some_and(|filled| filled.more.is_none());
    out.push_str("<wsen:EnumerationContext>");
    if !ended {
        out.push_str(&state.seal(&*x.binding.seal));
    }
    out.push_str("</wsen:EnumerationContext>");
    if let Some(filled) = &filled {
        out.push_str("<wsman:Items>");
        out.reserve(filled.items.len() + AFTER_ITEMS);
        out.push_str(&filled.items);
        out.push_str("</wsman:Items>");
    }
    if ended {
        out.push_str("<wsman:EndOfSequence></wsman:EndOfSequence>");
    }
    out.push_str("</wsen:EnumerateResponse>");
    x.finish(answer, false)
}

/// What is enumerated.
enum Listing {
    /// The instances that a query means.
    Instances(Box<Query>),
    /// The classes below one, or from the top.
    Classes(Option<&'static ClassDescriptor>, ClassListing),
}

impl Listing {
    async fn fill(
        &self,
        x: &Exchange<'_>,
        answer_so_far: &Answer,
        state: &EnumerationState,
        batch: &Batch,
        count: bool,
    ) -> Result<Filled, Fault> {
        match self {
            Self::Instances(query) => fill(x, answer_so_far, state, query, batch, count).await,
            Self::Classes(_, listing) => classes::fill(x, answer_so_far, state, *listing, batch),
        }
    }

    async fn count(&self, x: &Exchange<'_>) -> Result<Option<u64>, Fault> {
        match self {
            Self::Instances(query) => count(x, query).await,
            Self::Classes(class, listing) => Ok(classes::count(x, *class, *listing)),
        }
    }
}

/// Pull: the next items. The ResourceURI is not looked at: the context says what is enumerated, and
/// one client names another namespace here.
pub(super) async fn pull(
    x: &Exchange<'_>,
    headers: Headers,
    request: Pull,
) -> Result<String, Fault> {
    let mut state = open(x, &request.context)?;
    let x = &x.within(state.namespace.as_deref());
    let class = state
        .class
        .as_deref()
        .map(|name| x.space().class(name))
        .transpose()?;
    let listing = match state.classes {
        Some(listing) => Listing::Classes(class, listing),
        None => {
            let filter = state.filter.as_ref();
            let query = query::build(x.space(), class, filter, state.polymorphism)?;
            Listing::Instances(Box::new(query))
        }
    };
    let mut answer = x.answer(action::PULL);
    let filled = listing
        .fill(x, &answer, &state, &request.batch, headers.count_requested)
        .await?;
    if headers.count_requested {
        answer.total_items(filled.count);
    }
    answer.body();
    let out = answer.text();
    let _ = write!(out, "<wsen:PullResponse xmlns:wsen=\"{}\">", ns::WSEN);
    let now = now();
    let ended = filled.more.is_none();
    if let Some(Cursor(cursor)) = filled.more {
        state.cursor = cursor;
        state.prolong(now);
        out.push_str("<wsen:EnumerationContext>");
        out.push_str(&state.seal(&*x.binding.seal));
        out.push_str("</wsen:EnumerationContext>");
    }
    out.push_str("<wsen:Items>");
    out.reserve(filled.items.len() + AFTER_ITEMS);
    out.push_str(&filled.items);
    out.push_str("</wsen:Items>");
    if ended {
        out.push_str("<wsen:EndOfSequence></wsen:EndOfSequence>");
    }
    out.push_str("</wsen:PullResponse>");
    let text = x.finish(answer, false)?;
    if ended {
        bury(x, &state, now);
    }
    Ok(text)
}

/// Renew: the same enumeration under a new context that lives longer.
pub(super) fn renew(x: &Exchange<'_>, request: &Renew) -> Result<String, Fault> {
    let mut state = open(x, &request.context)?;
    let now = now();
    state.lifetime = lifetime(x, request.expires, now)?;
    state.prolong(now);
    let mut answer = x.answer(action::RENEW);
    answer.body();
    let out = answer.text();
    let _ = write!(out, "<wsen:RenewResponse xmlns:wsen=\"{}\">", ns::WSEN);
    write_expires(out, state.expires);
    let _ = write!(
        out,
        "<wsen:EnumerationContext>{}</wsen:EnumerationContext></wsen:RenewResponse>",
        state.seal(&*x.binding.seal)
    );
    x.finish(answer, false)
}

/// GetStatus: until when the context lives.
pub(super) fn get_status(x: &Exchange<'_>, context: &str) -> Result<String, Fault> {
    let state = open(x, context)?;
    let mut answer = x.answer(action::GET_STATUS);
    answer.body();
    let out = answer.text();
    let _ = write!(out, "<wsen:GetStatusResponse xmlns:wsen=\"{}\">", ns::WSEN);
    write_expires(out, state.expires);
    out.push_str("</wsen:GetStatusResponse>");
    x.finish(answer, false)
}

/// Release: the context is not valid any more.
pub(super) fn release(x: &Exchange<'_>, context: &str) -> Result<String, Fault> {
    let state = open(x, context)?;
    bury(x, &state, now());
    let mut answer = x.answer(action::RELEASE);
    answer.body();
    x.finish(answer, false)
}

fn open(x: &Exchange<'_>, context: &str) -> Result<EnumerationState, Fault> {
    let state = EnumerationState::open(context, &*x.binding.seal, x.owner(), now())?;
    if x.binding.tombstones.has(&state.id) {
        return Err(Fault::new(Subcode::InvalidEnumerationContext)
            .because("The enumeration has ended: its last item was sent, or it was released."));
    }
    Ok(state)
}

/// Remembers the end for as long as any context of the enumeration could live.
fn bury(x: &Exchange<'_>, state: &EnumerationState, now: u64) {
    let expires = now + x.settings().max_lifetime.as_secs();
    x.binding
        .tombstones
        .bury(&state.owner, state.id, expires, now);
}

/// Seconds since the epoch.
fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}

/// For how many seconds a context lives: what the client asks for, within the service's bound.
fn lifetime(x: &Exchange<'_>, expires: Option<Expires>, now: u64) -> Result<u32, Fault> {
    let settings = x.settings();
    let asked = match expires {
        None => settings.usual_lifetime,
        // A part of a second counts as a whole one.
        Some(Expires::In(duration)) => duration
            .max(Duration::from_secs(1))
            .min(settings.max_lifetime),
        Some(Expires::At(time)) => {
            let left = u64::try_from(time).unwrap_or(0).saturating_sub(now);
            if left == 0 {
                return Err(Fault::new(Subcode::InvalidExpirationTime)
                    .because("The expiration time is in the past."));
            }
            Duration::from_secs(left)
        }
    };
    Ok(u32::try_from(asked.min(settings.max_lifetime).as_secs()).unwrap_or(u32::MAX))
}

fn write_expires(out: &mut String, seconds: u64) {
    let micros = i64::try_from(seconds)
        .unwrap_or(i64::MAX)
        .saturating_mul(1_000_000);
    let _ = write!(
        out,
        "<wsen:Expires>{}</wsen:Expires>",
        DateTime::utc(micros).to_xs()
    );
}

/// The number of all results, for an Enumerate that sends none yet.
async fn count(x: &Exchange<'_>, query: &Query) -> Result<Option<u64>, Fault> {
    let page = PageRequest {
        after: None,
        skip: 0,
        max_items: 1,
        max_examined: MAX_EXAMINED,
        count: true,
    };
    let page = x
        .provider()
        .query(&x.context, query, page)
        .await
        .map_err(|e| refused(&e, Doing::Enumerating))?;
    Ok(page.count)
}
