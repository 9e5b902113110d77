//! Text → words, quoted texts, signs and comments.

/// A piece of a statement that layout never cuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A word, a number, a date or quoted text.
    Word(&'a str),
    /// `,` or `:`, which cling to what stands before them.
    Clinging(&'a str),
    /// `(` or `[`, which cling to what follows.
    Opening(&'a str),
    /// `)` or `]`, which cling to what stands before them.
    Closing(&'a str),
    /// `{` or `}`, which stand apart.
    Brace(&'a str),
    /// From `#` to the end of its line. `own_line`: nothing stands before it on that line.
    Comment {
        /// With its `#`, without the line's end.
        text: &'a str,
        /// Whether it has a line of its own.
        own_line: bool,
    },
}

/// Cuts text of a statement that parsed.
pub(super) fn tokens<'a>(text: &'a str) -> Vec<Token<'a>> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut fresh_line = false;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            fresh_line |= c == '\n';
            at += c.len_utf8();
            continue;
        }
        let rest = &text[at..];
        let (len, token): (usize, fn(&'a str) -> Token<'a>) = match c {
            '#' => (rest.find('\n').unwrap_or(rest.len()), Token::Word),
            '"' => (quoted(rest), Token::Word),
            ',' | ':' => (1, Token::Clinging),
            '(' | '[' => (1, Token::Opening),
            ')' | ']' => (1, Token::Closing),
            '{' | '}' => (1, Token::Brace),
            _ => (word(rest), Token::Word),
        };
        let piece = &rest[..len];
        out.push(match c {
            '#' => Token::Comment {
                text: piece.trim_end(),
                own_line: fresh_line,
            },
            _ => token(piece),
        });
        fresh_line = false;
        at += len;
    }
    out
}

fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A word ends at a space or a sign; a colon within (`12:00`) belongs to it, one at its end does not.
fn word(text: &str) -> usize {
    let ends = |c: char| {
        c.is_whitespace() || matches!(c, '#' | '"' | ',' | '(' | ')' | '[' | ']' | '{' | '}')
    };
    let len = text.find(ends).unwrap_or(text.len());
    let len = text[..len].trim_end_matches(':').len();
    len.max(text.chars().next().map_or(0, char::len_utf8))
}
