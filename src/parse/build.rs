//! pest's pairs → the tree. The grammar guarantees the shapes; what it leaves open (escapes, dates,
//! numbers, `and` beside `or`) is read here.

mod clauses;
mod conditions;
mod times;

use pest::iterators::{Pair, Pairs};

use super::{Rule, Slice};
use crate::ast::*;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Builds one statement; reports what is wrong inside it.
pub(super) fn statement(
    mut pairs: Pairs<'_, Rule>,
    slice: Slice<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Statement> {
    let mut builder = Builder { slice, diagnostics };
    let mut inner = pairs.next()?.into_inner();
    let head_pair = inner.next()?;
    let head_span = builder.span(&head_pair);
    let head = builder.head(head_pair)?;
    let mut clauses = Vec::new();
    for pair in inner.filter(|pair| pair.as_rule() != Rule::EOI) {
        let span = builder.span(&pair);
        clauses.extend(builder.clause(pair).map(|kind| Clause { span, kind }));
    }
    let end = clauses.last().map_or(head_span, |clause| clause.span);
    Some(Statement {
        span: head_span.to(end),
        head_span,
        head,
        clauses,
    })
}

struct Builder<'a, 'd> {
    slice: Slice<'a>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Builder<'_, '_> {
    fn head(&mut self, pair: Pair<'_, Rule>) -> Option<Head> {
        let rule = pair.as_rule();
        let mut inner = content(pair).into_iter();
        let head = match rule {
            Rule::head_policy => Head::Policy(self.label(inner.next()?)?),
            Rule::head_source => {
                let (name, kind) = (self.label(inner.next()?)?, source_kind(&inner.next()?)?);
                Head::Source(name, kind, self.text(inner.next()?)?)
            }
            Rule::head_law => Head::Law(self.label(inner.next()?)?, self.text(inner.next()?)?),
            Rule::head_claim => Head::Claim(self.label(inner.next()?)?, self.text(inner.next()?)?),
            Rule::head_terms => Head::Terms(self.label(inner.next()?)?),
            Rule::head_term => Head::Term(self.label(inner.next()?)?),
            Rule::head_category => Head::Category(self.label(inner.next()?)?),
            Rule::head_group => {
                let name = self.label(inner.next()?)?;
                let platforms = inner
                    .next()
                    .is_some_and(|party| party.as_str() == "platforms");
                Head::Group(
                    name,
                    if platforms {
                        Party::Platforms
                    } else {
                        Party::Sellers
                    },
                )
            }
            Rule::head_list => Head::List(self.label(inner.next()?)?),
            Rule::head_field => {
                let path = self.path(&inner.next()?);
                Head::Field(path, FieldType::from_word(inner.next()?.as_str())?)
            }
            Rule::head_event => Head::Event(self.label(inner.next()?)?),
            Rule::head_calendar => {
                let name = self.label(inner.next()?)?;
                let windows = inner.filter_map(|window| self.window(window));
                Head::Calendar(name, windows.collect())
            }
            Rule::head_rule => Head::Rule(verdict(&inner.next()?)?, self.subject(inner.next()?)?),
            Rule::head_exception => {
                let name = self.label(inner.next()?)?;
                Head::Exception(name, inner.filter_map(|of| self.rule_ref(of)).collect())
            }
            Rule::head_extend => {
                Head::Extend(self.rule_ref(inner.next()?)?, self.subject(inner.next()?)?)
            }
            Rule::head_amend => Head::Amend(self.rule_ref(inner.next()?)?),
            Rule::head_repeal => Head::Repeal(self.rule_ref(inner.next()?)?),
            Rule::head_suspend => Head::Suspend(self.rule_ref(inner.next()?)?),
            Rule::head_reaffirm => Head::Reaffirm(self.rule_ref(inner.next()?)?),
            Rule::head_test => Head::Test(self.label(inner.next()?)?),
            _ => return None,
        };
        Some(head)
    }

    fn subject(&mut self, pair: Pair<'_, Rule>) -> Option<Subject> {
        let subject = pair.into_inner().next()?;
        let (rule, span) = (subject.as_rule(), self.span(&subject));
        let name = content(subject)
            .into_iter()
            .next()
            .and_then(|label| self.label(label));
        Some(match rule {
            Rule::subject_exactly => Subject::Exactly(name?),
            Rule::subject_category => Subject::Category(name?),
            Rule::subject_term => Subject::Term(name?),
            Rule::subject_seller => Subject::Seller(name?),
            _ => Subject::Anything(span),
        })
    }

    // ------------------------------------------------------------------------------- tokens

    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        self.slice
            .span(span.start(), span.start() + content_len(span.as_str()))
    }

    fn spanned<T>(&self, pair: &Pair<'_, Rule>, value: T) -> Spanned<T> {
        Spanned {
            value,
            span: self.span(pair),
        }
    }

    /// A name, a value or an id: bare, or in quotes.
    fn label(&mut self, pair: Pair<'_, Rule>) -> Option<Name> {
        let inner = match pair.as_rule() {
            Rule::label | Rule::word | Rule::rule_ref | Rule::fold_name => {
                pair.into_inner().next()?
            }
            _ => pair,
        };
        match inner.as_rule() {
            Rule::text => self.text(inner),
            _ => Some(self.spanned(&inner, inner.as_str().to_owned())),
        }
    }

    fn labels(&mut self, pair: Pair<'_, Rule>) -> Vec<Name> {
        pair.into_inner()
            .filter_map(|one| self.label(one))
            .collect()
    }

    fn rule_ref(&mut self, pair: Pair<'_, Rule>) -> Option<RuleRef> {
        self.label(pair)
    }

    /// A field; `_` and `-` are alike, as in items.
    fn path(&mut self, pair: &Pair<'_, Rule>) -> Path {
        self.spanned(pair, pair.as_str().replace('_', "-"))
    }

    fn text(&mut self, pair: Pair<'_, Rule>) -> Option<Text> {
        let span = self.span(&pair);
        let inner = pair.into_inner().next()?;
        let start = inner.as_span().start();
        let value = self.unescape(inner.as_str(), start)?;
        Some(Spanned { value, span })
    }

    fn unescape(&mut self, raw: &str, start: usize) -> Option<String> {
        let mut value = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = rest.find('\\') {
            value.push_str(&rest[..at]);
            let escape = &rest[at + 1..];
            let (c, len) = match escape.chars().next() {
                Some(c @ ('"' | '\\')) => (c, 1),
                Some('n') => ('\n', 1),
                Some('u') if let Some(found) = unicode_escape(escape) => found,
                other => {
                    let from = start + (raw.len() - rest.len()) + at;
                    self.bad_escape(from, from + 1 + other.map_or(0, char::len_utf8));
                    return None;
                }
            };
            value.push(c);
            rest = &escape[len..];
        }
        value.push_str(rest);
        Some(value)
    }

    fn bad_escape(&mut self, start: usize, end: usize) {
        let shown = &self.slice.text[start..end];
        let message = format!("`{shown}` is not an escape");
        self.diagnostics.push(
            Diagnostic::new(Code::BadEscape, self.slice.span(start, end), message)
                .help("in quotes, `\\\"` is a quotation mark, `\\\\` a backslash, `\\n` a new line, `\\u{767D}` a character by its number"),
        );
    }

    fn count(&mut self, pair: &Pair<'_, Rule>) -> Option<Count> {
        let number = pair.as_str().parse().ok();
        if number.is_none() {
            self.bad_number(pair, "a whole number from 0 to 4294967295");
        }
        number.map(|number| self.spanned(pair, number))
    }

    fn bad_number(&mut self, pair: &Pair<'_, Rule>, expected: &str) {
        let message = format!("`{}` is not {expected}", pair.as_str());
        let diagnostic = Diagnostic::new(Code::BadNumber, self.span(pair), message);
        self.diagnostics
            .push(diagnostic.help("write it in digits, without signs between them"));
    }
}

/// The parts of a pair that are not keywords, but for those that carry meaning of their own.
fn content(pair: Pair<'_, Rule>) -> Vec<Pair<'_, Rule>> {
    pair.into_inner()
        .filter(|pair| !is_keyword(pair.as_rule()))
        .collect()
}

fn is_keyword(rule: Rule) -> bool {
    format!("{rule:?}").starts_with("kw_")
}

fn has(pair: &Pair<'_, Rule>, keyword: Rule) -> bool {
    pair.clone()
        .into_inner()
        .any(|inner| inner.as_rule() == keyword)
}

fn verdict(pair: &Pair<'_, Rule>) -> Option<Verdict> {
    Verdict::from_word(pair.as_str().trim())
}

fn source_kind(pair: &Pair<'_, Rule>) -> Option<SourceKind> {
    let kinds = [
        SourceKind::Official,
        SourceKind::Press,
        SourceKind::Statement,
    ];
    kinds
        .into_iter()
        .find(|kind| kind.word() == pair.as_str().trim())
}

/// How long a text is without the blanks and comments at its end, which pest counts to a rule.
fn content_len(text: &str) -> usize {
    let (mut len, mut quoted, mut escaped, mut comment) = (0, false, false, false);
    for (at, c) in text.char_indices() {
        match c {
            '\n' => comment = false,
            _ if comment => {}
            '#' if !quoted => comment = true,
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = quoted && c == '\\' && !escaped;
        if !comment && !c.is_whitespace() {
            len = at + c.len_utf8();
        }
    }
    len
}

/// `u{767D}` → the character and how many bytes the escape takes.
fn unicode_escape(rest: &str) -> Option<(char, usize)> {
    let end = rest.find('}')?;
    let digits = rest.strip_prefix("u{")?.get(..end.checked_sub(2)?)?;
    let code = u32::from_str_radix(digits, 16)
        .ok()
        .filter(|_| digits.len() <= 6)?;
    Some((char::from_u32(code)?, end + 1))
}
