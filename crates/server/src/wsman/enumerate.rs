//! Enumerate, Pull, Renew, GetStatus and Release (DSP0226 8).
//!
//! Nothing is kept between two messages: the context that the client brings back says everything. Only
//! the ends of enumerations are remembered, until their contexts would have expired.

use std::fmt::Write as _;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use cim_core::{DateTime, ErrorKind, Instance};
use cim_query::Query;
use provider::{Cursor, OperationContext, PageItem, PageRequest};
use wsman::enumeration::{EnumerationState, Mode, Polymorphism};
use wsman::uris::{action, ns};
use wsman::{
    Answer, Batch, Detail, Doing, Enumerate, Expires, Fault, Headers, Pull, Renew, Subcode,
};
use xml_wire::Writer;
use xml_wire::wscim::{WriteContext, write_epr, write_instance, write_properties};

use super::address::Space;
use super::exchange::{Exchange, refused};
use super::{options, query};

/// Most results that are asked of the provider at once: about what fits a usual envelope.
const CHUNK: usize = 128;
/// Most instances that one answer examines; then it may be short or empty, and the client goes on.
const MAX_EXAMINED: usize = 20_000;
/// Octets of an answer beside its items, its context and what is written before the body.
const FRAME: usize = 512;

/// Enumerate: a context, and the first items at once if the client asks for it.
pub(super) async fn enumerate(
    x: &Exchange<'_>,
    headers: Headers,
    request: Enumerate,
) -> Result<String, Fault> {
    let style = options::style(&headers.options)?;
    let target = x
        .space()
        .target(&headers.resource_uri, &headers.selectors)?;
    Space::no_keys(&headers.selectors)?;
    let query = query::build(
        x.space(),
        target.class,
        request.filter.as_ref(),
        request.polymorphism,
    )?;
    let now = now();
    let lifetime = lifetime(x, request.expires, now)?;
    let mut state = EnumerationState {
        id: *uuid::Uuid::new_v4().as_bytes(),
        owner: x.owner().to_owned(),
        expires: now + u64::from(lifetime),
        lifetime,
        family: target.family,
        mode: request.mode,
        polymorphism: request.polymorphism,
        style,
        class: target.class.map(|class| class.name.to_owned()),
        filter: request.filter,
        cursor: Vec::new(),
    };
    let mut answer = x.answer(action::ENUMERATE);
    let filled = if request.optimize {
        let filled = fill(
            x,
            &answer,
            &state,
            &query,
            &request.batch,
            headers.count_requested,
        )
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
            None => count(x, &query).await?,
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
        out.push_str(&filled.items);
        out.push_str("</wsman:Items>");
    }
    if ended {
        out.push_str("<wsman:EndOfSequence></wsman:EndOfSequence>");
    }
    out.push_str("</wsen:EnumerateResponse>");
    x.finish(answer, false)
}

/// Pull: the next items. The ResourceURI is not looked at: the context says what is enumerated, and
/// one client names another namespace here.
pub(super) async fn pull(
    x: &Exchange<'_>,
    headers: Headers,
    request: Pull,
) -> Result<String, Fault> {
    let mut state = open(x, &request.context)?;
    let class = state
        .class
        .as_deref()
        .map(|name| x.space().class(name))
        .transpose()?;
    let query = query::build(x.space(), class, state.filter.as_ref(), state.polymorphism)?;
    let mut answer = x.answer(action::PULL);
    let filled = fill(
        x,
        &answer,
        &state,
        &query,
        &request.batch,
        headers.count_requested,
    )
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
    if x.binding.tombstones.has(&state.owner, &state.id) {
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

/// Items of one answer.
struct Filled {
    /// The items, written.
    items: String,
    /// Where to go on; `None` if these were the last.
    more: Option<Cursor>,
    /// The number of all results, if it was asked for.
    count: Option<u64>,
}

/// Writes items until enough are there, the next does not fit, or enough instances were examined.
async fn fill(
    x: &Exchange<'_>,
    answer_so_far: &Answer,
    state: &EnumerationState,
    query: &Query,
    batch: &Batch,
    count: bool,
) -> Result<Filled, Fault> {
    let mut room = Room::new(x, answer_so_far, state, batch);
    let mut context: OperationContext = x.context.clone();
    if let Some(max_time) = batch.max_time {
        let until = Instant::now().checked_add(max_time);
        context.deadline = match (context.deadline, until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    let write_context = x.write_context(state.family, state.style);
    let shape = Shape {
        mode: state.mode,
        as_queried: state.polymorphism == Polymorphism::ExcludeSubClassProperties,
        query,
        context: &write_context,
    };
    let wanted = batch.max_elements.map_or(1, usize::from);
    let mut filled = Filled {
        items: String::new(),
        more: None,
        count: None,
    };
    let mut written = 0;
    let mut after = (!state.cursor.is_empty()).then(|| Cursor(state.cursor.clone()));
    loop {
        // One more than wanted tells whether the last one is the last of all.
        let max_items = (wanted - written).saturating_add(1).min(CHUNK);
        let page = x
            .provider()
            .query(
                &context,
                query,
                PageRequest {
                    after: after.as_ref(),
                    skip: 0,
                    max_items,
                    max_examined: MAX_EXAMINED,
                    count: count && filled.count.is_none(),
                },
            )
            .await;
        let page = match page {
            // What is there when the time is over is sent.
            Err(error) if error.kind() == ErrorKind::TimedOut && written > 0 => {
                filled.more = after;
                return Ok(filled);
            }
            page => page.map_err(|e| refused(&e, Doing::Enumerating))?,
        };
        filled.count = filled.count.or(page.count);
        let full_page = page.items.len() >= max_items;
        for PageItem { resource, cursor } in page.items {
            if written >= wanted {
                filled.more = after;
                return Ok(filled);
            }
            let mark = filled.items.len();
            shape.write(&mut filled.items, &resource.instance);
            if !room.take(&filled.items[mark..], &cursor) {
                filled.items.truncate(mark);
                if written == 0 {
                    return Err(room.too_small(&resource.instance));
                }
                filled.more = after;
                return Ok(filled);
            }
            written += 1;
            after = Some(cursor);
        }
        match page.next {
            None => return Ok(filled),
            // The provider has examined enough for one answer.
            Some(next) if !full_page => {
                filled.more = Some(next);
                return Ok(filled);
            }
            Some(next) => after = Some(next),
        }
    }
}

/// How an item looks.
struct Shape<'a> {
    mode: Mode,
    /// As the class that was asked for, whatever the instance is.
    as_queried: bool,
    query: &'a Query,
    context: &'a WriteContext<'a>,
}

impl Shape<'_> {
    fn write(&self, out: &mut String, instance: &Instance) {
        let narrowed;
        let instance = if self.as_queried && instance.class().name != self.query.class.name {
            narrowed = instance.as_class(self.query.class);
            &narrowed
        } else {
            instance
        };
        let mut writer = Writer::new(out);
        match self.mode {
            Mode::Object => self.object(&mut writer, instance),
            Mode::Epr => self.reference(&mut writer, instance),
            Mode::ObjectAndEpr => {
                writer.start("wsman:Item");
                self.object(&mut writer, instance);
                self.reference(&mut writer, instance);
                writer.end();
            }
        }
    }

    fn object(&self, writer: &mut Writer<'_>, instance: &Instance) {
        match &self.query.projection {
            None => write_instance(writer, instance, self.context),
            Some(names) => {
                writer.start("wsman:XmlFragment");
                write_properties(writer, instance, names, self.context);
                writer.end();
            }
        }
    }

    fn reference(&self, writer: &mut Writer<'_>, instance: &Instance) {
        writer.start("wsa:EndpointReference");
        write_epr(writer, &instance.path(), self.context);
        writer.end();
    }
}

/// What still fits one answer.
struct Room<'a, 'x> {
    x: &'a Exchange<'x>,
    octets: usize,
    characters: Option<usize>,
    limit: usize,
    /// Octets of a context without its cursor.
    context: usize,
}

impl<'a, 'x> Room<'a, 'x> {
    fn new(
        x: &'a Exchange<'x>,
        answer_so_far: &Answer,
        state: &EnumerationState,
        batch: &Batch,
    ) -> Self {
        let width = x.octets(" ");
        let frame = x.octets(answer_so_far.as_str()) + FRAME * width;
        Self {
            x,
            octets: x.limit.saturating_sub(frame),
            characters: batch.max_characters.map(usize::from),
            limit: x.limit,
            context: width * state.seal(&*x.binding.seal).len(),
        }
    }

    /// Whether an item fits, together with the context that would follow it; if so it is in.
    fn take(&mut self, item: &str, cursor: &Cursor) -> bool {
        let octets = self.x.octets(item);
        // A sealed cursor is a third longer.
        let context = self.context + self.x.octets(" ") * (cursor.0.len() * 4 / 3 + 8);
        if octets + context > self.octets {
            return false;
        }
        if let Some(characters) = &mut self.characters {
            let of_item = item.chars().count();
            if of_item > *characters {
                return false;
            }
            *characters -= of_item;
        }
        self.octets -= octets;
        true
    }

    /// The fault for a first item that does not fit; the context stays good for another try.
    fn too_small(&self, instance: &Instance) -> Fault {
        Fault::new(Subcode::EncodingLimit)
            .detail(Detail::MaxEnvelopeSize)
            .because(format!(
                "The next item, {}, does not fit an answer of {} octets{}. Ask with larger bounds; the enumeration context stays valid.",
                instance.path(),
                self.limit,
                match self.characters {
                    Some(_) => " and MaxCharacters",
                    None => "",
                }
            ))
    }
}
