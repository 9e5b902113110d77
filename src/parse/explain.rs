//! pest's account of a failure → the author's words.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::{Rule, Slice};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::vocabulary::{HEADS, all_clauses, clauses_of, heads_of};

/// What is wrong with a statement that the grammar refuses.
pub(super) fn syntax_error(error: &Error<Rule>, slice: Slice<'_>) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) => at,
        InputLocation::Span((start, _)) => start,
    };
    let head = slice.head_word();
    if !HEADS.contains(&head) {
        return unknown_statement(slice, head);
    }
    let (start, end) = found(slice.text, at);
    let expected = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives.as_slice(),
        ErrorVariant::CustomError { .. } => &[],
    };
    let word = &slice.text[start..end];
    // Wherever a clause may start, `announced` is among what may follow.
    if expected.contains(&Rule::kw_announced) && !word.is_empty() {
        return unknown_clause(slice, head, start, end);
    }
    if names_wanted(expected) && is_reserved(word) {
        return reserved_name(slice, start, end);
    }
    if expected.contains(&Rule::moment) && !word.is_empty() {
        let message = format!("expected a date, found `{word}`");
        return Diagnostic::new(Code::BadDate, slice.span(start, end), message).help(
            "a date is written `2018-04-17`, a month `2018-06`, an instant `2018-04-17T12:00`",
        );
    }
    unexpected(slice, expected, start, end)
}

fn unexpected(slice: Slice<'_>, expected: &[Rule], start: usize, end: usize) -> Diagnostic {
    let word = &slice.text[start..end];
    let found = match word {
        "" => "the statement ends".to_owned(),
        word if word.starts_with('"') => format!("found {word}"),
        word => format!("found `{word}`"),
    };
    let mut wanted: Vec<String> = match wants_condition(expected) {
        true => vec!["a condition".to_owned()],
        false => expected.iter().map(|&rule| words(rule)).collect(),
    };
    wanted.sort();
    wanted.dedup();
    let wanted = match wanted.split_last() {
        None => "something else".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    };
    let span = slice.span(start, end.max(start));
    Diagnostic::new(
        Code::UnexpectedText,
        span,
        format!("expected {wanted}, but {found}"),
    )
    .maybe_help(help(slice, expected, word))
}

fn help(slice: Slice<'_>, expected: &[Rule], word: &str) -> Option<String> {
    if expected.contains(&Rule::subject) {
        return Some(format!(
            "say what kind of thing it is, such as `{} category {}`",
            slice.head_word(),
            if word.is_empty() || word.starts_with('"') || is_reserved(word) {
                "NAME"
            } else {
                word
            },
        ));
    }
    if let Some(help) = operator(word).filter(|_| expected.contains(&Rule::kw_is)) {
        return Some(help);
    }
    if wants_condition(expected) && !word.is_empty() {
        let again =
            "a condition is `mentions TERM`, or a field with `is`, `has`, `over` and the like";
        return Some(match word.starts_with('"') {
            true => format!("{again}; for one of several texts write `mentions any of {word}, …`"),
            false => format!("{again}; repeat it whole after `and` or `or`"),
        });
    }
    expected
        .contains(&Rule::text)
        .then(|| "put the text in quotes: `\"…\"`".to_owned())
}

/// What the signs of other languages are called here.
fn operator(word: &str) -> Option<String> {
    let instead = match word {
        "=" => "`is`",
        "!" => "`is not`",
        ">" => "`over` or `at least`",
        "<" => "`below` or `at most`",
        "contains" | "includes" => {
            "`mentions TERM in FIELD` for a text, FIELD `has` VALUE for names"
        }
        _ => return None,
    };
    Some(format!("conditions are written in words: {instead}"))
}

fn wants_condition(expected: &[Rule]) -> bool {
    expected.contains(&Rule::kw_mentions)
}

fn unknown_statement(slice: Slice<'_>, head: &str) -> Diagnostic {
    let end = if head.is_empty() {
        found(slice.text, 0).1
    } else {
        head.len()
    };
    let word = &slice.text[..end];
    let diagnostic = Diagnostic::new(
        Code::UnknownStatement,
        slice.span(0, end),
        format!("`{word}` does not begin a statement"),
    );
    let is_clause = all_clauses().any(|words| words.split(' ').next() == Some(word));
    if is_clause {
        return diagnostic.help(format!(
            "`{word}` is a clause: indent it, so that it belongs to the statement above"
        ));
    }
    let lower = word.to_lowercase();
    if HEADS.contains(&lower.as_str()) {
        return diagnostic.help(format!("words of the language are lower case: `{lower}`"));
    }
    match nearest(&lower, HEADS) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(
            "a statement begins with a word such as `ban`, `term` or `category`; text that is no statement starts with `#`",
        ),
    }
}

fn unknown_clause(slice: Slice<'_>, head: &str, start: usize, end: usize) -> Diagnostic {
    let word = &slice.text[start..end];
    let known: Vec<&str> = clauses_of(head).collect();
    // A clause of several words is compared with as many words of the text.
    let near = known.iter().find(|clause| {
        let count = clause.split(' ').count();
        let words: Vec<&str> = slice.text[start..].split_whitespace().take(count).collect();
        nearest(&words.join(" "), [**clause]).is_some()
            || (count == 1 && nearest(word, [**clause]).is_some())
    });
    let elsewhere = all_clauses().find(|clause| clause.split(' ').next() == Some(word));
    let help = match (near, elsewhere) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, Some(clause)) if !known.contains(&clause) => {
            format!("`{clause}` belongs under {}", heads_of(clause).join(", "))
        }
        (None, Some(clause)) => {
            format!("the clause `{clause}` is not complete, or something before it is missing")
        }
        (None, None) if word == "," => {
            "several values of a condition are written `is one of A, B`".to_owned()
        }
        (None, None) => format!("`{head}` takes clauses such as {}", some(&known)),
    };
    let shown = if word.starts_with('"') {
        word.to_owned()
    } else {
        format!("`{word}`")
    };
    Diagnostic::new(
        Code::UnknownClause,
        slice.span(start, end),
        format!("{shown} does not begin a clause"),
    )
    .help(help)
}

/// The first few of many words.
fn some(words: &[&str]) -> String {
    let shown: Vec<String> = words
        .iter()
        .take(6)
        .map(|word| format!("`{word}`"))
        .collect();
    shown.join(", ")
}

fn reserved_name(slice: Slice<'_>, start: usize, end: usize) -> Diagnostic {
    let word = &slice.text[start..end];
    Diagnostic::new(
        Code::ReservedName,
        slice.span(start, end),
        format!("expected a name, but `{word}` is a word of the language"),
    )
    .help(format!(
        "if it is the name, put it in quotes: `\"{word}\"`; otherwise the name before it is missing"
    ))
}

fn names_wanted(expected: &[Rule]) -> bool {
    expected.iter().any(|rule| {
        matches!(
            rule,
            Rule::label
                | Rule::labels
                | Rule::word
                | Rule::words
                | Rule::name
                | Rule::bare_word
                | Rule::member
        )
    })
}

fn is_reserved(word: &str) -> bool {
    use pest::Parser as _;
    super::Grammar::parse(Rule::reserved, word).is_ok_and(|pairs| pairs.as_str() == word)
}

/// The token at `at`: a word, quoted text or one sign; empty at the end.
fn found(text: &str, at: usize) -> (usize, usize) {
    let at = (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    let rest = &text[at..];
    let mut start = at + (rest.len() - rest.trim_start().len());
    while text[start..].starts_with('#') {
        let line = text[start..]
            .find('\n')
            .map_or(text.len(), |end| start + end);
        start = line + (text[line..].len() - text[line..].trim_start().len());
    }
    let rest = &text[start..];
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/');
    let len = match rest.chars().next() {
        None => 0,
        Some('"') => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
        Some(c) if in_word(c) => rest.find(|c: char| !in_word(c)).unwrap_or(rest.len()),
        Some(c) => c.len_utf8(),
    };
    if len == 0 {
        let end = text.trim_end().len().min(at);
        return (end, end);
    }
    (start, start + len)
}

/// A rule of the grammar in the author's words.
fn words(rule: Rule) -> String {
    let kind = match rule {
        Rule::label | Rule::name => "a name",
        Rule::labels => "names",
        Rule::fold_names | Rule::fold_name | Rule::fold_word => "a fold",
        Rule::word | Rule::bare_word => "a value",
        Rule::words => "values",
        Rule::text => "text in quotes",
        Rule::texts => "texts in quotes",
        Rule::moment | Rule::window | Rule::window_dated => "a date",
        Rule::year_day => "a day of the year",
        Rule::window_yearly => "`yearly`",
        Rule::window_known => "`announced`",
        Rule::number => "a number",
        Rule::path => "a field",
        Rule::rule_ref | Rule::rule_path => "the id of a rule",
        Rule::expr | Rule::parens | Rule::comparison => "a condition",
        Rule::subject => "`category`, `term`, `seller` or `anything`",
        Rule::modality => "`ban`, `restrict`, `require`, `review` or `allow`",
        Rule::source_kind => "`official`, `press` or `statement`",
        Rule::party => "`sellers` or `platforms`",
        Rule::field_type => "`text`, `name`, `names`, `number`, `date` or `yes-no`",
        Rule::item => "fields in braces: `{ title \"…\" }`",
        Rule::item_value => "a value",
        Rule::item_pair => "a field and its value",
        Rule::member => "a member",
        Rule::EOI => "the end of the statement",
        Rule::is_known | Rule::is_past | Rule::is_member | Rule::is_one_of | Rule::is_value => {
            "`is`"
        }
        Rule::has_value => "`has`",
        Rule::compare_number | Rule::compare_age => "`over`, `below`, `at least`, `at most`",
        Rule::age_unit => "`days` or `hours`",
        Rule::compare_date => "`before`, `after`",
        Rule::comma => "`,`",
        Rule::close_paren => "`)`",
        Rule::close_brace => "`}`",
        Rule::close_bracket => "`]`",
        Rule::mention_in => "`in`",
        Rule::mention_near => "`within`",
        _ => "",
    };
    if !kind.is_empty() {
        return kind.to_owned();
    }
    let name = format!("{rule:?}");
    format!(
        "`{}`",
        name.strip_prefix("kw_").unwrap_or(&name).replace('_', " ")
    )
}
