//! The commands for one instance, and Identify: arguments, calls, output.

use std::io::Write;

use clap::Args;
use serde_json::{Map, Value as Json, json};
use wsman_client::client::Object;

use super::address::{Address, descriptor, shown};
use super::assign::{self, Assignment, Given, Values};
use super::service::{Form, Service, run};
use super::{EXIT_CODES, context, fragment, show, table};
use crate::failure::Failure;

/// Ask a WS-Management service who it is
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Identify {
    #[command(flatten)]
    service: Service,
}

impl Identify {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let session = self.service.session()?;
        let identity = run(async { Ok(session.client.identify().await?) })?;
        let initiatives: Vec<_> = identity
            .initiatives
            .iter()
            .map(|i| format!("{} {}", i.name, i.version))
            .collect();
        let mut fields = json!({
            "ProtocolVersion": identity.protocol_versions,
            "ProductVendor": identity.vendor,
            "ProductVersion": identity.version,
            "SecurityProfiles": identity.security_profiles,
            "InitiativeSupport": initiatives,
            "AddressingVersionURI": identity.addressing_versions,
        });
        if let Json::Object(map) = &mut fields {
            map.retain(|_, value| value.as_array().is_none_or(|values| !values.is_empty()));
            map.extend(identity.others.into_iter().map(|(k, v)| (k, v.into())));
            match session.output {
                Form::Table => say(&table::one(map))?,
                Form::Json => say(&pretty(&fields)?)?,
                Form::Xml => {
                    return Err(Failure::usage(
                        "identify has no XML form; --trace shows the answer",
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Show an instance
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cimi-bridge get CIMI_Machine machines/1 --user admin
  cimi-bridge get CIMI_Machine machines/1 --fragment State
  cimi-bridge get CIM_ComputerSystem Name=sys-1 CreationClassName=CIM_ComputerSystem --output json")]
pub(crate) struct Get {
    #[command(flatten)]
    address: Address,
    /// Only a part of it, such as Description or OperationalStatus[1] (XPath)
    #[arg(long, value_name = "PATH")]
    fragment: Option<String>,
    #[command(flatten)]
    service: Service,
}

impl Get {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let session = self.service.session()?;
        let target = self.address.resolve(session.namespace.as_deref())?;
        if let Some(path) = &self.fragment {
            let part = run(async { Ok(session.client.get_fragment(&target, path).await?) })?;
            return fragment::print(&part, session.output);
        }
        let object = run(async { Ok(session.client.get(&target).await?) })?;
        print_object(&object, session.output)
    }
}

/// Change an instance
///
/// With --set and --unset the instance is read, changed and written back. With --file the file replaces
/// it. With --fragment only that part is written, and nothing is read.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cimi-bridge put CIMI_Machine machines/1 --set Description='the web server'
  cimi-bridge put CIMI_Machine machines/1 --fragment Description --value 'the web server'")]
pub(crate) struct Put {
    #[command(flatten)]
    address: Address,
    /// Only a part of it, such as Description or OperationalStatus[1] (XPath)
    #[arg(long, value_name = "PATH", requires = "value",
          conflicts_with_all = ["set", "unset", "file"])]
    fragment: Option<String>,
    /// The text of that part
    #[arg(long, value_name = "TEXT", requires = "fragment")]
    value: Option<String>,
    #[command(flatten)]
    values: Values,
    #[command(flatten)]
    service: Service,
}

impl Put {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let session = self.service.session()?;
        let target = self.address.resolve(session.namespace.as_deref())?;
        if let (Some(path), Some(text)) = (&self.fragment, &self.value) {
            let part = fragment::part(&self.address.class, path, text)?;
            let new = run(async { Ok(session.client.put_fragment(&target, path, &part).await?) })?;
            return match new {
                Some(new) => fragment::print(&new, session.output),
                None => Ok(()),
            };
        }
        let given = self.values.read(&self.address.class)?;
        let object = run(async {
            let client = &session.client;
            let new = match given {
                Given::Whole(object) => object,
                Given::Some(changes) => {
                    let old = client.get(&target).await?;
                    assign::replaced(&old, &changes)?
                }
            };
            Ok(client.put(&target, &new).await?)
        })?;
        match object {
            Some(object) => print_object(&object, session.output),
            None => Ok(()),
        }
    }
}

/// Create an instance
///
/// Prints the reference to it.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  cimi-bridge create CIMI_Machine --set ElementName=web --set MachineTemplate=machineTemplates/1")]
pub(crate) struct Create {
    #[command(flatten)]
    address: Address,
    /// The class of the representation [default: CLASSCreate where there is one, or CLASS]
    #[arg(long, value_name = "CLASS")]
    body_class: Option<String>,
    #[command(flatten)]
    values: Values,
    #[command(flatten)]
    service: Service,
}

impl Create {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let session = self.service.session()?;
        let target = self.address.resolve(session.namespace.as_deref())?;
        let class = self.body_class.unwrap_or_else(|| {
            let request = format!("{}Create", self.address.class);
            if descriptor(&request).is_some() {
                request
            } else {
                self.address.class.clone()
            }
        });
        let (Given::Whole(object) | Given::Some(object)) = self.values.read(&class)?;
        let created = run(async { Ok(session.client.create(&target, &object).await?) })?;
        match (&created.reference, &created.object) {
            (Some(reference), _) => match session.output {
                Form::Json => say(&pretty(&json!({"@reference": shown(reference)}))?),
                _ => say(&format!("{}\n", shown(reference))),
            },
            (None, Some(object)) => print_object(object, session.output),
            (None, None) => Ok(()),
        }
    }
}

/// Delete an instance
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Delete {
    #[command(flatten)]
    address: Address,
    /// Only a part of it, such as Description or OperationalStatus[1] (XPath)
    #[arg(long, value_name = "PATH")]
    fragment: Option<String>,
    #[command(flatten)]
    service: Service,
}

impl Delete {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let session = self.service.session()?;
        let target = self.address.resolve(session.namespace.as_deref())?;
        run(async {
            match &self.fragment {
                Some(path) => session.client.delete_fragment(&target, path).await?,
                None => session.client.delete(&target).await?,
            }
            Ok(())
        })
    }
}

/// Invoke a method
///
/// Prints its return value and output parameters. The exit code says whether the service has executed it,
/// not what the method returned.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cimi-bridge invoke Start CIMI_Machine machines/1
  cimi-bridge invoke RequestStateChange CIM_ComputerSystem Name=sys-1 --arg RequestedState=2")]
pub(crate) struct Invoke {
    /// The method
    method: String,
    #[command(flatten)]
    address: Address,
    /// A parameter's value; once for each entry of an array
    #[arg(long = "arg", value_name = "NAME=VALUE", value_parser = assign::parse)]
    arguments: Vec<Assignment>,
    #[command(flatten)]
    service: Service,
}

impl Invoke {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let session = self.service.session()?;
        let target = self.address.resolve(session.namespace.as_deref())?;
        let class = &self.address.class;
        let known = descriptor(class).and_then(|class| Some((class, class.method(&self.method)?)));
        let method = known.map_or(self.method.as_str(), |(_, method)| method.name);
        let input = assign::input(class, method, known, &self.arguments)?;
        let output = run(async { Ok(session.client.invoke(&target, method, &input).await?) })?;
        let Some(output) = output else {
            return Ok(());
        };
        if session.output == Form::Xml {
            return say(&format!("{}\n", output.xml()));
        }
        let decoded = known.and_then(|(_, method)| output.output(method, &context()).ok());
        let map = match decoded {
            Some((parameters, returned)) => {
                let mut map = Map::new();
                map.insert("ReturnValue".into(), show::value(&returned));
                for (name, value) in &parameters {
                    map.insert(name.clone(), show::value(value));
                }
                map
            }
            None => {
                let mut map = show::object(&output)?;
                map.retain(|name, _| !name.starts_with('@'));
                map
            }
        };
        match session.output {
            Form::Json => say(&pretty(&Json::Object(map))?),
            _ => say(&table::one(&map)),
        }
    }
}

fn print_object(object: &Object, output: Form) -> Result<(), Failure> {
    match output {
        Form::Table => say(&table::one(&show::object(object)?)),
        Form::Json => say(&pretty(&Json::Object(show::object(object)?))?),
        Form::Xml => say(&format!("{}\n", object.xml())),
    }
}

/// A JSON value for people and programs.
pub(super) fn pretty(value: &Json) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(Failure::new)?;
    Ok(text + "\n")
}

/// Prints to standard output.
pub(super) fn say(text: &str) -> Result<(), Failure> {
    std::io::stdout()
        .write_all(text.as_bytes())
        .map_err(Failure::new)
}
