//! WQL and CQL (DSP0202) to a [`Query`].
//!
//! ```text
//! query  = "SELECT" ("*" / path *("," path)) "FROM" class ["AS" alias]
//!          ["WITHIN" seconds]                                                         events only
//!          ["WHERE" or]
//!          ["ORDER" "BY" path ["ASC" / "DESC"] *("," ...)]                            CQL only
//! or     = and *("OR" and)
//! and    = not *("AND" not)
//! not    = "NOT" not / "(" or ")" / test
//! test   = path "IS" ["NOT"] "NULL" / path ["NOT"] "LIKE" string / path "ISA" class
//!        / operand op operand
//! op     = "=" / "<>" / "!=" / "<" / "<=" / ">" / ">="
//! path   = name *("." [class "::"] name)
//! ```
//!
//! Both languages have one grammar here and differ in this: WQL compares strings without regard to
//! case and LIKE has sets (`[a-f]`); CQL is exact and may order. Every class and property is checked
//! against the schema, and a literal against the type of its property. NULL makes a comparison
//! unknown, also under NOT, as in SQL.

mod names;
mod tokens;
mod write;

use cim_core::{CimError, CimType, ClassDescriptor, DateTime, ErrorKind, Schema};

use crate::{CompareOp, Comparison, Literal, OrderBy, Predicate, Query, comparable};
use names::{Path, Scope};
use tokens::{Kind, Token, Tokens};
pub use write::write_wql;

/// Bytes of a query.
const MAX_TEXT: usize = 16 * 1024;
/// Parentheses and NOTs inside one another.
const MAX_DEPTH: usize = 32;
/// Comparisons in one query.
const MAX_TERMS: usize = 256;
/// Characters of a LIKE pattern.
const MAX_PATTERN: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Wql,
    Cql,
}

/// Reads a WQL query.
///
/// # Errors
/// `InvalidQuery` for everything that is not WQL over this schema, with the place in the text; the subject
/// is the unknown class or property where that is the reason.
pub fn parse_wql(text: &str, schema: &Schema) -> Result<Query, CimError> {
    parse(text, schema, Language::Wql)
}

/// Reads a CQL query.
///
/// # Errors
/// As [`parse_wql`].
pub fn parse_cql(text: &str, schema: &Schema) -> Result<Query, CimError> {
    parse(text, schema, Language::Cql)
}

/// What is wrong with a query, and where.
#[derive(Debug)]
struct Failure {
    at: usize,
    message: String,
    subject: Option<String>,
}

impl Failure {
    fn new(at: usize, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
            subject: None,
        }
    }

    fn about(mut self, subject: &str) -> Self {
        self.subject = Some(subject.to_owned());
        self
    }
}

fn parse(text: &str, schema: &Schema, language: Language) -> Result<Query, CimError> {
    if text.len() > MAX_TEXT {
        return Err(CimError::new(
            ErrorKind::InvalidQuery,
            format!("The query is longer than {MAX_TEXT} bytes."),
        ));
    }
    let mut parser = Parser {
        tokens: Tokens::new(text),
        schema,
        language,
        terms: 0,
    };
    parser.query().map_err(|failure| {
        let character = 1 + text.get(..failure.at).unwrap_or(text).chars().count();
        let message = format!(
            "The query is wrong at character {character}: {}.",
            failure.message
        );
        let error = CimError::new(ErrorKind::InvalidQuery, message);
        match failure.subject {
            Some(subject) => error.with_subject(subject),
            None => error,
        }
    })
}

struct Parser<'a> {
    tokens: Tokens<'a>,
    schema: &'a Schema,
    language: Language,
    terms: usize,
}

/// One side of a comparison.
enum Operand {
    Path(Path),
    Literal(Literal),
    Null,
}

impl<'a> Parser<'a> {
    fn expected<T>(&mut self, what: &str) -> Result<T, Failure> {
        let Token { at, kind } = self.tokens.next()?;
        let found = match kind {
            Kind::Word(word) => format!("`{word}`"),
            Kind::Text(_) => "a string".to_owned(),
            Kind::Integer(_) | Kind::Real(_) => "a number".to_owned(),
            Kind::Symbol(symbol) => format!("`{symbol}`"),
            Kind::End => "the end".to_owned(),
        };
        Err(Failure::new(
            at,
            format!("{what} is expected here, not {found}"),
        ))
    }

    fn keyword(&mut self, word: &str) -> Result<(), Failure> {
        if self.tokens.keyword(word)? {
            Ok(())
        } else {
            self.expected(word)
        }
    }

    fn query(&mut self) -> Result<Query, Failure> {
        for unsupported in ["ASSOCIATORS", "REFERENCES"] {
            let at = self.tokens.peek()?.at;
            if self.tokens.keyword(unsupported)? {
                return Err(Failure::new(
                    at,
                    format!(
                        "{unsupported} OF is not supported; use the association filter dialect"
                    ),
                ));
            }
        }
        self.keyword("SELECT")?;
        // The class that names are looked up in comes behind them.
        let mut selected = Vec::new();
        if !self.tokens.symbol("*")? {
            loop {
                selected.push(self.raw_path()?);
                if !self.tokens.symbol(",")? {
                    break;
                }
            }
        }
        self.keyword("FROM")?;
        let class = self.class()?;
        let alias = self.alias()?;
        let scope = Scope {
            class,
            alias,
            schema: self.schema,
        };
        let mut query = Query::all(class);
        if !selected.is_empty() {
            query.projection = Some(scope.projection(selected)?);
        }
        self.within(class)?;
        if self.tokens.keyword("WHERE")? {
            query.predicate = Some(self.any_of(&scope, 0, false)?);
        }
        if self.language == Language::Cql && self.tokens.keyword("ORDER")? {
            self.keyword("BY")?;
            query.order_by = self.order(&scope)?;
        }
        if self.tokens.peek()?.kind == Kind::End {
            Ok(query)
        } else {
            self.expected(match query.predicate {
                Some(_) => "AND, OR or the end of the query",
                None => "WHERE or the end of the query",
            })
        }
    }

    /// `WITHIN` of an event query of WMI: how many seconds may pass before an event is seen. They come at once.
    fn within(&mut self, class: &ClassDescriptor) -> Result<(), Failure> {
        let at = self.tokens.peek()?.at;
        if !self.tokens.keyword("WITHIN")? {
            return Ok(());
        }
        if !class.flags.is_indication {
            let name = class.name;
            return Err(Failure::new(
                at,
                format!("WITHIN goes with events, and {name} is none"),
            ));
        }
        match self.tokens.next()? {
            Token {
                kind: Kind::Integer(seconds),
                ..
            } if seconds >= 0 => Ok(()),
            Token {
                kind: Kind::Real(seconds),
                ..
            } if seconds >= 0.0 => Ok(()),
            Token { at, .. } => Err(Failure::new(at, "seconds are expected here")),
        }
    }

    fn class(&mut self) -> Result<&'static ClassDescriptor, Failure> {
        let token = self.tokens.next()?;
        let name = match &token.kind {
            Kind::Word(word) => *word,
            // WMI tools quote the class of ISA.
            Kind::Text(text) => text.as_str(),
            _ => {
                return Err(Failure::new(
                    token.at,
                    "the name of a class is expected here",
                ));
            }
        };
        names::find_class(self.schema, name, token.at)
    }

    fn alias(&mut self) -> Result<Option<&'a str>, Failure> {
        if !self.tokens.keyword("AS")? {
            return Ok(None);
        }
        match self.tokens.next()? {
            Token {
                kind: Kind::Word(alias),
                ..
            } => Ok(Some(alias)),
            Token { at, .. } => Err(Failure::new(at, "an alias is expected here")),
        }
    }

    fn order(&mut self, scope: &Scope<'_>) -> Result<Vec<OrderBy>, Failure> {
        let mut order = Vec::new();
        loop {
            let raw = self.raw_path()?;
            let at = raw.at;
            let path = scope.path(&raw)?;
            let [property] = path.names.as_slice() else {
                return Err(Failure::new(
                    at,
                    "only properties of the class itself give an order",
                ));
            };
            let descending = self.tokens.keyword("DESC")?;
            if !descending {
                self.tokens.keyword("ASC")?;
            }
            order.push(OrderBy {
                property: property.clone(),
                descending,
            });
            if !self.tokens.symbol(",")? {
                return Ok(order);
            }
        }
    }

    /// `negated` says whether an odd number of NOTs stands around: NOT is moved down to the comparisons,
    /// where NULL is unknown and stays so.
    fn any_of(
        &mut self,
        scope: &Scope<'_>,
        depth: usize,
        negated: bool,
    ) -> Result<Predicate, Failure> {
        let mut any = vec![self.all_of(scope, depth, negated)?];
        while self.tokens.keyword("OR")? {
            any.push(self.all_of(scope, depth, negated)?);
        }
        Ok(single(
            any,
            if negated {
                Predicate::And
            } else {
                Predicate::Or
            },
        ))
    }

    fn all_of(
        &mut self,
        scope: &Scope<'_>,
        depth: usize,
        negated: bool,
    ) -> Result<Predicate, Failure> {
        let mut all = vec![self.not(scope, depth, negated)?];
        while self.tokens.keyword("AND")? {
            all.push(self.not(scope, depth, negated)?);
        }
        Ok(single(
            all,
            if negated {
                Predicate::Or
            } else {
                Predicate::And
            },
        ))
    }

    fn not(
        &mut self,
        scope: &Scope<'_>,
        depth: usize,
        negated: bool,
    ) -> Result<Predicate, Failure> {
        let at = self.tokens.peek()?.at;
        if depth > MAX_DEPTH {
            return Err(Failure::new(
                at,
                format!("parentheses and NOTs are nested more than {MAX_DEPTH} times"),
            ));
        }
        if self.tokens.keyword("NOT")? {
            return self.not(scope, depth + 1, !negated);
        }
        if self.tokens.symbol("(")? {
            let inner = self.any_of(scope, depth + 1, negated)?;
            if !self.tokens.symbol(")")? {
                return self.expected("AND, OR or `)`");
            }
            return Ok(inner);
        }
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return Err(Failure::new(
                at,
                format!("there are more than {MAX_TERMS} comparisons"),
            ));
        }
        let (test, not) = self.test(scope)?;
        Ok(if negated == not { test } else { negation(test) })
    }

    /// One comparison, and whether it is meant negated (IS NOT NULL, NOT LIKE, `<> NULL`).
    fn test(&mut self, scope: &Scope<'_>) -> Result<(Predicate, bool), Failure> {
        let left_at = self.tokens.peek()?.at;
        let left = self.operand(scope)?;
        if let Operand::Path(path) = &left {
            if self.tokens.keyword("IS")? {
                let not = self.tokens.keyword("NOT")?;
                self.keyword("NULL")?;
                return Ok((Predicate::IsNull(path.names.clone()), not));
            }
            if self.tokens.keyword("ISA")? {
                return Ok((self.isa(path)?, false));
            }
            let not = self.tokens.keyword("NOT")?;
            if self.tokens.keyword("LIKE")? {
                return Ok((self.like(path)?, not));
            }
            if not {
                return self.expected("LIKE");
            }
        }
        let op = self.operator()?;
        let right_at = self.tokens.peek()?.at;
        let right = self.operand(scope)?;
        let test = match (left, right) {
            (Operand::Path(path), Operand::Literal(value)) => {
                self.comparison(path, op, value, right_at)?
            }
            (Operand::Literal(value), Operand::Path(path)) => {
                self.comparison(path, op.mirrored(), value, left_at)?
            }
            // WQL knows `= NULL` beside IS NULL.
            (Operand::Path(path), Operand::Null) | (Operand::Null, Operand::Path(path)) => {
                if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
                    return Err(Failure::new(right_at, "NULL has no order; use IS NULL"));
                }
                return Ok((Predicate::IsNull(path.names), op == CompareOp::Ne));
            }
            (Operand::Path(left), Operand::Path(right)) => {
                compatible(&left, &right, right_at)?;
                Predicate::Compare(Comparison {
                    path: left.names,
                    op,
                    value: Literal::Path(right.names),
                })
            }
            (Operand::Literal(_) | Operand::Null, Operand::Literal(_) | Operand::Null) => {
                return Err(Failure::new(
                    left_at,
                    "one side of a comparison must be a property",
                ));
            }
        };
        Ok((test, false))
    }

    fn isa(&mut self, path: &Path) -> Result<Predicate, Failure> {
        let class = self.class()?;
        Ok(Predicate::Isa {
            path: path.names.clone(),
            class: class.name.to_owned(),
        })
    }

    fn like(&mut self, path: &Path) -> Result<Predicate, Failure> {
        let Token { at, kind } = self.tokens.peek()?.clone();
        let Kind::Text(pattern) = kind else {
            return self.expected("a pattern in quotes");
        };
        self.tokens.next()?;
        if pattern.chars().count() > MAX_PATTERN {
            return Err(Failure::new(
                at,
                format!("the pattern is longer than {MAX_PATTERN} characters"),
            ));
        }
        if path.property.is_some_and(|p| p.ty != CimType::String) {
            return Err(Failure::new(at, "LIKE compares strings only"));
        }
        Ok(Predicate::Like {
            path: path.names.clone(),
            pattern: match self.language {
                Language::Wql => caseless_pattern(&pattern),
                Language::Cql => pattern.replace('[', "[[]"),
            },
        })
    }

    fn operator(&mut self) -> Result<CompareOp, Failure> {
        let op = match self.tokens.peek()?.kind {
            Kind::Symbol("=") => CompareOp::Eq,
            Kind::Symbol("<>" | "!=") => CompareOp::Ne,
            Kind::Symbol("<") => CompareOp::Lt,
            Kind::Symbol("<=") => CompareOp::Le,
            Kind::Symbol(">") => CompareOp::Gt,
            Kind::Symbol(">=") => CompareOp::Ge,
            _ => {
                return self.expected("one of =, <>, <, <=, >, >=, LIKE, ISA, IS NULL");
            }
        };
        self.tokens.next()?;
        Ok(op)
    }

    fn operand(&mut self, scope: &Scope<'_>) -> Result<Operand, Failure> {
        let word = match &self.tokens.peek()?.kind {
            Kind::Word(word) => *word,
            Kind::Text(_) | Kind::Integer(_) | Kind::Real(_) => {
                let literal = match self.tokens.next()?.kind {
                    Kind::Text(text) if self.language == Language::Wql => Literal::Caseless(text),
                    Kind::Text(text) => Literal::String(text),
                    Kind::Integer(n) => Literal::Integer(n),
                    Kind::Real(n) => Literal::Real(n),
                    _ => return self.expected("a value"),
                };
                return Ok(Operand::Literal(literal));
            }
            _ => return self.expected("a property or a value"),
        };
        if word.eq_ignore_ascii_case("NULL") {
            self.tokens.next()?;
            return Ok(Operand::Null);
        }
        for (name, value) in [("TRUE", true), ("FALSE", false)] {
            if word.eq_ignore_ascii_case(name) {
                self.tokens.next()?;
                return Ok(Operand::Literal(Literal::Boolean(value)));
            }
        }
        // CQL: ANY array[*]. Here any element is what an array always means.
        if self.language == Language::Cql && word.eq_ignore_ascii_case("ANY") {
            self.tokens.next()?;
            let path = self.raw_path()?;
            for symbol in ["[", "*", "]"] {
                if !self.tokens.symbol(symbol)? {
                    return self.expected("`[*]` of ANY");
                }
            }
            return Ok(Operand::Path(scope.path(&path)?));
        }
        let raw = self.raw_path()?;
        let at = self.tokens.peek()?.at;
        if self.tokens.symbol("[")? {
            return Err(Failure::new(
                at,
                "single elements of arrays cannot be addressed; a comparison holds if it holds for \
                 any element",
            ));
        }
        Ok(Operand::Path(scope.path(&raw)?))
    }

    /// A path as it is written: names and the classes that qualify them.
    fn raw_path(&mut self) -> Result<names::RawPath<'a>, Failure> {
        let mut raw = names::RawPath {
            at: self.tokens.peek()?.at,
            steps: Vec::new(),
        };
        loop {
            let Token { at, kind } = self.tokens.next()?;
            let Kind::Word(word) = kind else {
                return Err(Failure::new(at, "the name of a property is expected here"));
            };
            let step = if self.tokens.symbol("::")? {
                match self.tokens.next()? {
                    Token {
                        at,
                        kind: Kind::Word(name),
                    } => names::Step {
                        at,
                        class: Some(word),
                        name,
                    },
                    Token { at, .. } => {
                        return Err(Failure::new(at, "the name of a property is expected here"));
                    }
                }
            } else {
                names::Step {
                    at,
                    class: None,
                    name: word,
                }
            };
            raw.steps.push(step);
            if raw.steps.len() > MAX_DEPTH {
                return Err(Failure::new(
                    at,
                    format!("the path has more than {MAX_DEPTH} steps"),
                ));
            }
            if !self.tokens.symbol(".")? {
                return Ok(raw);
            }
        }
    }

    /// A comparison whose literal has the type of the property.
    fn comparison(
        &self,
        path: Path,
        op: CompareOp,
        value: Literal,
        value_at: usize,
    ) -> Result<Predicate, Failure> {
        let value = match path.property {
            Some(property) => typed(property.ty, value).map_err(|expected| {
                Failure::new(
                    value_at,
                    format!("`{}` is a {}; {expected}", property.name, property.ty),
                )
                .about(property.name)
            })?,
            None => value,
        };
        Ok(Predicate::Compare(Comparison {
            path: path.names,
            op,
            value,
        }))
    }
}

/// The literal as a value of the type, or what would be right.
fn typed(ty: CimType, value: Literal) -> Result<Literal, &'static str> {
    match (ty, &value) {
        // WMI writes booleans as numbers.
        (CimType::Boolean, Literal::Integer(n @ (0 | 1))) => return Ok(Literal::Boolean(*n == 1)),
        (CimType::DateTime, Literal::String(text) | Literal::Caseless(text)) => {
            return DateTime::parse_cim(text)
                .or_else(|_| DateTime::parse_xs_datetime(text))
                .or_else(|_| DateTime::parse_xs_duration(text))
                .map(Literal::DateTime)
                .map_err(|_| {
                    "compare it with a string such as '20261124100000.000000+000' or \
                     '2026-11-24T10:00:00Z'"
                });
        }
        (ty, Literal::String(text) | Literal::Caseless(text)) => {
            let fine = match ty {
                CimType::Boolean => ["true", "false"]
                    .iter()
                    .any(|b| text.eq_ignore_ascii_case(b)),
                CimType::Real32 | CimType::Real64 => false,
                ty if ty.is_integer() => text.trim().parse::<i128>().is_ok(),
                _ => true,
            };
            if fine {
                return Ok(value);
            }
        }
        _ if comparable(ty, &value) => return Ok(value),
        _ => {}
    }
    Err(match ty {
        CimType::Boolean => "compare it with TRUE or FALSE",
        CimType::String | CimType::Char16 | CimType::Reference => {
            "compare it with a string in quotes"
        }
        CimType::DateTime => "compare it with a date in quotes",
        _ => "compare it with a number",
    })
}

/// Whether two properties can be compared at all.
fn compatible(left: &Path, right: &Path, at: usize) -> Result<(), Failure> {
    let (Some(a), Some(b)) = (left.property, right.property) else {
        return Ok(());
    };
    let group = |ty: CimType| match ty {
        ty if ty.is_integer() => CimType::Sint64,
        CimType::Real32 => CimType::Real64,
        ty => ty,
    };
    if group(a.ty) == group(b.ty) {
        Ok(())
    } else {
        Err(Failure::new(
            at,
            format!(
                "`{}` is a {} and `{}` a {}: they cannot be compared",
                a.name, a.ty, b.name, b.ty
            ),
        ))
    }
}

fn single(mut parts: Vec<Predicate>, join: fn(Vec<Predicate>) -> Predicate) -> Predicate {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            parts.extend(last);
            join(parts)
        }
    }
}

/// NOT of one comparison: it does not hold either where a NULL makes it unknown.
fn negation(test: Predicate) -> Predicate {
    let mut all: Vec<Predicate> = match &test {
        Predicate::Compare(Comparison { path, value, .. }) => match value {
            Literal::Path(other) => vec![known(path), known(other)],
            _ => vec![known(path)],
        },
        Predicate::Like { path, .. } => vec![known(path)],
        Predicate::Isa { path, .. } if !path.is_empty() => vec![known(path)],
        _ => Vec::new(),
    };
    all.push(Predicate::Not(Box::new(test)));
    single(all, Predicate::And)
}

fn known(path: &[String]) -> Predicate {
    Predicate::Not(Box::new(Predicate::IsNull(path.to_vec())))
}

/// A WQL pattern with both cases of each letter: `a%` becomes `[aA]%`, `[a-c]` becomes `[a-cA-C]`.
fn caseless_pattern(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut in_set = false;
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if !in_set {
            in_set = c == '[';
            match cases(c) {
                (lower, upper) if lower != upper => out.extend(['[', lower, upper, ']']),
                _ => out.push(c),
            }
            if in_set && chars.as_str().starts_with('^') {
                out.push('^');
                chars.next();
            }
            continue;
        }
        if c == ']' {
            in_set = false;
            out.push(c);
            continue;
        }
        let mut ahead = chars.clone();
        match (ahead.next(), ahead.next()) {
            (Some('-'), Some(to)) if to != ']' => {
                caseless_range(&mut out, c, to);
                chars = ahead;
            }
            _ => match cases(c) {
                (lower, upper) if lower != upper => out.extend([lower, upper]),
                _ => out.push(c),
            },
        }
    }
    out
}

/// A range of a set with both cases of the letters in it.
fn caseless_range(out: &mut String, from: char, to: char) {
    let ((from_lower, from_upper), (to_lower, to_upper)) = (cases(from), cases(to));
    if from_lower != from_upper && to_lower != to_upper {
        out.extend([from_lower, '-', to_lower, from_upper, '-', to_upper]);
        return;
    }
    out.extend([from, '-', to]);
    // From or to a sign: the letters between.
    for (first, last) in [('a', 'z'), ('A', 'Z')] {
        let (first, last) = (from.max(first), to.min(last));
        if first <= last {
            for (first, last) in [
                (first.to_ascii_lowercase(), last.to_ascii_lowercase()),
                (first.to_ascii_uppercase(), last.to_ascii_uppercase()),
            ] {
                out.extend([first, '-', last]);
            }
        }
    }
}

/// The two cases of a character; itself twice where it has none or one of several characters.
fn cases(c: char) -> (char, char) {
    let one = |mut chars: std::char::ToLowercase| match (chars.next(), chars.next()) {
        (Some(only), None) => only,
        _ => c,
    };
    let mut upper = c.to_uppercase();
    let (Some(upper), None) = (upper.next(), upper.next()) else {
        return (c, c);
    };
    (one(c.to_lowercase()), upper)
}

#[cfg(test)]
mod tests;
