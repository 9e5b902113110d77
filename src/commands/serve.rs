//! `interdict serve`

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum, ValueHint};
use interdict_serve::{
    Config, Full, Item, Level, Limits, Log, Source, StartError, Tls, Token, Traces,
};

use super::{Failure, Outcome, files, keys};

/// Holds the token that clients show.
const TOKEN: &str = "INTERDICT_TOKEN";

const EXAMPLES: &str = "\
Examples:
  interdict serve rules.matcher
  interdict serve rules.matcher --public-key interdict.pub --state /var/lib/interdict
  interdict serve releases/
  interdict serve https://depot.example/rules.matcher --listen 0.0.0.0:8443 \\
    --token-file token --tls-certificate it.crt --tls-key it.key
  curl -d '{\"title\": \"...\"}' 'http://127.0.0.1:8080/v1/decide?at=2018-04-18'

GET /openapi.json lists the pages. The artifact is looked at all the time: a new one that is sound
and trusted replaces the old one in one step, anything else is refused and the old one goes on.
SIGTERM and Ctrl-C end the server once it has answered what it took. The log, JSON lines, goes to
standard error.

Exit codes: 0 told to stop, 2 could not run";

/// Decides items over HTTP, by an artifact that it keeps up to date
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Serve {
    /// The artifact: a file; a folder, of which the last good one by its name is served; or an address
    /// that begins with http:// or https://
    #[arg(value_name = "X.matcher", value_hint = ValueHint::AnyPath)]
    source: String,
    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[command(flatten)]
    keys: keys::PublicKeys,
    /// Accept a version that is older than one accepted before
    #[arg(long)]
    allow_older: bool,
    /// A folder that keeps the last good artifact across restarts; one server each
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    state: Option<PathBuf>,
    /// How often to look for a new artifact, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    every: Duration,
    /// A file with the token that clients must show [default: INTERDICT_TOKEN, if it is set]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    token_file: Option<PathBuf>,
    /// Let everybody in who reaches an address that is not of this machine alone
    #[arg(long)]
    without_token: bool,
    /// The certificate, in PEM, followed by those that vouch for it
    #[arg(long, value_name = "FILE", requires = "tls_key", value_hint = ValueHint::FilePath)]
    tls_certificate: Option<PathBuf>,
    /// Its private key, in PEM
    #[arg(long, value_name = "FILE", requires = "tls_certificate", value_hint = ValueHint::FilePath)]
    tls_key: Option<PathBuf>,
    #[command(flatten)]
    logged: Logged,
    /// An artifact that decides too, without being answered by: what it would change is counted, and
    /// logged with --log
    #[arg(long, value_name = "CANDIDATE.matcher", value_hint = ValueHint::FilePath)]
    shadow: Option<PathBuf>,
    #[command(flatten)]
    limits: Limited,
    /// How much to say on standard error
    #[arg(long, value_name = "LEVEL", default_value = "info")]
    verbosity: Verbosity,
}

/// The log of decisions.
#[derive(Debug, Args)]
#[command(next_help_heading = "Log of decisions")]
struct Logged {
    /// Log decisions in files of this folder, JSON lines; one server each
    #[arg(long = "log", value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    folder: Option<PathBuf>,
    /// What to keep of items, beside the hash of what came
    #[arg(long, value_name = "WHAT", default_value = "hash", requires = "folder")]
    log_item: Kept,
    /// A field of items that is never written, by its path; several may be given
    #[arg(long, value_name = "FIELD", requires = "folder")]
    log_mask: Vec<String>,
    /// After how many bytes the next file begins
    #[arg(long, value_name = "BYTES", default_value = "104857600")]
    log_size: u64,
    /// How many files to keep; 0 keeps all
    #[arg(long, value_name = "N", default_value = "0")]
    log_keep: usize,
    /// What to do when nothing can be written
    #[arg(long, value_name = "WHAT", default_value = "block")]
    log_full: WhenFull,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kept {
    /// Nothing
    Hash,
    /// The item, without the masked fields
    Masked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WhenFull {
    /// Let answers wait until it can be
    Block,
    /// Answer, and count what is not logged
    CountAndDrop,
}

/// The limits that may be set.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
struct Limited {
    /// The longest item, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().item)]
    max_item: usize,
    /// The longest batch, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().batch)]
    max_batch: u64,
    /// The most lines of a batch
    #[arg(long, value_name = "N", default_value_t = Limits::default().lines)]
    max_lines: u64,
    /// How many requests are worked on at a time
    #[arg(long, value_name = "N", default_value_t = Limits::default().requests)]
    max_requests: usize,
    /// How many batches are worked on at a time
    #[arg(long, value_name = "N", default_value_t = Limits::default().batches)]
    max_batches: usize,
    /// How many clients may be connected
    #[arg(long, value_name = "N", default_value_t = Limits::default().connections)]
    max_connections: usize,
    /// How long the body of an item may take to come, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    time: Duration,
    /// How long a client may neither send nor read, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    idle: Duration,
    /// How long requests may go on after a signal to stop, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    grace: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Verbosity {
    /// What goes wrong
    Warn,
    /// And which artifact is served
    Info,
    /// And every request
    Debug,
}

/// Reads a number of seconds, with a fraction or without.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "a number of seconds is needed")?;
    let duration = Duration::try_from_secs_f64(seconds).ok();
    let duration = duration.filter(|duration| !duration.is_zero());
    duration.ok_or_else(|| "more than 0 seconds are needed".to_owned())
}

impl Serve {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        // What reads the configuration may have something to say.
        interdict_serve::log_to_stderr(match self.verbosity {
            Verbosity::Warn => Level::Warn,
            Verbosity::Info => Level::Info,
            Verbosity::Debug => Level::Debug,
        });
        let config = self.config()?;
        interdict_serve::serve(config)
            .map_err(|error: StartError| Failure::because(error.to_string()))?;
        Ok(Outcome::Fine)
    }

    fn config(&self) -> Result<Config, Failure> {
        let is_address = ["http://", "https://"]
            .iter()
            .any(|start| self.source.starts_with(start));
        let path = Path::new(&self.source);
        let source = match is_address {
            true => Source::Url(self.source.clone()),
            false if path.is_dir() => Source::Folder(path.to_owned()),
            false => Source::File(path.to_owned()),
        };
        let token = self.token()?;
        if token.is_none() && !self.without_token && !self.listen.ip().is_loopback() {
            return Err(Failure::because(format!(
                "others can reach {}: give --token-file FILE or ${TOKEN}, or say --without-token",
                self.listen
            )));
        }
        let tls = self.tls_certificate.clone().zip(self.tls_key.clone());
        Ok(Config {
            listen: self.listen,
            every: self.every,
            keys: self.keys.read()?,
            allow_older: self.allow_older,
            state: self.state.clone(),
            token,
            tls: tls.map(|(certificate, key)| Tls { certificate, key }),
            log: self.logged.log(),
            shadow: self.shadow.clone(),
            traces: Traces::from_environment()
                .map_err(|error| Failure::because(error.to_string()))?,
            limits: self.limits.limits(),
            ..Config::new(source)
        })
    }

    fn token(&self) -> Result<Option<Token>, Failure> {
        let (text, whence) = match &self.token_file {
            Some(path) => {
                let text = fs::read_to_string(path);
                let text = text.map_err(|error| files::cannot_read(path, &error))?;
                (Some(text), format!("`{}`", path.display()))
            }
            None => (keys::variable(TOKEN)?, format!("${TOKEN}")),
        };
        let token = |text: String| {
            let empty = || Failure::because(format!("{whence} holds no token"));
            Token::new(&text).ok_or_else(empty)
        };
        text.map(token).transpose()
    }
}

impl Logged {
    fn log(&self) -> Option<Log> {
        let item = match self.log_item {
            Kept::Hash => Item::Hash,
            Kept::Masked => Item::Without(self.log_mask.clone()),
        };
        let full = match self.log_full {
            WhenFull::Block => Full::Block,
            WhenFull::CountAndDrop => Full::CountAndDrop,
        };
        let folder = self.folder.clone()?;
        Some(Log {
            folder,
            size: self.log_size,
            keep: self.log_keep,
            item,
            full,
        })
    }
}

impl Limited {
    fn limits(&self) -> Limits {
        Limits {
            item: self.max_item,
            batch: self.max_batch,
            lines: self.max_lines,
            time: self.time,
            idle: self.idle,
            requests: self.max_requests,
            batches: self.max_batches,
            connections: self.max_connections,
            grace: self.grace,
            ..Limits::default()
        }
    }
}
