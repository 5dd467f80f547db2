//! Every kind of message: as it was when it was last looked at, and against the published schemas of
//! SOAP, WS-Addressing, WS-Transfer, WS-Enumeration and WS-Management together with our own schemas of
//! the classes.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::service::{
    CIM, ENUMERATION, RUNNING, STOPPED, Service, TRANSFER, content, enumerate, get, invoke,
    message, pull, selected,
};

fn schemas() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/xsd/all.xsd");
    let tool = Command::new("xmllint").arg("--version").output().is_ok();
    if folder.exists() && tool {
        Some(folder)
    } else {
        eprintln!(
            "SKIPPED: needs xmllint (found: {tool}) and {} (found: {})",
            folder.display(),
            folder.exists()
        );
        None
    }
}

/// What the schemas of 2006 refuse, taken away: their wildcards keep out elements of their own
/// namespace, and Identify's extension needs the schema of the CIM binding.
fn without_known_defects(text: &str) -> String {
    let mut out = text
        .replace("<wsman:Item>", "")
        .replace("</wsman:Item>", "")
        .replace("wsman:XmlFragment", "XmlFragment")
        .replace(
            "<wsmb:Capability_FaultIncludesCIMError></wsmb:Capability_FaultIncludesCIMError>",
            "",
        );
    // What Identify tells since 1.1: all that stands before its extension.
    let last = "</wsmid:AddressingVersionURI>";
    let first = ["<wsmid:InitiativeSupport>", "<wsmid:AddressingVersionURI>"]
        .iter()
        .find_map(|tag| out.find(tag));
    if let (Some(from), Some(to)) = (first, out.rfind(last)) {
        out.replace_range(from..to + last.len(), "");
    }
    out
}

/// One message of every kind, with a name.
async fn every_kind(service: &Service) -> Vec<(String, String)> {
    let mut messages: Vec<(String, String)> = Vec::new();
    let mut say = |name: &str, text: String| messages.push((name.to_owned(), text));

    let identify = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header/><s:Body><Identify xmlns=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\"/></s:Body></s:Envelope>";
    say("identify", service.ok(identify).await);
    let stranger = |request: &mut http::Request<bytes::Bytes>| {
        request.extensions_mut().insert(crate::Anonymous);
    };
    let response = service
        .send_as("", provider::Role::Reader, stranger, identify)
        .await;
    let text = String::from_utf8(response.into_body().to_vec()).unwrap();
    assert!(!text.contains("wsmb:Capability") && !text.contains("SecurityProfiles"));
    say("identify-anonymous", text);
    say("get", service.ok(&get("CIMI_Machine", RUNNING)).await);
    let with_epr = message(
        &format!("{TRANSFER}Get"),
        &format!("{CIM}CIMI_Machine"),
        &format!("{}<wsman:RequestEPR/>", selected(RUNNING)),
        "",
    );
    say("get-epr", service.ok(&with_epr).await);
    let put = message(
        &format!("{TRANSFER}Put"),
        &format!("{CIM}CIMI_Machine"),
        &selected(RUNNING),
        &format!(
            "<p:CIMI_Machine xmlns:p=\"{CIM}CIMI_Machine\"><p:Description>a &lt; b</p:Description></p:CIMI_Machine>"
        ),
    );
    say("put", service.ok(&put).await);
    let create = message(
        &format!("{TRANSFER}Create"),
        &format!("{CIM}CIMI_Machine"),
        "",
        &format!(
            "<p:CIMI_MachineCreate xmlns:p=\"{CIM}CIMI_MachineCreate\"><p:ElementName>new</p:ElementName><p:MachineTemplate>machineTemplates/demo-web</p:MachineTemplate></p:CIMI_MachineCreate>"
        ),
    );
    say("create", service.ok(&create).await);
    say(
        "invoke",
        service
            .ok(&invoke("CIMI_Machine", STOPPED, "Start", ""))
            .await,
    );
    let expires = enumerate("CIMI_MachineTemplate", "<wsen:Expires>PT5M</wsen:Expires>");
    let plain = service.ok(&expires).await;
    let context = content(&plain, "EnumerationContext").unwrap().to_owned();
    say("enumerate", plain);
    say("pull", service.ok(&pull(&context, "")).await);
    for (action, body) in [
        ("Renew", "<wsen:Expires>PT9M</wsen:Expires>"),
        ("GetStatus", ""),
    ] {
        let text = message(
            &format!("{ENUMERATION}{action}"),
            &format!("{CIM}CIMI_Machine"),
            "",
            &format!(
                "<wsen:{action}><wsen:EnumerationContext>{context}</wsen:EnumerationContext>{body}</wsen:{action}>"
            ),
        );
        say(action, service.ok(&text).await);
    }
    let all = "<wsen:MaxElements>100</wsen:MaxElements>";
    say("pull-end", service.ok(&pull(&context, all)).await);
    let second = service.ok(&enumerate("CIMI_MachineTemplate", "")).await;
    let second = content(&second, "EnumerationContext").unwrap();
    let release = message(
        &format!("{ENUMERATION}Release"),
        &format!("{CIM}CIMI_Machine"),
        "",
        &format!(
            "<wsen:Release><wsen:EnumerationContext>{second}</wsen:EnumerationContext></wsen:Release>"
        ),
    );
    say("release", service.ok(&release).await);
    for mode in ["EnumerateEPR", "EnumerateObjectAndEPR"] {
        let text = enumerate("CIMI_MachineTemplate", &format!("<wsman:OptimizeEnumeration/><wsman:MaxElements>9</wsman:MaxElements><wsman:EnumerationMode>{mode}</wsman:EnumerationMode>"))
            .replace("</s:Header>", "<wsman:RequestTotalItemsCountEstimate/></s:Header>");
        say(mode, service.ok(&text).await);
    }
    let delete = message(
        &format!("{TRANSFER}Delete"),
        &format!("{CIM}CIMI_Volume"),
        &selected("volumes/demo-archive"),
        "",
    );
    say("delete", service.ok(&delete).await);
    for (name, text) in [
        ("fault-selectors", get("CIMI_Machine", "")),
        ("fault-cim", get("CIMI_Machine", "machines/none")),
        ("fault-class", get("CIMI_Machin", "x")),
        (
            "fault-marked",
            get("CIMI_Machine", "x").replace(
                "</s:Header>",
                "<h:T xmlns:h=\"urn:h\" s:mustUnderstand=\"1\"/></s:Header>",
            ),
        ),
        (
            "fault-version",
            get("CIMI_Machine", "x").replace(
                "http://www.w3.org/2003/05/soap-envelope",
                "http://schemas.xmlsoap.org/soap/envelope/",
            ),
        ),
        (
            "fault-dialect",
            enumerate(
                "CIMI_Machine",
                "<wsman:Filter Dialect=\"urn:x\">a</wsman:Filter>",
            ),
        ),
        ("fault-context", pull("nonsense", "")),
        ("fault-method", invoke("CIMI_Machine", RUNNING, "Fly", "")),
        (
            "fault-representation",
            put.replace("Description>", "Descripton>"),
        ),
    ] {
        say(name, service.send(&text).await.1);
    }

    messages
}

/// Proves 7 every kind of message valid by the published schemas.
#[tokio::test]
async fn every_kind_of_message_is_valid() {
    let Some(published) = schemas() else { return };
    let service = Service::start().await;
    let mut messages = every_kind(&service).await;
    let everything = "<wsman:OptimizeEnumeration/><wsman:MaxElements>1000</wsman:MaxElements>";
    for class in [
        "CIM_ManagedElement",
        "CIM_Dependency",
        "CIM_Component",
        "CIMI_HostedResource",
    ] {
        messages.push((
            class.to_owned(),
            service.ok(&enumerate(class, everything)).await,
        ));
    }
    let folder = tempfile::tempdir().unwrap();
    let schema = folder.path().join("all.xsd");
    let classes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../xsd/all.xsd");
    std::fs::write(
        &schema,
        format!(
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:include schemaLocation=\"{}\"/><xs:include schemaLocation=\"{}\"/></xs:schema>",
            published.display(),
            classes.display()
        ),
    )
    .unwrap();
    let mut command = Command::new("xmllint");
    command
        .args(["--noout", "--nonet", "--schema"])
        .arg(&schema);
    for (name, text) in &messages {
        let file = folder.path().join(format!("{name}.xml"));
        std::fs::write(&file, without_known_defects(text)).unwrap();
        command.arg(file);
    }
    let result = command.output().unwrap();
    let complaints = String::from_utf8_lossy(&result.stderr).into_owned();
    let wrong: Vec<&str> = complaints
        .lines()
        .filter(|line| !line.ends_with(" validates"))
        .collect();
    assert!(
        wrong.is_empty() && result.status.success(),
        "{}",
        wrong.join("\n")
    );
    service.provider.shutdown().await;
}

/// The message with what differs from run to run blanked, one element a line.
fn settled(text: &str) -> String {
    let mut out = text.to_owned();
    for (before, after) in [
        ("uuid:", "<"),
        ("<cim:Datetime>", "<"),
        ("<wsen:Expires>", "<"),
        ("<wsen:EnumerationContext>", "<"),
    ] {
        blank(&mut out, before, after, |value| {
            !matches!(value, "" | "ABCD-1")
        });
    }
    blank(&mut out, "Name=\"InstanceID\">", "<", |value| {
        !value.contains("demo-")
    });
    out.replace("><", ">\n<")
}

/// Replaces what stands between two texts by `...`.
fn blank(text: &mut String, before: &str, after: &str, which: impl Fn(&str) -> bool) {
    let mut from = 0;
    while let Some(at) = text[from..].find(before) {
        let start = from + at + before.len();
        let Some(length) = text[start..].find(after) else {
            return;
        };
        if which(&text[start..start + length]) {
            text.replace_range(start..start + length, "...");
        }
        from = start;
    }
}

/// Proves 7 every kind of message, byte for byte.
#[tokio::test]
async fn every_kind_of_message_is_as_it_was() {
    let service = Service::start().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/wsman/tests/messages");
    for (name, text) in every_kind(&service).await {
        let file = folder.join(format!("{name}.xml"));
        expect_test::expect_file![file].assert_eq(&format!("{}\n", settled(&text)));
    }
}
