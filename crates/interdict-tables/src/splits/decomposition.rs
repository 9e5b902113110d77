//! The decompositions of cjk-decomp, and what is left of them when only characters that people can
//! type remain.

use std::collections::HashMap;

/// How deep parts are looked into.
const DEEPEST: usize = 12;

pub(super) struct Decompositions<'s> {
    of: HashMap<&'s str, Decomposition<'s>>,
}

struct Decomposition<'s> {
    /// How the parts lie: `a` across, `d` down, `r3tr` three times in a triangle.
    layout: &'s str,
    parts: Vec<&'s str>,
}

impl<'s> Decompositions<'s> {
    /// Reads a script that exports one string.
    pub(super) fn read(script: &'s str) -> Result<Decompositions<'s>, String> {
        let mut of = HashMap::new();
        let text = script.split_once('`').map_or("", |(_, text)| text);
        let lines = text.split('`').next().unwrap_or("").lines();
        for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
            // One line goes on behind its bracket.
            let row = line
                .rsplit_once(')')
                .and_then(|(row, _)| row.split_once(':'));
            let row = row.and_then(|(name, rest)| Some((name, rest.split_once('(')?)));
            let Some((name, (layout, parts))) = row else {
                return Err(format!("cjk-decomp.txt.js: `{line}` is no decomposition"));
            };
            let parts = parts.split(',').collect();
            of.insert(name, Decomposition { layout, parts });
        }
        match of.is_empty() {
            true => Err("cjk-decomp.txt.js: no string in it".to_owned()),
            false => Ok(Decompositions { of }),
        }
    }

    /// The parts of a character: its own, and in their place the parts of those that nobody types.
    /// None when a stroke is among them, or it is one part only, changed.
    pub(super) fn parts(&self, c: char) -> Option<Vec<char>> {
        let mut buffer = [0; 4];
        let name: &str = c.encode_utf8(&mut buffer);
        let own = self.of.get(name)?;
        if own.parts.len() == 1 && times(own.layout) == 1 {
            return None;
        }
        self.look_into(own, DEEPEST)
    }

    fn look_into(&self, whole: &Decomposition<'_>, deepest: usize) -> Option<Vec<char>> {
        let mut parts = Vec::new();
        for name in &whole.parts {
            match typed(name) {
                Some(c) if is_stroke(c) => return None,
                Some(c) => parts.push(c),
                None => {
                    let part = self.of.get(name)?;
                    parts.extend(self.look_into(part, deepest.checked_sub(1)?)?);
                }
            }
        }
        match whole.parts.len() {
            1 => Some(parts.repeat(times(whole.layout))),
            _ => Some(parts),
        }
    }
}

/// The character of a part that people can type: no number, and within 16 bits.
fn typed(name: &str) -> Option<char> {
    let c = name.chars().next().filter(|c| !c.is_ascii_digit())?;
    (u32::from(c) < 0x1_0000).then_some(c)
}

fn is_stroke(c: char) -> bool {
    ('\u{31C0}'..='\u{31EF}').contains(&c)
}

/// How often the only part of such a layout is drawn: `ra` and `rd` twice, `r4sq` four times; once
/// what is changed, turned or mirrored.
fn times(layout: &str) -> usize {
    let Some(repeat) = layout.strip_prefix('r') else {
        return 1;
    };
    let changed = ["ef", "ot", "ref", "rot"];
    if changed.iter().any(|change| repeat.starts_with(change)) {
        return 1;
    }
    let digit = repeat.chars().next().and_then(|c| c.to_digit(10));
    digit.map_or(2, |digit| digit as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_what_people_type() {
        let script = "module.exports = `10001:ra(丨)\n介:d(人,10001)\n𠂉:w(丿,一)\n午:d(𠂉,十)\n\
            北:rrefl(匕)\n与:str(37189,一)\n37189:refh(己)\n久:wbr(勹,㇏)\n圈:s(囗,圈)\n𠈌:r4sq(人)\n\
            环:d(1,2)\n1:a(2)\n2:a(1)`;\n";
        let decompositions = Decompositions::read(script).unwrap();
        let parts = |c| {
            decompositions
                .parts(c)
                .map(|parts| parts.iter().collect::<String>())
        };
        assert_eq!(parts('介').unwrap(), "人丨丨");
        assert_eq!(parts('午').unwrap(), "丿一十");
        assert_eq!(parts('与').unwrap(), "己一");
        assert_eq!(parts('𠈌').unwrap(), "人人人人");
        assert_eq!(
            ['北', '久', '环', '无'].map(parts),
            [None, None, None, None]
        );
        assert!(Decompositions::read("`介人`").is_err() && Decompositions::read("").is_err());
    }

    #[test]
    fn layouts_say_how_often() {
        let layouts = [
            "ra", "rd/m", "r3tr", "r4sq", "rs", "refh", "rrefl/t", "rot", "a", "me",
        ];
        assert_eq!(layouts.map(times), [2, 2, 3, 4, 2, 1, 1, 1, 1, 1]);
    }
}
