//! Classes through the cim-xml resource URI, as `Get-CimClass` asks for them.

use super::service::{ENUMERATION, Service, TRANSFER, content, count, message, pull};

const CLASSES: &str = "http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*";

fn header(class: Option<&str>, options: &[&str]) -> String {
    let class = class.map_or(String::new(), |name| {
        format!("<wsman:Selector Name=\"ClassName\">{name}</wsman:Selector>")
    });
    let options: String = options
        .iter()
        .map(|name| {
            format!("<wsman:Option Name=\"{name}\" Type=\"xs:boolean\">true</wsman:Option>")
        })
        .collect();
    format!(
        "<wsman:SelectorSet><wsman:Selector Name=\"__cimnamespace\">root/cimi</wsman:Selector>{class}</wsman:SelectorSet>\
         <wsman:OptionSet s:mustUnderstand=\"true\">{options}</wsman:OptionSet>"
    )
}

fn get_class(class: &str, options: &[&str]) -> String {
    message(
        &format!("{TRANSFER}Get"),
        CLASSES,
        &header(Some(class), options),
        "",
    )
}

fn list(class: Option<&str>, options: &[&str], body: &str) -> String {
    message(
        &format!("{ENUMERATION}Enumerate"),
        CLASSES,
        &header(class, options),
        &format!("<wsen:Enumerate>{body}</wsen:Enumerate>"),
    )
}

/// Proves 5 GetClass.
#[tokio::test]
async fn get_class_is_cim_xml() {
    let service = Service::start().await;
    let all = [
        "IncludeQualifiers",
        "IncludeInheritedElements",
        "IncludeInheritanceHierarchy",
        "IncludeClassOrigin",
    ];
    let answer = service.ok(&get_class("cimi_machine", &all)).await;
    let body = content(&answer, "Body").unwrap();
    assert!(
        body.starts_with("<CLASS NAME=\"CIMI_Machine\" SUPERCLASS=\"CIMI_Resource\" DERIVATION=\"CIMI_Resource,CIM_ManagedElement\">"),
        "{body}"
    );
    // In no namespace, and what consoles look for.
    for expected in [
        "<QUALIFIER NAME=\"Version\" TYPE=\"string\"",
        "<PROPERTY NAME=\"InstanceID\" TYPE=\"string\" CLASSORIGIN=\"CIMI_Resource\" PROPAGATED=\"true\">",
        "<QUALIFIER NAME=\"Key\" TYPE=\"boolean\"",
        "<PROPERTY.ARRAY NAME=\"Properties\" TYPE=\"string\" CLASSORIGIN=\"CIMI_Resource\" PROPAGATED=\"true\" EmbeddedObject=\"instance\">",
        "<METHOD NAME=\"Stop\" TYPE=\"uint32\" CLASSORIGIN=\"CIMI_Machine\">",
        "<PARAMETER NAME=\"Force\" TYPE=\"boolean\">",
    ] {
        assert!(body.contains(expected), "{expected}\n{body}");
    }
    // The least: only what the class declares itself, without qualifiers.
    let least = get_class("CIMI_Machine", &[]).replace(
        "<wsman:OptionSet s:mustUnderstand=\"true\">",
        "<wsman:OptionSet><wsman:Option Name=\"wmi:IncludeQualifiers\">false</wsman:Option>",
    );
    let answer = service.ok(&least).await;
    assert!(!answer.contains("QUALIFIER") && !answer.contains("NAME=\"InstanceID\""));
    assert!(answer.contains("<PROPERTY NAME=\"State\" TYPE=\"string\""));
    // An association has references.
    let answer = service.ok(&get_class("CIMI_MachineDisk", &all)).await;
    assert!(
        answer.contains(
            "<PROPERTY.REFERENCE NAME=\"GroupComponent\" REFERENCECLASS=\"CIMI_Machine\""
        ),
        "{answer}"
    );
    // The class may also stand in the URI.
    let in_uri = get_class("CIMI_Machine", &[]).replace("/2/*<", "/2/CIMI_Machine<");
    service.ok(&in_uri).await;
}

/// Proves 5 GetClass.
#[tokio::test]
async fn every_class_can_be_got() {
    let service = Service::start().await;
    for class in cimi_model::schema().classes() {
        let answer = service
            .ok(&get_class(class.name, &["IncludeInheritedElements"]))
            .await;
        let elements = count(&answer, "PROPERTY")
            + count(&answer, "PROPERTY.ARRAY")
            + count(&answer, "PROPERTY.REFERENCE");
        assert_eq!(elements, class.properties.len(), "{}", class.name);
        assert_eq!(
            count(&answer, "METHOD"),
            class.methods.len(),
            "{}",
            class.name
        );
    }
}

/// Proves 5 EnumerateClasses and EnumerateClassNames.
#[tokio::test]
async fn classes_are_listed() {
    let service = Service::start().await;
    let optimised = "<wsman:OptimizeEnumeration/><wsman:MaxElements>32000</wsman:MaxElements>";
    let schema = cimi_model::schema();
    // PowerShell: an empty ClassName means every class.
    let answer = service.ok(&list(Some(""), &[], optimised)).await;
    assert_eq!(count(&answer, "CLASS"), schema.classes().len());
    assert!(answer.contains("<wsman:EndOfSequence>"));
    // The top, one level, and all levels below a class.
    let top = service.ok(&list(None, &[], optimised)).await;
    assert!(top.contains("NAME=\"CIM_ManagedElement\"") && !top.contains("NAME=\"CIMI_Machine\" "));
    let direct = service
        .ok(&list(Some("CIM_ManagedElement"), &[], optimised))
        .await;
    assert_eq!(
        count(&direct, "CLASS"),
        schema.subclasses("CIM_ManagedElement").count()
    );
    let deep = service
        .ok(&list(
            Some("CIM_ManagedElement"),
            &["IncludeSubClasses"],
            optimised,
        ))
        .await;
    assert_eq!(
        count(&deep, "CLASS"),
        schema.closure("CIM_ManagedElement").len() - 1
    );
    // Names only, in small pages, with a count.
    let names = list(
        Some(""),
        &[],
        "<wsman:EnumerationMode>EnumerateEPR</wsman:EnumerationMode>",
    )
    .replace(
        "</s:Header>",
        "<wsman:RequestTotalItemsCountEstimate/></s:Header>",
    );
    let mut answer = service.ok(&names).await;
    let total = schema.classes().len();
    assert_eq!(
        content(&answer, "TotalItemsCountEstimate"),
        Some(total.to_string().as_str())
    );
    let mut found = Vec::new();
    while let Some(context) = content(&answer, "EnumerationContext").filter(|c| !c.is_empty()) {
        answer = service
            .ok(&pull(context, "<wsen:MaxElements>7</wsen:MaxElements>"))
            .await;
        found.extend(
            answer
                .split("<wsman:Selector Name=\"ClassName\">")
                .skip(1)
                .map(|rest| rest.split('<').next().unwrap().to_owned()),
        );
    }
    let mut expected: Vec<&str> = schema.classes().iter().map(|c| c.name).collect();
    expected.sort_unstable();
    assert_eq!(found, expected);
    let both = service
        .ok(&list(
            Some("CIM_Component"),
            &[],
            &format!(
                "{optimised}<wsman:EnumerationMode>EnumerateObjectAndEPR</wsman:EnumerationMode>"
            ),
        ))
        .await;
    assert_eq!(count(&both, "Item"), count(&both, "CLASS"));
    assert_eq!(count(&both, "CLASS"), count(&both, "EndpointReference"));
}

/// Proves 5 class operations that are wrong.
#[tokio::test]
async fn what_classes_cannot_do() {
    let service = Service::start().await;
    let selector = |name: &str| {
        get_class("CIMI_Machine", &[]).replace("Name=\"ClassName\"", &format!("Name=\"{name}\""))
    };
    for (text, expected) in [
        (get_class("CIMI_Nothing", &[]), ("wsa:DestinationUnreachable", Some("InvalidResourceURI"))),
        (get_class("", &[]), ("wsman:InvalidSelectors", Some("InsufficientSelectors"))),
        (selector("InstanceID"), ("wsman:InvalidSelectors", Some("UnexpectedSelectors"))),
        (get_class("CIMI_Machine", &[]).replace("root/cimi", "root/none"), ("wsa:DestinationUnreachable", None)),
        (get_class("CIMI_Machine", &[]).replace("transfer/Get", "transfer/Delete"), ("wsa:ActionNotSupported", Some("ActionMismatch"))),
        (get_class("CIMI_Machine", &[]).replace("transfer/Get", "transfer/Put"), ("wsa:ActionNotSupported", Some("ActionMismatch"))),
        (
            list(None, &[], "<wsman:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">SELECT * FROM meta_class</wsman:Filter>"),
            ("wsen:FilteringNotSupported", None),
        ),
        (
            get_class("CIMI_Machine", &[]).replace("<wsman:OptionSet s:mustUnderstand=\"true\">", "<wsman:OptionSet><wsman:Option Name=\"IncludeQualifiers\" MustComply=\"true\">maybe</wsman:Option>"),
            ("wsman:InvalidOptions", Some("InvalidValue")),
        ),
    ] {
        let (subcode, detail) = service.fault(&text).await;
        assert_eq!((subcode.as_str(), detail.as_deref()), expected, "{text}");
    }
    let (_, answer) = service.send(&get_class("CIMI_Machin", &[])).await;
    assert!(answer.contains("Did you mean CIMI_Machine?"));
}
