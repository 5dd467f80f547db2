//! What the options of a request change (DSP0226 6.4, DSP0227 7, and those of Windows consoles).

use wsman::enumeration::Style;
use wsman::{Detail, Fault, RequestOption, Subcode};

/// Names of the properties that the caller of a Put changed: `wmiarray:__MIInstanceModifiedPropertiesList`.
const MODIFIED_PROPERTIES: &str = "__MIInstanceModifiedPropertiesList";

/// Options of Windows consoles that ask how to talk to a person; nobody here is asked anything.
const CONSOLE_PREFIX: &str = "__MI_";

/// Reads the options.
///
/// # Errors
/// `wsman:InvalidOptions` for an option that has to be complied with and cannot be.
pub(super) fn style(options: &[RequestOption]) -> Result<Style, Fault> {
    let mut style = Style::default();
    for option in options {
        let name = bare(&option.name);
        let flag = match () {
            () if name.eq_ignore_ascii_case("ShowExtensions") => &mut style.marked_keys,
            () if name.eq_ignore_ascii_case("ExcludeNilProperties") => &mut style.without_nil,
            () if name.eq_ignore_ascii_case("UsePreciseArrays") => &mut style.precise_arrays,
            () if !option.must_comply
                || name == MODIFIED_PROPERTIES
                || name.starts_with(CONSOLE_PREFIX) =>
            {
                continue;
            }
            () => return Err(invalid(Detail::InvalidName, &option.name, "is not known")),
        };
        set(flag, option)?;
    }
    Ok(style)
}

/// Sets a flag as an option says. One without a value is set: that is how one client writes it.
///
/// # Errors
/// `wsman:InvalidOptions`/`InvalidValue` for another value of an option that has to be complied with.
pub(super) fn set(flag: &mut bool, option: &RequestOption) -> Result<(), Fault> {
    *flag = match option.value.as_str() {
        "" | "1" => true,
        "0" => false,
        v if v.eq_ignore_ascii_case("true") => true,
        v if v.eq_ignore_ascii_case("false") => false,
        _ if option.must_comply => {
            return Err(invalid(
                Detail::InvalidValue,
                &option.name,
                "is either true or false",
            ));
        }
        _ => *flag,
    };
    Ok(())
}

/// The properties that a Put is about, if the caller says so; all that are in the body otherwise.
pub(super) fn modified_properties(options: &[RequestOption]) -> Option<Vec<&str>> {
    let names: Vec<&str> = options
        .iter()
        .filter(|o| bare(&o.name) == MODIFIED_PROPERTIES)
        .map(|o| o.value.as_str())
        .collect();
    (!names.is_empty()).then_some(names)
}

/// The name without the prefix that Windows consoles put before it.
pub(super) fn bare(name: &str) -> &str {
    ["wmiarray:", "wmi:", "msftwinrm:"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name)
}

fn invalid(detail: Detail, name: &str, why: &str) -> Fault {
    Fault::new(Subcode::InvalidOptions)
        .detail(detail)
        .because(format!("Option {name} {why}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(name: &str, value: &str, must_comply: bool) -> RequestOption {
        RequestOption {
            name: name.to_owned(),
            value: value.to_owned(),
            must_comply,
        }
    }

    #[test]
    fn known_options_and_hints() {
        let style = style(&[
            option("ShowExtensions", "", false),
            option("msftwinrm:UsePreciseArrays", "true", false),
            option("ExcludeNilProperties", "false", false),
            option("Whatever", "x", false),
            option("__MI_CallbackRegistration", "11", true),
        ])
        .unwrap();
        assert!(style.marked_keys && !style.without_nil && style.precise_arrays);
    }

    #[test]
    fn what_must_be_complied_with() {
        for (name, value, detail) in [
            ("DetailLevel", "full", Detail::InvalidName),
            ("ShowExtensions", "perhaps", Detail::InvalidValue),
        ] {
            let fault = style(&[option(name, value, true)]).unwrap_err();
            assert_eq!(fault.fault_detail(), Some(detail));
        }
    }

    #[test]
    fn modified_properties_of_a_put() {
        let options = [
            option("wmiarray:__MIInstanceModifiedPropertiesList", "Cpu", false),
            option(
                "wmiarray:__MIInstanceModifiedPropertiesList",
                "Memory",
                false,
            ),
        ];
        assert_eq!(modified_properties(&options), Some(vec!["Cpu", "Memory"]));
        assert_eq!(modified_properties(&[]), None);
    }
}
