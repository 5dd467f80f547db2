//! Enumerations: page by page, or as a stream of items.

use std::num::NonZeroUsize;
use std::time::Duration;

use futures_util::stream::{Stream, try_unfold};
use wsman::client::{Enumeration, Item, Lifetime, Page, read};
use wsman::epr::Epr;

use crate::{Client, Error, message_id};

/// An enumeration. Dropped before its end, it stays with the service until it expires; [`Pages::release`]
/// ends it at once.
#[derive(Debug)]
pub struct Pages {
    client: Client,
    target: Epr,
    wanted: Enumeration,
    next: Next,
}

#[derive(Debug)]
enum Next {
    /// Nothing was asked yet.
    Enumerate,
    Pull(String),
    End,
}

impl Pages {
    pub(crate) fn new(
        client: Client,
        target: Epr,
        wanted: Enumeration,
        context: Option<String>,
    ) -> Self {
        Self {
            client,
            target,
            wanted,
            next: context.map_or(Next::Enumerate, Next::Pull),
        }
    }

    /// The context to go on with later, in this process or another; `None` before the first page and after
    /// the last.
    pub fn context(&self) -> Option<&str> {
        match &self.next {
            Next::Pull(context) => Some(context),
            _ => None,
        }
    }

    /// At most so many items in the pages to come.
    pub const fn set_batch(&mut self, most: Option<NonZeroUsize>) {
        self.wanted.batch.max_elements = most;
    }

    /// The next page, which may be empty though more come; `None` after the last. After an error the same
    /// page can be asked for again.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn next_page(&mut self) -> Result<Option<Page>, Error> {
        let id = message_id();
        let requests = &self.client.requests;
        let request = match &self.next {
            Next::End => return Ok(None),
            Next::Enumerate => requests.enumerate(&id, &self.target, &self.wanted),
            Next::Pull(context) => requests.pull(&id, &self.target, context, &self.wanted.batch),
        };
        let answer = self.client.exchange(request).await?;
        let page = self
            .client
            .understood(&answer, |bytes, media| read::page(bytes, media, &id))?;
        self.next = match &page.context {
            Some(context) => Next::Pull(context.clone()),
            None => Next::End,
        };
        Ok(Some(page))
    }

    /// Lets the enumeration live for so long from now, or for as long as the service likes. Nothing is
    /// asked before the first page and after the last.
    ///
    /// # Errors
    /// See [`Error`]; many services cannot (the fault `ActionNotSupported`).
    pub async fn renew(&mut self, expires: Option<Duration>) -> Result<Lifetime, Error> {
        let Next::Pull(context) = &self.next else {
            return Ok(Lifetime::default());
        };
        let id = message_id();
        let requests = &self.client.requests;
        let request = requests.renew(&id, &self.target, context, expires);
        let lifetime = self.lifetime(&id, request).await?;
        if let Some(context) = &lifetime.context {
            self.next = Next::Pull(context.clone());
        }
        Ok(lifetime)
    }

    /// Until when the enumeration lives.
    ///
    /// # Errors
    /// As [`Pages::renew`].
    pub async fn status(&self) -> Result<Lifetime, Error> {
        let Next::Pull(context) = &self.next else {
            return Ok(Lifetime::default());
        };
        let id = message_id();
        let requests = &self.client.requests;
        let request = requests.get_status(&id, &self.target, context);
        self.lifetime(&id, request).await
    }

    async fn lifetime(&self, id: &str, request: String) -> Result<Lifetime, Error> {
        let answer = self.client.exchange(request).await?;
        self.client
            .understood(&answer, |bytes, media| read::lifetime(bytes, media, id))
    }

    /// Ends the enumeration before its end.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn release(self) -> Result<(), Error> {
        let Next::Pull(context) = &self.next else {
            return Ok(());
        };
        let id = message_id();
        let request = self.client.requests.release(&id, &self.target, context);
        self.client.call(&id, request).await?;
        Ok(())
    }

    /// The items one by one; pages are asked for as they are needed.
    pub fn items(self) -> impl Stream<Item = Result<Item, Error>> + Send {
        let start = (self, Vec::new().into_iter());
        try_unfold(start, |(mut pages, mut items)| async move {
            loop {
                if let Some(item) = items.next() {
                    return Ok(Some((item, (pages, items))));
                }
                match pages.next_page().await? {
                    Some(page) => items = page.items.into_iter(),
                    None => return Ok(None),
                }
            }
        })
    }
}
