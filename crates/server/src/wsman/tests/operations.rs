//! What clients can do: read, change, create, delete, call.

use std::sync::atomic::Ordering;
use std::time::Duration;

use http::Request;
use provider::Role;

use super::service::{
    CIM, RUNNING, STOPPED, Service, TRANSFER, content, count, get, invoke, message, selected,
};

fn put(id: &str, properties: &str) -> String {
    message(
        &format!("{TRANSFER}Put"),
        &format!("{CIM}CIMI_Machine"),
        &selected(id),
        &format!("<p:CIMI_Machine xmlns:p=\"{CIM}CIMI_Machine\">{properties}</p:CIMI_Machine>"),
    )
}

fn create(class: &str, body: &str) -> String {
    message(
        &format!("{TRANSFER}Create"),
        &format!("{CIM}{class}"),
        "",
        body,
    )
}

/// Proves 1 MessageID echoed byte for byte.
/// Proves 3 Get.
/// Proves 5 representation of an instance: class element, nil, datetime.
#[tokio::test]
async fn get_answers_with_the_class_element() {
    let service = Service::start().await;
    let answer = service.ok(&get("CIMI_Machine", RUNNING)).await;
    assert!(answer.contains("<wsa:RelatesTo>uuid:ABCD-1</wsa:RelatesTo>"));
    assert!(answer.contains(
        "<wsa:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/GetResponse</wsa:Action>"
    ));
    assert!(answer.contains(&format!("<p:CIMI_Machine xmlns:p=\"{CIM}CIMI_Machine\">")));
    assert_eq!(content(&answer, "InstanceID"), Some(RUNNING));
    assert_eq!(content(&answer, "State"), Some("STARTED"));
    assert!(
        content(&answer, "Created")
            .unwrap()
            .starts_with("<cim:Datetime>")
    );
    // Properties without a value are there, as nil.
    assert!(answer.contains("<p:LatestSnapshot xsi:nil=\"true\""));
}

/// Proves 1 DMTF and Microsoft resource URIs.
/// Proves 1 default namespace, and `__cimnamespace` in any spelling.
/// Proves 1 single instances without selectors.
/// Proves 5 Get through a superclass.
#[tokio::test]
async fn get_through_other_names() {
    let service = Service::start().await;
    for class in ["CIM_ManagedElement", "CIMI_Resource", "cimi_machine"] {
        let answer = service.ok(&get(class, RUNNING)).await;
        assert!(answer.contains("<p:CIMI_Machine "), "{class}");
    }
    // The only instance of its class needs no selector.
    let entry_point = get("CIMI_CloudEntryPoint", "x").replace(&selected("x"), "");
    let answer = service.ok(&entry_point).await;
    assert_eq!(content(&answer, "InstanceID"), Some("cloudEntryPoint"));
    // Windows' own URIs: class namespace and references follow.
    let windows = get("CIMI_Machine", RUNNING).replace(
        CIM,
        "http://schemas.microsoft.com/wbem/wsman/1/wmi/ROOT/cimi/",
    );
    let answer = service.ok(&windows).await;
    assert!(answer.contains(
        "xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimi/CIMI_Machine\""
    ));
    let namespaced = get("CIMI_Machine", RUNNING).replace(
        "<wsman:SelectorSet>",
        "<wsman:SelectorSet><wsman:Selector Name=\"__cimnamespace\">root\\CIMI</wsman:Selector>",
    );
    service.ok(&namespaced).await;
}

/// Proves 1 OptionSet and MustComply.
/// Proves 5 ShowExtensions, ExcludeNilProperties.
#[tokio::test]
async fn options_shape_the_answer() {
    let service = Service::start().await;
    let with = |options: &str| {
        get("CIMI_Machine", RUNNING).replace(
            "</s:Header>",
            &format!(
                "<wsman:OptionSet s:mustUnderstand=\"true\">{options}</wsman:OptionSet></s:Header>"
            ),
        )
    };
    let marked = service
        .ok(&with("<wsman:Option Name=\"ShowExtensions\"/>"))
        .await;
    assert!(marked.contains("<p:InstanceID cim:Key=\"true\">"));
    let short = service
        .ok(&with(
            "<wsman:Option Name=\"ExcludeNilProperties\">true</wsman:Option>",
        ))
        .await;
    assert!(!short.contains("xsi:nil=\"true\""));
    let (subcode, detail) = service
        .fault(&with(
            "<wsman:Option Name=\"Speed\" MustComply=\"true\">high</wsman:Option>",
        ))
        .await;
    assert_eq!(
        (subcode.as_str(), detail.as_deref()),
        ("wsman:InvalidOptions", Some("InvalidName"))
    );
}

/// Proves 3 Put: absent stays, nil clears.
#[tokio::test]
async fn put_leaves_what_is_absent_and_clears_what_is_nil() {
    let service = Service::start().await;
    let answer = service
        .ok(&put(RUNNING, "<p:Description>front</p:Description>"))
        .await;
    assert_eq!(content(&answer, "Description"), Some("front"));
    assert_eq!(content(&answer, "ElementName"), Some("frontend"));
    let answer = service
        .ok(&put(
            RUNNING,
            "<p:Description xsi:nil=\"true\"/><p:State>STOPPED</p:State>",
        ))
        .await;
    assert!(answer.contains("<p:Description xsi:nil=\"true\""));
    // A read-only value is left alone, whatever the client wrote.
    assert_eq!(content(&answer, "State"), Some("STARTED"));
    // Only what the caller says it changed.
    let listed = put(RUNNING, "<p:Description>d</p:Description><p:ElementName>n</p:ElementName>").replace(
        "</s:Header>",
        "<wsman:OptionSet><wsman:Option Name=\"wmiarray:__MIInstanceModifiedPropertiesList\">Description</wsman:Option></wsman:OptionSet></s:Header>",
    );
    let answer = service.ok(&listed).await;
    assert_eq!(content(&answer, "Description"), Some("d"));
    assert_eq!(content(&answer, "ElementName"), Some("frontend"));
}

/// Proves 3 Put of what Get gave.
#[tokio::test]
async fn what_get_gives_put_takes() {
    let service = Service::start().await;
    for (class, id) in [
        ("CIMI_Machine", RUNNING),
        ("CIMI_MachineTemplate", "machineTemplates/demo-web"),
        ("CIMI_MachineConfiguration", "machineConfigs/demo-small"),
        ("CIMI_Credential", "credentials/demo-operator"),
        ("CIMI_CloudEntryPoint", "cloudEntryPoint"),
    ] {
        let answer = service.ok(&get(class, id)).await;
        let start = answer.find(&format!("<p:{class} ")).unwrap();
        let end = answer.find("</s:Body>").unwrap();
        let text = message(
            &format!("{TRANSFER}Put"),
            &format!("{CIM}{class}"),
            &selected(id),
            &answer[start..end].replace(
                &format!("<p:{class} "),
                &format!("<p:{class} xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\" "),
            ),
        );
        let again = service.ok(&text).await;
        assert_eq!(
            again[again.find("<s:Body>").unwrap()..],
            answer[answer.find("<s:Body>").unwrap()..],
            "{class}"
        );
    }
}

#[tokio::test]
async fn create_start_stop_delete() {
    let service = Service::start().await;
    for (class, body) in [
        (
            "CIMI_Machine",
            format!(
                "<p:CIMI_MachineCreate xmlns:p=\"{CIM}CIMI_MachineCreate\"><p:ElementName>one</p:ElementName><p:MachineTemplate>/root/cimi:CIMI_MachineTemplate.InstanceID=\"machineTemplates/demo-web\"</p:MachineTemplate></p:CIMI_MachineCreate>"
            ),
        ),
        (
            "CIMI_MachineCreate",
            format!(
                "<p:CIMI_MachineCreate xmlns:p=\"{CIM}CIMI_MachineCreate\"><p:ElementName>two</p:ElementName><p:MachineTemplate>http://127.0.0.1:5985/cimi/machineTemplates/demo-web</p:MachineTemplate></p:CIMI_MachineCreate>"
            ),
        ),
    ] {
        let answer = service.ok(&create(class, &body)).await;
        let id = answer
            .split("Name=\"InstanceID\">")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .to_owned();
        assert!(answer.contains("<wxf:ResourceCreated xmlns:wxf=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\"><wsa:Address>"), "{answer}");
        assert!(
            answer.contains("<wsman:Selector Name=\"__cimnamespace\">root/cimi</wsman:Selector>")
        );
        service.await_state(&id, "STOPPED").await;
        let started = service.ok(&invoke("CIMI_Machine", &id, "Start", "")).await;
        assert!(started.contains("/CIMI_Machine/StartResponse</wsa:Action>"));
        assert!(started.contains(&format!("<p:Start_OUTPUT xmlns:p=\"{CIM}CIMI_Machine\">")));
        assert!(matches!(
            content(&started, "ReturnValue"),
            Some("0" | "4096")
        ));
        if content(&started, "ReturnValue") == Some("4096") {
            assert!(
                content(&started, "Job")
                    .unwrap()
                    .contains("cim-schema/2/CIMI_Job</wsman:ResourceURI>")
            );
        }
        service.await_state(&id, "STARTED").await;
        // Through a superclass, which does not know the method.
        service
            .ok(&invoke(
                "CIM_ManagedElement",
                &id,
                "Stop",
                &format!("<p:Force xmlns:p=\"{CIM}CIMI_Machine\">true</p:Force>"),
            ))
            .await;
        service.await_state(&id, "STOPPED").await;
        let delete = message(
            &format!("{TRANSFER}Delete"),
            &format!("{CIM}CIMI_Machine"),
            &selected(&id),
            "",
        );
        let deleted = service.ok(&delete).await;
        assert!(deleted.contains("<s:Body></s:Body>"));
        for _ in 0..500 {
            if service.send(&get("CIMI_Machine", &id)).await.0 == 500 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(
            service.fault(&get("CIMI_Machine", &id)).await,
            ("wsa:DestinationUnreachable".to_owned(), None)
        );
    }
}

/// Proves 3 Create of an association.
#[tokio::test]
async fn a_volume_is_attached_by_creating_the_membership() {
    let service = Service::start().await;
    let reference = |class: &str, id: &str| {
        format!(
            "<wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address><wsa:ReferenceParameters>\
             <wsman:ResourceURI>{CIM}{class}</wsman:ResourceURI>{}</wsa:ReferenceParameters>",
            selected(id)
        )
    };
    let text = create(
        "CIMI_MachineVolume",
        &format!(
            "<p:CIMI_MachineVolume xmlns:p=\"{CIM}CIMI_MachineVolume\"><p:GroupComponent>{}</p:GroupComponent><p:InitialLocation>/dev/sdb</p:InitialLocation>\
             <p:PartComponent>{}</p:PartComponent></p:CIMI_MachineVolume>",
            reference("CIMI_Machine", STOPPED),
            reference("CIMI_Volume", "volumes/demo-archive")
        ),
    );
    let answer = service.ok(&text).await;
    let id = answer
        .split("Name=\"InstanceID\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    let mut attached = String::new();
    for _ in 0..500 {
        let (status, text) = service.send(&get("CIMI_MachineVolume", id)).await;
        if status == 200 {
            attached = text;
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(content(&attached, "InitialLocation"), Some("/dev/sdb"));
    assert_eq!(count(&attached, "ReferenceParameters"), 2);
}

/// Proves 7 UTF-8 and UTF-16, answered in kind.
#[tokio::test]
async fn answers_use_the_encoding_of_the_request() {
    let service = Service::start().await;
    let text = get("CIMI_Machine", RUNNING);
    for big_endian in [false, true] {
        let mut body: Vec<u8> = Vec::new();
        for unit in std::iter::once(0xFEFF).chain(text.encode_utf16()) {
            body.extend(if big_endian {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            });
        }
        let utf16 = |request: &mut Request<bytes::Bytes>| {
            request.headers_mut().insert(
                "content-type",
                "application/soap+xml;charset=\"utf-16\"".parse().unwrap(),
            );
        };
        let response = service
            .send_as("admin", Role::Administrator, utf16, body)
            .await;
        assert_eq!(response.status(), 200);
        assert_eq!(
            response.headers()["content-type"],
            "application/soap+xml;charset=UTF-16"
        );
        let decoded = xml_wire::decode(response.body(), None).unwrap();
        assert_eq!(content(&decoded.text, "InstanceID"), Some(RUNNING));
    }
}

/// Proves 1 RequestEPR.
#[tokio::test]
async fn references_come_along_when_asked_for() {
    let service = Service::start().await;
    let ask = |text: String| text.replace("</s:Header>", "<wsman:RequestEPR/></s:Header>");
    let key = format!("<wsman:Selector Name=\"InstanceID\">{RUNNING}<");
    // Also where the request names a superclass: the reference names the class.
    for text in [
        get("CIMI_Machine", RUNNING),
        get("CIM_ManagedElement", RUNNING),
        put(RUNNING, "<p:Description>x</p:Description>"),
    ] {
        let answer = service.ok(&ask(text)).await;
        let epr = content(&answer, "RequestedEPR").unwrap();
        assert!(
            epr.contains("cim-schema/2/CIMI_Machine<") && epr.contains(&key),
            "{epr}"
        );
        assert!(epr.starts_with("<wsa:EndpointReference>"));
        assert!(answer.find("RequestedEPR") < answer.find("<s:Body>"));
    }
    let stopped = service
        .ok(&ask(invoke("CIMI_Machine", RUNNING, "Stop", "")))
        .await;
    assert!(content(&stopped, "RequestedEPR").unwrap().contains(&key));
    service.await_state(RUNNING, "STOPPED").await;
    // What is gone has no reference any more.
    let delete = message(
        &format!("{TRANSFER}Delete"),
        &format!("{CIM}CIMI_Machine"),
        &selected(RUNNING),
        "",
    );
    let deleted = service.ok(&ask(delete)).await;
    assert_eq!(
        content(&deleted, "RequestedEPR"),
        Some("<wsman:EPRInvalid></wsman:EPRInvalid>")
    );
}

/// Proves 2 Identify: known and unknown callers.
#[tokio::test]
async fn identify_tells_strangers_less() {
    let service = Service::start().await;
    let identify = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header/><s:Body><i:Identify xmlns:i=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\"/></s:Body></s:Envelope>";
    let known = service.ok(identify).await;
    assert_eq!(
        content(&known, "ProtocolVersion"),
        Some("http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd")
    );
    assert_eq!(
        content(&known, "ProductVersion"),
        Some(env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(count(&known, "SecurityProfileName"), 2);
    assert_eq!(content(&known, "InitiativeName"), Some("CIMI"));
    assert_eq!(content(&known, "InitiativeVersion"), Some("1.0.0"));
    assert_eq!(count(&known, "AddressingVersionURI"), 2);
    // Somebody gets a Digest secret while the service runs.
    service.digest.store(true, Ordering::Relaxed);
    let known = service.ok(identify).await;
    assert_eq!(count(&known, "SecurityProfileName"), 4);
    assert!(known.contains("/secprofile/https/digest<"));
    let stranger = |request: &mut Request<bytes::Bytes>| {
        request.extensions_mut().insert(crate::Anonymous);
    };
    for get in [false, true] {
        let configure = |request: &mut Request<bytes::Bytes>| {
            stranger(request);
            if get {
                *request.method_mut() = http::Method::GET;
            }
        };
        let response = service.send_as("", Role::Reader, configure, identify).await;
        assert_eq!(response.status(), 200);
        let text = String::from_utf8(response.into_body().to_vec()).unwrap();
        assert_eq!(content(&text, "ProductVersion"), Some("0.0.0"));
        assert_eq!(count(&text, "SecurityProfileName"), 0);
        assert_eq!(count(&text, "InitiativeSupport"), 0);
        assert_eq!(count(&text, "AddressingVersionURI"), 2);
    }
    let response = service
        .send_as("", Role::Reader, stranger, get("CIMI_Machine", RUNNING))
        .await;
    assert_eq!(response.status(), 500);
}

/// Proves 1 WS-Addressing of 2004 and 2005.
#[tokio::test]
async fn the_newer_addressing_is_answered_in_kind() {
    let service = Service::start().await;
    let newer = |text: String| {
        text.replace(
            "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous",
            "http://www.w3.org/2005/08/addressing/anonymous",
        )
        .replace(
            "http://schemas.xmlsoap.org/ws/2004/08/addressing",
            "http://www.w3.org/2005/08/addressing",
        )
    };
    let answer = service
        .ok(&newer(get("CIMI_Machine", RUNNING))
            .replace("</s:Header>", "<wsman:RequestEPR/></s:Header>"))
        .await;
    assert!(!answer.contains("/2004/08/addressing"), "{answer}");
    assert!(
        answer
            .contains("<wsa:Address>http://www.w3.org/2005/08/addressing/anonymous</wsa:Address>")
    );
    let (_, fault) = service
        .send(
            &newer(get("CIMI_Machine", "x"))
                .replace("<wsa:To>http://127.0.0.1:5985/wsman</wsa:To>", ""),
        )
        .await;
    assert!(fault.contains("<s:Value>wsa:MessageAddressingHeaderRequired</s:Value>"));
    assert!(fault.contains("<wsa:Action>http://www.w3.org/2005/08/addressing/fault</wsa:Action>"));
}

/// Proves 3 Create from a template, by reference and by value.
/// Proves 5 embedded instances.
#[tokio::test]
async fn templates_come_by_value_and_machines_as_they_are() {
    let service = Service::start().await;
    let template = format!("{CIM}CIMI_MachineTemplate");
    let configuration = format!("{CIM}CIMI_MachineConfiguration");
    let by_value = format!(
        "<p:CIMI_MachineCreate xmlns:p=\"{CIM}CIMI_MachineCreate\"><p:ElementName>v</p:ElementName>\
         <p:MachineTemplate xmlns:t=\"{template}\" xsi:type=\"t:CIMI_MachineTemplate_Type\">\
         <t:MachineConfig xmlns:c=\"{configuration}\" xsi:type=\"c:CIMI_MachineConfiguration_Type\"><c:Cpu>2</c:Cpu><c:Memory>1048576</c:Memory></t:MachineConfig>\
         <t:MachineImage>machineImages/demo-alpine</t:MachineImage></p:MachineTemplate></p:CIMI_MachineCreate>"
    );
    let replaced = format!(
        "<p:CIMI_MachineCreate xmlns:p=\"{CIM}CIMI_MachineCreate\"><p:ElementName>r</p:ElementName>\
         <p:MachineTemplate xmlns:t=\"{template}\" xsi:type=\"t:CIMI_MachineTemplate_Type\"><t:InstanceID>machineTemplates/demo-web</t:InstanceID>\
         <t:MachineConfig>machineConfigs/demo-large</t:MachineConfig></p:MachineTemplate></p:CIMI_MachineCreate>"
    );
    let machine = format!(
        "<p:CIMI_Machine xmlns:p=\"{CIM}CIMI_Machine\"><p:ElementName>m</p:ElementName><p:Cpu>3</p:Cpu><p:Memory>1048576</p:Memory></p:CIMI_Machine>"
    );
    for (body, cpu) in [(by_value, "2"), (replaced, "4"), (machine, "3")] {
        let answer = service.ok(&create("CIMI_Machine", &body)).await;
        let id = answer
            .split("Name=\"InstanceID\">")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap();
        let found = service.property("CIMI_Machine", id, "Cpu").await;
        assert_eq!(found.as_deref(), Some(cpu));
    }
    // What is not enough for a machine says what would be.
    let nothing = format!("<p:CIMI_Machine xmlns:p=\"{CIM}CIMI_Machine\"/>");
    let (_, answer) = service.send(&create("CIMI_Machine", &nothing)).await;
    assert_eq!(
        super::service::fault_of(&answer),
        (
            "wxf:InvalidRepresentation".to_owned(),
            Some("MissingValues".to_owned())
        )
    );
    assert!(
        content(&answer, "Text")
            .unwrap()
            .contains("CIMI_MachineCreate"),
        "{answer}"
    );
}

/// Proves 3 Create of a part through its containment association.
/// Proves 1 selectors with nested endpoint references.
#[tokio::test]
async fn a_disk_is_created_through_its_association() {
    let service = Service::start().await;
    let owner = |name: &str, id: &str| {
        format!(
            "<wsman:SelectorSet><wsman:Selector Name=\"{name}\"><wsa:EndpointReference><wsa:Address>x</wsa:Address><wsa:ReferenceParameters>\
             <wsman:ResourceURI>{CIM}CIMI_Machine</wsman:ResourceURI>{}</wsa:ReferenceParameters></wsa:EndpointReference></wsman:Selector></wsman:SelectorSet>",
            selected(id)
        )
    };
    let disk = |selectors: &str| {
        message(
            &format!("{TRANSFER}Create"),
            &format!("{CIM}CIMI_MachineDisk"),
            selectors,
            &format!(
                "<p:CIMI_Disk xmlns:p=\"{CIM}CIMI_Disk\"><p:Capacity>5000000</p:Capacity></p:CIMI_Disk>"
            ),
        )
    };
    let answer = service.ok(&disk(&owner("GroupComponent", STOPPED))).await;
    let id = answer
        .split("Name=\"InstanceID\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    assert!(id.starts_with(&format!("{STOPPED}/disks/")), "{id}");
    let found = service.property("CIMI_Disk", id, "Capacity").await;
    assert_eq!(found.as_deref(), Some("5000000"));
    for (selectors, subcode, detail) in [
        (
            owner("Machine", STOPPED),
            "wsman:InvalidSelectors",
            Some("UnexpectedSelectors"),
        ),
        (
            selected(STOPPED),
            "wsman:InvalidSelectors",
            Some("UnexpectedSelectors"),
        ),
        (
            selected(STOPPED).replace("InstanceID", "GroupComponent"),
            "wsman:InvalidSelectors",
            Some("TypeMismatch"),
        ),
    ] {
        let (found, found_detail) = service.fault(&disk(&selectors)).await;
        assert_eq!(
            (found.as_str(), found_detail.as_deref()),
            (subcode, detail),
            "{selectors}"
        );
    }
    let (_, answer) = service
        .send(&disk(&owner("GroupComponent", "machines/none")))
        .await;
    assert!(answer.contains("<s:Fault"), "{answer}");
}
