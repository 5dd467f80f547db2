//! Datetimes in their three texts: printed and read again they are the same.
#![no_main]

use cim_core::DateTime;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(value) = DateTime::parse_cim(text) {
        assert_eq!(DateTime::parse_cim(&value.to_string()), Ok(value));
    }
    if let Ok(value) = DateTime::parse_xs_datetime(text) {
        let again = DateTime::parse_xs_datetime(&value.to_xs());
        assert_eq!(
            again.map(|v| v.instant_micros()),
            Ok(value.instant_micros())
        );
    }
    if let Ok(value) = DateTime::parse_xs_duration(text) {
        assert_eq!(DateTime::parse_xs_duration(&value.to_xs()), Ok(value));
    }
});
