//! Classes, schemas, instances and values together, on a small schema made by hand.

use proptest::prelude::*;

use crate::*;

const fn property(name: &'static str, ty: CimType) -> PropertyDescriptor {
    PropertyDescriptor {
        name,
        ty,
        is_array: false,
        array_size: None,
        reference_class: None,
        embedded: Embedded::No,
        flags: PropertyFlags {
            key: false,
            required: false,
            read: true,
            write: false,
            octet_string: false,
        },
        value_map: None,
        max_len: None,
        min_value: None,
        max_value: None,
        default: QualifierValue::Null,
        class_origin: "CIM_Base",
        qualifiers: &[],
    }
}

const fn key(mut property: PropertyDescriptor) -> PropertyDescriptor {
    property.flags.key = true;
    property
}

const fn array(mut property: PropertyDescriptor) -> PropertyDescriptor {
    property.is_array = true;
    property
}

const fn embedding(mut property: PropertyDescriptor, class: &'static str) -> PropertyDescriptor {
    property.embedded = Embedded::Instance(class);
    property
}

const fn referring(mut property: PropertyDescriptor, class: &'static str) -> PropertyDescriptor {
    property.reference_class = Some(class);
    property
}

const fn secret(mut property: PropertyDescriptor) -> PropertyDescriptor {
    property.flags.read = false;
    property
}

const fn class(
    name: &'static str,
    ancestors: &'static [&'static str],
    properties: &'static [PropertyDescriptor],
) -> ClassDescriptor {
    ClassDescriptor {
        name,
        superclass: ancestors.first().copied(),
        ancestors,
        flags: ClassFlags {
            is_abstract: false,
            is_association: false,
            is_indication: false,
            is_structure: false,
        },
        properties,
        alphabetical: &[],
        keys: &[0],
        methods: &[],
        qualifiers: &[],
    }
}

static BASE: ClassDescriptor = class(
    "CIM_Base",
    &[],
    &[
        key(property("InstanceID", CimType::String)),
        property("Caption", CimType::String),
    ],
);

static MACHINE: ClassDescriptor = class(
    "CIM_Machine",
    &["CIM_Base"],
    &[
        key(property("InstanceID", CimType::String)),
        property("Caption", CimType::String),
        property("Cpu", CimType::Uint8),
        array(property("Levels", CimType::Sint16)),
        embedding(property("Owner", CimType::String), "CIM_Base"),
        embedding(
            referring(property("Image", CimType::String), "CIM_Base"),
            "CIM_Base",
        ),
        secret(property("Password", CimType::String)),
    ],
);

static SERVER: ClassDescriptor = class(
    "CIM_Server",
    &["CIM_Machine", "CIM_Base"],
    &[
        key(property("InstanceID", CimType::String)),
        property("Rack", CimType::String),
    ],
);

static OTHER: ClassDescriptor = class("CIM_Other", &[], &[key(property("Id", CimType::Uint32))]);

fn schema() -> Schema {
    Schema::new([&BASE, &MACHINE, &SERVER, &OTHER])
}

fn names(classes: impl IntoIterator<Item = &'static ClassDescriptor>) -> Vec<&'static str> {
    classes.into_iter().map(|c| c.name).collect()
}

#[test]
fn classes_are_found_in_any_case_and_by_descent() {
    let schema = schema();
    assert_eq!(
        schema.class("cim_MACHINE").map(|c| c.name),
        Some("CIM_Machine")
    );
    assert!(schema.class("CIM_Mach").is_none());
    assert_eq!(names(schema.subclasses("CIM_BASE")), ["CIM_Machine"]);
    assert_eq!(
        names(schema.closure("CIM_Base")),
        ["CIM_Base", "CIM_Machine", "CIM_Server"]
    );
    assert_eq!(names(schema.closure("CIM_Nothing")), [""; 0]);
    assert!(SERVER.is_a("cim_base") && SERVER.is_a("CIM_Server") && !BASE.is_a("CIM_Server"));
}

#[test]
fn a_later_class_replaces_an_earlier_one() {
    static NEWER: ClassDescriptor = class("cim_machine", &["CIM_Other"], &[]);
    let schema = Schema::new([&BASE, &MACHINE, &OTHER, &NEWER]);
    assert_eq!(
        names(schema.classes().iter().copied()),
        ["CIM_Base", "cim_machine", "CIM_Other"]
    );
    assert_eq!(names(schema.subclasses("CIM_Base")), [""; 0]);
    assert_eq!(names(schema.subclasses("CIM_Other")), ["cim_machine"]);
}

#[test]
fn a_near_miss_is_recognised() {
    let schema = schema();
    for (name, meant) in [
        ("CIM_Machin", Some("CIM_Machine")),
        ("cim_machine", Some("CIM_Machine")),
        ("CIM_Sever", Some("CIM_Server")),
        ("Win32_Process", None),
        ("", None),
    ] {
        assert_eq!(schema.nearest_class(name), meant, "{name}");
    }
}

#[test]
fn absent_null_and_set_are_three_things() {
    let mut instance = Instance::new(&MACHINE);
    assert_eq!(instance.get("Cpu"), None);
    assert!(instance.value("Cpu").is_null());
    assert!(instance.set("cpu", 4u64));
    assert!(!instance.set("Colour", "red"));
    assert_eq!(instance.at(2), Some(&Value::Unsigned(4)));
    instance.set_at(2, Value::Null);
    assert_eq!(instance.get("CPU"), Some(&Value::Null));
    assert_eq!(instance.present().count(), 1);
    if let Some(slot) = instance.slot_mut(2) {
        *slot = None;
    }
    assert_eq!(instance.present().count(), 0);
    instance.set_at(99, Value::Null);
    assert!(instance.at(99).is_none() && instance.slot_mut(99).is_none());
}

#[test]
fn equality_is_what_a_reader_can_tell() {
    let set = Instance::new(&MACHINE).with("Cpu", 4u64);
    let null = set.clone().with("Caption", Value::Null);
    let empty = set.clone().with("Levels", Value::Array(Vec::new()));
    assert_eq!(set, null);
    assert_eq!(null, empty);
    assert_ne!(set, set.clone().with("Cpu", 5u64));
    assert_ne!(
        set,
        Instance::new(&SERVER)
            .as_class(&MACHINE)
            .with("Cpu", Value::Signed(4))
    );
}

#[test]
fn a_path_has_the_keys_and_no_namespace() {
    let machine = Instance::new(&MACHINE)
        .with("InstanceID", "machines/1")
        .with("Cpu", 1u64);
    assert_eq!(
        machine.path().to_string(),
        "CIM_Machine.InstanceID=\"machines/1\""
    );
    assert_eq!(machine.path().instance_id(), Some("machines/1"));
    let other = Instance::new(&OTHER).with("Id", 7u64);
    assert_eq!(other.path().to_string(), "CIM_Other.Id=7");
}

#[test]
fn an_instance_can_be_seen_as_its_superclass() {
    let machine = Instance::new(&MACHINE)
        .with("InstanceID", "machines/1")
        .with("Caption", Value::Null)
        .with("Cpu", 1u64);
    let base = machine.as_class(&BASE);
    assert_eq!(base.class().name, "CIM_Base");
    assert_eq!(base.text("InstanceID"), Some("machines/1"));
    assert_eq!(base.get("Caption"), Some(&Value::Null));
    assert_eq!(base.present().count(), 2);
}

#[test]
fn secrets_stay_out_of_the_log() {
    let shown = format!(
        "{:?}",
        Instance::new(&MACHINE)
            .with("Password", "pw")
            .with("Cpu", 1u64)
    );
    assert_eq!(
        shown,
        "CIM_Machine { Cpu: Unsigned(1), Password: \"(secret)\" }"
    );
}

#[test]
fn a_property_accepts_what_may_stand_there() {
    let of = |name: &str| MACHINE.property(name).map(|(_, p)| p).expect("is there");
    let base: Value = Instance::new(&BASE).into();
    let server: Value = Instance::new(&SERVER).into();
    let other: Value = Instance::new(&OTHER).into();
    for (name, value, accepted) in [
        ("Cpu", Value::Null, true),
        ("Cpu", 255u64.into(), true),
        ("Cpu", 256u64.into(), false),
        ("Cpu", Value::Signed(1), false),
        ("Cpu", "1".into(), false),
        ("Cpu", Value::Array(vec![1u64.into()]), false),
        (
            "Levels",
            Value::Array(vec![Value::Signed(-32768), Value::Null]),
            true,
        ),
        ("Levels", Value::Array(vec![Value::Signed(32768)]), false),
        (
            "Levels",
            Value::Array(vec![Value::Array(Vec::new())]),
            false,
        ),
        ("Levels", Value::Signed(1), false),
        ("Caption", base.clone(), false),
        ("Owner", base.clone(), true),
        ("Owner", server, true),
        ("Owner", other, false),
        ("Owner", "x".into(), false),
        ("Image", "x".into(), true),
        ("Image", base, true),
        ("Image", 1u64.into(), false),
    ] {
        assert_eq!(of(name).accepts(&value), accepted, "{name} {value:?}");
    }
}

#[test]
fn values_say_what_they_are() {
    assert_eq!(Value::Signed(-1).as_u64(), None);
    assert_eq!(Value::Signed(5).as_u64(), Some(5));
    assert_eq!(Value::Null.elements(), []);
    assert_eq!(Value::from(true).elements(), [Value::Boolean(true)]);
    assert_eq!(Value::Array(vec!["a".into()]).elements(), ["a".into()]);
    assert!(Value::Null.fits(CimType::Reference));
    assert!(!Value::Unsigned(0).fits(CimType::Sint8));
}

#[test]
fn keys_and_values_turn_into_each_other() {
    for (value, ty) in [
        (Value::from("x"), CimType::String),
        (Value::Boolean(true), CimType::Boolean),
        (Value::Unsigned(7), CimType::Uint8),
        (Value::Signed(-7), CimType::Sint8),
        (Value::Signed(7), CimType::Sint8),
        (Value::Char16(0xE9), CimType::Char16),
        (
            DateTime::utc(1_700_000_000_000_001).into(),
            CimType::DateTime,
        ),
        (ObjectPath::new("A", "K", "v").into(), CimType::Reference),
    ] {
        let key = KeyValue::from_value(value.clone());
        assert_eq!(key.to_value(ty), Some(value), "{ty}");
    }
    for (key, ty) in [
        (KeyValue::Unsigned(256), CimType::Uint8),
        (KeyValue::Unsigned(1 << 63), CimType::Sint64),
        (KeyValue::Signed(-1), CimType::Uint8),
        (KeyValue::String("ab".to_owned()), CimType::Char16),
        (KeyValue::String("now".to_owned()), CimType::DateTime),
        (KeyValue::Boolean(true), CimType::String),
    ] {
        assert_eq!(key.to_value(ty), None, "{key:?} as {ty}");
    }
}

proptest! {
    #[test]
    fn the_nearest_name_is_near(name in "[A-Za-z_]{0,12}") {
        if let Some(meant) = nearest(&name, ["CIM_Machine", "CIM_Base"].into_iter()) {
            prop_assert!(meant.len().abs_diff(name.len()) <= 1 + name.len() / 4);
        }
    }

    #[test]
    fn an_integer_fits_its_own_range_only(n in any::<i64>()) {
        for (ty, min, max) in [
            (CimType::Sint8, i64::from(i8::MIN), i64::from(i8::MAX)),
            (CimType::Sint16, i64::from(i16::MIN), i64::from(i16::MAX)),
            (CimType::Sint32, i64::from(i32::MIN), i64::from(i32::MAX)),
        ] {
            prop_assert_eq!(Value::Signed(n).fits(ty), (min..=max).contains(&n));
        }
    }
}

#[test]
fn the_features_of_a_subclass_are_those_above_and_its_own() {
    const ALL: [u8; 5] = inherit(&[1, 2, 3], &[(1, 20)], &[4, 5]);
    assert_eq!(ALL, [1, 20, 3, 4, 5]);
    const OWN: [u8; 2] = inherit(&[], &[], &[4, 5]);
    assert_eq!(OWN, [4, 5]);
    const POSITIONS: [u16; 3] = positions("2 0 301");
    assert_eq!(POSITIONS, [2, 0, 301]);
}
