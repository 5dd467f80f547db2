/// An embedded object: an instance of whatever class of the model (`EmbeddedObject`).
#[derive(Debug, Clone, PartialEq)]
pub enum Object {
    /// The instance.
    Instance(Box<::cim_core::Instance>),
    /// A text in a format of its own.
    Text(String),
}

/// The class of that name.
fn class_of(name: &str) -> Result<&'static ::cim_core::ClassDescriptor, String> {
    let mut classes = super::super::classes::CLASSES.iter().copied();
    classes
        .find(|class| class.name.eq_ignore_ascii_case(name))
        .ok_or_else(|| format!("the model has no class `{name}`"))
}
