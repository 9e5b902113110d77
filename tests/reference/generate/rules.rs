//! Rules, and what is said of them elsewhere.

use super::{CALENDARS, DAYS, MONTHS, Writer};
use crate::trial::Statement;

impl Writer<'_> {
    pub(super) fn rule(&mut self) -> Statement {
        let modality = self
            .random
            .pick(&["ban", "ban", "review", "allow", "restrict", "require"]);
        let subject = self.subject();
        let mut rule = Statement::new(format!("{modality} {subject}"));
        self.times(&mut rule);
        let id = format!("r{}", self.rules.len());
        rule.say(format!("id {id}"));
        self.scope(&mut rule);
        self.maybe(&mut rule, 6, "layer law");
        self.maybe(&mut rule, 12, "absolute");
        self.maybe_ask(&mut rule, 2, "where", 2);
        match modality {
            "require" => {
                self.maybe_ask(&mut rule, 2, "to", 1);
                rule.say("wording \"digital\" or \"coin\"");
                self.maybe(&mut rule, 2, "wording in notes, title \"fee\"");
            }
            "restrict" => self.maybe_ask(&mut rule, 2, "to", 1),
            "allow" if self.once_in(2) => rule.say(format!("overrides {}", self.some_rule())),
            _ => {}
        }
        self.text(&mut rule);
        if self.once_in(8) {
            rule.say(format!("supersedes {}", self.some_rule()));
        } else if self.once_in(8) {
            rule.say(format!("supersedes {} leaves gap", self.some_rule()));
        }
        self.rules.push(id);
        rule
    }

    fn subject(&mut self) -> String {
        match self.random.below(8) {
            0 => "anything".to_owned(),
            1 => "seller s0".to_owned(),
            2 | 3 => format!("term {}", self.some_term()),
            4 => format!("exactly category {}", self.some_category()),
            _ => format!("category {}", self.some_category()),
        }
    }

    /// When a rule holds: announced, in force and over in this order.
    fn times(&mut self, rule: &mut Statement) {
        let start = 1 + self.random.below(4);
        let month = self.random.pick(&MONTHS);
        match self.random.below(10) {
            0 => rule.say(format!("effective no later than {}", DAYS[start])),
            1 => rule.say(format!("sometime in {month}")),
            2 => {
                let (from, through) = (DAYS[start - 1], DAYS[start]);
                rule.say(format!("sometime between {from} and {through}"));
            }
            3 => {
                let event = self.random.pick(&["opening", "over", "perhaps", "pending"]);
                rule.say(format!("since event {event}"));
            }
            _ => rule.say(format!("effective {}", DAYS[start])),
        }
        if self.once_in(3) {
            rule.say(format!("announced {}", DAYS[self.random.below(start)]));
        }
        let end = DAYS[6 + self.random.below(3)];
        self.maybe(rule, 6, &format!("enforced since {end}"));
        self.end(rule);
    }

    /// How something ends, if it does.
    pub(super) fn end(&mut self, statement: &mut Statement) {
        let end = DAYS[5 + self.random.below(4)];
        match self.random.below(10) {
            0 => statement.say(format!("through {end}")),
            1 => statement.say(format!("before {end}")),
            2 => statement.say("until event over"),
            3 => statement.say("until event pending"),
            4 => statement.say("until event perhaps"),
            5 => {
                let days = self.random.pick(&[20, 60, 200]);
                statement.say(format!("lasting {days} days"));
            }
            _ => {}
        }
        let calendar = self.random.below(CALENDARS);
        self.maybe(statement, 5, &format!("during calendar k{calendar}"));
    }

    fn scope(&mut self, rule: &mut Statement) {
        let clauses = [
            "on p0, p1",
            "via shop, listing",
            "via ad",
            "in CN",
            "targeting CN, US",
            "targeting r0, DE",
            "originating in r0",
            "destined for US",
            "for members of g0",
            "for not members of g0",
            "for members of g1, g0",
        ];
        for clause in clauses {
            self.maybe(rule, 15, clause);
        }
    }

    /// What rules and extensions have alike beside time and scope.
    fn text(&mut self, rule: &mut Statement) {
        self.maybe(rule, 6, "except phrase \"ICO fee\"");
        self.maybe(rule, 8, "except phrase \"white paper\"");
        self.maybe(rule, 6, "except category c3");
        self.maybe_ask(rule, 5, "except when", 1);
        let (from, through) = (self.day(), self.day());
        let spared = format!("except seller s0 through {through}, s1 since {from}, s2");
        self.maybe(rule, 8, &spared);
        let means = self.random.pick(&["ban", "ban", "allow"]);
        let reading = format!("reading s \"r\" means {means} where");
        self.maybe_ask(rule, 6, &reading, 1);
        self.maybe(rule, 10, "reading p \"q\" means review");
        let (old, end) = (self.day(), DAYS[5 + self.random.below(4)]);
        let end = self.random.pick(&[end, "published"]);
        let transition = format!("items created before {old} comply through {end}");
        self.maybe(rule, 5, &transition);
        self.maybe(rule, 8, "such as f0, f1");
        self.maybe(rule, 12, "namely f2");
        self.maybe(rule, 4, "under w");
        self.maybe(rule, 3, "from source s clause \"4\" quote \"words\"");
        self.maybe(rule, 8, "from k");
        self.maybe(rule, 4, "penalty serious 12 points for 3 days");
        self.maybe_ask(rule, 5, "penalty grave 48 points where", 1);
        self.maybe(rule, 6, "message en \"No.\"");
        self.maybe(rule, 8, "appeal \"Ask.\"");
        self.maybe(rule, 8, "dsa scope keyword");
    }

    /// A statement about a rule or an exception.
    pub(super) fn act(&mut self) -> Statement {
        let rule = self.some_rule();
        match self.random.below(18) {
            0..=3 => self.exception(),
            4 | 5 => self.extension(&rule),
            6..=12 => self.amendment(&rule),
            13 => self.amended_exception(),
            14 | 15 => {
                let of = self.rule_or_exception();
                let mut suspension = Statement::new(format!("suspend {of}"));
                let start = 2 + self.random.below(5);
                suspension.say(format!("effective {}", DAYS[start]));
                match self.random.below(8) {
                    0 => {}
                    1 => suspension.say("until event over"),
                    2 => suspension.say("until event pending"),
                    4 => suspension.say("until event perhaps"),
                    5 => suspension.say("lasting 40 days"),
                    3 => suspension.say(format!("before {}", DAYS[start + 1])),
                    _ => suspension.say(format!("through {}", DAYS[start + 1])),
                }
                let announced = DAYS[self.random.below(start)];
                self.maybe(&mut suspension, 3, &format!("announced {announced}"));
                self.maybe(&mut suspension, 3, "from s");
                suspension
            }
            16 => {
                let of = self.rule_or_exception();
                let mut repeal = Statement::new(format!("repeal {of}"));
                repeal.say(format!("effective {}", DAYS[4 + self.random.below(4)]));
                self.maybe(&mut repeal, 3, "announced 2018-02-01");
                self.maybe(&mut repeal, 3, "from s");
                repeal
            }
            _ => {
                let mut reaffirm = Statement::new(format!("reaffirm {rule}"));
                reaffirm.say(format!("effective {}", self.day()));
                self.maybe(&mut reaffirm, 3, "from s");
                reaffirm
            }
        }
    }

    fn rule_or_exception(&mut self) -> String {
        match self.exceptions > 0 && self.once_in(3) {
            true => format!("e{}", self.random.below(self.exceptions)),
            false => self.some_rule(),
        }
    }

    fn amended_exception(&mut self) -> Statement {
        let of = self.random.below(self.exceptions);
        let mut amendment = Statement::new(format!("amend e{of}"));
        amendment.say(format!("effective {}", self.day()));
        let condition = self.condition(1);
        amendment.ask("when", condition);
        self.end(&mut amendment);
        amendment
    }

    pub(super) fn amendment(&mut self, of: &str) -> Statement {
        let mut amendment = Statement::new(format!("amend {of}"));
        // Mostly while most rules are in force: what is not cannot be amended.
        let start = match self.once_in(3) {
            true => 2 + self.random.below(5),
            false => 4 + self.random.below(2),
        };
        amendment.say(format!("effective {}", DAYS[start]));
        if self.once_in(3) {
            amendment.say(format!("announced {}", DAYS[self.random.below(start)]));
        }
        self.maybe(&mut amendment, 8, "enforced since 2018-12-31");
        self.end(&mut amendment);
        self.scope(&mut amendment);
        self.maybe_ask(&mut amendment, 3, "where", 1);
        self.maybe_ask(&mut amendment, 4, "to", 1);
        self.maybe(&mut amendment, 2, "wording \"token sale\"");
        self.maybe(&mut amendment, 4, "such as c2, f1");
        self.text(&mut amendment);
        amendment
    }

    fn exception(&mut self) -> Statement {
        let of = match self.exceptions > 0 && self.once_in(2) {
            true => format!("e{}", self.random.below(self.exceptions)),
            false => self.some_rule(),
        };
        let more = match self.once_in(4) {
            true => format!(", {}", self.some_rule()),
            false => String::new(),
        };
        let mut exception = Statement::new(format!("exception e{} to {of}{more}", self.exceptions));
        self.exceptions += 1;
        if self.once_in(2) {
            exception.say(format!("effective {}", self.day()));
        } else if self.once_in(4) {
            exception.say("since event perhaps");
        } else if self.once_in(4) {
            exception.say(format!("announced {}", self.day()));
        }
        self.end(&mut exception);
        let condition = self.condition(1);
        exception.ask("when", condition);
        self.maybe(&mut exception, 3, "from s");
        exception
    }

    fn extension(&mut self, of: &str) -> Statement {
        let category = self.some_category();
        let mut extension = Statement::new(format!("extend {of} with category {category}"));
        self.times(&mut extension);
        let id = format!("r{}", self.rules.len());
        extension.say(format!("id {id}"));
        self.maybe_ask(&mut extension, 2, "where", 1);
        self.text(&mut extension);
        if self.once_in(8) {
            extension.say(format!("supersedes {}", self.some_rule()));
        }
        self.rules.push(id);
        extension
    }
}
