//! The commands that list: `enumerate`, `associators`, `references`.

use std::io::Write;
use std::num::NonZeroUsize;

use clap::{Args, ValueEnum};
use serde_json::Value as Json;
use wsman::Batch;
use wsman::enumeration::{AssociationFilter, Mode, Polymorphism};
use wsman::uris::{ALL_CLASSES, dialect};
use wsman_client::Pages;
use wsman_client::client::{Enumeration, FilterText, Item};

use super::address::{self, Address, descriptor, shown};
use super::commands::say;
use super::service::{Form, Service, Session, run};
use super::{EXIT_CODES, show, table};
use crate::failure::Failure;

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
    #[arg(long, value_name = "CONTEXT", allow_hyphen_values = true)]
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
            ALL_CLASSES.to_owned()
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
        let target = address::resolve(ALL_CLASSES, &[], session.namespace.as_deref())?;
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
            expires: None,
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
