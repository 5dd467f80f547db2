//! What changed between two versions of a schema, and whether who uses the old one can use the new one:
//! the rules for changes within a major version (DSP0004 5.3, "schema versions").

use std::fmt::Write as _;

use serde::Serialize;

use crate::ast::{
    ArrayShape, Class, Literal, Method, Property, QualifierUse, Qualifiers, TypeName,
};
use crate::compile::Compilation;
use crate::name;
use crate::print;
use crate::source::Span;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Whether it breaks clients or providers of the old schema.
    pub breaking: bool,
    /// What changed: `Class`, `Class.Property`, `Class.Method(Parameter)`.
    pub element: String,
    /// How.
    pub message: String,
    /// Where the new schema has it, as `file:line`; the old one if it is gone.
    pub place: Option<String>,
}

/// Every change from an old to a new schema, class by class in the order of the old one.
pub fn diff(old: &Compilation, new: &Compilation) -> Vec<Change> {
    let mut differ = Differ {
        old,
        new,
        found: Vec::new(),
    };
    for class in &old.classes {
        match find(new, &class.name.text) {
            None => differ.gone(&class.name.text, "class", class.name.span),
            Some(other) => differ.class(class, other),
        }
    }
    for class in &new.classes {
        if find(old, &class.name.text).is_none() {
            differ.added(&class.name.text, "class", class.name.span);
        }
    }
    differ.qualifier_types();
    differ.found
}

fn find<'c>(compilation: &'c Compilation, name: &str) -> Option<&'c Class> {
    let key = compilation.names.find(name)?;
    compilation.classes.iter().find(|c| c.name.key == key)
}

struct Differ<'c> {
    old: &'c Compilation,
    new: &'c Compilation,
    found: Vec<Change>,
}

/// The property of a name that a class has or inherits.
fn property<'c>(
    compilation: &'c Compilation,
    class: &'c Class,
    name: &str,
) -> Option<&'c Property> {
    let key = compilation.names.find(name)?;
    std::iter::once(class)
        .chain(compilation.ancestors(class))
        .find_map(|c| c.properties.iter().find(|p| p.name.key == key))
}

fn method<'c>(compilation: &'c Compilation, class: &'c Class, name: &str) -> Option<&'c Method> {
    let key = compilation.names.find(name)?;
    std::iter::once(class)
        .chain(compilation.ancestors(class))
        .find_map(|c| c.methods.iter().find(|m| m.name.key == key))
}

fn shape(ty: &TypeName, array: ArrayShape) -> String {
    let brackets = match array {
        ArrayShape::Scalar => String::new(),
        ArrayShape::Variable => "[]".to_owned(),
        ArrayShape::Fixed(n) => format!("[{n}]"),
    };
    format!("{}{brackets}", print::type_name(ty))
}

fn shown(value: Option<&Literal>) -> String {
    let mut out = String::new();
    match value {
        Some(value) => print::literal(value, 0, &mut out),
        None => out.push_str("none"),
    }
    if out.chars().count() > 60 {
        out = out.chars().take(57).collect();
        out.push_str("...");
    }
    out
}

impl<'c> Differ<'c> {
    fn push(
        &mut self,
        breaking: bool,
        element: &str,
        message: String,
        compilation: &Compilation,
        span: Span,
    ) {
        let place = compilation
            .sources
            .locate(span)
            .map(|(path, line, _)| format!("{}:{line}", path.display()));
        self.found.push(Change {
            breaking,
            element: element.to_owned(),
            message,
            place,
        });
    }

    fn gone(&mut self, element: &str, what: &str, span: Span) {
        self.push(true, element, format!("the {what} is gone"), self.old, span);
    }

    fn added(&mut self, element: &str, what: &str, span: Span) {
        self.push(false, element, format!("the {what} is new"), self.new, span);
    }

    fn class(&mut self, old: &'c Class, new: &'c Class) {
        let name = &*old.name.text;
        self.superclass(old, new);
        self.class_qualifiers(name, old, new);
        for p in &old.properties {
            let element = format!("{name}.{}", p.name.text);
            // A property that moved to a superclass is still there.
            match property(self.new, new, &p.name.text) {
                None => self.gone(&element, "property", p.name.span),
                Some(other) => self.property(&element, p, other),
            }
        }
        for p in &new.properties {
            if property(self.old, old, &p.name.text).is_none() {
                self.new_property(name, p, old);
            }
        }
        for m in &old.methods {
            let element = format!("{name}.{}", m.name.text);
            match method(self.new, new, &m.name.text) {
                None => self.gone(&element, "method", m.name.span),
                Some(other) => self.method(&element, m, other),
            }
        }
        for m in &new.methods {
            if method(self.old, old, &m.name.text).is_none() {
                self.added(&format!("{name}.{}", m.name.text), "method", m.name.span);
            }
        }
    }

    /// A class may be inserted above, but an ancestor may not be lost.
    fn superclass(&mut self, old: &'c Class, new: &'c Class) {
        let lost: Vec<&str> = self
            .old
            .ancestors(old)
            .map(|c| &*c.name.text)
            .filter(|name| {
                !self
                    .new
                    .ancestors(new)
                    .any(|c| c.name.text.eq_ignore_ascii_case(name))
            })
            .collect();
        let of = |c: &Class| {
            c.superclass
                .as_ref()
                .map_or("none".to_owned(), |s| s.text.to_string())
        };
        let (before, after) = (of(old), of(new));
        if before.eq_ignore_ascii_case(&after) && lost.is_empty() {
            return;
        }
        let mut message = if before.eq_ignore_ascii_case(&after) {
            "a superclass further up changed".to_owned()
        } else {
            format!("the superclass is {after}, was {before}")
        };
        if !lost.is_empty() {
            let _ = write!(message, "; it derives no more from {}", lost.join(", "));
        }
        self.push(
            !lost.is_empty(),
            &old.name.text,
            message,
            self.new,
            new.name.span,
        );
    }

    fn class_qualifiers(&mut self, element: &str, old: &'c Class, new: &'c Class) {
        for (key, word) in [
            (name::ABSTRACT, "abstract"),
            (name::TERMINAL, "terminal"),
            (name::ASSOCIATION, "an association"),
            (name::INDICATION, "an indication"),
            (name::STRUCTURE, "a structure"),
        ] {
            let (before, after) = (
                old.qualifiers.truth(key).is_some(),
                new.qualifiers.truth(key).is_some(),
            );
            if before == after {
                continue;
            }
            // What was abstract or terminal may be opened; every other change of kind breaks.
            let opens = before && matches!(key, name::ABSTRACT | name::TERMINAL);
            let verb = if after { "is now" } else { "is no longer" };
            self.push(
                !opens,
                element,
                format!("the class {verb} {word}"),
                self.new,
                new.name.span,
            );
        }
        self.other_qualifiers(element, &old.qualifiers, &new.qualifiers, new.name.span);
    }

    fn new_property(&mut self, class: &str, p: &'c Property, old: &'c Class) {
        let element = format!("{class}.{}", p.name.text);
        if p.qualifiers.truth(name::KEY).is_some() {
            let message = "a key is new: every object path changes".to_owned();
            self.push(true, &element, message, self.new, p.name.span);
        } else if p.ty.is_reference() && old.qualifiers.truth(name::ASSOCIATION).is_some() {
            let message = "the association has another reference".to_owned();
            self.push(true, &element, message, self.new, p.name.span);
        } else if p.qualifiers.truth(name::REQUIRED).is_some() && p.default.is_none() {
            let message = "a required property is new: existing providers do not set it".to_owned();
            self.push(true, &element, message, self.new, p.name.span);
        } else {
            self.added(&element, "property", p.name.span);
        }
    }

    fn type_change(&mut self, element: &str, old: &'c Property, new: &'c Property) {
        if let (TypeName::Reference(a), TypeName::Reference(b)) = (&old.ty, &new.ty)
            && a.text.eq_ignore_ascii_case(&b.text)
            && old.array.is_array() == new.array.is_array()
        {
            return;
        }
        let (before, after) = (shape(&old.ty, old.array), shape(&new.ty, new.array));
        if !before.eq_ignore_ascii_case(&after) {
            let message = format!("the type is {after}, was {before}");
            self.push(true, element, message, self.new, new.name.span);
        }
    }

    fn property(&mut self, element: &str, old: &'c Property, new: &'c Property) {
        self.type_change(element, old, new);
        let place = new.name.span;
        let default = |p: &'c Property| p.default.as_ref().map(|d| &d.value);
        if default(old) != default(new) {
            // Who relied on the value that is not there any more is broken; a first default breaks nobody.
            let breaking = old.default.is_some();
            let message = format!(
                "the default is {}, was {}",
                shown(default(new)),
                shown(default(old))
            );
            self.push(breaking, element, message, self.new, place);
        }
        self.feature_qualifiers(element, &old.qualifiers, &new.qualifiers, place);
    }

    fn method(&mut self, element: &str, old: &'c Method, new: &'c Method) {
        let (before, after) = (
            print::type_name(&old.returns),
            print::type_name(&new.returns),
        );
        if !before.eq_ignore_ascii_case(&after) {
            let message = format!("it returns {after}, returned {before}");
            self.push(true, element, message, self.new, new.name.span);
        }
        let same = |a: &Property, b: &Property| a.name.text.eq_ignore_ascii_case(&b.name.text);
        for p in &old.parameters {
            let parameter = format!("{element}({})", p.name.text);
            match new.parameters.iter().find(|n| same(p, n)) {
                None => self.gone(&parameter, "parameter", p.name.span),
                Some(other) => self.property(&parameter, p, other),
            }
        }
        for p in &new.parameters {
            if !old.parameters.iter().any(|o| same(p, o)) {
                let breaking = p.default.is_none();
                let message = "the parameter is new".to_owned();
                self.push(
                    breaking,
                    &format!("{element}({})", p.name.text),
                    message,
                    self.new,
                    p.name.span,
                );
            }
        }
        let order = |m: &Method, other: &Method| -> Vec<String> {
            let shared = m
                .parameters
                .iter()
                .filter(|p| other.parameters.iter().any(|o| same(p, o)));
            shared.map(|p| p.name.text.to_ascii_lowercase()).collect()
        };
        if order(old, new) != order(new, old) {
            let message = "the parameters have another order".to_owned();
            self.push(true, element, message, self.new, new.name.span);
        }
        self.feature_qualifiers(element, &old.qualifiers, &new.qualifiers, new.name.span);
    }

    /// Qualifiers of features whose change means something to who uses the schema.
    fn feature_qualifiers(
        &mut self,
        element: &str,
        old: &'c [QualifierUse],
        new: &'c [QualifierUse],
        place: Span,
    ) {
        let flags = [
            // (key, what it is when it is false, breaks when it comes, breaks when it goes)
            (name::KEY, "a key", true, true),
            (name::REQUIRED, "required", true, true),
            (name::STATIC, "static", true, true),
            (name::EMBEDDEDOBJECT, "an embedded object", true, true),
            (name::OCTETSTRING, "an octet string", true, true),
            (name::WRITE, "writable", false, true),
            (name::AGGREGATE, "the whole", true, true),
            (name::WEAK, "weak", true, true),
        ];
        for (key, word, comes, goes) in flags {
            let (before, after) = (old.truth(key).is_some(), new.truth(key).is_some());
            if before != after {
                let verb = if after { "is now" } else { "is no longer" };
                let breaking = if after { comes } else { goes };
                self.push(
                    breaking,
                    element,
                    format!("it {verb} {word}"),
                    self.new,
                    place,
                );
            }
        }
        // TRUE by default.
        for (key, word) in [(name::READ, "readable"), (name::IN, "an input")] {
            let is = |uses: &[QualifierUse]| uses.find(key).is_none_or(QualifierUse::is_true);
            if is(old) != is(new) {
                let verb = if is(new) { "is now" } else { "is no longer" };
                self.push(
                    !is(new) || key == name::IN,
                    element,
                    format!("it {verb} {word}"),
                    self.new,
                    place,
                );
            }
        }
        if old.truth(name::OUT).is_some() != new.truth(name::OUT).is_some() {
            let verb = if new.truth(name::OUT).is_some() {
                "is now"
            } else {
                "is no longer"
            };
            self.push(
                true,
                element,
                format!("it {verb} an output"),
                self.new,
                place,
            );
        }
        self.bounds(element, old, new, place);
        self.value_map(element, old, new, place);
        self.embedded(element, old, new, place);
        self.other_qualifiers(element, old, new, place);
    }

    /// A wider bound is compatible, a narrower one is not.
    fn bounds(&mut self, element: &str, old: &[QualifierUse], new: &[QualifierUse], place: Span) {
        for (key, word, is_upper) in [
            (name::MAXLEN, "MaxLen", true),
            (name::MAXVALUE, "MaxValue", true),
            (name::MAX, "Max", true),
            (name::MINLEN, "MinLen", false),
            (name::MINVALUE, "MinValue", false),
            (name::MIN, "Min", false),
        ] {
            let number = |uses: &[QualifierUse]| {
                uses.find(key)
                    .and_then(|q| q.value.as_ref()?.value.integer())
            };
            let (before, after) = (number(old), number(new));
            if before == after {
                continue;
            }
            let wider = match (before, after) {
                (_, None) => true,
                (None, Some(_)) => false,
                (Some(a), Some(b)) => (b > a) == is_upper,
            };
            let show = |n: Option<i128>| n.map_or("none".to_owned(), |n| n.to_string());
            let message = format!("{word} is {}, was {}", show(after), show(before));
            self.push(!wider, element, message, self.new, place);
        }
    }

    /// Values may be added, not taken away; what a value means may not change.
    fn value_map(
        &mut self,
        element: &str,
        old: &[QualifierUse],
        new: &[QualifierUse],
        place: Span,
    ) {
        let texts = |uses: &[QualifierUse], key| -> Vec<String> {
            let value = uses.find(key).and_then(|q| q.value.as_ref());
            value.map_or(Vec::new(), |v| {
                v.value
                    .strings()
                    .iter()
                    .map(|t| t.value().into_owned())
                    .collect()
            })
        };
        for (map, values) in [
            (name::VALUEMAP, name::VALUES),
            (name::BITMAP, name::BITVALUES),
        ] {
            let (before, after) = (texts(old, map), texts(new, map));
            let (old_labels, new_labels) = (texts(old, values), texts(new, values));
            if after.is_empty() && before.is_empty() {
                continue;
            }
            for (at, value) in before.iter().enumerate() {
                if value.contains("..") {
                    continue;
                }
                match after.iter().position(|v| v == value) {
                    None if after.is_empty() => {}
                    None => {
                        let message = format!("value {value} is gone from the ValueMap");
                        self.push(true, element, message, self.new, place);
                    }
                    Some(now) => {
                        let (a, b) = (old_labels.get(at), new_labels.get(now));
                        if let (Some(a), Some(b)) = (a, b)
                            && a != b
                        {
                            let message = format!("value {value} means `{b}`, meant `{a}`");
                            self.push(true, element, message, self.new, place);
                        }
                    }
                }
            }
            let added: Vec<&str> = after
                .iter()
                .filter(|v| !before.contains(v) && !v.contains(".."))
                .map(String::as_str)
                .collect();
            if before.is_empty() {
                self.push(
                    true,
                    element,
                    "its values are restricted by a ValueMap now".to_owned(),
                    self.new,
                    place,
                );
            } else if !added.is_empty() {
                let message = format!("new in the ValueMap: {}", added.join(", "));
                self.push(false, element, message, self.new, place);
            }
        }
    }

    fn embedded(&mut self, element: &str, old: &[QualifierUse], new: &[QualifierUse], place: Span) {
        let class = |uses: &[QualifierUse]| {
            uses.string(name::EMBEDDEDINSTANCE)
                .map(|t| t.value().to_ascii_lowercase())
        };
        let (before, after) = (class(old), class(new));
        if before != after {
            let show = |c: Option<String>| c.unwrap_or_else(|| "nothing".to_owned());
            let message = format!("it embeds {}, embedded {}", show(after), show(before));
            self.push(true, element, message, self.new, place);
        }
    }

    /// What breaks nobody but is worth knowing.
    fn other_qualifiers(
        &mut self,
        element: &str,
        old: &[QualifierUse],
        new: &[QualifierUse],
        place: Span,
    ) {
        let deprecated = |uses: &[QualifierUse]| uses.find(name::DEPRECATED).is_some();
        if deprecated(old) != deprecated(new) {
            let verb = if deprecated(new) {
                "is now"
            } else {
                "is no longer"
            };
            self.push(
                false,
                element,
                format!("it {verb} deprecated"),
                self.new,
                place,
            );
        }
        let value = |uses: &'_ [QualifierUse], key| {
            uses.find(key)
                .and_then(|q| q.value.as_ref())
                .map(|v| v.value.clone())
        };
        for (key, word, breaking) in [
            (name::PUNIT, "PUnit", true),
            (name::UNITS, "Units", true),
            (name::DESCRIPTION, "Description", false),
            (name::VERSION, "Version", false),
        ] {
            let (before, after) = (value(old, key), value(new, key));
            if before != after {
                let message = if key == name::DESCRIPTION {
                    "the description changed".to_owned()
                } else {
                    format!(
                        "{word} is {}, was {}",
                        shown(after.as_ref()),
                        shown(before.as_ref())
                    )
                };
                // A unit that comes says what was meant.
                self.push(
                    breaking && before.is_some(),
                    element,
                    message,
                    self.new,
                    place,
                );
            }
        }
    }

    fn qualifier_types(&mut self) {
        for q in &self.old.qualifiers {
            let other = self
                .new
                .qualifiers
                .iter()
                .find(|n| n.name.text.eq_ignore_ascii_case(&q.name.text));
            let element = format!("qualifier {}", q.name.text);
            let Some(other) = other else {
                self.gone(&element, "qualifier type", q.name.span);
                continue;
            };
            let (mut a, mut b) = (String::new(), String::new());
            print::qualifier_declaration(q, &mut a);
            print::qualifier_declaration(other, &mut b);
            if !a.eq_ignore_ascii_case(&b) {
                let breaking = q.ty != other.ty || q.is_array != other.is_array;
                let message = format!("it is `{}`, was `{}`", b.trim_end(), a.trim_end());
                self.push(breaking, &element, message, self.new, other.name.span);
            }
        }
        for q in &self.new.qualifiers {
            if !self
                .old
                .qualifiers
                .iter()
                .any(|o| o.name.text.eq_ignore_ascii_case(&q.name.text))
            {
                self.added(
                    &format!("qualifier {}", q.name.text),
                    "qualifier type",
                    q.name.span,
                );
            }
        }
    }
}
