//! A reference of a schema as static HTML: a page a class, a page of qualifier types, an index with a
//! search that works from the disk, without a server.

mod class;
mod html;
mod index;

use std::io;

use rustc_hash::FxHashMap;

use crate::ast::Class;
use crate::compile::Compilation;

/// Calls `write` with the name and the text of each file.
pub(crate) fn doc(
    compilation: &Compilation,
    title: &str,
    write: &mut dyn FnMut(&str, &str) -> io::Result<()>,
) -> io::Result<()> {
    let mut subclasses: FxHashMap<*const Class, Vec<&Class>> = FxHashMap::default();
    for class in &compilation.classes {
        if let Some(parent) = compilation.parent(class) {
            subclasses
                .entry(std::ptr::from_ref(parent))
                .or_default()
                .push(class);
        }
    }
    for list in subclasses.values_mut() {
        list.sort_by_cached_key(|c| c.name.text.to_ascii_lowercase());
    }
    write("style.css", include_str!("style.css"))?;
    write("search.js", include_str!("search.js"))?;
    write("names.js", &index::names(compilation))?;
    write("index.html", &index::index(compilation, title))?;
    write("qualifiers.html", &index::qualifiers(compilation, title))?;
    for class in &compilation.classes {
        let below = subclasses.get(&std::ptr::from_ref(class));
        let below = below.map_or(&[][..], Vec::as_slice);
        let page = class::page_for(compilation, class, below, title);
        write(&html::page_of(class), &page)?;
    }
    Ok(())
}
