//! Sixty classes of the CIM Schema with all derives: any instance passes through serde's JSON and
//! yaserde's XML without loss, and the derives and the table codec understand each other's bytes.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]
#![allow(
    deprecated,
    reason = "deprecated classes are among the sixty on purpose"
)]

#[cfg(cim_schema)]
#[path = "../../../crates/cim-codegen/tests/values/mod.rs"]
mod values;

#[cfg(not(cim_schema))]
#[test]
fn every_value_passes_through_json_and_xml() {
    eprintln!("SKIPPED: ../shared/data/cim-schema or python3 is not there");
}

#[cfg(cim_schema)]
mod with_the_cim_schema {
    use std::fmt::Debug;
    use std::sync::LazyLock;

    use cim_core::{Instance, Schema, Value};
    use generated_types_tests::cim::classes::CLASSES;
    use generated_types_tests::cim::structs::value::{ConversionError, from_xml, to_xml};
    use generated_types_tests::cim::structs::*;
    use proptest::strategy::{Strategy as _, ValueTree as _};
    use proptest::test_runner::TestRunner;
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use xml_wire::wscim::{ReadContext, WriteContext, read_instance, write_instance};
    use xml_wire::{Limits, Reader, Writer};
    use yaserde::{YaDeserialize, YaSerialize};

    include!("../sixty.rs");

    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::new(CLASSES.iter().copied()));

    /// What the codec of the service makes of an instance.
    fn written(instance: &Instance, context: &WriteContext<'_>) -> String {
        let mut text = String::new();
        write_instance(&mut Writer::new(&mut text), instance, context);
        text
    }

    fn read(text: &str, class: &str) -> Instance {
        let context = ReadContext {
            schema: &SCHEMA,
            namespace: "root/elsewhere",
            rest_base: None,
        };
        let mut reader = Reader::new(text, &Limits::DEFAULT).unwrap();
        let root = reader.root().unwrap();
        let class = SCHEMA.class(class).unwrap();
        read_instance(&mut reader, &root, class, &context)
            .unwrap_or_else(|error| panic!("{error:?}\n{text}"))
    }

    fn try_class<T>(class: &'static str, runner: &mut TestRunner)
    where
        T: YaSerialize + YaDeserialize + Serialize + DeserializeOwned + Clone + PartialEq + Debug,
        T: for<'i> TryFrom<&'i Instance, Error = ConversionError>,
        Instance: From<T>,
    {
        let descriptor = SCHEMA.class(class).unwrap();
        let strategy = super::values::instance(descriptor, CLASSES, 0);
        for _ in 0..8 {
            let instance = strategy.new_tree(runner).unwrap().current();
            let value = T::try_from(&instance).unwrap();
            let before = Instance::from(value.clone());
            assert_eq!(T::try_from(&before).unwrap(), value);
            for (property, slot) in before.present() {
                assert_eq!(
                    Some(slot),
                    instance.get(property.name),
                    "{class}.{}",
                    property.name
                );
            }
            for (property, slot) in instance.present() {
                let is_nothing = slot.is_null() || *slot == Value::Array(Vec::new());
                assert!(
                    is_nothing || before.get(property.name).is_some(),
                    "{class}.{}",
                    property.name
                );
            }

            let json = serde_json::to_string(&value).unwrap();
            let again: T = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{e}\n{json}"));
            assert_eq!(again, value, "{json}");

            let xml = to_xml(&value).unwrap();
            let again: T = from_xml(&xml).unwrap_or_else(|e| panic!("{e}\n{xml}"));
            assert_eq!(again, value, "{xml}");
            assert_eq!(read(&xml, class), before, "{xml}");

            // The codec's bytes, with nil for all that has no value.
            let context = WriteContext {
                declare: true,
                ..WriteContext::answer("root/cimv2")
            };
            let bytes = written(&instance, &context);
            let again: T = from_xml(&bytes).unwrap_or_else(|e| panic!("{e}\n{bytes}"));
            assert_eq!(again, value, "{bytes}");
        }
    }

    macro_rules! try_each {
        ($( $name:ident = $class:literal; )*) => {
            [ $( ($class, try_class::<$name> as fn(&'static str, &mut TestRunner)), )* ]
        };
    }

    #[test]
    fn every_value_passes_through_json_and_xml() {
        let classes = sixty!(try_each);
        assert_eq!(classes.len(), 60);
        let mut runner = TestRunner::deterministic();
        for (class, check) in classes {
            check(class, &mut runner);
        }
    }
}
