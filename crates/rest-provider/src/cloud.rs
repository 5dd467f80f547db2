//! Requests to the cloud, and what its answers say.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use cim_core::{CimError, ClassDescriptor, ErrorKind, Instance, Schema, Value};
use cimi_rest::client::{Items, next_link};
use cimi_rest::{
    ClassModel, Context, ENTRY_POINT_ID, Format, JOB_HEADER, MemberKind, ModelError, ReadContext,
    ResourceView, RestModel, Unknown, VERSION_HEADER, read_any_resource, write_json, write_xml,
};
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use provider::associations::{AssociationClass, Kind, Model};
use provider::trace::{self, Place};
use provider::{OperationContext, Resource, Role};
use tokio::sync::OnceCell;
use upstream::{CloudConfig, ConfigError, Repeat, Sessions, Upstream};

use crate::capability::Capabilities;
use crate::etag::{Versions, etag};
use crate::memory::Memory;
use crate::refusal;
use crate::site::{Site, split};

/// The key of every resource.
pub(crate) const ID: &str = "InstanceID";
/// What this caller may do in this state.
pub(crate) const OPERATIONS: &str = "AvailableOperations";

/// Redirections from the configured URL to the entry point.
const MAX_REDIRECTS: usize = 4;

/// A remote cloud.
pub(crate) struct Cloud {
    pub(crate) upstream: Upstream,
    sessions: Sessions<http_client::Client>,
    pub(crate) schema: Arc<Schema>,
    pub(crate) model: RestModel,
    pub(crate) associations: Model,
    /// The types that documents may have.
    types: Vec<&'static ClassDescriptor>,
    headers: Vec<(HeaderName, HeaderValue)>,
    url: String,
    /// The format to ask for; otherwise JSON, and XML where the cloud has none.
    format: Option<Format>,
    site: OnceCell<Site>,
    pub(crate) versions: Versions,
    pub(crate) memory: Memory,
    pub(crate) can: Capabilities,
    /// Results that may be gathered here.
    pub(crate) scan: usize,
}

/// A document as it came.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) format: Format,
    /// Of XML without the declaration.
    pub(crate) text: String,
}

/// A resource, and the document that it was in.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) resource: Resource,
    pub(crate) document: Document,
}

/// A part of a collection.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) items: Vec<Found>,
    pub(crate) count: Option<u64>,
    pub(crate) next: Option<String>,
    /// Where new items are sent, if this caller may.
    pub(crate) add: Option<String>,
    /// What this caller may do with the collection: `rel` and URI.
    pub(crate) operations: Vec<(String, String)>,
}

/// What is to be sent.
pub(crate) struct Sending<'a> {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) format: Format,
    pub(crate) body: String,
    pub(crate) if_match: Option<&'a str>,
    /// What is here already, so that it need not come again.
    pub(crate) if_none_match: Option<&'a str>,
    /// What is wanted that is no CIMI document.
    pub(crate) accept: Option<&'static str>,
}

impl<'a> Sending<'a> {
    pub(crate) fn get(target: String, format: Format) -> Self {
        Self {
            method: Method::GET,
            target,
            format,
            body: String::new(),
            if_match: None,
            if_none_match: None,
            accept: None,
        }
    }

    fn request(&self, cloud: &Cloud) -> Result<Request<Bytes>, http::Error> {
        let media = HeaderValue::from_static(self.format.media_type());
        let mut request = Request::builder()
            .method(self.method.clone())
            .uri(&self.target)
            .header(
                header::ACCEPT,
                self.accept
                    .map_or_else(|| media.clone(), HeaderValue::from_static),
            )
            .header(VERSION_HEADER, HeaderValue::from_static("1.1,1.0"));
        if !self.body.is_empty() {
            // The bare type: one service compares the header as a text.
            request = request.header(header::CONTENT_TYPE, media);
        }
        if let Some(tag) = self.if_match {
            request = request.header(header::IF_MATCH, tag);
        }
        if let Some(tag) = self.if_none_match {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        for (name, value) in &cloud.headers {
            request = request.header(name, value);
        }
        request.body(Bytes::from(self.body.clone()))
    }
}

impl Cloud {
    pub(crate) fn new(
        config: &CloudConfig,
        schema: &Arc<Schema>,
        format: Option<Format>,
    ) -> Result<Self, ConfigError> {
        let fail = |field, reason: String| ConfigError {
            cloud: config.name.clone(),
            field,
            reason,
        };
        let model = RestModel::new(Arc::clone(schema))
            .map_err(|error: ModelError| fail("", error.to_string()))?;
        let associations = Model::of(schema).map_err(|error| fail("", error.to_string()))?;
        let types = schema
            .classes()
            .iter()
            .copied()
            .filter(|class| !class.flags.is_abstract && model.class(class).type_uri.is_some())
            .collect();
        let headers = config
            .headers
            .iter()
            .map(|(name, value)| {
                let wrong = || fail("headers", format!("the header `{name}` cannot be sent"));
                let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
                let mut value = HeaderValue::from_str(value).map_err(|_| wrong())?;
                value.set_sensitive(true);
                Ok((name, value))
            })
            .collect::<Result<_, ConfigError>>()?;
        Ok(Self {
            upstream: Upstream::new(config),
            sessions: Sessions::new(config, http_client::Client::new)?,
            schema: Arc::clone(schema),
            model,
            associations,
            types,
            headers,
            url: config.url().to_owned(),
            format,
            site: OnceCell::new(),
            versions: Versions::default(),
            memory: Memory::default(),
            can: Capabilities::default(),
            scan: config.scan,
        })
    }

    /// An error of the cloud; `what` says how it failed.
    pub(crate) fn wrong(&self, what: impl std::fmt::Display) -> CimError {
        self.upstream.error(ErrorKind::BackEnd, what)
    }

    /// Sends a request; the answer is a success.
    pub(crate) async fn send(
        &self,
        context: &OperationContext,
        sending: Sending<'_>,
    ) -> Result<Response<Bytes>, CimError> {
        let client = self.sessions.of(&context.principal)?;
        let request = sending
            .request(self)
            .map_err(|_| CimError::not_found("resource with this identifier"))?;
        let repeat = match sending.method {
            Method::GET => Repeat::Safe,
            _ => Repeat::Never,
        };
        let asked = sending.if_none_match.is_some();
        let result = self
            .upstream
            .call(context.deadline, repeat, || {
                let (client, request) = (&client, request.clone());
                async move { refusal::check(exchange(client, request).await?, asked) }
            })
            .await;
        match result {
            Err(error) if error.kind() == ErrorKind::AccessDenied && client.keeps_login_back() => {
                Err(self.upstream.error(
                    ErrorKind::AccessDenied,
                    format_args!(
                        "{} (It refuses without asking for a login, so over plain HTTP it was shown none; \
                         scheme = \"basic\" in its configuration shows it all the same)",
                        error.message().trim_end_matches('.')
                    ),
                ))
            }
            result => result,
        }
    }

    /// Where the cloud has what; found out with the first request.
    pub(crate) async fn site(&self, context: &OperationContext) -> Result<&Site, CimError> {
        self.site.get_or_try_init(|| self.discover(context)).await
    }

    async fn discover(&self, context: &OperationContext) -> Result<Site, CimError> {
        let formats = match self.format {
            Some(format) => vec![format],
            None => vec![Format::Json, Format::Xml],
        };
        let mut refused = None;
        for format in formats {
            match self.discover_in(context, format).await {
                Ok(site) => return Ok(site),
                Err(error) if error.kind() == ErrorKind::BackEnd => refused = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(refused.unwrap_or_else(|| self.wrong("it has no entry point")))
    }

    async fn discover_in(
        &self,
        context: &OperationContext,
        format: Format,
    ) -> Result<Site, CimError> {
        let (scheme, authority, path) =
            split(&self.url).ok_or_else(|| self.wrong("its URL is none of HTTP"))?;
        let mut target = if path.is_empty() { "/" } else { path }.to_owned();
        for _ in 0..=MAX_REDIRECTS {
            let client = self.sessions.of(&context.principal)?;
            let sending = Sending::get(target.clone(), format);
            let request = sending
                .request(self)
                .map_err(|_| self.wrong("its URL cannot be asked for"))?;
            let answer = self
                .upstream
                .call(context.deadline, Repeat::Safe, || {
                    let (client, request) = (&client, request.clone());
                    async move {
                        let answer = exchange(client, request).await?;
                        if answer.status().is_redirection() {
                            return Ok(answer);
                        }
                        refusal::check(answer, false)
                    }
                })
                .await?;
            if answer.status().is_redirection() {
                let to = text_of(&answer, header::LOCATION.as_str()).unwrap_or_default();
                target = match split(&to) {
                    Some((_, host, path)) if host.eq_ignore_ascii_case(authority) => {
                        path.to_owned()
                    }
                    Some(_) => {
                        return Err(self.wrong("its entry point redirects to another host"));
                    }
                    None if to.starts_with('/') && !to.starts_with("//") => to,
                    None => return Err(self.wrong("its entry point redirects to nowhere")),
                };
                continue;
            }
            let document = self.document(&answer)?;
            let links = cimi_rest::client::links(document.format, &document.text)
                .map_err(|error| self.wrong(error))?;
            let base = base_uri(&document);
            if links.is_empty() {
                return Err(self.wrong("what is at its URL is no cloud entry point"));
            }
            let url = format!("{scheme}://{authority}{target}");
            return Site::new(&url, base.as_deref(), document.format, &links)
                .map_err(|reason| self.wrong(reason));
        }
        Err(self.wrong("its entry point redirects without end"))
    }

    /// The document in an answer.
    pub(crate) fn document(&self, answer: &Response<Bytes>) -> Result<Document, CimError> {
        if let Some(coding) = answer.headers().get(header::CONTENT_ENCODING)
            && !coding.as_bytes().eq_ignore_ascii_case(b"identity")
        {
            let coding = String::from_utf8_lossy(coding.as_bytes());
            let coding: String = coding.chars().take(40).collect();
            return Err(self.wrong(format_args!(
                "its answer is encoded as `{coding}`, which it was not asked for"
            )));
        }
        let content_type = text_of(answer, header::CONTENT_TYPE.as_str());
        let content_type = content_type.as_deref();
        let format = content_type.and_then(Format::of_content_type).or_else(|| {
            // Some send their documents as text.
            match answer
                .body()
                .iter()
                .find(|byte| !byte.is_ascii_whitespace())
            {
                Some(b'{') => Some(Format::Json),
                Some(b'<') if !content_type.is_some_and(|t| t.starts_with("text/html")) => {
                    Some(Format::Xml)
                }
                _ => None,
            }
        });
        let format = format.ok_or_else(|| {
            let found = content_type.map_or("nothing", |t| t.get(..80).unwrap_or(t));
            self.wrong(format_args!("its answer is {found}, neither JSON nor XML"))
        })?;
        let text = match format {
            Format::Json => std::str::from_utf8(answer.body())
                .map_err(|_| self.wrong("its answer is not UTF-8"))?
                .to_owned(),
            Format::Xml => {
                let decoded = xml_wire::decode(answer.body(), content_type)
                    .map_err(|error| self.wrong(format_args!("its answer is no XML: {error}")))?;
                without_declaration(&decoded.text).to_owned()
            }
        };
        Ok(Document { format, text })
    }

    /// Reads a resource.
    pub(crate) async fn fetch(
        &self,
        context: &OperationContext,
        class: &'static ClassDescriptor,
        id: &str,
    ) -> Result<Found, CimError> {
        if let Some(job) = self.followed_job(context, class, id).await {
            return job;
        }
        let site = self.site(context).await?;
        let missing = || CimError::not_found(format_args!("{} {id}", class.name));
        let target = site.target(id).map_err(|_| missing())?;
        let caller = context.principal.name.as_str();
        let known = self.memory.validated(caller, class, id);
        let mut sending = Sending::get(target, site.format);
        sending.if_none_match = known.as_ref().and_then(|known| known.tag.as_deref());
        let answer = self
            .send(context, sending)
            .await
            .map_err(|error| match error.kind() {
                ErrorKind::NotFound => missing(),
                _ => error,
            })?;
        if let (StatusCode::NOT_MODIFIED, Some(known)) = (answer.status(), &known) {
            return Ok(known.found.clone());
        }
        let tag = text_of(&answer, header::ETAG.as_str());
        let document = self.document(&answer)?;
        let mut found = self.read(site, class, document)?;
        hide_operations(context, &mut found);
        let found = self.owned(found, None)?;
        let known = found.resource.instance.text(ID).unwrap_or_default();
        if known != id {
            return Err(self.wrong(format_args!(
                "it answers with the resource `{known}` when it is asked for `{id}`"
            )));
        }
        if !found.resource.instance.class().is_a(class.name) {
            return Err(missing());
        }
        if let Some(tag) = tag {
            self.versions.remember(id, &found.resource.etag, &tag);
        }
        self.memory.remember(caller, class, id, &answer, &found);
        Ok(found)
    }

    /// A resource as this caller read it a moment ago.
    pub(crate) fn read_lately(
        &self,
        context: &OperationContext,
        path: &cim_core::ObjectPath,
    ) -> Option<Resource> {
        let known = self
            .memory
            .lately(&context.principal.name, path.instance_id()?)?;
        let resource = &known.found.resource;
        let is_one = resource.instance.class().is_a(&path.class);
        is_one.then(|| resource.clone())
    }

    /// Reads a document; where it does not say its type, it is of this class.
    pub(crate) fn read(
        &self,
        site: &Site,
        class: &'static ClassDescriptor,
        document: Document,
    ) -> Result<Found, CimError> {
        let usual = Some(class).filter(|class| !class.flags.is_abstract);
        let usual = usual.map(|class| self.model.class(class));
        let reading = ReadContext {
            model: &self.model,
            links: &site.links,
            unknown: Unknown::Tolerate,
            content_type: None,
        };
        let body = document.text.as_bytes();
        let read = read_any_resource(&reading, document.format, usual, &self.types, body);
        let mut instance =
            read.map_err(|error| self.wrong(format_args!("its answer cannot be read: {error}")))?;
        let shape = self.model.class(instance.class());
        if std::ptr::eq(shape, self.model.entry_point()) {
            instance.set(ID, ENTRY_POINT_ID);
        } else if instance.text(ID).is_none_or(str::is_empty)
            && let Some(href) = href(&document)
        {
            // Members of some collections have no id of their own.
            instance.set(ID, &*site.links.instance_id(&href));
        }
        self.name_operations(shape, &mut instance);
        Ok(Found {
            resource: Resource {
                etag: etag(&instance),
                instance,
            },
            document,
        })
    }

    /// The operations in the words of the model, whatever the cloud has before the last segment.
    fn name_operations(&self, class: &ClassModel, instance: &mut Instance) {
        let Some(Value::Array(rels)) = instance.get(OPERATIONS) else {
            return;
        };
        let names: Vec<Value> = rels
            .iter()
            .filter_map(Value::as_str)
            .map(|rel| {
                let last = rel.rsplit('/').next().unwrap_or(rel);
                let crud = [cimi_rest::ADD, cimi_rest::EDIT, cimi_rest::DELETE];
                let known = crud
                    .into_iter()
                    .find(|name| name.eq_ignore_ascii_case(last));
                match known.or_else(|| class.operation(last).map(|operation| operation.name)) {
                    Some(name) => Value::from(name),
                    None => Value::from(rel),
                }
            })
            .collect();
        instance.set(OPERATIONS, Value::Array(names));
    }

    /// A membership with the end that its document does not have: its owner.
    pub(crate) fn owned(&self, mut found: Found, owner: Option<&str>) -> Result<Found, CimError> {
        let class = found.resource.instance.class();
        let Some(association) = self.associations.association(class.name) else {
            return Ok(found);
        };
        if !matches!(association.kind, Kind::Membership) {
            return Ok(found);
        }
        let owner = match owner {
            Some(owner) => Some(owner.to_owned()),
            None => {
                let id = found.resource.instance.text(ID).unwrap_or_default();
                owner_in(id, association).map(str::to_owned)
            }
        };
        if let Some(owner) = owner {
            let path = cim_core::ObjectPath::new(association.one.class.name, ID, &owner);
            found.resource.instance.set(association.one.role, path);
            found.resource.etag = etag(&found.resource.instance);
        }
        Ok(found)
    }

    /// Reads a part of a collection.
    pub(crate) async fn list(
        &self,
        context: &OperationContext,
        class: &'static ClassDescriptor,
        target: String,
    ) -> Result<Listing, CimError> {
        let site = self.site(context).await?;
        let is_selection = target.contains("$select=");
        let answer = self
            .send(context, Sending::get(target, site.format))
            .await?;
        let next = next_link(answer.headers());
        let document = self.document(&answer)?;
        let collection = Items::read(document.format, &document.text)
            .map_err(|error| self.wrong(format_args!("its collection cannot be read: {error}")))?;
        let mut items = Vec::with_capacity(collection.documents.len());
        for text in collection.documents {
            let document = Document {
                format: document.format,
                text,
            };
            let mut item = self.read(site, class, document)?;
            hide_operations(context, &mut item);
            items.push(item);
        }
        // Members that are links only are read one by one.
        for item in &mut items {
            // Who was asked for some attributes only may have none of them, and still an `id`.
            let has_id = || member(&item.document, "id").is_some();
            if is_link(&item.resource.instance) && !(is_selection && has_id()) {
                let id = item
                    .resource
                    .instance
                    .text(ID)
                    .unwrap_or_default()
                    .to_owned();
                match self.fetch(context, class, &id).await {
                    Ok(found) => *item = found,
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    Err(error) => return Err(error),
                }
            }
        }
        items.retain(|item| {
            item.resource
                .instance
                .text(ID)
                .is_some_and(|id| !id.is_empty())
        });
        let add = collection.operations.iter().find(|operation| {
            let rel = operation.rel.rsplit('/').next().unwrap_or_default();
            rel.eq_ignore_ascii_case(cimi_rest::ADD)
        });
        Ok(Listing {
            items,
            count: collection.count,
            next: next.map(|uri| site.links.instance_id(&uri).into_owned()),
            add: add.map(|operation| site.links.instance_id(&operation.href).into_owned()),
            operations: (collection.operations.into_iter())
                .map(|operation| (operation.rel, operation.href))
                .collect(),
        })
    }

    /// The collections of a resource by attribute, as identifiers.
    pub(crate) fn collections_of(
        &self,
        site: &Site,
        document: &Document,
    ) -> Result<BTreeMap<String, String>, CimError> {
        let links = cimi_rest::client::links(document.format, &document.text)
            .map_err(|error| self.wrong(error))?;
        Ok(links
            .into_iter()
            .map(|(name, href)| (name, site.links.instance_id(&href).into_owned()))
            .collect())
    }

    /// Writes a document that the cloud is sent.
    pub(crate) fn write(&self, site: &Site, instance: &Instance) -> String {
        let writing = Context {
            model: &self.model,
            links: &site.links,
            request: true,
        };
        let mut out = String::with_capacity(1024);
        let view = ResourceView::whole(instance);
        match site.format {
            Format::Json => write_json(&mut out, &writing, &view),
            Format::Xml => write_xml(&mut out, &writing, &view),
        }
        out
    }

    /// The job that an answer names.
    pub(crate) fn job(
        &self,
        site: &Site,
        answer: &Response<Bytes>,
    ) -> Option<cim_core::ObjectPath> {
        let uri = text_of(answer, JOB_HEADER)?;
        let id = site.links.instance_id(&uri);
        Some(cim_core::ObjectPath::new(self.associations_job(), ID, &id))
    }

    pub(crate) fn associations_job(&self) -> &'static str {
        self.model.job().class.name
    }
}

/// A cloud that logs everybody in as one user tells what that user may do: who may only read here may do nothing.
fn hide_operations(context: &OperationContext, found: &mut Found) {
    let instance = &mut found.resource.instance;
    if context.principal.role < Role::Operator && instance.get(OPERATIONS).is_some() {
        instance.set(OPERATIONS, Value::Array(Vec::new()));
    }
}

/// The owner that an identifier names before the collection, where clouds lay out their URIs as the
/// standard's examples do.
pub(crate) fn owner_in<'i>(id: &'i str, association: &AssociationClass) -> Option<&'i str> {
    let (collection, _) = id.rsplit_once('/')?;
    let (owner, name) = collection.rsplit_once('/')?;
    (association.collection == Some(name)).then_some(owner)
}

/// Whether there is nothing of a resource but where it is.
fn is_link(instance: &Instance) -> bool {
    instance
        .present()
        .all(|(property, value)| property.name == ID || value.is_null())
        && instance.text(ID).is_some_and(|id| !id.is_empty())
}

pub(crate) fn text_of(answer: &Response<Bytes>, name: &str) -> Option<String> {
    Some(answer.headers().get(name)?.to_str().ok()?.to_owned())
}

/// The declaration names the encoding of the bytes, which the text no longer has.
fn without_declaration(text: &str) -> &str {
    match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or(text, |(_, body)| body),
        None => text,
    }
}

fn base_uri(document: &Document) -> Option<String> {
    member(document, "baseURI")
}

fn href(document: &Document) -> Option<String> {
    match document.format {
        Format::Json => member(document, "href"),
        Format::Xml => {
            let limits = xml_wire::Limits::default();
            let mut reader = xml_wire::Reader::new(&document.text, &limits).ok()?;
            let root = reader.root().ok()?;
            root.attribute("", "href").map(str::to_owned)
        }
    }
}

/// The text of a top-level member.
fn member(document: &Document, name: &str) -> Option<String> {
    match document.format {
        Format::Json => {
            let value: serde_json::Value = serde_json::from_str(&document.text).ok()?;
            Some(value.get(name)?.as_str()?.to_owned())
        }
        Format::Xml => {
            let limits = xml_wire::Limits::default();
            let mut reader = xml_wire::Reader::new(&document.text, &limits).ok()?;
            reader.root().ok()?;
            while let Some(child) = reader.child().ok()? {
                if child.local() == name {
                    return Some(reader.trimmed_text().ok()?.into_owned());
                }
                reader.skip().ok()?;
            }
            None
        }
    }
}

/// What a class has a collection for, as far as the model knows.
pub(crate) fn collection_name(
    model: &RestModel,
    class: &ClassDescriptor,
    association: &ClassDescriptor,
) -> Option<&'static str> {
    let members = model.class(class).shape.members.iter();
    members
        .filter_map(|member| match &member.kind {
            MemberKind::Collection(collection) => Some(collection),
            _ => None,
        })
        .find(|collection| collection.association.name == association.name)
        .map(|collection| collection.name)
}

/// One request and its answer, noted for whoever looks.
async fn exchange(
    client: &http_client::Client,
    request: Request<Bytes>,
) -> Result<Response<Bytes>, http_client::Error> {
    let text = |body: &Bytes| String::from_utf8_lossy(body).into_owned();
    trace::note(
        Place::Sent,
        || {
            let (method, uri) = (request.method(), request.uri());
            format!("{method} {uri} at {}", client.authority())
        },
        || text(request.body()),
    );
    let answer = client.send(request).await?;
    trace::note(
        Place::Received,
        || format!("HTTP {}", answer.status()),
        || text(answer.body()),
    );
    Ok(answer)
}
