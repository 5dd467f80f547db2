//! Classes as tools over openwsman ask for them, and as XML Schemas.

use super::service::{ENUMERATION, Service, TRANSFER, content, count, message};

const INTRINSIC: &str = "http://schemas.openwsman.org/wbem/wscim/1/intrinsic";
const SCHEMAS: &str = "http://schemas.dmtf.org/wbem/ws-cim/1/cim-schema/2/*";

fn call(class: &str, operation: &str, selectors: &str) -> String {
    let uri = format!("{INTRINSIC}{class}");
    let selectors = match selectors {
        "" => String::new(),
        inner => format!("<wsman:SelectorSet>{inner}</wsman:SelectorSet>"),
    };
    message(
        &format!("{uri}/{operation}"),
        &uri,
        &selectors,
        &format!("<n1:{operation}_INPUT xmlns:n1=\"{uri}\"/>"),
    )
}

fn selector(name: &str, value: &str) -> String {
    format!("<wsman:Selector Name=\"{name}\">{value}</wsman:Selector>")
}

/// Proves 5 class operations of openwsman's own resource URI.
#[tokio::test]
async fn classes_by_the_methods_of_openwsman() {
    let service = Service::start().await;
    let schema = cimi_model::schema();
    let all = selector("DeepInheritance", "1");
    let answer = service.ok(&call("", "EnumerateClassNames", &all)).await;
    assert!(answer.contains(&format!("{INTRINSIC}/EnumerateClassNamesResponse<")));
    assert!(answer.contains(&format!("<n:EnumerateClassNames xmlns:n=\"{INTRINSIC}\">")));
    assert_eq!(count(&answer, "name"), schema.classes().len());
    // Only the top, in the namespace that is named; and what is below a class.
    let here = selector("__cimnamespace", "root/cimi");
    let top = service.ok(&call("", "EnumerateClassNames", &here)).await;
    assert!(count(&top, "name") < schema.classes().len());
    let below = service
        .ok(&call("/CIMI_Resource", "EnumerateClassNames", ""))
        .await;
    assert!(below.contains("<n:name>CIMI_Machine</n:name>"));

    let class = service.ok(&call("/cimi_machine", "GetClass", "")).await;
    let body = content(&class, "GetClass").unwrap();
    assert!(body.starts_with("<n:name>CIMI_Machine</n:name><n:qualifiers>"));
    let machine = schema.class("CIMI_Machine").unwrap();
    assert_eq!(count(body, "property"), machine.properties.len());
    assert!(body.contains("<n:name>InstanceID</n:name><n:type>string</n:type>"));
    assert!(body.contains("<n:qualifier><n:name>Key</n:name><n:type>boolean</n:type><n:value>true</n:value></n:qualifier>"));
}

/// Proves 5 class operations that are wrong.
#[tokio::test]
async fn what_openwsman_cannot_ask() {
    let service = Service::start().await;
    for (text, subcode, detail) in [
        (call("", "DeleteClass", ""), "wsa:ActionNotSupported", None),
        (
            call("", "GetClass", ""),
            "wsa:DestinationUnreachable",
            Some("InvalidResourceURI"),
        ),
        (
            call("/CIM_Nothing", "GetClass", ""),
            "wsa:DestinationUnreachable",
            Some("InvalidResourceURI"),
        ),
        (
            call("", "EnumerateClassNames", &selector("Deep", "1")),
            "wsman:InvalidSelectors",
            Some("UnexpectedSelectors"),
        ),
        (
            call(
                "",
                "EnumerateClassNames",
                &selector("__cimnamespace", "a/b"),
            ),
            "wsa:DestinationUnreachable",
            None,
        ),
    ] {
        let (found, found_detail) = service.fault(&text).await;
        assert_eq!(
            (found.as_str(), found_detail.as_deref()),
            (subcode, detail),
            "{text}"
        );
    }
}

/// Proves 5 classes as XML Schemas.
#[tokio::test]
async fn classes_are_xml_schemas_too() {
    let service = Service::start().await;
    let named = format!(
        "<wsman:SelectorSet>{}</wsman:SelectorSet>",
        selector("ClassName", "CIMI_Machine")
    );
    let got = service
        .ok(&message(&format!("{TRANSFER}Get"), SCHEMAS, &named, ""))
        .await;
    assert!(content(&got, "Body").unwrap().starts_with("<xs:schema"));
    assert!(got.contains("cim-schema/2/CIMI_Machine\""));
    let list = |mode: &str| {
        let body = format!(
            "<wsen:Enumerate><wsman:OptimizeEnumeration/><wsman:MaxElements>3</wsman:MaxElements>{mode}</wsen:Enumerate>"
        );
        message(
            &format!("{ENUMERATION}Enumerate"),
            SCHEMAS,
            &named.replace("CIMI_Machine", "CIMI_Resource"),
            &body,
        )
    };
    let schemas = service.ok(&list("")).await;
    assert_eq!(count(content(&schemas, "Items").unwrap(), "schema"), 3);
    let names = service
        .ok(&list(
            "<wsman:EnumerationMode>EnumerateEPR</wsman:EnumerationMode>",
        ))
        .await;
    assert_eq!(
        names
            .matches(&format!("<wsman:ResourceURI>{SCHEMAS}<"))
            .count(),
        3
    );
}
