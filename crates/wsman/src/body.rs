//! The bodies of WS-Enumeration requests (DSP0226 8, DSP0227 8).
//!
//! Children are taken in any order and from either namespace that clients use for them: `MaxElements`
//! is `wsman` in Enumerate and `wsen` in Pull, and one client mixes them up.

use std::num::NonZeroUsize;
use std::time::Duration;

use cim_core::DateTime;
use xml_wire::{Element, Event, Reader};

use crate::enumeration::{AssociationFilter, Filter, Mode, Polymorphism};
use crate::fault::{Detail, Fault, Subcode};
use crate::headers::{Problems, clip, duration};
use crate::references::{read_reference, read_selector_set};
use crate::request::schema;
use crate::uris::{dialect, ns};

/// Longest filter text in bytes: it has to travel in every context.
pub const MAX_FILTER: usize = 8 * 1024;
/// Longest enumeration context taken.
const MAX_CONTEXT: usize = 64 * 1024;
/// Most names in one association filter's IncludeResultProperty.
const MAX_RESULT_PROPERTIES: usize = 128;

/// An Enumerate request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enumerate {
    /// `wsen:Expires`
    pub expires: Option<Expires>,
    /// The filter.
    pub filter: Option<Filter>,
    /// `wsman:OptimizeEnumeration`: the first items are wanted in the answer.
    pub optimize: bool,
    /// `wsman:EnumerationMode`
    pub mode: Mode,
    /// `wsmb:PolymorphismMode`
    pub polymorphism: Polymorphism,
    /// How much is wanted at once, if `optimize`.
    pub batch: Batch,
}

/// How much one answer may hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// `MaxElements`; absent means 1 (WS-Enumeration 3.2).
    pub max_elements: Option<NonZeroUsize>,
    /// `MaxCharacters` of all items.
    pub max_characters: Option<NonZeroUsize>,
    /// `MaxTime`
    pub max_time: Option<Duration>,
}

/// A Pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    /// `wsen:EnumerationContext`
    pub context: String,
    /// How much is wanted.
    pub batch: Batch,
}

/// A Renew request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renew {
    /// `wsen:EnumerationContext`
    pub context: String,
    /// `wsen:Expires`
    pub expires: Option<Expires>,
}

/// Until when an enumeration shall live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expires {
    /// For this long from now.
    In(Duration),
    /// Until this time, in seconds since the epoch.
    At(i64),
}

/// Reads the content of `wsen:Enumerate`.
pub(crate) fn read_enumerate(reader: &mut Reader<'_>) -> Result<Enumerate, Fault> {
    let mut request = Enumerate::default();
    while let Some(part) = reader.child()? {
        match (part.ns(), part.local()) {
            (ns::WSEN, "EndTo") => {
                return Err(Fault::new(Subcode::UnsupportedFeature)
                    .detail(Detail::AddressingMode)
                    .because("The end of an enumeration is not announced: leave wsen:EndTo out."));
            }
            (ns::WSEN, "Expires") => request.expires = Some(read_expires(reader)?),
            (ns::WSEN | ns::WSMAN, "Filter") => {
                if request.filter.is_some() {
                    return Err(cannot_filter("A request has at most one filter."));
                }
                request.filter = Some(read_filter(reader, &part)?);
            }
            (ns::WSMAN, "OptimizeEnumeration") => {
                request.optimize = true;
                reader.skip()?;
            }
            (ns::WSMAN, "EnumerationMode") => {
                let text = reader.trimmed_text()?;
                request.mode = match &*text {
                    "EnumerateObject" | "" => Mode::Object,
                    "EnumerateEPR" => Mode::Epr,
                    "EnumerateObjectAndEPR" => Mode::ObjectAndEpr,
                    other => {
                        return Err(Fault::new(Subcode::UnsupportedFeature)
                            .detail(Detail::EnumerationMode)
                            .because(format!(
                                "`{}` is not one of EnumerateEPR, EnumerateObjectAndEPR.",
                                clip(other)
                            )));
                    }
                };
            }
            (ns::WSMB, "PolymorphismMode") => {
                let text = reader.trimmed_text()?;
                request.polymorphism = match &*text {
                    "IncludeSubClassProperties" | "" => Polymorphism::IncludeSubClassProperties,
                    "ExcludeSubClassProperties" => Polymorphism::ExcludeSubClassProperties,
                    "None" => Polymorphism::None,
                    other => {
                        return Err(Fault::new(Subcode::PolymorphismModeNotSupported).because(
                            format!(
                                "`{}` is not one of IncludeSubClassProperties, ExcludeSubClassProperties, None.",
                                clip(other)
                            ),
                        ));
                    }
                };
            }
            _ => read_batch(reader, &part, &mut request.batch)?,
        }
    }
    Ok(request)
}

/// Reads the content of `wsen:Pull`.
pub(crate) fn read_pull(reader: &mut Reader<'_>) -> Result<Pull, Fault> {
    let mut context = None;
    let mut batch = Batch::default();
    while let Some(part) = reader.child()? {
        if part.is(ns::WSEN, "EnumerationContext") {
            context = Some(context_text(reader)?);
        } else {
            read_batch(reader, &part, &mut batch)?;
        }
    }
    Ok(Pull {
        context: need_context(context)?,
        batch,
    })
}

/// Reads the content of `wsen:Renew`.
pub(crate) fn read_renew(reader: &mut Reader<'_>) -> Result<Renew, Fault> {
    let (mut context, mut expires) = (None, None);
    while let Some(part) = reader.child()? {
        match (part.ns(), part.local()) {
            (ns::WSEN, "EnumerationContext") => context = Some(context_text(reader)?),
            (ns::WSEN, "Expires") => expires = Some(read_expires(reader)?),
            _ => reader.skip()?,
        }
    }
    Ok(Renew {
        context: need_context(context)?,
        expires,
    })
}

/// Reads the content of `wsen:Release` or `wsen:GetStatus`.
pub(crate) fn read_context(reader: &mut Reader<'_>) -> Result<String, Fault> {
    let mut context = None;
    while let Some(part) = reader.child()? {
        if part.is(ns::WSEN, "EnumerationContext") {
            context = Some(context_text(reader)?);
        } else {
            reader.skip()?;
        }
    }
    need_context(context)
}

fn context_text(reader: &mut Reader<'_>) -> Result<String, Fault> {
    let text = reader.trimmed_text()?;
    if text.is_empty() || text.len() > MAX_CONTEXT {
        return Err(Fault::new(Subcode::InvalidEnumerationContext)
            .because("It is not a context of this service."));
    }
    Ok(text.into_owned())
}

fn need_context(context: Option<String>) -> Result<String, Fault> {
    context.ok_or_else(|| schema("wsen:EnumerationContext is missing."))
}

fn read_batch(reader: &mut Reader<'_>, part: &Element<'_>, batch: &mut Batch) -> Result<(), Fault> {
    if !matches!(part.ns(), ns::WSEN | ns::WSMAN) {
        reader.skip()?;
        return Ok(());
    }
    match part.local() {
        "MaxElements" => batch.max_elements = Some(read_positive(reader, "MaxElements")?),
        "MaxCharacters" => batch.max_characters = Some(read_positive(reader, "MaxCharacters")?),
        "MaxTime" => {
            let text = reader.trimmed_text()?;
            batch.max_time = Some(duration(&text).ok_or_else(|| {
                schema(format!(
                    "`{}` is not a MaxTime; the form is a duration such as PT5S.",
                    clip(&text)
                ))
            })?);
        }
        _ => reader.skip()?,
    }
    Ok(())
}

pub(crate) fn read_positive(reader: &mut Reader<'_>, what: &str) -> Result<NonZeroUsize, Fault> {
    let text = reader.trimmed_text()?;
    let digits = text.strip_prefix('+').unwrap_or(&text);
    let number = if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        // However many digits: more than can be counted is as good as no bound.
        NonZeroUsize::new(digits.parse().unwrap_or(usize::MAX))
    } else {
        None
    };
    number.ok_or_else(|| {
        schema(format!(
            "`{}` is not a {what}; the form is a number greater than 0.",
            clip(&text)
        ))
    })
}

fn read_expires(reader: &mut Reader<'_>) -> Result<Expires, Fault> {
    let text = reader.trimmed_text()?;
    let invalid = || {
        Fault::new(Subcode::InvalidExpirationTime).because(format!(
            "`{}` is neither a duration such as PT10M nor a time such as 2026-11-24T10:00:00Z in the future.",
            clip(&text)
        ))
    };
    expiration(&text).ok_or_else(invalid)
}

/// A duration greater than nothing, or a time.
pub(crate) fn expiration(text: &str) -> Option<Expires> {
    if text.starts_with('P') {
        return duration(text)
            .or_else(|| long_duration(text))
            .filter(|duration| !duration.is_zero())
            .map(Expires::In);
    }
    let micros = DateTime::parse_xs_datetime(text).ok()?.instant_micros()?;
    Some(Expires::At(micros.div_euclid(1_000_000)))
}

/// The longest that an expiration is taken for: more than anybody grants.
const LONGEST: u64 = 99_999_999 * 86_400;

/// An `xs:duration` with years or months, or longer than one that can be waited for: nobody grants it to the
/// second, so the longest years and months count.
fn long_duration(text: &str) -> Option<Duration> {
    let rest = text.strip_prefix('P')?;
    let (date, time) = match rest.split_once('T') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None if rest.is_empty() => return None,
        None => (rest, ""),
    };
    let date = seconds_of(
        date,
        &[('Y', 366 * 86_400), ('M', 31 * 86_400), ('D', 86_400)],
    )?;
    let time = seconds_of(time, &[('H', 3600), ('M', 60), ('S', 1)])?;
    Some(Duration::from_secs(date.saturating_add(time).min(LONGEST)))
}

/// The seconds in numbers with units, which come in this order.
fn seconds_of(mut text: &str, units: &[(char, u64)]) -> Option<u64> {
    let (mut units, mut sum) = (units.iter(), 0_u64);
    while !text.is_empty() {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, rest) = text.split_at_checked(end)?;
        let unit = rest.chars().next()?;
        let (_, seconds) = units.find(|(name, _)| *name == unit)?;
        let whole = match number.split_once('.') {
            None => number,
            Some((whole, fraction)) if unit == 'S' && !fraction.is_empty() => fraction
                .bytes()
                .all(|b| b.is_ascii_digit())
                .then_some(whole)?,
            Some(_) => return None,
        };
        if whole.is_empty() {
            return None;
        }
        // What no number holds is longer than anything.
        let count: u64 = whole.parse().unwrap_or(u64::MAX);
        sum = sum.saturating_add(count.saturating_mul(*seconds));
        text = rest.get(unit.len_utf8()..)?;
    }
    Some(sum)
}

fn cannot_filter(why: impl Into<String>) -> Fault {
    Fault::new(Subcode::CannotProcessFilter).because(why)
}

pub(crate) fn read_filter(reader: &mut Reader<'_>, filter: &Element<'_>) -> Result<Filter, Fault> {
    let name = filter
        .attribute("", "Dialect")
        .unwrap_or(dialect::XPATH)
        .trim();
    // Documents print some dialects with another host; only the path tells them apart.
    let path = |uri: &str| {
        uri.split_once("://")
            .map_or("", |(_, r)| r.split_once('/').map_or("", |(_, p)| p))
            .to_owned()
    };
    let known = dialect::SUPPORTED
        .into_iter()
        .find(|known| *known == name || path(known).eq_ignore_ascii_case(&path(name)));
    match known {
        Some(dialect::WQL) => Ok(Filter::Wql(filter_text(reader)?)),
        Some(dialect::CQL) => Ok(Filter::Cql(filter_text(reader)?)),
        Some(dialect::XPATH) => Ok(Filter::XPath(filter_text(reader)?)),
        Some(dialect::SELECTOR) => {
            let set = only_child(reader, "one wsman:SelectorSet")?;
            if !set.is(ns::WSMAN, "SelectorSet") {
                return Err(cannot_filter(
                    "A selector filter consists of one wsman:SelectorSet.",
                ));
            }
            let mut problems = Problems::default();
            let selectors = read_selector_set(reader, 0, &mut problems)?;
            if let Some(problem) = problems.first {
                return Err(cannot_filter(problem.message()));
            }
            no_more(reader)?;
            Ok(Filter::Selectors(selectors))
        }
        Some(_) => {
            let walk = only_child(
                reader,
                "wsmb:AssociatedInstances or wsmb:AssociationInstances",
            )?;
            let associations = match (walk.ns(), walk.local()) {
                (ns::WSMB, "AssociatedInstances") => false,
                (ns::WSMB, "AssociationInstances") => true,
                _ => {
                    return Err(cannot_filter(format!(
                        "<{}> is neither wsmb:AssociatedInstances nor wsmb:AssociationInstances.",
                        walk.local()
                    )));
                }
            };
            let walk = read_association(reader, associations)?;
            no_more(reader)?;
            Ok(Filter::Association(Box::new(walk)))
        }
        None => Err(Fault::unknown_dialect(clip(name))),
    }
}

fn filter_text(reader: &mut Reader<'_>) -> Result<String, Fault> {
    let text = reader
        .trimmed_text()
        .map_err(|e| cannot_filter(e.to_string()))?;
    if text.is_empty() {
        return Err(cannot_filter("The filter is empty."));
    }
    if text.len() > MAX_FILTER {
        return Err(cannot_filter(format!(
            "The filter has {} bytes; at most {MAX_FILTER} are taken.",
            text.len()
        )));
    }
    Ok(text.into_owned())
}

/// The element in a filter, past white space; text there breaks DSP0226 R8.2.1-3.
fn only_child<'a>(reader: &mut Reader<'a>, expected: &str) -> Result<Element<'a>, Fault> {
    loop {
        match reader.next()? {
            Event::Start(element) => return Ok(element),
            Event::Text(text) if text.trim().is_empty() => {}
            _ => {
                return Err(cannot_filter(format!(
                    "The filter of this dialect consists of {expected}."
                )));
            }
        }
    }
}

fn no_more(reader: &mut Reader<'_>) -> Result<(), Fault> {
    loop {
        match reader.next()? {
            Event::End => return Ok(()),
            Event::Text(text) if text.trim().is_empty() => {}
            _ => return Err(cannot_filter("A filter consists of exactly one element.")),
        }
    }
}

fn read_association(
    reader: &mut Reader<'_>,
    associations: bool,
) -> Result<AssociationFilter, Fault> {
    let mut walk = AssociationFilter {
        associations,
        ..AssociationFilter::default()
    };
    let mut has_object = false;
    while let Some(part) = reader.child()? {
        if part.ns() != ns::WSMB {
            reader.skip()?;
            continue;
        }
        match part.local() {
            "Object" => {
                has_object = true;
                let mut problems = Problems::default();
                walk.object = read_reference(reader, 0, &mut problems)?;
                if let Some(problem) = problems.first {
                    return Err(problem);
                }
            }
            // Of AssociationInstances it is no element, but one client lets its user write it there.
            "AssociationClassName" => walk.association_class = read_name(reader)?,
            "ResultRole" => walk.result_role = read_name(reader)?,
            "ResultClassName" => walk.result_class = read_name(reader)?,
            "Role" => walk.role = read_name(reader)?,
            "IncludeResultProperty" => {
                if walk.result_properties.len() >= MAX_RESULT_PROPERTIES {
                    return Err(cannot_filter(format!(
                        "More than {MAX_RESULT_PROPERTIES} IncludeResultProperty."
                    )));
                }
                walk.result_properties.extend(read_name(reader)?);
            }
            // What is not looked at would let through more than was asked for.
            other => {
                return Err(cannot_filter(format!(
                    "<wsmb:{}> is no element of an association filter; there are Object, AssociationClassName, Role, ResultClassName, ResultRole and IncludeResultProperty.",
                    clip(other)
                )));
            }
        }
    }
    if associations && walk.result_role.is_some() {
        return Err(cannot_filter(
            "wsmb:ResultRole names the end at which a result is; an association instance is at none.",
        ));
    }
    if !has_object {
        return Err(schema("wsmb:Object is missing in the association filter."));
    }
    if walk.object.resource_uri.is_empty() {
        return Err(cannot_filter(
            "wsmb:Object has no wsman:ResourceURI in its wsa:ReferenceParameters.",
        ));
    }
    Ok(walk)
}

/// A name; an empty element means the same as none (one client always sends them all).
fn read_name(reader: &mut Reader<'_>) -> Result<Option<String>, Fault> {
    let text = reader.trimmed_text()?;
    Ok((!text.is_empty()).then(|| text.into_owned()))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Expires, LONGEST, expiration};

    #[test]
    fn expirations_of_any_length() {
        for (text, seconds) in [
            ("PT1H", Some(3600)),
            ("P1Y", Some(366 * 86_400)),
            (
                "P1Y2M3DT4H5M6.7S",
                Some((366 + 62 + 3) * 86_400 + 4 * 3600 + 306),
            ),
            ("P1M", Some(31 * 86_400)),
            ("PT99999999999999999999S", Some(LONGEST)),
            ("P99999999999999999999Y", Some(LONGEST)),
            ("PT3960732748S", Some(3_960_732_748)),
            ("PT0S", None),
            ("P0Y", None),
            ("P", None),
            ("PT", None),
            ("P1YT", None),
            ("P1M1Y", None),
            ("P1.5Y", None),
            ("PY", None),
            ("P1S", None),
            ("P1Yé", None),
            ("PT99999999999999999999.S", None),
            ("-P1Y", None),
        ] {
            let expected = seconds.map(|seconds| Expires::In(Duration::from_secs(seconds)));
            assert_eq!(expiration(text), expected, "{text}");
        }
    }
}
