//! Arbitrary instances survive the wire.

use proptest::test_runner::TestRunner;

use super::*;

fn xml_text() -> BoxedStrategy<String> {
    proptest::collection::vec(
        prop_oneof![
            8 => proptest::char::range(' ', '~'),
            1 => prop::sample::select(vec!['\t', '\n', '\r', '<', '&', '"', '\u{FFFD}']),
            1 => proptest::char::range('\u{E000}', '\u{FFFD}'),
            1 => proptest::char::range('\u{10000}', '\u{10FFFF}'),
        ],
        0..12,
    )
    .prop_map(|chars| chars.into_iter().collect())
    .boxed()
}

fn any_datetime() -> BoxedStrategy<Value> {
    let timestamp = (
        1i64..=9998,
        1u32..=12,
        1u32..=28,
        0u32..24,
        0u32..60,
        0u32..60,
        0u32..1_000_000,
        -999i32..=999,
    )
        .prop_map(|(y, mo, d, h, mi, s, us, o)| {
            let sign = if o < 0 { '-' } else { '+' };
            format!(
                "{y:04}{mo:02}{d:02}{h:02}{mi:02}{s:02}.{us:06}{sign}{:03}",
                o.abs()
            )
        });
    let interval = (
        0u32..=99_999_999,
        0u32..24,
        0u32..60,
        0u32..60,
        0u32..1_000_000,
    )
        .prop_map(|(d, h, mi, s, us)| format!("{d:08}{h:02}{mi:02}{s:02}.{us:06}:000"));
    // Asterisks from a field boundary on, or from some digit of the microseconds on.
    let cut = prop_oneof![
        4 => Just(21usize),
        2 => prop::sample::select(vec![8usize, 10, 12, 14]),
        1 => 15usize..21,
    ];
    (prop_oneof![timestamp, interval], cut)
        .prop_map(|(text, cut)| {
            let text: String = text
                .char_indices()
                .map(|(at, c)| {
                    if at >= cut && at < 21 && c != '.' {
                        '*'
                    } else {
                        c
                    }
                })
                .collect();
            datetime(&text)
        })
        .boxed()
}

/// A value of a property; what is embedded is of this schema.
fn scalar(
    property: &'static PropertyDescriptor,
    schema: &'static Schema,
    depth: u32,
) -> BoxedStrategy<Value> {
    let embedded = |name| schema.class(name).expect("is in its schema");
    match (property.ty, property.embedded) {
        (CimType::String, Embedded::Instance(name)) => {
            let by_value = instance(embedded(name), schema, depth + 1).prop_map(Value::from);
            match property.reference_class {
                Some(_) => {
                    prop_oneof![by_value, "[a-z/\"\\\\.=]{1,8}".prop_map(Value::from)].boxed()
                }
                None => by_value.boxed(),
            }
        }
        (CimType::String, Embedded::Object) => prop::sample::select(schema.classes().to_vec())
            .prop_flat_map(move |class| instance(class, schema, depth + 1))
            .prop_map(Value::from)
            .boxed(),
        (CimType::String, Embedded::No) if property.reference_class.is_some() => {
            "[a-z/\"\\\\.=é]{1,8}".prop_map(Value::from).boxed()
        }
        (CimType::String, Embedded::No) if property.flags.octet_string => {
            proptest::string::string_regex("0x([0-9a-fA-F]{2}){0,6}")
                .expect("is a regex")
                .prop_map(Value::from)
                .boxed()
        }
        (CimType::String, Embedded::No) => xml_text().prop_map(Value::from).boxed(),
        (CimType::Boolean, _) => any::<bool>().prop_map(Value::from).boxed(),
        (CimType::Char16, _) => prop_oneof![0x20u16..0xD800, 0xE000u16..0xFFFE]
            .prop_map(Value::Char16)
            .boxed(),
        (CimType::Real32, _) => any::<f32>()
            .prop_filter("NaN equals nothing", |n| !n.is_nan())
            .prop_map(|n| Value::Real(n.into()))
            .boxed(),
        (CimType::Real64, _) => any::<f64>()
            .prop_filter("NaN equals nothing", |n| !n.is_nan())
            .prop_map(Value::Real)
            .boxed(),
        (CimType::DateTime, _) => any_datetime(),
        (CimType::Reference, _) => (referable(schema), xml_text(), any::<bool>())
            .prop_map(|((class, key), name, elsewhere)| {
                let path = ObjectPath::new(class, key, name.trim());
                if elsewhere {
                    path.in_namespace("root/other")
                } else {
                    path
                }
                .into()
            })
            .boxed(),
        (ty, _) => match (ty.unsigned_max(), ty.signed_range()) {
            (Some(max), _) => prop_oneof![0..=max, Just(max)]
                .prop_map(Value::Unsigned)
                .boxed(),
            (None, range) => {
                let (min, max) = range.expect("is an integer");
                prop_oneof![min..=max, Just(min)]
                    .prop_map(Value::Signed)
                    .boxed()
            }
        },
    }
}

/// A class of a schema with one key that is a string, and that key.
fn referable(schema: &'static Schema) -> impl Strategy<Value = (&'static str, &'static str)> {
    let classes = schema.classes().iter().filter_map(|class| {
        let mut keys = class.key_properties();
        let (key, more) = (keys.next()?, keys.next());
        (more.is_none() && key.ty == CimType::String).then_some((class.name, key.name))
    });
    prop::sample::select(classes.collect::<Vec<_>>())
}

fn slot(
    property: &'static PropertyDescriptor,
    schema: &'static Schema,
    depth: u32,
) -> BoxedStrategy<Option<Value>> {
    let value = if property.is_array {
        proptest::collection::vec(scalar(property, schema, depth), 1..4)
            .prop_map(Value::Array)
            .boxed()
    } else {
        scalar(property, schema, depth)
    };
    prop_oneof![
        2 => Just(None),
        1 => Just(Some(Value::Null)),
        4 => value.prop_map(Some),
    ]
    .boxed()
}

fn instance(
    class: &'static ClassDescriptor,
    schema: &'static Schema,
    depth: u32,
) -> BoxedStrategy<Instance> {
    if depth > 3 {
        return Just(Instance::new(class)).boxed();
    }
    let slots: Vec<_> = class
        .properties
        .iter()
        .map(|p| slot(p, schema, depth))
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

/// Equal, and absent exactly where the other is.
fn same(a: &Instance, b: &Instance) -> bool {
    let embedded = |a: &Value, b: &Value| match (a, b) {
        (Value::Instance(a), Value::Instance(b)) => same(a, b),
        (a, b) => a == b,
    };
    a.class().name == b.class().name
        && (0..a.class().properties.len()).all(|at| match (a.at(at), b.at(at)) {
            (None, None) => true,
            (Some(Value::Array(a)), Some(Value::Array(b))) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| embedded(a, b))
            }
            (Some(a), Some(b)) => embedded(a, b),
            _ => false,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Proves 5 any instance survives WS-CIM and back.
    #[test]
    fn an_instance_survives_the_wire(instance in instance(class("XYZ_AllTypes"), &SCHEMA, 0)) {
        let text = written(&instance, &standalone(WriteContext::request("root/cimi")));
        let back = read(&text, class("XYZ_AllTypes"));
        match back {
            Ok(back) => prop_assert!(same(&back, &instance), "{text}\n{back:?}\n{instance:?}"),
            Err(error) => prop_assert!(false, "{error}\n{text}"),
        }
    }

    /// Proves 5 any instance survives WS-CIM and back.
    #[test]
    fn an_association_survives_the_wire(link in instance(class("XYZ_Link"), &SCHEMA, 0)) {
        let text = written(&link, &standalone(WriteContext::request("root/cimi")));
        let back = read(&text, class("XYZ_Link"));
        prop_assert!(back.is_ok_and(|back| same(&back, &link)), "{text}");
    }

    #[test]
    fn no_document_panics(
        instance in instance(class("XYZ_AllTypes"), &SCHEMA, 1),
        at in any::<usize>(),
        with in "[<>/a-z:\"= 0-9é]{0,4}",
        cut in 0usize..12,
    ) {
        let text = written(&instance, &standalone(WriteContext::request("root/cimi")));
        let from = text.floor_char_boundary(at % (text.len() + 1));
        let to = text.ceil_char_boundary((from + cut).min(text.len()));
        let mutated = format!("{}{with}{}", &text[..from], &text[to..]);
        let _ = read(&mutated, class("XYZ_AllTypes"));
    }
}

/// Proves 5 any instance survives WS-CIM and back.
#[test]
fn an_instance_of_any_class_of_the_model_survives_the_wire() {
    let schema: &'static Schema = cimi_model::schema();
    for class in schema.classes() {
        // A runner is for one property: it counts its cases only once.
        let mut runner = TestRunner::new(ProptestConfig {
            cases: 6,
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        let survives = |instance: Instance| {
            let text = written(&instance, &standalone(WriteContext::request("root/cimi")));
            let reading = ReadContext {
                schema,
                ..reading()
            };
            let mut reader = Reader::new(&text, &Limits::default()).expect("is acceptable");
            let root = reader.root().expect("has a root");
            let back = read_instance(&mut reader, &root, class, &reading);
            prop_assert!(
                back.as_ref().is_ok_and(|back| same(back, &instance)),
                "{}: {back:?}\n{text}",
                class.name
            );
            Ok(())
        };
        // Two levels: the classes of templates contain each other.
        if let Err(error) = runner.run(&instance(class, schema, 2), survives) {
            panic!("{}: {error}", class.name);
        }
    }
}
