//! What of a query the cloud is asked to do itself: `$filter` and `$orderby` (DSP0263 4.1.6).

use cim_query::{CompareOp, Literal, OrderBy, Predicate};
use cimi_rest::{ClassModel, Member, MemberKind};

use crate::site::Site;

/// A filter, and whether it says all that the predicate does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) text: String,
    pub(crate) is_whole: bool,
}

/// As much of a predicate as CIMI has words for; `None` for nothing of it.
pub(crate) fn filter(predicate: &Predicate, class: &ClassModel, site: &Site) -> Option<Filter> {
    if let Predicate::And(parts) = predicate {
        let known: Vec<Filter> = parts
            .iter()
            .filter_map(|p| filter(p, class, site))
            .collect();
        let is_whole = known.len() == parts.len() && known.iter().all(|f| f.is_whole);
        let texts: Vec<_> = known.into_iter().map(|f| f.text).collect();
        return (!texts.is_empty()).then(|| Filter {
            text: texts.join(" and "),
            is_whole,
        });
    }
    Some(Filter {
        text: exact(predicate, class, site)?,
        is_whole: true,
    })
}

/// A predicate all of which CIMI has words for.
fn exact(predicate: &Predicate, class: &ClassModel, site: &Site) -> Option<String> {
    match predicate {
        Predicate::Compare(comparison) => {
            let [name] = comparison.path.as_slice() else {
                return None;
            };
            let member = attribute(class, name)?;
            let value = literal(&comparison.value, member, site)?;
            Some(format!("{}{}{value}", member.name, operator(comparison.op)))
        }
        Predicate::Or(parts) if !parts.is_empty() => {
            let parts: Option<Vec<_>> = parts.iter().map(|p| exact(p, class, site)).collect();
            Some(format!("({})", parts?.join(" or ")))
        }
        _ => None,
    }
}

const fn operator(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => "=",
        CompareOp::Ne => "!=",
        CompareOp::Lt => "<",
        CompareOp::Le => "<=",
        CompareOp::Gt => ">",
        CompareOp::Ge => ">=",
    }
}

fn attribute<'c>(class: &'c ClassModel, property: &str) -> Option<&'c Member> {
    let mut members = class.shape.members.iter();
    members.find(|member| {
        matches!(member.kind, MemberKind::Scalar | MemberKind::Reference)
            && member.is_readable()
            && member
                .property
                .is_some_and(|p| p.name.eq_ignore_ascii_case(property))
    })
}

fn literal(value: &Literal, member: &Member, site: &Site) -> Option<String> {
    let is_link = matches!(member.kind, MemberKind::Reference);
    match value {
        Literal::String(text) if is_link => quoted(&site.links.uri(text)),
        Literal::String(text) if member.ty() == cim_core::CimType::String => quoted(text),
        Literal::Integer(n) if member.ty().is_integer() => Some(n.to_string()),
        Literal::Boolean(b) => Some(b.to_string()),
        _ => None,
    }
}

fn quoted(text: &str) -> Option<String> {
    if text.chars().any(char::is_control) || text.contains('\\') {
        return None;
    }
    match (text.contains('\''), text.contains('"')) {
        (false, _) => Some(format!("'{text}'")),
        (true, false) => Some(format!("\"{text}\"")),
        (true, true) => None,
    }
}

/// An order that the cloud has words for.
pub(crate) fn order(order: &[OrderBy], class: &ClassModel) -> Option<Vec<String>> {
    order
        .iter()
        .map(|by| {
            let member = attribute(class, &by.property)?;
            let direction = if by.descending { ":desc" } else { "" };
            Some(format!("{}{direction}", member.name))
        })
        .collect()
}
