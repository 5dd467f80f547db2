//! The lexer of MOF alone: tokens are at least a byte.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let tokens = cim_mof::lex_for_fuzzing(text);
    assert!(tokens <= text.len() + 1);
});
