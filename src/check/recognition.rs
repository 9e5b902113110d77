//! Categories that ask for categories: no circles, and no endless chains.
//!
//! Whether an item is in a category depends on what recognises it and on the categories within it;
//! what recognises it may ask for other categories. The two questions are two nodes of a graph, and
//! answers are found from its leaves on, so that the work grows with the text of the policies.

use std::collections::BTreeSet;

use super::Checker;
use super::names::Kind;
use crate::diagnostic::Code;
use crate::model::{CategoryId, Expr};

/// How many categories may ask for one another in a row.
const LONGEST_CHAIN: u32 = 64;

/// What each question depends on. Question `c` is whether an item is in category `c`; question
/// `count + c` is whether the `where` of `c` recognises it.
struct Questions {
    count: usize,
    needs: Vec<Vec<usize>>,
}

impl Checker<'_> {
    pub(super) fn refuse_circular_recognition(&mut self) {
        let questions = self.questions();
        let depths = questions.depths();
        for category in 0..questions.count {
            match depths[questions.count + category] {
                None if questions.comes_back(questions.count + category, &depths) => {
                    self.report_circular_recognition(category);
                }
                // Whatever asks for this one is too deep as well; one report is enough.
                Some(depth) if depth == LONGEST_CHAIN + 1 => self.report_long_chain(category),
                _ => {}
            }
        }
        // Nothing is lowered after an error, but checking goes on: no circle may remain.
        for category in 0..questions.count {
            let depth = depths[questions.count + category];
            if depth.is_none_or(|depth| depth > LONGEST_CHAIN) {
                self.set.categories[category].recognised_by = None;
            }
        }
    }

    fn questions(&self) -> Questions {
        let categories = &self.set.categories;
        let count = categories.len();
        let mut needs = vec![Vec::new(); 2 * count];
        for (number, category) in categories.iter().enumerate() {
            needs[number].push(count + number);
            for whole in category.wholes() {
                needs[whole.at()].push(number);
            }
            if let Some(condition) = &category.recognised_by {
                let mut asked = Vec::new();
                categories_asked(condition, &mut asked);
                needs[count + number].extend(asked.into_iter().map(CategoryId::at));
            }
        }
        Questions { count, needs }
    }

    fn report_circular_recognition(&mut self, category: usize) {
        let name = self.set.categories[category].name.clone();
        let span = self.names.span(Kind::Category, &name).unwrap_or_default();
        let message = format!("whether an item is `{name}` depends on whether it is `{name}`");
        self.report(Code::Cycle, span, message).help = Some(
            "its `where` asks for a category that comes back to it: ask for the terms or fields instead"
                .to_owned(),
        );
    }

    fn report_long_chain(&mut self, category: usize) {
        let name = self.set.categories[category].name.clone();
        let span = self.names.span(Kind::Category, &name).unwrap_or_default();
        let message = format!(
            "to recognise `{name}`, more than {LONGEST_CHAIN} categories ask for one another"
        );
        self.report(Code::NestedTooDeeply, span, message).help =
            Some("ask for the terms or fields themselves".to_owned());
    }
}

impl Questions {
    /// How many recognitions stand in a row below each question; `None`: it never ends.
    fn depths(&self) -> Vec<Option<u32>> {
        let mut depths = vec![None; self.needs.len()];
        let mut open: Vec<usize> = self.needs.iter().map(Vec::len).collect();
        let mut needed_by = vec![Vec::new(); self.needs.len()];
        for (question, needs) in self.needs.iter().enumerate() {
            for need in needs {
                needed_by[*need].push(question);
            }
        }
        let mut ready: Vec<usize> = (0..open.len()).filter(|&one| open[one] == 0).collect();
        while let Some(question) = ready.pop() {
            let below = self.needs[question].iter().filter_map(|&need| depths[need]);
            let step = u32::from(question >= self.count);
            depths[question] = Some(below.max().unwrap_or(0) + step);
            for &user in &needed_by[question] {
                open[user] -= 1;
                if open[user] == 0 {
                    ready.push(user);
                }
            }
        }
        depths
    }

    /// Whether a question without an end comes back to itself, and not only to a circle elsewhere.
    fn comes_back(&self, question: usize, depths: &[Option<u32>]) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = self.needs[question].clone();
        while let Some(at) = open.pop() {
            if at == question {
                return true;
            }
            if depths[at].is_none() && seen.insert(at) {
                open.extend(&self.needs[at]);
            }
        }
        false
    }
}

fn categories_asked(condition: &Expr, out: &mut Vec<CategoryId>) {
    match condition {
        Expr::And(all) | Expr::Or(all) => all.iter().for_each(|one| categories_asked(one, out)),
        Expr::Not(one) => categories_asked(one, out),
        Expr::InCategory { category, .. } => out.push(*category),
        _ => {}
    }
}
