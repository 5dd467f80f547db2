//! OVF packages of remote clouds: what is exported of one is imported into another, in both formats.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod common;

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cim_core::{ErrorKind, Instance, ObjectPath, Value};
use cim_query::Query;
use common::{Service, administrator, embedded};
use provider::{Copies, PageRequest, Provider};
use rest_provider::Format;

fn new(class: &str) -> Instance {
    Instance::new(cimi_model::schema().class(class).unwrap())
}

fn shop() -> Instance {
    let config = new("CIMI_MachineConfiguration")
        .with("Cpu", 3_u64)
        .with("Memory", 2_097_152_u64);
    let template = new("CIMI_MachineTemplate").with("MachineConfig", Value::from(config));
    let part = new("CIMI_ComponentDescriptor")
        .with("Name", "web")
        .with("Type", "http://schemas.dmtf.org/cimi/1/Machine")
        .with("MachineTemplate", Value::from(template));
    let parts = Value::Array(vec![part.into()]);
    new("CIMI_SystemCreate").with("ElementName", "shop").with(
        "SystemTemplate",
        Value::from(new("CIMI_SystemTemplate").with("ComponentDescriptors", parts)),
    )
}

async fn systems(cloud: &dyn Provider) -> Vec<String> {
    let page = PageRequest {
        after: None,
        skip: 0,
        max_items: 10,
        max_examined: 100,
        count: false,
    };
    let class = cimi_model::schema().class("CIMI_System").unwrap();
    let (context, all) = (administrator(), Query::all(class));
    let page = cloud.query(&context, &all, page).await.unwrap();
    let items = page.items.into_iter();
    items
        .map(|item| {
            item.resource
                .instance
                .text("ElementName")
                .unwrap()
                .to_owned()
        })
        .collect()
}

#[tokio::test]
async fn a_package_goes_from_cloud_to_cloud() {
    let context = administrator();
    let class = cimi_model::schema().class("CIMI_System").unwrap();
    let (export, import) = (
        class.method("Export").unwrap(),
        class.method("Import").unwrap(),
    );
    for format in [Format::Json, Format::Xml] {
        let one = Service::start(embedded(Duration::ZERO).await, 10).await;
        let other = Service::start(embedded(Duration::ZERO).await, 10).await;
        let (from, to) = (one.provider(Some(format)), other.provider(Some(format)));
        let made = from.create(&context, shop(), None).await.unwrap();

        let exported = from
            .invoke(&context, &made.path, export, Vec::new())
            .await
            .unwrap();
        let (_, package) = exported
            .outputs
            .iter()
            .find(|(name, _)| name == "Package")
            .expect("the package is fetched");
        let package = package.as_str().unwrap();
        assert!(
            package.contains("<") && package.contains("shop"),
            "{package}"
        );

        let of_class = ObjectPath::of_class(class.name);
        let inside = format!(
            "data:{};base64,{}",
            ovf::MEDIA_TYPE,
            STANDARD.encode(package)
        );
        let source = vec![("Source".to_owned(), Value::from(inside))];
        let imported = to
            .invoke(&context, &of_class, import, source)
            .await
            .unwrap();
        assert!(imported.outcome.resource.is_some() || imported.outcome.job.is_some());
        assert_eq!(systems(&*to).await, ["shop"]);

        // Between clouds of one service, however the one is named.
        let clouds: Vec<(String, Arc<dyn Provider>)> =
            vec![("one".into(), from.clone()), ("other".into(), to.clone())];
        let clouds = Copies::among(clouds);
        let id = made.path.instance_id().unwrap();
        let source = vec![("Source".to_owned(), Value::from(format!("c/one/{id}")))];
        let copied = clouds[1].1.invoke(&context, &of_class, import, source);
        copied.await.unwrap();
        assert_eq!(systems(&*to).await, ["shop", "shop"]);

        let machine = cimi_model::schema().class("CIMI_SystemTemplate").unwrap();
        let none = vec![("Source".to_owned(), Value::from("data:,nothing"))];
        let error = to
            .invoke(
                &context,
                &ObjectPath::of_class(machine.name),
                machine.method("Import").unwrap(),
                none,
            )
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{error}");
    }
}
