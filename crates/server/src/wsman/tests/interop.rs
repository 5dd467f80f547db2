//! What a console finds out in `root/interop`.

use super::service::{CIM, ENUMERATION, Service, TRANSFER, content, count, message, pull};

const NAMESPACE: &str = "<wsman:Selector Name=\"__cimnamespace\">root/interop</wsman:Selector>";
const OPTIMISED: &str = "<wsman:OptimizeEnumeration/><wsman:MaxElements>100</wsman:MaxElements><wsman:EnumerationMode>EnumerateObjectAndEPR</wsman:EnumerationMode>";

fn enumerate(class: &str, body: &str) -> String {
    message(
        &format!("{ENUMERATION}Enumerate"),
        &format!("{CIM}{class}"),
        &format!("<wsman:SelectorSet>{NAMESPACE}</wsman:SelectorSet>"),
        &format!("<wsen:Enumerate>{body}</wsen:Enumerate>"),
    )
}

fn get(epr: &str) -> String {
    let uri = content(epr, "ResourceURI").unwrap();
    let from = epr.find("<wsman:SelectorSet>").unwrap();
    let to = epr.rfind("</wsman:SelectorSet>").unwrap();
    let selectors = format!("{}</wsman:SelectorSet>", &epr[from..to]);
    message(&format!("{TRANSFER}Get"), uri, &selectors, "")
}

fn associated(kind: &str, epr: &str, more: &str) -> String {
    enumerate("*", &format!(
        "{OPTIMISED}<wsman:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter\"><wsmb:{kind}><wsmb:Object>{epr}</wsmb:Object>{more}</wsmb:{kind}></wsman:Filter>"
    )).replace(&format!("{CIM}*"), "http://schemas.dmtf.org/wbem/wscim/1/*")
}

/// The endpoint reference of the first item.
fn first_epr(answer: &str) -> String {
    let item = content(answer, "Item").unwrap_or_else(|| panic!("{answer}"));
    let from = item.rfind("<wsa:EndpointReference>").unwrap();
    let epr = &item[from..];
    epr.trim_start_matches("<wsa:EndpointReference>")
        .trim_end_matches("</wsa:EndpointReference>")
        .to_owned()
}

/// Proves 5 `root/interop`: namespaces, profile, conformance.
#[tokio::test]
async fn a_console_finds_the_cloud() {
    let service = Service::start().await;
    // The namespaces.
    let namespaces = service.ok(&enumerate("CIM_Namespace", OPTIMISED)).await;
    assert_eq!(count(&namespaces, "CIM_Namespace"), 2);
    assert!(
        namespaces.contains("<p:Name>root/cimi</p:Name>")
            && namespaces.contains("<p:Name>root/interop</p:Name>")
    );
    assert!(namespaces.contains(NAMESPACE));
    let one = service.ok(&get(&first_epr(&namespaces))).await;
    assert_eq!(content(&one, "Name"), Some("root/cimi"));
    // What is conformed to, by its superclass and one at a time.
    let profiles = service
        .ok(&enumerate("CIM_RegisteredSpecification", OPTIMISED))
        .await;
    assert_eq!(content(&profiles, "RegisteredName"), Some("CIMI"));
    let profile = first_epr(&profiles);
    // From there to the element that stands for the cloud, in its own namespace.
    let found = service.ok(&associated("AssociatedInstances", &profile, "<wsmb:AssociationClassName>CIM_ElementConformsToProfile</wsmb:AssociationClassName><wsmb:ResultRole>ManagedElement</wsmb:ResultRole>")).await;
    assert!(found.contains("<p:CIMI_CloudEntryPoint "), "{found}");
    let element = first_epr(&found);
    assert!(
        element.contains("<wsman:Selector Name=\"__cimnamespace\">root/cimi</wsman:Selector>"),
        "{element}"
    );
    let got = service.ok(&get(&element)).await;
    assert_eq!(content(&got, "InstanceID"), Some("cloudEntryPoint"));
    // And back.
    let back = service
        .ok(&associated("AssociatedInstances", &element, ""))
        .await;
    assert!(back.contains("<p:CIM_RegisteredProfile "));
    let links = service
        .ok(&associated(
            "AssociationInstances",
            &element,
            "<wsmb:Role>ManagedElement</wsmb:Role>",
        ))
        .await;
    assert_eq!(count(&links, "CIM_ElementConformsToProfile"), 1);
    let item = content(&links, "Item").unwrap();
    let outer = item
        .split_once("</p:CIM_ElementConformsToProfile>")
        .unwrap()
        .1;
    let link = outer
        .trim_start_matches("<wsa:EndpointReference>")
        .trim_end_matches("</wsa:EndpointReference>");
    let got = service.ok(&get(link)).await;
    assert!(got.contains("<p:CIM_ElementConformsToProfile "));
    let none = service
        .ok(&associated(
            "AssociationInstances",
            &element,
            "<wsmb:Role>ConformantStandard</wsmb:Role>",
        ))
        .await;
    assert_eq!(count(&none, "Item"), 0);
}

/// Proves 5 `root/interop` in every URI space, with filters and contexts.
#[tokio::test]
async fn interop_is_a_namespace_like_any_other() {
    let service = Service::start().await;
    // Pages, with contexts that know their namespace.
    let mut answer = service.ok(&enumerate("CIM_ManagedElement", "")).await;
    let mut found = 0;
    while let Some(context) = content(&answer, "EnumerationContext").filter(|c| !c.is_empty()) {
        answer = service.ok(&pull(context, "")).await;
        found += count(content(&answer, "Items").unwrap(), "ElementName").min(1);
    }
    assert_eq!(found, 3, "two namespaces and a profile");
    // Windows' URIs.
    let windows = enumerate("CIM_Namespace", OPTIMISED).replace(
        CIM,
        "http://schemas.microsoft.com/wbem/wsman/1/wmi/ROOT/interop/",
    );
    let answer = service.ok(&windows).await;
    assert!(answer.contains("<wsman:ResourceURI>http://schemas.microsoft.com/wbem/wsman/1/wmi/root/interop/CIM_Namespace</wsman:ResourceURI>"));
    // A query.
    let wql = enumerate(
        "CIM_Namespace",
        &format!(
            "{OPTIMISED}<wsman:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">SELECT * FROM CIM_Namespace WHERE Name LIKE '%cimi'</wsman:Filter>"
        ),
    );
    assert_eq!(count(&service.ok(&wql).await, "Item"), 1);
    // Nothing can be changed, and the model is not here.
    let namespaces = service.ok(&enumerate("CIM_Namespace", OPTIMISED)).await;
    let delete = get(&first_epr(&namespaces)).replace("transfer/Get", "transfer/Delete");
    assert_eq!(service.fault(&delete).await.0, "wsa:ActionNotSupported");
    let machines = service.ok(&enumerate("CIMI_Machine", OPTIMISED)).await;
    assert_eq!(count(&machines, "Item"), 0);
    let (subcode, _) = service
        .fault(&enumerate("CIM_Namespace", OPTIMISED).replace("root/interop", "root/cimi"))
        .await;
    assert_eq!(subcode, "wsa:DestinationUnreachable");
    let nothing = get(&first_epr(&namespaces)).replace(">cimi-bridge<", ">other<");
    assert_eq!(
        service.fault(&nothing).await.0,
        "wsa:DestinationUnreachable"
    );
}
