//! Names in URIs. A CIM name may have letters of any script (DSP0004 4.11.1), a URI has ASCII only: each other
//! letter is its UTF-8 bytes, percent-encoded (RFC 3987 3.1). An XML namespace is compared letter by letter, so
//! that whoever writes the name of a class into one must write it in this way.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A CIM name as it stands in a URI.
pub fn name_in_uri(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii() {
            out.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    Cow::Owned(out)
}

/// A URI with the letters that are no ASCII as they are (RFC 3987 3.2): how names in it are read, whoever wrote it.
/// What is encoded and is ASCII stays so, and so does what is no UTF-8.
pub fn iri(uri: &str) -> Cow<'_, str> {
    if !uri.contains('%') {
        return Cow::Borrowed(uri);
    }
    let mut out = String::with_capacity(uri.len());
    let mut rest = uri;
    while let Some(at) = rest.find('%') {
        let (plain, encoded) = rest.split_at(at);
        out.push_str(plain);
        // The encoded bytes in a row.
        let mut bytes = Vec::new();
        let mut tail = encoded;
        while let Some(byte) = first_encoded(tail).filter(|byte| !byte.is_ascii()) {
            bytes.push(byte);
            tail = tail.get(3..).unwrap_or("");
        }
        match std::str::from_utf8(&bytes) {
            Ok(text) if !text.is_empty() => out.push_str(text),
            // As it stands: what is no UTF-8, or the percent sign alone.
            _ => {
                let length = (bytes.len() * 3).max(1);
                out.push_str(encoded.get(..length).unwrap_or(encoded));
                tail = encoded.get(length..).unwrap_or("");
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The byte that a text begins with, percent-encoded.
fn first_encoded(text: &str) -> Option<u8> {
    let digits = text.strip_prefix('%')?.get(..2)?;
    digits
        .bytes()
        .all(|b| b.is_ascii_hexdigit())
        .then(|| u8::from_str_radix(digits, 16).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_of_any_script() {
        assert_eq!(name_in_uri("CIM_Fan"), "CIM_Fan");
        assert_eq!(name_in_uri("ACME_Größe"), "ACME_Gr%C3%B6%C3%9Fe");
        assert_eq!(
            iri("http://x/2/ACME_Gr%c3%B6%C3%9Fe"),
            "http://x/2/ACME_Größe"
        );
        for stays in ["a%20b", "a%", "a%C3", "%C3%28", "100%ß", "%25C3%25B6"] {
            assert_eq!(iri(stays), stays);
        }
    }

    proptest! {
        #[test]
        fn every_name_comes_back(name in "\\PC{0,12}") {
            prop_assume!(!name.contains('%'));
            let uri = name_in_uri(&name);
            prop_assert!(uri.is_ascii());
            prop_assert_eq!(iri(&uri), name.as_str());
        }

        #[test]
        fn any_text_ends(text in "[%a-fA-F0-9é]{0,20}") {
            let _ = iri(&text);
        }
    }
}
