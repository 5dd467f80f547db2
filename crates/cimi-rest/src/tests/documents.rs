//! Documents as they stand on the wire, from the model of the project.

use super::{LINKS, MODEL, context, json, machine, new, pretty, read, template, written, xml};
use crate::{
    CollectionPieces, CollectionView, Format, ReadContext, ResourceView, Selection, Unknown,
    read_action, write_collection_json, write_collection_xml,
};
use cim_core::{ObjectPath, Value};
use expect_test::expect;

#[test]
fn a_machine_in_json() {
    expect![[r#"
        {"resourceURI":"http://schemas.dmtf.org/cimi/1/Machine",
        "id":"http://cloud.example/cimi/machines/42",
        "name":"web \"1\"",
        "description":"front & <end>",
        "created":"2026-03-01T10:00:00+01:00",
        "updated":"2026-03-02T11:15:00.5Z",
        "properties":{"owner":"team-a",
        "empty":""},
        "state":"STARTED",
        "cpu":4,
        "memory":8388608,
        "disks":{"href":"http://cloud.example/cimi/machines/42/disks"},
        "cpuArch":"x86_64",
        "volumes":{"href":"http://cloud.example/cimi/machines/42/volumes"},
        "networkInterfaces":{"href":"http://cloud.example/cimi/machines/42/networkInterfaces"},
        "latestSnapshot":{"href":"http://cloud.example/cimi/machineImages/9"},
        "snapshots":{"href":"http://cloud.example/cimi/machines/42/snapshots"},
        "meters":{"href":"http://cloud.example/cimi/machines/42/meters"},
        "operations":[{"rel":"edit",
        "href":"http://cloud.example/cimi/machines/42"},{"rel":"delete",
        "href":"http://cloud.example/cimi/machines/42"},{"rel":"http://schemas.dmtf.org/cimi/1/action/stop",
        "href":"http://cloud.example/cimi/machines/42/stop"},{"rel":"http://x/up",
        "href":"http://cloud.example/cimi/machines/42"}],
        "rack":{"row":7},
        "{urn:r}rack":"<r:rack xmlns:r=\"urn:r\">7</r:rack>"}"#]].assert_eq(&json(&machine()).replace(",\"", ",\n\""));
}

#[test]
fn a_template_in_json() {
    expect![[r#"
        {"resourceURI":"http://schemas.dmtf.org/cimi/1/MachineTemplate",
        "id":"http://cloud.example/cimi/machineTemplates/web",
        "initialState":"STARTED",
        "machineConfig":{"cpu":2,
        "disks":[{"capacity":20000000,
        "format":"ext4"}]},
        "machineImage":{"href":"http://cloud.example/cimi/machineImages/1",
        "name":"other"},
        "credential":{"href":"http://cloud.example/cimi/credentials/admin"},
        "volumes":[{"href":"http://cloud.example/cimi/volumes/7",
        "initialLocation":"/dev/vdb"}],
        "volumeTemplates":[{"volumeConfig":{"href":"http://cloud.example/cimi/volumeConfigs/1"},
        "initialLocation":"/dev/vdc"}]}"#]]
    .assert_eq(&json(&template()).replace(",\"", ",\n\""));
}

#[test]
fn a_machine_in_xml() {
    expect![[r#"
        <Machine xmlns="http://schemas.dmtf.org/cimi/1">
        <id>http://cloud.example/cimi/machines/42</id>
        <name>web "1"</name>
        <description>front &amp; &lt;end&gt;</description>
        <created>2026-03-01T10:00:00+01:00</created>
        <updated>2026-03-02T11:15:00.5Z</updated>
        <property key="owner">team-a</property>
        <property key="empty" />
        <state>STARTED</state>
        <cpu>4</cpu>
        <memory>8388608</memory>
        <disks href="http://cloud.example/cimi/machines/42/disks" />
        <cpuArch>x86_64</cpuArch>
        <volumes href="http://cloud.example/cimi/machines/42/volumes" />
        <networkInterfaces href="http://cloud.example/cimi/machines/42/networkInterfaces" />
        <latestSnapshot href="http://cloud.example/cimi/machineImages/9" />
        <snapshots href="http://cloud.example/cimi/machines/42/snapshots" />
        <meters href="http://cloud.example/cimi/machines/42/meters" />
        <operation rel="edit" href="http://cloud.example/cimi/machines/42" />
        <operation rel="delete" href="http://cloud.example/cimi/machines/42" />
        <operation rel="http://schemas.dmtf.org/cimi/1/action/stop" href="http://cloud.example/cimi/machines/42/stop" />
        <operation rel="http://x/up" href="http://cloud.example/cimi/machines/42" />
        <x:json xmlns:x="urn:x-cimi-bridge:extension" name="rack">{"row":7}</x:json>
        <r:rack xmlns:r="urn:r">7</r:rack>
        </Machine>"#]].assert_eq(&xml(&machine()).replace("><", ">\n<"));
}

#[test]
fn a_template_in_xml() {
    expect![[r#"
        <MachineTemplate xmlns="http://schemas.dmtf.org/cimi/1">
        <id>http://cloud.example/cimi/machineTemplates/web</id>
        <initialState>STARTED</initialState>
        <machineConfig>
        <cpu>2</cpu>
        <disk>
        <capacity>20000000</capacity>
        <format>ext4</format>
        </disk>
        </machineConfig>
        <machineImage href="http://cloud.example/cimi/machineImages/1">
        <name>other</name>
        </machineImage>
        <credential href="http://cloud.example/cimi/credentials/admin" />
        <volume initialLocation="/dev/vdb" href="http://cloud.example/cimi/volumes/7" />
        <volumeTemplate initialLocation="/dev/vdc">
        <volumeConfig href="http://cloud.example/cimi/volumeConfigs/1" />
        </volumeTemplate>
        </MachineTemplate>"#]]
    .assert_eq(&xml(&template()).replace("><", ">\n<"));
}

#[test]
fn xml_comes_back() {
    for instance in [machine(), template()] {
        let text = xml(&instance);
        let class = MODEL.class(instance.class()).type_name;
        let back = read(Format::Xml, Unknown::Keep, &[class], &text).unwrap();
        assert_eq!(back, instance, "{text}");
    }
}

#[test]
fn a_create_request_in_xml() {
    let body = r#"<MachineCreate xmlns="http://schemas.dmtf.org/cimi/1">
        <property key="owner">team-a</property>
        <name>web-2</name>
        <machineTemplate href="http://cloud.example/cimi/machineTemplates/web">
            <credential/>
            <machineConfig>
                <cpu> 2 </cpu>
                <disk><capacity>20000000</capacity><format>ext4</format></disk>
                <disk><capacity>1</capacity><format>ext4</format></disk>
            </machineConfig>
            <machineImage href="machineImages/2"/>
            <volume initialLocation="/dev/vdb" href="volumes/7"/>
            <volumeTemplate initialLocation="/dev/vdc"><volumeConfig href="volumeConfigs/1"/></volumeTemplate>
        </machineTemplate>
    </MachineCreate>"#;
    let create = read(Format::Xml, Unknown::Refuse, &["MachineCreate"], body).unwrap();
    assert_eq!(create.text("ElementName"), Some("web-2"));
    let template = create.value("MachineTemplate").as_instance().unwrap();
    assert_eq!(template.text("InstanceID"), Some("machineTemplates/web"));
    assert_eq!(template.get("Credential"), Some(&Value::Null));
    assert_eq!(template.text("MachineImage"), Some("machineImages/2"));
    let config = template.value("MachineConfig").as_instance().unwrap();
    assert_eq!(config.value("Disks").elements().len(), 2);
    let volumes = template.value("VolumeTemplates").elements();
    let volume = volumes[0].as_instance().unwrap();
    assert_eq!(volume.text("InitialLocation"), Some("/dev/vdc"));
    let by_value = volume.value("Href").as_instance().unwrap();
    assert_eq!(by_value.text("VolumeConfig"), Some("volumeConfigs/1"));
    for format in [Format::Json, Format::Xml] {
        let again = written(format, &create, true);
        let back = read(format, Unknown::Refuse, &["MachineCreate"], &again);
        assert_eq!(back.unwrap(), create, "{again}");
    }
}

#[test]
fn wrong_xml_is_refused_with_the_attribute_and_the_rule() {
    const NS: &str = r#"xmlns="http://schemas.dmtf.org/cimi/1""#;
    for (class, body, attribute, message) in [
        ("Machine", "", None, "XML"),
        ("Machine", "{}", None, "XML"),
        (
            "Machine",
            "<Machine xmlns='NS'><name>x</Machine>",
            None,
            "not well-formed",
        ),
        (
            "Machine",
            "<!DOCTYPE a><Machine xmlns='NS'/>",
            None,
            "not accepted",
        ),
        (
            "Machine",
            "<Machine xmlns='http://schemas.dmtf.org/cimi/2'/>",
            None,
            "namespace",
        ),
        ("Machine", "<Volume xmlns='NS'/>", None, "of type Machine"),
        (
            "Machine",
            "<Machine xmlns='NS'><nam>x</nam></Machine>",
            None,
            "did you mean `name`?",
        ),
        (
            "Machine",
            "<Machine xmlns='NS'><x:a xmlns:x='urn:x'/></Machine>",
            None,
            "no attribute `{urn:x}a`",
        ),
        (
            "Machine",
            "<Machine xmlns='NS'>text</Machine>",
            None,
            "text",
        ),
        (
            "Machine",
            "<Machine xmlns='NS'><cpu>many</cpu></Machine>",
            Some("cpu"),
            "an integer is expected",
        ),
        (
            "Machine",
            "<Machine xmlns='NS'><cpu>1</cpu><cpu>2</cpu></Machine>",
            Some("cpu"),
            "twice",
        ),
        (
            "Machine",
            "<Machine xmlns='NS'><property>x</property></Machine>",
            Some("properties.0"),
            "`key`",
        ),
        (
            "Machine",
            "<Machine xmlns='NS'><property key='a'>1</property><property key='a'>2</property></Machine>",
            Some("properties"),
            "twice",
        ),
        (
            "MachineCreate",
            "<MachineCreate xmlns='NS'><machineTemplate><machineConfig><disk><capacity>1</capacity></disk>\
             <disk><capacity>x</capacity></disk></machineConfig></machineTemplate></MachineCreate>",
            Some("machineTemplate.machineConfig.disks.1.capacity"),
            "an integer",
        ),
        (
            "MachineCreate",
            "<MachineCreate xmlns='NS'><machineTemplate><volume place='x'/></machineTemplate></MachineCreate>",
            Some("machineTemplate.volumes.0"),
            "no attribute `place`",
        ),
    ] {
        let body = body.replace("xmlns='NS'", NS);
        let error = read(Format::Xml, Unknown::Refuse, &[class], &body).unwrap_err();
        assert!(
            error.message.contains(message) && error.attribute.as_deref() == attribute,
            "{body}: {error:?}"
        );
    }
}

#[test]
fn json_comes_back() {
    for instance in [machine(), template()] {
        let text = json(&instance);
        let class = MODEL.class(instance.class()).type_name;
        let back = read(Format::Json, Unknown::Keep, &[class], &text).unwrap();
        assert_eq!(back, instance, "{}", pretty(&text));
    }
}

#[test]
fn a_create_request_by_value_with_overrides() {
    let body = r#"{
        "name": "web-2",
        "properties": { "owner": "team-a" },
        "machineTemplate": {
            "href": "http://cloud.example/cimi/machineTemplates/web",
            "initialState": "STOPPED",
            "machineConfig": { "cpu": "2", "memory": 4194304, "cpuArch": "x86_64" },
            "machineImage": { "href": "/cimi/machineImages/2" },
            "credential": null
        },
        "resourceURI": "http://schemas.dmtf.org/cimi/1/MachineCreate"
    }"#;
    let create = read(Format::Json, Unknown::Refuse, &["MachineCreate"], body).unwrap();
    let template = create.value("MachineTemplate").as_instance().unwrap();
    assert_eq!(template.text("InstanceID"), Some("machineTemplates/web"));
    assert_eq!(template.get("Credential"), Some(&Value::Null));
    assert_eq!(template.get("UserData"), None);
    assert_eq!(template.text("MachineImage"), Some("machineImages/2"));
    let config = template.value("MachineConfig").as_instance().unwrap();
    assert_eq!(config.value("Cpu").as_u64(), Some(2));
    assert_eq!(config.get("InstanceID"), None);
    let again = read(
        Format::Json,
        Unknown::Refuse,
        &["MachineCreate"],
        &written(Format::Json, &create, true),
    );
    assert_eq!(again.unwrap(), create);
}

#[test]
fn secrets_are_in_requests_only() {
    let credential = new("Credential")
        .with("InstanceID", "credentials/1")
        .with("UserName", "root")
        .with("Password", "sesame");
    assert!(!json(&credential).contains("sesame"));
    assert!(written(Format::Json, &credential, true).contains("sesame"));
    let refused = read(
        Format::Json,
        Unknown::Refuse,
        &["Credential"],
        r#"{"password": 98765}"#,
    );
    let message = refused.unwrap_err().to_string();
    assert!(message.contains("a string is expected") && !message.contains("98765"));
}

#[test]
fn wrong_json_is_refused_with_the_attribute_and_the_rule() {
    for (types, body, attribute, message) in [
        ("Machine", r#"{"name": "x""#, None, "not JSON"),
        ("Machine", r#"[]"#, None, "not JSON"),
        ("Machine", "\u{0}", None, "not JSON"),
        ("Machine", r#"{} {}"#, None, "not JSON"),
        (
            "Machine",
            r#"{"cpu": "many"}"#,
            Some("cpu"),
            "an integer is expected, not the string \"many\"",
        ),
        (
            "Machine",
            r#"{"cpu": true}"#,
            Some("cpu"),
            "an integer is expected",
        ),
        ("Machine", r#"{"cpu": -1}"#, Some("cpu"), "between 0 and"),
        (
            "Machine",
            r#"{"cpu": 1.5}"#,
            Some("cpu"),
            "an integer is expected",
        ),
        (
            "Machine",
            r#"{"cpu": 1e40}"#,
            Some("cpu"),
            "an integer is expected",
        ),
        ("Machine", r#"{"cpu": [1]}"#, Some("cpu"), "not an array"),
        (
            "Machine",
            r#"{"cpu": {"a":1}}"#,
            Some("cpu"),
            "not an object",
        ),
        (
            "Machine",
            r#"{"name": 5}"#,
            Some("name"),
            "a string is expected",
        ),
        ("Machine", r#"{"nam": "x"}"#, None, "did you mean `name`?"),
        (
            "Machine",
            r#"{"name": "x", "name": "y"}"#,
            Some("name"),
            "given twice",
        ),
        (
            "Machine",
            r#"{"properties": {"a": 1}}"#,
            Some("properties.a"),
            "must be a string",
        ),
        (
            "Machine",
            r#"{"properties": {"a": "1", "a": "2"}}"#,
            Some("properties.a"),
            "given twice",
        ),
        (
            "Machine",
            r#"{"created": "yesterday"}"#,
            Some("created"),
            "is not a date",
        ),
        (
            "Machine",
            r#"{"latestSnapshot": {}}"#,
            Some("latestSnapshot"),
            "`href`",
        ),
        (
            "Machine",
            r#"{"resourceURI": "http://schemas.dmtf.org/cimi/1/Volume"}"#,
            None,
            "of type Machine",
        ),
        (
            "MachineCreate",
            r#"{"machineTemplate": {"machineConfig": {"disks": [{"capacity": 1}, {"capacity": "x"}]}}}"#,
            Some("machineTemplate.machineConfig.disks.1.capacity"),
            "an integer",
        ),
        (
            "MachineCreate",
            r#"{"machineTemplate": 5}"#,
            Some("machineTemplate"),
            "a link",
        ),
        (
            "MachineCreate",
            r#"{"machineTemplate": {"rack": 1}}"#,
            Some("machineTemplate"),
            "no attribute `rack`",
        ),
        (
            "MachineImage",
            r#"{"type": "PHOTO"}"#,
            Some("type"),
            "one of IMAGE, SNAPSHOT",
        ),
    ] {
        let error = read(Format::Json, Unknown::Refuse, &[types], body).unwrap_err();
        assert!(
            error.message.contains(message) && error.attribute.as_deref() == attribute,
            "{body}: {error:?}"
        );
    }
    let twice = read(
        Format::Json,
        Unknown::Keep,
        &["Machine"],
        r#"{"rack": 1, "rack": 2}"#,
    );
    assert_eq!(twice.unwrap_err().attribute.as_deref(), Some("rack"));
    let deep = "[".repeat(100_000);
    assert!(
        read(
            Format::Json,
            Unknown::Keep,
            &["Machine"],
            &format!("{{\"x\":{deep}")
        )
        .is_err()
    );
}

#[test]
fn an_action_in_json() {
    let context = ReadContext {
        model: &MODEL,
        links: &LINKS,
        unknown: Unknown::Refuse,
        content_type: None,
    };
    let class = MODEL.resource_type("Machine").unwrap();
    let read = |body: &str| read_action(&context, Format::Json, class, body.as_bytes());
    let action = read(
        r#"{"force": true, "properties": {"reason": "maintenance"},
            "action": "http://schemas.dmtf.org/cimi/1/action/stop",
            "resourceURI": "http://schemas.dmtf.org/cimi/1/Action"}"#,
    )
    .unwrap();
    assert_eq!(action.operation.method.name, "Stop");
    assert_eq!(
        action.parameters[0],
        ("Force".to_owned(), Value::Boolean(true))
    );
    assert_eq!(action.parameters[1].1.elements().len(), 1);
    for (body, message) in [
        (
            r#"{"action": "http://schemas.dmtf.org/cimi/1/action/fly"}"#,
            "no action",
        ),
        (r#"{"force": true}"#, "`action` is missing"),
        (
            r#"{"action": "stop", "force": "perhaps"}"#,
            "attribute force: a boolean",
        ),
        (
            r#"{"action": "start", "force": true}"#,
            "start has no attribute `force`",
        ),
        (
            r#"{"action": "start", "resourceURI": "http://schemas.dmtf.org/cimi/1/Machine"}"#,
            "of type Action",
        ),
        ("", "not JSON"),
    ] {
        let error = read(body).unwrap_err().to_string();
        assert!(error.contains(message), "{body}: {error}");
    }
}

#[test]
fn a_collection_in_pieces_is_the_one_in_one_piece() {
    let items: Vec<_> = (0..5).map(|_| machine()).collect();
    let views: Vec<_> = items.iter().map(ResourceView::whole).collect();
    for (select, add) in [
        (Selection::All, true),
        (Selection::All, false),
        (Selection::Only(vec!["count".to_owned()]), true),
    ] {
        for number in 0..=views.len() {
            let collection = CollectionView {
                collection: MODEL.entry_point().shape.collection("machines").unwrap(),
                id: "machines",
                count: number as u64,
                items: &views[..number],
                select: &select,
                add,
            };
            let of = |items| CollectionView {
                items,
                ..collection
            };
            for format in [Format::Json, Format::Xml] {
                let mut whole = String::new();
                match format {
                    Format::Json => write_collection_json(&mut whole, &context(false), &collection),
                    Format::Xml => write_collection_xml(&mut whole, &context(false), &collection),
                }
                let mut out = String::new();
                let view = of(&[]);
                let mut pieces = CollectionPieces::begin(format, &mut out, &context(false), &view);
                for piece in collection.items.chunks(2) {
                    pieces.add(&mut out, &context(false), &view);
                    pieces.add(&mut out, &context(false), &of(piece));
                }
                pieces.end(&mut out, &context(false), &view);
                assert_eq!(out, whole);
            }
        }
    }
}

#[test]
fn the_misspelling_of_the_schema_is_understood() {
    let snapshot = new("MachineSnapshot")
        .with("InstanceID", "machines/42/snapshots/1")
        .with(
            "PartComponent",
            ObjectPath::new("CIMI_MachineImage", "InstanceID", "machineImages/9"),
        );
    let text = xml(&snapshot);
    assert!(text.contains("<snapshot "), "{text}");
    for text in [text.clone(), text.replace("<snapshot ", "<shapshot ")] {
        let back = read(Format::Xml, Unknown::Refuse, &["MachineSnapshot"], &text).unwrap();
        assert_eq!(back, snapshot, "{text}");
    }
}
