use std::sync::LazyLock;

use cim_core::{Instance, Value};
use expect_test::expect_file;
use proptest::prelude::*;

use super::*;
use crate::parse_selector_filter;

pub(super) static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let text = [
        include_str!("../../../../mof/qualifiers.mof"),
        include_str!("test.mof"),
    ]
    .concat();
    let compilation = cim_mof::compile_text("test.mof", &text);
    assert_eq!(
        compilation.error_count(),
        0,
        "{:?}",
        compilation.diagnostics()
    );
    Schema::new(compilation.lower())
});

pub(super) fn system() -> Instance {
    let class = SCHEMA.class("XYZ_System").expect("is in the schema");
    let inner = SCHEMA.class("XYZ_Inner").expect("is in the schema");
    let inner = Instance::new(inner)
        .with("Id", "i")
        .with("Mail", "ops@Example.org")
        .with("Level", 3u64);
    Instance::new(class)
        .with("Id", "s/1")
        .with("Name", "Web-01")
        .with("Names", Value::Array(vec!["a".into(), "B".into()]))
        .with("State", 2u64)
        .with("Offset", Value::Signed(-5))
        .with("Enabled", true)
        .with("Load", Value::Real(0.5))
        .with(
            "Since",
            DateTime::parse_cim("20261124100000.000000+000").expect("is a datetime"),
        )
        .with("Letter", Value::Char16(u16::from(b'x')))
        .with("Owner", "o/1")
        .with("Inner", inner.clone())
        .with("Anything", inner)
}

fn wql(condition: &str) -> Result<bool, CimError> {
    let text = format!("select * from XYZ_System where {condition}");
    let query = parse_wql(&text, &SCHEMA)?;
    Ok(query.predicate.expect("has a condition").matches(&system()))
}

fn cql(condition: &str) -> Result<bool, CimError> {
    let text = format!("SELECT * FROM XYZ_System WHERE {condition}");
    let query = parse_cql(&text, &SCHEMA)?;
    Ok(query.predicate.expect("has a condition").matches(&system()))
}

#[test]
fn conditions_hold() {
    for condition in [
        "Name = 'Web-01'",
        "name=\"Web-01\" and STATE = 2",
        "'Web-01' = Name",
        "3 > State",
        "State <> 3 AND State != 4 AND NOT State = 5",
        "State >= 0x2 AND State <= 2",
        "Offset < -4 AND -6 < Offset",
        "Enabled = TRUE AND Enabled <> false AND Enabled = 'true' AND Enabled = 1",
        "Load = 0.5 AND Load < 1 AND Load > 4.9e-1",
        "Since = '20261124100000.000000+000'",
        "Since > \"2026-11-24T09:59:59Z\" AND Since < '2026-11-25'",
        "Letter = 'x'",
        "Names = 'a'",
        "Owner = 'o/1' AND Owner = '/root/cimi:XYZ_Base.InstanceID=\"o/1\"'",
        "Inner.Level = 3",
        "Inner.Mail LIKE 'ops@%'",
        "Inner ISA XYZ_Base AND NOT Inner ISA XYZ_System",
        "Anything ISA 'XYZ_Inner'",
        "Anything.XYZ_Inner::Level = Inner.Level",
        "Anything.Level = 3",
        "XYZ_System.State = 2 AND XYZ_Base.Id = 's/1'",
        "XYZ_System ISA XYZ_Base",
        "Name IS NOT NULL AND NOT Name IS NULL AND Name <> NULL",
        "(State = 1 OR State = 2) AND (Enabled = TRUE)",
        "State = 1 OR State = 2 AND Enabled = TRUE",
        "Name LIKE 'Web-__' AND Name NOT LIKE 'x%'",
        "Name <> 'it''s \\'quoted\\''",
        "NOT (State = 1 AND State = 2)",
        "NOT NOT State = 2",
    ] {
        assert!(wql(condition).expect(condition), "WQL {condition}");
        assert!(cql(condition).expect(condition), "CQL {condition}");
    }
}

#[test]
fn the_languages_differ_in_case_and_patterns() {
    for (condition, in_wql, in_cql) in [
        ("Name = 'WEB-01'", true, false),
        ("Names = 'b'", true, false),
        ("Name > 'WEB-00'", true, true),
        ("Name < 'WEB-02'", true, false),
        ("Name LIKE 'wEB%'", true, false),
        ("Name LIKE '[t-z]eb-[0-9]1'", true, false),
        ("Name LIKE '[^w]%'", false, false),
        ("Inner.Mail = 'OPS@example.ORG'", true, false),
        ("Letter = 'X'", true, false),
        ("Owner = 'O/1'", false, false),
    ] {
        assert_eq!(wql(condition).expect(condition), in_wql, "WQL {condition}");
        assert_eq!(cql(condition).expect(condition), in_cql, "CQL {condition}");
    }
    assert!(cql("ANY Names[*] = 'a'").expect("is CQL"));
    assert!(wql("ANY Names[*] = 'a'").is_err());
}

#[test]
fn select_lists_aliases_and_orders() {
    let query = parse_wql("SELECT name, STATE, Name FROM xyz_system", &SCHEMA).expect("is WQL");
    assert_eq!(query.class.name, "XYZ_System");
    assert_eq!(
        query.projection,
        Some(vec!["Name".to_owned(), "State".to_owned()])
    );
    assert_eq!(query.predicate, None);
    let text = "SELECT s.Name FROM XYZ_System AS s WHERE s.State = 2 ORDER BY s.Name DESC, State";
    let query = parse_cql(text, &SCHEMA).expect("is CQL");
    assert_eq!(query.projection, Some(vec!["Name".to_owned()]));
    let order = |property: &str, descending| OrderBy {
        property: property.to_owned(),
        descending,
    };
    assert_eq!(query.order_by, [order("Name", true), order("State", false)]);
    assert!(query.predicate.is_some_and(|p| p.matches(&system())));
}

#[test]
fn mistakes_have_their_place() {
    let deep = format!("SELECT * FROM XYZ_System WHERE {}State = 1", "(".repeat(40));
    let long = format!(
        "SELECT * FROM XYZ_System WHERE State = 1{}",
        " OR State = 1".repeat(300)
    );
    let huge = " ".repeat(20_000);
    let mut out = String::new();
    for text in [
        "",
        "SELECT",
        "SELECT *",
        "SELECT * FROM",
        "SELECT * FROM 5",
        "SELECT * FROM XYZ_Sistem",
        "SELECT Nam FROM XYZ_System",
        "SELECT Inner.Mail FROM XYZ_System",
        "SELECT * FROM XYZ_System WHERE",
        "SELECT * FROM XYZ_System WHERE Nome = 'a'",
        "SELECT * FROM XYZ_System WHERE Inner.Male = 'a'",
        "SELECT * FROM XYZ_System WHERE Name.Mail = 'a'",
        "SELECT * FROM XYZ_System WHERE Anything.XYZ_Iner::Mail = 'a'",
        "SELECT * FROM XYZ_System WHERE Name = ",
        "SELECT * FROM XYZ_System WHERE Name 'a'",
        "SELECT * FROM XYZ_System WHERE Name = 'a",
        "SELECT * FROM XYZ_System WHERE 'é' = 'a' AND Name",
        "SELECT * FROM XYZ_System WHERE Name = 5",
        "SELECT * FROM XYZ_System WHERE State = 'two'",
        "SELECT * FROM XYZ_System WHERE State = TRUE",
        "SELECT * FROM XYZ_System WHERE State = 2x",
        "SELECT * FROM XYZ_System WHERE Since = 'yesterday'",
        "SELECT * FROM XYZ_System WHERE Since > 2026-11-24",
        "SELECT * FROM XYZ_System WHERE Enabled = 'on'",
        "SELECT * FROM XYZ_System WHERE Name = State",
        "SELECT * FROM XYZ_System WHERE State > NULL",
        "SELECT * FROM XYZ_System WHERE State LIKE '2%'",
        "SELECT * FROM XYZ_System WHERE Name LIKE 5",
        "SELECT * FROM XYZ_System WHERE Name NOT 'a'",
        "SELECT * FROM XYZ_System WHERE Names[0] = 'a'",
        "SELECT * FROM XYZ_System WHERE Inner ISA XYZ_Outer",
        "SELECT * FROM XYZ_System WHERE (State = 1",
        "SELECT * FROM XYZ_System WHERE State = 1)",
        "SELECT * FROM XYZ_System WHERE State = 1; DROP",
        "SELECT * FROM XYZ_System WITHIN 5 WHERE State = 1",
        "SELECT * FROM XYZ_System ORDER BY Name",
        "ASSOCIATORS OF {x}",
        &deep,
        &long,
        &huge,
    ] {
        let error = parse_wql(text, &SCHEMA).expect_err(text);
        assert_eq!(error.kind(), ErrorKind::InvalidQuery);
        let shown: String = text.chars().take(90).collect();
        out += &format!(
            "{}\n    {error} [{}]\n",
            shown.trim_end(),
            error.subject().unwrap_or("-")
        );
    }
    expect_file!["mistakes.txt"].assert_eq(&out);
}

#[test]
fn selector_filters() {
    let class = SCHEMA.class("XYZ_System").expect("is in the schema");
    let matches = |selectors: &[(&'static str, &'static str)]| {
        parse_selector_filter(class, selectors.iter().copied()).map(|p| p.matches(&system()))
    };
    for (selectors, expected) in [
        (&[][..], true),
        (&[("name", " Web-01 "), ("State", "2")], true),
        (&[("Name", "web-01")], false),
        (
            &[("Enabled", "TRUE"), ("Load", "0.50"), ("Offset", "-5")],
            true,
        ),
        (&[("Owner", "/root/cimi:XYZ_Base.InstanceID=\"o/1\"")], true),
        (&[("State", "3")], false),
    ] {
        assert_eq!(
            matches(selectors).expect("is a filter"),
            expected,
            "{selectors:?}"
        );
    }
    for (selectors, message) in [
        (
            &[("Nam", "x")][..],
            "Class XYZ_System has no property `Nam`. Did you mean `Name`?",
        ),
        (
            &[("Name", "x"), ("NAME", "y")],
            "The selector `Name` is given twice.",
        ),
        (
            &[("State", "x")],
            "The selector `State` cannot filter: `x` is no integer.",
        ),
        (
            &[("Names", "x")],
            "The selector `Names` cannot filter: it is an array.",
        ),
        (
            &[("Since", "x")],
            "The selector `Since` cannot filter: it is a datetime.",
        ),
        (
            &[("Inner", "x")],
            "The selector `Inner` cannot filter: it is an embedded instance.",
        ),
        (
            &[("Name", "a'b")],
            "The selector `Name` cannot filter: its value has a quotation mark.",
        ),
    ] {
        let error = matches(selectors).expect_err("is no filter");
        assert_eq!(
            (error.kind(), error.message()),
            (ErrorKind::InvalidQuery, message)
        );
    }
}

/// A condition with its text and its value in three-valued logic, made without the parser.
#[derive(Debug, Clone)]
enum Condition {
    /// `State op n`, or the same over `Offset`, which may be NULL.
    Compare(bool, usize, i64),
    IsNull(bool),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Not(Box<Self>),
}

const OPS: [(&str, CompareOp); 6] = [
    ("=", CompareOp::Eq),
    ("<>", CompareOp::Ne),
    ("<", CompareOp::Lt),
    ("<=", CompareOp::Le),
    (">", CompareOp::Gt),
    (">=", CompareOp::Ge),
];

impl Condition {
    fn text(&self) -> String {
        let name = |offset: bool| if offset { "Offset" } else { "State" };
        match self {
            Self::Compare(offset, op, n) => format!("{} {} {n}", name(*offset), OPS[*op].0),
            Self::IsNull(offset) => format!("{} is null", name(*offset)),
            Self::And(a, b) => format!("({}) and ({})", a.text(), b.text()),
            Self::Or(a, b) => format!("({} or {})", a.text(), b.text()),
            Self::Not(a) => format!("not ({})", a.text()),
        }
    }

    fn value(&self, state: Option<i64>, offset: Option<i64>) -> Option<bool> {
        let of = |is_offset: bool| if is_offset { offset } else { state };
        match self {
            Self::Compare(is_offset, op, n) => of(*is_offset).map(|v| OPS[*op].1.holds(v.cmp(n))),
            Self::IsNull(is_offset) => Some(of(*is_offset).is_none()),
            Self::And(a, b) => match (a.value(state, offset), b.value(state, offset)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Self::Or(a, b) => match (a.value(state, offset), b.value(state, offset)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            Self::Not(a) => a.value(state, offset).map(|v| !v),
        }
    }
}

fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![
        3 => (any::<bool>(), 0..OPS.len(), 0i64..4).prop_map(|(o, op, n)| Condition::Compare(o, op, n)),
        1 => any::<bool>().prop_map(Condition::IsNull),
    ];
    leaf.prop_recursive(5, 32, 2, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            two.clone()
                .prop_map(|(a, b)| Condition::And(a.into(), b.into())),
            two.prop_map(|(a, b)| Condition::Or(a.into(), b.into())),
            inner.prop_map(|a| Condition::Not(a.into())),
        ]
    })
}

proptest! {
    #[test]
    fn conditions_mean_what_sql_says(
        condition in condition(),
        state in proptest::option::of(0i64..4),
        offset in proptest::option::of(0i64..4),
    ) {
        let mut instance = Instance::new(SCHEMA.class("XYZ_System").expect("is in the schema"));
        if let Some(state) = state {
            instance.set("State", Value::Unsigned(state.unsigned_abs()));
        }
        if let Some(offset) = offset {
            instance.set("Offset", Value::Signed(offset));
        }
        let text = format!("select * from XYZ_System where {}", condition.text());
        let query = parse_wql(&text, &SCHEMA).expect("is WQL");
        let holds = query.predicate.expect("has a condition").matches(&instance);
        prop_assert_eq!(holds, condition.value(state, offset) == Some(true), "{}", text);
    }

    #[test]
    fn strings_survive_quoting(text in "\\PC{0,12}", double in any::<bool>(), doubled in any::<bool>()) {
        let quote = if double { '"' } else { '\'' };
        let mut quoted = String::from(quote);
        for c in text.chars() {
            if c == '\\' || c == quote && !doubled {
                quoted.push('\\');
            } else if c == quote {
                quoted.push(quote);
            }
            quoted.push(c);
        }
        quoted.push(quote);
        let query = format!("SELECT * FROM XYZ_System WHERE Name = {quoted}");
        let query = parse_cql(&query, &SCHEMA).expect("is CQL");
        let expected = Predicate::Compare(Comparison {
            path: vec!["Name".to_owned()],
            op: CompareOp::Eq,
            value: Literal::String(text),
        });
        prop_assert_eq!(query.predicate, Some(expected));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,60}") {
        let _ = parse_wql(&text, &SCHEMA);
        let _ = parse_cql(&text, &SCHEMA);
    }

    #[test]
    fn no_words_panic(words in proptest::collection::vec(prop::sample::select(vec![
        "SELECT", "*", "FROM", "XYZ_System", "WHERE", "Name", "State", "Inner", ".", "::", "=", "<>",
        "LIKE", "ISA", "IS", "NOT", "NULL", "AND", "OR", "(", ")", "'a%'", "5", "-1.5e3", "0x", "ANY",
        "[", "]", "ORDER", "BY", ",", "é", "\"", "TRUE",
    ]), 0..16)) {
        let tail = words.join(" ");
        for text in [format!("SELECT * FROM XYZ_System WHERE {tail}"), tail] {
            let _ = parse_wql(&text, &SCHEMA);
            let _ = parse_cql(&text, &SCHEMA);
        }
    }

    #[test]
    fn patterns_without_case_match_both(pattern in "[a-cA-C%_\\[\\]^é-]{0,8}", text in "[a-cA-Cé]{0,6}") {
        // Lowering text and pattern must not change the outcome.
        let caseless = |pattern: &str| caseless_pattern(pattern);
        let a = crate::like::like(&text, &caseless(&pattern));
        let b = crate::like::like(&text.to_uppercase(), &caseless(&pattern));
        let c = crate::like::like(&text.to_lowercase(), &caseless(&pattern));
        prop_assert_eq!(a, b);
        prop_assert_eq!(a, c);
    }
}
