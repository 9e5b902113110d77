//! What is counted, for Prometheus.

use std::time::{Duration, SystemTime};

use axum::http::StatusCode;
use interdict_matcher::Decision;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

use crate::artifact::Artifact;

/// A label of a few values, of many, and two of them.
type Few = [(&'static str, &'static str); 1];
type Many = [(&'static str, String); 1];
type Two = [(&'static str, String); 2];

/// What became of an artifact that was fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reload {
    /// It decides now.
    Accepted,
    /// It could not be read.
    Unreadable,
    /// It is no artifact.
    Unsound,
    /// No trusted key signed it.
    Untrusted,
    /// It is older than one that was accepted before.
    Older,
}

/// The counters of one server.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    decisions: Family<Few, Counter>,
    rules: Family<Many, Counter>,
    bad_lines: Counter,
    requests: Family<Two, Counter>,
    seconds: Seconds,
    reloads: Family<Few, Counter>,
    not_kept: Counter,
    serving: Family<Two, Gauge>,
    logged: Counter,
    log_dropped: Counter,
    log_blocked: Gauge,
    shadow: Family<Two, Counter>,
}

/// How long requests take: from 50 µs to 26 s.
#[derive(Debug, Clone)]
struct Seconds(Histogram);

impl Default for Seconds {
    fn default() -> Seconds {
        Seconds(Histogram::new(exponential_buckets(50e-6, 2.0, 20)))
    }
}

impl Reload {
    fn word(self) -> &'static str {
        match self {
            Reload::Accepted => "accepted",
            Reload::Unreadable => "unreadable",
            Reload::Unsound => "unsound",
            Reload::Untrusted => "untrusted",
            Reload::Older => "older",
        }
    }
}

impl Metrics {
    pub(crate) fn decided(&self, decision: &Decision<'_>) {
        let verdict = decision.verdict.word();
        self.decisions.get_or_create(&[("verdict", verdict)]).inc();
        for rule in &decision.rules {
            let label = [("rule", rule.id.to_owned())];
            self.rules.get_or_create(&label).inc();
        }
    }

    /// A line of a batch that was not decided.
    pub(crate) fn bad_line(&self) {
        self.bad_lines.inc();
    }

    pub(crate) fn answered(&self, route: &str, status: StatusCode, took: Duration) {
        let labels = [
            ("route", route.to_owned()),
            ("status", status.as_str().to_owned()),
        ];
        self.requests.get_or_create(&labels).inc();
        self.seconds.0.observe(took.as_secs_f64());
    }

    pub(crate) fn reloaded(&self, outcome: Reload) {
        let label = [("outcome", outcome.word())];
        self.reloads.get_or_create(&label).inc();
    }

    /// An artifact that could not be kept for the next start.
    pub(crate) fn not_kept(&self) {
        self.not_kept.inc();
    }

    /// The artifact that decides now.
    pub(crate) fn serves(&self, artifact: &Artifact) {
        let version = artifact.release.as_ref().map(|release| release.version);
        self.serving.clear();
        let labels = [
            ("content_id", artifact.matcher.content_id_hex()),
            ("version", version.unwrap_or_default().to_string()),
        ];
        self.serving.get_or_create(&labels).set(1);
    }

    /// Lines that were written to the log.
    pub(crate) fn logged(&self, lines: u64) {
        self.logged.inc_by(lines);
    }

    /// Lines that could not be written.
    pub(crate) fn log_dropped(&self, lines: u64) {
        self.log_dropped.inc_by(lines);
    }

    /// Whether answers wait for the log.
    pub(crate) fn log_blocked(&self, blocked: bool) {
        self.log_blocked.set(blocked.into());
    }

    /// What was answered, and what the artifact that looks on would have answered.
    pub(crate) fn shadowed(&self, verdict: &str, shadow: &str) {
        let labels = [
            ("verdict", verdict.to_owned()),
            ("shadow", shadow.to_owned()),
        ];
        self.shadow.get_or_create(&labels).inc();
    }

    /// The page that Prometheus reads.
    pub(crate) fn page(&self, artifact: &Artifact) -> String {
        let mut registry = Registry::with_prefix("interdict");
        let all = &mut registry;
        all.register("decisions", "Decisions by verdict", self.decisions.clone());
        all.register(
            "rules_fired",
            "Decisions that a rule fired in",
            self.rules.clone(),
        );
        all.register(
            "bad_lines",
            "Lines of batches that were not decided",
            self.bad_lines.clone(),
        );
        all.register(
            "requests",
            "Answers by route and status",
            self.requests.clone(),
        );
        all.register(
            "request_seconds",
            "Until the answer begins",
            self.seconds.0.clone(),
        );
        all.register(
            "reloads",
            "Artifacts that were fetched, and what became of them",
            self.reloads.clone(),
        );
        all.register(
            "artifacts_not_kept",
            "Artifacts served but not written to the state folder",
            self.not_kept.clone(),
        );
        all.register(
            "artifact",
            "The artifact that decides",
            self.serving.clone(),
        );
        all.register(
            "log_lines",
            "Decisions written to the log",
            self.logged.clone(),
        );
        all.register(
            "log_lines_dropped",
            "Decisions that could not be logged",
            self.log_dropped.clone(),
        );
        all.register(
            "log_blocked",
            "Whether answers wait for the log",
            self.log_blocked.clone(),
        );
        all.register(
            "shadow",
            "Decisions by verdict, and by that of the artifact that looks on",
            self.shadow.clone(),
        );
        let age = Gauge::<i64>::default();
        let since = SystemTime::now().duration_since(artifact.since);
        age.set(i64::try_from(since.unwrap_or_default().as_secs()).unwrap_or(i64::MAX));
        all.register("artifact_age_seconds", "Since the artifact was loaded", age);
        let mut page = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut page, &registry);
        page
    }
}
