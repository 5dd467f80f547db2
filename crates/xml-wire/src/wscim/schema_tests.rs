//! What the writer writes is valid against the generated schemas of `xsd/`, judged by xmllint.

use std::path::Path;
use std::process::Command;

use cim_core::{
    CimType, ClassDescriptor, DateTime, Embedded, Instance, ObjectPath, PropertyDescriptor, Value,
};

use super::{Nil, ReadContext, WriteContext, read_instance, write_instance};
use crate::{Limits, Reader, Writer};

const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../xsd/all.xsd");

/// A value that the property may hold.
fn sample(property: &PropertyDescriptor, depth: usize) -> Value {
    let one = || match (property.ty, property.embedded) {
        (CimType::String, Embedded::Instance(class)) if depth < 3 => {
            let class = cimi_model::schema().class(class).expect("is in the model");
            full(class, depth + 1).into()
        }
        (CimType::String, Embedded::Object) => {
            let class = cimi_model::schema()
                .class("CIMI_Property")
                .expect("is in the model");
            full(class, depth + 1).into()
        }
        (CimType::String, Embedded::Instance(_)) => Value::Null,
        (CimType::String, Embedded::No) => match property.value_map {
            Some(map) => map.values[0].into(),
            None => "a & b".into(),
        },
        (CimType::Boolean, _) => true.into(),
        (CimType::DateTime, _) => DateTime::utc(1_700_000_000_500_000).into(),
        (CimType::Reference, _) => {
            let class = property.reference_class.unwrap_or("CIMI_Machine");
            ObjectPath::new(class, "InstanceID", "x/1").into()
        }
        (CimType::Real32 | CimType::Real64, _) => Value::Real(1.5),
        (CimType::Char16, _) => Value::Char16(120),
        (ty, _) if ty.unsigned_max().is_some() => match property.value_map {
            Some(map) => Value::Unsigned(map.values[0].parse().unwrap_or(0)),
            None => Value::Unsigned(7),
        },
        _ => Value::Signed(7),
    };
    match (one(), property.is_array) {
        (Value::Null, _) => Value::Null,
        (value, true) => Value::Array(vec![value, one()]),
        (value, false) => value,
    }
}

/// An instance with every property set.
fn full(class: &'static ClassDescriptor, depth: usize) -> Instance {
    let mut instance = Instance::new(class);
    for (at, property) in class.properties.iter().enumerate() {
        instance.set_at(at, sample(property, depth));
    }
    instance
}

/// An instance with what it must have.
fn bare(class: &'static ClassDescriptor) -> Instance {
    let mut instance = Instance::new(class);
    for (at, property) in class.properties.iter().enumerate() {
        if property.flags.key || property.flags.required {
            instance.set_at(at, sample(property, 0));
        }
    }
    instance
}

#[test]
fn every_class_is_written_as_its_schema_says() {
    let folder = tempfile::tempdir().expect("a folder for documents");
    let mut documents = Vec::new();
    let context = ReadContext {
        schema: cimi_model::schema(),
        namespace: "root/cimi",
        rest_base: None,
    };
    for class in cimi_model::schema().classes() {
        for (kind, instance, nil) in [
            ("full", full(class, 0), Nil::All),
            ("nil", bare(class), Nil::All),
            ("bare", bare(class), Nil::Never),
        ] {
            let options = WriteContext {
                nil,
                declare: true,
                write_only: true,
                ..WriteContext::answer("root/cimi")
            };
            let mut text = String::new();
            write_instance(&mut Writer::new(&mut text), &instance, &options);

            let mut reader = Reader::new(&text, &Limits::DEFAULT).expect("is acceptable");
            let root = reader.root().expect("has a root");
            match read_instance(&mut reader, &root, class, &context) {
                Ok(back) => assert_eq!(back, instance, "{text}"),
                Err(error) => panic!("{}: {error}\n{text}", class.name),
            }
            let path = folder.path().join(format!("{}-{kind}.xml", class.name));
            std::fs::write(&path, text).expect("is written");
            documents.push(path);
        }
    }
    assert!(
        Path::new(SCHEMA).exists(),
        "the generated schemas are there"
    );
    let output = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema", SCHEMA])
        .args(&documents)
        .output();
    match output {
        Ok(output) => assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
                .lines()
                .filter(|line| !line.ends_with(" validates"))
                .take(40)
                .collect::<Vec<_>>()
                .join("\n")
        ),
        Err(error) => eprintln!("skipped: xmllint does not run ({error})"),
    }
}
