//! How values are restricted: `ValueMap`, `MaxLen`, `MinValue`, `MaxValue` (DSP0230 9).

use cim_core::{CimType, Embedded, PropertyDescriptor, ValueMap};

use super::escape;
use crate::structs::integer;

/// How a value is restricted beyond its type.
pub(super) enum Facets {
    None,
    Restriction(Vec<String>),
    Union(Vec<Vec<String>>),
}

pub(super) fn facets(property: &PropertyDescriptor) -> Facets {
    if property.embedded != Embedded::No {
        return Facets::None;
    }
    let has_list = property.ty.is_integer() || property.ty == CimType::String;
    if let Some(map) = property.value_map.filter(|map| has_list && !map.is_open()) {
        return value_map_facets(map, property.ty);
    }
    let mut facets = Vec::new();
    let is_number =
        property.ty.is_integer() || matches!(property.ty, CimType::Real32 | CimType::Real64);
    // What the type has anyway, or never has, is no facet: DMTF's own classes restrict datetimes.
    let in_range = |n: &i64| match (property.ty.unsigned_max(), property.ty.signed_range()) {
        (Some(max), _) => u64::try_from(*n).is_ok_and(|n| n <= max),
        (_, Some((min, max))) => (min..=max).contains(n),
        _ => is_number,
    };
    if let Some(max) = property.max_len.filter(|_| property.ty == CimType::String) {
        facets.push(format!("<xs:maxLength value=\"{max}\"/>"));
    }
    if let Some(min) = property.min_value.filter(in_range) {
        facets.push(format!("<xs:minInclusive value=\"{min}\"/>"));
    }
    if let Some(max) = property.max_value.filter(in_range) {
        facets.push(format!("<xs:maxInclusive value=\"{max}\"/>"));
    }
    if facets.is_empty() {
        Facets::None
    } else {
        Facets::Restriction(facets)
    }
}

/// Single values are enumerated; ranges of an integer make a union.
fn value_map_facets(map: ValueMap, ty: CimType) -> Facets {
    // Integers as XML Schema writes them; MOF has hexadecimal ones, too.
    let number = |text: &str| match integer(text.trim()) {
        Some(n) if ty.is_integer() => n.to_string(),
        _ => escape(text),
    };
    let enumeration = |value: &&str| format!("<xs:enumeration value=\"{}\"/>", number(value));
    let (ranges, single): (Vec<&str>, Vec<&str>) = map
        .values
        .iter()
        .partition(|value| ty.is_integer() && value.contains(".."));
    if ranges.is_empty() {
        return Facets::Restriction(single.iter().map(enumeration).collect());
    }
    let mut members = Vec::new();
    if !single.is_empty() {
        members.push(single.iter().map(enumeration).collect());
    }
    for range in ranges {
        let mut bounds = Vec::new();
        if let Some((from, to)) = range.split_once("..") {
            if !from.is_empty() {
                bounds.push(format!("<xs:minInclusive value=\"{}\"/>", number(from)));
            }
            if !to.is_empty() {
                bounds.push(format!("<xs:maxInclusive value=\"{}\"/>", number(to)));
            }
        }
        members.push(bounds);
    }
    Facets::Union(members)
}
