//! The walk over the candidates of a query: each is decoded where the store has it, judged, and kept or
//! counted. A walk gives way to others after every slice, and looks at the clock.

use std::collections::{BTreeMap, BinaryHeap};
use std::hash::Hasher as _;
use std::ops::{Bound, ControlFlow};

use cim_core::{CimError, ErrorKind, Instance, Value};
use cim_query::Query;
use rustc_hash::FxHasher;
use store::Scan;

use super::associations::{Derive, Derived, Extent, Keyed, Plan};
use super::codec::Keep;
use super::core::{Core, Seen, sees, store_error};
use super::keys;
use super::place::{Place, Placed, Ranked, rank};
use super::row::RawRow;
use crate::{Cursor, OperationContext, PageItem};

/// Rows that are looked at before others get their turn.
pub(crate) const SLICE: usize = 256;

/// What a walk is for.
pub(crate) enum Goal<'q> {
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
    /// Their number, their version, and where a page ends.
    Survey(Findings),
    /// The same of results with an order, and where the first of them lie.
    Order(Ordering<'q>),
}

/// What a survey of results with an order found so far.
pub(crate) struct Ordering<'q> {
    pub(crate) findings: Findings,
    pub(crate) after: Option<Place>,
    pub(crate) keep: usize,
    pub(crate) heap: BinaryHeap<Placed<'q>>,
    pub(crate) more: bool,
}

/// What a survey found so far.
pub(crate) struct Findings {
    pub(crate) count: u64,
    /// Over the positions and versions of all results.
    pub(crate) hasher: FxHasher,
    /// The page begins behind this position.
    pub(crate) after: Vec<u8>,
    /// Results from there to the end of the page.
    pub(crate) left: u64,
    /// The last of them.
    pub(crate) end: Option<Vec<u8>>,
    /// Whether there is a result behind it.
    pub(crate) more: bool,
}

impl Findings {
    /// Of a page that begins behind a position and ends that many results later.
    pub(crate) fn new(after: Vec<u8>, left: u64) -> Self {
        Self {
            count: 0,
            hasher: FxHasher::default(),
            after,
            left,
            end: None,
            more: false,
        }
    }

    fn add(&mut self, position: &[u8], version: u64) {
        self.count += 1;
        self.hasher.write(position);
        self.hasher.write_u64(version);
        if self.more || position <= self.after.as_slice() {
            return;
        }
        match self.left {
            0 => self.more = true,
            1 => {
                self.left = 0;
                self.end = Some(position.to_vec());
            }
            _ => self.left -= 1,
        }
    }
}

impl<'q> Ordering<'q> {
    fn add(&mut self, query: &'q Query, instance: &Instance, position: &[u8]) {
        let order = sort_key(query, instance);
        if self.after.as_ref().is_some_and(|after| {
            rank(query, &order, position, &after.order, &after.position).is_le()
        }) {
            return;
        }
        self.heap.push(Placed {
            query,
            order,
            position: position.to_vec(),
        });
        if self.heap.len() > self.keep {
            self.heap.pop();
            self.more = true;
        }
    }
}

/// What results are sorted by.
fn sort_key(query: &Query, instance: &Instance) -> Vec<Value> {
    let keys = query.order_by.iter();
    keys.map(|by| instance.value(&by.property).clone())
        .collect()
}

fn too_many(limit: usize) -> CimError {
    CimError::new(
        ErrorKind::TooLarge,
        format!(
            "More than {limit} results would have to be sorted. Use a narrower filter, or ask for no \
             order."
        ),
    )
}

/// Takes candidates one by one.
pub(crate) struct Walk<'q> {
    pub(crate) core: &'q Core,
    pub(crate) context: &'q OperationContext,
    pub(crate) query: &'q Query,
    pub(crate) goal: Goal<'q>,
    /// Whether the predicate asks for what is only known when a result is presented.
    pub(crate) late: bool,
    pub(crate) examined: usize,
    pub(crate) max_examined: usize,
    /// The position of the last candidate that was examined.
    pub(crate) at: Vec<u8>,
    pub(crate) error: Option<CimError>,
    /// Whether the walk came to its end before the candidates did.
    pub(crate) stopped: bool,
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
                Goal::Survey(found) => {
                    found.add(position, version);
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
        let version = seen.version;
        if let Some(predicate) = &self.query.predicate {
            let matches = if self.late {
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
        if let Goal::Order(ordering) = &mut self.goal {
            let instance = presented.as_ref().map_or(&seen.instance, |p| &p.instance);
            ordering.findings.add(position, version);
            let limit = self.core.config.max_sorted;
            if ordering.findings.count > limit as u64 {
                return self.fail(too_many(limit));
            }
            ordering.add(self.query, instance, position);
            return ControlFlow::Continue(());
        }
        let core = self.core;
        let present = move || presented.unwrap_or_else(|| core.present(seen));
        match &mut self.goal {
            Goal::Count(count) => *count += 1,
            Goal::Survey(found) => found.add(position, version),
            Goal::Order(_) => {}
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
                        cursor: Place::behind(position),
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
                    return self.fail(too_many(limit));
                }
                let resource = present();
                let order = sort_key(self.query, &resource.instance);
                if after.as_ref().is_some_and(|after| {
                    rank(self.query, &order, position, &after.order, &after.position).is_le()
                }) {
                    return ControlFlow::Continue(());
                }
                heap.push(Ranked {
                    placed: Placed {
                        query: self.query,
                        order,
                        position: position.to_vec(),
                    },
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
    pub(crate) async fn run(&mut self, plan: &Plan, after: &[u8]) -> Result<(), CimError> {
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
        keyed: &BTreeMap<Vec<u8>, Keyed>,
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
                    let fits = !matches!(keyed.derive, Derived::Itself) || query.accepts(class);
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
            let is_last = slice.len() < SLICE;
            if self.is_over() || is_last || !self.pause().await? {
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

impl Walk<'_> {
    /// The page, and where it ended.
    pub(crate) fn into_page(self, start: Vec<u8>) -> (Vec<PageItem>, Option<Cursor>) {
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

    /// The page of an ordered query.
    pub(crate) fn into_sorted_page(self, skip: u64) -> (Vec<PageItem>, Option<Cursor>) {
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
                    order: ranked.placed.order,
                    position: ranked.placed.position,
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
