//! The text of a path or a test to its meaning.

use cim_core::{CimError, ClassDescriptor, Embedded, ErrorKind, Schema, nearest};

use super::{Part, Path, Step, StepFilter, has_children};
use crate::{CompareOp, Comparison, Literal, Predicate};

/// Bytes of an expression.
const MAX_TEXT: usize = 8 * 1024;
/// Parentheses and brackets inside one another.
const MAX_DEPTH: usize = 16;
/// Comparisons in one expression.
const MAX_TERMS: usize = 256;
/// Steps of one path.
const MAX_STEPS: usize = 16;

/// Reads a path, for fragments of a `class`.
///
/// # Errors
/// `InvalidQuery` for everything that is not a path over the class, with the place in the text.
pub fn parse_xpath_path(
    text: &str,
    class: &'static ClassDescriptor,
    schema: &Schema,
) -> Result<Path, CimError> {
    let mut parser = Parser::new(text, schema)?;
    let path = parser.path(Some(class), 0)?;
    parser.finish()?;
    Ok(path)
}

/// Reads a test, for filters over instances of a `class`.
///
/// # Errors
/// `InvalidQuery` for everything that is not a test over the class, with the place in the text.
pub fn parse_xpath_test(
    text: &str,
    class: &'static ClassDescriptor,
    schema: &Schema,
) -> Result<Predicate, CimError> {
    let mut parser = Parser::new(text, schema)?;
    let test = parser.test(Some(class), 0)?;
    parser.finish()?;
    Ok(test)
}

/// A class whose properties are known, or any.
type Scope = Option<&'static ClassDescriptor>;

struct Parser<'a> {
    text: &'a str,
    at: usize,
    schema: &'a Schema,
    terms: usize,
}

enum Operand {
    Path(Path),
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

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, schema: &'a Schema) -> Result<Self, CimError> {
        let parser = Self {
            text,
            at: 0,
            schema,
            terms: 0,
        };
        if text.len() > MAX_TEXT {
            return parser.fail(format!("the expression is longer than {MAX_TEXT} bytes"));
        }
        Ok(parser)
    }

    fn finish(&mut self) -> Result<(), CimError> {
        self.blanks();
        if self.at < self.text.len() {
            return self.fail("the expression should end here");
        }
        Ok(())
    }

    fn fail<T>(&self, message: impl std::fmt::Display) -> Result<T, CimError> {
        let place = self.text.get(..self.at).map_or(0, |t| t.chars().count()) + 1;
        Err(CimError::new(
            ErrorKind::InvalidQuery,
            format!("XPath: {message} (at character {place})."),
        ))
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

    /// A word that is not the start of a longer name.
    fn keyword(&mut self, word: &str) -> bool {
        self.blanks();
        let found = self
            .rest()
            .strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(is_name_char));
        if found {
            self.at += word.len();
        }
        found
    }

    fn test(&mut self, scope: Scope, depth: usize) -> Result<Predicate, CimError> {
        if depth > MAX_DEPTH {
            return self.fail(format!(
                "there are more than {MAX_DEPTH} brackets inside one another"
            ));
        }
        let mut any = vec![self.all(scope, depth)?];
        while self.keyword("or") {
            any.push(self.all(scope, depth)?);
        }
        Ok(single(any, Predicate::Or))
    }

    fn all(&mut self, scope: Scope, depth: usize) -> Result<Predicate, CimError> {
        let mut all = vec![self.term(scope, depth)?];
        while self.keyword("and") {
            all.push(self.term(scope, depth)?);
        }
        Ok(single(all, Predicate::And))
    }

    fn term(&mut self, scope: Scope, depth: usize) -> Result<Predicate, CimError> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return self.fail(format!("there are more than {MAX_TERMS} comparisons"));
        }
        let start = self.at;
        if self.keyword("not") {
            if self.take("(") {
                let inner = self.test(scope, depth + 1)?;
                self.expect(")")?;
                return Ok(Predicate::Not(Box::new(inner)));
            }
            self.at = start;
        }
        if self.take("(") {
            let inner = self.test(scope, depth + 1)?;
            self.expect(")")?;
            return Ok(inner);
        }
        let left = self.operand(scope, depth)?;
        self.blanks();
        let op = OPERATORS
            .into_iter()
            .find(|(token, _)| self.take(token))
            .map(|(_, op)| op);
        let Some(op) = op else {
            return match left {
                Operand::Path(path) => Ok(exists(path)),
                Operand::Literal(_) => self.fail("a value alone is no test"),
            };
        };
        let right = self.operand(scope, depth)?;
        match (left, right) {
            (Operand::Path(path), Operand::Literal(value)) => self.compared(path, op, value),
            (Operand::Literal(value), Operand::Path(path)) => {
                self.compared(path, op.mirrored(), value)
            }
            (Operand::Path(a), Operand::Path(b)) => match (a.names(), b.names()) {
                (Some(path), Some(other)) => Ok(Predicate::Compare(Comparison {
                    path,
                    op,
                    value: Literal::Path(other),
                })),
                _ => self.fail("two paths are only compared if they consist of names"),
            },
            (Operand::Literal(_), Operand::Literal(_)) => {
                self.fail("one side of a comparison has to be a path")
            }
        }
    }

    fn compared(&self, path: Path, op: CompareOp, value: Literal) -> Result<Predicate, CimError> {
        if path.steps.is_empty() {
            return self.fail("a value is compared with a property, not with the whole instance");
        }
        if let Part::Attribute(name) = &path.part {
            return self.fail(format!("the attribute `{name}` cannot be compared"));
        }
        Ok(selected(path, Some((op, value))))
    }

    fn operand(&mut self, scope: Scope, depth: usize) -> Result<Operand, CimError> {
        self.blanks();
        let rest = self.rest();
        match rest.chars().next() {
            Some(quote @ ('\'' | '"')) => match rest.get(1..).and_then(|r| r.split_once(quote)) {
                Some((text, _)) => {
                    self.at += text.len() + 2;
                    Ok(Operand::Literal(Literal::String(text.to_owned())))
                }
                None => self.fail(format!("the string has no closing {quote}")),
            },
            Some(c) if c.is_ascii_digit() || c == '-' => {
                let end = rest
                    .char_indices()
                    .skip(1)
                    .find(|(_, c)| !c.is_ascii_digit() && *c != '.')
                    .map_or(rest.len(), |(at, _)| at);
                let digits = rest.get(..end).unwrap_or_default();
                let literal = match (digits.parse(), digits.parse()) {
                    (Ok(n), _) => Literal::Integer(n),
                    (_, Ok(n)) => Literal::Real(n),
                    _ => return self.fail(format!("`{digits}` is no number")),
                };
                self.at += end;
                Ok(Operand::Literal(literal))
            }
            _ => self.path(scope, depth).map(Operand::Path),
        }
    }

    /// A location path. `level` counts from the document (0) over its element (1) downwards.
    fn path(&mut self, scope: Scope, depth: usize) -> Result<Path, CimError> {
        let mut path = Path::default();
        let mut scopes = vec![scope];
        let mut level = 1usize;
        let mut deep = false;
        self.blanks();
        if self.take("//") {
            deep = true;
        } else if self.take("/") {
            level = 0;
            self.blanks();
            if !self
                .rest()
                .starts_with(|c: char| is_name_char(c) || matches!(c, '*' | '@'))
            {
                return Ok(path);
            }
        }
        loop {
            self.blanks();
            if self.take("..") {
                match level {
                    0 => return self.fail("nothing is above the document"),
                    1 => level = 0,
                    _ => {
                        path.steps.pop();
                        scopes.pop();
                        level -= 1;
                    }
                }
            } else if self.rest().starts_with('.') {
                self.at += 1;
            } else if self.take("@") {
                let name = self.name()?;
                path.part = Part::Attribute(name.to_owned());
                return Ok(path);
            } else if self.keyword("text") {
                self.expect("(")?;
                self.expect(")")?;
                path.part = Part::Text;
                return Ok(path);
            } else {
                let name = if self.take("*") {
                    None
                } else {
                    Some(self.name()?)
                };
                let scope = scopes.last().copied().flatten();
                let names_root = level == 1
                    && path.steps.is_empty()
                    && !deep
                    && name.is_some_and(|n| self.names_class(scope, n));
                if level == 0 || names_root {
                    if let Some(name) = name {
                        self.check_root(scope, name)?;
                        path.root.push(Predicate::Isa {
                            path: Vec::new(),
                            class: name.to_owned(),
                        });
                    }
                    level = 1;
                    for filter in self.filters(scope, depth)? {
                        match filter {
                            StepFilter::Where(test) => path.root.push(test),
                            StepFilter::Position(1) => {}
                            StepFilter::Position(n) => {
                                return self
                                    .fail(format!("there is one document element, not {n}"));
                            }
                        }
                    }
                } else {
                    if path.steps.len() >= MAX_STEPS {
                        return self.fail(format!("a path has at most {MAX_STEPS} steps"));
                    }
                    let inside = match name {
                        Some(name) if !deep => self.inside(scope, name)?,
                        _ => None,
                    };
                    let name = match (scope, name) {
                        (Some(class), Some(name)) if !deep => class
                            .property(name)
                            .map_or(name, |(_, property)| property.name),
                        (_, name) => name.unwrap_or_default(),
                    };
                    let filters = self.filters(inside, depth)?;
                    path.steps.push(Step {
                        name: (!name.is_empty()).then(|| name.to_owned()),
                        deep,
                        filters,
                    });
                    scopes.push(inside);
                    level += 1;
                }
            }
            deep = false;
            if self.take("//") {
                deep = true;
            } else if !self.take("/") {
                return Ok(path);
            }
        }
    }

    fn filters(&mut self, scope: Scope, depth: usize) -> Result<Vec<StepFilter>, CimError> {
        let mut filters = Vec::new();
        while self.take("[") {
            self.blanks();
            let rest = self.rest();
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let position = rest.get(..digits).filter(|_| {
                rest.get(digits..)
                    .is_some_and(|r| matches!(r.trim_start().chars().next(), None | Some(']')))
            });
            filters.push(match position {
                Some(number) if !number.is_empty() => {
                    self.at += digits;
                    match number.parse() {
                        Ok(0) | Err(_) => return self.fail("positions count from 1"),
                        Ok(n) => StepFilter::Position(n),
                    }
                }
                _ => StepFilter::Where(self.test(scope, depth + 1)?),
            });
            self.expect("]")?;
            if filters.len() > MAX_DEPTH {
                return self.fail("there are too many brackets in a row");
            }
        }
        Ok(filters)
    }

    fn expect(&mut self, token: &str) -> Result<(), CimError> {
        if self.take(token) {
            Ok(())
        } else {
            self.fail(format!("`{token}` is missing"))
        }
    }

    /// A name without its prefix.
    fn name(&mut self) -> Result<&'a str, CimError> {
        let mut name = self.ncname()?;
        if !self.rest().starts_with("::") && self.rest().starts_with(':') {
            self.at += 1;
            name = self.ncname()?;
        }
        if self.rest().starts_with("::") || self.rest().starts_with('(') {
            return self.fail(format!(
                "`{name}` is beyond the subset: steps are names, `*`, `.`, `..`, `text()` and `@name`"
            ));
        }
        Ok(name)
    }

    fn ncname(&mut self) -> Result<&'a str, CimError> {
        let rest = self.rest();
        let end = rest.find(|c| !is_name_char(c)).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default();
        if name.is_empty() || !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return self.fail("the name of a property is expected here");
        }
        self.at += end;
        Ok(name)
    }

    /// Whether a first name means the document element rather than a property.
    fn names_class(&self, scope: Scope, name: &str) -> bool {
        scope.is_some_and(|class| class.property(name).is_none())
            && self.schema.class(name).is_some()
    }

    fn check_root(&self, scope: Scope, name: &str) -> Result<(), CimError> {
        let Some(class) = scope else { return Ok(()) };
        let related = self
            .schema
            .class(name)
            .is_some_and(|named| named.is_a(class.name) || class.is_a(named.name));
        if related {
            Ok(())
        } else {
            self.fail(format!(
                "the document element is {}, not `{name}`",
                class.name
            ))
        }
    }

    /// The class of what is embedded in the property `name`, which has to exist in `scope` or below it.
    fn inside(&self, scope: Scope, name: &str) -> Result<Scope, CimError> {
        let Some(class) = scope else { return Ok(None) };
        let property = class
            .property(name)
            .map(|(_, property)| property)
            .or_else(|| {
                let mut below = self.schema.closure(class.name).into_iter();
                below
                    .find_map(|c| c.property(name))
                    .map(|(_, property)| property)
            });
        let Some(property) = property else {
            let hint = nearest(name, class.properties.iter().map(|p| p.name))
                .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            return self.fail(format!(
                "class {} has no property `{name}`{hint}",
                class.name
            ));
        };
        let goes_on = self.rest().trim_start().starts_with('/');
        let below = self
            .rest()
            .trim_start()
            .trim_start_matches('/')
            .trim_start();
        let ends = below.starts_with("text") || below.starts_with('@') || below.starts_with('.');
        if goes_on && !ends && !has_children(property) {
            return self.fail(format!("`{name}` has no elements in it"));
        }
        Ok(match property.embedded {
            Embedded::Instance(class) => self.schema.class(class),
            Embedded::Object | Embedded::No => None,
        })
    }
}

/// The test that a path selects something that has a value.
fn exists(path: Path) -> Predicate {
    if path.steps.is_empty() {
        return single(path.root, Predicate::And);
    }
    selected(path, None)
}

/// The plainest form of a test on a path: what other providers push down to their back ends.
fn selected(path: Path, compared: Option<(CompareOp, Literal)>) -> Predicate {
    match (path.names(), compared) {
        // Arrays on the way have several elements, which a comparison by names does not look into.
        (Some(names), Some((op, value))) if names.len() == 1 => Predicate::Compare(Comparison {
            path: names,
            op,
            value,
        }),
        (Some(names), None) if names.len() == 1 => {
            Predicate::Not(Box::new(Predicate::IsNull(names)))
        }
        (_, compared) => Predicate::Selected {
            path: Box::new(path),
            compared,
        },
    }
}

fn single(mut parts: Vec<Predicate>, many: fn(Vec<Predicate>) -> Predicate) -> Predicate {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        many(parts)
    }
}
