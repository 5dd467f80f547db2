//! The manifest of a package (`.mf`, DSP0243 6.1): a digest of each file.
//!
//! What came over a network or out of a store may have been cut or changed; the manifest tells before anything
//! is made of it. Who signed it (`.cert`) is not looked at: this says that the files belong together, not whose
//! they are.

use openssl::hash::{MessageDigest, hash};

use crate::archive::Member;
use crate::{Limits, OvfError};

/// The algorithms of digests. DSP0243 1.1 has SHA1 and SHA256, 2.0 SHA256 and SHA512.
fn algorithm(name: &str) -> Option<MessageDigest> {
    let found = match name.to_ascii_uppercase().as_str() {
        "SHA1" => MessageDigest::sha1(),
        "SHA256" => MessageDigest::sha256(),
        "SHA384" => MessageDigest::sha384(),
        "SHA512" => MessageDigest::sha512(),
        _ => return None,
    };
    Some(found)
}

/// Whether the files of an archive are what its manifest says.
///
/// # Errors
/// A line that cannot be read, a file that is missing or has another digest.
pub(crate) fn verify(
    manifest: &Member<'_>,
    members: &[Member<'_>],
    limits: &Limits,
) -> Result<(), OvfError> {
    let of = &manifest.name;
    let text = std::str::from_utf8(manifest.content)
        .map_err(|_| OvfError::Archive(format!("{of} is not UTF-8")))?;
    let text = text.trim_start_matches('\u{feff}');
    let lines = text.lines().enumerate();
    let mut named = 0_usize;
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let broken = |why: String| OvfError::Archive(format!("line {} of {of}: {why}", number + 1));
        named += 1;
        if named > limits.items {
            return Err(OvfError::Limit {
                what: "files in its manifest",
                limit: limits.items,
            });
        }
        let (name, file, digest) = parts(line).ok_or_else(|| {
            broken(
                "a line is an algorithm, a file in parentheses, `=` and a digest in hexadecimal digits"
                    .to_owned(),
            )
        })?;
        let algorithm = algorithm(name).ok_or_else(|| {
            broken(format!(
                "the algorithm {name:?} is unknown; SHA1, SHA256, SHA384 and SHA512 are known"
            ))
        })?;
        if digest.len() != 2 * algorithm.size() {
            return Err(broken(format!(
                "the digest of {file:?} has {} digits; {name} has {}",
                digest.len(),
                2 * algorithm.size()
            )));
        }
        let file = file.strip_prefix("./").unwrap_or(file);
        let member = members
            .iter()
            .find(|member| member.name == file)
            .ok_or_else(|| {
                OvfError::Archive(format!("{of} names {file:?}, which is not in the archive"))
            })?;
        let found = hash(algorithm, member.content)
            .map_err(|error| OvfError::Archive(format!("{file:?} has no digest: {error}")))?;
        let same = found
            .iter()
            .zip(digest.as_bytes().chunks(2))
            .all(|(byte, digits)| {
                std::str::from_utf8(digits)
                    .ok()
                    .and_then(|digits| u8::from_str_radix(digits, 16).ok())
                    == Some(*byte)
            });
        if !same {
            return Err(OvfError::Archive(format!(
                "{file:?} is not what {of} says: its {name} digest is another one, so it was cut or changed on its way"
            )));
        }
    }
    Ok(())
}

/// Algorithm, file and digest of a line. VirtualBox has a blank in front of the parenthesis.
fn parts(line: &str) -> Option<(&str, &str, &str)> {
    let (algorithm, rest) = line.split_once('(')?;
    let (file, digest) = rest.rsplit_once(')')?;
    let digest = digest.trim().strip_prefix('=')?.trim();
    let is_hexadecimal = digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hexadecimal.then_some((algorithm.trim(), file, digest))
}
