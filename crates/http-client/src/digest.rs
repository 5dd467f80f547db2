//! What both ends of HTTP Digest compute (RFC 7616): the parameters of its headers, the secret that stands
//! for a password, the response. Only `qop=auth`; MD5 because the tools of hardware vendors know nothing
//! else.

use std::sync::OnceLock;

use openssl::error::ErrorStack;
use openssl::md::Md;
use openssl::md_ctx::MdCtx;

/// A hash function of Digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// MD5
    Md5,
    /// SHA-256
    Sha256,
}

impl Algorithm {
    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha256 => "SHA-256",
        }
    }

    /// The one with this name, in any case. The `-sess` variants are none of ours.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Md5, Self::Sha256]
            .into_iter()
            .find(|algorithm| algorithm.name().eq_ignore_ascii_case(name))
    }

    /// How many hexadecimal digits its results have.
    pub const fn digits(self) -> usize {
        match self {
            Self::Md5 => 32,
            Self::Sha256 => 64,
        }
    }

    /// The implementation, looked up once: OpenSSL searches for it for longer than it computes.
    fn implementation(self) -> Result<&'static Md, ErrorStack> {
        static MD5: OnceLock<Md> = OnceLock::new();
        static SHA_256: OnceLock<Md> = OnceLock::new();
        let (known, name) = match self {
            Self::Md5 => (&MD5, "MD5"),
            Self::Sha256 => (&SHA_256, "SHA2-256"),
        };
        match known.get() {
            Some(md) => Ok(md),
            None => {
                let md = Md::fetch(None, name, None)?;
                Ok(known.get_or_init(|| md))
            }
        }
    }

    fn hex(self, text: &str) -> Result<String, ErrorStack> {
        let mut context = MdCtx::new()?;
        context.digest_init(self.implementation()?)?;
        context.digest_update(text.as_bytes())?;
        let mut bytes = [0; 32];
        let length = context.digest_final(&mut bytes)?;
        let mut hex = String::with_capacity(2 * length);
        for byte in bytes.iter().take(length) {
            for half in [byte >> 4, byte & 15] {
                hex.push(char::from(b"0123456789abcdef"[usize::from(half)]));
            }
        }
        Ok(hex)
    }
}

/// What stands for a password (`H(A1)`): whoever has it can log in, to this realm only.
///
/// # Errors
/// OpenSSL does not offer the hash function (MD5 where only approved ones are allowed).
pub fn secret(
    algorithm: Algorithm,
    user: &str,
    realm: &str,
    password: &str,
) -> Result<String, ErrorStack> {
    algorithm.hex(&format!("{user}:{realm}:{password}"))
}

/// What a response is computed from, beside the secret.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The method of the request.
    pub method: &'a str,
    /// The `uri` parameter: path and query of the request.
    pub uri: &'a str,
    /// The nonce of the challenge.
    pub nonce: &'a str,
    /// The `nc` parameter as it was written.
    pub count: &'a str,
    /// The `cnonce` parameter.
    pub client_nonce: &'a str,
}

/// The `response` parameter for `qop=auth` (RFC 7616 3.4.1).
///
/// # Errors
/// As for [`secret`].
pub fn response(
    algorithm: Algorithm,
    secret: &str,
    asked: &Asked<'_>,
) -> Result<String, ErrorStack> {
    let Asked {
        method,
        uri,
        nonce,
        count,
        client_nonce,
    } = asked;
    let what = algorithm.hex(&format!("{method}:{uri}"))?;
    algorithm.hex(&format!(
        "{secret}:{nonce}:{count}:{client_nonce}:auth:{what}"
    ))
}

/// Most parameters of one header.
const MAX_PARAMETERS: usize = 32;

/// One scheme with its parameters, as challenges and credentials have them (RFC 9110 11.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// `Basic`, `Digest`, in the spelling of the sender.
    pub name: String,
    parameters: Vec<(String, String)>,
}

impl Scheme {
    /// The value of a parameter, by its name in any case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(have, _)| have.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Whether it is this scheme.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Reads the schemes of a header value: several challenges may stand in one. What cannot be read ends
    /// the list. A parameter given twice makes its scheme unusable, and it is left out.
    pub fn parse_all(value: &str) -> Vec<Self> {
        let mut schemes: Vec<Self> = Vec::new();
        let mut twice = Vec::new();
        let mut rest = value.trim();
        let mut budget = MAX_PARAMETERS;
        while !rest.is_empty() && budget > 0 {
            budget -= 1;
            let (name, behind) = token(rest);
            if name.is_empty() {
                break;
            }
            let after = behind.trim_start();
            if let Some(text) = after.strip_prefix('=')
                && let Some(scheme) = schemes.last_mut()
            {
                let Some((value, behind)) = parameter_value(text.trim_start()) else {
                    break;
                };
                if scheme.get(name).is_some() {
                    twice.push(schemes.len() - 1);
                } else {
                    scheme.parameters.push((name.to_owned(), value));
                }
                rest = behind;
            } else {
                schemes.push(Self {
                    name: name.to_owned(),
                    parameters: Vec::new(),
                });
                // A token such as Negotiate's stands in place of parameters.
                let (word, behind) = token68(after);
                let alone = behind.trim_start();
                rest = if word.is_empty() || !(alone.is_empty() || alone.starts_with(',')) {
                    after
                } else {
                    behind
                };
            }
            rest = rest.trim_start_matches([' ', '\t', ',']);
        }
        let mut at = 0;
        schemes.retain(|_| {
            at += 1;
            !twice.contains(&(at - 1))
        });
        schemes
    }
}

fn token(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)))
        .unwrap_or(text.len());
    text.split_at(end)
}

fn token68(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || "-._~+/".contains(c)))
        .unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    (word, rest.trim_start_matches('='))
}

/// A token or a quoted string, and what follows.
fn parameter_value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, rest) = token(text);
        return (!value.is_empty()).then(|| (value.to_owned(), rest));
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, quoted.get(at + 1..)?)),
            '\\' => value.push(chars.next()?.1),
            c => value.push(c),
        }
    }
    None
}

/// A text as quoted string.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7616 3.9.1.
    #[test]
    fn the_examples_of_the_standard() {
        let asked = Asked {
            method: "GET",
            uri: "/dir/index.html",
            nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
            count: "00000001",
            client_nonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
        };
        for (algorithm, expected) in [
            (Algorithm::Md5, "8ca523f5e9506fed4657c9700eebdbec"),
            (
                Algorithm::Sha256,
                "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
            ),
        ] {
            let secret = secret(
                algorithm,
                "Mufasa",
                "http-auth@example.org",
                "Circle of Life",
            )
            .unwrap();
            assert_eq!(secret.len(), algorithm.digits());
            assert_eq!(response(algorithm, &secret, &asked).unwrap(), expected);
        }
    }

    #[test]
    fn headers_of_clients_and_services() {
        let read = |text: &str| {
            Scheme::parse_all(text)
                .into_iter()
                .map(|s| (s.name, s.parameters))
                .collect::<Vec<_>>()
        };
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            read(r#"Digest username="a \"b\"", qop=auth,nc=00000001 , uri="/wsman,x=1""#),
            [(
                "Digest".to_owned(),
                vec![
                    pair("username", "a \"b\""),
                    pair("qop", "auth"),
                    pair("nc", "00000001"),
                    pair("uri", "/wsman,x=1"),
                ]
            )]
        );
        let several = read(
            r#"Negotiate, Basic realm="WSMAN", Digest realm="x",nonce="n", NTLM TlRMTVNTUAAB==, Digest nonce=m"#,
        );
        let names: Vec<_> = several.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Negotiate", "Basic", "Digest", "NTLM", "Digest"]);
        assert_eq!(several[4].1, [pair("nonce", "m")]);
        // Twice the same parameter: nobody can say which counts.
        assert_eq!(read("Digest nonce=a, nonce=b"), []);
        for broken in [
            "",
            "=",
            "Digest a=\"",
            "Digest a=\"\\",
            ",,,",
            "\u{e9}",
            "Digest =x",
        ] {
            assert!(read(broken).iter().all(|(_, p)| p.is_empty()), "{broken}");
        }
    }

    #[test]
    fn quoting_is_undone_by_reading() {
        for text in ["", "a", "a\"b\\c", "ü, x=1"] {
            let header = format!("Digest username={}", quoted(text));
            let schemes = Scheme::parse_all(&header);
            assert_eq!(schemes[0].get("USERNAME"), Some(text));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_header_is_read_or_not_but_never_a_panic(text in ".{0,200}") {
            let _ = Scheme::parse_all(&text);
            let _ = Scheme::parse_all(&format!("Digest {text}"));
        }
    }
}
