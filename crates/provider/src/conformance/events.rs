//! Events: complete, in order, from a bookmark.

use std::time::{Duration, Instant};

use cim_core::{ClassDescriptor, ErrorKind, Value};

use super::{PATIENCE, Suite, expect_error, id};
use crate::{Bookmark, Event, EventKind, OperationContext, Role};

const MACHINE: &str = "CIMI_Machine";

impl Suite<'_> {
    /// The bookmark of the newest event.
    pub async fn newest_event(&self, context: &OperationContext) -> Bookmark {
        let mut after = Bookmark::default();
        loop {
            let page = self
                .provider
                .watch(context, after, 1_000, None)
                .await
                .expect("watch");
            after = page.next;
            if page.events.is_empty() {
                return after;
            }
        }
    }

    /// All events after a bookmark.
    pub async fn events_after(&self, context: &OperationContext, after: Bookmark) -> Vec<Event> {
        let mut events = Vec::new();
        let mut after = after;
        loop {
            // A page of three: the whole is the same.
            let page = self
                .provider
                .watch(context, after, 3, None)
                .await
                .expect("watch");
            assert!(page.events.len() <= 3);
            assert!(page.next >= after);
            after = page.next;
            if page.events.is_empty() {
                return events;
            }
            events.extend(page.events);
        }
    }

    /// The events about machines after a bookmark, asked for so that others may be left out.
    async fn events_of_machines(&self, context: &OperationContext, after: Bookmark) -> Vec<Event> {
        let wanted = |class: &ClassDescriptor| class.is_a(MACHINE);
        let (mut events, mut after) = (Vec::new(), after);
        loop {
            let page = self.provider.watch_some(context, after, 3, None, &wanted);
            let page = page.await.expect("watch");
            assert!(page.events.len() <= 3);
            let is_of_machine = |event: &Event| event.instance.class().is_a(MACHINE);
            if page.next == after {
                return events;
            }
            after = page.next;
            events.extend(page.events.into_iter().filter(is_of_machine));
        }
    }

    /// A life in events, a wait for the next one, and what other tenants do not hear.
    pub async fn events_tell_everything(&self) {
        let context = self.administrator();
        let bookmark = self.newest_event(&context).await;
        let machine = self.machine().await;
        self.run(&machine, "Start").await;
        self.modify(&machine, &[("ElementName", Value::from("renamed"))], None)
            .await
            .expect("modify");
        self.delete(&machine).await;

        let events = self.events_after(&context, bookmark).await;
        assert!(
            events
                .windows(2)
                .all(|pair| pair[0].bookmark < pair[1].bookmark),
            "in order"
        );
        let machines = |event: &&Event| event.instance.class().is_a(MACHINE);
        let told: Vec<_> = events.iter().filter(machines).cloned().collect();
        assert_eq!(self.events_of_machines(&context, bookmark).await, told);
        let of_machine: Vec<_> = events
            .iter()
            .filter(|event| event.instance.text("InstanceID") == Some(id(&machine)))
            .collect();
        let told: Vec<_> = of_machine
            .iter()
            .map(|event| {
                let kind = match &event.kind {
                    EventKind::Creation => "created",
                    EventKind::Modification { .. } => "modified",
                    EventKind::Deletion => "deleted",
                };
                (kind, event.instance.text("State").unwrap_or_default())
            })
            .collect();
        assert_eq!(
            told,
            [
                ("created", "CREATING"),
                ("modified", "STOPPED"),
                ("modified", "STARTING"),
                ("modified", "STARTED"),
                ("modified", "STARTED"),
                ("modified", "DELETING"),
                ("deleted", "DELETING"),
            ]
        );
        // Each modification says what was before, and that is what the event before it said.
        for pair in of_machine.windows(2) {
            if let EventKind::Modification { previous } = &pair[1].kind {
                assert_eq!(**previous, pair[0].instance);
            }
        }
        let job_ended = events.iter().any(|event| {
            event.instance.class().name == "CIMI_Job"
                && matches!(event.kind, EventKind::Modification { .. })
                && event.instance.text("State") == Some("SUCCESS")
                && event.instance.text("TargetResource") == Some(id(&machine))
        });
        assert!(job_ended, "a finished job is a modification of the job");

        // Nothing new (unless others work here too): the wait ends at its time, not before.
        let after = self.newest_event(&context).await;
        let blue = (self.context)(Role::Reader, Some("blue"));
        let until = Instant::now() + Duration::from_millis(30);
        let page = self
            .provider
            .watch(&blue, after, 10, Some(until))
            .await
            .expect("watch");
        assert!(!page.events.is_empty() || Instant::now() >= until);
        // Something new: the wait ends with it.
        let until = Instant::now() + PATIENCE;
        let wait = self.provider.watch(&context, after, 10, Some(until));
        let (page, made) = tokio::join!(wait, self.volume());
        let page = page.expect("watch");
        assert!(!page.events.is_empty() && page.dropped == 0);

        if self.principals {
            let red = (self.context)(Role::Operator, Some("red"));
            let bookmark = self.newest_event(&context).await;
            let created = self
                .provider
                .create(
                    &red,
                    self.blank("CIMI_VolumeConfiguration")
                        .with("Capacity", 1_u64),
                    None,
                )
                .await
                .expect("create");
            let reds = self.ready(created).await;
            let is_red = |event: &Event| event.instance.text("InstanceID") == Some(id(&reds));
            assert!(self.events_after(&red, bookmark).await.iter().any(is_red));
            assert!(!self.events_after(&blue, bookmark).await.iter().any(is_red));
            self.delete(&reds).await;
        }
        expect_error(
            self.provider
                .watch(&context, Bookmark(u64::MAX), 1, None)
                .await,
            ErrorKind::InvalidCursor,
        );
        self.delete(&made).await;
    }
}
