//! Trees → [`PolicySet`]: names, types, time, and what an author should know.
//!
//! In: all files of the set. Out: the model, unless an error was found, and every diagnostic: all
//! errors, not the first. A name whose definition could not be read causes no further errors.

mod acts;
mod calendars;
mod categories;
mod clauses;
mod conditions;
mod definitions;
mod exceptions;
mod idle_folds;
mod knowledge;
mod links;
mod lists;
mod members;
mod names;
mod policies;
mod recognition;
mod records;
mod rules;
mod stretches;
mod terms;
mod tests;
mod texts;
mod time;
mod transitions;
mod warnings;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::ast::{File, Statement};
use crate::diagnostic::{Code, Diagnostic, has_errors, nearest};
use crate::model::{Event, ExceptionId, Expr, Life, PolicySet, Rule, RuleId};
use crate::source::{Sources, Span};
use acts::Amendment;
use calendars::Happening;
use exceptions::{Stated, Target};
use knowledge::Done;
use lists::Lists;
use members::DatedMember;
use names::{Kind, Names};
use policies::Header;
use rules::Origin;
use texts::Text;

/// Checks all files together.
pub fn check(files: &[File], sources: &Sources) -> (Option<PolicySet>, Vec<Diagnostic>) {
    let mut checker = Checker {
        files,
        sources,
        names: Names::default(),
        broken: files
            .iter()
            .flat_map(|file| &file.broken)
            .map(String::as_str)
            .collect(),
        headers: Vec::new(),
        values: BTreeMap::new(),
        events: BTreeMap::new(),
        claims: BTreeMap::new(),
        source_dates: BTreeMap::new(),
        knowing: i64::MAX,
        done: BTreeMap::new(),
        published: BTreeMap::new(),
        standing: BTreeMap::new(),
        rule_ids: BTreeMap::new(),
        origins: BTreeMap::new(),
        amendments: BTreeMap::new(),
        later_texts: BTreeMap::new(),
        places: Vec::new(),
        except_clauses: BTreeMap::new(),
        placed: Vec::new(),
        exception_ids: BTreeMap::new(),
        happened: BTreeMap::new(),
        stated: Vec::new(),
        inline_terms: BTreeMap::new(),
        used: BTreeSet::new(),
        diagnostics: Vec::new(),
        set: PolicySet::default(),
    };
    checker.run();
    let mut diagnostics = checker.diagnostics;
    diagnostics.sort_by_key(|one| (one.span, one.code));
    diagnostics.dedup();
    let set = (!has_errors(&diagnostics)).then_some(checker.set);
    (set, diagnostics)
}

struct Checker<'a> {
    files: &'a [File],
    sources: &'a Sources,
    names: Names<'a>,
    /// Names of statements that could not be read.
    broken: BTreeSet<&'a str>,
    /// One a file.
    headers: Vec<Header>,
    /// What each list holds.
    values: Lists<'a>,
    /// When each event happened; `None`: not yet.
    events: BTreeMap<&'a str, Option<Happening>>,
    /// Which claims are confirmed, and the sources that report them.
    claims: BTreeMap<&'a str, definitions::ClaimStatus>,
    /// The days of sources.
    source_dates: BTreeMap<&'a str, i64>,
    /// What is published after this instant is not known. Policies are checked as all know them; then
    /// rows are made for those who knew less.
    knowing: i64,
    /// What acts did, in the order of time.
    done: BTreeMap<Target, Vec<Done<'a>>>,
    /// From when each rule is known by its own statement.
    published: BTreeMap<RuleId, i64>,
    /// How long rules stand for those who know no more than `knowing`.
    standing: BTreeMap<RuleId, Life>,
    rule_ids: BTreeMap<String, (RuleId, Span)>,
    /// The statement that makes each rule.
    origins: BTreeMap<RuleId, Origin<'a>>,
    /// What changes the text of each rule and exception, in the order of time.
    amendments: BTreeMap<Target, Vec<Amendment<'a>>>,
    /// The texts that acts gave each rule, and the rule as each has it; the first text is not here.
    later_texts: BTreeMap<RuleId, Vec<(Text<'a>, Rule)>>,
    /// The rows of each rule, once rules are cut into stretches.
    places: Vec<Range<usize>>,
    /// Categories that amended rules place.
    placed: Vec<DatedMember<'a>>,
    /// The exceptions that stand in the text of rules.
    except_clauses: BTreeMap<Span, ExceptionId>,
    exception_ids: BTreeMap<String, (ExceptionId, Span)>,
    /// What happened to each rule and exception.
    happened: BTreeMap<Target, Vec<Event>>,
    /// Exceptions that are statements of their own, in their order.
    stated: Vec<Stated<'a>>,
    /// Texts that conditions quote, as terms.
    inline_terms: BTreeMap<String, u32>,
    used: BTreeSet<(Kind, &'a str)>,
    diagnostics: Vec<Diagnostic>,
    set: PolicySet,
}

/// A statement and the number of its file.
type Placed<'a> = (usize, &'a Statement);

impl<'a> Checker<'a> {
    fn run(&mut self) {
        self.place_clauses();
        self.collect_names();
        self.collect_headers();
        self.define();
        self.define_terms();
        self.number_rules();
        self.find_origins();
        self.define_categories();
        self.define_rules();
        self.place_otherwise();
        self.state_exceptions();
        self.apply_acts();
        self.date_members();
        self.amend_rules();
        self.note_lives();
        self.attach_exceptions();
        self.override_rules();
        self.write_records();
        self.cut_rules();
        self.define_tests();
        // What is unused or untested shows only once everything could be read.
        if !has_errors(&self.diagnostics) && self.broken.is_empty() {
            self.warn();
        }
    }

    /// Every statement of every file.
    fn statements(&self) -> impl Iterator<Item = Placed<'a>> + use<'a> {
        let files: &'a [File] = self.files;
        files
            .iter()
            .enumerate()
            .flat_map(|(at, file)| file.statements.iter().map(move |one| (at, one)))
    }

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.diagnostics.push(Diagnostic::new(code, span, message));
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }

    fn not_supported(&mut self, span: Span, what: &str) {
        let message = format!("{what} is not supported yet");
        self.report(Code::NotSupportedYet, span, message).help = Some(
            "the language has it and this version reads it, but cannot compile it; write the rule without it for now"
                .to_owned(),
        );
    }

    fn unknown(&mut self, code: Code, span: Span, what: &str, name: &str, known: Vec<String>) {
        if self.broken.contains(name) {
            return;
        }
        let near = nearest(name, known.iter().map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if what == "term" => {
                format!("define `term {name}`, or put it in quotes to look for that very text")
            }
            None if known.is_empty() => format!("no {what} is defined in these files"),
            None if known.len() <= 8 => format!("there are: {}", known.join(", ")),
            None => format!("check the spelling, or define the {what}"),
        };
        let article = if what.starts_with(['a', 'e', 'i', 'o']) {
            "an"
        } else {
            "a"
        };
        let message = match code {
            Code::UnknownRule => format!("no rule or exception has the id `{name}`"),
            Code::UnknownField => format!("items have no field `{name}`"),
            _ => format!("`{name}` is not {article} {what} that these files define"),
        };
        self.report(code, span, message).help = Some(help);
    }
}

/// All of these conditions as one.
fn all(mut conditions: Vec<Expr>) -> Expr {
    conditions.retain(|one| *one != Expr::True);
    match conditions.len() {
        0 => Expr::True,
        1 => conditions.remove(0),
        _ => Expr::And(conditions),
    }
}
