//! From an Enumerate to a [`Query`] (DSP0226 8.3, DSP0227 8).

use cim_core::ClassDescriptor;
use cim_query::{ANY_CLASS, Association, Query, Source};
use wsman::enumeration::{AssociationFilter, Filter, Polymorphism};
use wsman::{Detail, Fault, Subcode};

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
        Some(Filter::Wql(text)) => of_class(parse_wql(space, text)?, class)?,
        Some(Filter::Cql(text)) => of_class(parse_cql(space, text)?, class)?,
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

/// Filter texts are read as soon as their parsers are there (the change after this one).
fn unread() -> Fault {
    Fault::new(Subcode::CannotProcessFilter)
}

fn selected(_: &'static ClassDescriptor, _: &wsman::epr::SelectorSet) -> Result<Query, Fault> {
    Err(unread())
}

fn parse_wql(_: Space<'_>, _: &str) -> Result<Query, Fault> {
    Err(unread())
}

fn parse_cql(_: Space<'_>, _: &str) -> Result<Query, Fault> {
    Err(unread())
}
