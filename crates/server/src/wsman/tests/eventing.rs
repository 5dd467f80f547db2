//! Subscriptions: what is delivered, what is refused, and that nothing is lost.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use provider::Role;
use store::RedbStore;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::service::{
    CIM, ENUMERATION, Service, TRANSFER, content, count, fault_of, message, selected,
};
use crate::wsman::{Settings, WsmanBinding};
use crate::{EventsConfig, Subscriptions};

const EVENTING: &str = "http://schemas.xmlsoap.org/ws/2004/08/eventing";
pub(super) const PULL: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/Pull";
const WQL: &str = "http://schemas.microsoft.com/wbem/wsman/1/WQL";
const MODIFIED: &str = "SELECT * FROM CIM_InstModification WHERE SourceInstance ISA \"CIMI_MachineConfiguration\" AND SourceInstance.Memory <> PreviousInstance.Memory";

pub(super) fn eventing(operation: &str, resource: &str, header: &str, inner: &str) -> String {
    message(
        &format!("{EVENTING}/{operation}"),
        resource,
        header,
        &format!("<wse:{operation} xmlns:wse=\"{EVENTING}\">{inner}</wse:{operation}>"),
    )
}

pub(super) fn subscribe(class: &str, inner: &str) -> String {
    let resource = match class {
        "*" => "http://schemas.dmtf.org/wbem/wscim/1/*".to_owned(),
        class => format!("{CIM}{class}"),
    };
    eventing("Subscribe", &resource, "", inner)
}

pub(super) fn pulled(class: &str, more: &str) -> String {
    subscribe(class, &format!("<wse:Delivery Mode=\"{PULL}\"/>{more}"))
}

pub(super) fn wql(text: &str) -> String {
    let text = text.replace('<', "&lt;").replace('>', "&gt;");
    format!("<wsman:Filter Dialect=\"{WQL}\">{text}</wsman:Filter>")
}

fn pull(context: &str, more: &str) -> String {
    message(
        &format!("{ENUMERATION}Pull"),
        &format!("{CIM}CIM_InstModification"),
        "",
        &format!(
            "<wsen:Pull><wsen:EnumerationContext>{context}</wsen:EnumerationContext>{more}</wsen:Pull>"
        ),
    )
}

/// Everything that comes within a moment, in answers of at most 100 items, and the context behind it.
pub(super) async fn drain(service: &Service, mut context: String) -> (Vec<String>, String) {
    let mut answers = Vec::new();
    let all = "<wsen:MaxTime>PT0.3S</wsen:MaxTime><wsen:MaxElements>100</wsen:MaxElements>";
    loop {
        let (status, answer) = service.send(&pull(&context, all)).await;
        if status != 200 {
            assert_eq!(fault_of(&answer).0, "wsman:TimedOut", "{answer}");
            return (answers, context);
        }
        content(&answer, "EnumerationContext")
            .unwrap()
            .clone_into(&mut context);
        answers.push(answer);
    }
}

pub(super) async fn configuration(service: &Service, name: &str) -> String {
    let body = format!(
        "<p:CIMI_MachineConfiguration xmlns:p=\"{CIM}CIMI_MachineConfiguration\"><p:Cpu>1</p:Cpu><p:ElementName>{name}</p:ElementName><p:Memory>1024</p:Memory></p:CIMI_MachineConfiguration>"
    );
    let resource = format!("{CIM}CIMI_MachineConfiguration");
    let create = message(&format!("{TRANSFER}Create"), &resource, "", &body);
    let answer = service.ok(&create).await;
    content(&answer, "Selector")
        .filter(|id| id.contains('/') && *id != "root/cimi")
        .map(str::to_owned)
        .unwrap_or_else(|| {
            let at = answer.find("Name=\"InstanceID\">").unwrap();
            answer[at + 18..].split('<').next().unwrap().to_owned()
        })
}

pub(super) async fn put(service: &Service, id: &str, property: &str, value: &str) {
    let body = format!(
        "<p:CIMI_MachineConfiguration xmlns:p=\"{CIM}CIMI_MachineConfiguration\"><p:{property}>{value}</p:{property}></p:CIMI_MachineConfiguration>"
    );
    let resource = format!("{CIM}CIMI_MachineConfiguration");
    service
        .ok(&message(
            &format!("{TRANSFER}Put"),
            &resource,
            &selected(id),
            &body,
        ))
        .await;
}

pub(super) async fn delete(service: &Service, id: &str) {
    let resource = format!("{CIM}CIMI_MachineConfiguration");
    service
        .ok(&message(
            &format!("{TRANSFER}Delete"),
            &resource,
            &selected(id),
            "",
        ))
        .await;
}

pub(super) fn context(answer: &str) -> String {
    content(answer, "EnumerationContext").unwrap().to_owned()
}

pub(super) fn identifier(answer: &str) -> String {
    content(answer, "Identifier").unwrap().to_owned()
}

/// Proves E mode Pull: creation, modification with PreviousInstance, deletion, in order.
#[tokio::test]
async fn a_life_is_told() {
    let service = Service::start().await;
    let all = context(&service.ok(&pulled("CIMI_MachineConfiguration", "")).await);
    let changes = context(&service.ok(&pulled("*", &wql(MODIFIED))).await);
    let id = configuration(&service, "one").await;
    put(&service, &id, "Description", "no change of memory").await;
    put(&service, &id, "Memory", "2048").await;
    delete(&service, &id).await;
    let (answers, _) = drain(&service, all).await;
    let text = answers.concat();
    let order: Vec<_> = text
        .match_indices("<p:CIM_Inst")
        .map(|(at, _)| text[at + 3..].split([' ', '>']).next().unwrap())
        .collect();
    assert_eq!(
        order,
        [
            "CIM_InstCreation",
            "CIM_InstModification",
            "CIM_InstModification",
            "CIM_InstDeletion"
        ],
        "{text}"
    );
    let (answers, next) = drain(&service, changes.clone()).await;
    let text = answers.concat();
    assert_eq!(count(&text, "CIM_InstModification"), 1, "{text}");
    assert!(content(content(&text, "PreviousInstance").unwrap(), "Memory") == Some("1024"));
    assert!(content(content(&text, "SourceInstance").unwrap(), "Memory") == Some("2048"));
    assert!(text.contains("ChangedPropertyNames>Memory<"), "{text}");
    // The old context gets the same again, the new one nothing.
    let (again, _) = drain(&service, changes).await;
    assert_eq!(count(&again.concat(), "CIM_InstModification"), 1);
    assert!(drain(&service, next).await.0.is_empty());
}

/// Proves E filters: WQL, CQL, XPath, selectors, one instance, columns.
#[tokio::test]
async fn filters_select() {
    let service = Service::start().await;
    let id = configuration(&service, "first").await;
    let cql = "http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf";
    let selector = "http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter";
    let mut contexts = Vec::new();
    for (class, filter, expected) in [
        ("CIM_InstModification", String::new(), 2),
        ("CIM_InstIndication", String::new(), 2),
        ("CIM_InstDeletion", String::new(), 0),
        (
            "*",
            wql(
                "select * from CIM_InstModification where SourceInstance isa CIMI_MachineConfiguration and SourceInstance.CIMI_MachineConfiguration::Memory = 4096",
            ),
            1,
        ),
        (
            "*",
            format!(
                "<wsman:Filter Dialect=\"{cql}\">SELECT * FROM CIM_InstModification WHERE SourceInstance ISA CIMI_MachineConfiguration AND SourceInstance.CIMI_MachineConfiguration::Memory &lt;&gt; PreviousInstance.CIMI_MachineConfiguration::Memory</wsman:Filter>"
            ),
            1,
        ),
        (
            "*",
            wql("select * from CIMI_MachineConfiguration where Memory > 2000"),
            1,
        ),
        (
            "CIMI_MachineConfiguration",
            "<wsman:Filter>Memory=4096</wsman:Filter>".to_owned(),
            1,
        ),
        (
            "CIMI_MachineConfiguration",
            format!(
                "<wsman:Filter Dialect=\"{selector}\"><wsman:SelectorSet><wsman:Selector Name=\"Memory\">4096</wsman:Selector></wsman:SelectorSet></wsman:Filter>"
            ),
            1,
        ),
        ("CIMI_Volume", String::new(), 0),
        (
            "*",
            wql(
                "select SourceInstance from CIM_InstModification where SourceInstance isa 'CIMI_MachineConfiguration'",
            ),
            2,
        ),
    ] {
        let answer = service.ok(&pulled(class, &filter)).await;
        contexts.push((context(&answer), expected, format!("{class} {filter}")));
    }
    let one = pulled("CIMI_MachineConfiguration", "")
        .replace("</s:Header>", &format!("{}</s:Header>", selected(&id)));
    contexts.push((
        context(&service.ok(&one).await),
        2,
        "one instance".to_owned(),
    ));
    put(&service, &id, "Description", "x").await;
    put(&service, &id, "Memory", "4096").await;
    for (context, expected, what) in contexts {
        let (answers, _) = drain(&service, context).await;
        let text = answers.concat();
        let found = count(&text, "CIM_InstModification") + count(&text, "XmlFragment");
        assert_eq!(found, expected, "{what}: {text}");
    }
}

/// Proves E Renew, GetStatus, Unsubscribe, Release, expirations in kind.
#[tokio::test]
async fn subscriptions_are_managed() {
    let service = Service::start().await;
    let answer = service
        .ok(&pulled(
            "CIM_InstCreation",
            "<wse:Expires>PT1H</wse:Expires>",
        ))
        .await;
    assert_eq!(content(&answer, "Expires"), Some("PT3600S"));
    assert_eq!(
        content(&answer, "Address"),
        Some("http://127.0.0.1:5985/wsman")
    );
    let id = identifier(&answer);
    let header = format!("<wse:Identifier xmlns:wse=\"{EVENTING}\">{id}</wse:Identifier>");
    let manage = |operation: &str, inner: &str| {
        // By its identifier alone.
        let text = eventing(operation, "x", &header, inner);
        text.replace(
            "<wsman:ResourceURI s:mustUnderstand=\"true\">x</wsman:ResourceURI>",
            "",
        )
    };
    let renewed = service
        .ok(&manage(
            "Renew",
            "<wse:Expires>2036-01-01T00:00:00Z</wse:Expires>",
        ))
        .await;
    assert!(
        content(&renewed, "Expires").unwrap().ends_with('Z'),
        "{renewed}"
    );
    let status = service.ok(&manage("GetStatus", "")).await;
    assert_eq!(content(&status, "Expires"), content(&renewed, "Expires"));
    // Nobody else sees it.
    let response = service
        .send_as("eve", Role::Administrator, |_| {}, manage("GetStatus", ""))
        .await;
    let text = String::from_utf8(response.into_body().to_vec()).unwrap();
    assert_eq!(fault_of(&text).0, "wsa:DestinationUnreachable");
    let foreign = service
        .send_as(
            "eve",
            Role::Administrator,
            |_| {},
            pull(&context(&answer), ""),
        )
        .await;
    let text = String::from_utf8(foreign.into_body().to_vec()).unwrap();
    assert_eq!(fault_of(&text).0, "wsen:InvalidEnumerationContext");
    // A Pull that waits is told of the end.
    let waiting = pull(&context(&answer), "<wsen:MaxTime>PT30S</wsen:MaxTime>");
    let unsubscribe = manage("Unsubscribe", "");
    let (ended, ()) = tokio::join!(service.ok(&waiting), async {
        tokio::task::yield_now().await;
        service.ok(&unsubscribe).await;
    });
    assert!(
        ended.contains("EndOfSequence") || ended.contains("InvalidEnumeration"),
        "{ended}"
    );
    assert_eq!(
        service.fault(&unsubscribe).await.0,
        "wsa:DestinationUnreachable"
    );
    assert_eq!(
        service.fault(&waiting).await.0,
        "wsen:InvalidEnumerationContext"
    );
    // One client names what it subscribed to.
    service.ok(&pulled("CIM_InstDeletion", "")).await;
    let by_resource = eventing("Unsubscribe", &format!("{CIM}CIM_InstDeletion"), "", "");
    service.ok(&by_resource).await;
    assert_eq!(
        service.fault(&by_resource).await.0,
        "wsa:DestinationUnreachable"
    );
    // Release ends one in mode Pull.
    let answer = service.ok(&pulled("CIM_InstDeletion", "")).await;
    let release = message(
        &format!("{ENUMERATION}Release"),
        &format!("{CIM}CIM_InstDeletion"),
        "",
        &format!(
            "<wsen:Release><wsen:EnumerationContext>{}</wsen:EnumerationContext></wsen:Release>",
            context(&answer)
        ),
    );
    service.ok(&release).await;
    assert_eq!(
        service.fault(&release).await.0,
        "wsen:InvalidEnumerationContext"
    );
}

/// Proves E heartbeats and bookmarks in mode Pull.
#[tokio::test]
async fn heartbeats_and_bookmarks() {
    let service = Service::start().await;
    let delivery = format!(
        "<wse:Delivery Mode=\"{PULL}\"><wsman:Heartbeats>PT0.2S</wsman:Heartbeats></wse:Delivery><wsman:SendBookmarks/>"
    );
    let first = service
        .ok(&subscribe("CIMI_MachineConfiguration", &delivery))
        .await;
    let beat = service.ok(&pull(&context(&first), "")).await;
    assert!(beat.contains("<wsman:Event Action=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/Heartbeat\"></wsman:Event>"), "{beat}");
    let bookmark = content(&beat, "Bookmark").unwrap().to_owned();
    configuration(&service, "later").await;
    let resumed = pulled(
        "CIMI_MachineConfiguration",
        &format!("<wsman:Bookmark>{bookmark}</wsman:Bookmark>"),
    );
    let answer = service.ok(&resumed).await;
    let (answers, _) = drain(&service, context(&answer)).await;
    assert_eq!(count(&answers.concat(), "CIM_InstCreation"), 1);
    let earliest = "<wsman:Bookmark>http://schemas.dmtf.org/wbem/wsman/1/wsman/bookmark/earliest</wsman:Bookmark>";
    let answer = service.ok(&pulled("CIM_InstCreation", earliest)).await;
    let (answers, _) = drain(&service, context(&answer)).await;
    assert!(count(&answers.concat(), "CIM_InstCreation") > 10);
}

/// An answer to Pull is as full as its bound allows and not fuller, wherever the bound falls.
#[tokio::test]
async fn answers_stay_within_any_envelope() {
    let service = Service::start().await;
    let earliest = "<wsman:SendBookmarks/><wsman:Bookmark>http://schemas.dmtf.org/wbem/wsman/1/wsman/bookmark/earliest</wsman:Bookmark>";
    let begun = context(&service.ok(&pulled("CIM_InstCreation", earliest)).await);
    let all = "<wsen:MaxElements>100</wsen:MaxElements>";
    let mut counts = std::collections::BTreeSet::new();
    for limit in (8_192..24_000_usize).step_by(61) {
        let header = format!("<wsman:MaxEnvelopeSize>{limit}</wsman:MaxEnvelopeSize>");
        let request = pull(&begun, all).replacen("</s:Header>", &format!("{header}</s:Header>"), 1);
        assert!(request.contains(&header));
        let answer = service.ok(&request).await;
        assert!(answer.len() <= limit, "{} in {limit}", answer.len());
        counts.insert(count(&answer, "<wsman:Bookmark") + count(&answer, "CIM_InstCreation"));
    }
    assert!(counts.len() > 3, "{counts:?}");
}

/// Proves E Register-CimIndicationEvent of Windows consoles.
#[tokio::test]
async fn windows_consoles_subscribe() {
    let service = Service::start().await;
    let text = super::fixtures::request("windows", "register-cimindicationevent");
    let answer = service.ok(&text).await;
    configuration(&service, "seen").await;
    let (answers, _) = drain(&service, context(&answer)).await;
    assert_eq!(
        count(&answers.concat(), "CIM_InstCreation"),
        count(&answers.concat(), "SourceInstance")
    );
    assert!(answers.concat().contains("seen"));
}

/// What is refused, with subcode and detail; [`super::faults`] has them all once more.
pub(super) fn refusals() -> Vec<(String, &'static str, Option<&'static str>)> {
    let push = |address: &str, more: &str| {
        subscribe(
            "CIM_InstCreation",
            &format!(
                "<wse:Delivery><wse:NotifyTo><wsa:Address>{address}</wsa:Address></wse:NotifyTo>{more}</wse:Delivery>"
            ),
        )
    };
    let profile = |name: &str| {
        format!(
            "<wsman:Auth Profile=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/{name}\"/>"
        )
    };
    vec![
        (
            subscribe("CIM_InstCreation", "<wse:Delivery Mode=\"urn:x\"/>"),
            "wse:DeliveryModeRequestedUnavailable",
            None,
        ),
        (
            pulled("CIM_InstDeletion", &wql("select * from CIM_InstCreation")),
            "wse:EventSourceUnableToProcess",
            None,
        ),
        (
            pulled(
                "CIM_InstCreation",
                "<wsman:Filter Dialect=\"urn:x\">a</wsman:Filter>",
            ),
            "wse:FilteringRequestedUnavailable",
            None,
        ),
        (
            pulled(
                "CIM_InstCreation",
                "<wse:Expires>2001-01-01T00:00:00Z</wse:Expires>",
            ),
            "wse:InvalidExpirationTime",
            None,
        ),
        (pulled("*", ""), "wse:InvalidMessage", None),
        (
            eventing("Renew", &format!("{CIM}CIM_InstCreation"), "", ""),
            "wse:InvalidMessage",
            None,
        ),
        (
            pulled("*", &wql("select * from CIM_InstCreation where")),
            "wsen:CannotProcessFilter",
            None,
        ),
        (
            pulled(
                "*",
                &wql("select * from CIMI_Machine within 5 where State = 'STARTED'"),
            ),
            "wsen:CannotProcessFilter",
            None,
        ),
        (
            pulled(
                "*",
                &wql("select * from __InstanceCreationEvent within 5 where TIME_CREATED > 5"),
            ),
            "wsen:CannotProcessFilter",
            None,
        ),
        (
            pulled("*", &wql("select * from __InstanceCreation within 5")),
            "wsen:CannotProcessFilter",
            None,
        ),
        (
            pulled("CIM_NoSuchClass", ""),
            "wsa:DestinationUnreachable",
            Some("InvalidResourceURI"),
        ),
        (
            pulled("CIM_InstCreation", "<wsman:Bookmark>17</wsman:Bookmark>"),
            "wsman:InvalidBookmark",
            Some("Invalid"),
        ),
        (
            subscribe(
                "CIM_InstCreation",
                &format!(
                    "<wse:Delivery Mode=\"{PULL}\"><wsman:Heartbeats>often</wsman:Heartbeats></wse:Delivery>"
                ),
            ),
            "wsman:UnsupportedFeature",
            Some("Heartbeats"),
        ),
        (
            push(
                "http://192.0.2.9/x",
                "<wsman:ConnectionRetry>PT1S</wsman:ConnectionRetry>",
            ),
            "wsman:UnsupportedFeature",
            Some("DeliveryRetries"),
        ),
        (
            push("http://192.0.2.9/x", &profile("https/mutual")),
            "wsman:UnsupportedFeature",
            Some("AuthorizationMode"),
        ),
        (
            push("http://169.254.169.254/x", ""),
            "wsman:EventDeliverToUnusable",
            Some("UnusableAddress"),
        ),
        (
            push("ftp://192.0.2.9/x", ""),
            "wsman:EventDeliverToUnusable",
            Some("UnusableAddress"),
        ),
        (
            push("http://192.0.2.9/x", &profile("https/basic")),
            "wsman:EventDeliverToUnusable",
            Some("UnusableAddress"),
        ),
    ]
}

/// Proves E every fault of a subscription.
#[tokio::test]
async fn what_cannot_be_subscribed_to() {
    let service = Service::start().await;
    for (text, subcode, detail) in refusals() {
        let found = service.fault(&text).await;
        assert_eq!(
            (found.0.as_str(), found.1.as_deref()),
            (subcode, detail),
            "{text}"
        );
    }
}

/// The subcode for a Renew of what has expired.
pub(super) async fn renewed_too_late(service: &Service) -> String {
    let short = pulled("CIM_InstCreation", "<wse:Expires>PT1S</wse:Expires>");
    let id = identifier(&service.ok(&short).await);
    let header = format!("<wse:Identifier xmlns:wse=\"{EVENTING}\">{id}</wse:Identifier>");
    let resource = format!("{CIM}CIM_InstCreation");
    let status = eventing("GetStatus", &resource, &header, "");
    while content(&service.ok(&status).await, "Expires") != Some("PT0S") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    service
        .fault(&eventing("Renew", &resource, &header, ""))
        .await
        .0
}

/// Proves E bounds: subscriptions of a user, expiration.
#[tokio::test]
async fn there_is_a_most() {
    let events = EventsConfig {
        subscriptions_per_user: 2,
        max_seconds: 60,
        ..EventsConfig::default()
    };
    let service = Service::with_events(Settings::default(), events).await;
    // Windows asks for more than a century.
    let long = pulled(
        "CIM_InstCreation",
        "<wse:Expires>PT3960732748.184S</wse:Expires>",
    );
    let answer = service.ok(&long).await;
    assert_eq!(content(&answer, "Expires"), Some("PT60S"));
    service.ok(&long).await;
    assert_eq!(service.fault(&long).await.0, "wsman:QuotaLimit");
}

/// A sink: remembers what it gets, and answers as it is told.
pub(super) struct Sink {
    pub(super) address: String,
    got: mpsc::UnboundedReceiver<String>,
    /// Answers to give before the usual one.
    pub(super) script: Arc<Mutex<Vec<&'static str>>>,
}

impl Sink {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/sink", listener.local_addr().unwrap());
        let (sender, got) = mpsc::unbounded_channel();
        let script = Arc::<Mutex<Vec<&'static str>>>::default();
        let answers = Arc::clone(&script);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (sender, answers) = (sender.clone(), Arc::clone(&answers));
                tokio::spawn(async move {
                    while let Some(text) = request(&mut stream).await {
                        let planned = answers.lock().unwrap().pop();
                        let (status, body) = match planned {
                            Some("500") => ("500 Error", String::new()),
                            Some("redirect") => ("302 Found\r\nLocation: http://127.0.0.1:9/", String::new()),
                            Some("refuse") => ("500 Error", "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"><s:Body><s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>w:DeliveryRefused</s:Value></s:Subcode></s:Code><s:Reason><s:Text>no</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>".to_owned()),
                            _ => {
                                let id = content(&text, "MessageID").unwrap().to_owned();
                                let _ = sender.send(text);
                                ("200 OK", format!("<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\"><s:Header><a:Action>http://schemas.dmtf.org/wbem/wsman/1/wsman/Ack</a:Action><a:RelatesTo>{id}</a:RelatesTo></s:Header><s:Body/></s:Envelope>"))
                            }
                        };
                        let answer = format!(
                            "HTTP/1.1 {status}\r\nContent-Type: application/soap+xml\r\nContent-Length: {}\r\n\r\n{body}",
                            body.len()
                        );
                        if stream.write_all(answer.as_bytes()).await.is_err() {
                            return;
                        }
                    }
                });
            }
        });
        Self {
            address,
            got,
            script,
        }
    }

    pub(super) async fn next(&mut self) -> String {
        let next = tokio::time::timeout(Duration::from_secs(60), self.got.recv());
        next.await.expect("a delivery").unwrap()
    }

    fn subscribe(&self, mode: &str, more: &str) -> String {
        let mode = match mode {
            "Push" => format!("{EVENTING}/DeliveryModes/Push"),
            mode => format!("http://schemas.dmtf.org/wbem/wsman/1/wsman/{mode}"),
        };
        subscribe(
            "CIMI_MachineConfiguration",
            &format!(
                "<wse:Delivery Mode=\"{mode}\"><wse:NotifyTo><wsa:Address>{}</wsa:Address><wsa:ReferenceParameters><m:arg xmlns:m=\"http://x.com\">7</m:arg></wsa:ReferenceParameters></wse:NotifyTo>{more}</wse:Delivery><wsman:SendBookmarks/>",
                self.address
            ),
        )
    }
}

/// The body of a request; `None` at the end of the connection.
async fn request(stream: &mut tokio::net::TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut piece = [0; 16 * 1024];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("content-length: ")
                    .map(str::to_owned)
            });
            if body.len() >= length.unwrap().parse::<usize>().unwrap() {
                return Some(body.to_owned());
            }
        }
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&piece[..read]),
        }
    }
}

pub(super) fn name(delivery: &str) -> String {
    content(delivery, "ElementName")
        .unwrap_or_default()
        .to_owned()
}

/// Proves E modes Push and PushWithAck: in order, tried again, reference parameters, bookmarks.
#[tokio::test]
async fn sinks_get_everything_in_order() {
    let service = Service::start().await;
    for mode in ["Push", "PushWithAck"] {
        let mut sink = Sink::start().await;
        let retry = "<wsman:ConnectionRetry Total=\"9\">PT0.01S</wsman:ConnectionRetry>";
        service.ok(&sink.subscribe(mode, retry)).await;
        // Neither a failure nor a redirect counts as delivered, and no redirect is followed.
        *sink.script.lock().unwrap() = vec!["redirect", "500"];
        for n in 0..20 {
            configuration(&service, &format!("{mode}{n}")).await;
        }
        for n in 0..20 {
            let delivery = sink.next().await;
            assert_eq!(name(&delivery), format!("{mode}{n}"));
            assert_eq!(content(&delivery, "arg"), Some("7"));
            assert!(content(&delivery, "Bookmark").is_some());
            assert_eq!(delivery.contains("AckRequested"), mode == "PushWithAck");
        }
    }
}

/// Proves E mode Events: batches by count and time; heartbeats.
#[tokio::test]
async fn batches_are_collected() {
    let service = Service::start().await;
    let mut sink = Sink::start().await;
    let more = "<wsman:MaxElements>4</wsman:MaxElements><wsman:MaxTime>PT20S</wsman:MaxTime>";
    service.ok(&sink.subscribe("Events", more)).await;
    for n in 0..8 {
        configuration(&service, &format!("b{n}")).await;
    }
    for batch in 0..2 {
        let delivery = sink.next().await;
        assert_eq!(count(&delivery, "Event"), 4, "{delivery}");
        assert!(delivery.contains("wsman/Events</wsa:Action>"));
        assert_eq!(name(&delivery), format!("b{}", 4 * batch));
    }
    let mut idle = Sink::start().await;
    let beats = "<wsman:Heartbeats>PT0.2S</wsman:Heartbeats>";
    service.ok(&idle.subscribe("PushWithAck", beats)).await;
    for _ in 0..2 {
        let beat = idle.next().await;
        assert!(
            beat.contains("wsman/Heartbeat</wsa:Action>") && beat.contains("<s:Body></s:Body>")
        );
    }
}

/// Proves E the end: DeliveryRefused, SubscriptionEnd after too many failures, restart in the middle.
#[tokio::test]
async fn ends_and_restarts() {
    let service = Service::start().await;
    let sink = Sink::start().await;
    let answer = service.ok(&sink.subscribe("PushWithAck", "")).await;
    *sink.script.lock().unwrap() = vec!["refuse"];
    let header = format!(
        "<wse:Identifier xmlns:wse=\"{EVENTING}\">{}</wse:Identifier>",
        identifier(&answer)
    );
    let status = eventing("GetStatus", &format!("{CIM}CIM_InstCreation"), &header, "");
    configuration(&service, "refused").await;
    while service.send(&status).await.0 == 200 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // A sink that fails too often: the end is told elsewhere.
    let mut ends = Sink::start().await;
    let failing = Sink::start().await;
    *failing.script.lock().unwrap() = vec!["500"; 9];
    let retry = "<wsman:ConnectionRetry Total=\"2\">PT0.01S</wsman:ConnectionRetry>";
    let text = failing.subscribe("Push", retry).replace(
        "<wse:Delivery",
        &format!(
            "<wse:EndTo><wsa:Address>{}</wsa:Address></wse:EndTo><wse:Delivery",
            ends.address
        ),
    );
    service.ok(&text).await;
    configuration(&service, "lost").await;
    let end = ends.next().await;
    assert!(
        content(&end, "Status")
            .unwrap()
            .ends_with("/DeliveryFailure"),
        "{end}"
    );
    assert_eq!(failing.script.lock().unwrap().len(), 6, "three tries");

    // The service restarts in the middle.
    let store = Arc::new(RedbStore::in_memory().unwrap());
    let open = async || {
        Subscriptions::open(
            Arc::clone(&store) as Arc<_>,
            Arc::clone(&service.seal) as Arc<_>,
            EventsConfig::default(),
            true,
        )
        .await
        .unwrap()
    };
    let start = |subscriptions: Arc<Subscriptions>| Service {
        binding: WsmanBinding::new(
            Arc::clone(&service.provider) as Arc<_>,
            Arc::clone(&service.seal) as Arc<_>,
            Settings::default(),
        )
        .with_subscriptions(subscriptions),
        provider: Arc::clone(&service.provider),
        seal: Arc::clone(&service.seal),
        digest: Arc::clone(&service.digest),
    };
    let mut sink = Sink::start().await;
    let before = open().await;
    let first = start(Arc::clone(&before));
    first.ok(&sink.subscribe("PushWithAck", "")).await;
    let pulling = context(&first.ok(&pulled("CIMI_MachineConfiguration", "")).await);
    configuration(&service, "r0").await;
    assert_eq!(name(&sink.next().await), "r0");
    before.stop().await;
    for n in 1..5 {
        configuration(&service, &format!("r{n}")).await;
    }
    let second = start(open().await);
    for n in 1..5 {
        assert_eq!(name(&sink.next().await), format!("r{n}"));
    }
    let (answers, _) = drain(&second, pulling).await;
    assert_eq!(count(&answers.concat(), "CIM_InstCreation"), 5);
}
