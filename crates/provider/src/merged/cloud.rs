//! Identifiers of the merged view and of its clouds: an identifier here is that of the cloud with `c/NAME/` before it,
//! wherever it stands, and nothing else changes.

use std::sync::Arc;

use cim_core::{CimError, ErrorKind, Instance, KeyValue, ObjectPath, Value};
use cim_query::{Comparison, Literal, Predicate, Query, Source};

use crate::embedded::model::{ENTRY_POINT_ID, names};
use crate::{OperationContext, Outcome, Page, PageItem, PageRequest, Provider, Resource};

/// What identifiers of the merged view start with.
pub(crate) const PREFIX: &str = "c/";
/// What identifiers of resources of services that are none of the clouds start with.
const FOREIGN: &str = "x/";

/// One of the clouds, and how identifiers change on the way to it and back.
pub(super) struct Cloud {
    /// `c/NAME/`
    pub(super) prefix: String,
    pub(super) provider: Arc<dyn Provider>,
}

impl Cloud {
    pub(super) fn name(&self) -> &str {
        let name = self.prefix.strip_prefix(PREFIX).unwrap_or_default();
        name.trim_end_matches('/')
    }

    pub(super) fn id_here(&self, id: &str) -> String {
        if id.is_empty() || id == ENTRY_POINT_ID || id.starts_with(FOREIGN) {
            id.to_owned()
        } else {
            format!("{}{id}", self.prefix)
        }
    }

    fn id_there(&self, id: &str) -> Result<String, CimError> {
        match id.strip_prefix(&self.prefix) {
            Some(id) => Ok(id.to_owned()),
            None if id == ENTRY_POINT_ID || id.starts_with(FOREIGN) || id.is_empty() => {
                Ok(id.to_owned())
            }
            None => Err(CimError::new(
                ErrorKind::InvalidParameter,
                format!("{id} is no resource of the cloud `{}`.", self.name()),
            )),
        }
    }

    pub(super) fn path_here(&self, path: &ObjectPath) -> ObjectPath {
        let mut path = path.clone();
        for (name, key) in &mut path.keys {
            match key {
                KeyValue::String(id) if name.eq_ignore_ascii_case(names::ID) => {
                    *id = self.id_here(id);
                }
                KeyValue::Reference(inner) => **inner = self.path_here(inner),
                _ => {}
            }
        }
        path
    }

    pub(super) fn path_there(&self, path: &ObjectPath) -> Result<ObjectPath, CimError> {
        let mut path = path.clone();
        for (name, key) in &mut path.keys {
            match key {
                KeyValue::String(id) if name.eq_ignore_ascii_case(names::ID) => {
                    *id = self.id_there(id)?;
                }
                KeyValue::Reference(inner) => **inner = self.path_there(inner)?,
                _ => {}
            }
        }
        Ok(path)
    }

    /// Every identifier in an instance changed by `map`.
    fn map(
        instance: &Instance,
        ids: &dyn Fn(&str) -> Result<String, CimError>,
        paths: &dyn Fn(&ObjectPath) -> Result<ObjectPath, CimError>,
    ) -> Result<Instance, CimError> {
        let mut mapped = Instance::new(instance.class());
        for (property, value) in instance.present() {
            let is_id = property.name == names::ID || property.reference_class.is_some();
            let value = map_value(value, is_id, ids, paths)
                .map_err(|error| error.with_subject(property.name))?;
            mapped.set(property.name, value);
        }
        Ok(mapped)
    }

    pub(super) fn here(&self, instance: &Instance) -> Result<Instance, CimError> {
        Self::map(instance, &|id| Ok(self.id_here(id)), &|path| {
            Ok(self.path_here(path))
        })
    }

    pub(super) fn there(&self, instance: &Instance) -> Result<Instance, CimError> {
        let mut mapped = Self::map(instance, &|id| self.id_there(id), &|path| {
            self.path_there(path)
        })?;
        // Where an image comes from may be a resource, and is no reference in the model.
        for (property, value) in instance.present() {
            if let (None, Value::String(text)) = (property.reference_class, value)
                && let Some(id) = text.strip_prefix(self.prefix.as_str())
            {
                mapped.set(property.name, id);
            }
        }
        Ok(mapped)
    }

    pub(super) fn value_there(&self, value: &Value, is_id: bool) -> Result<Value, CimError> {
        map_value(value, is_id, &|id| self.id_there(id), &|path| {
            self.path_there(path)
        })
    }

    pub(super) fn resource_here(&self, resource: Resource) -> Result<Resource, CimError> {
        Ok(Resource {
            instance: self.here(&resource.instance)?,
            etag: resource.etag,
        })
    }

    pub(super) fn outcome_here(&self, outcome: Outcome) -> Result<Outcome, CimError> {
        Ok(Outcome {
            job: outcome.job.map(|job| self.path_here(&job)),
            completed: outcome.completed,
            resource: outcome
                .resource
                .map(|r| self.resource_here(r))
                .transpose()?,
        })
    }

    /// A query as this cloud understands it.
    fn query_there(&self, query: &Query) -> Result<Query, CimError> {
        let mut query = query.clone();
        if let Source::Associators(walk) | Source::References(walk) = &mut query.source {
            walk.object = self.path_there(&walk.object)?;
        }
        if let Some(predicate) = &mut query.predicate {
            self.predicate_there(predicate);
        }
        Ok(query)
    }

    fn predicate_there(&self, predicate: &mut Predicate) {
        match predicate {
            Predicate::And(parts) | Predicate::Or(parts) => {
                parts.iter_mut().for_each(|part| self.predicate_there(part));
            }
            Predicate::Not(inner) => self.predicate_there(inner),
            Predicate::Compare(Comparison { value, .. })
            | Predicate::Selected {
                compared: Some((_, value)),
                ..
            } => {
                if let Literal::String(text) | Literal::Caseless(text) = value {
                    self.text_there(text);
                }
            }
            Predicate::Like { pattern, .. } => self.text_there(pattern),
            _ => {}
        }
    }

    /// An identifier alone, or the one in a path that is written out.
    fn text_there(&self, text: &mut String) {
        if let Some(id) = text.strip_prefix(&self.prefix) {
            *text = id.to_owned();
        } else if text.contains(&self.prefix) {
            *text = text.replace(&format!("\"{}", self.prefix), "\"");
        }
    }

    pub(super) async fn page(
        &self,
        context: &OperationContext,
        query: &Query,
        request: PageRequest<'_>,
    ) -> Result<Page, CimError> {
        let query = self.query_there(query)?;
        let page = self.provider.query(context, &query, request).await?;
        let here = |item: PageItem| {
            Ok(PageItem {
                resource: self.resource_here(item.resource)?,
                cursor: item.cursor,
            })
        };
        Ok(Page {
            items: page
                .items
                .into_iter()
                .map(here)
                .collect::<Result<_, CimError>>()?,
            next: page.next,
            count: page.count,
        })
    }
}

pub(super) fn map_value(
    value: &Value,
    is_id: bool,
    ids: &dyn Fn(&str) -> Result<String, CimError>,
    paths: &dyn Fn(&ObjectPath) -> Result<ObjectPath, CimError>,
) -> Result<Value, CimError> {
    Ok(match value {
        Value::String(id) if is_id => Value::from(ids(id)?),
        Value::Reference(path) => Value::from(paths(path)?),
        Value::Instance(inner) => Value::from(Cloud::map(inner, ids, paths)?),
        Value::Array(values) => Value::Array(
            values
                .iter()
                .map(|value| map_value(value, is_id, ids, paths))
                .collect::<Result<_, _>>()?,
        ),
        other => other.clone(),
    })
}

/// The first identifier in a path of which `find` knows something.
pub(super) fn first_id<'a, T>(
    path: &ObjectPath,
    find: &dyn Fn(&str) -> Option<&'a T>,
) -> Option<&'a T> {
    path.keys.iter().find_map(|(_, key)| match key {
        KeyValue::String(id) => find(id),
        KeyValue::Reference(inner) => first_id(inner, find),
        _ => None,
    })
}

/// The first cloud that an instance refers to.
pub(super) fn first_in<'a>(
    instance: &Instance,
    find: &dyn Fn(&str) -> Option<&'a Cloud>,
) -> Option<&'a Cloud> {
    fn in_value<'a>(
        value: &Value,
        is_id: bool,
        find: &dyn Fn(&str) -> Option<&'a Cloud>,
    ) -> Option<&'a Cloud> {
        match value {
            Value::String(id) if is_id || id.starts_with(PREFIX) => find(id),
            Value::Reference(path) => first_id(path, find),
            Value::Instance(inner) => first_in(inner, find),
            Value::Array(values) => values.iter().find_map(|value| in_value(value, is_id, find)),
            _ => None,
        }
    }
    instance.present().find_map(|(property, value)| {
        let is_id = property.name == names::ID || property.reference_class.is_some();
        in_value(value, is_id, find)
    })
}
