//! The rules of classes as a whole: what they derive from, and of which kind they are.

use super::qualifier::{Element, Site};
use super::{Chain, Checker};
use crate::ast::{Class, Keyword, Literal, Qualifiers as _};
use crate::compile::MAX_ANCESTORS;
use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name;

impl<'c> Checker<'c> {
    pub(super) fn class(&self, class: &'c Class, report: &mut Report) {
        if !self.superclass(class, report) {
            return;
        }
        let chain = self.chain(class);
        if chain.classes.len() >= MAX_ANCESTORS {
            // A class below a circle is no mistake of its own.
            let mut seen = rustc_hash::FxHashSet::default();
            if !chain
                .classes
                .iter()
                .all(|c| seen.insert(std::ptr::from_ref(*c)))
            {
                return;
            }
            let message = format!(
                "class `{}` has more than {MAX_ANCESTORS} superclasses",
                class.name.text
            );
            report.push(
                Diagnostic::error("E0210", class.name.span, message)
                    .help("derive it from a class further up"),
            );
            return;
        }
        if !self.kind(class, &chain, report) {
            return;
        }
        let element = if self.class_flag(class, name::ASSOCIATION) {
            Element::Association
        } else if self.class_flag(class, name::INDICATION) {
            Element::Indication
        } else {
            Element::Class
        };
        let site = Site {
            element,
            namespace: class.namespace,
            ty: None,
        };
        self.qualifiers(&class.qualifiers, site, report);
        let above = chain.classes.iter().map(|c| &c.qualifiers[..]);
        self.fixed_qualifiers(&class.qualifiers, &above, report);
        self.header(class, report);
        self.features(class, element, &chain, report);
        if element == Element::Association {
            self.association(class, &chain, report);
        }
        self.keys(class, element, &chain, report);
    }

    /// False if nothing can be said about a class because it derives from itself.
    fn superclass(&self, class: &Class, report: &mut Report) -> bool {
        let Some(superclass) = &class.superclass else {
            return true;
        };
        let Some(parent) = self.schema.class(class.namespace, superclass.key) else {
            self.unknown_class(class.namespace, superclass, "no such superclass");
            return true;
        };
        if self.is_cyclic(class) {
            // Told once, at the first class of the circle.
            let place = |c: &Class| (c.name.span.file, c.name.span.start);
            if self
                .schema
                .ancestors(class)
                .any(|c| place(c) < place(class))
            {
                return false;
            }
            let circle: Vec<&str> = std::iter::once(class)
                .chain(self.schema.ancestors(class))
                .chain([class])
                .map(|c| &*c.name.text)
                .take(8)
                .collect();
            report.push(
                Diagnostic::error(
                    "E0203",
                    superclass.span,
                    format!("class `{}` derives from itself", class.name.text),
                )
                .label("this superclass closes the circle")
                .help(format!("break the circle {}", circle.join(" : "))),
            );
            return false;
        }
        if let Some(terminal) = parent.qualifiers.truth(name::TERMINAL) {
            report.push(
                Diagnostic::error(
                    "E0211",
                    superclass.span,
                    format!("class `{}` is terminal", parent.name.text),
                )
                .label("nothing may derive from it")
                .also(terminal.name.span, "terminal by this")
                .help("derive from its superclass, or remove Terminal"),
            );
        }
        self.deprecated_use(parent, superclass.span, report);
        true
    }

    fn is_cyclic(&self, class: &Class) -> bool {
        let mut current = class;
        for _ in 0..=MAX_ANCESTORS {
            match current
                .superclass
                .as_ref()
                .and_then(|name| self.schema.class(current.namespace, name.key))
            {
                None => return false,
                Some(parent) if std::ptr::eq(parent, class) => return true,
                Some(parent) => current = parent,
            }
        }
        // The circle is further up; it is reported there.
        false
    }

    /// Associations, indications and other classes do not mix (DSP0004 5.1.2.3). False if they do: nothing
    /// else of the class would be right.
    fn kind(&self, class: &Class, chain: &Chain<'_>, report: &mut Report) -> bool {
        let own = |key| class.qualifiers.truth(key);
        if let (Some(first), Some(second)) = (own(name::ASSOCIATION), own(name::INDICATION)) {
            report.push(
                Diagnostic::error(
                    "E0212",
                    second.name.span,
                    format!(
                        "class `{}` is an association and an indication",
                        class.name.text
                    ),
                )
                .also(first.name.span, "an association by this")
                .help("keep one of them"),
            );
            return false;
        }
        if let Some(parent) = chain.classes.first() {
            for (key, other, what) in [
                (name::ASSOCIATION, name::INDICATION, "indication"),
                (name::INDICATION, name::ASSOCIATION, "association"),
            ] {
                if let Some(used) = own(key)
                    && self.class_flag(parent, other)
                {
                    report.push(
                        Diagnostic::error(
                            "E0212",
                            used.name.span,
                            format!(
                                "class `{}` derives from {what} `{}`",
                                class.name.text, parent.name.text
                            ),
                        )
                        .also(parent.name.span, format!("the {what}"))
                        .help("remove this qualifier, or derive from another class"),
                    );
                    return false;
                }
            }
            if let Some(used) = own(name::ABSTRACT)
                && parent.qualifiers.truth(name::ABSTRACT).is_none()
                && parent.keyword != Keyword::Structure
            {
                report.push(
                    Diagnostic::lint(
                        Lint::AbstractBelow,
                        used.name.span,
                        format!(
                            "abstract class `{}` below concrete class `{}`",
                            class.name.text, parent.name.text
                        ),
                    )
                    .also(parent.name.span, "the concrete one"),
                );
            }
        }
        if let (Some(first), Some(second)) = (own(name::ABSTRACT), own(name::TERMINAL)) {
            report.push(
                Diagnostic::error(
                    "E0310",
                    second.name.span,
                    "`Abstract` and `Terminal` exclude each other",
                )
                .also(first.name.span, "the other one")
                .help("keep one of them: nothing could ever be an instance"),
            );
        }
        true
    }

    /// The name, and the order of the qualifiers.
    fn header(&self, class: &Class, report: &mut Report) {
        let first = class.qualifiers.first().map(|q| q.name.key);
        for key in [name::ASSOCIATION, name::INDICATION] {
            if let Some(used) = class.qualifiers.truth(key)
                && first != Some(key)
            {
                report.push(
                    Diagnostic::lint(
                        Lint::MetaQualifierOrder,
                        used.name.span,
                        format!("`{}` is not the first qualifier", used.name.text),
                    )
                    .help("move it to the front"),
                );
            }
        }
        let has_prefix = class
            .name
            .text
            .find('_')
            .is_some_and(|at| at > 0 || class.name.text.starts_with("__"));
        if !has_prefix && report.wants(Lint::NoPrefix) && class.keyword == Keyword::Class {
            report.push(
                Diagnostic::lint(
                    Lint::NoPrefix,
                    class.name.span,
                    format!("class name `{}` has no schema prefix", class.name.text),
                )
                .help(format!(
                    "call it `ACME_{}`, with the name of its owner",
                    class.name.text
                )),
            );
        }
        if report.wants(Lint::NoVersion) && class.qualifiers.find(name::VERSION).is_none() {
            report.push(
                Diagnostic::lint(
                    Lint::NoVersion,
                    class.name.span,
                    format!("class `{}` has no Version", class.name.text),
                )
                .help("add Version(\"1.0.0\")"),
            );
        }
        if let Some(used) = class.qualifiers.find(name::REVISION)
            && report.wants(Lint::DeprecatedSyntax)
        {
            report.push(
                Diagnostic::lint(
                    Lint::DeprecatedSyntax,
                    used.name.span,
                    "qualifier `Revision` is deprecated",
                )
                .help("write Version"),
            );
        }
        self.correspondence(class, report);
    }

    /// Whether there is such a class and, in `Class.Feature`, `Class.Method()` or `Class.Method(Parameter)`,
    /// such a feature. What another text says is for people.
    fn is_there(&self, class: &Class, target: &str, named: &str) -> bool {
        let Some(found) = self.schema.class_named(class.namespace, target) else {
            return false;
        };
        let Some(rest) = named.strip_prefix(target).and_then(|r| r.strip_prefix('.')) else {
            return true;
        };
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let feature = rest.split(|c| !is_name(c)).next().unwrap_or("");
        let parameter = rest[feature.len()..]
            .strip_prefix('(')
            .and_then(|r| r.split(|c| !is_name(c)).next())
            .filter(|p| !p.is_empty());
        let line = std::iter::once(found).chain(self.schema.ancestors(found));
        feature.is_empty()
            || line.clone().any(|c| c.is_broken)
            || line.clone().any(|c| {
                let same = |name: &str| name.eq_ignore_ascii_case(feature);
                c.properties.iter().any(|p| same(&p.name.text))
                    || c.methods.iter().any(|m| {
                        same(&m.name.text)
                            && parameter.is_none_or(|p| {
                                let mut parameters = m.parameters.iter();
                                parameters.any(|other| other.name.text.eq_ignore_ascii_case(p))
                            })
                    })
            })
    }

    /// ModelCorrespondence names classes and features that exist.
    fn correspondence(&self, class: &Class, report: &mut Report) {
        if !report.wants(Lint::Correspondence) {
            return;
        }
        let lists = std::iter::once(&class.qualifiers)
            .chain(class.properties.iter().map(|p| &p.qualifiers))
            .chain(class.methods.iter().map(|m| &m.qualifiers));
        for uses in lists {
            let Some(used) = uses.find(name::MODELCORRESPONDENCE) else {
                continue;
            };
            let Some(value) = &used.value else { continue };
            let each = match &value.value {
                Literal::Array(items) => &items[..],
                _ => std::slice::from_ref(value),
            };
            for item in each {
                let Some(named) = item.value.text() else {
                    continue;
                };
                let target = named.split(['.', '(', ' ']).next().unwrap_or("");
                if target.contains('_') && !self.is_there(class, target, &named) {
                    report.push(
                        Diagnostic::lint(
                            Lint::Correspondence,
                            item.span,
                            format!("`{named}` is not in this compilation"),
                        )
                        .help("correct its name, or include the file that declares it"),
                    );
                }
            }
        }
    }
}
