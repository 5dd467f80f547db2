//! Class declarations, which travel as CIM-XML (DSP0201) in a WS-Transfer Get.

use super::object::Object;
use super::tree::Node;

/// A class as a service declares it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClassDeclaration {
    /// Its name.
    pub name: String,
    /// The class it is derived from.
    pub superclass: Option<String>,
    /// Names and values of its qualifiers.
    pub qualifiers: Vec<(String, String)>,
    /// Its properties, in the order of the declaration.
    pub properties: Vec<DeclaredProperty>,
    /// Its methods.
    pub methods: Vec<DeclaredMethod>,
}

/// A property or parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeclaredProperty {
    /// Its name.
    pub name: String,
    /// Its type: `uint16`, `string`, the class of a reference and ` REF`; `[]` behind that of an array.
    pub ty: String,
    /// Names and values of its qualifiers.
    pub qualifiers: Vec<(String, String)>,
}

impl DeclaredProperty {
    /// Whether a boolean qualifier says so.
    pub fn is(&self, qualifier: &str) -> bool {
        self.qualifiers.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case(qualifier) && value.eq_ignore_ascii_case("true")
        })
    }
}

/// A method.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeclaredMethod {
    /// Its name.
    pub name: String,
    /// The type of its return value; empty for none.
    pub returns: String,
    /// Its parameters.
    pub parameters: Vec<DeclaredProperty>,
}

impl ClassDeclaration {
    /// Reads a `CLASS` element; `None` if the object is something else.
    pub fn of(object: &Object) -> Option<Self> {
        let tree = object.tree().ok()?;
        if tree.name != "CLASS" {
            return None;
        }
        let mut class = Self {
            name: tree.attribute("NAME")?.to_owned(),
            superclass: tree.attribute("SUPERCLASS").map(str::to_owned),
            qualifiers: qualifiers(&tree),
            ..Self::default()
        };
        for part in &tree.children {
            match part.name.as_str() {
                "METHOD" => class.methods.push(DeclaredMethod {
                    name: part.attribute("NAME").unwrap_or_default().to_owned(),
                    returns: part.attribute("TYPE").unwrap_or_default().to_owned(),
                    parameters: part.children.iter().filter_map(typed).collect(),
                }),
                _ => class.properties.extend(typed(part)),
            }
        }
        Some(class)
    }
}

/// `PROPERTY`, `PROPERTY.ARRAY`, `PROPERTY.REFERENCE` and the same of `PARAMETER`.
fn typed(part: &Node) -> Option<DeclaredProperty> {
    let kind = part
        .name
        .strip_prefix("PROPERTY")
        .or_else(|| part.name.strip_prefix("PARAMETER"))?;
    let ty = part.attribute("TYPE").unwrap_or_default();
    let class = part
        .attribute("REFERENCECLASS")
        .unwrap_or("CIM_ManagedElement");
    let ty = match kind {
        "" => ty.to_owned(),
        ".ARRAY" => format!("{ty}[]"),
        ".REFERENCE" => format!("{class} REF"),
        ".REFARRAY" => format!("{class} REF[]"),
        _ => return None,
    };
    Some(DeclaredProperty {
        name: part.attribute("NAME")?.to_owned(),
        ty,
        qualifiers: qualifiers(part),
    })
}

fn qualifiers(part: &Node) -> Vec<(String, String)> {
    let qualifiers = part.children.iter().filter(|q| q.name == "QUALIFIER");
    qualifiers
        .filter_map(|qualifier| {
            let values = match qualifier.child("VALUE.ARRAY") {
                Some(array) => {
                    let values: Vec<_> = array.children.iter().map(|v| v.text.as_str()).collect();
                    values.join(", ")
                }
                None => qualifier.child("VALUE").map_or("", |v| &v.text).to_owned(),
            };
            Some((qualifier.attribute("NAME")?.to_owned(), values))
        })
        .collect()
}
