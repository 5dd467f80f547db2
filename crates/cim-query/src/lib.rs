//! One query model for all bindings.
//!
//! Every query language that a client may speak (WQL, CQL, XPath, selector filters, CIMI `$filter`) is
//! parsed into the same [`Query`] and [`Predicate`]; providers evaluate it near the data or push it
//! down to a back end. No I/O here.

mod filter;
mod like;
mod predicate;
mod query;
mod seal;
mod selector;
mod sql;
pub mod xpath;

pub use filter::{FilterAttributes, FilterError, parse_filter};
pub use predicate::{CompareOp, Comparison, Literal, Predicate, comparable, sort_order};
pub use query::{ANY_CLASS, Association, OrderBy, Query, Source};
pub use seal::Seal;
pub use selector::parse_selector_filter;
pub use sql::{parse_cql, parse_wql, write_wql};
