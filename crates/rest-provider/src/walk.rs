//! Walks over the candidates of a query: part after part as they are wanted, judged here whatever the cloud
//! has left out already, so that an upstream of any size needs the memory of one part.

use std::cmp::Ordering;

use cim_core::{CimError, ErrorKind, Value};
use cim_query::{OrderBy, Query, sort_order};
use cimi_rest::ENTRY_POINT_ID;
use provider::{OperationContext, Page, PageItem, PageRequest, Resource};

use crate::cloud::{Cloud, Listing};
use crate::plan::{Derive, Item, Source, Stage};
use crate::position::{Position, REMEMBERED};
use crate::push;
use crate::write::with_query;

/// Items of a part, at most.
const PART: u64 = 1000;
/// At least, where they are judged here.
const LEAST: u64 = 100;

/// A cloud that says how many there are may send that many, and some that came meanwhile.
const SPARE: u64 = 1000;

/// Parts without an item that a cloud may send in a row.
const MAX_EMPTY: u32 = 20;

/// Parts that one answer may be gathered from: a cloud that sends its items one by one has no end of them.
const MAX_PARTS: u32 = 10_000;

/// The part of a stage that is `Sorted`: all of the results, in order.
const SORTED: u16 = u16::MAX;

/// A part of the items of a stage.
struct Part {
    items: Vec<Item>,
    /// Which of them is the first behind the position.
    start: usize,
    count: Option<u64>,
    then: Then,
}

enum Then {
    /// That was all.
    End,
    /// It goes on by ordinals.
    On,
    /// It goes on there.
    At(String),
}

/// What of the query the cloud does itself.
#[derive(Default)]
struct Pushed {
    filter: Option<push::Filter>,
    order: Option<Vec<String>>,
    select: Option<String>,
}

impl Cloud {
    pub(crate) async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        self.check_order(query)?;
        let after = page.after.map(Position::read).transpose()?;
        let stages = self.plan(context, query).await?;
        let pushed = self.pushed(context, query, &stages, after.as_ref()).await?;
        let Some(filter) = pushed.filter.clone().filter(|_| after.is_none()) else {
            return self
                .asked(context, query, &stages, pushed, page, after)
                .await;
        };
        // A cloud that filters may not know this filter: then it is asked without, and not again with another
        // like it.
        let without = Pushed {
            filter: None,
            order: pushed.order.clone(),
            select: pushed.select.clone(),
        };
        match self
            .asked(context, query, &stages, pushed, page, None)
            .await
        {
            Err(error) if is_refusal(&error) => {
                let found = self
                    .asked(context, query, &stages, without, page, None)
                    .await?;
                let refused = if filter.is_simple {
                    &self.can.filter
                } else {
                    &self.can.any_filter
                };
                refused.learn(false);
                Ok(found)
            }
            result => result,
        }
    }

    /// The results of a query that the cloud is asked like this.
    async fn asked(
        &self,
        context: &OperationContext,
        query: &Query,
        stages: &[Stage],
        pushed: Pushed,
        page: PageRequest<'_>,
        after: Option<Position>,
    ) -> Result<Page, CimError> {
        let sorts_here = !query.order_by.is_empty() && pushed.order.is_none();
        if sorts_here || after.as_ref().is_some_and(|p| p.stage == SORTED) {
            return self.sorted(context, query, stages, page, after).await;
        }
        let mut position = after.unwrap_or_else(|| Position {
            filtered: pushed.filter.is_some(),
            ordered: pushed.order.is_some(),
            ..Position::default()
        });
        let count = if page.count {
            Some(self.count(context, query, stages, &pushed).await?)
        } else {
            None
        };
        position.skip = position.skip.saturating_add(page.skip);
        self.page(context, query, stages, &pushed, page, position, count)
            .await
    }

    fn check_order(&self, query: &Query) -> Result<(), CimError> {
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
        Ok(())
    }

    /// What the cloud is asked to do. A position remembers it: its ordinals count what is left then.
    async fn pushed(
        &self,
        context: &OperationContext,
        query: &Query,
        stages: &[Stage],
        after: Option<&Position>,
    ) -> Result<Pushed, CimError> {
        let [stage] = stages else {
            return Ok(Pushed::default());
        };
        let (Source::Collection { id, .. }, Derive::Itself) = (&stage.source, &stage.derive) else {
            return Ok(Pushed::default());
        };
        if id == ENTRY_POINT_ID {
            return Ok(Pushed::default());
        }
        let site = self.site(context).await?;
        let shape = self.model.class(stage.class);
        let mut pushed = Pushed {
            select: push::select(query, shape),
            ..Pushed::default()
        };
        if after.is_none_or(|position| position.filtered)
            && let Some(predicate) = &query.predicate
            && let Some(filter) = push::filter(predicate, shape, site)
            && let Some(filter) = filter.within(self.can.any_filter.may_be_tried())
            && (after.is_some() || self.can_filter(context, stage, id).await?)
        {
            pushed.filter = Some(filter);
        }
        if after.is_none_or(|position| position.ordered)
            && !query.order_by.is_empty()
            && let Some(order) = push::order(&query.order_by, shape)
            && (after.is_some() || self.can_order(context, stage, id).await?)
        {
            pushed.order = Some(order);
        }
        Ok(pushed)
    }

    /// Whether the cloud filters: asked once for what nothing can be.
    async fn can_filter(
        &self,
        context: &OperationContext,
        stage: &Stage,
        id: &str,
    ) -> Result<bool, CimError> {
        if let Some(known) = self.can.filter.known() {
            return Ok(known);
        }
        let target = self.site(context).await?.target(id)?;
        let nothing = with_query(
            &target,
            "$filter=name%3D%27urn:x-cimi-bridge:nothing%27&$first=1&$last=1",
        );
        match self.list(context, stage.class, nothing).await {
            Ok(listing) => {
                let filters = listing.items.is_empty() && listing.count.unwrap_or(0) == 0;
                // An empty collection says nothing; what comes is judged again in any case.
                self.can.filter.learn(filters);
                Ok(filters)
            }
            Err(error) if is_refusal(&error) => {
                self.can.filter.learn(false);
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether the cloud orders: the first in one order is not the first in the other.
    async fn can_order(
        &self,
        context: &OperationContext,
        stage: &Stage,
        id: &str,
    ) -> Result<bool, CimError> {
        if let Some(known) = self.can.order.known() {
            return Ok(known);
        }
        let target = self.site(context).await?.target(id)?;
        let mut firsts = Vec::new();
        for order in ["id", "id:desc"] {
            let asked = with_query(&target, &format!("$orderby={order}&$first=1&$last=1"));
            match self.list(context, stage.class, asked).await {
                Ok(listing) if listing.items.len() <= 1 => {
                    firsts.extend(listing.items.into_iter().map(|item| item.resource.instance));
                }
                Ok(_) => {
                    self.can.order.learn(false);
                    return Ok(false);
                }
                Err(error) if is_refusal(&error) => {
                    self.can.order.learn(false);
                    return Ok(false);
                }
                Err(error) => return Err(error),
            }
        }
        let [first, last] = firsts.as_slice() else {
            return Ok(false);
        };
        let key =
            |instance: &cim_core::Instance| instance.text(crate::cloud::ID).map(str::to_owned);
        match key(first).cmp(&key(last)) {
            // One item, or an order that is not kept: not known yet.
            Ordering::Equal => Ok(false),
            order => {
                self.can.order.learn(order == Ordering::Less);
                Ok(order == Ordering::Less)
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one query")]
    async fn page(
        &self,
        context: &OperationContext,
        query: &Query,
        stages: &[Stage],
        pushed: &Pushed,
        page: PageRequest<'_>,
        mut position: Position,
        count: Option<u64>,
    ) -> Result<Page, CimError> {
        let mut items: Vec<PageItem> = Vec::new();
        let mut examined = 0;
        let mut empty = 0;
        self.jump(query, stages, pushed, &mut position);
        while let Some(stage) = stages.get(usize::from(position.stage)) {
            let room = page.max_items.saturating_sub(items.len()).saturating_add(1);
            let mut want = u64::try_from(room).unwrap_or(PART).min(PART);
            if query.predicate.is_some() || position.skip > 0 {
                want = want.max(LEAST);
            }
            let part = self
                .part(context, stage, query, pushed, &position, want)
                .await?;
            if let Some(count) = part.count
                && position.examined > count.saturating_mul(2).saturating_add(SPARE)
            {
                return Err(self.endless());
            }
            let gone = part.items.len().saturating_sub(part.start);
            empty = if gone == 0 { empty + 1 } else { 0 };
            if empty > MAX_EMPTY {
                return Err(self.endless());
            }
            let read = part.items.len();
            for item in part.items.into_iter().skip(part.start) {
                if examined >= page.max_examined.max(1) {
                    return Ok(Page {
                        items,
                        next: Some(position.cursor()),
                        count,
                    });
                }
                examined += 1;
                let results = stage.derive.results(&item);
                let last = results.len().saturating_sub(1);
                let first = usize::from(position.inner);
                for (at, resource) in results.into_iter().enumerate().skip(first) {
                    if !accepts(query, &resource) {
                        continue;
                    }
                    if position.skip > 0 {
                        position.skip -= 1;
                        continue;
                    }
                    if items.len() >= page.max_items {
                        let next = items.last().map(|item| item.cursor.clone());
                        let next = next.or_else(|| Some(position.cursor()));
                        return Ok(Page { items, next, count });
                    }
                    if at < last {
                        position.inner = u16::try_from(at + 1).unwrap_or(u16::MAX);
                        items.push(PageItem {
                            resource,
                            cursor: position.cursor(),
                        });
                    } else {
                        let mut behind = position.clone();
                        behind.pass(item.id());
                        items.push(PageItem {
                            resource,
                            cursor: behind.cursor(),
                        });
                    }
                }
                position.pass(item.id());
            }
            match part.then {
                Then::On if read > 0 => {}
                Then::At(next) => {
                    if position.part.as_ref() == Some(&next) {
                        return Err(self.endless());
                    }
                    position.part = Some(next);
                    position.ordinal = 0;
                    position.before.clear();
                }
                Then::On | Then::End => {
                    empty = 0;
                    position = Position {
                        stage: position.stage + 1,
                        skip: position.skip,
                        filtered: position.filtered,
                        ordered: position.ordered,
                        ..Position::default()
                    };
                }
            }
        }
        Ok(Page {
            items,
            next: None,
            count,
        })
    }

    fn endless(&self) -> CimError {
        self.wrong("its collection goes on without end")
    }

    /// Skips by ordinal what need not be looked at.
    fn jump(&self, query: &Query, stages: &[Stage], pushed: &Pushed, position: &mut Position) {
        let judged_there = query.predicate.is_none()
            || pushed.filter.as_ref().is_some_and(|filter| filter.is_whole)
                && self.can.filter.known() == Some(true);
        if position.skip > 0
            && judged_there
            && position.part.is_none()
            && position.inner == 0
            && let [
                Stage {
                    source: Source::Collection { .. },
                    derive: Derive::Itself,
                    ..
                },
            ] = stages
        {
            position.ordinal = position.ordinal.saturating_add(position.skip);
            position.skip = 0;
            position.before.clear();
        }
    }

    /// The items behind a position.
    async fn part(
        &self,
        context: &OperationContext,
        stage: &Stage,
        query: &Query,
        pushed: &Pushed,
        position: &Position,
        want: u64,
    ) -> Result<Part, CimError> {
        let (id, owner) = match &stage.source {
            Source::Fixed(items) => return Ok(whole(items.clone(), position)),
            Source::Parts(association) => {
                let items = self.parts(context, association).await?;
                let items = items
                    .into_iter()
                    .filter(|item| item.resource.instance.class().is_a(stage.class.name));
                return Ok(whole(items.collect(), position));
            }
            Source::Collection { id, .. } if id == ENTRY_POINT_ID => {
                let found = self.fetch(context, stage.class, id).await?;
                return Ok(whole(vec![Item::of(found, None)], position));
            }
            Source::Collection { id, owner } => (id, owner.as_deref()),
        };
        let site = self.site(context).await?;
        let target = site
            .target(position.part.as_deref().unwrap_or(id))
            .map_err(|_| {
                self.wrong("its collection goes on at another host, which is not followed")
            })?;
        if position.part.is_some() {
            let listing = self.list(context, stage.class, target).await?;
            let expected = usize::try_from(position.ordinal).unwrap_or(usize::MAX);
            let items = self.owned_items(listing.items, owner)?;
            let start = position
                .align(items.iter().map(Item::id), expected)
                .unwrap_or(expected)
                .min(items.len());
            return Ok(Part {
                items,
                start,
                count: listing.count,
                then: listing.next.map_or(Then::End, Then::At),
            });
        }
        let mut overlap = position.ordinal.min(REMEMBERED as u64);
        if position.before.is_empty() {
            overlap = 0;
        }
        loop {
            let first = position.ordinal - overlap + 1;
            let asked = overlap + want;
            let mut query_text = format!("$first={first}&$last={}", first + asked - 1);
            push_query(&mut query_text, stage, pushed, position);
            let listing = self
                .selected(context, stage, with_query(&target, &query_text), pushed)
                .await?;
            self.judge_filter(query, pushed, &listing);
            let part = self.place(listing, position, owner, overlap, asked, first)?;
            match part {
                Some(part) => return Ok(part),
                // Much was deleted before it: the neighbours are further in front.
                None if overlap < position.ordinal => {
                    overlap = position.ordinal.min(overlap.saturating_mul(16).max(256));
                }
                None => return Ok(whole(Vec::new(), position)),
            }
        }
    }

    /// A listing with only the attributes that the query looks at, where the cloud can do that.
    async fn selected(
        &self,
        context: &OperationContext,
        stage: &Stage,
        target: String,
        pushed: &Pushed,
    ) -> Result<Listing, CimError> {
        let can = &self.can.select_items;
        let Some(select) = pushed.select.as_ref().filter(|_| can.may_be_tried()) else {
            return self.list(context, stage.class, target).await;
        };
        let asked = with_query(&target, &format!("$select={select}"));
        match self.list(context, stage.class, asked).await {
            Ok(listing) if !listing.items.is_empty() || listing.count == Some(0) => Ok(listing),
            // It took the selection for one of the collection's own attributes, or there is nothing.
            Ok(_) => {
                let listing = self.list(context, stage.class, target).await?;
                if !listing.items.is_empty() {
                    can.learn(false);
                }
                Ok(listing)
            }
            Err(error) if is_refusal(&error) => {
                can.learn(false);
                self.list(context, stage.class, target).await
            }
            Err(error) => Err(error),
        }
    }

    /// Finds the position in what was listed; `None` if its neighbours are not there.
    fn place(
        &self,
        listing: Listing,
        position: &Position,
        owner: Option<&str>,
        overlap: u64,
        asked: u64,
        first: u64,
    ) -> Result<Option<Part>, CimError> {
        let Listing {
            items, count, next, ..
        } = listing;
        let items = self.owned_items(items, owner)?;
        let read = items.len() as u64;
        // More than was asked for, or than there can be from there on: it knows no ordinals.
        let ignored = read > asked
            || count.is_some_and(|count| first > 1 && read > 0 && first - 1 + read > count);
        let expected = if ignored { position.ordinal } else { overlap };
        let expected = usize::try_from(expected).unwrap_or(usize::MAX);
        let found = position.align(items.iter().map(Item::id), expected);
        let start = match found {
            Some(start) => start.min(items.len()),
            None if overlap < position.ordinal && !ignored => return Ok(None),
            None => expected.min(items.len()),
        };
        let then = match next {
            Some(next) if read < asked || ignored => Then::At(next),
            _ if ignored || read == 0 => Then::End,
            _ => match count {
                Some(count) if first - 1 + read >= count => Then::End,
                None if read < asked => Then::End,
                _ => Then::On,
            },
        };
        // A cloud that cuts its answers goes on by itself; by ordinals the rest would come again.
        Ok(Some(Part {
            items,
            start,
            count,
            then,
        }))
    }

    fn owned_items(
        &self,
        items: Vec<crate::cloud::Found>,
        owner: Option<&str>,
    ) -> Result<Vec<Item>, CimError> {
        items
            .into_iter()
            .map(|found| Ok(Item::of(self.owned(found, owner)?, owner)))
            .collect()
    }

    /// Learns that a cloud does not filter.
    fn judge_filter(&self, query: &Query, pushed: &Pushed, listing: &Listing) {
        let (Some(filter), Some(predicate)) = (&pushed.filter, &query.predicate) else {
            return;
        };
        if filter.is_whole
            && listing
                .items
                .iter()
                .any(|item| !predicate.matches(&item.resource.instance))
        {
            self.can.filter.learn(false);
        }
    }

    /// All items of a stage, up to the bound.
    pub(crate) async fn gather(
        &self,
        context: &OperationContext,
        stage: &Stage,
    ) -> Result<Vec<Item>, CimError> {
        let all = Query::all(stage.class);
        let mut items: Vec<Item> = Vec::new();
        let mut position = Position::default();
        let mut empty = 0;
        for _ in 0..MAX_PARTS {
            let pushed = Pushed::default();
            let part = self
                .part(context, stage, &all, &pushed, &position, PART)
                .await?;
            let read = part.items.len();
            empty = if read > part.start { 0 } else { empty + 1 };
            for item in part.items.into_iter().skip(part.start) {
                position.pass(item.id());
                items.push(item);
            }
            if items.len() > self.scan {
                return Err(self.too_many());
            }
            match part.then {
                Then::End => return Ok(items),
                Then::On if read == 0 => return Ok(items),
                Then::On if empty > MAX_EMPTY => return Err(self.endless()),
                Then::On => {}
                Then::At(next) => {
                    if position.part.as_ref() == Some(&next) || empty > MAX_EMPTY {
                        return Err(self.endless());
                    }
                    position.part = Some(next);
                    position.ordinal = 0;
                    position.before.clear();
                }
            }
        }
        Err(self.endless())
    }

    async fn count(
        &self,
        context: &OperationContext,
        query: &Query,
        stages: &[Stage],
        pushed: &Pushed,
    ) -> Result<u64, CimError> {
        let judged_there = query.predicate.is_none()
            || pushed.filter.as_ref().is_some_and(|filter| filter.is_whole)
                && self.can.filter.known() == Some(true);
        let mut total = 0;
        for stage in stages {
            // One result of each item, none of which is left out here.
            let counts_itself = judged_there
                && matches!(stage.derive, Derive::Itself)
                && matches!(stage.source, Source::Collection { .. });
            if counts_itself && query.accepts(stage.class) {
                let start = Position {
                    filtered: pushed.filter.is_some(),
                    ..Position::default()
                };
                let part = self.part(context, stage, query, pushed, &start, 1).await?;
                if let (Some(count), true) = (part.count, judged_still(self, query)) {
                    total += count;
                    continue;
                }
            }
            for item in Box::pin(self.gather(context, stage)).await? {
                let results = stage.derive.results(&item);
                total += results.iter().filter(|r| accepts(query, r)).count() as u64;
            }
        }
        Ok(total)
    }

    /// All results in an order that the cloud does not know.
    async fn sorted(
        &self,
        context: &OperationContext,
        query: &Query,
        stages: &[Stage],
        page: PageRequest<'_>,
        after: Option<Position>,
    ) -> Result<Page, CimError> {
        let mut all: Vec<Resource> = Vec::new();
        for stage in stages {
            for item in Box::pin(self.gather(context, stage)).await? {
                let results = stage.derive.results(&item);
                all.extend(results.into_iter().filter(|r| accepts(query, r)));
                if all.len() > self.scan {
                    return Err(self.too_many());
                }
            }
        }
        all.sort_by(|a, b| order(&query.order_by, a, b));
        let count = page.count.then_some(all.len() as u64);
        let mut position = after.unwrap_or_else(|| Position {
            stage: SORTED,
            ..Position::default()
        });
        let name = |resource: &Resource| resource.instance.path().to_string();
        let names: Vec<String> = all.iter().map(name).collect();
        let expected = usize::try_from(position.ordinal).unwrap_or(usize::MAX);
        let start = position
            .align(names.iter().map(String::as_str), expected)
            .unwrap_or(expected)
            .saturating_add(usize::try_from(page.skip).unwrap_or(usize::MAX));
        position.ordinal = start as u64;
        let mut items = Vec::new();
        let total = all.len();
        for (resource, name) in all.into_iter().zip(&names).skip(start).take(page.max_items) {
            position.pass(name);
            items.push(PageItem {
                resource,
                cursor: position.cursor(),
            });
        }
        let more = start.saturating_add(items.len()) < total;
        let next = items
            .last()
            .filter(|_| more)
            .map(|item| item.cursor.clone());
        Ok(Page { items, next, count })
    }
}

/// Whether it is still believed that the cloud filters.
fn judged_still(cloud: &Cloud, query: &Query) -> bool {
    query.predicate.is_none() || cloud.can.filter.may_be_tried()
}

fn push_query(text: &mut String, stage: &Stage, pushed: &Pushed, position: &Position) {
    let filter = match &pushed.filter {
        Some(filter) if position.filtered => Some(filter.text.as_str()),
        _ => stage.hint.as_deref(),
    };
    if let Some(filter) = filter {
        text.push_str("&$filter=");
        text.push_str(&cimi_rest::client::encode(filter));
    }
    if let Some(order) = &pushed.order
        && position.ordered
    {
        text.push_str("&$orderby=");
        text.push_str(&order.join(","));
    }
}

/// Whether a resource is a result.
fn accepts(query: &Query, resource: &Resource) -> bool {
    query.accepts(resource.instance.class())
        && query
            .predicate
            .as_ref()
            .is_none_or(|predicate| predicate.matches(&resource.instance))
}

/// Whether a cloud has refused what it was asked, which says that it has no such parameter.
fn is_refusal(error: &CimError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::InvalidParameter
            | ErrorKind::NotSupported
            | ErrorKind::BackEnd
            | ErrorKind::Failed
            | ErrorKind::WrongState
    )
}

/// All items of a stage that is known as a whole.
fn whole(items: Vec<Item>, position: &Position) -> Part {
    let expected = usize::try_from(position.ordinal).unwrap_or(usize::MAX);
    let start = position
        .align(items.iter().map(Item::id), expected)
        .unwrap_or(expected)
        .min(items.len());
    Part {
        start,
        count: Some(items.len() as u64),
        items,
        then: Then::End,
    }
}

fn order(by: &[OrderBy], a: &Resource, b: &Resource) -> Ordering {
    by.iter()
        .map(|by| {
            let value =
                |resource: &Resource| -> Value { resource.instance.value(&by.property).clone() };
            let order = sort_order(&value(a), &value(b));
            if by.descending {
                order.reverse()
            } else {
                order
            }
        })
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}
