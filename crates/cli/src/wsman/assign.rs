//! `--set NAME=VALUE`: representations and method inputs from arguments.
//!
//! The texts become XML as they are, and where the class is known they are read by its descriptor and written
//! again: so a mistake is found here, and dates and references get their proper form.

use std::io::Read;
use std::path::{Path, PathBuf};

use cim_core::{ClassDescriptor, MethodDescriptor};
use clap::Args;
use wsman_client::client::{Object, method_input, text_property};
use xml_wire::wscim::{WriteContext, read_input, write_input, write_instance};
use xml_wire::{Limits, Reader, Writer};

use super::address::{descriptor, resource_uri};
use super::{NAMESPACE, context};
use crate::failure::Failure;

/// Values of properties.
#[derive(Debug, Args)]
pub(super) struct Values {
    /// A property's value; once for each entry of an array
    #[arg(long, value_name = "NAME=VALUE", value_parser = parse)]
    set: Vec<Assignment>,
    /// A property that shall have no value (NULL)
    #[arg(long, value_name = "NAME")]
    unset: Vec<String>,
    /// The whole representation in XML, from a file or - for standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["set", "unset"])]
    file: Option<PathBuf>,
}

/// `NAME=VALUE`
#[derive(Debug, Clone)]
pub(super) struct Assignment {
    pub(super) name: String,
    pub(super) value: Option<String>,
}

/// Reads `NAME=VALUE`.
pub(super) fn parse(text: &str) -> Result<Assignment, String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("the form is NAME=VALUE; --unset NAME is for no value")?;
    let fine = name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty();
    if !fine {
        return Err(format!("`{name}` is no name of a property"));
    }
    Ok(Assignment {
        name: name.to_owned(),
        value: Some(value.to_owned()),
    })
}

/// What arguments say about a representation.
pub(super) enum Given {
    /// All of it.
    Whole(Object),
    /// Only these properties.
    Some(Object),
}

impl Values {
    /// The representation of the class that the arguments describe.
    pub(super) fn read(self, class: &str) -> Result<Given, Failure> {
        if let Some(file) = self.file {
            return Ok(Given::Whole(from_file(&file)?));
        }
        let mut values = self.set;
        for name in self.unset {
            let name = parse(&format!("{name}=")).map_err(Failure::usage)?.name;
            values.push(Assignment { name, value: None });
        }
        if values.is_empty() {
            return Err(Failure::usage(
                "nothing to write: use --set NAME=VALUE, --unset NAME or --file FILE",
            ));
        }
        representation(class, &values).map(Given::Some)
    }
}

fn from_file(path: &Path) -> Result<Object, Failure> {
    let fail =
        |error: &dyn std::fmt::Display| Failure::new(format_args!("{}: {error}", path.display()));
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| fail(&error))?;
    } else {
        bytes = std::fs::read(path).map_err(|error| fail(&error))?;
    }
    let decoded = xml_wire::decode(&bytes, None).map_err(|error| fail(&error))?;
    Object::parse(&decoded.text).map_err(|error| fail(&error))
}

/// The class element with these properties.
fn representation(class: &str, values: &[Assignment]) -> Result<Object, Failure> {
    let descriptor = descriptor(class);
    let name = match descriptor {
        Some(descriptor) => descriptor.name,
        None => class.rsplit('/').next().unwrap_or(class),
    };
    let mut text = String::new();
    let mut writer = Writer::new(&mut text);
    writer.start_prefixed("p", name);
    writer.namespace("p", &resource_uri(class));
    write(&mut writer, values);
    writer.end();
    let plain = Object::parse(&text).map_err(Failure::usage)?;
    let Some(descriptor) = descriptor else {
        return Ok(plain);
    };
    typed(&plain, descriptor)
}

fn write(writer: &mut Writer<'_>, values: &[Assignment]) {
    for Assignment { name, value } in values {
        text_property(writer, "p", name, value.as_deref());
    }
}

fn typed(plain: &Object, descriptor: &ClassDescriptor) -> Result<Object, Failure> {
    let instance = plain
        .instance(&context())
        .map_err(|error| Failure::usage(format_args!("{}: {error}", descriptor.name)))?;
    let mut text = String::new();
    let write_context = WriteContext {
        declare: true,
        namespace_selector: false,
        ..WriteContext::request(NAMESPACE)
    };
    write_instance(&mut Writer::new(&mut text), &instance, &write_context);
    Object::parse(&text).map_err(Failure::new)
}

/// An instance with the properties of another in place of its own.
pub(super) fn replaced(old: &Object, new: &Object) -> Result<Object, Failure> {
    let tree = new.tree().map_err(Failure::new)?;
    let mut names: Vec<&str> = Vec::new();
    for child in &tree.children {
        if !names.contains(&child.name.as_str()) {
            names.push(&child.name);
        }
    }
    let mut object = old.clone();
    for name in names {
        let elements = elements_of(new, name)?;
        object = object
            .with_property(name, |writer, _| writer.raw(&elements))
            .map_err(Failure::new)?;
    }
    Ok(object)
}

/// The elements of one property, each with the declarations that it needs.
fn elements_of(object: &Object, property: &str) -> Result<String, Failure> {
    let mut out = String::new();
    let mut reader = Reader::new(object.xml(), &Limits::DEFAULT).map_err(Failure::new)?;
    reader.root().map_err(Failure::new)?;
    while let Some(child) = reader.child().map_err(Failure::new)? {
        let raw = reader.raw(&child).map_err(Failure::new)?;
        if child.local() == property {
            out.push_str(&raw.to_standalone());
        }
    }
    Ok(out)
}

/// The input of a method with these parameters.
pub(super) fn input(
    class: &str,
    method: &str,
    known: Option<(&'static ClassDescriptor, &'static MethodDescriptor)>,
    values: &[Assignment],
) -> Result<Object, Failure> {
    let uri = resource_uri(class);
    let plain = method_input(&uri, method, |writer| write(writer, values));
    let plain = plain.map_err(Failure::usage)?;
    let Some((descriptor, method)) = known else {
        return Ok(plain);
    };
    let mut reader = Reader::new(plain.xml(), &Limits::DEFAULT).map_err(Failure::new)?;
    let root = reader.root().map_err(Failure::new)?;
    let parameters = read_input(&mut reader, &root, method, &context())
        .map_err(|error| Failure::usage(format_args!("{}: {error}", method.name)))?;
    let mut text = String::new();
    let write_context = WriteContext {
        namespace_selector: false,
        ..WriteContext::request(NAMESPACE)
    };
    let mut writer = Writer::new(&mut text);
    // Around it stand the declarations that the envelope makes, too.
    writer.start("x");
    writer.namespace("wsa", xml_wire::ns::WSA_2004);
    writer.namespace("wsman", xml_wire::ns::WSMAN);
    writer.namespace("xsi", xml_wire::ns::XSI);
    writer.namespace("cim", xml_wire::ns::CIM_COMMON);
    write_input(&mut writer, descriptor, method, &parameters, &write_context);
    writer.end();
    let mut reader = Reader::new(&text, &Limits::DEFAULT).map_err(Failure::new)?;
    reader.root().map_err(Failure::new)?;
    let inner = reader.child().map_err(Failure::new)?;
    let inner = inner.ok_or_else(|| Failure::new("there is no input"))?;
    let raw = reader.raw(&inner).map_err(Failure::new)?;
    Object::parse(&raw.to_standalone()).map_err(Failure::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(name: &str, value: &str) -> Assignment {
        parse(&format!("{name}={value}")).unwrap()
    }

    #[test]
    fn known_classes_are_checked_and_typed() {
        let object = representation(
            "CIMI_Machine",
            &[set("ElementName", "a & b"), set("CPU", "2")],
        )
        .unwrap();
        let instance = object.instance(&context()).unwrap();
        assert_eq!(instance.text("ElementName"), Some("a & b"));
        for (name, value) in [("Nmae", "x"), ("CPU", "many")] {
            assert!(
                representation("CIMI_Machine", &[set(name, value)]).is_err(),
                "{name}"
            );
        }
    }

    #[test]
    fn other_classes_are_taken_as_they_are() {
        let uri = "http://v/wbem/wscim/1/v-schema/1/V_X";
        let object = representation(uri, &[set("A", "1"), set("A", "<2>")]).unwrap();
        assert_eq!((object.name(), object.namespace()), ("V_X", uri));
        let tree = object.tree().unwrap();
        assert_eq!(tree.children[1].text, "<2>");
        let old = Object::parse("<q:V_X xmlns:q='urn:v'><q:A>0</q:A><q:B>1</q:B></q:V_X>").unwrap();
        let new = replaced(&old, &object).unwrap().tree().unwrap();
        let texts: Vec<_> = new.children.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(texts, ["1", "<2>", "1"]);
    }

    #[test]
    fn assignments_have_a_name() {
        assert!(parse("a").is_err() && parse("=b").is_err() && parse("1a=b").is_err());
        assert_eq!(parse("a=b=c").unwrap().value.as_deref(), Some("b=c"));
    }
}
