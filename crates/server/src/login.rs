//! Who calls: HTTP Basic, HTTP Digest, and client certificates.
//!
//! Checking a password is expensive on purpose, and Basic sends it with every request. So a login found
//! right is remembered under a keyed hash of the `Authorization` header, whose key lives as long as the
//! process; neither password nor header is kept. Checks run in a bounded number of threads, and one
//! after the other for the same caller, so that a flood of wrong passwords costs a bounded share of the
//! machine and remembered callers do not notice. Digest costs microseconds and needs none of this.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use blake2::Blake2bMac;
use blake2::digest::{KeyInit, Mac, consts::U32};
use cim_query::Seal;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Uri, header};
use http_client::digest::Algorithm;
use provider::{Password, Principal};
use tokio::sync::Semaphore;

use crate::StartError;
use crate::certificate;
use crate::config::{LoginConfig, seconds};
use crate::digest::{self, Credentials, Nonces};
use crate::metrics::Metrics;
use crate::users::{MAX_PASSWORD, REALM, User, Users};

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
    /// The right Digest login with a nonce that is too old: another try with a new one will do.
    Stale,
    /// Too many checks are waiting.
    Busy,
}

/// The users of the moment and what is remembered of their logins; a change of the users file replaces it
/// as a whole, and so forgets.
struct Accounts {
    users: HashMap<String, (User, Arc<Account>)>,
    /// Who has which name of a certificate.
    certificates: HashMap<String, Arc<Account>>,
    remembered: RwLock<HashMap<Keyed, (Arc<Account>, Instant)>>,
    /// Whether somebody can log in with HTTP Digest.
    digest: bool,
}

/// The keyed hash of a header.
type Keyed = [u8; 32];

/// Checks logins.
pub(crate) struct Login {
    accounts: ArcSwap<Accounts>,
    key: [u8; 32],
    config: LoginConfig,
    requests_per_user: usize,
    checks: Arc<Semaphore>,
    /// Places in the queue for a check.
    queue: Semaphore,
    nonces: Nonces,
    /// Whether somebody can log in with Digest, for those who tell others.
    digest: Arc<AtomicBool>,
    metrics: Arc<Metrics>,
}

/// Longer `Authorization` headers are no login: name and password in base64, or the parameters of Digest with
/// the longest path.
const MAX_DIGEST_HEADER: usize = 8 * 1024;
const MAX_HEADER: usize = 8 + (64 + 1 + MAX_PASSWORD) * 4 / 3 + 8;

impl Login {
    pub(crate) fn new(
        users: &Users,
        config: LoginConfig,
        requests_per_user: usize,
        seal: Arc<dyn Seal>,
        metrics: Arc<Metrics>,
    ) -> Result<Self, StartError> {
        let mut key = [0; 32];
        openssl::rand::rand_bytes(&mut key)?;
        Ok(Self {
            digest: Arc::default(),
            accounts: ArcSwap::from_pointee(Accounts::new(users, requests_per_user, None)),
            key,
            config,
            requests_per_user,
            checks: Arc::new(Semaphore::new(config.checks)),
            queue: Semaphore::new(config.checks + config.checks_waiting),
            nonces: Nonces::new(seal, seconds(config.nonce_seconds), config.nonces),
            metrics,
        })
    }

    /// Takes other users from now on. Requests in progress go on, and count on.
    pub(crate) fn replace(&self, users: &Users) {
        let old = self.accounts.load();
        let accounts = Accounts::new(users, self.requests_per_user, Some(&old));
        self.digest.store(accounts.digest, Ordering::Relaxed);
        self.accounts.store(Arc::new(accounts));
    }

    /// Says in `digest`, now and after every change of the users, whether somebody can log in with Digest.
    pub(crate) fn telling(mut self, digest: Arc<AtomicBool>) -> Self {
        digest.store(self.accounts.load().digest, Ordering::Relaxed);
        self.digest = digest;
        self
    }

    /// The account that a request belongs to, on a connection whose client has shown a certificate with these
    /// names. What the request itself says goes before it.
    pub(crate) async fn check(
        &self,
        parts: &Parts,
        certificate: &[String],
    ) -> Result<Arc<Account>, Denied> {
        let result = self.check_header(parts, certificate).await;
        if matches!(result, Err(Denied::Wrong)) && parts.headers.contains_key(header::AUTHORIZATION)
        {
            self.metrics.logins_refused.inc();
        }
        result
    }

    /// Adds what the caller can log in with: Basic first, because one client takes the last for Digest
    /// whatever it is.
    pub(crate) fn challenge(&self, headers: &mut HeaderMap, denied: Denied, digest: bool) {
        let basic = HeaderValue::try_from(format!("Basic realm=\"{REALM}\""));
        if let Ok(basic) = basic {
            headers.append(header::WWW_AUTHENTICATE, basic);
        }
        if digest && self.accounts.load().digest {
            let stale = denied == Denied::Stale;
            self.nonces
                .challenge(headers, self.config.digest_md5, stale);
        }
    }

    async fn check_header(
        &self,
        parts: &Parts,
        certificate: &[String],
    ) -> Result<Arc<Account>, Denied> {
        let mut values = parts.headers.get_all(header::AUTHORIZATION).iter();
        let Some(value) = values.next().map(HeaderValue::as_bytes) else {
            return self.check_certificate(certificate);
        };
        if values.next().is_some() {
            return Err(Denied::Wrong);
        }
        if value == certificate::MUTUAL {
            return self.check_certificate(certificate);
        }
        if has_scheme(value, b"Digest ") {
            return self.check_digest(value, &parts.method, &parts.uri);
        }
        if value.len() > MAX_HEADER {
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

    fn check_certificate(&self, names: &[String]) -> Result<Arc<Account>, Denied> {
        let accounts = self.accounts.load();
        let account = names
            .iter()
            .find_map(|name| accounts.certificates.get(name));
        if account.is_none()
            && let Some(name) = names.first()
        {
            tracing::info!(certificate = name, "no user has this name in a certificate");
        }
        account.map(Arc::clone).ok_or(Denied::Wrong)
    }

    fn check_digest(
        &self,
        value: &[u8],
        method: &Method,
        uri: &Uri,
    ) -> Result<Arc<Account>, Denied> {
        if value.len() > MAX_DIGEST_HEADER {
            return Err(Denied::Wrong);
        }
        let credentials = Credentials::parse(value, uri).ok_or(Denied::Wrong)?;
        let accounts = self.accounts.load();
        let known = accounts.users.get(&credentials.user);
        let secret = known.and_then(|(user, _)| user.digest_secret(credentials.algorithm));
        // The same work for names that nobody has.
        let right = credentials.proves(secret.unwrap_or_default(), method);
        let offered = credentials.algorithm == Algorithm::Sha256 || self.config.digest_md5;
        match known {
            Some((_, account)) if secret.is_some() && right && offered => {
                if self.nonces.take(&credentials) {
                    Ok(Arc::clone(account))
                } else {
                    Err(Denied::Stale)
                }
            }
            _ => {
                let name: String = credentials.user.chars().take(64).collect();
                tracing::info!(user = name, "login refused");
                Err(Denied::Wrong)
            }
        }
    }

    fn digest(&self, value: &[u8]) -> Keyed {
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
        let digest = digest::possible(users);
        let users: HashMap<_, _> = users
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
        let certificates = users
            .values()
            .filter_map(|(user, account)| {
                Some((
                    certificate::folded(user.certificate()?),
                    Arc::clone(account),
                ))
            })
            .collect();
        Self {
            users,
            certificates,
            remembered: RwLock::default(),
            digest,
        }
    }

    fn recall(&self, digest: &Keyed) -> Option<Arc<Account>> {
        let remembered = self
            .remembered
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let (account, until) = remembered.get(digest)?;
        (Instant::now() < *until).then(|| Arc::clone(account))
    }

    fn remember(&self, digest: Keyed, account: &Arc<Account>, config: &LoginConfig) {
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

    /// Checks a password. A name without one costs the same as one with: the check runs against the hash of
    /// somebody else, and does not count.
    fn verify(&self, name: &str, password: &[u8]) -> Option<Arc<Account>> {
        match self.users.get(name) {
            Some((user, account)) if user.has_password() => {
                user.verify(password).then(|| Arc::clone(account))
            }
            _ => {
                let others = self.users.values();
                if let Some((user, _)) = others.into_iter().find(|(user, _)| user.has_password()) {
                    std::hint::black_box(user.verify(password));
                }
                None
            }
        }
    }
}

/// The password that a request has brought, once its login was found right.
pub(crate) fn sent_password(headers: &HeaderMap) -> Option<Password> {
    let (_, password) = parse_basic(headers.get(header::AUTHORIZATION)?.as_bytes())?;
    Some(Password::new(String::from_utf8(password).ok()?))
}

fn has_scheme(value: &[u8], scheme: &[u8]) -> bool {
    value
        .get(..scheme.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
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
    use http_client::digest::{Asked, Scheme, response, secret};
    use provider::Role;

    use super::*;
    use crate::seal::TokenSeal;

    fn users(entries: &[(&str, &str)]) -> Users {
        let mut users = Users::default();
        for (name, password) in entries {
            users.add(name, Role::Operator, None, password).unwrap();
        }
        users
    }

    fn login(entries: &[(&str, &str)], config: LoginConfig) -> Login {
        login_of(&users(entries), config)
    }

    fn login_of(users: &Users, config: LoginConfig) -> Login {
        let folder = tempfile::tempdir().unwrap();
        let seal = TokenSeal::open_or_create(&folder.path().join("seal.key")).unwrap();
        Login::new(users, config, 4, Arc::new(seal), Arc::default()).unwrap()
    }

    fn request(authorization: Option<&str>) -> Parts {
        let mut request = http::Request::post("/wsman");
        if let Some(value) = authorization {
            request = request.header(header::AUTHORIZATION, value);
        }
        request.body(()).unwrap().into_parts().0
    }

    fn basic(text: &str) -> Parts {
        request(Some(&format!("Basic {}", BASE64_STANDARD.encode(text))))
    }

    /// Proves 2 security profiles that follow the users.
    #[test]
    fn others_are_told_whether_somebody_has_digest() {
        let flag = Arc::<AtomicBool>::default();
        let plain = users(&[("ann", "secret")]);
        let login = login_of(&plain, LoginConfig::default()).telling(Arc::clone(&flag));
        assert!(!flag.load(Ordering::Relaxed));
        let mut with_digest = plain.clone();
        with_digest.enable_digest("ann", "secret").unwrap();
        login.replace(&with_digest);
        assert!(flag.load(Ordering::Relaxed));
        login.replace(&plain);
        assert!(!flag.load(Ordering::Relaxed));
    }

    /// The challenges of a login.
    fn challenges(login: &Login, denied: Denied) -> Vec<String> {
        let mut headers = HeaderMap::new();
        login.challenge(&mut headers, denied, true);
        headers
            .get_all(header::WWW_AUTHENTICATE)
            .iter()
            .map(|value| value.to_str().unwrap().to_owned())
            .collect()
    }

    /// What a client answers to a challenge.
    fn digest_login(challenge: &str, user: &str, password: &str, count: u32) -> Parts {
        let scheme = Scheme::parse_all(challenge).remove(0);
        let algorithm = Algorithm::of_name(scheme.get("algorithm").unwrap()).unwrap();
        let (realm, nonce) = (scheme.get("realm").unwrap(), scheme.get("nonce").unwrap());
        let count = format!("{count:08x}");
        let asked = Asked {
            method: "POST",
            uri: "/wsman",
            nonce,
            count: &count,
            client_nonce: "c",
        };
        let secret = secret(algorithm, user, realm, password).unwrap();
        let response = response(algorithm, &secret, &asked).unwrap();
        request(Some(&format!(
            "Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"/wsman\", \
             algorithm={}, qop=auth, nc={count}, cnonce=\"c\", response=\"{response}\"",
            algorithm.name()
        )))
    }

    fn digest_users() -> Users {
        let mut users = users(&[("ann", "pass word"), ("bob", "x")]);
        users.enable_digest("ann", "pass word").unwrap();
        users
    }

    #[tokio::test]
    async fn digest_is_offered_where_somebody_has_it_md5_last() {
        let without = login(&[("ann", "x")], LoginConfig::default());
        assert_eq!(
            challenges(&without, Denied::Wrong),
            ["Basic realm=\"cimi-bridge\""]
        );
        let with = login_of(&digest_users(), LoginConfig::default());
        let offered = challenges(&with, Denied::Wrong);
        let algorithms: Vec<_> = offered
            .iter()
            .map(|c| Scheme::parse_all(c)[0].get("algorithm").map(str::to_owned))
            .collect();
        assert_eq!(
            algorithms,
            [None, Some("SHA-256".into()), Some("MD5".into())]
        );
        assert!(!offered.iter().any(|c| c.contains("stale")));
        without.replace(&digest_users());
        assert_eq!(challenges(&without, Denied::Wrong).len(), 3);
        let config = LoginConfig {
            digest_md5: false,
            ..LoginConfig::default()
        };
        let strict = login_of(&digest_users(), config);
        assert_eq!(challenges(&strict, Denied::Wrong).len(), 2);
        let md5 = challenges(&with, Denied::Wrong).pop().unwrap();
        let parts = digest_login(&md5, "ann", "pass word", 1);
        assert_eq!(strict.check(&parts, &[]).await.unwrap_err(), Denied::Wrong);
    }

    #[tokio::test]
    async fn digest_logins_are_right_once_each() {
        let login = login_of(&digest_users(), LoginConfig::default());
        let offered = challenges(&login, Denied::Wrong);
        // Both have the same nonce: some clients mix them up.
        for (count, challenge) in [(1, &offered[1]), (2, &offered[2]), (3, &offered[1])] {
            let parts = digest_login(challenge, "ann", "pass word", count);
            let account = login.check(&parts, &[]).await.unwrap();
            assert_eq!(account.principal.name, "ann");
            // The same request again, as somebody who listens would send it.
            assert_eq!(login.check(&parts, &[]).await.unwrap_err(), Denied::Stale);
        }
        let challenge = challenges(&login, Denied::Wrong).pop().unwrap();
        for (user, password) in [
            ("ann", "pass worD"),
            ("nobody", "x"),
            ("ann", ""),
            // Has a password, but no Digest secret.
            ("bob", "x"),
        ] {
            let parts = digest_login(&challenge, user, password, 1);
            assert_eq!(
                login.check(&parts, &[]).await.unwrap_err(),
                Denied::Wrong,
                "{user}"
            );
        }
        assert_eq!(login.metrics.logins_refused.get(), 4);
        // A wrong login uses up nothing.
        let parts = digest_login(&challenge, "ann", "pass word", 1);
        assert!(login.check(&parts, &[]).await.is_ok());
        assert_eq!(login.metrics.password_checks.get(), 0);
    }

    #[tokio::test]
    async fn old_nonces_are_stale_and_a_new_one_does() {
        let config = LoginConfig {
            nonce_seconds: 0,
            ..LoginConfig::default()
        };
        let login = login_of(&digest_users(), config);
        let challenge = challenges(&login, Denied::Wrong).pop().unwrap();
        tokio::time::sleep(Duration::from_millis(2)).await;
        let parts = digest_login(&challenge, "ann", "pass word", 1);
        assert_eq!(login.check(&parts, &[]).await.unwrap_err(), Denied::Stale);
        let again = challenges(&login, Denied::Stale);
        assert!(again[1].ends_with(", stale=true") && again[2].ends_with(", stale=true"));
        assert_eq!(login.metrics.logins_refused.get(), 0);
    }

    #[tokio::test]
    async fn right_logins_are_checked_once_and_then_remembered() {
        let login = login(&[("ann", "pass:word")], LoginConfig::default());
        for _ in 0..5 {
            let account = login.check(&basic("ann:pass:word"), &[]).await.unwrap();
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
                tokio::spawn(async move { login.check(&basic("ann:x"), &[]).await.is_ok() })
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
                login.check(&basic(text), &[]).await.unwrap_err(),
                Denied::Wrong,
                "{text}"
            );
            assert_eq!(
                login.check(&basic(text), &[]).await.unwrap_err(),
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
            let parts = request(Some(value));
            assert!(login.check(&parts, &[]).await.is_err(), "{value}");
        }
        assert!(login.check(&request(None), &[]).await.is_err());
        let mut twice = basic("ann:x");
        let value = twice.headers[header::AUTHORIZATION].clone();
        twice.headers.append(header::AUTHORIZATION, value);
        assert!(login.check(&twice, &[]).await.is_err());
        assert!(login.check(&basic("ann:x"), &[]).await.is_ok());
    }

    #[tokio::test]
    async fn a_certificate_is_the_login_of_the_user_who_has_its_name() {
        let mut some = users(&[("ann", "x"), ("bob", "x")]);
        some.set_certificate("ann", Some("Ann@Example.org"))
            .unwrap();
        some.add_with_certificate("console", Role::Reader, None, "console")
            .unwrap();
        let login = login_of(&some, LoginConfig::default());
        let profile = std::str::from_utf8(certificate::MUTUAL).unwrap();
        for (names, expected) in [
            (&["ann@example.org"][..], Some("ann")),
            (&["console"], Some("console")),
            (&["nobody", "console", "ann@example.org"], Some("console")),
            (&["nobody"], None),
            // The name of a user, which nobody has said that a certificate may have.
            (&["bob"], None),
            (&[], None),
        ] {
            let names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
            for parts in [request(None), request(Some(profile))] {
                let account = login.check(&parts, &names).await.ok();
                let name = account.map(|account| account.principal.name.clone());
                assert_eq!(name.as_deref(), expected, "{names:?}");
            }
        }
        let names = ["console".to_owned()];
        // What a request says goes before the connection.
        let account = login.check(&basic("ann:x"), &names).await.unwrap();
        assert_eq!(account.principal.name, "ann");
        for wrong in ["ann:y", "console:", "console:x"] {
            let denied = login.check(&basic(wrong), &names).await.unwrap_err();
            assert_eq!(denied, Denied::Wrong, "{wrong}");
        }
        // Whoever is gone from the users is gone from open connections.
        login.replace(&users(&[("ann", "x")]));
        assert!(login.check(&request(None), &names).await.is_err());
    }

    #[tokio::test]
    async fn unknown_names_cost_a_check_like_known_ones() {
        let login = login(&[("ann", "x")], LoginConfig::default());
        let _ = login.check(&basic("nobody:x"), &[]).await;
        let _ = login.check(&basic("ann:wrong"), &[]).await;
        assert_eq!(login.metrics.password_checks.get(), 2);
    }

    #[tokio::test]
    async fn another_users_file_forgets_everything_but_what_is_in_progress() {
        let login = login(&[("ann", "x"), ("bob", "x")], LoginConfig::default());
        let before = login.check(&basic("ann:x"), &[]).await.unwrap();
        let _permit = Arc::clone(&before.places).try_acquire_owned().unwrap();
        login.check(&basic("bob:x"), &[]).await.unwrap();
        login.replace(&users(&[("ann", "new")]));
        assert!(login.check(&basic("ann:x"), &[]).await.is_err());
        assert!(login.check(&basic("bob:x"), &[]).await.is_err());
        let after = login.check(&basic("ann:new"), &[]).await.unwrap();
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
            login1.check(&basic(name), &[]).await.unwrap();
        }
        assert_eq!(login1.metrics.password_checks.get(), 3);

        let config = LoginConfig {
            remember_seconds: 0,
            ..LoginConfig::default()
        };
        let login2 = login(&[("ann", "x")], config);
        login2.check(&basic("ann:x"), &[]).await.unwrap();
        login2.check(&basic("ann:x"), &[]).await.unwrap();
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
        login.check(&basic("ann:x"), &[]).await.unwrap();
        let flood: Vec<_> = (0..20)
            .map(|index| {
                let login = Arc::clone(&login);
                tokio::spawn(async move { login.check(&basic(&format!("ann:{index}")), &[]).await })
            })
            .collect();
        tokio::task::yield_now().await;
        login.check(&basic("ann:x"), &[]).await.unwrap();
        let mut busy = 0;
        for task in flood {
            busy += usize::from(task.await.unwrap().unwrap_err() == Denied::Busy);
        }
        assert_eq!(busy, 17);
        assert_eq!(login.metrics.password_checks.get(), 4);
    }
}
