//! Tokens → pieces that stay on one line, and where lines should end.

use super::Token;

/// Where a line should end.
pub(super) const WIDTH: usize = 100;
/// How far a clause is indented.
pub(super) const CLAUSE: &str = "  ";
/// How far a line is indented that continues a clause.
pub(super) const FURTHER: &str = "      ";

/// Words before which a line may end, because a thought begins with them.
const OPENERS: &[&str] = &[
    "and", "or", "at", "where", "quote", "clause", "from", "upcoming", "by", "needs", "lifted",
    "means",
];

/// A run of tokens that layout never cuts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'t, 'a> {
    pub(super) tokens: &'t [Token<'a>],
    /// Whether it begins a line even where it would fit.
    pub(super) begins_line: bool,
}

/// Cuts a head or a clause.
///
/// What fits on one line is not cut. Otherwise a `where` within it begins a line; what is still too
/// long breaks before the outermost of its `and` and `or`, and lists after their commas.
pub(super) fn pieces<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<Piece<'t, 'a>> {
    let mut forced = vec![false; tokens.len()];
    if width(tokens) + CLAUSE.len() > WIDTH {
        force_breaks(tokens, &mut forced);
    }
    let starts: Vec<usize> = (0..tokens.len())
        .filter(|&at| at == 0 || forced[at] || may_break(tokens, at))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
    let cuts = starts.iter().zip(ends);
    cuts.map(|(&start, end)| Piece {
        tokens: &tokens[start..end],
        begins_line: forced[start],
    })
    .collect()
}

fn may_break(tokens: &[Token<'_>], at: usize) -> bool {
    match (tokens[at - 1], tokens[at]) {
        (Token::Comment { .. }, _) | (_, Token::Comment { .. }) => true,
        (Token::Clinging(","), _) => true,
        (_, Token::Word(word)) => OPENERS.contains(&word),
        _ => false,
    }
}

fn force_breaks(tokens: &[Token<'_>], forced: &mut [bool]) {
    let inner_where = |at: &usize| *at > 0 && tokens[*at] == Token::Word("where");
    let parts: Vec<usize> = (0..tokens.len()).filter(inner_where).collect();
    let starts = [0].into_iter().chain(parts.iter().copied());
    let ends = parts.iter().copied().chain([tokens.len()]);
    for (start, end) in starts.zip(ends) {
        forced[start] = start > 0;
        let part = &tokens[start..end];
        // The texts of `wording` are a list, though `or` stands between them.
        if width(part) + FURTHER.len() <= WIDTH || part.first() == Some(&Token::Word("wording")) {
            continue;
        }
        let connectives = connectives(part);
        let outermost = connectives.iter().map(|(_, depth)| *depth).min();
        for (at, depth) in connectives {
            forced[start + at] |= Some(depth) == outermost;
        }
    }
}

/// Every `and` and `or`, with how many brackets are open round it.
fn connectives(tokens: &[Token<'_>]) -> Vec<(usize, usize)> {
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Opening(_) | Token::Brace("{") => depth += 1,
            Token::Closing(_) | Token::Brace("}") => depth = depth.saturating_sub(1),
            Token::Word("and" | "or") => found.push((at, depth)),
            _ => {}
        }
    }
    found
}

/// Tokens on one line, as they are spaced; comments are left out.
pub(super) fn shown(tokens: &[Token<'_>]) -> String {
    let mut text = String::new();
    let mut glue = true;
    for token in tokens {
        let (piece, clings) = match *token {
            Token::Comment { .. } => continue,
            Token::Clinging(piece) | Token::Closing(piece) => (piece, true),
            Token::Word(piece) | Token::Opening(piece) | Token::Brace(piece) => (piece, false),
        };
        if !clings && !glue {
            text.push(' ');
        }
        text.push_str(piece);
        glue = matches!(token, Token::Opening(_));
    }
    text
}

fn width(tokens: &[Token<'_>]) -> usize {
    display_width(&shown(tokens))
}

/// Columns on a terminal: Han and its kin take two.
pub(super) fn display_width(text: &str) -> usize {
    let wide = |c: char| {
        matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}'
            | '\u{FFE0}'..='\u{FFE6}' | '\u{1F300}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFD}')
    };
    text.chars().map(|c| 1 + usize::from(wide(c))).sum()
}
