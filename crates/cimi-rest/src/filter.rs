//! What the attribute names of a `$filter` or `$orderby` mean for items of a class.

use std::borrow::Cow;

use cim_core::PropertyDescriptor;
use cim_query::{FilterAttributes, OrderBy};

use crate::model::{ClassModel, MemberKind};
use crate::{Links, words};

/// The attributes of a collection's items.
#[derive(Debug, Clone, Copy)]
pub struct ItemAttributes<'a> {
    /// The class of the items.
    pub class: &'a ClassModel,
    /// What URIs in literals are relative to.
    pub links: &'a Links,
}

impl FilterAttributes for ItemAttributes<'_> {
    fn property(&self, attribute: &str) -> Option<&'static PropertyDescriptor> {
        let member = self.class.shape.member(attribute)?;
        match member.kind {
            MemberKind::Identity
            | MemberKind::Scalar
            | MemberKind::Scalars
            | MemberKind::Reference
            | MemberKind::References
            | MemberKind::ByValue(_)
                if member.is_readable() =>
            {
                member.property
            }
            _ => None,
        }
    }

    fn properties(&self) -> Option<&'static PropertyDescriptor> {
        self.class.shape.member(words::PROPERTIES)?.property
    }

    fn identity<'u>(&self, uri: &'u str) -> Cow<'u, str> {
        self.links.instance_id(uri)
    }

    fn nearest(&self, attribute: &str) -> Option<&'static str> {
        let nearest = self.class.shape.nearest(attribute);
        nearest.filter(|nearest| *nearest != attribute)
    }
}

impl ItemAttributes<'_> {
    /// The sort keys of an `$orderby`; an attribute that cannot be sorted by is named in the error.
    ///
    /// # Errors
    /// The first attribute that the items do not have or that has no order.
    pub fn order_by(&self, keys: &[(String, bool)]) -> Result<Vec<OrderBy>, String> {
        keys.iter()
            .map(
                |(name, descending)| match self.property(name).filter(|p| !p.is_array) {
                    Some(property) => Ok(OrderBy {
                        property: property.name.to_owned(),
                        descending: *descending,
                    }),
                    None => Err(format!("$orderby: `{name}` is no attribute to sort by")),
                },
            )
            .collect()
    }
}
