//! Subscribe, Renew, GetStatus, Unsubscribe, and Pull on a subscription (DSP0226 10, DSP0227 10).
//!
//! A subscriber in mode Pull carries its position in the context, as an enumeration does: the service
//! remembers what the subscription is and nothing of how far it has come, so a lost answer or a restart
//! loses no event.

use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cim_core::{CimError, ClassDescriptor, ErrorKind};
use cim_query::xpath::parse_xpath_test;
use cim_query::{parse_cql, parse_selector_filter, parse_wql};
use wsman::enumeration::{Filter, Style};
use wsman::epr::SelectorSet;
use wsman::eventing::{
    Bookmark, Entry, EventingRequest, Mode, Subscribe, SubscriptionContext, open_bookmark,
    seal_bookmark, subscribe_response, write_bookmark, write_marker,
};
use wsman::uris::{ALL_CLASSES, ANONYMOUS, Addressing, action, ns};
use wsman::{Content, Detail, Doing, Expires, Family, Fault, Headers, Pull, Subcode};
use xml_wire::wscim::{write_instance, write_properties};
use xml_wire::{Encoding, Writer};

use super::address::{Space, Target};
use super::deliver::{self, Source};
use super::exchange::{Exchange, refused};
use super::{indications, options};
use crate::events::row::{CimNames, Filter as KeptFilter, Row, Sink, texts};
use crate::events::selection::{Indication, Selection};
use crate::events::{Subscription, Subscriptions, now, sink, wmi};

/// Characters of an answer to Pull beside its headers, positions and items: tags and namespaces.
const FRAME: usize = 512;
/// Most items of one answer to Pull.
const MAX_ITEMS: usize = 10_000;
/// Octets of a delivery if the subscriber names no other bound.
pub(super) const USUAL_ENVELOPE: usize = 512 * 1000;
/// How long the name of a sink may take to be looked up.
const LOOK_UP: Duration = Duration::from_secs(5);

/// Performs a request of WS-Eventing.
pub(super) async fn perform(
    x: &Exchange<'_>,
    headers: Headers,
    content: Option<Content<'_>>,
) -> Result<String, Fault> {
    let style = options::style(&headers.options)?;
    let Some(subscriptions) = &x.binding.subscriptions else {
        return Err(Fault::new(Subcode::ActionNotSupported).because(
            "This service has no subscriptions: nothing here is a source of events (WS-Eventing).",
        ));
    };
    let request = EventingRequest::read(&headers.action, content)?;
    match request {
        EventingRequest::Subscribe(request) => {
            let asked = asked_for(x, &headers, *request).await?;
            let x = &x.within(Some(&asked.namespace));
            subscribe(x, subscriptions, headers, asked, style).await
        }
        EventingRequest::Renew(expires) => renew(x, subscriptions, &headers, expires).await,
        EventingRequest::GetStatus => {
            let subscription = the_one(x, subscriptions, &headers)?;
            let text = subscription.expiry().text(now());
            status(x, &headers, "GetStatusResponse", &text)
        }
        EventingRequest::Unsubscribe => {
            for subscription in meant(x, subscriptions, &headers)? {
                subscriptions.remove(&subscription).await?;
            }
            let mut answer = x.answer(&headers.action);
            answer.body();
            x.finish(answer, true)
        }
    }
}

async fn renew(
    x: &Exchange<'_>,
    subscriptions: &Subscriptions,
    headers: &Headers,
    expires: Option<Expires>,
) -> Result<String, Fault> {
    let subscription = the_one(x, subscriptions, headers)?;
    let now = now();
    if subscription.expiry().is_over(now) {
        return Err(Fault::new(Subcode::UnableToRenew)
            .because("The subscription has expired; subscribe again, with the last bookmark."));
    }
    let expiry = subscriptions.grant(expires, now)?;
    subscriptions.renew(&subscription, expiry).await?;
    status(x, headers, "RenewResponse", &expiry.text(now))
}

fn status(
    x: &Exchange<'_>,
    headers: &Headers,
    element: &str,
    expires: &str,
) -> Result<String, Fault> {
    let mut answer = x.answer(&headers.action);
    answer.body();
    let _ = write!(
        answer.text(),
        "<wse:{element} xmlns:wse=\"{}\"><wse:Expires>{expires}</wse:Expires></wse:{element}>",
        ns::WSE
    );
    x.finish(answer, false)
}

/// The subscription that the identifier names.
fn the_one(
    x: &Exchange<'_>,
    subscriptions: &Subscriptions,
    headers: &Headers,
) -> Result<Arc<Subscription>, Fault> {
    let Some(identifier) = &headers.identifier else {
        return Err(Fault::new(Subcode::InvalidMessage)
            .because("Header wse:Identifier is missing: it says which subscription is meant."));
    };
    identifier
        .strip_prefix("uuid:")
        .and_then(|text| uuid::Uuid::try_parse(text).ok())
        .and_then(|id| subscriptions.find(id.as_bytes(), x.owner()))
        .ok_or_else(|| {
            Fault::new(Subcode::DestinationUnreachable).because(format!(
                "This user has no subscription {identifier}: it never was, has ended or expired."
            ))
        })
}

/// Those that an Unsubscribe means: one client names none, but the resource that it subscribed to.
fn meant(
    x: &Exchange<'_>,
    subscriptions: &Subscriptions,
    headers: &Headers,
) -> Result<Vec<Arc<Subscription>>, Fault> {
    if headers.identifier.is_some() || headers.resource_uri.is_empty() {
        return Ok(vec![the_one(x, subscriptions, headers)?]);
    }
    let keys = texts(&headers.selectors).unwrap_or_default();
    let found = subscriptions.of_owner(x.owner(), |row| {
        row.namespace == x.realm.namespace
            && row.resource_uri.eq_ignore_ascii_case(&headers.resource_uri)
            && row.selectors == keys
    });
    if found.is_empty() {
        return Err(Fault::new(Subcode::DestinationUnreachable)
            .because("This user has no subscription to that resource."));
    }
    Ok(found)
}

/// What is subscribed to.
struct Asked {
    request: Subscribe,
    family: Family,
    /// Where its events are.
    namespace: String,
    class: Option<&'static ClassDescriptor>,
    resource_uri: String,
    selectors: SelectorSet,
    /// The filter that was made as an instance, if that is subscribed to.
    made: Option<String>,
}

/// What a Subscribe addresses: as any other request, and the classes of WMI's events.
fn target(space: Space<'_>, uri: &str, selectors: &SelectorSet) -> Result<Target, Fault> {
    let parsed = wsman::ResourceUri::parse(uri)?;
    match parsed.class.and_then(wmi::class) {
        None => space.target(uri, selectors),
        Some(class) => {
            space.check_namespace(parsed.namespace, selectors)?;
            Ok(Target {
                class: Some(class),
                family: parsed.family,
            })
        }
    }
}

/// What a Subscribe means: a class, an instance, all classes, or an instance of CIM_IndicationFilter (DSP0227 10).
async fn asked_for(
    x: &Exchange<'_>,
    headers: &Headers,
    mut request: Subscribe,
) -> Result<Asked, Fault> {
    let target = target(x.space(), &headers.resource_uri, &headers.selectors)?;
    let is_filter = target
        .class
        .is_some_and(|class| indications::is_filter(class.name));
    if let (true, Some(made)) = (is_filter, x.binding.described.indications()) {
        if request.filter.is_some() {
            return Err(Fault::new(Subcode::InvalidParameter)
                .detail(Detail::InvalidName)
                .because("The filter that the ResourceURI names says what is selected; another one cannot be given."));
        }
        let (name, namespace, query) = made.subscribed_to(x.owner(), &headers.selectors).await?;
        request.filter = Some(query);
        return Ok(Asked {
            request,
            family: target.family,
            namespace,
            class: None,
            resource_uri: ALL_CLASSES.to_owned(),
            selectors: SelectorSet::default(),
            made: Some(name),
        });
    }
    Ok(Asked {
        request,
        family: target.family,
        namespace: x.realm.namespace.clone(),
        class: target.class,
        resource_uri: headers.resource_uri.clone(),
        selectors: headers.selectors.clone(),
        made: None,
    })
}

async fn subscribe(
    x: &Exchange<'_>,
    subscriptions: &Arc<Subscriptions>,
    headers: Headers,
    asked: Asked,
    style: Style,
) -> Result<String, Fault> {
    let request = asked.request;
    let filter = request.filter.as_ref();
    select(x.space(), asked.class, &asked.selectors, filter)?;
    let now = now();
    let expiry = subscriptions.grant(request.expires, now)?;
    let start = start(x, subscriptions, request.bookmark.as_ref()).await?;
    let manager = x.service.clone().unwrap_or_else(|| ANONYMOUS.to_owned());
    let sink = sink_of(x, subscriptions, &headers, &request, &manager).await?;
    let principal = &x.context.principal;
    let row = Row {
        owner: principal.name.clone(),
        role: principal.role.name().to_owned(),
        tenant: principal.tenant.clone(),
        namespace: x.realm.namespace.clone(),
        resource_uri: asked.resource_uri,
        selectors: texts(&asked.selectors).unwrap_or_default(),
        filter: filter.and_then(KeptFilter::keep),
        wmi: asked.family == Family::Wmi,
        addressing_2005: x.reply.addressing == Addressing::V2005,
        utf16: request.encoding != Encoding::Utf8,
        precise_arrays: style.precise_arrays,
        mode: request.mode.uri().to_owned(),
        begun: now,
        expires: expiry.at,
        dated: expiry.dated,
        heartbeat_millis: request
            .heartbeats
            .map(|d| u64::try_from(d.as_millis()).unwrap_or(u64::MAX).max(100)),
        send_bookmarks: request.send_bookmarks,
        start,
        sink,
        cim: CimNames {
            filter: asked.made,
            handler: None,
        },
    };
    let subscription = subscriptions.add(row).await?;
    let context = (request.mode == Mode::Pull).then(|| {
        SubscriptionContext {
            id: subscription.id,
            position: start,
            last_sent: now,
        }
        .seal(subscriptions.seal())
    });
    if context.is_none() {
        let source = Source::of(x.realm);
        deliver::begin(Some(source), subscriptions, Arc::clone(&subscription));
    }
    let mut answer = x.answer(&headers.action);
    answer.body();
    subscribe_response(
        answer.text(),
        &manager,
        &subscription.identifier(),
        &expiry,
        now,
        context.as_deref(),
    );
    x.finish(answer, true)
}

/// The position that a subscription begins behind.
async fn start(
    x: &Exchange<'_>,
    subscriptions: &Subscriptions,
    bookmark: Option<&Bookmark>,
) -> Result<u64, Fault> {
    let newest = x.provider().newest_event(&x.context).await;
    let newest = newest.map_err(|error| match error.kind() {
        // A cloud that tells no events, or several together.
        ErrorKind::NotSupported => {
            Fault::new(Subcode::EventSourceUnableToProcess).because(error.message())
        }
        _ => refused(&error, Doing::Enumerating),
    })?;
    match bookmark {
        None => Ok(newest.0),
        Some(Bookmark::Earliest) => Ok(0),
        Some(Bookmark::At(text)) => open_bookmark(text, &x.realm.namespace, subscriptions.seal())
            .filter(|position| *position <= newest.0)
            .ok_or_else(|| {
                Fault::new(Subcode::InvalidBookmark)
                    .detail(Detail::Invalid)
                    .because("It is not a bookmark of this service and namespace.")
            }),
    }
}

/// Where events go, checked.
async fn sink_of(
    x: &Exchange<'_>,
    subscriptions: &Subscriptions,
    headers: &Headers,
    request: &Subscribe,
    manager: &str,
) -> Result<Option<Sink>, Fault> {
    let Some(notify_to) = &request.notify_to else {
        return Ok(None);
    };
    let config = subscriptions.config();
    let mutual = config.client_certificate.is_some();
    let digest = profile(request.auth.as_deref(), mutual)?;
    let address = notify_to.address.to_ascii_lowercase();
    let wants_https = request
        .auth
        .as_ref()
        .is_some_and(|a| a.starts_with("https/"));
    if wants_https && !address.starts_with("https://") {
        return Err(unusable(
            &notify_to.address,
            "the security profile asks for https://",
        ));
    }
    let login = headers
        .issued_token
        .as_ref()
        .filter(|token| !token.username.is_empty())
        .map(|token| {
            let plain = [token.username.as_bytes(), b"\0", token.password.as_bytes()].concat();
            subscriptions.seal().seal(&plain)
        });
    let loopback = subscriptions.loopback();
    reachable(&notify_to.address, loopback).await?;
    if let Some(end_to) = &request.end_to {
        reachable(&end_to.address, loopback).await?;
    }
    let millis = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let most = x.settings().max_envelope;
    Ok(Some(Sink {
        notify_to: notify_to.clone().into(),
        end_to: request.end_to.clone().map(Into::into),
        manager: manager.to_owned(),
        retry: request.retry.map(|r| (millis(r.interval), r.total)),
        patience_seconds: None,
        max_elements: request.max_elements.map(usize::from),
        max_time_millis: request.max_time.map_or(0, millis),
        max_envelope: request
            .max_envelope_size
            .unwrap_or(USUAL_ENVELOPE)
            .min(most),
        oversize: request.oversize.into(),
        login,
        digest,
    }))
}

/// Whether a security profile (the part behind the usual beginning) means Digest; `mutual`: this service has a
/// certificate to show.
///
/// # Errors
/// `wsman:UnsupportedFeature` for one that is not possible.
pub(super) fn profile(name: Option<&str>, mutual: bool) -> Result<bool, Fault> {
    match name {
        None | Some("http/basic" | "https/basic") => Ok(false),
        Some("http/digest" | "https/digest") => Ok(true),
        Some("https/mutual" | "https/mutual/basic") if mutual => Ok(false),
        Some("https/mutual/digest") if mutual => Ok(true),
        Some(other) => Err(Fault::new(Subcode::UnsupportedFeature)
            .detail(Detail::AuthorizationMode)
            .because(format!(
                "This service cannot log in at a sink with security profile `{other}`."
            ))),
    }
}

fn unusable(address: &str, why: &str) -> Fault {
    Fault::new(Subcode::EventDeliverToUnusable)
        .detail(Detail::UnusableAddress)
        .because(format!("`{address}`: {why}."))
}

/// Checks that events may be sent there. Whether anybody listens is found out by sending them.
pub(super) async fn reachable(address: &str, loopback: bool) -> Result<(), Fault> {
    sink::check(address, loopback).map_err(|why| unusable(address, &why))?;
    let url: http::Uri = address
        .parse()
        .map_err(|_| unusable(address, "it is no URL"))?;
    let host = url.host().unwrap_or_default().trim_matches(['[', ']']);
    if host.parse::<IpAddr>().is_ok() {
        return Ok(());
    }
    let found = tokio::time::timeout(LOOK_UP, tokio::net::lookup_host((host, 80))).await;
    // A name that cannot be looked up now may be later.
    let Ok(Ok(mut addresses)) = found else {
        return Ok(());
    };
    if addresses.any(|found| sink::rule(loopback)(found.ip())) {
        Ok(())
    } else {
        Err(unusable(
            address,
            "this service does not connect to that address",
        ))
    }
}

/// What a subscription selects.
///
/// # Errors
/// `wse:InvalidMessage` for all classes without a filter, `wse:EventSourceUnableToProcess` for a filter of
/// another class, `wsen:CannotProcessFilter` for one that is wrong.
pub(super) fn select(
    space: Space<'_>,
    class: Option<&'static ClassDescriptor>,
    keys: &SelectorSet,
    filter: Option<&Filter>,
) -> Result<Selection, Fault> {
    let mut selection = Selection::default();
    let wrong = |error: CimError| Fault::from_cim(&error, Doing::Enumerating);
    let extended = match filter {
        Some(Filter::Wql(text) | Filter::Cql(text)) => wmi::schema_for(text, space.schema),
        _ => None,
    };
    let schema = extended.as_ref().unwrap_or(space.schema);
    let query = match filter {
        Some(Filter::Wql(text)) => Some(parse_wql(text, schema).map_err(wrong)?),
        Some(Filter::Cql(text)) => Some(parse_cql(text, schema).map_err(wrong)?),
        _ => None,
    };
    let (from, predicate) = match (query, class) {
        (Some(query), class) => {
            if class.is_some_and(|class| !query.class.is_a(class.name)) {
                return Err(Fault::new(Subcode::EventSourceUnableToProcess)
                    .because(format!("The filter is for class {}.", query.class.name)));
            }
            if !query.order_by.is_empty() {
                return Err(Fault::new(Subcode::CannotProcessFilter)
                    .because("Events come in the order in which they happen."));
            }
            selection.projection = query.projection;
            (query.class, query.predicate)
        }
        (None, None) => {
            return Err(Fault::new(Subcode::InvalidMessage).because(
                "A subscription to all classes needs a WQL or CQL filter that names one.",
            ));
        }
        (None, Some(class)) => {
            let predicate = match filter {
                Some(Filter::XPath(text)) => {
                    Some(parse_xpath_test(text, class, space.schema).map_err(wrong)?)
                }
                Some(Filter::Selectors(set)) => Some(equal(class, set)?),
                _ => None,
            };
            (class, predicate)
        }
    };
    let (from, predicate) = match wmi::meaning(from) {
        None => (from, predicate),
        Some(standard) => {
            selection.as_wmi = true;
            let translated = |predicate| {
                wmi::condition(predicate).ok_or_else(|| {
                    Fault::new(Subcode::CannotProcessFilter).because(
                        "Conditions on events of WMI look at TargetInstance and PreviousInstance.",
                    )
                })
            };
            (
                space.class(standard)?,
                predicate.map(translated).transpose()?,
            )
        }
    };
    if from.flags.is_indication {
        Space::no_keys(keys)?;
        selection.indication = Some(from);
        selection.on_indication = predicate;
    } else {
        selection.source = Some(from);
        selection.on_source = predicate;
        // A subscription to one instance.
        if let (Some(class), false) = (class, keys.names_no_key()) {
            let one = equal(class, keys)?;
            selection.on_source = Some(match selection.on_source.take() {
                Some(other) => cim_query::Predicate::And(vec![one, other]),
                None => one,
            });
        }
        if selection.projection.is_some() {
            return Err(Fault::new(Subcode::CannotProcessFilter).because(
                "What comes are reports of events: select columns from their class, such as CIM_InstModification.",
            ));
        }
    }
    Ok(selection)
}

fn equal(
    class: &'static ClassDescriptor,
    set: &SelectorSet,
) -> Result<cim_query::Predicate, Fault> {
    let Some(pairs) = texts(set) else {
        return Err(Fault::new(Subcode::CannotProcessFilter)
            .because("A selector filter compares texts, not references."));
    };
    let pairs = pairs
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    parse_selector_filter(class, pairs).map_err(|e| Fault::from_cim(&e, Doing::Enumerating))
}

/// The selection of a subscription that is kept.
///
/// # Errors
/// The classes may have changed since it was made.
pub(super) fn selection_of(space: Space<'_>, row: &Row) -> Result<Selection, Fault> {
    let mut keys = SelectorSet::default();
    for (name, text) in &row.selectors {
        keys.add(name.clone(), wsman::epr::SelectorValue::Text(text.clone()))?;
    }
    let filter = match &row.filter {
        None => None,
        Some(KeptFilter::Wql(text)) => Some(Filter::Wql(text.clone())),
        Some(KeptFilter::Cql(text)) => Some(Filter::Cql(text.clone())),
        Some(KeptFilter::XPath(text)) => Some(Filter::XPath(text.clone())),
        Some(KeptFilter::Selectors(pairs)) => {
            let mut set = SelectorSet::default();
            for (name, text) in pairs {
                set.add(name.clone(), wsman::epr::SelectorValue::Text(text.clone()))?;
            }
            Some(Filter::Selectors(set))
        }
    };
    let class = wsman::ResourceUri::parse(&row.resource_uri)?.class;
    let class = class.map(|name| wmi::class(name).map_or_else(|| space.class(name), Ok));
    let class = class.transpose()?;
    select(space, class, &keys, filter.as_ref())
}

/// Writes the report of an event.
pub(super) fn write_event(
    writer: &mut Writer<'_>,
    indication: &Indication,
    selection: &Selection,
    context: &xml_wire::wscim::WriteContext<'_>,
) {
    let event = selection.as_wmi.then(|| wmi::event(&indication.instance));
    let report = event.as_ref().and_then(Option::as_ref);
    let report = report.unwrap_or(&indication.instance);
    match &selection.projection {
        None => write_instance(writer, report, context),
        Some(names) => {
            writer.start("wsman:XmlFragment");
            write_properties(writer, report, names, context);
            writer.end();
        }
    }
}

/// The state in a context, if it is one of a subscription.
pub(super) fn context_of(x: &Exchange<'_>, context: &str) -> Option<SubscriptionContext> {
    let subscriptions = x.binding.subscriptions.as_ref()?;
    SubscriptionContext::open(context, subscriptions.seal())
}

/// Release on a subscription ends it.
pub(super) async fn release(
    x: &Exchange<'_>,
    context: SubscriptionContext,
) -> Result<String, Fault> {
    let (subscriptions, subscription) = alive(x, context)?;
    subscriptions.remove(&subscription).await?;
    let mut answer = x.answer(action::RELEASE);
    answer.body();
    x.finish(answer, true)
}

fn alive<'a>(
    x: &Exchange<'a>,
    context: SubscriptionContext,
) -> Result<(&'a Arc<Subscriptions>, Arc<Subscription>), Fault> {
    let ended = || {
        Fault::new(Subcode::InvalidEnumerationContext)
            .because("The subscription has ended, or is not one of this user.")
    };
    let subscriptions = x.binding.subscriptions.as_ref().ok_or_else(ended)?;
    let subscription = subscriptions
        .find(&context.id, x.owner())
        .ok_or_else(ended)?;
    if subscription.expiry().is_over(now()) {
        return Err(Fault::new(Subcode::EnumerationTimedOut)
            .because("The subscription has expired; subscribe again, with the last bookmark."));
    }
    Ok((subscriptions, subscription))
}

/// Pull on a subscription: what happened since, or the next that happens.
pub(super) async fn pull(
    x: &Exchange<'_>,
    request: Pull,
    context: SubscriptionContext,
) -> Result<String, Fault> {
    let (subscriptions, subscription) = alive(x, context)?;
    let row = &subscription.row;
    let x = &x.within(Some(&row.namespace));
    let selection = Arc::new(selection_of(x.space(), row)?);
    let feed = subscriptions.feed(&x.realm.provider, &x.realm.namespace, row.tenant.as_deref());
    let begun = Instant::now();
    let deadline = [
        request.batch.max_time.map(|time| begun + time),
        x.context.deadline,
    ]
    .into_iter()
    .flatten()
    .min()
    .unwrap_or(begun + Duration::from_secs(60));
    // Heartbeats are counted from what was last sent, over as many Pulls as that takes.
    let since = Duration::from_secs(now().saturating_sub(context.last_sent));
    let heartbeat = row
        .heartbeat_millis
        .map(|millis| begun + Duration::from_millis(millis).saturating_sub(since));
    let until = heartbeat.map_or(deadline, |due| due.min(deadline));
    let wanted = request
        .batch
        .max_elements
        .map_or(1, usize::from)
        .min(MAX_ITEMS);
    let begin = subscription.examined_from(context.position);
    let waiting = async {
        let mut interest = feed.listen(Arc::clone(&selection)).await;
        interest.next(begin, wanted, until).await
    };
    let found = tokio::select! {
        biased;
        () = subscription.ended.cancelled() => return the_end(x),
        () = subscriptions.stopping().cancelled() => {
            return Err(Fault::new(Subcode::EndpointUnavailable)
                .because("The service is shutting down; pull again, with the same context."));
        }
        found = waiting => found.map_err(|e| refused(&e, Doing::Enumerating))?,
    };
    let mut items = String::new();
    let mut writer = Writer::new(&mut items);
    let begin_of_items = writer.mark();
    let mut characters = request.batch.max_characters.map_or(usize::MAX, usize::from);
    let mut position = found.position;
    if found.indications.is_empty() && found.dropped == 0 {
        subscription.examined(context.position, found.position);
        if heartbeat.is_none_or(|due| Instant::now() < due) {
            return Err(Fault::new(Subcode::TimedOut)
                .because("Nothing happened; pull again, with the same context."));
        }
        writer.raw_with(|out| write_marker(out, &Entry::heartbeat()));
    }
    if found.dropped > 0 {
        writer.raw_with(|out| write_marker(out, &Entry::dropped(found.dropped)));
    }
    let style = Style {
        without_nil: true,
        precise_arrays: row.precise_arrays,
        ..Style::default()
    };
    let family = if row.wmi { Family::Wmi } else { Family::Dmtf };
    let write_context = x.write_context(family, style);
    let seal = subscriptions.seal();
    let bookmark = |position| {
        row.send_bookmarks
            .then(|| seal_bookmark(&x.realm.namespace, position, seal))
    };
    let next = |position| {
        let next = SubscriptionContext {
            id: context.id,
            position,
            last_sent: now(),
        };
        next.seal(seal)
    };
    let mut answer = x.answer(action::PULL);
    // Positions are sealed to the same length, wherever the answer ends.
    let positions = bookmark(position).map_or(0, |bookmark| bookmark.len()) + next(position).len();
    let mut room = x
        .limit
        .saturating_sub(x.octets(answer.as_str()))
        .saturating_sub(x.octets(writer.since(begin_of_items)))
        .saturating_sub((FRAME + positions) * x.octets(" "));
    let mut last = None;
    for indication in &found.indications {
        let mark = writer.mark();
        write_event(&mut writer, indication, &selection, &write_context);
        let item = writer.since(mark);
        let (octets, count) = (x.octets(item), item.chars().count());
        if octets > room || count > characters {
            writer.rewind(mark);
            let Some(before) = last else {
                return Err(Fault::new(Subcode::EncodingLimit)
                    .detail(Detail::MaxEnvelopeSize)
                    .because(format!(
                        "The next event does not fit an answer of {} octets. Ask with larger bounds; the context stays valid.",
                        x.limit
                    )));
            };
            position = before;
            break;
        }
        room -= octets;
        characters -= count;
        last = Some(indication.position);
    }
    if let Some(bookmark) = bookmark(position) {
        write_bookmark(answer.text(), &bookmark);
    }
    answer.body();
    let _ = write!(
        answer.text(),
        "<wsen:PullResponse xmlns:wsen=\"{}\"><wsen:EnumerationContext>{}</wsen:EnumerationContext><wsen:Items>{items}</wsen:Items></wsen:PullResponse>",
        ns::WSEN,
        next(position)
    );
    x.finish(answer, false)
}

/// What a Pull is answered whose subscription ends while it waits.
fn the_end(x: &Exchange<'_>) -> Result<String, Fault> {
    let mut answer = x.answer(action::PULL);
    answer.body();
    let _ = write!(
        answer.text(),
        "<wsen:PullResponse xmlns:wsen=\"{}\"><wsen:Items></wsen:Items><wsen:EndOfSequence></wsen:EndOfSequence></wsen:PullResponse>",
        ns::WSEN
    );
    x.finish(answer, false)
}
