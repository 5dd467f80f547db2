//! Logging in: Basic and Digest, whichever the service offers and the caller allows.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::{HeaderMap, HeaderValue, Method, Uri, header};

use crate::digest::{self, Algorithm, Asked, quoted};

/// Who calls.
#[derive(Clone)]
pub struct Credentials {
    /// The login name.
    pub user: String,
    /// The password.
    pub password: String,
    /// How to log in.
    pub scheme: Scheme,
}

/// Never shows the password.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("user", &self.user)
            .field("scheme", &self.scheme)
            .finish_non_exhaustive()
    }
}

/// How to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// Over HTTPS Basic at once. Over plain HTTP what the service offers, Digest before Basic.
    #[default]
    Automatic,
    /// Basic with every request, also over plain HTTP.
    Basic,
    /// Digest only: the password never leaves this process.
    Digest,
}

/// What has been agreed with the service.
pub(crate) enum Session {
    /// Nothing yet: the first request goes without a login.
    None,
    /// With the header, once it is made.
    Basic(Option<HeaderValue>),
    Digest(Box<Challenge>),
}

/// How a request was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Used {
    Nothing,
    Basic,
    Digest,
}

/// Never shows a header or a secret.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.used().fmt(f)
    }
}

/// What the service asked for, and how often it was answered.
pub(crate) struct Challenge {
    algorithm: Algorithm,
    /// Whether the service named the algorithm; some know no such parameter.
    named: bool,
    realm: String,
    nonce: String,
    opaque: Option<String>,
    count: u32,
    /// What is the same in all answers to this challenge.
    constant: Option<Constant>,
}

/// What an answer has from the credentials and from this side.
struct Constant {
    /// `H(A1)`
    secret: String,
    client_nonce: String,
}

impl Session {
    /// How to begin.
    pub(crate) fn begin(credentials: Option<&Credentials>, encrypted: bool) -> Self {
        match credentials.map(|credentials| credentials.scheme) {
            Some(Scheme::Basic) => Self::Basic(None),
            Some(Scheme::Automatic) if encrypted => Self::Basic(None),
            _ => Self::None,
        }
    }

    /// How a request is sent in it.
    pub(crate) const fn used(&self) -> Used {
        match self {
            Self::None => Used::Nothing,
            Self::Basic(_) => Used::Basic,
            Self::Digest(_) => Used::Digest,
        }
    }

    /// The `Authorization` header for the next request. `random` makes a client nonce.
    pub(crate) fn authorize(
        &mut self,
        credentials: &Credentials,
        method: &Method,
        uri: &Uri,
        random: impl FnOnce() -> Result<String, String>,
    ) -> Result<Option<HeaderValue>, String> {
        let sensitive = |text: String| {
            let mut value = HeaderValue::try_from(text)
                .map_err(|_| "the user name has characters that HTTP cannot carry".to_owned())?;
            value.set_sensitive(true);
            Ok::<_, String>(value)
        };
        match self {
            Self::None => Ok(None),
            Self::Basic(Some(header)) => Ok(Some(header.clone())),
            Self::Basic(made) => {
                if credentials.user.contains(':') {
                    return Err("a user name with a colon cannot log in with Basic".into());
                }
                let both = format!("{}:{}", credentials.user, credentials.password);
                let header = sensitive(format!("Basic {}", BASE64_STANDARD.encode(both)))?;
                Ok(Some(made.insert(header).clone()))
            }
            Self::Digest(challenge) => {
                let answer = challenge.answer(credentials, method, uri, random)?;
                sensitive(answer).map(Some)
            }
        }
    }
}

impl Used {
    /// What to do after a 401: the session to try again with, or why that is no use.
    pub(crate) fn after_refusal(
        self,
        credentials: Option<&Credentials>,
        encrypted: bool,
        headers: &HeaderMap,
    ) -> Result<Session, String> {
        let offered: Vec<digest::Scheme> = headers
            .get_all(header::WWW_AUTHENTICATE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(digest::Scheme::parse_all)
            .collect();
        let names = || {
            let names: Vec<_> = offered.iter().map(|scheme| scheme.name.as_str()).collect();
            if names.is_empty() {
                "nothing".to_owned()
            } else {
                names.join(", ")
            }
        };
        let Some(credentials) = credentials else {
            return Err(format!("it wants a login (it offers {})", names()));
        };
        let challenge = offered
            .iter()
            .filter_map(Challenge::of)
            .max_by_key(|challenge| challenge.algorithm == Algorithm::Sha256);
        let stale = offered.iter().any(|scheme| {
            scheme.is("Digest")
                && scheme
                    .get("stale")
                    .is_some_and(|s| s.eq_ignore_ascii_case("true"))
        });
        let basic = offered.iter().any(|scheme| scheme.is("Basic"));
        match self {
            // Not every user of a service has Digest. Whoever may use Basic where only that is offered may here.
            Self::Digest if !stale && basic && credentials.scheme == Scheme::Automatic => {
                return Ok(Session::Basic(None));
            }
            Self::Digest if !stale => return Err("user or password is wrong".into()),
            _ => {}
        }
        match (credentials.scheme, challenge) {
            (Scheme::Digest | Scheme::Automatic, Some(challenge))
                if !(encrypted && self == Self::Basic && basic) =>
            {
                Ok(Session::Digest(Box::new(challenge)))
            }
            (Scheme::Digest, _) => Err(format!(
                "it does not offer Digest with MD5 or SHA-256 (it offers {})",
                names()
            )),
            _ if self == Self::Basic && basic => Err("user or password is wrong".into()),
            _ if basic => Ok(Session::Basic(None)),
            _ => Err(format!(
                "it offers neither Basic nor Digest (it offers {})",
                names()
            )),
        }
    }
}

impl Challenge {
    /// A Digest challenge that can be answered.
    fn of(scheme: &digest::Scheme) -> Option<Self> {
        if !scheme.is("Digest") {
            return None;
        }
        let named = scheme.get("algorithm");
        let qop = scheme.get("qop")?;
        if !qop
            .split(',')
            .any(|one| one.trim().eq_ignore_ascii_case("auth"))
        {
            return None;
        }
        Some(Self {
            algorithm: named.map_or(Some(Algorithm::Md5), Algorithm::of_name)?,
            named: named.is_some(),
            realm: scheme.get("realm")?.to_owned(),
            nonce: scheme.get("nonce")?.to_owned(),
            opaque: scheme.get("opaque").map(str::to_owned),
            count: 0,
            constant: None,
        })
    }

    fn answer(
        &mut self,
        credentials: &Credentials,
        method: &Method,
        uri: &Uri,
        random: impl FnOnce() -> Result<String, String>,
    ) -> Result<String, String> {
        self.count = self.count.saturating_add(1);
        let count = format!("{:08x}", self.count);
        let fail = |error| format!("OpenSSL cannot compute the answer: {error}");
        let Credentials { user, password, .. } = credentials;
        let Constant {
            secret,
            client_nonce,
        } = match &mut self.constant {
            Some(known) => known,
            none => none.insert(Constant {
                secret: digest::secret(self.algorithm, user, &self.realm, password)
                    .map_err(fail)?,
                client_nonce: random()?,
            }),
        };
        let uri = uri.path_and_query().map_or("/", |path| path.as_str());
        let asked = Asked {
            method: method.as_str(),
            uri,
            nonce: &self.nonce,
            count: &count,
            client_nonce,
        };
        let response = digest::response(self.algorithm, secret, &asked).map_err(fail)?;
        let mut text = format!(
            "Digest username={}, realm={}, nonce={}, uri={}, qop=auth, nc={count}, \
             cnonce={}, response=\"{response}\"",
            quoted(user),
            quoted(&self.realm),
            quoted(&self.nonce),
            quoted(uri),
            quoted(client_nonce),
        );
        if self.named {
            text.push_str(", algorithm=");
            text.push_str(self.algorithm.name());
        }
        if let Some(opaque) = &self.opaque {
            text.push_str(", opaque=");
            text.push_str(&quoted(opaque));
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credentials(scheme: Scheme) -> Credentials {
        Credentials {
            user: "ann".into(),
            password: "secret".into(),
            scheme,
        }
    }

    fn offered(values: &[&str]) -> HeaderMap {
        values
            .iter()
            .map(|value| (header::WWW_AUTHENTICATE, value.parse().unwrap()))
            .collect()
    }

    const MD5: &str = r#"Digest realm="r", qop="auth", algorithm=MD5, nonce="m""#;
    const SHA: &str = r#"Digest realm="r", qop="auth,auth-int", algorithm=SHA-256, nonce="s""#;
    const BASIC: &str = r#"Basic realm="r""#;

    #[test]
    fn the_strongest_offer_that_is_allowed_is_taken() {
        let next = |scheme, encrypted, values: &[&str]| {
            let credentials = credentials(scheme);
            let session = Session::begin(Some(&credentials), encrypted);
            let used = session.used();
            let next = used.after_refusal(Some(&credentials), encrypted, &offered(values));
            match next {
                Ok(Session::Digest(challenge)) => challenge.nonce,
                Ok(Session::Basic(_)) => "basic".into(),
                Ok(Session::None) => "none".into(),
                Err(_) => "refused".into(),
            }
        };
        use Scheme::{Automatic, Basic, Digest};
        for (scheme, encrypted, values, expected) in [
            (Automatic, false, &[BASIC, SHA, MD5][..], "s"),
            (Automatic, false, &[MD5, BASIC], "m"),
            (Automatic, false, &["Negotiate", BASIC], "basic"),
            (Automatic, false, &["Negotiate"], "refused"),
            // Basic went out at once and is offered, so it is wrong.
            (Automatic, true, &[BASIC, MD5], "refused"),
            (Automatic, true, &[MD5], "m"),
            (Basic, false, &[BASIC, SHA], "refused"),
            (Digest, true, &[BASIC, MD5], "m"),
            (Digest, false, &[BASIC], "refused"),
            (
                Digest,
                false,
                &[r#"Digest realm="r", qop="auth", algorithm=SHA-512-256, nonce="s""#],
                "refused",
            ),
        ] {
            assert_eq!(
                next(scheme, encrypted, values),
                expected,
                "{scheme:?} {encrypted} {values:?}"
            );
        }
    }

    #[test]
    fn a_nonce_is_used_again_until_it_is_stale() {
        let credentials = credentials(Scheme::Digest);
        let mut session = Used::Nothing
            .after_refusal(Some(&credentials), false, &offered(&[MD5]))
            .unwrap();
        let uri = Uri::from_static("/wsman?a=1");
        for count in ["nc=00000001", "nc=00000002"] {
            let header = session
                .authorize(&credentials, &Method::POST, &uri, || Ok("c".into()))
                .unwrap()
                .unwrap();
            let text = header.to_str().unwrap();
            assert!(text.contains(count), "{text}");
            assert!(text.contains("uri=\"/wsman?a=1\""), "{text}");
            assert!(header.is_sensitive());
        }
        let session = session.used();
        let again = session.after_refusal(Some(&credentials), false, &offered(&[MD5]));
        assert!(again.is_err());
        let again = session.after_refusal(Some(&credentials), false, &offered(&[MD5, BASIC]));
        assert!(again.is_err(), "only Digest is wanted");
        let any = self::credentials(Scheme::Automatic);
        let again = session.after_refusal(Some(&any), false, &offered(&[MD5, BASIC]));
        assert!(matches!(again, Ok(Session::Basic(_))));
        let stale = r#"Digest realm="r", qop="auth", nonce="n", stale=TRUE"#;
        let again = session.after_refusal(Some(&credentials), false, &offered(&[stale]));
        assert!(matches!(again, Ok(Session::Digest(c)) if c.nonce == "n"));
    }

    #[test]
    fn the_password_is_never_printed() {
        assert!(!format!("{:?}", credentials(Scheme::Basic)).contains("secret"));
    }
}
