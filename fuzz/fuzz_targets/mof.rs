//! The checker of MOF: compiled, lowered where there are no errors.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let compilation = cim_mof::compile_text("fuzz.mof", text);
    if compilation.error_count() > 0 {
        assert!(compilation.lower().is_empty());
    }
});
