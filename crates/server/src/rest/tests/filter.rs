//! `$filter` over whole requests, against an oracle that knows nothing but the JSON of the items.

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::{Cloud, path};

const BASE: &str = "http://cloud.example/cimi/";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Op {
    Lt,
    Le,
    Eq,
    Ge,
    Gt,
    Ne,
}

impl Op {
    fn holds<T: PartialOrd>(self, a: &T, b: &T) -> bool {
        match self {
            Self::Lt => a < b,
            Self::Le => a <= b,
            Self::Eq => a == b,
            Self::Ge => a >= b,
            Self::Gt => a > b,
            Self::Ne => a != b,
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Eq => "=",
            Self::Ge => ">=",
            Self::Gt => ">",
            Self::Ne => "!=",
        }
    }

    /// With the sides changed.
    fn mirrored(self) -> Self {
        match self {
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            Self::Ge => Self::Le,
            Self::Gt => Self::Lt,
            same => same,
        }
    }
}

#[derive(Debug, Clone)]
enum Expr {
    Integer(&'static str, Op, u64),
    Text(&'static str, Op, &'static str),
    /// The year of a date that is the first or last moment of it.
    Date(Op, u32),
    Link(Op, &'static str),
    Property(&'static str, Op, &'static str),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
}

impl Expr {
    /// Whether it holds of an item; what an item does not have compares with nothing.
    fn holds(&self, item: &Value) -> bool {
        match self {
            Self::Integer(name, op, n) => item[name].as_u64().is_some_and(|v| op.holds(&v, n)),
            Self::Text(name, op, text) => item[name].as_str().is_some_and(|v| op.holds(&v, text)),
            Self::Date(op, year) => {
                let created = item["created"]
                    .as_str()
                    .and_then(|date| date[..4].parse().ok());
                created.is_some_and(|created: u32| op.holds(&created, year))
            }
            Self::Link(op, id) => {
                let link = item["machineConfig"]["href"].as_str();
                link.is_some_and(|link| op.holds(&link, &format!("{BASE}{id}").as_str()))
            }
            Self::Property(key, op, text) => {
                let value = item["properties"][key].as_str();
                value.is_some_and(|value| op.holds(&value, text))
            }
            Self::And(a, b) => a.holds(item) && b.holds(item),
            Self::Or(a, b) => a.holds(item) || b.holds(item),
        }
    }

    /// As a client may write it; `manner` chooses among the ways.
    fn write(&self, manner: u8) -> String {
        let blank = if manner & 1 == 0 { "" } else { " " };
        let compare = |name: &str, op: Op, value: String| {
            if manner & 2 == 0 {
                format!("{name}{blank}{}{blank}{value}", op.text())
            } else {
                format!("{value}{blank}{}{blank}{name}", op.mirrored().text())
            }
        };
        let quote = if manner & 4 == 0 { '\'' } else { '"' };
        let quoted = |text: &str| format!("{quote}{text}{quote}");
        match self {
            Self::Integer(name, op, n) => compare(name, *op, n.to_string()),
            Self::Text(name, op, text) => compare(name, *op, quoted(text)),
            Self::Date(op, year) => {
                let date = format!("{year}-06-01T00:00:00+02:00");
                let date = if manner & 8 == 0 { date } else { quoted(&date) };
                compare("created", *op, date)
            }
            Self::Link(op, id) if manner & 8 == 0 => compare("machineConfig", *op, quoted(id)),
            Self::Link(op, id) => compare("machineConfig", *op, quoted(&format!("{BASE}{id}"))),
            Self::Property(key, op, text) => {
                format!(
                    "property[{}]{blank}{}{blank}{}",
                    quoted(key),
                    op.text(),
                    quoted(text)
                )
            }
            Self::And(a, b) => {
                let side = |e: &Self| match e {
                    Self::Or(..) => format!("({blank}{}{blank})", e.write(manner)),
                    _ => e.write(manner),
                };
                format!("{} and {}", side(a), side(b))
            }
            Self::Or(a, b) => format!("{} or {}", a.write(manner), b.write(manner)),
        }
    }
}

fn expression() -> impl Strategy<Value = Expr> {
    let any = prop_oneof![
        Just(Op::Lt),
        Just(Op::Le),
        Just(Op::Eq),
        Just(Op::Ge),
        Just(Op::Gt),
        Just(Op::Ne)
    ];
    let equal = prop_oneof![Just(Op::Eq), Just(Op::Ne)];
    let text = prop::sample::select(vec!["n0", "n1", "a b", "nobody", "x"]);
    // Years in which nothing was made: within a year, the moment would count.
    let year = prop::sample::select(vec![1970u32, 1999, 2999]);
    let link = prop::sample::select(vec!["machineConfigs/demo-small", "machineConfigs/none"]);
    let term = prop_oneof![
        (
            prop::sample::select(vec!["cpu", "memory"]),
            any.clone(),
            0u64..5
        )
            .prop_map(|(name, op, n)| Expr::Integer(name, op, n)),
        (
            prop::sample::select(vec!["name", "description"]),
            equal.clone(),
            text.clone()
        )
            .prop_map(|(name, op, text)| Expr::Text(name, op, text)),
        (any, year).prop_map(|(op, year)| Expr::Date(op, year)),
        (equal.clone(), link).prop_map(|(op, id)| Expr::Link(op, id)),
        (prop::sample::select(vec!["k", "l"]), equal, text)
            .prop_map(|(key, op, text)| Expr::Property(key, op, text)),
    ];
    term.prop_recursive(4, 24, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Expr::And(a.into(), b.into())),
            (inner.clone(), inner).prop_map(|(a, b)| Expr::Or(a.into(), b.into())),
        ]
    })
}

fn has_link(expr: &Expr) -> bool {
    match expr {
        Expr::Link(..) => true,
        Expr::And(a, b) | Expr::Or(a, b) => has_link(a) || has_link(b),
        _ => false,
    }
}

fn has_number(expr: &Expr) -> bool {
    match expr {
        Expr::Integer(..) => true,
        Expr::And(a, b) | Expr::Or(a, b) => has_number(a) || has_number(b),
        _ => false,
    }
}

fn ids(collection: &Value, group: &str) -> BTreeSet<String> {
    let items = collection[group].as_array().map_or(&[][..], Vec::as_slice);
    items
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn filters_select_what_a_naive_reader_would() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let cloud = runtime.block_on(async {
        let cloud = Cloud::new().await;
        for n in 0..24_u64 {
            let mut config = json!({ "cpu": n % 4, "memory": n % 5 });
            if n % 3 > 0 {
                config["name"] = json!(if n % 2 == 0 { "n0" } else { "a b" });
            }
            if n % 4 > 1 {
                config["properties"] =
                    json!({ "k": if n % 2 == 0 { "x" } else { "n1" }, "m": "x" });
            }
            cloud
                .send("POST", "/cimi/machineConfigs", &config)
                .await
                .is(201);
            if n % 6 == 0 {
                let template = json!({
                    "name": if n % 4 == 0 { "n0" } else { "x" },
                    "description": "a b",
                    "machineConfig": { "href": "machineConfigs/demo-small" },
                    "machineImage": { "href": "machineImages/demo-debian" },
                });
                let made = cloud
                    .send("POST", "/cimi/machineTemplates", &template)
                    .await
                    .is(201);
                assert!(
                    path(made.header("location").unwrap()).starts_with("/cimi/machineTemplates/")
                );
            }
        }
        cloud
    });
    let all = |collection: &str| runtime.block_on(cloud.json(&format!("/cimi/{collection}")));
    let (configs, templates) = (all("machineConfigs"), all("machineTemplates"));
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(300)
    });
    runner
        .run(&(expression(), any::<u8>()), |(expr, manner)| {
            let (collection, group, items) = match (has_link(&expr), has_number(&expr)) {
                // No resource type has both.
                (true, true) => return Ok(()),
                (true, false) => ("machineTemplates", "machineTemplates", &templates),
                (false, _) => ("machineConfigs", "machineConfigurations", &configs),
            };
            let text = expr.write(manner);
            let encoded = utf8_percent_encode(&text, NON_ALPHANUMERIC);
            let found =
                runtime.block_on(cloud.json(&format!("/cimi/{collection}?$filter={encoded}")));
            let right: BTreeSet<String> = items[group]
                .as_array()
                .unwrap()
                .iter()
                .filter(|item| expr.holds(item))
                .map(|item| item["id"].as_str().unwrap().to_owned())
                .collect();
            prop_assert_eq!(&found["count"], &json!(right.len()), "{}", text);
            prop_assert_eq!(ids(&found, group), right, "{}", text);
            Ok(())
        })
        .unwrap();
}
