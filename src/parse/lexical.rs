//! What can be said of a text before its grammar: quotes, punctuation, nesting, invisible signs.

use super::Slice;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};

/// How deeply parentheses, braces and `not` may nest.
const MAX_NESTING: usize = 64;

/// Characters of other keyboards, and what the language uses instead.
const FOREIGN: &[(char, &str)] = &[
    ('，', ","),
    ('、', ","),
    ('：', ":"),
    ('；', ","),
    ('。', "."),
    ('（', "("),
    ('）', ")"),
    ('｛', "{"),
    ('｝', "}"),
    ('［', "["),
    ('］', "]"),
    ('“', "\""),
    ('”', "\""),
    ('„', "\""),
    ('«', "\""),
    ('»', "\""),
    ('「', "\""),
    ('」', "\""),
    ('『', "\""),
    ('』', "\""),
    ('＂', "\""),
    ('‘', "\""),
    ('’', "\""),
    ('\'', "\""),
    ('–', "-"),
    ('—', "-"),
    ('－', "-"),
    ('＃', "#"),
    ('\u{3000}', " "),
    ('\u{A0}', " "),
];

/// Reports an open quote, foreign punctuation or too deep nesting.
pub(super) fn check(slice: Slice<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut depth = 0;
    let mut nots = 0;
    let mut chars = slice.text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '#' => while chars.next_if(|&(_, c)| c != '\n').is_some() {},
            '"' => {
                if !skip_quoted(&mut chars) {
                    diagnostics.push(unclosed(slice, at));
                }
                nots = 0;
            }
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth = usize::saturating_sub(depth, 1),
            _ if c.is_alphanumeric() => {
                let mut end = at + c.len_utf8();
                while let Some((at, c)) = chars.next_if(|&(_, c)| c.is_alphanumeric() || c == '-') {
                    end = at + c.len_utf8();
                }
                nots = if &slice.text[at..end] == "not" {
                    nots + 1
                } else {
                    0
                };
            }
            _ => {
                if let Some((_, instead)) = FOREIGN.iter().find(|(foreign, _)| *foreign == c) {
                    diagnostics.push(foreign(slice, at, c, instead));
                    return;
                }
            }
        }
        if depth + nots > MAX_NESTING {
            let message = format!("nesting deeper than {MAX_NESTING} levels");
            let span = slice.span(at, at + c.len_utf8());
            diagnostics.push(
                Diagnostic::new(Code::NestedTooDeeply, span, message)
                    .help("give parts of the condition a `category` of their own, with a `where`"),
            );
            return;
        }
    }
}

/// Skips to the closing quote; says whether there is one on the line.
fn skip_quoted(chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>) -> bool {
    while let Some((_, c)) = chars.next_if(|&(_, c)| c != '\n') {
        match c {
            '"' => return true,
            '\\' => {
                chars.next_if(|&(_, c)| c != '\n');
            }
            _ => {}
        }
    }
    false
}

fn unclosed(slice: Slice<'_>, at: usize) -> Diagnostic {
    let line = slice.text[at..].lines().next().unwrap_or("\"").trim_end();
    let span = slice.span(at, at + line.len());
    Diagnostic::new(
        Code::UnclosedQuote,
        span,
        "this quoted text does not end on its line",
    )
    .label("opened here")
    .help("close it with `\"`; a quotation mark inside the text is written `\\\"`")
}

fn foreign(slice: Slice<'_>, at: usize, c: char, instead: &str) -> Diagnostic {
    let span = slice.span(at, at + c.len_utf8());
    let instead = if instead == " " {
        "an ordinary space".to_owned()
    } else {
        format!("`{instead}`")
    };
    let shown = if c.is_whitespace() {
        format!("U+{:04X}", c as u32)
    } else {
        format!("`{c}`")
    };
    Diagnostic::new(
        Code::ForeignPunctuation,
        span,
        format!("{shown} is not a sign of the language"),
    )
    .help(format!(
        "write {instead} here; inside quoted text any character may stand"
    ))
}

/// Warns of characters that nobody sees, wherever they stand.
pub(super) fn invisible(source: &Source) -> Vec<Diagnostic> {
    let start = source.text.len() - source.text.trim_start_matches('\u{FEFF}').len();
    let hidden = source.text[start..]
        .char_indices()
        .filter(|&(_, c)| is_invisible(c));
    hidden
        .map(|(at, c)| {
            let at = start + at;
            let span = Span {
                file: source.id,
                start: u32::try_from(at).unwrap_or(u32::MAX),
                end: u32::try_from(at + c.len_utf8()).unwrap_or(u32::MAX),
            };
            let message = format!("an invisible character, U+{:04X}", c as u32);
            Diagnostic::new(Code::InvisibleCharacter, span, message).help(
                "delete it; spellings need none, because matching passes over invisible characters",
            )
        })
        .collect()
}

/// Zero-width, bidirectional and other default-ignorable characters that get into text by copying.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}
