//! Reading: get, extents, predicates, order, pages.

use std::collections::BTreeSet;

use cim_core::{ErrorKind, Instance, ObjectPath, Value};
use cim_query::{CompareOp, Comparison, Literal, OrderBy, Predicate, Query};

use super::{Suite, expect_error, id, path};
use crate::{Cursor, Page, PageRequest};

/// A page of everything.
pub(super) const ALL: PageRequest<'static> = PageRequest {
    after: None,
    skip: 0,
    max_items: usize::MAX,
    max_examined: usize::MAX,
    count: false,
};

fn named(front: &str) -> Predicate {
    Predicate::Like {
        path: vec!["ElementName".to_owned()],
        pattern: format!("{front}%"),
    }
}

fn names(page: &Page) -> Vec<String> {
    page.items
        .iter()
        .filter_map(|item| item.resource.instance.text("ElementName"))
        .map(str::to_owned)
        .collect()
}

impl Suite<'_> {
    async fn page(&self, query: &Query, page: PageRequest<'_>) -> Page {
        self.provider
            .query(&self.administrator(), query, page)
            .await
            .expect("query")
    }

    fn query(&self, class: &str) -> Query {
        Query::all(self.provider.schema().class(class).expect(class))
    }

    /// Volume configurations `<front>-0` and so on; `Capacity` counts down.
    async fn some(&self, front: &str, number: u64) -> Vec<Instance> {
        let mut all = Vec::new();
        for n in 0..number {
            let config = self
                .blank("CIMI_VolumeConfiguration")
                .with("ElementName", format!("{front}-{n}"))
                .with("Format", if n % 2 == 0 { "ext4" } else { "xfs" })
                .with("Capacity", 1_000 - n);
            all.push(self.create(config).await);
        }
        all
    }

    /// Get finds a resource through its class and every superclass, and nothing else.
    pub async fn reading(&self) {
        let context = self.administrator();
        let config = self.configuration().await;
        let known = id(&config);
        let read = self
            .get("CIMI_MachineConfiguration", known)
            .await
            .expect("get");
        assert_eq!(read.instance.value("Memory").as_u64(), Some(4_194_304));
        assert_eq!(read.instance.value("Disks").elements().len(), 2);
        assert_eq!(
            read.instance.value("Created"),
            read.instance.value("Updated")
        );
        for class in [
            "CIMI_Resource",
            "CIM_ManagedElement",
            "cimi_machineconfiguration",
        ] {
            let through = self.get(class, known).await.expect(class);
            assert_eq!(through.instance, read.instance, "through {class}");
            assert_eq!(through.etag, read.etag);
        }
        expect_error(self.get("CIMI_Machine", known).await, ErrorKind::NotFound);
        expect_error(
            self.get("CIMI_MachineConfiguration", "machineConfigs/none")
                .await,
            ErrorKind::NotFound,
        );
        let error = expect_error(
            self.get("CIMI_MachineConfigurations", known).await,
            ErrorKind::InvalidClass,
        );
        assert!(
            error.message().contains("CIMI_MachineConfiguration"),
            "{error}"
        );
        for wrong in [
            ObjectPath::of_class("CIMI_Machine"),
            ObjectPath::new("CIMI_Machine", "Name", known),
        ] {
            expect_error(
                self.provider.get(&context, &wrong).await,
                ErrorKind::InvalidParameter,
            );
        }
        let entry = self.get("CIMI_CloudEntryPoint", "cloudEntryPoint").await;
        assert_eq!(
            entry.expect("the entry point").instance.class().name,
            "CIMI_CloudEntryPoint"
        );
    }

    /// A class and its subclasses, with predicates that see values as the client does.
    pub async fn extents(&self) {
        let front = self.name("extent");
        let made = self.some(&front, 5).await;
        let mut query = self.query("CIMI_VolumeConfiguration");
        query.predicate = Some(named(&front));
        let page = self.page(&query, ALL).await;
        assert_eq!(page.items.len(), 5);
        assert!(page.next.is_none());
        assert_eq!(page.count, None);
        for item in &page.items {
            let alone = self
                .get("CIMI_VolumeConfiguration", id(&item.resource.instance))
                .await
                .expect("get");
            assert_eq!(alone, item.resource, "a result is what get gives");
        }

        query.class = self.query("CIMI_Resource").class;
        assert_eq!(self.page(&query, ALL).await.items.len(), 5);
        query.exact_class = true;
        assert_eq!(self.page(&query, ALL).await.items.len(), 0);

        let compare = |property: &str, op, value| {
            Predicate::Compare(Comparison {
                path: vec![property.to_owned()],
                op,
                value,
            })
        };
        for (predicate, expected) in [
            (compare("Capacity", CompareOp::Ge, Literal::Integer(998)), 3),
            (
                compare("Format", CompareOp::Eq, Literal::String("xfs".to_owned())),
                2,
            ),
            (Predicate::IsNull(vec!["Type".to_owned()]), 5),
            (
                compare(
                    "AvailableOperations",
                    CompareOp::Eq,
                    Literal::String("delete".to_owned()),
                ),
                5,
            ),
            (
                Predicate::Isa {
                    path: Vec::new(),
                    class: "CIMI_Machine".to_owned(),
                },
                0,
            ),
        ] {
            let mut query = self.query("CIMI_VolumeConfiguration");
            query.predicate = Some(Predicate::And(vec![named(&front), predicate.clone()]));
            let page = self.page(&query, PageRequest { count: true, ..ALL }).await;
            assert_eq!(page.items.len(), expected, "{predicate:?}");
            assert_eq!(page.count, Some(expected as u64));
        }
        for config in &made {
            self.delete(config).await;
        }
    }

    /// Pages lead from one to the next, whatever is written meanwhile.
    pub async fn cursors(&self) {
        let front = self.name("cursor");
        let made = self.some(&front, 7).await;
        let mut query = self.query("CIMI_VolumeConfiguration");
        query.predicate = Some(named(&front));
        let whole = names(&self.page(&query, ALL).await);
        assert_eq!(whole.len(), 7);

        // Any page size, and any bound on what is examined, gives the same results in the same order.
        for (max_items, max_examined) in [(1, usize::MAX), (3, usize::MAX), (7, 2), (2, 1)] {
            let mut seen = Vec::new();
            let mut after: Option<Cursor> = None;
            loop {
                let page = self
                    .page(
                        &query,
                        PageRequest {
                            after: after.as_ref(),
                            max_items,
                            max_examined,
                            ..ALL
                        },
                    )
                    .await;
                assert!(page.items.len() <= max_items);
                seen.extend(names(&page));
                match page.next {
                    Some(next) => after = Some(next),
                    None => break,
                }
            }
            assert_eq!(seen, whole, "{max_items} items, {max_examined} examined");
        }

        // The cursor of an item goes on just behind it; ordinals count from there.
        let page = self.page(&query, ALL).await;
        let third = page.items[2].cursor.clone();
        let request = PageRequest {
            after: Some(&third),
            skip: 1,
            max_items: 2,
            count: true,
            ..ALL
        };
        let page = self.page(&query, request).await;
        assert_eq!(names(&page), whole[4..6]);
        assert_eq!(page.count, Some(7), "the count is of the whole result");
        assert!(page.next.is_some());
        // A skip survives a bound on what is examined.
        let mut after: Option<Cursor> = None;
        let mut skip = 5;
        let mut seen = Vec::new();
        loop {
            let request = PageRequest {
                after: after.as_ref(),
                skip,
                max_examined: 1,
                ..ALL
            };
            let page = self.page(&query, request).await;
            seen.extend(names(&page));
            skip = 0;
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        assert_eq!(seen, whole[5..]);

        // Deleting the resource that a cursor stands behind, and others, loses nobody else.
        let gone: BTreeSet<_> = [0, 2, 3].into();
        for at in &gone {
            let config = made
                .iter()
                .find(|c| c.text("ElementName") == Some(&whole[*at]))
                .expect("one of them");
            self.delete(config).await;
        }
        let page = self
            .page(
                &query,
                PageRequest {
                    after: Some(&third),
                    ..ALL
                },
            )
            .await;
        assert_eq!(names(&page), whole[4..]);

        let wrong = Cursor(b"nonsense".to_vec());
        expect_error(
            self.provider
                .query(
                    &self.administrator(),
                    &query,
                    PageRequest {
                        after: Some(&wrong),
                        ..ALL
                    },
                )
                .await,
            ErrorKind::InvalidCursor,
        );
        for config in self.page(&query, ALL).await.items {
            self.delete(&config.resource.instance).await;
        }
    }

    /// Order by several properties, in pages.
    pub async fn ordered_queries(&self) {
        let front = self.name("order");
        let made = self.some(&front, 6).await;
        let mut query = self.query("CIMI_VolumeConfiguration");
        query.predicate = Some(named(&front));
        let by = |property: &str, descending| OrderBy {
            property: property.to_owned(),
            descending,
        };
        query.order_by = vec![by("Format", true), by("Capacity", false)];
        let expected: Vec<_> = [5, 3, 1, 4, 2, 0]
            .iter()
            .map(|n| format!("{front}-{n}"))
            .collect();
        assert_eq!(names(&self.page(&query, ALL).await), expected);

        let mut seen = Vec::new();
        let mut after: Option<Cursor> = None;
        loop {
            let request = PageRequest {
                after: after.as_ref(),
                max_items: 4,
                ..ALL
            };
            let page = self.page(&query, request).await;
            seen.extend(names(&page));
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        assert_eq!(seen, expected);
        let request = PageRequest {
            skip: 2,
            max_items: 3,
            count: true,
            ..ALL
        };
        let page = self.page(&query, request).await;
        assert_eq!(names(&page), expected[2..5]);
        assert_eq!(page.count, Some(6));

        query.order_by = vec![by("Size", false)];
        let error = expect_error(
            self.provider
                .query(&self.administrator(), &query, ALL)
                .await,
            ErrorKind::NoSuchProperty,
        );
        assert_eq!(error.subject(), Some("Size"));
        for config in &made {
            let read = self
                .provider
                .get(
                    &self.administrator(),
                    &path("CIMI_VolumeConfiguration", id(config)),
                )
                .await
                .expect("get");
            assert_ne!(read.instance.value("Capacity"), &Value::Null);
            self.delete(config).await;
        }
    }
}
