//! Queries: pages of extents and association walks, with predicate, order, count and cursors.
//!
//! A query becomes a [`Plan`](super::associations::Plan): where the candidates lie, in an order that every candidate has a position
//! in. The position behind the last one examined is the cursor; it stays good while rows come and go.

use std::collections::BinaryHeap;
use std::hash::Hasher as _;

use cim_core::{CimError, ErrorKind, Etag};
use cim_query::{Comparison, Literal, Predicate, Query, Source};

use super::associations::Plan;
use super::core::{Core, store_error};
use super::keys;
use super::model::names;
use super::place::Place;
use super::walk::{Findings, Goal, Ordering, SLICE, Walk};
use crate::{Cursor, OperationContext, Page, PageRequest, Resource};

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
        let plan = self.plan(context, query).await?;
        let walk = |goal, max_examined| self.walk(context, query, goal, max_examined);
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

    /// The number of results of a query, their version, and where a page ends; `None` if they have an order that only their
    /// rows tell.
    pub(crate) async fn survey(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Option<Surveyed>, CimError> {
        self.check_query(query)?;
        let after = match page.after {
            Some(cursor) => Some(Place::decode(self, cursor, query)?),
            None => None,
        };
        let before = after.as_ref().map_or(0, |place| place.skip);
        let before = page.skip.saturating_add(before);
        let plan = self.plan(context, query).await?;
        if !query.order_by.is_empty() {
            if !plan.is_of_rows() {
                return Ok(None);
            }
            let skip = usize::try_from(before).unwrap_or(usize::MAX);
            let keep = skip.saturating_add(page.max_items);
            let goal = Goal::Order(Ordering {
                findings: Findings::new(Vec::new(), 0),
                after,
                keep: keep.min(self.config.max_sorted),
                heap: BinaryHeap::new(),
                more: false,
            });
            let mut walk = self.walk(context, query, goal, usize::MAX);
            walk.run(&plan, &[]).await?;
            return match walk.goal {
                Goal::Order(found) => Ok(Some(Surveyed::in_order(found, skip))),
                _ => Err(forgotten()),
            };
        }
        let left = before.saturating_add(page.max_items as u64);
        let position = after.map(|place| place.position).unwrap_or_default();
        let goal = Goal::Survey(Findings::new(position, left));
        let mut walk = self.walk(context, query, goal, usize::MAX);
        walk.run(&plan, &[]).await?;
        match walk.goal {
            Goal::Survey(found) => {
                let end = found.end.filter(|_| found.more);
                Ok(Some(Surveyed {
                    count: found.count,
                    version: Etag(format!("{:x}", found.hasher.finish())),
                    end: end.map(|position| Place::behind(&position)),
                    order: None,
                }))
            }
            _ => Err(forgotten()),
        }
    }

    /// Results of a query whose order a survey found: those at some of its positions.
    pub(crate) async fn in_order(
        &self,
        context: &OperationContext,
        positions: &[Vec<u8>],
    ) -> Result<Vec<Resource>, CimError> {
        let keys: Vec<Vec<u8>> = positions.iter().map(|p| keys::of_position(p)).collect();
        let keys: Vec<&[u8]> = keys.iter().map(Vec::as_slice).collect();
        let mut found = Vec::with_capacity(keys.len());
        self.store
            .read(&keys, &mut |_, version, bytes| {
                found.extend(self.look(context, version, bytes).transpose());
            })
            .await
            .map_err(|error| store_error(&error))?;
        found
            .into_iter()
            .map(|seen| Ok(self.present(seen?)))
            .collect()
    }

    /// Where the candidates of a query lie.
    async fn plan(&self, context: &OperationContext, query: &Query) -> Result<Plan, CimError> {
        Ok(match &query.source {
            Source::Extent => self.extents(query),
            Source::Associators(association) => {
                self.associators(context, query, association).await?
            }
            Source::References(association) => self.references(context, query, association).await?,
        })
    }

    fn walk<'q>(
        &'q self,
        context: &'q OperationContext,
        query: &'q Query,
        goal: Goal<'q>,
        max_examined: usize,
    ) -> Walk<'q> {
        let predicate = query.predicate.as_ref();
        Walk {
            core: self,
            context,
            query,
            goal,
            late: predicate.is_some_and(|p| mentions(p, names::OPERATIONS)),
            examined: 0,
            max_examined,
            at: Vec::new(),
            error: None,
            stopped: false,
        }
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

/// See [`Core::survey`].
pub(crate) struct Surveyed {
    pub(crate) count: u64,
    pub(crate) version: Etag,
    pub(crate) end: Option<Cursor>,
    /// Where the results of the page lie, if they have an order.
    pub(crate) order: Option<Vec<Vec<u8>>>,
}

impl Surveyed {
    fn in_order(found: Ordering<'_>, skip: usize) -> Self {
        let placed = found.heap.into_sorted_vec();
        let last = placed.last().filter(|_| found.more);
        let end = last.map(|last| {
            Place {
                skip: 0,
                order: last.order.clone(),
                position: last.position.clone(),
            }
            .encode()
        });
        let page = placed.into_iter().skip(skip);
        Self {
            count: found.findings.count,
            version: Etag(format!("{:x}", found.findings.hasher.finish())),
            end,
            order: Some(page.map(|placed| placed.position).collect()),
        }
    }
}

fn forgotten() -> CimError {
    CimError::internal("a walk forgot what it is for")
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
        Predicate::Selected { path, .. } => path.mentions(name),
    }
}
