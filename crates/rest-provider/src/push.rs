//! What of a query the cloud is asked to do itself: `$filter`, `$orderby` and `$select` (DSP0263 4.1.6).

use cim_query::{CompareOp, Literal, OrderBy, Predicate, Query};
use cimi_rest::{ClassModel, Member, MemberKind};

use crate::site::Site;

/// A filter, and whether it says all that the predicate does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) text: String,
    pub(crate) is_whole: bool,
    /// Whether it is one comparison for equality.
    pub(crate) is_simple: bool,
    /// One of its comparisons for equality, all of which have to hold.
    simple: Option<String>,
}

impl Filter {
    /// As much of it as a cloud knows that has `any` filter, or only one comparison for equality.
    pub(crate) fn within(self, any: bool) -> Option<Self> {
        if any || self.is_simple {
            return Some(self);
        }
        let text = self.simple?;
        Some(Self {
            simple: Some(text.clone()),
            text,
            is_whole: false,
            is_simple: true,
        })
    }
}

/// As much of a predicate as CIMI has words for; `None` for nothing of it.
pub(crate) fn filter(predicate: &Predicate, class: &ClassModel, site: &Site) -> Option<Filter> {
    if let Predicate::And(parts) = predicate {
        let known: Vec<Filter> = parts
            .iter()
            .filter_map(|p| filter(p, class, site))
            .collect();
        let is_whole = known.len() == parts.len() && known.iter().all(|f| f.is_whole);
        let is_simple = matches!(known.as_slice(), [one] if one.is_simple);
        let simple = known.iter().find_map(|f| f.simple.clone());
        let texts: Vec<_> = known.into_iter().map(|f| f.text).collect();
        return (!texts.is_empty()).then(|| Filter {
            text: texts.join(" and "),
            is_whole,
            is_simple,
            simple,
        });
    }
    let text = exact(predicate, class, site)?;
    // One service takes texts only.
    let is_simple = matches!(
        predicate,
        Predicate::Compare(cim_query::Comparison {
            op: CompareOp::Eq | CompareOp::Ne,
            value: Literal::String(_),
            ..
        })
    );
    Some(Filter {
        simple: is_simple.then(|| text.clone()),
        text,
        is_whole: true,
        is_simple,
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

/// The attributes that a query looks at, if it does not want all of them: those that are wanted, and those that
/// it is judged and sorted by here. With them `count`, from which can be seen whether items are missing because
/// the cloud takes the selection for one of the collection's own attributes.
pub(crate) fn select(query: &Query, class: &ClassModel) -> Option<String> {
    let mut properties: Vec<&str> = query
        .projection
        .as_ref()?
        .iter()
        .map(String::as_str)
        .collect();
    if let Some(predicate) = &query.predicate {
        looked_at(predicate, &mut properties)?;
    }
    properties.extend(query.order_by.iter().map(|by| by.property.as_str()));
    let mut names = vec!["count".to_owned(), "id".to_owned()];
    for property in properties {
        let mut members = class.shape.members.iter();
        let member = members.find(|member| {
            let own = member.property.filter(|_| member.is_readable());
            own.is_some_and(|own| own.name.eq_ignore_ascii_case(property))
        })?;
        match member.kind {
            MemberKind::Identity => {}
            // The name of the collection's own, too.
            MemberKind::Operations => return None,
            _ if names.iter().any(|name| name == member.name) => {}
            _ => names.push(member.name.to_owned()),
        }
    }
    if names.len() == 2 {
        // Nothing but identifiers is nothing to select.
        return None;
    }
    // Some take `id` for that of the collection alone.
    names.extend(class.json_group.map(|group| format!("{group}/id")));
    Some(names.join(","))
}

/// The properties that a predicate looks at; `None` where it looks at whole instances.
fn looked_at<'p>(predicate: &'p Predicate, properties: &mut Vec<&'p str>) -> Option<()> {
    match predicate {
        Predicate::And(parts) | Predicate::Or(parts) => parts
            .iter()
            .try_for_each(|part| looked_at(part, properties)),
        Predicate::Not(inner) => looked_at(inner, properties),
        Predicate::Compare(cim_query::Comparison { path, .. })
        | Predicate::IsNull(path)
        | Predicate::Like { path, .. } => {
            properties.push(path.first()?);
            Some(())
        }
        Predicate::NamedValue { property, .. } => {
            properties.push(property);
            Some(())
        }
        Predicate::Isa { .. } | Predicate::Selected { .. } => None,
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
