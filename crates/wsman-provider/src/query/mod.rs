//! Queries: enumerations of the service, page by page, with what it cannot do itself done here.
//!
//! A query becomes a [`Plan`](plan::Plan): which enumerations give the candidates. What the service's filters can
//! say is pushed down to it, and every result is looked at once more here, so that a service with another idea
//! of a comparison does no harm. Results keep the order in which the service gives them.

mod memory;
mod ordered;
mod plan;
mod position;
mod walk;

use std::sync::atomic::AtomicBool;

use cim_core::{CimError, ErrorKind};
use cim_query::Query;
use provider::{OperationContext, Page, PageItem, PageRequest};

use crate::provider_impl::WsmanProvider;

pub(crate) use memory::Pages;
use plan::Plan;
use position::Position;
use walk::{Stop, Walk};

/// What the service has refused; nothing of it is asked for again.
#[derive(Debug, Default)]
pub(crate) struct Abilities {
    pub(crate) no_wql: AtomicBool,
    pub(crate) no_selectors: AtomicBool,
    /// PolymorphismMode `None`.
    pub(crate) no_exact_class: AtomicBool,
    /// The association filter.
    pub(crate) no_walks: AtomicBool,
    pub(crate) no_optimized: AtomicBool,
    /// Our precondition on writes.
    pub(crate) no_if_match: AtomicBool,
    /// Its instances have no keys in them: references are needed beside them.
    pub(crate) with_references: AtomicBool,
    /// It says what may be done with its resources, with one of them at least.
    pub(crate) tells_operations: AtomicBool,
}

/// How often a query is begun anew because the service refused how it was asked.
const MAX_BEGINNINGS: usize = 8;

impl WsmanProvider {
    pub(crate) async fn page(
        &self,
        context: &OperationContext,
        query: &Query,
        request: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        for by in &query.order_by {
            if !query.class.name.is_empty() && query.class.property(&by.property).is_none() {
                return Err(CimError::new(
                    ErrorKind::NoSuchProperty,
                    format!(
                        "{} has no property {} to sort by.",
                        query.class.name, by.property
                    ),
                )
                .with_subject(by.property.as_str()));
            }
        }
        for _ in 0..MAX_BEGINNINGS {
            let result = if query.order_by.is_empty() {
                self.page_as_it_comes(context, query, request).await
            } else {
                self.ordered_page(context, query, request).await
            };
            match result {
                Ok(page) => return Ok(page),
                Err(Stop::Error(error)) => return Err(error),
                Err(Stop::AskOtherwise) => {}
            }
        }
        Err(self.wire.error(
            ErrorKind::BackEnd,
            "it refuses every way in which this query can be asked",
        ))
    }

    async fn page_as_it_comes(
        &self,
        context: &OperationContext,
        query: &Query,
        request: PageRequest<'_>,
    ) -> Result<Page, Stop> {
        let plan = self.plan(context, query).await?;
        let mut position = match request.after {
            Some(cursor) => Position::decode(cursor, &plan)?,
            None => Position::default(),
        };
        position.skip = position.skip.saturating_add(request.skip);
        let mut skip = position.skip;
        let count = if request.count {
            Some(self.count(context, &plan).await?)
        } else {
            None
        };
        let most = request.max_items.min(self.scan);
        let mut walk = Walk::new(self, context, &plan, position, request.after.is_some());
        let mut page = Page {
            items: Vec::new(),
            next: None,
            count,
        };
        let mut examined = 0;
        while page.items.len() < most {
            if examined >= request.max_examined.max(1) {
                page.next = Some(walk.position(skip).encode(&plan));
                return Ok(page);
            }
            let wanted = (most - page.items.len())
                .saturating_add(usize::try_from(skip).unwrap_or(usize::MAX));
            let Some(found) = walk.next(wanted).await? else {
                return Ok(page);
            };
            examined += 1;
            for resource in found {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                page.items.push(PageItem {
                    resource,
                    cursor: walk.position(0).encode(&plan),
                });
            }
            if walk.gave_up_looking() {
                page.next = Some(walk.position(skip).encode(&plan));
                return Ok(page);
            }
        }
        if request.max_items > self.scan {
            return Err(self.too_many().into());
        }
        if !walk.is_at_the_end() {
            page.next = Some(walk.position(0).encode(&plan));
        }
        Ok(page)
    }

    /// How many results there are. A walk over all of them: the estimate of the protocol is one.
    async fn count(&self, context: &OperationContext, plan: &Plan<'_>) -> Result<u64, Stop> {
        let mut walk = Walk::new(self, context, plan, Position::default(), false);
        let mut count = 0_u64;
        while let Some(found) = walk.next(usize::MAX).await? {
            count += found.len() as u64;
            if walk.examined() > self.scan {
                return Err(self.too_many().into());
            }
        }
        Ok(count)
    }

    pub(crate) fn too_many(&self) -> CimError {
        self.wire.error(
            ErrorKind::QuotaExceeded,
            format_args!(
                "more than {} instances have to be looked through here, because it cannot do it itself; ask \
                 for less, or raise `scan` in the configuration",
                self.scan
            ),
        )
    }
}
