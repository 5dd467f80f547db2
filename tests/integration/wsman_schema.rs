//! Every WS-Management message is valid by the published schemas, down to the last property by ours.

use crate::bridge::Bridge;
use crate::oracle;
use crate::soap::{IDENTIFY, Message, Wsman, first_template, mode};

const BACKEND: &str = "machines/demo-backend";
const FRONTEND: &str = "machines/demo-frontend";
const OPTIMISED: &str = "<wsman:OptimizeEnumeration/><wsman:MaxElements>100</wsman:MaxElements>";

#[test]
fn every_message_is_valid_by_the_published_schemas() {
    let bridge = Bridge::demo();
    let wsman = Wsman::admin(&bridge);
    wsman.post(IDENTIFY.as_bytes()).ok();
    wsman.call(&Message::get("CIMI_Machine", FRONTEND)).ok();
    wsman
        .call(&Message::get("CIMI_Machine", FRONTEND).header("<wsman:RequestEPR/>"))
        .ok();
    wsman
        .call(&Message::get("CIMI_CloudEntryPoint", "cloudEntryPoint"))
        .ok();
    wsman
        .call(&Message::put(
            "CIMI_Machine",
            BACKEND,
            &[("ElementName", "renamed")],
        ))
        .ok();
    // Everything there is: resources, what ties them together, and the pieces in between.
    for class in ["CIMI_Resource", "CIM_Component", "CIM_Dependency"] {
        wsman.enumerate(class, OPTIMISED, "<wsen:MaxElements>100</wsen:MaxElements>");
    }
    for class in ["CIMI_MachineConfiguration", "CIMI_MachineDisk"] {
        wsman.enumerate(class, "", "");
        wsman.enumerate(class, &format!("{OPTIMISED}{}", mode("EnumerateEPR")), "");
        wsman.enumerate(class, &mode("EnumerateObjectAndEPR"), "");
    }
    let header = "<wsman:RequestTotalItemsCountEstimate/>";
    let opened = wsman
        .call(&Message::enumerate("CIMI_Machine", "").header(header))
        .ok();
    let context = opened.value("EnumerationContext");
    wsman.call(&Message::release("CIMI_Machine", &context)).ok();
    wsman
        .call(&Message::pull("CIMI_Machine", &context, ""))
        .fault();
    let created = wsman
        .call(&Message::create(
            "CIMI_Machine",
            "CIMI_MachineCreate",
            &[
                ("ElementName", "made here"),
                ("MachineTemplate", &first_template(&bridge)),
            ],
        ))
        .ok();
    let id = created.selector("InstanceID").expect("a key");
    wsman
        .call(&Message::invoke("CIMI_Machine", BACKEND, "Start", &[]))
        .ok();
    wsman
        .call(&Message::invoke("CIMI_Machine", BACKEND, "Levitate", &[]))
        .fault();
    wsman.call(&Message::delete("CIMI_Machine", &id)).ok();
    wsman.call(&Message::get("CIMI_Missing", "x")).fault();
    wsman
        .call(&Message::get("CIMI_Machine", BACKEND).selector("Nmae", "x"))
        .fault();
    wsman
        .call(&Message::get("CIMI_Machine", BACKEND).header(
            r#"<h:Trace xmlns:h="http://example.org/h" s:mustUnderstand="true">on</h:Trace>"#,
        ))
        .fault();
    wsman
        .call(&Message::enumerate(
            "CIMI_Machine",
            &filter("urn:unknown", "x"),
        ))
        .fault();
    let jobs = wsman.enumerate("CIMI_Job", OPTIMISED, "");
    assert!(
        jobs.iter().any(|reply| reply.has("Progress")),
        "a job to validate"
    );

    // The schemas of 2006 lack wsman:Item and wsmid:SecurityProfiles, although the specification has them.
    let messages: Vec<_> = wsman
        .seen()
        .into_iter()
        .filter(|message| !message.contains(":Item>") && !message.contains(":SecurityProfiles>"))
        .collect();
    assert!(messages.len() > 25);
    let directory = tempfile::tempdir().expect("a temporary directory");
    if let Some(schema) = oracle::message_schema(directory.path()) {
        oracle::validate(&schema, &messages);
    }
}

fn filter(dialect: &str, text: &str) -> String {
    format!(r#"<wsman:Filter Dialect="{dialect}">{text}</wsman:Filter>"#)
}
