//! The page of a class: what it is, what it derives from, what it has and inherits.

use std::fmt::Write as _;

use super::html::{class_link, escape, page, prose};
use crate::ast::{
    ArrayShape, Class, Keyword, Literal, Method, Property, QualifierUse, Qualifiers as _, TypeName,
};
use crate::compile::Compilation;
use crate::{name, print};

fn content(compilation: &Compilation, class: &Class, below: &[&Class], out: &mut String) {
    out.push_str("<h1>");
    escape(&class.name.text, out);
    badges(&class.qualifiers, class.keyword, out);
    out.push_str("</h1>\n<nav class=\"line\" aria-label=\"Superclasses\">");
    let line: Vec<&Class> = compilation.ancestors(class).collect();
    for ancestor in line.iter().rev() {
        class_link(compilation, class, &ancestor.name.text, out);
        out.push_str(" › ");
    }
    out.push_str("<strong>");
    escape(&class.name.text, out);
    out.push_str("</strong></nav>\n");
    deprecation(compilation, class, &class.qualifiers, out);
    describe(&class.qualifiers, out);
    meta(&class.qualifiers, out);
    if !below.is_empty() {
        out.push_str("<h2>Subclasses</h2>\n<ul class=\"names\">\n");
        for sub in below {
            out.push_str("<li>");
            class_link(compilation, class, &sub.name.text, out);
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
    if !class.properties.is_empty() {
        out.push_str("<h2>Properties</h2>\n");
        for p in &class.properties {
            property(compilation, class, p, out);
        }
    }
    if !class.methods.is_empty() {
        out.push_str("<h2>Methods</h2>\n");
        for m in &class.methods {
            method(compilation, class, m, out);
        }
    }
    inherited(compilation, class, &line, out);
    if let Some(file) = compilation.sources.file(class.name.span.file) {
        out.push_str("<p class=\"source\">Declared in ");
        let name = file.path.file_name().unwrap_or_default();
        escape(&name.to_string_lossy(), out);
        if let Some((_, line, _)) = compilation.sources.locate(class.name.span) {
            let _ = write!(out, ", line {line}");
        }
        out.push_str(".</p>\n");
    }
}

pub(super) fn page_for(
    compilation: &Compilation,
    class: &Class,
    below: &[&Class],
    title: &str,
) -> String {
    let mut text = String::with_capacity(16 * 1024);
    content(compilation, class, below, &mut text);
    page(title, &class.name.text, &text)
}

fn badge(text: &str, out: &mut String) {
    out.push_str(" <span class=\"badge\">");
    escape(text, out);
    out.push_str("</span>");
}

fn badges(uses: &[QualifierUse], keyword: Keyword, out: &mut String) {
    match keyword {
        Keyword::Association => badge("association", out),
        Keyword::Structure => badge("structure", out),
        Keyword::Class => {}
    }
    for (key, word) in [
        (name::ABSTRACT, "abstract"),
        (name::ASSOCIATION, "association"),
        (name::AGGREGATION, "aggregation"),
        (name::COMPOSITION, "composition"),
        (name::INDICATION, "indication"),
        (name::STRUCTURE, "structure"),
        (name::EXCEPTION, "exception"),
        (name::TERMINAL, "terminal"),
        (name::KEY, "key"),
        (name::REQUIRED, "required"),
        (name::WRITE, "writable"),
        (name::STATIC, "static"),
        (name::AGGREGATE, "whole"),
        (name::WEAK, "weak"),
    ] {
        if uses.truth(key).is_some() {
            badge(word, out);
        }
    }
    if uses.find(name::DEPRECATED).is_some() {
        badge("deprecated", out);
    }
}

fn deprecation(compilation: &Compilation, class: &Class, uses: &[QualifierUse], out: &mut String) {
    let Some(value) = uses.find(name::DEPRECATED).and_then(|q| q.value.as_ref()) else {
        return;
    };
    let texts = value.value.strings();
    let by: Vec<_> = texts
        .iter()
        .map(|t| t.value())
        .filter(|t| *t != "No value")
        .collect();
    out.push_str("<p class=\"deprecated\">Deprecated");
    for (at, text) in by.iter().enumerate() {
        out.push_str(if at == 0 { "; use " } else { " or " });
        let (target, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
        class_link(compilation, class, target, out);
        escape(rest, out);
    }
    out.push_str(".</p>\n");
}

fn describe(uses: &[QualifierUse], out: &mut String) {
    if let Some(text) = uses.string(name::DESCRIPTION) {
        prose(&text.value(), out);
    }
}

/// Whatever else is said of an element, as a table; values of a ValueMap beside their meanings.
fn meta(uses: &[QualifierUse], out: &mut String) {
    const SHOWN_ELSEWHERE: &[name::Key] = &[
        name::DESCRIPTION,
        name::DEPRECATED,
        name::VALUEMAP,
        name::VALUES,
        name::BITMAP,
        name::BITVALUES,
        name::ABSTRACT,
        name::ASSOCIATION,
        name::AGGREGATION,
        name::COMPOSITION,
        name::INDICATION,
        name::STRUCTURE,
        name::EXCEPTION,
        name::TERMINAL,
        name::KEY,
        name::REQUIRED,
        name::WRITE,
        name::STATIC,
        name::AGGREGATE,
        name::WEAK,
        name::IN,
        name::OUT,
        name::EMBEDDEDINSTANCE,
    ];
    let rest: Vec<&QualifierUse> = uses
        .iter()
        .filter(|q| !SHOWN_ELSEWHERE.contains(&q.name.key))
        .collect();
    if !rest.is_empty() {
        out.push_str("<dl class=\"meta\">\n");
        for used in rest {
            out.push_str("<dt>");
            escape(&used.name.text, out);
            out.push_str("</dt><dd>");
            match used.value.as_ref().map(|v| &v.value) {
                None => out.push_str("true"),
                Some(Literal::String(text)) => escape(&text.value(), out),
                Some(Literal::Array(items))
                    if items.iter().all(|i| matches!(i.value, Literal::String(_))) =>
                {
                    for (at, item) in items.iter().enumerate() {
                        if at > 0 {
                            out.push_str("<br>");
                        }
                        escape(&item.value.text().unwrap_or_default(), out);
                    }
                }
                Some(value) => {
                    let mut text = String::new();
                    print::literal(value, 0, &mut text);
                    escape(&text, out);
                }
            }
            out.push_str("</dd>\n");
        }
        out.push_str("</dl>\n");
    }
    for (map, values) in [
        (name::VALUEMAP, name::VALUES),
        (name::BITMAP, name::BITVALUES),
    ] {
        value_table(uses, map, values, out);
    }
}

fn value_table(uses: &[QualifierUse], map: name::Key, values: name::Key, out: &mut String) {
    let texts = |key| {
        let value = uses.find(key).and_then(|q| q.value.as_ref());
        value.map_or(Vec::new(), |v| v.value.strings())
    };
    let (entries, labels) = (texts(map), texts(values));
    if entries.is_empty() && labels.is_empty() {
        return;
    }
    out.push_str("<details><summary>Values</summary><table class=\"values\">\n");
    for at in 0..entries.len().max(labels.len()) {
        out.push_str("<tr><td>");
        match entries.get(at) {
            Some(text) => escape(&text.value(), out),
            None => {
                let _ = write!(out, "{at}");
            }
        }
        out.push_str("</td><td>");
        if let Some(label) = labels.get(at) {
            escape(&label.value(), out);
        }
        out.push_str("</td></tr>\n");
    }
    out.push_str("</table></details>\n");
}

fn type_of(compilation: &Compilation, class: &Class, p: &Property, out: &mut String) {
    match (&p.ty, p.qualifiers.string(name::EMBEDDEDINSTANCE)) {
        (TypeName::Reference(target), _) => {
            class_link(compilation, class, &target.text, out);
            out.push_str(" REF");
        }
        (TypeName::Named(target), _) => class_link(compilation, class, &target.text, out),
        (_, Some(embedded)) => class_link(compilation, class, &embedded.value(), out),
        (ty, None) => escape(&print::type_name(ty), out),
    }
}

fn brackets(array: ArrayShape, out: &mut String) {
    match array {
        ArrayShape::Scalar => {}
        ArrayShape::Variable => out.push_str("[]"),
        ArrayShape::Fixed(size) => {
            let _ = write!(out, "[{size}]");
        }
    }
}

fn property(compilation: &Compilation, class: &Class, p: &Property, out: &mut String) {
    out.push_str("<section class=\"feature\" id=\"");
    escape(&p.name.text, out);
    out.push_str("\">\n<h3><code>");
    type_of(compilation, class, p, out);
    out.push_str(" <a class=\"name\" href=\"#");
    escape(&p.name.text, out);
    out.push_str("\">");
    escape(&p.name.text, out);
    out.push_str("</a>");
    brackets(p.array, out);
    if let Some(default) = &p.default {
        out.push_str(" = ");
        let mut text = String::new();
        print::literal(&default.value, 0, &mut text);
        escape(&text, out);
    }
    out.push_str("</code>");
    badges(&p.qualifiers, Keyword::Class, out);
    out.push_str("</h3>\n");
    deprecation(compilation, class, &p.qualifiers, out);
    describe(&p.qualifiers, out);
    meta(&p.qualifiers, out);
    out.push_str("</section>\n");
}

fn method(compilation: &Compilation, class: &Class, m: &Method, out: &mut String) {
    out.push_str("<section class=\"feature\" id=\"");
    escape(&m.name.text, out);
    out.push_str("\">\n<h3><code>");
    escape(&print::type_name(&m.returns), out);
    out.push_str(" <a class=\"name\" href=\"#");
    escape(&m.name.text, out);
    out.push_str("\">");
    escape(&m.name.text, out);
    out.push_str("</a>(");
    for (at, p) in m.parameters.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        escape(&p.name.text, out);
    }
    out.push_str(")</code>");
    badges(&m.qualifiers, Keyword::Class, out);
    out.push_str("</h3>\n");
    deprecation(compilation, class, &m.qualifiers, out);
    describe(&m.qualifiers, out);
    meta(&m.qualifiers, out);
    if !m.parameters.is_empty() {
        out.push_str("<dl class=\"parameters\">\n");
        for p in &m.parameters {
            out.push_str("<dt><code>");
            type_of(compilation, class, p, out);
            out.push(' ');
            escape(&p.name.text, out);
            brackets(p.array, out);
            out.push_str("</code>");
            let is_in = p
                .qualifiers
                .find(name::IN)
                .is_none_or(QualifierUse::is_true);
            let is_out = p.qualifiers.truth(name::OUT).is_some();
            badge(
                match (is_in, is_out) {
                    (true, true) => "in, out",
                    (false, true) => "out",
                    _ => "in",
                },
                out,
            );
            badges(&p.qualifiers, Keyword::Class, out);
            out.push_str("</dt>\n<dd>\n");
            describe(&p.qualifiers, out);
            meta(&p.qualifiers, out);
            out.push_str("</dd>\n");
        }
        out.push_str("</dl>\n");
    }
    out.push_str("</section>\n");
}

/// What comes from above and is not overridden, by the class that declares it.
fn inherited(compilation: &Compilation, class: &Class, line: &[&Class], out: &mut String) {
    let mut seen: Vec<name::Key> = Vec::new();
    seen.extend(class.properties.iter().map(|p| p.name.key));
    seen.extend(class.methods.iter().map(|m| m.name.key));
    for ancestor in line {
        let names = ancestor
            .properties
            .iter()
            .map(|p| (&p.name, ""))
            .chain(ancestor.methods.iter().map(|m| (&m.name, "()")));
        let fresh: Vec<_> = names.filter(|(n, _)| !seen.contains(&n.key)).collect();
        if fresh.is_empty() {
            continue;
        }
        out.push_str("<h2>From ");
        class_link(compilation, class, &ancestor.name.text, out);
        out.push_str("</h2>\n<ul class=\"names\">\n");
        for (feature, end) in fresh {
            seen.push(feature.key);
            out.push_str("<li><a href=\"");
            out.push_str(&super::html::page_of(ancestor));
            out.push('#');
            escape(&feature.text, out);
            out.push_str("\">");
            escape(&feature.text, out);
            out.push_str(end);
            out.push_str("</a></li>\n");
        }
        out.push_str("</ul>\n");
    }
}
