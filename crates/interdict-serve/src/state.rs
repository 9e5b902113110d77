//! What all requests share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::artifact::{Artifact, Current};
use crate::config::{Item, Limits};
use crate::log::Log;
use crate::metrics::Metrics;
use crate::problem::{Code, Problem};
use crate::token::Token;
use crate::traces::Traces;

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) current: Current,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) limits: Limits,
    pub(crate) token: Option<Token>,
    pub(crate) log: Option<Keep>,
    /// The artifact that only looks on.
    pub(crate) shadow: Option<Artifact>,
    pub(crate) traces: Traces,
    requests: Slots,
    batches: Slots,
    stopping: AtomicBool,
}

/// The log, and what it keeps of items.
#[derive(Debug)]
pub(crate) struct Keep {
    pub(crate) log: Log,
    pub(crate) item: Item,
}

/// How many may be worked on at a time.
#[derive(Debug)]
struct Slots {
    free: Arc<Semaphore>,
    what: &'static str,
    limit: usize,
}

/// What handlers take.
pub(crate) type Shared = axum::extract::State<Arc<State>>;

impl State {
    pub(crate) fn new(
        current: Current,
        metrics: Arc<Metrics>,
        limits: Limits,
        token: Option<Token>,
        log: Option<Keep>,
        shadow: Option<Artifact>,
        traces: Traces,
    ) -> State {
        State {
            current,
            metrics,
            limits,
            token,
            log,
            shadow,
            traces,
            requests: Slots::new("requests", limits.requests),
            batches: Slots::new("batches", limits.batches),
            stopping: AtomicBool::new(false),
        }
    }

    /// Logs what was decided, before it is answered.
    pub(crate) async fn log(&self, lines: Vec<u8>) {
        if let Some(keep) = &self.log {
            keep.log.write(lines).await;
        }
    }

    /// A place among the requests that are worked on, for as long as it is held.
    pub(crate) fn admit(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.requests.take()
    }

    /// A place among the batches.
    pub(crate) fn admit_batch(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.batches.take()
    }

    /// Takes no more requests than those that are there.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

impl Slots {
    fn new(what: &'static str, limit: usize) -> Slots {
        let free = Arc::new(Semaphore::new(limit));
        Slots { free, what, limit }
    }

    fn take(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let taken = Arc::clone(&self.free).try_acquire_owned();
        taken.map_err(|_| {
            let (limit, what) = (self.limit, self.what);
            let detail = format!("{limit} {what} are worked on already: come again");
            Problem::new(Code::Busy, detail)
        })
    }
}
