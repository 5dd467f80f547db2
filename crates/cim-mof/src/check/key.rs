//! Keys, and keys that come from another class (DSP0004 5.1.2.7, 5.6.3.37).

use cim_core::CimType;

use super::qualifier::Element;
use super::{Chain, Checker};
use crate::ast::{Class, Keyword, Property, Qualifiers as _};
use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name;

fn is_key(property: &Property) -> bool {
    property.qualifiers.truth(name::KEY).is_some()
}

impl<'c> Checker<'c> {
    pub(super) fn keys(
        &self,
        class: &'c Class,
        element: Element,
        chain: &Chain<'c>,
        report: &mut Report,
    ) {
        let keyed = chain
            .classes
            .iter()
            .find(|c| c.properties.iter().any(is_key));
        for property in &class.properties {
            let Some(place) = property.qualifiers.truth(name::KEY) else {
                if let Some(propagated) = property.qualifiers.find(name::PROPAGATED)
                    && !chain.classes.iter().any(|c| {
                        c.properties
                            .iter()
                            .any(|p| p.name.key == property.name.key && is_key(p))
                    })
                {
                    report.push(
                        Diagnostic::error(
                            "E0218",
                            propagated.name.span,
                            format!("`{}` is propagated and no key", property.name.text),
                        )
                        .help("add Key, or remove Propagated"),
                    );
                }
                continue;
            };
            let is_new = !chain
                .classes
                .iter()
                .any(|c| c.properties.iter().any(|p| p.name.key == property.name.key));
            if let Some(keyed) = keyed
                && is_new
            {
                report.push(
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
            self.key_type(property, report);
            self.propagated(class, property, report);
        }
        let own = class.properties.iter().any(is_key);
        if !own
            && keyed.is_none()
            && chain.is_whole
            && element == Element::Class
            && class.keyword == Keyword::Class
            && report.wants(Lint::NoKey)
        {
            let flag = |key| self.class_flag(class, key) || class.qualifiers.truth(key).is_some();
            let own_abstract = class.qualifiers.truth(name::ABSTRACT).is_some();
            if !(own_abstract || flag(name::STRUCTURE) || flag(name::EXCEPTION)) {
                report.push(
                    Diagnostic::lint(
                        Lint::NoKey,
                        class.name.span,
                        format!("class `{}` has no key", class.name.text),
                    )
                    .help("give a property Key, or the class Abstract or Structure"),
                );
            }
        }
    }

    fn key_type(&self, property: &Property, report: &mut Report) {
        let wrong = if property.array.is_array() {
            Some("an array")
        } else if property.qualifiers.truth(name::EMBEDDEDOBJECT).is_some()
            || property.qualifiers.find(name::EMBEDDEDINSTANCE).is_some()
        {
            Some("an embedded object")
        } else {
            None
        };
        if let Some(wrong) = wrong {
            report.push(
                Diagnostic::error(
                    "E0215",
                    property.name.span,
                    format!("key `{}` is {wrong}", property.name.text),
                )
                .help("make a key of a single value"),
            );
        }
        if matches!(property.ty.cim_type(), CimType::Real32 | CimType::Real64) {
            report.push(
                Diagnostic::lint(
                    Lint::RealKey,
                    property.name.span,
                    format!("key `{}` is a real number", property.name.text),
                )
                .help("make it an integer or a string"),
            );
        }
    }

    /// `Propagated("Class.Key")`: the key of the class that scopes this one.
    fn propagated(&self, class: &Class, property: &Property, report: &mut Report) {
        let Some(used) = property.qualifiers.find(name::PROPAGATED) else {
            return;
        };
        let Some(value) = &used.value else { return };
        let Some(text) = value.value.text() else {
            return;
        };
        let wrong = |message: String, help: &str| {
            Diagnostic::error("E0218", value.span, message).help(help)
        };
        let Some((target, key)) = text.split_once('.') else {
            report.push(wrong(
                format!("`{text}` names no property"),
                "write Propagated(\"Class.Key\")",
            ));
            return;
        };
        let Some(scoping) = self.schema.class_named(class.namespace, target) else {
            report.push(wrong(
                format!("class `{target}` is not declared"),
                "declare it, or correct the name",
            ));
            return;
        };
        let line: Vec<&Class> = std::iter::once(scoping)
            .chain(self.schema.ancestors(scoping))
            .collect();
        let named = |p: &&Property| p.name.text.eq_ignore_ascii_case(key);
        let Some(source) = line.iter().flat_map(|c| &c.properties).find(named) else {
            if line.iter().all(|c| !c.is_broken) {
                let known = line
                    .iter()
                    .flat_map(|c| &c.properties)
                    .map(|p| &*p.name.text);
                let diagnostic = wrong(
                    format!("class `{target}` has no property `{key}`"),
                    "name one of its keys",
                );
                report.push(match cim_core::nearest(key, known) {
                    Some(similar) => diagnostic.help(format!("did you mean `{similar}`?")),
                    None => diagnostic,
                });
            }
            return;
        };
        let is_source_key = line
            .iter()
            .flat_map(|c| &c.properties)
            .filter(named)
            .any(is_key);
        if !is_source_key {
            report.push(
                wrong(format!("`{text}` is no key"), "name a key of the class")
                    .also(source.name.span, "declared here"),
            );
        } else if source.ty.cim_type() != property.ty.cim_type() {
            report.push(
                wrong(
                    format!(
                        "`{}` is a {}, `{text}` a {}",
                        property.name.text,
                        property.ty.cim_type(),
                        source.ty.cim_type()
                    ),
                    "give both the same type",
                )
                .also(source.name.span, "declared here"),
            );
        }
    }
}
