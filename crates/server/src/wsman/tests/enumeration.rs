//! Enumerations: modes, filters, walks, contexts and their ends.

use std::time::Duration;

use provider::Role;

use super::service::{
    CIM, ENUMERATION, RUNNING, Service, TRANSFER, content, count, enumerate, fault_of, message,
    pull,
};
use crate::wsman::Settings;

/// Proves 4 Pull without MaxElements.
#[tokio::test]
async fn without_max_elements_one_comes_at_a_time() {
    let service = Service::start().await;
    let answer = service
        .ok(&enumerate("CIMI_Machine", "<wsman:OptimizeEnumeration/>"))
        .await;
    assert_eq!(count(content(&answer, "Items").unwrap(), "CIMI_Machine"), 1);
    let context = content(&answer, "EnumerationContext").unwrap();
    let answer = service.ok(&pull(context, "")).await;
    assert_eq!(count(content(&answer, "Items").unwrap(), "CIMI_Machine"), 1);
    // The second is the last, and the answer says so at once.
    assert_eq!(count(&answer, "EndOfSequence"), 1);
}

/// Proves 4 empty enumerations.
#[tokio::test]
async fn an_empty_class_has_a_context_and_an_end() {
    let service = Service::start().await;
    let answer = service.ok(&enumerate("CIMI_MachineVolume", "")).await;
    let context = content(&answer, "EnumerationContext").unwrap();
    assert!(!context.is_empty());
    let end = service.ok(&pull(context, "")).await;
    assert_eq!(content(&end, "Items"), Some(""));
    assert_eq!(count(&end, "EndOfSequence"), 1);
    let optimised = service
        .ok(&enumerate(
            "CIMI_MachineVolume",
            "<wsman:OptimizeEnumeration/>",
        ))
        .await;
    assert_eq!(content(&optimised, "EnumerationContext"), Some(""));
    assert_eq!(content(&optimised, "Items"), Some(""));
    assert!(optimised.contains("<wsman:EndOfSequence>"));
}

/// Proves 4 contexts: bound to their owner, final ends, Release.
#[tokio::test]
async fn ends_are_final_and_contexts_belong_to_their_user() {
    let service = Service::start().await;
    let invalid = ("wsen:InvalidEnumerationContext".to_owned(), None);
    let open = async || {
        let answer = service.ok(&enumerate("CIMI_Machine", "")).await;
        content(&answer, "EnumerationContext").unwrap().to_owned()
    };
    let first = open().await;
    let all = "<wsen:MaxElements>100</wsen:MaxElements>";
    service.ok(&pull(&first, all)).await;
    assert_eq!(
        service.fault(&pull(&first, all)).await,
        invalid,
        "after the end"
    );
    let second = open().await;
    let release = |context: &str| {
        message(
            &format!("{ENUMERATION}Release"),
            &format!("{CIM}CIMI_Machine"),
            "",
            &format!(
                "<wsen:Release><wsen:EnumerationContext>{context}</wsen:EnumerationContext></wsen:Release>"
            ),
        )
    };
    service.ok(&release(&second)).await;
    assert_eq!(
        service.fault(&pull(&second, all)).await,
        invalid,
        "after Release"
    );
    assert_eq!(
        service.fault(&release(&second)).await,
        invalid,
        "released twice"
    );
    assert_eq!(service.fault(&pull("uuid:1", all)).await, invalid, "forged");
    let third = open().await;
    let response = service
        .send_as("bob", Role::Administrator, |_| {}, pull(&third, all))
        .await;
    assert_eq!(
        fault_of(&String::from_utf8_lossy(response.body())),
        invalid,
        "of somebody else"
    );
    service.ok(&pull(&third, all)).await;
}

/// Proves 4 expirations, Renew, GetStatus.
#[tokio::test]
async fn contexts_expire_and_can_be_renewed() {
    let service = Service::with(Settings {
        max_lifetime: Duration::from_secs(60),
        ..Settings::default()
    })
    .await;
    let answer = service
        .ok(&enumerate(
            "CIMI_Machine",
            "<wsen:Expires>PT1S</wsen:Expires>",
        ))
        .await;
    let context = content(&answer, "EnumerationContext").unwrap().to_owned();
    let renew = message(
        &format!("{ENUMERATION}Renew"),
        &format!("{CIM}CIMI_Machine"),
        "",
        &format!(
            "<wsen:Renew><wsen:EnumerationContext>{context}</wsen:EnumerationContext><wsen:Expires>PT9H</wsen:Expires></wsen:Renew>"
        ),
    );
    let renewed = service.ok(&renew).await;
    let longer = content(&renewed, "EnumerationContext").unwrap();
    assert!(content(&renewed, "Expires").unwrap() > content(&answer, "Expires").unwrap());
    tokio::time::sleep(Duration::from_millis(2100)).await;
    assert_eq!(
        service.fault(&pull(&context, "")).await,
        ("wsen:TimedOut".to_owned(), None)
    );
    service.ok(&pull(longer, "")).await;
    let past = enumerate(
        "CIMI_Machine",
        "<wsen:Expires>2001-01-01T00:00:00Z</wsen:Expires>",
    );
    assert_eq!(service.fault(&past).await.0, "wsen:InvalidExpirationTime");
}

/// Proves 4 polymorphism modes.
#[tokio::test]
async fn polymorphism() {
    let service = Service::start().await;
    let with = |class: &str, mode: &str| {
        enumerate(
            class,
            &format!(
                "<wsman:OptimizeEnumeration/><wsman:MaxElements>100</wsman:MaxElements><wsmb:PolymorphismMode>{mode}</wsmb:PolymorphismMode>"
            ),
        )
    };
    let include = service
        .ok(&with("CIMI_Resource", "IncludeSubClassProperties"))
        .await;
    let exclude = service
        .ok(&with("CIMI_Resource", "ExcludeSubClassProperties"))
        .await;
    let none = service.ok(&with("CIMI_Resource", "None")).await;
    assert_eq!(count(&include, "CIMI_Machine"), 2);
    assert_eq!(count(&exclude, "CIMI_Machine"), 0);
    // Embedded instances have no time of creation.
    assert_eq!(count(&exclude, "CIMI_Resource"), count(&include, "Created"));
    assert_eq!(count(&exclude, "Cpu"), 0);
    assert_eq!(count(&none, "InstanceID"), 0);
    assert_eq!(
        count(
            &service.ok(&with("CIMI_Machine", "None")).await,
            "InstanceID"
        ),
        2
    );
}

/// Proves 4 total count estimate.
#[tokio::test]
async fn totals_are_told_when_asked_for() {
    let service = Service::start().await;
    for body in ["", "<wsman:OptimizeEnumeration/>"] {
        let text = enumerate("CIMI_Machine", body).replace(
            "</s:Header>",
            "<wsman:RequestTotalItemsCountEstimate/></s:Header>",
        );
        let answer = service.ok(&text).await;
        assert_eq!(content(&answer, "TotalItemsCountEstimate"), Some("2"));
    }
}

fn walk(filter: &str) -> String {
    enumerate(
        "*",
        &format!(
            "<wsman:OptimizeEnumeration/><wsman:MaxElements>100</wsman:MaxElements>\
             <wsman:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter\">{filter}</wsman:Filter>"
        ),
    )
}

fn object(id: &str) -> String {
    format!(
        "<wsmb:Object><wsa:Address>x</wsa:Address><wsa:ReferenceParameters><wsman:ResourceURI>{CIM}CIMI_Machine</wsman:ResourceURI>\
         <wsman:SelectorSet><wsman:Selector Name=\"InstanceID\">{id}</wsman:Selector></wsman:SelectorSet></wsa:ReferenceParameters></wsmb:Object>"
    )
}

/// Proves 4 associators and references with every optional element.
/// Proves 4 projections as XML fragments.
#[tokio::test]
async fn associations_are_walked() {
    let service = Service::start().await;
    let machine = object(RUNNING);
    let any = service
        .ok(&walk(&format!(
            "<wsmb:AssociatedInstances>{machine}</wsmb:AssociatedInstances>"
        )))
        .await;
    assert_eq!(count(&any, "CIMI_Disk"), 1);
    assert_eq!(count(&any, "CIMI_CloudEntryPoint"), 1);
    let disks = service
        .ok(&walk(&format!(
            "<wsmb:AssociatedInstances>{machine}<wsmb:AssociationClassName>CIMI_MachineDisk</wsmb:AssociationClassName><wsmb:Role>GroupComponent</wsmb:Role>\
             <wsmb:ResultClassName>CIMI_Disk</wsmb:ResultClassName><wsmb:ResultRole>PartComponent</wsmb:ResultRole></wsmb:AssociatedInstances>"
        )))
        .await;
    assert_eq!(count(&disks, "CIMI_Disk"), 1);
    assert_eq!(count(&disks, "CIMI_CloudEntryPoint"), 0);
    let projected = service
        .ok(&walk(&format!(
            "<wsmb:AssociatedInstances>{machine}<wsmb:ResultClassName>CIMI_Disk</wsmb:ResultClassName><wsmb:IncludeResultProperty>Capacity</wsmb:IncludeResultProperty></wsmb:AssociatedInstances>"
        )))
        .await;
    let items = content(&projected, "Items").unwrap();
    assert!(items.starts_with("<wsman:XmlFragment xmlns:p="), "{items}");
    assert_eq!(
        (count(items, "Capacity"), count(items, "InstanceID")),
        (1, 0)
    );
    let references = service
        .ok(&walk(&format!(
            "<wsmb:AssociationInstances>{machine}</wsmb:AssociationInstances>"
        )))
        .await;
    assert_eq!(count(&references, "CIMI_MachineDisk"), 1);
    assert!(count(&references, "GroupComponent") >= 1);
    // The class of the association by either name.
    for name in ["ResultClassName", "AssociationClassName"] {
        let of_class = service
            .ok(&walk(&format!(
                "<wsmb:AssociationInstances>{machine}<wsmb:{name}>CIMI_MachineDisk</wsmb:{name}></wsmb:AssociationInstances>"
            )))
            .await;
        let items = content(&of_class, "Items").unwrap();
        assert_eq!(items.matches("<p:CIMI_").count(), 1, "{name}: {items}");
        assert!(items.starts_with("<p:CIMI_MachineDisk "), "{name}");
    }
}

/// Proves 4 association filters that are wrong.
#[tokio::test]
async fn walks_that_lead_nowhere() {
    let service = Service::start().await;
    let machine = object(RUNNING);
    for (filter, subcode) in [
        (
            format!(
                "<wsmb:AssociatedInstances>{machine}<wsmb:ResultClassName>CIM_Nothing</wsmb:ResultClassName></wsmb:AssociatedInstances>"
            ),
            "wsen:CannotProcessFilter",
        ),
        (
            format!(
                "<wsmb:AssociatedInstances>{}</wsmb:AssociatedInstances>",
                object("machines/none")
            ),
            "wsen:CannotProcessFilter",
        ),
        (
            format!(
                "<wsmb:AssociatedInstances>{}</wsmb:AssociatedInstances>",
                machine.replace("Name=\"InstanceID\"", "Name=\"Id\"")
            ),
            "wsen:CannotProcessFilter",
        ),
        (
            format!(
                "<wsmb:AssociationInstances>{machine}<wsmb:ResultRole>PartComponent</wsmb:ResultRole></wsmb:AssociationInstances>"
            ),
            "wsen:CannotProcessFilter",
        ),
        (
            format!(
                "<wsmb:AssociatedInstances>{machine}<wsmb:ResultClass>CIMI_Disk</wsmb:ResultClass></wsmb:AssociatedInstances>"
            ),
            "wsen:CannotProcessFilter",
        ),
        (
            "<wsmb:AssociatedInstances></wsmb:AssociatedInstances>".to_owned(),
            "wsman:SchemaValidationError",
        ),
        (
            format!("<wsmb:Associators>{machine}</wsmb:Associators>"),
            "wsen:CannotProcessFilter",
        ),
    ] {
        assert_eq!(service.fault(&walk(&filter)).await.0, subcode, "{filter}");
    }
}

/// The optimised answer to an Enumerate with a filter.
fn filtered(class: &str, dialect: &str, filter: &str) -> String {
    enumerate(
        class,
        &format!(
            "<wsman:OptimizeEnumeration/><wsman:MaxElements>100</wsman:MaxElements><wsman:Filter Dialect=\"{dialect}\">{filter}</wsman:Filter>"
        ),
    )
}

const WQL: &str = "http://schemas.microsoft.com/wbem/wsman/1/WQL";
const CQL: &str = "http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf";
const SELECTOR: &str = "http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter";

/// Proves 4 filters in WQL and CQL, and by selectors.
#[tokio::test]
async fn filters_choose_instances() {
    let service = Service::start().await;
    let selector = "<wsman:SelectorSet><wsman:Selector Name=\"state\">STARTED</wsman:Selector></wsman:SelectorSet>";
    for (class, dialect, filter, expected) in [
        ("*", WQL, "select * from CIMI_Machine", 2),
        (
            "CIMI_Resource",
            WQL,
            "select * from CIMI_Machine where Cpu &gt;= 4",
            1,
        ),
        (
            "*",
            "http://schemas.dmtf.org/wbem/wsman/1/WQL",
            "SELECT * FROM cimi_machine WHERE state = 'started'",
            1,
        ),
        (
            "*",
            CQL,
            "SELECT * FROM CIMI_Machine WHERE State = 'STARTED'",
            1,
        ),
        (
            "*",
            CQL,
            "SELECT * FROM CIMI_Machine WHERE State = 'started'",
            0,
        ),
        ("CIMI_Machine", SELECTOR, selector, 1),
    ] {
        let answer = service.ok(&filtered(class, dialect, filter)).await;
        assert_eq!(count(&answer, "CIMI_Machine"), expected, "{filter}");
    }
    let columns = service
        .ok(&filtered(
            "*",
            WQL,
            "select Cpu, State from CIMI_Machine where State &lt;&gt; 'STOPPED'",
        ))
        .await;
    assert_eq!(
        content(&columns, "Items"),
        Some(&*format!(
            "<wsman:XmlFragment xmlns:p=\"{CIM}CIMI_Machine\"><p:Cpu>1</p:Cpu><p:State>STARTED</p:State></wsman:XmlFragment>"
        ))
    );
    // The filter travels in the context.
    let paged = enumerate(
        "*",
        &format!(
            "<wsman:Filter Dialect=\"{WQL}\">select * from CIMI_Machine where Cpu = 4</wsman:Filter>"
        ),
    );
    let context = service.ok(&paged).await;
    let page = service
        .ok(&pull(
            content(&context, "EnumerationContext").unwrap(),
            "<wsen:MaxElements>9</wsen:MaxElements>",
        ))
        .await;
    assert_eq!(count(&page, "CIMI_Machine"), 1);
}

/// Proves 4 filters that are wrong.
#[tokio::test]
async fn filters_that_are_wrong() {
    let service = Service::start().await;
    for (class, dialect, filter) in [
        ("*", WQL, "select"),
        ("*", WQL, "select * from CIM_Nothing"),
        ("*", WQL, "select * from CIMI_Machine where Colour = 'red'"),
        ("*", WQL, "ASSOCIATORS OF {CIMI_Machine.InstanceID='x'}"),
        ("CIMI_Volume", WQL, "select * from CIMI_Machine"),
        ("*", CQL, "select * from CIMI_Machine where"),
        // Columns are names: what is computed would need wsmb:Expression to say what it is.
        ("*", CQL, "select Cpu + 1 from CIMI_Machine"),
        ("*", CQL, "select count(*) from CIMI_Machine"),
        ("*", WQL, "select Colour from CIMI_Machine"),
        (
            "*",
            SELECTOR,
            "<wsman:SelectorSet><wsman:Selector Name=\"State\">STARTED</wsman:Selector></wsman:SelectorSet>",
        ),
        (
            "CIMI_Machine",
            SELECTOR,
            "<wsman:SelectorSet><wsman:Selector Name=\"Colour\">red</wsman:Selector></wsman:SelectorSet>",
        ),
        (
            "CIMI_Machine",
            SELECTOR,
            "<wsman:SelectorSet><wsman:Selector Name=\"Created\">2026</wsman:Selector></wsman:SelectorSet>",
        ),
    ] {
        assert_eq!(
            service.fault(&filtered(class, dialect, filter)).await.0,
            "wsen:CannotProcessFilter",
            "{filter}"
        );
    }
}

/// Proves 5 references that are handed out can be used.
#[tokio::test]
async fn every_reference_that_is_handed_out_can_be_used() {
    let service = Service::start().await;
    for class in [
        "CIM_ManagedElement",
        "CIMI_MachineDisk",
        "CIM_Component",
        "CIM_Dependency",
    ] {
        let text = enumerate(
            class,
            "<wsman:OptimizeEnumeration/><wsman:MaxElements>1000</wsman:MaxElements><wsman:EnumerationMode>EnumerateObjectAndEPR</wsman:EnumerationMode>",
        );
        let answer = service.ok(&text).await;
        let items: Vec<&str> = answer.split("<wsman:Item>").skip(1).collect();
        assert!(!items.is_empty(), "{class}");
        for item in items {
            // References within the object have no such element around them.
            let (object, reference) = item
                .split_once("<wsa:EndpointReference>")
                .unwrap_or_else(|| panic!("{item}"));
            let from = reference.find("<wsa:ReferenceParameters>").unwrap()
                + "<wsa:ReferenceParameters>".len();
            let to = reference.rfind("</wsa:ReferenceParameters>").unwrap();
            let parameters = &reference[from..to];
            let get = message(
                "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get",
                "RESOURCE",
                "",
                "",
            )
            .replace(
                "<wsman:ResourceURI s:mustUnderstand=\"true\">RESOURCE</wsman:ResourceURI>",
                parameters,
            );
            let got = service.ok(&get).await;
            assert_eq!(content(&got, "Body"), Some(object), "{class}");
        }
    }
}

/// Proves 5 references that are handed out can be used.
#[tokio::test]
async fn references_as_a_superclass_can_be_used() {
    let service = Service::start().await;
    let text = enumerate(
        "CIM_ManagedElement",
        "<wsman:OptimizeEnumeration/><wsman:MaxElements>5</wsman:MaxElements><wsman:EnumerationMode>EnumerateEPR</wsman:EnumerationMode>\
         <wsmb:PolymorphismMode>ExcludeSubClassProperties</wsmb:PolymorphismMode>",
    );
    let answer = service.ok(&text).await;
    let references: Vec<&str> = answer.split("<wsa:ReferenceParameters>").skip(1).collect();
    assert_eq!(references.len(), 5);
    for reference in references {
        assert!(reference.starts_with(&format!("<wsman:ResourceURI>{CIM}CIM_ManagedElement<")));
        let parameters = reference
            .split("</wsa:ReferenceParameters>")
            .next()
            .unwrap();
        let get = message(&format!("{TRANSFER}Get"), "RESOURCE", "", "").replace(
            "<wsman:ResourceURI s:mustUnderstand=\"true\">RESOURCE</wsman:ResourceURI>",
            parameters,
        );
        service.ok(&get).await;
    }
}
