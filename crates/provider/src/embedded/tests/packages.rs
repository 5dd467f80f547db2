//! OVF packages in and out.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cim_core::{CimError, ErrorKind, Instance, ObjectPath, Value};
use cim_query::Query;

use super::{config, context, open, suite};
use crate::conformance::id;
use crate::embedded::EmbeddedProvider;
use crate::{Invoked, PageRequest, Provider, Role};

const PACKAGE: &str = r#"<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData">
  <References><File ovf:id="f" ovf:href="boot.vmdk"/></References>
  <DiskSection><Info/><Disk ovf:diskId="boot" ovf:fileRef="f" ovf:capacity="8" ovf:capacityAllocationUnits="byte * 10^9"/>
  </DiskSection>
  <NetworkSection><Info/><Network ovf:name="lan"/></NetworkSection>
  <VirtualSystemCollection ovf:id="shop"><Info/><Name>Shop</Name>
    <VirtualSystem ovf:id="web"><Info>Front</Info><VirtualHardwareSection><Info/>
      <Item><rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>2</rasd:VirtualQuantity></Item>
      <Item><rasd:ResourceType>4</rasd:ResourceType><rasd:VirtualQuantity>512</rasd:VirtualQuantity></Item>
      <Item><rasd:Connection>lan</rasd:Connection><rasd:ResourceType>10</rasd:ResourceType></Item>
      <Item><rasd:HostResource>ovf:/disk/boot</rasd:HostResource><rasd:ResourceType>17</rasd:ResourceType></Item>
    </VirtualHardwareSection></VirtualSystem>
    <VirtualSystemCollection ovf:id="back"><Info/>
      <VirtualSystem ovf:id="db"><Info/><VirtualHardwareSection><Info/>
        <Item><rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>
        <Item><rasd:ResourceType>4</rasd:ResourceType><rasd:VirtualQuantity>64</rasd:VirtualQuantity></Item>
        <Item><rasd:Connection>lan</rasd:Connection><rasd:ResourceType>10</rasd:ResourceType></Item>
      </VirtualHardwareSection></VirtualSystem>
    </VirtualSystemCollection>
  </VirtualSystemCollection>
</Envelope>"#;

async fn all_of(provider: &EmbeddedProvider, class: &str) -> Vec<Instance> {
    let query = Query::all(provider.schema().class(class).unwrap());
    let page = PageRequest {
        after: None,
        skip: 0,
        max_items: usize::MAX,
        max_examined: usize::MAX,
        count: false,
    };
    let administrator = context(Role::Administrator, None);
    let page = provider.query(&administrator, &query, page).await.unwrap();
    page.items
        .into_iter()
        .map(|item| item.resource.instance)
        .collect()
}

async fn import(
    provider: &EmbeddedProvider,
    class: &str,
    source: &str,
) -> Result<Invoked, CimError> {
    let class = provider.schema().class(class).unwrap();
    let method = class.method("Import").unwrap();
    let path = ObjectPath {
        namespace: None,
        class: class.name.into(),
        keys: Vec::new(),
    };
    let parameters = vec![("Source".to_owned(), Value::from(source))];
    let administrator = context(Role::Administrator, None);
    provider
        .invoke(&administrator, &path, method, parameters)
        .await
}

fn inline(package: &str) -> String {
    format!("data:application/ovf;base64,{}", STANDARD.encode(package))
}

async fn exported(provider: &EmbeddedProvider, instance: &Instance) -> String {
    let invoked = suite(provider)
        .invoke(instance, "Export", Vec::new())
        .await
        .unwrap();
    let (_, package) = invoked
        .outputs
        .iter()
        .find(|(name, _)| name == "Package")
        .unwrap();
    package.as_str().unwrap().to_owned()
}

/// The published schema accepts it, where it is at hand.
fn check_by_schema(descriptor: &str) {
    let schema = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/ovf/ovf-envelope.xsd");
    if !schema.exists() {
        println!("skipped: {} is not there", schema.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.ovf");
    std::fs::write(&file, descriptor).unwrap();
    let judged = std::process::Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .args([&schema, &file])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&judged.stderr);
    assert!(judged.status.success(), "{told}\n{descriptor}");
}

#[tokio::test]
async fn a_package_becomes_a_system_and_a_system_a_package() {
    let provider = open(config(Duration::from_millis(1))).await;
    let invoked = import(&provider, "CIMI_System", &inline(PACKAGE))
        .await
        .unwrap();
    assert_eq!(invoked.return_value.as_u64(), Some(4096));
    suite(&provider).done(&invoked.outcome).await;
    let system = invoked.outcome.resource.unwrap().instance;
    assert_eq!(system.text("ElementName"), Some("Shop"));
    let machines = all_of(&provider, "CIMI_Machine").await;
    let find = |name: &str| {
        let mut all = machines.iter();
        all.find(|machine| machine.text("ElementName") == Some(name))
            .unwrap()
    };
    assert_eq!(find("web").value("Cpu").as_u64(), Some(2));
    assert_eq!(find("web").value("Memory").as_u64(), Some(512 << 10));
    assert_eq!(find("db").value("Memory").as_u64(), Some(64 << 10));
    assert_eq!(all_of(&provider, "CIMI_System").await.len(), 2);
    let [volume] = all_of(&provider, "CIMI_Volume").await.try_into().unwrap();
    assert_eq!(volume.value("Capacity").as_u64(), Some(8_000_000));
    let [image] = all_of(&provider, "CIMI_MachineImage")
        .await
        .try_into()
        .unwrap();
    assert_eq!(image.text("ImageLocation"), Some("boot.vmdk"));
    assert_eq!(image.text("State"), Some("AVAILABLE"));
    // One for the system, one for the system in it.
    assert_eq!(all_of(&provider, "CIMI_Network").await.len(), 2);
    assert_eq!(
        all_of(&provider, "CIMI_MachineConfiguration").await.len(),
        2
    );
    assert_eq!(all_of(&provider, "CIMI_MachineTemplate").await, []);

    let descriptor = exported(&provider, &system).await;
    check_by_schema(&descriptor);
    suite(&provider).delete(&system).await;
    assert_eq!(all_of(&provider, "CIMI_Machine").await, []);
    // What was exported can be imported again, and is the same.
    let invoked = import(&provider, "CIMI_System", &inline(&descriptor))
        .await
        .unwrap();
    suite(&provider).done(&invoked.outcome).await;
    let mut again: Vec<_> = all_of(&provider, "CIMI_Machine")
        .await
        .iter()
        .map(|m| {
            (
                m.text("ElementName").unwrap().to_owned(),
                m.value("Memory").as_u64(),
            )
        })
        .collect();
    again.sort();
    assert_eq!(
        again,
        [
            ("db".to_owned(), Some(64 << 10)),
            ("web".to_owned(), Some(512 << 10))
        ]
    );
    provider.shutdown().await;
}

#[tokio::test]
async fn a_package_becomes_a_template_and_a_template_a_package() {
    let provider = open(config(Duration::from_millis(1))).await;
    provider.seed_demo().await.unwrap();
    let plain = format!(
        "data:application/ovf,{}",
        percent_encoding::utf8_percent_encode(PACKAGE, percent_encoding::NON_ALPHANUMERIC)
    );
    let invoked = import(&provider, "CIMI_SystemTemplate", &plain)
        .await
        .unwrap();
    assert_eq!(invoked.return_value.as_u64(), Some(0));
    let template = invoked.outcome.resource.unwrap().instance;
    let suite = suite(&provider);
    let create = suite
        .blank("CIMI_SystemCreate")
        .with("SystemTemplate", id(&template));
    let system = suite.create(create).await;
    assert_eq!(system.text("State"), Some("STOPPED"));
    check_by_schema(&exported(&provider, &system).await);
    let descriptor = exported(&provider, &template).await;
    check_by_schema(&descriptor);
    assert!(
        descriptor.contains("<rasd:VirtualQuantity>524288</rasd:VirtualQuantity>"),
        "{descriptor}"
    );
    // The template of the demonstration, with its two web servers.
    let demo = suite
        .get("CIMI_SystemTemplate", "systemTemplates/demo-shop")
        .await
        .unwrap()
        .instance;
    let descriptor = exported(&provider, &demo).await;
    check_by_schema(&descriptor);
    for part in [
        "web1",
        "web2",
        "database",
        "ovf:capacity=\"10000000000\"",
        ">lan<",
    ] {
        assert!(descriptor.contains(part), "{part}: {descriptor}");
    }
    import(&provider, "CIMI_SystemTemplate", &inline(&descriptor))
        .await
        .unwrap();
    provider.shutdown().await;
}

#[tokio::test]
async fn packages_that_cannot_be_used_are_refused() {
    let provider = open(config(Duration::ZERO)).await;
    let twice = PACKAGE.replace(
        "<Item><rasd:Connection>lan</rasd:Connection>",
        "<Item><rasd:HostResource>ovf:/disk/boot</rasd:HostResource><rasd:ResourceType>17</rasd:ResourceType></Item>\
         <Item><rasd:Connection>lan</rasd:Connection>",
    );
    for (source, kind, expected) in [
        (
            "https://store.example/shop.ova".to_owned(),
            ErrorKind::InvalidParameter,
            "data:",
        ),
        (
            "data:application/ovf;base64".to_owned(),
            ErrorKind::InvalidParameter,
            "comma",
        ),
        (
            "data:;base64,!!".to_owned(),
            ErrorKind::InvalidParameter,
            "base64",
        ),
        (inline("<x/>"), ErrorKind::InvalidParameter, "Envelope"),
        (
            inline(&PACKAGE.replace(">lan<", ">no<")),
            ErrorKind::InvalidParameter,
            "no network no",
        ),
        (inline(&twice), ErrorKind::NotSupported, "two drives"),
    ] {
        for class in ["CIMI_System", "CIMI_SystemTemplate"] {
            let error = import(&provider, class, &source).await.unwrap_err();
            assert_eq!(error.kind(), kind, "{error}");
            assert!(error.message().contains(expected), "{error}");
        }
    }
    assert_eq!(
        all_of(&provider, "CIMI_Resource").await.len(),
        1,
        "the entry point only"
    );
    // A method of instances needs one.
    let class = provider.schema().class("CIMI_System").unwrap();
    let path = ObjectPath {
        namespace: None,
        class: class.name.into(),
        keys: Vec::new(),
    };
    let administrator = context(Role::Administrator, None);
    let error = provider
        .invoke(
            &administrator,
            &path,
            class.method("Start").unwrap(),
            Vec::new(),
        )
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidParameter);
    provider.shutdown().await;
}
