//! Which entry point a path belongs to.

use http::{HeaderMap, Uri};

/// An entry point of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// WS-Management, with login.
    Wsman,
    /// Identify of WS-Management, without login.
    Identify,
    /// CIMI REST, with login.
    Rest,
    /// Whether the service is up.
    Health,
    /// The metrics.
    Metrics,
    /// None.
    Unknown,
}

/// What a 404 of the edge says.
pub(crate) const ENTRY_POINTS: &str = "\
There is nothing at this path. The entry points of cimi-bridge are:

  /cimi/cloudEntryPoint   CIMI over REST (GET; JSON or XML by Accept)
  /wsman                  WS-Management (POST)
  /wsman-anon/identify    WS-Management Identify without login (POST)
  /healthz                whether the service is up, without login
  /metrics                metrics in the OpenMetrics format
";

impl Route {
    pub(crate) fn of(target: &Uri, headers: &HeaderMap) -> Self {
        match target.path() {
            // Windows before 8 appends segments to /wsman when it delivers events.
            path if is_below(path, "/wsman") && wants_no_login(headers) => Self::Identify,
            path if is_below(path, "/wsman") => Self::Wsman,
            path if is_below(path, "/cimi") => Self::Rest,
            "/wsman-anon/identify" => Self::Identify,
            "/healthz" => Self::Health,
            "/metrics" => Self::Metrics,
            _ => Self::Unknown,
        }
    }

    /// The name in metrics and log.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Wsman | Self::Identify => "wsman",
            Self::Rest => "rest",
            Self::Health | Self::Metrics | Self::Unknown => "edge",
        }
    }
}

fn is_below(path: &str, base: &str) -> bool {
    path.strip_prefix(base)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// How WinRM asks for Identify without login (MS-WSMV 3.1.4.1.19).
fn wants_no_login(headers: &HeaderMap) -> bool {
    headers
        .get("wsmanidentify")
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"unauthenticated"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_their_entry_points() {
        for (uri, route) in [
            ("/wsman", Route::Wsman),
            ("/wsman/", Route::Wsman),
            ("/wsman/subscriptions/1", Route::Wsman),
            ("/wsman?PSVersion=5.1", Route::Wsman),
            ("/wsmanx", Route::Unknown),
            ("/wsman-anon/identify", Route::Identify),
            ("/wsman-anon", Route::Unknown),
            ("/wsman-anon/identify/x", Route::Unknown),
            ("/cimi/cloudEntryPoint", Route::Rest),
            ("/cimi/machines?$first=1", Route::Rest),
            ("/cimi", Route::Rest),
            ("/cimix", Route::Unknown),
            ("/healthz", Route::Health),
            ("/metrics", Route::Metrics),
            ("/", Route::Unknown),
            ("/WSMAN", Route::Unknown),
            ("*", Route::Unknown),
        ] {
            assert_eq!(
                Route::of(&uri.parse().unwrap(), &HeaderMap::new()),
                route,
                "{uri}"
            );
        }
    }

    #[test]
    fn winrm_identifies_without_login_by_a_header() {
        let route = |uri: &str, value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("wsmanidentify", value.parse().unwrap());
            Route::of(&uri.parse().unwrap(), &headers)
        };
        assert_eq!(route("/wsman", "unauthenticated"), Route::Identify);
        assert_eq!(route("/wsman", "yes"), Route::Wsman);
        assert_eq!(route("/cimi/machines", "unauthenticated"), Route::Rest);
        assert_eq!(route("/metrics", "unauthenticated"), Route::Metrics);
    }
}
