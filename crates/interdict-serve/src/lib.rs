//! Decides items over HTTP.
//!
//! A [`Server`] holds one artifact at a time, answers by it, and replaces it in one step when its
//! source has a newer one that is sound and trusted. What it answers to `POST /v1/decide` is the line
//! that `interdict decide` writes, byte for byte; `GET /openapi.json` tells the rest.
//!
//! ```no_run
//! use interdict_serve::{Config, Server, Source};
//!
//! # async fn run() -> Result<(), interdict_serve::StartError> {
//! let config = Config::new(Source::File("rules.matcher".into()));
//! let server = Server::bind(config).await?;
//! server.run(std::future::pending()).await;
//! # Ok(())
//! # }
//! ```

mod artifact;
mod body;
mod config;
mod judge;
mod log;
mod metrics;
mod openapi;
mod problem;
mod query;
mod reload;
mod routes;
mod run;
mod schema;
mod server;
mod state;
mod tls;
mod token;
mod traces;

pub use config::{Config, Full, Item, Limits, Log, Source, Tls};
pub use openapi::document;
pub use reload::ReloadError;
pub use run::{Level, log_to_stderr, serve};
pub use server::{Server, StartError};
pub use token::Token;
pub use traces::{Traces, TracesError};
