//! The rules of DSP0004 that hold between declarations.
//!
//! One pass builds the indexes, one looks at qualifier types, one at classes. A mistake is reported
//! once, where it has to be mended; what depends on a broken declaration is left alone.

use cim_core::CimType;
use rustc_hash::FxHashMap;

use crate::ast::{
    ArrayShape, Class, InstanceDeclaration, Literal, Method, Name, Property, QualifierUse, TypeName,
};
use crate::compile::{Compilation, MAX_ANCESTORS};
use crate::diagnostic::{Diagnostic, MAX_DIAGNOSTICS};

/// What a qualifier stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Element {
    Class,
    Association,
    Indication,
    Property,
    Reference,
    Method,
    Parameter,
}

impl Element {
    const fn word(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Association => "association",
            Self::Indication => "indication",
            Self::Property => "property",
            Self::Reference => "reference",
            Self::Method => "method",
            Self::Parameter => "parameter",
        }
    }

    /// Whether a Scope list allows it. Class scope also covers associations and indications, and property
    /// scope references: compilers differ, and DMTF's own files rely on it.
    fn allowed(self, scopes: &[Name]) -> bool {
        let has = |word: &str| scopes.iter().any(|s| s.is(word));
        has("any")
            || has(self.word())
            || matches!(self, Self::Association | Self::Indication) && has("class")
            || self == Self::Reference && has("property")
    }
}

pub(crate) fn check(compilation: &mut Compilation) {
    let mut found = Vec::new();
    index(compilation, &mut found);
    check_qualifier_types(compilation, &mut found);
    let checker = Checker {
        schema: compilation,
    };
    for class in &compilation.classes {
        checker.class(class, &mut found);
        if found.len() > MAX_DIAGNOSTICS {
            break;
        }
    }
    for instance in &compilation.instances {
        if found.len() > MAX_DIAGNOSTICS {
            break;
        }
        checker.instance(instance, &mut found);
    }
    compilation.diagnostics.append(&mut found);
}

fn index(compilation: &mut Compilation, found: &mut Vec<Diagnostic>) {
    let mut qualifiers: FxHashMap<String, usize> = FxHashMap::default();
    for (at, qualifier) in compilation.qualifiers.iter().enumerate() {
        let key = qualifier.name.text.to_ascii_lowercase();
        let Some(first) = qualifiers.get(&key).map(|at| &compilation.qualifiers[*at]) else {
            qualifiers.insert(key, at);
            continue;
        };
        if first.ty != qualifier.ty || first.is_array != qualifier.is_array {
            found.push(
                Diagnostic::error(
                    "E0307",
                    qualifier.name.span,
                    format!("qualifier `{}` is declared twice", qualifier.name.text),
                )
                .label("with another type here")
                .also(first.name.span, "first declared here"),
            );
        }
    }
    let mut classes: FxHashMap<String, usize> = FxHashMap::default();
    for (at, class) in compilation.classes.iter().enumerate() {
        let key = class.name.text.to_ascii_lowercase();
        match classes.get(&key).map(|at| &compilation.classes[*at]) {
            None => {
                classes.insert(key, at);
            }
            Some(first) => found.push(
                Diagnostic::error(
                    "E0202",
                    class.name.span,
                    format!("class `{}` is declared twice", class.name.text),
                )
                .label("declared again here")
                .also(first.name.span, "first declared here")
                .help("keep one of them; a changed class replaces the other in its own file"),
            ),
        }
    }
    compilation.qualifier_index = qualifiers;
    compilation.class_index = classes;
}

fn check_qualifier_types(compilation: &Compilation, found: &mut Vec<Diagnostic>) {
    for qualifier in &compilation.qualifiers {
        if let Some(default) = &qualifier.default
            && let Err(expected) = fits(&default.value, qualifier.ty, qualifier.is_array)
        {
            found.push(
                Diagnostic::error(
                    "E0303",
                    default.span,
                    format!(
                        "the default of qualifier `{}` is not {expected}",
                        qualifier.name.text
                    ),
                )
                .label(format!("expected {expected}")),
            );
        }
    }
}

struct Checker<'c> {
    schema: &'c Compilation,
}

impl Checker<'_> {
    fn unknown_class(&self, name: &Name, why: &str) -> Diagnostic {
        let known = self.schema.classes.iter().map(|c| c.name.text.as_str());
        let mut diagnostic = Diagnostic::error(
            "E0201",
            name.span,
            format!("class `{}` is not declared", name.text),
        )
        .label(why.to_owned());
        diagnostic.help = Some(match nearest(&name.text, known) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => "declare it, or include the file that does".to_owned(),
        });
        diagnostic
    }

    fn class(&self, class: &Class, found: &mut Vec<Diagnostic>) {
        let is = |name: &str| self.class_flag(class, name);
        let kind = if is("Association") {
            Element::Association
        } else if is("Indication") {
            Element::Indication
        } else {
            Element::Class
        };
        if let Some(superclass) = &class.superclass {
            match self.schema.class(&superclass.text) {
                None => found.push(self.unknown_class(superclass, "no such superclass")),
                Some(_) if self.is_cyclic(class) => {
                    found.push(
                        Diagnostic::error(
                            "E0203",
                            superclass.span,
                            format!("class `{}` derives from itself", class.name.text),
                        )
                        .label("this superclass closes the circle"),
                    );
                    return;
                }
                Some(_) => {}
            }
        }
        self.qualifiers(&class.qualifiers, kind, None, found);
        let ancestors = self.schema.ancestors(class);
        if ancestors.len() >= MAX_ANCESTORS {
            found.push(
                Diagnostic::error(
                    "E0210",
                    class.name.span,
                    format!(
                        "class `{}` has more than {MAX_ANCESTORS} superclasses",
                        class.name.text
                    ),
                )
                .help("derive it from a class further up"),
            );
            return;
        }
        let above: Vec<&[QualifierUse]> = ancestors.iter().map(|c| &c.qualifiers[..]).collect();
        self.fixed_qualifiers(&class.qualifiers, &above, found);
        if let Some(place) = class
            .qualifiers
            .iter()
            .find(|q| q.name.is("Abstract") && is_true(q))
            && let Some(parent) = ancestors.first()
            && !parent
                .qualifiers
                .iter()
                .any(|q| q.name.is("Abstract") && is_true(q))
        {
            found.push(Diagnostic::warning(
                "W0303",
                place.name.span,
                format!(
                    "abstract class `{}` below concrete class `{}`",
                    class.name.text, parent.name.text
                ),
            ));
        }
        self.features(class, kind, &ancestors, found);
    }

    /// An instance has properties of its class only, with values of their types.
    fn instance(&self, instance: &InstanceDeclaration, found: &mut Vec<Diagnostic>) {
        let Some(class) = self.schema.class(&instance.class.text) else {
            found.push(self.unknown_class(&instance.class, "instances need a declared class"));
            return;
        };
        let line: Vec<&Class> = std::iter::once(class)
            .chain(self.schema.ancestors(class))
            .collect();
        for (name, value) in &instance.values {
            let all = || line.iter().flat_map(|c| &c.properties);
            let Some(property) = all().find(|p| p.name.is(&name.text)) else {
                let mut diagnostic = Diagnostic::error(
                    "E0209",
                    name.span,
                    format!(
                        "class `{}` has no property `{}`",
                        class.name.text, name.text
                    ),
                )
                .also(class.name.span, "the class");
                if let Some(similar) = nearest(&name.text, all().map(|p| p.name.text.as_str())) {
                    diagnostic = diagnostic.help(format!("did you mean `{similar}`?"));
                }
                found.push(diagnostic);
                continue;
            };
            // References are paths or aliases, embedded instances may be aliases.
            if matches!(property.ty, TypeName::Reference(_))
                || matches!(value.value, Literal::Alias(_))
            {
                continue;
            }
            let is_array = property.array != ArrayShape::Scalar;
            if let Err(expected) = fits(&value.value, property.ty.cim_type(), is_array) {
                found.push(
                    Diagnostic::error(
                        "E0208",
                        value.span,
                        format!("the value of `{}` is not {expected}", name.text),
                    )
                    .label(format!("expected {expected}"))
                    .also(property.name.span, "declared here"),
                );
            }
        }
    }

    fn is_cyclic(&self, class: &Class) -> bool {
        let mut current = class;
        for _ in 0..=MAX_ANCESTORS {
            match current
                .superclass
                .as_ref()
                .and_then(|name| self.schema.class(&name.text))
            {
                None => return false,
                Some(parent) if std::ptr::eq(parent, class) => return true,
                Some(parent) => current = parent,
            }
        }
        // The circle is further up; it is reported there.
        false
    }

    /// Whether a propagating boolean class qualifier holds for a class.
    fn class_flag(&self, class: &Class, name: &str) -> bool {
        let own = |c: &Class| c.qualifiers.iter().any(|q| q.name.is(name) && is_true(q));
        own(class) || self.schema.ancestors(class).into_iter().any(own)
    }

    fn features(
        &self,
        class: &Class,
        kind: Element,
        ancestors: &[&Class],
        found: &mut Vec<Diagnostic>,
    ) {
        let mut names: FxHashMap<String, &Name> = FxHashMap::default();
        let all = class
            .properties
            .iter()
            .map(|p| &p.name)
            .chain(class.methods.iter().map(|m| &m.name));
        for name in all {
            if let Some(first) = names.insert(name.text.to_ascii_lowercase(), name) {
                found.push(
                    Diagnostic::error(
                        "E0204",
                        name.span,
                        format!(
                            "`{}` is declared twice in class `{}`",
                            name.text, class.name.text
                        ),
                    )
                    .label("declared again here")
                    .also(first.span, "first declared here"),
                );
            }
        }
        for property in &class.properties {
            self.property(class, property, kind, ancestors, found);
        }
        for method in &class.methods {
            self.method(method, ancestors, found);
        }
        if kind == Element::Association {
            let references = |c: &Class| {
                c.properties
                    .iter()
                    .filter(|p| matches!(p.ty, TypeName::Reference(_)))
                    .count()
            };
            let count = references(class) + ancestors.iter().map(|c| references(c)).sum::<usize>();
            let is_abstract = class
                .qualifiers
                .iter()
                .any(|q| q.name.is("Abstract") && is_true(q));
            if count < 2 && !is_abstract {
                found.push(
                    Diagnostic::error("E0207", class.name.span, format!("association `{}` has {count} references", class.name.text))
                        .help("an association needs at least two reference properties (`Class REF Name;`)"),
                );
            }
        }
    }

    fn property(
        &self,
        class: &Class,
        property: &Property,
        kind: Element,
        ancestors: &[&Class],
        found: &mut Vec<Diagnostic>,
    ) {
        let element = match &property.ty {
            TypeName::Reference(target) => {
                if kind == Element::Class {
                    found.push(
                        Diagnostic::error("E0207", property.name.span, format!("reference `{}` in class `{}`, which is no association", property.name.text, class.name.text))
                            .help("add [Association] to the class, or make it a string with the Reference qualifier"),
                    );
                }
                if self.schema.class(&target.text).is_none() {
                    found.push(self.unknown_class(target, "no such class to refer to"));
                }
                Element::Reference
            }
            TypeName::Void => {
                found.push(Diagnostic::error(
                    "E0101",
                    property.name.span,
                    "a property cannot be void",
                ));
                Element::Property
            }
            TypeName::Intrinsic(_) => Element::Property,
        };
        self.qualifiers(
            &property.qualifiers,
            element,
            Some((&property.ty, property.array)),
            found,
        );
        self.value_map(&property.qualifiers, &property.ty, found);
        self.overriding(class, property, ancestors, found);
        if let Some(default) = &property.default
            && !matches!(property.ty, TypeName::Reference(_))
            && let Err(expected) = fits(
                &default.value,
                property.ty.cim_type(),
                property.array != ArrayShape::Scalar,
            )
        {
            found.push(
                Diagnostic::error(
                    "E0208",
                    default.span,
                    format!("the default of `{}` is not {expected}", property.name.text),
                )
                .label(format!("expected {expected}")),
            );
        }
        let is_key = property
            .qualifiers
            .iter()
            .find(|q| q.name.is("Key") && is_true(q));
        if let Some(place) = is_key
            && !property.qualifiers.iter().any(|q| q.name.is("Override"))
            && let Some(keyed) = ancestors.iter().find(|c| {
                c.properties
                    .iter()
                    .any(|p| p.qualifiers.iter().any(|q| q.name.is("Key") && is_true(q)))
            })
        {
            found.push(
                Diagnostic::error(
                    "E0206",
                    place.name.span,
                    format!(
                        "`{}` cannot be a key: class `{}` has the keys already",
                        property.name.text, keyed.name.text
                    ),
                )
                .also(keyed.name.span, "keyed here"),
            );
        }
    }

    fn overriding(
        &self,
        class: &Class,
        property: &Property,
        ancestors: &[&Class],
        found: &mut Vec<Diagnostic>,
    ) {
        let mut overridden = ancestors.iter().filter_map(|c| {
            c.properties
                .iter()
                .find(|p| p.name.is(&property.name.text))
                .map(|p| (*c, p))
        });
        let above: Vec<&[QualifierUse]> =
            overridden.clone().map(|(_, p)| &p.qualifiers[..]).collect();
        self.fixed_qualifiers(&property.qualifiers, &above, found);
        let inherited = overridden.next();
        let overrides = property.qualifiers.iter().find(|q| q.name.is("Override"));
        match (overrides, inherited) {
            (None, Some((origin, first))) => found.push(
                Diagnostic::error(
                    "E0204",
                    property.name.span,
                    format!(
                        "`{}` is inherited from class `{}`",
                        property.name.text, origin.name.text
                    ),
                )
                .label("declared again here")
                .also(first.name.span, "inherited from here")
                .help(format!(
                    "add Override(\"{}\") if it is meant to replace it",
                    first.name.text
                )),
            ),
            (Some(place), None) => found.push(Diagnostic::error(
                "E0205",
                place.name.span,
                format!(
                    "no superclass of `{}` has a property `{}` to override",
                    class.name.text, property.name.text
                ),
            )),
            (Some(place), Some((_, first)))
                if first.ty.cim_type() != property.ty.cim_type()
                    || (first.array == ArrayShape::Scalar)
                        != (property.array == ArrayShape::Scalar) =>
            {
                found.push(
                    Diagnostic::error(
                        "E0205",
                        place.name.span,
                        format!(
                            "`{}` overrides a property of another type",
                            property.name.text
                        ),
                    )
                    .also(first.name.span, "the overridden property"),
                );
            }
            _ => {}
        }
    }

    fn method(&self, method: &Method, ancestors: &[&Class], found: &mut Vec<Diagnostic>) {
        self.qualifiers(
            &method.qualifiers,
            Element::Method,
            Some((&method.returns, ArrayShape::Scalar)),
            found,
        );
        self.value_map(&method.qualifiers, &method.returns, found);
        let mut overridden = ancestors
            .iter()
            .filter_map(|c| c.methods.iter().find(|m| m.name.is(&method.name.text)));
        let above: Vec<&[QualifierUse]> = overridden.clone().map(|m| &m.qualifiers[..]).collect();
        self.fixed_qualifiers(&method.qualifiers, &above, found);
        let inherited = overridden.next();
        if let Some(first) = inherited
            && !method.qualifiers.iter().any(|q| q.name.is("Override"))
        {
            found.push(
                Diagnostic::error(
                    "E0204",
                    method.name.span,
                    format!("method `{}` is inherited", method.name.text),
                )
                .also(first.name.span, "inherited from here")
                .help(format!(
                    "add Override(\"{}\") if it is meant to replace it",
                    first.name.text
                )),
            );
        }
        for parameter in &method.parameters {
            if let TypeName::Reference(target) = &parameter.ty
                && self.schema.class(&target.text).is_none()
            {
                found.push(self.unknown_class(target, "no such class to refer to"));
            }
            self.qualifiers(
                &parameter.qualifiers,
                Element::Parameter,
                Some((&parameter.ty, parameter.array)),
                found,
            );
            self.value_map(&parameter.qualifiers, &parameter.ty, found);
            let flag = |name: &str| parameter.qualifiers.iter().find(|q| q.name.is(name));
            if let Some(out) = flag("Out").filter(|q| is_true(q))
                && flag("In").is_none()
            {
                found.push(
                    Diagnostic::warning(
                        "W0302",
                        out.name.span,
                        format!(
                            "parameter `{}` is both input and output",
                            parameter.name.text
                        ),
                    )
                    .help("write In(false), Out for a pure output parameter"),
                );
            }
        }
    }

    fn qualifiers(
        &self,
        uses: &[QualifierUse],
        element: Element,
        ty: Option<(&TypeName, ArrayShape)>,
        found: &mut Vec<Diagnostic>,
    ) {
        for (at, used) in uses.iter().enumerate() {
            if let Some(first) = uses[..at].iter().find(|q| q.name.is(&used.name.text)) {
                found.push(
                    Diagnostic::error(
                        "E0304",
                        used.name.span,
                        format!("qualifier `{}` stands twice", used.name.text),
                    )
                    .also(first.name.span, "first here"),
                );
                continue;
            }
            let Some(declared) = self.schema.qualifier(&used.name.text) else {
                let known = self.schema.qualifiers.iter().map(|q| q.name.text.as_str());
                let mut diagnostic = Diagnostic::error(
                    "E0301",
                    used.name.span,
                    format!("qualifier `{}` is not declared", used.name.text),
                );
                diagnostic.help = Some(match nearest(&used.name.text, known) {
                    Some(similar) => format!("did you mean `{similar}`?"),
                    None => "declare it with `Qualifier Name : type, Scope(...);`".to_owned(),
                });
                found.push(diagnostic);
                continue;
            };
            if !element.allowed(&declared.scopes) {
                let scopes: Vec<_> = declared
                    .scopes
                    .iter()
                    .map(|s| s.text.to_ascii_lowercase())
                    .collect();
                found.push(
                    Diagnostic::error(
                        "E0302",
                        used.name.span,
                        format!(
                            "qualifier `{}` may not stand on a {}",
                            used.name.text,
                            element.word()
                        ),
                    )
                    .also(
                        declared.name.span,
                        format!("made for: {}", scopes.join(", ")),
                    ),
                );
                continue;
            }
            match &used.value {
                None if declared.ty == CimType::Boolean => {}
                None => found.push(
                    Diagnostic::error(
                        "E0303",
                        used.name.span,
                        format!("qualifier `{}` needs a value", used.name.text),
                    )
                    .help(if declared.is_array {
                        format!("write {} {{ ... }}", used.name.text)
                    } else {
                        format!("write {}(...), with a {}", used.name.text, declared.ty)
                    }),
                ),
                Some(value) => {
                    if let Err(expected) = fits(&value.value, declared.ty, declared.is_array) {
                        found.push(
                            Diagnostic::error(
                                "E0303",
                                value.span,
                                format!("the value of `{}` is not {expected}", used.name.text),
                            )
                            .label(format!("expected {expected}")),
                        );
                        continue;
                    }
                    self.class_named_by(used, &value.value, value.span, found);
                }
            }
            if let Some((ty, array)) = ty {
                element_type(used, ty, array, found);
            }
        }
    }

    /// A qualifier that is declared DisableOverride has, in a subclass or overriding feature, the value it
    /// has above (DSP0004 5.6.1.4). `above`: the qualifiers of the superclasses or overridden features,
    /// nearest first.
    fn fixed_qualifiers(
        &self,
        uses: &[QualifierUse],
        above: &[&[QualifierUse]],
        found: &mut Vec<Diagnostic>,
    ) {
        for used in uses {
            let is_fixed = self
                .schema
                .qualifier(&used.name.text)
                .is_some_and(|q| q.flavors.iter().any(|f| f.is("DisableOverride")));
            let first = above
                .iter()
                .flat_map(|uses| uses.iter())
                .find(|q| q.name.is(&used.name.text));
            if let Some(first) = first
                && is_fixed
                && value_of(first) != value_of(used)
            {
                found.push(
                    Diagnostic::error(
                        "E0305",
                        used.name.span,
                        format!("qualifier `{}` cannot change its value", used.name.text),
                    )
                    .label("declared DisableOverride, and given another value here")
                    .also(first.name.span, "the inherited value"),
                );
            }
        }
    }

    /// `EmbeddedInstance` and `Reference` name a class, which must exist.
    fn class_named_by(
        &self,
        used: &QualifierUse,
        value: &Literal,
        span: crate::Span,
        found: &mut Vec<Diagnostic>,
    ) {
        if !(used.name.is("EmbeddedInstance") || used.name.is("Reference")) {
            return;
        }
        if let Literal::String(class) = value
            && self.schema.class(class).is_none()
        {
            let name = Name {
                text: class.clone(),
                span,
            };
            found.push(self.unknown_class(&name, "named by this qualifier"));
        }
    }

    fn value_map(&self, uses: &[QualifierUse], ty: &TypeName, found: &mut Vec<Diagnostic>) {
        let get = |name: &str| {
            uses.iter()
                .find(|q| q.name.is(name))
                .and_then(|q| match &q.value {
                    Some(value) => match &value.value {
                        Literal::Array(items) => Some((value.span, items)),
                        _ => None,
                    },
                    None => None,
                })
        };
        let Some((map_span, map)) = get("ValueMap") else {
            return;
        };
        if let Some((values_span, values)) = get("Values")
            && values.len() != map.len()
        {
            found.push(
                Diagnostic::error(
                    "E0401",
                    values_span,
                    format!(
                        "ValueMap has {} entries, Values has {}",
                        map.len(),
                        values.len()
                    ),
                )
                .also(map_span, "the ValueMap")
                .help("look for a missing comma: two strings side by side are one entry"),
            );
        }
        let cim_type = ty.cim_type();
        if !cim_type.is_integer() {
            return;
        }
        let mut open = 0;
        for item in map {
            let Literal::String(entry) = item else {
                continue;
            };
            if entry == ".." {
                open += 1;
            } else if !is_range(entry, cim_type) {
                found.push(Diagnostic::error(
                    "E0402",
                    map_span,
                    format!("ValueMap entry `{entry}` is no {cim_type} value or range"),
                ));
            }
        }
        if open > 1 {
            found.push(Diagnostic::warning(
                "W0401",
                map_span,
                "more than one `..` in a ValueMap",
            ));
        }
    }
}

/// Rules of standard qualifiers about the type of their element. DMTF's own releases break some on
/// numbers and dates; those are warnings.
fn element_type(
    used: &QualifierUse,
    ty: &TypeName,
    array: ArrayShape,
    found: &mut Vec<Diagnostic>,
) {
    let cim_type = ty.cim_type();
    let is_one_of = |names: &[&str]| names.iter().any(|n| used.name.is(n));
    let text_only = is_one_of(&[
        "MaxLen",
        "MinLen",
        "EmbeddedInstance",
        "EmbeddedObject",
        "DN",
        "IsPUnit",
        "Reference",
        "XMLNamespaceName",
    ]);
    if text_only && cim_type != CimType::String {
        found.push(
            Diagnostic::error(
                "E0306",
                used.name.span,
                format!("qualifier `{}` on a {cim_type}", used.name.text),
            )
            .label("needs a string"),
        );
    }
    if is_one_of(&["MinValue", "MaxValue"]) && !cim_type.is_integer() {
        found.push(Diagnostic::warning(
            "W0301",
            used.name.span,
            format!("qualifier `{}` on a {cim_type}", used.name.text),
        ));
    }
    let number = cim_type.is_integer() || matches!(cim_type, CimType::Real32 | CimType::Real64);
    if is_one_of(&["PUnit"]) && !number {
        found.push(Diagnostic::warning(
            "W0301",
            used.name.span,
            format!("qualifier `{}` on a {cim_type}", used.name.text),
        ));
    }
    if is_one_of(&["ArrayType"]) && array == ArrayShape::Scalar {
        found.push(
            Diagnostic::error("E0306", used.name.span, "qualifier `ArrayType` on a scalar")
                .label("needs an array"),
        );
    }
    if is_one_of(&["OctetString"]) && array == ArrayShape::Scalar {
        found.push(Diagnostic::warning(
            "W0301",
            used.name.span,
            "qualifier `OctetString` on a scalar",
        ));
    }
}

/// The value of a qualifier; TRUE where none is written.
fn value_of(used: &QualifierUse) -> &Literal {
    used.value
        .as_ref()
        .map_or(&Literal::Boolean(true), |value| &value.value)
}

pub(crate) fn is_true(used: &QualifierUse) -> bool {
    match &used.value {
        None => true,
        Some(value) => value.value == Literal::Boolean(true),
    }
}

/// Whether a literal may stand where the type is declared; otherwise what would be right.
fn fits(value: &Literal, ty: CimType, is_array: bool) -> Result<(), String> {
    match value {
        Literal::Null => Ok(()),
        Literal::Array(items) if is_array => {
            items.iter().try_for_each(|item| fits(item, ty, false))
        }
        _ if is_array => Err(format!("an array of {ty}, such as {{ ... }}")),
        Literal::Array(_) => Err(format!("a single {ty}")),
        Literal::Boolean(_) if ty == CimType::Boolean => Ok(()),
        Literal::String(_) if matches!(ty, CimType::String | CimType::DateTime) => Ok(()),
        Literal::Char(_) if ty == CimType::Char16 => Ok(()),
        Literal::Real(_) if matches!(ty, CimType::Real32 | CimType::Real64) => Ok(()),
        Literal::Integer(n) => {
            let unsigned = ty
                .unsigned_max()
                .is_some_and(|max| (0..=i128::from(max)).contains(n));
            let signed = ty
                .signed_range()
                .is_some_and(|(min, max)| (i128::from(min)..=i128::from(max)).contains(n));
            let real = matches!(ty, CimType::Real32 | CimType::Real64);
            if unsigned || signed || real {
                Ok(())
            } else {
                Err(format!("a {ty}"))
            }
        }
        _ => Err(format!("a {ty}")),
    }
}

/// `n`, `n..m`, `n..`, `..m`
fn is_range(entry: &str, ty: CimType) -> bool {
    let number = |text: &str| -> bool {
        let text = text.trim();
        let parsed = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
            Some(hex) => i128::from_str_radix(hex, 16),
            None => text.parse::<i128>(),
        };
        parsed.is_ok_and(|n| fits(&Literal::Integer(n), ty, false).is_ok())
    };
    match entry.split_once("..") {
        None => number(entry),
        Some((from, to)) => (from.is_empty() || number(from)) && (to.is_empty() || number(to)),
    }
}

fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    cim_core::nearest(name, candidates)
}
