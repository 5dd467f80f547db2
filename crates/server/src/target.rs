//! The target of a request as clients write it, made into what the HTTP library takes.
//!
//! A client that puts `$filter=cpu>1` into a URI should write `%3E` (RFC 3986 2), and curl, among others, does not. The library
//! refuses such a request without a word; here such characters are encoded as they pass. A target too long for any
//! answer that explains itself is cut, so that the request reaches the edge, which refuses it properly.

/// Bytes of a target that are thrown away; of one that is longer still the library gets what comes then, and refuses it.
const MOST_DROPPED: usize = 4 << 20;

/// How characters are encoded that no URI has and the library refuses.
const ENCODED: [(char, &str); 3] = [('<', "%3C"), ('>', "%3E"), ('"', "%22")];

/// A target as the library reads it.
pub(crate) fn mended(target: &str) -> String {
    let mut mended = target.to_owned();
    for (stray, encoded) in ENCODED {
        mended = mended.replace(stray, encoded);
    }
    mended
}

/// Where in the first line of a request the next byte is, and how long its target is so far.
#[derive(Debug)]
pub(crate) struct Target {
    spaces: usize,
    length: usize,
    /// Bytes of a target that are let through.
    most: usize,
}

impl Target {
    /// Targets that may have so many bytes.
    pub(crate) const fn new(most: usize) -> Self {
        Self {
            spaces: 0,
            length: 0,
            most,
        }
    }

    /// Whether the target of the line so far is longer than it may be.
    pub(crate) const fn is_too_long(&self) -> bool {
        self.length > self.most
    }

    /// Follows some bytes of the first line of a request. `before` is what was read together with them, and `out`
    /// what is to be read in place of all of it, if that differs.
    pub(crate) fn pass(&mut self, bytes: &[u8], before: &[u8], out: &mut Option<Vec<u8>>) {
        for (at, byte) in bytes.iter().enumerate() {
            let mut encoded = None;
            let mut dropped = false;
            match byte {
                b' ' => self.spaces += 1,
                b'\r' | b'\n' => {}
                _ if self.spaces == 1 => {
                    self.length = self.length.saturating_add(1);
                    dropped = self.is_too_long() && self.length - self.most <= MOST_DROPPED;
                    let stray = ENCODED
                        .iter()
                        .find(|(stray, _)| *stray == char::from(*byte));
                    encoded = stray.map(|(_, encoded)| encoded.as_bytes());
                }
                _ => {}
            }
            if out.is_none() && (dropped || encoded.is_some()) {
                let mut same = before.to_vec();
                same.extend_from_slice(bytes.get(..at).unwrap_or_default());
                *out = Some(same);
            }
            if let (Some(out), false) = (out.as_mut(), dropped) {
                match encoded {
                    Some(encoded) => out.extend_from_slice(encoded),
                    None => out.push(*byte),
                }
            }
        }
    }

    /// The next line is that of another request.
    pub(crate) const fn next(&mut self) {
        self.spaces = 0;
        self.length = 0;
    }
}
