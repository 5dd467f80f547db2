//! Endpoint references and selectors: how WS-Management names a resource (DSP0226 5.1).

pub use xml_wire::wscim::{CIM_NAMESPACE_SELECTOR, Epr, Selector, SelectorValue};

use crate::fault::{Detail, Fault, Subcode};
use crate::resource_uri::is_namespace;

/// A set of selectors, in the order of the message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SelectorSet(Vec<Selector>);

/// Most selectors of one set.
pub const MAX_SELECTORS: usize = 64;
/// Longest selector value in bytes; DSP0226 asks for at least 4096 characters.
pub const MAX_SELECTOR_VALUE: usize = 16 * 1024;
/// Endpoint references inside endpoint references.
pub const MAX_NESTING: usize = 4;

impl SelectorSet {
    /// Adds a selector.
    ///
    /// # Errors
    /// `wsman:InvalidSelectors`/`DuplicateSelectors` for a name that is there already, in any case,
    /// `wsman:EncodingLimit`/`SelectorLimit` beyond [`MAX_SELECTORS`] and [`MAX_SELECTOR_VALUE`].
    pub fn add(&mut self, name: String, value: SelectorValue) -> Result<(), Fault> {
        if self.get(&name).is_some() {
            return Err(Fault::new(Subcode::InvalidSelectors)
                .detail(Detail::DuplicateSelectors)
                .because(format!("Selector `{name}` occurs twice.")));
        }
        let limit = |what: String| {
            Err(Fault::new(Subcode::EncodingLimit)
                .detail(Detail::SelectorLimit)
                .because(what))
        };
        if self.0.len() >= MAX_SELECTORS {
            return limit(format!("More than {MAX_SELECTORS} selectors in one set."));
        }
        if matches!(&value, SelectorValue::Text(text) if text.len() > MAX_SELECTOR_VALUE) {
            return limit(format!(
                "The value of selector `{name}` is longer than {MAX_SELECTOR_VALUE} bytes."
            ));
        }
        self.0.push(Selector { name, value });
        Ok(())
    }

    /// The value of a selector, by its name in any case.
    pub fn get(&self, name: &str) -> Option<&SelectorValue> {
        self.0
            .iter()
            .find(|s| s.name.eq_ignore_ascii_case(name))
            .map(|s| &s.value)
    }

    /// The CIM namespace that `__cimnamespace` names, checked to look like one.
    ///
    /// # Errors
    /// `wsman:InvalidSelectors` with `TypeMismatch` for a reference, `InvalidValue` for nonsense.
    pub fn namespace(&self) -> Result<Option<&str>, Fault> {
        match self.get(CIM_NAMESPACE_SELECTOR) {
            None => Ok(None),
            Some(SelectorValue::Reference(_)) => Err(Fault::new(Subcode::InvalidSelectors)
                .detail(Detail::TypeMismatch)
                .because(format!(
                    "Selector `{CIM_NAMESPACE_SELECTOR}` is a text, not a reference."
                ))),
            Some(SelectorValue::Text(text)) => {
                let name = text.trim().trim_start_matches(['/', '\\']);
                if is_namespace(name) {
                    Ok(Some(name))
                } else {
                    Err(Fault::new(Subcode::InvalidSelectors)
                        .detail(Detail::InvalidValue)
                        .because(format!(
                            "`{text}` is not a CIM namespace such as root/cimi."
                        )))
                }
            }
        }
    }

    /// The selectors that are keys: all but `__cimnamespace`.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &SelectorValue)> {
        self.0
            .iter()
            .filter(|s| !s.name.eq_ignore_ascii_case(CIM_NAMESPACE_SELECTOR))
            .map(|s| (s.name.as_str(), &s.value))
    }

    /// Whether no key is named.
    pub fn names_no_key(&self) -> bool {
        self.keys().next().is_none()
    }

    /// Everything in it, `__cimnamespace` included.
    pub fn as_slice(&self) -> &[Selector] {
        &self.0
    }

    /// The same, taken out.
    pub fn into_vec(self) -> Vec<Selector> {
        self.0
    }
}

/// The selectors of a reference that was read; they are known to be in order.
impl From<Vec<Selector>> for SelectorSet {
    fn from(selectors: Vec<Selector>) -> Self {
        Self(selectors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> SelectorValue {
        SelectorValue::Text(value.to_owned())
    }

    #[test]
    fn names_are_unique_in_any_case() {
        let mut set = SelectorSet::default();
        set.add("InstanceID".into(), text("a")).unwrap();
        let fault = set.add("instanceid".into(), text("b")).unwrap_err();
        assert_eq!(fault.fault_detail(), Some(Detail::DuplicateSelectors));
    }

    #[test]
    fn sets_and_values_are_bounded() {
        let mut set = SelectorSet::default();
        let fault = set
            .add("A".into(), text(&"x".repeat(MAX_SELECTOR_VALUE + 1)))
            .unwrap_err();
        assert_eq!(fault.fault_detail(), Some(Detail::SelectorLimit));
        for n in 0..MAX_SELECTORS {
            set.add(format!("N{n}"), text("")).unwrap();
        }
        let fault = set.add("One".into(), text("")).unwrap_err();
        assert_eq!(fault.fault_detail(), Some(Detail::SelectorLimit));
    }

    #[test]
    fn namespace_selector() {
        for (value, expected) in [
            (r"\root\cimi", Ok(Some(r"root\cimi"))),
            (" root/cimi ", Ok(Some("root/cimi"))),
            ("root//cimi", Err(Some(Detail::InvalidValue))),
            ("", Err(Some(Detail::InvalidValue))),
        ] {
            let mut set = SelectorSet::default();
            set.add("__CIMNamespace".into(), text(value)).unwrap();
            assert_eq!(
                set.namespace().map_err(|f| f.fault_detail()),
                expected,
                "{value}"
            );
            assert!(set.names_no_key());
        }
    }
}
