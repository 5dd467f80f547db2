//! HTTP Digest: nonces that need no memory until they are used, and what keeps a request from being
//! played again (RFC 7616).
//!
//! A nonce is a sealed token with the time of its making; it serves any number of requests over any number
//! of connections, with either algorithm, until it is too old. What is remembered is, for every nonce that a
//! right login used, which of its request counts were seen: so each counts once. That memory is bounded. When
//! the oldest nonce has to be forgotten, every nonce of its age and older is refused as stale from then on, and
//! so is every nonce that was made before this process started: what is forgotten can never be used again.
//! Clients answer `stale=true` with a new nonce, without asking anybody.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cim_query::Seal;
use http::{HeaderMap, HeaderValue, Method, Uri, header};
use http_client::digest::{self, Algorithm, Asked, Scheme};

use crate::target::mended;
use crate::users::{REALM, Users};

/// How sealed nonces differ from everything else that is sealed with the same key.
const MARK: &[u8] = b"digest nonce";

/// Longest nonce and client nonce that are looked at.
const MAX_NONCE: usize = 256;

/// How far behind the highest count of a nonce another may arrive: requests of one client overtake one
/// another on several connections.
const WINDOW: u64 = 64;

/// Offers nonces and takes them back.
pub(crate) struct Nonces {
    seal: Arc<dyn Seal>,
    life: Duration,
    most: usize,
    seen: Mutex<Seen>,
}

/// When a nonce was made, in microseconds since the epoch, and what makes it differ from others of that
/// moment.
type Identity = (u64, [u8; 8]);

struct Seen {
    counts: BTreeMap<Identity, Counts>,
    /// Nonces made until then are known or refused.
    forgotten: u64,
}

/// Which counts of a nonce were seen.
#[derive(Debug, Clone, Copy)]
struct Counts {
    highest: u64,
    /// Bit n: `highest - n`.
    before: u64,
}

/// Credentials as they came.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) user: String,
    pub(crate) algorithm: Algorithm,
    response: String,
    nonce: String,
    count: String,
    client_nonce: String,
    uri: String,
}

impl Credentials {
    /// Reads `Digest ...`. `None` for anything that cannot be right: another scheme, no `qop=auth`, the
    /// URI of another request.
    pub(crate) fn parse(value: &[u8], target: &Uri) -> Option<Self> {
        let text = std::str::from_utf8(value).ok()?;
        let schemes = Scheme::parse_all(text);
        let [scheme] = schemes.as_slice() else {
            return None;
        };
        if !scheme.is("Digest") || scheme.get("realm") != Some(REALM) {
            return None;
        }
        let get = |name| scheme.get(name).map(str::to_owned);
        let algorithm = match scheme.get("algorithm") {
            // What some clients leave out because it was the only one once.
            None => Algorithm::Md5,
            Some(name) => Algorithm::of_name(name)?,
        };
        let user = match scheme.get("username*") {
            Some(extended) => extended_value(extended)?,
            None => get("username")?,
        };
        let credentials = Self {
            user,
            algorithm,
            response: get("response")?,
            nonce: get("nonce")?,
            count: get("nc")?,
            client_nonce: get("cnonce")?,
            uri: get("uri")?,
        };
        let lengths = credentials.nonce.len() <= MAX_NONCE
            && credentials.client_nonce.len() <= MAX_NONCE
            && credentials.count.len() == 8
            && credentials.response.len() == algorithm.digits();
        let fits = scheme.get("qop")?.eq_ignore_ascii_case("auth")
            && lengths
            && same_resource(&credentials.uri, target);
        fits.then_some(credentials)
    }

    /// Whether whoever made the response knows this secret.
    pub(crate) fn proves(&self, secret: &str, method: &Method) -> bool {
        let asked = Asked {
            method: method.as_str(),
            uri: &self.uri,
            nonce: &self.nonce,
            count: &self.count,
            client_nonce: &self.client_nonce,
        };
        digest::response(self.algorithm, secret, &asked).is_ok_and(|right| {
            let given = self.response.to_ascii_lowercase();
            right.len() == given.len() && openssl::memcmp::eq(right.as_bytes(), given.as_bytes())
        })
    }
}

/// `UTF-8''J%C3%BCrgen` (RFC 8187).
fn extended_value(text: &str) -> Option<String> {
    let mut parts = text.splitn(3, '\'');
    let (charset, _, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    if !charset.eq_ignore_ascii_case("UTF-8") {
        return None;
    }
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let value = digit(rest.next())? * 16 + digit(rest.next())?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Whether the `uri` parameter is what was asked for: its path and query, or the whole URI.
fn same_resource(uri: &str, target: &Uri) -> bool {
    let path = target.path_and_query().map_or("/", |path| path.as_str());
    // The target was mended on its way here; what the client computed with was not.
    let uri = &mended(uri);
    if uri == path {
        return true;
    }
    uri.parse::<Uri>()
        .is_ok_and(|uri| uri.scheme().is_some() && uri.path_and_query() == target.path_and_query())
}

impl Nonces {
    /// Nonces that are good for `life`; of `most` that were used, the counts are remembered.
    pub(crate) fn new(seal: Arc<dyn Seal>, life: Duration, most: usize) -> Self {
        Self {
            seal,
            life,
            most: most.max(1),
            seen: Mutex::new(Seen {
                counts: BTreeMap::new(),
                forgotten: now().saturating_sub(1),
            }),
        }
    }

    /// The challenges, strongest first; MD5 last, because one client looks at the last only.
    pub(crate) fn challenge(&self, headers: &mut HeaderMap, md5: bool, stale: bool) {
        let Some(nonce) = self.make(now()) else {
            return;
        };
        let algorithms = [Algorithm::Sha256, Algorithm::Md5];
        for algorithm in algorithms.into_iter().take(1 + usize::from(md5)) {
            let stale = if stale { ", stale=true" } else { "" };
            let value = format!(
                "Digest realm=\"{REALM}\", qop=\"auth\", algorithm={}, nonce=\"{nonce}\"{stale}",
                algorithm.name()
            );
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.append(header::WWW_AUTHENTICATE, value);
            }
        }
    }

    fn make(&self, now: u64) -> Option<String> {
        let mut salt = [0; 8];
        openssl::rand::rand_bytes(&mut salt).ok()?;
        let plain = [MARK, &now.to_be_bytes(), &salt].concat();
        Some(self.seal.seal(&plain)).filter(|nonce| !nonce.is_empty())
    }

    fn open(&self, nonce: &str) -> Option<Identity> {
        let plain = self.seal.open(nonce)?;
        let (made, salt) = plain.strip_prefix(MARK)?.split_first_chunk()?;
        Some((u64::from_be_bytes(*made), salt.try_into().ok()?))
    }

    /// Takes the nonce and count of a login that is right. `false` if that nonce is too old, none of ours or
    /// forgotten, or had this count already: stale.
    pub(crate) fn take(&self, credentials: &Credentials) -> bool {
        let count = u64::from_str_radix(&credentials.count, 16);
        match (self.open(&credentials.nonce), count) {
            (Some(identity), Ok(count)) if count > 0 => self.count(identity, count, now()),
            _ => false,
        }
    }

    fn count(&self, identity: Identity, count: u64, now: u64) -> bool {
        let life = u64::try_from(self.life.as_micros()).unwrap_or(u64::MAX);
        // A clock that was set back makes a nonce too young; it is stale as well.
        let age = now.checked_sub(identity.0);
        if age.is_none_or(|age| age > life) {
            return false;
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(counts) = seen.counts.get_mut(&identity) {
            return counts.add(count);
        }
        if identity.0 <= seen.forgotten {
            return false;
        }
        seen.counts.insert(
            identity,
            Counts {
                highest: count,
                before: 1,
            },
        );
        while seen.counts.len() > self.most {
            let Some(((made, _), _)) = seen.counts.pop_first() else {
                break;
            };
            seen.forgotten = seen.forgotten.max(made);
        }
        true
    }
}

impl Counts {
    /// Notes a count; `false` if it was seen or is too far behind to know.
    fn add(&mut self, count: u64) -> bool {
        if count > self.highest {
            let step = count - self.highest;
            self.before = if step < WINDOW {
                self.before << step | 1
            } else {
                1
            };
            self.highest = count;
            return true;
        }
        let bit = self.highest - count;
        if bit >= WINDOW || self.before >> bit & 1 == 1 {
            return false;
        }
        self.before |= 1 << bit;
        true
    }
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
    })
}

/// Whether somebody can log in with Digest.
pub(crate) fn possible(users: &Users) -> bool {
    users
        .iter()
        .any(|user| user.digest_secret(Algorithm::Sha256).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::TokenSeal;

    const SECOND: u64 = 1_000_000;

    fn nonces(most: usize) -> (Nonces, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let seal = TokenSeal::open_or_create(&folder.path().join("seal.key")).unwrap();
        (
            Nonces::new(Arc::new(seal), Duration::from_secs(60), most),
            folder,
        )
    }

    #[test]
    fn a_nonce_serves_each_count_once_and_for_its_life() {
        let (nonces, _folder) = nonces(8);
        let made = now() + 1;
        let nonce = nonces.open(&nonces.make(made).unwrap()).unwrap();
        assert_eq!(nonce.0, made);
        for count in [1, 2, 5, 4, 3, 100, 99, 37] {
            assert!(nonces.count(nonce, count, made + SECOND), "{count}");
            assert!(!nonces.count(nonce, count, made + SECOND), "{count}");
        }
        // Too far behind to know.
        assert!(!nonces.count(nonce, 36, made + SECOND));
        assert!(!nonces.count(nonce, 6, made + SECOND));
        assert!(nonces.count(nonce, 101, made + 60 * SECOND));
        assert!(!nonces.count(nonce, 102, made + 61 * SECOND));
        assert!(!nonces.count(nonce, 102, made - 1));
    }

    #[test]
    fn what_is_forgotten_is_stale_for_good() {
        let (nonces, _folder) = nonces(2);
        let start = now() + 10;
        let made: Vec<Identity> = (0..4)
            .map(|index| nonces.open(&nonces.make(start + index).unwrap()).unwrap())
            .collect();
        for nonce in &made {
            assert!(nonces.count(*nonce, 1, start + SECOND));
        }
        for nonce in &made[..2] {
            assert!(!nonces.count(*nonce, 1, start + SECOND));
            assert!(!nonces.count(*nonce, 2, start + SECOND));
        }
        for nonce in &made[2..] {
            assert!(nonces.count(*nonce, 2, start + SECOND));
        }
    }

    #[test]
    fn nonces_of_an_earlier_process_and_other_tokens_are_none() {
        let (nonces, _folder) = nonces(2);
        let old = nonces.open(&nonces.make(now() - SECOND).unwrap()).unwrap();
        assert!(!nonces.count(old, 1, now()));
        for other in [
            nonces.seal.seal(b"something else"),
            String::new(),
            "x".into(),
        ] {
            assert_eq!(nonces.open(&other), None);
        }
    }

    #[test]
    fn credentials_that_cannot_be_right_are_not_looked_at() {
        let uri: Uri = "/wsman?a=b".parse().unwrap();
        let right = |change: (&str, &str)| {
            let text = format!(
                "Digest username=\"ann\", realm=\"{REALM}\", nonce=\"n\", uri=\"/wsman?a=b\", \
                 response=\"{}\", qop=auth, nc=00000001, cnonce=\"c\"",
                "0".repeat(32)
            );
            Credentials::parse(text.replace(change.0, change.1).as_bytes(), &uri)
        };
        let found = right(("", "")).unwrap();
        assert_eq!(
            (found.user.as_str(), found.algorithm),
            ("ann", Algorithm::Md5)
        );
        assert_eq!(
            right(("username=\"ann\"", "username*=UTF-8''J%C3%BCrgen"))
                .unwrap()
                .user,
            "Jürgen"
        );
        assert!(right(("\"/wsman?a=b\"", "\"http://host:1/wsman?a=b\"")).is_some());
        let mended: Uri = "/cimi/machines?$filter=cpu%3E1".parse().unwrap();
        assert!(same_resource("/cimi/machines?$filter=cpu>1", &mended));
        for change in [
            ("Digest", "Basic"),
            (REALM, "other"),
            ("qop=auth", "qop=auth-int"),
            ("qop=auth", "x=y"),
            ("nc=00000001", "nc=1"),
            ("\"/wsman?a=b\"", "\"/wsman\""),
            ("cnonce=\"c\"", "cnonce=\"c\", algorithm=SHA-256"),
            ("cnonce=\"c\"", "cnonce=\"c\", algorithm=MD5-sess"),
            ("cnonce=\"c\"", "cnonce=\"c\", nonce=m"),
            ("username=\"ann\"", "username*=UTF-8''%C3"),
            ("username=\"ann\"", "username*=latin1''a"),
        ] {
            assert_eq!(right(change), None, "{change:?}");
        }
    }
}
