//! Instances of any class with any values that its descriptor allows.

use cim_core::{
    CimType, ClassDescriptor, Embedded, Instance, KeyValue, ObjectPath, PropertyDescriptor, Value,
};
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;

fn text(max: Option<u64>) -> BoxedStrategy<Value> {
    let max = max.map_or(20, |n| usize::try_from(n).unwrap_or(20).min(20));
    proptest::collection::vec(
        prop_oneof![
            6 => proptest::char::range(' ', '~'),
            1 => proptest::char::range('\u{A0}', '\u{D7FF}'),
            1 => proptest::char::range('\u{10000}', '\u{10FFFF}'),
        ],
        0..=max,
    )
    .prop_map(|chars| Value::from(String::from_iter(chars)))
    .boxed()
}

fn integer(property: &'static PropertyDescriptor) -> BoxedStrategy<Value> {
    let of = |n: i128| match property.ty.unsigned_max() {
        Some(_) => Value::Unsigned(n as u64),
        None => Value::Signed(n as i64),
    };
    let (low, high) = match (property.ty.unsigned_max(), property.ty.signed_range()) {
        (Some(max), _) => (0, i128::from(max)),
        (_, Some((low, high))) => (i128::from(low), i128::from(high)),
        _ => (0, 0),
    };
    let parse = |text: &str, or: i128| match text.trim() {
        "" => or,
        text => text.parse().unwrap_or(or),
    };
    if let Some(map) = property.value_map.filter(|map| !map.is_open()) {
        let listed: Vec<Value> = map
            .values
            .iter()
            .map(|value| match value.split_once("..") {
                Some((from, _)) => parse(from, low),
                None => parse(value, low),
            })
            .map(of)
            .collect();
        return prop::sample::select(listed).boxed();
    }
    let low = property.min_value.map_or(low, |n| i128::from(n).max(low));
    let high = property.max_value.map_or(high, |n| i128::from(n).min(high));
    (low..=high).prop_map(of).boxed()
}

/// One value of a property; `None` where the strategy has none.
fn one(
    property: &'static PropertyDescriptor,
    all: &[&'static ClassDescriptor],
    depth: usize,
) -> Option<BoxedStrategy<Value>> {
    match property.embedded {
        Embedded::Instance(name) if depth < 2 => {
            let class = all.iter().find(|c| c.name == name)?;
            return Some(
                instance(class, all, depth + 1)
                    .prop_map(Value::from)
                    .boxed(),
            );
        }
        Embedded::Object if depth < 2 => {
            let class = all.iter().find(|c| c.name == "CIM_Error")?;
            return Some(
                instance(class, all, depth + 1)
                    .prop_map(Value::from)
                    .boxed(),
            );
        }
        Embedded::Instance(_) | Embedded::Object => return None,
        Embedded::No => {}
    }
    Some(match property.ty {
        CimType::String if property.flags.octet_string => {
            "0x([0-9a-f]{2}){1,6}".prop_map(Value::from).boxed()
        }
        CimType::String => match property.value_map.filter(|map| !map.is_open()) {
            Some(map) => prop::sample::select(map.values)
                .prop_map(Value::from)
                .boxed(),
            None => text(property.max_len),
        },
        CimType::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        CimType::Char16 => (0x20_u16..0xD800).prop_map(Value::Char16).boxed(),
        CimType::Real32 | CimType::Real64
            if property.min_value.is_some() || property.max_value.is_some() =>
        {
            let low = property.min_value.unwrap_or(-1000) as f64;
            let high = property.max_value.unwrap_or(1000) as f64;
            (low..high)
                .prop_map(|n| Value::Real(f64::from(n as f32)))
                .boxed()
        }
        CimType::Real32 => any::<f32>().prop_map(|n| Value::Real(n.into())).boxed(),
        // Numbers that every reader of decimal digits takes for the same.
        CimType::Real64 => any::<i32>()
            .prop_map(|n| Value::Real(f64::from(n) / 1024.0))
            .boxed(),
        CimType::DateTime => prop::sample::select(vec![
            "20261124181500.000000+060",
            "20261124******.******+000",
            "00000012081500.123456:000",
            "0000001208****.******:000",
        ])
        .prop_map(|text| Value::DateTime(cim_core::DateTime::parse_cim(text).unwrap()))
        .boxed(),
        CimType::Reference => "[a-z]([a-z ]{0,6}[a-z])?"
            .prop_map(|name| {
                let mut path = ObjectPath::new("CIM_ComputerSystem", "Name", &name);
                let creator = KeyValue::String("CIM_ComputerSystem".to_owned());
                path.keys.push(("CreationClassName".to_owned(), creator));
                path.in_namespace("root/cimv2").into()
            })
            .boxed(),
        _ => integer(property),
    })
}

/// Any instance of a class; `all` are the classes that it may embed.
pub(crate) fn instance(
    class: &'static ClassDescriptor,
    all: &[&'static ClassDescriptor],
    depth: usize,
) -> BoxedStrategy<Instance> {
    let slots: Vec<BoxedStrategy<Option<Value>>> = class
        .properties
        .iter()
        .map(|property| {
            let Some(value) = one(property, all, depth) else {
                return Just(None).boxed();
            };
            let value = if property.is_array {
                let most = property.array_size.map_or(3, |n| (n as usize).clamp(1, 3));
                proptest::collection::vec(value, 1..=most)
                    .prop_map(Value::Array)
                    .boxed()
            } else {
                value
            };
            if property.flags.key || property.flags.required {
                value.prop_map(Some).boxed()
            } else {
                prop_oneof![
                    1 => Just(None),
                    1 => Just(Some(Value::Null)),
                    3 => value.prop_map(Some),
                ]
                .boxed()
            }
        })
        .collect();
    slots
        .prop_map(move |values| {
            let mut instance = Instance::new(class);
            for (at, value) in values.into_iter().enumerate() {
                instance.set_at(at, value);
            }
            instance
        })
        .boxed()
}
