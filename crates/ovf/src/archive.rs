//! The files of a package that is one tar file (`.ova`, DSP0243 5.3): the first is the descriptor, and if a
//! manifest is among them, all are as it says.

use crate::{Limits, OvfError, manifest};

const BLOCK: usize = 512;
const NAME: std::ops::Range<usize> = 0..100;
const SIZE: std::ops::Range<usize> = 124..136;
const CHECKSUM: std::ops::Range<usize> = 148..156;
const KIND: usize = 156;
/// An extended header of pax, about the file behind it.
const EXTENDED: u8 = b'x';
/// A name of GNU's tar that is too long for a header, of the file behind it.
const LONG_NAME: u8 = b'L';

/// A file of an archive.
pub(crate) struct Member<'p> {
    /// Its name, without `./` in front.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) content: &'p [u8],
}

fn broken(why: &str) -> OvfError {
    OvfError::Archive(why.to_owned())
}

fn octal(field: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(field).ok()?;
    let text = text.trim_matches(|c: char| c == '\0' || c == ' ');
    usize::from_str_radix(text, 8).ok()
}

/// A name as an archive has it, up to the first zero.
fn name_in(field: &[u8]) -> String {
    let name = field.split(|byte| *byte == 0).next().unwrap_or_default();
    let name = String::from_utf8_lossy(name);
    name.strip_prefix("./").unwrap_or(&name).to_owned()
}

/// The name in an extended header of pax, whose records are `LENGTH KEY=VALUE` and a line feed.
fn extended_name(mut records: &[u8]) -> Option<String> {
    while let Some(blank) = records.iter().position(|byte| *byte == b' ') {
        let length: usize = std::str::from_utf8(records.get(..blank)?)
            .ok()?
            .parse()
            .ok()?;
        let record = records.get(blank + 1..length)?;
        if let Some(path) = record.strip_prefix(b"path=") {
            return Some(name_in(path.strip_suffix(b"\n").unwrap_or(path)));
        }
        records = records.get(length..)?;
    }
    None
}

/// The bytes of the descriptor in a package, which is a descriptor or a tar file with one.
///
/// # Errors
/// The package is too large, or a tar file that is broken, has no descriptor, or has a manifest that says
/// otherwise.
pub fn descriptor<'p>(package: &'p [u8], limits: &Limits) -> Result<&'p [u8], OvfError> {
    if package.len() > limits.package_bytes {
        return Err(OvfError::Limit {
            what: "bytes",
            limit: limits.package_bytes,
        });
    }
    // A descriptor in UTF-8 or UTF-16 has no name of 100 bytes in front and no checksum behind it.
    if !package.get(..BLOCK).is_some_and(is_header) {
        return bounded(package, limits);
    }
    let members = members(package, limits)?;
    let is = |member: &Member<'_>, extension: &str| {
        let name = member.name.as_bytes();
        let end = name.len().saturating_sub(extension.len());
        name.get(end..)
            .is_some_and(|end| end.eq_ignore_ascii_case(extension.as_bytes()))
    };
    let first = members
        .first()
        .ok_or_else(|| broken("it has no descriptor (.ovf)"))?;
    if !is(first, ".ovf") {
        return Err(broken(
            "its first file is no descriptor (.ovf), as DSP0243 5.3 wants it",
        ));
    }
    let descriptor = bounded(first.content, limits)?;
    if let Some(found) = members.iter().find(|member| is(member, ".mf")) {
        manifest::verify(found, &members, limits)?;
    }
    Ok(descriptor)
}

/// The files of an archive, in its order.
fn members<'p>(archive: &'p [u8], limits: &Limits) -> Result<Vec<Member<'p>>, OvfError> {
    let mut members = Vec::new();
    let mut long_name = None;
    let mut at = 0_usize;
    let mut headers = 0_usize;
    while let Some(header) = archive.get(at..at.saturating_add(BLOCK)) {
        if !is_header(header) {
            break;
        }
        headers += 1;
        if headers > limits.items {
            return Err(OvfError::Limit {
                what: "files in its archive",
                limit: limits.items,
            });
        }
        let size = octal(header.get(SIZE).unwrap_or_default())
            .ok_or_else(|| broken("a file has no length"))?;
        let start = at + BLOCK;
        let content = start
            .checked_add(size)
            .and_then(|end| archive.get(start..end))
            .ok_or_else(|| broken("it ends in the middle of a file"))?;
        match header.get(KIND) {
            Some(b'0' | 0) => members.push(Member {
                name: long_name
                    .take()
                    .unwrap_or_else(|| name_in(header.get(NAME).unwrap_or_default())),
                content,
            }),
            Some(&EXTENDED) => long_name = extended_name(content).or(long_name),
            Some(&LONG_NAME) => long_name = Some(name_in(content)),
            _ => {}
        }
        at = start.saturating_add(size.div_ceil(BLOCK) * BLOCK);
    }
    Ok(members)
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
        let cut = &archive[..archive.len() - 3 * BLOCK];
        assert!(descriptor(cut, &limits).is_err(), "a disk is cut off");
        let small = Limits {
            descriptor_bytes: 5,
            ..limits
        };
        assert!(matches!(
            descriptor(&archive, &small),
            Err(OvfError::Limit { limit: 5, .. })
        ));
    }

    const DISK: &[u8] = b"disk";

    /// An archive whose manifest is as given.
    fn with_manifest(manifest: &str) -> Vec<u8> {
        let mut archive = member("shop.ovf", b'0', b"<Envelope/>");
        archive.extend(member("shop.mf", b'0', manifest.as_bytes()));
        let long = format!("{}disk.vmdk", "deep/".repeat(30));
        archive.extend(member("././@LongLink", LONG_NAME, long.as_bytes()));
        archive.extend(member(&long[..100], b'0', DISK));
        let record = " path=./other.vmdk\n";
        let record = format!("{}{record}", record.len() + 2);
        archive.extend(member("pax", EXTENDED, record.as_bytes()));
        archive.extend(member("other.vm", b'0', DISK));
        archive.extend([0; 2 * BLOCK]);
        archive
    }

    fn hex(digest: &openssl::hash::MessageDigest, bytes: &[u8]) -> String {
        let digest = openssl::hash::hash(*digest, bytes).unwrap();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// DSP0243 6.1, as the standard, VMware's and VirtualBox's tools write it.
    #[test]
    fn files_are_as_the_manifest_says() {
        let limits = Limits::default();
        let (sha1, sha256) = (
            openssl::hash::MessageDigest::sha1(),
            openssl::hash::MessageDigest::sha256(),
        );
        let deep = format!("{}disk.vmdk", "deep/".repeat(30));
        let right = format!(
            "SHA1(shop.ovf)= {}\r\nSHA256 ({deep}) = {}\n\nsha256(other.vmdk)={}",
            hex(&sha1, b"<Envelope/>"),
            hex(&sha256, DISK).to_uppercase(),
            hex(&sha256, DISK),
        );
        let found = with_manifest(&right);
        assert_eq!(descriptor(&found, &limits).unwrap(), b"<Envelope/>");
        for (manifest, wanted) in [
            (
                right.replacen("(shop.ovf)= ", "(shop.ovf)= 0", 1),
                "line 1 of shop.mf: the digest of \"shop.ovf\" has 41 digits; SHA1 has 40",
            ),
            (
                format!("SHA256(other.vmdk)= {}", hex(&sha256, b"dusk")),
                "\"other.vmdk\" is not what shop.mf says",
            ),
            (
                format!("SHA256(lost.vmdk)= {}", hex(&sha256, b"")),
                "shop.mf names \"lost.vmdk\", which is not in the archive",
            ),
            (
                "MD5(shop.ovf)= 00".to_owned(),
                "line 1 of shop.mf: the algorithm \"MD5\" is unknown; SHA1, SHA256, SHA384 and SHA512 are known",
            ),
            (
                "\nshop.ovf".to_owned(),
                "line 2 of shop.mf: a line is an algorithm, a file in parentheses, `=` and a digest",
            ),
        ] {
            let said = descriptor(&with_manifest(&manifest), &limits)
                .unwrap_err()
                .to_string();
            assert!(said.contains(wanted), "{said}");
        }
    }
}
