//! Everything that is stored comes back, and bytes that make no sense are refused.

use cim_core::{
    ClassDescriptor, DateTime, Instance, KeyValue, ObjectPath, PropertyDescriptor, Schema, Value,
};
use cimi_model::classes::{cimi_credential as credential, cimi_machine_template as template};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::embedded::codec::{Corrupt, Keep, Reader, write_instance, write_value};
use crate::embedded::row::{Owner, RawRow, Row, decode_event, encode_event};
use crate::{Bookmark, EventKind};

fn path() -> impl Strategy<Value = ObjectPath> {
    let key = prop_oneof![
        ".{0,12}".prop_map(KeyValue::String),
        any::<bool>().prop_map(KeyValue::Boolean),
        any::<u64>().prop_map(KeyValue::Unsigned),
        (i64::MIN..0).prop_map(KeyValue::Signed),
        ".{0,8}".prop_map(|id| KeyValue::Reference(Box::new(ObjectPath::new("C", "K", &id)))),
    ];
    let keys = vec(("[A-Za-z]{1,8}", key), 0..3);
    (
        proptest::option::of("[a-z]{1,6}/[a-z]{1,6}"),
        "[A-Za-z_]{1,12}",
        keys,
    )
        .prop_map(|(namespace, class, keys)| ObjectPath {
            namespace,
            class,
            keys,
        })
}

fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Boolean),
        any::<u64>().prop_map(Value::Unsigned),
        any::<i64>().prop_map(Value::Signed),
        any::<i32>().prop_map(|n| Value::Real(f64::from(n) / 7.0)),
        any::<u16>().prop_map(Value::Char16),
        ".{0,40}".prop_map(Value::from),
        (any::<i64>(), -999_i16..=999, 0_u8..=20).prop_map(|(micros, offset, precision)| {
            Value::DateTime(DateTime::Timestamp {
                micros,
                offset,
                precision,
            })
        }),
        (any::<u64>(), 0_u8..=20).prop_map(|(micros, precision)| Value::DateTime(
            DateTime::Interval { micros, precision }
        )),
        path().prop_map(Value::from),
    ];
    scalar.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::Array),
            vec(proptest::option::of(inner), 0..11).prop_map(|values| {
                let mut instance = Instance::new(&credential::CLASS);
                for (at, value) in values.into_iter().enumerate() {
                    instance.set_at(at, value);
                }
                Value::from(instance)
            }),
        ]
    })
}

fn instance() -> impl Strategy<Value = Instance> {
    vec(
        proptest::option::of(value()),
        template::CLASS.properties.len(),
    )
    .prop_map(|values| {
        let mut instance = Instance::new(&template::CLASS);
        for (at, value) in values.into_iter().enumerate() {
            instance.set_at(at, value);
        }
        instance
    })
}

fn schema() -> &'static Schema {
    cimi_model::schema()
}

/// Equal slot by slot: absent and NULL are different here.
fn same(a: &Instance, b: &Instance) -> bool {
    format!("{a:?}") == format!("{b:?}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn values_survive(value in value()) {
        let mut bytes = Vec::new();
        write_value(&mut bytes, &value, Keep::All);
        let mut reader = Reader::new(&bytes);
        prop_assert_eq!(reader.value(schema(), Keep::All), Ok(value));
        prop_assert!(reader.rest().is_empty());
    }

    #[test]
    fn rows_survive(
        instance in instance(),
        tenant in proptest::option::of(".{0,8}"),
        owner in proptest::option::of((".{1,8}", ".{1,8}")),
    ) {
        let row = Row {
            tenant: tenant.map(Into::into),
            owner: owner.map(|(association, id)| Owner { association, id }),
            instance,
        };
        let bytes = row.encode();
        let read = Row::decode(&bytes, schema()).unwrap();
        prop_assert!(same(&read.instance, &row.instance));
        prop_assert_eq!(read, row);
        prop_assert_eq!(RawRow::read(&bytes).unwrap().class_name(), Some("CIMI_MachineTemplate"));
        // Nothing of it can be left out.
        for length in 0..bytes.len() {
            prop_assert!(Row::decode(&bytes[..length], schema()).is_err());
        }
    }

    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..80)) {
        let _ = Row::decode(&bytes, schema());
        let _ = Reader::new(&bytes).value(schema(), Keep::Readable);
        let _ = decode_event(1, &bytes, schema());
    }

    #[test]
    fn dropped_properties_are_read_over(instance in instance(), dropped in 0_usize..16) {
        // The class as it was: other properties, in another order.
        let old: Vec<PropertyDescriptor> = template::CLASS.properties.iter().rev().copied().collect();
        let new: Vec<PropertyDescriptor> = template::CLASS
            .properties
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != dropped)
            .map(|(_, property)| *property)
            .collect();
        let (old, new) = (class_with(old), class_with(new));
        let mut bytes = Vec::new();
        write_instance(&mut bytes, &instance.as_class(old), Keep::All);
        let schema = Schema::new(schema().classes().iter().copied().chain([new]));
        let mut reader = Reader::new(&bytes);
        let read = reader.instance(&schema, Keep::All).unwrap();
        prop_assert!(reader.rest().is_empty());
        prop_assert!(same(&read, &instance.as_class(new)));
    }
}

fn class_with(properties: Vec<PropertyDescriptor>) -> &'static ClassDescriptor {
    Box::leak(Box::new(ClassDescriptor {
        properties: Box::leak(properties.into_boxed_slice()),
        alphabetical: &[],
        keys: &[],
        ..template_class()
    }))
}

const fn template_class() -> ClassDescriptor {
    ClassDescriptor {
        name: template::CLASS.name,
        superclass: template::CLASS.superclass,
        ancestors: template::CLASS.ancestors,
        flags: template::CLASS.flags,
        properties: &[],
        alphabetical: &[],
        keys: &[],
        methods: &[],
        qualifiers: &[],
    }
}

#[test]
fn endless_nesting_is_refused() {
    let mut value = Value::Array(Vec::new());
    for _ in 0..200 {
        value = Value::Array(vec![value]);
    }
    let mut bytes = Vec::new();
    write_value(&mut bytes, &value, Keep::All);
    assert_eq!(
        Reader::new(&bytes).value(schema(), Keep::All),
        Err(Corrupt("values are nested too deep"))
    );
}

#[test]
fn secrets_are_left_out_at_every_depth() {
    let secret = |name: &str| {
        Instance::new(&credential::CLASS)
            .with("UserName", name)
            .with("Password", "secret")
    };
    let instance = Instance::new(&template::CLASS)
        .with("ElementName", "t")
        .with("Credential", secret("a"));
    let event = encode_event(None, 7, Some(&secret("b")), Some(&instance)).unwrap();
    assert!(!event.windows(6).any(|window| window == b"secret"));
    let event = decode_event(3, &event, schema()).unwrap();
    assert_eq!(event.bookmark, Bookmark(3));
    let EventKind::Modification { previous } = event.kind else {
        panic!("{event:?}");
    };
    assert_eq!(previous.text("UserName"), Some("b"));
    assert!(previous.value("Password").is_null());

    let mut bytes = Vec::new();
    write_instance(&mut bytes, &instance, Keep::All);
    let read = Reader::new(&bytes)
        .instance(schema(), Keep::Readable)
        .unwrap();
    let inner = read.value("Credential").as_instance().unwrap();
    assert_eq!(inner.text("UserName"), Some("a"));
    assert!(inner.value("Password").is_null());
    let stripped = crate::embedded::core::without_secrets(instance);
    assert!(same(&stripped, &read));
}
