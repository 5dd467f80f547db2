//! The index, the qualifier types, and the names that the search looks through.

use std::fmt::Write as _;

use super::html::{class_link, escape, page, page_of, prose};
use crate::ast::{Class, Qualifiers as _};
use crate::compile::Compilation;
use crate::{name, print};

/// Every class with the first sentence of its description.
pub(super) fn index(compilation: &Compilation, title: &str) -> String {
    let mut out = String::from("<h1>");
    escape(title, &mut out);
    let _ = write!(
        out,
        "</h1>\n<p>{} classes, {} qualifier types.</p>\n<table class=\"classes\">\n",
        compilation.classes.len(),
        compilation.qualifiers.len()
    );
    let mut classes: Vec<&Class> = compilation.classes.iter().collect();
    classes.sort_by_cached_key(|c| c.name.text.to_ascii_lowercase());
    for class in classes {
        out.push_str("<tr><td>");
        class_link(compilation, class, &class.name.text, &mut out);
        out.push_str("</td><td>");
        if let Some(text) = class.qualifiers.string(name::DESCRIPTION) {
            let text = text.value();
            let line = text.split('\n').next().unwrap_or("");
            let end = line.find(". ").map_or(line.len(), |at| at + 1);
            escape(line.get(..end).unwrap_or(line), &mut out);
        }
        out.push_str("</td></tr>\n");
    }
    out.push_str("</table>\n");
    page(title, "Classes", &out)
}

/// Every qualifier type as it is declared.
pub(super) fn qualifiers(compilation: &Compilation, title: &str) -> String {
    let mut out = String::from("<h1>Qualifier types</h1>\n");
    if compilation.qualifiers.is_empty() {
        prose(
            "The sources declare none; the standard ones hold.",
            &mut out,
        );
    }
    for q in &compilation.qualifiers {
        out.push_str("<section class=\"feature\" id=\"");
        escape(&q.name.text, &mut out);
        out.push_str("\"><h3>");
        escape(&q.name.text, &mut out);
        out.push_str("</h3>\n<pre>");
        let mut text = String::new();
        print::qualifier_declaration(q, &mut text);
        escape(text.trim_end(), &mut out);
        out.push_str("</pre></section>\n");
    }
    page(title, "Qualifier types", &out)
}

/// A script with all names: of each class its name, its page and its features.
pub(super) fn names(compilation: &Compilation) -> String {
    let mut out = String::from("const NAMES = [\n");
    for class in &compilation.classes {
        let page = page_of(class);
        let features = class
            .properties
            .iter()
            .map(|p| &p.name)
            .chain(class.methods.iter().map(|m| &m.name));
        let features: Vec<&str> = features.map(|n| &*n.text).collect();
        // Names are letters, digits and underscores; serde_json takes care of the others.
        let row = serde_json::json!([&*class.name.text, page, features]);
        out.push_str(&row.to_string().replace('<', "\\u003c"));
        out.push_str(",\n");
    }
    out.push_str("];\n");
    out
}
