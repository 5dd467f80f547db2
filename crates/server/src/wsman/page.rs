//! Filling one answer of an enumeration with items, up to every bound that there is.

use std::time::Instant;

use cim_core::{CimError, ErrorKind, Instance};
use cim_query::Query;
use provider::{Cursor, OperationContext, PageItem, PageRequest};
use wsman::enumeration::{EnumerationState, Mode, Polymorphism};
use wsman::{Answer, Batch, Detail, Doing, Fault, Subcode};
use xml_wire::Writer;
use xml_wire::wscim::{WriteContext, write_epr, write_instance, write_properties};

use super::exchange::{Exchange, refused};
use super::interop;

/// Most results that are asked of the provider at once: about what fits a usual envelope.
const CHUNK: usize = 128;
/// Most instances that one answer examines; then it may be short or empty, and the client goes on.
pub(super) const MAX_EXAMINED: usize = 20_000;
/// Octets of an answer beside its items, its context and what is written before the body.
const FRAME: usize = 512;

/// Items of one answer.
pub(super) struct Filled {
    /// The items, written.
    pub(super) items: String,
    /// Where to go on; `None` if these were the last.
    pub(super) more: Option<Cursor>,
    /// The number of all results, if it was asked for.
    pub(super) count: Option<u64>,
}

/// Writes items until enough are there, the next does not fit, or enough instances were examined.
pub(super) async fn fill(
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
        described: x.realm.described.as_deref(),
    };
    let wanted = batch.max_elements.map_or(1, usize::from);
    let mut items = String::new();
    let mut writer = Writer::new(&mut items);
    let mut count_of_all = None;
    let mut written = 0;
    let mut after = (!state.cursor.is_empty()).then(|| Cursor(state.cursor.clone()));
    let more = 'pages: loop {
        // One more than wanted tells whether the last one is the last of all.
        let max_items = (wanted - written).saturating_add(1).min(CHUNK);
        let request = PageRequest {
            after: after.as_ref(),
            skip: 0,
            max_items,
            max_examined: MAX_EXAMINED,
            count: count && count_of_all.is_none(),
        };
        let asked = x.provider().query(&context, query, request);
        let page = match context.deadline.filter(|_| batch.max_time.is_some()) {
            // Whether the provider looks at the clock or not.
            Some(until) => tokio::time::timeout_at(until.into(), asked)
                .await
                .unwrap_or_else(|_| Err(CimError::new(ErrorKind::TimedOut, "MaxTime is over."))),
            None => asked.await,
        };
        let page = match page {
            // What is there when the time is over is sent.
            Err(error) if error.kind() == ErrorKind::TimedOut && written > 0 => break after,
            page => page.map_err(|e| refused(&e, Doing::Enumerating))?,
        };
        count_of_all = count_of_all.or(page.count);
        let full_page = page.items.len() >= max_items;
        for PageItem { resource, cursor } in page.items {
            if written >= wanted {
                break 'pages after;
            }
            let mark = writer.mark();
            shape.write(&mut writer, &resource.instance);
            let item = writer.since(mark);
            if !room.take(item, &cursor) {
                writer.rewind(mark);
                if written == 0 {
                    return Err(room.too_small(&resource.instance.path()));
                }
                break 'pages after;
            }
            if written == 0 {
                // Items of one class are about equally long; growing piece by piece copies them all again.
                let usual = item.len().saturating_mul(wanted.min(CHUNK));
                writer.reserve(usual.min(room.octets));
            }
            written += 1;
            after = Some(cursor);
        }
        match page.next {
            None => break None,
            // The provider has examined enough for one answer.
            Some(next) if !full_page => break Some(next),
            Some(next) => after = Some(next),
        }
        // A large answer takes milliseconds: others who wait for this thread come in between.
        tokio::task::yield_now().await;
    };
    Ok(Filled {
        items,
        more,
        count: count_of_all,
    })
}

/// How an item looks.
struct Shape<'a> {
    mode: Mode,
    /// As the class that was asked for, whatever the instance is.
    as_queried: bool,
    query: &'a Query,
    context: &'a WriteContext<'a>,
    /// The namespace of classes that are not this one's own.
    described: Option<&'a str>,
}

impl Shape<'_> {
    fn write(&self, writer: &mut Writer<'_>, instance: &Instance) {
        match self.mode {
            Mode::Object => self.object(writer, instance),
            Mode::Epr => self.reference(writer, instance),
            Mode::ObjectAndEpr => {
                writer.start("wsman:Item");
                self.object(writer, instance);
                self.reference(writer, instance);
                writer.end();
            }
        }
    }

    fn object(&self, writer: &mut Writer<'_>, instance: &Instance) {
        let narrowed;
        let instance = if self.as_queried && instance.class().name != self.query.class.name {
            narrowed = instance.as_class(self.query.class);
            &narrowed
        } else {
            instance
        };
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
        let mut path = instance.path();
        // A walk may lead into the namespace that is described.
        if let Some(described) = self.described
            && !interop::is_own(&path.class)
        {
            path.namespace = Some(described.to_owned());
        }
        if self.as_queried {
            // The keys stay those of the instance: a superclass may have none.
            self.query.class.name.clone_into(&mut path.class);
        }
        writer.start("wsa:EndpointReference");
        write_epr(writer, &path, self.context);
        writer.end();
    }
}

/// What still fits one answer.
pub(super) struct Room<'a, 'x> {
    x: &'a Exchange<'x>,
    octets: usize,
    characters: Option<usize>,
    limit: usize,
    /// Octets of a context without its cursor.
    context: usize,
}

impl<'a, 'x> Room<'a, 'x> {
    pub(super) fn new(
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
    pub(super) fn take(&mut self, item: &str, cursor: &Cursor) -> bool {
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
    pub(super) fn too_small(&self, item: &dyn std::fmt::Display) -> Fault {
        Fault::new(Subcode::EncodingLimit)
            .detail(Detail::MaxEnvelopeSize)
            .because(format!(
                "The next item, {}, does not fit an answer of {} octets{}. Ask with larger bounds; the enumeration context stays valid.",
                item,
                self.limit,
                match self.characters {
                    Some(_) => " and MaxCharacters",
                    None => "",
                }
            ))
    }
}
