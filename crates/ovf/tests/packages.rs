//! Packages as others write them, and ours before the published schema.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::path::Path;
use std::process::Command;

use ovf::{
    Adapter, Collection, Content, Disk, DiskDrive, File, Limits, Network, OvfError, Package,
    VirtualSystem, read, write,
};
use proptest::prelude::*;

/// A descriptor in the manner of version 1, with what a cloud has no use for.
const SHOP: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
  xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData">
  <References><File ovf:id="file1" ovf:href="shop.vmdk" ovf:size="123"/></References>
  <DiskSection><Info>Disks</Info>
    <Disk ovf:diskId="boot" ovf:fileRef="file1" ovf:capacity="8" ovf:capacityAllocationUnits="byte * 2^30"
      ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
    <Disk ovf:diskId="data" ovf:capacity="1000000"/>
  </DiskSection>
  <NetworkSection><Info>Networks</Info>
    <Network ovf:name="VM Network"><Description>Inside</Description></Network>
  </NetworkSection>
  <VirtualSystemCollection ovf:id="shop"><Info>A shop</Info><Name>Shop</Name>
    <StartupSection><Info>Order</Info><Item ovf:id="web" ovf:order="1"/></StartupSection>
    <VirtualSystem ovf:id="web"><Info>Front</Info><Name>web</Name>
      <OperatingSystemSection ovf:id="96"><Info>Debian</Info></OperatingSystemSection>
      <VirtualHardwareSection><Info>Hardware</Info>
        <System><vssd:ElementName>x</vssd:ElementName><vssd:InstanceID>0</vssd:InstanceID></System>
        <Item><rasd:ElementName>2 CPU</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID>
          <rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>2</rasd:VirtualQuantity></Item>
        <Item ovf:bound="max"><rasd:ElementName>CPU</rasd:ElementName><rasd:InstanceID>1</rasd:InstanceID>
          <rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>64</rasd:VirtualQuantity></Item>
        <Item><rasd:AllocationUnits>MegaBytes</rasd:AllocationUnits><rasd:ElementName>memory</rasd:ElementName>
          <rasd:InstanceID>2</rasd:InstanceID><rasd:ResourceType>4</rasd:ResourceType>
          <rasd:VirtualQuantity>512</rasd:VirtualQuantity></Item>
        <Item><rasd:ElementName>SCSI</rasd:ElementName><rasd:InstanceID>3</rasd:InstanceID>
          <rasd:ResourceType>6</rasd:ResourceType></Item>
        <Item><rasd:Connection>VM Network</rasd:Connection><rasd:ElementName>eth0</rasd:ElementName>
          <rasd:InstanceID>4</rasd:InstanceID><rasd:ResourceType>10</rasd:ResourceType></Item>
        <Item><rasd:ElementName>disk</rasd:ElementName><rasd:HostResource>ovf:/disk/boot</rasd:HostResource>
          <rasd:InstanceID>5</rasd:InstanceID><rasd:ResourceType>17</rasd:ResourceType></Item>
      </VirtualHardwareSection>
    </VirtualSystem>
  </VirtualSystemCollection>
</Envelope>"#;

fn shop() -> Package {
    read(SHOP.as_bytes(), &Limits::default()).unwrap()
}

#[test]
fn a_descriptor_of_others_is_read() {
    let package = shop();
    assert_eq!(
        package,
        Package {
            files: vec![File {
                id: "file1".into(),
                href: "shop.vmdk".into(),
                size: Some(123),
            }],
            disks: vec![
                Disk {
                    id: "boot".into(),
                    file: Some("file1".into()),
                    capacity: 8 << 30,
                    format: Some(
                        "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"
                            .into()
                    ),
                },
                Disk {
                    id: "data".into(),
                    file: None,
                    capacity: 1_000_000,
                    format: None,
                },
            ],
            networks: vec![Network {
                name: "VM Network".into(),
                description: Some("Inside".into()),
            }],
            content: Content::Collection(Collection {
                id: "shop".into(),
                name: Some("Shop".into()),
                info: "A shop".into(),
                content: vec![Content::System(VirtualSystem {
                    id: "web".into(),
                    name: Some("web".into()),
                    info: "Front".into(),
                    cpus: 2,
                    memory: 512 << 20,
                    drives: vec![DiskDrive {
                        name: "disk".into(),
                        disk: Some("boot".into()),
                        capacity: None,
                    }],
                    adapters: vec![Adapter {
                        name: "eth0".into(),
                        network: Some("VM Network".into()),
                        mac: None,
                    }],
                })],
            }),
        }
    );
    // Version 2 of the envelope, in UTF-16.
    let second = SHOP
        .replace("ovf/envelope/1", "ovf/envelope/2")
        .replace("UTF-8", "UTF-16");
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend(second.encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&bytes, &Limits::default()).unwrap(), package);
}

#[test]
fn what_is_wrong_is_told_where_it_is() {
    for (from, to, expected) in [
        ("<Envelope", "<Other", "an OVF descriptor is an Envelope"),
        (
            "ovf/envelope/1",
            "ovf/envelope/9",
            "an OVF descriptor is an Envelope",
        ),
        ("ovf:id=\"file1\"", "", "File: it has no attribute id"),
        (
            "fileRef=\"file1\"",
            "fileRef=\"file2\"",
            "Disk boot: the package has no file file2",
        ),
        (
            "capacity=\"8\"",
            "capacity=\"8x\"",
            "Disk boot: its capacity `8x` is no number",
        ),
        (
            "byte * 2^30",
            "furlong",
            "Disk boot: `furlong` is no unit of bytes",
        ),
        (
            "byte * 2^30",
            "byte * 2^63",
            "Disk boot: its capacity is too large",
        ),
        (
            "disk/boot",
            "disk/none",
            "VirtualSystem web: the package has no disk none",
        ),
        (
            "ovf:/disk/boot",
            "ovf:/file/file1",
            "is no disk of the package",
        ),
        (
            ">VM Network<",
            ">Other<",
            "VirtualSystem web: the package has no network Other",
        ),
        (
            "diskId=\"data\"",
            "diskId=\"boot\"",
            "Disk boot: there are two of this name",
        ),
        (
            ">512<",
            ">much<",
            "Item 2 of VirtualSystem web: VirtualQuantity is `much`",
        ),
        (
            ">512<",
            "><",
            "Item 2 of VirtualSystem web: it has no VirtualQuantity",
        ),
        ("MegaBytes", "MegaHertz", "is no unit of bytes"),
        (
            "VirtualHardwareSection",
            "OtherSection",
            "it has no VirtualHardwareSection",
        ),
        (
            "VirtualSystemCollection",
            "OtherCollection",
            "no VirtualSystem and no VirtualSystemCollection",
        ),
        ("<References>", "<!DOCTYPE x><References>", "XML"),
    ] {
        let wrong = SHOP.replace(from, to);
        assert_ne!(wrong, SHOP, "{from}");
        let error = read(wrong.as_bytes(), &Limits::default())
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{from} -> {to}: {error}");
    }
    for (limits, what) in [
        (
            Limits {
                items: 3,
                ..Limits::default()
            },
            "systems and devices",
        ),
        (
            Limits {
                depth: 0,
                ..Limits::default()
            },
            "inside one another",
        ),
        (
            Limits {
                descriptor_bytes: 100,
                ..Limits::default()
            },
            "descriptor",
        ),
        (
            Limits {
                package_bytes: 100,
                ..Limits::default()
            },
            "bytes",
        ),
    ] {
        let error = read(SHOP.as_bytes(), &limits).unwrap_err();
        assert!(
            matches!(error, OvfError::Limit { .. }) && error.to_string().contains(what),
            "{error}"
        );
    }
}

fn text() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9<>&'\" é#/_-]{0,12}".prop_map(|text| text.trim().to_owned())
}

fn id() -> impl Strategy<Value = String> {
    "[a-z<&\"]{6,16}"
}

fn package() -> impl Strategy<Value = Package> {
    let file = (id(), id(), any::<Option<u32>>()).prop_map(|(id, href, size)| File {
        id,
        href,
        size: size.map(u64::from),
    });
    let disk = (id(), any::<u64>()).prop_map(|(id, capacity)| Disk {
        id,
        file: None,
        capacity,
        format: None,
    });
    let network = (id(), proptest::option::of("[a-z]{1,9}"))
        .prop_map(|(name, description)| Network { name, description });
    let system = (
        (id(), text(), 1..u64::from(u32::MAX), 1..u64::MAX),
        proptest::collection::vec(any::<u64>(), 0..3),
        0..3_usize,
    )
        .prop_map(|((id, info, cpus, kib), drives, adapters)| VirtualSystem {
            name: Some(id.clone()),
            id,
            info,
            cpus,
            memory: kib,
            drives: drives
                .into_iter()
                .map(|capacity| DiskDrive {
                    name: "disk".into(),
                    disk: None,
                    capacity: Some(capacity),
                })
                .collect(),
            adapters: vec![
                Adapter {
                    name: "card".into(),
                    network: None,
                    mac: Some("02:00:00:00:00:01".into()),
                };
                adapters
            ],
        });
    let system = system.boxed();
    let systems = proptest::collection::vec(system, 0..4).boxed();
    (
        proptest::collection::vec(file, 0..3),
        proptest::collection::vec(disk, 0..3),
        proptest::collection::vec(network, 0..3),
        (id(), text(), systems.clone(), systems),
    )
        .prop_map(|(files, disks, networks, (root, info, outer, inner))| {
            let mut content: Vec<_> = outer.into_iter().map(Content::System).collect();
            content.push(Content::Collection(Collection {
                id: format!("{root}-inner"),
                name: None,
                info: info.clone(),
                content: inner.into_iter().map(Content::System).collect(),
            }));
            Package {
                files,
                disks,
                networks,
                content: Content::Collection(Collection {
                    id: root,
                    name: None,
                    info,
                    content,
                }),
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_again(package in package()) {
        let again = read(write(&package).as_bytes(), &Limits::default());
        match again {
            Ok(again) => prop_assert_eq!(again, package),
            // Equal names by chance are refused.
            Err(error) => prop_assert!(error.to_string().contains("two of this name"), "{}", error),
        }
    }

    #[test]
    fn nothing_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..1500), at in 0..SHOP.len()) {
        let _ = read(&bytes, &Limits::default());
        let _ = read(SHOP.as_bytes().get(..at).unwrap_or_default(), &Limits::default());
    }
}

/// The published schema accepts what is written.
#[test]
fn the_schema_of_ovf_accepts_our_descriptors() {
    let schema =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ovf/ovf-envelope.xsd");
    if !schema.exists() {
        println!("skipped: {} is not there", schema.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.ovf");
    std::fs::write(&file, write(&shop())).unwrap();
    let judged = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .args([&schema, &file])
        .output()
        .unwrap();
    assert!(
        judged.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&judged.stderr),
        write(&shop())
    );
}
