//! What there is to cover, from the descriptors, and the table of what was covered.

use std::fmt::Write as _;

use cimi_rest::{Access, ClassModel, Format, MemberKind, RestModel};

use super::marks::{Marks, Way};

const FORMATS: [Format; 2] = [Format::Json, Format::Xml];

/// What stands at the top of the table.
const HEAD: &str = "\
# What is proven of CIMI REST

Made by `tests/integration/rest_coverage`, which walks over a demonstration cloud with every type, attribute,
collection and operation of the descriptors, once in JSON and once in XML, over a socket; what it did not meet
fails the test. *Read*: an answer had it with a value. *Written*: a request had it and was carried out.
*Listed*: the collection was read; *done*: the operation was carried out. Every XML answer is valid by DSP8009
1.0.2, but for the defects that `tests/integration/rest_schema.rs` names.
";

/// The classes of the profile that have attributes of their own: resource types, bodies of creates, structures.
fn classes(model: &RestModel) -> Vec<&ClassModel> {
    let all = model.schema().classes().iter();
    let mut classes: Vec<_> = all
        .filter(|class| !class.flags.is_abstract)
        .map(|class| model.class(class))
        .filter(|class| !class.shape.members.is_empty() && class.kinds.is_empty())
        .collect();
    classes.sort_by_key(|class| (class.type_uri.is_none(), class.type_name));
    classes.dedup_by_key(|class| class.type_name);
    classes
}

/// What has to be shown of an attribute.
fn wanted(model: &RestModel, class: &ClassModel, member: &cimi_rest::Member) -> Vec<Way> {
    let creates = class.class.is_a("CIMI_ResourceCreate");
    let is_common = model.root().shape.member(member.name).is_some();
    let has_clients = class.crud.create || class.crud.update;
    match (&member.kind, member.access) {
        _ if creates => vec![Way::Written],
        (MemberKind::Collection(_), _) => vec![Way::Read, Way::Listed],
        (MemberKind::Operations, _) if operations(class).is_empty() => vec![],
        (MemberKind::Identity | MemberKind::Operations, _) => vec![Way::Read],
        // Nobody could give them a value.
        (_, _)
            if is_common
                && class.type_uri.is_some()
                && !has_clients
                && member.name != "created" =>
        {
            vec![]
        }
        (_, Access::ReadOnly) => vec![Way::Read],
        (_, Access::WriteOnly) => vec![Way::Written],
        // In a template, where there is one; by the service, where clients do not create.
        (_, Access::CreateOnly)
            if class.created_by.is_some() || (class.type_uri.is_some() && !class.crud.create) =>
        {
            vec![Way::Read]
        }
        (_, Access::CreateOnly | Access::ReadWrite) => vec![Way::Read, Way::Written],
    }
}

/// The operations of a type.
fn operations(class: &ClassModel) -> Vec<&'static str> {
    let crud = [
        (class.crud.create, cimi_rest::ADD),
        (class.crud.update, cimi_rest::EDIT),
        (class.crud.delete, cimi_rest::DELETE),
    ];
    let crud = crud.iter().filter(|(has, _)| *has).map(|(_, name)| *name);
    crud.chain(class.operations.iter().map(|o| o.name))
        .collect()
}

const fn word(way: Way) -> &'static str {
    match way {
        Way::Read => "read",
        Way::Written => "written",
        Way::Listed => "listed",
        Way::Done => "done",
    }
}

/// The table, and what is missing from it.
pub(super) fn table(model: &RestModel, marks: &Marks<'_>) -> (String, Vec<String>) {
    let mut out = HEAD.to_owned();
    let mut missing = Vec::new();
    let mut numbers = (0, 0, 0);
    for class in classes(model) {
        let mut rows: Vec<(&'static str, &'static str, Vec<Way>)> = Vec::new();
        for member in &class.shape.members {
            let kind = match member.kind {
                MemberKind::Collection(_) => "collection",
                _ => "attribute",
            };
            rows.push((member.name, kind, wanted(model, class, member)));
        }
        for operation in operations(class) {
            rows.push((operation, "operation", vec![Way::Done]));
        }
        rows.retain(|(.., ways)| !ways.is_empty());
        numbers.0 += 1;
        let _ = write!(
            out,
            "\n## {}\n\n| what | | JSON | XML |\n| --- | --- | --- | --- |\n",
            class.type_name
        );
        for (name, kind, ways) in rows {
            let _ = write!(out, "| {name} | {kind} |");
            for format in FORMATS {
                let mut words = Vec::new();
                for way in &ways {
                    if marks.has(class, name, *way, format) {
                        words.push(word(*way));
                    } else {
                        missing.push(format!("{}.{name} {way:?} {format:?}", class.type_name));
                    }
                }
                let _ = write!(out, " {} |", words.join(", "));
            }
            out.push('\n');
            if kind == "operation" {
                numbers.2 += 1;
            } else {
                numbers.1 += 1;
            }
        }
    }
    let (types, attributes, operations) = numbers;
    let _ = write!(
        out,
        "\n{types} types and structures, {attributes} attributes and collections, {operations} operations.\n"
    );
    (out, missing)
}
