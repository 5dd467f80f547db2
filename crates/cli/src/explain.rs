//! `cimi-bridge explain`: one request in all its forms, on its way through a bridge and back.
//!
//! Against a running service it asks as administrator, with the header that every service knows. Without one it
//! starts in this process, on loopback, what it takes to see something: a demonstration cloud, a service in
//! front of it, and a bridge in front of that.

use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use clap::{Args, Subcommand, ValueEnum};
use http::{Request, header};
use http_client::{Credentials, Scheme, Settings};
use provider::embedded::{EmbeddedConfig, EmbeddedProvider};
use provider::{Provider, Role};
use rest_provider::RestProvider;
use server::explain::{HEADER, Style, from_json, render};
use server::{Config, Running, Users, generate_password, private_file};
use store::RedbStore;
use upstream::{CloudConfig, CloudKind};
use wsman::client::{Enumeration, FilterText, Requests};
use wsman::enumeration::Mode;
use wsman::epr::{Epr, Selector, SelectorValue};
use wsman::uris::{CIM_SCHEMA, dialect};
use wsman_provider::WsmanProvider;

use crate::failure::Failure;
use crate::password;

const USER: &str = "explain";
const EXAMPLES: &str = "\
Examples:
  cimi-bridge explain rest GET /cimi/machines/demo-frontend
  cimi-bridge explain get CIMI_Machine InstanceID=machines/demo-frontend
  cimi-bridge explain invoke CIMI_Machine Start InstanceID=machines/demo-backend
  cimi-bridge explain --url https://bridge.example.org:5986 --user admin soap request.xml";

/// Show one request in all its forms
///
/// The request as it came, the CIM operation that it means, what went out to the cloud behind, and the way
/// back. Without --url it happens in this process: a demonstration cloud behind a bridge. Logins and secrets
/// are left out.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Explain {
    /// A running service, such as http://127.0.0.1:5985; --user has to be an administrator there
    #[arg(long, env = "CIMI_BRIDGE_URL", value_name = "URL")]
    url: Option<String>,
    /// The login name
    #[arg(long, env = "CIMI_BRIDGE_USER", value_name = "NAME", requires = "url")]
    user: Option<String>,
    /// A file whose first line is the password; otherwise the terminal is asked
    #[arg(long, value_name = "FILE", requires = "user")]
    password_file: Option<PathBuf>,
    /// Without --url: how the bridge reaches the demonstration cloud [default: in the protocol that the request
    /// is not in]
    #[arg(long, value_enum, conflicts_with = "url")]
    cloud: Option<Behind>,
    #[command(subcommand)]
    request: What,
}

/// How the bridge reaches the cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Behind {
    /// It is in the bridge itself
    Embedded,
    /// Over CIMI REST
    Rest,
    /// Over WS-Management
    Wsman,
}

/// The request.
#[derive(Debug, Subcommand)]
enum What {
    /// A request of CIMI REST
    Rest {
        /// GET, POST, PUT, DELETE
        method: String,
        /// The path, with the query if there is one
        path: String,
        /// A file with the body, `-` for standard input
        #[arg(long, value_name = "FILE")]
        body: Option<PathBuf>,
        /// XML in place of JSON
        #[arg(long)]
        xml: bool,
    },
    /// A Get of WS-Management
    Get {
        /// The class
        class: String,
        /// The keys
        #[arg(value_name = "KEY=VALUE")]
        keys: Vec<String>,
    },
    /// An Enumerate of WS-Management
    Enumerate {
        /// The class
        class: String,
        /// A WQL filter
        #[arg(long, value_name = "QUERY")]
        wql: Option<String>,
    },
    /// A method, invoked over WS-Management without parameters
    Invoke {
        /// The class
        class: String,
        /// The method
        method: String,
        /// The keys
        #[arg(value_name = "KEY=VALUE")]
        keys: Vec<String>,
    },
    /// Any SOAP message
    Soap {
        /// A file, `-` for standard input
        file: PathBuf,
    },
}

impl Explain {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(Failure::new)?;
        runtime.block_on(self.explain())
    }

    async fn explain(self) -> Result<(), Failure> {
        let mut laboratory = None;
        let (url, credentials) = match &self.url {
            Some(url) => {
                let user = self.user.clone().ok_or_else(|| {
                    Failure::usage("a running service explains to administrators only: --user NAME")
                })?;
                let password = match &self.password_file {
                    Some(file) => password::from_file(file)?,
                    None => password::ask(&user)?,
                };
                (url.trim_end_matches('/').to_owned(), (user, password))
            }
            None => {
                let other = match self.request {
                    What::Rest { .. } => Behind::Wsman,
                    _ => Behind::Rest,
                };
                let started = Laboratory::start(self.cloud.unwrap_or(other)).await?;
                let found = (
                    started.url.clone(),
                    (USER.to_owned(), started.password.clone()),
                );
                laboratory = Some(started);
                found
            }
        };
        let result = ask(&url, credentials, &self.request).await;
        if let Some(laboratory) = laboratory {
            laboratory.stop().await;
        }
        let text = result?;
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
        Ok(())
    }
}

/// Makes the request and shows what happened.
async fn ask(
    url: &str,
    (user, password): (String, String),
    what: &What,
) -> Result<String, Failure> {
    let mut settings = Settings::new(url);
    settings.credentials = Some(Credentials {
        user,
        password,
        scheme: Scheme::Automatic,
    });
    settings.timeout = Duration::from_secs(120);
    let client = http_client::Client::new(settings).map_err(Failure::new)?;
    let request = what.request(url)?;
    let answer = client.send(request).await.map_err(Failure::new)?;
    let body = answer.body();
    let explained = answer.headers().contains_key(HEADER);
    let steps = serde_json::from_slice(body).ok();
    match steps.as_ref().filter(|_| explained).and_then(from_json) {
        Some(steps) => {
            let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            let style = if colours {
                Style::Coloured
            } else {
                Style::Plain
            };
            Ok(render(&steps, style))
        }
        None => Err(Failure::new(format_args!(
            "{} answered {} without an explanation; is the user an administrator of a cimi-bridge there?",
            client.authority(),
            answer.status()
        ))),
    }
}

impl What {
    fn request(&self, url: &str) -> Result<Request<Bytes>, Failure> {
        let (method, path, media_type, accept, body) = match self {
            Self::Rest {
                method,
                path,
                body,
                xml,
            } => {
                let media_type = if *xml {
                    "application/xml"
                } else {
                    "application/json"
                };
                let body = body.as_ref().map(file).transpose()?.unwrap_or_default();
                (method.as_str(), path.as_str(), media_type, media_type, body)
            }
            _ => {
                let media_type = "application/soap+xml;charset=UTF-8";
                let text = self.message(&format!("{url}/wsman"))?;
                ("POST", "/wsman", media_type, "*/*", text)
            }
        };
        let path = if path.starts_with('/') {
            path.to_owned()
        } else {
            format!("/{path}")
        };
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(HEADER, "json")
            .header(header::ACCEPT, accept);
        if !body.is_empty() {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        request.body(Bytes::from(body)).map_err(Failure::usage)
    }

    /// The SOAP message.
    fn message(&self, to: &str) -> Result<String, Failure> {
        let requests = Requests::new(to);
        let id = format!("uuid:{}", uuid::Uuid::new_v4());
        Ok(match self {
            Self::Rest { .. } => String::new(),
            Self::Soap { file: path } => file(path)?,
            Self::Get { class, keys } => requests.get(&id, &target(class, keys)?),
            Self::Enumerate { class, wql } => {
                let wanted = Enumeration {
                    filter: wql.as_ref().map(|text| FilterText::Text {
                        dialect: dialect::WQL.to_owned(),
                        text: text.clone(),
                    }),
                    mode: Mode::Object,
                    optimize: true,
                    batch: wsman::Batch {
                        max_elements: std::num::NonZeroUsize::new(2),
                        ..wsman::Batch::default()
                    },
                    ..Enumeration::default()
                };
                requests.enumerate(&id, &target(class, &[])?, &wanted)
            }
            Self::Invoke {
                class,
                method,
                keys,
            } => {
                let target = target(class, keys)?;
                let called = format!("{}/{method}", target.resource_uri);
                requests.with_body(&id, &called, &target, |w| {
                    w.start_prefixed("p", &format!("{method}_INPUT"));
                    w.namespace("p", &target.resource_uri);
                    w.end();
                })
            }
        })
    }
}

fn target(class: &str, keys: &[String]) -> Result<Epr, Failure> {
    let selectors = keys.iter().map(|key| {
        let (name, value) = key
            .split_once('=')
            .ok_or_else(|| Failure::usage(format_args!("`{key}` is not KEY=VALUE")))?;
        Ok(Selector {
            name: name.to_owned(),
            value: SelectorValue::Text(value.to_owned()),
        })
    });
    Ok(Epr {
        address: String::new(),
        resource_uri: format!("{CIM_SCHEMA}{class}"),
        selectors: selectors.collect::<Result<_, Failure>>()?,
    })
}

fn file(path: &PathBuf) -> Result<String, Failure> {
    let fail = |error| Failure::new(format_args!("{}: {error}", path.display()));
    if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(fail)?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(fail)
}

/// What it takes to see something, in this process.
struct Laboratory {
    url: String,
    password: String,
    services: Vec<Running>,
    cloud: Arc<EmbeddedProvider>,
    folder: PathBuf,
}

impl Laboratory {
    async fn start(behind: Behind) -> Result<Self, Failure> {
        let schema = Arc::clone(cimi_model::schema());
        let store = Arc::new(RedbStore::in_memory().map_err(Failure::new)?);
        let cloud = EmbeddedProvider::open(store, EmbeddedConfig::new(Arc::clone(&schema)))
            .await
            .map_err(Failure::new)?;
        cloud.seed_demo().await.map_err(Failure::new)?;
        let folder = std::env::temp_dir().join(format!("cimi-bridge-{}", uuid::Uuid::new_v4()));
        let password = generate_password()?;
        let mut laboratory = Self {
            url: String::new(),
            password,
            services: Vec::new(),
            cloud,
            folder,
        };
        let result = laboratory.serve(behind, schema).await;
        match result {
            Ok(()) => Ok(laboratory),
            Err(failure) => {
                laboratory.stop().await;
                Err(failure)
            }
        }
    }

    async fn serve(
        &mut self,
        behind: Behind,
        schema: Arc<cim_core::Schema>,
    ) -> Result<(), Failure> {
        let mut provider = Arc::clone(&self.cloud) as Arc<dyn Provider>;
        if behind != Behind::Embedded {
            let base = self.listen("cloud", provider).await?;
            let secret = self.folder.join("secret");
            private_file::replace(&secret, self.password.as_bytes()).map_err(Failure::new)?;
            let (kind, url) = match behind {
                Behind::Rest => (CloudKind::Rest, format!("{base}/cimi/cloudEntryPoint")),
                _ => (CloudKind::Wsman, format!("{base}/wsman")),
            };
            let mut config = CloudConfig::new("demo", kind, Some(url));
            config.user = Some(USER.to_owned());
            config.password_file = Some(secret);
            provider = match kind {
                CloudKind::Rest => {
                    Arc::new(RestProvider::new(&config, &schema).map_err(Failure::new)?)
                }
                _ => Arc::new(WsmanProvider::new(&config, &schema).map_err(Failure::new)?),
            };
        }
        self.url = self.listen("bridge", provider).await?;
        Ok(())
    }

    /// Starts a service in front of a provider; its URL.
    async fn listen(&mut self, name: &str, provider: Arc<dyn Provider>) -> Result<String, Failure> {
        private_file::create_folder(&self.folder).map_err(Failure::new)?;
        let config = Config {
            listen: Some(std::net::SocketAddr::from(([127, 0, 0, 1], 0))),
            data: self.folder.join(name),
            ..Config::default()
        };
        private_file::create_folder(&config.data).map_err(Failure::new)?;
        Users::edit(&config.users_file(), |users| -> Result<(), Failure> {
            users.add(USER, Role::Administrator, None, &self.password)?;
            Ok(())
        })?;
        let running = server::start(&config, provider).await?;
        let address = running.http();
        self.services.push(running);
        address
            .map(|address| format!("http://{address}"))
            .ok_or_else(|| Failure::new("nothing listens"))
    }

    async fn stop(self) {
        // The bridge before the cloud that it calls.
        for service in self.services.into_iter().rev() {
            service.stop().await;
        }
        self.cloud.shutdown().await;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
