//! CIMI `$filter` (DSP0263 4.1.6.1) to a [`Predicate`].
//!
//! ```text
//! filter   = and-expr *( "or" and-expr )
//! and-expr = term *( "and" term )
//! term     = attribute op value / value op attribute / prop-expr / "(" filter ")"
//! ```
//!
//! The language names REST attributes; [`FilterAttributes`] says which property each one is. Beyond
//! the grammar, as deployed clients need it: `=` and `!=` on booleans, backslash escapes in strings,
//! quoted dates and numbers, negative numbers.

use std::borrow::Cow;
use std::fmt;

use cim_core::{CimType, DateTime, PropertyDescriptor};

use crate::{CompareOp, Comparison, Literal, Predicate};

/// Parentheses inside parentheses.
const MAX_DEPTH: usize = 32;

/// Comparisons in one expression.
const MAX_TERMS: usize = 256;

/// What the attribute names of a filter mean.
pub trait FilterAttributes {
    /// The property behind a top-level attribute; `None` if the items have no such attribute or it
    /// cannot be compared.
    fn property(&self, attribute: &str) -> Option<&'static PropertyDescriptor>;

    /// The array of name and value pairs that `property['name']` looks into.
    fn properties(&self) -> Option<&'static PropertyDescriptor>;

    /// The identity that a URI literal means, for attributes that hold one (`id`, references).
    fn identity<'a>(&self, uri: &'a str) -> Cow<'a, str>;

    /// The attribute name most like an unknown one, for the message.
    fn nearest(&self, attribute: &str) -> Option<&'static str>;
}

/// Why a text is no filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterError {
    /// The byte of the expression where the trouble starts.
    pub at: usize,
    /// What was wrong and what would be right.
    pub message: String,
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at character {})", self.message, self.at + 1)
    }
}

impl std::error::Error for FilterError {}

/// Reads one `$filter` expression.
///
/// # Errors
/// Any text that is not a filter over these attributes, with the place of the trouble.
pub fn parse_filter(
    text: &str,
    attributes: &dyn FilterAttributes,
) -> Result<Predicate, FilterError> {
    let mut parser = Parser {
        text,
        at: 0,
        attributes,
        terms: 0,
    };
    let predicate = parser.filter(0)?;
    parser.blanks();
    if parser.at < text.len() {
        return parser.fail("`and`, `or` or the end of the expression is expected here");
    }
    Ok(predicate)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    attributes: &'a dyn FilterAttributes,
    terms: usize,
}

/// One side of a comparison.
enum Operand<'a> {
    Attribute(&'a str),
    Literal(Literal),
}

const OPERATORS: [(&str, CompareOp); 6] = [
    ("<=", CompareOp::Le),
    (">=", CompareOp::Ge),
    ("!=", CompareOp::Ne),
    ("<", CompareOp::Lt),
    (">", CompareOp::Gt),
    ("=", CompareOp::Eq),
];

impl<'a> Parser<'a> {
    fn fail<T>(&self, message: impl Into<String>) -> Result<T, FilterError> {
        self.fail_at(self.at, message)
    }

    fn fail_at<T>(&self, at: usize, message: impl Into<String>) -> Result<T, FilterError> {
        Err(FilterError {
            at,
            message: message.into(),
        })
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn take(&mut self, token: &str) -> bool {
        self.blanks();
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// A keyword, in any case, that is not the start of a longer name.
    fn keyword(&mut self, word: &str) -> bool {
        self.blanks();
        let rest = self.rest();
        let found = rest
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
            && !rest[word.len()..].starts_with(is_name_char);
        if found {
            self.at += word.len();
        }
        found
    }

    fn filter(&mut self, depth: usize) -> Result<Predicate, FilterError> {
        if depth > MAX_DEPTH {
            return self.fail(format!(
                "parentheses are nested more than {MAX_DEPTH} times"
            ));
        }
        let mut any = vec![self.and_expr(depth)?];
        while self.keyword("or") {
            any.push(self.and_expr(depth)?);
        }
        Ok(single(any, Predicate::Or))
    }

    fn and_expr(&mut self, depth: usize) -> Result<Predicate, FilterError> {
        let mut all = vec![self.term(depth)?];
        while self.keyword("and") {
            all.push(self.term(depth)?);
        }
        Ok(single(all, Predicate::And))
    }

    fn term(&mut self, depth: usize) -> Result<Predicate, FilterError> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return self.fail(format!("there are more than {MAX_TERMS} comparisons"));
        }
        if self.take("(") {
            let inner = self.filter(depth + 1)?;
            if !self.take(")") {
                return self.fail("`)` is missing");
            }
            return Ok(inner);
        }
        self.blanks();
        let start = self.at;
        if self.keyword("property") && self.take("[") {
            return self.named_value();
        }
        self.at = start;
        let left_at = self.at;
        let left = self.operand()?;
        let op = self.operator()?;
        self.blanks();
        let right_at = self.at;
        let right = self.operand()?;
        match (left, right) {
            (Operand::Attribute(name), Operand::Literal(value)) => {
                self.comparison(name, left_at, op, value, right_at)
            }
            (Operand::Literal(value), Operand::Attribute(name)) => {
                self.comparison(name, right_at, op.mirrored(), value, left_at)
            }
            (Operand::Attribute(_), Operand::Attribute(_)) => self.fail_at(
                right_at,
                "an attribute is compared with a value (a number, a date, true, false, or a string \
                 in quotes), not with another attribute",
            ),
            (Operand::Literal(_), Operand::Literal(_)) => self.fail_at(
                left_at,
                "one side of a comparison must be the name of an attribute",
            ),
        }
    }

    fn operator(&mut self) -> Result<CompareOp, FilterError> {
        OPERATORS
            .into_iter()
            .find(|(token, _)| self.take(token))
            .map(|(_, op)| op)
            .map_or_else(
                || self.fail("one of the operators <, <=, =, >=, > or != is expected here"),
                Ok,
            )
    }

    /// After `property[`.
    fn named_value(&mut self) -> Result<Predicate, FilterError> {
        self.blanks();
        let Some(name) = self.quoted()? else {
            return self.fail("the name of a property in quotes is expected after `property[`");
        };
        if !self.take("]") {
            return self.fail("`]` is missing after the name of the property");
        }
        let op_at = self.at;
        let op = self.operator()?;
        if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
            return self.fail_at(op_at, "a property is a string: only = and != compare it");
        }
        self.blanks();
        let Some(value) = self.quoted()? else {
            return self.fail("a string in quotes is expected here");
        };
        match self.attributes.properties() {
            Some(property) => Ok(Predicate::NamedValue {
                property: property.name.to_owned(),
                name,
                op,
                value,
            }),
            None => self.fail_at(op_at, "these items have no properties"),
        }
    }

    fn operand(&mut self) -> Result<Operand<'a>, FilterError> {
        self.blanks();
        if let Some(text) = self.quoted()? {
            return Ok(Operand::Literal(Literal::String(text)));
        }
        let start = self.at;
        let rest = self.rest();
        let end = rest.find(|c| !is_word_char(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        self.at += end;
        if word.is_empty() {
            return self.fail("the name of an attribute or a value is expected here");
        }
        if word.eq_ignore_ascii_case("true") || word.eq_ignore_ascii_case("false") {
            return Ok(Operand::Literal(Literal::Boolean(
                word.eq_ignore_ascii_case("true"),
            )));
        }
        if word.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+') {
            if let Some(literal) = number_or_date(word) {
                return Ok(Operand::Literal(literal));
            }
            // Blanks between tokens are optional (cimi-rest 5.1): `cpu=1or cpu=2`.
            for joining in ["and", "or"] {
                let value = word.len().checked_sub(joining.len());
                let split = value.and_then(|at| word.split_at_checked(at));
                if let Some((value, end)) = split
                    && end.eq_ignore_ascii_case(joining)
                    && let Some(literal) = number_or_date(value)
                {
                    self.at = start + value.len();
                    return Ok(Operand::Literal(literal));
                }
            }
            return self.fail_at(
                start,
                format!(
                    "`{word}` is neither an integer nor a date (2026-11-24, 2026-11-24T10:00:00Z)"
                ),
            );
        }
        if word.chars().all(is_name_char) {
            Ok(Operand::Attribute(word))
        } else {
            self.fail_at(
                start,
                format!("`{word}` is no name of an attribute; strings stand in quotes"),
            )
        }
    }

    /// A string in either kind of quotes; `None` if no quote stands here.
    fn quoted(&mut self) -> Result<Option<String>, FilterError> {
        let rest = self.rest();
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
            return Ok(None);
        };
        let mut text = String::new();
        let mut chars = rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some((_, escaped)) => text.push(escaped),
                    None => break,
                },
                c if c == quote => {
                    self.at += at + 1;
                    return Ok(Some(text));
                }
                c => text.push(c),
            }
        }
        self.fail(format!("the string has no closing {quote}"))
    }

    fn comparison(
        &self,
        name: &str,
        name_at: usize,
        op: CompareOp,
        value: Literal,
        value_at: usize,
    ) -> Result<Predicate, FilterError> {
        let Some(property) = self.attributes.property(name) else {
            let hint = match self.attributes.nearest(name) {
                Some(other) => format!("; did you mean `{other}`?"),
                None => String::new(),
            };
            return self.fail_at(
                name_at,
                format!("`{name}` is no attribute that can be compared{hint}"),
            );
        };
        let identity = property.flags.key || property.reference_class.is_some();
        let value = match (property.ty, value) {
            (CimType::String | CimType::Reference, Literal::String(text)) if identity => {
                Literal::String(self.attributes.identity(&text).into_owned())
            }
            (
                CimType::String | CimType::Char16 | CimType::Reference,
                value @ Literal::String(_),
            ) => value,
            // Deployed clients quote dates and numbers.
            (CimType::DateTime, Literal::String(text)) => {
                match DateTime::parse_xs_datetime(&text)
                    .or_else(|_| DateTime::parse_xs_duration(&text))
                {
                    Ok(date) => Literal::DateTime(date),
                    Err(error) => return self.fail_at(value_at, error.to_string()),
                }
            }
            (CimType::DateTime, value @ Literal::DateTime(_)) => value,
            (CimType::Boolean, value @ Literal::Boolean(_)) => value,
            (CimType::Boolean, Literal::String(text))
                if matches!(text.as_str(), "true" | "false") =>
            {
                Literal::Boolean(text == "true")
            }
            (ty, value @ Literal::Integer(_)) if is_number(ty) => value,
            (ty, Literal::String(text)) if is_number(ty) => match text.trim().parse() {
                Ok(n) => Literal::Integer(n),
                Err(_) => {
                    return self.fail_at(
                        value_at,
                        format!("`{name}` is a number and cannot be compared with \"{text}\""),
                    );
                }
            },
            (ty, _) => {
                return self.fail_at(
                    value_at,
                    format!("`{name}` is compared with {}", wanted(ty)),
                );
            }
        };
        let ordered = is_number(property.ty) || property.ty == CimType::DateTime;
        if !ordered && !matches!(op, CompareOp::Eq | CompareOp::Ne) {
            return self.fail_at(
                name_at,
                format!("only = and != compare `{name}`, which is neither a number nor a date"),
            );
        }
        Ok(Predicate::Compare(Comparison {
            path: vec![property.name.to_owned()],
            op,
            value,
        }))
    }
}

fn is_number(ty: CimType) -> bool {
    ty.is_integer() || matches!(ty, CimType::Real32 | CimType::Real64)
}

fn wanted(ty: CimType) -> &'static str {
    match ty {
        CimType::Boolean => "true or false",
        CimType::DateTime => "a date such as 2026-11-24 or 2026-11-24T10:00:00Z",
        ty if is_number(ty) => "a number",
        _ => "a string in quotes",
    }
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// What an unquoted name, number or date consists of.
fn number_or_date(word: &str) -> Option<Literal> {
    if let Ok(n) = word.parse::<i128>() {
        return Some(Literal::Integer(n));
    }
    DateTime::parse_xs_datetime(word)
        .ok()
        .map(Literal::DateTime)
}

fn is_word_char(c: char) -> bool {
    is_name_char(c) || matches!(c, '-' | '+' | ':' | '.' | '/')
}

fn single(mut parts: Vec<Predicate>, join: fn(Vec<Predicate>) -> Predicate) -> Predicate {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            join(parts)
        }
        None => join(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cim_core::{Embedded, PropertyFlags, QualifierValue};
    use proptest::prelude::*;

    const fn property(name: &'static str, ty: CimType) -> PropertyDescriptor {
        PropertyDescriptor {
            name,
            ty,
            is_array: false,
            array_size: None,
            reference_class: None,
            embedded: Embedded::No,
            flags: PropertyFlags {
                key: false,
                required: false,
                read: true,
                write: true,
                octet_string: false,
            },
            value_map: None,
            max_len: None,
            min_value: None,
            max_value: None,
            default: QualifierValue::Null,
            class_origin: "T",
            qualifiers: &[],
        }
    }

    static STATE: PropertyDescriptor = property("State", CimType::String);
    static CPU: PropertyDescriptor = property("Cpu", CimType::Uint64);
    static CREATED: PropertyDescriptor = property("Created", CimType::DateTime);
    static BOOTABLE: PropertyDescriptor = property("Bootable", CimType::Boolean);
    static PROPERTIES: PropertyDescriptor = property("Properties", CimType::String);
    static IMAGE: PropertyDescriptor = PropertyDescriptor {
        reference_class: Some("CIMI_MachineImage"),
        ..property("Image", CimType::String)
    };

    struct Attributes;

    impl FilterAttributes for Attributes {
        fn property(&self, attribute: &str) -> Option<&'static PropertyDescriptor> {
            Some(match attribute {
                "state" => &STATE,
                "cpu" => &CPU,
                "created" => &CREATED,
                "bootable" => &BOOTABLE,
                "image" => &IMAGE,
                _ => return None,
            })
        }

        fn properties(&self) -> Option<&'static PropertyDescriptor> {
            Some(&PROPERTIES)
        }

        fn identity<'a>(&self, uri: &'a str) -> Cow<'a, str> {
            uri.strip_prefix("http://h/cimi/").unwrap_or(uri).into()
        }

        fn nearest(&self, attribute: &str) -> Option<&'static str> {
            cim_core::nearest(attribute, ["state", "cpu"].into_iter())
        }
    }

    fn compare(name: &str, op: CompareOp, value: Literal) -> Predicate {
        Predicate::Compare(Comparison {
            path: vec![name.to_owned()],
            op,
            value,
        })
    }

    fn text(s: &str) -> Literal {
        Literal::String(s.to_owned())
    }

    #[test]
    fn and_binds_tighter_than_or() {
        let a = || compare("Cpu", CompareOp::Gt, Literal::Integer(1));
        let b = || compare("State", CompareOp::Eq, text("STARTED"));
        let c = || compare("Bootable", CompareOp::Ne, Literal::Boolean(true));
        for (filter, expected) in [
            (
                "cpu>1 or state='STARTED' and bootable!=true",
                Predicate::Or(vec![a(), Predicate::And(vec![b(), c()])]),
            ),
            (
                "( cpu > 1 OR state=\"STARTED\" ) And true!=bootable",
                Predicate::And(vec![Predicate::Or(vec![a(), b()]), c()]),
            ),
            ("1<cpu", a()),
            ("cpu>'1'", a()),
            ("state='STAR\\TED'", b()),
            (
                "image='http://h/cimi/machineImages/1'",
                compare("Image", CompareOp::Eq, text("machineImages/1")),
            ),
            (
                "created>=\"2026-11-24\"",
                compare(
                    "Created",
                    CompareOp::Ge,
                    Literal::DateTime(DateTime::utc(1_795_478_400_000_000)),
                ),
            ),
            (
                "created<2026-11-24T00:00:00Z",
                compare(
                    "Created",
                    CompareOp::Lt,
                    Literal::DateTime(DateTime::utc(1_795_478_400_000_000)),
                ),
            ),
            (
                "property['owner'] = 'team a'",
                Predicate::NamedValue {
                    property: "Properties".into(),
                    name: "owner".into(),
                    op: CompareOp::Eq,
                    value: "team a".into(),
                },
            ),
        ] {
            assert_eq!(parse_filter(filter, &Attributes), Ok(expected), "{filter}");
        }
    }

    #[test]
    fn blanks_are_optional() {
        for (tight, wide) in [
            ("cpu=1or cpu=2", "cpu = 1 or cpu = 2"),
            ("(cpu=1)AND(cpu>0)", "( cpu = 1 ) and ( cpu > 0 )"),
            (
                "created<2026-11-24T00:00:00Zand cpu=1",
                "created < 2026-11-24T00:00:00Z and cpu = 1",
            ),
            (
                "created<2026-11-24or(state='x')",
                "created < 2026-11-24 or state = 'x'",
            ),
        ] {
            let read = |filter| parse_filter(filter, &Attributes).unwrap();
            assert_eq!(read(tight), read(wide), "{tight}");
        }
        for wrong in ["cpu=1o", "cpu=or", "cpu=-or cpu=1", "cpu=1xor cpu=2"] {
            assert!(parse_filter(wrong, &Attributes).is_err(), "{wrong}");
        }
    }

    #[test]
    fn says_where_the_trouble_is() {
        for (filter, at, message) in [
            ("", 0, "the name of an attribute or a value"),
            ("stat='x'", 0, "did you mean `state`?"),
            ("state<'x'", 0, "only = and != compare `state`"),
            ("state=STARTED", 6, "not with another attribute"),
            ("'a'='b'", 0, "must be the name of an attribute"),
            ("state='x", 6, "no closing '"),
            ("state='x' xor cpu=1", 10, "`and`, `or` or the end"),
            ("(cpu=1", 6, "`)` is missing"),
            ("cpu~1", 3, "one of the operators"),
            ("cpu=2026-13-40", 4, "neither an integer nor a date"),
            ("cpu='many'", 4, "is a number"),
            ("bootable=1", 9, "true or false"),
            ("property['a']<'b'", 13, "only = and !="),
            ("property[a]='b'", 9, "in quotes"),
            ("content/state='x'", 0, "no name of an attribute"),
        ] {
            let error = parse_filter(filter, &Attributes).unwrap_err();
            assert!(
                error.message.contains(message) && error.at == at,
                "{filter}: {error}"
            );
        }
    }

    #[test]
    fn is_bounded() {
        let deep = format!("{}cpu=1{}", "(".repeat(10_000), ")".repeat(10_000));
        assert!(parse_filter(&deep, &Attributes).is_err());
        let long = vec!["cpu=1"; 300].join(" or ");
        assert!(parse_filter(&long, &Attributes).is_err());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            let _ = parse_filter(&text, &Attributes);
        }

        #[test]
        fn no_expression_panics(text in "(cpu|state|=|<|!=|'|\"|\\(|\\)|and|or| |1|-|property|\\[|\\]|ä){0,20}") {
            let _ = parse_filter(&text, &Attributes);
        }
    }
}
