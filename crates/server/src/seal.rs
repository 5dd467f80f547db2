//! The service's [`Seal`]: AES-256-GCM with a key file in the data folder.
//!
//! A token is base64url of `key id (2) | salt (12) | counter (6) | ciphertext | tag (16)`. Each process
//! derives a key of its own from the master key and a random salt, and counts its tokens: so a nonce never
//! comes twice, however many tokens are made, by however many replicas with the same key file. Tokens
//! outlive a restart because the salt travels with them.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use cim_query::Seal;
use openssl::cipher::Cipher;
use openssl::cipher_ctx::CipherCtx;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rand::rand_bytes;
use openssl::sign::Signer;

use crate::{StartError, private_file};

const WHAT: &str = "the sealing key";
const SALT: usize = 12;
const COUNTER: usize = 6;
const TAG: usize = 16;
const ID: usize = 2;
const OVERHEAD: usize = ID + SALT + COUNTER + TAG;

/// Longer tokens are not looked at.
const MAX_TOKEN: usize = 64 * 1024;

const FILE_HEADER: &str = "\
# Keys that seal enumeration contexts and paging links; whoever has them can forge those.
# One key a line: id and 32 bytes, hexadecimal. The first seals, all of them open: to rotate, put
# a new line on top and remove the old one later. Delete the file for a new key.
";

/// The sealing key of this process and the master keys that open.
pub struct TokenSeal {
    keys: Vec<MasterKey>,
    cipher: Cipher,
    id: [u8; ID],
    salt: [u8; SALT],
    derived: [u8; 32],
    counter: AtomicU64,
}

struct MasterKey {
    id: [u8; ID],
    key: [u8; 32],
}

impl TokenSeal {
    /// Reads the key file; makes one with a random key if there is none.
    ///
    /// # Errors
    /// The file cannot be read or written, others can read it, or its content is wrong.
    pub fn open_or_create(path: &Path) -> Result<Self, StartError> {
        let fail = |error| StartError::file(WHAT, path, error);
        let text = match private_file::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let mut fresh = [0; ID + 32];
                rand_bytes(&mut fresh)?;
                let (id, key) = fresh.split_at(ID);
                let text = format!("{FILE_HEADER}{} {}\n", hex(id), hex(key));
                private_file::replace(path, text.as_bytes()).map_err(fail)?;
                text
            }
            Err(error) => return Err(fail(error)),
        };
        let keys = parse(&text).map_err(|cause| StartError::file(WHAT, path, cause))?;
        Self::new(keys)
    }

    /// A key that nobody else has and that ends with the process.
    ///
    /// # Errors
    /// OpenSSL fails.
    pub fn of_this_process() -> Result<Self, StartError> {
        let mut key = [0; 32];
        rand_bytes(&mut key)?;
        Self::new(vec![MasterKey { id: [0; ID], key }])
    }

    fn new(keys: Vec<MasterKey>) -> Result<Self, StartError> {
        let first = keys
            .first()
            .ok_or_else(|| StartError::Config(format!("{WHAT} file is empty")))?;
        let mut salt = [0; SALT];
        rand_bytes(&mut salt)?;
        Ok(Self {
            cipher: Cipher::fetch(None, "AES-256-GCM", None)?,
            id: first.id,
            derived: first.derive(&salt)?,
            salt,
            counter: AtomicU64::new(0),
            keys,
        })
    }

    fn try_seal(&self, plain: &[u8]) -> Result<String, ErrorStack> {
        // 2^48 tokens at a million a second take nine years.
        let count = self.counter.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let counter = &count[8 - COUNTER..];
        let mut token = Vec::with_capacity(OVERHEAD + plain.len());
        token.extend_from_slice(&self.id);
        token.extend_from_slice(&self.salt);
        token.extend_from_slice(counter);
        let mut context = CipherCtx::new()?;
        context.encrypt_init(
            Some(&self.cipher),
            Some(&self.derived),
            Some(&nonce(counter)),
        )?;
        context.cipher_update_vec(plain, &mut token)?;
        context.cipher_final_vec(&mut token)?;
        let mut tag = [0; TAG];
        context.tag(&mut tag)?;
        token.extend_from_slice(&tag);
        Ok(BASE64_URL_SAFE_NO_PAD.encode(&token))
    }

    fn try_open(&self, key: &[u8; 32], counter: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (cipher_text, tag) = sealed.split_at_checked(sealed.len().checked_sub(TAG)?)?;
        let mut plain = Vec::with_capacity(cipher_text.len());
        let mut context = CipherCtx::new().ok()?;
        context
            .decrypt_init(Some(&self.cipher), Some(key), Some(&nonce(counter)))
            .ok()?;
        context.set_tag(tag).ok()?;
        context.cipher_update_vec(cipher_text, &mut plain).ok()?;
        context.cipher_final_vec(&mut plain).ok()?;
        Some(plain)
    }
}

impl Seal for TokenSeal {
    fn seal(&self, plain: &[u8]) -> String {
        match self.try_seal(plain) {
            Ok(token) => token,
            Err(error) => {
                // Not seen with OpenSSL unless memory is out; an empty token opens nothing.
                tracing::error!(%error, "cannot seal a token");
                String::new()
            }
        }
    }

    fn open(&self, token: &str) -> Option<Vec<u8>> {
        if token.len() > MAX_TOKEN {
            return None;
        }
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
        let (id, rest) = bytes.split_at_checked(ID)?;
        let (salt, rest) = rest.split_at_checked(SALT)?;
        let (counter, sealed) = rest.split_at_checked(COUNTER)?;
        if id == self.id && salt == self.salt {
            return self.try_open(&self.derived, counter, sealed);
        }
        self.keys
            .iter()
            .filter(|key| key.id == id)
            .find_map(|key| self.try_open(&key.derive(salt).ok()?, counter, sealed))
    }
}

impl MasterKey {
    /// The key of the process that chose `salt`.
    fn derive(&self, salt: &[u8]) -> Result<[u8; 32], ErrorStack> {
        let key = PKey::hmac(&self.key)?;
        let mut signer = Signer::new(MessageDigest::sha256(), &key)?;
        signer.update(b"cimi-bridge seal")?;
        signer.update(salt)?;
        let mut derived = [0; 32];
        signer.sign(&mut derived)?;
        Ok(derived)
    }
}

/// The 12 bytes that GCM wants; unique because the counter is, under the key of one process.
fn nonce(counter: &[u8]) -> [u8; 12] {
    let mut nonce = [0; 12];
    for (to, from) in nonce.iter_mut().rev().zip(counter.iter().rev()) {
        *to = *from;
    }
    nonce
}

fn parse(text: &str) -> Result<Vec<MasterKey>, String> {
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
    let keys: Vec<MasterKey> = lines
        .map(|(index, line)| {
            let mut words = line.split_ascii_whitespace();
            let (id, key) = (words.next().and_then(unhex), words.next().and_then(unhex));
            match (id, key, words.next()) {
                (Some(id), Some(key), None) => Ok(MasterKey { id, key }),
                _ => Err(format!(
                    "line {}: wanted an id and a key in hexadecimal",
                    index + 1
                )),
            }
        })
        .collect::<Result<_, _>>()?;
    if keys.is_empty() {
        Err("no key in it".to_owned())
    } else {
        Ok(keys)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn tokens_are_short_printable_and_never_the_same() {
        let folder = folder();
        let seal = TokenSeal::open_or_create(&folder.path().join("seal.key")).unwrap();
        let (one, two) = (seal.seal(b"state"), seal.seal(b"state"));
        assert_ne!(one, two);
        assert_eq!(one.len(), (OVERHEAD + 5) * 4 / 3 + 1);
        assert!(
            one.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        );
        assert_eq!(seal.open(&one).unwrap(), b"state");
        assert_eq!(seal.open(&seal.seal(b"")).unwrap(), b"");
    }

    #[test]
    fn a_changed_token_does_not_open() {
        let folder = folder();
        let seal = TokenSeal::open_or_create(&folder.path().join("seal.key")).unwrap();
        let bytes = BASE64_URL_SAFE_NO_PAD
            .decode(seal.seal(b"state of things"))
            .unwrap();
        for index in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[index] ^= 1;
            let changed = BASE64_URL_SAFE_NO_PAD.encode(changed);
            assert_eq!(seal.open(&changed), None, "byte {index}");
        }
        for length in 0..bytes.len() {
            assert_eq!(
                seal.open(&BASE64_URL_SAFE_NO_PAD.encode(&bytes[..length])),
                None
            );
        }
        for text in ["", "?", "AAAA", "ä", &"A".repeat(MAX_TOKEN + 1)] {
            assert_eq!(seal.open(text), None);
        }
    }

    #[test]
    fn tokens_outlive_a_restart_and_a_rotation_but_not_another_key() {
        let folder = folder();
        let path = folder.path().join("seal.key");
        let token = TokenSeal::open_or_create(&path).unwrap().seal(b"state");
        let restarted = TokenSeal::open_or_create(&path).unwrap();
        assert_eq!(restarted.open(&token).unwrap(), b"state");

        let old = std::fs::read_to_string(&path).unwrap();
        let rotated = format!("00ff {}\n{old}", "ab".repeat(32));
        private_file::replace(&path, rotated.as_bytes()).unwrap();
        let rotated = TokenSeal::open_or_create(&path).unwrap();
        assert_eq!(rotated.open(&token).unwrap(), b"state");
        assert_eq!(restarted.open(&rotated.seal(b"new")), None);

        std::fs::remove_file(&path).unwrap();
        assert_eq!(TokenSeal::open_or_create(&path).unwrap().open(&token), None);
    }

    #[test]
    fn a_wrong_key_file_says_so() {
        let folder = folder();
        let path = folder.path().join("seal.key");
        for (text, expected) in [("", "no key in it"), ("# x\n12 34\n", "line 2")] {
            private_file::replace(&path, text.as_bytes()).unwrap();
            let Err(error) = TokenSeal::open_or_create(&path) else {
                panic!("{text}")
            };
            assert!(error.to_string().contains(expected), "{error}");
        }
    }
}
