//! GET of a collection: filter, order, part and page.

use bytes::Bytes;
use cim_core::Instance;
use cim_query::{Association, Predicate, Query, Source, parse_filter};
use cimi_rest::{
    AFTER, ClassModel, CollectionModel, CollectionView, Expanded, Expansion, ItemAttributes,
    ResourceView, RestError, Selection, Target, selections,
};
use http::{Response, header};
use provider::{Cursor, PageRequest};

use super::exchange::{Exchange, Failure};
use super::pieces;
use super::read::{expand, inline};

/// Instances examined by one call of the provider; the walk goes on until the page is full or the
/// deadline of the request ends it.
pub(super) const MAX_EXAMINED: usize = 10_000;

/// A collection of a request.
pub(super) struct Of<'a> {
    pub(super) collection: &'a CollectionModel,
    /// Whose it is; `None` for the entry point's.
    pub(super) owner: Option<(&'a ClassModel, &'a str)>,
    /// Its path below the base URI.
    pub(super) id: &'a str,
}

/// The items of one answer.
struct Found {
    items: Vec<Instance>,
    count: u64,
    next: Option<Cursor>,
}

/// The position that a `Link: rel="next"` leads to.
struct Position {
    cursor: Cursor,
    /// How many items lie before it.
    ordinal: u64,
}

/// What a request asks of a collection.
pub(super) struct Asked {
    pub(super) query: Query,
    /// Where it begins, if it follows a link of an answer.
    pub(super) after: Option<Cursor>,
    /// Results to skip from there.
    pub(super) skip: u64,
    /// How many results lie before the first that is wanted.
    before: u64,
    /// Items of the answer at most.
    pub(super) limit: usize,
    /// The wanted members of the collection itself.
    pub(super) own: Selection,
    /// The wanted attributes of the items; `None` if they are not shown at all.
    pub(super) items: Option<Selection>,
}

impl Asked {
    pub(super) fn read(x: &Exchange<'_>, of: &Of<'_>) -> Result<Self, Failure> {
        let class = x.model().class(of.collection.item);
        let parameters = &x.parameters;
        let query = query(x, of, class)?;
        let start = match &parameters.after {
            Some(token) => Some(open(x, of, token)?),
            None => None,
        };
        // Positions are 1-based and inclusive; what lies outside is no error (DSP0263 4.1.6.2).
        let before = match &start {
            Some(position) => position.ordinal,
            None => parameters.first.unwrap_or(1).saturating_sub(1),
        };
        let wanted = parameters
            .last
            .map_or(u64::MAX, |last| last.saturating_sub(before));
        let most = x.settings().page_items;
        let (own, items) = selections(of.collection, class, &parameters.select);
        Ok(Self {
            query,
            skip: if start.is_some() { 0 } else { before },
            after: start.map(|position| position.cursor),
            before,
            limit: usize::try_from(wanted).map_or(most, |wanted| wanted.min(most)),
            own,
            items,
        })
    }

    /// The link to what comes behind `shown` items, the last of which ends at `cursor`.
    pub(super) fn link(
        &self,
        x: &Exchange<'_>,
        of: &Of<'_>,
        cursor: Cursor,
        shown: usize,
    ) -> Option<String> {
        let ordinal = self.before.saturating_add(shown as u64);
        let last = x.parameters.last;
        if shown == 0 || last.is_some_and(|last| last <= ordinal) {
            return None;
        }
        let uri = next(x, of, &Position { cursor, ordinal });
        Some(format!("<{uri}>; rel=\"next\""))
    }
}

/// GET or HEAD of a collection.
pub(super) async fn read(x: &Exchange<'_>, of: &Of<'_>) -> Result<Response<Bytes>, Failure> {
    let asked = Asked::read(x, of)?;
    let page = PageRequest {
        after: asked.after.as_ref(),
        skip: asked.skip,
        max_items: asked.limit,
        max_examined: usize::MAX,
        count: true,
    };
    match x.provider().survey(&x.context, &asked.query, page).await? {
        Some(survey) => pieces::answer(x, of, &asked, survey).await,
        None => at_once(x, of, &asked).await,
    }
}

/// The answer of a provider that knows what it has only when it has read it: it is read before it is written.
async fn at_once(x: &Exchange<'_>, of: &Of<'_>, asked: &Asked) -> Result<Response<Bytes>, Failure> {
    let Asked { query, limit, .. } = asked;
    let found = walk(x, query, asked.after.as_ref(), asked.skip, *limit).await?;
    let mut budget = x.settings().expansions;
    let expanded = expanded(x, asked, &found.items, &mut budget).await;
    let views = views(asked, &found.items, &expanded);
    let mut response = x.collection(&view(x, of, asked, found.count, &views));
    if let Some(cursor) = found.next
        && found.items.len() == *limit
        && let Some(link) = asked.link(x, of, cursor, *limit)
    {
        x.set(&mut response, header::LINK.as_str(), &link);
    }
    x.set_content_tag(&mut response);
    x.unless_known(response)
}

/// The collection with some of its items.
pub(super) fn view<'v>(
    x: &Exchange<'_>,
    of: &'v Of<'_>,
    asked: &'v Asked,
    count: u64,
    items: &'v [ResourceView<'v>],
) -> CollectionView<'v> {
    CollectionView {
        collection: of.collection,
        id: of.id,
        count,
        items,
        select: &asked.own,
        add: may_add(x, x.model().class(of.collection.item)),
    }
}

/// What is expanded in each of the items; empty if nothing is.
pub(super) async fn expanded(
    x: &Exchange<'_>,
    asked: &Asked,
    items: &[Instance],
    budget: &mut usize,
) -> Vec<Vec<Expanded>> {
    let wanted = &x.parameters.expand;
    let mut expanded = Vec::new();
    if let (false, Some(select)) = (wanted.is_empty(), &asked.items) {
        for item in items {
            expanded.push(expand(x, item, wanted, select, budget).await);
        }
    }
    expanded
}

/// The items as they are shown.
pub(super) fn views<'v>(
    asked: &'v Asked,
    items: &'v [Instance],
    expanded: &'v [Vec<Expanded>],
) -> Vec<ResourceView<'v>> {
    let Some(select) = &asked.items else {
        return Vec::new();
    };
    let items = items.iter().enumerate();
    items
        .map(|(at, instance)| ResourceView {
            instance,
            select,
            expanded: expanded.get(at).map_or(&[], Vec::as_slice),
        })
        .collect()
}

/// A collection in the place of a link to it; `None` if it cannot be read. Items count against the
/// budget.
pub(super) async fn target(
    x: &Exchange<'_>,
    of: &Of<'_>,
    wanted: &Expansion,
    budget: &mut usize,
) -> Option<Target> {
    let class = x.model().class(of.collection.item);
    let query = Query {
        source: source(of),
        ..Query::all(of.collection.item)
    };
    let found = walk(x, &query, None, 0, *budget).await.ok()?;
    *budget -= found.items.len().min(*budget);
    let mut items = Vec::with_capacity(found.items.len());
    for item in found.items {
        items.push(inline(x, item, wanted, budget).await);
    }
    Some(Target::Collection {
        count: found.count,
        items,
        add: may_add(x, class),
    })
}

fn may_add(x: &Exchange<'_>, item: &ClassModel) -> bool {
    item.crud.create && x.may_write()
}

fn source(of: &Of<'_>) -> Source {
    let Some((class, id)) = of.owner else {
        return Source::Extent;
    };
    let association = Association {
        object: class.path(id),
        association_class: None,
        role: Some(of.collection.owner_role.name.to_owned()),
        result_role: None,
    };
    if of.collection.is_membership {
        Source::References(association)
    } else {
        Source::Associators(Association {
            association_class: Some(of.collection.association.name.to_owned()),
            result_role: Some(of.collection.item_role.name.to_owned()),
            ..association
        })
    }
}

fn query(x: &Exchange<'_>, of: &Of<'_>, class: &ClassModel) -> Result<Query, Failure> {
    let attributes = ItemAttributes {
        class,
        links: &x.links,
    };
    let filters = x
        .parameters
        .filters
        .iter()
        .map(|text| parse_filter(text, &attributes))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| RestError::bad_request(format!("$filter: {error}")))?;
    let order_by = attributes
        .order_by(&x.parameters.order_by)
        .map_err(RestError::bad_request)?;
    Ok(Query {
        source: source(of),
        predicate: (!filters.is_empty()).then_some(Predicate::And(filters)),
        order_by,
        projection: projection(x, of, class),
        ..Query::all(of.collection.item)
    })
}

/// The properties that `$select` leaves of the items, where these are all that is looked at.
fn projection(x: &Exchange<'_>, of: &Of<'_>, class: &ClassModel) -> Option<Vec<String>> {
    let parameters = &x.parameters;
    let (_, items) = selections(of.collection, class, &parameters.select);
    let Some(Selection::Only(names)) = items.filter(|_| parameters.expand.is_empty()) else {
        return None;
    };
    names
        .iter()
        .map(|name| {
            let name = name.split('/').next().unwrap_or(name);
            let mut members = class.shape.members.iter();
            let property = members.find(|member| member.name == name)?.property?;
            Some(property.name.to_owned())
        })
        .collect()
}

/// Walks until there are enough items. `skip` counts results.
async fn walk(
    x: &Exchange<'_>,
    query: &Query,
    after: Option<&Cursor>,
    skip: u64,
    limit: usize,
) -> Result<Found, Failure> {
    let mut found = Found {
        items: Vec::new(),
        count: 0,
        next: after.cloned(),
    };
    let mut first = true;
    loop {
        let request = PageRequest {
            after: found.next.as_ref(),
            skip: if first { skip } else { 0 },
            // The count alone may be wanted.
            max_items: limit.saturating_sub(found.items.len()).max(1),
            max_examined: MAX_EXAMINED,
            count: first,
        };
        let page = x.provider().query(&x.context, query, request).await?;
        if first {
            found.count = page.count.unwrap_or(page.items.len() as u64);
            first = false;
        }
        let room = limit.saturating_sub(found.items.len());
        found.items.extend(
            page.items
                .into_iter()
                .take(room)
                .map(|i| i.resource.instance),
        );
        found.next = page.next;
        if found.next.is_none() || found.items.len() >= limit {
            return Ok(found);
        }
    }
}

/// What a position belongs to: the same caller, collection and query.
fn scope(x: &Exchange<'_>, of: &Of<'_>) -> String {
    let p = &x.parameters;
    format!(
        "{}\n{}\n{:?}\n{:?}",
        x.context.principal.name, of.id, p.filters, p.order_by
    )
}

const NUMBER: usize = size_of::<u64>();

/// Ordinal, length of the scope, scope, cursor.
fn next(x: &Exchange<'_>, of: &Of<'_>, position: &Position) -> String {
    let scope = scope(x, of);
    let mut state = Vec::with_capacity(2 * NUMBER + scope.len() + position.cursor.0.len());
    state.extend_from_slice(&position.ordinal.to_be_bytes());
    state.extend_from_slice(&(scope.len() as u64).to_be_bytes());
    state.extend_from_slice(scope.as_bytes());
    state.extend_from_slice(&position.cursor.0);
    let token = x.binding.seal.seal(&state);
    let mut uri = format!("{}?", x.links.uri(of.id));
    let query = x.request.uri.query().unwrap_or_default();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let name = pair.split('=').next().unwrap_or_default();
        if !matches!(name, AFTER | "$first" | "%24first") {
            uri.push_str(pair);
            uri.push('&');
        }
    }
    uri.push_str(AFTER);
    uri.push('=');
    uri.push_str(&token);
    uri
}

fn open(x: &Exchange<'_>, of: &Of<'_>, token: &str) -> Result<Position, Failure> {
    let read = || -> Option<Position> {
        let state = x.binding.seal.open(token)?;
        let (ordinal, rest) = state.split_first_chunk::<NUMBER>()?;
        let (length, rest) = rest.split_first_chunk::<NUMBER>()?;
        let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
        let (found, cursor) = rest.split_at_checked(length)?;
        (found == scope(x, of).as_bytes()).then(|| Position {
            cursor: Cursor(cursor.to_vec()),
            ordinal: u64::from_be_bytes(*ordinal),
        })
    };
    read().ok_or_else(|| {
        Failure::new(
            400,
            format!(
                "`{AFTER}` is not a position in this collection; follow the links of its answers."
            ),
        )
    })
}
