//! Classes as CIM-XML (DSP0201): what `Get-CimClass` and other consoles ask a service for.

use std::borrow::Cow;

use cim_core::{
    CimType, ClassDescriptor, Embedded, MethodDescriptor, ParameterDescriptor, PropertyDescriptor,
    Qualifier, QualifierValue,
};

use crate::Writer;

/// How much of a class is written (DSP0200 GetClass).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClassParts {
    /// Qualifiers (`IncludeQualifiers`).
    pub qualifiers: bool,
    /// The class that declared each element (`IncludeClassOrigin`).
    pub class_origin: bool,
    /// Inherited elements that the class does not override (`IncludeInheritedElements`).
    pub inherited: bool,
    /// All superclasses (`IncludeInheritanceHierarchy`).
    pub derivation: bool,
}

/// Writes a class as `CLASS`, which is in no namespace.
pub fn write_class(writer: &mut Writer<'_>, class: &'static ClassDescriptor, parts: ClassParts) {
    writer.start("CLASS");
    writer.attribute("NAME", class.name);
    if let Some(superclass) = class.superclass {
        writer.attribute("SUPERCLASS", superclass);
    }
    if parts.derivation {
        writer.attribute("DERIVATION", &class.ancestors.join(","));
    }
    qualifiers(writer, class.qualifiers, parts);
    for property in class.properties {
        if parts.inherited || property.class_origin == class.name {
            write_property(writer, class, property, parts);
        }
    }
    for method in class.methods {
        if parts.inherited || method.class_origin == class.name {
            write_method(writer, class, method, parts);
        }
    }
    writer.end();
}

/// Where an element comes from.
fn origin(writer: &mut Writer<'_>, class: &ClassDescriptor, from: &str, parts: ClassParts) {
    if parts.class_origin {
        writer.attribute("CLASSORIGIN", from);
    }
    if from != class.name {
        writer.attribute("PROPAGATED", "true");
    }
}

fn write_property(
    writer: &mut Writer<'_>,
    class: &ClassDescriptor,
    property: &PropertyDescriptor,
    parts: ClassParts,
) {
    if property.ty == CimType::Reference {
        writer.start("PROPERTY.REFERENCE");
        writer.attribute("NAME", property.name);
        if let Some(target) = property.reference_class {
            writer.attribute("REFERENCECLASS", target);
        }
        origin(writer, class, property.class_origin, parts);
        qualifiers(writer, property.qualifiers, parts);
        return writer.end();
    }
    writer.start(if property.is_array {
        "PROPERTY.ARRAY"
    } else {
        "PROPERTY"
    });
    typed(writer, property);
    origin(writer, class, property.class_origin, parts);
    embedded(writer, property.embedded);
    qualifiers(writer, property.qualifiers, parts);
    value(writer, &property.default);
    writer.end();
}

fn write_method(
    writer: &mut Writer<'_>,
    class: &ClassDescriptor,
    method: &MethodDescriptor,
    parts: ClassParts,
) {
    writer.start("METHOD");
    writer.attribute("NAME", method.name);
    if let Some(ty) = method.returns {
        writer.attribute("TYPE", ty.mof_name());
    }
    origin(writer, class, method.class_origin, parts);
    qualifiers(writer, method.qualifiers, parts);
    for parameter in method.parameters {
        write_parameter(writer, parameter, parts);
    }
    writer.end();
}

fn write_parameter(writer: &mut Writer<'_>, parameter: &ParameterDescriptor, parts: ClassParts) {
    let described = &parameter.value;
    if described.ty == CimType::Reference {
        writer.start(if described.is_array {
            "PARAMETER.REFARRAY"
        } else {
            "PARAMETER.REFERENCE"
        });
        writer.attribute("NAME", described.name);
        if let Some(target) = described.reference_class {
            writer.attribute("REFERENCECLASS", target);
        }
    } else {
        writer.start(if described.is_array {
            "PARAMETER.ARRAY"
        } else {
            "PARAMETER"
        });
        typed(writer, described);
        embedded(writer, described.embedded);
    }
    qualifiers(writer, described.qualifiers, parts);
    writer.end();
}

fn typed(writer: &mut Writer<'_>, property: &PropertyDescriptor) {
    writer.attribute("NAME", property.name);
    writer.attribute("TYPE", property.ty.mof_name());
    if let Some(size) = property.array_size {
        writer.attribute("ARRAYSIZE", &size.to_string());
    }
}

fn embedded(writer: &mut Writer<'_>, embedded: Embedded) {
    match embedded {
        Embedded::No => {}
        Embedded::Instance(_) => writer.attribute("EmbeddedObject", "instance"),
        Embedded::Object => writer.attribute("EmbeddedObject", "object"),
    }
}

fn qualifiers(writer: &mut Writer<'_>, all: &[Qualifier], parts: ClassParts) {
    if !parts.qualifiers {
        return;
    }
    for qualifier in all {
        writer.start("QUALIFIER");
        writer.attribute("NAME", qualifier.name);
        writer.attribute("TYPE", qualifier_type(qualifier));
        // Attributes with the defaults of DSP0201 say nothing.
        if qualifier.propagated {
            writer.attribute("PROPAGATED", "true");
        }
        if !qualifier.flavor.overridable {
            writer.attribute("OVERRIDABLE", "false");
        }
        if !qualifier.flavor.to_subclass {
            writer.attribute("TOSUBCLASS", "false");
        }
        if qualifier.flavor.translatable {
            writer.attribute("TRANSLATABLE", "true");
        }
        value(writer, &qualifier.value);
        writer.end();
    }
}

/// The CIM type of a qualifier. Its value does not know its width: DSP0004 has `uint32` and, for these two, `sint64`.
pub fn qualifier_type(qualifier: &Qualifier) -> &'static str {
    match qualifier.value {
        QualifierValue::Boolean(_) | QualifierValue::Booleans(_) => "boolean",
        _ if matches!(qualifier.name, "MinValue" | "MaxValue") => "sint64",
        QualifierValue::Unsigned(_) => "uint32",
        QualifierValue::Signed(_) | QualifierValue::Integers(_) => "sint64",
        QualifierValue::Real(_) => "real64",
        QualifierValue::Null | QualifierValue::String(_) | QualifierValue::Strings(_) => "string",
    }
}

fn value(writer: &mut Writer<'_>, value: &QualifierValue) {
    let is_array = matches!(
        value,
        QualifierValue::Strings(_) | QualifierValue::Integers(_) | QualifierValue::Booleans(_)
    );
    if is_array {
        writer.start("VALUE.ARRAY");
    }
    for text in qualifier_texts(value) {
        writer.element("VALUE", &text);
    }
    if is_array {
        writer.end();
    }
}

/// The texts of a qualifier's value or of a default: one for each entry of an array, none for NULL.
pub fn qualifier_texts(value: &QualifierValue) -> Vec<Cow<'static, str>> {
    fn many<T: std::fmt::Display>(values: &[T]) -> Vec<Cow<'static, str>> {
        values.iter().map(|v| Cow::Owned(v.to_string())).collect()
    }
    match *value {
        QualifierValue::Null => Vec::new(),
        QualifierValue::Boolean(b) => many(&[b]),
        QualifierValue::Unsigned(n) => many(&[n]),
        QualifierValue::Signed(n) => many(&[n]),
        QualifierValue::Real(n) => many(&[n]),
        QualifierValue::String(text) => vec![Cow::Borrowed(text)],
        QualifierValue::Strings(texts) => texts.iter().map(|t| Cow::Borrowed(*t)).collect(),
        QualifierValue::Integers(numbers) => many(numbers),
        QualifierValue::Booleans(flags) => many(flags),
    }
}
