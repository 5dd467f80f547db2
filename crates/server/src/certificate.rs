//! Callers who log in with a client certificate: the names that theirs carries.
//!
//! TLS has found by then that the certificate comes from the authority of `tls.client_ca`, is valid now and is meant
//! for clients. What is left is whom it names; the users file says which user that is (DSP0226 C.3.4,
//! `https/mutual`).

use openssl::asn1::Asn1StringRef;
use openssl::nid::Nid;
use openssl::ssl::SslRef;
use openssl::x509::X509Ref;

/// The security profile that clients put into `Authorization`, as it is, when they log in with a
/// certificate (DSP0226 C.3.4); others send no such header.
pub(crate) const MUTUAL: &[u8] =
    b"http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual";

/// Names of one certificate that are looked at.
const MAX_NAMES: usize = 64;

/// The names that the client of a connection has shown a certificate for, as [`folded`]: common names first, then DNS
/// names and mail addresses. Empty without a certificate.
pub(crate) fn names(session: &SslRef) -> Vec<String> {
    session
        .peer_certificate()
        .map(|certificate| names_of(&certificate))
        .unwrap_or_default()
}

fn names_of(certificate: &X509Ref) -> Vec<String> {
    let common = certificate
        .subject_name()
        .entries_by_nid(Nid::COMMONNAME)
        .filter_map(|entry| text(entry.data()));
    let alternative = certificate.subject_alt_names();
    let alternative = alternative.iter().flatten().filter_map(|name| {
        let name = name.dnsname().or_else(|| name.email())?;
        (!name.contains('\0')).then(|| name.to_owned())
    });
    common
        .chain(alternative)
        .take(MAX_NAMES)
        .map(|name| folded(&name))
        .collect()
}

/// A name in a certificate. One with a NUL is none: people would read it as shorter than it is.
fn text(data: &Asn1StringRef) -> Option<String> {
    let text = data.to_string().ok()?;
    (!text.contains('\0')).then_some(text)
}

/// A name of a certificate without regard to case, as DNS names and mail addresses are compared.
pub(crate) fn folded(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use openssl::ec::{EcGroup, EcKey};
    use openssl::hash::MessageDigest;
    use openssl::pkey::PKey;
    use openssl::x509::extension::SubjectAlternativeName;
    use openssl::x509::{X509, X509Name};

    use super::*;

    fn certificate(common: &[&str], alternative: &mut SubjectAlternativeName) -> X509 {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
        let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
        let mut subject = X509Name::builder().unwrap();
        for name in common {
            subject.append_entry_by_nid(Nid::COMMONNAME, name).unwrap();
        }
        let mut builder = X509::builder().unwrap();
        builder.set_subject_name(&subject.build()).unwrap();
        builder.set_pubkey(&key).unwrap();
        let extension = alternative.build(&builder.x509v3_context(None, None));
        builder.append_extension(extension.unwrap()).unwrap();
        builder.sign(&key, MessageDigest::sha256()).unwrap();
        builder.build()
    }

    #[test]
    fn names_are_common_names_dns_names_and_mail_addresses() {
        let mut alternative = SubjectAlternativeName::new();
        alternative
            .dns("Console.Example.org")
            .email("Ann@example.org")
            .ip("127.0.0.1")
            .uri("urn:x");
        let made = certificate(&["Ann Ünal", "operators"], &mut alternative);
        assert_eq!(
            names_of(&made),
            [
                "ann ünal",
                "operators",
                "console.example.org",
                "ann@example.org"
            ]
        );
    }

    #[test]
    fn a_name_that_goes_on_after_a_nul_is_none() {
        let made = certificate(
            &["admin\0.evil.example"],
            SubjectAlternativeName::new().dns("x"),
        );
        assert_eq!(names_of(&made), ["x"]);
    }

    #[test]
    fn the_names_of_one_certificate_are_bounded() {
        let mut alternative = SubjectAlternativeName::new();
        for index in 0..1000 {
            alternative.dns(&format!("n{index}"));
        }
        assert_eq!(
            names_of(&certificate(&["x"], &mut alternative)).len(),
            MAX_NAMES
        );
    }
}
