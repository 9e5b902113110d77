//! Questions that conditions ask.

use super::{PLATFORMS, Writer};

impl Writer<'_> {
    pub(super) fn question(&mut self) -> String {
        if self.once_in(3) {
            return self.mentions();
        }
        let (day, category) = (self.day(), self.some_category());
        let not = self.random.pick(&["", "not "]);
        let number = self.random.below(3);
        match self.random.below(26) {
            0 | 1 if self.categories => format!("category is {not}{category}"),
            2 => format!("seller is {not}member of g0"),
            3 => format!("platform is {not}member of g1"),
            4 => {
                let test = self
                    .random
                    .pick(&["over", "below", "at least", "at most", "is", "is not"]);
                format!("n {test} {number}")
            }
            5 => format!("price.amount over {number}"),
            6 => format!("flag is {not}yes"),
            7 => "tags has a".to_owned(),
            8 => format!("tags is {not}one of a, b"),
            9 => format!("brand is {not}one of l0"),
            10 => format!("brand is {not}one of l1"),
            11 => format!(
                "created {} {day}",
                self.random.pick(&["before", "after", "is", "is not"])
            ),
            12 => format!(
                "created {} {day}T12:00",
                self.random.pick(&["before", "after"])
            ),
            13 => format!(
                "created is {not}{}",
                self.random.pick(&["2018-02", "2018-04"])
            ),
            14 | 15 => {
                let fields = ["brand", "n", "channel", "flag", "tags", "created", "title"];
                format!("{} is {not}known", self.random.pick(&fields))
            }
            16 => format!("brand is {not}\"ICO\""),
            17 => {
                let test = self.random.pick(&["before", "after"]);
                format!("created {test} published")
            }
            18 => format!("published is {not}past"),
            19 => {
                let test = self.random.pick(&["over", "below", "at least", "at most"]);
                let age = self.random.pick(&[
                    "0 days", "1 day", "32 days", "80 days", "1 hour", "24 hours",
                ]);
                format!("created {test} {age} ago")
            }
            23 => {
                let values = self.random.pick(&["a, b", "l0", "l2", "b, c, a"]);
                format!("tags has any of {values}")
            }
            24 => {
                let values = self.random.pick(&["a, b", "l3", "c"]);
                format!("tags has all of {values}")
            }
            20 => format!("brand is {not}one of l2"),
            21 => format!("tags is {not}one of l2"),
            22 if self.categories => format!("category is {not}one of l3"),
            _ => format!("platform is {not}{}", self.random.pick(&PLATFORMS)),
        }
    }

    fn mentions(&mut self) -> String {
        let (term, other) = (self.some_term(), self.some_term());
        let mut text = match self.random.below(8) {
            0 => format!("mentions {term}, {other}"),
            1 => format!("mentions any of {term}, {other}"),
            2 => "mentions \"token sale\"".to_owned(),
            3 => "mentions l0".to_owned(),
            _ => format!("mentions {term}"),
        };
        match self.random.below(5) {
            0 => text += " in title",
            1 => text += " in notes, title",
            _ => {}
        }
        if self.once_in(4) {
            text += &format!(
                " within {} words of {other}",
                self.random.pick(&[0, 1, 2, 5])
            );
        }
        match self.random.below(5) {
            0 => text += " disguised",
            1 => text += " exact",
            _ => {}
        }
        text
    }
}
