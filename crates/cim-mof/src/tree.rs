//! The classes as a tree by inheritance.

use rustc_hash::FxHashMap;

use crate::ast::{Class, Qualifiers as _};
use crate::compile::{Compilation, MAX_ANCESTORS};
use crate::name;

/// A class below another one, its depth, and for each level whether more classes follow there.
struct Line<'c> {
    class: &'c Class,
    rails: Vec<bool>,
}

pub(crate) fn tree(compilation: &Compilation, root: Option<&str>) -> Option<String> {
    let mut below: FxHashMap<*const Class, Vec<&Class>> = FxHashMap::default();
    let mut roots: Vec<&Class> = Vec::new();
    for class in &compilation.classes {
        match compilation.parent(class) {
            Some(parent) => below
                .entry(std::ptr::from_ref(parent))
                .or_default()
                .push(class),
            None => roots.push(class),
        }
    }
    let by_name = |classes: &mut Vec<&Class>| {
        classes.sort_by_cached_key(|c| c.name.text.to_ascii_lowercase());
    };
    below.values_mut().for_each(by_name);
    by_name(&mut roots);
    if let Some(root) = root {
        roots = compilation
            .classes
            .iter()
            .filter(|c| c.name.text.eq_ignore_ascii_case(root))
            .take(1)
            .collect();
        if roots.is_empty() {
            return None;
        }
    }
    let mut out = String::new();
    let mut stack: Vec<Line<'_>> = roots
        .into_iter()
        .rev()
        .map(|class| Line {
            class,
            rails: Vec::new(),
        })
        .collect();
    while let Some(Line { class, rails }) = stack.pop() {
        for (level, more) in rails.iter().enumerate() {
            out.push_str(match (level + 1 == rails.len(), more) {
                (true, true) => "├── ",
                (true, false) => "└── ",
                (false, true) => "│   ",
                (false, false) => "    ",
            });
        }
        out.push_str(&class.name.text);
        out.push_str(&remarks(class));
        out.push('\n');
        // A circle ends here: it is an error of its own.
        if rails.len() > MAX_ANCESTORS {
            continue;
        }
        let subclasses = below.get(&std::ptr::from_ref(class));
        let subclasses = subclasses.map_or(&[][..], Vec::as_slice);
        for (at, subclass) in subclasses.iter().enumerate().rev() {
            let mut rails = rails.clone();
            rails.push(at + 1 < subclasses.len());
            stack.push(Line {
                class: subclass,
                rails,
            });
        }
    }
    Some(out)
}

/// What is worth knowing of a class in the tree.
fn remarks(class: &Class) -> String {
    let mut words = Vec::new();
    for (key, word) in [
        (name::ABSTRACT, "abstract"),
        (name::ASSOCIATION, "association"),
        (name::INDICATION, "indication"),
        (name::STRUCTURE, "structure"),
    ] {
        if class.qualifiers.truth(key).is_some() {
            words.push(word);
        }
    }
    if class.qualifiers.find(name::DEPRECATED).is_some() {
        words.push("deprecated");
    }
    if words.is_empty() {
        String::new()
    } else {
        format!(" ({})", words.join(", "))
    }
}
