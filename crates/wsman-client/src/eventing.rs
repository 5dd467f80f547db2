//! Subscriptions: what goes to a source. Events of mode Pull come page after page.

use std::time::Duration;

use wsman::Batch;
use wsman::client::eventing::{Subscribed, Subscription, subscribed};
use wsman::client::{Page, RemoteFault, read};
use wsman::epr::Epr;
use wsman::uris::ns;

use crate::{Client, Error, message_id};

impl Client {
    /// Subscribes to a class of events or to what happens to the instances of a class.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn subscribe(
        &self,
        target: &Epr,
        wanted: &Subscription,
    ) -> Result<Subscribed, Error> {
        let id = message_id();
        let request = self.requests.subscribe(&id, target, wanted);
        let answer = self.exchange(request).await?;
        self.understood(&answer, |bytes, media| subscribed(bytes, media, &id))
    }

    /// The events since a context; `None` if nothing happened while the service waited: the context stays
    /// good. The page has the next context, or none where the subscription has ended.
    ///
    /// # Errors
    /// See [`Error`]; the fault `wsen:TimedOut` where the subscription has expired.
    pub async fn pull_events(
        &self,
        target: &Epr,
        context: &str,
        batch: &Batch,
    ) -> Result<Option<Page>, Error> {
        let id = message_id();
        let request = self.requests.pull(&id, target, context, batch);
        let answer = self.exchange(request).await?;
        match self.understood(&answer, |bytes, media| read::page(bytes, media, &id)) {
            Err(Error::Fault(fault)) if nothing_happened(&fault) => Ok(None),
            page => page.map(Some),
        }
    }

    /// Lets a subscription live on.
    ///
    /// # Errors
    /// See [`Error`]; the faults `UnableToRenew` and `DestinationUnreachable` where it has ended.
    pub async fn renew_subscription(
        &self,
        target: &Epr,
        identifier: &str,
        expires: Duration,
    ) -> Result<(), Error> {
        self.manage(target, "Renew", identifier, Some(expires))
            .await
    }

    /// Ends a subscription.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn unsubscribe(&self, target: &Epr, identifier: &str) -> Result<(), Error> {
        self.manage(target, "Unsubscribe", identifier, None).await
    }

    async fn manage(
        &self,
        target: &Epr,
        operation: &str,
        identifier: &str,
        expires: Option<Duration>,
    ) -> Result<(), Error> {
        let id = message_id();
        let request = self
            .requests
            .manage(&id, operation, target, identifier, expires);
        self.call(&id, request).await.map(drop)
    }
}

/// `wsman:TimedOut`, not `wsen:TimedOut`, which says that there is nothing to pull from any more.
fn nothing_happened(fault: &RemoteFault) -> bool {
    fault.is("TimedOut") && !fault.is_of(ns::WSEN, "TimedOut")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_tell_is_not_nothing_more_to_come() {
        let fault = |prefix: &str| RemoteFault {
            subcode: "TimedOut".to_owned(),
            xml: format!(
                "<s:Fault xmlns:a=\"{}\" xmlns:b=\"{}\"><s:Value>\n{prefix}:TimedOut</s:Value></s:Fault>",
                ns::WSEN,
                ns::WSMAN
            ),
            ..RemoteFault::default()
        };
        assert!(nothing_happened(&fault("b")) && !nothing_happened(&fault("a")));
    }
}
