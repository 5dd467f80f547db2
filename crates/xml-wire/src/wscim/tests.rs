//! The codec on a schema with every kind of value; here is that schema, and an instance with all of them.

use std::sync::LazyLock;

use cim_core::{
    CimType, ClassDescriptor, DateTime, Embedded, ErrorKind, Instance, KeyValue, ObjectPath,
    PropertyDescriptor, Schema, Value,
};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;

use super::*;
use crate::{Limits, Reader, Writer};

mod calls;
mod reading;
mod round_trip;
mod writing;

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let text = [
        include_str!("../../../../mof/qualifiers.mof"),
        include_str!("all_types.mof"),
    ]
    .concat();
    // A method without a return value is Microsoft's.
    let options = cim_mof::Options {
        levels: cim_mof::Levels::of(cim_mof::Dialect::Wmi),
        ..cim_mof::Options::default()
    };
    let compilation = cim_mof::compile_text_with("all_types.mof", &text, &options);
    assert_eq!(
        compilation.error_count(),
        0,
        "{:?}",
        compilation.diagnostics()
    );
    let classes = compilation.lower();
    Schema::new(classes)
});

fn class(name: &str) -> &'static ClassDescriptor {
    SCHEMA.class(name).expect("is in the test schema")
}

fn reading() -> ReadContext<'static> {
    ReadContext {
        schema: &SCHEMA,
        namespace: "root/cimi",
        rest_base: Some("https://cloud.example.org/cimi/"),
    }
}

fn standalone(context: WriteContext<'static>) -> WriteContext<'static> {
    WriteContext {
        declare: true,
        ..context
    }
}

fn written(instance: &Instance, context: &WriteContext<'_>) -> String {
    let mut out = String::new();
    write_instance(&mut Writer::new(&mut out), instance, context);
    out
}

fn read(text: &str, class: &'static ClassDescriptor) -> Result<Instance, WsCimError> {
    let mut reader = Reader::new(text, &Limits::default())?;
    let root = reader.root()?;
    let instance = read_instance(&mut reader, &root, class, &reading())?;
    reader.finish()?;
    Ok(instance)
}

/// Reads properties of `XYZ_AllTypes` written with the usual prefixes.
fn read_properties(content: &str) -> Result<Instance, WsCimError> {
    let text = format!(
        "<t:XYZ_AllTypes xmlns:t='{CIM_SCHEMA}XYZ_AllTypes' xmlns:o='{CIM_SCHEMA}XYZ_Owner' \
         xmlns:b='{CIM_SCHEMA}XYZ_BigOwner' xmlns:g='{CIM_SCHEMA}XYZ_Target' xmlns:xsi='{xsi}' \
         xmlns:cim='{cim}' xmlns:wsa='{wsa}' xmlns:wsman='{wsman}'>{content}</t:XYZ_AllTypes>",
        xsi = crate::ns::XSI,
        cim = crate::ns::CIM_COMMON,
        wsa = crate::ns::WSA_2004,
        wsman = crate::ns::WSMAN,
    );
    read(&text, class("XYZ_AllTypes"))
}

fn value_of(name: &str, content: &str) -> Value {
    match read_properties(content) {
        Ok(instance) => instance.value(name).clone(),
        Err(error) => panic!("{content}: {error}"),
    }
}

/// One line an element, for snapshots that people can read.
fn lines(xml: &str) -> String {
    xml.replace("><", ">\n<").replace(CIM_SCHEMA, "CIM:") + "\n"
}

fn datetime(text: &str) -> Value {
    Value::DateTime(DateTime::parse_cim(text).expect("is a datetime"))
}

fn every_kind() -> Instance {
    let owner = Instance::new(class("XYZ_Owner"))
        .with("Name", "Operations")
        .with("Mail", "ops@example.org");
    Instance::new(class("XYZ_AllTypes"))
        .with("Id", 1u64)
        .with("Must", "<yes> & \"no\"")
        .with("Flags", Value::Array(vec![true.into(), false.into()]))
        .with("Total", u64::MAX)
        .with("Offset", Value::Signed(-12))
        .with("Load", Value::Real(0.75))
        .with("Maximum", Value::Real(f64::INFINITY))
        .with("Char", Value::Char16(0xE9))
        .with("Text", "")
        .with("Numbers", Value::Null)
        .with("Since", datetime("202401311015**.******+060"))
        .with(
            "Times",
            Value::Array(vec![
                datetime("20240131101500.000000+060"),
                datetime("20240131******.******+000"),
                datetime("00000001132312.125000:000"),
            ]),
        )
        .with(
            "Blob",
            Value::Array(
                [0u64, 0, 0, 8, 255, 254, 253, 252]
                    .map(Value::from)
                    .to_vec(),
            ),
        )
        .with(
            "HexStrings",
            Value::Array(vec!["0x000000080A0B0C0D".into()]),
        )
        .with("Contact", owner)
        .with(
            "Anything",
            Instance::new(class("XYZ_BigOwner"))
                .with("Name", "Big")
                .with("Mail", Value::Null)
                .with(
                    "Boss",
                    Instance::new(class("XYZ_Owner")).with("Name", "Bigger"),
                ),
        )
        .with("Target", "targets/1\"2")
        .with(
            "Targets",
            Value::Array(vec!["targets/1".into(), "targets/2".into()]),
        )
        .with(
            "Config",
            Instance::new(class("XYZ_Target"))
                .with("Secret", "s")
                .with("Size", 3u64),
        )
        .with("Password", "secret")
}
