//! How a subscription looks as instances, however it was made.

use cim_core::{CimError, CimType, DateTime, Instance, Value};
use wsman::uris::{ANONYMOUS, dialect};

use super::given::{CQL, IGNORE, MODES, REMOVE, WQL, WS_MANAGEMENT};
use super::{DESTINATION, FILTER, Indications, SUBSCRIPTION};
use crate::events::row::{Filter as KeptFilter, Row};
use crate::events::{Subscription, now};

impl Indications {
    /// The filter and the destination of a subscription, as they are or as they would have been made.
    pub(super) fn ends(
        &self,
        subscription: &Subscription,
    ) -> Result<(Instance, Instance), CimError> {
        let row = &subscription.row;
        let identifier = subscription.identifier();
        let name = |name: &Option<String>| name.clone().unwrap_or_else(|| identifier.clone());
        let (language, query) = self.query(row);
        let namespaces = Value::Array(vec![Value::from(row.namespace.as_str())]);
        let filter = self
            .named(FILTER, &name(&row.cim.filter))?
            .with("SourceNamespaces", namespaces)
            .with("IndividualSubscriptionSupported", Value::Boolean(true))
            .with("Query", query.as_str())
            .with("QueryLanguage", language);
        let mode = MODES.iter().find(|(_, mode)| *mode == row.mode());
        let sink = row.sink.as_ref();
        let encoding = if row.utf16 { "UTF-16" } else { "UTF-8" };
        let mut handler = self
            .named(DESTINATION, &name(&row.cim.handler))?
            .with(
                "Destination",
                sink.map_or(ANONYMOUS, |sink| &sink.notify_to.address),
            )
            .with("Protocol", WS_MANAGEMENT)
            .with("PersistenceType", 3_u64)
            .with("ContentEncoding", encoding)
            .with("SendBookmark", row.send_bookmarks)
            .with("DeliveryMode", mode.map_or(0, |(number, _)| *number));
        if let Some(millis) = row.heartbeat_millis {
            handler.set("Heartbeat", millis.div_ceil(1000));
        }
        if let Some(sink) = sink {
            if let Some(end_to) = &sink.end_to {
                handler.set("DestinationEndTo", end_to.address.as_str());
            }
            if sink.max_time_millis > 0 {
                handler.set("MaxTime", sink.max_time_millis.div_ceil(1000));
            }
        }
        Ok((filter, handler))
    }

    /// Language and text of what a subscription selects. What was not written as a query is written as one.
    fn query(&self, row: &Row) -> (&'static str, String) {
        match &row.filter {
            Some(KeptFilter::Wql(text)) => return (WQL[0], text.clone()),
            Some(KeptFilter::Cql(text)) => return (CQL[0], text.clone()),
            Some(KeptFilter::XPath(text)) => return (dialect::XPATH, text.clone()),
            Some(KeptFilter::Selectors(_)) | None => {}
        }
        let class = row.resource_uri.rsplit('/').next().unwrap_or_default();
        let mut pairs: Vec<&(String, String)> = row.selectors.iter().collect();
        if let Some(KeptFilter::Selectors(more)) = &row.filter {
            pairs.extend(more);
        }
        let conditions: Vec<String> = pairs
            .into_iter()
            .map(|(name, text)| {
                let class = self.schema.class(class);
                let property = class.and_then(|class| class.property(name));
                let is_text = property.is_none_or(|(_, property)| {
                    matches!(property.ty, CimType::String | CimType::DateTime)
                });
                if is_text {
                    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
                    format!("{name} = \"{text}\"")
                } else {
                    format!("{name} = {text}")
                }
            })
            .collect();
        let mut query = format!("SELECT * FROM {class}");
        if !conditions.is_empty() {
            query.push_str(" WHERE ");
            query.push_str(&conditions.join(" AND "));
        }
        (WQL[0], query)
    }

    /// The association that is a subscription.
    pub(super) fn shown(
        &self,
        subscription: &Subscription,
        filter: &Instance,
        handler: &Instance,
    ) -> Result<Instance, CimError> {
        let row = &subscription.row;
        let ends = subscription.expiry().at;
        let mut shown = self
            .blank(SUBSCRIPTION)?
            .with("Filter", filter.path())
            .with("Handler", handler.path())
            .with("SubscriptionState", 2_u64)
            .with("SubscriptionTimeRemaining", ends.saturating_sub(now()))
            .with("RepeatNotificationPolicy", 2_u64)
            .with("SubscriptionInfo", subscription.identifier().as_str());
        // A row of a former release does not say when it was made.
        if row.begun > 0 {
            let micros = i64::try_from(row.begun).unwrap_or(i64::MAX);
            let begun = DateTime::utc(micros.saturating_mul(1_000_000));
            shown.set("SubscriptionStartTime", Value::DateTime(begun));
            shown.set("SubscriptionDuration", ends.saturating_sub(row.begun));
        }
        if let Some(sink) = &row.sink {
            let usual = self.subscriptions.config().patience_seconds;
            let patience = match sink.retry {
                Some((millis, total)) => millis.saturating_mul(u64::from(total)) / 1000,
                None => sink.patience_seconds.unwrap_or(usual),
            };
            if patience == u64::MAX {
                shown.set("OnFatalErrorPolicy", IGNORE);
            } else {
                shown.set("OnFatalErrorPolicy", REMOVE);
                shown.set("FailureTriggerTimeInterval", patience);
            }
        }
        Ok(shown)
    }
}
