//! Whole conversations, months of them, without a socket and without waiting.

use std::time::Duration;

use expect_test::expect;
use xml_wire::Limits;

use super::*;
use crate::{Audience, Fault, Reply, Request, fault};

const EVENTING: &str = crate::uris::EVENTING;

fn read(action: &str, more: &str, body: &str) -> Result<(EventingRequest, crate::Headers), Fault> {
    let text = format!(
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" \
         xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" xmlns:e=\"http://schemas.xmlsoap.org/ws/2004/08/eventing\">\
         <s:Header><a:To>/wsman</a:To><a:Action>{EVENTING}{action}</a:Action><a:MessageID>1</a:MessageID>{more}</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    );
    let mut request = Request::parse(&text, &Limits::DEFAULT).map_err(|r| r.fault)?;
    let content = request.take_content();
    let read = EventingRequest::read(&request.headers.action, content)?;
    Ok((read, request.headers))
}

fn subscribe(body: &str) -> Result<Subscribe, Fault> {
    match read(
        "Subscribe",
        "",
        &format!("<e:Subscribe>{body}</e:Subscribe>"),
    )? {
        (EventingRequest::Subscribe(subscribe), _) => Ok(*subscribe),
        (other, _) => panic!("{other:?}"),
    }
}

const NOTIFY: &str = "<e:NotifyTo><a:Address>http://sink/x</a:Address><a:ReferenceParameters><m:arg xmlns:m=\"http://x.com\">7</m:arg></a:ReferenceParameters></e:NotifyTo>";

#[test]
fn a_subscribe_says_all_that_can_be_said() {
    let all = subscribe(&format!(
        "<e:EndTo><a:Address>http://sink/end</a:Address></e:EndTo>\
         <e:Delivery Mode=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/Events\"><w:Heartbeats>PT60S</w:Heartbeats>{NOTIFY}\
         <w:Auth Profile=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/digest\"/>\
         <w:ConnectionRetry Total=\"3\">PT10S</w:ConnectionRetry><w:MaxElements>10</w:MaxElements><w:MaxTime>PT5S</w:MaxTime>\
         <w:MaxEnvelopeSize Policy=\"Skip\">153600</w:MaxEnvelopeSize><w:ContentEncoding>utf-16</w:ContentEncoding></e:Delivery>\
         <e:Expires>2030-01-01T00:00:00Z</e:Expires>\
         <w:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">select * from CIM_InstCreation</w:Filter>\
         <w:Bookmark>http://schemas.dmtf.org/wbem/wsman/1/wsman/bookmark/earliest</w:Bookmark><w:SendBookmarks/>"
    ))
    .unwrap();
    expect![[r#"
        Subscribe {
            mode: Events,
            notify_to: Some(
                Endpoint {
                    address: "http://sink/x",
                    reference_parameters: "<m:arg xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" xmlns:e=\"http://schemas.xmlsoap.org/ws/2004/08/eventing\" xmlns:m=\"http://x.com\">7</m:arg>",
                },
            ),
            end_to: Some(
                Endpoint {
                    address: "http://sink/end",
                    reference_parameters: "",
                },
            ),
            expires: Some(
                At(
                    1893456000,
                ),
            ),
            filter: Some(
                Wql(
                    "select * from CIM_InstCreation",
                ),
            ),
            bookmark: Some(
                Earliest,
            ),
            send_bookmarks: true,
            heartbeats: Some(
                60s,
            ),
            auth: Some(
                "http/digest",
            ),
            retry: Some(
                ConnectionRetry {
                    interval: 10s,
                    total: 3,
                },
            ),
            max_elements: Some(
                10,
            ),
            max_time: Some(
                5s,
            ),
            max_envelope_size: Some(
                153600,
            ),
            oversize: Skip,
            encoding: Utf16Le,
        }
    "#]]
    .assert_debug_eq(&all);
    let least = subscribe(&format!("<e:Delivery>{NOTIFY}</e:Delivery>")).unwrap();
    assert_eq!(least.mode, Mode::Push);
    // The wsman command writes heartbeats inside wsman:Auth, and Windows asks for 125 years.
    let habits = subscribe(
        "<e:Delivery Mode=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/Pull\"><w:Auth Profile=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/basic\"><w:Heartbeats>PT20.000000S</w:Heartbeats></w:Auth></e:Delivery><e:Expires>PT3960732748.184S</e:Expires>",
    )
    .unwrap();
    assert_eq!(habits.heartbeats, Some(Duration::from_secs(20)));
    assert!(matches!(habits.expires, Some(Expires::In(d)) if d.as_secs() == 3_960_732_748));
}

#[test]
fn every_mistake_has_its_fault() {
    let pull = "<e:Delivery Mode=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/Pull\"";
    for (body, subcode, detail) in [
        ("", "wse:InvalidMessage", None),
        ("<e:Delivery/>", "wse:InvalidMessage", None),
        (
            "<e:Delivery><e:NotifyTo/></e:Delivery>",
            "wse:InvalidMessage",
            None,
        ),
        (
            "<e:Delivery Mode=\"urn:x\"/>",
            "wse:DeliveryModeRequestedUnavailable",
            None,
        ),
        (
            &format!("{pull}/><e:Expires>PT0S</e:Expires>"),
            "wse:InvalidExpirationTime",
            None,
        ),
        (
            &format!("{pull}/><e:Expires>soon</e:Expires>"),
            "wse:InvalidExpirationTime",
            None,
        ),
        (
            &format!("{pull}/><w:Filter Dialect=\"urn:x\">a</w:Filter>"),
            "wse:FilteringRequestedUnavailable",
            None,
        ),
        (
            &format!("{pull}/><w:Filter>a</w:Filter><w:Filter>a</w:Filter>"),
            "wse:InvalidMessage",
            None,
        ),
        (
            &format!("{pull}/><w:Bookmark><a/></w:Bookmark>"),
            "wsman:InvalidBookmark",
            Some(crate::Detail::Invalid),
        ),
        (
            &format!("{pull}><w:Heartbeats>PT0S</w:Heartbeats></e:Delivery>"),
            "wsman:UnsupportedFeature",
            Some(crate::Detail::Heartbeats),
        ),
        (
            &format!("{pull}><w:ConnectionRetry>PT1S</w:ConnectionRetry></e:Delivery>"),
            "wsman:UnsupportedFeature",
            Some(crate::Detail::DeliveryRetries),
        ),
        (
            &format!("{pull}><w:Auth Profile=\"urn:x\"/></e:Delivery>"),
            "wsman:UnsupportedFeature",
            Some(crate::Detail::AuthorizationMode),
        ),
        (
            &format!("{pull}><w:ContentEncoding>EBCDIC</w:ContentEncoding></e:Delivery>"),
            "wsman:EncodingLimit",
            Some(crate::Detail::CharacterSet),
        ),
        (
            &format!("{pull}><w:MaxEnvelopeSize>10</w:MaxEnvelopeSize></e:Delivery>"),
            "wsman:EncodingLimit",
            Some(crate::Detail::MinimumEnvelopeLimit),
        ),
        (
            &format!(
                "{pull}><w:MaxEnvelopeSize Policy=\"Shrug\">99999</w:MaxEnvelopeSize></e:Delivery>"
            ),
            "wse:InvalidMessage",
            None,
        ),
    ] {
        let fault = subscribe(body).expect_err(body);
        assert_eq!(
            (fault.name().as_str(), fault.fault_detail()),
            (subcode, detail),
            "{body}: {}",
            fault.reason()
        );
    }
    let (renew, headers) = read(
        "Renew",
        "<e:Identifier>uuid:1</e:Identifier>",
        "<e:Renew><e:Expires>PT2H</e:Expires></e:Renew>",
    )
    .unwrap();
    assert_eq!(
        renew,
        EventingRequest::Renew(Some(Expires::In(Duration::from_secs(7200))))
    );
    assert_eq!(headers.identifier.as_deref(), Some("uuid:1"));
    assert!(matches!(
        read("GetStatus", "", "<e:GetStatus/>"),
        Ok((EventingRequest::GetStatus, _))
    ));
    assert!(matches!(
        read("Unsubscribe", "", "<e:Unsubscribe/>"),
        Ok((EventingRequest::Unsubscribe, _))
    ));
    assert_eq!(
        read("Unsubscribe", "", "").unwrap_err().name(),
        "wse:InvalidMessage"
    );
    assert_eq!(
        read("Dance", "", "").unwrap_err().name(),
        "wsa:ActionNotSupported"
    );
}

#[test]
fn the_login_of_the_sink_is_read_and_not_shown() {
    let tokens = "<t:IssuedTokens s:mustUnderstand=\"true\" xmlns:t=\"http://schemas.xmlsoap.org/ws/2005/02/trust\" xmlns:se=\"urn:se\"><t:RequestSecurityTokenResponse><t:TokenType>urn:type</t:TokenType><t:RequestedSecurityToken><se:UsernameToken><se:Username>sink</se:Username><se:Password>open sesame</se:Password></se:UsernameToken></t:RequestedSecurityToken></t:RequestSecurityTokenResponse></t:IssuedTokens>";
    let body = format!("<e:Subscribe><e:Delivery>{NOTIFY}</e:Delivery></e:Subscribe>");
    let (_, headers) = read("Subscribe", tokens, &body).unwrap();
    let token = headers.issued_token.unwrap();
    assert_eq!(
        (token.username.as_str(), token.password.as_str()),
        ("sink", "open sesame")
    );
    assert!(!format!("{token:?}").contains("sesame"));
    // Elsewhere it is not understood.
    let refused = read("Renew", tokens, "<e:Renew/>").unwrap_err();
    assert_eq!(refused.name(), "s:MustUnderstand");
}

fn sink() -> Endpoint {
    Endpoint {
        address: "http://sink/x?a&b".to_owned(),
        reference_parameters: "<m:arg xmlns:m=\"http://x.com\">7</m:arg>".to_owned(),
    }
}

fn delivery(to: &Endpoint, mode: Mode) -> Delivery<'_> {
    Delivery {
        to,
        addressing: crate::uris::Addressing::V2004,
        message_id: "uuid:2",
        mode,
        bookmark: (mode == Mode::Events).then_some("b1"),
    }
}

#[test]
fn messages_to_a_sink() {
    let to = sink();
    let event = Entry::event("<x:E xmlns:x=\"urn:x\"></x:E>".to_owned());
    expect![[r#"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common"><s:Header><wsa:To>http://sink/x?a&amp;b</wsa:To><wsa:ReplyTo><wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address></wsa:ReplyTo><wsa:Action s:mustUnderstand="true">http://schemas.dmtf.org/wbem/wsman/1/wsman/Event</wsa:Action><wsa:MessageID>uuid:2</wsa:MessageID><m:arg xmlns:m="http://x.com">7</m:arg><wsman:AckRequested></wsman:AckRequested></s:Header><s:Body><x:E xmlns:x="urn:x"></x:E></s:Body></s:Envelope>"#]]
    .assert_eq(&delivery(&to, Mode::PushWithAck).message(std::slice::from_ref(&event)));
    let heartbeat = delivery(&to, Mode::Push).message(&[Entry::heartbeat()]);
    assert!(
        heartbeat.contains("wsman/Heartbeat</wsa:Action>")
            && heartbeat.contains("<s:Body></s:Body>")
    );
    assert!(!heartbeat.contains("AckRequested"));
    let batch =
        delivery(&to, Mode::Events).message(&[event, Entry::dropped(2), Entry::heartbeat()]);
    let body = &batch[batch.find("<wsman:AckRequested").unwrap()..];
    expect![[r#"<wsman:AckRequested></wsman:AckRequested><wsman:Bookmark><b:Position xmlns:b="urn:x-cimi-bridge:wsman">b1</b:Position></wsman:Bookmark></s:Header><s:Body><wsman:Events><wsman:Event Action="http://schemas.dmtf.org/wbem/wsman/1/wsman/Event"><x:E xmlns:x="urn:x"></x:E></wsman:Event><wsman:Event Action="http://schemas.dmtf.org/wbem/wsman/1/wsman/DroppedEvents"><wsman:DroppedEvents Action="http://schemas.dmtf.org/wbem/wsman/1/wsman/Event">2</wsman:DroppedEvents></wsman:Event><wsman:Event Action="http://schemas.dmtf.org/wbem/wsman/1/wsman/Heartbeat"></wsman:Event></wsman:Events></s:Body></s:Envelope>"#]]
    .assert_eq(body);
    let end = subscription_end(
        &to,
        crate::uris::Addressing::V2005,
        "uuid:3",
        "http://h/wsman",
        "uuid:1",
        Ended::DeliveryFailure,
        "It is gone.",
    );
    assert!(end.contains("<wse:Status>http://schemas.xmlsoap.org/ws/2004/08/eventing/DeliveryFailure</wse:Status><wse:Reason xml:lang=\"en-US\">It is gone.</wse:Reason>"));
    let expiry = Expiry {
        at: 100,
        dated: false,
    };
    let mut response = String::new();
    subscribe_response(
        &mut response,
        "http://h/wsman",
        "uuid:1",
        &expiry,
        40,
        Some("c1"),
    );
    expect![[r#"<wse:SubscribeResponse xmlns:wse="http://schemas.xmlsoap.org/ws/2004/08/eventing"><wse:SubscriptionManager><wsa:Address>http://h/wsman</wsa:Address><wsa:ReferenceParameters><wse:Identifier>uuid:1</wse:Identifier></wsa:ReferenceParameters></wse:SubscriptionManager><wse:Expires>PT60S</wse:Expires><wsen:EnumerationContext xmlns:wsen="http://schemas.xmlsoap.org/ws/2004/09/enumeration">c1</wsen:EnumerationContext></wse:SubscribeResponse>"#]]
    .assert_eq(&response);
}

#[test]
fn faults_list_what_is_possible() {
    let text = |f: &Fault| fault(f, &Reply::default(), "uuid:1", Audience::Standard);
    let modes = text(&subscribe("<e:Delivery Mode=\"urn:x\"/>").unwrap_err());
    assert_eq!(
        modes.matches("<wse:SupportedDeliveryMode>").count(),
        4,
        "{modes}"
    );
    assert!(modes.contains("xmlns:wse=\"http://schemas.xmlsoap.org/ws/2004/08/eventing\""));
    assert!(
        modes.contains(
            "<wsa:Action>http://schemas.xmlsoap.org/ws/2004/08/eventing/fault</wsa:Action>"
        )
    );
    let dialects = text(&Fault::unknown_event_dialect("urn:x"));
    assert_eq!(
        dialects.matches("<wse:SupportedDialect>").count(),
        4,
        "{dialects}"
    );
}

/// A month of an unreachable sink, in no time.
#[test]
fn patience_ends_and_tries_get_rarer() {
    let day = Duration::from_secs(86_400);
    let mut retry = Retry::new(None, day);
    let (mut now, mut pauses) = (0u64, Vec::new());
    while let Some(pause) = retry.failed(now) {
        pauses.push(pause.as_secs());
        now += u64::try_from(pause.as_millis()).unwrap();
    }
    assert_eq!(pauses[..10], [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
    assert!((86_400_000..86_700_000).contains(&now), "{now}");
    retry.succeeded();
    assert_eq!(retry.failed(now), Some(Duration::from_secs(1)));
    let asked = ConnectionRetry {
        interval: Duration::from_secs(10),
        total: 2,
    };
    let mut retry = Retry::new(Some(asked), day);
    let tries: Vec<_> = (0..3).map(|n| retry.failed(n)).collect();
    assert_eq!(tries, [Some(asked.interval), Some(asked.interval), None]);
}

#[test]
fn expirations_are_granted_within_bounds_and_answered_in_kind() {
    let hour = Duration::from_secs(3600);
    let year = 365 * 24 * hour;
    let grant = |asked| Expiry::grant(asked, 1_000, hour, year);
    assert_eq!(grant(None).unwrap().text(1_000), "PT3600S");
    assert_eq!(grant(None).unwrap().text(4_000), "PT600S");
    assert_eq!(
        grant(Some(Expires::In(Duration::from_secs(u64::MAX / 2))))
            .unwrap()
            .at,
        1_000 + year.as_secs()
    );
    let dated = grant(Some(Expires::At(2_000))).unwrap();
    assert_eq!(dated.text(1_500), "1970-01-01T00:33:20Z");
    assert!(!dated.is_over(1_999) && dated.is_over(2_000));
    assert_eq!(
        grant(Some(Expires::At(1_000))).unwrap_err().name(),
        "wse:InvalidExpirationTime"
    );
}

struct Plain;

impl cim_query::Seal for Plain {
    fn seal(&self, plain: &[u8]) -> String {
        plain.iter().map(|b| format!("{b:02x}")).collect()
    }
    fn open(&self, token: &str) -> Option<Vec<u8>> {
        (0..token.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(token.get(at..at + 2)?, 16).ok())
            .collect()
    }
}

#[test]
fn positions_travel_with_the_subscriber() {
    let context = SubscriptionContext {
        id: [7; 16],
        position: 42,
        last_sent: 9,
    };
    let token = context.seal(&Plain);
    assert_eq!(SubscriptionContext::open(&token, &Plain), Some(context));
    assert_eq!(SubscriptionContext::open(&token[2..], &Plain), None);
    let bookmark = seal_bookmark("root/cimi", 42, &Plain);
    assert_eq!(open_bookmark(&bookmark, "root/cimi", &Plain), Some(42));
    assert_eq!(open_bookmark(&bookmark, "root/other", &Plain), None);
    assert_eq!(open_bookmark(&token, "root/cimi", &Plain), None);
}

/// What the client side writes is what the service side reads, and the other way round.
#[test]
fn both_ends_understand_each_other() {
    use crate::client::eventing::{
        Receipt, Subscription, acknowledgement, delivered, receipt, subscribed,
    };
    use crate::client::{FilterText, Requests};
    use crate::epr::Epr;
    use crate::uris::{Addressing, CIM_SCHEMA, dialect};

    let target = Epr {
        resource_uri: format!("{CIM_SCHEMA}CIMI_Machine"),
        ..Epr::default()
    };
    for addressing in [Addressing::V2004, Addressing::V2005] {
        let requests = Requests {
            addressing,
            ..Requests::new("http://host/wsman")
        };
        let wanted = Subscription {
            mode: Mode::PushWithAck,
            notify_to: Some("http://sink/a&b".to_owned()),
            end_to: Some("http://sink/end".to_owned()),
            expires: Some(Duration::from_secs(60)),
            filter: Some(FilterText::Text {
                dialect: dialect::WQL.to_owned(),
                text: "select * from X where a < 1".to_owned(),
            }),
            heartbeats: Some(Duration::from_millis(1500)),
            bookmark: Some("b1".to_owned()),
            send_bookmarks: true,
        };
        let text = requests.subscribe("uuid:1", &target, &wanted);
        let mut request = Request::parse(&text, &Limits::DEFAULT).unwrap();
        let content = request.take_content();
        let read = EventingRequest::read(&request.headers.action, content).unwrap();
        let EventingRequest::Subscribe(read) = read else {
            panic!("{read:?}")
        };
        assert_eq!(read.mode, wanted.mode);
        assert_eq!(read.notify_to.unwrap().address, "http://sink/a&b");
        assert_eq!(read.end_to.unwrap().address, "http://sink/end");
        assert_eq!(
            read.filter,
            Some(Filter::Wql("select * from X where a < 1".to_owned()))
        );
        assert_eq!(read.heartbeats, wanted.heartbeats);
        assert_eq!(read.bookmark, Some(Bookmark::At("b1".to_owned())));
        assert!(read.send_bookmarks && read.expires.is_some());

        for operation in ["Renew", "GetStatus", "Unsubscribe"] {
            let text = requests.manage("uuid:1", operation, &target, "uuid:7", None);
            let mut request = Request::parse(&text, &Limits::DEFAULT).unwrap();
            assert_eq!(request.headers.identifier.as_deref(), Some("uuid:7"));
            let content = request.take_content();
            EventingRequest::read(&request.headers.action, content).unwrap();
        }

        let reply = Reply {
            addressing,
            relates_to: Some("uuid:1".to_owned()),
            ..Reply::default()
        };
        let mut answer = crate::Answer::new(&reply, "urn:x", "uuid:2");
        answer.body();
        let expiry = Expiry {
            at: 100,
            dated: false,
        };
        subscribe_response(answer.text(), "http://h", "uuid:7", &expiry, 40, Some("c"));
        let read = subscribed(answer.finish().as_bytes(), None, "uuid:1").unwrap();
        assert_eq!(read.identifier.as_deref(), Some("uuid:7"));
        assert_eq!(read.expires.as_deref(), Some("PT60S"));
        assert_eq!(read.context.as_deref(), Some("c"));

        let to = sink();
        let batch = Delivery {
            addressing,
            ..delivery(&to, Mode::Events)
        };
        let event = Entry::event("<x:E xmlns:x=\"urn:x\"></x:E>".to_owned());
        let text = batch.message(&[event, Entry::dropped(2), Entry::heartbeat()]);
        let read = delivered(text.as_bytes(), None).unwrap();
        assert!(read.acknowledge);
        assert_eq!(read.bookmark.as_deref(), Some("b1"));
        let names: Vec<_> = read
            .events
            .iter()
            .map(|(_, content)| content.as_ref().map(|c| c.name().to_owned()))
            .collect();
        assert_eq!(
            names,
            [Some("E".to_owned()), Some("DroppedEvents".to_owned()), None]
        );
        let ack = acknowledgement(&read, "uuid:3");
        assert_eq!(
            receipt(ack.as_bytes(), None, "uuid:2"),
            Receipt::Acknowledged
        );
        assert!(matches!(
            receipt(ack.as_bytes(), None, "uuid:9"),
            Receipt::Other(_)
        ));
        let refused = Fault::new(crate::Subcode::QuotaLimit);
        let refused = fault(&refused, &reply, "uuid:4", Audience::Standard)
            .replace("wsman:QuotaLimit", "wsman:DeliveryRefused");
        assert!(matches!(
            receipt(refused.as_bytes(), None, "uuid:2"),
            Receipt::Refused(_)
        ));
        assert!(matches!(receipt(b"no", None, "uuid:2"), Receipt::Other(_)));
    }
}
