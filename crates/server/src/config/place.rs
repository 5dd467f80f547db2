//! Where in a configuration file something stands, for people who have to mend it.

use std::path::{Path, PathBuf};

use cim_core::nearest;
use toml::de::{DeTable, DeValue};

/// A file that a configuration was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigSource {
    path: PathBuf,
    text: String,
}

impl ConfigSource {
    pub(super) fn new(path: &Path, text: String) -> Self {
        Self {
            path: path.to_owned(),
            text,
        }
    }

    /// `FILE:LINE` of a key such as `limits.requests` or `cloud.1.url`, or of the table that it is missing from; `None`
    /// if nothing of it is in the file.
    pub(super) fn place(&self, key: &str) -> Option<String> {
        let document = DeTable::parse(&self.text).ok()?;
        let mut table = document.get_ref();
        let mut found = None;
        let mut steps = key.split('.');
        'down: while let Some(step) = steps.next() {
            let Some((name, value)) = table.get_key_value(step) else {
                break;
            };
            found = Some(name.span().start);
            let mut value = value;
            loop {
                match value.get_ref() {
                    DeValue::Table(inner) => {
                        table = inner;
                        continue 'down;
                    }
                    DeValue::Array(items) => {
                        let at = steps.next().and_then(|step| step.parse::<usize>().ok());
                        let Some(item) = at.and_then(|at| items.get(at)) else {
                            break 'down;
                        };
                        found = Some(item.span().start);
                        value = item;
                    }
                    _ => break 'down,
                }
            }
        }
        let before = self.text.get(..found?)?;
        let line = before.matches('\n').count() + 1;
        Some(format!("{}:{line}", self.path.display()))
    }

    /// What is wrong with a file that cannot be read, with the line and what may be meant.
    pub(super) fn unreadable(&self, error: &toml::de::Error) -> String {
        let mut text = format!("{}: {}", self.path.display(), error.to_string().trim_end());
        if let Some(meant) = meant(error.message()) {
            text.push_str(&format!("\ndid you mean `{meant}`?"));
        } else if error
            .message()
            .starts_with("invalid type: map, expected a sequence")
        {
            text.push_str(
                "\neach of them begins with its name in double brackets, such as [[cloud]]",
            );
        }
        text
    }
}

/// The one of the names that are possible which is most like the one that is not.
fn meant(message: &str) -> Option<&str> {
    let mut names = message.split('`').skip(1).step_by(2);
    let given = names.next()?;
    let is_name = message.starts_with("unknown field") || message.starts_with("unknown variant");
    nearest(given, names).filter(|_| is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_where_they_stand() {
        let text = "listen = 'off'\n\n[limits]\nrequests = 1\n\n[[cloud]]\nname = 'a'\n[[cloud]]\nname = 'b'\n\
                    url = 'u'\n[cloud.headers]\nX = 'y'\n";
        let source = ConfigSource::new(Path::new("c.toml"), text.to_owned());
        for (key, expected) in [
            ("listen", Some("c.toml:1")),
            ("limits.requests", Some("c.toml:4")),
            ("limits.missing", Some("c.toml:3")),
            ("cloud.0.name", Some("c.toml:7")),
            ("cloud.1", Some("c.toml:8")),
            ("cloud.1.url", Some("c.toml:10")),
            ("cloud.1.missing", Some("c.toml:8")),
            ("cloud.1.headers", Some("c.toml:11")),
            ("base_url", None),
        ] {
            assert_eq!(source.place(key).as_deref(), expected, "{key}");
        }
    }
}
