//! What `/metrics` shows, in the OpenMetrics text format.

use std::fmt::Write as _;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Everything that is counted.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    latency: Family<BindingLabel, Histogram, fn() -> Histogram>,
    /// Connections open now.
    pub(crate) connections: Gauge,
    /// Connections accepted.
    pub(crate) connections_accepted: Counter,
    /// Connections turned away because there were too many.
    pub(crate) connections_refused: Counter,
    /// Requests being answered now.
    pub(crate) in_progress: Gauge,
    /// Requests with credentials that were wrong.
    pub(crate) logins_refused: Counter,
    /// Requests whose login was remembered.
    pub(crate) logins_remembered: Counter,
    /// Passwords checked against their hash.
    pub(crate) password_checks: Counter,
    /// Requests that ended in a panic, which is a defect of this software.
    pub(crate) panics: Counter,
    /// TLS handshakes that failed.
    pub(crate) tls_failures: Counter,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    binding: &'static str,
    operation: &'static str,
    status: Status,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct BindingLabel {
    binding: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Status(u16);

impl EncodeLabelValue for Status {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> Result<(), std::fmt::Error> {
        write!(encoder, "{}", self.0)
    }
}

/// Upper bounds in seconds: our requests take tens of microseconds, waiting ones up to a minute.
const LATENCY_BUCKETS: [f64; 14] = [
    0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5, 10.0, 60.0,
];

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("cimi_bridge"),
            requests: Family::default(),
            latency: Family::new_with_constructor(|| Histogram::new(LATENCY_BUCKETS)),
            connections: Gauge::default(),
            connections_accepted: Counter::default(),
            connections_refused: Counter::default(),
            in_progress: Gauge::default(),
            logins_refused: Counter::default(),
            logins_remembered: Counter::default(),
            password_checks: Counter::default(),
            panics: Counter::default(),
            tls_failures: Counter::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("requests", "Requests answered", self.requests.clone());
        registry.register(
            "request_seconds",
            "Time from the head of a request to its answer, the body's arrival included",
            self.latency.clone(),
        );
        registry.register("connections", "Connections open", self.connections.clone());
        registry.register(
            "requests_in_progress",
            "Requests in progress",
            self.in_progress.clone(),
        );
        for (name, help, counter) in [
            (
                "connections_accepted",
                "Connections accepted",
                &self.connections_accepted,
            ),
            (
                "connections_refused",
                "Connections turned away because there were too many",
                &self.connections_refused,
            ),
            (
                "logins_refused",
                "Requests with wrong credentials",
                &self.logins_refused,
            ),
            (
                "logins_remembered",
                "Requests whose login was remembered",
                &self.logins_remembered,
            ),
            (
                "password_checks",
                "Passwords checked against their hash",
                &self.password_checks,
            ),
            ("panics", "Requests that ended in a panic", &self.panics),
            (
                "tls_handshake_failures",
                "TLS handshakes that failed",
                &self.tls_failures,
            ),
        ] {
            registry.register(name, help, counter.clone() as Counter<u64, AtomicU64>);
        }
    }

    /// Counts an answered request.
    pub(crate) fn answered(
        &self,
        binding: &'static str,
        operation: &'static str,
        status: http::StatusCode,
        time: Duration,
    ) {
        let status = Status(status.as_u16());
        self.requests
            .get_or_create(&RequestLabels {
                binding,
                operation,
                status,
            })
            .inc();
        self.latency
            .get_or_create(&BindingLabel { binding })
            .observe(time.as_secs_f64());
    }

    /// The text of `/metrics`.
    pub(crate) fn text(&self) -> String {
        let mut out = String::with_capacity(8192);
        // Writing to a String cannot fail; if it did, a cut text without its end mark shows it.
        let _ = text::encode(&mut out, &self.registry);
        out
    }
}

/// Something that is there now: counted until it is dropped, however that happens.
pub(crate) struct Present<'a>(&'a Gauge);

impl<'a> Present<'a> {
    pub(crate) fn new(gauge: &'a Gauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for Present<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// The media type of [`Metrics::text`].
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_has_every_metric() {
        let metrics = Metrics::default();
        metrics.connections.inc();
        let status = http::StatusCode::OK;
        metrics.answered("wsman", "Get", status, Duration::from_micros(70));
        let text = metrics.text();
        for expected in [
            "cimi_bridge_requests_total{binding=\"wsman\",operation=\"Get\",status=\"200\"} 1\n",
            "cimi_bridge_request_seconds_bucket{le=\"0.00005\",binding=\"wsman\"} 0\n",
            "cimi_bridge_request_seconds_bucket{le=\"0.0001\",binding=\"wsman\"} 1\n",
            "cimi_bridge_connections 1\n",
            "cimi_bridge_logins_refused_total 0\n",
        ] {
            assert!(text.contains(expected), "{expected} is not in\n{text}");
        }
        assert!(text.ends_with("# EOF\n"));
    }
}
