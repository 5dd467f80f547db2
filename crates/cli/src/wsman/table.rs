//! Tables for people.

use serde_json::{Map, Value as Json};

use super::known;
use super::show::{CLASS, REFERENCE};

/// What most people want to see of most classes, beside the keys.
const USUAL: [&str; 8] = [
    "ElementName",
    "Name",
    "State",
    "EnabledState",
    "HealthState",
    "OperationalStatus",
    "Status",
    "PercentComplete",
];

/// Columns of a table where neither keys nor the usual properties are there.
const FEW: usize = 5;

/// Wider cells are cut.
const WIDEST: usize = 60;

/// One instance: a property a line, those without a value left out.
pub(super) fn one(instance: &Map<String, Json>) -> String {
    let shown: Vec<_> = instance.iter().filter(|(_, v)| !v.is_null()).collect();
    let width = shown.iter().map(|(k, _)| k.chars().count()).max();
    let width = width.unwrap_or(0);
    let mut out = String::new();
    for (name, value) in shown {
        let name = if name == CLASS {
            "Class"
        } else {
            name.trim_start_matches('@')
        };
        out.push_str(&format!("{name:width$}  {}\n", cell(value)));
    }
    out
}

/// Several instances: one a line.
pub(super) fn many(instances: &[Map<String, Json>], columns: &[String]) -> String {
    let columns = if columns.is_empty() {
        usual(instances)
    } else {
        columns.to_vec()
    };
    let row = |instance: &Map<String, Json>| -> Vec<String> {
        let cells = columns.iter().map(|column| {
            let found = instance
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(column));
            let text = found.map_or(String::new(), |(_, value)| cell(value));
            // A reference is for use in the next command.
            if column == REFERENCE { text } else { cut(text) }
        });
        cells.collect()
    };
    let heads = columns
        .iter()
        .map(|c| c.trim_start_matches('@').to_uppercase());
    let mut rows = vec![heads.collect::<Vec<_>>()];
    rows.extend(instances.iter().map(row));
    rows_to_text(&rows)
}

/// Rows with aligned columns.
pub(super) fn rows_to_text(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|at| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(&format!("{cell:width$}  "));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Which columns say most: the class if there are several, references, keys, usual properties.
fn usual(instances: &[Map<String, Json>]) -> Vec<String> {
    let Some(first) = instances.first() else {
        return vec!["InstanceID".into()];
    };
    let has = |name: &str| {
        instances
            .iter()
            .any(|i| i.get(name).is_some_and(|v| !v.is_null()))
    };
    let mut columns: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if has(name) && !columns.iter().any(|have| have == name) {
            columns.push(name.to_owned());
        }
    };
    if instances.iter().any(|i| i.get(CLASS) != first.get(CLASS)) {
        add(CLASS);
    }
    add(REFERENCE);
    let class = first.get(CLASS).and_then(Json::as_str);
    match class.and_then(|class| known().class(class)) {
        Some(class) => class.key_properties().for_each(|key| add(key.name)),
        None => ["InstanceID", "DeviceID"].into_iter().for_each(&mut add),
    }
    USUAL.into_iter().for_each(&mut add);
    if columns.iter().all(|column| column == CLASS) {
        let scalars = first
            .iter()
            .filter(|(name, value)| {
                !name.starts_with('@')
                    && !value.is_null()
                    && !value.is_array()
                    && !value.is_object()
            })
            .take(FEW);
        columns.extend(scalars.map(|(name, _)| name.clone()));
    }
    columns
}

/// A value in one line.
pub(super) fn cell(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.replace(|c: char| c.is_control(), " "),
        Json::Array(values) => {
            let cells: Vec<_> = values.iter().map(cell).collect();
            cells.join(", ")
        }
        other => other.to_string(),
    }
}

fn cut(cell: String) -> String {
    if cell.chars().count() <= WIDEST {
        return cell;
    }
    let mut cut: String = cell.chars().take(WIDEST - 1).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn map(value: Json) -> Map<String, Json> {
        match value {
            Json::Object(map) => map,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn rows_have_keys_and_usual_properties() {
        let machine = |id: &str, state: &str| {
            map(json!({"@class": "CIMI_Machine", "InstanceID": id, "State": state, "CPU": 1}))
        };
        let rows = [
            machine("machines/1", "STARTED"),
            machine("machines/22", "STOPPED"),
        ];
        assert_eq!(
            many(&rows, &[]),
            "INSTANCEID   STATE\nmachines/1   STARTED\nmachines/22  STOPPED\n"
        );
        assert_eq!(
            many(&rows[..1], &["cpu".into(), "None".into()]),
            "CPU  NONE\n1\n"
        );
        let other = map(json!({"@class": "X", "B": 1, "A": "x\ny", "C": [1, 2]}));
        assert_eq!(many(std::slice::from_ref(&other), &[]), "A    B\nx y  1\n");
        assert_eq!(
            one(&other),
            "Class   X\nA       x y\nB       1\nC       1, 2\n"
        );
        assert_eq!(many(&[], &[]), "INSTANCEID\n");
        let long = "x".repeat(99);
        let cut = many(&[map(json!({"@reference": long, "Name": long}))], &[]);
        assert_eq!(
            cut.lines().last(),
            Some(format!("{long}  {}…", &long[..WIDEST - 1]).as_str())
        );
    }
}
