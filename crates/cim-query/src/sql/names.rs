//! Names in a query, looked up in the schema.

use cim_core::{ClassDescriptor, Embedded, PropertyDescriptor, Schema, nearest};

use super::Failure;

/// A path as it is written.
pub(super) struct RawPath<'a> {
    pub(super) at: usize,
    pub(super) steps: Vec<Step<'a>>,
}

/// `[class::]name`
pub(super) struct Step<'a> {
    pub(super) at: usize,
    pub(super) class: Option<&'a str>,
    pub(super) name: &'a str,
}

/// A path that leads to a property.
pub(super) struct Path {
    /// The names in the schema's spelling; empty for the instance itself.
    pub(super) names: Vec<String>,
    /// The property at its end; unknown inside an embedded object of any class.
    pub(super) property: Option<&'static PropertyDescriptor>,
}

/// Where names are looked up.
pub(super) struct Scope<'a> {
    pub(super) class: &'static ClassDescriptor,
    pub(super) alias: Option<&'a str>,
    pub(super) schema: &'a Schema,
}

/// The class of that name.
pub(super) fn find_class(
    schema: &Schema,
    name: &str,
    at: usize,
) -> Result<&'static ClassDescriptor, Failure> {
    schema.class(name).ok_or_else(|| {
        let hint = schema
            .nearest_class(name)
            .map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
        Failure::new(at, format!("there is no class `{name}`{hint}")).about(name)
    })
}

impl Scope<'_> {
    /// The property that a path leads to. A first step that is the class or its alias stands for the
    /// instance.
    pub(super) fn path(&self, raw: &RawPath<'_>) -> Result<Path, Failure> {
        let mut steps = raw.steps.as_slice();
        if let [first, rest @ ..] = steps
            && first.class.is_none()
            && self.class.property(first.name).is_none()
            && self.means_instance(first.name)
        {
            steps = rest;
        }
        let mut path = Path {
            names: Vec::with_capacity(steps.len()),
            property: None,
        };
        let mut class = Some(self.class);
        let mut inside: Option<&PropertyDescriptor> = None;
        for step in steps {
            if let Some(outer) = inside
                && outer.embedded == Embedded::No
            {
                return Err(Failure::new(
                    step.at,
                    format!(
                        "`{}` embeds nothing, so it has no `{}`",
                        outer.name, step.name
                    ),
                )
                .about(outer.name));
            }
            if let Some(qualifier) = step.class {
                class = Some(find_class(self.schema, qualifier, step.at)?);
            }
            let Some(here) = class else {
                path.names.push(step.name.to_owned());
                path.property = None;
                inside = None;
                continue;
            };
            let Some((_, property)) = here.property(step.name) else {
                return Err(no_such_property(here, step));
            };
            path.names.push(property.name.to_owned());
            path.property = Some(property);
            inside = Some(property);
            class = match property.embedded {
                Embedded::Instance(name) => self.schema.class(name),
                Embedded::Object | Embedded::No => None,
            };
        }
        Ok(path)
    }

    fn means_instance(&self, name: &str) -> bool {
        self.alias
            .is_some_and(|alias| alias.eq_ignore_ascii_case(name))
            || self.class.is_a(name)
    }

    /// The properties of a select list.
    pub(super) fn projection(&self, selected: Vec<RawPath<'_>>) -> Result<Vec<String>, Failure> {
        let mut names: Vec<String> = Vec::with_capacity(selected.len());
        for raw in selected {
            let at = raw.at;
            let mut path = self.path(&raw)?;
            let (Some(name), true) = (path.names.pop(), path.names.is_empty()) else {
                return Err(Failure::new(
                    at,
                    "only properties of the class itself can be selected",
                ));
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Ok(names)
    }
}

fn no_such_property(class: &ClassDescriptor, step: &Step<'_>) -> Failure {
    let hint = nearest(step.name, class.properties.iter().map(|p| p.name))
        .map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
    Failure::new(
        step.at,
        format!("class {} has no property `{}`{hint}", class.name, step.name),
    )
    .about(step.name)
}
