//! HTML, written safely.

use crate::ast::Class;
use crate::compile::Compilation;

/// A text as HTML.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && c != '\n' && c != '\t' => out.push(' '),
            c => out.push(c),
        }
    }
}

/// The file of a class. Names differ in more than case, so this works on every file system.
pub(super) fn page_of(class: &Class) -> String {
    let mut name: String = class
        .name
        .text
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c
            } else {
                '-'
            }
        })
        .collect();
    if class.namespace.0 > 0 {
        name.push_str(&format!(".{}", class.namespace.0));
    }
    format!("class.{name}.html")
}

/// A class name, as a link if the class is known.
pub(super) fn class_link(compilation: &Compilation, from: &Class, name: &str, out: &mut String) {
    match compilation.class_named(from.namespace, name) {
        Some(class) => {
            out.push_str("<a href=\"");
            out.push_str(&page_of(class));
            out.push_str("\">");
            escape(name, out);
            out.push_str("</a>");
        }
        None => escape(name, out),
    }
}

/// A page around its content.
pub(super) fn page(title: &str, heading: &str, content: &str) -> String {
    let mut out = String::with_capacity(content.len() + 1024);
    out.push_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
    );
    escape(heading, &mut out);
    out.push_str(" · ");
    escape(title, &mut out);
    out.push_str("</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n");
    out.push_str(
        "<script src=\"names.js\" defer></script>\n<script src=\"search.js\" defer></script>\n",
    );
    out.push_str("</head>\n<body>\n<header>\n<a class=\"home\" href=\"index.html\">");
    escape(title, &mut out);
    out.push_str("</a>\n<a href=\"qualifiers.html\">Qualifiers</a>\n");
    out.push_str("<div class=\"search\"><input id=\"search\" type=\"search\" placeholder=\"Search classes, properties, methods\" ");
    out.push_str("aria-label=\"Search\" aria-controls=\"found\" autocomplete=\"off\"><ol id=\"found\" hidden></ol></div>\n</header>\n<main>\n");
    out.push_str(content);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// A description: paragraphs where its author put line ends.
pub(super) fn prose(text: &str, out: &mut String) {
    for part in text.split('\n').map(str::trim).filter(|p| !p.is_empty()) {
        out.push_str("<p>");
        escape(part, out);
        out.push_str("</p>\n");
    }
}
