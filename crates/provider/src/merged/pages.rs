//! Results of several clouds as one list: one cloud after the other, or merged in an order. A position says how far
//! each of them was told.

use std::cmp::Ordering;

use cim_core::{CimError, Instance, Value};
use cim_query::{Query, Source, sort_order};

use super::MergedProvider;
use super::cloud::Cloud;
use crate::{Cursor, OperationContext, Page, PageItem, PageRequest};

/// How far the results of a cloud were told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    Nothing,
    UpTo(Cursor),
    All,
}

/// A position: how far each cloud was told.
fn cursor(told: &[Told]) -> Cursor {
    let mut bytes = Vec::new();
    for one in told {
        match one {
            Told::Nothing => bytes.push(0),
            Told::All => bytes.push(1),
            Told::UpTo(Cursor(inner)) => {
                bytes.push(2);
                bytes.extend_from_slice(&u32::try_from(inner.len()).unwrap_or(0).to_be_bytes());
                bytes.extend_from_slice(inner);
            }
        }
    }
    Cursor(bytes)
}

pub(super) fn told(cursor: &Cursor, clouds: usize) -> Option<Vec<Told>> {
    let mut rest = cursor.0.as_slice();
    let mut told = Vec::with_capacity(clouds);
    for _ in 0..clouds {
        let (kind, behind) = rest.split_first()?;
        rest = behind;
        told.push(match kind {
            0 => Told::Nothing,
            1 => Told::All,
            2 => {
                let (length, behind) = rest.split_first_chunk()?;
                let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
                let (inner, behind) = behind.split_at_checked(length)?;
                rest = behind;
                Told::UpTo(Cursor(inner.to_vec()))
            }
            _ => return None,
        });
    }
    rest.is_empty().then_some(told)
}

impl MergedProvider {
    /// The clouds that a query is about.
    pub(super) fn asked(&self, query: &Query) -> Result<Vec<&Cloud>, CimError> {
        match &query.source {
            Source::Extent => Ok(self.clouds.iter().map(|cloud| &**cloud).collect()),
            Source::Associators(walk) | Source::References(walk) => {
                if Self::is_entry_point(&walk.object) {
                    return Ok(self.clouds.iter().map(|cloud| &**cloud).collect());
                }
                Ok(vec![self.route(&walk.object)?.0])
            }
        }
    }

    /// Results of one cloud after the other.
    pub(super) async fn in_turn(
        &self,
        context: &OperationContext,
        query: &Query,
        clouds: &[&Cloud],
        page: PageRequest<'_>,
        mut told: Vec<Told>,
    ) -> Result<Page, CimError> {
        let mut items = Vec::new();
        let mut skip = page.skip;
        let mut count = page.count.then_some(0);
        if let Some(total) = &mut count {
            for cloud in clouds {
                let request = PageRequest {
                    after: None,
                    skip: 0,
                    max_items: 1,
                    max_examined: 1,
                    count: true,
                };
                *total += cloud
                    .page(context, query, request)
                    .await?
                    .count
                    .unwrap_or(0);
            }
        }
        for (at, cloud) in clouds.iter().enumerate() {
            loop {
                let after = match told.get(at) {
                    None | Some(Told::All) => break,
                    Some(Told::Nothing) => None,
                    Some(Told::UpTo(cursor)) => Some(cursor.clone()),
                };
                let room = page.max_items.saturating_sub(items.len());
                let request = PageRequest {
                    after: after.as_ref(),
                    skip,
                    max_items: room.max(1),
                    max_examined: page.max_examined,
                    // Only who knows how many there are knows how much of a skip is left.
                    count: skip > 0,
                };
                let found = cloud.page(context, query, request).await?;
                if room == 0 && !found.items.is_empty() {
                    return Ok(Page {
                        items,
                        next: Some(cursor(&told)),
                        count,
                    });
                }
                if found.items.is_empty() && found.next.is_none() {
                    skip = skip.saturating_sub(found.count.unwrap_or(0));
                } else if !found.items.is_empty() {
                    skip = 0;
                }
                for item in found.items {
                    if let Some(slot) = told.get_mut(at) {
                        *slot = Told::UpTo(item.cursor);
                    }
                    items.push(PageItem {
                        resource: item.resource,
                        cursor: cursor(&told),
                    });
                }
                let ended = found.next.is_none();
                if let Some(slot) = told.get_mut(at) {
                    *slot = found.next.map_or(Told::All, Told::UpTo);
                }
                if ended {
                    break;
                }
                if items.len() >= page.max_items || page.max_examined != usize::MAX {
                    return Ok(Page {
                        items,
                        next: Some(cursor(&told)),
                        count,
                    });
                }
            }
        }
        Ok(Page {
            items,
            next: None,
            count,
        })
    }

    /// Results of all clouds in the order that the query asks for.
    pub(super) async fn in_order(
        &self,
        context: &OperationContext,
        query: &Query,
        clouds: &[&Cloud],
        page: PageRequest<'_>,
        mut told: Vec<Told>,
    ) -> Result<Page, CimError> {
        let skip = usize::try_from(page.skip).unwrap_or(usize::MAX);
        let wanted = page.max_items.saturating_add(skip);
        let mut lists = Vec::with_capacity(clouds.len());
        let mut more = false;
        let mut count = page.count.then_some(0);
        for (at, cloud) in clouds.iter().enumerate() {
            let after = match told.get(at) {
                None | Some(Told::All) => {
                    lists.push(Vec::new().into_iter().peekable());
                    continue;
                }
                Some(Told::Nothing) => None,
                Some(Told::UpTo(cursor)) => Some(cursor.clone()),
            };
            let request = PageRequest {
                after: after.as_ref(),
                skip: 0,
                max_items: wanted,
                max_examined: usize::MAX,
                count: page.count,
            };
            let found = cloud.page(context, query, request).await?;
            more |= found.next.is_some();
            if let (Some(total), Some(part)) = (&mut count, found.count) {
                *total += part;
            }
            lists.push(found.items.into_iter().peekable());
        }
        let mut items = Vec::new();
        let mut taken = 0;
        while taken < wanted {
            let best = (0..lists.len())
                .filter_map(|at| {
                    let item = lists.get_mut(at)?.peek()?;
                    Some((at, sort_key(query, &item.resource.instance)))
                })
                .min_by(|(_, a), (_, b)| compare(query, a, b))
                .map(|(at, _)| at);
            let Some(at) = best else { break };
            let Some(item) = lists.get_mut(at).and_then(Iterator::next) else {
                break;
            };
            if let Some(slot) = told.get_mut(at) {
                *slot = Told::UpTo(item.cursor);
            }
            taken += 1;
            if taken > skip {
                items.push(PageItem {
                    resource: item.resource,
                    cursor: cursor(&told),
                });
            }
        }
        more |= lists.iter_mut().any(|list| list.peek().is_some());
        let next = more.then(|| cursor(&told));
        Ok(Page { items, next, count })
    }
}

fn sort_key(query: &Query, instance: &Instance) -> Vec<Value> {
    let by = query.order_by.iter();
    by.map(|by| instance.value(&by.property).clone()).collect()
}

fn compare(query: &Query, a: &[Value], b: &[Value]) -> Ordering {
    let values = a.iter().zip(b);
    query
        .order_by
        .iter()
        .zip(values)
        .map(|(by, (a, b))| {
            let order = sort_order(a, b);
            if by.descending {
                order.reverse()
            } else {
                order
            }
        })
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_come_back() {
        let all = [
            Told::Nothing,
            Told::All,
            Told::UpTo(Cursor(b"abc".to_vec())),
            Told::UpTo(Cursor(Vec::new())),
        ];
        assert_eq!(told(&cursor(&all), 4).unwrap(), all);
        assert_eq!(told(&cursor(&all), 3), None);
        for wrong in [&b""[..], b"\x02", b"\x02\xff\xff\xff\xff", b"\x07"] {
            assert_eq!(told(&Cursor(wrong.to_vec()), 1), None);
        }
    }
}
