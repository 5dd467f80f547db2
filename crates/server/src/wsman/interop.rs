//! The namespace `root/interop`: where a console that knows nothing yet finds the namespaces of this
//! service and what they conform to (DSP1033).
//!
//! A provider of a handful of instances that never change, made when the service starts, and of those that stand for
//! subscriptions ([`super::indications`]).

use std::sync::{Arc, LazyLock, OnceLock};

use async_trait::async_trait;
use cim_core::{
    CimError, ClassDescriptor, ErrorKind, Etag, Instance, KeyValue, MethodDescriptor, ObjectPath,
    Schema, Value,
};
use cim_query::{Association, Query, Source};
use provider::{
    Bookmark, Change, Container, Created, Cursor, EventPage, IfMatch, Invoked, OperationContext,
    Outcome, Page, PageItem, PageRequest, Parameters, Provider, Resource,
};
use wsman::same_namespace;

use super::deliver;
use super::indications::{self, Indications};
use crate::Subscriptions;

/// The name of the namespace.
pub(super) const NAMESPACE: &str = "root/interop";

/// The version of the profile that the whole service conforms to.
pub(super) const PROFILE_VERSION: &str = "1.0.0";

/// The element that stands for a whole CIMI cloud: its class and identifier.
const CENTRAL: (&str, &str) = ("CIMI_CloudEntryPoint", "cloudEntryPoint");

static CLASSES: LazyLock<Vec<&'static ClassDescriptor>> = LazyLock::new(|| {
    let text = [
        include_str!("../../../../mof/qualifiers.mof"),
        include_str!("../../../../mof/core/CIM_ManagedElement.mof"),
        include_str!("../../../../mof/interop.mof"),
    ]
    .concat();
    cim_mof::compile_text("interop.mof", &text).lower()
});

/// The provider behind the namespace.
pub(super) struct Interop {
    schema: Arc<Schema>,
    instances: Vec<Instance>,
    /// The provider of the namespace that is described, for walks that lead there.
    described: Arc<dyn Provider>,
    /// The name of that namespace.
    namespace: String,
    /// What stands for subscriptions, where there are any.
    indications: OnceLock<Indications>,
}

/// Whether a class is one of this namespace rather than of the one that it describes.
pub(super) fn is_own(class: &str) -> bool {
    CLASSES
        .iter()
        .any(|own| own.name.eq_ignore_ascii_case(class) && own.name != "CIM_ManagedElement")
}

impl Interop {
    /// Describes the namespace that `described` is, and names the others.
    pub(super) fn new<'n>(
        described: Arc<dyn Provider>,
        namespace: &'n str,
        others: impl Iterator<Item = &'n str>,
    ) -> Self {
        // References lead to the described classes, so they are known here, too.
        let all = CLASSES
            .iter()
            .copied()
            .chain(described.schema().classes().iter().copied());
        let schema = Arc::new(Schema::new(all));
        let mut instances: Vec<Instance> = [namespace, NAMESPACE]
            .into_iter()
            .chain(others)
            .filter_map(|name| {
                let namespace = Instance::new(schema.class("CIM_Namespace")?);
                Some(
                    namespace
                        .with("SystemCreationClassName", "CIM_System")
                        .with("SystemName", "cimi-bridge")
                        .with("ObjectManagerCreationClassName", "CIM_ObjectManager")
                        .with("ObjectManagerName", "cimi-bridge")
                        .with("CreationClassName", "CIM_Namespace")
                        .with("Name", name)
                        .with("ClassType", if name == NAMESPACE { 2u64 } else { 1 }),
                )
            })
            .collect();
        let profile = schema.class("CIM_RegisteredProfile").map(|class| {
            Instance::new(class)
                .with("InstanceID", "DMTF:CIMI:1.0.0")
                .with("ElementName", "Cloud Infrastructure Management Interface")
                .with("RegisteredOrganization", 2u64)
                .with("RegisteredName", "CIMI")
                .with("RegisteredVersion", PROFILE_VERSION)
                .with("AdvertiseTypes", Value::Array(vec![Value::Unsigned(2)]))
        });
        let conforms = schema.class("CIM_ElementConformsToProfile");
        if let (Some(profile), Some(conforms)) = (profile, conforms)
            && schema.class(CENTRAL.0).is_some()
        {
            let mut element = ObjectPath::new(CENTRAL.0, "InstanceID", CENTRAL.1);
            element.namespace = Some(namespace.to_owned());
            instances.push(
                Instance::new(conforms)
                    .with("ConformantStandard", profile.path())
                    .with("ManagedElement", element),
            );
            instances.push(profile);
        }
        Self {
            schema,
            instances,
            described,
            namespace: namespace.to_owned(),
            indications: OnceLock::new(),
        }
    }

    /// Shows subscriptions from now on, and makes them.
    pub(super) fn subscribe_with(
        &self,
        subscriptions: Arc<Subscriptions>,
        sources: Vec<deliver::Source>,
    ) {
        let indications = Indications::new(subscriptions, sources, &self.schema);
        // The first is the only one.
        let _ = self.indications.set(indications);
    }

    /// What stands for subscriptions, where there are any.
    pub(super) fn indications(&self) -> Option<&Indications> {
        self.indications.get()
    }

    /// Everything that is here for this caller.
    async fn all(&self, context: &OperationContext) -> Result<Vec<Instance>, CimError> {
        let mut all = self.instances.clone();
        if let Some(indications) = self.indications.get() {
            all.extend(indications.instances(context).await?);
        }
        Ok(all)
    }

    /// What makes and changes instances of a class.
    fn changing(&self, class: &str) -> Result<&Indications, CimError> {
        let indications = self.indications().filter(|_| indications::is_one(class));
        indications.ok_or_else(read_only)
    }

    /// Everything that a query means, in the order of its paths, which are cursors.
    async fn results(
        &self,
        context: &OperationContext,
        query: &Query,
    ) -> Result<Vec<(String, Instance)>, CimError> {
        let all = self.all(context).await?;
        let mut found: Vec<Instance> = match &query.source {
            Source::Extent => all,
            Source::References(walk) => {
                self.known(context, &walk.object).await?;
                references(&all, walk).map(|(i, _)| i.clone()).collect()
            }
            Source::Associators(walk) => {
                self.known(context, &walk.object).await?;
                let ends: Vec<ObjectPath> = references(&all, walk)
                    .filter(|(association, _)| {
                        walk.association_class
                            .as_deref()
                            .is_none_or(|class| association.class().is_a(class))
                    })
                    .flat_map(|(association, role)| ends(association, role, walk))
                    .collect();
                let mut found = Vec::with_capacity(ends.len());
                for end in ends {
                    found.push(self.get(context, &end).await?.instance);
                }
                found
            }
        };
        found.retain(|instance| {
            query.accepts(instance.class())
                && query.predicate.as_ref().is_none_or(|p| p.matches(instance))
        });
        let mut found: Vec<_> = found
            .into_iter()
            .map(|instance| (instance.path().to_string(), instance))
            .collect();
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        found.dedup_by(|(a, _), (b, _)| a == b);
        Ok(found)
    }

    /// Checks that the object of a walk exists.
    async fn known(&self, context: &OperationContext, object: &ObjectPath) -> Result<(), CimError> {
        self.get(context, object).await.map(|_| ())
    }
}

/// The associations that refer to an object, with the role that it has in them.
fn references<'i>(
    all: &'i [Instance],
    walk: &Association,
) -> impl Iterator<Item = (&'i Instance, &'static str)> {
    all.iter().flat_map(move |instance| {
        instance.class().references().filter_map(move |end| {
            let target = instance.value(end.name).as_reference()?;
            let role = walk.role.as_deref();
            let fits = role.is_none_or(|role| role.eq_ignore_ascii_case(end.name));
            (fits && same_object(target, &walk.object)).then_some((instance, end.name))
        })
    })
}

/// The other ends of an association.
fn ends(association: &Instance, role: &str, walk: &Association) -> Vec<ObjectPath> {
    association
        .class()
        .references()
        .filter(|end| end.name != role)
        .filter(|end| {
            walk.result_role
                .as_deref()
                .is_none_or(|role| role.eq_ignore_ascii_case(end.name))
        })
        .filter_map(|end| association.value(end.name).as_reference().cloned())
        .collect()
}

/// Whether two paths name the same object; either may name a superclass.
fn same_object(a: &ObjectPath, b: &ObjectPath) -> bool {
    let key = |path: &ObjectPath, name: &str| -> Option<KeyValue> {
        let mut keys = path.keys.iter();
        keys.find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.clone())
    };
    let namespaces = match (&a.namespace, &b.namespace) {
        (Some(a), Some(b)) => same_namespace(a, b),
        (None, None) => true,
        _ => false,
    };
    namespaces
        && a.keys.len() == b.keys.len()
        && a.keys
            .iter()
            .all(|(name, value)| match (value, key(b, name)) {
                (KeyValue::Reference(a), Some(KeyValue::Reference(b))) => same_object(a, &b),
                (value, Some(other)) => *value == other,
                (_, None) => false,
            })
}

fn read_only() -> CimError {
    CimError::new(
        ErrorKind::NotSupported,
        format!(
            "{NAMESPACE} describes the service; nothing but subscriptions can be made or changed there."
        ),
    )
}

fn resource(instance: Instance) -> Resource {
    Resource {
        instance,
        etag: Etag("1".to_owned()),
    }
}

#[async_trait]
impl Provider for Interop {
    fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        let elsewhere = path.namespace.as_deref();
        if elsewhere.is_some_and(|name| same_namespace(name, &self.namespace)) {
            let mut path = path.clone();
            path.namespace = None;
            return self.described.get(context, &path).await;
        }
        let all = self.all(context).await?;
        all.into_iter()
            .find(|i| i.class().is_a(&path.class) && same_object(&i.path(), path))
            .map(resource)
            .ok_or_else(|| CimError::not_found(path))
    }

    async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        let found = self.results(context, query).await?;
        let count = u64::try_from(found.len()).ok().filter(|_| page.count);
        let after = match page.after {
            None => "",
            Some(Cursor(bytes)) => std::str::from_utf8(bytes).map_err(|_| {
                CimError::new(
                    ErrorKind::InvalidCursor,
                    "It is no position in this namespace.",
                )
            })?,
        };
        let mut rest = found
            .into_iter()
            .filter(|(path, _)| path.as_str() > after)
            .skip(usize::try_from(page.skip).unwrap_or(usize::MAX));
        let items: Vec<PageItem> = rest
            .by_ref()
            .take(page.max_items)
            .map(|(path, instance)| PageItem {
                resource: resource(instance),
                cursor: Cursor(path.into_bytes()),
            })
            .collect();
        let next = match items.last() {
            Some(last) if rest.next().is_some() => Some(last.cursor.clone()),
            _ => None,
        };
        Ok(Page { items, next, count })
    }

    async fn create(
        &self,
        context: &OperationContext,
        instance: Instance,
        _: Option<Container>,
    ) -> Result<Created, CimError> {
        let indications = self.changing(instance.class().name)?;
        indications.create(context, &instance).await
    }

    async fn modify(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        let indications = self.changing(&path.class)?;
        let found = self.get(context, path).await?;
        indications.modify(context, &found.instance, changes).await
    }

    async fn delete(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        let indications = self.changing(&path.class)?;
        let found = self.get(context, path).await?;
        indications.delete(context, &found.instance).await
    }

    async fn invoke(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: &'static MethodDescriptor,
        _: Parameters,
    ) -> Result<Invoked, CimError> {
        Err(read_only())
    }

    async fn watch(
        &self,
        _: &OperationContext,
        after: Bookmark,
        _: usize,
        wait_until: Option<std::time::Instant>,
    ) -> Result<EventPage, CimError> {
        if let Some(until) = wait_until {
            tokio::time::sleep_until(until.into()).await;
        }
        Ok(EventPage {
            next: after,
            ..EventPage::default()
        })
    }
}
