//! A collection whose answer is written while it is read, so that a long one needs no more memory than a short one.
//!
//! The provider says first what there is (`Provider::survey`): the count, where the page ends and a version, which is all
//! that the head of the answer needs. Everything is then read from that moment. What fits into one piece
//! is an answer like any other; of a longer one a task writes the rest, as fast as the client reads.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use cim_core::Instance;
use cimi_rest::{CollectionPieces, Route, route};
use http::{Method, Response, StatusCode, header, request};
use provider::{Cursor, PageRequest, Principal, Provider, Survey};
use tokio::sync::mpsc;
use tokio::time::timeout_at;

use super::collection::{self, Asked, MAX_EXAMINED, Of};
use super::exchange::{Exchange, Failure};
use super::{RestBinding, conditions};
use crate::streaming::{Piece, Streamed};

/// Bytes of a piece, and of the longest answer that is one.
const PIECE: usize = 64 * 1024;
/// Items that are in memory at a time.
const ITEMS: usize = 64;
/// The same for the parts of a resource: all of them are looked up again for each page.
const PARTS: usize = 512;

/// The answer to a GET or HEAD of a collection of which that much is known.
pub(super) async fn answer(
    x: &Exchange<'_>,
    of: &Of<'_>,
    asked: &Asked,
    survey: Survey,
) -> Result<Response<Bytes>, Failure> {
    let mut response = x.body(StatusCode::OK, String::new());
    if let Some(end) = survey.end
        && let Some(link) = asked.link(x, of, end, asked.limit)
    {
        x.set(&mut response, header::LINK.as_str(), &link);
    }
    // What is expanded changes without the items.
    let is_derived = x.parameters.expand.is_empty();
    if is_derived {
        let tag = conditions::derived_tag((
            &survey.version.0,
            survey.count,
            x.format(),
            x.links.base(),
            x.request.uri.query(),
            x.context.principal.role,
        ));
        x.set_tag(&mut response, &tag);
        response = x.unless_known(response)?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(response);
        }
    }
    let snapshot = Arc::clone(&survey.snapshot);
    x.stand_still(survey.snapshot);
    let mut text = String::with_capacity(PIECE / 8);
    let mut progress = Progress {
        pieces: CollectionPieces::begin(
            x.format(),
            &mut text,
            &x.writing(),
            &collection::view(x, of, asked, survey.count, &[]),
        ),
        count: survey.count,
        after: asked.after.clone(),
        skip: asked.skip,
        left: match &asked.items {
            Some(_) => asked.limit,
            None => 0,
        },
        budget: x.settings().expansions,
    };
    while text.len() < PIECE {
        if !progress.add(x, of, asked, &mut text).await? {
            progress.end(x, of, asked, &mut text);
            *response.body_mut() = text.into();
            if !is_derived {
                x.set_content_tag(&mut response);
                response = x.unless_known(response)?;
            }
            return Ok(response);
        }
    }
    let (sender, receiver) = mpsc::channel(1);
    if x.request.method != Method::HEAD {
        let now = Instant::now();
        let deadline = x.context.deadline.unwrap_or(now);
        let rest = Rest {
            binding: x.binding.clone(),
            request: x.request.clone(),
            principal: Arc::clone(&x.context.principal),
            snapshot,
            patience: deadline.saturating_duration_since(now),
            progress,
            sender,
        };
        tokio::spawn(rest.write());
    }
    *response.body_mut() = text.into();
    response
        .extensions_mut()
        .insert(Streamed::document(receiver));
    Ok(response)
}

/// How far a collection is written.
struct Progress {
    pieces: CollectionPieces,
    count: u64,
    after: Option<Cursor>,
    skip: u64,
    /// Items of the answer that are not written.
    left: usize,
    /// Links that may still be expanded.
    budget: usize,
}

impl Progress {
    /// Reads and writes some items. Returns whether there may be more.
    async fn add(
        &mut self,
        x: &Exchange<'_>,
        of: &Of<'_>,
        asked: &Asked,
        out: &mut String,
    ) -> Result<bool, Failure> {
        if self.left == 0 {
            return Ok(false);
        }
        let most = if of.owner.is_some() { PARTS } else { ITEMS };
        let request = PageRequest {
            after: self.after.as_ref(),
            skip: self.skip,
            max_items: self.left.min(most),
            max_examined: MAX_EXAMINED,
            count: false,
        };
        let provider = x.provider();
        let page = provider.query(&x.context, &asked.query, request).await?;
        let items = page.items.into_iter().map(|item| item.resource.instance);
        let items: Vec<Instance> = items.collect();
        let expanded = collection::expanded(x, asked, &items, &mut self.budget).await;
        let views = collection::views(asked, &items, &expanded);
        let view = collection::view(x, of, asked, self.count, &views);
        self.pieces.add(out, &x.writing(), &view);
        self.left = self.left.saturating_sub(items.len());
        // A cursor says what is still to be skipped.
        self.skip = 0;
        self.after = page.next;
        Ok(self.after.is_some())
    }

    fn end(self, x: &Exchange<'_>, of: &Of<'_>, asked: &Asked, out: &mut String) {
        let view = collection::view(x, of, asked, self.count, &[]);
        self.pieces.end(out, &x.writing(), &view);
    }
}

/// What a task needs to write the rest of an answer.
struct Rest {
    binding: RestBinding,
    request: request::Parts,
    principal: Arc<Principal>,
    snapshot: Arc<dyn Provider>,
    /// How long a request may take: each page, and all of them before the moment that they are read from is given up.
    patience: Duration,
    progress: Progress,
    sender: mpsc::Sender<Piece>,
}

impl Rest {
    async fn write(self) {
        let sender = self.sender.clone();
        match self.pieces().await {
            Ok(Some(text)) => {
                // A client that is gone does not matter any more.
                let _ = sender.send(Piece::Last(text.into())).await;
            }
            Ok(None) => {}
            // The client sees an answer that breaks off.
            Err(failure) => {
                tracing::info!(reason = failure.error.message, "a collection breaks off");
            }
        }
    }

    /// Writes all but the last piece, which is the result; `None` if the client is gone.
    async fn pieces(mut self) -> Result<Option<String>, Failure> {
        let give_up = tokio::time::Instant::now() + self.patience;
        let deadline = Instant::now() + self.patience;
        let mut x = Exchange::new(&self.binding, self.principal, &self.request, deadline);
        x.negotiate()?;
        x.stand_still(self.snapshot);
        let path = self.request.uri.path();
        let below = path.strip_prefix(self.binding.settings.path.as_str());
        let Some(Route::Collection {
            collection,
            owner,
            id,
        }) = below.and_then(|path| route(x.model(), path))
        else {
            return Err(Failure::new(404, "There is nothing at this URI."));
        };
        let of = Of {
            collection,
            owner: owner.as_ref().map(|(class, id)| (*class, id.as_str())),
            id: &id,
        };
        let asked = Asked::read(&x, &of)?;
        let mut text = String::with_capacity(PIECE + PIECE / 2);
        loop {
            x.context.deadline = Some(Instant::now() + self.patience);
            if !self.progress.add(&x, &of, &asked, &mut text).await? {
                self.progress.end(&x, &of, &asked, &mut text);
                return Ok(Some(text));
            }
            if text.len() < PIECE {
                continue;
            }
            match timeout_at(give_up, self.sender.reserve()).await {
                Ok(Ok(place)) => {
                    let full =
                        std::mem::replace(&mut text, String::with_capacity(PIECE + PIECE / 2));
                    place.send(Piece::More(full.into()));
                }
                Ok(Err(_)) => return Ok(None),
                // A client that reads so slowly does not hold on to the moment: the rest of the page is read at once.
                Err(_) if self.sender.is_closed() => return Ok(None),
                Err(_) => {}
            }
        }
    }
}
