//! Subscriptions as CIM instances (DSP1054): a filter and a destination are made, and an association between them
//! is a subscription, the same as one of WS-Eventing. Everybody sees, changes and ends their own, however they
//! were made; those of others are not there.

mod given;
mod shown;

use std::sync::Arc;

use cim_core::{CimError, ErrorKind, Instance, ObjectPath, Schema, Value};
use provider::{Change, Created, OperationContext, Outcome, plain};
use serde_json::{Value as Json, json};
use tokio::sync::Mutex;
use wsman::enumeration::Filter;
use wsman::epr::SelectorSet;
use wsman::uris::ALL_CLASSES;
use wsman::{Detail, Expires, Fault, Subcode};

use self::given::Destination;
use super::deliver::{self, Source};
use super::eventing::select;
use crate::events::row::{CimNames, Filter as KeptFilter, Row, texts};
use crate::events::{Subscription, Subscriptions, now};

const FILTER: &str = "CIM_IndicationFilter";
const DESTINATION: &str = "CIM_ListenerDestinationWSManagement";
const SUBSCRIPTION: &str = "CIM_IndicationSubscription";
/// All classes of this kind: who names no namespace means the one in which they are.
const CLASSES: [&str; 5] = [
    FILTER,
    "CIM_ListenerDestination",
    DESTINATION,
    "CIM_AbstractIndicationSubscription",
    SUBSCRIPTION,
];
/// Filters and destinations of one user.
const MOST: usize = 1000;
/// Characters of a name.
const LONGEST_NAME: usize = 256;
/// Characters of any other text.
const LONGEST_TEXT: usize = 16 * 1024;

/// What stands for subscriptions in `root/interop`.
pub(super) struct Indications {
    subscriptions: Arc<Subscriptions>,
    /// The namespaces that have events.
    sources: Vec<Source>,
    schema: Arc<Schema>,
    /// One change at a time: what a subscription needs is not deleted while it is made.
    changing: Mutex<()>,
}

/// Whether instances of a class stand for subscriptions.
pub(super) fn is_one(class: &str) -> bool {
    CLASSES.iter().any(|own| own.eq_ignore_ascii_case(class))
}

/// Whether it is the class of filters.
pub(super) fn is_filter(class: &str) -> bool {
    class.eq_ignore_ascii_case(FILTER)
}

fn wrong(property: &str, why: impl std::fmt::Display) -> CimError {
    CimError::new(ErrorKind::InvalidParameter, format!("{property}: {why}.")).with_subject(property)
}

fn missing(property: &str) -> CimError {
    CimError::new(ErrorKind::MissingValue, format!("{property} is needed.")).with_subject(property)
}

/// The error of a fault with which the same is refused over WS-Eventing.
fn refused(property: &str, fault: &Fault) -> CimError {
    let kind = match fault.subcode() {
        Subcode::QuotaLimit => ErrorKind::QuotaExceeded,
        Subcode::CannotProcessFilter => ErrorKind::InvalidQuery,
        Subcode::InternalError => ErrorKind::Failed,
        _ => ErrorKind::InvalidParameter,
    };
    CimError::new(kind, fault.reason()).with_subject(property)
}

fn done() -> Outcome {
    Outcome {
        job: None,
        completed: true,
        resource: None,
    }
}

/// A filter or destination that was made here.
struct Made {
    instance: Instance,
    /// User and password, sealed.
    login: Option<String>,
}

impl Made {
    fn name(&self) -> &str {
        self.instance.text("Name").unwrap_or_default()
    }

    fn encode(&self) -> Vec<u8> {
        let row = json!({"instance": plain::instance(&self.instance), "login": self.login});
        row.to_string().into_bytes()
    }
}

/// The key under which a filter or destination is kept; the owner's begin with their name and a NUL.
fn key(owner: &str, class: &str, name: &str) -> Vec<u8> {
    [owner, "\0", class, "\0", name].concat().into_bytes()
}

impl Indications {
    pub(super) fn new(
        subscriptions: Arc<Subscriptions>,
        sources: Vec<Source>,
        schema: &Arc<Schema>,
    ) -> Self {
        Self {
            subscriptions,
            sources,
            schema: Arc::clone(schema),
            changing: Mutex::default(),
        }
    }

    fn blank(&self, class: &str) -> Result<Instance, CimError> {
        let class = self.schema.class(class);
        class.map(Instance::new).ok_or_else(|| {
            CimError::new(
                ErrorKind::InvalidClass,
                "The model of this service has no subscriptions.",
            )
        })
    }

    /// A filter or destination with its keys.
    fn named(&self, class: &str, name: &str) -> Result<Instance, CimError> {
        Ok(self
            .blank(class)?
            .with("SystemCreationClassName", "CIM_System")
            .with("SystemName", "cimi-bridge")
            .with("CreationClassName", class)
            .with("Name", name))
    }

    /// Everything of this user, those of one kind in the order in which they are found by name.
    ///
    /// # Errors
    /// The store fails.
    pub(super) async fn instances(
        &self,
        context: &OperationContext,
    ) -> Result<Vec<Instance>, CimError> {
        let owner = &context.principal.name;
        let made = self.made(owner).await?;
        let mut all: Vec<Instance> = made.into_iter().map(|one| one.instance).collect();
        let mut own = self.subscriptions.of_owner(owner, |_| true);
        own.sort_by_key(|subscription| subscription.id);
        for subscription in own {
            let (filter, handler) = self.ends(&subscription)?;
            all.push(self.shown(&subscription, &filter, &handler)?);
            let names = &subscription.row.cim;
            all.extend(names.filter.is_none().then_some(filter));
            all.extend(names.handler.is_none().then_some(handler));
        }
        Ok(all)
    }

    async fn made(&self, owner: &str) -> Result<Vec<Made>, CimError> {
        let prefix = [owner, "\0"].concat();
        let notes = self.subscriptions.notes(prefix.as_bytes()).await?;
        Ok(notes.iter().filter_map(|value| self.read(value)).collect())
    }

    fn read(&self, value: &[u8]) -> Option<Made> {
        let json: Json = serde_json::from_slice(value).ok()?;
        Some(Made {
            instance: plain::read_instance(&self.schema, json.get("instance")?).ok()?,
            login: json["login"].as_str().map(str::to_owned),
        })
    }

    async fn noted(&self, owner: &str, class: &str, name: &str) -> Result<Option<Made>, CimError> {
        let note = self.subscriptions.noted(&key(owner, class, name)).await?;
        Ok(note.as_deref().and_then(|value| self.read(value)))
    }

    /// Makes a filter, a destination or a subscription.
    ///
    /// # Errors
    /// What cannot be subscribed to or with, by the property that says so.
    pub(super) async fn create(
        &self,
        context: &OperationContext,
        given: &Instance,
    ) -> Result<Created, CimError> {
        let owner = &context.principal.name;
        match given.class().name {
            FILTER => {
                let filter = self.with_keys(FILTER, given)?;
                self.keep(owner, self.filter(filter)?).await
            }
            DESTINATION => {
                let to = self.with_keys(DESTINATION, given)?;
                self.keep(owner, self.destination(to, None).await?).await
            }
            SUBSCRIPTION => self.subscribe(context, given).await,
            other => Err(CimError::new(
                ErrorKind::NotSupported,
                format!("Instances of {other} cannot be made; destinations are of {DESTINATION}."),
            )),
        }
    }

    async fn keep(&self, owner: &str, made: Made) -> Result<Created, CimError> {
        let _turn = self.changing.lock().await;
        if self.made(owner).await?.len() >= MOST {
            return Err(CimError::new(
                ErrorKind::QuotaExceeded,
                format!("This user has {MOST} filters and destinations, which is the most."),
            ));
        }
        let class = made.instance.class().name;
        let key = key(owner, class, made.name());
        if !self.subscriptions.note_new(&key, made.encode()).await? {
            let what = format!("There is a {class} `{}` already.", made.name());
            return Err(CimError::new(ErrorKind::AlreadyExists, what).with_subject("Name"));
        }
        Ok(Created {
            path: made.instance.path(),
            outcome: done(),
        })
    }

    /// The given instance under its name, or a new one, with the other keys as they are here.
    fn with_keys(&self, class: &str, given: &Instance) -> Result<Instance, CimError> {
        let fresh = uuid::Uuid::new_v4().to_string();
        let name = given.text("Name").filter(|name| !name.is_empty());
        let name = name.unwrap_or(&fresh);
        if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            let why = format!("it has 1 to {LONGEST_NAME} characters, none of control");
            return Err(wrong("Name", why));
        }
        let mut instance = self.named(class, name)?;
        for (property, value) in given.present() {
            if !property.flags.key && !value.is_null() {
                instance.set(property.name, value.clone());
            }
        }
        Ok(instance)
    }

    /// A filter as it is kept, checked.
    fn filter(&self, mut filter: Instance) -> Result<Made, CimError> {
        bounded(&filter)?;
        if filter.value("IndividualSubscriptionSupported").as_bool() == Some(false) {
            let why = "a filter here is subscribed to by itself: TRUE";
            return Err(wrong("IndividualSubscriptionSupported", why));
        }
        let (source, query) = self.query_of(&filter)?;
        select(source.space(), None, &SelectorSet::default(), Some(&query))
            .map_err(|fault| refused("Query", &fault))?;
        let namespaces = vec![Value::from(source.namespace.as_str())];
        filter.set("SourceNamespaces", Value::Array(namespaces));
        filter.unset("SourceNamespace");
        filter.set("IndividualSubscriptionSupported", Value::Boolean(true));
        Ok(Made {
            instance: filter,
            login: None,
        })
    }

    /// A destination as it is kept, checked; `login` is the one that it had.
    async fn destination(&self, mut to: Instance, login: Option<String>) -> Result<Made, CimError> {
        bounded(&to)?;
        let read = Destination::read(&to, &self.subscriptions)?;
        read.check(&self.subscriptions).await?;
        read.complete(&mut to);
        let login = given::login(&to, login, self.subscriptions.seal())?;
        to.unset("password");
        Ok(Made {
            instance: to,
            login,
        })
    }

    /// An end of a new subscription: something that this user has made.
    async fn end(&self, owner: &str, given: &Instance, end: &str) -> Result<Made, CimError> {
        let path = given.value(end).as_reference();
        let path = path.ok_or_else(|| missing(end))?;
        let class = if end == "Filter" { FILTER } else { DESTINATION };
        let name = name_of(path).unwrap_or_default();
        self.noted(owner, class, name).await?.ok_or_else(|| {
            wrong(
                end,
                format!("this user has made no {class} with Name `{name}`"),
            )
        })
    }

    async fn subscribe(
        &self,
        context: &OperationContext,
        given: &Instance,
    ) -> Result<Created, CimError> {
        let principal = &context.principal;
        let patience = given::patience(given)?;
        let filter = self.end(&principal.name, given, "Filter").await?;
        let (source, _) = self.query_of(&filter.instance)?;
        // A cloud elsewhere may take its time: nobody waits for that.
        let newest = source.provider.newest_event(context).await?;
        let _turn = self.changing.lock().await;
        let filter = self.end(&principal.name, given, "Filter").await?;
        let handler = self.end(&principal.name, given, "Handler").await?;
        let names = CimNames {
            filter: Some(filter.name().to_owned()),
            handler: Some(handler.name().to_owned()),
        };
        let is_same = |row: &Row| row.cim == names;
        let same = self.subscriptions.of_owner(&principal.name, is_same);
        if !same.is_empty() {
            let what = "There is a subscription of this filter and destination already.";
            return Err(CimError::new(ErrorKind::AlreadyExists, what));
        }
        let (_, query) = self.query_of(&filter.instance)?;
        // For good, if nothing else is said; as long as possible, that is.
        let seconds = given.value("SubscriptionDuration").as_u64();
        let asked = Expires::In(std::time::Duration::from_secs(
            seconds.unwrap_or(self.subscriptions.config().max_seconds),
        ));
        let begun = now();
        let expiry = self.subscriptions.grant(Some(asked), begun);
        let expiry = expiry.map_err(|fault| refused("SubscriptionDuration", &fault))?;
        let to = Destination::read(&handler.instance, &self.subscriptions)?;
        let row = Row {
            owner: principal.name.clone(),
            role: principal.role.name().to_owned(),
            tenant: principal.tenant.clone(),
            namespace: source.namespace.clone(),
            resource_uri: ALL_CLASSES.to_owned(),
            selectors: Vec::new(),
            filter: KeptFilter::keep(&query),
            wmi: false,
            addressing_2005: false,
            utf16: to.utf16,
            precise_arrays: false,
            mode: to.mode.uri().to_owned(),
            begun,
            expires: expiry.at,
            dated: expiry.dated,
            heartbeat_millis: to.heartbeat_millis,
            send_bookmarks: to.send_bookmarks,
            start: newest.0,
            sink: Some(to.sink(handler.login, patience)),
            cim: names,
        };
        let subscription = self.subscriptions.add(row).await;
        let subscription = subscription.map_err(|fault| refused("Filter", &fault))?;
        let instance = self.shown(&subscription, &filter.instance, &handler.instance)?;
        deliver::begin(Some(source.clone()), &self.subscriptions, subscription);
        Ok(Created {
            path: instance.path(),
            outcome: done(),
        })
    }

    /// The subscriptions that need a filter or destination, or are an association.
    fn needing(&self, owner: &str, path: &ObjectPath) -> Result<Vec<Arc<Subscription>>, CimError> {
        let mut found = Vec::new();
        for subscription in self.subscriptions.of_owner(owner, |_| true) {
            let (filter, handler) = self.ends(&subscription)?;
            let whole = self.shown(&subscription, &filter, &handler)?;
            if [filter, handler, whole]
                .iter()
                .any(|one| one.path() == *path)
            {
                found.push(subscription);
            }
        }
        Ok(found)
    }

    /// Checks that no subscription needs a filter or destination.
    fn free(&self, owner: &str, path: &ObjectPath) -> Result<(), CimError> {
        if self.needing(owner, path)?.is_empty() {
            return Ok(());
        }
        let why = "A subscription needs it; end that first.";
        Err(CimError::new(ErrorKind::InUse, why))
    }

    /// Changes a filter or destination that no subscription needs, or how long a subscription lives.
    ///
    /// # Errors
    /// `InUse` for what a subscription needs; else as for [`Self::create`].
    pub(super) async fn modify(
        &self,
        context: &OperationContext,
        instance: &Instance,
        changes: Vec<Change>,
    ) -> Result<Outcome, CimError> {
        let owner = &context.principal.name;
        let (class, path) = (instance.class().name, instance.path());
        for change in &changes {
            if !change.property.flags.write || change.property.flags.key {
                let what = format!("{} cannot be changed.", change.property.name);
                let error = CimError::new(ErrorKind::ReadOnly, what);
                return Err(error.with_subject(change.property.name));
            }
        }
        if class == SUBSCRIPTION {
            let needing = self.needing(owner, &path)?;
            let subscription = needing.first();
            let subscription = subscription.ok_or_else(|| CimError::not_found(&path))?;
            self.change_subscription(subscription, changes).await?;
            return Ok(done());
        }
        // One that was made by a Subscribe stands for it, and is not kept by itself.
        self.free(owner, &path)?;
        let name = instance.text("Name").unwrap_or_default();
        let made = self.noted(owner, class, name).await?;
        let made = made.ok_or_else(|| CimError::not_found(&path))?;
        let mut wanted = made.instance;
        for change in changes {
            if change.value.is_null() {
                wanted.unset(change.property.name);
            } else {
                wanted.set(change.property.name, change.value);
            }
        }
        let made = match class {
            FILTER => self.filter(wanted)?,
            _ => self.destination(wanted, made.login).await?,
        };
        let _turn = self.changing.lock().await;
        self.free(owner, &path)?;
        let key = key(owner, class, made.name());
        self.subscriptions.note(&key, made.encode()).await?;
        Ok(done())
    }

    async fn change_subscription(
        &self,
        subscription: &Subscription,
        changes: Vec<Change>,
    ) -> Result<(), CimError> {
        for change in changes {
            match change.property.name {
                "SubscriptionState" => given::state(&change.value)?,
                // It counts from when the subscription was made; without it, it lives as long as possible.
                "SubscriptionDuration" => {
                    let most = self.subscriptions.config().max_seconds;
                    let (begun, now) = (subscription.row.begun, now());
                    let left = match change.value.as_u64() {
                        None => most,
                        Some(seconds) => begun.saturating_add(seconds).saturating_sub(now),
                    };
                    if left == 0 {
                        let why = "the subscription is older than that; delete it to end it";
                        return Err(wrong("SubscriptionDuration", why));
                    }
                    let asked = Expires::In(std::time::Duration::from_secs(left));
                    let expiry = self.subscriptions.grant(Some(asked), now);
                    let expiry = expiry.map_err(|f| refused("SubscriptionDuration", &f))?;
                    let renewed = self.subscriptions.renew(subscription, expiry).await;
                    renewed.map_err(|fault| refused("SubscriptionDuration", &fault))?;
                }
                other => return Err(wrong(other, "it cannot be changed")),
            }
        }
        Ok(())
    }

    /// Deletes a filter, a destination or a subscription.
    ///
    /// # Errors
    /// `InUse` for what a subscription needs.
    pub(super) async fn delete(
        &self,
        context: &OperationContext,
        instance: &Instance,
    ) -> Result<Outcome, CimError> {
        let _turn = self.changing.lock().await;
        let owner = &context.principal.name;
        let (class, path) = (instance.class().name, instance.path());
        if class == SUBSCRIPTION {
            let needing = self.needing(owner, &path)?;
            let subscription = needing.first();
            let subscription = subscription.ok_or_else(|| CimError::not_found(&path))?;
            let ended = self.subscriptions.remove(subscription).await;
            ended.map_err(|fault| refused("Filter", &fault))?;
            return Ok(done());
        }
        self.free(owner, &path)?;
        let name = instance.text("Name").unwrap_or_default();
        self.subscriptions.forget(&key(owner, class, name)).await?;
        Ok(done())
    }

    /// What the filter selects that a Subscribe names by its keys: its name, namespace and query.
    ///
    /// # Errors
    /// `wsman:InvalidSelectors` where the keys name none of this user's.
    pub(super) async fn subscribed_to(
        &self,
        owner: &str,
        selectors: &SelectorSet,
    ) -> Result<(String, String, Filter), Fault> {
        let pairs = texts(selectors).unwrap_or_default();
        let name = pairs
            .into_iter()
            .find_map(|(name, text)| name.eq_ignore_ascii_case("Name").then_some(text));
        let Some(name) = name else {
            return Err(Fault::new(Subcode::InvalidSelectors)
                .detail(Detail::InsufficientSelectors)
                .because(format!(
                    "Name the {FILTER} whose events are wanted by its keys."
                )));
        };
        let failed = |error: CimError| super::exchange::refused(&error, wsman::Doing::Addressing);
        let made = self.noted(owner, FILTER, &name).await.map_err(failed)?;
        let made = made.ok_or_else(|| {
            Fault::new(Subcode::DestinationUnreachable).because(format!(
                "This user has made no {FILTER} with Name `{name}`."
            ))
        })?;
        let (source, query) = self.query_of(&made.instance).map_err(failed)?;
        Ok((name, source.namespace.clone(), query))
    }
}

/// The value of key `Name`.
fn name_of(path: &ObjectPath) -> Option<&str> {
    path.keys.iter().find_map(|(name, value)| {
        let is_name = name.eq_ignore_ascii_case("Name");
        value.as_str().filter(|_| is_name)
    })
}

/// Checks that no text is endless.
fn bounded(instance: &Instance) -> Result<(), CimError> {
    for (property, value) in instance.present() {
        let is_long = |value: &Value| value.as_str().is_some_and(|text| text.len() > LONGEST_TEXT);
        if is_long(value) || value.elements().iter().any(is_long) {
            let why = format!("a text here has {LONGEST_TEXT} octets at most");
            return Err(wrong(property.name, why));
        }
    }
    Ok(())
}
