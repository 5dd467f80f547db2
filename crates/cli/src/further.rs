//! Further classes of a running service: MOF files that `serve --mof` names.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cim_core::Schema;

use crate::failure::Failure;
use crate::mof;

/// The model, with the classes of these files.
pub(crate) fn schema(files: &[PathBuf], data: &Path) -> Result<Arc<Schema>, Failure> {
    if files.is_empty() {
        return Ok(Arc::clone(cimi_model::schema()));
    }
    let mut sources = vec![write_model(&data.join("mof"))?];
    sources.extend_from_slice(files);
    let compilation = cim_mof::compile(&sources, &cim_mof::Options::default());
    mof::report(&compilation)?;
    if compilation.instance_count() > 0 {
        eprintln!(
            "note: the MOF has {} instance(s), which are checked and not created: clients create instances",
            compilation.instance_count()
        );
    }
    Ok(cimi_model::extend(&compilation.lower()))
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
