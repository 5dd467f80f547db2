//! WS-CIM schemas (DSP0230): one XML Schema document a class, and the data types they share.
//!
//! The shape is that of the class schemas DMTF published: a global element for each property,
//! inherited ones included, all in the namespace of the class; the class type with the properties in
//! code point order; the class element; two elements for each method. Embedded instances are
//! `xs:anyType` with an `xsi:type` in the document, so the schemas of the classes that may stand there
//! are imported.

mod annotation;
mod common;
mod facets;
mod rest;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use cim_core::{CimType, ClassDescriptor, Embedded, MethodDescriptor, PropertyDescriptor};

use self::annotation::annotation;
use self::common::common;
use self::facets::{Facets, facets};
use crate::file::File;

/// Where the namespaces of DMTF's classes are; the class name follows (DSP0230 7.2).
const CLASS_NAMESPACE: &str = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
const COMMON_NAMESPACE: &str = "http://schemas.dmtf.org/wbem/wscim/1/common";
const HEADER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <!-- Generated from MOF by cim-codegen. Change the MOF, not this file. -->\n";
const ANY_ATTRIBUTE: &str = "<xs:anyAttribute namespace=\"##any\" processContents=\"lax\"/>";

/// The name of the schema for the XML of CIMI REST among those of [`xsd`], without its ending.
pub const REST_XSD: &str = "cimi-rest";

/// The schemas of these classes, `common.xsd` with the data types, and `all.xsd` that imports
/// everything, for validators that want one file; `cimi-rest.xsd` for the XML of CIMI REST, if some of the
/// classes are known there.
pub fn xsd(classes: &[&'static ClassDescriptor]) -> Vec<File> {
    let mut files = vec![
        File::text("all.xsd", all(classes)),
        File::text("common.xsd", common()),
    ];
    for class in classes {
        files.push(File::text(
            format!("{}.xsd", class.name),
            Schema::of(class, classes),
        ));
    }
    files.extend(rest::rest(classes).map(|text| File::text(format!("{REST_XSD}.xsd"), text)));
    files
}

fn all(classes: &[&'static ClassDescriptor]) -> String {
    let mut out = Schema::new();
    out.open("xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"");
    out.import(COMMON_NAMESPACE, "common");
    for class in classes {
        out.import(&namespace(class.name), class.name);
    }
    out.close("xs:schema");
    out.text
}

/// The namespace of a class.
pub(crate) fn namespace(class: &str) -> String {
    format!("{CLASS_NAMESPACE}{}", cim_core::name_in_uri(class))
}

/// A schema document under construction, indented.
struct Schema {
    text: String,
    depth: usize,
}

impl Schema {
    fn new() -> Self {
        Self {
            text: HEADER.to_owned(),
            depth: 0,
        }
    }

    fn of(class: &'static ClassDescriptor, classes: &[&'static ClassDescriptor]) -> String {
        let mut out = Self::new();
        let name = class.name;
        let own = namespace(name);
        out.open(&format!(
            "xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:cim=\"{COMMON_NAMESPACE}\" \
             xmlns:class=\"{own}\" targetNamespace=\"{own}\" elementFormDefault=\"qualified\""
        ));
        out.import(COMMON_NAMESPACE, "common");
        for embedded in embedded_classes(class, classes) {
            out.import(&namespace(embedded), embedded);
        }
        let sorted = class
            .alphabetical
            .iter()
            .filter_map(|at| class.properties.get(usize::from(*at)));
        for property in sorted.clone() {
            let nillable = if is_mandatory(property) {
                ""
            } else {
                " nillable=\"true\""
            };
            out.element(property, nillable);
        }
        for method in class.methods {
            out.method(method);
        }
        out.open(&format!("xs:complexType name=\"{name}_Type\""));
        out.open("xs:sequence");
        // What is given by value has no name yet: its key may be absent.
        let keyless = is_given_by_value(class, classes);
        for property in sorted {
            let occurs = if keyless && property.flags.key {
                " minOccurs=\"0\"".to_owned()
            } else {
                occurs(property)
            };
            out.line(&format!(
                "<xs:element ref=\"class:{}\"{occurs}/>",
                property.name
            ));
        }
        out.line(
            "<xs:any namespace=\"##other\" processContents=\"lax\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>",
        );
        out.close("xs:sequence");
        out.line(ANY_ATTRIBUTE);
        out.close("xs:complexType");
        out.open(&format!(
            "xs:element name=\"{name}\" type=\"class:{name}_Type\""
        ));
        annotation(&mut out, class.qualifiers);
        out.close("xs:element");
        out.close("xs:schema");
        out.text
    }

    fn method(&mut self, method: &MethodDescriptor) {
        for (suffix, is_output) in [("INPUT", false), ("OUTPUT", true)] {
            self.open(&format!("xs:element name=\"{}_{suffix}\"", method.name));
            if !is_output {
                annotation(self, method.qualifiers);
            }
            self.open("xs:complexType");
            self.open("xs:sequence");
            for parameter in method.parameters {
                if if is_output {
                    parameter.output
                } else {
                    parameter.input
                } {
                    let occurs = occurs(&parameter.value);
                    let nillable = if is_mandatory(&parameter.value) {
                        ""
                    } else {
                        " nillable=\"true\""
                    };
                    self.element(&parameter.value, &format!("{occurs}{nillable}"));
                }
            }
            if let Some(ty) = method.returns.filter(|_| is_output) {
                self.line(&format!(
                    "<xs:element name=\"ReturnValue\" nillable=\"true\" type=\"{}\"/>",
                    common_type(ty)
                ));
            }
            self.close("xs:sequence");
            self.close("xs:complexType");
            self.close("xs:element");
        }
    }

    /// The declaration of a property or parameter.
    fn element(&mut self, property: &PropertyDescriptor, attributes: &str) {
        let name = property.name;
        let base = match (property.embedded, property.ty) {
            (Embedded::No, CimType::String) if property.flags.octet_string => "cim:cimHexBinary",
            (Embedded::No, CimType::Uint8) if property.flags.octet_string => "cim:cimBase64Binary",
            (Embedded::No, ty) => common_type(ty),
            _ => "xs:anyType",
        };
        let facets = facets(property);
        match facets {
            Facets::None if property.qualifiers.is_empty() => self.line(&format!(
                "<xs:element name=\"{name}\"{attributes} type=\"{base}\"/>"
            )),
            Facets::None => {
                self.open(&format!(
                    "xs:element name=\"{name}\"{attributes} type=\"{base}\""
                ));
                annotation(self, property.qualifiers);
                self.close("xs:element");
            }
            Facets::Restriction(facets) => {
                self.open(&format!("xs:element name=\"{name}\"{attributes}"));
                annotation(self, property.qualifiers);
                self.open("xs:complexType");
                self.restriction(base, &facets);
                self.close("xs:complexType");
                self.close("xs:element");
            }
            Facets::Union(members) => {
                self.open(&format!("xs:element name=\"{name}\"{attributes}"));
                annotation(self, property.qualifiers);
                self.open("xs:complexType");
                self.open("xs:simpleContent");
                self.open("xs:restriction base=\"cim:cimAnySimpleType\"");
                self.open("xs:simpleType");
                self.open("xs:union");
                for member in members {
                    self.open("xs:simpleType");
                    self.open(&format!(
                        "xs:restriction base=\"xs:{}\"",
                        xml_type(property.ty)
                    ));
                    for facet in member {
                        self.line(&facet);
                    }
                    self.close("xs:restriction");
                    self.close("xs:simpleType");
                }
                self.close("xs:union");
                self.close("xs:simpleType");
                self.line(ANY_ATTRIBUTE);
                self.close("xs:restriction");
                self.close("xs:simpleContent");
                self.close("xs:complexType");
                self.close("xs:element");
            }
        }
    }

    fn restriction(&mut self, base: &str, facets: &[String]) {
        self.open("xs:simpleContent");
        self.open(&format!("xs:restriction base=\"{base}\""));
        for facet in facets {
            self.line(facet);
        }
        self.line(ANY_ATTRIBUTE);
        self.close("xs:restriction");
        self.close("xs:simpleContent");
    }

    fn import(&mut self, namespace: &str, file: &str) {
        self.line(&format!(
            "<xs:import namespace=\"{namespace}\" schemaLocation=\"{}.xsd\"/>",
            cim_core::name_in_uri(file)
        ));
    }

    fn open(&mut self, tag: &str) {
        self.line(&format!("<{tag}>"));
        self.depth += 1;
    }

    fn close(&mut self, tag: &str) {
        self.depth = self.depth.saturating_sub(1);
        let name = tag.split_once(' ').map_or(tag, |(name, _)| name);
        self.line(&format!("</{name}>"));
    }

    fn line(&mut self, text: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{:width$}{text}", "", width = self.depth * 2);
    }
}

fn is_mandatory(property: &PropertyDescriptor) -> bool {
    property.flags.key || property.flags.required
}

fn occurs(property: &PropertyDescriptor) -> String {
    let mut out = String::new();
    if !is_mandatory(property) {
        out.push_str(" minOccurs=\"0\"");
    }
    if property.is_array {
        match property.array_size {
            Some(size) => {
                let _ = write!(out, " maxOccurs=\"{size}\"");
            }
            None => out.push_str(" maxOccurs=\"unbounded\""),
        }
    }
    out
}

/// The classes whose instances may be embedded in an instance of this one, or in a call of its methods.
fn embedded_classes(
    class: &ClassDescriptor,
    classes: &[&'static ClassDescriptor],
) -> BTreeSet<&'static str> {
    let parameters = class
        .methods
        .iter()
        .flat_map(|m| m.parameters)
        .map(|p| &p.value);
    let mut found = BTreeSet::new();
    for value in class.properties.iter().chain(parameters) {
        if let Embedded::Instance(name) = value.embedded {
            found.extend(classes.iter().filter(|c| c.is_a(name)).map(|c| c.name));
        }
    }
    found.remove(class.name);
    found
}

/// Whether a property of any class holds instances of this one in place of a reference to it.
fn is_given_by_value(class: &ClassDescriptor, classes: &[&'static ClassDescriptor]) -> bool {
    classes.iter().flat_map(|c| c.properties).any(|p| {
        p.reference_class.is_some()
            && matches!(p.embedded, Embedded::Instance(name) if class.is_a(name))
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

const fn common_type(ty: CimType) -> &'static str {
    match ty {
        CimType::Boolean => "cim:cimBoolean",
        CimType::Uint8 => "cim:cimUnsignedByte",
        CimType::Uint16 => "cim:cimUnsignedShort",
        CimType::Uint32 => "cim:cimUnsignedInt",
        CimType::Uint64 => "cim:cimUnsignedLong",
        CimType::Sint8 => "cim:cimByte",
        CimType::Sint16 => "cim:cimShort",
        CimType::Sint32 => "cim:cimInt",
        CimType::Sint64 => "cim:cimLong",
        CimType::Real32 => "cim:cimFloat",
        CimType::Real64 => "cim:cimDouble",
        CimType::Char16 => "cim:cimChar16",
        CimType::String => "cim:cimString",
        CimType::DateTime => "cim:cimDateTime",
        CimType::Reference => "cim:cimReference",
    }
}

/// The XML Schema type under the common type of an integer.
const fn xml_type(ty: CimType) -> &'static str {
    match ty {
        CimType::Uint8 => "unsignedByte",
        CimType::Uint16 => "unsignedShort",
        CimType::Uint32 => "unsignedInt",
        CimType::Uint64 => "unsignedLong",
        CimType::Sint8 => "byte",
        CimType::Sint16 => "short",
        CimType::Sint32 => "int",
        CimType::Sint64 => "long",
        _ => "string",
    }
}
