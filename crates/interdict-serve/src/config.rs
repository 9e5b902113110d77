//! What a server is told before it starts.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use interdict_sign::PublicKey;

use crate::token::Token;
use crate::traces::Traces;

/// What to serve, to whom, and within which limits.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen; port 0 is any free one.
    pub listen: SocketAddr,
    /// Where the artifact comes from.
    pub source: Source,
    /// How often the source is looked at.
    pub every: Duration,
    /// Whose signatures count; when there are none, artifacts need no signature.
    pub keys: Vec<PublicKey>,
    /// Whether a version that is older than one accepted before is accepted.
    pub allow_older: bool,
    /// The folder that keeps the last good artifact across restarts. One process each.
    pub state: Option<PathBuf>,
    /// What clients must show.
    pub token: Option<Token>,
    /// The certificate and its key; without them the server speaks plain HTTP.
    pub tls: Option<Tls>,
    /// Where decisions are logged, if they are.
    pub log: Option<Log>,
    /// An artifact that decides too, without being answered by: what it would change is counted and
    /// logged.
    pub shadow: Option<PathBuf>,
    /// Where spans of requests and decisions are sent, if they are.
    pub traces: Traces,
    /// What one client may ask for, and all together.
    pub limits: Limits,
}

/// Where an artifact comes from. Its signature stands beside it, under the same name and `.minisig`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// A folder, of which the last good artifact by its name is served.
    Folder(PathBuf),
    /// An address, `http://` or `https://`.
    Url(String),
}

/// Files in PEM.
#[derive(Debug, Clone)]
pub struct Tls {
    /// The certificate, followed by those that vouch for it.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Where and how decisions are logged.
#[derive(Debug, Clone)]
pub struct Log {
    /// The folder of the log's files. One server each.
    pub folder: PathBuf,
    /// After how many bytes the next file begins.
    pub size: u64,
    /// How many files are kept; 0: all.
    pub keep: usize,
    /// What is kept of items.
    pub item: Item,
    /// What happens when nothing can be written.
    pub full: Full,
}

/// What the log keeps of items, beside the hash of what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Nothing.
    Hash,
    /// All fields but these.
    Without(Vec<String>),
}

/// What happens when the log cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// Answers wait until it can.
    Block,
    /// Answers go out, and what was not written is counted.
    CountAndDrop,
}

/// The limits of a server.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The longest item, in bytes: the body of a request, or a line of a batch.
    pub item: usize,
    /// The longest batch, in bytes.
    pub batch: u64,
    /// The most lines of a batch.
    pub lines: u64,
    /// How long the body of a request may take to come, but for that of a batch.
    pub time: Duration,
    /// How long a client may neither send nor read.
    pub idle: Duration,
    /// How many requests are worked on at a time; more are told to come again.
    pub requests: usize,
    /// How many batches are worked on at a time, beside other requests.
    pub batches: usize,
    /// How many clients may be connected; more wait.
    pub connections: usize,
    /// How long requests may go on after the server was told to stop.
    pub grace: Duration,
    /// The largest artifact that is fetched, in bytes.
    pub artifact: u64,
}

impl Config {
    /// Serves an artifact on the loopback interface, with the usual limits.
    pub fn new(source: Source) -> Config {
        Config {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            source,
            every: Duration::from_secs(1),
            keys: Vec::new(),
            allow_older: false,
            state: None,
            token: None,
            tls: None,
            log: None,
            shadow: None,
            traces: Traces::default(),
            limits: Limits::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            item: 1 << 20,
            batch: 1 << 30,
            lines: 1_000_000,
            time: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            requests: 256,
            batches: 32,
            connections: 1024,
            grace: Duration::from_secs(30),
            artifact: 1 << 30,
        }
    }
}
