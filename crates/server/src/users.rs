//! The users file: who may log in, as what, and argon2 hashes of their passwords.
//!
//! Who may log in with HTTP Digest has its secrets there, too: Digest cannot be checked with less. A secret is
//! as good as the password, for this service only, so it exists only where it is asked for.
//!
//! TOML, mode 0600, replaced as a whole; people edit it with `cimi-bridge user`. A running service notices
//! a change by itself.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Block, Params, PasswordHasher, Version};
use http_client::digest;
use provider::{Principal, Role};
use serde::{Deserialize, Serialize};

use crate::{StartError, certificate, private_file};

const HEADER: &str = "# Users of cimi-bridge, written by `cimi-bridge user`. Passwords are argon2 hashes; a Digest secret\n\
# is as good as a password.\n\n";

const WHAT: &str = "the users file";

/// The realm of all logins. It is part of every Digest secret: another one would make them all useless.
pub(crate) const REALM: &str = "cimi-bridge";

/// The content of a users file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Users {
    #[serde(default, rename = "user")]
    users: Vec<User>,
}

/// A user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// The login name.
    pub name: String,
    /// What the user may do.
    #[serde(with = "role_name")]
    pub role: Role,
    /// The tenant whose resources the user sees; absent for those of every tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// The password's hash in PHC form (`$argon2id$...`); absent for a user who has a certificate only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    password: Option<String>,
    /// The name in the client certificate that the user may log in with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    certificate: Option<String>,
    /// What HTTP Digest needs; absent for a user who cannot use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<DigestSecrets>,
}

/// `H(user:realm:password)` for each algorithm (RFC 7616), in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DigestSecrets {
    sha256: String,
    /// Absent where OpenSSL does not offer MD5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    md5: Option<String>,
}

impl DigestSecrets {
    fn new(user: &str, password: &str) -> Result<Self, UserError> {
        let make = |algorithm| digest::secret(algorithm, user, REALM, password);
        Ok(Self {
            sha256: make(digest::Algorithm::Sha256).map_err(UserError::Digest)?,
            md5: make(digest::Algorithm::Md5).ok(),
        })
    }

    fn is_possible(&self) -> bool {
        let hex = |text: &str, algorithm: digest::Algorithm| {
            text.len() == algorithm.digits()
                && text
                    .bytes()
                    .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        };
        hex(&self.sha256, digest::Algorithm::Sha256)
            && self
                .md5
                .as_ref()
                .is_none_or(|md5| hex(md5, digest::Algorithm::Md5))
    }
}

/// Why a change of the users is refused.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum UserError {
    #[error("user `{0}` exists; `cimi-bridge user passwd {0}` changes the password")]
    Exists(String),
    #[error("there is no user `{0}`")]
    Unknown(String),
    #[error(
        "`{0}` cannot be a user name: 1 to 64 characters without colon, blanks at the ends and \
         control characters"
    )]
    Name(String),
    #[error("`{0}` cannot be a tenant: 1 to 64 characters without control characters")]
    Tenant(String),
    #[error("the password is empty")]
    EmptyPassword,
    #[error("the password is longer than {MAX_PASSWORD} bytes")]
    LongPassword,
    #[error("the password has a control character, which HTTP Basic cannot carry (RFC 7617)")]
    ControlInPassword,
    #[error("cannot hash the password: {0}")]
    Hash(argon2::password_hash::Error),
    #[error("cannot compute the Digest secret: {0}")]
    Digest(openssl::error::ErrorStack),
    #[error("that is not the password of `{0}`")]
    Password(String),
    #[error("`{0}` cannot be the name in a certificate: 1 to 255 bytes without control characters")]
    Certificate(String),
    #[error("`{0}` has the certificate of this name already")]
    CertificateTaken(String),
    #[error("`{0}` could not log in any more: no password; give one first, or remove the user")]
    NoLogin(String),
}

/// The longest password, in bytes: what a login has to hash.
pub(crate) const MAX_PASSWORD: usize = 1024;

impl Users {
    /// Reads a users file; one that does not exist has no users.
    ///
    /// # Errors
    /// It cannot be read, others can read it, or its content is wrong.
    pub fn read(path: &Path) -> Result<Self, StartError> {
        let text = match private_file::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => return Err(StartError::file(WHAT, path, error)),
        };
        Self::parse(&text).map_err(|cause| StartError::file(WHAT, path, cause))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let users: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        for (index, user) in users.users.iter().enumerate() {
            check_name(&user.name).map_err(|error| error.to_string())?;
            if users
                .users
                .iter()
                .take(index)
                .any(|other| other.name == user.name)
            {
                return Err(format!("user `{}` stands there twice", user.name));
            }
            let password = user.password.as_deref();
            if password.is_some_and(|password| PasswordHash::new(password).is_err()) {
                return Err(format!(
                    "the password of `{}` is no hash in PHC form",
                    user.name
                ));
            }
            if let Some(certificate) = &user.certificate {
                let before = users.users.get(..index).unwrap_or_default();
                check_certificate(before, certificate).map_err(|error| error.to_string())?;
            } else if password.is_none() {
                return Err(format!(
                    "`{}` has neither a password nor a certificate",
                    user.name
                ));
            }
            if user.digest.as_ref().is_some_and(|d| !d.is_possible()) {
                return Err(format!(
                    "the Digest secrets of `{}` are not in hexadecimal, 64 digits for sha256 and 32 \
                     for md5",
                    user.name
                ));
            }
        }
        Ok(users)
    }

    /// Changes a users file: reads it, applies the change, replaces it. Changes of several processes
    /// come one after the other.
    ///
    /// # Errors
    /// Whatever `change` says; a file that cannot be read or written.
    pub fn edit<T, E: From<StartError>>(
        path: &Path,
        change: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let fail = |error| StartError::file(WHAT, path, error);
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            private_file::create_folder(folder).map_err(fail)?;
        }
        // The lock is a file of its own because the users file itself is replaced.
        let mut lock = path.as_os_str().to_owned();
        lock.push(".lock");
        let lock = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .mode(0o600)
            .open(lock)
            .map_err(fail)?;
        lock.lock().map_err(fail)?;
        let mut users = Self::read(path)?;
        let result = change(&mut users)?;
        let text = toml::to_string(&users).map_err(|error| StartError::file(WHAT, path, error))?;
        private_file::replace(path, format!("{HEADER}{text}").as_bytes()).map_err(fail)?;
        Ok(result)
    }

    /// All users in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &User> {
        self.users.iter()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }

    /// The user of a name.
    pub fn find(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|user| user.name == name)
    }

    /// Adds a user.
    ///
    /// # Errors
    /// The name exists, or name, tenant or password are not possible.
    pub fn add(
        &mut self,
        name: &str,
        role: Role,
        tenant: Option<&str>,
        password: &str,
    ) -> Result<(), UserError> {
        self.check_new(name, tenant)?;
        self.users.push(User {
            name: name.to_owned(),
            role,
            tenant: tenant.map(str::to_owned),
            password: Some(hash(password)?),
            certificate: None,
            digest: None,
        });
        Ok(())
    }

    /// Adds a user without a password, who logs in with a client certificate of this name
    /// ([`Users::set_certificate`]).
    ///
    /// # Errors
    /// The name exists, or name, tenant or name in the certificate are not possible.
    pub fn add_with_certificate(
        &mut self,
        name: &str,
        role: Role,
        tenant: Option<&str>,
        certificate: &str,
    ) -> Result<(), UserError> {
        self.check_new(name, tenant)?;
        check_certificate(&self.users, certificate)?;
        self.users.push(User {
            name: name.to_owned(),
            role,
            tenant: tenant.map(str::to_owned),
            password: None,
            certificate: Some(certificate.to_owned()),
            digest: None,
        });
        Ok(())
    }

    fn check_new(&self, name: &str, tenant: Option<&str>) -> Result<(), UserError> {
        check_name(name)?;
        if let Some(tenant) = tenant
            && (tenant.is_empty() || tenant.len() > 64 || tenant.chars().any(char::is_control))
        {
            return Err(UserError::Tenant(tenant.to_owned()));
        }
        if self.find(name).is_some() {
            return Err(UserError::Exists(name.to_owned()));
        }
        Ok(())
    }

    /// Lets who shows a client certificate with this name (the common name of its subject, or an alternative name
    /// that is a DNS name or a mail address) log in as a user, or, with `None`, no longer.
    ///
    /// # Errors
    /// There is no such user, the name is not possible or that of another user, or no login would be left.
    pub fn set_certificate(
        &mut self,
        name: &str,
        certificate: Option<&str>,
    ) -> Result<(), UserError> {
        let others: Vec<_> = self.users.iter().filter(|user| user.name != name).collect();
        if let Some(certificate) = certificate {
            check_certificate(others, certificate)?;
        }
        let user = self.find_mut(name)?;
        if certificate.is_none() && !user.has_password() {
            return Err(UserError::NoLogin(name.to_owned()));
        }
        user.certificate = certificate.map(str::to_owned);
        Ok(())
    }

    /// Lets a user log in with HTTP Digest, too.
    ///
    /// # Errors
    /// There is no such user, or it has another password.
    pub fn enable_digest(&mut self, name: &str, password: &str) -> Result<(), UserError> {
        let user = self.find_mut(name)?;
        if !user.verify(password.as_bytes()) {
            return Err(UserError::Password(name.to_owned()));
        }
        user.digest = Some(DigestSecrets::new(name, password)?);
        Ok(())
    }

    /// Takes HTTP Digest from a user.
    ///
    /// # Errors
    /// There is no such user.
    pub fn disable_digest(&mut self, name: &str) -> Result<(), UserError> {
        self.find_mut(name)?.digest = None;
        Ok(())
    }

    fn find_mut(&mut self, name: &str) -> Result<&mut User, UserError> {
        self.users
            .iter_mut()
            .find(|user| user.name == name)
            .ok_or_else(|| UserError::Unknown(name.to_owned()))
    }

    /// Changes a user's password; who could log in with HTTP Digest still can.
    ///
    /// # Errors
    /// There is no such user, or the password is not possible.
    pub fn set_password(&mut self, name: &str, password: &str) -> Result<(), UserError> {
        let user = self.find_mut(name)?;
        let hash = hash(password)?;
        if user.digest.is_some() {
            user.digest = Some(DigestSecrets::new(name, password)?);
        }
        user.password = Some(hash);
        Ok(())
    }

    /// Removes a user.
    ///
    /// # Errors
    /// There is no such user.
    pub fn remove(&mut self, name: &str) -> Result<(), UserError> {
        let count = self.users.len();
        self.users.retain(|user| user.name != name);
        if self.users.len() == count {
            return Err(UserError::Unknown(name.to_owned()));
        }
        Ok(())
    }
}

impl User {
    /// Whether this is the user's password. Takes tens of milliseconds.
    pub fn verify(&self, password: &[u8]) -> bool {
        let hash = self.password.as_deref();
        hash.and_then(|hash| verify(hash, password)) == Some(true)
    }

    /// Whether the user has a password.
    pub const fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// The name in the client certificate that the user may log in with.
    pub fn certificate(&self) -> Option<&str> {
        self.certificate.as_deref()
    }

    /// Whether the user may log in with HTTP Digest.
    pub const fn has_digest(&self) -> bool {
        self.digest.is_some()
    }

    /// The user's Digest secret for an algorithm.
    pub(crate) fn digest_secret(&self, algorithm: digest::Algorithm) -> Option<&str> {
        let digest = self.digest.as_ref()?;
        match algorithm {
            digest::Algorithm::Sha256 => Some(&digest.sha256),
            digest::Algorithm::Md5 => digest.md5.as_deref(),
        }
    }

    /// The user as the caller of an operation.
    pub(crate) fn principal(&self) -> Principal {
        Principal {
            name: self.name.clone(),
            role: self.role,
            tenant: self.tenant.clone(),
            password: None,
        }
    }
}

/// A random password of 100 bits, easy to read and to type.
///
/// # Errors
/// The system has no randomness.
pub fn generate_password() -> Result<String, StartError> {
    // Without what looks alike; 32 letters make every byte count the same.
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 20];
    openssl::rand::rand_bytes(&mut bytes)?;
    Ok(bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect())
}

/// A user name as HTTP Basic can carry it (RFC 7617: no colon, no control characters).
fn check_name(name: &str) -> Result<(), UserError> {
    let fine = (1..=64).contains(&name.len())
        && name.trim() == name
        && !name.chars().any(|c| c == ':' || c.is_control());
    if fine {
        Ok(())
    } else {
        Err(UserError::Name(name.to_owned()))
    }
}

/// A name in a certificate that none of these users has.
fn check_certificate<'a>(
    users: impl IntoIterator<Item = &'a User>,
    name: &str,
) -> Result<(), UserError> {
    if !(1..=255).contains(&name.len()) || name.chars().any(char::is_control) {
        return Err(UserError::Certificate(name.to_owned()));
    }
    let name = certificate::folded(name);
    let taken = users.into_iter().find(|user| {
        let own = user.certificate.as_deref().map(certificate::folded);
        own.as_ref() == Some(&name)
    });
    match taken {
        Some(user) => Err(UserError::CertificateTaken(user.name.clone())),
        None => Ok(()),
    }
}

fn hash(password: &str) -> Result<String, UserError> {
    if password.is_empty() {
        return Err(UserError::EmptyPassword);
    }
    if password.len() > MAX_PASSWORD {
        return Err(UserError::LongPassword);
    }
    if password.chars().any(char::is_control) {
        return Err(UserError::ControlInPassword);
    }
    let hash: PasswordHash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(UserError::Hash)?;
    Ok(hash.to_string())
}

/// As many blocks as make an allocation of more than 32 MiB, which glibc gives back to the system when it
/// is freed; smaller ones stay in the memory of the thread's arena for good. Blocks that are not touched
/// cost nothing.
const RETURNED_BLOCKS: usize = 33 * 1024;

/// Whether a password has this hash; `None` if the hash is none of argon2.
fn verify(hash: &str, password: &[u8]) -> Option<bool> {
    let stored = PasswordHash::new(hash).ok()?;
    let (salt, expected) = (stored.salt.as_ref()?, stored.hash.as_ref()?);
    let algorithm: Algorithm = stored.algorithm.as_str().parse().ok()?;
    let version = Version::try_from(stored.version?).ok()?;
    let params = Params::try_from(&stored).ok()?;
    let blocks = params.block_count();
    let mut memory = Vec::with_capacity(blocks.max(RETURNED_BLOCKS));
    memory.resize(blocks, Block::new());
    let mut computed = vec![0; expected.len()];
    Argon2::new(algorithm, version, params)
        .hash_password_into_with_memory(password, salt, &mut computed, &mut memory)
        .ok()?;
    Some(openssl::memcmp::eq(expected.as_bytes(), &computed))
}

/// Roles under their names.
mod role_name {
    use provider::Role;
    use serde::{Deserialize, Deserializer, Serializer, de};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(role: &Role, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(role.name())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Role, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    pub(crate) enum Failed {
        #[error(transparent)]
        User(#[from] UserError),
        #[error(transparent)]
        Start(#[from] StartError),
    }

    /// [`Users::edit`] for tests.
    pub(crate) fn edit(
        path: &Path,
        change: impl FnOnce(&mut Users) -> Result<(), UserError>,
    ) -> Result<(), Failed> {
        Users::edit(path, |users| change(users).map_err(Failed::from))
    }

    #[test]
    fn users_are_added_changed_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/users.toml");
        assert!(Users::read(&path).unwrap().is_empty());
        edit(&path, |users| {
            users.add("ann", Role::Operator, Some("blue"), "pass word")
        })
        .unwrap();
        edit(&path, |users| {
            users.add("Jürgen", Role::Reader, None, "Straße")
        })
        .unwrap();
        let users = Users::read(&path).unwrap();
        let ann = users.find("ann").unwrap();
        assert_eq!(
            (ann.role, ann.tenant.as_deref()),
            (Role::Operator, Some("blue"))
        );
        assert!(ann.verify(b"pass word") && !ann.verify(b"pass Word") && !ann.verify(b""));
        assert!(users.find("Jürgen").unwrap().verify("Straße".as_bytes()));
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text.starts_with('#') && !text.contains("pass word"),
            "{text}"
        );

        edit(&path, |users| users.set_password("ann", "other")).unwrap();
        assert!(
            Users::read(&path)
                .unwrap()
                .find("ann")
                .unwrap()
                .verify(b"other")
        );
        edit(&path, |users| users.remove("ann")).unwrap();
        assert!(Users::read(&path).unwrap().find("ann").is_none());
    }

    #[test]
    fn digest_secrets_follow_the_password_and_only_where_asked_for() {
        let mut users = Users::default();
        users.add("ann", Role::Reader, None, "one").unwrap();
        assert!(!users.find("ann").unwrap().has_digest());
        users.enable_digest("ann", "two").unwrap_err();
        users.enable_digest("bob", "one").unwrap_err();
        users.enable_digest("ann", "one").unwrap();
        let secret = |users: &Users| {
            let ann = users.find("ann").unwrap();
            ann.digest_secret(digest::Algorithm::Md5).map(str::to_owned)
        };
        // printf ann:cimi-bridge:one | md5sum
        assert_eq!(
            secret(&users),
            digest::secret(digest::Algorithm::Md5, "ann", "cimi-bridge", "one").ok()
        );
        let first = secret(&users);
        users.set_password("ann", "two").unwrap();
        assert_ne!(secret(&users), first);
        let again = Users::parse(&toml::to_string(&users).unwrap()).unwrap();
        assert_eq!(again, users);
        users.disable_digest("ann").unwrap();
        assert_eq!(secret(&users), None);
    }

    #[test]
    fn impossible_users_are_refused_and_change_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("users.toml");
        edit(&path, |users| users.add("ann", Role::Reader, None, "x")).unwrap();
        let before = std::fs::read(&path).unwrap();
        let long = "a".repeat(65);
        for name in ["", "a:b", " a", "a\n", &long] {
            edit(&path, |users| users.add(name, Role::Reader, None, "x")).unwrap_err();
        }
        edit(&path, |users| users.add("ann", Role::Reader, None, "x")).unwrap_err();
        edit(&path, |users| users.add("bob", Role::Reader, None, "")).unwrap_err();
        edit(&path, |users| users.add("bob", Role::Reader, None, "a\tb")).unwrap_err();
        edit(&path, |users| users.add("bob", Role::Reader, Some(""), "x")).unwrap_err();
        edit(&path, |users| users.remove("bob")).unwrap_err();
        edit(&path, |users| users.set_password("bob", "x")).unwrap_err();
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_wrong_file_says_what_is_wrong() {
        for (text, expected) in [
            (
                "[[user]]\nname='a'\nrole='boss'\npassword='x'",
                "`boss` is no role",
            ),
            (
                "[[user]]\nname='a'\nrole='admin'\npassword='x'",
                "the password of `a`",
            ),
            ("[[user]]\nname='a'\nrole='admin'\n", "password"),
            ("[[users]]\n", "users"),
            (
                "[[user]]\nname='a'\nrole='admin'\npassword='$argon2id$v=19$m=64,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo'\ndigest={sha256='00'}",
                "the Digest secrets of `a`",
            ),
        ] {
            let message = Users::parse(text).unwrap_err();
            assert!(message.contains(expected), "{message}");
        }
    }

    #[test]
    fn hashes_that_others_made_are_understood() {
        use argon2::PasswordVerifier;
        let params = Params::new(64, 2, 1, Some(24)).unwrap();
        for algorithm in [Algorithm::Argon2i, Algorithm::Argon2id] {
            let argon2 = Argon2::new(algorithm, Version::V0x13, params.clone());
            let hash: PasswordHash = argon2.hash_password(b"secret").unwrap();
            assert!(argon2.verify_password(b"secret", &hash).is_ok());
            assert_eq!(verify(&hash.to_string(), b"secret"), Some(true));
            assert_eq!(verify(&hash.to_string(), b"Secret"), Some(false));
        }
        assert_eq!(
            verify("$scrypt$ln=4$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo", b"x"),
            None
        );
    }

    #[test]
    fn changes_at_the_same_time_are_all_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("users.toml");
        std::thread::scope(|scope| {
            for index in 0..4 {
                let path = &path;
                scope.spawn(move || {
                    let name = format!("user{index}");
                    edit(path, |users| users.add(&name, Role::Reader, None, "x")).unwrap();
                });
            }
        });
        assert_eq!(Users::read(&path).unwrap().iter().count(), 4);
    }

    #[test]
    fn a_user_has_a_password_or_a_certificate_that_nobody_else_has() {
        let mut users = Users::default();
        users
            .add_with_certificate("ann", Role::Reader, None, "Console")
            .unwrap();
        users.add("bob", Role::Reader, None, "x").unwrap();
        for (user, certificate, expected) in [
            ("bob", Some("console"), "`ann` has the certificate"),
            ("bob", Some(""), "cannot be the name in a certificate"),
            ("bob", Some("a\nb"), "cannot be the name in a certificate"),
            ("eve", Some("x"), "there is no user `eve`"),
            ("ann", None, "`ann` could not log in any more"),
        ] {
            let error = users.set_certificate(user, certificate).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        }
        users.set_certificate("ann", Some("CONSOLE")).unwrap();
        let text = toml::to_string(&users).unwrap();
        assert_eq!(Users::parse(&text).unwrap(), users);
        for (text, expected) in [
            (
                "[[user]]\nname = 'ann'\nrole = 'reader'\n",
                "`ann` has neither a password nor a certificate",
            ),
            (
                "[[user]]\nname = 'ann'\nrole = 'reader'\ncertificate = 'x'\n\
                 [[user]]\nname = 'bob'\nrole = 'reader'\ncertificate = 'X'\n",
                "`ann` has the certificate of this name already",
            ),
        ] {
            let error = Users::parse(text).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }
}
