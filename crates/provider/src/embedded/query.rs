//! Queries: pages of extents and association walks, with predicate, order, count and cursors.
//!
//! A query becomes a [`Plan`]: where the candidates lie, in an order that every candidate has a position
//! in. The position behind the last one examined is the cursor; it stays good while rows come and go.
//! Candidates are decoded where the store has them. A walk gives way to others after every slice.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::{Bound, ControlFlow};

use cim_core::{CimError, ErrorKind, Instance, Value};
use cim_query::{Comparison, Literal, Predicate, Query, Source, sort_order};
use store::Scan;

use super::associations::{Derive, Extent, Keyed, Plan};
use super::codec::{Keep, Reader, write_number, write_value};
use super::core::{Core, Seen, sees, store_error};
use super::keys;
use super::model::names;
use super::row::RawRow;
use crate::{Cursor, OperationContext, Page, PageItem, PageRequest, Resource};

/// Rows that are looked at before others get their turn.
const SLICE: usize = 256;

/// What a cursor holds: results still to skip, the sort key of an ordered query, and the position.
#[derive(Debug, Clone, Default)]
struct Place {
    skip: u64,
    order: Vec<Value>,
    position: Vec<u8>,
}

const CURSOR_FORM: u8 = 1;

impl Place {
    fn encode(&self) -> Cursor {
        let mut out = Vec::with_capacity(self.position.len() + 8);
        out.push(CURSOR_FORM);
        write_number(&mut out, self.skip);
        write_number(&mut out, self.order.len() as u64);
        for value in &self.order {
            write_value(&mut out, value, Keep::All);
        }
        out.extend_from_slice(&self.position);
        Cursor(out)
    }

    fn decode(core: &Core, cursor: &Cursor, query: &Query) -> Result<Self, CimError> {
        let invalid = || {
            CimError::new(
                ErrorKind::InvalidCursor,
                "The position in the results does not belong to this query. Start it again.",
            )
        };
        let read = || {
            let mut reader = Reader::new(&cursor.0);
            if reader.byte()? != CURSOR_FORM {
                return Ok(None);
            }
            let skip = reader.number()?;
            let length = reader.number()?;
            if length != query.order_by.len() as u64 {
                return Ok(None);
            }
            let mut order = Vec::new();
            for _ in 0..length {
                order.push(reader.value(&core.model.schema, Keep::All)?);
            }
            Ok::<_, super::codec::Corrupt>(Some(Self {
                skip,
                order,
                position: reader.rest().to_vec(),
            }))
        };
        read().ok().flatten().ok_or_else(invalid)
    }
}

/// A result of an ordered query. The greatest is the last.
struct Ranked<'q> {
    query: &'q Query,
    order: Vec<Value>,
    position: Vec<u8>,
    resource: Resource,
}

impl Ord for Ranked<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        rank(
            self.query,
            &self.order,
            &self.position,
            &other.order,
            &other.position,
        )
    }
}

impl PartialOrd for Ranked<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked<'_> {}

fn rank(
    query: &Query,
    order: &[Value],
    position: &[u8],
    other_order: &[Value],
    other_position: &[u8],
) -> Ordering {
    query
        .order_by
        .iter()
        .zip(order.iter().zip(other_order))
        .map(|(by, (a, b))| {
            let ordering = sort_order(a, b);
            if by.descending {
                ordering.reverse()
            } else {
                ordering
            }
        })
        .find(|ordering| ordering.is_ne())
        .unwrap_or_else(|| position.cmp(other_position))
}

/// What a walk is for.
enum Goal<'q> {
    /// The results of a page, in order of position.
    Page {
        items: Vec<PageItem>,
        skip: u64,
        max_items: usize,
        /// Whether there is a result behind the page.
        more: bool,
    },
    /// The first results in the order that the query asks for.
    Sorted {
        after: Option<Place>,
        keep: usize,
        heap: BinaryHeap<Ranked<'q>>,
        more: bool,
        found: usize,
    },
    /// Their number.
    Count(u64),
}

/// Takes candidates one by one.
struct Walk<'q> {
    core: &'q Core,
    context: &'q OperationContext,
    query: &'q Query,
    goal: Goal<'q>,
    /// Whether the predicate asks for what is only known when a result is presented.
    late: bool,
    examined: usize,
    max_examined: usize,
    /// The position of the last candidate that was examined.
    at: Vec<u8>,
    error: Option<CimError>,
    /// Whether the walk came to its end before the candidates did.
    stopped: bool,
}

impl Walk<'_> {
    fn stop(&mut self) -> ControlFlow<()> {
        self.stopped = true;
        ControlFlow::Break(())
    }

    fn fail(&mut self, error: CimError) -> ControlFlow<()> {
        self.error = Some(error);
        self.stop()
    }

    /// Takes a stored row that is a candidate, or that candidates are computed from.
    fn offer(
        &mut self,
        position: &[u8],
        version: u64,
        bytes: &[u8],
        derive: Derive<'_>,
    ) -> ControlFlow<()> {
        self.offer_from(position, version, bytes, derive, 0)
    }

    /// Takes a row without the first candidates that are computed from it.
    fn offer_from(
        &mut self,
        position: &[u8],
        version: u64,
        bytes: &[u8],
        derive: Derive<'_>,
        first: u32,
    ) -> ControlFlow<()> {
        if self.examined >= self.max_examined {
            return self.stop();
        }
        self.examined += 1;
        match self.take(position, version, bytes, derive, first) {
            Ok(flow) => {
                if flow.is_continue() {
                    self.at.clear();
                    self.at.extend_from_slice(position);
                }
                flow
            }
            Err(error) => self.fail(error),
        }
    }

    fn take(
        &mut self,
        position: &[u8],
        version: u64,
        bytes: &[u8],
        derive: Derive<'_>,
        first: u32,
    ) -> Result<ControlFlow<()>, CimError> {
        let raw = RawRow::read(bytes)?;
        if !sees(&self.context.principal, raw.tenant) {
            return Ok(ControlFlow::Continue(()));
        }
        let trivial = self.query.predicate.is_none() && matches!(derive, Derive::Itself);
        if trivial {
            // What need not be looked at is not decoded.
            match &mut self.goal {
                Goal::Count(count) => {
                    *count += 1;
                    return Ok(ControlFlow::Continue(()));
                }
                Goal::Page { skip, .. } if *skip > 0 => {
                    *skip -= 1;
                    return Ok(ControlFlow::Continue(()));
                }
                Goal::Page {
                    items,
                    max_items,
                    more,
                    ..
                } if items.len() >= *max_items => {
                    *more = true;
                    return Ok(self.stop());
                }
                _ => {}
            }
        }
        let writable = self.core.may_change(
            self.context,
            raw.tenant,
            raw.class_name().unwrap_or_default(),
        );
        let seen = |instance| Seen {
            instance,
            owner: None,
            writable,
            version,
        };
        if matches!(derive, Derive::Itself) {
            let instance = raw.instance(&self.core.model.schema, Keep::Readable)?;
            return Ok(self.judge(position, seen(instance)));
        }
        for (number, instance) in (0_u32..).zip(derive.instances(self.core, &raw)?) {
            if number < first {
                continue;
            }
            let mut position = position.to_vec();
            position.push(0);
            position.extend_from_slice(&number.to_be_bytes());
            if self.judge(&position, seen(instance)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Keeps a candidate if it is a result.
    fn judge(&mut self, position: &[u8], mut seen: Seen) -> ControlFlow<()> {
        let mut presented = None;
        if let Some(predicate) = &self.query.predicate {
            let matches = if self.late {
                let version = seen.version;
                let resource = self.core.present(seen);
                let matches = predicate.matches(&resource.instance);
                seen = Seen {
                    instance: Instance::new(resource.instance.class()),
                    owner: None,
                    writable: false,
                    version,
                };
                presented = Some(resource);
                matches
            } else {
                predicate.matches(&seen.instance)
            };
            if !matches {
                return ControlFlow::Continue(());
            }
        }
        let core = self.core;
        let present = move || presented.unwrap_or_else(|| core.present(seen));
        match &mut self.goal {
            Goal::Count(count) => *count += 1,
            Goal::Page {
                items,
                skip,
                max_items,
                more,
            } => {
                if *skip > 0 {
                    *skip -= 1;
                } else if items.len() < *max_items {
                    items.push(PageItem {
                        resource: present(),
                        cursor: Place {
                            position: position.to_vec(),
                            ..Place::default()
                        }
                        .encode(),
                    });
                } else {
                    *more = true;
                    return self.stop();
                }
            }
            Goal::Sorted {
                after,
                keep,
                heap,
                more,
                found,
            } => {
                *found += 1;
                if *found > self.core.config.max_sorted {
                    let limit = self.core.config.max_sorted;
                    return self.fail(CimError::new(
                        ErrorKind::TooLarge,
                        format!(
                            "More than {limit} results would have to be sorted. Use a narrower \
                             filter, or ask for no order."
                        ),
                    ));
                }
                let resource = present();
                let order: Vec<Value> = self
                    .query
                    .order_by
                    .iter()
                    .map(|by| resource.instance.value(&by.property).clone())
                    .collect();
                if after.as_ref().is_some_and(|after| {
                    rank(self.query, &order, position, &after.order, &after.position).is_le()
                }) {
                    return ControlFlow::Continue(());
                }
                heap.push(Ranked {
                    query: self.query,
                    order,
                    position: position.to_vec(),
                    resource,
                });
                if heap.len() > *keep {
                    heap.pop();
                    *more = true;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn is_over(&self) -> bool {
        self.stopped
    }

    /// Gives way to others, and looks at the clock. Returns whether to go on.
    async fn pause(&mut self) -> Result<bool, CimError> {
        tokio::task::yield_now().await;
        if self
            .context
            .deadline
            .is_some_and(|deadline| deadline <= std::time::Instant::now())
        {
            if matches!(self.goal, Goal::Page { .. }) {
                // A page may be short; who asked goes on behind it.
                self.stopped = true;
                return Ok(false);
            }
            return Err(CimError::new(
                ErrorKind::TimedOut,
                "The time for the query is over. Use a narrower filter, or allow more time.",
            ));
        }
        Ok(!self.stopped)
    }

    /// Offers every candidate of a plan behind a position.
    async fn run(&mut self, plan: &Plan, after: &[u8]) -> Result<(), CimError> {
        match plan {
            Plan::Extents(extents) => {
                for extent in extents {
                    if !self.extent(extent, after).await? {
                        break;
                    }
                }
            }
            Plan::Keyed(keyed) => self.keyed(keyed, after).await?,
        }
        match self.error.take() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Returns whether to go on with the next extent.
    async fn extent(&mut self, extent: &Extent, after: &[u8]) -> Result<bool, CimError> {
        // A position is the label, NUL and the id, for a computed instance also NUL and its number;
        // labels are in order.
        let behind = match after.strip_prefix(extent.label.as_bytes()) {
            Some([0, behind @ ..]) => behind,
            _ if after > extent.label.as_bytes() => return Ok(true),
            _ => &[],
        };
        let (id, number) = split_at_nul(behind);
        let mut last = id.to_vec();
        let prefix = keys::extent(extent.class.name);
        let mut key = prefix.clone();
        let mut position = extent.label.clone().into_bytes();
        position.push(0);
        let front = position.len();
        if let Some(number) = number
            && let Ok(id) = std::str::from_utf8(id)
        {
            // The page ended among the instances that one row gives.
            position.extend_from_slice(id.as_bytes());
            let key = keys::resource(extent.class.name, id);
            let core = self.core;
            core.store
                .read(&[&key], &mut |_, version, bytes| {
                    // The end of the walk is noted in the walk itself.
                    let _ = self.offer_from(
                        &position,
                        version,
                        bytes,
                        extent.derive.of(id),
                        number.saturating_add(1),
                    );
                })
                .await
                .map_err(|error| store_error(&error))?;
            if self.is_over() {
                return Ok(false);
            }
        }
        loop {
            key.truncate(prefix.len());
            key.extend_from_slice(&last);
            let scan = Scan::prefix(&prefix);
            let scan = if last.is_empty() {
                scan
            } else {
                scan.after(&key)
            };
            let mut left = SLICE;
            let core = self.core;
            core.store
                .scan(scan, &mut |key, version, bytes| {
                    let Some(id) = keys::id_in_extent(key, &prefix) else {
                        return ControlFlow::Continue(());
                    };
                    if left == 0 {
                        return ControlFlow::Break(());
                    }
                    left -= 1;
                    position.truncate(front);
                    position.extend_from_slice(id.as_bytes());
                    last.clear();
                    last.extend_from_slice(id.as_bytes());
                    self.offer(&position, version, bytes, extent.derive.of(id))
                })
                .await
                .map_err(|error| store_error(&error))?;
            if self.is_over() {
                return Ok(false);
            }
            if left > 0 {
                return Ok(true);
            }
            if !self.pause().await? {
                return Ok(false);
            }
        }
    }

    async fn keyed(
        &mut self,
        keyed: &std::collections::BTreeMap<Vec<u8>, Keyed>,
        after: &[u8],
    ) -> Result<(), CimError> {
        let start = if after.is_empty() {
            Bound::Unbounded
        } else {
            Bound::Excluded(after)
        };
        let mut rest = keyed.range::<[u8], _>((start, Bound::Unbounded));
        loop {
            let slice: Vec<_> = rest.by_ref().take(SLICE).collect();
            if slice.is_empty() {
                return Ok(());
            }
            let classes = self.classes(&slice).await?;
            let query = self.query;
            let wanted: Vec<_> = slice
                .iter()
                .zip(classes)
                .filter_map(|((position, keyed), class)| {
                    let class = class?;
                    // A derived instance is of the association class, which was checked.
                    let fits = !matches!(keyed.derive, super::associations::Derived::Itself)
                        || query.accepts(class);
                    fits.then(|| (*position, *keyed, keys::resource(class.name, &keyed.row)))
                })
                .collect();
            let keys: Vec<&[u8]> = wanted.iter().map(|(_, _, key)| key.as_slice()).collect();
            let core = self.core;
            core.store
                .read(&keys, &mut |at, version, bytes| {
                    if !self.is_over()
                        && let Some((position, keyed, _)) = wanted.get(at)
                    {
                        // The end of the walk is noted in the walk itself.
                        let _ = self.offer(position, version, bytes, keyed.derive.of(&keyed.row));
                    }
                })
                .await
                .map_err(|error| store_error(&error))?;
            if self.is_over() || !self.pause().await? {
                return Ok(());
            }
        }
    }

    /// The classes of the rows of a slice.
    async fn classes(
        &self,
        slice: &[(&Vec<u8>, &Keyed)],
    ) -> Result<Vec<Option<&'static cim_core::ClassDescriptor>>, CimError> {
        let wanted: Vec<_> = slice
            .iter()
            .map(|(_, keyed)| keys::class_of(&keyed.row))
            .collect();
        let wanted: Vec<&[u8]> = wanted.iter().map(Vec::as_slice).collect();
        let mut classes = vec![None; slice.len()];
        let schema = &self.core.model.schema;
        self.core
            .store
            .read(&wanted, &mut |at, _, name| {
                if let (Some(slot), Ok(name)) = (classes.get_mut(at), std::str::from_utf8(name)) {
                    *slot = schema.class(name);
                }
            })
            .await
            .map_err(|error| store_error(&error))?;
        Ok(classes)
    }
}

impl Core {
    /// Answers a query.
    pub(crate) async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        self.check_query(query)?;
        let after = match page.after {
            Some(cursor) => Some(Place::decode(self, cursor, query)?),
            None => None,
        };
        let plan = match &query.source {
            Source::Extent => self.extents(query),
            Source::Associators(association) => {
                self.associators(context, query, association).await?
            }
            Source::References(association) => self.references(context, query, association).await?,
        };
        let late = query
            .predicate
            .as_ref()
            .is_some_and(|p| mentions(p, names::OPERATIONS));
        let walk = |goal, max_examined| Walk {
            core: self,
            context,
            query,
            goal,
            late,
            examined: 0,
            max_examined,
            at: Vec::new(),
            error: None,
            stopped: false,
        };
        let count = if page.count {
            let mut walk = walk(Goal::Count(0), usize::MAX);
            walk.run(&plan, &[]).await?;
            match walk.goal {
                Goal::Count(count) => Some(count),
                _ => None,
            }
        } else {
            None
        };
        let skip = page
            .skip
            .saturating_add(after.as_ref().map_or(0, |place| place.skip));
        let (items, next) = if query.order_by.is_empty() {
            let position = after.map(|place| place.position).unwrap_or_default();
            let goal = Goal::Page {
                items: Vec::with_capacity(page.max_items.min(SLICE)),
                skip,
                max_items: page.max_items,
                more: false,
            };
            let mut walk = walk(goal, page.max_examined.max(1));
            walk.run(&plan, &position).await?;
            walk.into_page(position)
        } else {
            let keep = usize::try_from(skip)
                .unwrap_or(usize::MAX)
                .saturating_add(page.max_items)
                .min(self.config.max_sorted);
            let goal = Goal::Sorted {
                after,
                keep,
                heap: BinaryHeap::new(),
                more: false,
                found: 0,
            };
            // An order is known only when all is examined: `max_sorted` is the bound here.
            let mut walk = walk(goal, usize::MAX);
            walk.run(&plan, &[]).await?;
            walk.into_sorted_page(skip)
        };
        Ok(Page { items, next, count })
    }

    /// Refuses what no instance could satisfy because it names no property.
    fn check_query(&self, query: &Query) -> Result<(), CimError> {
        for by in &query.order_by {
            if query.class.name.is_empty() || query.class.property(&by.property).is_some() {
                continue;
            }
            return Err(CimError::new(
                ErrorKind::NoSuchProperty,
                format!(
                    "{} has no property {} to sort by.",
                    query.class.name, by.property
                ),
            )
            .with_subject(by.property.as_str()));
        }
        Ok(())
    }
}

impl Walk<'_> {
    fn into_page(self, start: Vec<u8>) -> (Vec<PageItem>, Option<Cursor>) {
        let Goal::Page {
            items, skip, more, ..
        } = self.goal
        else {
            return (Vec::new(), None);
        };
        let behind_last = || items.last().map(|item| item.cursor.clone());
        let behind_examined = || {
            let position = if self.at.is_empty() { start } else { self.at };
            Place {
                skip,
                position,
                ..Place::default()
            }
            .encode()
        };
        let next = match (self.stopped, more) {
            (false, _) => None,
            (true, true) => Some(behind_last().unwrap_or_else(behind_examined)),
            (true, false) => Some(behind_examined()),
        };
        (items, next)
    }

    fn into_sorted_page(self, skip: u64) -> (Vec<PageItem>, Option<Cursor>) {
        let Goal::Sorted { heap, more, .. } = self.goal else {
            return (Vec::new(), None);
        };
        let ranked = heap.into_sorted_vec();
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        let items: Vec<PageItem> = ranked
            .into_iter()
            .skip(skip)
            .map(|ranked| PageItem {
                resource: ranked.resource,
                cursor: Place {
                    skip: 0,
                    order: ranked.order,
                    position: ranked.position,
                }
                .encode(),
            })
            .collect();
        let next = if more {
            items.last().map(|item| item.cursor.clone())
        } else {
            None
        };
        (items, next)
    }
}

/// An id, and the number behind it.
fn split_at_nul(position: &[u8]) -> (&[u8], Option<u32>) {
    match position.iter().position(|byte| *byte == 0) {
        None => (position, None),
        Some(at) => {
            let (id, number) = position.split_at(at);
            let number = number
                .get(1..)
                .and_then(|bytes| bytes.first_chunk())
                .map(|bytes| u32::from_be_bytes(*bytes));
            (id, number)
        }
    }
}

/// Whether a predicate looks at a property of the instance itself.
fn mentions(predicate: &Predicate, name: &str) -> bool {
    let is = |path: &[String]| path.first().is_some_and(|p| p.eq_ignore_ascii_case(name));
    match predicate {
        Predicate::And(parts) | Predicate::Or(parts) => parts.iter().any(|p| mentions(p, name)),
        Predicate::Not(inner) => mentions(inner, name),
        Predicate::Compare(Comparison { path, value, .. }) => {
            is(path) || matches!(value, Literal::Path(path) if is(path))
        }
        Predicate::IsNull(path) | Predicate::Like { path, .. } | Predicate::Isa { path, .. } => {
            is(path)
        }
        Predicate::NamedValue { property, .. } => property.eq_ignore_ascii_case(name),
    }
}
