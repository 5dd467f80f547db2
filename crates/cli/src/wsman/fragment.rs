//! `--fragment PATH`: a part of an instance in place of the whole.

use serde_json::{Map, Value as Json};
use wsman_client::client::{Object, fragment};

use super::address::resource_uri;
use super::commands::{pretty, say};
use super::service::Form;
use super::{show, table};
use crate::failure::Failure;

/// The part that a path names, with this text in it; its element is in the namespace of the class.
pub(super) fn part(class: &str, path: &str, text: &str) -> Result<Object, Failure> {
    let last = path.rsplit('/').next().unwrap_or(path);
    let name = last.split('[').next().unwrap_or(last);
    let name = name.rsplit(':').next().unwrap_or(name);
    fragment(|w| {
        if name == "text()" {
            return w.text(text);
        }
        w.start_prefixed("p", name);
        w.namespace("p", &resource_uri(class));
        w.text(text);
        w.end();
    })
    .map_err(|error| Failure::usage(format_args!("--fragment {path}: {error}")))
}

/// Prints a part: its text alone, or its elements.
pub(super) fn print(part: &Object, output: Form) -> Result<(), Failure> {
    if output == Form::Xml {
        return say(&format!("{}\n", part.xml()));
    }
    let tree = part.tree().map_err(Failure::new)?;
    let map: Map<String, Json> = show::content(&tree);
    match output {
        Form::Json if map.is_empty() => say(&pretty(&Json::from(tree.text))?),
        Form::Json => say(&pretty(&Json::Object(map))?),
        _ if map.is_empty() => say(&format!("{}\n", tree.text)),
        _ => say(&table::one(&map)),
    }
}
