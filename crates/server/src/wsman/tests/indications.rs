//! Subscriptions as CIM instances: made, found, changed and ended, whichever way they began.

use std::sync::Arc;

use provider::Role;
use store::RedbStore;

use super::eventing::{
    Sink, configuration, context, drain, eventing, identifier, name, pulled, subscribe,
};
use super::service::{CIM, ENUMERATION, Service, TRANSFER, content, count, fault_of, message};
use crate::wsman::{Settings, WsmanBinding};
use crate::{EventsConfig, Subscriptions};

const FILTER: &str = "CIM_IndicationFilter";
const DESTINATION: &str = "CIM_ListenerDestinationWSManagement";
const SUBSCRIPTION: &str = "CIM_IndicationSubscription";
const ALL: &str = "<wsman:OptimizeEnumeration/><wsman:MaxElements>100</wsman:MaxElements><wsman:EnumerationMode>EnumerateObjectAndEPR</wsman:EnumerationMode>";
const CREATED: &str =
    "SELECT * FROM CIM_InstCreation WHERE SourceInstance ISA CIMI_MachineConfiguration";

fn body(class: &str, properties: &[(&str, &str)]) -> String {
    let inner: String = properties
        .iter()
        .map(|(name, text)| format!("<p:{name}>{text}</p:{name}>"))
        .collect();
    format!("<p:{class} xmlns:p=\"{CIM}{class}\">{inner}</p:{class}>")
}

fn create(class: &str, properties: &[(&str, &str)]) -> String {
    let action = format!("{TRANSFER}Create");
    message(
        &action,
        &format!("{CIM}{class}"),
        "",
        &body(class, properties),
    )
}

fn filter(properties: &[(&str, &str)]) -> String {
    create(FILTER, properties)
}

/// What an answer to Create refers to, as the inside of an endpoint reference.
fn made(answer: &str) -> String {
    content(answer, "ResourceCreated").unwrap().to_owned()
}

/// An operation on what an endpoint reference names.
fn on(operation: &str, epr: &str, body: &str) -> String {
    let uri = content(epr, "ResourceURI").unwrap();
    let from = epr.find("<wsman:SelectorSet>").unwrap();
    let to = epr.rfind("</wsman:SelectorSet>").unwrap();
    let selectors = format!("{}</wsman:SelectorSet>", &epr[from..to]);
    message(&format!("{TRANSFER}{operation}"), uri, &selectors, body)
}

fn put(epr: &str, class: &str, properties: &[(&str, &str)]) -> String {
    on("Put", epr, &body(class, properties))
}

fn enumerate(class: &str, body: &str) -> String {
    message(
        &format!("{ENUMERATION}Enumerate"),
        &format!("{CIM}{class}"),
        "",
        &format!("<wsen:Enumerate>{body}</wsen:Enumerate>"),
    )
}

async fn all(service: &Service, class: &str) -> String {
    service.ok(&enumerate(class, ALL)).await
}

async fn how_many(service: &Service) -> [usize; 3] {
    let mut found = [0; 3];
    for (count_of, class) in found.iter_mut().zip([FILTER, DESTINATION, SUBSCRIPTION]) {
        *count_of = count(&all(service, class).await, "Item");
    }
    found
}

/// The endpoint reference of the only item.
fn only(answer: &str) -> String {
    assert_eq!(count(answer, "Item"), 1, "{answer}");
    let item = content(answer, "Item").unwrap();
    item[item.rfind("</p:").unwrap()..].to_owned()
}

fn associate(filter: &str, handler: &str, more: &[(&str, &str)]) -> String {
    let mut all = vec![("Filter", filter), ("Handler", handler)];
    all.extend(more);
    create(SUBSCRIPTION, &all)
}

/// Makes a filter and a destination; their endpoint references.
async fn ends(service: &Service, sink: &Sink, more: &[(&str, &str)]) -> (String, String) {
    let properties = [("Query", CREATED), ("QueryLanguage", "DMTF:CQL")];
    let filter = made(&service.ok(&filter(&properties)).await);
    let mut properties = vec![("Destination", sink.address.as_str())];
    properties.extend(more);
    let handler = made(&service.ok(&create(DESTINATION, &properties)).await);
    (filter, handler)
}

/// Proves E subscriptions as CIM instances: made, read, changed and ended.
#[tokio::test]
async fn instances_are_a_subscription() {
    let service = Service::start().await;
    let mut sink = Sink::start().await;
    let (filter, handler) = ends(
        &service,
        &sink,
        &[("DeliveryMode", "4"), ("SendBookmark", "true")],
    )
    .await;
    assert!(filter.contains(">root/interop<"), "{filter}");
    assert_eq!(how_many(&service).await, [1, 1, 0]);
    let got = service.ok(&on("Get", &filter, "")).await;
    assert_eq!(content(&got, "SourceNamespaces"), Some("root/cimi"));
    assert_eq!(content(&got, "Query"), Some(CREATED));
    let got = service.ok(&on("Get", &handler, "")).await;
    assert_eq!(content(&got, "Protocol"), Some("4"));

    let whole = made(
        &service
            .ok(&associate(
                &filter,
                &handler,
                &[("SubscriptionDuration", "3600")],
            ))
            .await,
    );
    assert_eq!(how_many(&service).await, [1, 1, 1]);
    configuration(&service, "told").await;
    let delivery = sink.next().await;
    assert!(
        delivery.contains("wsman/Events</wsa:Action>") && content(&delivery, "Bookmark").is_some()
    );
    assert_eq!(name(&delivery), "told");

    // It is the subscription of WS-Eventing, too.
    let got = service.ok(&on("Get", &whole, "")).await;
    assert_eq!(content(&got, "SubscriptionDuration"), Some("3600"));
    assert_eq!(content(&got, "SubscriptionState"), Some("2"));
    assert_eq!(content(&got, "OnFatalErrorPolicy"), Some("4"));
    let id = content(&got, "SubscriptionInfo").unwrap();
    let header = format!(
        "<wse:Identifier xmlns:wse=\"http://schemas.xmlsoap.org/ws/2004/08/eventing\">{id}</wse:Identifier>"
    );
    let manage =
        |operation, inner| eventing(operation, &format!("{CIM}CIM_InstCreation"), &header, inner);
    let status = service.ok(&manage("GetStatus", "")).await;
    let left = content(&status, "Expires").unwrap();
    assert!(left == "PT3600S" || left.starts_with("PT359"), "{left}");
    // What lives longer there lives longer here, and the other way round.
    service
        .ok(&manage("Renew", "<wse:Expires>PT7200S</wse:Expires>"))
        .await;
    let got = service.ok(&on("Get", &whole, "")).await;
    let lives: u64 = content(&got, "SubscriptionDuration")
        .unwrap()
        .parse()
        .unwrap();
    assert!((7200..7300).contains(&lives), "{lives}");
    let got = service
        .ok(&put(
            &whole,
            SUBSCRIPTION,
            &[("SubscriptionDuration", "9000")],
        ))
        .await;
    assert_eq!(content(&got, "SubscriptionDuration"), Some("9000"));
    let left: u64 = content(&got, "SubscriptionTimeRemaining")
        .unwrap()
        .parse()
        .unwrap();
    assert!((8900..=9000).contains(&left), "{left}");

    // What it needs stays as it is.
    for epr in [&filter, &handler] {
        assert_eq!(
            service.fault(&on("Delete", epr, "")).await.0,
            "wsman:Concurrency"
        );
    }
    let change = put(
        &filter,
        FILTER,
        &[("Query", "SELECT * FROM CIM_InstDeletion")],
    );
    assert_eq!(service.fault(&change).await.0, "wsman:Concurrency");
    let again = service.fault(&associate(&filter, &handler, &[])).await.0;
    assert_eq!(again, "wsman:AlreadyExists");

    // From a filter to where its events go.
    let walk = format!(
        "{ALL}<wsman:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter\"><wsmb:AssociatedInstances><wsmb:Object>{filter}</wsmb:Object></wsmb:AssociatedInstances></wsman:Filter>"
    );
    let found = service.ok(&enumerate(DESTINATION, &walk)).await;
    assert_eq!(content(&found, "Destination"), Some(sink.address.as_str()));

    service.ok(&on("Delete", &whole, "")).await;
    assert_eq!(
        service.fault(&manage("GetStatus", "")).await.0,
        "wsa:DestinationUnreachable"
    );
    assert_eq!(how_many(&service).await, [1, 1, 0]);
    // Now they may be changed.
    let got = service.ok(&change).await;
    assert_eq!(
        content(&got, "Query"),
        Some("SELECT * FROM CIM_InstDeletion")
    );
    let got = service
        .ok(&put(
            &handler,
            DESTINATION,
            &[
                ("DeliveryMode", "2"),
                ("username", "u"),
                ("password", "p4ss"),
            ],
        ))
        .await;
    assert_eq!(content(&got, "DeliveryMode"), Some("2"));
    assert_eq!(content(&got, "username"), Some("u"));
    assert!(!got.contains("p4ss") && !all(&service, DESTINATION).await.contains("p4ss"));
    for epr in [&filter, &handler] {
        service.ok(&on("Delete", epr, "")).await;
        assert_eq!(
            service.fault(&on("Get", epr, "")).await.0,
            "wsa:DestinationUnreachable"
        );
    }
    assert_eq!(how_many(&service).await, [0, 0, 0]);
}

/// Proves E subscriptions of WS-Eventing are CIM instances.
#[tokio::test]
async fn every_subscription_is_instances() {
    let service = Service::start().await;
    let sink = Sink::start().await;
    let text = subscribe(
        "CIMI_Machine",
        &format!(
            "<wse:EndTo><wsa:Address>{0}</wsa:Address></wse:EndTo><wse:Delivery Mode=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/Events\"><wsman:Heartbeats>PT60S</wsman:Heartbeats><wse:NotifyTo><wsa:Address>{0}</wsa:Address></wse:NotifyTo><wsman:MaxTime>PT2S</wsman:MaxTime></wse:Delivery>",
            sink.address
        ),
    );
    let id = identifier(&service.ok(&text).await);
    assert_eq!(how_many(&service).await, [1, 1, 1]);
    let whole = all(&service, SUBSCRIPTION).await;
    assert_eq!(content(&whole, "SubscriptionInfo"), Some(id.as_str()));
    let filter = all(&service, FILTER).await;
    assert_eq!(
        content(&filter, "Query"),
        Some("SELECT * FROM CIMI_Machine")
    );
    let to = all(&service, DESTINATION).await;
    for (property, text) in [
        ("Destination", sink.address.as_str()),
        ("DestinationEndTo", sink.address.as_str()),
        ("DeliveryMode", "4"),
        ("Heartbeat", "60"),
        ("MaxTime", "2"),
        ("ContentEncoding", "UTF-8"),
        ("Name", id.as_str()),
    ] {
        assert_eq!(content(&to, property), Some(text), "{property}: {to}");
    }
    // They stand for it: they are neither changed nor deleted but with it.
    for answer in [&filter, &to] {
        let delete = on("Delete", &only(answer), "");
        assert_eq!(service.fault(&delete).await.0, "wsman:Concurrency");
    }
    // Nobody else sees them.
    let theirs = service
        .send_as("eve", Role::Reader, |_| {}, enumerate(SUBSCRIPTION, ALL))
        .await;
    assert_eq!(count(&String::from_utf8_lossy(theirs.body()), "Item"), 0);
    let text = on("Delete", &only(&whole), "");
    let theirs = service
        .send_as("eve", Role::Administrator, |_| {}, text.clone())
        .await;
    assert_eq!(
        fault_of(&String::from_utf8_lossy(theirs.body())).0,
        "wsa:DestinationUnreachable"
    );
    service.ok(&text).await;
    assert_eq!(how_many(&service).await, [0, 0, 0]);
    // One who pulls.
    let pulling = context(&service.ok(&pulled("CIMI_MachineConfiguration", "")).await);
    let to = all(&service, DESTINATION).await;
    assert!(
        content(&to, "Destination")
            .unwrap()
            .ends_with("/role/anonymous")
    );
    assert_eq!(content(&to, "DeliveryMode"), Some("5"));
    service
        .ok(&on("Delete", &only(&all(&service, SUBSCRIPTION).await), ""))
        .await;
    let pull = message(
        &format!("{ENUMERATION}Pull"),
        &format!("{CIM}CIM_InstCreation"),
        "",
        &format!(
            "<wsen:Pull><wsen:EnumerationContext>{pulling}</wsen:EnumerationContext></wsen:Pull>"
        ),
    );
    assert_eq!(
        service.fault(&pull).await.0,
        "wsen:InvalidEnumerationContext"
    );
}

/// Proves E Subscribe to an instance of CIM_IndicationFilter.
#[tokio::test]
async fn a_filter_is_subscribed_to() {
    let service = Service::start().await;
    let properties = [
        ("Name", "mine"),
        ("Query", CREATED),
        ("QueryLanguage", "WQL"),
    ];
    service.ok(&filter(&properties)).await;
    let selectors = "<wsman:SelectorSet><wsman:Selector Name=\"Name\">mine</wsman:Selector></wsman:SelectorSet>";
    let delivery = "<wse:Delivery Mode=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/Pull\"/>";
    let to_filter = |selectors: &str, more: &str| {
        eventing(
            "Subscribe",
            &format!("{CIM}{FILTER}"),
            selectors,
            &format!("{delivery}{more}"),
        )
    };
    let pulling = context(&service.ok(&to_filter(selectors, "")).await);
    let id = configuration(&service, "selected").await;
    let (answers, _) = drain(&service, pulling).await;
    assert_eq!(count(&answers.concat(), "CIM_InstCreation"), 1, "{id}");
    let whole = service
        .ok(&on("Get", &only(&all(&service, SUBSCRIPTION).await), ""))
        .await;
    assert!(
        content(&whole, "Filter").unwrap().contains(">mine<"),
        "{whole}"
    );
    assert_eq!(how_many(&service).await, [1, 1, 1]);
    // Another filter beside it, and one that is not there.
    let other = "<wsman:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">SELECT * FROM CIM_InstDeletion</wsman:Filter>";
    assert_eq!(
        service.fault(&to_filter(selectors, other)).await.0,
        "wsman:InvalidParameter"
    );
    let wrong = selectors.replace("mine", "yours");
    assert_eq!(
        service.fault(&to_filter(&wrong, "")).await.0,
        "wsa:DestinationUnreachable"
    );
    assert_eq!(
        service.fault(&to_filter("", "")).await.0,
        "wsman:InvalidSelectors"
    );
}

/// Proves E subscriptions as CIM instances: every fault.
#[tokio::test]
async fn what_cannot_be_made() {
    let service = Service::start().await;
    let sink = Sink::start().await;
    let url = sink.address.as_str();
    let wsman = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/";
    let auth = |profile: &str| format!("{wsman}{profile}");
    let (mutual, https) = (auth("https/mutual"), auth("https/basic"));
    let long = format!(
        "SELECT * FROM CIM_InstCreation WHERE SourceInstance.Description = \"{}\"",
        "x".repeat(20_000)
    );
    let values = Some("InvalidValues");
    for (text, subcode, detail, named) in [
        (
            filter(&[("QueryLanguage", "WQL")]),
            "InvalidRepresentation",
            Some("MissingValues"),
            "Query",
        ),
        (
            filter(&[("Query", CREATED), ("QueryLanguage", "SQL")]),
            "FilterDialectRequestedUnavailable",
            None,
            "SQL",
        ),
        (
            filter(&[("Query", "SELECT"), ("QueryLanguage", "WQL")]),
            "CannotProcessFilter",
            None,
            "",
        ),
        (
            filter(&[
                ("Query", "SELECT * FROM CIM_Nothing"),
                ("QueryLanguage", "DMTF:CQL"),
            ]),
            "CannotProcessFilter",
            None,
            "CIM_Nothing",
        ),
        (
            filter(&[
                ("Query", CREATED),
                ("QueryLanguage", "WQL"),
                ("SourceNamespaces", "root/x"),
            ]),
            "InvalidRepresentation",
            values,
            "root/x",
        ),
        (
            filter(&[
                ("Query", CREATED),
                ("QueryLanguage", "WQL"),
                ("Name", &"n".repeat(300)),
            ]),
            "InvalidRepresentation",
            values,
            "Name",
        ),
        (
            filter(&[("Query", &long), ("QueryLanguage", "WQL")]),
            "InvalidRepresentation",
            values,
            "Query",
        ),
        (
            create(DESTINATION, &[]),
            "InvalidRepresentation",
            Some("MissingValues"),
            "Destination",
        ),
        (
            create(
                DESTINATION,
                &[("Destination", "http://169.254.169.254/latest")],
            ),
            "InvalidRepresentation",
            values,
            "169.254",
        ),
        (
            create(DESTINATION, &[("Destination", "file:///etc/passwd")]),
            "InvalidRepresentation",
            values,
            "Destination",
        ),
        (
            create(
                DESTINATION,
                &[
                    ("Destination", url),
                    ("DestinationEndTo", "http://[fe80::1]/"),
                ],
            ),
            "InvalidRepresentation",
            values,
            "fe80",
        ),
        (
            create(DESTINATION, &[("Destination", url), ("Protocol", "2")]),
            "InvalidRepresentation",
            values,
            "Protocol",
        ),
        (
            create(DESTINATION, &[("Destination", url), ("DeliveryMode", "5")]),
            "InvalidRepresentation",
            values,
            "wse:Subscribe",
        ),
        (
            create(DESTINATION, &[("Destination", url), ("DeliveryMode", "9")]),
            "InvalidRepresentation",
            values,
            "DeliveryMode",
        ),
        (
            create(
                DESTINATION,
                &[("Destination", url), ("ContentEncoding", "EBCDIC")],
            ),
            "InvalidRepresentation",
            values,
            "ContentEncoding",
        ),
        (
            create(
                DESTINATION,
                &[("Destination", url), ("DeliveryAuth", "basic")],
            ),
            "InvalidRepresentation",
            values,
            "DeliveryAuth",
        ),
        (
            create(
                DESTINATION,
                &[("Destination", url), ("DeliveryAuth", &mutual)],
            ),
            "InvalidRepresentation",
            values,
            "https/mutual",
        ),
        (
            create(
                DESTINATION,
                &[("Destination", url), ("DeliveryAuth", &https)],
            ),
            "InvalidRepresentation",
            values,
            "https://",
        ),
        (
            create(DESTINATION, &[("Destination", url), ("password", "x")]),
            "InvalidRepresentation",
            Some("MissingValues"),
            "username",
        ),
        (
            create("CIM_ListenerDestination", &[("Destination", url)]),
            "ActionNotSupported",
            Some("ActionMismatch"),
            "",
        ),
        (
            create("CIM_Namespace", &[("Name", "root/x")]),
            "ActionNotSupported",
            Some("ActionMismatch"),
            "",
        ),
    ] {
        let text = if text.contains("CIM_Namespace") {
            text.replace("</wsman:ResourceURI>", "</wsman:ResourceURI><wsman:SelectorSet><wsman:Selector Name=\"__cimnamespace\">root/interop</wsman:Selector></wsman:SelectorSet>")
        } else {
            text
        };
        refused(&service, &text, subcode, detail, named).await;
    }
    let (one, handler) = ends(&service, &sink, &[]).await;
    let none = one.replace(
        "<wsman:Selector Name=\"Name\">",
        "<wsman:Selector Name=\"Name\">no-",
    );
    for (text, named) in [
        (associate(&none, &handler, &[]), "Filter"),
        (associate(&handler, &one, &[]), ""),
        (
            associate(&one, &handler, &[("OnFatalErrorPolicy", "3")]),
            "OnFatalErrorPolicy",
        ),
        (
            associate(&one, &handler, &[("SubscriptionState", "4")]),
            "SubscriptionState",
        ),
        (
            associate(&one, &handler, &[("RepeatNotificationPolicy", "3")]),
            "RepeatNotificationPolicy",
        ),
    ] {
        refused(&service, &text, "InvalidRepresentation", values, named).await;
    }
    let name = content(&one, "SelectorSet").unwrap();
    let name = &name[name.find("Name=\"Name\">").unwrap() + 12..];
    let again = filter(&[
        ("Name", name.split('<').next().unwrap()),
        ("Query", CREATED),
        ("QueryLanguage", "WQL"),
    ]);
    refused(&service, &again, "AlreadyExists", None, "").await;
    let whole = made(
        &service
            .ok(&associate(&one, &handler, &[("OnFatalErrorPolicy", "2")]))
            .await,
    );
    let got = service.ok(&on("Get", &whole, "")).await;
    assert_eq!(content(&got, "OnFatalErrorPolicy"), Some("2"));
    let disable = put(&whole, SUBSCRIPTION, &[("SubscriptionState", "4")]);
    refused(
        &service,
        &disable,
        "InvalidRepresentation",
        values,
        "Enabled",
    )
    .await;
    let over = put(&whole, SUBSCRIPTION, &[("SubscriptionDuration", "0")]);
    refused(
        &service,
        &over,
        "InvalidRepresentation",
        values,
        "SubscriptionDuration",
    )
    .await;
}

async fn refused(service: &Service, text: &str, subcode: &str, detail: Option<&str>, named: &str) {
    let (status, answer) = service.send(text).await;
    assert_eq!(status, 500, "{text}\n{answer}");
    let found = fault_of(&answer);
    assert_eq!(
        found.0.rsplit(':').next(),
        Some(subcode),
        "{text}\n{answer}"
    );
    assert_eq!(found.1.as_deref(), detail, "{text}\n{answer}");
    assert!(answer.contains(named), "{named}: {answer}");
}

/// Proves E subscriptions as CIM instances outlive a restart, and their owner's bounds hold.
#[tokio::test]
async fn they_are_there_after_a_restart() {
    let service = Service::start().await;
    let store = Arc::new(RedbStore::in_memory().unwrap());
    let start = async || {
        let events = EventsConfig {
            subscriptions_per_user: 1,
            ..EventsConfig::default()
        };
        let subscriptions = Subscriptions::open(
            Arc::clone(&store) as Arc<_>,
            Arc::clone(&service.seal) as Arc<_>,
            events,
            true,
        )
        .await
        .unwrap();
        let binding = WsmanBinding::new(
            Arc::clone(&service.provider) as Arc<_>,
            Arc::clone(&service.seal) as Arc<_>,
            Settings::default(),
        );
        let service = Service {
            binding: binding.with_subscriptions(Arc::clone(&subscriptions)),
            provider: Arc::clone(&service.provider),
            seal: Arc::clone(&service.seal),
            digest: Arc::clone(&service.digest),
        };
        (service, subscriptions)
    };
    let (first, subscriptions) = start().await;
    let mut sink = Sink::start().await;
    let (one, handler) = ends(&first, &sink, &[("DeliveryMode", "3")]).await;
    let whole = made(&first.ok(&associate(&one, &handler, &[])).await);
    let another = made(
        &first
            .ok(&create(DESTINATION, &[("Destination", &sink.address)]))
            .await,
    );
    let more = first.fault(&associate(&one, &another, &[])).await;
    assert_eq!(more.0, "wsman:QuotaLimit");
    configuration(&service, "before").await;
    assert_eq!(name(&sink.next().await), "before");
    subscriptions.stop().await;
    configuration(&service, "between").await;
    let (second, subscriptions) = start().await;
    assert_eq!(name(&sink.next().await), "between");
    assert_eq!(how_many(&second).await, [1, 2, 1]);
    second.ok(&on("Get", &whole, "")).await;
    second.ok(&on("Delete", &whole, "")).await;
    second.ok(&on("Delete", &one, "")).await;
    assert_eq!(how_many(&second).await, [0, 2, 0]);
    // Whoever gets the name of a removed user gets nothing of theirs.
    subscriptions.keep_those_of(&crate::Users::default());
    while how_many(&second).await != [0, 0, 0] {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}
