//! Associators and references: containment, references, memberships, the entry point.

use cim_core::{ErrorKind, KeyValue, ObjectPath, Value};
use cim_query::{ANY_CLASS, Association, Query, Source};

use super::queries::ALL;
use super::{Suite, expect_error, id, path};
use crate::{Cursor, PageItem, PageRequest};

/// A walk from an object along associations of a class.
fn walk(object: &ObjectPath, class: Option<&str>) -> Association {
    Association {
        object: object.clone(),
        association_class: class.map(str::to_owned),
        role: None,
        result_role: None,
    }
}

impl Suite<'_> {
    async fn walked(&self, class: Option<&str>, source: Source) -> Vec<PageItem> {
        let mut query = Query::all(&ANY_CLASS);
        if let Some(class) = class {
            query.class = self.provider.schema().class(class).expect(class);
        }
        query.source = source;
        // In small pages: the whole is the same.
        let mut items = Vec::new();
        let mut after: Option<Cursor> = None;
        loop {
            let request = PageRequest {
                after: after.as_ref(),
                max_items: 2,
                ..ALL
            };
            let page = self
                .provider
                .query(&self.administrator(), &query, request)
                .await
                .expect("a walk");
            items.extend(page.items);
            match page.next {
                Some(next) => after = Some(next),
                None => return items,
            }
        }
    }

    async fn associated(&self, object: &ObjectPath, by: Option<&str>) -> Vec<String> {
        self.walked(None, Source::Associators(walk(object, by)))
            .await
            .iter()
            .map(|item| id(&item.resource.instance).to_owned())
            .collect()
    }

    /// From everything to everything that it is associated with, and back.
    pub async fn association_walks(&self) {
        let machine = self.machine().await;
        let here = machine.path();

        // Containment.
        let disks = self.associated(&here, Some("CIMI_MachineDisk")).await;
        assert_eq!(disks.len(), 2);
        for disk in &disks {
            let owners = self
                .associated(&path("CIMI_Disk", disk), Some("CIMI_MachineDisk"))
                .await;
            assert_eq!(owners, [id(&machine)]);
        }
        let references = self
            .walked(
                Some("CIMI_MachineDisk"),
                Source::References(walk(&here, None)),
            )
            .await;
        assert_eq!(references.len(), 2);
        for item in &references {
            // A computed association can be read by its keys.
            let association = &item.resource.instance;
            let read = self
                .provider
                .get(&self.administrator(), &association.path())
                .await
                .expect("get of an association");
            assert_eq!(&read.instance, association);
            let whole = association.value("GroupComponent").as_reference();
            assert_eq!(whole.and_then(ObjectPath::instance_id), Some(id(&machine)));
        }
        let mut extent = Query::all(
            self.provider
                .schema()
                .class("CIMI_MachineDisk")
                .expect("class"),
        );
        let all = self
            .provider
            .query(&self.administrator(), &extent, ALL)
            .await
            .expect("the extent of an association");
        for item in &references {
            assert!(
                all.items
                    .iter()
                    .any(|other| other.resource.instance == item.resource.instance)
            );
        }
        expect_error(
            self.provider
                .delete(
                    &self.administrator(),
                    &references[0].resource.instance.path(),
                    None,
                )
                .await,
            ErrorKind::NotSupported,
        );
        let mut wrong = references[0].resource.instance.path();
        for (_, key) in &mut wrong.keys {
            *key = KeyValue::Reference(Box::new(here.clone()));
        }
        expect_error(
            self.provider.get(&self.administrator(), &wrong).await,
            ErrorKind::NotFound,
        );

        // References, forth and back.
        let template = self.template().await;
        let config = template.text("MachineConfig").expect("config").to_owned();
        let by = Some("CIMI_MachineTemplateMachineConfig");
        assert_eq!(
            self.associated(&template.path(), by).await,
            [config.as_str()]
        );
        let config_path = path("CIMI_MachineConfiguration", &config);
        assert_eq!(self.associated(&config_path, by).await, [id(&template)]);
        let back = self
            .walked(
                None,
                Source::References(Association {
                    role: Some("Antecedent".to_owned()),
                    ..walk(&config_path, by)
                }),
            )
            .await;
        assert_eq!(back.len(), 1);
        let wrong_role = Association {
            role: Some("Dependent".to_owned()),
            ..walk(&config_path, by)
        };
        assert!(
            self.walked(None, Source::References(wrong_role))
                .await
                .is_empty()
        );

        // Memberships.
        let volume = self.volume().await;
        let attached = self
            .create_in(
                &machine,
                "CIMI_MachineVolume",
                self.blank("CIMI_MachineVolume")
                    .with("PartComponent", volume.path())
                    .with("InitialLocation", "/dev/sdc"),
            )
            .await
            .expect("attach");
        let membership = self.ready(attached).await;
        let by = Some("CIMI_MachineVolume");
        assert_eq!(self.associated(&here, by).await, [id(&volume)]);
        assert_eq!(self.associated(&volume.path(), by).await, [id(&machine)]);
        let only_parts = Association {
            result_role: Some("PartComponent".to_owned()),
            ..walk(&here, None)
        };
        let mut parts: Vec<_> = self
            .walked(None, Source::Associators(only_parts))
            .await
            .iter()
            .map(|item| id(&item.resource.instance).to_owned())
            .collect();
        parts.sort();
        let mut expected = disks.clone();
        expected.push(id(&volume).to_owned());
        expected.sort();
        assert_eq!(parts, expected, "along associations of every class");
        let memberships = self.walked(by, Source::References(walk(&here, None))).await;
        assert_eq!(memberships.len(), 1);
        assert_eq!(memberships[0].resource.instance, membership);

        // The entry point.
        let entry = path("CIMI_CloudEntryPoint", "cloudEntryPoint");
        let machines = self
            .walked(
                Some("CIMI_Machine"),
                Source::Associators(walk(&entry, None)),
            )
            .await;
        assert!(
            machines
                .iter()
                .any(|item| item.resource.instance.text("InstanceID") == Some(id(&machine)))
        );
        assert_eq!(
            self.associated(&here, Some("CIMI_HostedResource")).await,
            ["cloudEntryPoint"]
        );
        let hosted = self
            .walked(
                Some("CIMI_CloudEntryPointMachine"),
                Source::References(walk(&entry, None)),
            )
            .await;
        // Machines of other tests come and go meanwhile; this one has one association.
        let of_machine = hosted.iter().filter(|item| {
            let mut values = item.resource.instance.present().map(|(_, value)| value);
            values.any(|value| {
                value.as_reference().and_then(ObjectPath::instance_id) == Some(id(&machine))
            })
        });
        assert_eq!(of_machine.count(), 1);

        // The class of the results is one more filter.
        extent.class = self.provider.schema().class("CIMI_Disk").expect("class");
        let disks_only = self
            .walked(Some("CIMI_Disk"), Source::Associators(walk(&here, None)))
            .await;
        assert_eq!(disks_only.len(), 2);

        extent.source = Source::Associators(walk(&path("CIMI_Machine", "machines/none"), None));
        expect_error(
            self.provider
                .query(&self.administrator(), &extent, ALL)
                .await,
            ErrorKind::NotFound,
        );
        assert_ne!(membership.value("GroupComponent"), &Value::Null);
        self.delete(&membership).await;
        self.delete(&machine).await;
        self.delete(&volume).await;
    }
}
