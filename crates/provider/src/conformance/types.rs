//! The types beside machines: networks, meters, groups, images of volumes, snapshots.

use cim_core::{ErrorKind, Instance, Value};
use cim_query::{Association, Query, Source};

use super::queries::ALL;
use super::{Suite, expect_error, id};

impl Suite<'_> {
    /// The InstanceIDs at the other end of an association.
    async fn through(&self, from: &Instance, association: &str, class: &str) -> Vec<String> {
        let schema = self.provider.schema();
        let mut query = Query::all(schema.class(class).expect(class));
        query.source = Source::Associators(Association {
            object: from.path(),
            association_class: Some(association.to_owned()),
            role: None,
            result_role: None,
        });
        let page = self
            .provider
            .query(&self.administrator(), &query, ALL)
            .await
            .expect("query");
        page.items
            .iter()
            .map(|item| id(&item.resource.instance).to_owned())
            .collect()
    }

    /// A snapshot made by the operation, and the way back to it.
    pub async fn machines_are_set_back(&self) {
        let machine = self.machine().await;
        let machine = self.run(&machine, "Snapshot").await;
        let snapshot = machine
            .text("LatestSnapshot")
            .expect("a snapshot")
            .to_owned();
        let image = self.get("CIMI_MachineImage", &snapshot).await.expect("get");
        assert_eq!(image.instance.text("Type"), Some("SNAPSHOT"));
        assert_eq!(image.instance.text("State"), Some("AVAILABLE"));
        let found = self
            .through(&machine, "CIMI_MachineSnapshot", "CIMI_MachineImage")
            .await;
        assert_eq!(found, [snapshot.as_str()]);

        self.run(&machine, "Start").await;
        let back = vec![("Image".to_owned(), Value::from(image.instance.path()))];
        let invoked = self
            .invoke(&machine, "Restore", back)
            .await
            .expect("restore");
        self.done(&invoked.outcome).await;
        let restored = self.get("CIMI_Machine", id(&machine)).await.expect("get");
        assert_eq!(restored.instance.text("State"), Some("STOPPED"));
        expect_error(
            self.invoke(&machine, "Restore", Vec::new()).await,
            ErrorKind::MissingValue,
        );
        self.run(&machine, "Capture").await;
    }

    /// A network has the shape that its template names, and is switched on and off.
    pub async fn networks_live(&self) {
        let shape = self
            .blank("CIMI_NetworkConfiguration")
            .with("NetworkType", "PRIVATE")
            .with("Mtu", 9000_u64);
        let template = self
            .blank("CIMI_NetworkTemplate")
            .with("NetworkConfig", shape)
            .with("InitialState", "STARTED");
        let create = self
            .blank("CIMI_NetworkCreate")
            .with("ElementName", self.name("network"))
            .with("NetworkTemplate", template);
        let network = self.create(create).await;
        assert_eq!(network.text("State"), Some("STARTED"));
        assert_eq!(network.text("NetworkType"), Some("PRIVATE"));
        assert_eq!(network.value("Mtu").as_u64(), Some(9000));
        let stopped = self.run(&network, "Stop").await;
        assert_eq!(stopped.text("State"), Some("STOPPED"));
        let started = self.run(&network, "Start").await;
        assert_eq!(started.text("State"), Some("STARTED"));
        self.delete(&network).await;
    }

    /// A meter is found through what it measures, and ends with it.
    pub async fn meters_belong_to_what_they_measure(&self) {
        let machine = self.machine().await;
        let config = self
            .blank("CIMI_MeterConfiguration")
            .with("Aspect", "http://schemas.dmtf.org/cimi/1/aspect/cpu")
            .with("Units", "percent");
        let create = || {
            let template = self
                .blank("CIMI_MeterTemplate")
                .with("MeterConfig", config.clone());
            self.blank("CIMI_MeterCreate")
                .with("MeterTemplate", template)
        };
        expect_error(
            self.provider
                .create(&self.administrator(), create(), None)
                .await,
            ErrorKind::MissingValue,
        );
        let created = self
            .create_in(&machine, "CIMI_MachineMeter", create())
            .await
            .expect("create");
        let meter = self.ready(created).await;
        assert_eq!(meter.text("TargetResource"), Some(id(&machine)));
        assert_eq!(meter.text("Units"), Some("percent"));
        let found = self
            .through(&machine, "CIMI_MachineMeter", "CIMI_Meter")
            .await;
        assert_eq!(found, [id(&meter)]);
        let owners = self
            .through(&meter, "CIMI_MachineMeter", "CIMI_Machine")
            .await;
        assert_eq!(owners, [id(&machine)]);
        // It is no meter of a volume.
        let others = self
            .through(&meter, "CIMI_VolumeMeter", "CIMI_Volume")
            .await;
        assert!(others.is_empty(), "{others:?}");
        self.delete(&machine).await;
        self.gone("CIMI_Meter", id(&meter)).await;
    }

    /// A group that is made from a template has the members that the template names.
    pub async fn groups_have_members(&self) {
        let network = self.create(self.blank("CIMI_Network")).await;
        let template = self
            .blank("CIMI_ForwardingGroupTemplate")
            .with("Networks", Value::Array(vec![Value::from(id(&network))]));
        let create = self
            .blank("CIMI_ForwardingGroupCreate")
            .with("ForwardingGroupTemplate", template);
        let group = self.create(create).await;
        let found = self
            .through(&group, "CIMI_ForwardingGroupNetwork", "CIMI_Network")
            .await;
        assert_eq!(found, [id(&network)]);
    }

    /// An image of a volume is one of its images.
    pub async fn volumes_have_images(&self) {
        let volume = self.volume().await;
        let image = self
            .blank("CIMI_VolumeImage")
            .with("ImageLocation", id(&volume));
        let image = self.create(image).await;
        assert_eq!(image.text("State"), Some("AVAILABLE"));
        assert_ne!(image.text("ImageLocation"), Some(id(&volume)));
        let found = self
            .through(&volume, "CIMI_VolumeVolumeImage", "CIMI_VolumeImage")
            .await;
        assert_eq!(found, [id(&image)]);
    }
}
