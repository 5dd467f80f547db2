//! Qualifiers as annotations: an element each in `xs:appinfo`, in the namespace of qualifiers, of the
//! qualifier types of the common schema (DSP0230 9.6).

use cim_core::{Qualifier, QualifierValue};

use super::{CLASS_NAMESPACE, Schema, escape};

/// The annotation of an element with these qualifiers.
pub(super) fn annotation(out: &mut Schema, qualifiers: &[Qualifier]) {
    if qualifiers.is_empty() {
        return;
    }
    out.open("xs:annotation");
    out.open(&format!(
        "xs:appinfo xmlns:q=\"{CLASS_NAMESPACE}qualifiers\""
    ));
    for qualifier in qualifiers {
        write(out, qualifier);
    }
    out.close("xs:appinfo");
    out.close("xs:annotation");
}

fn write(out: &mut Schema, qualifier: &Qualifier) {
    let name = qualifier.name;
    let items = |texts: Vec<String>| -> String {
        texts
            .iter()
            .map(|text| format!("<q:value>{text}</q:value>"))
            .collect()
    };
    let text = match qualifier.value {
        QualifierValue::Null => String::new(),
        QualifierValue::Boolean(b) => b.to_string(),
        QualifierValue::Unsigned(n) => n.to_string(),
        QualifierValue::Signed(n) => n.to_string(),
        QualifierValue::Real(n) => n.to_string(),
        QualifierValue::String(text) => content(text),
        QualifierValue::Strings(texts) => items(texts.iter().map(|t| content(t)).collect()),
        QualifierValue::Integers(all) => items(all.iter().map(ToString::to_string).collect()),
        QualifierValue::Booleans(all) => items(all.iter().map(ToString::to_string).collect()),
    };
    out.line(&format!(
        "<q:{name} cim:qualifier=\"true\">{text}</q:{name}>"
    ));
}

/// Text that XML can carry.
fn content(text: &str) -> String {
    let legal: String = text
        .chars()
        .filter(|c| *c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}') || matches!(c, '\n' | '\t'))
        .collect();
    escape(&legal)
}
