//! The rules of DSP0004 that hold between declarations.
//!
//! One pass builds the indexes, one looks at qualifier types, one at classes, one at instances. A mistake
//! is reported once, where it has to be mended; what depends on a broken declaration is left alone.
//!
//! One file a family of rules: `declared` (what is declared, once), `qualifier` (qualifiers where they are
//! used), `constraint` (standard qualifiers and the type they stand on), `value_map`, `unit`, `datetime`,
//! `class` (inheritance), `local` (types within a class), `feature` (properties), `overriding`, `key`, `association`, `weak`, `method`, `instance`,
//! `value` (literals and types).

mod association;
mod class;
mod constraint;
mod datetime;
mod declared;
mod enumeration;
mod feature;
mod instance;
mod key;
mod local;
mod method;
mod overriding;
mod qualifier;
mod unit;
mod value;
mod value_map;
mod weak;

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ast::{Class, Name, Namespace, QualifierUse, Qualifiers as _};
use crate::compile::Compilation;
use crate::diagnostic::{Diagnostic, Report};
use crate::lint::Lint;
use crate::name::{self, Key};

pub(crate) fn check(compilation: &mut Compilation, report: &mut Report) {
    declared::index(compilation, report);
    local::resolve(compilation);
    let checker = Checker {
        schema: compilation,
        unknown: RefCell::default(),
        missing: RefCell::default(),
    };
    checker.qualifier_types(report);
    checker.enumerations(report);
    for class in &compilation.classes {
        if report.is_full() {
            break;
        }
        checker.class(class, report);
    }
    if !report.is_full() {
        checker.weak(report);
        checker.instances(report);
    }
    checker.flush(report);
}

/// What is used without a declaration, by kind and name.
type Unknown = FxHashMap<(u8, Key), (Diagnostic, usize)>;

struct Checker<'c> {
    schema: &'c Compilation,
    /// Names that are used and not declared: told at the first use, with the number of the others.
    unknown: RefCell<Unknown>,
    /// Properties that instances of a class are given and that it does not have.
    missing: RefCell<FxHashSet<(Key, Key)>>,
}

const CLASS: u8 = 0;
const QUALIFIER: u8 = 1;

/// The superclasses of a class.
struct Chain<'c> {
    classes: Vec<&'c Class>,
    /// Every superclass is known, and all features of each.
    has_all: bool,
    /// And every qualifier of each.
    is_whole: bool,
}

impl<'c> Checker<'c> {
    fn chain(&self, class: &'c Class) -> Chain<'c> {
        let classes: Vec<&Class> = self.schema.ancestors(class).collect();
        let has_all = classes
            .iter()
            .chain([&class])
            .all(|c| !c.is_broken && (c.superclass.is_none() || self.schema.parent(c).is_some()));
        let is_whole = has_all && classes.iter().chain([&class]).all(|c| !c.is_partial);
        Chain {
            classes,
            has_all,
            is_whole,
        }
    }

    /// Notes that a name is used and not declared.
    ///
    /// A similar name is looked for among all others: for the first few, because hostile input has many. The
    /// function is told whether this is one of them.
    fn note(&self, kind: u8, key: Key, diagnostic: impl FnOnce(bool) -> Diagnostic) {
        const FEW: usize = 200;
        let mut unknown = self.unknown.borrow_mut();
        let is_early = unknown.len() < FEW;
        unknown
            .entry((kind, key))
            .and_modify(|(_, uses)| *uses += 1)
            .or_insert_with(|| (diagnostic(is_early), 1));
    }

    fn flush(&self, report: &mut Report) {
        if self.schema.is_cut {
            return;
        }
        let is_microsoft = !report.denies(Lint::UndeclaredClass);
        let unknown = self.unknown.take();
        let count = |kind| unknown.keys().filter(|(k, _)| *k == kind).count();
        let doubts = &self.schema.doubts;
        // As many may be what a declaration without name was to declare.
        let nameless = [
            count(CLASS) <= doubts.classes,
            count(QUALIFIER) <= doubts.qualifiers,
        ];
        for ((kind, key), (mut diagnostic, uses)) in unknown {
            if doubts.is_named(key) || nameless[usize::from(kind == QUALIFIER)] {
                continue;
            }
            // Microsoft's repositories have classes such as `__Namespace` before anything is compiled.
            if is_microsoft && kind == CLASS && self.schema.names.is_system(key) {
                continue;
            }
            if uses > 1 {
                diagnostic.message.push_str(&format!(" ({uses} uses)"));
            }
            report.push(diagnostic);
        }
    }

    /// Notes that a class is not declared.
    fn unknown_class(&self, namespace: Namespace, name: &Name, why: &str) {
        self.note(CLASS, name.key, |is_early| {
            let message = format!("class `{}` is not declared", name.text);
            let diagnostic =
                Diagnostic::lint(Lint::UndeclaredClass, name.span, message).label(why.to_owned());
            if !is_early {
                return diagnostic.help("declare it, or include the file that does");
            }
            let elsewhere = self
                .schema
                .classes
                .iter()
                .find(|c| c.name.key == name.key && c.namespace != namespace);
            if let Some(other) = elsewhere {
                let names = &self.schema.namespaces;
                let other_name = names
                    .get(other.namespace.0 as usize)
                    .map_or("", |n| n.as_str());
                let help = match other_name {
                    "" => "what precedes the first `#pragma namespace` has it: declare it here too"
                        .to_owned(),
                    name => format!("namespace `{name}` has it: declare it in this one too"),
                };
                return diagnostic
                    .also(other.name.span, "declared in another namespace")
                    .help(help);
            }
            let known = self.schema.classes.iter().map(|c| &*c.name.text);
            diagnostic.help(match nearest_class(&name.text, known) {
                Some(similar) => format!("did you mean `{similar}`?"),
                None => "declare it, or include the file that does".to_owned(),
            })
        });
    }

    /// Whether a propagating boolean qualifier holds for a class.
    fn class_flag(&self, class: &Class, key: Key) -> bool {
        let keyword = match class.keyword {
            crate::ast::Keyword::Association => name::ASSOCIATION,
            crate::ast::Keyword::Structure => name::STRUCTURE,
            crate::ast::Keyword::Class => name::CLASS,
        };
        let own = |c: &Class| c.qualifiers.find(key).map(QualifierUse::is_true);
        keyword == key
            || std::iter::once(class)
                .chain(self.schema.ancestors(class))
                .find_map(own)
                .unwrap_or(false)
    }
}

/// The candidate that is most like a name; also one that has the part behind the `_` alone right.
pub(crate) fn nearest_class<'a>(
    name: &str,
    candidates: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    cim_core::nearest(name, candidates.clone()).or_else(|| {
        let (_, local) = name.split_once('_')?;
        candidates
            .filter_map(|c| Some((c, c.split_once('_')?.1)))
            .find(|(_, other)| other.eq_ignore_ascii_case(local))
            .map(|(candidate, _)| candidate)
    })
}
