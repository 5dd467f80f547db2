//! One service over HTTP.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;
use cimi_model::types::{CloudEntryPoint, Job};
use cimi_rest::Format;
use cimi_rest::client::{
    Action, ClientError, Outcome, Page, Query, Resource, Service, Step, Typed, Waiting,
};
use futures_util::stream::{self, Stream};
use http::{Request, Response};
use http_client::Settings;

use crate::Error;

/// Redirections from the URL that the user gave to the entry point.
const MAX_REDIRECTS: usize = 4;

/// How long to leave an overloaded service alone that does not say how long.
const RETRY: Duration = Duration::from_secs(1);

/// A client of one service. Calls may run at the same time.
#[derive(Debug)]
pub struct Client {
    http: http_client::Client,
    pub(crate) service: Service,
    entry: Resource<CloudEntryPoint>,
}

/// A document as the service wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its format.
    pub format: Format,
    /// Its text; of XML without the declaration.
    pub text: String,
    /// Where the collection goes on, if it is a page of one.
    pub next: Option<String>,
}

impl Client {
    /// Finds the entry point at the URL of the settings, or where that leads to.
    ///
    /// # Errors
    /// The URL is none, nobody answers there, the login is wrong, or what answers is no CIMI service.
    pub async fn connect(settings: Settings, format: Format) -> Result<Self, Error> {
        let mut service = Service::new(&settings.url, format)?;
        let http = http_client::Client::new(settings)?;
        let mut request = service.entry_point()?;
        for _ in 0..MAX_REDIRECTS {
            let answer = http.send(request).await?;
            if let Some(uri) = service.redirect(&answer) {
                request = service.read(&uri, &Query::new(), None)?;
                continue;
            }
            let entry = service.resource(&answer)?;
            service.discovered(&entry)?;
            return Ok(Self {
                http,
                service,
                entry,
            });
        }
        Err(Error::Endless(http.url().to_owned()))
    }

    /// The entry point as it was when the client connected: links to all collections.
    pub fn entry_point(&self) -> &Resource<CloudEntryPoint> {
        &self.entry
    }

    /// The format of requests and answers.
    pub fn format(&self) -> Format {
        self.service.format()
    }

    pub(crate) async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        Ok(self.http.send(request).await?)
    }

    /// Reads a resource.
    ///
    /// # Errors
    /// The service refuses, or does not answer with such a resource.
    pub async fn read<T: Typed>(&self, uri: &str) -> Result<Resource<T>, Error> {
        self.read_part(uri, &Query::new()).await
    }

    /// Reads what a query selects of a resource, with what it expands.
    ///
    /// # Errors
    /// As for [`Client::read`].
    pub async fn read_part<T: Typed>(
        &self,
        uri: &str,
        query: &Query,
    ) -> Result<Resource<T>, Error> {
        let answer = self.send(self.service.read(uri, query, None)?).await?;
        Ok(self.service.resource(&answer)?)
    }

    /// Reads a resource again if it has changed; `None` if it has not.
    ///
    /// # Errors
    /// As for [`Client::read`].
    pub async fn read_changed<T: Typed>(
        &self,
        known: &Resource<T>,
    ) -> Result<Option<Resource<T>>, Error> {
        let request = self
            .service
            .read(&known.id, &Query::new(), known.etag.as_deref())?;
        Ok(self.service.changed(&self.send(request).await?)?)
    }

    /// Reads a part of a collection: as much as the service puts into one answer.
    ///
    /// # Errors
    /// As for [`Client::read`].
    pub async fn page<T: Typed>(&self, uri: &str, query: &Query) -> Result<Page<T>, Error> {
        let answer = self.send(self.service.read(uri, query, None)?).await?;
        Ok(self.service.page(&answer)?)
    }

    /// The items of a collection, page after page as they are wanted. It ends with the first error.
    pub fn list<'c, T: Typed + 'c>(
        &'c self,
        uri: &str,
        query: Query,
    ) -> impl Stream<Item = Result<Resource<T>, Error>> + 'c {
        let walk = Walk {
            uri: uri.to_owned(),
            ask: Some(Ask::By(query.clone())),
            query,
            items: VecDeque::new(),
            seen: 0,
        };
        stream::try_unfold(walk, move |mut walk: Walk<T>| async move {
            loop {
                if let Some(item) = walk.items.pop_front() {
                    return Ok(Some((item, walk)));
                }
                let Some(ask) = walk.ask.take() else {
                    return Ok(None);
                };
                let page = match &ask {
                    Ask::By(query) => self.page(&walk.uri, query).await?,
                    Ask::Next(uri) => self.page(uri, &Query::new()).await?,
                };
                walk.seen += page.items.len() as u64;
                let following = page.following(&walk.query, walk.seen);
                walk.ask = page.next.map(Ask::Next).or(following.map(Ask::By));
                if walk.ask.as_ref() == Some(&ask) {
                    return Err(Error::Endless(page.id));
                }
                walk.items = page.items.into();
            }
        })
    }

    /// The URI to which a collection's new items are sent.
    ///
    /// # Errors
    /// This caller may not add, and as for [`Client::read`].
    pub async fn adding(&self, collection: &str) -> Result<String, Error> {
        // The type of the items does not matter where there are none.
        let query = Query::new().select(["id", "operations"]);
        let page: Page<Job> = self.page(collection, &query).await?;
        Ok(page.operation(cimi_rest::ADD)?.href.clone())
    }

    /// Adds to a collection: a resource, or a create request with a template. `add` is what
    /// [`Client::adding`] or the collection's page says.
    ///
    /// # Errors
    /// The service refuses.
    pub async fn create<T: Typed>(&self, add: &str, body: &T) -> Result<Outcome, Error> {
        let answer = self.send(self.service.create(add, body)?).await?;
        Ok(self.service.outcome(&answer)?)
    }

    /// Changes some attributes: those that are named and absent in `body` are removed. If the resource was
    /// read with a version, only if nobody else has changed it since.
    ///
    /// # Errors
    /// The service refuses; with status 412 if somebody else was first.
    pub async fn update<T: Typed>(
        &self,
        resource: &Resource<T>,
        attributes: &[&str],
        body: &T,
    ) -> Result<Outcome, Error> {
        let edit = &resource.operation(cimi_rest::EDIT)?.href;
        let version = resource.etag.as_deref();
        let request = self.service.update(edit, attributes, body, version)?;
        Ok(self.service.outcome(&self.send(request).await?)?)
    }

    /// Replaces a whole resource by its changed value: what is absent is removed.
    ///
    /// # Errors
    /// As for [`Client::update`].
    pub async fn replace<T: Typed>(&self, resource: &Resource<T>) -> Result<Outcome, Error> {
        let edit = &resource.operation(cimi_rest::EDIT)?.href;
        let version = resource.etag.as_deref();
        let request = self.service.replace(edit, &resource.value, version)?;
        Ok(self.service.outcome(&self.send(request).await?)?)
    }

    /// Deletes a resource; if it was read with a version, only if nobody has changed it since.
    ///
    /// # Errors
    /// As for [`Client::update`].
    pub async fn delete<T>(&self, resource: &Resource<T>) -> Result<Outcome, Error> {
        let uri = &resource.operation(cimi_rest::DELETE)?.href;
        let request = self.service.delete(uri, resource.etag.as_deref())?;
        Ok(self.service.outcome(&self.send(request).await?)?)
    }

    /// Does an action that the resource offers.
    ///
    /// # Errors
    /// The resource does not offer it, or the service refuses.
    pub async fn act<T>(&self, resource: &Resource<T>, action: &Action) -> Result<Outcome, Error> {
        let answer = self.send(self.service.act(resource, action)?).await?;
        Ok(self.service.outcome(&answer)?)
    }

    /// Waits until a change is done, and shows the job each time that it was read.
    ///
    /// # Errors
    /// The job fails or is stopped, or cannot be read.
    pub async fn wait(
        &self,
        outcome: &Outcome,
        mut progress: impl FnMut(&Job),
    ) -> Result<Option<Resource<Job>>, Error> {
        let uri = match &outcome.job {
            Some(uri) => uri,
            None if outcome.completed => return Ok(None),
            None => return Err(Error::NoJob),
        };
        let mut waiting = Waiting::new();
        loop {
            let time = match self.read::<Job>(uri).await {
                Ok(job) => {
                    progress(&job);
                    match waiting.step(&job)? {
                        Step::Done => return Ok(Some(job)),
                        Step::Wait(time) => time,
                    }
                }
                // The job goes on, whether we are answered or not.
                Err(Error::Service(ClientError::Refused {
                    status: 503,
                    retry_after,
                    ..
                })) => retry_after.map_or(RETRY, |s| Duration::from_secs(s.into())),
                Err(error) => return Err(error),
            };
            tokio::time::sleep(time).await;
        }
    }

    /// Waits until a new resource is there, and reads it.
    ///
    /// # Errors
    /// As for [`Client::wait`] and [`Client::read`].
    pub async fn made<T: Typed>(
        &self,
        outcome: &Outcome,
        progress: impl FnMut(&Job),
    ) -> Result<Resource<T>, Error> {
        let uri = self.located(outcome, progress).await?;
        self.read(&uri).await
    }

    /// Waits until a new resource is there; where it is.
    ///
    /// # Errors
    /// As for [`Client::wait`].
    pub async fn located(
        &self,
        outcome: &Outcome,
        progress: impl FnMut(&Job),
    ) -> Result<String, Error> {
        let job = if outcome.completed {
            None
        } else {
            self.wait(outcome, progress).await?
        };
        if let Some(uri) = &outcome.location {
            return Ok(uri.clone());
        }
        // Some services name it in the job only, beside the collection.
        let job = job.ok_or(Error::NoLocation)?;
        let target = job.target_resource.as_ref();
        let affected = job.affected_resources.iter();
        let new = affected.rev().find(|link| Some(*link) != target);
        Ok(new.ok_or(Error::NoLocation)?.href.clone())
    }

    /// Reads a document as it is written, for who knows more types than the typed structures.
    ///
    /// # Errors
    /// The service refuses.
    pub async fn document(&self, uri: &str, query: &Query) -> Result<Document, Error> {
        let answer = self.send(self.service.read(uri, query, None)?).await?;
        let (format, text) = self.service.document(&answer)?;
        Ok(Document {
            format,
            text,
            next: self.service.next(&answer),
        })
    }

    /// Adds to a collection what is written already, in the format of the client.
    ///
    /// # Errors
    /// The service refuses.
    pub async fn create_document(&self, add: &str, body: String) -> Result<Outcome, Error> {
        let answer = self.send(self.service.create_document(add, body)?).await?;
        Ok(self.service.outcome(&answer)?)
    }
}

/// How far a collection was read.
struct Walk<T> {
    uri: String,
    query: Query,
    ask: Option<Ask>,
    items: VecDeque<Resource<T>>,
    seen: u64,
}

/// How to get the next page.
#[derive(PartialEq, Eq)]
enum Ask {
    By(Query),
    Next(String),
}
