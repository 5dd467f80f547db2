//! What a `wsman:ResourceURI` addresses (DSP0227 5, and the forms that consoles type).

use xml_wire::wscim::{ClassUri, parse_class_uri};

use crate::fault::{Detail, Fault, Subcode};
use crate::uris;

/// A resource URI that names classes of a CIM namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResourceUri<'a> {
    /// The class, in the spelling of the request; `None` for all classes (`*`).
    pub class: Option<&'a str>,
    /// The CIM namespace, if the URI has it in its path.
    pub namespace: Option<&'a str>,
    /// In which URI space the client speaks; answers stay in it.
    pub family: Family,
}

/// The URI space of a resource URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Family {
    /// `http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/<Class>`
    #[default]
    Dmtf,
    /// `http://schemas.microsoft.com/wbem/wsman/1/wmi/<namespace>/<Class>`
    Wmi,
}

/// Longest resource URI; DSP0226 asks for at least 2048 characters.
pub const MAX_URI: usize = 4096;

impl<'a> ResourceUri<'a> {
    /// Reads a URI. The host is not compared, only the path (so do other services): vendors put
    /// these paths below hosts of their own.
    ///
    /// # Errors
    /// `wsman:EncodingLimit`/`URILimitExceeded` for a URI beyond [`MAX_URI`], and
    /// `wsa:DestinationUnreachable`/`InvalidResourceURI` for one that names no class.
    pub fn parse(uri: &'a str) -> Result<Self, Fault> {
        let uri = uri.trim();
        if uri.len() > MAX_URI {
            return Err(Fault::new(Subcode::EncodingLimit)
                .detail(Detail::UriLimitExceeded)
                .because(format!(
                    "The ResourceURI has {} bytes; at most {MAX_URI} are taken.",
                    uri.len()
                )));
        }
        Self::split(uri).ok_or_else(|| {
            Fault::new(Subcode::DestinationUnreachable)
                .detail(Detail::InvalidResourceUri)
                .because(format!(
                    "ResourceURI `{uri}` names no class; the form is {}<Class>.",
                    uris::CIM_SCHEMA
                ))
        })
    }

    fn split(uri: &'a str) -> Option<Self> {
        let ClassUri { namespace, class } = parse_class_uri(uri)?;
        let family = if uri.contains("/wbem/wsman/1/wmi/") {
            Family::Wmi
        } else {
            Family::Dmtf
        };
        // Windows' URIs always have the namespace; another segment before the class is none.
        if (family == Family::Wmi && namespace.is_none())
            || namespace.is_some_and(|n| !is_namespace(n))
        {
            return None;
        }
        Some(Self {
            class,
            namespace,
            family,
        })
    }

    /// Splits a custom action into the URI of its class and its method (DSP0226 9, DSP0227 9).
    pub fn of_method(action: &'a str) -> Option<(Self, &'a str)> {
        let (uri, method) = action.trim().rsplit_once('/')?;
        if !is_name(method) {
            return None;
        }
        let uri = Self::split(uri)?;
        uri.class.is_some().then_some((uri, method))
    }
}

/// Whether a text is a CIM element name.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// Whether a text is a CIM namespace name, with either slash.
pub(crate) fn is_namespace(text: &str) -> bool {
    !text.is_empty()
        && text.split(['/', '\\']).all(|segment| {
            !segment.is_empty()
                && segment
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        })
}

/// Whether two namespace names mean the same: case, the kind of slash and a leading slash do not
/// count.
pub fn same_namespace(a: &str, b: &str) -> bool {
    let (a, b) = (
        a.trim_start_matches(['/', '\\']),
        b.trim_start_matches(['/', '\\']),
    );
    a.len() == b.len()
        && a.bytes().zip(b.bytes()).all(|(a, b)| {
            let slash = |c: u8| if c == b'\\' { b'/' } else { c };
            slash(a).eq_ignore_ascii_case(&slash(b))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(uri: &str) -> Option<(Option<&str>, Option<&str>, Family)> {
        ResourceUri::parse(uri)
            .ok()
            .map(|r| (r.class, r.namespace, r.family))
    }

    #[test]
    fn forms_that_clients_send() {
        for (uri, expected) in [
            (
                "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Foo",
                (Some("CIM_Foo"), None, Family::Dmtf),
            ),
            (
                "http://schemas.dmtf.org/wbem/wscim/1/*",
                (None, None, Family::Dmtf),
            ),
            (
                "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/*",
                (None, None, Family::Dmtf),
            ),
            (
                "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/root/dcim/DCIM_View",
                (Some("DCIM_View"), Some("root/dcim"), Family::Dmtf),
            ),
            (
                "http://schemas.microsoft.com/wbem/wscim/1/cim-schema/2/OMI_Identify",
                (Some("OMI_Identify"), None, Family::Dmtf),
            ),
            (
                "http://intel.com/wbem/wscim/1/amt-schema/1/AMT_X",
                (Some("AMT_X"), None, Family::Dmtf),
            ),
            (
                "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimi/CIMI_Machine",
                (Some("CIMI_Machine"), Some("root/cimi"), Family::Wmi),
            ),
            (
                "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimi/*",
                (None, Some("root/cimi"), Family::Wmi),
            ),
        ] {
            assert_eq!(read(uri), Some(expected), "{uri}");
        }
    }

    #[test]
    fn what_names_no_class_is_unreachable() {
        for uri in [
            "",
            "CIM_Foo",
            "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/",
            "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/two/CIM_Foo",
            "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM Foo",
            "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/a/ /CIM_Foo",
            "http://schemas.microsoft.com/wbem/wsman/1/config",
            "http://schemas.microsoft.com/wbem/wsman/1/wmi/CIM_Foo",
            "http://schemas.microsoft.com/powershell/Microsoft.PowerShell",
        ] {
            let fault = ResourceUri::parse(uri).unwrap_err();
            assert_eq!(fault.subcode(), Subcode::DestinationUnreachable, "{uri}");
            assert_eq!(fault.fault_detail(), Some(Detail::InvalidResourceUri));
        }
    }

    #[test]
    fn methods() {
        let (uri, method) = ResourceUri::of_method(
            "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIMI_Machine/Stop",
        )
        .unwrap();
        assert_eq!((uri.class, method), (Some("CIMI_Machine"), "Stop"));
        assert!(
            ResourceUri::of_method("http://schemas.xmlsoap.org/ws/2004/09/transfer/Get").is_none()
        );
    }

    #[test]
    fn namespaces_compare_loosely() {
        assert!(same_namespace("root/cimi", r"Root\CIMI"));
        assert!(same_namespace("/root/cimi", "root/cimi"));
        assert!(!same_namespace("root/cimi", "root/cimi2"));
    }
}
