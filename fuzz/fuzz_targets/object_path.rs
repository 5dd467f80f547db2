//! Object paths: printed and read again they are the same.
#![no_main]

use cim_core::ObjectPath;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(path) = ObjectPath::parse(text) {
        assert_eq!(ObjectPath::parse(&path.to_string()), Ok(path));
    }
});
