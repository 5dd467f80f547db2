//! The module of a class: its struct, and the enums and methods that it declares.

use cim_core::{CimType, ClassDescriptor, PropertyDescriptor};

use super::Implements;
use super::names::Plan;
use crate::doc::{deprecated, doc};
use crate::name::{Names, snake};
use crate::source::{Source, literal};

/// A property as a field.
pub(crate) struct FieldOf<'p> {
    pub(crate) property: &'p PropertyDescriptor,
    pub(crate) name: String,
    pub(crate) ty: String,
}

impl Plan {
    /// The module of a class, if anything in it is used.
    pub(crate) fn class_file(&self, class: &'static ClassDescriptor) -> Option<Source> {
        let chosen = self.chosen(class.name);
        let contents = self.contents(class.name);
        if chosen.is_none() && contents.is_none() {
            return None;
        }
        let mut body = Source::default();
        if let Some((name, implements)) = chosen {
            self.structure(&mut body, class, name, implements);
        }
        if let Some(contents) = contents {
            for types in &contents.methods {
                self.method(&mut body, class, types);
            }
            for enumeration in &contents.enums {
                enumeration.write(&mut body, &self.shared);
            }
        }
        let mut out = Source::default();
        out.line(format_args!("//! `{}`.", class.name));
        out.blank();
        out.append(&body);
        Some(out)
    }

    fn structure(
        &self,
        out: &mut Source,
        class: &'static ClassDescriptor,
        name: &str,
        implements: &Implements,
    ) {
        let mut names = Names::default();
        // In the order of WS-CIM: code points (DSP0230 7.2).
        let fields: Vec<FieldOf<'_>> = class
            .alphabetical
            .iter()
            .filter_map(|at| class.properties.get(usize::from(*at)))
            .map(|property| FieldOf {
                property,
                name: names.add(&snake(property.name)),
                ty: self.value_type(property, self.enum_of(class, property), Some(class.name)),
            })
            .collect();
        out.blank();
        out.doc(&doc(class.qualifiers));
        if let Some(note) = deprecated(class.qualifiers) {
            out.line(format_args!("#[deprecated(note = {})]", literal(&note)));
        }
        head(out, implements);
        if fields.is_empty() {
            out.line(format_args!("pub struct {name} {{}}"));
        } else {
            out.open(format_args!("pub struct {name} {{"));
            for field in &fields {
                let home = self.homes.of_property(class, field.property);
                let about = match self.chosen(home) {
                    // The whole text would stand in every subclass again.
                    Some((above, _)) if home != class.name => {
                        vec![format!("See [`{above}`](super::{above}).")]
                    }
                    _ => doc(field.property.qualifiers),
                };
                write_field(out, field, &about, implements);
            }
            out.close("}");
        }
        out.blank();
        out.open(format_args!("impl {name} {{"));
        out.doc(&["The name of the class in CIM."]);
        out.line(format_args!(
            "pub const CLASS: &'static str = {};",
            literal(class.name)
        ));
        out.close("}");
        if implements.instance {
            self.conversions(out, class, name, &fields);
        }
        if implements.yaserde {
            element(out, name, class.name, class.name, &fields, None);
            out.line(format_args!("super::value::yaserde_embedded!({name});"));
        }
    }

    fn conversions(
        &self,
        out: &mut Source,
        class: &ClassDescriptor,
        name: &str,
        fields: &[FieldOf<'_>],
    ) {
        let module = self.module(class.name);
        out.blank();
        out.open(format_args!(
            "impl From<{name}> for ::cim_core::Instance {{"
        ));
        if fields.is_empty() {
            out.line("#[allow(unused_mut, unused_variables)]");
        }
        out.open(format_args!("fn from(from: {name}) -> Self {{"));
        out.line(format_args!(
            "let mut out = Self::new(&super::super::classes::{module}::CLASS);"
        ));
        for field in fields {
            let set = if field.property.is_array {
                "set_all"
            } else {
                "set"
            };
            out.line(format_args!(
                "super::value::{set}(&mut out, {}, from.{});",
                literal(field.property.name),
                field.name
            ));
        }
        out.line("out");
        out.close("}");
        out.close("}");
        out.blank();
        out.open(format_args!(
            "impl TryFrom<&::cim_core::Instance> for {name} {{"
        ));
        out.line("type Error = super::value::ConversionError;");
        out.blank();
        out.open("fn try_from(from: &::cim_core::Instance) -> Result<Self, Self::Error> {");
        out.line("super::value::check_class(from, Self::CLASS)?;");
        out.open("Ok(Self {");
        for field in fields {
            let get = if field.property.is_array {
                "get_all"
            } else {
                "get"
            };
            out.line(format_args!(
                "{}: super::value::{get}(from, {})?,",
                field.name,
                literal(field.property.name)
            ));
        }
        out.close("})");
        out.close("}");
        out.close("}");
        out.line(format_args!("super::value::instance_field!({name});"));
    }
}

/// What stands before every struct.
pub(crate) fn head(out: &mut Source, implements: &Implements) {
    if let Some(derive) = implements.attribute() {
        out.line(derive);
    }
    if implements.serde {
        out.line("#[serde(default)]");
    }
}

/// A field with its documentation and the attributes of the derives.
pub(crate) fn write_field(
    out: &mut Source,
    field: &FieldOf<'_>,
    about: &[String],
    implements: &Implements,
) {
    out.doc(about);
    if let Some(note) = deprecated(field.property.qualifiers) {
        out.line(format_args!("#[deprecated(note = {})]", literal(&note)));
    }
    let rename = literal(field.property.name);
    let is_array = field.property.is_array;
    if implements.serde {
        let skip = if is_array {
            "Vec::is_empty"
        } else {
            "Option::is_none"
        };
        out.line(format_args!(
            "#[serde(rename = {rename}, skip_serializing_if = \"{skip}\")]"
        ));
    }
    let holder = if is_array { "Vec" } else { "Option" };
    out.line(format_args!("pub {}: {holder}<{}>,", field.name, field.ty));
}

/// The form in XML: an element of the namespace of a class, with the fields in their order, and at last
/// what a method returns.
pub(crate) fn element(
    out: &mut Source,
    name: &str,
    element: &str,
    class: &str,
    fields: &[FieldOf<'_>],
    returned: Option<&str>,
) {
    out.blank();
    out.open(format_args!(
        "super::value::yaserde_element!({name}, {}, {}, {{",
        literal(element),
        literal(&cim_core::name_in_uri(class))
    ));
    for field in fields {
        let property = field.property;
        let is_hex = property.flags.octet_string && property.ty == CimType::String;
        let is_octets = property.flags.octet_string && property.ty == CimType::Uint8;
        let kind = match (property.is_array, is_hex, is_octets) {
            (true, _, true) => "octets",
            (true, true, _) => "hexes",
            (true, ..) => "all",
            (false, true, _) => "hex",
            (false, ..) => "one",
        };
        out.line(format_args!(
            "{}: {kind} {},",
            literal(property.name),
            field.name
        ));
    }
    if let Some(field) = returned {
        out.line(format_args!("\"ReturnValue\": one {field},"));
    }
    out.close("});");
}
