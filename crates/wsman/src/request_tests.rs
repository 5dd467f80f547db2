//! Requests: those that real clients sent, and those that must not pass.

use std::path::Path;
use std::time::Duration;

use proptest::prelude::*;
use xml_wire::Limits;

use crate::enumeration::{Filter, Mode};
use crate::epr::{SelectorSet, SelectorValue};
use crate::uris::{Addressing, ns};
use crate::{Answer, Audience, Detail, Operation, Rejected, Request, Subcode, fault};

fn parse(text: &str) -> Result<Request<'_>, Rejected> {
    Request::parse(text, &Limits::DEFAULT)
}

/// The subcode and detail that a request is refused with.
fn refusal(text: &str) -> (Subcode, Option<Detail>) {
    let rejected = parse(text).expect_err(text);
    (rejected.fault.subcode(), rejected.fault.fault_detail())
}

const GET: &str = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get";
const CLASS: &str = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Foo";

/// An envelope with the minimal header of an action, more header blocks, and a body.
fn envelope(action: &str, more: &str, body: &str) -> String {
    let (soap, wsa, wsman, wsen, wsmb) = (ns::SOAP, ns::WSA, ns::WSMAN, ns::WSEN, ns::WSMB);
    format!(
        "<s:Envelope xmlns:s=\"{soap}\" xmlns:a=\"{wsa}\" xmlns:w=\"{wsman}\" xmlns:n=\"{wsen}\" xmlns:b=\"{wsmb}\">\
         <s:Header><a:To>/wsman</a:To><a:Action>{action}</a:Action><a:MessageID>1</a:MessageID>\
         <w:ResourceURI>{CLASS}</w:ResourceURI>{more}</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    )
}

fn get_with(more: &str) -> String {
    envelope(GET, more, "")
}

fn enumerate(body: &str) -> String {
    envelope(
        "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate",
        "",
        &format!("<n:Enumerate>{body}</n:Enumerate>"),
    )
}

#[test]
fn every_recorded_request_is_understood() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/wsman");
    let mut count = 0;
    for client in std::fs::read_dir(root).unwrap().flatten() {
        let Ok(files) = std::fs::read_dir(client.path()) else {
            continue;
        };
        for file in files.flatten() {
            if file.path().extension().is_none_or(|e| e != "xml") {
                continue;
            }
            count += 1;
            let name = file.path().display().to_string();
            let text = std::fs::read_to_string(file.path()).unwrap();
            let mut request = parse(&text).unwrap_or_else(|r| panic!("{name}: {:?}", r.fault));
            if request.operation == Operation::Identify {
                continue;
            }
            let id = request.headers.reply.relates_to.clone().unwrap();
            assert!(
                text.contains(&format!("MessageID>{id}<")) || text.contains(&format!(">{id}</")),
                "{name}: {id}"
            );
            let stem = file
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned();
            // Files are named for the operation, or for the command that sends it.
            let operation = match stem.trim_start_matches("winrm-") {
                "get-ciminstance-inputobject" | "get-cimclass" => "get",
                command if command.starts_with("get-cim") => "enumerate",
                command => match command.split('-').next().unwrap() {
                    "set" => "put",
                    "new" => "create",
                    "remove" => "delete",
                    "associators" | "references" => "enumerate",
                    // What WS-Eventing asks for stands in the content, as that of a method does.
                    "register" => "invoke",
                    other => other,
                },
            };
            assert!(
                request.operation.name().eq_ignore_ascii_case(operation),
                "{name}: {}",
                request.operation.name()
            );
            assert_eq!(
                matches!(operation, "put" | "create" | "invoke"),
                request.take_content().is_some(),
                "{name}"
            );
        }
    }
    assert!(count >= 20, "{count} requests found");
}

#[test]
fn control_headers() {
    let text = get_with(
        "<w:OperationTimeout>PT5.50S</w:OperationTimeout>\
         <w:MaxEnvelopeSize s:mustUnderstand=\"1\" xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"> 8192 </w:MaxEnvelopeSize>\
         <w:OptionSet><w:Option Name=\"wmiarray:X\" Type=\"xs:int\">1</w:Option><w:Option Name=\"F\" MustComply=\"true\"/></w:OptionSet>\
         <w:RequestEPR/><w:RequestTotalItemsCountEstimate/>",
    );
    let headers = parse(&text).unwrap().headers;
    assert_eq!(
        headers.operation_timeout,
        Some(Duration::from_millis(5_500))
    );
    assert_eq!(headers.max_envelope_size, Some(8192));
    assert_eq!(headers.options[0].name, "wmiarray:X");
    assert!(headers.options[1].must_comply);
    assert!(headers.request_epr && headers.count_requested);
}

#[test]
fn selectors_may_be_references() {
    let text = get_with(&format!(
        "<w:SelectorSet><w:Selector Name=\"A\"> x </w:Selector><w:Selector Name=\"R\"><a:EndpointReference><a:Address>u</a:Address>\
         <a:ReferenceParameters><w:ResourceURI>{CLASS}</w:ResourceURI><w:SelectorSet><w:Selector Name=\"K\">1</w:Selector></w:SelectorSet>\
         </a:ReferenceParameters></a:EndpointReference></w:Selector></w:SelectorSet>"
    ));
    let headers = parse(&text).unwrap().headers;
    assert_eq!(
        headers.selectors.get("a"),
        Some(&SelectorValue::Text("x".to_owned()))
    );
    let Some(SelectorValue::Reference(reference)) = headers.selectors.get("R") else {
        panic!("no reference");
    };
    assert_eq!(reference.resource_uri, CLASS);
    assert_eq!(
        SelectorSet::from(reference.selectors.clone()).get("k"),
        Some(&SelectorValue::Text("1".to_owned()))
    );
}

/// Proves 1 must-understand, duplicates and limits of headers.
/// Proves 1 ReplyTo that leads elsewhere.
/// Proves 1 Locale.
#[test]
fn wrong_headers_have_their_faults() {
    use Detail as D;
    use Subcode as S;
    let mark = "s:mustUnderstand=\"true\"";
    let long = "x".repeat(5000);
    for (more, expected) in [
        (format!("<h:Trace xmlns:h=\"urn:h\" {mark}/>"), (S::MustUnderstand, None)),
        ("<w:ResourceURI>x</w:ResourceURI>".to_owned(), (S::InvalidMessageInformationHeader, None)),
        ("<a:MessageID>2</a:MessageID>".to_owned(), (S::InvalidMessageInformationHeader, None)),
        ("<w:Foo/><w:Foo/>".to_owned(), (S::InvalidMessageInformationHeader, None)),
        ("<w:MaxEnvelopeSize>8191</w:MaxEnvelopeSize>".to_owned(), (S::EncodingLimit, Some(D::MinimumEnvelopeLimit))),
        ("<w:MaxEnvelopeSize>big</w:MaxEnvelopeSize>".to_owned(), (S::InvalidMessageInformationHeader, None)),
        ("<w:OperationTimeout>60</w:OperationTimeout>".to_owned(), (S::InvalidMessageInformationHeader, None)),
        ("<a:ReplyTo><a:Address>http://elsewhere/</a:Address></a:ReplyTo>".to_owned(), (S::UnsupportedFeature, Some(D::AddressingMode))),
        ("<a:FaultTo><a:Address>http://elsewhere/</a:Address></a:FaultTo>".to_owned(), (S::UnsupportedFeature, Some(D::AddressingMode))),
        (format!("<w:Locale xml:lang=\"de\" {mark}/>"), (S::UnsupportedFeature, Some(D::Locale))),
        (format!("<p:DataLocale xmlns:p=\"{}\" xml:lang=\"de\" {mark}/>", ns::MS_WSMAN), (S::UnsupportedFeature, Some(D::DataLocale))),
        ("<w:FragmentTransfer Dialect=\"urn:x\">Name</w:FragmentTransfer>".to_owned(), (S::FragmentDialectNotSupported, None)),
        ("<w:FragmentTransfer> </w:FragmentTransfer>".to_owned(), (S::CannotProcessFilter, None)),
        ("<w:FragmentTransfer><w:Name/></w:FragmentTransfer>".to_owned(), (S::CannotProcessFilter, None)),
        (format!("<w:FragmentTransfer>{}</w:FragmentTransfer>", "x/".repeat(9000)), (S::CannotProcessFilter, None)),
        ("<w:SelectorSet/>".to_owned(), (S::SchemaValidationError, None)),
        ("<w:SelectorSet><w:Selector>x</w:Selector></w:SelectorSet>".to_owned(), (S::SchemaValidationError, None)),
        ("<w:SelectorSet><w:Selector Name=\"A\">1</w:Selector><w:Selector Name=\"a\">2</w:Selector></w:SelectorSet>".to_owned(), (S::InvalidSelectors, Some(D::DuplicateSelectors))),
        ("<w:OptionSet><w:Option>x</w:Option></w:OptionSet>".to_owned(), (S::SchemaValidationError, None)),
        (format!("<w:OptionSet>{}</w:OptionSet>", "<w:Option Name=\"o\"/>".repeat(257)), (S::EncodingLimit, Some(D::OptionLimit))),
        (format!("<w:SelectorSet><w:Selector Name=\"A\">{}</w:Selector></w:SelectorSet>", "x".repeat(20_000)), (S::EncodingLimit, Some(D::SelectorLimit))),
        (format!("<a:From>{long}</a:From><a:From/>"), (S::InvalidMessageInformationHeader, None)),
    ] {
        let text = get_with(&more);
        assert_eq!(refusal(&text), expected, "{more}");
        assert_eq!(parse(&text).unwrap_err().reply.relates_to.as_deref(), Some("1"));
    }
    let text = get_with("").replace(CLASS, &format!("http://x/{long}"));
    assert_eq!(
        refusal(&text),
        (S::EncodingLimit, Some(D::UriLimitExceeded))
    );
}

/// Proves 1 headers that may be ignored.
#[test]
fn unmarked_and_foreign_headers_are_ignored() {
    for more in [
        "<h:Trace xmlns:h=\"urn:h\"/>",
        "<h:Trace xmlns:h=\"urn:h\" s:mustUnderstand=\"0\"/>",
        "<h:Trace xmlns:h=\"urn:h\" mustUnderstand=\"true\"/>",
        "<h:Trace xmlns:h=\"urn:h\" s:mustUnderstand=\"true\" s:role=\"urn:someone\"/>",
        "<w:Locale xml:lang=\"de\"/>",
        "<a:ReplyTo><a:Address s:mustUnderstand=\"true\">http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous/</a:Address></a:ReplyTo>",
    ] {
        assert!(parse(&get_with(more)).is_ok(), "{more}");
    }
}

#[test]
fn required_headers() {
    let full = get_with("");
    for (cut, subcode) in [
        (
            "<a:To>/wsman</a:To>",
            Subcode::MessageInformationHeaderRequired,
        ),
        (
            "<a:MessageID>1</a:MessageID>",
            Subcode::MessageInformationHeaderRequired,
        ),
        (
            &format!("<a:Action>{GET}</a:Action>"),
            Subcode::MessageInformationHeaderRequired,
        ),
        (
            &format!("<w:ResourceURI>{CLASS}</w:ResourceURI>"),
            Subcode::MessageInformationHeaderRequired,
        ),
    ] {
        assert!(full.contains(cut));
        assert_eq!(refusal(&full.replace(cut, "")).0, subcode, "{cut}");
    }
    let empty_id = full.replace("MessageID>1<", "MessageID> <");
    assert_eq!(
        refusal(&empty_id).0,
        Subcode::InvalidMessageInformationHeader
    );
}

#[test]
fn what_is_no_proper_envelope() {
    let get = get_with("");
    let doctype = format!("<!DOCTYPE x [<!ENTITY e \"v\">]>{get}");
    let deep = format!("{}{}", "<x>".repeat(200), "</x>".repeat(200));
    for (text, subcode, is_envelope) in [
        ("", Subcode::SchemaValidationError, false),
        ("hello", Subcode::SchemaValidationError, false),
        ("<html></html>", Subcode::SchemaValidationError, false),
        (&doctype, Subcode::SchemaValidationError, false),
        (&get[..get.len() - 4], Subcode::SchemaValidationError, true),
        (
            &get.replace(ns::SOAP, ns::SOAP11),
            Subcode::VersionMismatch,
            true,
        ),
        (
            &get.replace("<s:Body></s:Body>", ""),
            Subcode::SchemaValidationError,
            true,
        ),
        (
            &get.replace("<s:Body></s:Body>", "<s:Body/><s:Body/>"),
            Subcode::SchemaValidationError,
            true,
        ),
        (
            &envelope(GET, "", "<x/><y/>"),
            Subcode::SchemaValidationError,
            true,
        ),
        (&envelope(GET, "", &deep), Subcode::EncodingLimit, true),
        (&format!("{get}<x/>"), Subcode::SchemaValidationError, true),
        (
            &get.replace("/wsman<", "&unknown;<"),
            Subcode::SchemaValidationError,
            true,
        ),
    ] {
        let rejected = parse(text).expect_err(text);
        assert_eq!(rejected.fault.subcode(), subcode, "{text}");
        assert_eq!(rejected.is_envelope, is_envelope, "{text}");
    }
}

#[test]
fn identify_has_no_addressing() {
    for namespace in [ns::WSMID, ns::WSMID_MISSPELLED] {
        let text = format!(
            "<s:Envelope xmlns:s=\"{}\"><s:Header/><s:Body><Identify xmlns=\"{namespace}\"><x xmlns=\"\"/></Identify></s:Body></s:Envelope>",
            ns::SOAP
        );
        assert_eq!(parse(&text).unwrap().operation, Operation::Identify);
        let without_header = text.replace("<s:Header/>", "");
        assert_eq!(
            parse(&without_header).unwrap().operation,
            Operation::Identify
        );
    }
}

#[test]
fn either_addressing_is_spoken() {
    let text = get_with("").replace(ns::WSA, ns::WSA_2005);
    assert_eq!(
        parse(&text).unwrap().headers.reply.addressing,
        Addressing::V2005
    );
}

#[test]
fn reply_parameters_are_echoed() {
    let text = get_with(
        "<a:ReplyTo><a:Address>http://www.w3.org/2005/08/addressing/anonymous</a:Address><a:ReferenceParameters><m:arg xmlns:m=\"urn:m\" w:x=\"1\">v &amp; w</m:arg></a:ReferenceParameters></a:ReplyTo>",
    );
    let echoed = parse(&text).unwrap().headers.reply.reference_parameters;
    let document = xml_wire::Reader::new(&echoed, &Limits::DEFAULT)
        .unwrap()
        .root()
        .unwrap();
    assert!(document.is("urn:m", "arg"));
    assert!(echoed.ends_with(">v &amp; w</m:arg>"), "{echoed}");
}

#[test]
fn enumerate_bodies() {
    let text = enumerate(
        "<n:Expires>PT10M</n:Expires><w:OptimizeEnumeration/><w:MaxElements>5</w:MaxElements>\
         <w:EnumerationMode>EnumerateObjectAndEPR</w:EnumerationMode><b:PolymorphismMode>None</b:PolymorphismMode>\
         <w:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/WQL\">select * from X</w:Filter>",
    );
    let Operation::Enumerate(request) = parse(&text).unwrap().operation else {
        panic!("no enumerate");
    };
    assert_eq!(request.mode, Mode::ObjectAndEpr);
    assert_eq!(request.batch.max_elements.unwrap().get(), 5);
    assert_eq!(
        request.filter,
        Some(Filter::Wql("select * from X".to_owned()))
    );
}

#[test]
fn association_filters_with_every_liberty() {
    let object = format!(
        "<a:EndpointReference><a:Address>x</a:Address><a:ReferenceParameters><w:ResourceURI>{CLASS}</w:ResourceURI></a:ReferenceParameters></a:EndpointReference>"
    );
    let text = enumerate(&format!(
        "<w:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter\"> <b:AssociatedInstances>\
         <b:Object>{object}</b:Object><b:AssociationClassName/><b:Role>R</b:Role><b:ResultClassName>C</b:ResultClassName>\
         <b:ResultRole></b:ResultRole><b:IncludeResultProperty/><b:IncludeResultProperty>P</b:IncludeResultProperty></b:AssociatedInstances> </w:Filter>"
    ));
    let Operation::Enumerate(request) = parse(&text).unwrap().operation else {
        panic!("no enumerate");
    };
    let Some(Filter::Association(walk)) = request.filter else {
        panic!("no walk");
    };
    assert_eq!(walk.object.resource_uri, CLASS);
    assert_eq!(walk.association_class, None);
    assert_eq!(walk.role.as_deref(), Some("R"));
    assert_eq!(walk.result_properties, ["P"]);
}

#[test]
fn wrong_enumerate_bodies() {
    use Detail as D;
    use Subcode as S;
    for (body, expected) in [
        (
            "<w:Filter><w:X/></w:Filter>",
            (S::CannotProcessFilter, None),
        ),
        (
            "<w:Filter Dialect=\"urn:x\">a</w:Filter>",
            (S::FilterDialectRequestedUnavailable, None),
        ),
        (
            "<w:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\"><x/></w:Filter>",
            (S::CannotProcessFilter, None),
        ),
        (
            "<w:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\"/>",
            (S::CannotProcessFilter, None),
        ),
        (
            "<w:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">a</w:Filter><n:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">a</n:Filter>",
            (S::CannotProcessFilter, None),
        ),
        (
            "<w:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter\">x</w:Filter>",
            (S::CannotProcessFilter, None),
        ),
        (
            "<w:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter\"><w:SelectorSet/></w:Filter>",
            (S::CannotProcessFilter, None),
        ),
        (
            "<w:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter\"><b:Foo/></w:Filter>",
            (S::CannotProcessFilter, None),
        ),
        (
            "<w:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter\"><b:AssociatedInstances/></w:Filter>",
            (S::SchemaValidationError, None),
        ),
        (
            "<w:EnumerationMode>All</w:EnumerationMode>",
            (S::UnsupportedFeature, Some(D::EnumerationMode)),
        ),
        (
            "<b:PolymorphismMode>Some</b:PolymorphismMode>",
            (S::PolymorphismModeNotSupported, None),
        ),
        (
            "<n:Expires>PT0S</n:Expires>",
            (S::InvalidExpirationTime, None),
        ),
        (
            "<n:Expires>tomorrow</n:Expires>",
            (S::InvalidExpirationTime, None),
        ),
        (
            "<n:EndTo><a:Address>x</a:Address></n:EndTo>",
            (S::UnsupportedFeature, Some(D::AddressingMode)),
        ),
        (
            "<w:MaxElements>0</w:MaxElements>",
            (S::SchemaValidationError, None),
        ),
        (
            "<w:MaxElements>-1</w:MaxElements>",
            (S::SchemaValidationError, None),
        ),
    ] {
        assert_eq!(refusal(&enumerate(body)), expected, "{body}");
    }
    let pull = envelope(
        "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Pull",
        "",
        "<n:Enumerate/>",
    );
    assert_eq!(refusal(&pull).0, Subcode::SchemaValidationError);
}

/// Proves 1 must-understand, duplicates and limits of headers.
#[test]
fn a_fault_says_what_was_not_understood() {
    let rejected = parse(&get_with(
        "<h:Trace xmlns:h=\"urn:h\" s:mustUnderstand=\"true\">on</h:Trace>",
    ))
    .unwrap_err();
    let text = fault(
        &rejected.fault,
        &rejected.reply,
        "uuid:1",
        Audience::Standard,
    );
    expect_test::expect![[r#"<s:Envelope xml:lang="en-US" xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common"><s:Header><wsa:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:To><wsa:Action>http://schemas.xmlsoap.org/ws/2004/08/addressing/fault</wsa:Action><wsa:MessageID>uuid:1</wsa:MessageID><wsa:RelatesTo>1</wsa:RelatesTo><s:NotUnderstood qname="n:Trace" xmlns:n="urn:h"></s:NotUnderstood></s:Header><s:Body><s:Fault><s:Code><s:Value>s:MustUnderstand</s:Value></s:Code><s:Reason><s:Text xml:lang="en-US">Header not understood. Header `Trace` of namespace `urn:h` is marked mustUnderstand and this service does not implement it.</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>"#]]
    .assert_eq(&text);
}

/// A message of a real client, cut up and put together again.
fn mangled() -> impl Strategy<Value = String> {
    let whole = envelope(
        "http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate",
        "<a:ReplyTo><a:Address>x</a:Address><a:ReferenceParameters><m:x xmlns:m=\"urn:m\">&lt;</m:x></a:ReferenceParameters></a:ReplyTo>\
         <w:SelectorSet><w:Selector Name=\"A\"><a:EndpointReference><a:ReferenceParameters><w:SelectorSet/></a:ReferenceParameters></a:EndpointReference></w:Selector></w:SelectorSet>\
         <w:OptionSet><w:Option Name=\"o\">v</w:Option></w:OptionSet><w:OperationTimeout>PT1S</w:OperationTimeout><w:MaxEnvelopeSize>9000</w:MaxEnvelopeSize>",
        "<n:Enumerate><n:Expires>PT1M</n:Expires><w:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter\"><w:SelectorSet><w:Selector Name=\"A\">1</w:Selector></w:SelectorSet></w:Filter><w:MaxElements>3</w:MaxElements></n:Enumerate>",
    );
    let pieces: Vec<String> = whole.split_inclusive('>').map(str::to_owned).collect();
    let edits = prop::collection::vec((0..pieces.len(), 0..pieces.len(), 0..5u8), 0..4);
    (Just(pieces), edits).prop_map(|(mut pieces, edits)| {
        for (at, other, kind) in edits {
            let (at, other) = (at % pieces.len(), other % pieces.len());
            match kind {
                0 => pieces.swap(at, other),
                1 if pieces.len() > 1 => {
                    pieces.remove(at);
                }
                2 => pieces.insert(at, pieces[other].clone()),
                3 => pieces[at] = pieces[at].replace("a:", "w:").replace("n:", "b:"),
                _ => pieces[at].insert_str(0, "&#7;"),
            }
        }
        pieces.concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]
    #[test]
    fn every_message_has_a_well_formed_answer(text in mangled()) {
        let (reply, answer) = match parse(&text) {
            Ok(request) => {
                let reply = request.headers.reply;
                let mut answer = Answer::new(&reply, &request.headers.action, "uuid:1");
                answer.body();
                (reply, answer.finish())
            }
            Err(rejected) => {
                let answer = fault(&rejected.fault, &rejected.reply, "uuid:1", Audience::Windows { machine: "h" });
                (rejected.reply, answer)
            }
        };
        let mut reader = xml_wire::Reader::new(&answer, &Limits::DEFAULT).unwrap();
        reader.root().unwrap();
        prop_assert!(reader.finish().is_ok(), "{}", answer);
        prop_assert_eq!(reply.relates_to.is_some(), answer.contains("<wsa:RelatesTo>"));
    }
}
