//! A compilation as MOF again: one file, everything declared, one layout.
//!
//! What is printed, compiled again, is the same; so the printer is the oracle of the parser's tests, and
//! compares two declarations of one name.

use std::fmt::Write as _;

use crate::ast::{
    ArrayShape, Class, Enumeration, Instance, Keyword, Literal, Method, Property,
    QualifierDeclaration, QualifierUse, TypeName,
};
use crate::compile::Compilation;

pub(crate) fn print(compilation: &Compilation) -> String {
    let mut out = String::new();
    for declaration in &compilation.qualifiers {
        qualifier_declaration(declaration, &mut out);
    }
    let mut namespace = 0;
    let is_local = |name: &crate::ast::Name| name.text.contains('.');
    for declared in compilation
        .enumerations
        .iter()
        .filter(|e| !is_local(&e.name))
    {
        out.push('\n');
        switch(compilation, &mut namespace, declared.namespace.0, &mut out);
        enumeration(declared, 0, &mut out);
    }
    for declared in compilation.classes.iter().filter(|c| !is_local(&c.name)) {
        out.push('\n');
        switch(compilation, &mut namespace, declared.namespace.0, &mut out);
        class_at(declared, Some(compilation), 0, &mut out);
    }
    for declared in &compilation.instances {
        out.push('\n');
        switch(compilation, &mut namespace, declared.namespace.0, &mut out);
        instance(declared, &mut out);
        out.push_str(";\n");
    }
    out
}

fn switch(compilation: &Compilation, current: &mut u32, wanted: u32, out: &mut String) {
    if *current != wanted {
        *current = wanted;
        let name = compilation.namespaces.get(wanted as usize);
        let name = name.map_or("", String::as_str);
        out.push_str("#pragma namespace (");
        quoted(name, out);
        out.push_str(")\n");
    }
}

pub(crate) fn qualifier_declaration(q: &QualifierDeclaration, out: &mut String) {
    if q.is_implied {
        let flavors: Vec<&str> = q.flavors.iter().map(|f| &*f.text).collect();
        let _ = writeln!(out, "Qualifier {} : {};", q.name.text, flavors.join(" "));
        return;
    }
    let brackets = if q.is_array { "[]" } else { "" };
    let _ = write!(
        out,
        "Qualifier {} : {}{brackets}",
        q.name.text,
        q.enumeration.as_ref().map_or(q.ty.mof_name(), |e| &*e.text)
    );
    if let Some(default) = &q.default {
        out.push_str(" = ");
        literal(&default.value, 0, out);
    }
    let list = |names: &[crate::ast::Name]| {
        let names: Vec<&str> = names.iter().map(|n| &*n.text).collect();
        names.join(", ")
    };
    let _ = write!(out, ", Scope({})", list(&q.scopes));
    if !q.flavors.is_empty() {
        let _ = write!(out, ", Flavor({})", list(&q.flavors));
    }
    out.push_str(";\n");
}

fn indent(level: usize, out: &mut String) {
    for _ in 0..level {
        out.push_str("    ");
    }
}

fn qualifiers(uses: &[QualifierUse], level: usize, end: &str, out: &mut String) {
    if uses.is_empty() {
        return;
    }
    out.push('[');
    for (at, used) in uses.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        out.push_str(&used.name.text);
        match &used.value {
            None => {}
            Some(value) => match &value.value {
                Literal::Array(_) => {
                    out.push(' ');
                    literal(&value.value, level, out);
                }
                single => {
                    out.push('(');
                    literal(single, level, out);
                    out.push(')');
                }
            },
        }
        if !used.flavors.is_empty() {
            out.push_str(" :");
            for flavor in &used.flavors {
                out.push(' ');
                out.push_str(&flavor.text);
            }
        }
    }
    out.push(']');
    out.push_str(end);
}

fn list_end(level: usize) -> String {
    let mut end = "\n".to_owned();
    indent(level, &mut end);
    end
}

/// What a class declares itself, without its local types.
pub(crate) fn class(class: &Class, out: &mut String) {
    class_at(class, None, 0, out);
}

/// The last part of the name of a local type.
fn short(name: &crate::ast::Name) -> &str {
    name.text
        .rsplit_once('.')
        .map_or(&*name.text, |(_, short)| short)
}

/// The structures and enumerations that a class declares within itself (DSP0221).
fn local_types(class: &Class, compilation: &Compilation, level: usize, out: &mut String) {
    let is_here = |namespace, name: &crate::ast::Name| {
        let around = name.text.rsplit_once('.').map(|(around, _)| around);
        namespace == class.namespace
            && around.is_some_and(|a| a.eq_ignore_ascii_case(&class.name.text))
    };
    for e in &compilation.enumerations {
        if is_here(e.namespace, &e.name) {
            enumeration(e, level, out);
        }
    }
    for c in &compilation.classes {
        if is_here(c.namespace, &c.name) {
            class_at(c, Some(compilation), level, out);
        }
    }
}

fn class_at(class: &Class, compilation: Option<&Compilation>, level: usize, out: &mut String) {
    indent(level, out);
    qualifiers(&class.qualifiers, level, &list_end(level), out);
    out.push_str(match class.keyword {
        Keyword::Class => "class ",
        Keyword::Association => "association ",
        Keyword::Structure => "structure ",
    });
    out.push_str(short(&class.name));
    if let Some(alias) = &class.alias {
        let _ = write!(out, " as ${}", alias.text);
    }
    if let Some(superclass) = &class.superclass {
        let _ = write!(out, " : {}", superclass.text);
    }
    out.push_str(" {\n");
    if let Some(compilation) = compilation.filter(|c| c.mof3) {
        local_types(class, compilation, level + 1, out);
    }
    for p in &class.properties {
        indent(level + 1, out);
        qualifiers(&p.qualifiers, level + 1, &list_end(level + 1), out);
        property(p, out);
        out.push_str(";\n");
    }
    for m in &class.methods {
        indent(level + 1, out);
        method(m, out);
        out.push_str(";\n");
    }
    indent(level, out);
    out.push_str("};\n");
}

/// The type as MOF spells it.
pub(crate) fn type_name(ty: &TypeName) -> String {
    match ty {
        TypeName::Intrinsic(ty) => ty.mof_name().to_owned(),
        TypeName::Reference(class) => format!("{} REF", class.text),
        TypeName::Void => "void".to_owned(),
        TypeName::Named(name) => name.text.to_string(),
        TypeName::Object => "object".to_owned(),
        TypeName::Octets => "octetstring".to_owned(),
        TypeName::Unknown => "string".to_owned(),
    }
}

fn property(p: &Property, out: &mut String) {
    let _ = write!(out, "{} {}", type_name(&p.ty), p.name.text);
    match p.array {
        ArrayShape::Scalar => {}
        ArrayShape::Variable => out.push_str("[]"),
        ArrayShape::Fixed(size) => {
            let _ = write!(out, "[{size}]");
        }
    }
    if let Some(default) = &p.default {
        out.push_str(" = ");
        literal(&default.value, 1, out);
    }
}

fn method(m: &Method, out: &mut String) {
    qualifiers(&m.qualifiers, 1, &list_end(1), out);
    let brackets = if m.returns_array { "[]" } else { "" };
    let _ = write!(out, "{}{brackets} {}(", type_name(&m.returns), m.name.text);
    for (at, parameter) in m.parameters.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        qualifiers(&parameter.qualifiers, 1, " ", out);
        property(parameter, out);
    }
    out.push(')');
}

fn enumeration(e: &Enumeration, level: usize, out: &mut String) {
    indent(level, out);
    qualifiers(&e.qualifiers, level, &list_end(level), out);
    let _ = writeln!(out, "enumeration {} : {} {{", short(&e.name), e.base.text);
    for (at, one) in e.literals.iter().enumerate() {
        indent(level + 1, out);
        qualifiers(&one.qualifiers, level + 1, " ", out);
        out.push_str(&one.name.text);
        if let Some(value) = &one.value {
            out.push_str(" = ");
            literal(&value.value, 1, out);
        }
        out.push_str(if at + 1 < e.literals.len() {
            ",\n"
        } else {
            "\n"
        });
    }
    indent(level, out);
    out.push_str("};\n");
}

fn instance(i: &Instance, out: &mut String) {
    instance_at(i, 0, out);
}

fn instance_at(i: &Instance, level: usize, out: &mut String) {
    qualifiers(&i.qualifiers, level, &list_end(level), out);
    out.push_str(if i.is_value {
        "value of "
    } else {
        "instance of "
    });
    out.push_str(&i.class.text);
    if let Some(alias) = &i.alias {
        let _ = write!(out, " as ${}", alias.text);
    }
    out.push_str(" {\n");
    for value in &i.values {
        indent(level + 1, out);
        qualifiers(&value.qualifiers, level + 1, &list_end(level + 1), out);
        out.push_str(&value.name.text);
        if let Some(value) = &value.value {
            out.push_str(" = ");
            literal(&value.value, level + 1, out);
        }
        out.push_str(";\n");
    }
    indent(level, out);
    out.push('}');
}

pub(crate) fn literal(value: &Literal, level: usize, out: &mut String) {
    match value {
        Literal::Null => out.push_str("NULL"),
        Literal::Boolean(b) => out.push_str(if *b { "TRUE" } else { "FALSE" }),
        Literal::Integer(n) => {
            let _ = write!(out, "{}", n.value());
        }
        Literal::Real(n) => real(*n, out),
        Literal::Char(unit) => {
            let _ = match u8::try_from(*unit) {
                Ok(b) if b.is_ascii_graphic() && !matches!(b, b'\'' | b'\\') => {
                    write!(out, "'{}'", char::from(b))
                }
                _ => write!(out, "'\\x{unit:04X}'"),
            };
        }
        Literal::String(text) => quoted(&text.value(), out),
        Literal::Array(items) => {
            out.push_str("{ ");
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                literal(&item.value, level, out);
            }
            out.push_str(if items.is_empty() { "}" } else { " }" });
        }
        Literal::Alias(name) => {
            let _ = write!(out, "${}", name.text);
        }
        Literal::Instance(inner) => instance_at(inner, level, out),
        Literal::Enumerator(pair) => {
            if let Some(enumeration) = &pair.0 {
                let _ = write!(out, "{}.", enumeration.text);
            }
            out.push_str(&pair.1.text);
        }
    }
}

/// A real with a point and a digit behind it, whatever its size.
fn real(value: f64, out: &mut String) {
    // There is no literal for infinity: the nearest that MOF can write.
    let value = value.clamp(f64::MIN, f64::MAX);
    let text = format!("{value:e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) => {
            out.push_str(mantissa);
            if !mantissa.contains('.') {
                out.push_str(".0");
            }
            if exponent != "0" {
                let _ = write!(out, "e{exponent}");
            }
        }
        None => out.push_str(&text),
    }
}

/// A text as a literal.
pub(crate) fn quoted(text: &str, out: &mut String) {
    out.push('"');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c.is_control() => {
                let _ = write!(out, "\\x{:04X}", u32::from(c));
                // What follows is no digit of it, in DSP0221 neither.
                if chars.peek().is_some_and(char::is_ascii_hexdigit) {
                    out.push_str("\" \"");
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
