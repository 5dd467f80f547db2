//! From an Enumerate to a [`Query`] (DSP0226 8.3, DSP0227 8).

use cim_core::{CimError, ClassDescriptor};
use cim_query::xpath::parse_xpath_test;
use cim_query::{
    ANY_CLASS, Association, Query, Source, parse_cql, parse_selector_filter, parse_wql,
};
use wsman::enumeration::{AssociationFilter, Filter, Polymorphism};
use wsman::epr::{SelectorSet, SelectorValue};
use wsman::{Detail, Doing, Fault, Subcode};

use super::address::Space;

/// The query that a class, a filter and a polymorphism mode mean.
///
/// # Errors
/// `wsen:CannotProcessFilter` for a filter that is wrong, `wsman:UnsupportedFeature`/
/// `FilteringRequired` for all classes without one, and
/// `wsmb:PolymorphismModeNotSupported` for a mode that needs a class.
pub(super) fn build(
    space: Space<'_>,
    class: Option<&'static ClassDescriptor>,
    filter: Option<&Filter>,
    polymorphism: Polymorphism,
) -> Result<Query, Fault> {
    let mut query = match filter {
        None => Query::all(class.ok_or_else(|| {
            Fault::new(Subcode::UnsupportedFeature)
                .detail(Detail::FilteringRequired)
                .because("All classes can only be enumerated with a filter that names a class or an object.")
        })?),
        Some(Filter::Association(walk)) => associated(space, walk)?,
        Some(Filter::Selectors(selectors)) => {
            let class = class.ok_or_else(|| {
                cannot("A selector filter needs a ResourceURI that names one class.")
            })?;
            selected(class, selectors)?
        }
        Some(Filter::XPath(text)) => {
            let class = class.ok_or_else(|| {
                cannot("An XPath filter needs a ResourceURI that names one class.")
            })?;
            let mut query = Query::all(class);
            query.predicate =
                Some(parse_xpath_test(text, class, space.schema).map_err(|e| wrong(&e))?);
            query
        }
        Some(Filter::Wql(text)) => of_class(parse_wql(text, space.schema).map_err(|e| wrong(&e))?, class)?,
        Some(Filter::Cql(text)) => of_class(parse_cql(text, space.schema).map_err(|e| wrong(&e))?, class)?,
    };
    if polymorphism != Polymorphism::IncludeSubClassProperties
        && (class.is_none() || query.class.name.is_empty())
    {
        return Err(Fault::new(Subcode::PolymorphismModeNotSupported)
            .because("With all classes only IncludeSubClassProperties is possible."));
    }
    query.exact_class |= polymorphism == Polymorphism::None;
    Ok(query)
}

fn cannot(why: impl Into<String>) -> Fault {
    Fault::new(Subcode::CannotProcessFilter).because(why)
}

/// A query text names its class itself; the ResourceURI has to agree.
fn of_class(query: Query, class: Option<&ClassDescriptor>) -> Result<Query, Fault> {
    match class {
        Some(class) if !query.class.is_a(class.name) => Err(cannot(format!(
            "The filter selects from {}, the ResourceURI names {}.",
            query.class.name, class.name
        ))),
        _ => Ok(query),
    }
}

fn associated(space: Space<'_>, walk: &AssociationFilter) -> Result<Query, Fault> {
    let object = space
        .reference(walk.object.clone())
        .map_err(|fault| match fault.subcode() {
            Subcode::DestinationUnreachable => fault,
            _ => cannot(format!("wsmb:Object is no instance: {}", fault.reason())),
        })?;
    let class = |name: &Option<String>| -> Result<Option<&'static ClassDescriptor>, Fault> {
        name.as_deref()
            .map(|name| {
                space
                    .class(name)
                    .map_err(|_| cannot(format!("Class {name} of the filter is not known.")))
            })
            .transpose()
    };
    let result = class(&walk.result_class)?;
    let association_class = class(&walk.association_class)?.map(|class| class.name.to_owned());
    let association = Association {
        object,
        association_class,
        role: walk.role.clone(),
        result_role: walk.result_role.clone(),
    };
    let mut query = Query::all(result.unwrap_or(&ANY_CLASS));
    query.source = if walk.associations {
        Source::References(association)
    } else {
        Source::Associators(association)
    };
    if !walk.result_properties.is_empty() {
        query.projection = Some(walk.result_properties.clone());
    }
    Ok(query)
}

/// A selector filter: properties equal to values.
fn selected(class: &'static ClassDescriptor, selectors: &SelectorSet) -> Result<Query, Fault> {
    let mut pairs = Vec::with_capacity(selectors.as_slice().len());
    for (name, value) in selectors.keys() {
        match value {
            SelectorValue::Text(text) => pairs.push((name, text.as_str())),
            SelectorValue::Reference(_) => {
                return Err(cannot(format!(
                    "Selector `{name}` is a reference; a selector filter compares texts."
                )));
            }
        }
    }
    let mut query = Query::all(class);
    query.predicate = Some(parse_selector_filter(class, pairs).map_err(|e| wrong(&e))?);
    Ok(query)
}

/// The fault for a filter text that its parser refuses.
fn wrong(error: &CimError) -> Fault {
    Fault::from_cim(error, Doing::Enumerating)
}
