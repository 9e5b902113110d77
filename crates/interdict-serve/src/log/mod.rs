//! The log of decisions: what was answered is on disk before the answer goes out.
//!
//! Requests hand over their lines and wait until these were written. One thread writes; what comes
//! while it does is written together the next time.

mod files;
pub(crate) mod record;

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use crate::config::{Full, Log as Config};
use crate::metrics::Metrics;
use files::Files;

/// How many requests may wait; more wait until these were written.
const WAITING: usize = 1024;
/// How long to wait before a disk that was full is tried again.
const BREATH: Duration = Duration::from_millis(100);

/// Lines that a request hands over, and where to tell that they were written.
struct Entry {
    lines: Vec<u8>,
    written: oneshot::Sender<()>,
}

/// Where requests hand over their lines.
#[derive(Debug, Clone)]
pub(crate) struct Log {
    entries: mpsc::Sender<Entry>,
}

impl Log {
    /// Opens the log, and begins to write on a thread that ends once nobody hands over anything any
    /// more. Nobody waits for its end: what was answered was written.
    pub(crate) fn open(config: &Config, metrics: Arc<Metrics>) -> io::Result<Log> {
        let mut files = Files::open(config)?;
        let (entries, mut waiting) = mpsc::channel(WAITING);
        let full = config.full;
        let write = move || {
            let mut batch: Vec<Entry> = Vec::new();
            while let Some(first) = waiting.blocking_recv() {
                batch.push(first);
                while let Ok(next) = waiting.try_recv() {
                    batch.push(next);
                }
                let mut lines = Vec::new();
                for entry in &batch {
                    lines.extend_from_slice(&entry.lines);
                }
                keep(&mut files, &lines, full, &metrics);
                for entry in batch.drain(..) {
                    // A client that went away waits for nothing.
                    let _ = entry.written.send(());
                }
            }
        };
        thread::Builder::new().name("log".to_owned()).spawn(write)?;
        Ok(Log { entries })
    }

    /// Hands over lines, and waits until they were written or, if the log is set so, dropped.
    pub(crate) async fn write(&self, lines: Vec<u8>) {
        if lines.is_empty() {
            return;
        }
        let (written, told) = oneshot::channel();
        // The thread is there for as long as anybody may hand over something.
        if self.entries.send(Entry { lines, written }).await.is_ok() {
            let _ = told.await;
        }
    }
}

/// Writes lines; when that fails, tries again until it does not, or counts them as dropped.
fn keep(files: &mut Files, lines: &[u8], full: Full, metrics: &Metrics) {
    let count = lines.iter().filter(|&&byte| byte == b'\n').count() as u64;
    let mut told = false;
    while let Err(error) = files.write(lines) {
        if !std::mem::replace(&mut told, true) {
            tracing::error!(%error, lines = count, "cannot write the log of decisions");
        }
        match full {
            Full::CountAndDrop => {
                metrics.log_dropped(count);
                return;
            }
            Full::Block => {
                metrics.log_blocked(true);
                thread::sleep(BREATH);
            }
        }
    }
    if told {
        metrics.log_blocked(false);
        tracing::info!("the log of decisions is written again");
    }
    metrics.logged(count);
}
