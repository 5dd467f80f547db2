//! Which values the numbers of a configuration may have.

use super::{Config, Limits, LoginConfig};

/// Checks all of them.
///
/// # Errors
/// The key of the first that is out of its bounds, and the bounds.
pub(super) fn check(config: &Config) -> Result<(), (String, String)> {
    let Limits {
        connections,
        requests,
        requests_per_user,
        head_bytes,
        header_fields,
        body_bytes,
        large_bodies_bytes,
        head_seconds,
        body_seconds,
        request_seconds,
        write_stall_seconds,
        tls_handshake_seconds,
        shutdown_seconds: _,
    } = config.limits;
    let LoginConfig {
        remembered: _,
        remember_seconds: _,
        checks,
        checks_waiting: _,
        digest_md5: _,
        nonce_seconds,
        nonces,
        users_file_seconds,
    } = config.login;
    for (name, value, least, most) in [
        ("limits.connections", connections as u64, 1, 1 << 20),
        ("limits.requests", requests as u64, 1, 1 << 20),
        (
            "limits.requests_per_user",
            requests_per_user as u64,
            1,
            1 << 20,
        ),
        // The HTTP library reads at least 8 KiB at a time.
        ("limits.head_bytes", head_bytes as u64, 8192, 1 << 20),
        ("limits.header_fields", header_fields as u64, 16, 1000),
        ("limits.body_bytes", body_bytes as u64, 1024, 1 << 30),
        (
            "limits.large_bodies_bytes",
            large_bodies_bytes as u64,
            body_bytes as u64,
            1 << 40,
        ),
        ("limits.head_seconds", head_seconds, 1, 86_400),
        ("limits.body_seconds", body_seconds, 1, 86_400),
        ("limits.request_seconds", request_seconds, 1, 86_400),
        ("limits.write_stall_seconds", write_stall_seconds, 1, 86_400),
        (
            "limits.tls_handshake_seconds",
            tls_handshake_seconds,
            1,
            3600,
        ),
        (
            "limits.shutdown_seconds",
            config.limits.shutdown_seconds,
            0,
            3600,
        ),
        (
            "store.cache_bytes",
            config.store.cache_bytes as u64,
            1 << 20,
            1 << 40,
        ),
        ("rest.page_items", config.rest.page_items as u64, 1, 100_000),
        ("rest.expansions", config.rest.expansions as u64, 0, 100_000),
        ("rest.uri_bytes", config.rest.uri_bytes as u64, 256, 1 << 20),
        ("login.checks", checks as u64, 1, 256),
        (
            "events.subscriptions",
            config.events.subscriptions as u64,
            0,
            1 << 20,
        ),
        (
            "events.subscriptions_per_user",
            config.events.subscriptions_per_user as u64,
            0,
            1 << 20,
        ),
        (
            "events.usual_seconds",
            config.events.usual_seconds,
            1,
            config.events.max_seconds,
        ),
        ("events.max_seconds", config.events.max_seconds, 1, 1 << 32),
        ("events.look_seconds", config.events.look_seconds, 1, 86_400),
        (
            "events.look_at_most_seconds",
            config.events.look_at_most_seconds,
            1,
            86_400,
        ),
        ("events.retained", config.events.retained, 1, 1 << 40),
        (
            "events.patience_seconds",
            config.events.patience_seconds,
            0,
            1 << 32,
        ),
        ("login.nonce_seconds", nonce_seconds, 1, 86_400),
        ("login.nonces", nonces as u64, 1, 1 << 20),
        ("login.users_file_seconds", users_file_seconds, 1, 86_400),
        (
            "provider.create_millis",
            config.provider.create_millis,
            0,
            3_600_000,
        ),
        (
            "provider.start_millis",
            config.provider.start_millis,
            0,
            3_600_000,
        ),
        (
            "provider.stop_millis",
            config.provider.stop_millis,
            0,
            3_600_000,
        ),
        (
            "provider.pause_millis",
            config.provider.pause_millis,
            0,
            3_600_000,
        ),
        (
            "provider.suspend_millis",
            config.provider.suspend_millis,
            0,
            3_600_000,
        ),
        (
            "provider.capture_millis",
            config.provider.capture_millis,
            0,
            3_600_000,
        ),
        (
            "provider.restore_millis",
            config.provider.restore_millis,
            0,
            3_600_000,
        ),
        (
            "provider.variation_percent",
            config.provider.variation_percent.into(),
            0,
            100,
        ),
        (
            "provider.events_per_log",
            config.provider.events_per_log,
            1,
            10_000_000,
        ),
        (
            "provider.samples_per_meter",
            config.provider.samples_per_meter,
            1,
            10_000_000,
        ),
        (
            "provider.components_per_system",
            config.provider.components_per_system as u64,
            1,
            4096,
        ),
        (
            "provider.delete_millis",
            config.provider.delete_millis,
            0,
            3_600_000,
        ),
        (
            "provider.resource_bytes",
            config.provider.resource_bytes as u64,
            1024,
            64 << 20,
        ),
        (
            "provider.sorted",
            config.provider.sorted as u64,
            1,
            10_000_000,
        ),
    ] {
        if value < least || value > most {
            let reason = format!("`{name} = {value}` is outside {least} to {most}");
            return Err((name.to_owned(), reason));
        }
    }
    let failures = &config.provider.failures;
    for (name, percent) in [
        ("create", failures.create_percent),
        ("start", failures.start_percent),
        ("stop", failures.stop_percent),
        ("pause", failures.pause_percent),
        ("suspend", failures.suspend_percent),
        ("capture", failures.capture_percent),
        ("restore", failures.restore_percent),
        ("delete", failures.delete_percent),
    ] {
        if percent > 100 {
            let name = format!("provider.failures.{name}_percent");
            let reason = format!("`{name} = {percent}` is outside 0 to 100");
            return Err((name, reason));
        }
    }
    Ok(())
}
