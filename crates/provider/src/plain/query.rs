//! Queries and predicates.

use cim_core::{CimError, DateTime, ErrorKind, Schema};
use cim_query::{
    ANY_CLASS, Association, CompareOp, Comparison, Literal, OrderBy, Predicate, Query, Source,
};
use serde_json::{Value as Json, json};

use super::{class, path, read_path, read_text, wrong};

const OPERATORS: [(CompareOp, &str); 6] = [
    (CompareOp::Eq, "="),
    (CompareOp::Ne, "<>"),
    (CompareOp::Lt, "<"),
    (CompareOp::Le, "<="),
    (CompareOp::Gt, ">"),
    (CompareOp::Ge, ">="),
];

/// Parts of a predicate inside one another.
const MAX_DEPTH: usize = 64;

/// A query.
///
/// # Errors
/// `NotSupported` for an XPath test with positions or `//`, which has no form here.
pub fn query(query: &Query) -> Result<Json, CimError> {
    let walk = |kind: &str, walk: &Association| {
        json!({
            "kind": kind,
            "object": path(&walk.object),
            "association": walk.association_class,
            "role": walk.role,
            "result_role": walk.result_role,
        })
    };
    let source = match &query.source {
        Source::Extent => Json::Null,
        Source::Associators(association) => walk("associators", association),
        Source::References(association) => walk("references", association),
    };
    let order = query.order_by.iter();
    let order = order.map(|by| json!([by.property, by.descending]));
    Ok(json!({
        "class": query.class.name,
        "exact": query.exact_class,
        "walk": source,
        "where": query.predicate.as_ref().map(predicate).transpose()?,
        "order": order.collect::<Json>(),
    }))
}

/// Reads a [`query`].
///
/// # Errors
/// See [`wrong`]; `InvalidClass`.
pub fn read_query(schema: &Schema, json: &Json) -> Result<Query, CimError> {
    let mut query = Query::all(match read_text(json, "class")? {
        "" => &ANY_CLASS,
        name => class(schema, name)?,
    });
    query.exact_class = json["exact"] == true;
    let walk = &json["walk"];
    if !walk.is_null() {
        let word = |name: &str| walk[name].as_str().map(str::to_owned);
        let association = Association {
            object: read_path(&walk["object"])?,
            association_class: word("association"),
            role: word("role"),
            result_role: word("result_role"),
        };
        query.source = match read_text(walk, "kind")? {
            "associators" => Source::Associators(association),
            "references" => Source::References(association),
            _ => return Err(wrong("kind")),
        };
    }
    if !json["where"].is_null() {
        query.predicate = Some(read_predicate(&json["where"], 0)?);
    }
    for by in json["order"].as_array().into_iter().flatten() {
        query.order_by.push(OrderBy {
            property: by[0].as_str().ok_or_else(|| wrong("order"))?.to_owned(),
            descending: by[1] == true,
        });
    }
    Ok(query)
}

fn predicate(given: &Predicate) -> Result<Json, CimError> {
    let several = |all: &[Predicate]| all.iter().map(predicate).collect::<Result<Json, _>>();
    Ok(match given {
        Predicate::And(all) => json!({ "and": several(all)? }),
        Predicate::Or(any) => json!({ "or": several(any)? }),
        Predicate::Not(inner) => json!({ "not": predicate(inner)? }),
        Predicate::Compare(comparison) => json!({
            "compare": comparison.path,
            "op": operator(comparison.op),
            "with": literal(&comparison.value),
        }),
        Predicate::IsNull(path) => json!({ "null": path }),
        Predicate::Like { path, pattern } => json!({ "like": path, "pattern": pattern }),
        Predicate::Isa { path, class } => json!({ "isa": path, "class": class }),
        Predicate::NamedValue {
            property,
            name,
            op,
            value,
        } => json!({
            "entry": property, "name": name, "op": operator(*op), "value": value,
        }),
        Predicate::Selected { .. } => {
            return Err(CimError::new(
                ErrorKind::NotSupported,
                "XPath with positions, `//` or tests in brackets cannot be sent here.",
            ));
        }
    })
}

fn read_predicate(json: &Json, depth: usize) -> Result<Predicate, CimError> {
    let object = json.as_object().ok_or_else(|| wrong("where"))?;
    if depth > MAX_DEPTH {
        return Err(wrong("where, nested so deep,"));
    }
    let has = |name: &str| object.contains_key(name);
    let several = |name: &str| {
        let all = json[name].as_array().into_iter().flatten();
        all.map(|p| read_predicate(p, depth + 1))
            .collect::<Result<Vec<_>, _>>()
    };
    let names = |name: &str| read_names(&json[name], name);
    let text = |name: &str| read_text(json, name).map(str::to_owned);
    Ok(match () {
        () if has("and") => Predicate::And(several("and")?),
        () if has("or") => Predicate::Or(several("or")?),
        () if has("not") => Predicate::Not(Box::new(read_predicate(&json["not"], depth + 1)?)),
        () if has("compare") => Predicate::Compare(Comparison {
            path: names("compare")?,
            op: read_operator(json)?,
            value: read_literal(&json["with"])?,
        }),
        () if has("null") => Predicate::IsNull(names("null")?),
        () if has("like") => Predicate::Like {
            path: names("like")?,
            pattern: text("pattern")?,
        },
        () if has("isa") => Predicate::Isa {
            path: names("isa")?,
            class: text("class")?,
        },
        () if has("entry") => Predicate::NamedValue {
            property: text("entry")?,
            name: text("name")?,
            op: read_operator(json)?,
            value: text("value")?,
        },
        () => return Err(wrong("where")),
    })
}

fn read_names(json: &Json, what: &str) -> Result<Vec<String>, CimError> {
    let names = json.as_array().ok_or_else(|| wrong(what))?.iter();
    let names = names.map(|name| Some(name.as_str()?.to_owned()));
    names.collect::<Option<_>>().ok_or_else(|| wrong(what))
}

fn operator(op: CompareOp) -> &'static str {
    let found = OPERATORS.iter().find(|(known, _)| *known == op);
    found.map_or("=", |(_, text)| text)
}

fn read_operator(json: &Json) -> Result<CompareOp, CimError> {
    let text = read_text(json, "op")?;
    let found = OPERATORS.iter().find(|(_, known)| *known == text);
    found.map(|(op, _)| *op).ok_or_else(|| wrong("op"))
}

fn literal(literal: &Literal) -> Json {
    match literal {
        Literal::String(text) => json!(text),
        Literal::Caseless(text) => json!({ "caseless": text }),
        // As a text: JSON numbers have an end.
        Literal::Integer(n) => json!({ "integer": n.to_string() }),
        Literal::Real(n) => json!({ "real": n.to_bits() }),
        Literal::Boolean(b) => json!(b),
        Literal::DateTime(time) => json!({ "datetime": time.to_string() }),
        Literal::Path(path) => json!({ "path": path }),
    }
}

fn read_literal(json: &Json) -> Result<Literal, CimError> {
    let text = |name: &str| json[name].as_str();
    Ok(match json {
        Json::String(text) => Literal::String(text.clone()),
        Json::Bool(b) => Literal::Boolean(*b),
        _ if !json["path"].is_null() => Literal::Path(read_names(&json["path"], "path")?),
        _ => {
            let caseless = || Some(Literal::Caseless(text("caseless")?.to_owned()));
            let integer = || text("integer")?.parse().ok().map(Literal::Integer);
            let real = || Some(Literal::Real(f64::from_bits(json["real"].as_u64()?)));
            let time = || {
                DateTime::parse_cim(text("datetime")?)
                    .ok()
                    .map(Literal::DateTime)
            };
            let read = caseless().or_else(integer).or_else(real).or_else(time);
            read.ok_or_else(|| wrong("with"))?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_come_back_as_they_were() {
        let schema = cimi_model::schema();
        let names = || vec!["Cpu".to_owned()];
        let compare = |value| {
            Predicate::Compare(Comparison {
                path: names(),
                op: CompareOp::Ge,
                value,
            })
        };
        let mut given = Query::all(schema.class("CIMI_Machine").unwrap());
        given.exact_class = true;
        given.predicate = Some(Predicate::And(vec![
            Predicate::Or(Vec::new()),
            Predicate::Not(Box::new(Predicate::IsNull(names()))),
            compare(Literal::Integer(i128::MIN)),
            compare(Literal::Real(0.5)),
            compare(Literal::String("a".into())),
            compare(Literal::Caseless("a".into())),
            compare(Literal::Boolean(true)),
            compare(Literal::Path(names())),
            compare(Literal::DateTime(
                DateTime::parse_cim("20261124100000.000000+000").unwrap(),
            )),
            Predicate::Like {
                path: names(),
                pattern: "%".into(),
            },
            Predicate::Isa {
                path: Vec::new(),
                class: "CIMI_Machine".into(),
            },
            Predicate::NamedValue {
                property: "Properties".into(),
                name: "k".into(),
                op: CompareOp::Ne,
                value: "v".into(),
            },
        ]));
        given.order_by = vec![OrderBy {
            property: "Cpu".into(),
            descending: true,
        }];
        given.source = Source::References(Association {
            object: cim_core::ObjectPath::new("CIMI_Machine", "InstanceID", "m"),
            association_class: None,
            role: Some("GroupComponent".into()),
            result_role: None,
        });
        let text = query(&given).unwrap().to_string();
        let read = read_query(schema, &serde_json::from_str(&text).unwrap()).unwrap();
        assert_eq!(read.predicate, given.predicate);
        assert_eq!(read.order_by, given.order_by);
        assert_eq!(read.source, given.source);
        assert!(read.exact_class && std::ptr::eq(read.class, given.class));

        for nonsense in [
            json!({}),
            json!({ "class": "CIMI_Machine", "where": { "and": [1] } }),
            json!({ "class": "CIMI_Machine", "where": { "compare": ["Cpu"], "op": "~", "with": "a" } }),
            json!({ "class": "", "walk": { "kind": "x" } }),
        ] {
            read_query(schema, &nonsense).unwrap_err();
        }
    }
}
