//! What a client gives as filter, destination and subscription, and what it means.

use cim_core::{CimError, ErrorKind, Instance, Value};
use cim_query::Seal;
use wsman::enumeration::Filter;
use wsman::eventing::Mode;
use wsman::uris::{ANONYMOUS, SECURITY_PROFILE, dialect};

use super::{Indications, missing, refused, wrong};
use crate::events::Subscriptions;
use crate::events::row::{Address, Sink, TooLarge};
use crate::wsman::deliver::Source;
use crate::wsman::eventing::{USUAL_ENVELOPE, profile, reachable};

/// The languages of queries as clients write them; the first of each is how they are shown.
pub(super) const CQL: [&str; 3] = ["DMTF:CQL", "CQL", dialect::CQL];
/// The other one.
pub(super) const WQL: [&str; 2] = ["WQL", dialect::WQL];
/// `Protocol` of WS-Management.
pub(super) const WS_MANAGEMENT: u64 = 4;

/// Delivery modes by their numbers in `DeliveryMode`.
pub(super) const MODES: [(u64, Mode); 4] = [
    (2, Mode::Push),
    (3, Mode::PushWithAck),
    (4, Mode::Events),
    (5, Mode::Pull),
];

/// `OnFatalErrorPolicy`: deliveries are tried until the subscription expires, or it ends after some time.
pub(super) const IGNORE: u64 = 2;
pub(super) const REMOVE: u64 = 4;

impl Indications {
    /// The namespace of a filter, and its query.
    pub(super) fn query_of(&self, filter: &Instance) -> Result<(&Source, Filter), CimError> {
        let text = filter.text("Query").ok_or_else(|| missing("Query"))?;
        let language = filter.text("QueryLanguage").unwrap_or(CQL[0]);
        let is_it = |known: &&str| known.eq_ignore_ascii_case(language);
        let query = if CQL.iter().any(is_it) {
            Filter::Cql(text.to_owned())
        } else if WQL.iter().any(is_it) {
            Filter::Wql(text.to_owned())
        } else {
            let why = format!(
                "QueryLanguage: `{language}` is none of {} and {}.",
                CQL[0], WQL[0]
            );
            let error = CimError::new(ErrorKind::QueryLanguageNotSupported, why);
            return Err(error.with_subject("QueryLanguage"));
        };
        let several = filter.value("SourceNamespaces").elements();
        let named = match several {
            [] => filter.text("SourceNamespace"),
            [one] => one.as_str(),
            [..] => return Err(wrong("SourceNamespaces", "a filter is of one namespace")),
        };
        let mut sources = self.sources.iter();
        let source = match named {
            None => sources.next(),
            Some(name) => sources.find(|s| wsman::same_namespace(&s.namespace, name)),
        };
        let unknown = || {
            let all: Vec<_> = self.sources.iter().map(|s| s.namespace.as_str()).collect();
            let named = named.unwrap_or_default();
            let why = format!(
                "there are no events of `{named}`, but of {}",
                all.join(", ")
            );
            wrong("SourceNamespaces", why)
        };
        Ok((source.ok_or_else(unknown)?, query))
    }
}

/// What a destination says, in the words of WS-Eventing.
pub(super) struct Destination {
    pub(super) mode: Mode,
    pub(super) utf16: bool,
    pub(super) heartbeat_millis: Option<u64>,
    pub(super) send_bookmarks: bool,
    to: String,
    end_to: Option<String>,
    max_time_millis: u64,
    digest: bool,
    /// The security profile asks for TLS.
    wants_https: bool,
}

impl Destination {
    /// What an instance says.
    ///
    /// # Errors
    /// What cannot be, by the property that says so.
    pub(super) fn read(to: &Instance, subscriptions: &Subscriptions) -> Result<Self, CimError> {
        let protocol = to.value("Protocol").as_u64();
        if protocol.is_some_and(|protocol| protocol != WS_MANAGEMENT) {
            return Err(wrong("Protocol", "events are sent over WS-Management (4)"));
        }
        // 2: with all their properties, which is how it is.
        if to
            .value("PolyMorphismMode")
            .as_u64()
            .is_some_and(|mode| mode != 2)
        {
            let why = "events are sent with their subclasses and all properties (2)";
            return Err(wrong("PolyMorphismMode", why));
        }
        if !matches!(to.value("PersistenceType").as_u64(), None | Some(2 | 3)) {
            let why = "a destination is Permanent (2) or Transient (3)";
            return Err(wrong("PersistenceType", why));
        }
        let mutual = subscriptions.config().client_certificate.is_some();
        let auth = to.text("DeliveryAuth").map(auth_of).transpose()?;
        let digest = profile(auth, mutual).map_err(|fault| refused("DeliveryAuth", &fault))?;
        let address = to.text("Destination").filter(|text| !text.is_empty());
        let millis = |name: &str| to.value(name).as_u64().map(|s| s.saturating_mul(1000));
        Ok(Self {
            mode: mode_of(to)?,
            utf16: is_utf16(to)?,
            heartbeat_millis: millis("Heartbeat").filter(|millis| *millis > 0),
            send_bookmarks: to.value("SendBookmark").as_bool() == Some(true),
            to: address.ok_or_else(|| missing("Destination"))?.to_owned(),
            end_to: to.text("DestinationEndTo").map(str::to_owned),
            max_time_millis: millis("MaxTime").unwrap_or(0),
            digest,
            wants_https: auth.is_some_and(|profile| profile.starts_with("https/")),
        })
    }

    /// Checks that events may be sent there.
    ///
    /// # Errors
    /// An address that nobody may make this service connect to.
    pub(super) async fn check(&self, subscriptions: &Subscriptions) -> Result<(), CimError> {
        if self.wants_https && !self.to.to_ascii_lowercase().starts_with("https://") {
            return Err(wrong("Destination", "DeliveryAuth asks for https://"));
        }
        let loopback = subscriptions.loopback();
        let checked = reachable(&self.to, loopback).await;
        checked.map_err(|fault| refused("Destination", &fault))?;
        if let Some(end_to) = &self.end_to {
            let checked = reachable(end_to, loopback).await;
            checked.map_err(|fault| refused("DestinationEndTo", &fault))?;
        }
        Ok(())
    }

    /// Writes what is so without being said.
    pub(super) fn complete(&self, to: &mut Instance) {
        to.set("Protocol", WS_MANAGEMENT);
        let mode = MODES.iter().find(|(_, mode)| *mode == self.mode);
        to.set("DeliveryMode", mode.map_or(0, |(number, _)| *number));
        if to.get("PersistenceType").is_none() {
            to.set("PersistenceType", 2_u64);
        }
    }

    /// The sink of a subscription; `patience` in seconds.
    pub(super) fn sink(self, login: Option<String>, patience: Option<u64>) -> Sink {
        let address = |address: String| Address {
            address,
            reference_parameters: String::new(),
        };
        Sink {
            notify_to: address(self.to),
            end_to: self.end_to.map(address),
            manager: ANONYMOUS.to_owned(),
            retry: None,
            patience_seconds: patience,
            max_elements: None,
            max_time_millis: self.max_time_millis,
            max_envelope: USUAL_ENVELOPE,
            oversize: TooLarge::Notify,
            login,
            digest: self.digest,
        }
    }
}

/// How long deliveries may fail, in seconds, if a subscription says so.
///
/// # Errors
/// A policy that this service does not have.
pub(super) fn patience(given: &Instance) -> Result<Option<u64>, CimError> {
    state(given.value("SubscriptionState"))?;
    if !matches!(
        given.value("RepeatNotificationPolicy").as_u64(),
        None | Some(0 | 2)
    ) {
        let why = "every event is told, each once: None (2)";
        return Err(wrong("RepeatNotificationPolicy", why));
    }
    let interval = given.value("FailureTriggerTimeInterval").as_u64();
    match given.value("OnFatalErrorPolicy").as_u64() {
        Some(IGNORE) => Ok(Some(u64::MAX)),
        None | Some(REMOVE) => Ok(interval),
        Some(_) => Err(wrong(
            "OnFatalErrorPolicy",
            "when a sink cannot be reached, it is tried for as long as the subscription lives (2) or the subscription ends (4)",
        )),
    }
}

/// Checks a state that a subscription is to have.
///
/// # Errors
/// Every one but Enabled.
pub(super) fn state(value: &Value) -> Result<(), CimError> {
    match value.as_u64() {
        None | Some(2) => Ok(()),
        Some(_) => Err(wrong(
            "SubscriptionState",
            "a subscription is Enabled (2) until it is deleted",
        )),
    }
}

/// The login of a destination, sealed: the one that it had, unless another is given.
///
/// # Errors
/// A password without a user.
pub(super) fn login(
    to: &Instance,
    before: Option<String>,
    seal: &dyn Seal,
) -> Result<Option<String>, CimError> {
    let Some(user) = to.text("username").filter(|user| !user.is_empty()) else {
        return match to.text("password") {
            Some(_) => Err(missing("username")),
            None => Ok(None),
        };
    };
    let kept = before
        .and_then(|sealed| String::from_utf8(seal.open(&sealed)?).ok())
        .and_then(|plain| Some(plain.split_once('\0')?.1.to_owned()));
    let password = to.text("password").map(str::to_owned).or(kept);
    let plain = [user, "\0", &password.unwrap_or_default()].concat();
    Ok(Some(seal.seal(plain.as_bytes())))
}

/// The profile behind its usual beginning.
fn auth_of(uri: &str) -> Result<&str, CimError> {
    uri.strip_prefix(SECURITY_PROFILE)
        .ok_or_else(|| wrong("DeliveryAuth", format!("`{uri}` is no security profile")))
}

fn mode_of(to: &Instance) -> Result<Mode, CimError> {
    let number = to.value("DeliveryMode").as_u64();
    let found = MODES.iter().find(|(n, _)| Some(*n) == number);
    match (number, found) {
        (None, _) => Ok(Mode::PushWithAck),
        (_, Some((_, Mode::Pull))) => Err(wrong(
            "DeliveryMode",
            "who pulls begins with wse:Subscribe, whose answer has the context to pull with",
        )),
        (_, Some((_, mode))) => Ok(*mode),
        (Some(_), None) => Err(wrong(
            "DeliveryMode",
            "it is Push (2), PushWithAck (3) or Events (4)",
        )),
    }
}

fn is_utf16(to: &Instance) -> Result<bool, CimError> {
    let encoding = to.text("ContentEncoding").map(str::to_ascii_uppercase);
    match encoding.as_deref() {
        None | Some("UTF-8") => Ok(false),
        Some("UTF-16") => Ok(true),
        Some(_) => Err(wrong("ContentEncoding", "it is UTF-8 or UTF-16")),
    }
}
