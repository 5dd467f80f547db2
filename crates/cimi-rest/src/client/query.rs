//! The query parameters of a request (DSP0263 4.1.6).

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What may not stand in the value of a parameter as it is. A plus sign would be taken for a blank.
const VALUE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The value of a query parameter, as it may stand in a URI.
pub fn encode(value: &str) -> String {
    utf8_percent_encode(value, VALUE).to_string()
}

/// Query parameters. A service ignores those that it does not know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    filters: Vec<String>,
    order_by: Vec<String>,
    select: Vec<String>,
    expand: Vec<String>,
    pub(super) first: Option<u64>,
    pub(super) last: Option<u64>,
}

impl Query {
    /// No parameters: everything, as the service orders it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only items for which this holds, as `state='STARTED' and cpu>2`; several filters must all hold.
    #[must_use]
    pub fn filter(mut self, filter: impl Into<String>) -> Self {
        self.filters.push(filter.into());
        self
    }

    /// Sorted by this attribute, the smallest first; among equals by those that are named later.
    #[must_use]
    pub fn order_by(mut self, attribute: impl Into<String>) -> Self {
        self.order_by.push(attribute.into());
        self
    }

    /// Sorted by this attribute, the largest first.
    #[must_use]
    pub fn order_by_descending(mut self, attribute: &str) -> Self {
        self.order_by.push(format!("{attribute}:desc"));
        self
    }

    /// Only these attributes.
    #[must_use]
    pub fn select<S: Into<String>>(mut self, attributes: impl IntoIterator<Item = S>) -> Self {
        self.select.extend(attributes.into_iter().map(Into::into));
        self
    }

    /// The targets of these links in their place; `*` for all links.
    #[must_use]
    pub fn expand<S: Into<String>>(mut self, attributes: impl IntoIterator<Item = S>) -> Self {
        self.expand.extend(attributes.into_iter().map(Into::into));
        self
    }

    /// From this item on; the first one is 1.
    #[must_use]
    pub fn first(mut self, position: u64) -> Self {
        self.first = Some(position);
        self
    }

    /// Up to this item.
    #[must_use]
    pub fn last(mut self, position: u64) -> Self {
        self.last = Some(position);
        self
    }

    /// Appends the parameters to a URI, which may have a query already.
    pub(super) fn append(&self, uri: &mut String) {
        let mut separator = if uri.contains('?') { '&' } else { '?' };
        let mut add = |name: &str, value: &str| {
            uri.push(separator);
            let _ = write!(uri, "${name}={}", utf8_percent_encode(value, VALUE));
            separator = '&';
        };
        for filter in &self.filters {
            add("filter", filter);
        }
        for (name, list) in [
            ("orderby", &self.order_by),
            ("select", &self.select),
            ("expand", &self.expand),
        ] {
            if !list.is_empty() {
                add(name, &list.join(","));
            }
        }
        for (name, position) in [("first", self.first), ("last", self.last)] {
            if let Some(position) = position {
                add(name, &position.to_string());
            }
        }
    }
}
