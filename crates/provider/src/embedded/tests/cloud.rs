//! The demonstration cloud, quotas, retention and restarts.
