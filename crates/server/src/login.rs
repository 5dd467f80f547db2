//! HTTP Basic: who calls.
//!
//! Checking a password is expensive on purpose, and Basic sends it with every request. So a login found
//! right is remembered under a keyed hash of the `Authorization` header, whose key lives as long as the
//! process; neither password nor header is kept. Checks run in a bounded number of threads, and one
//! after the other for the same caller, so that a flood of wrong passwords costs a bounded share of the
//! machine and remembered callers do not notice.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use blake2::Blake2bMac;
use blake2::digest::{KeyInit, Mac, consts::U32};
use http::{HeaderMap, header};
use provider::Principal;
use tokio::sync::Semaphore;

use crate::StartError;
use crate::config::{LoginConfig, seconds};
use crate::metrics::Metrics;
use crate::users::{MAX_PASSWORD, User, Users};

/// A user who can log in, with the places for requests in progress.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) principal: Arc<Principal>,
    /// One permit for every request that the user may have in progress.
    pub(crate) places: Arc<Semaphore>,
}

/// Why there is no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Denied {
    /// No credentials, or wrong ones.
    Wrong,
    /// Too many checks are waiting.
    Busy,
}

/// The users of the moment and what is remembered of their logins; a change of the users file replaces it
/// as a whole, and so forgets.
struct Accounts {
    users: HashMap<String, (User, Arc<Account>)>,
    remembered: RwLock<HashMap<Digest, (Arc<Account>, Instant)>>,
}

type Digest = [u8; 32];

/// Checks logins.
pub(crate) struct Login {
    accounts: ArcSwap<Accounts>,
    key: [u8; 32],
    config: LoginConfig,
    requests_per_user: usize,
    checks: Arc<Semaphore>,
    /// Places in the queue for a check.
    queue: Semaphore,
    metrics: Arc<Metrics>,
}

/// Longer `Authorization` headers are no Basic login: name and password in base64.
const MAX_HEADER: usize = 8 + (64 + 1 + MAX_PASSWORD) * 4 / 3 + 8;

impl Login {
    pub(crate) fn new(
        users: &Users,
        config: LoginConfig,
        requests_per_user: usize,
        metrics: Arc<Metrics>,
    ) -> Result<Self, StartError> {
        let mut key = [0; 32];
        openssl::rand::rand_bytes(&mut key)?;
        Ok(Self {
            accounts: ArcSwap::from_pointee(Accounts::new(users, requests_per_user, None)),
            key,
            config,
            requests_per_user,
            checks: Arc::new(Semaphore::new(config.checks)),
            queue: Semaphore::new(config.checks + config.checks_waiting),
            metrics,
        })
    }

    /// Takes other users from now on. Requests in progress go on, and count on.
    pub(crate) fn replace(&self, users: &Users) {
        let old = self.accounts.load();
        self.accounts.store(Arc::new(Accounts::new(
            users,
            self.requests_per_user,
            Some(&old),
        )));
    }

    /// The account that a request belongs to.
    pub(crate) async fn check(&self, headers: &HeaderMap) -> Result<Arc<Account>, Denied> {
        let result = self.check_header(headers).await;
        if matches!(result, Err(Denied::Wrong)) && headers.contains_key(header::AUTHORIZATION) {
            self.metrics.logins_refused.inc();
        }
        result
    }

    async fn check_header(&self, headers: &HeaderMap) -> Result<Arc<Account>, Denied> {
        let mut values = headers.get_all(header::AUTHORIZATION).iter();
        let value = values.next().ok_or(Denied::Wrong)?.as_bytes();
        if values.next().is_some() || value.len() > MAX_HEADER {
            return Err(Denied::Wrong);
        }
        let digest = self.digest(value);
        let accounts = self.accounts.load_full();
        if let Some(account) = accounts.recall(&digest) {
            self.metrics.logins_remembered.inc();
            return Ok(account);
        }
        let (name, password) = parse_basic(value).ok_or(Denied::Wrong)?;

        let _place = self.queue.try_acquire().map_err(|_| Denied::Busy)?;
        let turn = Arc::clone(&self.checks)
            .acquire_owned()
            .await
            .map_err(|_| Denied::Busy)?;
        // Somebody before us in the queue may have had the same login: a client that opens many
        // connections at once costs one check.
        if let Some(account) = accounts.recall(&digest) {
            self.metrics.logins_remembered.inc();
            return Ok(account);
        }
        self.metrics.password_checks.inc();
        let config = self.config;
        tokio::task::spawn_blocking(move || {
            let Some(account) = accounts.verify(&name, &password) else {
                let name: String = name.chars().take(64).collect();
                tracing::info!(user = name, "login refused");
                return None;
            };
            accounts.remember(digest, &account, &config);
            // The turn lasts as long as the check, also when the caller goes away meanwhile, and until the
            // next in the queue can recall.
            drop(turn);
            Some(account)
        })
        .await
        .ok()
        .flatten()
        .ok_or(Denied::Wrong)
    }

    fn digest(&self, value: &[u8]) -> Digest {
        // A key of 32 bytes is always possible; without it nothing would ever be remembered alike.
        let Ok(mut mac) = Blake2bMac::<U32>::new_from_slice(&self.key) else {
            return self.key;
        };
        mac.update(value);
        mac.finalize().into_bytes().into()
    }
}

impl Accounts {
    fn new(users: &Users, requests_per_user: usize, old: Option<&Self>) -> Self {
        let users = users
            .iter()
            .map(|user| {
                let places = old.and_then(|old| old.users.get(&user.name)).map_or_else(
                    || Arc::new(Semaphore::new(requests_per_user)),
                    |(_, account)| Arc::clone(&account.places),
                );
                let account = Account {
                    principal: Arc::new(user.principal()),
                    places,
                };
                (user.name.clone(), (user.clone(), Arc::new(account)))
            })
            .collect();
        Self {
            users,
            remembered: RwLock::default(),
        }
    }

    fn recall(&self, digest: &Digest) -> Option<Arc<Account>> {
        let remembered = self
            .remembered
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let (account, until) = remembered.get(digest)?;
        (Instant::now() < *until).then(|| Arc::clone(account))
    }

    fn remember(&self, digest: Digest, account: &Arc<Account>, config: &LoginConfig) {
        if config.remembered == 0 {
            return;
        }
        let now = Instant::now();
        let until = now + seconds(config.remember_seconds).min(Duration::from_secs(86_400));
        let mut remembered = self
            .remembered
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= config.remembered {
            remembered.retain(|_, (_, until)| now < *until);
        }
        if remembered.len() >= config.remembered
            && let Some(oldest) = remembered
                .iter()
                .min_by_key(|(_, (_, until))| *until)
                .map(|(digest, _)| *digest)
        {
            remembered.remove(&oldest);
        }
        remembered.insert(digest, (Arc::clone(account), until));
    }

    /// Checks a password. An unknown name costs the same as a known one: the check runs against the hash of
    /// somebody else, and does not count.
    fn verify(&self, name: &str, password: &[u8]) -> Option<Arc<Account>> {
        match self.users.get(name) {
            Some((user, account)) => user.verify(password).then(|| Arc::clone(account)),
            None => {
                if let Some((user, _)) = self.users.values().next() {
                    std::hint::black_box(user.verify(password));
                }
                None
            }
        }
    }
}

/// Name and password of `Basic base64(name:password)` (RFC 7617).
fn parse_basic(value: &[u8]) -> Option<(String, Vec<u8>)> {
    let (scheme, rest) = value.split_at_checked(6)?;
    if !scheme.eq_ignore_ascii_case(b"Basic ") {
        return None;
    }
    let mut decoded = BASE64_STANDARD.decode(rest.trim_ascii()).ok()?;
    let colon = decoded.iter().position(|byte| *byte == b':')?;
    let password = decoded.split_off(colon + 1);
    decoded.truncate(colon);
    Some((String::from_utf8(decoded).ok()?, password))
}

#[cfg(test)]
mod tests {
    use provider::Role;

    use super::*;

    fn users(entries: &[(&str, &str)]) -> Users {
        let mut users = Users::default();
        for (name, password) in entries {
            users.add(name, Role::Operator, None, password).unwrap();
        }
        users
    }

    fn login(entries: &[(&str, &str)], config: LoginConfig) -> Login {
        Login::new(&users(entries), config, 4, Arc::default()).unwrap()
    }

    fn basic(text: &str) -> HeaderMap {
        let value = format!("Basic {}", BASE64_STANDARD.encode(text));
        HeaderMap::from_iter([(header::AUTHORIZATION, value.parse().unwrap())])
    }

    #[tokio::test]
    async fn right_logins_are_checked_once_and_then_remembered() {
        let login = login(&[("ann", "pass:word")], LoginConfig::default());
        for _ in 0..5 {
            let account = login.check(&basic("ann:pass:word")).await.unwrap();
            assert_eq!(account.principal.name, "ann");
        }
        assert_eq!(login.metrics.password_checks.get(), 1);
        assert_eq!(login.metrics.logins_remembered.get(), 4);
    }

    #[tokio::test]
    async fn many_first_requests_of_one_caller_cost_one_check_a_thread() {
        let login = Arc::new(login(&[("ann", "x")], LoginConfig::default()));
        let tasks: Vec<_> = (0..32)
            .map(|_| {
                let login = Arc::clone(&login);
                tokio::spawn(async move { login.check(&basic("ann:x")).await.is_ok() })
            })
            .collect();
        for task in tasks {
            assert!(task.await.unwrap());
        }
        assert!(login.metrics.password_checks.get() <= 2);
    }

    #[tokio::test]
    async fn wrong_logins_are_refused_and_never_remembered() {
        let login = login(&[("ann", "x")], LoginConfig::default());
        for text in ["ann:y", "ann:", "ann", "bob:x", ":x", "Ann:x", "ann:x "] {
            assert_eq!(
                login.check(&basic(text)).await.unwrap_err(),
                Denied::Wrong,
                "{text}"
            );
            assert_eq!(
                login.check(&basic(text)).await.unwrap_err(),
                Denied::Wrong,
                "{text}"
            );
        }
        assert_eq!(login.metrics.logins_remembered.get(), 0);
        assert_eq!(login.metrics.logins_refused.get(), 14);
        for value in [
            "Basic",
            "Basic !!!",
            "Bearer abc",
            "",
            "Basic YW5uOng=,Basic YW5uOng=",
        ] {
            let headers = HeaderMap::from_iter([(header::AUTHORIZATION, value.parse().unwrap())]);
            assert!(login.check(&headers).await.is_err(), "{value}");
        }
        assert!(login.check(&HeaderMap::new()).await.is_err());
        let mut twice = basic("ann:x");
        twice.append(header::AUTHORIZATION, twice[header::AUTHORIZATION].clone());
        assert!(login.check(&twice).await.is_err());
        assert!(login.check(&basic("ann:x")).await.is_ok());
    }

    #[tokio::test]
    async fn unknown_names_cost_a_check_like_known_ones() {
        let login = login(&[("ann", "x")], LoginConfig::default());
        let _ = login.check(&basic("nobody:x")).await;
        let _ = login.check(&basic("ann:wrong")).await;
        assert_eq!(login.metrics.password_checks.get(), 2);
    }

    #[tokio::test]
    async fn another_users_file_forgets_everything_but_what_is_in_progress() {
        let login = login(&[("ann", "x"), ("bob", "x")], LoginConfig::default());
        let before = login.check(&basic("ann:x")).await.unwrap();
        let _permit = Arc::clone(&before.places).try_acquire_owned().unwrap();
        login.check(&basic("bob:x")).await.unwrap();
        login.replace(&users(&[("ann", "new")]));
        assert!(login.check(&basic("ann:x")).await.is_err());
        assert!(login.check(&basic("bob:x")).await.is_err());
        let after = login.check(&basic("ann:new")).await.unwrap();
        assert_eq!(after.places.available_permits(), 3);
    }

    #[tokio::test]
    async fn what_is_remembered_is_bounded_and_expires() {
        let config = LoginConfig {
            remembered: 1,
            ..LoginConfig::default()
        };
        let login1 = login(&[("ann", "x"), ("bob", "x")], config);
        for name in ["ann:x", "bob:x", "ann:x"] {
            login1.check(&basic(name)).await.unwrap();
        }
        assert_eq!(login1.metrics.password_checks.get(), 3);

        let config = LoginConfig {
            remember_seconds: 0,
            ..LoginConfig::default()
        };
        let login2 = login(&[("ann", "x")], config);
        login2.check(&basic("ann:x")).await.unwrap();
        login2.check(&basic("ann:x")).await.unwrap();
        assert_eq!(login2.metrics.password_checks.get(), 2);
    }

    #[tokio::test]
    async fn a_flood_of_wrong_passwords_is_refused_early_and_does_not_reach_the_remembered() {
        let config = LoginConfig {
            checks: 1,
            checks_waiting: 2,
            ..LoginConfig::default()
        };
        let login = Arc::new(login(&[("ann", "x")], config));
        login.check(&basic("ann:x")).await.unwrap();
        let flood: Vec<_> = (0..20)
            .map(|index| {
                let login = Arc::clone(&login);
                tokio::spawn(async move { login.check(&basic(&format!("ann:{index}"))).await })
            })
            .collect();
        tokio::task::yield_now().await;
        login.check(&basic("ann:x")).await.unwrap();
        let mut busy = 0;
        for task in flood {
            busy += usize::from(task.await.unwrap().unwrap_err() == Denied::Busy);
        }
        assert_eq!(busy, 17);
        assert_eq!(login.metrics.password_checks.get(), 4);
    }
}
