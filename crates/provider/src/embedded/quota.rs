//! What tenants may use, and what the cloud has: machines, processors, memory, volumes, storage, addresses.
//!
//! Use follows from the rows that a unit makes, changes and removes; it is counted in the same transaction,
//! against the limits of the tenant and those of the whole cloud.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use cim_core::{CimError, ErrorKind, Instance, Value};
use cimi_model::classes::{
    cimi_address as address, cimi_disk as disk, cimi_machine as machine, cimi_volume as volume,
};
use store::{Batch, Count, Scan, StoreError};

use super::core::{Core, store_error};
use super::keys;
use super::row::Row;

/// Limits; `None` for no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quota {
    /// Machines.
    pub machines: Option<u64>,
    /// Processors of all machines.
    pub cpus: Option<u64>,
    /// Memory of all machines in kibibytes.
    pub memory: Option<u64>,
    /// Volumes.
    pub volumes: Option<u64>,
    /// Capacity of all volumes and disks in kilobytes.
    pub storage: Option<u64>,
    /// IP addresses.
    pub addresses: Option<u64>,
}

const NAMES: [&str; 6] = [
    "machines",
    "processors",
    "kibibytes of memory",
    "volumes",
    "kilobytes of volumes and disks",
    "addresses",
];

type Amounts = [i64; NAMES.len()];

impl Quota {
    fn limits(&self) -> [Option<u64>; NAMES.len()] {
        [
            self.machines,
            self.cpus,
            self.memory,
            self.volumes,
            self.storage,
            self.addresses,
        ]
    }
}

/// What a resource uses; `None` for nothing.
fn used_by(instance: &Instance) -> Option<Amounts> {
    let class = instance.class();
    let number = |at: usize| {
        let value = instance.at(at).and_then(Value::as_u64).unwrap_or(0);
        i64::try_from(value).unwrap_or(i64::MAX)
    };
    if class.is_a(machine::CLASS.name) {
        Some([
            1,
            number(machine::at::CPU),
            number(machine::at::MEMORY),
            0,
            0,
            0,
        ])
    } else if class.is_a(volume::CLASS.name) {
        Some([0, 0, 0, 1, number(volume::at::CAPACITY), 0])
    } else if class.is_a(disk::CLASS.name) {
        Some([0, 0, 0, 0, number(disk::at::CAPACITY), 0])
    } else if class.is_a(address::CLASS.name) {
        Some([0, 0, 0, 0, 0, 1])
    } else {
        None
    }
}

/// The use of the tenants that a unit moves.
#[derive(Debug, Default)]
pub(crate) struct Used(BTreeMap<Option<Arc<str>>, Amounts>);

impl Used {
    /// Takes a change into account.
    pub(crate) fn change(&mut self, before: Option<&Row>, after: Option<&Row>) {
        for (row, sign) in [(before, -1), (after, 1)] {
            let Some(row) = row else { continue };
            if let Some(amounts) = used_by(&row.instance) {
                let used = self.0.entry(row.tenant.clone()).or_default();
                for (used, amount) in used.iter_mut().zip(amounts) {
                    *used = used.saturating_add(amount.saturating_mul(sign));
                }
            }
        }
    }

    /// The counters that move, with their limits.
    pub(crate) fn counts(&self, core: &Core) -> Vec<Count> {
        let mut counts = Vec::new();
        let mut total: Amounts = Amounts::default();
        let config = &core.config;
        for (tenant, amounts) in &self.0 {
            // What belongs to the service counts as the cloud's only.
            let limits = match tenant {
                Some(_) => config.quota.limits(),
                None => Quota::default().limits(),
            };
            for (at, (by, limit)) in amounts.iter().zip(limits).enumerate() {
                if let Some(sum) = total.get_mut(at) {
                    *sum = sum.saturating_add(*by);
                }
                if *by != 0 {
                    counts.push(Count {
                        key: keys::used(at, tenant.as_deref()),
                        by: *by,
                        limit,
                    });
                }
            }
        }
        for (at, (by, limit)) in total.iter().zip(config.capacity.limits()).enumerate() {
            if *by != 0 {
                counts.push(Count {
                    key: keys::used_in_all(at),
                    by: *by,
                    limit,
                });
            }
        }
        counts
    }

    /// Why the store refused: what was asked for, and what is left.
    pub(crate) fn refusal(&self, core: &Core, key: &[u8], now: u64) -> Option<CimError> {
        let count = self
            .counts(core)
            .into_iter()
            .find(|count| count.key == key)?;
        let (at, whose) = keys::used_parts(key)?;
        let name = NAMES.get(at)?;
        let limit = count.limit?;
        let whose = match whose {
            Some(tenant) => format!("The quota of tenant {tenant}"),
            None => "The capacity of this cloud".to_owned(),
        };
        Some(CimError::new(
            ErrorKind::QuotaExceeded,
            format!(
                "{whose} is {limit} {name}; {} are left, and this needs {}.",
                limit.saturating_sub(now),
                count.by
            ),
        ))
    }
}

/// Counts what a store holds that was filled before use was counted.
pub(crate) async fn count_once(core: &Core) -> Result<(), CimError> {
    const FACT: &str = "use-counted";
    let fact = keys::fact(FACT);
    let failed = |error: StoreError| store_error(&error);
    if core.store.get(&fact).await.map_err(failed)?.is_some() {
        return Ok(());
    }
    let mut used = Used::default();
    for class in [
        &machine::CLASS,
        &volume::CLASS,
        &disk::CLASS,
        &address::CLASS,
    ] {
        for served in core.model.schema.classes() {
            if !served.is_a(class.name) {
                continue;
            }
            core.store
                .scan(
                    Scan::prefix(&keys::extent(served.name)),
                    &mut |_, _, bytes| {
                        if let Ok(row) = Row::decode(bytes, &core.model.schema) {
                            used.change(None, Some(&row));
                        }
                        ControlFlow::Continue(())
                    },
                )
                .await
                .map_err(failed)?;
        }
    }
    let mut count = used.counts(core);
    for count in &mut count {
        count.limit = None;
    }
    let counted = core
        .store
        .write(Batch {
            expect: vec![store::Expect {
                key: fact.clone(),
                what: store::Expected::Absent,
            }],
            count,
            writes: vec![store::Write::Put {
                key: fact,
                value: Vec::new(),
            }],
            ..Batch::default()
        })
        .await;
    match counted {
        // Another process was quicker.
        Ok(_) | Err(StoreError::Conflict(_)) => Ok(()),
        Err(error) => Err(failed(error)),
    }
}
