//! The one trait between every binding and every back end (ARCHITECTURE.md, "The one idea"), its
//! conformance suite, and the embedded provider that answers it from a store.

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
pub mod embedded;
mod operations;
mod principal;

pub use operations::{
    Bookmark, Change, Container, Created, Cursor, Event, EventKind, EventPage, IfMatch, Invoked,
    OperationContext, Outcome, Page, PageItem, PageRequest, Parameters, Provider, Resource,
};
pub use principal::{Password, Principal, Role};
