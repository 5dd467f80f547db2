//! Events: the outbox, seen by one caller.

use std::ops::ControlFlow;
use std::time::Instant;

use cim_core::{CimError, ErrorKind};

use super::core::{Core, sees, store_error};
use super::row::{class_of_event, decode_event, tenant_of_event};
use crate::{Bookmark, EventPage, OperationContext, Wanted};

/// Events that are looked at before others get their turn.
const SLICE: usize = 256;

impl Core {
    /// Events after a bookmark; with `wanted`, those about such classes.
    pub(crate) async fn watch(
        &self,
        context: &OperationContext,
        after: Bookmark,
        max: usize,
        wait_until: Option<Instant>,
        wanted: Option<Wanted<'_>>,
    ) -> Result<EventPage, CimError> {
        let mut newest = self.store.watch();
        let mut page = EventPage {
            next: after,
            ..EventPage::default()
        };
        let mut first_look = true;
        loop {
            newest.borrow_and_update();
            let window = self.look_at_events(context, &mut page, max, wanted).await?;
            if std::mem::take(&mut first_look) {
                if after.0 > window.last {
                    return Err(CimError::new(
                        ErrorKind::InvalidCursor,
                        format!(
                            "There is no event {} yet; the newest is {}.",
                            after.0, window.last
                        ),
                    ));
                }
                page.dropped = window.first.saturating_sub(after.0.saturating_add(1));
                page.next.0 = page.next.0.max(window.first.saturating_sub(1));
            }
            let has_passed = wanted.is_some() && page.next > after;
            if !page.events.is_empty() || max == 0 || has_passed {
                return Ok(page);
            }
            if page.next.0 < window.last {
                // All were other tenants': others get their turn, then on.
                tokio::task::yield_now().await;
                continue;
            }
            let Some(until) = wait_until else {
                return Ok(page);
            };
            match tokio::time::timeout_at(until.into(), newest.changed()).await {
                Ok(Ok(())) => {}
                // The time is over, or the store is closed.
                Ok(Err(_)) | Err(_) => return Ok(page),
            }
        }
    }

    async fn look_at_events(
        &self,
        context: &OperationContext,
        page: &mut EventPage,
        max: usize,
        wanted: Option<Wanted<'_>>,
    ) -> Result<store::EventWindow, CimError> {
        let schema = &self.model.schema;
        // What nobody asks about is not decoded; a class that is unknown is left to who decodes.
        let is_wanted = |bytes: &[u8]| match wanted {
            None => Ok(true),
            Some(wanted) => Ok(schema.class(class_of_event(bytes)?).is_none_or(wanted)),
        };
        let mut left = SLICE;
        self.store
            .events(page.next.0, &mut |sequence, bytes| {
                if left == 0 || page.events.len() >= max {
                    return ControlFlow::Break(());
                }
                left -= 1;
                let event = match tenant_of_event(bytes) {
                    Ok(tenant) if sees(&context.principal, tenant) => {
                        is_wanted(bytes).and_then(|is_wanted| {
                            let event = is_wanted.then(|| decode_event(sequence, bytes, schema));
                            event.transpose()
                        })
                    }
                    Ok(_) => Ok(None),
                    Err(corrupt) => Err(corrupt),
                };
                match event {
                    Ok(event) => page.events.extend(event),
                    // One event that cannot be read must not hide all that follow.
                    Err(corrupt) => tracing::error!(sequence, ?corrupt, "an event cannot be read"),
                }
                page.next.0 = sequence;
                ControlFlow::Continue(())
            })
            .await
            .map_err(|error| store_error(&error))
    }
}
