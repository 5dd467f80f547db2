//! Which enumerations give the candidates of a query.

use std::hash::{Hash, Hasher};
use std::sync::atomic::Ordering;

use cim_core::{CimType, ClassDescriptor, Embedded, ObjectPath};
use cim_query::{
    ANY_CLASS, Association, CompareOp, Comparison, Literal, Predicate, Query, Source, write_wql,
};
use provider::OperationContext;
use wsman::client::FilterText;
use wsman::enumeration::{AssociationFilter, Polymorphism};
use wsman::epr::{Epr, Selector, SelectorValue};
use wsman::uris::{ALL_CLASSES, dialect};

use super::walk::Stop;
use crate::address;
use crate::provider_impl::WsmanProvider;

/// Longest filter text: what our own service takes.
const MAX_FILTER: usize = 8 * 1024;

/// How the results of a query are found.
pub(crate) struct Plan<'q> {
    pub(super) query: &'q Query,
    /// Enumerations, one after the other.
    pub(super) stages: Vec<Stage>,
    /// What becomes of a candidate.
    pub(super) yields: Yields<'q>,
    /// Tells this query, asked in this way, from others: cursors belong to one.
    pub(super) mark: u64,
}

/// One enumeration.
pub(crate) struct Stage {
    pub(super) target: Epr,
    /// The class of its items; [`ANY_CLASS`] for any.
    pub(super) class: &'static ClassDescriptor,
    pub(super) filter: Option<FilterText>,
    pub(super) polymorphism: Polymorphism,
    /// Whether a service that does not have the class has none of its instances.
    pub(super) may_be_missing: bool,
}

/// What becomes of a candidate.
pub(super) enum Yields<'q> {
    /// It is a result.
    Itself,
    /// It is an association: if it refers to the object, it or what it refers to is a result.
    Walked {
        object: ObjectPath,
        association: &'q Association,
        associators: bool,
    },
}

impl WsmanProvider {
    pub(super) async fn plan<'q>(
        &self,
        context: &OperationContext,
        query: &'q Query,
    ) -> Result<Plan<'q>, Stop> {
        let is = |ability: &std::sync::atomic::AtomicBool| ability.load(Ordering::Relaxed);
        let (stages, yields) = match &query.source {
            Source::Extent => (vec![self.extent(query)], Yields::Itself),
            Source::Associators(association) | Source::References(association) => {
                let associators = matches!(query.source, Source::Associators(_));
                let (_, object) = address::instance(&self.schema, &association.object)?;
                if let Some(class) = &association.association_class {
                    address::class(&self.schema, class)?;
                }
                if is(&self.abilities.no_walks) {
                    // Who asks for what belongs to nothing is told so.
                    let object = self.get_resource(context, &object).await?.instance.path();
                    let stages = self.associations(query, association, &object, associators);
                    let yields = Yields::Walked {
                        object,
                        association,
                        associators,
                    };
                    (stages, yields)
                } else {
                    let stage = self.walk(query, association, &object, associators);
                    (vec![stage], Yields::Itself)
                }
            }
        };
        let mut hasher = rustc_hash::FxHasher::default();
        query.class.name.hash(&mut hasher);
        query.exact_class.hash(&mut hasher);
        format!(
            "{:?} {:?} {:?}",
            query.source, query.predicate, query.order_by
        )
        .hash(&mut hasher);
        stages.len().hash(&mut hasher);
        matches!(yields, Yields::Itself).hash(&mut hasher);
        Ok(Plan {
            query,
            stages,
            yields,
            mark: hasher.finish(),
        })
    }

    fn extent(&self, query: &Query) -> Stage {
        let abilities = &self.abilities;
        let predicate = query.predicate.as_ref();
        let wql = (!abilities.no_wql.load(Ordering::Relaxed))
            .then(|| write_wql(query.class, predicate?, &self.wire.namespace))
            .flatten()
            .filter(|text| text.len() <= MAX_FILTER);
        let filter = match wql {
            Some(text) => Some(FilterText::Text {
                dialect: dialect::WQL.to_owned(),
                text,
            }),
            None if abilities.no_selectors.load(Ordering::Relaxed) => None,
            None => predicate
                .and_then(|predicate| selectors(query.class, predicate))
                .map(FilterText::Selectors),
        };
        Stage {
            target: address::class_target(query.class.name, &self.wire.namespace),
            class: query.class,
            filter,
            polymorphism: self.polymorphism(query),
            may_be_missing: false,
        }
    }

    fn polymorphism(&self, query: &Query) -> Polymorphism {
        if query.exact_class && !self.abilities.no_exact_class.load(Ordering::Relaxed) {
            Polymorphism::None
        } else {
            Polymorphism::IncludeSubClassProperties
        }
    }

    /// The association filter (DSP0227 8.2).
    fn walk(
        &self,
        query: &Query,
        association: &Association,
        object: &ObjectPath,
        associators: bool,
    ) -> Stage {
        let class = (!query.class.name.is_empty()).then(|| query.class.name.to_owned());
        let (association_class, result_class) = if associators {
            (association.association_class.clone(), class)
        } else {
            (
                None,
                class.or_else(|| association.association_class.clone()),
            )
        };
        let filter = AssociationFilter {
            associations: !associators,
            object: address::target(object, &self.wire.namespace),
            association_class,
            role: association.role.clone(),
            result_class,
            result_role: association.result_role.clone().filter(|_| associators),
            result_properties: Vec::new(),
        };
        Stage {
            target: address::target_of(ALL_CLASSES.to_owned(), &self.wire.namespace),
            class: &ANY_CLASS,
            filter: Some(FilterText::Association(Box::new(filter))),
            polymorphism: Polymorphism::IncludeSubClassProperties,
            may_be_missing: false,
        }
    }

    /// The extents of all associations that can refer to the object, and lead to what is wanted.
    fn associations(
        &self,
        query: &Query,
        association: &Association,
        object: &ObjectPath,
        associators: bool,
    ) -> Vec<Stage> {
        let schema = &self.schema;
        let related = |a: &str, b: &str| match (schema.class(a), schema.class(b)) {
            (Some(a), Some(b)) => a.is_a(b.name) || b.is_a(a.name),
            _ => true,
        };
        let named = |role: &Option<String>, name: &str| {
            role.as_ref()
                .is_none_or(|role| role.eq_ignore_ascii_case(name))
        };
        let fits = |class: &&&'static ClassDescriptor| {
            let ends: Vec<_> = class.references().collect();
            let wanted = association
                .association_class
                .as_deref()
                .is_none_or(|name| class.is_a(name));
            let result = associators || query.accepts(class);
            let here = |at: usize| {
                ends.get(at).is_some_and(|end| {
                    named(&association.role, end.name)
                        && related(&object.class, end.reference_class.unwrap_or_default())
                })
            };
            let leads = |from: usize| {
                !associators
                    || ends.iter().enumerate().any(|(at, end)| {
                        at != from
                            && named(&association.result_role, end.name)
                            && (query.class.name.is_empty()
                                || related(
                                    query.class.name,
                                    end.reference_class.unwrap_or_default(),
                                ))
                    })
            };
            class.flags.is_association
                && !class.flags.is_abstract
                && wanted
                && result
                && (0..ends.len()).any(|at| here(at) && leads(at))
        };
        let stages = schema.classes().iter().filter(fits).map(|class| Stage {
            target: address::class_target(class.name, &self.wire.namespace),
            class,
            filter: None,
            polymorphism: Polymorphism::IncludeSubClassProperties,
            may_be_missing: true,
        });
        stages.collect()
    }
}

/// The selector filter that a predicate means, or a part of it (DSP0226 8.2.2): properties equal to values.
fn selectors(class: &ClassDescriptor, predicate: &Predicate) -> Option<Vec<Selector>> {
    let parts = match predicate {
        Predicate::And(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut selectors: Vec<Selector> = Vec::new();
    for part in parts {
        if let Some(selector) = selector(class, part)
            && !selectors.iter().any(|s| s.name == selector.name)
        {
            selectors.push(selector);
        }
    }
    (!selectors.is_empty()).then_some(selectors)
}

fn selector(class: &ClassDescriptor, predicate: &Predicate) -> Option<Selector> {
    let Predicate::Compare(Comparison {
        path,
        op: CompareOp::Eq,
        value,
    }) = predicate
    else {
        return None;
    };
    let [name] = path.as_slice() else { return None };
    let (_, property) = class.property(name)?;
    if property.is_array || property.embedded != Embedded::No || !property.flags.read {
        return None;
    }
    let text = match value {
        Literal::String(text)
            if property.ty == CimType::String
                && property.reference_class.is_none()
                && !text.is_empty()
                && text.trim() == text
                && !text.contains(['"', '\'']) =>
        {
            text.clone()
        }
        Literal::Integer(n) if property.ty.is_integer() => n.to_string(),
        Literal::Boolean(b) if property.ty == CimType::Boolean => b.to_string(),
        _ => return None,
    };
    Some(Selector {
        name: property.name.to_owned(),
        value: SelectorValue::Text(text),
    })
}
