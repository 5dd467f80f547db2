//! WS-MetadataExchange.

use super::service::{CIM, Service, content, count, message};

const REQUEST: &str = "http://schemas.xmlsoap.org/ws/2004/09/mex/GetMetadata/Request";

fn ask(resource: &str, inner: &str) -> String {
    let body = format!(
        "<mex:GetMetadata xmlns:mex=\"http://schemas.xmlsoap.org/ws/2004/09/mex\">{inner}</mex:GetMetadata>"
    );
    message(REQUEST, resource, "", &body)
}

/// Proves 3 WS-MetadataExchange.
#[tokio::test]
async fn schemas_can_be_got() {
    let service = Service::start().await;
    let machine = format!("{CIM}CIMI_Machine");
    let answer = service.ok(&ask(&machine, "")).await;
    assert!(answer.contains(
        "<wsa:Action>http://schemas.xmlsoap.org/ws/2004/09/mex/GetMetadata/Response</wsa:Action>"
    ));
    // The class and the data types that it needs.
    assert_eq!(count(&answer, "MetadataSection"), 2);
    assert!(answer.contains(&format!("Identifier=\"{machine}\"><xs:schema ")));
    assert!(answer.contains("Identifier=\"http://schemas.dmtf.org/wbem/wscim/1/common\""));
    let xsd = content(&answer, "MetadataSection").unwrap();
    assert!(!xsd.contains("<?xml") && !xsd.contains("<!--"));
    // An empty body is fine.
    service.ok(&message(REQUEST, &machine, "", "")).await;
    // Everything, which takes more than the usual envelope.
    let everything = ask("http://schemas.dmtf.org/wbem/wscim/1/*", "").replace(
        "</s:Header>",
        "<wsman:MaxEnvelopeSize>4194304</wsman:MaxEnvelopeSize></s:Header>",
    );
    let all = service.ok(&everything).await;
    assert_eq!(
        count(&all, "MetadataSection"),
        cimi_model::schema().classes().len() + 1
    );
    let section = |dialect: &str, identifier: &str| {
        ask(
            "http://schemas.dmtf.org/wbem/wscim/1/*",
            &format!(
                "<mex:Dialect>{dialect}</mex:Dialect><mex:Identifier>{identifier}</mex:Identifier>"
            ),
        )
    };
    let xml_schema = "http://www.w3.org/2001/XMLSchema";
    for (dialect, identifier, expected) in [
        (xml_schema, machine.as_str(), 1),
        (xml_schema, "http://schemas.dmtf.org/wbem/wscim/1/common", 1),
        (xml_schema, "urn:nothing", 0),
        ("http://schemas.xmlsoap.org/wsdl/", machine.as_str(), 0),
    ] {
        let answer = service.ok(&section(dialect, identifier)).await;
        assert_eq!(
            count(&answer, "MetadataSection"),
            expected,
            "{dialect} {identifier}"
        );
    }
}

/// Proves 3 WS-MetadataExchange.
#[tokio::test]
async fn what_has_no_schemas() {
    let service = Service::start().await;
    let nothing = ask(&format!("{CIM}CIMI_Nothing"), "");
    assert_eq!(
        service.fault(&nothing).await.0,
        "wsa:DestinationUnreachable"
    );
    let other = message(REQUEST, &format!("{CIM}CIMI_Machine"), "", "<x/>");
    assert_eq!(service.fault(&other).await.0, "wsman:SchemaValidationError");
}
