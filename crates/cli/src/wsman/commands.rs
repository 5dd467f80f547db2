//! The commands themselves: arguments, calls, output.

use std::io::Write;
use std::num::NonZeroUsize;

use clap::{Args, ValueEnum};
use serde_json::{Map, Value as Json, json};
use wsman::enumeration::{AssociationFilter, Mode, Polymorphism};
use wsman::uris::{CIM_SCHEMA, dialect};
use wsman::{Batch, client::FilterText};
use wsman_client::client::{ClassDeclaration, DeclaredProperty, Enumeration, Item, Object};
use wsman_client::{Client, Pages};

use super::address::{self, Address, descriptor, shown};
use super::assign::{self, Assignment, Given, Values};
use super::service::{Form, Service, Session, run};
use super::{EXIT_CODES, context, show, table};
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
  cimi-bridge get CIM_ComputerSystem Name=sys-1 CreationClassName=CIM_ComputerSystem --output json")]
pub(crate) struct Get {
    #[command(flatten)]
    address: Address,
    #[command(flatten)]
    service: Service,
}

impl Get {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let session = self.service.session()?;
        let target = self.address.resolve(session.namespace.as_deref())?;
        let object = run(async { Ok(session.client.get(&target).await?) })?;
        print_object(&object, session.output)
    }
}

/// Change an instance
///
/// With --set and --unset the instance is read, changed and written back. With --file the file replaces
/// it.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  cimi-bridge put CIMI_Machine machines/1 --set Description='the web server'")]
pub(crate) struct Put {
    #[command(flatten)]
    address: Address,
    #[command(flatten)]
    values: Values,
    #[command(flatten)]
    service: Service,
}

impl Put {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let session = self.service.session()?;
        let target = self.address.resolve(session.namespace.as_deref())?;
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
    #[command(flatten)]
    service: Service,
}

impl Delete {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let session = self.service.session()?;
        let target = self.address.resolve(session.namespace.as_deref())?;
        run(async { Ok(session.client.delete(&target).await?) })
    }
}

/// What an enumeration shows, and how it is asked for.
#[derive(Debug, Args)]
struct Listing {
    /// Print references, not instances
    #[arg(long)]
    epr: bool,
    /// Columns of the table, in this order
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    columns: Vec<String>,
    /// At most so many; what is needed to go on is printed on standard error
    #[arg(long, value_name = "NUMBER")]
    limit: Option<NonZeroUsize>,
    /// So many in one answer of the service
    #[arg(long, value_name = "NUMBER", default_value = "100")]
    batch: NonZeroUsize,
    /// Do not ask for the first items in the answer to Enumerate, which old services cannot
    #[arg(long)]
    no_optimize: bool,
    /// Go on with an earlier enumeration
    #[arg(long, value_name = "CONTEXT")]
    resume: Option<String>,
}

/// How instances of subclasses appear.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Subclasses {
    /// As what they are
    Include,
    /// As the class that is asked for
    Exclude,
    /// Not at all
    None,
}

/// List the instances of a class
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cimi-bridge enumerate CIMI_Machine
  cimi-bridge enumerate '*' --wql \"select * from CIMI_Machine where State = 'STARTED'\"
  cimi-bridge enumerate CIMI_Volume --where State=AVAILABLE --output json")]
pub(crate) struct Enumerate {
    /// The class, its whole resource URI, or * for all classes
    class: String,
    /// Only those that a WQL query selects
    #[arg(long, value_name = "QUERY", group = "filter")]
    wql: Option<String>,
    /// Only those that a CQL query selects
    #[arg(long, value_name = "QUERY", group = "filter")]
    cql: Option<String>,
    /// Only those that an XPath expression selects
    #[arg(long, value_name = "EXPRESSION", group = "filter")]
    xpath: Option<String>,
    /// Only those with this value of a property (a selector filter)
    #[arg(long = "where", value_name = "NAME=VALUE", group = "filter")]
    selectors: Vec<String>,
    /// How instances of subclasses appear
    #[arg(long, value_enum, default_value = "include")]
    subclasses: Subclasses,
    #[command(flatten)]
    listing: Listing,
    #[command(flatten)]
    service: Service,
}

impl Enumerate {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let class = if self.class == "*" {
            format!("{CIM_SCHEMA}*")
        } else {
            self.class.clone()
        };
        let session = self.service.session()?;
        let target = address::resolve(&class, &[], session.namespace.as_deref())?;
        let text = [
            (dialect::WQL, self.wql),
            (dialect::CQL, self.cql),
            (dialect::XPATH, self.xpath),
        ]
        .into_iter()
        .find_map(|(dialect, text)| {
            Some(FilterText::Text {
                dialect: dialect.to_owned(),
                text: text?,
            })
        });
        let filter = match text {
            Some(text) => Some(text),
            None if self.selectors.is_empty() => None,
            None => {
                let selectors = self
                    .selectors
                    .iter()
                    .map(|key| address::selector(&class, descriptor(&class), key));
                Some(FilterText::Selectors(selectors.collect::<Result<_, _>>()?))
            }
        };
        let polymorphism = match self.subclasses {
            Subclasses::Include => Polymorphism::IncludeSubClassProperties,
            Subclasses::Exclude => Polymorphism::ExcludeSubClassProperties,
            Subclasses::None => Polymorphism::None,
        };
        self.listing.run(&session, target, filter, polymorphism)
    }
}

/// List the instances that are associated with an instance
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  cimi-bridge associators CIMI_Machine machines/1 --result-class CIMI_Disk")]
pub(crate) struct Associators {
    #[command(flatten)]
    address: Address,
    /// Only through associations of this class
    #[arg(long, value_name = "CLASS")]
    association_class: Option<String>,
    /// Only where the instance has this role
    #[arg(long, value_name = "NAME")]
    role: Option<String>,
    /// Only those of this class
    #[arg(long, value_name = "CLASS")]
    result_class: Option<String>,
    /// Only those with this role
    #[arg(long, value_name = "NAME")]
    result_role: Option<String>,
    /// Only these properties
    #[arg(long = "property", value_name = "NAME")]
    properties: Vec<String>,
    #[command(flatten)]
    listing: Listing,
    #[command(flatten)]
    service: Service,
}

impl Associators {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let walk = AssociationFilter {
            associations: false,
            association_class: self.association_class,
            role: self.role,
            result_class: self.result_class,
            result_role: self.result_role,
            result_properties: self.properties,
            ..AssociationFilter::default()
        };
        self.listing.walk(self.service, &self.address, walk)
    }
}

/// List the associations that refer to an instance
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct References {
    #[command(flatten)]
    address: Address,
    /// Only associations of this class
    #[arg(long, value_name = "CLASS")]
    result_class: Option<String>,
    /// Only where the instance has this role
    #[arg(long, value_name = "NAME")]
    role: Option<String>,
    /// Only these properties
    #[arg(long = "property", value_name = "NAME")]
    properties: Vec<String>,
    #[command(flatten)]
    listing: Listing,
    #[command(flatten)]
    service: Service,
}

impl References {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let walk = AssociationFilter {
            associations: true,
            role: self.role,
            result_class: self.result_class,
            result_properties: self.properties,
            ..AssociationFilter::default()
        };
        self.listing.walk(self.service, &self.address, walk)
    }
}

impl Listing {
    /// A walk from an instance: over all classes, as DSP0227 8.2 has it.
    fn walk(
        self,
        service: Service,
        address: &Address,
        mut walk: AssociationFilter,
    ) -> Result<(), Failure> {
        let session = service.session()?;
        walk.object = address.resolve(session.namespace.as_deref())?;
        let all = format!("{CIM_SCHEMA}*");
        let target = address::resolve(&all, &[], session.namespace.as_deref())?;
        let filter = Some(FilterText::Association(Box::new(walk)));
        self.run(&session, target, filter, Polymorphism::default())
    }

    fn run(
        self,
        session: &Session,
        target: wsman::epr::Epr,
        filter: Option<FilterText>,
        polymorphism: Polymorphism,
    ) -> Result<(), Failure> {
        // A page never has more than what is still wanted, so that its context goes on exactly there.
        let most = self.limit.map_or(self.batch, |limit| limit.min(self.batch));
        let wanted = Enumeration {
            filter,
            mode: if self.epr { Mode::Epr } else { Mode::Object },
            polymorphism,
            optimize: !self.no_optimize,
            count: false,
            batch: Batch {
                max_elements: Some(most),
                ..Batch::default()
            },
        };
        let pages = match self.resume.clone() {
            Some(context) => session.client.resume(target, wanted, context),
            None => session.client.enumerate(target, wanted),
        };
        run(self.print(pages, session.output))
    }

    /// Prints items as they come; a table when all are there.
    async fn print(self, mut pages: Pages, output: Form) -> Result<(), Failure> {
        let mut printed = 0usize;
        let mut rows = Vec::new();
        match output {
            Form::Table => {}
            Form::Json => say("[")?,
            Form::Xml => say("<Items>\n")?,
        }
        let mut more = true;
        while more && self.limit.is_none_or(|limit| printed < limit.get()) {
            if let Some(limit) = self.limit {
                let left = NonZeroUsize::new(limit.get() - printed);
                pages.set_batch(left.map(|left| left.min(self.batch)));
            }
            let Some(page) = pages.next_page().await? else {
                break;
            };
            more = page.context.is_some();
            for item in &page.items {
                match output {
                    Form::Table => rows.push(show::item(item)?),
                    Form::Json => {
                        let separator = if printed == 0 { "\n" } else { ",\n" };
                        let value = Json::Object(show::item(item)?);
                        say(&format!("{separator}{value}"))?;
                    }
                    Form::Xml => say(&xml_of(item))?,
                }
                printed += 1;
            }
        }
        match output {
            Form::Table => say(&table::many(&rows, &self.columns))?,
            Form::Json => say("\n]\n")?,
            Form::Xml => say("</Items>\n")?,
        }
        if let Some(context) = pages.context() {
            let text =
                format!("There is more. Go on with the same command and: --resume {context}\n");
            let _ = std::io::stderr().write_all(text.as_bytes());
        }
        Ok(())
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

fn print_object(object: &Object, output: Form) -> Result<(), Failure> {
    match output {
        Form::Table => say(&table::one(&show::object(object)?)),
        Form::Json => say(&pretty(&Json::Object(show::object(object)?))?),
        Form::Xml => say(&format!("{}\n", object.xml())),
    }
}

fn xml_of(item: &Item) -> String {
    let mut text = String::new();
    if let Some(object) = &item.object {
        text.push_str(object.xml());
        text.push('\n');
    }
    if let Some(reference) = &item.reference {
        let mut out = String::new();
        xml_wire::Writer::new(&mut out).element("Reference", &shown(reference));
        text.push_str(&out);
        text.push('\n');
    }
    text
}

fn pretty(value: &Json) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(Failure::new)?;
    Ok(text + "\n")
}

fn say(text: &str) -> Result<(), Failure> {
    std::io::stdout()
        .write_all(text.as_bytes())
        .map_err(Failure::new)
}
