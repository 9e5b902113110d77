//! Tokens → lines.

use super::Token;
use super::pieces::{CLAUSE, FURTHER, WIDTH, display_width, pieces, shown};

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
        // Indented comments right below a statement still belong to it.
        let mut below = !self.done.is_empty();
        let mut blank = false;
        for line in lines {
            let indented = line.starts_with([' ', '\t']);
            let line = line.trim_matches(['\u{FEFF}', ' ', '\t', '\r']);
            if line.is_empty() {
                (blank, below) = (true, false);
                continue;
            }
            if blank && !self.done.is_empty() {
                self.done.push(String::new());
            }
            blank = false;
            below &= indented;
            self.done
                .push(format!("{}{line}", if below { CLAUSE } else { "" }));
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
        let width = display_width(&shown(tokens)) + 1;
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
        let pieces = pieces(tokens);
        for (at, piece) in pieces.iter().enumerate() {
            if let [Token::Comment { text, own_line }] = *piece.tokens {
                self.write_comment(text, own_line, at == 0 || at + 1 == pieces.len());
                continue;
            }
            let text = shown(piece.tokens);
            let full = display_width(&self.open) + 1 + display_width(&text) > WIDTH;
            if self.comment.is_some() || piece.begins_line || (full && at > 0) {
                self.close();
            }
            if self.open.is_empty() {
                self.open.push_str(if piece.begins_line {
                    FURTHER
                } else {
                    self.indent
                });
                self.indent = FURTHER;
            } else if !self.open.ends_with(' ') {
                self.open.push(' ');
            }
            self.open.push_str(&text);
        }
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

fn starts_with_comment(tokens: &[Token<'_>]) -> bool {
    matches!(tokens.first(), Some(Token::Comment { .. }))
}
