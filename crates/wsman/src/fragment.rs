//! `wsman:FragmentTransfer`: which part of a resource a request is about (DSP0226 7).

use xml_wire::{Element, Limits, Reader, XmlError};

use crate::fault::{Fault, Subcode};
use crate::headers::{Problems, clip};
use crate::uris::dialect;

/// Longest header with the namespaces that it depends on: the answer repeats it.
const MAX_HEADER: usize = 16 * 1024;

/// The header of a request for a part of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FragmentTransfer {
    /// The XPath expression.
    pub path: String,
    /// The header block as the client wrote it, which the answer repeats.
    pub block: String,
}

/// Reads the header; what is wrong with it is noted, and `None` given.
pub(crate) fn read_header<'a>(
    reader: &mut Reader<'a>,
    block: &Element<'a>,
    problems: &mut Problems,
) -> Result<Option<FragmentTransfer>, XmlError> {
    let raw = reader.raw(block)?;
    let named = block
        .attribute("", "Dialect")
        .unwrap_or(dialect::XPATH)
        .trim();
    if named != dialect::XPATH {
        problems.note(Fault::unknown_fragment_dialect(clip(named)));
        return Ok(None);
    }
    let mut too_long = raw.text().len() > MAX_HEADER;
    let text = if too_long {
        String::new()
    } else {
        raw.to_standalone()
    };
    too_long |= text.len() > MAX_HEADER;
    if too_long {
        problems.note(cannot(format!(
            "wsman:FragmentTransfer and its namespaces are longer than {MAX_HEADER} bytes."
        )));
        return Ok(None);
    }
    let mut inner = Reader::new(&text, &Limits::DEFAULT)?;
    inner.root()?;
    let path = match inner.trimmed_text() {
        Ok(path) => path.into_owned(),
        Err(_) => {
            problems.note(cannot(
                "wsman:FragmentTransfer contains an XPath expression as text.",
            ));
            return Ok(None);
        }
    };
    if path.is_empty() {
        problems.note(cannot(
            "wsman:FragmentTransfer is empty; `.` means the whole resource.",
        ));
        return Ok(None);
    }
    Ok(Some(FragmentTransfer { path, block: text }))
}

fn cannot(why: impl Into<String>) -> Fault {
    Fault::new(Subcode::CannotProcessFilter).because(why)
}
