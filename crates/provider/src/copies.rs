//! Images and packages from one cloud to another.
//!
//! A new image whose `ImageLocation` names an image of another cloud of this service becomes a copy of that one: the
//! new cloud fetches the data from where the old one says it is. A system (or system template) that is imported from
//! one of another cloud is exported there, and its OVF package handed over in the request. The other cloud is asked
//! on behalf of the same caller, so that nobody copies what they may not see.
//!
//! Another cloud's resource is named by its identifier in the merged view (`c/NAME/...`), or by its URI at either
//! place where this service shows it.

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cim_core::{CimError, ErrorKind, Instance, MethodDescriptor, ObjectPath, Schema, Value};
use cim_query::Query;

use crate::embedded::model::{Access, access, names};
use crate::merged::PREFIX;
use crate::{
    Bookmark, Change, Container, Created, EventPage, IfMatch, Invoked, OperationContext, Outcome,
    Page, PageRequest, Parameters, Provider, Resource, Wanted,
};

/// Where the data of an image is.
const LOCATION: &str = "ImageLocation";
/// What an image holds.
const TYPE: &str = "Type";
const IMAGE: &str = "IMAGE";
const SNAPSHOT: &str = "SNAPSHOT";
const PARTIAL: &str = "PARTIAL_SNAPSHOT";
/// The state of an image that can be used.
const AVAILABLE: &str = "AVAILABLE";

const IMPORT: &str = "Import";
const EXPORT: &str = "Export";
/// Where an imported package is.
const SOURCE: &str = "Source";
/// What an export gives.
const PACKAGE: &str = "Package";

/// Where below the host this service shows clouds over REST.
const REST: &str = "/cimi/";

type Named = (String, Arc<dyn Provider>);

/// One of several clouds, to which images and packages of the others can be copied.
pub struct Copies {
    name: String,
    provider: Arc<dyn Provider>,
    all: Arc<[Named]>,
}

/// A resource of another cloud, as somebody names it.
struct Elsewhere<'a> {
    cloud: &'a str,
    provider: &'a dyn Provider,
    id: String,
    /// Whether it can be nothing else. A URI may be that of anything.
    is_sure: bool,
}

impl Copies {
    /// The same clouds, between which can be copied.
    pub fn among(clouds: Vec<Named>) -> Vec<Named> {
        let all: Arc<[Named]> = clouds.into();
        let copies = all.iter().map(|(name, provider)| {
            let copies = Self {
                name: name.clone(),
                provider: Arc::clone(provider),
                all: Arc::clone(&all),
            };
            (name.clone(), Arc::new(copies) as Arc<dyn Provider>)
        });
        copies.collect()
    }

    /// The resource of another cloud that a text names.
    fn elsewhere(&self, text: &str) -> Option<Elsewhere<'_>> {
        let (path, is_sure) = match text.split_once("://") {
            Some((_, rest)) => {
                let (_, path) = rest.split_once(REST)?;
                (path.strip_prefix(PREFIX).unwrap_or(path), false)
            }
            None => (text.strip_prefix(PREFIX)?, true),
        };
        let (name, id) = path.split_once('/')?;
        let (cloud, provider) = self
            .all
            .iter()
            .find(|(other, _)| other == name && *other != self.name)?;
        Some(Elsewhere {
            cloud,
            provider: &**provider,
            id: id.to_owned(),
            is_sure,
        })
    }

    /// The image that is to be made here of one of another cloud.
    async fn image(
        &self,
        context: &OperationContext,
        mut given: Instance,
        from: &Elsewhere<'_>,
    ) -> Result<Instance, CimError> {
        let class = given.class();
        let path = ObjectPath::new(class.name, names::ID, &from.id);
        let source = match from.provider.get(context, &path).await {
            Ok(source) => source.instance,
            // The URI of something else, which the cloud may know.
            Err(error) if error.kind() == ErrorKind::NotFound && !from.is_sure => return Ok(given),
            Err(error) => return Err(error.with_subject(LOCATION)),
        };
        let refuse = |kind, why: String| {
            let message = format!("{} of the cloud `{}` {why}.", from.id, from.cloud);
            Err(CimError::new(kind, message).with_subject(LOCATION))
        };
        if let Some(state) = source
            .text(names::STATE)
            .filter(|state| *state != AVAILABLE)
        {
            return refuse(
                ErrorKind::WrongState,
                format!("is {state}; it can be copied when it is {AVAILABLE}"),
            );
        }
        if source.text(TYPE) == Some(PARTIAL) {
            return refuse(
                ErrorKind::InvalidParameter,
                "is a partial snapshot, which is nothing without the image that it builds on"
                    .into(),
            );
        }
        let location = source.text(LOCATION).unwrap_or_default();
        if !is_absolute(location) {
            return refuse(
                ErrorKind::InvalidParameter,
                format!(
                    "does not say where its data is in a way that means something to another cloud \
                     (its {LOCATION} is `{location}`)"
                ),
            );
        }
        given.set(LOCATION, location);
        for (property, value) in source.present() {
            let is_taken = given.get(property.name).is_some();
            let may_be_given = matches!(access(property), Access::Write | Access::CreateOnly);
            if may_be_given && !is_taken && !value.is_null() && property.reference_class.is_none() {
                // Of a machine of the other cloud it is a snapshot, not of one of this.
                let value = match value.as_str() {
                    Some(SNAPSHOT) if property.name == TYPE => Value::from(IMAGE),
                    _ => value.clone(),
                };
                given.set(property.name, value);
            }
        }
        Ok(given)
    }

    /// The package of a resource of another cloud, as a URI that has it inside (RFC 2397).
    async fn package(
        &self,
        context: &OperationContext,
        class: &str,
        from: &Elsewhere<'_>,
    ) -> Result<Option<String>, CimError> {
        let lacks = || {
            CimError::new(
                ErrorKind::NotSupported,
                format!(
                    "The cloud `{}` gives no package of {}, so that it cannot be copied.",
                    from.cloud, from.id
                ),
            )
            .with_subject(SOURCE)
        };
        let schema = from.provider.schema();
        let export = schema.class(class).and_then(|class| class.method(EXPORT));
        let export = export.ok_or_else(lacks)?;
        let path = ObjectPath::new(class, names::ID, &from.id);
        let invoked = match from
            .provider
            .invoke(context, &path, export, Vec::new())
            .await
        {
            Ok(invoked) => invoked,
            Err(error) if error.kind() == ErrorKind::NotFound && !from.is_sure => return Ok(None),
            Err(error) => return Err(error.with_subject(SOURCE)),
        };
        let mut outputs = invoked.outputs.iter();
        let package = outputs
            .find(|(name, _)| name == PACKAGE)
            .and_then(|(_, value)| value.as_str())
            .ok_or_else(lacks)?;
        Ok(Some(format!(
            "data:{};base64,{}",
            ovf::MEDIA_TYPE,
            STANDARD.encode(package)
        )))
    }
}

/// Whether a location has a scheme (RFC 3986 3.1).
fn is_absolute(location: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    location.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(plain)
            && !rest.is_empty()
    })
}

#[async_trait]
impl Provider for Copies {
    fn schema(&self) -> &Arc<Schema> {
        self.provider.schema()
    }

    fn is_remote(&self, path: &ObjectPath) -> bool {
        self.provider.is_remote(path)
    }

    fn read_lately(&self, context: &OperationContext, path: &ObjectPath) -> Option<Resource> {
        self.provider.read_lately(context, path)
    }

    async fn get(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
    ) -> Result<Resource, CimError> {
        self.provider.get(context, path).await
    }

    async fn query(
        &self,
        context: &OperationContext,
        query: &Query,
        page: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        self.provider.query(context, query, page).await
    }

    async fn create(
        &self,
        context: &OperationContext,
        instance: Instance,
        container: Option<Container>,
    ) -> Result<Created, CimError> {
        let from = instance
            .text(LOCATION)
            .and_then(|text| self.elsewhere(text));
        let instance = match from {
            Some(from) => self.image(context, instance, &from).await?,
            None => instance,
        };
        self.provider.create(context, instance, container).await
    }

    async fn modify(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        changes: Vec<Change>,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.provider.modify(context, path, changes, if_match).await
    }

    async fn delete(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        if_match: IfMatch<'_>,
    ) -> Result<Outcome, CimError> {
        self.provider.delete(context, path, if_match).await
    }

    async fn invoke(
        &self,
        context: &OperationContext,
        path: &ObjectPath,
        method: &'static MethodDescriptor,
        mut parameters: Parameters,
    ) -> Result<Invoked, CimError> {
        if method.name == IMPORT
            && let Some((_, source)) = parameters
                .iter_mut()
                .find(|(name, _)| name.eq_ignore_ascii_case(SOURCE))
            && let Some(from) = source.as_str().and_then(|text| self.elsewhere(text))
            && let Some(package) = self.package(context, &path.class, &from).await?
        {
            *source = Value::from(package);
        }
        self.provider
            .invoke(context, path, method, parameters)
            .await
    }

    async fn newest_event(&self, context: &OperationContext) -> Result<Bookmark, CimError> {
        self.provider.newest_event(context).await
    }

    async fn watch(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<Instant>,
    ) -> Result<EventPage, CimError> {
        self.provider.watch(context, after, max, wait_until).await
    }

    async fn watch_some(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<Instant>,
        wanted: Wanted<'_>,
    ) -> Result<EventPage, CimError> {
        let provider = &self.provider;
        provider
            .watch_some(context, after, max, wait_until, wanted)
            .await
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use store::RedbStore;

    use super::*;
    use crate::embedded::{Durations, EmbeddedConfig, EmbeddedProvider};
    use crate::{Principal, Role};

    struct Two {
        here: Arc<dyn Provider>,
        there: Arc<EmbeddedProvider>,
    }

    /// Two clouds: what is `here` can take over from `there`.
    async fn two() -> Two {
        let open = || async {
            let config = EmbeddedConfig {
                durations: Durations::all(Duration::ZERO),
                ..EmbeddedConfig::new(Arc::clone(cimi_model::schema()))
            };
            let store = Arc::new(RedbStore::in_memory().unwrap());
            EmbeddedProvider::open(store, config).await.unwrap()
        };
        let there = open().await;
        let here = open().await;
        let clouds: Vec<Named> = vec![
            ("here".to_owned(), here),
            ("there".to_owned(), Arc::clone(&there) as _),
        ];
        let (_, here) = Copies::among(clouds).swap_remove(0);
        Two { here, there }
    }

    fn context() -> OperationContext {
        OperationContext {
            principal: Arc::new(Principal {
                name: "somebody".to_owned(),
                role: Role::Administrator,
                tenant: None,
                password: None,
            }),
            deadline: None,
        }
    }

    fn new(class: &str) -> Instance {
        Instance::new(cimi_model::schema().class(class).unwrap())
    }

    async fn wait(provider: &dyn Provider, path: &ObjectPath, state: &str) -> Instance {
        for _ in 0..1000 {
            let found = provider.get(&context(), path).await.unwrap().instance;
            if found.text("State") == Some(state) {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        panic!("{path} is not {state}");
    }

    async fn copy(two: &Two, location: &str) -> Result<Instance, CimError> {
        let image = new("CIMI_MachineImage").with("ImageLocation", location);
        let made = two.here.create(&context(), image, None).await?;
        Ok(wait(&*two.here, &made.path, "AVAILABLE").await)
    }

    #[tokio::test]
    async fn an_image_is_copied_however_it_is_named() {
        let two = two().await;
        let original = new("CIMI_MachineImage")
            .with("ElementName", "debian")
            .with("Description", "with everything")
            .with("Type", "SNAPSHOT")
            .with("ImageLocation", "https://images.example/debian.qcow2");
        let made = two.there.create(&context(), original, None).await.unwrap();
        wait(&*two.there, &made.path, "AVAILABLE").await;
        let id = made.path.instance_id().unwrap();
        for location in [
            format!("c/there/{id}"),
            format!("https://bridge.example/cimi/there/{id}"),
            format!("https://bridge.example/prefix/cimi/c/there/{id}"),
        ] {
            let image = copy(&two, &location).await.unwrap();
            assert_eq!(image.text("ElementName"), Some("debian"));
            assert_eq!(image.text("Description"), Some("with everything"));
            assert_eq!(image.text("Type"), Some("IMAGE"));
            assert_eq!(
                image.text("ImageLocation"),
                Some("https://images.example/debian.qcow2")
            );
        }
        // What the request says itself goes before.
        let named = new("CIMI_MachineImage")
            .with("ElementName", "mine")
            .with("ImageLocation", format!("c/there/{id}"));
        let made = two.here.create(&context(), named, None).await.unwrap();
        let image = wait(&*two.here, &made.path, "AVAILABLE").await;
        assert_eq!(image.text("ElementName"), Some("mine"));
        assert_eq!(image.text("Description"), Some("with everything"));
    }

    #[tokio::test]
    async fn what_cannot_be_copied_says_why() {
        let two = two().await;
        let error = copy(&two, "c/there/machineImages/none").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(error.subject(), Some("ImageLocation"));
        // Anybody's URI that happens to look like one of this service.
        let foreign = "https://images.example/cimi/there/debian.qcow2";
        let image = copy(&two, foreign).await.unwrap();
        assert_eq!(image.text("ImageLocation"), Some(foreign));
        let local = new("CIMI_MachineImage").with("ImageLocation", "disks/7");
        let made = two.there.create(&context(), local, None).await.unwrap();
        wait(&*two.there, &made.path, "AVAILABLE").await;
        let id = made.path.instance_id().unwrap();
        let error = copy(&two, &format!("c/there/{id}")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter);
        assert!(
            error.message().contains("cloud `there`") && error.message().contains("`disks/7`"),
            "{error}"
        );
    }

    #[tokio::test]
    async fn a_system_is_copied_as_a_package() {
        let two = two().await;
        let template = new("CIMI_SystemTemplate").with(
            "ComponentDescriptors",
            Value::Array(vec![Value::from(
                new("CIMI_ComponentDescriptor")
                    .with("Name", "web")
                    .with("Type", "http://schemas.dmtf.org/cimi/1/Machine")
                    .with(
                        "MachineTemplate",
                        Value::from(
                            new("CIMI_MachineTemplate").with(
                                "MachineConfig",
                                Value::from(
                                    new("CIMI_MachineConfiguration")
                                        .with("Cpu", 3_u64)
                                        .with("Memory", 2_097_152_u64),
                                ),
                            ),
                        ),
                    ),
            )]),
        );
        let original = new("CIMI_SystemCreate")
            .with("ElementName", "shop")
            .with("SystemTemplate", Value::from(template));
        let made = two.there.create(&context(), original, None).await.unwrap();
        let id = made.path.instance_id().unwrap().to_owned();
        let class = cimi_model::schema().class("CIMI_System").unwrap();
        let import = class.method("Import").unwrap();
        let machines = async || {
            let class = cimi_model::schema().class("CIMI_Machine").unwrap();
            let page = PageRequest {
                after: None,
                skip: 0,
                max_items: 10,
                max_examined: usize::MAX,
                count: false,
            };
            let all = Query::all(class);
            let page = two.here.query(&context(), &all, page).await.unwrap();
            let items = page.items.iter();
            items
                .map(|item| item.resource.instance.value("Cpu").as_u64())
                .collect::<Vec<_>>()
        };
        assert!(machines().await.is_empty());
        let source = vec![(SOURCE.to_owned(), Value::from(format!("c/there/{id}")))];
        let of_class = ObjectPath::of_class(class.name);
        two.here
            .invoke(&context(), &of_class, import, source)
            .await
            .unwrap();
        assert_eq!(machines().await, [Some(3)]);
        let source = vec![(SOURCE.to_owned(), Value::from("c/there/systems/none"))];
        let error = two
            .here
            .invoke(&context(), &of_class, import, source)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    }
}
