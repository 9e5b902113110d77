//! What a rule or an act rests on.

use crate::ast::{self, ClauseKind, Name, Statement, Verdict};
use crate::check::Checker;
use crate::check::names::Kind;
use crate::diagnostic::Code;
use crate::model::{Citation, SourceId};

impl Checker<'_> {
    /// The sources that a citation names; a claim stands for those that report it.
    pub(in crate::check) fn cite(&mut self, citation: &ast::Citation) -> Vec<Citation> {
        let name = &citation.source;
        let cited = |source| Citation {
            source,
            clause: citation.clause.as_ref().map(|clause| clause.value.clone()),
            quote: citation.quote.as_ref().map(|quote| quote.value.clone()),
        };
        if let Some(status) = self.claims.get(name.value.as_str()) {
            let sources = status.sources.iter().map(|&source| cited(source)).collect();
            self.mark_used(Kind::Claim, &name.value);
            return sources;
        }
        let number = self.resolve(Kind::Source, &name.value, name.span);
        number
            .map(|number| cited(SourceId(number)))
            .into_iter()
            .collect()
    }

    /// A claim that nobody confirmed, or that somebody denied, carries no rule.
    pub(in crate::check) fn refuse_claims(&mut self, statement: &Statement, verdict: Verdict) {
        if matches!(verdict, Verdict::Allow | Verdict::Review) {
            return;
        }
        let mut claims: Vec<(&Name, bool)> = Vec::new();
        for clause in &statement.clauses {
            let ClauseKind::From(citation) = &clause.kind else {
                continue;
            };
            match self.claims.get(citation.source.value.as_str()) {
                Some(status) if status.confirmed => return,
                Some(status) => claims.push((&citation.source, status.denied)),
                None => return,
            }
        }
        let Some(&(name, denied)) = claims.first() else {
            return;
        };
        let state = if denied { "denied" } else { "not confirmed" };
        let message = format!(
            "this `{}` rests only on the claim `{}`, which is {state}",
            statement.head.word(),
            name.value
        );
        self.report(Code::BanOnClaim, name.span, message).help = Some(
            "a claim decides nothing: cite a source that says the rule, or wait until the claim is confirmed".to_owned(),
        );
    }
}
