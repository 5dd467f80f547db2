//! MOF text: lexed, compiled, lowered where there are no errors.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let tokens = cim_mof::lex_for_fuzzing(text);
    assert!(tokens <= text.len() + 1);
    let compilation = cim_mof::compile_text("fuzz.mof", text);
    if compilation.error_count() > 0 {
        assert!(compilation.lower().is_empty());
    }
});
