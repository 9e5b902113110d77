//! Random conditions.

use super::{Generator, PLATFORMS};

impl Generator<'_> {
    pub(super) fn condition(&mut self, depth: usize) -> String {
        if depth > 0 && self.chance(2) {
            let word = self.random.pick(&[" and ", " or "]);
            let parts = 2 + self.random.below(2);
            let parts: Vec<String> = (0..parts)
                .map(|_| format!("({})", self.condition(depth - 1)))
                .collect();
            return parts.join(word);
        }
        let not = if self.chance(4) { "not " } else { "" };
        format!("{not}{}", self.question())
    }

    fn question(&mut self) -> String {
        let term = self.random.below(3);
        let (other, category) = ((term + 1) % 3, self.random.below(4));
        let day = self.day();
        match self.random.below(20) {
            0..=2 => format!("mentions t{term}"),
            3 => format!("mentions t{term}, t{other} in title"),
            4 => format!("mentions any of t{term}, t{other} in notes, title"),
            5 => format!("mentions t{term} disguised"),
            6 => format!("mentions t{term} exact"),
            7 => format!("mentions t{term} within 2 words of t{other}"),
            8 if self.categories => format!("category is c{category}"),
            9 => "seller is member of g0".to_owned(),
            10 => "platform is not member of g1".to_owned(),
            11 => format!(
                "n {} {}",
                self.random
                    .pick(&["over", "below", "at least", "at most", "is"]),
                self.random.below(3)
            ),
            12 => "flag is yes".to_owned(),
            13 => "tags has a".to_owned(),
            14 => "tags is one of a, b".to_owned(),
            15 => format!(
                "created {} {day}",
                self.random.pick(&["before", "after", "is"])
            ),
            16 => format!(
                "created {} {day}T12:00",
                self.random.pick(&["before", "after"])
            ),
            17 => format!(
                "{} is known",
                self.random
                    .pick(&["brand", "n", "channel", "flag", "tags", "created"])
            ),
            18 => "brand is \"ICO\"".to_owned(),
            _ => format!("platform is {}", self.random.pick(&PLATFORMS)),
        }
    }
}
