//! The rules of methods and their parameters (DSP0004 5.1.2.9).

use rustc_hash::FxHashMap;

use super::overriding::{is_in, is_out};
use super::qualifier::{Element, Site};
use super::{Chain, Checker};
use crate::ast::{ArrayShape, Class, Method, Property, QualifierUse, Qualifiers as _, TypeName};
use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name;

impl<'c> Checker<'c> {
    pub(super) fn method(
        &self,
        class: &'c Class,
        method: &'c Method,
        chain: &Chain<'c>,
        report: &mut Report,
    ) {
        let shape = if method.returns_array {
            ArrayShape::Variable
        } else {
            ArrayShape::Scalar
        };
        let site = Site {
            element: Element::Method,
            namespace: class.namespace,
            ty: Some((&method.returns, shape)),
        };
        self.qualifiers(&method.qualifiers, site, report);
        self.named_type(&method.returns, class.namespace, report);
        if let TypeName::Reference(target) = &method.returns {
            self.reference_target(target, class.namespace, report);
        }
        let overridden: Vec<(&Class, &Method)> = chain
            .classes
            .iter()
            .filter_map(|c| {
                let found = c.methods.iter().find(|m| m.name.key == method.name.key);
                found.map(|m| (*c, m))
            })
            .collect();
        let above = overridden.iter().map(|(_, m)| &m.qualifiers[..]);
        self.fixed_qualifiers(&method.qualifiers, &above, report);
        self.exclusive(&method.qualifiers, &above, report);
        self.value_map(&method.qualifiers, above, &method.returns, report);
        self.overriding_method(class, method, chain, overridden.first().copied(), report);
        let mut names: FxHashMap<name::Key, &Property> = FxHashMap::default();
        for parameter in &method.parameters {
            if let Some(first) = names.insert(parameter.name.key, parameter) {
                report.push(
                    Diagnostic::error(
                        "E0221",
                        parameter.name.span,
                        format!("parameter `{}` is declared twice", parameter.name.text),
                    )
                    .also(first.name.span, "first declared here")
                    .help("give one of them another name"),
                );
            }
            self.parameter(class, parameter, &overridden, report);
        }
    }

    fn parameter(
        &self,
        class: &'c Class,
        parameter: &'c Property,
        overridden: &[(&'c Class, &'c Method)],
        report: &mut Report,
    ) {
        match &parameter.ty {
            TypeName::Reference(target) => self.reference_target(target, class.namespace, report),
            other => self.named_type(other, class.namespace, report),
        }
        let site = Site {
            element: Element::Parameter,
            namespace: class.namespace,
            ty: Some((&parameter.ty, parameter.array)),
        };
        self.qualifiers(&parameter.qualifiers, site, report);
        let first: Vec<&Property> = overridden
            .iter()
            .filter_map(|(_, m)| {
                m.parameters
                    .iter()
                    .find(|p| p.name.key == parameter.name.key)
            })
            .collect();
        let above = first.iter().map(|p| &p.qualifiers[..]);
        self.exclusive(&parameter.qualifiers, &above, report);
        if !parameter.is_partial {
            self.value_map(&parameter.qualifiers, above.clone(), &parameter.ty, report);
        }
        if let Some(default) = &parameter.default {
            self.typed_value(
                default,
                parameter,
                class.namespace,
                &above,
                "default",
                report,
            );
        }
        if !parameter.is_partial {
            self.direction(parameter, first.first().copied(), report);
        }
    }

    fn direction(&self, parameter: &Property, above: Option<&Property>, report: &mut Report) {
        let find = |key| parameter.qualifiers.find(key);
        let is_neither = !is_in(parameter, above) && !is_out(parameter, above);
        if is_neither && !self.has_unknown(&parameter.qualifiers) {
            let place = find(name::IN).map_or(parameter.name.span, |q| q.name.span);
            report.push(
                Diagnostic::error(
                    "E0220",
                    place,
                    format!(
                        "parameter `{}` is neither input nor output",
                        parameter.name.text
                    ),
                )
                .help("write [In], [In(false), Out], or [In, Out]"),
            );
        }
        let is_in_said = |p: &Property| p.qualifiers.find(name::IN).is_some();
        if let Some(out) = find(name::OUT).filter(|q: &&QualifierUse| q.is_true())
            && !is_in_said(parameter)
            && !above.is_some_and(is_in_said)
        {
            report.push(
                Diagnostic::lint(
                    Lint::OutWithoutIn,
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
