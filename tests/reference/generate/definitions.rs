//! What rules build on: headers, sources, laws, claims, events, fields, groups, lists, terms and
//! categories.

use super::{CALENDARS, CATEGORIES, DAYS, MONTHS, PLATFORMS, SELLERS, TERMS, Writer};
use crate::trial::{LIST, Statement};

const SPELLINGS: [&str; 9] = [
    "ICO",
    "白皮书",
    "token sale",
    "coin",
    "币",
    "white paper",
    "silk",
    "i.c.o",
    "café",
];
const INNOCENT: [&str; 5] = ["favicon", "fee", "图标", "ICO fee", "a coin purse"];

impl Writer<'_> {
    pub(super) fn definitions(&mut self) -> Vec<Statement> {
        let mut out = Vec::new();
        if self.once_in(2) {
            out.push(self.header());
        }
        for field in ["n is number", "flag is yes-no", "notes is text"] {
            out.push(Statement::new(format!("field {field}")));
        }
        out.extend(self.grounds());
        out.push(self.group("g0", "", &SELLERS));
        out.push(self.group("g1", " of platforms", &PLATFORMS));
        out.extend(self.lists());
        for number in 0..CALENDARS {
            out.push(self.calendar(number));
        }
        for number in 0..TERMS {
            out.push(self.term(number));
        }
        for number in 0..CATEGORIES {
            out.push(self.category(number));
        }
        out
    }

    fn header(&mut self) -> Statement {
        let mut header = Statement::new("policy x");
        let zone = self.random.pick(&["Asia/Shanghai", "America/New_York"]);
        self.maybe(&mut header, 2, &format!("zone {zone}"));
        self.maybe(&mut header, 3, "on p0, p1");
        self.maybe(&mut header, 4, "in CN");
        self.maybe(&mut header, 4, "layer emergency");
        self.maybe(&mut header, 4, "title \"A policy\"");
        self.otherwise(&mut header);
        header
    }

    /// What a policy says where none of its rules fires; seldom, for it hides much else.
    pub(super) fn otherwise(&mut self, header: &mut Statement) {
        let verdict = self.random.pick(&["allow", "review", "ban"]);
        self.maybe(header, 6, &format!("otherwise {verdict}"));
    }

    fn grounds(&mut self) -> Vec<Statement> {
        let mut source = Statement::new("source s official \"S\"");
        self.maybe(&mut source, 2, "dated 2018-01-05");
        self.maybe(&mut source, 2, "at \"https://example.com/s\"");
        self.maybe(&mut source, 2, "retrieved 2018-02-05");
        self.maybe(&mut source, 2, "quote \"q\"");
        let press = Statement::new("source p press \"P\"");
        let mut law = Statement::new("law w \"W\"");
        law.say("in CN");
        law.say("effective 2017-09-04");
        self.maybe(&mut law, 2, "at \"https://example.com/w\"");
        let mut claim = Statement::new("claim k \"said\"");
        claim.say("said by somebody dated 2018-01-03 from source p");
        self.maybe(&mut claim, 2, "confirmed by them from source s");
        self.maybe(&mut claim, 4, "denied by others");
        let mut over = Statement::new("event over");
        over.say(format!("on {}", self.day()));
        let mut pending = Statement::new("event pending");
        pending.say("not yet");
        let mut opening = Statement::new("event opening");
        opening.say(format!("no later than {}", DAYS[self.random.below(3)]));
        let mut perhaps = Statement::new("event perhaps");
        match self.random.below(3) {
            0 => perhaps.say(format!("sometime in {}", self.random.pick(&MONTHS))),
            1 => perhaps.say(format!("no later than {}", DAYS[3 + self.random.below(5)])),
            _ => {
                let from = 2 + self.random.below(5);
                let (from, through) = (DAYS[from], DAYS[from + 1]);
                perhaps.say(format!("sometime between {from} and {through}"));
            }
        }
        for event in [&mut over, &mut opening, &mut perhaps] {
            let day = self.day();
            self.maybe(event, 4, &format!("announced {day}"));
        }
        vec![source, press, law, claim, over, pending, opening, perhaps]
    }

    fn group(&mut self, name: &str, party: &str, members: &[&str]) -> Statement {
        let mut group = Statement::new(format!("group {name}{party}"));
        group.say("members other");
        for member in members {
            let day = self.day();
            match self.random.below(5) {
                0 | 1 => group.say(format!("members {member} since {day}")),
                2 => group.say(format!("members {member} through {day}")),
                3 => group.say(format!("members {member}")),
                _ => {}
            }
        }
        let day = self.day();
        self.maybe(&mut group, 6, &format!("known through {day}"));
        group
    }

    fn calendar(&mut self, number: usize) -> Statement {
        let windows = (0..=self.random.below(2)).map(|_| self.window());
        let windows: Vec<String> = windows.collect();
        let mut calendar = Statement::new(format!("calendar k{number} {}", windows.join(", ")));
        let end = self.random.pick(&DAYS[4..]);
        self.maybe(&mut calendar, 2, &format!("known through {end}"));
        calendar
    }

    fn window(&mut self) -> String {
        let from = self.random.below(DAYS.len() - 1);
        let through = from + self.random.below(DAYS.len() - from);
        let (from, through) = (DAYS[from], DAYS[through]);
        let announced = match self.random.below(3) {
            0 => format!(" announced {}", self.day()),
            _ => String::new(),
        };
        let window = match self.random.below(5) {
            0 => from.to_owned(),
            1 => format!("{from} through {through}"),
            2 => format!("yearly {} through {}", &from[5..], &through[5..]),
            3 => format!("yearly {}T20:00 through {}", &through[5..], &from[5..]),
            _ => format!("yearly {}", &from[5..]),
        };
        window + &announced
    }

    fn lists(&mut self) -> [Statement; 6] {
        let mut values = Statement::new("list l0");
        values.say("values ICO, \"a\"");
        let mut from_file = Statement::new("list l1");
        from_file.say(format!("from \"{}\"", LIST.0));
        let dated = self.dated_list();
        let mut region = Statement::new("list r0");
        region.say(format!("values CN, US through {}", self.day()));
        let mut kinds = Statement::new("list l3");
        kinds.say(format!("values c0 since {}, c2", self.day()));
        let mut terms = Statement::new("terms l0");
        terms.say(format!("from \"{}\"", LIST.0));
        self.spell(&mut terms);
        [values, from_file, dated, region, kinds, terms]
    }

    /// A list whose values come and go.
    fn dated_list(&mut self) -> Statement {
        let mut list = Statement::new("list l2");
        list.say("values z");
        for value in ["a", "b", "ICO"] {
            let day = self.day();
            match self.random.below(4) {
                0 | 1 => list.say(format!("values {value} since {day}")),
                2 => list.say(format!("values {value} through {day}")),
                _ => list.say(format!("values {value}")),
            }
        }
        let day = self.day();
        self.maybe(
            &mut list,
            3,
            &format!("values from \"{}\" since {day}", LIST.0),
        );
        self.maybe(&mut list, 3, &format!("known through {day}"));
        list
    }

    fn term(&mut self, number: usize) -> Statement {
        let mut term = Statement::new(format!("term t{number}"));
        let first = self.random.pick(&SPELLINGS);
        term.say(format!("also \"{first}\""));
        self.maybe(&mut term, 12, &format!("from \"{}\"", LIST.0));
        self.spell(&mut term);
        term
    }

    /// How a term may be written, and what makes a mention innocent.
    fn spell(&mut self, term: &mut Statement) {
        let (day, more) = (self.day(), self.random.pick(&SPELLINGS));
        match self.random.below(5) {
            0 => term.say(format!("also \"{more}\" since {day}")),
            1 => term.say(format!("also \"{more}\" with fold exact")),
            _ => {}
        }
        let clauses = [
            "fold standard, leet",
            "fold exact",
            "fold \"fold\"",
            "whole words",
            "anywhere",
        ];
        for clause in clauses {
            self.maybe(term, 6, clause);
        }
        self.maybe(term, 12, &format!("since {day}"));
        let innocent = self.random.pick(&INNOCENT);
        match self.random.below(6) {
            0 => term.say(format!("unless near \"{innocent}\"")),
            1 => {
                let words = self.random.below(3);
                term.say(format!("unless near \"{innocent}\" within {words} words"));
            }
            2 => term.say(format!("except phrase \"{innocent}\"")),
            _ => {}
        }
    }

    fn category(&mut self, number: usize) -> Statement {
        let mut category = Statement::new(format!("category c{number}"));
        self.maybe(&mut category, 6, "title \"A kind\"");
        if number > 0 && self.once_in(2) {
            category.say(format!("within c{}", self.random.below(number)));
        }
        if self.once_in(2) {
            self.categories = false;
            let condition = self.condition(1);
            self.categories = true;
            category.ask("where", condition);
        }
        if number > 0 && self.once_in(4) {
            let (whole, day) = (self.random.below(number), self.day());
            let time = self.random.pick(&["since", "through"]);
            category.say(format!("counts as c{whole} {time} {day} from s"));
        }
        self.maybe(&mut category, 8, "such as d");
        self.maybe(&mut category, 12, "namely e");
        category
    }
}
