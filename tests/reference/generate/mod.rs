//! Random policies and items: every statement and every clause of the language that decides.

mod conditions;
mod definitions;
mod items;
mod rules;

use crate::support::Random;
use crate::trial::{Condition, Statement, Trial};

/// How many items a trial has, and at how many instants each is judged.
const ITEMS: usize = 20;
const INSTANTS: usize = 6;

const DAYS: [&str; 9] = [
    "2018-01-10",
    "2018-02-01",
    "2018-03-11",
    "2018-04-17",
    "2018-05-01",
    "2018-06-30",
    "2018-09-01",
    "2018-11-04",
    "2018-12-31",
];
const MONTHS: [&str; 3] = ["2018-02", "2018-04", "2018-06"];
const SELLERS: [&str; 3] = ["s0", "s1", "s2"];
const PLATFORMS: [&str; 3] = ["p0", "p1", "p2"];

/// How many there are of each; their names are a letter and a number.
const TERMS: usize = 3;
const CATEGORIES: usize = 4;
const CALENDARS: usize = 2;

/// A random trial, from which everything is gone that the compiler refuses.
pub(crate) fn trial(random: &mut Random) -> Trial {
    let mut writer = Writer {
        random,
        rules: Vec::new(),
        exceptions: 0,
        categories: true,
    };
    let mut trial = writer.policies();
    // What cannot be mended is no trial; the properties count these.
    if !trial.mend() {
        trial.files.clear();
    }
    let instants = items::instants();
    // A trial asks for one day before today: each makes a policy set of its own.
    let known = random.pick(&instants);
    for _ in 0..ITEMS {
        let item = items::item(random);
        for _ in 0..INSTANTS {
            let at = random.pick(&instants);
            trial.probes.push(crate::trial::Probe {
                item: item.clone(),
                at,
                known_at: random.once_in(3).then_some(known),
            });
        }
    }
    trial
}

/// Writes policies.
struct Writer<'r> {
    random: &'r mut Random,
    /// The ids of the rules so far, as other statements may name them.
    rules: Vec<String>,
    exceptions: usize,
    /// Whether conditions may ask for categories.
    categories: bool,
}

impl Writer<'_> {
    fn policies(&mut self) -> Trial {
        let mut x = self.definitions();
        let count = 2 + self.random.below(4);
        x.extend((0..count).map(|_| self.rule()));
        x.extend(self.acts(8));
        let of = self.some_rule();
        x.push(self.amendment(&of));
        let mut files = vec![("x.policy".to_owned(), x)];
        if self.once_in(2) {
            let layer = self
                .random
                .pick(&["law", "emergency", "platform", "pledge"]);
            let mut y = Statement::new("policy y");
            y.say(format!("layer {layer}"));
            self.otherwise(&mut y);
            let mut y = vec![y];
            let count = self.random.below(3);
            y.extend((0..count).map(|_| self.rule()));
            y.extend(self.acts(3));
            files.push(("y.policy".to_owned(), y));
        }
        Trial {
            files,
            probes: Vec::new(),
        }
    }

    /// What is said of rules that stand elsewhere.
    fn acts(&mut self, most: usize) -> Vec<Statement> {
        let count = 1 + self.random.below(most);
        (0..count).map(|_| self.act()).collect()
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.random.once_in(times)
    }

    fn day(&mut self) -> &'static str {
        self.random.pick(&DAYS)
    }

    fn some_term(&mut self) -> String {
        format!("t{}", self.random.below(TERMS))
    }

    fn some_category(&mut self) -> String {
        format!("c{}", self.random.below(CATEGORIES))
    }

    /// A rule that has been written, if there is one.
    fn some_rule(&mut self) -> String {
        if self.rules.is_empty() {
            return "r0".to_owned();
        }
        let at = self.random.below(self.rules.len());
        self.rules[at].clone()
    }

    /// Says a clause once in so many times.
    fn maybe(&mut self, statement: &mut Statement, times: usize, words: &str) {
        if self.once_in(times) {
            statement.say(words);
        }
    }

    /// Says a clause with a condition once in so many times.
    fn maybe_ask(&mut self, statement: &mut Statement, times: usize, words: &str, depth: usize) {
        if self.once_in(times) {
            let condition = self.condition(depth);
            statement.ask(words, condition);
        }
    }

    fn condition(&mut self, depth: usize) -> Condition {
        if depth > 0 && self.once_in(2) {
            let word = self.random.pick(&["and", "or"]);
            let parts = 2 + self.random.below(2);
            let parts = (0..parts).map(|_| self.condition(depth - 1));
            return Condition::Join(word, parts.collect());
        }
        let question = Condition::Question(self.question());
        match self.once_in(4) {
            true => Condition::Not(Box::new(question)),
            false => question,
        }
    }
}
