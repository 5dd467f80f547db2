//! Durable rows of bytes, with versions, counters and an outbox of events: [`Store`] and redb behind
//! it.
//!
//! The store knows nothing of CIM. What a key and a value mean is the embedded provider's business;
//! here they are bytes in byte order. The trait is small so that a second back end is little work,
//! and the conformance suite (feature `conformance`) says when that work is done.

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod contract;
mod redb_store;
mod writer;

pub use contract::{
    Batch, Committed, Count, EventVisitor, EventWindow, Expect, Expected, ReadVisitor, Scan,
    ScanVisitor, Store, StoreError, Write,
};
pub use redb_store::{RedbOptions, RedbStore};
