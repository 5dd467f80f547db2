//! A method as two structs: what is sent, and what comes back.

use cim_core::{ClassDescriptor, ParameterDescriptor};

use super::class::{FieldOf, element, head, write_field};
use super::names::{MethodTypes, Plan, scalar};
use crate::doc::{deprecated, doc};
use crate::name::{Names, snake};
use crate::source::{Source, literal};

impl Plan {
    /// The request and the response of a method that the class declares.
    pub(crate) fn method(&self, out: &mut Source, class: &ClassDescriptor, types: &MethodTypes) {
        let method = types.method;
        let implements = &types.implements;
        let returns = method.returns.map(|ty| {
            let listed = self.enum_at_method(class, method.name, "return");
            listed.map_or_else(
                || scalar(ty).unwrap_or("::cim_core::ObjectPath").to_owned(),
                |name| format!("super::{name}"),
            )
        });
        for (name, is_response) in [(&types.request, false), (&types.response, true)] {
            let mut names = if is_response && returns.is_some() {
                Names::without(["return_value"])
            } else {
                Names::default()
            };
            let fields: Vec<FieldOf<'_>> = method
                .parameters
                .iter()
                .filter(|p| if is_response { p.output } else { p.input })
                .map(|p: &ParameterDescriptor| FieldOf {
                    property: &p.value,
                    name: names.add(&snake(p.value.name)),
                    ty: self.value_type(
                        &p.value,
                        self.enum_at_method(class, method.name, p.value.name),
                        None,
                    ),
                })
                .collect();
            out.blank();
            if is_response {
                out.doc(&[format!(
                    "What the method `{}` of `{}` answers.",
                    method.name, class.name
                )]);
            } else {
                out.doc(&[format!("The method `{}` of `{}`.", method.name, class.name)]);
                out.doc(&[""]);
                out.doc(&doc(method.qualifiers));
            }
            if let Some(note) = deprecated(method.qualifiers) {
                out.line(format_args!("#[deprecated(note = {})]", literal(&note)));
            }
            head(out, implements);
            out.open(format_args!("pub struct {name} {{"));
            if let Some(ty) = returns.as_ref().filter(|_| is_response) {
                out.doc(&["The return value."]);
                if implements.serde {
                    out.line(
                        "#[serde(rename = \"ReturnValue\", skip_serializing_if = \"Option::is_none\")]",
                    );
                }
                out.line(format_args!("pub return_value: Option<{ty}>,"));
            }
            for field in &fields {
                write_field(out, field, &doc(field.property.qualifiers), implements);
            }
            out.close("}");
            if implements.yaserde {
                let side = if is_response { "OUTPUT" } else { "INPUT" };
                let root = format!("{}_{side}", method.name);
                let returned = returns
                    .as_ref()
                    .filter(|_| is_response)
                    .map(|_| "return_value");
                element(out, name, &root, class.name, &fields, returned);
            }
            if is_response {
                if implements.instance {
                    response(out, name, returns.is_some(), &fields);
                }
            } else {
                out.blank();
                out.open(format_args!("impl {name} {{"));
                out.doc(&["The name of the method in CIM."]);
                out.line(format_args!(
                    "pub const METHOD: &'static str = {};",
                    literal(method.name)
                ));
                out.close("}");
                if implements.instance {
                    request(out, name, &fields);
                }
            }
        }
    }

    fn enum_at_method(&self, class: &ClassDescriptor, method: &str, part: &str) -> Option<&str> {
        let name = self.class_name(class)?;
        self.enum_at(name, &format!("{method}.{part}"))
    }
}

/// The parameters to send, by name.
fn request(out: &mut Source, name: &str, fields: &[FieldOf<'_>]) {
    out.blank();
    out.open(format_args!(
        "impl From<{name}> for Vec<(String, ::cim_core::Value)> {{"
    ));
    out.line("#[allow(unused_mut, unused_variables)]");
    out.open(format_args!("fn from(from: {name}) -> Self {{"));
    out.line("let mut out = Self::new();");
    for field in fields {
        let add = if field.property.is_array {
            "add_all"
        } else {
            "add"
        };
        out.line(format_args!(
            "super::value::{add}(&mut out, {}, from.{});",
            literal(field.property.name),
            field.name
        ));
    }
    out.line("out");
    out.close("}");
    out.close("}");
}

/// Reads return value and parameters, by name.
fn response(out: &mut Source, name: &str, has_return: bool, fields: &[FieldOf<'_>]) {
    out.blank();
    out.open(format_args!("impl {name} {{"));
    out.doc(&[
        "Reads a return value and output parameters.",
        "",
        "# Errors",
        "A value is not of the type that the MOF says.",
    ]);
    out.line("#[allow(unused_variables)]");
    out.open(
        "pub fn read(return_value: &::cim_core::Value, outputs: &[(String, ::cim_core::Value)]) -> Result<Self, super::value::ConversionError> {",
    );
    out.open("Ok(Self {");
    if has_return {
        out.line("return_value: super::value::one(\"ReturnValue\", return_value)?,");
    }
    for field in fields {
        let one = if field.property.is_array {
            "all"
        } else {
            "one"
        };
        let cim = literal(field.property.name);
        out.line(format_args!(
            "{}: super::value::{one}({cim}, super::value::output(outputs, {cim}))?,",
            field.name
        ));
    }
    out.close("})");
    out.close("}");
    out.close("}");
}
