//! The generic operations of CIM (DSP0223), as every binding calls them and every back end answers.
//!
//! Paths carry no namespace: a provider *is* one namespace, and whoever routes between several has
//! removed it. A path may name any superclass of the instance; the answer has the real class.
//! Dropping a future cancels the operation, but a write that was handed to the store still happens.

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use cim_core::{
    CimError, ClassDescriptor, DateTime, Etag, Instance, MethodDescriptor, ObjectPath,
    PropertyDescriptor, Schema, Value,
};
use cim_query::Query;

use crate::Principal;

/// On whose behalf, and until when, an operation runs.
#[derive(Debug, Clone)]
pub struct OperationContext {
    /// The caller.
    pub principal: Arc<Principal>,
    /// When the caller stops waiting; a provider may give up with `TimedOut` at that time.
    pub deadline: Option<Instant>,
}

/// An instance with its version.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// The representation. Write-only properties are absent; `AvailableOperations` says what this
    /// caller may do in this state.
    pub instance: Instance,
    /// The version of the stored state.
    pub etag: Etag,
}

/// A position in the results of a query: opaque to everyone but the provider that made it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cursor(pub Vec<u8>);

/// How much of a result is wanted.
#[derive(Debug, Clone, Copy)]
pub struct PageRequest<'a> {
    /// Only what comes after this position.
    pub after: Option<&'a Cursor>,
    /// Results to skip after that position (ordinals of `$first`), in addition.
    pub skip: u64,
    /// At most this many results.
    pub max_items: usize,
    /// At most this many instances examined, wanted ones or not; then a page may be short or empty
    /// and still have a `next`.
    pub max_examined: usize,
    /// Whether the total number of results is wanted; costs a walk over all of them.
    pub count: bool,
}

/// A page of results.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The results.
    pub items: Vec<PageItem>,
    /// Where to go on; `None` at the end.
    pub next: Option<Cursor>,
    /// The number of all results, if it was asked for.
    pub count: Option<u64>,
}

/// A result, and the position just behind it: whoever cannot send the whole page goes on from there.
#[derive(Debug, Clone)]
pub struct PageItem {
    /// The result.
    pub resource: Resource,
    /// The position behind it.
    pub cursor: Cursor,
}

/// What a query finds, before any of it is read: a binding can begin an answer with it, and write the results as they
/// are read.
pub struct Survey {
    /// The number of all results.
    pub count: u64,
    /// Changes when any of the results does, or their number. Says nothing of how they are represented.
    pub version: Etag,
    /// Where a page of the size that was asked for ends; `None` if nothing comes behind it.
    pub end: Option<Cursor>,
    /// The provider as it was at that moment, for reading. It must be given up soon: it keeps what is
    /// overwritten meanwhile.
    pub snapshot: Arc<dyn Provider>,
}

impl std::fmt::Debug for Survey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Survey")
            .field("count", &self.count)
            .field("version", &self.version)
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}

/// The resource that a new one becomes part of (a machine for its disk).
#[derive(Debug, Clone)]
pub struct Container {
    /// The owner.
    pub owner: ObjectPath,
    /// The containment association, such as `CIMI_MachineDisk`.
    pub association: &'static ClassDescriptor,
}

/// A precondition on the version of the resource; `None` for none.
pub type IfMatch<'a> = Option<&'a Etag>;

/// How a write ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The job that did it or is doing it; `None` where the back end has no jobs.
    pub job: Option<ObjectPath>,
    /// Whether it is done; otherwise the job tells when it is.
    pub completed: bool,
    /// The resource as it is now, where there is one.
    pub resource: Option<Resource>,
}

/// How a create ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Created {
    /// The path of the new resource.
    pub path: ObjectPath,
    /// How it went.
    pub outcome: Outcome,
}

/// One property to be changed; NULL clears it.
#[derive(Debug, Clone)]
pub struct Change {
    /// The property.
    pub property: &'static PropertyDescriptor,
    /// Its new value.
    pub value: Value,
}

/// Parameters of a method by name: in for a call, out for its answer.
pub type Parameters = Vec<(String, Value)>;

/// How a method call ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Invoked {
    /// The return value; `Value::Null` for a void method.
    pub return_value: Value,
    /// The output parameters that have a value (`Job` where a job was started).
    pub outputs: Parameters,
    /// How it went, as for every write.
    pub outcome: Outcome,
}

/// A position in the stream of events: the sequence number of the last event seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Bookmark(pub u64);

/// Something that happened to an instance, in commit order.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its position.
    pub bookmark: Bookmark,
    /// When it happened.
    pub time: DateTime,
    /// What happened.
    pub kind: EventKind,
    /// The instance after it happened (before, for a deletion). Secrets are not in it, nor is
    /// `AvailableOperations`, which depends on the caller.
    pub instance: Instance,
}

/// What happened to an instance.
#[derive(Debug, Clone, PartialEq)]
pub enum EventKind {
    /// CIM_InstCreation
    Creation,
    /// CIM_InstModification, with the instance before.
    Modification {
        /// `PreviousInstance`
        previous: Box<Instance>,
    },
    /// CIM_InstDeletion
    Deletion,
}

/// A page of events.
#[derive(Debug, Clone, Default)]
pub struct EventPage {
    /// Events in order; empty if nothing came until the deadline.
    pub events: Vec<Event>,
    /// The position behind the last of them.
    pub next: Bookmark,
    /// How many events between the bookmark and the first of these are gone by retention.
    pub dropped: u64,
}

/// Says of a class whether events about its instances are wanted.
pub type Wanted<'a> = &'a (dyn Fn(&ClassDescriptor) -> bool + Send + Sync);

/// A back end: one CIM namespace with everything in it.
///
/// Errors are [`CimError`]s of the kind that the situation has; see [`cim_core::ErrorKind`]. Every
/// operation checks what the principal may do and see: `AccessDenied` for the first, `NotFound` for
/// the second.
#[async_trait]
pub trait Provider: Send + Sync + 'static {
    /// The classes that this provider serves.
    fn schema(&self) -> &Arc<Schema>;

    /// Whether every operation on this resource is a request to another service. Then a read costs as much as a
    /// write, and adapters leave out those that only make an answer more precise.
    fn is_remote(&self, _path: &ObjectPath) -> bool {
        false
    }

    /// The resource as this caller read it a moment ago, where that is remembered and costs nothing. It may
    /// have changed since: whoever builds a change on it makes its etag the precondition.
    fn read_lately(&self, _context: &OperationContext, _path: &ObjectPath) -> Option<Resource> {
        None
    }

    /// The instance at a path (DSP0223 GetInstance).
    async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError>;

    /// A page of a query: extents, associators and references alike.
    async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError>;

    /// What a query finds, without reading it: `page` says where a page would begin and how many results it would
    /// have. `None` if that is not known before the results are read, as in an order of their own, or
    /// if the back end cannot show one moment for longer; then [`Provider::query`] is all there is.
    async fn survey(
        &self,
        _context: &OperationContext,
        _query: &Query,
        _page: PageRequest<'_>,
    ) -> Result<Option<Survey>, CimError> {
        Ok(None)
    }

    /// Creates a resource from an instance of its class or of its `CIMI_XxxCreate`. Properties that only
    /// the service sets are left out of account: whoever copies a resource sends them.
    async fn create(
        &self,
        context: &OperationContext,
        instance: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError>;

    /// Changes the given properties and leaves the others. Changes of read-only properties are
    /// refused with `ReadOnly`; a binding whose protocol ignores them leaves them out.
    async fn modify(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError>;

    /// Deletes a resource, or ends an association that is a resource.
    async fn delete(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError>;

    /// Invokes an extrinsic method on an instance, or on a class if the path has no keys.
    async fn invoke(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        parameters: Parameters,
    ) -> Result<Invoked, CimError>;

    /// Where somebody begins who wants only what happens from now on.
    async fn newest_event(&self, context: &OperationContext) -> Result<Bookmark, CimError> {
        let mut newest = Bookmark::default();
        loop {
            let page = self.watch(context, newest, 1_000, None).await?;
            if page.next == newest {
                return Ok(newest);
            }
            newest = page.next;
        }
    }

    /// Events after a bookmark, at most `max`; waits for the first until `wait_until`. Events of other
    /// tenants are left out.
    async fn watch(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<Instant>,
    ) -> Result<EventPage, CimError>;

    /// As [`Provider::watch`], for who wants only events about instances of some classes: the others may be left out
    /// without being read. Answers as soon as something was passed over, so the page may be empty, and its
    /// `next` further than the bookmark, before the wait is over.
    async fn watch_some(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<Instant>,
        wanted: Wanted<'_>,
    ) -> Result<EventPage, CimError> {
        let _ = wanted;
        self.watch(context, after, max, wait_until).await
    }
}
