//! Further classes of a running service, and instances: MOF files that `serve --mof` names.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cim_core::{Instance, Schema};
use provider::embedded::{DeclareError, EmbeddedProvider};

use crate::clouds::told;
use crate::failure::Failure;
use crate::mof;

/// What the files add to the model.
pub(crate) struct Further {
    /// The model, with their classes.
    pub(crate) schema: Arc<Schema>,
    instances: Vec<Instance>,
    /// Where each of them is declared.
    places: Vec<String>,
}

/// Compiles the files against the model.
pub(crate) fn read(files: &[PathBuf], data: &Path) -> Result<Further, Failure> {
    if files.is_empty() {
        return Ok(Further {
            schema: Arc::clone(cimi_model::schema()),
            instances: Vec::new(),
            places: Vec::new(),
        });
    }
    let mut sources = vec![write_model(&data.join("mof"))?];
    sources.extend_from_slice(files);
    let compilation = cim_mof::compile(&sources, &cim_mof::Options::default());
    mof::report(&compilation)?;
    let schema = cimi_model::extend(&compilation.lower());
    let declared = compilation.instances(&schema).map_err(|fault| {
        let place = compilation.place(fault.span);
        Failure::new(format_args!("{place}: {}", fault.message))
    })?;
    let places = declared.iter().map(|d| compilation.place(d.span)).collect();
    let instances = declared.into_iter().map(|d| d.instance).collect();
    Ok(Further {
        schema,
        instances,
        places,
    })
}

impl Further {
    /// Makes the declared instances in the cloud of this process, if they are not there.
    pub(crate) async fn declare(
        &self,
        cloud: Option<&Arc<EmbeddedProvider>>,
    ) -> Result<(), Failure> {
        let Some(first) = self.places.first() else {
            return Ok(());
        };
        let Some(cloud) = cloud else {
            return Err(Failure::new(format_args!(
                "{first}: instances are made in the cloud of this process, and there is none: the clouds behind \
                 this service make their own"
            )));
        };
        match cloud.declare(&self.instances).await {
            Ok(0) => Ok(()),
            Ok(made) => {
                tracing::info!(made, "instances were made as the MOF declares them");
                Ok(())
            }
            Err(DeclareError { at, error }) => {
                let place = at.and_then(|at| self.places.get(at));
                let text = told(&error);
                Err(match place {
                    Some(place) => Failure::new(format_args!("{place}: {text}")),
                    None => Failure::new(text),
                })
            }
        }
    }
}

/// Writes the MOF of the model, for the compiler and for whoever wants to read what can be derived
/// from; returns the file to compile.
fn write_model(folder: &Path) -> Result<PathBuf, Failure> {
    for (name, text) in cimi_model::MOF {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent)
            .and_then(|()| match fs::read_to_string(&path) {
                Ok(known) if known == *text => Ok(()),
                _ => fs::write(&path, text),
            })
            .map_err(|error| Failure::new(format_args!("{}: {error}", path.display())))?;
    }
    Ok(folder.join("cimi.mof"))
}
