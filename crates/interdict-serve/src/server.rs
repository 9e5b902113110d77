//! Listens, answers, and stops without dropping what it took.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;

use crate::artifact::Current;
use crate::config::{Config, Limits};
use crate::log::Log;
use crate::metrics::Metrics;
use crate::reload::{self, ReloadError, Reloader};
use crate::routes;
use crate::state::{Keep, State};
use crate::tls;

/// The longest head of a request, and how much of a body is read at a time.
const BUFFER: usize = 64 << 10;
/// How long to wait before what failed is tried again.
const BREATH: Duration = Duration::from_millis(50);

/// A server that holds its port and its artifact, and is ready to run.
pub struct Server {
    listener: TcpListener,
    acceptor: Option<TlsAcceptor>,
    state: Arc<State>,
    watch: Watch,
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The artifact.
    #[error("no artifact to serve: {0}")]
    Artifact(#[from] ReloadError),
    /// The port.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// What was asked for.
        address: SocketAddr,
        /// What the system said.
        error: io::Error,
    },
    /// The certificate or its key.
    #[error("`{}` is of no use for TLS: {reason}", path.display())]
    Tls {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The artifact that should look on.
    #[error("no artifact to look on: {0}")]
    Shadow(ReloadError),
    /// The log of decisions.
    #[error("cannot log decisions in `{}`: {error}", folder.display())]
    Log {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Threads.
    #[error("cannot start: {0}")]
    System(#[from] io::Error),
}

/// The thread that looks for new artifacts.
struct Watch {
    /// Once this is gone the thread ends.
    stop: mpsc::Sender<()>,
    thread: JoinHandle<()>,
}

impl Server {
    /// Loads the artifact, takes the port, and begins to look for newer artifacts.
    ///
    /// # Errors
    ///
    /// When there is no artifact to serve, or the port or the certificate cannot be used.
    pub async fn bind(config: Config) -> Result<Server, StartError> {
        let acceptor = config.tls.as_ref().map(tls::acceptor).transpose()?;
        let address = config.listen;
        let listener = TcpListener::bind(address).await;
        let listener = listener.map_err(|error| StartError::Listen { address, error })?;
        let metrics = Arc::new(Metrics::default());
        let counts = Arc::clone(&metrics);
        let opened = tokio::task::spawn_blocking(move || open(config, counts)).await;
        let (reloader, state) = opened.map_err(io::Error::other)??;
        let artifact = state.current.get();
        metrics.serves(&artifact);
        let content_id = artifact.matcher.content_id_hex();
        let version = artifact.release.as_ref().map(|release| release.version);
        tracing::info!(content_id, version, "loaded");
        let state = Arc::new(state);
        let (stop, stopped) = mpsc::channel();
        let watched = Arc::clone(&state);
        let thread = thread::Builder::new().name("reload".to_owned());
        let thread = thread.spawn(move || reloader.run(&watched.current, &stopped))?;
        Ok(Server {
            listener,
            acceptor,
            state,
            watch: Watch { stop, thread },
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    ///
    /// What the system said.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until told to stop, and then what it took already; but no longer than the grace.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let limits = self.state.limits;
        let router = routes::router(Arc::clone(&self.state));
        let free = Arc::new(Semaphore::new(limits.connections));
        let graceful = GracefulShutdown::new();
        let mut stop = pin!(stop);
        loop {
            let next = async {
                let slot = Arc::clone(&free).acquire_owned().await;
                (slot, self.listener.accept().await)
            };
            let (slot, accepted) = tokio::select! {
                next = next => next,
                () = &mut stop => break,
            };
            match accepted {
                Ok((stream, _)) => {
                    let talk = talk(
                        stream,
                        self.acceptor.clone(),
                        router.clone(),
                        limits,
                        graceful.watcher(),
                    );
                    tokio::spawn(async move {
                        let _slot = slot;
                        talk.await;
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "cannot accept");
                    tokio::time::sleep(BREATH).await;
                }
            }
        }
        self.state.stop();
        tracing::info!("stopping");
        drop(self.listener);
        drop(self.watch.stop);
        let ended = tokio::time::timeout(limits.grace, graceful.shutdown()).await;
        match ended {
            Ok(()) => tracing::info!("stopped"),
            Err(_) => tracing::warn!("stopped before all requests were answered"),
        }
        end(self.watch.thread).await;
        // Nothing is lost by not waiting but the last spans.
        let _ = tokio::task::spawn_blocking(move || self.state.traces.end()).await;
    }
}

/// Loads what the server needs from disk or from the network.
fn open(config: Config, metrics: Arc<Metrics>) -> Result<(Reloader, State), StartError> {
    let mut reloader = Reloader::new(&config, Arc::clone(&metrics))?;
    let artifact = reloader.first()?;
    let shadow = config
        .shadow
        .as_deref()
        .map(|path| reload::once(path, &config.keys));
    let log = config.log.map(|config| {
        let log = Log::open(&config, Arc::clone(&metrics));
        let log = log.map_err(|error| StartError::Log {
            folder: config.folder,
            error,
        })?;
        let item = config.item;
        Ok::<Keep, StartError>(Keep { log, item })
    });
    let state = State::new(
        Current::new(artifact),
        metrics,
        config.limits,
        config.token,
        log.transpose()?,
        shadow.transpose().map_err(StartError::Shadow)?,
        config.traces,
    );
    Ok((reloader, state))
}

/// Talks with one client until either goes away.
async fn talk(
    stream: TcpStream,
    acceptor: Option<TlsAcceptor>,
    router: Router,
    limits: Limits,
    watcher: Watcher,
) {
    // Answers are small; waiting to fill a packet would only delay them.
    let _ = stream.set_nodelay(true);
    let talked = match acceptor {
        None => speak(stream, router, limits, watcher).await,
        Some(acceptor) => {
            let shaken = tokio::time::timeout(limits.idle, acceptor.accept(stream)).await;
            match shaken {
                Ok(Ok(stream)) => speak(stream, router, limits, watcher).await,
                Ok(Err(error)) => Err(error.to_string()),
                Err(_) => Err("the handshake took too long".to_owned()),
            }
        }
    };
    if let Err(reason) = talked {
        tracing::debug!(reason, "a connection ended");
    }
}

/// Speaks HTTP/1.1 over a stream. A client that does not read what it asked for is left.
async fn speak(
    stream: impl AsyncRead + AsyncWrite + 'static,
    router: Router,
    limits: Limits,
    watcher: Watcher,
) -> Result<(), String> {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.idle));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.idle)
        .max_buf_size(BUFFER)
        .serve_connection(
            TokioIo::new(Box::pin(stream)),
            TowerToHyperService::new(router),
        );
    watcher
        .watch(connection)
        .await
        .map_err(|error| error.to_string())
}

/// Waits a little for the end of a thread. One that waits for the network itself is left alone.
async fn end(thread: JoinHandle<()>) {
    let breaths = (0..20).take_while(|_| !thread.is_finished());
    for _ in breaths {
        tokio::time::sleep(BREATH).await;
    }
    if thread.is_finished() && thread.join().is_err() {
        tracing::error!("looking for new artifacts failed");
    }
}
