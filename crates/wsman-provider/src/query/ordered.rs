//! Ordered results: all of them are gathered here, within a bound, because WQL cannot order.

use std::cmp::Ordering;

use cim_core::{DateTime, Value};
use cim_query::{Query, sort_order};
use provider::{Cursor, OperationContext, Page, PageItem, PageRequest, Resource};

use super::plan::Plan;
use super::position::{self, Position, number, read_number, take};
use super::walk::{Stop, Walk};
use crate::provider_impl::WsmanProvider;

/// The form of these cursors.
const FORM: u8 = 8;

/// The place of a result in the order.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    values: Vec<Value>,
    path: String,
}

impl WsmanProvider {
    pub(super) async fn ordered_page(
        &self,
        context: &OperationContext,
        query: &Query,
        request: PageRequest<'_>,
    ) -> Result<Page, Stop> {
        let plan = self.plan(context, query).await?;
        let after = request
            .after
            .map(|cursor| Place::decode(cursor, &plan).ok_or_else(position::invalid))
            .transpose()?;
        let mut all: Vec<(Place, Resource)> = Vec::new();
        let mut walk = Walk::new(self, context, &plan, Position::default(), false);
        let mut empty = 0;
        while let Some(found) = walk.next(usize::MAX).await? {
            empty = if walk.gave_up_looking() { empty + 1 } else { 0 };
            if walk.examined() > self.scan || empty > super::MAX_BEGINNINGS {
                return Err(self.too_many().into());
            }
            all.extend(
                found
                    .into_iter()
                    .map(|resource| (Place::of(query, &resource), resource)),
            );
        }
        all.sort_by(|(a, _), (b, _)| a.compare(b, query));
        let count = all.len() as u64;
        let skip = usize::try_from(request.skip).unwrap_or(usize::MAX);
        let mut rest = all
            .into_iter()
            .skip_while(|(place, _)| {
                after
                    .as_ref()
                    .is_some_and(|after| place.compare(after, query).is_le())
            })
            .skip(skip);
        let items: Vec<PageItem> = rest
            .by_ref()
            .take(request.max_items)
            .map(|(place, resource)| PageItem {
                resource,
                cursor: place.encode(&plan),
            })
            .collect();
        let more = rest.next().is_some();
        Ok(Page {
            next: items
                .last()
                .filter(|_| more)
                .map(|item| item.cursor.clone()),
            items,
            count: request.count.then_some(count),
        })
    }
}

impl Place {
    fn of(query: &Query, resource: &Resource) -> Self {
        let value = |name: &str| resource.instance.value(name).clone();
        Self {
            values: query
                .order_by
                .iter()
                .map(|by| plain(value(&by.property)))
                .collect(),
            path: resource.instance.path().to_string(),
        }
    }

    fn compare(&self, other: &Self, query: &Query) -> Ordering {
        let values = self.values.iter().zip(&other.values);
        for ((a, b), by) in values.zip(&query.order_by) {
            let order = sort_order(a, b);
            let order = if by.descending {
                order.reverse()
            } else {
                order
            };
            if order.is_ne() {
                return order;
            }
        }
        self.path.cmp(&other.path)
    }

    fn encode(&self, plan: &Plan<'_>) -> Cursor {
        let mut out = vec![FORM];
        out.extend_from_slice(&plan.mark.to_le_bytes());
        let mut text = |kind: u8, text: &str| {
            out.push(kind);
            number(&mut out, text.len() as u64);
            out.extend_from_slice(text.as_bytes());
        };
        for value in &self.values {
            match value {
                Value::Boolean(b) => text(1, &b.to_string()),
                Value::Unsigned(n) => text(2, &n.to_string()),
                Value::Signed(n) => text(3, &n.to_string()),
                Value::Real(n) => text(4, &n.to_bits().to_string()),
                Value::String(s) => text(5, s),
                Value::DateTime(time) => text(6, &time.to_string()),
                _ => text(0, ""),
            }
        }
        text(7, &self.path);
        Cursor(out)
    }

    fn decode(cursor: &Cursor, plan: &Plan<'_>) -> Option<Self> {
        let mut rest = cursor.0.as_slice();
        if take(&mut rest, 1)? != [FORM] || take(&mut rest, 8)? != plan.mark.to_le_bytes() {
            return None;
        }
        let mut values = Vec::new();
        loop {
            let [kind] = take(&mut rest, 1)? else {
                return None;
            };
            let length = usize::try_from(read_number(&mut rest)?).ok()?;
            let text = std::str::from_utf8(take(&mut rest, length)?).ok()?;
            values.push(match kind {
                0 => Value::Null,
                1 => Value::Boolean(text == "true"),
                2 => Value::Unsigned(text.parse().ok()?),
                3 => Value::Signed(text.parse().ok()?),
                4 => Value::Real(f64::from_bits(text.parse().ok()?)),
                5 => Value::from(text),
                6 => Value::DateTime(DateTime::parse_cim(text).ok()?),
                7 if values.len() == plan.query.order_by.len() && rest.is_empty() => {
                    return Some(Self {
                        values,
                        path: text.to_owned(),
                    });
                }
                _ => return None,
            });
            if values.len() > plan.query.order_by.len() {
                return None;
            }
        }
    }
}

/// What has an order; everything else is alike.
fn plain(value: Value) -> Value {
    match value {
        Value::Array(_) | Value::Instance(_) | Value::Reference(_) | Value::Char16(_) => {
            Value::Null
        }
        value => value,
    }
}
