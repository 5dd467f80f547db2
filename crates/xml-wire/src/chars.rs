//! The character classes of XML 1.0 (fifth edition, 2.2 and 2.3) and of names.

/// White space (production 3).
pub(crate) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Whether text consists of white space only.
pub(crate) fn is_blank(text: &str) -> bool {
    text.bytes().all(is_space)
}

/// Whether a document may contain the character (production 2).
pub(crate) const fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The first character that XML does not allow, with its offset.
pub(crate) fn find_illegal(text: &str) -> Option<(usize, char)> {
    // One pass that the compiler can vectorise; only a suspect block is looked at closely. U+FFFE and
    // U+FFFF begin with 0xEF.
    let suspect = |block: &[u8]| {
        block.iter().fold(false, |seen, b| {
            seen | ((*b < 0x20) & (*b != b'\t') & (*b != b'\n') & (*b != b'\r')) | (*b == 0xEF)
        })
    };
    if !text.as_bytes().chunks(256).any(suspect) {
        return None;
    }
    text.char_indices().find(|(_, c)| !is_char(*c))
}

const fn is_name_start(c: char) -> bool {
    matches!(c,
        'A'..='Z' | 'a'..='z' | '_'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}'
        | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

const fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Whether the text is a name without a colon (NCName of namespaces in XML).
pub(crate) fn is_ncname(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_name_start) && chars.all(is_name_char)
}

/// What an ASCII byte may be in a name: 0 nothing, 1 any place, 2 any place but the first.
const NAME_BYTE: [u8; 256] = {
    let mut class = [0u8; 256];
    let mut byte = 0;
    while byte < 0x80 {
        let c = byte as u8 as char;
        if is_name_start(c) {
            class[byte] = 1;
        } else if is_name_char(c) {
            class[byte] = 2;
        }
        byte += 1;
    }
    class
};

/// The prefix (empty if there is none) and local part of a qualified name; `None` if it is none.
pub(crate) fn split_qname(text: &str) -> Option<(&str, &str)> {
    // Every tag passes here, and nearly every name is ASCII: one pass over its bytes.
    let mut colon = None;
    let mut first = true;
    for (at, byte) in text.bytes().enumerate() {
        match NAME_BYTE[usize::from(byte)] {
            1 => first = false,
            2 if !first => {}
            _ if byte == b':' && !first && colon.is_none() => {
                colon = Some(at);
                first = true;
            }
            _ if byte < 0x80 => return None,
            _ => return split_any_qname(text),
        }
    }
    if first {
        return None;
    }
    Some(match colon {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => ("", text),
    })
}

fn split_any_qname(text: &str) -> Option<(&str, &str)> {
    let (prefix, local) = match text.split_once(':') {
        Some((prefix, local)) if is_ncname(prefix) => (prefix, local),
        Some(_) => return None,
        None => ("", text),
    };
    is_ncname(local).then_some((prefix, local))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for good in ["a", "_x-1.y", "é", "p:local", "CIM_X_Type"] {
            assert!(split_qname(good).is_some(), "{good}");
        }
        for bad in ["", "1a", "-a", ":a", "a:", "a:b:c", "a b", "a\u{D7}"] {
            assert!(split_qname(bad).is_none(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_quick_way_and_the_definition_agree(text in "[aZ_:.0é\u{D7} -]{0,6}") {
            proptest::prop_assert_eq!(split_qname(&text), split_any_qname(&text));
        }
    }

    #[test]
    fn illegal_characters_are_found_wherever_they_stand() {
        assert_eq!(find_illegal("plain \u{FEFF}\u{FFFD} text\r\n\t"), None);
        for (text, at, c) in [
            ("ab\u{1}c", 2, '\u{1}'),
            ("é\u{FFFE}", 2, '\u{FFFE}'),
            ("\u{0}", 0, '\u{0}'),
        ] {
            assert_eq!(find_illegal(text), Some((at, c)));
        }
        let long = format!("{}\u{1F}", "x".repeat(1000));
        assert_eq!(find_illegal(&long), Some((1000, '\u{1F}')));
    }
}
