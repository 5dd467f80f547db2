//! Subscriptions: what somebody wants to be told, kept over restarts.
//!
//! A subscription is a row in a store of its own, so that a write of a resource costs the same with a
//! thousand of them as with none. Events are not copied: they stand in the outbox of their provider, and
//! how far a subscription has come is a position in it. What is in memory (see [`feed`]) only saves
//! reading the same event once for every subscription.

pub(crate) mod feed;
mod notes;
pub(crate) mod row;
pub(crate) mod selection;
pub(crate) mod sink;
#[cfg(test)]
mod tests;
pub(crate) mod wmi;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cim_query::Seal;
use provider::shadow::ShadowSettings;
use provider::{Principal, Provider};
use serde::{Deserialize, Serialize};
use store::{Batch, Scan, Store, StoreError, Write};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use wsman::eventing::Expiry;
use wsman::{Fault, Subcode};

use self::feed::Feed;
use self::row::{Row, position_key, row_key};
use crate::Users;

/// Subscriptions to events: their bounds, and where events may be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventsConfig {
    /// Events that a cloud of this process keeps for those who are behind; the oldest go first.
    pub retained: u64,
    /// Subscriptions at a time, over all users.
    pub subscriptions: usize,
    /// Subscriptions at a time of one user.
    pub subscriptions_per_user: usize,
    /// Seconds that a subscription lives if the subscriber names no time.
    pub usual_seconds: u64,
    /// Seconds that a subscription lives at most before it has to be renewed.
    pub max_seconds: u64,
    /// Seconds that a sink may be away before its subscription ends, if the subscriber named no number of
    /// tries.
    pub patience_seconds: u64,
    /// Seconds between two looks at a cloud elsewhere that does not tell of changes, where something happens.
    pub look_seconds: u64,
    /// The same where nothing happens.
    pub look_at_most_seconds: u64,
    /// Whether events may be sent to this machine itself though the service serves others.
    pub allow_loopback: bool,
    /// A PEM file with the authorities that are trusted when events are sent over HTTPS, and no others;
    /// absent for the system's.
    pub ca_file: Option<PathBuf>,
    /// The certificate, with its chain, that is shown to sinks, PEM.
    pub client_certificate: Option<PathBuf>,
    /// Its key, PEM.
    pub client_key: Option<PathBuf>,
}

impl Default for EventsConfig {
    fn default() -> Self {
        Self {
            retained: 100_000,
            subscriptions: 10_000,
            subscriptions_per_user: 256,
            usual_seconds: 86_400,
            max_seconds: 366 * 86_400,
            patience_seconds: 86_400,
            look_seconds: 1,
            look_at_most_seconds: 60,
            allow_loopback: false,
            ca_file: None,
            client_certificate: None,
            client_key: None,
        }
    }
}

impl EventsConfig {
    /// How often clouds elsewhere are looked at.
    pub fn shadow(&self) -> ShadowSettings {
        let least = Duration::from_secs(self.look_seconds);
        let most = Duration::from_secs(self.look_at_most_seconds).max(least);
        let usual = ShadowSettings::default();
        ShadowSettings {
            least,
            most,
            most_of_jobs: usual.most_of_jobs.clamp(least, most),
            ..usual
        }
    }
}

/// A stream of events: namespace, and the tenant who sees it.
type Stream = (String, Option<String>);

/// All subscriptions of the service.
pub struct Subscriptions {
    store: Arc<dyn Store>,
    seal: Arc<dyn Seal>,
    config: EventsConfig,
    /// Whether sinks may be on this machine.
    loopback: bool,
    all: Mutex<HashMap<[u8; 16], Arc<Subscription>>>,
    feeds: Mutex<HashMap<Stream, Weak<Feed>>>,
    listeners: Arc<Mutex<Listeners>>,
    tasks: TaskTracker,
    stopping: CancellationToken,
}

/// Those who listen on a connection of their own, and keep nothing here.
#[derive(Default)]
struct Listeners {
    next: u64,
    all: HashMap<u64, (Arc<Principal>, CancellationToken)>,
}

/// Somebody's place among those who listen on a connection; it is free again when this is dropped.
pub(crate) struct Listener {
    number: u64,
    ended: CancellationToken,
    all: Arc<Mutex<Listeners>>,
}

impl Listener {
    /// Until this one may not listen any more.
    pub(crate) async fn ended(&self) {
        self.ended.cancelled().await;
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut listeners = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.all.remove(&self.number);
    }
}

/// One subscription.
pub(crate) struct Subscription {
    pub(crate) id: [u8; 16],
    pub(crate) row: Row,
    expiry: Mutex<Expiry>,
    /// Between these positions was nothing for it: the last Pull that came back empty saw that.
    quiet: Mutex<(u64, u64)>,
    /// Cancelled when the subscription is over.
    pub(crate) ended: CancellationToken,
    /// Why it was ended by somebody else than its owner.
    revoked: OnceLock<&'static str>,
}

impl Subscription {
    /// Where to look on from a position.
    pub(crate) fn examined_from(&self, position: u64) -> u64 {
        let (from, to) = *self.quiet.lock().unwrap_or_else(PoisonError::into_inner);
        if from == position {
            to.max(position)
        } else {
            position
        }
    }

    /// Remembers that between two positions was nothing for it.
    pub(crate) fn examined(&self, from: u64, to: u64) {
        *self.quiet.lock().unwrap_or_else(PoisonError::into_inner) = (from, to);
    }

    /// Why it was ended by somebody else than its owner, if it was.
    pub(crate) fn revoked(&self) -> Option<&'static str> {
        self.revoked.get().copied()
    }

    /// Until when it lives.
    pub(crate) fn expiry(&self) -> Expiry {
        *self.expiry.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What names it in messages.
    pub(crate) fn identifier(&self) -> String {
        format!("uuid:{}", uuid::Uuid::from_bytes(self.id))
    }
}

/// Seconds since the epoch.
pub(crate) fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}

fn failed(error: &StoreError) -> Fault {
    tracing::error!(%error, "the store of subscriptions failed");
    Fault::new(Subcode::InternalError).because("The subscription cannot be kept.")
}

/// How often subscriptions are looked through for those that are over.
const SWEEP: Duration = Duration::from_secs(10);
/// Seconds that one is remembered whose time is over, so that a late Renew is told so.
const REMEMBERED: u64 = 60;
/// How long [`Subscriptions::stop`] waits: a sink that does not answer must not hold up the service.
const PATIENCE: Duration = Duration::from_secs(5);

impl Subscriptions {
    /// The subscriptions of a store. `loopback`: the service itself listens on this machine only. Must be
    /// called within a tokio runtime.
    ///
    /// # Errors
    /// The store fails.
    pub async fn open(
        store: Arc<dyn Store>,
        seal: Arc<dyn Seal>,
        config: EventsConfig,
        loopback: bool,
    ) -> Result<Arc<Self>, StoreError> {
        let mut all = HashMap::new();
        store
            .scan(Scan::prefix(row::ROWS), &mut |key, _, value| {
                match row::read(key, value) {
                    Some((id, row)) => {
                        all.insert(id, Arc::new(subscription(id, row)));
                    }
                    None => tracing::error!("a subscription cannot be read and is left out"),
                }
                std::ops::ControlFlow::Continue(())
            })
            .await?;
        let this = Arc::new(Self {
            store,
            seal,
            loopback: loopback || config.allow_loopback,
            config,
            all: Mutex::new(all),
            feeds: Mutex::default(),
            listeners: Arc::default(),
            tasks: TaskTracker::new(),
            stopping: CancellationToken::new(),
        });
        let swept = Arc::clone(&this);
        this.tasks.spawn(async move {
            loop {
                tokio::select! {
                    () = swept.stopping.cancelled() => return,
                    () = tokio::time::sleep(SWEEP) => swept.sweep(now()).await,
                }
            }
        });
        Ok(this)
    }

    /// Ends all work; what was not delivered is when the store is next opened.
    pub async fn stop(&self) {
        self.stopping.cancel();
        self.tasks.close();
        if tokio::time::timeout(PATIENCE, self.tasks.wait())
            .await
            .is_err()
        {
            tracing::warn!("a sink is still being told of an end");
        }
    }

    pub(crate) const fn stopping(&self) -> &CancellationToken {
        &self.stopping
    }

    pub(crate) const fn tasks(&self) -> &TaskTracker {
        &self.tasks
    }

    pub(crate) const fn config(&self) -> &EventsConfig {
        &self.config
    }

    pub(crate) const fn loopback(&self) -> bool {
        self.loopback
    }

    pub(crate) fn seal(&self) -> &dyn Seal {
        &*self.seal
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 16], Arc<Subscription>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All of them.
    pub(crate) fn list(&self) -> Vec<Arc<Subscription>> {
        self.lock().values().map(Arc::clone).collect()
    }

    /// What is granted of an expiration that is asked for.
    ///
    /// # Errors
    /// As for [`Expiry::grant`].
    pub(crate) fn grant(&self, asked: Option<wsman::Expires>, now: u64) -> Result<Expiry, Fault> {
        let seconds = Duration::from_secs;
        Expiry::grant(
            asked,
            now,
            seconds(self.config.usual_seconds),
            seconds(self.config.max_seconds),
        )
    }

    /// Keeps a new subscription. When this answers it is durable.
    ///
    /// # Errors
    /// `wsman:QuotaLimit` where there are too many; the store fails.
    pub(crate) async fn add(&self, row: Row) -> Result<Arc<Subscription>, Fault> {
        let new = Arc::new(subscription(*uuid::Uuid::new_v4().as_bytes(), row));
        {
            let mut all = self.lock();
            let now = now();
            let alive = || all.values().filter(|s| !s.expiry().is_over(now));
            let own = alive().filter(|s| s.row.owner == new.row.owner).count();
            let every = alive().count();
            let quota = |most: usize, whose: &str| {
                Fault::new(Subcode::QuotaLimit).because(format!(
                    "There are {most} subscriptions{whose} already, which is the most; end one first."
                ))
            };
            if own >= self.config.subscriptions_per_user {
                return Err(quota(self.config.subscriptions_per_user, " of this user"));
            }
            if every >= self.config.subscriptions {
                return Err(quota(self.config.subscriptions, ""));
            }
            all.insert(new.id, Arc::clone(&new));
        }
        let written = self.write_row(&new).await;
        if let Err(error) = written {
            self.lock().remove(&new.id);
            return Err(failed(&error));
        }
        Ok(new)
    }

    async fn write_row(&self, subscription: &Subscription) -> Result<(), StoreError> {
        let put = Write::Put {
            key: row_key(&subscription.id),
            value: subscription.row.encode(subscription.expiry()),
        };
        self.write(vec![put]).await
    }

    async fn write(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        let batch = Batch {
            writes,
            ..Batch::default()
        };
        self.store.write(batch).await.map(|_| ())
    }

    /// The subscription with this id, if it belongs to `owner`.
    pub(crate) fn find(&self, id: &[u8; 16], owner: &str) -> Option<Arc<Subscription>> {
        let all = self.lock();
        all.get(id).filter(|s| s.row.owner == owner).map(Arc::clone)
    }

    /// Those of `owner` that hold.
    pub(crate) fn of_owner(
        &self,
        owner: &str,
        holds: impl Fn(&Row) -> bool,
    ) -> Vec<Arc<Subscription>> {
        let all = self.lock();
        let own = all.values().filter(|s| s.row.owner == owner);
        own.filter(|s| holds(&s.row)).map(Arc::clone).collect()
    }

    /// Gives a subscription another end. When this answers it is durable.
    ///
    /// # Errors
    /// The store fails.
    pub(crate) async fn renew(
        &self,
        subscription: &Subscription,
        expiry: Expiry,
    ) -> Result<(), Fault> {
        *subscription
            .expiry
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = expiry;
        let written = self.write_row(subscription).await;
        written.map_err(|error| failed(&error))
    }

    /// Ends a subscription.
    ///
    /// # Errors
    /// The store fails.
    pub(crate) async fn remove(&self, subscription: &Subscription) -> Result<(), Fault> {
        let deletes = [row_key(&subscription.id), position_key(&subscription.id)];
        let writes = deletes.map(|key| Write::Delete { key }).into();
        let written = self.write(writes).await;
        self.lock().remove(&subscription.id);
        subscription.ended.cancel();
        written.map_err(|error| failed(&error))
    }

    /// A place to listen on a connection; `None` if this user has as many as subscriptions are allowed.
    pub(crate) fn listener(&self, principal: &Arc<Principal>) -> Option<Listener> {
        let mut listeners = self
            .listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut own = listeners.all.values();
        let own = own
            .by_ref()
            .filter(|(owner, _)| owner.name == principal.name);
        if own.count() >= self.config.subscriptions_per_user
            || listeners.all.len() >= self.config.subscriptions
        {
            return None;
        }
        let number = listeners.next;
        listeners.next += 1;
        let ended = CancellationToken::new();
        let entry = (Arc::clone(principal), ended.clone());
        listeners.all.insert(number, entry);
        Some(Listener {
            number,
            ended,
            all: Arc::clone(&self.listeners),
        })
    }

    /// Ends those whose owner is no user any more, or one of another tenant: events are for who may see
    /// them.
    pub(crate) fn keep_those_of(self: &Arc<Self>, users: &Users) {
        let is_there = |name: &str, tenant: Option<&str>| {
            let user = users.find(name);
            user.is_some_and(|user| user.tenant.as_deref() == tenant)
        };
        for (owner, ended) in self
            .listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .all
            .values()
        {
            if !is_there(&owner.name, owner.tenant.as_deref()) {
                ended.cancel();
            }
        }
        let names = users.iter().map(|user| user.name.clone()).collect();
        let this = Arc::clone(self);
        self.tasks.spawn(async move {
            if let Err(error) = this.forget_all_but(names).await {
                tracing::error!(%error, "filters and destinations of a removed user are still kept");
            }
        });
        for subscription in self.list() {
            let row = &subscription.row;
            if is_there(&row.owner, row.tenant.as_deref()) {
                continue;
            }
            tracing::info!(
                subscription = subscription.identifier(),
                owner = row.owner,
                "ended: its owner may not have events any more"
            );
            let _ = subscription
                .revoked
                .set("The user who subscribed is gone, or belongs to another tenant.");
            let this = Arc::clone(self);
            self.tasks.spawn(async move {
                // What failed is tried again when users are read again, or by the next start.
                let _ = this.remove(&subscription).await;
            });
        }
    }

    /// How far a subscription has come.
    pub(crate) async fn position(&self, subscription: &Subscription) -> u64 {
        match self.store.get(&position_key(&subscription.id)).await {
            Ok(Some((_, value))) => value
                .try_into()
                .map_or(subscription.row.start, u64::from_be_bytes),
            Ok(None) => subscription.row.start,
            Err(error) => {
                tracing::error!(%error, "the position of a subscription cannot be read");
                subscription.row.start
            }
        }
    }

    /// Keeps how far a subscription has come.
    pub(crate) async fn keep_position(&self, subscription: &Subscription, position: u64) {
        if subscription.ended.is_cancelled() {
            return;
        }
        let put = Write::Put {
            key: position_key(&subscription.id),
            value: position.to_be_bytes().to_vec(),
        };
        if let Err(error) = self.write(vec![put]).await {
            tracing::error!(%error, "the position of a subscription cannot be kept");
        }
    }

    /// Ends those whose time is over.
    pub(crate) async fn sweep(&self, now: u64) {
        for subscription in self.list() {
            if subscription
                .expiry()
                .is_over(now.saturating_sub(REMEMBERED))
            {
                // What failed is tried again by the next sweep, or by the next start.
                let _ = self.remove(&subscription).await;
            }
        }
    }

    /// The stream of events of a provider, as a tenant sees it.
    pub(crate) fn feed(
        &self,
        provider: &Arc<dyn Provider>,
        namespace: &str,
        tenant: Option<&str>,
    ) -> Arc<Feed> {
        let key = (namespace.to_owned(), tenant.map(str::to_owned));
        let mut feeds = self.feeds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(feed) = feeds.get(&key).and_then(Weak::upgrade) {
            return feed;
        }
        let feed = Feed::new(Arc::clone(provider), namespace, tenant);
        feeds.insert(key, Arc::downgrade(&feed));
        self.tasks
            .spawn(feed::follow(Arc::downgrade(&feed), self.stopping.clone()));
        feed
    }
}

fn subscription(id: [u8; 16], row: Row) -> Subscription {
    Subscription {
        id,
        expiry: Mutex::new(row.expiry()),
        row,
        quiet: Mutex::default(),
        ended: CancellationToken::new(),
        revoked: OnceLock::new(),
    }
}
