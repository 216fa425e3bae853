//! Structured logs: one JSON object per line on standard error, for journald.
//!
//! What is logged is chosen where it is logged; nothing personal ever is. `RUST_LOG` sets the detail.

use tracing_subscriber::EnvFilter;

/// Starts logging. A second start in one process is ignored.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let logger = tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter);
    // Somebody else's subscriber (a test's) goes on.
    let _ = logger.with_writer(std::io::stderr).try_init();
}
