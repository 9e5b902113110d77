//! Policies of any number of rules, of which an item meets the same few, whatever their number.
//!
//! In: a shape and how many rules. Out: a policy's text; [`Shape::item`] says what [`ITEM_RULES`]
//! of them ask for. What a decision takes then shows what rules cost that say nothing about it.

use std::fmt::Write;

/// How many rules an item of [`Shape::item`] meets.
pub const ITEM_RULES: usize = 3;

/// The instant at which all rules bind.
pub const AT: &str = "2020-01-01T00:00:00Z";

/// What rules are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Each about a term of its own; an item mentions some.
    Terms,
    /// Each about a category of its own, on a platform, above a price; an item declares some.
    Categories,
    /// All about one term, each about a tag of its own; an item mentions the term and has some of
    /// the tags.
    Tags,
    /// Each about every item above a price.
    Prices,
    /// Each about every item between two prices, half of them below the item's.
    Bands,
    /// Each about every item made before a day, or after one.
    Dates,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Shape; 6] = [
        Shape::Terms,
        Shape::Categories,
        Shape::Tags,
        Shape::Prices,
        Shape::Bands,
        Shape::Dates,
    ];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Terms => "terms",
            Shape::Categories => "categories",
            Shape::Tags => "tags",
            Shape::Prices => "prices",
            Shape::Bands => "bands",
            Shape::Dates => "dates",
        }
    }

    /// A policy of so many rules.
    pub fn policy(self, rules: usize) -> String {
        let mut out = String::from("policy measured\n");
        if self == Shape::Tags {
            out.push_str("\nterm coin\n");
        }
        for number in 0..rules {
            self.rule(number, &mut out);
        }
        out
    }

    fn rule(self, number: usize, out: &mut String) {
        let subject = match self {
            Shape::Terms => format!("term {}", word(number)),
            Shape::Categories => format!("category {}", word(number)),
            Shape::Tags => "term coin".to_owned(),
            Shape::Prices | Shape::Bands | Shape::Dates => "anything".to_owned(),
        };
        let mut line = |text: &str| {
            out.push_str(text);
            out.push('\n');
        };
        if self == Shape::Terms {
            line(&format!("\n{subject}"));
        }
        line(&format!("\nban {subject} effective 2018-04-17"));
        line(&format!("  id R{number}\n  on taobao"));
        match self {
            Shape::Terms => {}
            Shape::Categories => line(&format!("  where price.amount over {}", floor(number))),
            Shape::Tags => line(&format!("  where tags is {}", word(number))),
            Shape::Prices | Shape::Bands | Shape::Dates => {
                line(&format!("  where {}", self.compared(number)));
            }
        }
    }

    /// What a rule asks of a price or a date. The item meets the first rules alone.
    fn compared(self, number: usize) -> String {
        let (met, even) = (number < ITEM_RULES, number.is_multiple_of(2));
        let day = |year: usize| format!("{year}-{:02}-{:02}", 1 + number % 12, 1 + number % 28);
        match self {
            Shape::Bands => {
                let least = match (met, even) {
                    (true, _) => 490 + number,
                    (_, true) => number % 400,
                    _ => 1000 + number,
                };
                format!(
                    "price.amount over {least} and price.amount below {}",
                    least + 50
                )
            }
            Shape::Dates if met => format!("created before {}", day(2030)),
            Shape::Dates if even => format!("created before {}", day(1900 + number % 115)),
            Shape::Dates => format!("created after {}", day(2020 + number % 70)),
            _ if met => "price.amount over 100".to_owned(),
            _ => format!("price.amount over {}", 1000 + number),
        }
    }

    /// An item in JSON that meets the first [`ITEM_RULES`] rules and no other, with `text` as its
    /// description.
    pub fn item(self, number: usize, text: &str) -> String {
        let words: Vec<String> = (0..ITEM_RULES).map(word).collect();
        let (said, categories, tags) = match self {
            Shape::Terms => (words.join(" "), Vec::new(), Vec::new()),
            Shape::Categories => (String::new(), words, Vec::new()),
            Shape::Tags => ("coin".to_owned(), Vec::new(), words),
            Shape::Prices | Shape::Bands | Shape::Dates => Default::default(),
        };
        let mut out = format!("{{\"id\": {number}, \"platform\": \"taobao\", \"title\": ");
        let _ = write!(out, "{}, ", quoted(&format!("For sale: {said}")));
        let _ = write!(out, "\"description\": {}, ", quoted(text));
        let _ = write!(
            out,
            "\"category\": {}, \"tags\": {}, ",
            list(&categories),
            list(&tags)
        );
        out.push_str("\"created\": \"2019-03-01T08:00:00Z\", ");
        out.push_str("\"price\": {\"amount\": 500, \"currency\": \"CNY\"}, ");
        out.push_str(
            "\"seller\": {\"name\": \"Corner shop\", \"kind\": \"shop\", \"country\": \"CN\"}}",
        );
        out
    }
}

/// The price that the rule of a category asks for; the item's is above that of the first ones.
pub fn floor(number: usize) -> usize {
    10 + number % 400
}

/// A word of its own for every number: four syllables or more, and none of any language.
pub fn word(number: usize) -> String {
    const START: [&str; 16] = [
        "b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "z", "qu",
    ];
    const MIDDLE: [&str; 4] = ["a", "e", "i", "o"];
    let mut out = String::new();
    // An odd factor keeps numbers apart and puts neighbours far from each other.
    let mut rest = (number as u32).wrapping_mul(0x9E37_79B1) % (1 << 24);
    for _ in 0..4 {
        out.push_str(START[rest as usize % 16]);
        out.push_str(MIDDLE[rest as usize / 16 % 4]);
        rest /= 64;
    }
    out
}

fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    format!("[{}]", names.join(", "))
}

/// A text in JSON.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn words_are_words_of_their_own() {
        let words: BTreeSet<String> = (0..100_000).map(word).collect();
        assert_eq!(words.len(), 100_000);
    }
}
