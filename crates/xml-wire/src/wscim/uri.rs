//! Class resource URIs (DSP0227 6, DSP0230 7): the name of a class on the wire, and the XML namespace
//! of its representation.

/// What every class URI of the CIM Schema, major version 2, begins with.
pub const CIM_SCHEMA: &str = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";

/// The URI that stands for all classes (DSP0227 6.1).
pub const ALL_CLASSES: &str = "http://schemas.dmtf.org/wbem/wscim/1/*";

/// What a class resource URI says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassUri<'a> {
    /// A CIM namespace between the schema and the class, as Dell's and Windows' URIs have it.
    pub namespace: Option<&'a str>,
    /// The class; `None` for all classes.
    pub class: Option<&'a str>,
}

/// The resource URI of a class, which is also the XML namespace of its representation.
pub fn class_uri(class: &str) -> String {
    [CIM_SCHEMA, &cim_core::name_in_uri(class)].concat()
}

/// Reads a class URI: `.../cim-schema/2/<Class>`, `.../cim-schema/2/<namespace>/<Class>`, a vendor's
/// `.../<x>-schema/<major>/<Class>`, Windows' `.../wmi/<namespace>/<Class>`, and all of them with `*`
/// for all classes. `None` if it is none of these. Letters that are no ASCII stand as they are
/// ([`cim_core::iri`]).
pub fn parse_class_uri(uri: &str) -> Option<ClassUri<'_>> {
    let uri = uri.trim();
    if uri == ALL_CLASSES {
        return Some(ClassUri {
            namespace: None,
            class: None,
        });
    }
    let rest = match uri.strip_prefix(CIM_SCHEMA) {
        Some(rest) => rest,
        None => behind_schema(uri)?,
    };
    let (namespace, class) = match rest.rsplit_once('/') {
        Some((namespace, class)) => (Some(namespace.trim_matches('/')), class),
        None => (None, rest),
    };
    let known = class == "*"
        || (class.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && class.chars().all(|c| c.is_alphanumeric() || c == '_'));
    known.then_some(ClassUri {
        namespace: namespace.filter(|n| !n.is_empty()),
        class: (class != "*").then_some(class),
    })
}

/// What follows `/wbem/wscim/1/<x>-schema/<major>/` or `/wbem/wsman/1/wmi/`.
fn behind_schema(uri: &str) -> Option<&str> {
    if let Some((_, rest)) = uri.split_once("/wbem/wsman/1/wmi/") {
        return Some(rest);
    }
    let (_, rest) = uri.split_once("/wbem/wscim/1/")?;
    let (schema, rest) = rest.split_once('/')?;
    let (major, rest) = rest.split_once('/')?;
    let numbered = !major.is_empty() && major.bytes().all(|b| b.is_ascii_digit());
    (schema.ends_with("-schema") && numbered).then_some(rest)
}

/// Whether elements of this XML namespace can be properties: a class namespace, or none at all (Windows
/// leaves it out in fragments).
pub fn is_class_namespace(ns: &str) -> bool {
    ns.is_empty() || ns.starts_with(CIM_SCHEMA) || behind_schema(ns).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_uris() {
        for (uri, namespace, class) in [
            ("http://schemas.dmtf.org/wbem/wscim/1/*", None, None),
            (
                "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/*",
                None,
                None,
            ),
            (
                "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIMI_Machine",
                None,
                Some("CIMI_Machine"),
            ),
            (
                " http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/root/dcim/DCIM_NICView\n",
                Some("root/dcim"),
                Some("DCIM_NICView"),
            ),
            (
                "http://intel.com/wbem/wscim/1/amt-schema/1/AMT_AuthorizationService",
                None,
                Some("AMT_AuthorizationService"),
            ),
            (
                "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/*",
                Some("root/cimv2"),
                None,
            ),
        ] {
            assert_eq!(
                parse_class_uri(uri),
                Some(ClassUri { namespace, class }),
                "{uri}"
            );
        }
        for uri in [
            "",
            "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/",
            "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/A B",
            "http://schemas.dmtf.org/wbem/wscim/1/common",
            "http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*",
            "urn:x",
        ] {
            assert_eq!(parse_class_uri(uri), None, "{uri}");
        }
    }
}
