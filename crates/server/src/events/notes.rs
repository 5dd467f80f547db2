//! What users keep beside their subscriptions: filters and destinations that were made as CIM instances. Here they
//! are bytes under a key that begins with the name of its owner and a NUL.

use std::collections::HashSet;
use std::ops::ControlFlow;

use cim_core::CimError;
use store::{Batch, Expect, Expected, Scan, StoreError, Write};

use super::Subscriptions;

/// The keys of all notes begin so.
const NOTES: &[u8] = b"n";

fn note_key(key: &[u8]) -> Vec<u8> {
    [NOTES, key].concat()
}

impl Subscriptions {
    /// Keeps something, unless there is something under that key: then the answer is `false`.
    ///
    /// # Errors
    /// The store fails.
    pub(crate) async fn note_new(&self, key: &[u8], value: Vec<u8>) -> Result<bool, CimError> {
        let key = note_key(key);
        let batch = Batch {
            expect: vec![Expect {
                key: key.clone(),
                what: Expected::Absent,
            }],
            writes: vec![Write::Put { key, value }],
            ..Batch::default()
        };
        match self.store.write(batch).await {
            Ok(_) => Ok(true),
            Err(StoreError::Conflict(_)) => Ok(false),
            Err(error) => Err(CimError::internal(error)),
        }
    }

    /// Keeps something, in place of what was there.
    ///
    /// # Errors
    /// The store fails.
    pub(crate) async fn note(&self, key: &[u8], value: Vec<u8>) -> Result<(), CimError> {
        let key = note_key(key);
        let written = self.write(vec![Write::Put { key, value }]).await;
        written.map_err(CimError::internal)
    }

    /// What is kept under a key.
    ///
    /// # Errors
    /// The store fails.
    pub(crate) async fn noted(&self, key: &[u8]) -> Result<Option<Vec<u8>>, CimError> {
        let found = self.store.get(&note_key(key)).await;
        Ok(found.map_err(CimError::internal)?.map(|(_, value)| value))
    }

    /// What is kept under keys that begin so, in the order of the keys.
    ///
    /// # Errors
    /// The store fails.
    pub(crate) async fn notes(&self, prefix: &[u8]) -> Result<Vec<Vec<u8>>, CimError> {
        let mut found = Vec::new();
        self.store
            .scan(Scan::prefix(&note_key(prefix)), &mut |_, _, value| {
                found.push(value.to_vec());
                ControlFlow::Continue(())
            })
            .await
            .map_err(CimError::internal)?;
        Ok(found)
    }

    /// Keeps it no more.
    ///
    /// # Errors
    /// The store fails.
    pub(crate) async fn forget(&self, key: &[u8]) -> Result<(), CimError> {
        let key = note_key(key);
        let written = self.write(vec![Write::Delete { key }]).await;
        written.map_err(CimError::internal)
    }

    /// Keeps no more what does not belong to one of these: who gets the name of a removed user later gets neither
    /// their destinations nor the passwords for them.
    ///
    /// # Errors
    /// The store fails.
    pub(super) async fn forget_all_but(&self, owners: HashSet<String>) -> Result<(), CimError> {
        let mut strange = Vec::new();
        self.store
            .scan(Scan::prefix(NOTES), &mut |key, _, _| {
                let owner = key.get(NOTES.len()..).unwrap_or_default();
                let owner = owner.split(|byte| *byte == 0).next().unwrap_or_default();
                if std::str::from_utf8(owner).map_or(true, |owner| !owners.contains(owner)) {
                    strange.push(Write::Delete { key: key.to_vec() });
                }
                ControlFlow::Continue(())
            })
            .await
            .map_err(CimError::internal)?;
        if strange.is_empty() {
            return Ok(());
        }
        self.write(strange).await.map_err(CimError::internal)
    }
}
