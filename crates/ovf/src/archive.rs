//! The descriptor of a package that is one tar file (`.ova`, DSP0243 5.3): its first file.

use crate::{Limits, OvfError};

const BLOCK: usize = 512;
const NAME: std::ops::Range<usize> = 0..100;
const SIZE: std::ops::Range<usize> = 124..136;
const CHECKSUM: std::ops::Range<usize> = 148..156;
const KIND: usize = 156;
/// Headers of other files that may stand before the descriptor (extended headers of pax).
const MAX_FILES: usize = 16;

fn broken(why: &str) -> OvfError {
    OvfError::Archive(why.to_owned())
}

fn octal(field: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(field).ok()?;
    let text = text.trim_matches(|c: char| c == '\0' || c == ' ');
    usize::from_str_radix(text, 8).ok()
}

/// The bytes of the descriptor in a package, which is a descriptor or a tar file with one.
///
/// # Errors
/// The package is too large, or a tar file that is broken or has no descriptor.
pub fn descriptor<'p>(package: &'p [u8], limits: &Limits) -> Result<&'p [u8], OvfError> {
    if package.len() > limits.package_bytes {
        return Err(OvfError::Limit {
            what: "bytes",
            limit: limits.package_bytes,
        });
    }
    // A descriptor in UTF-8 or UTF-16 has no name of 100 bytes in front and no checksum behind it.
    let Some(first) = package.get(..BLOCK).filter(|block| is_header(block)) else {
        return bounded(package, limits);
    };
    let mut header = first;
    let mut at = 0_usize;
    for _ in 0..MAX_FILES {
        let size = octal(header.get(SIZE).unwrap_or_default())
            .ok_or_else(|| broken("a file has no length"))?;
        let start = at + BLOCK;
        let end = start.checked_add(size).filter(|end| *end <= package.len());
        let end = end.ok_or_else(|| broken("it ends in the middle of a file"))?;
        let name = header.get(NAME).unwrap_or_default();
        let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
        let is_file = matches!(header.get(KIND), Some(b'0' | 0));
        if is_file && name.to_ascii_lowercase().ends_with(b".ovf") {
            return bounded(package.get(start..end).unwrap_or_default(), limits);
        }
        if is_file {
            return Err(broken(
                "its first file is no descriptor (.ovf), as DSP0243 5.3 wants it",
            ));
        }
        at = start + size.div_ceil(BLOCK) * BLOCK;
        header = match package.get(at..at.saturating_add(BLOCK)) {
            Some(block) if is_header(block) => block,
            _ => break,
        };
    }
    Err(broken("it has no descriptor (.ovf)"))
}

fn bounded<'p>(descriptor: &'p [u8], limits: &Limits) -> Result<&'p [u8], OvfError> {
    if descriptor.len() > limits.descriptor_bytes {
        return Err(OvfError::Limit {
            what: "bytes in its descriptor",
            limit: limits.descriptor_bytes,
        });
    }
    Ok(descriptor)
}

/// Whether a block is the header of a file: its checksum is right.
fn is_header(block: &[u8]) -> bool {
    let Some(wanted) = block.get(CHECKSUM).and_then(octal) else {
        return false;
    };
    let sum: usize = block
        .iter()
        .enumerate()
        .map(|(at, byte)| {
            // The checksum counts as blanks in itself.
            let byte = if CHECKSUM.contains(&at) { b' ' } else { *byte };
            usize::from(byte)
        })
        .sum();
    block.len() == BLOCK && sum == wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
        let mut block = vec![0_u8; BLOCK];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[SIZE.start..SIZE.start + 11]
            .copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        block[KIND] = kind;
        block[CHECKSUM].copy_from_slice(b"        ");
        let sum: usize = block.iter().map(|byte| usize::from(*byte)).sum();
        block[CHECKSUM.start..CHECKSUM.start + 7]
            .copy_from_slice(format!("{sum:06o}\0").as_bytes());
        block.extend_from_slice(content);
        block.resize(block.len().div_ceil(BLOCK) * BLOCK, 0);
        block
    }

    #[test]
    fn the_first_file_is_the_descriptor() {
        let limits = Limits::default();
        let mut archive = member("pax", b'x', b"17 path=shop.ovf\n");
        archive.extend(member("shop.OVF", b'0', b"<Envelope/>"));
        archive.extend(member("disk.vmdk", b'0', &[7; 1000]));
        archive.extend([0; 2 * BLOCK]);
        assert_eq!(descriptor(&archive, &limits).unwrap(), b"<Envelope/>");
        assert_eq!(descriptor(b"<Envelope/>", &limits).unwrap(), b"<Envelope/>");
        let other = member("disk.vmdk", b'0', b"x");
        assert!(
            descriptor(&other, &limits)
                .unwrap_err()
                .to_string()
                .contains("no descriptor")
        );
        let cut = &archive[..2 * BLOCK + BLOCK + 3];
        assert!(
            descriptor(cut, &limits)
                .unwrap_err()
                .to_string()
                .contains("middle")
        );
        let small = Limits {
            descriptor_bytes: 5,
            ..limits
        };
        assert!(matches!(
            descriptor(&archive, &small),
            Err(OvfError::Limit { limit: 5, .. })
        ));
    }
}
