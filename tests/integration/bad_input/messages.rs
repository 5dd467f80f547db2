//! WS-Management messages that are well-formed and wrong all the same.

use super::{BACKEND, goes_on, short};
use crate::bridge::{ADMIN, Bridge, PASSWORD};
use crate::http;
use crate::rest::Rest;
use crate::soap::{Message, Wsman};

#[test]
fn envelopes_that_are_wrong() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let get = Message::get("CIMI_Machine", BACKEND);
    let good = get.envelope();
    let cut = |text: &str, from: &str, to: &str| {
        let start = text.find(from).expect("the start");
        let end = start + text[start..].find(to).expect("the end") + to.len();
        format!("{}{}", &text[..start], &text[end..])
    };
    let cases = [
        (
            "SOAP 1.1",
            good.replace("http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/"),
            "VersionMismatch - -",
        ),
        (
            "a header that must be understood",
            get.clone()
                .header(r#"<h:Trace xmlns:h="http://example.org/h" s:mustUnderstand="true">on</h:Trace>"#)
                .envelope(),
            "MustUnderstand - -",
        ),
        (
            "the same with 1",
            get.clone()
                .header(r#"<h:Trace xmlns:h="http://example.org/h" s:mustUnderstand="1">on</h:Trace>"#)
                .envelope(),
            "MustUnderstand - -",
        ),
        ("no action", cut(&good, "<wsa:Action", "</wsa:Action>"), "Sender MessageInformationHeaderRequired -"),
        ("no message id", cut(&good, "<wsa:MessageID", "</wsa:MessageID>"), "Sender MessageInformationHeaderRequired -"),
        (
            "two actions",
            get.clone().header("<wsa:Action>urn:x</wsa:Action>").envelope(),
            "Sender InvalidMessageInformationHeader -",
        ),
        (
            "an unknown action",
            Message::new("urn:no-such-action", "CIMI_Machine").selector("InstanceID", BACKEND).envelope(),
            "Sender ActionNotSupported -",
        ),
        (
            "an answer elsewhere",
            good.replace("http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous", "http://example.org/sink"),
            "Sender UnsupportedFeature AddressingMode",
        ),
        (
            "a timeout that is none",
            get.clone().header("<wsman:OperationTimeout>soon</wsman:OperationTimeout>").envelope(),
            "Sender InvalidMessageInformationHeader -",
        ),
        (
            "an option that must be honoured",
            get.clone()
                .header(r#"<wsman:OptionSet s:mustUnderstand="true"><wsman:Option Name="Level" MustComply="true">1</wsman:Option></wsman:OptionSet>"#)
                .envelope(),
            "Sender InvalidOptions InvalidName",
        ),
    ];
    for (what, body, expected) in cases {
        assert_eq!(short(&wsman, body.as_bytes()), expected, "{what}");
        goes_on(&bridge);
    }
    // What is not understood is named, so that the sender can find it.
    let reply =
        wsman.call(&get.header(
            r#"<h:Trace xmlns:h="http://example.org/h" s:mustUnderstand="true">on</h:Trace>"#,
        ));
    assert!(
        reply.xml.contains("NotUnderstood") && reply.xml.contains("Trace"),
        "{}",
        reply.xml
    );
    // An unknown header that is not marked is nobody's business.
    wsman
        .call(
            &Message::get("CIMI_Machine", BACKEND)
                .header(r#"<h:Trace xmlns:h="http://example.org/h"/>"#),
        )
        .ok();
    // Other methods and paths.
    let authorization = http::basic(ADMIN, PASSWORD);
    let headers = [("Authorization", authorization.as_str())];
    assert_eq!(
        http::send(bridge.authority(), "GET", "/wsman", &headers, b"").status,
        405
    );
    assert_eq!(
        http::send(bridge.authority(), "POST", "/nowhere", &headers, b"x").status,
        404
    );
}

#[test]
fn selectors_that_do_not_fit() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let class =
        |name: &str| Message::new("http://schemas.xmlsoap.org/ws/2004/09/transfer/Get", name);
    let cases = [
        ("none", class("CIMI_Machine"), "Sender InvalidSelectors InsufficientSelectors"),
        (
            "one that is no key",
            class("CIMI_Machine").selector("InstanceID", BACKEND).selector("Nmae", "x"),
            "Sender InvalidSelectors UnexpectedSelectors",
        ),
        (
            "the same twice",
            class("CIMI_Machine").selector("InstanceID", BACKEND).selector("InstanceID", BACKEND),
            "Sender InvalidSelectors DuplicateSelectors",
        ),
        (
            "a reference for a text",
            class("CIMI_Machine").selector(
                "InstanceID",
                "<wsa:EndpointReference><wsa:Address>urn:x</wsa:Address><wsa:ReferenceParameters><wsman:ResourceURI>urn:x</wsman:ResourceURI></wsa:ReferenceParameters></wsa:EndpointReference>",
            ),
            "Sender InvalidSelectors TypeMismatch",
        ),
        ("nobody", class("CIMI_Machine").selector("InstanceID", "machines/nobody"), "Sender DestinationUnreachable -"),
        (
            "a machine as a volume",
            class("CIMI_Volume").selector("InstanceID", BACKEND),
            "Sender DestinationUnreachable -",
        ),
        ("an unknown class", class("CIMI_Missing").selector("InstanceID", BACKEND), "Sender DestinationUnreachable InvalidResourceURI"),
        (
            "an unknown namespace",
            class("CIMI_Machine").selector("InstanceID", BACKEND).selector("__cimnamespace", "root/x"),
            "Sender DestinationUnreachable -",
        ),
    ];
    for (what, message, expected) in cases {
        assert_eq!(
            short(&wsman, message.envelope().as_bytes()),
            expected,
            "{what}"
        );
    }
    goes_on(&bridge);
}

#[test]
fn enumerations_that_are_over() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let class = "CIMI_Machine";
    let open = |content: &str| {
        wsman
            .call(&Message::enumerate(class, content))
            .ok()
            .value("EnumerationContext")
    };
    let pull = |context: &str| {
        short(
            &wsman,
            Message::pull(class, context, "").envelope().as_bytes(),
        )
    };
    let invalid = "Receiver InvalidEnumerationContext -";

    for forged in [
        "nonsense",
        "",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        assert_eq!(pull(forged), invalid, "`{forged}`");
    }
    // One character of a good one changed.
    let good = open("");
    for place in [0, good.len() / 2, good.len() - 1] {
        let mut bytes = good.clone().into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        assert_eq!(
            pull(&String::from_utf8(bytes).expect("ASCII")),
            invalid,
            "at {place}"
        );
    }
    // Released.
    wsman.call(&Message::release(class, &good)).ok();
    assert_eq!(pull(&good), invalid);
    // At its end.
    let context = open("");
    let all = "<wsen:MaxElements>100</wsen:MaxElements>";
    let last = wsman.call(&Message::pull(class, &context, all)).ok();
    assert!(last.has("EndOfSequence"));
    assert_eq!(pull(&context), invalid);
    // Expired.
    let context = open("<wsen:Expires>PT1S</wsen:Expires>");
    std::thread::sleep(std::time::Duration::from_millis(2500));
    let expired = pull(&context);
    assert!(
        [invalid, "Receiver TimedOut -"].contains(&expired.as_str()),
        "{expired}"
    );
    // Never to begin with.
    for (expires, expected) in [
        ("PT0S", "Sender InvalidExpirationTime -"),
        ("2001-01-01T00:00:00Z", "Sender InvalidExpirationTime -"),
        ("tomorrow", "Sender InvalidExpirationTime -"),
    ] {
        let message = Message::enumerate(class, &format!("<wsen:Expires>{expires}</wsen:Expires>"));
        assert_eq!(
            short(&wsman, message.envelope().as_bytes()),
            expected,
            "{expires}"
        );
    }
    // Filters.
    let filter = |dialect: &str, text: &str| {
        let filter = format!(r#"<wsman:Filter Dialect="{dialect}">{text}</wsman:Filter>"#);
        short(
            &wsman,
            Message::enumerate(class, &filter).envelope().as_bytes(),
        )
    };
    let wql = "http://schemas.microsoft.com/wbem/wsman/1/WQL";
    assert_eq!(
        filter("urn:unknown", "x"),
        "Sender FilterDialectRequestedUnavailable -"
    );
    assert_eq!(
        filter(wql, "select from where"),
        "Sender CannotProcessFilter -"
    );
    assert_eq!(
        filter(wql, "select * from CIMI_Machine where NoSuch = 1"),
        "Sender CannotProcessFilter -"
    );
    goes_on(&bridge);
}

#[test]
fn representations_that_do_not_fit() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    let put = |properties: &[(&str, &str)]| Message::put("CIMI_Machine", BACKEND, properties);
    let cases = [
        (
            "a number that is none",
            put(&[("Cpu", "many")]),
            "Sender InvalidRepresentation InvalidValues",
        ),
        (
            "a number out of range",
            put(&[("Cpu", "-1")]),
            "Sender InvalidRepresentation InvalidValues",
        ),
        (
            "another key",
            put(&[("InstanceID", "machines/other")]),
            "Sender InvalidRepresentation InvalidValues",
        ),
        (
            "another class",
            Message::put("CIMI_Machine", BACKEND, &[]).body(&crate::soap::element(
                "CIMI_Volume",
                "CIMI_Volume",
                &[],
            )),
            "Sender InvalidRepresentation InvalidNamespace",
        ),
        (
            "no template",
            Message::create(
                "CIMI_Machine",
                "CIMI_MachineCreate",
                &[("ElementName", "x")],
            ),
            "Sender InvalidRepresentation MissingValues",
        ),
        (
            "a template that is not there",
            Message::create(
                "CIMI_Machine",
                "CIMI_MachineCreate",
                &[("MachineTemplate", "machineTemplates/none")],
            ),
            "Sender InvalidRepresentation InvalidValues",
        ),
        (
            "an unknown method",
            Message::invoke("CIMI_Machine", BACKEND, "Levitate", &[]),
            "Sender ActionNotSupported -",
        ),
        (
            "an unknown parameter",
            Message::invoke("CIMI_Machine", BACKEND, "Start", &[("Height", "3")]),
            "Sender InvalidParameter InvalidName",
        ),
        (
            "a parameter of the wrong type",
            Message::invoke(
                "CIMI_Machine",
                "machines/demo-frontend",
                "Stop",
                &[("Force", "perhaps")],
            ),
            "Sender InvalidParameter TypeMismatch",
        ),
        (
            "an abstract class",
            Message::create("CIMI_Resource", "CIMI_Resource", &[]),
            "Sender ActionNotSupported ActionMismatch",
        ),
    ];
    for (what, message, expected) in cases {
        assert_eq!(
            short(&wsman, message.envelope().as_bytes()),
            expected,
            "{what}"
        );
    }
    let unknown = short(&wsman, put(&[("Colour", "red")]).envelope().as_bytes());
    assert!(
        [
            "Sender InvalidRepresentation InvalidValues",
            "Sender SchemaValidationError -"
        ]
        .contains(&unknown.as_str()),
        "an unknown property: {unknown}"
    );
    let machine = Rest::admin(&bridge).get(&format!("/cimi/{BACKEND}"));
    assert_eq!(
        machine["state"], "STOPPED",
        "nothing of it was done: {machine}"
    );
    goes_on(&bridge);
}
