//! The XPath subsets of WS-Management (DSP0226 Annex D) over CIM instances.
//!
//! ```text
//! test     = and *( "or" and )                                           filters: Level 2
//! and      = term *( "and" term )
//! term     = "not" "(" test ")" / "(" test ")" / operand [ op operand ]
//! operand  = path / string / number
//! path     = [ "/" / "//" ] step *( ( "/" / "//" ) step ) [ "/" ( "text()" / "@" name ) ] / "/" / "."
//! step     = ( [ prefix ":" ] name / "*" ) *( "[" ( position / test ) "]" ) / "." / ".."
//! ```
//!
//! The document is the representation of an instance: its document element is the class, which is also
//! the context node, and an entry of an array is an element of its own. Prefixes are not looked at,
//! because real clients send none, or ones that nothing declares. A value is what is compared, as its CIM
//! type asks for; a property without one does not exist for a test, though its element (with `xsi:nil`)
//! can be selected.

mod parse;
#[cfg(test)]
mod tests;

use cim_core::{CimType, Embedded, Instance, PropertyDescriptor, Value};

pub use parse::{parse_xpath_path, parse_xpath_test};

use crate::predicate::compare;
use crate::{CompareOp, Literal, Predicate};

/// A location path: which elements of a representation are meant.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Path {
    /// What the instance itself has to be.
    pub root: Vec<Predicate>,
    /// The steps below the document element; none means the whole representation.
    pub steps: Vec<Step>,
    /// What is wanted of the elements.
    pub part: Part,
}

/// One step to child elements.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The name of the property; `None` for any (`*`).
    pub name: Option<String>,
    /// Not only children but all that is below (`//`).
    pub deep: bool,
    /// Which of the elements, in turn.
    pub filters: Vec<StepFilter>,
}

/// What stands in brackets.
#[derive(Debug, Clone, PartialEq)]
pub enum StepFilter {
    /// The element at this position, from 1.
    Position(usize),
    /// The embedded instances that satisfy this.
    Where(Predicate),
}

/// What is wanted of the elements that a path selects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Part {
    /// The elements.
    #[default]
    Element,
    /// Their text: `text()`.
    Text,
    /// An attribute.
    Attribute(String),
}

/// An element of a representation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node<'a> {
    /// The instance whose property it is.
    pub owner: &'a Instance,
    /// The property.
    pub property: &'static PropertyDescriptor,
    /// Which entry of an array it is; `None` for what is one element as a whole.
    pub entry: Option<usize>,
    /// The value; `None` for an element that says `xsi:nil`.
    pub value: Option<&'a Value>,
}

/// Where in an instance a path of names and positions leads: a property, and an entry of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// The position of the property in its class.
    pub at: usize,
    /// The entry of the array, from 0; `None` for the whole property.
    pub entry: Option<usize>,
}

impl Path {
    /// The elements that are meant, in document order.
    pub fn select<'a>(&self, instance: &'a Instance) -> Vec<Node<'a>> {
        let mut nodes: Vec<Node<'a>> = Vec::new();
        if !self.root.iter().all(|p| p.matches(instance)) {
            return nodes;
        }
        let mut contexts = vec![instance];
        for (at, step) in self.steps.iter().enumerate() {
            if at > 0 {
                contexts = nodes.iter().filter_map(embedded).collect();
                nodes.clear();
            }
            for context in &contexts {
                step.collect(context, &mut nodes);
            }
        }
        nodes
    }

    /// The way to the one place that the path means, for changing it. Positions may be beyond the end
    /// of the array; a test in brackets has to hold for exactly one entry. `None` if the path means
    /// several places, or one that does not exist.
    pub fn place(&self, instance: &Instance) -> Option<Vec<Stop>> {
        if !self.root.iter().all(|p| p.matches(instance)) {
            return None;
        }
        let mut stops = Vec::with_capacity(self.steps.len());
        let mut context = Some(instance);
        for step in &self.steps {
            let here = context?;
            let (at, property) = here.class().property(step.name.as_deref()?)?;
            if step.deep {
                return None;
            }
            let entry = match step.filters.as_slice() {
                [] => None,
                [StepFilter::Position(n)] => Some(n.checked_sub(1)?),
                _ => {
                    let mut found = Vec::new();
                    step.collect(here, &mut found);
                    match found.as_slice() {
                        [only] => Some(only.entry.unwrap_or(0)),
                        _ => return None,
                    }
                }
            };
            // The only element of a scalar is the scalar.
            let entry = match entry {
                Some(0) if !property.is_array || is_octets(property) => None,
                Some(_) if !property.is_array => return None,
                entry => entry,
            };
            context = match (here.at(at), entry) {
                (Some(Value::Instance(inside)), None) => Some(&**inside),
                (Some(Value::Array(items)), entry) => match (items.as_slice(), entry) {
                    (items, Some(n)) => items.get(n).and_then(Value::as_instance),
                    ([Value::Instance(inside)], None) => Some(&**inside),
                    _ => None,
                },
                _ => None,
            };
            stops.push(Stop { at, entry });
        }
        Some(stops)
    }

    /// Whether some element that is meant has a value, and one that compares so.
    pub(crate) fn holds(
        &self,
        instance: &Instance,
        compared: Option<&(CompareOp, Literal)>,
    ) -> bool {
        if self.steps.is_empty() {
            return compared.is_none() && self.root.iter().all(|p| p.matches(instance));
        }
        self.select(instance).iter().any(|node| {
            let Some(value) = node.value else {
                return false;
            };
            compared.is_none_or(|(op, literal)| {
                compare(node.property, value, literal).is_some_and(|o| op.holds(o))
            })
        })
    }

    /// Whether a test on this path looks at a property of the instance itself.
    pub fn mentions(&self, name: &str) -> bool {
        self.steps.first().is_some_and(|step| {
            step.deep
                || step
                    .name
                    .as_deref()
                    .is_none_or(|n| n.eq_ignore_ascii_case(name))
        })
    }

    /// The names on the way, if names are all that the path consists of.
    fn names(&self) -> Option<Vec<String>> {
        let plain = self.root.is_empty() && !self.steps.is_empty();
        if !plain || matches!(self.part, Part::Attribute(_)) {
            return None;
        }
        self.steps
            .iter()
            .map(|step| match step {
                Step {
                    name: Some(name),
                    deep: false,
                    filters,
                } if filters.is_empty() => Some(name.clone()),
                _ => None,
            })
            .collect()
    }
}

impl Step {
    fn collect<'a>(&self, context: &'a Instance, nodes: &mut Vec<Node<'a>>) {
        let mut found: Vec<Node<'a>> = children(context)
            .filter(|node| {
                self.name
                    .as_deref()
                    .is_none_or(|name| name.eq_ignore_ascii_case(node.property.name))
            })
            .collect();
        for filter in &self.filters {
            match filter {
                StepFilter::Position(n) => {
                    found = found.get(n.wrapping_sub(1)).copied().into_iter().collect();
                }
                StepFilter::Where(test) => {
                    found.retain(|node| embedded(node).is_some_and(|i| test.matches(i)));
                }
            }
        }
        nodes.append(&mut found);
        if self.deep {
            for inner in children(context).filter_map(|node| embedded(&node)) {
                self.collect(inner, nodes);
            }
        }
    }
}

/// The instance that an element holds.
fn embedded<'a>(node: &Node<'a>) -> Option<&'a Instance> {
    node.value.and_then(Value::as_instance)
}

/// The child elements of an instance's representation. Secrets are not part of it.
fn children(instance: &Instance) -> impl Iterator<Item = Node<'_>> {
    let class = instance.class();
    class
        .alphabetical
        .iter()
        .filter_map(move |at| {
            let at = usize::from(*at);
            class.properties.get(at).map(|property| (at, property))
        })
        .filter(|(_, property)| property.flags.read)
        .flat_map(move |(at, property)| {
            let value = instance.at(at).filter(|v| !v.is_null());
            let items = match value {
                Some(Value::Array(items)) if !is_octets(property) => items.as_slice(),
                _ => &[],
            };
            let whole = items.is_empty().then_some(Node {
                owner: instance,
                property,
                entry: None,
                value: value.filter(|v| !matches!(v, Value::Array(items) if items.is_empty())),
            });
            let entries = items.iter().enumerate().map(move |(n, item)| Node {
                owner: instance,
                property,
                entry: Some(n),
                value: Some(item).filter(|v| !v.is_null()),
            });
            whole.into_iter().chain(entries)
        })
}

/// `uint8[]` with OctetString is one element (DSP0230).
fn is_octets(property: &PropertyDescriptor) -> bool {
    property.flags.octet_string && property.is_array && property.ty == CimType::Uint8
}

/// Whether elements can stand inside an element of this property.
fn has_children(property: &PropertyDescriptor) -> bool {
    property.embedded != Embedded::No
}
