//! Enumeration contexts.
//!
//! The service keeps nothing of an enumeration: an EnumerationContext is this state, sealed (see
//! [`cim_query::Seal`]). It changes with every answer; the same one, sent again, gets the same page
//! again.

use cim_query::Seal;

use super::{AssociationFilter, ClassListing, Filter, Mode, Polymorphism, Style};
use crate::epr::{Epr, Selector, SelectorSet, SelectorValue};
use crate::fault::{Fault, Subcode};
use crate::resource_uri::Family;
use xml_wire::cim_xml::ClassParts;

/// The state of an enumeration between two messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumerationState {
    /// Random; the same through the whole enumeration.
    pub id: [u8; 16],
    /// The principal that may go on with it.
    pub owner: String,
    /// When it ends, in seconds since the epoch.
    pub expires: u64,
    /// For how many seconds each answer makes it live on.
    pub lifetime: u32,
    /// In which URI space the client speaks.
    pub family: Family,
    /// What the items are.
    pub mode: Mode,
    /// How subclasses appear.
    pub polymorphism: Polymorphism,
    /// How instances are written.
    pub style: Style,
    /// Whether classes are listed instead of instances, and how; they are those below `class`.
    pub classes: Option<ClassListing>,
    /// The CIM namespace, if it is not the service's usual one.
    pub namespace: Option<String>,
    /// The class of the ResourceURI; `None` for all classes.
    pub class: Option<String>,
    /// What items have to satisfy.
    pub filter: Option<Filter>,
    /// The provider's position behind the last item sent; empty before the first.
    pub cursor: Vec<u8>,
}

/// The layout of the state; another release may add one.
const VERSION: u8 = 2;

impl EnumerationState {
    /// The context that stands for this state.
    pub fn seal(&self, seal: &dyn Seal) -> String {
        seal.seal(&self.encode())
    }

    /// The state in a context, if it is alive and belongs to `owner` at `now` (seconds since the
    /// epoch).
    ///
    /// # Errors
    /// `wsen:InvalidEnumerationContext` for a context that this service did not make or that belongs to
    /// somebody else: whoever guesses must not learn which. `wsen:TimedOut` for one that expired.
    pub fn open(context: &str, seal: &dyn Seal, owner: &str, now: u64) -> Result<Self, Fault> {
        let invalid = |why: &str| Fault::new(Subcode::InvalidEnumerationContext).because(why);
        seal.open(context)
            .and_then(|plain| Self::decode(&plain))
            .filter(|state| state.owner == owner)
            .ok_or_else(|| invalid("It is not a context of this service for this user."))
            .and_then(|state| {
                if state.expires <= now {
                    Err(Fault::new(Subcode::EnumerationTimedOut).because(
                        "Enumerate again; a longer wsen:Expires or a Renew in time keeps a context alive.",
                    ))
                } else {
                    Ok(state)
                }
            })
    }

    /// Lets it live for another lifetime from `now`.
    pub fn prolong(&mut self, now: u64) {
        self.expires = now + u64::from(self.lifetime);
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(96 + self.cursor.len());
        out.push(VERSION);
        out.extend_from_slice(&self.id);
        put_text(&mut out, &self.owner);
        put_number(&mut out, self.expires);
        put_number(&mut out, self.lifetime.into());
        out.push(match self.family {
            Family::Dmtf => 0,
            Family::Wmi => 1,
        });
        out.push(match self.mode {
            Mode::Object => 0,
            Mode::Epr => 1,
            Mode::ObjectAndEpr => 2,
        });
        out.push(match self.polymorphism {
            Polymorphism::IncludeSubClassProperties => 0,
            Polymorphism::ExcludeSubClassProperties => 1,
            Polymorphism::None => 2,
        });
        let Style {
            without_nil,
            marked_keys,
            precise_arrays,
        } = self.style;
        out.push(
            u8::from(without_nil) | u8::from(marked_keys) << 1 | u8::from(precise_arrays) << 2,
        );
        out.push(self.classes.map_or(0, |listing| {
            let ClassListing {
                parts:
                    ClassParts {
                        qualifiers,
                        class_origin,
                        inherited,
                        derivation,
                    },
                deep,
                schemas,
            } = listing;
            let flags = [
                true,
                qualifiers,
                class_origin,
                inherited,
                derivation,
                deep,
                schemas,
            ];
            flags
                .iter()
                .rev()
                .fold(0, |bits, flag| bits << 1 | u8::from(*flag))
        }));
        put_optional(&mut out, self.namespace.as_deref());
        put_optional(&mut out, self.class.as_deref());
        match &self.filter {
            None => out.push(0),
            Some(Filter::Wql(text)) => {
                out.push(1);
                put_text(&mut out, text);
            }
            Some(Filter::Cql(text)) => {
                out.push(2);
                put_text(&mut out, text);
            }
            Some(Filter::XPath(text)) => {
                out.push(6);
                put_text(&mut out, text);
            }
            Some(Filter::Selectors(set)) => {
                out.push(3);
                put_selectors(&mut out, set.as_slice());
            }
            Some(Filter::Association(filter)) => {
                out.push(if filter.associations { 5 } else { 4 });
                put_reference(&mut out, &filter.object);
                put_optional(&mut out, filter.association_class.as_deref());
                put_optional(&mut out, filter.role.as_deref());
                put_optional(&mut out, filter.result_class.as_deref());
                put_optional(&mut out, filter.result_role.as_deref());
                put_number(&mut out, filter.result_properties.len() as u64);
                for name in &filter.result_properties {
                    put_text(&mut out, name);
                }
            }
        }
        out.extend_from_slice(&self.cursor);
        out
    }

    fn decode(plain: &[u8]) -> Option<Self> {
        let mut from = Decoder(plain);
        if from.byte()? != VERSION {
            return None;
        }
        let id = from.take(16)?.try_into().ok()?;
        let owner = from.text()?;
        let expires = from.number()?;
        let lifetime = u32::try_from(from.number()?).ok()?;
        let family = match from.byte()? {
            0 => Family::Dmtf,
            1 => Family::Wmi,
            _ => return None,
        };
        let mode = match from.byte()? {
            0 => Mode::Object,
            1 => Mode::Epr,
            2 => Mode::ObjectAndEpr,
            _ => return None,
        };
        let polymorphism = match from.byte()? {
            0 => Polymorphism::IncludeSubClassProperties,
            1 => Polymorphism::ExcludeSubClassProperties,
            2 => Polymorphism::None,
            _ => return None,
        };
        let bits = from.byte()?;
        let style = Style {
            without_nil: bits & 1 != 0,
            marked_keys: bits & 2 != 0,
            precise_arrays: bits & 4 != 0,
        };
        let bits = from.byte()?;
        let flag = |n: u8| bits & 1 << n != 0;
        let classes = flag(0).then(|| ClassListing {
            parts: ClassParts {
                qualifiers: flag(1),
                class_origin: flag(2),
                inherited: flag(3),
                derivation: flag(4),
            },
            deep: flag(5),
            schemas: flag(6),
        });
        let namespace = from.optional()?;
        let class = from.optional()?;
        let filter = match from.byte()? {
            0 => None,
            1 => Some(Filter::Wql(from.text()?)),
            2 => Some(Filter::Cql(from.text()?)),
            6 => Some(Filter::XPath(from.text()?)),
            3 => Some(Filter::Selectors(from.selectors(0)?)),
            kind @ (4 | 5) => Some(Filter::Association(Box::new(AssociationFilter {
                associations: kind == 5,
                object: from.reference(0)?,
                association_class: from.optional()?,
                role: from.optional()?,
                result_class: from.optional()?,
                result_role: from.optional()?,
                result_properties: {
                    let count = from.number()?;
                    (0..count)
                        .map(|_| from.text())
                        .collect::<Option<Vec<String>>>()?
                },
            }))),
            _ => return None,
        };
        Some(Self {
            id,
            owner,
            expires,
            lifetime,
            family,
            mode,
            polymorphism,
            style,
            classes,
            namespace,
            class,
            filter,
            cursor: from.0.to_vec(),
        })
    }
}

fn put_number(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

fn put_optional(out: &mut Vec<u8>, text: Option<&str>) {
    out.push(text.is_some().into());
    if let Some(text) = text {
        put_text(out, text);
    }
}

fn put_selectors(out: &mut Vec<u8>, selectors: &[Selector]) {
    put_number(out, selectors.len() as u64);
    for Selector { name, value } in selectors {
        put_text(out, name);
        match value {
            SelectorValue::Text(text) => {
                out.push(0);
                put_text(out, text);
            }
            SelectorValue::Reference(reference) => {
                out.push(1);
                put_reference(out, reference);
            }
        }
    }
}

fn put_reference(out: &mut Vec<u8>, reference: &Epr) {
    put_text(out, &reference.resource_uri);
    put_selectors(out, &reference.selectors);
}

/// Reads what the `put_` functions wrote; `None` as soon as anything is not so.
struct Decoder<'a>(&'a [u8]);

impl<'a> Decoder<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn number(&mut self) -> Option<u64> {
        let mut n = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            n |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(n);
            }
        }
        None
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    fn optional(&mut self) -> Option<Option<String>> {
        match self.byte()? {
            0 => Some(None),
            1 => self.text().map(Some),
            _ => None,
        }
    }

    fn selectors(&mut self, depth: usize) -> Option<SelectorSet> {
        let mut set = SelectorSet::default();
        for _ in 0..self.number()? {
            let name = self.text()?;
            let value = match self.byte()? {
                0 => SelectorValue::Text(self.text()?),
                1 if depth < crate::epr::MAX_NESTING => {
                    SelectorValue::Reference(Box::new(self.reference(depth + 1)?))
                }
                _ => return None,
            };
            set.add(name, value).ok()?;
        }
        Some(set)
    }

    fn reference(&mut self, depth: usize) -> Option<Epr> {
        Some(Epr {
            address: String::new(),
            resource_uri: self.text()?,
            selectors: self.selectors(depth)?.into_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Seals by reversing and spelling in hex: what the tests need is that it is opaque.
    struct Hex;

    impl Seal for Hex {
        fn seal(&self, plain: &[u8]) -> String {
            plain.iter().rev().map(|b| format!("{b:02x}")).collect()
        }

        fn open(&self, token: &str) -> Option<Vec<u8>> {
            token.is_ascii().then_some(())?;
            let pairs = (0..token.len()).step_by(2);
            pairs
                .rev()
                .map(|at| u8::from_str_radix(token.get(at..at + 2)?, 16).ok())
                .collect()
        }
    }

    fn reference(depth: u32) -> BoxedStrategy<Epr> {
        let value = if depth == 0 {
            ".{0,12}".prop_map(SelectorValue::Text).boxed()
        } else {
            prop_oneof![
                ".{0,12}".prop_map(SelectorValue::Text),
                reference(depth - 1).prop_map(|r| SelectorValue::Reference(Box::new(r)))
            ]
            .boxed()
        };
        (
            ".{0,20}",
            prop::collection::btree_map("[a-z]{1,6}", value, 0..4),
        )
            .prop_map(|(resource_uri, selectors)| {
                let mut set = SelectorSet::default();
                for (name, value) in selectors {
                    set.add(name, value).unwrap();
                }
                Epr {
                    address: String::new(),
                    resource_uri,
                    selectors: set.into_vec(),
                }
            })
            .boxed()
    }

    fn filter() -> impl Strategy<Value = Option<Filter>> {
        let name = || prop::option::of("[A-Za-z]{1,8}");
        prop::option::of(prop_oneof![
            ".{0,40}".prop_map(Filter::Wql),
            ".{0,40}".prop_map(Filter::Cql),
            reference(0).prop_map(|r| Filter::Selectors(r.selectors.into())),
            (
                any::<bool>(),
                reference(2),
                name(),
                name(),
                name(),
                name(),
                prop::collection::vec("[A-Z]{1,4}", 0..3)
            )
                .prop_map(
                    |(
                        associations,
                        object,
                        association_class,
                        role,
                        result_class,
                        result_role,
                        result_properties,
                    )| {
                        Filter::Association(Box::new(AssociationFilter {
                            associations,
                            object,
                            association_class,
                            role,
                            result_class,
                            result_role,
                            result_properties,
                        }))
                    }
                ),
        ])
    }

    fn state() -> impl Strategy<Value = EnumerationState> {
        (
            any::<[u8; 16]>(),
            ".{0,10}",
            1u64..,
            any::<u32>(),
            prop::option::of(".{0,10}"),
            filter(),
            any::<(bool, bool)>(),
            prop::collection::vec(any::<u8>(), 0..20),
        )
            .prop_map(
                |(id, owner, expires, lifetime, class, filter, style, cursor)| EnumerationState {
                    id,
                    owner,
                    expires,
                    lifetime,
                    family: if style.0 { Family::Wmi } else { Family::Dmtf },
                    mode: Mode::ObjectAndEpr,
                    polymorphism: Polymorphism::None,
                    style: Style {
                        without_nil: style.0,
                        marked_keys: style.1,
                        precise_arrays: style.0 != style.1,
                    },
                    classes: style.0.then(|| ClassListing {
                        schemas: style.1,
                        parts: ClassParts {
                            qualifiers: style.1,
                            inherited: true,
                            ..ClassParts::default()
                        },
                        deep: !style.1,
                    }),
                    namespace: style.1.then(|| "root/interop".to_owned()),
                    class,
                    filter,
                    cursor,
                },
            )
    }

    proptest! {
        #[test]
        fn contexts_survive(state in state()) {
            let context = state.seal(&Hex);
            prop_assert_eq!(EnumerationState::open(&context, &Hex, &state.owner, state.expires - 1), Ok(state));
        }

        #[test]
        fn no_bytes_panic(plain in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = EnumerationState::decode(&plain);
        }

        #[test]
        fn foreign_and_expired_contexts_are_refused(state in state()) {
            let context = state.seal(&Hex);
            let stranger = format!("{}x", state.owner);
            // Who is not the owner does not even learn that it has expired.
            for (owner, now, subcode) in [
                (&stranger, 0, Subcode::InvalidEnumerationContext),
                (&stranger, state.expires, Subcode::InvalidEnumerationContext),
                (&state.owner, state.expires, Subcode::EnumerationTimedOut),
            ] {
                let fault = EnumerationState::open(&context, &Hex, owner, now).unwrap_err();
                prop_assert_eq!(fault.subcode(), subcode);
            }
        }
    }
}
