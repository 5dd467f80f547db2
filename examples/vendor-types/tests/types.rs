//! The types at work: values that nobody lists, references, methods, conversions, JSON, XML.

use cim_core::{DateTime, Instance, KeyValue, ObjectPath, Value};
use proptest::prelude::*;
use vendor_types::model::classes::{CLASSES, nw_fan, nw_rack};
use vendor_types::model::structs::value::{Char16, ConversionError, Object, from_xml, to_xml};
use vendor_types::model::structs::*;

fn rack() -> ObjectPath {
    ObjectPath {
        namespace: Some("root/northwind".to_owned()),
        class: "NW_Rack".to_owned(),
        keys: vec![
            (
                "Room".to_owned(),
                KeyValue::String(" cellar \"2\" & <3>\r\n".to_owned()),
            ),
            ("Number".to_owned(), KeyValue::Unsigned(7)),
            ("Left".to_owned(), KeyValue::Boolean(true)),
        ],
    }
}

fn reading(value: f32) -> NwReading {
    let at = DateTime::parse_cim("20261124181500.000000+060").ok();
    NwReading {
        at: at.map(value::DateTime),
        value: Some(value),
        before: None,
    }
}

fn fan() -> NwFan {
    let place = Instance::new(&nw_rack::CLASS)
        .with("Room", "cellar")
        .with("Number", 7_u64)
        .with("Left", true);
    NwFan {
        id: Some("left".to_owned()),
        notes: vec![
            "  two\twords\r\n".to_owned(),
            String::new(),
            "]]>".to_owned(),
        ],
        r#type: Some(NwFanType::from(-7)),
        drive: Some(NwFanDrive::from("steam".to_owned())),
        state: Some(NwFanState::Unlisted(200)),
        speed: Some(u32::MAX),
        r#loop: Some(false),
        grade: Some(Char16(0xE9)),
        r#match: Some(i64::MIN),
        firmware: vec![0, 0, 0, 6, 0xFF, 0x10],
        readings: vec![NwReading {
            before: Some(Box::new(reading(-0.5))),
            ..reading(1.0e-30)
        }],
        place: Some(Object::Instance(Box::new(place))),
        ..NwFan::default()
    }
}

#[test]
fn a_struct_passes_through_json_xml_and_an_instance() {
    let fan = fan();
    let json = serde_json::to_string(&fan).unwrap();
    assert_eq!(serde_json::from_str::<NwFan>(&json).unwrap(), fan, "{json}");
    let xml = to_xml(&fan).unwrap();
    assert_eq!(from_xml::<NwFan>(&xml).unwrap(), fan, "{xml}");
    let instance = Instance::from(fan.clone());
    assert_eq!(instance.class().name, NwFan::CLASS);
    assert_eq!(
        instance.at(nw_fan::at::SPEED),
        Some(&Value::Unsigned(u32::MAX.into()))
    );
    assert_eq!(NwFan::try_from(&instance).unwrap(), fan);
}

#[test]
fn listed_values_ranges_and_all_others_have_their_place() {
    assert_eq!(NwFanType::from(2), NwFanType::RadialBlower);
    assert_eq!(NwFanType::from(9), NwFanType::DmtfReserved(9));
    assert_eq!(
        NwFanType::from(i16::MAX),
        NwFanType::VendorReserved(i16::MAX)
    );
    assert_eq!(NwFanType::from(-1), NwFanType::Broken(-1));
    assert_eq!(NwFanDrive::from("ec/dc".to_owned()), NwFanDrive::Ec);
    assert_eq!(NwFanDrive::from("2".to_owned()), NwFanDrive::V2Phases);
    assert_eq!(NwFanDrive::Ec.as_str(), "ec/dc");
    // Two entries of one spelling, and one of none.
    assert_eq!(NwFanState::from(1), NwFanState::On);
    assert_eq!(NwFanState::from(2), NwFanState::On2);
    assert_eq!(NwFanState::from(3).value(), 3);
}

proptest! {
    #[test]
    fn no_value_is_lost(number: i16, state: u8, drive: String) {
        prop_assert_eq!(NwFanType::from(number).value(), number);
        prop_assert_eq!(NwFanState::from(state).value(), state);
        let kept = NwFanDrive::from(drive.clone());
        prop_assert_eq!(kept.as_str(), drive.as_str());
        let fan = NwFan {
            r#type: Some(NwFanType::from(number)),
            state: Some(NwFanState::from(state)),
            drive: Some(kept),
            ..NwFan::default()
        };
        let json = serde_json::to_string(&fan).unwrap();
        prop_assert_eq!(&serde_json::from_str::<NwFan>(&json).unwrap(), &fan);
        prop_assert_eq!(&NwFan::try_from(&Instance::from(fan.clone())).unwrap(), &fan);
        // XML has no word for some characters, and says so.
        match to_xml(&fan) {
            Ok(xml) => prop_assert_eq!(from_xml::<NwFan>(&xml).unwrap(), fan),
            Err(error) => prop_assert!(error.to_string().contains("XML cannot carry"), "{}", error),
        }
    }
}

#[test]
fn an_embedded_instance_of_a_subclass_is_read_as_far_as_it_is_known() {
    let xml = r#"<n:NW_Fan xmlns:n="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/NW_Fan"
        xmlns:s="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/NW_SignedReading"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:o="urn:other">
        <o:Speed>1</o:Speed>
        <n:Speed xsi:nil="true"/>
        <n:Readings xsi:type="s:NW_SignedReading_Type"><s:Self>me</s:Self><s:Value>2.5</s:Value></n:Readings>
        <n:Colour>red</n:Colour>
        </n:NW_Fan>"#;
    let fan: NwFan = from_xml(xml).unwrap();
    assert_eq!(fan.speed, None);
    assert_eq!(fan.readings[0].value, Some(2.5));
    let wrong = xml.replace("NW_SignedReading_Type", "NW_Rack_Type");
    let message = from_xml::<NwFan>(&wrong).unwrap_err().to_string();
    assert!(
        message.contains("NW_Rack") && message.contains("NW_Reading"),
        "{message}"
    );
    let message = from_xml::<NwRack>(xml).unwrap_err().to_string();
    assert!(
        message.contains("NW_Fan") && message.contains("NW_Rack"),
        "{message}"
    );
}

#[test]
fn association_ends_are_typed() {
    let cools = NwCools {
        rack: Some(NwRackRef(rack())),
        fan: Some(ObjectPath::new("NW_Fan", "ID", "left").into()),
        share: Some(0.25),
    };
    assert_eq!(NwRackRef::CLASS, "NW_Rack");
    let xml = to_xml(&cools).unwrap();
    assert_eq!(from_xml::<NwCools>(&xml).unwrap(), cools, "{xml}");
    let json = serde_json::to_string(&cools).unwrap();
    assert_eq!(
        serde_json::from_str::<NwCools>(&json).unwrap(),
        cools,
        "{json}"
    );
    assert_eq!(
        NwCools::try_from(&Instance::from(cools.clone())).unwrap(),
        cools
    );
}

#[test]
fn a_method_is_a_request_and_a_response() {
    let request = NwFanMoveRequest {
        speed: Some(900),
        because: Some(reading(80.0)),
    };
    let xml = to_xml(&request).unwrap();
    assert!(xml.contains(":Move_INPUT "), "{xml}");
    assert_eq!(from_xml::<NwFanMoveRequest>(&xml).unwrap(), request);
    assert_eq!(NwFanMoveRequest::METHOD, "Move");
    let parameters: Vec<(String, Value)> = request.into();
    assert_eq!(parameters[0], ("Speed".to_owned(), Value::Unsigned(900)));

    let outputs = [
        ("Cools".to_owned(), Value::Reference(Box::new(rack()))),
        ("type".to_owned(), Value::Array(vec![Value::Unsigned(3)])),
    ];
    let response = NwFanMoveResponse::read(&Value::Unsigned(40_000), &outputs).unwrap();
    assert_eq!(
        response.return_value,
        Some(NwFanMoveResult::VendorSpecific(40_000))
    );
    assert_eq!(response.cools, Some(NwRackRef(rack())));
    assert_eq!(response.r#type, [3]);
    let xml = to_xml(&response).unwrap();
    assert_eq!(
        from_xml::<NwFanMoveResponse>(&xml).unwrap(),
        response,
        "{xml}"
    );
    let wrong = NwFanMoveResponse::read(&Value::from("yes"), &[]).unwrap_err();
    assert_eq!(wrong.feature, "ReturnValue");
}

#[test]
fn what_is_no_value_of_a_struct_is_refused() {
    let rack = Instance::new(&nw_rack::CLASS);
    let wrong: ConversionError = NwFan::try_from(&rack).unwrap_err();
    assert_eq!(wrong.to_string(), "an instance of NW_Rack is no NW_Fan");
    let mut fan = Instance::new(&nw_fan::CLASS);
    fan.set("Speed", "fast");
    assert!(
        NwFan::try_from(&fan)
            .unwrap_err()
            .to_string()
            .starts_with("Speed cannot hold")
    );
    assert!(serde_json::from_str::<NwFan>(r#"{"Speed": "fast"}"#).is_err());
    assert!(from_xml::<NwFan>("<NW_Fan").is_err());
}

#[test]
#[allow(deprecated)]
fn what_the_mof_deprecates_is_deprecated_and_still_there() {
    let fan = NwFan {
        rps: Some(20),
        ..NwFan::default()
    };
    assert_eq!(serde_json::to_string(&fan).unwrap(), r#"{"RPS":20}"#);
    let _ = NwFanResetRequest {};
}

#[test]
fn tables_know_every_class() {
    let names: Vec<_> = CLASSES.iter().map(|class| class.name).collect();
    assert!(names.contains(&"NW_Stopped") && names.contains(&"NW_Thing"));
    let (_, speed) = nw_fan::CLASS.property("speed").unwrap();
    assert_eq!(speed.class_origin, "NW_Fan");
}
