//! OVF packages, descriptors and archives: nothing panics, and what is read once is read again, the same, from
//! what was written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ovf::{Limits, read, write};

fuzz_target!(|data: &[u8]| {
    if let Ok(package) = read(data, &Limits::default()) {
        let written = write(&package);
        let again = read(written.as_bytes(), &Limits::default());
        assert!(again.is_ok(), "{again:?}: {written}");
    }
});
