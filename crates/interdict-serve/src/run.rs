//! A server as a program of its own: threads, signals and the log.

use std::io;

use tracing_subscriber::filter::LevelFilter;

use crate::config::Config;
use crate::server::{Server, StartError};

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// What goes wrong.
    Warn,
    /// And what artifact is served.
    Info,
    /// And every request.
    Debug,
}

/// Writes the log to standard error, an object of JSON a line.
pub fn log_to_stderr(level: Level) {
    let level = match level {
        Level::Warn => LevelFilter::WARN,
        Level::Info => LevelFilter::INFO,
        Level::Debug => LevelFilter::DEBUG,
    };
    let log = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_target(false)
        .with_max_level(level)
        .with_writer(io::stderr);
    // A program that has a log already keeps it.
    let _ = log.try_init();
}

/// Serves until the process is told to stop, by SIGTERM or Ctrl-C.
///
/// # Errors
///
/// As [`Server::bind`].
pub fn serve(config: Config) -> Result<(), StartError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let server = Server::bind(config).await?;
        let stop = stop_signal()?;
        tracing::info!(address = %server.address()?, "listening");
        server.run(stop).await;
        Ok(())
    })
}

#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without the signal nobody can stop the server but by ending it.
        let _ = tokio::signal::ctrl_c().await;
    })
}
