//! Generates `$OUT_DIR/model` from the MOF.

use cim_codegen::{Builder, Selection};

fn main() -> Result<(), cim_codegen::Error> {
    Builder::new()
        .mof("mof/northwind.mof")
        // What includes name has to be here.
        .root("mof")
        .structs(
            Selection::All,
            "Debug, Clone, PartialEq, Default, serde, yaserde, instance",
        )?
        .generate()?;
    Ok(())
}
