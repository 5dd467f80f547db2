//! The one trait between every binding and every back end (ARCHITECTURE.md, "The one idea"), its
//! conformance suite, and the embedded provider that answers it from a store.

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod copies;
pub mod embedded;
mod fingerprint;
mod merged;
mod operations;
pub mod plain;
/// How the associations of the model come about, read from the class descriptors.
pub mod associations {
    pub use crate::embedded::model::{
        Access, AssociationClass, Creates, End, Kind, Model, Source, access, action_uri,
        from_states, possible_operations, referred,
    };
}
mod principal;
mod seen;
pub mod shadow;
pub mod trace;

pub use copies::Copies;
pub use fingerprint::fingerprint;
pub use merged::MergedProvider;
pub use operations::{
    Bookmark, Change, Container, Created, Cursor, Event, EventKind, EventPage, IfMatch, Invoked,
    OperationContext, Outcome, Page, PageItem, PageRequest, Parameters, Provider, Resource, Survey,
    Wanted,
};
pub use principal::{Password, Principal, Role};
pub use seen::Seen;
