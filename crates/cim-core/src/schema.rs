//! A set of classes that belong together.

use rustc_hash::FxHashMap;

use crate::ClassDescriptor;

/// The classes of a CIM namespace, found by name in any case, with the way from a class down to its
/// subclasses.
#[derive(Debug, Default)]
pub struct Schema {
    classes: Vec<&'static ClassDescriptor>,
    by_name: FxHashMap<String, usize>,
    /// The same for names in the schema's own spelling, which most callers have: no copy is made.
    by_exact_name: FxHashMap<&'static str, usize>,
    subclasses: Vec<Vec<usize>>,
}

impl Schema {
    /// A schema of these classes; a later class of the same name replaces an earlier one.
    pub fn new(classes: impl IntoIterator<Item = &'static ClassDescriptor>) -> Self {
        let mut schema = Self::default();
        for class in classes {
            match schema.by_name.entry(class.name.to_ascii_lowercase()) {
                std::collections::hash_map::Entry::Occupied(at) => {
                    schema.classes[*at.get()] = class;
                }
                std::collections::hash_map::Entry::Vacant(at) => {
                    at.insert(schema.classes.len());
                    schema.classes.push(class);
                }
            }
        }
        schema.by_exact_name = schema
            .classes
            .iter()
            .enumerate()
            .map(|(at, class)| (class.name, at))
            .collect();
        schema.subclasses = vec![Vec::new(); schema.classes.len()];
        for (at, class) in schema.classes.iter().enumerate() {
            if let Some(parent) = class.superclass.and_then(|name| schema.index(name)) {
                schema.subclasses[parent].push(at);
            }
        }
        schema
    }

    fn index(&self, name: &str) -> Option<usize> {
        if let Some(at) = self.by_exact_name.get(name) {
            return Some(*at);
        }
        if name.bytes().any(|b| b.is_ascii_uppercase()) {
            self.by_name
                .get(name.to_ascii_lowercase().as_str())
                .copied()
        } else {
            self.by_name.get(name).copied()
        }
    }

    /// The class of that name, in any case.
    pub fn class(&self, name: &str) -> Option<&'static ClassDescriptor> {
        self.index(name).map(|at| self.classes[at])
    }

    /// All classes, in the order given.
    pub fn classes(&self) -> &[&'static ClassDescriptor] {
        &self.classes
    }

    /// The direct subclasses of a class.
    pub fn subclasses(&self, name: &str) -> impl Iterator<Item = &'static ClassDescriptor> + '_ {
        self.index(name)
            .map_or(&[][..], |at| &self.subclasses[at])
            .iter()
            .map(|at| self.classes[*at])
    }

    /// The class and everything that derives from it, depth first.
    pub fn closure(&self, name: &str) -> Vec<&'static ClassDescriptor> {
        let mut found = Vec::new();
        let mut stack: Vec<usize> = self.index(name).into_iter().collect();
        while let Some(at) = stack.pop() {
            found.push(self.classes[at]);
            stack.extend(self.subclasses[at].iter().rev());
        }
        found
    }

    /// The known class name that is most like `name`, for "did you mean" messages.
    pub fn nearest_class(&self, name: &str) -> Option<&'static str> {
        nearest(name, self.classes.iter().map(|c| c.name))
    }
}

/// The candidate with the smallest edit distance to `name`, if it is close enough to be meant.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = 1 + name.len() / 4;
    candidates
        .map(|candidate| (edit_distance(name, candidate, limit), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn edit_distance(a: &str, b: &str, limit: usize) -> usize {
    if a.len().abs_diff(b.len()) > limit || a.len() > 256 {
        return limit + 1;
    }
    let b: Vec<u8> = b.bytes().map(|c| c.to_ascii_lowercase()).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.bytes().map(|c| c.to_ascii_lowercase()).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
