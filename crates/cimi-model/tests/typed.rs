//! The typed structures read and write what CIMI REST sends, and lose nothing of it.

use std::path::Path;
use std::process::Command;

use cimi_model::types::{
    CloudEntryPoint, Credential, DiskConfiguration, Machine, MachineConfiguration, MachineCpuArch,
    MachineCreate, MachineState, MachineTemplate, TemplateVolumeTemplate, VolumeConfiguration,
};
use cimi_model::value::{Link, Operation, Property, Secret};
use expect_test::expect;
use proptest::prelude::*;

fn configuration() -> MachineConfiguration {
    MachineConfiguration {
        id: Some("machineConfigs/small".to_owned()),
        name: Some("small".to_owned()),
        created: "2026-11-24T10:00:00.5+01:00".parse().ok(),
        properties: vec![Property {
            key: "owner".to_owned(),
            value: "Research & Development".to_owned(),
        }],
        cpu: Some(2),
        memory: Some(u64::MAX),
        disks: vec![DiskConfiguration {
            capacity: Some(20_000_000),
            format: Some("ext4".to_owned()),
            initial_location: Some("/dev/sda".to_owned()),
        }],
        cpu_arch: Some(MachineCpuArch::from("RISC-V")),
        operations: vec![Operation {
            rel: "edit".to_owned(),
            href: "machineConfigs/small".to_owned(),
        }],
        ..MachineConfiguration::default()
    }
}

#[test]
fn json_is_that_of_cimi_rest() {
    let text = serde_json::to_string_pretty(&configuration()).unwrap();
    expect![[r#"
        {
          "id": "machineConfigs/small",
          "name": "small",
          "created": "2026-11-24T10:00:00.5+01:00",
          "properties": {
            "owner": "Research & Development"
          },
          "cpu": 2,
          "memory": 18446744073709551615,
          "disks": [
            {
              "capacity": 20000000,
              "format": "ext4",
              "initialLocation": "/dev/sda"
            }
          ],
          "cpuArch": "RISC-V",
          "operations": [
            {
              "rel": "edit",
              "href": "machineConfigs/small"
            }
          ]
        }"#]]
    .assert_eq(&text);
    let again: MachineConfiguration = serde_json::from_str(&text).unwrap();
    assert_eq!(again, configuration());
}

#[test]
fn json_keeps_what_the_model_does_not_know() {
    let text = r#"{"id":"machines/1","state":"DEFROSTING","disks":{"href":"machines/1/disks"},"colour":{"r":7}}"#;
    let machine: Machine = serde_json::from_str(text).unwrap();
    assert_eq!(
        machine.state,
        Some(MachineState::Unlisted("DEFROSTING".to_owned()))
    );
    assert_eq!(machine.disks.as_ref().unwrap().href, "machines/1/disks");
    let again = serde_json::to_string(&machine).unwrap();
    assert_eq!(again, text);
}

#[test]
fn a_template_stands_by_reference_by_value_or_both() {
    let text = r#"{"name":"web","machineTemplate":{"href":"machineTemplates/1","initialState":"STARTED","machineConfig":{"cpu":4},"credential":{"href":"credentials/1"},"volumeTemplates":[{"initialLocation":"/dev/sdb","volumeConfig":{"type":"http://schemas.dmtf.org/cimi/1/mapped","capacity":5000}}]}}"#;
    let create: MachineCreate = serde_json::from_str(text).unwrap();
    let expected = MachineCreate {
        name: Some("web".to_owned()),
        machine_template: Some(MachineTemplate {
            href: Some("machineTemplates/1".to_owned()),
            initial_state: Some(MachineState::Started),
            machine_config: Some(MachineConfiguration {
                cpu: Some(4),
                ..MachineConfiguration::default()
            }),
            credential: Some(Credential {
                href: Some("credentials/1".to_owned()),
                ..Credential::default()
            }),
            volume_templates: vec![TemplateVolumeTemplate {
                initial_location: Some("/dev/sdb".to_owned()),
                volume_config: Some(VolumeConfiguration {
                    r#type: Some("http://schemas.dmtf.org/cimi/1/mapped".into()),
                    capacity: Some(5000),
                    ..VolumeConfiguration::default()
                }),
                ..TemplateVolumeTemplate::default()
            }],
            ..MachineTemplate::default()
        }),
        ..MachineCreate::default()
    };
    assert_eq!(create, expected);
    assert_eq!(serde_json::to_string(&create).unwrap(), text);
}

#[test]
fn a_secret_is_not_logged() {
    let credential = Credential {
        password: Some(Secret::new("correct horse")),
        ..Credential::default()
    };
    assert!(!format!("{credential:?}").contains("horse"));
    assert_eq!(
        serde_json::to_string(&credential).unwrap(),
        r#"{"password":"correct horse"}"#
    );
}

#[test]
fn wrong_values_say_what_is_wrong() {
    let message = |text: &str| {
        serde_json::from_str::<Machine>(text)
            .unwrap_err()
            .to_string()
    };
    expect![[r#"invalid type: string "two", expected u64 at line 1 column 12"#]]
        .assert_eq(&message(r#"{"cpu":"two"}"#));
    expect!["`yesterday` is not a date and time such as 2026-11-24T10:00:00Z (xs:dateTime) at line 1 column 23"]
        .assert_eq(&message(r#"{"created":"yesterday"}"#));
}

#[test]
fn xml_is_that_of_cimi_rest() {
    let text = cimi_model::xml::to_string(&configuration()).unwrap();
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <MachineConfiguration xmlns="http://schemas.dmtf.org/cimi/1">
        <id>machineConfigs/small</id>
        <name>small</name>
        <created>2026-11-24T10:00:00.5+01:00</created>
        <property key="owner">Research &amp; Development</property>
        <cpu>2</cpu>
        <memory>18446744073709551615</memory>
        <disk>
        <capacity>20000000</capacity>
        <format>ext4</format>
        <initialLocation>/dev/sda</initialLocation>
        </disk>
        <cpuArch>RISC-V</cpuArch>
        <operation rel="edit" href="machineConfigs/small" />
        </MachineConfiguration>"#]]
    .assert_eq(&text.replace("><", ">\n<"));
    let again: MachineConfiguration = cimi_model::xml::from_str(&text).unwrap();
    assert_eq!(again, configuration());
}

#[test]
fn xml_may_be_indented_prefixed_and_have_more_than_the_model() {
    let text = r#"
        <!-- a configuration -->
        <c:MachineConfiguration xmlns:c="http://schemas.dmtf.org/cimi/1" xmlns:v="http://example.org/">
            <c:name> two  words
            </c:name>
            <c:cpu>2</c:cpu>
            <v:colour><v:red>7</v:red></v:colour>
            <c:disk>
                <c:capacity>1</c:capacity>
            </c:disk>
            <c:disk>
                <c:capacity>2</c:capacity>
            </c:disk>
            <c:cpuArch>x86_64</c:cpuArch>
            <c:property key="empty"/>
        </c:MachineConfiguration>"#;
    let read: MachineConfiguration = cimi_model::xml::from_str(text).unwrap();
    assert_eq!(read.name.as_deref(), Some(" two  words\n            "));
    assert_eq!(read.cpu, Some(2));
    let capacities: Vec<_> = read.disks.iter().filter_map(|d| d.capacity).collect();
    assert_eq!(capacities, [1, 2]);
    assert_eq!(read.cpu_arch, Some(MachineCpuArch::X8664));
    assert_eq!(read.properties[0].value, "");
}

#[test]
fn xml_of_another_type_is_refused() {
    let message = |text: &str| {
        cimi_model::xml::from_str::<MachineConfiguration>(text)
            .unwrap_err()
            .to_string()
    };
    expect!["the root element is `{http://schemas.dmtf.org/cimi/1}Machine`, not `MachineConfiguration` of http://schemas.dmtf.org/cimi/1"]
        .assert_eq(&message(r#"<Machine xmlns="http://schemas.dmtf.org/cimi/1"/>"#));
    expect!["the root element is `MachineConfiguration`, not `MachineConfiguration` of http://schemas.dmtf.org/cimi/1"]
        .assert_eq(&message("<MachineConfiguration/>"));
    assert!(message("<MachineConfiguration").contains("1:22"));
}

/// DMTF's own schema takes what the structures write, in its order.
#[test]
fn xml_validates_against_dsp8009() {
    let schema =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/cimi/dsp8009_1.0.2.xsd");
    if !schema.exists() || Command::new("xmllint").arg("--version").output().is_err() {
        eprintln!("SKIPPED: xmllint or ../shared/data/cimi/dsp8009_1.0.2.xsd is not there");
        return;
    }
    let mut small = configuration();
    small.memory = Some(1 << 20);
    let machine = Machine {
        state: Some(MachineState::Started),
        cpu: Some(1),
        disks: Some(Link {
            href: "machines/1/disks".to_owned(),
        }),
        cpu_arch: Some(MachineCpuArch::X8664),
        volumes: Some(Link {
            href: "machines/1/volumes".to_owned(),
        }),
        latest_snapshot: Some(Link {
            href: "machineImages/1".to_owned(),
        }),
        operations: small.operations.clone(),
        ..Machine::default()
    };
    let create = MachineCreate {
        name: Some("web".to_owned()),
        machine_template: Some(MachineTemplate {
            href: Some("machineTemplates/1".to_owned()),
            machine_config: Some(small.clone()),
            credential: Some(Credential {
                user_name: Some("root".to_owned()),
                key: Some(Secret::new("00ff")),
                operations: small.operations.clone(),
                ..Credential::default()
            }),
            volume_templates: vec![TemplateVolumeTemplate {
                href: Some("volumeTemplates/1".to_owned()),
                initial_location: Some("/dev/sdb".to_owned()),
                volume_config: Some(VolumeConfiguration::default()),
                ..TemplateVolumeTemplate::default()
            }],
            ..MachineTemplate::default()
        }),
        ..MachineCreate::default()
    };
    let entry_point = CloudEntryPoint {
        base_uri: Some("http://127.0.0.1/cimi/".to_owned()),
        machines: machine.disks.clone(),
        machine_configs: machine.disks.clone(),
        credentials: machine.disks.clone(),
        volume_configs: machine.disks.clone(),
        jobs: machine.disks.clone(),
        ..CloudEntryPoint::default()
    };
    for text in [
        cimi_model::xml::to_string(&small).unwrap(),
        cimi_model::xml::to_string(&machine).unwrap(),
        cimi_model::xml::to_string(&create).unwrap(),
        cimi_model::xml::to_string(&entry_point).unwrap(),
    ] {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, &text).unwrap();
        let output = Command::new("xmllint")
            .args(["--noout", "--nonet", "--schema"])
            .arg(&schema)
            .arg(file.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}\n{said}");
    }
}

/// Any text that XML can carry.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just(' '),
            Just('\r'),
            Just('\n'),
            Just('\t'),
            Just('<'),
            Just('&'),
            Just('"'),
            Just(']'),
            Just('>'),
            proptest::char::range('a', 'z'),
            proptest::char::range('\u{80}', '\u{D7FF}'),
            proptest::char::range('\u{10000}', '\u{10FFFF}'),
        ],
        0..12,
    )
    .prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_forms_keep_every_text(name in text(), description in text(), key in text(), value in text(), arch in text()) {
        let before = MachineConfiguration {
            name: Some(name),
            description: Some(description),
            properties: vec![Property { key, value }],
            cpu_arch: Some(MachineCpuArch::from(arch.as_str())),
            ..MachineConfiguration::default()
        };
        let json = serde_json::to_string(&before).unwrap();
        prop_assert_eq!(&serde_json::from_str::<MachineConfiguration>(&json).unwrap(), &before);
        let xml = cimi_model::xml::to_string(&before).unwrap();
        prop_assert_eq!(&cimi_model::xml::from_str::<MachineConfiguration>(&xml).unwrap(), &before);
    }
}

#[test]
fn xml_refuses_what_it_cannot_carry() {
    let bell = MachineConfiguration {
        name: Some("\u{7}".to_owned()),
        ..MachineConfiguration::default()
    };
    expect!["XML cannot carry the character U+0007"]
        .assert_eq(&cimi_model::xml::to_string(&bell).unwrap_err().to_string());
}
