//! Random policies and items, as text.

mod conditions;
mod items;

use std::fmt::Write as _;

pub(crate) use items::item;

use crate::support::Random;

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
const DAYS: [&str; 8] = [
    "2018-01-10",
    "2018-02-01",
    "2018-03-11",
    "2018-04-17",
    "2018-05-01",
    "2018-06-30",
    "2018-09-01",
    "2018-12-31",
];
const MONTHS: [&str; 3] = ["2018-02", "2018-04", "2018-06"];
const SELLERS: [&str; 3] = ["s0", "s1", "s2"];
const PLATFORMS: [&str; 3] = ["p0", "p1", "p2"];
const WORDS: [&str; 16] = [
    "ICO",
    "I.C.O",
    "ico",
    "1C0",
    "白皮书",
    "白 皮 书",
    "Token  Sale",
    "coins",
    "币圈",
    "favicon",
    "fee",
    "图标",
    "a",
    "$ilk",
    "ICO fee",
    "cafe",
];

/// The instants at which anything may change, and those beside them.
pub(crate) fn instants() -> Vec<i64> {
    let days = DAYS.iter().map(|day| format!("{day}T00:00:00Z"));
    let starts = days.map(|day| {
        day.parse::<interdict_matcher::Instant>()
            .expect("a day")
            .unix_seconds()
    });
    let zone = 8 * 3600;
    let near = |start: i64| {
        [0, -1, -zone, -zone - 1, 86_400, 86_399 - zone, 500_000].map(|step| start + step)
    };
    starts.flat_map(near).collect()
}

/// Writes one policy.
pub(crate) struct Generator<'r> {
    random: &'r mut Random,
    out: String,
    rules: usize,
    /// Whether conditions may ask for categories.
    categories: bool,
}

/// A random policy; most of them compile.
pub(crate) fn policy(random: &mut Random) -> String {
    let mut generator = Generator {
        random,
        out: String::new(),
        rules: 0,
        categories: true,
    };
    generator.write();
    generator.out
}

impl Generator<'_> {
    fn write(&mut self) {
        if self.chance(3) {
            self.line("policy x\n  zone Asia/Shanghai");
        }
        self.line(
            "field n is number\nfield flag is yes-no\nfield notes is text\nsource s official \"S\"",
        );
        self.group("g0", "sellers", &SELLERS);
        self.group("g1", "platforms", &PLATFORMS);
        for number in 0..3 {
            self.term(number);
        }
        for number in 0..4 {
            self.category(number);
        }
        let count = 2 + self.random.below(4);
        for number in 0..count {
            self.rule(number);
            self.rules += 1;
        }
        let exceptions = self.random.below(4);
        for number in 0..exceptions {
            self.exception(number);
        }
        if self.chance(3) {
            let (of, condition) = (self.random.below(self.rules), self.condition(1));
            let day = self.day();
            self.line(&format!(
                "extend r{of} with category c1 effective {day}\n  where {condition}"
            ));
        }
    }

    fn chance(&mut self, times: usize) -> bool {
        self.random.once_in(times)
    }

    fn line(&mut self, text: &str) {
        writeln!(self.out, "{text}").expect("strings take text");
    }

    fn day(&mut self) -> &'static str {
        self.random.pick(&DAYS)
    }

    fn group(&mut self, name: &str, party: &str, members: &[&str]) {
        let mut list = Vec::new();
        for member in members {
            let mut text = (*member).to_owned();
            if self.chance(2) {
                write!(text, " since {}", self.day()).expect("strings take text");
            } else if self.chance(2) {
                write!(text, " through {}", self.day()).expect("strings take text");
            }
            if !self.chance(4) {
                list.push(text);
            }
        }
        list.push("other".to_owned());
        self.line(&format!(
            "group {name} of {party}\n  members {}",
            list.join(", ")
        ));
    }

    fn term(&mut self, number: usize) {
        let spelling = self.random.pick(&SPELLINGS);
        let mut text = format!("term t{number}\n  also \"{spelling}\"");
        let more = self.random.pick(&SPELLINGS);
        match self.random.below(4) {
            0 => write!(text, "\n  also \"{more}\" since {}", self.day()),
            1 => write!(text, "\n  also \"{more}\" with fold exact"),
            _ => Ok(()),
        }
        .expect("strings take text");
        let budgets = [
            "",
            "",
            "\n  fold standard, leet",
            "\n  fold exact",
            "\n  fold \"fold\"",
        ];
        let edges = ["", "", "\n  whole words", "\n  anywhere"];
        text += self.random.pick(&budgets);
        text += self.random.pick(&edges);
        let innocent = self.random.pick(&INNOCENT);
        match self.random.below(6) {
            0 => text += &format!("\n  unless near \"{innocent}\""),
            1 => {
                text += &format!(
                    "\n  unless near \"{innocent}\" within {} words",
                    self.random.below(3)
                )
            }
            2 => text += &format!("\n  except phrase \"{innocent}\""),
            _ => {}
        }
        self.line(&text);
    }

    fn category(&mut self, number: usize) {
        let mut text = format!("category c{number}");
        if number > 0 && self.chance(2) {
            text += &format!("\n  within c{}", self.random.below(number));
        }
        if self.chance(2) {
            self.categories = false;
            let condition = self.condition(1);
            self.categories = true;
            text += &match self.random.below(6) {
                0 => format!("\n  where category is d and ({condition})"),
                _ => format!("\n  where {condition}"),
            };
        }
        self.line(&text);
    }

    fn subject(&mut self) -> String {
        match self.random.below(8) {
            0 => "anything".to_owned(),
            1 => "seller s0".to_owned(),
            2 | 3 => format!("term t{}", self.random.below(3)),
            4 => format!("exactly category c{}", self.random.below(4)),
            _ => format!("category c{}", self.random.below(4)),
        }
    }

    /// When a rule holds: announced, in force and over in this order.
    fn times(&mut self) -> String {
        let start = 1 + self.random.below(4);
        let mut text = match self.random.below(8) {
            0 => format!("no later than {}", DAYS[start]),
            1 => format!("sometime in {}", self.random.pick(&MONTHS)),
            _ => format!("effective {}", DAYS[start]),
        };
        if self.chance(3) {
            text += &format!(" announced {}", DAYS[self.random.below(start)]);
        }
        let end = DAYS[6 + self.random.below(2)];
        match self.random.below(6) {
            0 => text += &format!(" through {end}"),
            1 => text += &format!(" before {end}"),
            2 => text += &format!(" enforced since {end}"),
            _ => {}
        }
        text
    }

    fn rule(&mut self, number: usize) {
        let modality = self
            .random
            .pick(&["ban", "ban", "review", "allow", "restrict", "require"]);
        let (subject, times) = (self.subject(), self.times());
        let mut text = format!("{modality} {subject} {times}\n  id r{number}");
        let choices = [
            "on p0, p1",
            "via shop, listing",
            "via ad",
            "in CN",
            "targeting CN, US",
            "for members of g0",
            "for not members of g0",
            "for members of g1, g0",
            "layer law",
            "except phrase \"ICO fee\"",
            "except category c3",
            "except phrase \"white paper\"",
        ];
        let mut used = Vec::new();
        for _ in 0..self.random.below(4) {
            let clause = self.random.pick(&choices);
            let head = clause.split(' ').take(2).collect::<Vec<_>>();
            let single = matches!(head[0], "on" | "via" | "in" | "targeting" | "layer");
            if !single || !used.contains(&head[0]) {
                text += &format!("\n  {clause}");
                used.push(head[0]);
            }
        }
        if self.chance(2) {
            text += &format!("\n  where {}", self.condition(2));
        }
        if modality == "require" || (modality == "restrict" && self.chance(2)) {
            text += &format!("\n  to {}", self.condition(1));
        }
        if modality == "require" && self.chance(3) {
            text += "\n  wording \"digital\" or \"coin\"";
        }
        if self.chance(4) {
            text += &format!("\n  except when {}", self.condition(1));
        }
        if self.chance(5) {
            let means = self.random.pick(&["ban", "ban", "allow"]);
            text += &format!(
                "\n  reading s \"r\" means {means} where {}",
                self.condition(1)
            );
        } else if self.chance(8) {
            text += "\n  reading s \"r\" means review";
        }
        if number > 0 && modality == "allow" && self.chance(2) {
            text += &format!("\n  overrides r{}", self.random.below(number));
        } else if number > 0 && self.chance(8) {
            text += &format!("\n  supersedes r{}", self.random.below(number));
        }
        self.line(&text);
    }

    fn exception(&mut self, number: usize) {
        let of = match number > 0 && self.chance(2) {
            true => format!("e{}", self.random.below(number)),
            false => format!("r{}", self.random.below(self.rules)),
        };
        let condition = self.condition(1);
        let times = if self.chance(2) {
            format!(" {}", self.times())
        } else {
            String::new()
        };
        let times = times.split(" announced").next().unwrap_or("").to_owned();
        let times = if times.starts_with(" effective") {
            times
        } else {
            String::new()
        };
        self.line(&format!(
            "exception e{number} to {of}{times}\n  when {condition}"
        ));
    }
}
