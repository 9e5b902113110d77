use proptest::prelude::*;

use super::*;
use crate::source::FileId;

const POLICY: &str = "\
ban term 白皮书 effective 2018-04-17
  id T２
  where titel has \"ＩＣＯ\"
";

fn span(text: &str, piece: &str) -> Span {
    let start = text.find(piece).unwrap();
    Span {
        file: FileId(0),
        start: start as u32,
        end: (start + piece.len()) as u32,
    }
}

fn draw(diagnostic: Diagnostic, text: &str) -> String {
    let sources = Sources::from_texts([("spam.policy", text)]);
    super::text(&[diagnostic], &sources, false)
}

#[test]
fn underlines_a_word_and_says_how_to_mend_it() {
    let message = "this record has no field `titel`";
    let diagnostic = Diagnostic::new(Code::UnknownField, span(POLICY, "titel"), message)
        .label("did you mean `title`?")
        .help("standard fields are listed in the reference");
    insta::assert_snapshot!(draw(diagnostic, POLICY), @r#"
    error[unknown-field]: this record has no field `titel`
     --> spam.policy:3:9
      |
    3 |   where titel has "ＩＣＯ"
      |         ^^^^^ did you mean `title`?
      |
      = help: standard fields are listed in the reference
    "#);
}

#[test]
fn underlines_wide_text_to_its_width() {
    let diagnostic = Diagnostic::new(
        Code::UnknownName,
        span(POLICY, "白皮书"),
        "no term `白皮书`",
    )
    .label("白皮书 is not defined")
    .related(span(POLICY, "\"ＩＣＯ\""), "full-width letters");
    insta::assert_snapshot!(draw(diagnostic, POLICY), @r#"
    error[unknown-name]: no term `白皮书`
     --> spam.policy:1:10
      |
    1 | ban term 白皮书 effective 2018-04-17
      |          ^^^^^^ 白皮书 is not defined
    2 |   id T２
    3 |   where titel has "ＩＣＯ"
      |                   -------- full-width letters
    "#);
}

#[test]
fn points_into_other_files() {
    let sources = Sources::from_texts([("a.policy", "term A\n"), ("b.policy", "\n\nterm A\n")]);
    let second = Span {
        file: FileId(1),
        start: 7,
        end: 8,
    };
    let diagnostic = Diagnostic::new(Code::DuplicateName, second, "`A` is defined twice")
        .related(span("term A", "A"), "first here");
    insta::assert_snapshot!(super::text(&[diagnostic], &sources, false), @r"
    error[duplicate-name]: `A` is defined twice
     --> b.policy:3:6
      |
    3 | term A
      |      ^
      |
     ::: a.policy:1:6
      |
    1 | term A
      |      - first here
    ");
}

#[test]
fn draws_the_end_of_a_text() {
    let at_end = |text: &str| {
        let at = text.len() as u32;
        let span = Span {
            file: FileId(0),
            start: at,
            end: at,
        };
        let diagnostic = Diagnostic::new(Code::UnexpectedText, span, "the file ends here");
        draw(diagnostic.label("expected a name"), text)
    };
    insta::assert_snapshot!([at_end("ban"), at_end("ban\n"), at_end("")].join("---\n"), @r"
    error[unexpected-text]: the file ends here
     --> spam.policy:1:4
      |
    1 | ban
      |    ^ expected a name

    ---
    error[unexpected-text]: the file ends here
     --> spam.policy:2:1
      |
    2 |
      | ^ expected a name

    ---
    error[unexpected-text]: the file ends here
     --> spam.policy:1:1
      |
    1 |
      | ^ expected a name
    ");
}

#[test]
fn writes_json_with_places() {
    let sources = Sources::from_texts([("spam.policy", POLICY)]);
    let whole = Diagnostic::new(Code::TooLarge, Span::default(), "too large");
    let diagnostic = Diagnostic::new(Code::UnknownName, span(POLICY, "effective"), "no \"x\"")
        .label("here")
        .related(span(POLICY, "T２"), "and here")
        .help("write another");
    insta::assert_snapshot!(super::json(&[diagnostic, whole], &sources), @r#"
    {"code":"unknown-name","severity":"error","message":"no \"x\"","file":"spam.policy","start":{"line":1,"column":14,"offset":19},"end":{"line":1,"column":23,"offset":28},"label":"here","related":[{"file":"spam.policy","start":{"line":2,"column":6,"offset":45},"end":{"line":2,"column":8,"offset":49},"message":"and here"}],"help":"write another"}
    {"code":"too-large","severity":"error","message":"too large","label":null,"related":[],"help":null}
    "#);
}

#[test]
fn counts_in_words() {
    let error = Diagnostic::new(Code::UnknownName, Span::default(), "x");
    let warning = Diagnostic::new(Code::UntestedRule, Span::default(), "x");
    let both = [error.clone(), error, warning.clone()];
    assert_eq!(summary(&both, 3), "2 errors, 1 warning in 3 files");
    assert_eq!(summary(&[warning], 1), "1 warning in 1 file");
    assert_eq!(summary(&[], 1), "no errors in 1 file");
}

#[test]
fn shows_what_would_act_on_a_terminal() {
    assert_eq!(visible("白皮书 I.C.O é 👨‍👩‍👧"), "白皮书 I.C.O é 👨‍👩‍👧");
    assert_eq!(
        visible("a\u{1b}[31m\n\u{9b}2J\u{202e}x\u{200b}"),
        "a\\u{1b}[31m\\n\\u{9b}2J\\u{202e}x\\u{200b}"
    );
}

proptest! {
    #[test]
    fn no_span_panics_and_no_control_character_passes(
        text in "[ -~\n\r\t\u{1b}\u{9b}白ＩÀ👩]{0,40}",
        spans in proptest::collection::vec((0_u32..120, 0_u32..120, 0_u32..2), 1..4),
    ) {
        let spans: Vec<Span> = spans
            .into_iter()
            .map(|(start, end, file)| Span { file: FileId(file), start, end })
            .collect();
        let mut diagnostic = Diagnostic::new(Code::UnexpectedText, spans[0], text.clone()).help(text.clone());
        for span in &spans[1..] {
            diagnostic = diagnostic.related(*span, text.clone());
        }
        let sources = Sources::from_texts([("a.policy", text)]);
        let drawn = super::text(std::slice::from_ref(&diagnostic), &sources, false);
        prop_assert!(!drawn.contains(|c: char| c.is_control() && c != '\n'), "{drawn:?}");
        super::json(&[diagnostic], &sources);
    }
}
