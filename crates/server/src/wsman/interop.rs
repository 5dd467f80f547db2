//! The namespace `root/interop`: where a console that knows nothing yet finds the namespaces of this
//! service and what they conform to (DSP1033).
//!
//! A provider of a handful of instances that never change, made when the service starts.

use std::sync::{Arc, LazyLock};

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
        }
    }

    /// Everything that a query means, in the order that cursors count.
    async fn results(
        &self,
        context: &OperationContext,
        query: &Query,
    ) -> Result<Vec<Instance>, CimError> {
        let mut found: Vec<Instance> = match &query.source {
            Source::Extent => self.instances.clone(),
            Source::References(walk) => {
                self.known(context, &walk.object).await?;
                self.references(walk).map(|(i, _)| i.clone()).collect()
            }
            Source::Associators(walk) => {
                self.known(context, &walk.object).await?;
                let ends: Vec<ObjectPath> = self
                    .references(walk)
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
        Ok(found)
    }

    /// Checks that the object of a walk exists.
    async fn known(&self, context: &OperationContext, object: &ObjectPath) -> Result<(), CimError> {
        self.get(context, object).await.map(|_| ())
    }

    /// The associations that refer to an object, with the role that it has in them.
    fn references(&self, walk: &Association) -> impl Iterator<Item = (&Instance, &'static str)> {
        self.instances.iter().flat_map(move |instance| {
            instance.class().references().filter_map(move |end| {
                let target = instance.value(end.name).as_reference()?;
                let role = walk.role.as_deref();
                let fits = role.is_none_or(|role| role.eq_ignore_ascii_case(end.name));
                (fits && same_object(target, &walk.object)).then_some((instance, end.name))
            })
        })
    }
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
        format!("{NAMESPACE} describes the service; it cannot be changed."),
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
        self.instances
            .iter()
            .find(|i| i.class().is_a(&path.class) && same_object(&i.path(), path))
            .cloned()
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
        let start = match page.after {
            None => 0,
            Some(Cursor(bytes)) => match bytes.as_slice() {
                [n] => usize::from(*n),
                _ => {
                    return Err(CimError::new(
                        ErrorKind::InvalidCursor,
                        "It is no position in this namespace.",
                    ));
                }
            },
        };
        let count = u64::try_from(found.len()).ok().filter(|_| page.count);
        let length = found.len();
        let skip = start.saturating_add(usize::try_from(page.skip).unwrap_or(usize::MAX));
        let items: Vec<PageItem> = found
            .into_iter()
            .enumerate()
            .skip(skip)
            .take(page.max_items)
            .map(|(at, instance)| PageItem {
                resource: resource(instance),
                cursor: Cursor(vec![u8::try_from(at + 1).unwrap_or(u8::MAX)]),
            })
            .collect();
        let next = match items.last() {
            Some(last) if skip + items.len() < length => Some(last.cursor.clone()),
            _ => None,
        };
        Ok(Page { items, next, count })
    }

    async fn create(
        &self,
        _: &OperationContext,
        _: Instance,
        _: Option<Container>,
    ) -> Result<Created, CimError> {
        Err(read_only())
    }

    async fn modify(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: Vec<Change>,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        Err(read_only())
    }

    async fn delete(
        &self,
        _: &OperationContext,
        _: &ObjectPath,
        _: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        Err(read_only())
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
