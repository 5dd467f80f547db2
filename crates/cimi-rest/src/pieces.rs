//! A collection that is written while it is read: what stands before its items, items as they come, and what stands
//! behind them, so that nobody needs all of them at once.

use crate::document::{CollectionView, Context, Format};
use crate::{json_writer, xml_writer};

/// A collection of which the beginning is written.
#[derive(Debug)]
pub struct CollectionPieces {
    format: Format,
    any: bool,
}

impl CollectionPieces {
    /// Writes what stands before the items. Of all views of one collection only the items differ; here they are
    /// not looked at.
    pub fn begin(
        format: Format,
        out: &mut String,
        context: &Context<'_>,
        view: &CollectionView<'_>,
    ) -> Self {
        match format {
            Format::Json => json_writer::begin_collection(out, context, view),
            Format::Xml => xml_writer::begin_collection(out, context, view),
        }
        Self { format, any: false }
    }

    /// Writes the items of the view, which come behind those that were written before.
    pub fn add(&mut self, out: &mut String, context: &Context<'_>, view: &CollectionView<'_>) {
        match self.format {
            Format::Json => json_writer::add_items(out, context, view, !self.any),
            Format::Xml => xml_writer::add_items(out, context, view),
        }
        self.any |= !view.items.is_empty();
    }

    /// Writes what stands behind the items.
    pub fn end(self, out: &mut String, context: &Context<'_>, view: &CollectionView<'_>) {
        match self.format {
            Format::Json => json_writer::end_collection(out, context, view, self.any),
            Format::Xml => xml_writer::end_collection(out, context, view),
        }
    }
}
