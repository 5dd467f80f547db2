//! What is written is what the service side reads; what other vendors' services write is read.

use std::num::NonZeroUsize;

use cim_core::Value;
use xml_wire::Limits;
use xml_wire::wscim::ReadContext;

use super::*;
use crate::body::Batch;
use crate::enumeration::{AssociationFilter, Filter, Mode};
use crate::epr::{Epr, Selector, SelectorValue};
use crate::uris::{Addressing, CIM_SCHEMA, dialect};
use crate::{Operation, Request};

fn machine(id: &str) -> Epr {
    let selector = |name: &str, value: &str| Selector {
        name: name.into(),
        value: SelectorValue::Text(value.into()),
    };
    Epr {
        address: String::new(),
        resource_uri: format!("{CIM_SCHEMA}CIMI_Machine"),
        selectors: vec![
            selector("__cimnamespace", "root/cimi"),
            selector("InstanceID", id),
        ],
    }
}

fn requests(addressing: Addressing) -> Requests {
    Requests {
        addressing,
        locale: Some("de".into()),
        options: vec![("ExcludeNilProperties".into(), "true".into())],
        ..Requests::new("http://host/wsman?a&b")
    }
}

/// The service side's reading of a request.
fn served(text: &str) -> Request<'_> {
    match Request::parse(text, &Limits::DEFAULT) {
        Ok(request) => request,
        Err(rejected) => panic!("{rejected:?}\n{text}"),
    }
}

const BOTH: [Addressing; 2] = [Addressing::V2004, Addressing::V2005];

#[test]
fn the_service_side_reads_every_request() {
    let target = machine("machines/<1>");
    for addressing in BOTH {
        let requests = requests(addressing);
        let object = Object::parse("<p:X xmlns:p='urn:x'><p:A>1</p:A></p:X>").unwrap();
        for (text, operation) in [
            (requests.get("uuid:1", &target), Operation::Get),
            (requests.put("uuid:1", &target, &object), Operation::Put),
            (
                requests.create("uuid:1", &target, &object),
                Operation::Create,
            ),
            (requests.delete("uuid:1", &target), Operation::Delete),
            (
                requests.invoke("uuid:1", &target, "Start", &object),
                Operation::Invoke,
            ),
            (
                requests.release("uuid:1", &target, "c & d"),
                Operation::Release("c & d".into()),
            ),
        ] {
            let request = served(&text);
            assert_eq!(request.operation, operation, "{text}");
            let headers = &request.headers;
            assert_eq!(headers.reply.addressing, addressing);
            assert_eq!(headers.reply.relates_to.as_deref(), Some("uuid:1"));
            assert_eq!(headers.resource_uri, target.resource_uri);
            assert_eq!(headers.selectors.as_slice(), target.selectors);
            assert_eq!(headers.max_envelope_size, Some(512 * 1024));
            assert_eq!(headers.operation_timeout.map(|t| t.as_secs()), Some(60));
            assert_eq!(headers.options.len(), 1);
        }
        let invoke = requests.invoke("1", &target, "Start", &object);
        assert_eq!(
            served(&invoke).headers.action,
            format!("{CIM_SCHEMA}CIMI_Machine/Start")
        );
    }
    assert_eq!(served(&Requests::identify()).operation, Operation::Identify);
}

#[test]
fn the_service_side_reads_what_an_enumeration_wants() {
    let batch = Batch {
        max_elements: NonZeroUsize::new(7),
        ..Batch::default()
    };
    let walk = AssociationFilter {
        associations: false,
        object: machine("machines/1"),
        association_class: Some("CIMI_MachineDisk".into()),
        role: Some("GroupComponent".into()),
        result_class: Some("CIMI_Disk".into()),
        result_role: Some("PartComponent".into()),
        result_properties: vec!["InstanceID".into(), "Capacity".into()],
    };
    let references = AssociationFilter {
        associations: true,
        object: machine("machines/1"),
        ..AssociationFilter::default()
    };
    let text = "State = 'STARTED' and CPU < 5";
    let filters = [
        (
            FilterText::Text {
                dialect: dialect::WQL.into(),
                text: text.into(),
            },
            Filter::Wql(text.into()),
        ),
        (
            FilterText::Selectors(machine("machines/1").selectors),
            Filter::Selectors(machine("machines/1").selectors.into()),
        ),
        (
            FilterText::Association(Box::new(walk.clone())),
            Filter::Association(Box::new(walk)),
        ),
        (
            FilterText::Association(Box::new(references.clone())),
            Filter::Association(Box::new(references)),
        ),
    ];
    for addressing in BOTH {
        let requests = requests(addressing);
        for (filter, expected) in &filters {
            let wanted = Enumeration {
                filter: Some(filter.clone()),
                mode: Mode::ObjectAndEpr,
                optimize: true,
                count: true,
                batch: batch.clone(),
                ..Enumeration::default()
            };
            let text = requests.enumerate("1", &machine("machines/1"), &wanted);
            let request = served(&text);
            assert!(request.headers.count_requested);
            let Operation::Enumerate(read) = request.operation else {
                panic!("{text}")
            };
            assert_eq!(
                without_address(read.filter.as_ref()),
                Some(expected.clone())
            );
            assert_eq!((read.mode, read.optimize), (Mode::ObjectAndEpr, true));
            assert_eq!(read.batch, batch);
        }
        let pull = requests.pull("1", &machine("machines/1"), "context", &batch);
        let Operation::Pull(pull) = served(&pull).operation else {
            panic!("{pull}")
        };
        assert_eq!((pull.context.as_str(), &pull.batch), ("context", &batch));
    }
}

/// Addresses are made up by the writer.
fn without_address(filter: Option<&Filter>) -> Option<Filter> {
    let mut filter = filter.cloned();
    if let Some(Filter::Association(walk)) = &mut filter {
        walk.object.address.clear();
    }
    filter
}

fn context(schema: &cim_core::Schema) -> ReadContext<'_> {
    ReadContext {
        schema,
        namespace: "root/cimi",
        rest_base: None,
    }
}

/// As Windows and OMI write: other prefixes, WS-Addressing of 2004, a class that nobody here knows.
const FOREIGN: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:g="http://schemas.xmlsoap.org/ws/2004/09/enumeration" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common">
 <SOAP-ENV:Header><wsa:RelatesTo>uuid:1</wsa:RelatesTo><w:TotalItemsCountEstimate>3</w:TotalItemsCountEstimate></SOAP-ENV:Header>
 <SOAP-ENV:Body><g:EnumerateResponse>
  <g:EnumerationContext xsi:type="x"> 7A<!-- c -->-1 </g:EnumerationContext>
  <w:Items>
   <h:Vendor_Thing xmlns:h="http://vendor.example/wbem/wscim/1/cim-schema/2/Vendor_Thing" xml:lang="en">
     <h:Name>a &amp; b</h:Name><h:Parts>1</h:Parts><h:Empty xsi:nil="true"/><h:Parts>2</h:Parts>
     <h:When><cim:Datetime>2026-01-01T00:00:00Z</cim:Datetime></h:When>
     <h:Other><wsa:Address>http://x</wsa:Address><wsa:ReferenceParameters><w:ResourceURI>urn:r</w:ResourceURI><w:SelectorSet><w:Selector Name="K">v</w:Selector></w:SelectorSet></wsa:ReferenceParameters></h:Other>
   </h:Vendor_Thing>
   <w:Item><h:Vendor_Thing xmlns:h="urn:v"/><a:EndpointReference xmlns:a="http://www.w3.org/2005/08/addressing"><a:Address>http://x</a:Address><a:ReferenceParameters><w:ResourceURI>urn:s</w:ResourceURI></a:ReferenceParameters></a:EndpointReference></w:Item>
   <wsa:EndpointReference><wsa:Address>http://y</wsa:Address></wsa:EndpointReference>
  </w:Items></g:EnumerateResponse></SOAP-ENV:Body>
</SOAP-ENV:Envelope>"#;

#[test]
fn pages_of_other_services_are_read_whole() {
    let page = read::page(FOREIGN.as_bytes(), None, "uuid:1").unwrap();
    assert_eq!(page.context.as_deref(), Some("7A-1"));
    assert_eq!(page.total, Some(3));
    let [first, second, third] = page.items.as_slice() else {
        panic!("{page:?}")
    };
    let object = first.object.as_ref().unwrap();
    assert_eq!(object.name(), "Vendor_Thing");
    assert!(object.instance(&context(cimi_model::schema())).is_err());
    let tree = object.tree().unwrap();
    let names: Vec<_> = tree.children.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Name", "Parts", "Empty", "Parts", "When", "Other"]);
    assert_eq!(tree.children[0].text, "a & b");
    assert!(tree.children[2].is_nil());
    assert_eq!(tree.children[4].datetime(), Some("2026-01-01T00:00:00Z"));
    let other = tree.children[5].reference().unwrap();
    assert_eq!(other.resource_uri, "urn:r");
    assert_eq!(other.selectors[0].name, "K");
    assert_eq!(Object::parse(object.xml()).unwrap(), *object);

    assert_eq!(second.object.as_ref().unwrap().namespace(), "urn:v");
    assert_eq!(second.reference.as_ref().unwrap().resource_uri, "urn:s");
    assert_eq!(third.reference.as_ref().unwrap().address, "http://y");
    assert!(third.object.is_none());

    // The end, in the namespace of either standard; a context beside it does not count.
    for end in ["g:EndOfSequence", "w:EndOfSequence"] {
        let text = FOREIGN.replace("<w:Items>", &format!("<{end}/><w:Items>"));
        let page = read::page(text.as_bytes(), None, "uuid:1").unwrap();
        assert_eq!((page.context, page.items.len()), (None, 3));
    }
    // Somebody else's answer.
    let error = read::page(FOREIGN.as_bytes(), None, "uuid:2").unwrap_err();
    assert!(
        error.to_string().contains("relates to message uuid:1"),
        "{error}"
    );
}

#[test]
fn answers_in_utf_16_are_read() {
    let text = FOREIGN.replace("encoding=\"utf-8\"", "encoding=\"UTF-16\"");
    let bytes = xml_wire::encode(text, xml_wire::Encoding::Utf16Le);
    let media = Some("application/soap+xml;charset=UTF-16");
    assert_eq!(read::page(&bytes, media, "uuid:1").unwrap().items.len(), 3);
}

#[test]
fn known_classes_are_decoded_and_changed() {
    let text = "<p:CIMI_Machine xmlns:p='http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIMI_Machine' \
                xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><p:CPU>2</p:CPU>\
                <p:ElementName>old</p:ElementName><p:InstanceID>machines/1</p:InstanceID></p:CIMI_Machine>";
    let object = Object::parse(text).unwrap();
    let schema = cimi_model::schema();
    let instance = object.instance(&context(schema)).unwrap();
    assert_eq!(instance.value("CPU"), &Value::Unsigned(2));

    let changed = object
        .with_property("elementname", |w, p| {
            text_property(w, p, "ElementName", Some("new & old"));
        })
        .unwrap()
        .with_property("Description", |w, p| {
            text_property(w, p, "Description", None);
        })
        .unwrap();
    let instance = changed.instance(&context(schema)).unwrap();
    assert_eq!(instance.text("ElementName"), Some("new & old"));
    assert_eq!(instance.get("Description"), Some(&Value::Null));
    assert_eq!(instance.value("CPU"), &Value::Unsigned(2));

    // An element without any content, with and without prefix.
    for text in ["<p:X xmlns:p='urn:x' />", "<X/>", "<X></X>"] {
        let object = Object::parse(text).unwrap();
        let changed = object
            .with_property("A", |w, p| text_property(w, p, "A", Some("1")))
            .unwrap();
        assert_eq!(
            changed.tree().unwrap().child("A").unwrap().text,
            "1",
            "{text}"
        );
    }
}

#[test]
fn faults_are_typed() {
    // As this service writes them.
    let ours = include_str!("../../../server/src/wsman/tests/messages/fault-cim.xml");
    let Err(Unreadable::Fault(fault)) = read::object(ours.as_bytes(), None, "uuid:ABCD-1") else {
        panic!("a fault")
    };
    assert!(fault.is("DestinationUnreachable"), "{fault:?}");
    assert_eq!(fault.cim_status, Some(6));
    assert_eq!(fault.code, "Sender");

    // As Windows does, with its own detail; the message is not ours, because ours could not be read.
    let theirs = r#"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Header><a:RelatesTo>other</a:RelatesTo></s:Header><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>w:InvalidSelectors</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="de">Falsch.</s:Text><s:Text xml:lang="en-US">Wrong. </s:Text></s:Reason><s:Detail><w:FaultDetail>http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/UnexpectedSelectors</w:FaultDetail><f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="2150858843" Machine="x"><f:Message>There are selectors too many.</f:Message></f:WSManFault></s:Detail></s:Fault></s:Body></s:Envelope>"#;
    let Err(Unreadable::Fault(fault)) = read::page(theirs.as_bytes(), None, "1") else {
        panic!("a fault")
    };
    assert_eq!(
        fault.to_string(),
        "InvalidSelectors (UnexpectedSelectors): Wrong. There are selectors too many."
    );
    assert_eq!(fault.windows_code, Some(2_150_858_843));
}

#[test]
fn identities_and_creations_of_other_services() {
    // OMI writes its answer in SOAP's namespace.
    let omi = r#"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:m="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Header/><s:Body><s:IdentifyResponse><m:ProtocolVersion>http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd</m:ProtocolVersion><m:ProductVendor>Open Management Infrastructure</m:ProductVendor><m:ProductVersion>1.9</m:ProductVersion><m:InitiativeSupport><m:InitiativeName>DASH</m:InitiativeName><m:InitiativeVersion>1.0</m:InitiativeVersion></m:InitiativeSupport><m:SecurityProfiles><m:SecurityProfileName>p</m:SecurityProfileName></m:SecurityProfiles><x:More xmlns:x="urn:x">1</x:More></s:IdentifyResponse></s:Body></s:Envelope>"#;
    let identity = read::identity(omi.as_bytes(), None).unwrap();
    assert_eq!(identity.vendor, "Open Management Infrastructure");
    assert_eq!(identity.initiatives[0].name, "DASH");
    assert_eq!(identity.security_profiles, ["p"]);
    assert_eq!(identity.others, [("More".to_owned(), "1".to_owned())]);

    let answer = |body: &str| {
        format!(
            "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' \
             xmlns:a='http://www.w3.org/2005/08/addressing' \
             xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd' \
             xmlns:t='http://schemas.xmlsoap.org/ws/2004/09/transfer'><s:Body>{body}</s:Body></s:Envelope>"
        )
    };
    let epr = "<a:Address>http://x</a:Address><a:ReferenceParameters><w:ResourceURI>urn:r</w:ResourceURI></a:ReferenceParameters>";
    for body in [
        format!("<t:ResourceCreated>{epr}</t:ResourceCreated>"),
        format!(
            "<t:ResourceCreated><a:EndpointReference>{epr}</a:EndpointReference></t:ResourceCreated><X/>"
        ),
    ] {
        let created = read::created(answer(&body).as_bytes(), None, "1").unwrap();
        assert_eq!(created.reference.unwrap().resource_uri, "urn:r", "{body}");
    }
    assert_eq!(
        read::object(answer("").as_bytes(), None, "1").unwrap(),
        None
    );
}

#[test]
fn what_is_no_answer_says_why() {
    for (text, expected) in [
        ("", "no XML"),
        (
            "<html><body>404</body></html>",
            "is <html>, not a SOAP envelope",
        ),
        (
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'/>",
            "SOAP 1.1",
        ),
        (
            "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'/>",
            "no body",
        ),
        ("<!DOCTYPE x><x/>", "no XML"),
    ] {
        let error = read::page(text.as_bytes(), None, "1")
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn class_declarations_are_read() {
    let text = r#"<CLASS NAME="X_A" SUPERCLASS="X_B"><QUALIFIER NAME="Values" TYPE="string"><VALUE.ARRAY><VALUE>a</VALUE><VALUE>b</VALUE></VALUE.ARRAY></QUALIFIER><PROPERTY NAME="P" TYPE="uint16"><QUALIFIER NAME="Key" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></PROPERTY><PROPERTY.ARRAY NAME="Q" TYPE="string"/><PROPERTY.REFERENCE NAME="R" REFERENCECLASS="X_C"/><METHOD NAME="M" TYPE="uint32"><PARAMETER NAME="I" TYPE="datetime"/></METHOD></CLASS>"#;
    let class = ClassDeclaration::of(&Object::parse(text).unwrap()).unwrap();
    assert_eq!(class.superclass.as_deref(), Some("X_B"));
    assert_eq!(class.qualifiers, [("Values".to_owned(), "a, b".to_owned())]);
    let types: Vec<_> = class.properties.iter().map(|p| p.ty.as_str()).collect();
    assert_eq!(types, ["uint16", "string[]", "X_C REF"]);
    assert!(class.properties[0].is("key"));
    assert_eq!(class.methods[0].parameters[0].ty, "datetime");
    assert_eq!(ClassDeclaration::of(&Object::parse("<X/>").unwrap()), None);
}

proptest::proptest! {
    /// Whatever stands in a body comes out as it was: text, attributes, order.
    #[test]
    fn any_text_survives(name in "[A-Za-z_][A-Za-z0-9_]{0,8}", text in "[ -~\u{a0}-\u{d7ff}]{0,40}") {
        let mut out = String::new();
        let mut w = xml_wire::Writer::new(&mut out);
        w.start("X");
        w.element(&name, &text);
        w.end();
        let object = Object::parse(&out).unwrap();
        let tree = object.tree().unwrap();
        proptest::prop_assert_eq!(&tree.children[0].text, &text);
        let again = object.with_property("Other", |w, p| text_property(w, p, "Other", Some(&text))).unwrap();
        let tree = again.tree().unwrap();
        proptest::prop_assert_eq!(&tree.child("Other").unwrap().text, &text);
    }
}
