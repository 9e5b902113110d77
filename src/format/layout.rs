//! Tokens → lines.

use super::Token;

/// Where a line should end.
const WIDTH: usize = 100;

/// How far a clause is indented.
const CLAUSE: &str = "  ";
/// How far a line is indented that continues a clause.
const FURTHER: &str = "      ";

/// Lines as they come to be.
#[derive(Debug, Default)]
pub(super) struct Lines {
    done: Vec<String>,
    /// The line that is being written; empty if none is.
    open: String,
    /// How far the next line is indented.
    indent: &'static str,
    /// A comment that closes the open line.
    comment: Option<String>,
}

impl Lines {
    /// The number of the line that comes next, from 1.
    pub(super) fn next_line(&self) -> u32 {
        u32::try_from(self.done.len() + 1).unwrap_or(u32::MAX)
    }

    /// What stands between two statements: comments stay, several blank lines become one.
    pub(super) fn between(&mut self, text: &str) {
        let mut lines = text.lines();
        // The rest of the line on which a statement ended is empty: it was trimmed or laid out.
        if !self.done.is_empty() {
            lines.next();
        }
        let mut blank = false;
        for line in lines {
            let line = line.trim_matches(['\u{FEFF}', ' ', '\t', '\r']);
            if line.is_empty() {
                blank = true;
                continue;
            }
            if blank && !self.done.is_empty() {
                self.done.push(String::new());
            }
            blank = false;
            self.done.push(line.to_owned());
        }
        if blank && !self.done.is_empty() {
            self.done.push(String::new());
        }
    }

    /// A statement's head.
    pub(super) fn begin(&mut self, tokens: &[Token<'_>]) {
        self.indent = "";
        self.write(tokens);
    }

    /// A clause: on the head's line if it joins it and fits, else on a line of its own.
    pub(super) fn clause(&mut self, tokens: &[Token<'_>], joins: bool) {
        let width = display_width(&join(tokens)) + 1;
        let fits = display_width(&self.open) + width <= WIDTH;
        let commented = self.comment.is_some() || starts_with_comment(tokens);
        if joins && fits && !commented && !self.open.is_empty() {
            self.open.push(' ');
        } else {
            self.close();
            self.indent = CLAUSE;
        }
        self.write(tokens);
    }

    /// The end of a statement.
    pub(super) fn end(&mut self) {
        self.close();
    }

    /// The text, with one line end at its end.
    pub(super) fn finish(mut self) -> String {
        self.close();
        while self.done.last().is_some_and(String::is_empty) {
            self.done.pop();
        }
        let mut text = self.done.join("\n");
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }

    /// Writes tokens on the open line; continues on further lines where it grows too long, and after
    /// comments. A comment on a line of its own keeps one.
    fn write(&mut self, tokens: &[Token<'_>]) {
        let depth = breaking_depth(tokens);
        let (mut glue, mut nesting) = (true, 0);
        for (at, token) in tokens.iter().enumerate() {
            let next = tokens.get(at + 1);
            nesting = nested(nesting, token);
            if is_connective(token) && depth == Some(nesting) {
                self.close();
                self.indent = FURTHER;
            }
            match *token {
                Token::Comment { text, own_line } => {
                    self.write_comment(text, own_line, at == 0 || next.is_none());
                    glue = true;
                }
                Token::Clinging(text) | Token::Closing(text) => {
                    self.push(text, true, 0);
                    glue = false;
                }
                Token::Word(text) | Token::Opening(text) | Token::Brace(text) => {
                    let clinging = matches!(next, Some(Token::Clinging(_) | Token::Closing(_)));
                    self.push(text, glue, usize::from(clinging));
                    glue = matches!(token, Token::Opening(_));
                }
            }
        }
    }

    /// Adds a piece to the open line, or to the next one where it would not fit with what clings to it.
    fn push(&mut self, text: &str, glue: bool, clinging: usize) {
        if self.comment.is_some() {
            self.close();
        }
        let space = usize::from(!glue && !self.open.is_empty());
        let width = display_width(&self.open) + space + display_width(text) + clinging;
        if !glue && !self.open.trim().is_empty() && width > WIDTH {
            self.close();
        }
        if self.open.is_empty() {
            self.open.push_str(self.indent);
            self.indent = FURTHER;
        } else if space == 1 && !self.open.ends_with(' ') {
            self.open.push(' ');
        }
        self.open.push_str(text);
    }

    fn write_comment(&mut self, text: &str, own_line: bool, between_clauses: bool) {
        if !own_line && self.comment.is_none() && !self.open.is_empty() {
            self.comment = Some(text.to_owned());
            return;
        }
        let indent = if between_clauses { CLAUSE } else { FURTHER };
        self.close();
        self.done.push(format!("{indent}{text}"));
    }

    fn close(&mut self) {
        let line = std::mem::take(&mut self.open);
        let comment = self.comment.take();
        let line = match comment {
            Some(comment) => format!("{}  {comment}", line.trim_end()),
            None => line.trim_end().to_owned(),
        };
        if !line.is_empty() {
            self.done.push(line);
        }
    }
}

/// A condition that is too long for one line breaks before the outermost of its `and` and `or`.
fn breaking_depth(tokens: &[Token<'_>]) -> Option<usize> {
    if display_width(&join(tokens)) + CLAUSE.len() <= WIDTH {
        return None;
    }
    let mut nesting = 0;
    let depths = tokens.iter().filter_map(|token| {
        nesting = nested(nesting, token);
        is_connective(token).then_some(nesting)
    });
    depths.min()
}

fn is_connective(token: &Token<'_>) -> bool {
    matches!(token, Token::Word("and" | "or"))
}

fn nested(depth: usize, token: &Token<'_>) -> usize {
    match token {
        Token::Opening(_) | Token::Brace("{") => depth + 1,
        Token::Closing(_) | Token::Brace("}") => depth.saturating_sub(1),
        _ => depth,
    }
}

/// The tokens on one line.
fn join(tokens: &[Token<'_>]) -> String {
    let words = tokens.iter().map(|token| match token {
        Token::Word(text)
        | Token::Clinging(text)
        | Token::Opening(text)
        | Token::Closing(text)
        | Token::Brace(text) => *text,
        Token::Comment { .. } => "",
    });
    words.collect::<Vec<_>>().join(" ")
}

fn starts_with_comment(tokens: &[Token<'_>]) -> bool {
    matches!(tokens.first(), Some(Token::Comment { .. }))
}

/// Columns on a terminal: Han and its kin take two.
fn display_width(text: &str) -> usize {
    let wide = |c: char| {
        matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFD}')
    };
    text.chars().map(|c| 1 + usize::from(wide(c))).sum()
}
