//! What a client asks for: a class or an association walk, a predicate, an order, a projection.

use cim_core::{ClassDescriptor, ClassFlags, ObjectPath};

use crate::Predicate;

/// The class of a query that does not care: association walks without a result class. Associations
/// have no common superclass, so no class of a schema can say this.
pub static ANY_CLASS: ClassDescriptor = ClassDescriptor {
    name: "",
    superclass: None,
    ancestors: &[],
    flags: ClassFlags {
        is_abstract: true,
        is_association: false,
        is_indication: false,
        is_structure: false,
    },
    properties: &[],
    alphabetical: &[],
    keys: &[],
    methods: &[],
    qualifiers: &[],
};

/// A query over instances.
#[derive(Debug, Clone)]
pub struct Query {
    /// The class of the results; instances of subclasses belong to it unless `exact_class`.
    /// [`ANY_CLASS`] in association walks that accept every class; ask [`Query::accepts`].
    pub class: &'static ClassDescriptor,
    /// Only instances whose own class is `class` (PolymorphismMode `None`, DSP0227 R8.1).
    pub exact_class: bool,
    /// Where the instances come from.
    pub source: Source,
    /// Which of them are meant.
    pub predicate: Option<Predicate>,
    /// In which order; none means the provider's own, stable order.
    pub order_by: Vec<OrderBy>,
    /// The properties that the client will look at (a hint; a provider may give more); none means all.
    pub projection: Option<Vec<String>>,
}

impl Query {
    /// All instances of a class and its subclasses.
    pub fn all(class: &'static ClassDescriptor) -> Self {
        Self {
            class,
            exact_class: false,
            source: Source::Extent,
            predicate: None,
            order_by: Vec::new(),
            projection: None,
        }
    }

    /// Whether instances whose own class is `class` can be results.
    pub fn accepts(&self, class: &ClassDescriptor) -> bool {
        if self.class.name.is_empty() {
            true
        } else if self.exact_class {
            class.name.eq_ignore_ascii_case(self.class.name)
        } else {
            class.is_a(self.class.name)
        }
    }
}

/// Where the instances of a query come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// All instances of the class.
    Extent,
    /// The instances at the other end of an association (DSP0200 Associators).
    Associators(Association),
    /// The association instances that refer to an object (DSP0200 References).
    References(Association),
}

/// Which associations to walk, from where.
#[derive(Debug, Clone, PartialEq)]
pub struct Association {
    /// The object to start from.
    pub object: ObjectPath,
    /// The association class or a superclass of it; none means any. For References it is the class of
    /// the query, and this stays empty.
    pub association_class: Option<String>,
    /// The reference property through which the object is referred to.
    pub role: Option<String>,
    /// The reference property that refers to the result (Associators only).
    pub result_role: Option<String>,
}

/// One sort key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderBy {
    /// The CIM property.
    pub property: String,
    /// From the largest to the smallest.
    pub descending: bool,
}
