//! Headers: the policy, zone, layer and defaults of each file.

use std::collections::BTreeMap;

use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::Checker;
use crate::ast::{ClauseKind, Head, Layer, Name, Verdict};
use crate::diagnostic::Code;
use crate::model::{Otherwise, Policy, PolicyId, Scope};
use crate::source::Span;

/// What a file's header says, or what holds without one.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// The number in the set, if the file has rules or tests.
    pub(super) policy: PolicyId,
    pub(super) name: String,
    pub(super) layer: Layer,
    pub(super) zone: TimeZone,
    pub(super) on: Vec<Name>,
    pub(super) places: Vec<Name>,
}

/// Names in order, each once.
pub(super) fn values(names: &[Name]) -> Vec<String> {
    let mut values: Vec<String> = names.iter().map(|name| name.value.clone()).collect();
    values.sort();
    values.dedup();
    values
}

impl Checker<'_> {
    pub(super) fn collect_headers(&mut self) {
        let mut policies: BTreeMap<String, (Policy, Span)> = BTreeMap::new();
        for (at, file) in self.files.iter().enumerate() {
            let stem = self
                .sources
                .file(file.id)
                .map_or("policy", |source| source.stem());
            let mut header = Header {
                policy: PolicyId(0),
                name: stem.to_owned(),
                layer: Layer::Platform,
                zone: TimeZone::UTC,
                on: Vec::new(),
                places: Vec::new(),
            };
            let mut policy = Policy {
                name: stem.to_owned(),
                title: None,
                zone: "UTC".to_owned(),
                layer: Layer::Platform,
                otherwise: None,
                file: file.id,
            };
            let mut span = Span {
                file: file.id,
                start: 0,
                end: 0,
            };
            if let Some(found) = self.read_header(at, &mut header, &mut policy) {
                span = found;
            }
            let decides = file.statements.iter().any(|one| {
                matches!(
                    one.head,
                    Head::Rule(..) | Head::Extend(..) | Head::Exception(..) | Head::Test(_)
                )
            });
            if decides || policy.otherwise.is_some() {
                if let Some((_, first)) = policies.get(&policy.name) {
                    let (message, first) = (
                        format!("two files make up the policy `{}`", policy.name),
                        *first,
                    );
                    let diagnostic = self.report(Code::DuplicateName, span, message);
                    diagnostic.related.push((first, "the other one".to_owned()));
                    diagnostic.help =
                        Some("give each file a name of its own with `policy NAME`".to_owned());
                }
                policies.insert(policy.name.clone(), (policy, span));
            }
            self.headers.push(header);
        }
        for header in &mut self.headers {
            let place = policies.range(..header.name.clone()).count();
            header.policy = PolicyId(u32::try_from(place).unwrap_or(u32::MAX));
        }
        self.set.policies = policies.into_values().map(|(policy, _)| policy).collect();
    }

    fn read_header(&mut self, at: usize, header: &mut Header, policy: &mut Policy) -> Option<Span> {
        let file = &self.files[at];
        let mut found = None;
        for (place, statement) in file.statements.iter().enumerate() {
            let Head::Policy(name) = &statement.head else {
                continue;
            };
            if place > 0 {
                let message = "`policy` must be the first statement of its file";
                self.report(Code::MisplacedHeader, statement.head_span, message)
                    .help = Some(
                    "one file holds one policy: move it to the top, or into a file of its own"
                        .to_owned(),
                );
                continue;
            }
            found = Some(name.span);
            header.name.clone_from(&name.value);
            policy.name.clone_from(&name.value);
            for clause in &statement.clauses {
                match &clause.kind {
                    ClauseKind::Title(title) => policy.title = Some(title.value.clone()),
                    ClauseKind::Zone(zone) => self.read_zone(zone, header, policy),
                    ClauseKind::Layer(layer) => {
                        header.layer = *layer;
                        policy.layer = *layer;
                    }
                    ClauseKind::On(on) => header.on.clone_from(on),
                    ClauseKind::In(places) => header.places.clone_from(places),
                    ClauseKind::Otherwise(verdict) => {
                        policy.otherwise = self.otherwise(clause.span, verdict.value);
                    }
                    _ => {}
                }
            }
        }
        found
    }

    /// What a policy says where none of its rules fires; its scope is not known yet.
    fn otherwise(&mut self, span: Span, verdict: Verdict) -> Option<Otherwise> {
        match verdict {
            Verdict::Allow => None,
            Verdict::Ban | Verdict::Review => Some(Otherwise {
                verdict,
                scope: Scope::default(),
                span,
            }),
            Verdict::Restrict | Verdict::Require => {
                self.not_supported(span, &format!("`otherwise {verdict}`"));
                None
            }
        }
    }

    fn read_zone(&mut self, zone: &Name, header: &mut Header, policy: &mut Policy) {
        let database = TimeZoneDatabase::bundled();
        match database.get(&zone.value) {
            Ok(found) => {
                policy.zone = found.iana_name().unwrap_or(&zone.value).to_owned();
                header.zone = found;
            }
            Err(_) => {
                let known = database.available().map(|name| name.as_str().to_owned());
                let known: Vec<String> = known.collect();
                let near =
                    crate::diagnostic::nearest(&zone.value, known.iter().map(String::as_str));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "write a zone of the IANA database, such as `Asia/Shanghai` or `UTC`"
                        .to_owned(),
                };
                let message = format!("there is no time zone `{}`", zone.value);
                self.report(Code::UnknownZone, zone.span, message).help = Some(help);
            }
        }
    }
}
