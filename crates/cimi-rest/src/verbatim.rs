//! Attributes as another service wrote them, where their value cannot hold all of it: a text where a number belongs, a
//! member that the model does not know in a structure that has no room for more. The reader keeps the value as far as
//! there is one, and beside it, among the attributes beyond the model, what was written, under the attribute's own
//! name. Who sends the resource back to that service writes it as it was, unless the value was changed meanwhile.

use cim_core::{Instance, Value};

use crate::model::{ClassModel, ExtensionModel, Member, MemberKind};
use crate::read::{ReadContext, Unknown};
use crate::{Links, RestModel, json_reader, words, xml_reader};

/// An attribute as it was written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verbatim<'m, 'i> {
    pub(crate) member: &'m Member,
    /// JSON, or the XML elements one behind the other.
    pub(crate) format: &'i str,
    pub(crate) text: &'i str,
}

impl<'m, 'i> Verbatim<'m, 'i> {
    /// What an attribute beyond the model is, if it has the name of one of the model.
    pub(crate) fn of(
        class: &'m ClassModel,
        at: &ExtensionModel,
        extension: &'i Instance,
    ) -> Option<Self> {
        let text = |position| extension.at(position).and_then(Value::as_str);
        if text(at.namespace).is_some_and(|namespace| !namespace.is_empty()) {
            return None;
        }
        let member = class.shape.member(text(at.name)?)?;
        let is_read = !matches!(
            member.kind,
            MemberKind::Identity | MemberKind::Operations | MemberKind::Collection(_)
        );
        is_read.then_some(Self {
            member,
            format: text(at.format).unwrap_or_default(),
            text: text(at.value)?,
        })
    }

    pub(crate) fn is_json(&self) -> bool {
        self.format == words::FORMAT_JSON
    }

    /// Whether it is what the instance has there, and more than the model can say: it cannot pass for another value of
    /// the attribute.
    pub(crate) fn stands(
        &self,
        model: &RestModel,
        links: &Links,
        class: &ClassModel,
        instance: &Instance,
    ) -> bool {
        let context = ReadContext {
            model,
            links,
            unknown: Unknown::Tolerate,
            content_type: None,
        };
        let read = match self.format {
            words::FORMAT_JSON => json_reader::attribute(&context, self.member, self.text),
            words::FORMAT_XML => xml_reader::attribute(&context, class, self.member, self.text),
            _ => None,
        };
        let here = instance.at(self.member.position).unwrap_or(&Value::Null);
        read.is_some_and(|(value, is_all)| !is_all && value == *here)
    }
}

/// Those of an instance.
pub(crate) fn verbatims<'m, 'i>(
    model: &'m RestModel,
    class: &'m ClassModel,
    instance: &'i Instance,
) -> impl Iterator<Item = Verbatim<'m, 'i>> {
    let extensions = class.shape.extensions.and_then(|at| instance.at(at));
    extensions
        .map_or(&[][..], Value::elements)
        .iter()
        .filter_map(Value::as_instance)
        .filter_map(|extension| {
            let at = model.class(extension.class()).extension.as_ref()?;
            Verbatim::of(class, at, extension)
        })
}

/// Whether an instance has an attribute as another service wrote it, beside its value or in its place.
pub fn has_verbatim(model: &RestModel, instance: &Instance) -> bool {
    let class = model.class(instance.class());
    verbatims(model, class, instance).next().is_some()
}
