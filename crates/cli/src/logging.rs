//! The log of the service, on standard error.

use std::io;

use server::{LogConfig, LogFormat, LogLevel};
use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, fmt, registry};

use crate::failure::Failure;

/// Sends the log of this process where the configuration says.
pub(crate) fn start(config: LogConfig) -> Result<(), Failure> {
    let level = match config.level {
        LogLevel::Error => Level::ERROR,
        LogLevel::Warn => Level::WARN,
        LogLevel::Info => Level::INFO,
        LogLevel::Debug => Level::DEBUG,
        LogLevel::Trace => Level::TRACE,
    };
    let filter = Targets::new().with_default(level);
    let lines = fmt::layer().with_writer(io::stderr).with_target(false);
    let lines = match config.format {
        LogFormat::Text => {
            let colours = io::IsTerminal::is_terminal(&io::stderr());
            lines.with_ansi(colours).boxed()
        }
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    tracing::subscriber::set_global_default(registry().with(lines.with_filter(filter)))
        .map_err(Failure::new)
}
