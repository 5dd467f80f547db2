//! Secrets, roles and tenants.

use cim_core::{ErrorKind, Instance, Value};
use cim_query::{CompareOp, Comparison, Literal, Predicate, Query};

use super::queries::ALL;
use super::{Suite, expect_error, id};
use crate::Role;

const SECRET: &str = "correct horse battery staple";

impl Suite<'_> {
    /// A secret can be set; no answer, no filter and no event gives it away.
    pub async fn secrets_stay_secret(&self) {
        let context = self.administrator();
        let bookmark = if self.events {
            self.newest_event(&context).await
        } else {
            Default::default()
        };
        let secret = |instance: Instance| instance.with("Password", SECRET);
        let credential = self
            .create(secret(
                self.blank("CIMI_Credential").with("UserName", "root"),
            ))
            .await;
        let template = self.blank("CIMI_MachineTemplate").with(
            "Credential",
            secret(self.blank("CIMI_Credential").with("UserName", "inner")),
        );
        let created = self
            .provider
            .create(&context, template, None)
            .await
            .expect("create");
        let at_once = created.outcome.resource.clone();
        let template = self.ready(created).await;
        let outcome = self
            .modify(&credential, &[("Password", Value::from(SECRET))], None)
            .await
            .expect("a secret can be set again");
        let mut answers = vec![credential.clone(), template.clone()];
        answers.extend(at_once.map(|resource| resource.instance));
        answers.extend(outcome.resource.map(|resource| resource.instance));
        let schema = self.provider.schema();
        let mut query = Query::all(schema.class("CIMI_Credential").expect("class"));
        let page = self
            .provider
            .query(&context, &query, ALL)
            .await
            .expect("query");
        answers.extend(page.items.into_iter().map(|item| item.resource.instance));
        for answer in &answers {
            assert!(!format!("{answer:?}").contains(SECRET), "{answer:?}");
        }
        let embedded = template.value("Credential").as_instance();
        assert_eq!(
            embedded.and_then(|inner| inner.text("UserName")),
            Some("inner")
        );
        query.predicate = Some(Predicate::Compare(Comparison {
            path: vec!["Password".to_owned()],
            op: CompareOp::Eq,
            value: Literal::String(SECRET.to_owned()),
        }));
        let page = self
            .provider
            .query(&context, &query, ALL)
            .await
            .expect("query");
        assert!(page.items.is_empty(), "a filter cannot guess a secret");
        self.delete(&credential).await;
        self.delete(&template).await;
        if self.events {
            let events = self.events_after(&context, bookmark).await;
            assert!(!events.is_empty());
            for event in events {
                assert!(!format!("{event:?}").contains(SECRET), "{event:?}");
            }
        }
    }

    /// Readers read, operators write their own, the entry point is the administrator's; tenants do not
    /// see each other.
    pub async fn roles_and_tenants(&self) {
        let machine = |name: &str| {
            self.blank("CIMI_Machine")
                .with("ElementName", self.name(name))
                .with("Cpu", 1_u64)
                .with("Memory", 1_024_u64)
        };
        let red = (self.context)(Role::Operator, Some("red"));
        let blue = (self.context)(Role::Administrator, Some("blue"));
        let reader = (self.context)(Role::Reader, Some("red"));
        let shared = self.configuration().await;

        let created = self
            .provider
            .create(&red, machine("red"), None)
            .await
            .expect("an operator creates");
        let reds = self.ready(created).await;
        let seen = self.provider.get(&reader, &reds.path()).await;
        let seen = seen.expect("a reader of the tenant sees it").instance;
        assert!(
            seen.value("AvailableOperations").elements().is_empty(),
            "a reader may do nothing"
        );
        let start = reds.class().method("Start").expect("Start");
        for refused in [
            self.provider
                .create(&reader, machine("refused"), None)
                .await
                .err(),
            self.provider
                .delete(&reader, &reds.path(), None)
                .await
                .err(),
            self.provider
                .modify(&reader, &reds.path(), Vec::new(), None)
                .await
                .err(),
            self.provider
                .invoke(&reader, &reds.path(), start, Vec::new())
                .await
                .err(),
            // What belongs to no tenant is everybody's to read, the service's to change.
            self.provider.delete(&red, &shared.path(), None).await.err(),
        ] {
            assert_eq!(refused.expect("refused").kind(), ErrorKind::AccessDenied);
        }
        let read = self.provider.get(&red, &shared.path()).await;
        let read = read.expect("what belongs to no tenant is seen").instance;
        assert!(read.value("AvailableOperations").elements().is_empty());

        let entry = super::path("CIMI_CloudEntryPoint", "cloudEntryPoint");
        let operator = (self.context)(Role::Operator, None);
        for (context, may) in [(&operator, false), (&self.administrator(), true)] {
            let seen = self.provider.get(context, &entry).await.expect("get");
            let operations = super::texts(&seen.instance, "AvailableOperations");
            assert_eq!(operations.contains(&"edit".to_owned()), may);
            let changed = self.provider.modify(context, &entry, Vec::new(), None);
            assert_eq!(changed.await.is_ok(), may);
        }

        expect_error(
            self.provider.get(&blue, &reds.path()).await,
            ErrorKind::NotFound,
        );
        expect_error(
            self.provider.delete(&blue, &reds.path(), None).await,
            ErrorKind::NotFound,
        );
        expect_error(
            self.provider
                .invoke(&blue, &reds.path(), start, Vec::new())
                .await,
            ErrorKind::NotFound,
        );
        // What a caller does not see cannot be referred to either.
        let stolen = self
            .blank("CIMI_MachineVolume")
            .with("GroupComponent", reds.path())
            .with("PartComponent", reds.path());
        expect_error(
            self.provider.create(&blue, stolen, None).await,
            ErrorKind::InvalidParameter,
        );
        let query = Query::all(reds.class());
        for (context, sees) in [(&red, true), (&reader, true), (&blue, false)] {
            let page = self.provider.query(context, &query, ALL).await;
            let found = page
                .expect("query")
                .items
                .iter()
                .any(|item| id(&item.resource.instance) == id(&reds));
            assert_eq!(found, sees, "{context:?}");
        }
        let jobs = Query::all(self.provider.schema().class("CIMI_Job").expect("class"));
        let about_red = |page: crate::Page| {
            page.items.iter().any(|item| {
                super::texts(&item.resource.instance, "AffectedResources")
                    .contains(&id(&reds).to_owned())
            })
        };
        let page = self.provider.query(&red, &jobs, ALL).await.expect("query");
        assert!(about_red(page), "a tenant sees the jobs about its own");
        let page = self.provider.query(&blue, &jobs, ALL).await.expect("query");
        assert!(!about_red(page));
        self.delete(&reds).await;
        self.delete(&shared).await;
    }
}
