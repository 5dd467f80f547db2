//! A compiled schema as JSON, for scripts and other tools.

use serde_json::{Map, Value, json};

use crate::ast::{ArrayShape, Class, Literal, Method, Property, QualifierUse, TypeName};
use crate::compile::Compilation;

pub(crate) fn dump(compilation: &Compilation, flatten: bool) -> Value {
    let qualifier_types: Vec<Value> = compilation
        .qualifiers
        .iter()
        .map(|q| {
            json!({
                "name": q.name.text,
                "type": q.ty.mof_name(),
                "array": q.is_array,
                "default": q.default.as_ref().map_or(Value::Null, |d| literal(&d.value)),
                "scope": q.scopes.iter().map(|s| s.text.to_ascii_lowercase()).collect::<Vec<_>>(),
                "flavor": q.flavors.iter().map(|f| f.text.as_str()).collect::<Vec<_>>(),
            })
        })
        .collect();
    let classes: Vec<Value> = compilation
        .classes
        .iter()
        .map(|c| class(compilation, c, flatten))
        .collect();
    json!({ "qualifier_types": qualifier_types, "classes": classes })
}

fn class(compilation: &Compilation, class: &Class, flatten: bool) -> Value {
    let mut properties = Vec::new();
    let mut methods = Vec::new();
    let own = std::iter::once(class);
    let inherited =
        compilation
            .ancestors(class)
            .into_iter()
            .take(if flatten { usize::MAX } else { 0 });
    let mut seen: Vec<&str> = Vec::new();
    for (depth, source) in own.chain(inherited).enumerate() {
        for p in &source.properties {
            if !seen.iter().any(|s| p.name.is(s)) {
                seen.push(&p.name.text);
                properties.push(property(p, &source.name.text, depth > 0));
            }
        }
        for m in &source.methods {
            if !seen.iter().any(|s| m.name.is(s)) {
                seen.push(&m.name.text);
                methods.push(method(m, &source.name.text, depth > 0));
            }
        }
    }
    json!({
        "name": class.name.text,
        "superclass": class.superclass.as_ref().map(|s| s.text.as_str()),
        "qualifiers": qualifiers(&class.qualifiers),
        "properties": properties,
        "methods": methods,
    })
}

fn feature(
    name: &str,
    ty: &TypeName,
    array: ArrayShape,
    uses: &[QualifierUse],
) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("name".to_owned(), json!(name));
    let type_name = match ty {
        TypeName::Intrinsic(ty) => ty.mof_name(),
        TypeName::Reference(_) => "reference",
        TypeName::Void => "void",
    };
    out.insert("type".to_owned(), json!(type_name));
    if let TypeName::Reference(class) = ty {
        out.insert("reference_class".to_owned(), json!(class.text));
    }
    match array {
        ArrayShape::Scalar => {}
        ArrayShape::Variable => {
            out.insert("array".to_owned(), json!(true));
        }
        ArrayShape::Fixed(size) => {
            out.insert("array".to_owned(), json!(true));
            out.insert("array_size".to_owned(), json!(size));
        }
    }
    out.insert("qualifiers".to_owned(), qualifiers(uses));
    out
}

fn property(p: &Property, origin: &str, propagated: bool) -> Value {
    let mut out = feature(&p.name.text, &p.ty, p.array, &p.qualifiers);
    out.insert(
        "default".to_owned(),
        p.default
            .as_ref()
            .map_or(Value::Null, |d| literal(&d.value)),
    );
    out.insert("class_origin".to_owned(), json!(origin));
    out.insert("propagated".to_owned(), json!(propagated));
    Value::Object(out)
}

fn method(m: &Method, origin: &str, propagated: bool) -> Value {
    let mut out = feature(&m.name.text, &m.returns, ArrayShape::Scalar, &m.qualifiers);
    let parameters: Vec<Value> = m
        .parameters
        .iter()
        .map(|p| Value::Object(feature(&p.name.text, &p.ty, p.array, &p.qualifiers)))
        .collect();
    out.insert("parameters".to_owned(), json!(parameters));
    out.insert("class_origin".to_owned(), json!(origin));
    out.insert("propagated".to_owned(), json!(propagated));
    Value::Object(out)
}

fn qualifiers(uses: &[QualifierUse]) -> Value {
    Value::Object(
        uses.iter()
            .map(|q| {
                let value = q
                    .value
                    .as_ref()
                    .map_or(Value::Bool(true), |v| literal(&v.value));
                (q.name.text.clone(), value)
            })
            .collect(),
    )
}

fn literal(value: &Literal) -> Value {
    match value {
        Literal::Null => Value::Null,
        Literal::Boolean(b) => json!(b),
        Literal::Integer(n) => u64::try_from(*n)
            .map(Value::from)
            .or_else(|_| i64::try_from(*n).map(Value::from))
            .unwrap_or_default(),
        Literal::Real(n) => json!(n),
        Literal::Char(c) => json!(String::from_utf16_lossy(&[*c])),
        Literal::String(text) => json!(text),
        Literal::Array(items) => Value::Array(items.iter().map(literal).collect()),
        Literal::Alias(name) => json!(format!("${name}")),
    }
}
