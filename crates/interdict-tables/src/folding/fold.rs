//! One character to what it is matched as.
//!
//! Goes in: a character. Comes out: the characters that stand for it, none when
//! it is dropped. Folding the result again changes nothing.

use std::collections::BTreeMap;

use icu_casemap::CaseMapper;
use icu_normalizer::{ComposingNormalizer, DecomposingNormalizer};
use icu_properties::props::{EnumeratedProperty, GeneralCategory, Script};
use unicode_security::confusable_detection::skeleton;

use super::kind::{self, Kind};

/// A bare stroke, read as i or as l.
const STROKE: char = 'ǀ';

/// Everything that folding needs, read once.
pub(crate) struct Folder {
    lookalikes: BTreeMap<char, Vec<char>>,
    han: BTreeMap<char, char>,
    skeletons: BTreeMap<String, char>,
}

impl Folder {
    pub(crate) fn new() -> Folder {
        let lookalikes = rows(include_str!("../../../../src/fold/lookalikes.tsv"));
        let han = rows(include_str!("../../data/traditional.tsv"))
            .chain(rows(include_str!("../../data/radicals.tsv")))
            .filter_map(|(from, to)| Some((from, to.chars().next()?)));
        let mut skeletons = BTreeMap::new();
        for letter in ('A'..='Z').chain('a'..='z') {
            let lower = letter.to_ascii_lowercase();
            skeletons.insert(skeleton(&letter.to_string()).collect(), lower);
        }
        skeletons.insert("l".to_owned(), STROKE);
        Folder {
            lookalikes: lookalikes
                .map(|(c, to)| (c, to.chars().collect()))
                .collect(),
            han: han.collect(),
            skeletons,
        }
    }

    /// What the character is matched as.
    pub(crate) fn fold(&self, c: char) -> Vec<char> {
        let mut folded = vec![c];
        for _ in 0..6 {
            let next: Vec<char> = folded.iter().flat_map(|&c| self.step(c)).collect();
            if next == folded {
                break;
            }
            folded = next;
        }
        folded
    }

    /// Whether only case or width tells the character from its fold.
    pub(crate) fn only_case_or_width(&self, c: char, folded: &[char]) -> bool {
        let width = matches!(c, '\u{FF01}'..='\u{FFEF}' | '\u{3000}');
        let lower = c.to_lowercase().eq(folded.iter().copied());
        width || lower
    }

    fn step(&self, c: char) -> Vec<char> {
        if matches!(kind::of(c), Kind::Ignorable | Kind::Mark) {
            return Vec::new();
        }
        if c.is_ascii() || c == STROKE || kind::of(c) == Kind::Voice {
            return vec![c.to_ascii_lowercase()];
        }
        if matches!(c, '\u{AC00}'..='\u{D7A3}') {
            return vec![c];
        }
        if let Some(letters) = self.lookalikes.get(&c) {
            return letters.clone();
        }
        if let Some(letters) = enclosed(c) {
            return letters;
        }
        if let Some(&simplified) = self.han.get(&c) {
            return vec![simplified];
        }
        let normal = strip_enclosure(c, normalize(c));
        match normal.as_slice() {
            [only] if !only.is_ascii() => self.latin_twin(c).map_or(normal, |letter| vec![letter]),
            _ => normal,
        }
    }

    /// The Latin letter that UTS 39 takes for the same shape.
    fn latin_twin(&self, c: char) -> Option<char> {
        if !looks_latin(Script::for_char(c)) || kind::of(c) != Kind::Letter {
            return None;
        }
        let shape: String = skeleton(&c.to_string()).collect();
        self.skeletons.get(&shape).copied()
    }
}

/// The rows of a tab-separated file without its comments.
fn rows(file: &'static str) -> impl Iterator<Item = (char, &'static str)> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(from, to)| Some((from.chars().next()?, to)))
}

/// NFKD of the case fold of NFKC, and decimal digits by their value.
fn normalize(c: char) -> Vec<char> {
    if GeneralCategory::for_char(c) == GeneralCategory::DecimalNumber
        && let Some(digit) = decimal_value(c)
    {
        return vec![digit];
    }
    let composed = ComposingNormalizer::new_nfkc()
        .normalize(c.encode_utf8(&mut [0; 4]))
        .into_owned();
    let cased = CaseMapper::new().fold_string(&composed).into_owned();
    let parts = DecomposingNormalizer::new_nfkd()
        .normalize(&cased)
        .into_owned();
    if parts.chars().next().is_some_and(is_jamo) {
        return composed.chars().collect();
    }
    // A voicing mark that stands alone dresses a space.
    let alone = parts.starts_with(' ');
    parts
        .chars()
        .filter(|&c| !(alone && kind::of(c) == Kind::Voice))
        .collect()
}

fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}')
}

/// Decimal digits stand in runs of ten, in order.
fn decimal_value(c: char) -> Option<char> {
    let is_digit = |code: u32| {
        char::from_u32(code)
            .is_some_and(|c| GeneralCategory::for_char(c) == GeneralCategory::DecimalNumber)
    };
    let mut first = c as u32;
    while first > 0 && is_digit(first - 1) {
        first -= 1;
    }
    char::from_digit((c as u32 - first) % 10, 10)
}

/// Enclosed letters and digits that NFKC keeps, and flags as letters.
fn enclosed(c: char) -> Option<Vec<char>> {
    let nth = |first: char, base: char| {
        char::from_u32(base as u32 + (c as u32 - first as u32)).map(|c| vec![c])
    };
    match c {
        '\u{1F1E6}'..='\u{1F1FF}' => nth('\u{1F1E6}', 'a'),
        '\u{1F150}'..='\u{1F169}' => nth('\u{1F150}', 'a'),
        '\u{1F170}'..='\u{1F189}' => nth('\u{1F170}', 'a'),
        '\u{2776}'..='\u{277E}' => nth('\u{2776}', '1'),
        '\u{2780}'..='\u{2788}' => nth('\u{2780}', '1'),
        '\u{278A}'..='\u{2792}' => nth('\u{278A}', '1'),
        '\u{24F5}'..='\u{24FD}' => nth('\u{24F5}', '1'),
        '\u{24FF}' | '\u{1F10B}' | '\u{1F10C}' => Some(vec!['0']),
        '\u{1F18E}' => Some(vec!['a', 'b']),
        '\u{1F191}' => Some(vec!['c', 'l']),
        '\u{1F192}' => Some("cool".chars().collect()),
        '\u{1F193}' => Some("free".chars().collect()),
        '\u{1F194}' => Some(vec!['i', 'd']),
        '\u{1F195}' => Some("new".chars().collect()),
        '\u{1F196}' => Some(vec!['n', 'g']),
        '\u{1F197}' => Some(vec!['o', 'k']),
        '\u{1F198}' => Some("sos".chars().collect()),
        '\u{1F19A}' => Some(vec!['v', 's']),
        _ => None,
    }
}

/// `⒜` is `a`, not `(a)`; `⒈` is `1`, not `1.`.
fn strip_enclosure(c: char, normal: Vec<char>) -> Vec<char> {
    let inner = |c: &char| !matches!(c, '(' | ')' | '.' | ',' | '〔' | '〕');
    let enclosing = matches!(
        c,
        '\u{2474}'..='\u{24B5}' | '\u{3200}'..='\u{3243}' | '\u{1F100}'..='\u{1F12A}' | '\u{1F240}'..='\u{1F248}'
    );
    if !enclosing {
        return normal;
    }
    normal.into_iter().filter(inner).collect()
}

/// Scripts whose letters stand apart as Latin letters do and are rare in
/// listings, so that a Latin twin is nearly always meant.
fn looks_latin(script: Script) -> bool {
    matches!(
        script,
        Script::Latin
            | Script::Cyrillic
            | Script::Greek
            | Script::Armenian
            | Script::Cherokee
            | Script::Lisu
            | Script::CanadianAboriginal
            | Script::Coptic
            | Script::Deseret
            | Script::Osage
            | Script::WarangCiti
            | Script::OldItalic
            | Script::Carian
            | Script::Lycian
            | Script::Lydian
            | Script::Elbasan
            | Script::Runic
            | Script::Gothic
            | Script::Tifinagh
            | Script::Bamum
            | Script::Miao
            | Script::Vai
            | Script::Duployan
            | Script::Medefaidrin
            | Script::Vithkuqi
    )
}
