//! `class`: what a service declares.

use clap::Args;
use serde_json::{Map, Value as Json, json};
use wsman_client::Client;
use wsman_client::client::{ClassDeclaration, DeclaredProperty, Object};

use super::commands::{pretty, say};
use super::service::{Form, Service, run};
use super::{EXIT_CODES, table};
use crate::failure::Failure;

/// Show what a class has, or list the classes
///
/// Asks the service; not all services declare their classes.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Class {
    /// The class; without it, all classes are listed
    class: Option<String>,
    #[command(flatten)]
    service: Service,
}

impl Class {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let session = self.service.session()?;
        let namespace = session.namespace.as_deref();
        match &self.class {
            Some(class) => {
                let object = run(async { Ok(session.client.class(namespace, class).await?) })?;
                print_class(&object, session.output)
            }
            None => {
                let names = run(class_names(&session.client, namespace))?;
                match session.output {
                    Form::Json => say(&pretty(&json!(names))?),
                    _ => say(&(names.join("\n") + "\n")),
                }
            }
        }
    }
}

async fn class_names(client: &Client, namespace: Option<&str>) -> Result<Vec<String>, Failure> {
    let mut pages = client.class_names(namespace, None);
    let mut names = Vec::new();
    while let Some(page) = pages.next_page().await? {
        for item in page.items {
            let selectors = item.reference.map_or(Vec::new(), |epr| epr.selectors);
            let name = selectors
                .into_iter()
                .find(|s| s.name.eq_ignore_ascii_case("ClassName"));
            if let Some(wsman::epr::SelectorValue::Text(name)) = name.map(|s| s.value) {
                names.push(name);
            }
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn print_class(object: &Object, output: Form) -> Result<(), Failure> {
    let class = ClassDeclaration::of(object)
        .ok_or_else(|| Failure::new("the answer is no class declaration"))?;
    match output {
        Form::Xml => say(&format!("{}\n", object.xml())),
        Form::Json => {
            let property = |p: &DeclaredProperty| {
                let qualifiers: Map<String, Json> = p
                    .qualifiers
                    .iter()
                    .map(|(name, value)| (name.clone(), value.clone().into()))
                    .collect();
                json!({"name": p.name, "type": p.ty, "qualifiers": qualifiers})
            };
            let methods: Vec<Json> = class
                .methods
                .iter()
                .map(|m| {
                    let parameters: Vec<Json> = m.parameters.iter().map(property).collect();
                    json!({"name": m.name, "type": m.returns, "parameters": parameters})
                })
                .collect();
            let properties: Vec<Json> = class.properties.iter().map(property).collect();
            say(&pretty(&json!({
                "name": class.name,
                "superclass": class.superclass,
                "properties": properties,
                "methods": methods,
            }))?)
        }
        Form::Table => {
            let below = class
                .superclass
                .map_or(String::new(), |s| format!(" : {s}"));
            let mut rows = vec![vec!["PROPERTY".into(), "TYPE".into(), "".into()]];
            for property in &class.properties {
                let marks: Vec<_> = ["Key", "Required", "Write"]
                    .into_iter()
                    .filter(|qualifier| property.is(qualifier))
                    .map(str::to_lowercase)
                    .collect();
                rows.push(vec![
                    property.name.clone(),
                    property.ty.clone(),
                    marks.join(" "),
                ]);
            }
            let mut text = format!("{}{below}\n\n{}", class.name, table::rows_to_text(&rows));
            if !class.methods.is_empty() {
                text.push_str("\nMETHOD\n");
            }
            for method in &class.methods {
                let parameters: Vec<_> = method
                    .parameters
                    .iter()
                    .map(|p| format!("{} {}", p.ty, p.name))
                    .collect();
                text.push_str(&format!(
                    "{} {}({})\n",
                    method.returns,
                    method.name,
                    parameters.join(", ")
                ));
            }
            say(&text)
        }
    }
}
