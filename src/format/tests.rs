use super::*;
use crate::parse::parse;

fn formatted(text: &str) -> String {
    let sources = Sources::from_texts([("x.policy", text)]);
    let source = &sources.files()[0];
    let (file, diagnostics) = parse(source);
    assert!(diagnostics.is_empty(), "{diagnostics:?}\n{text}");
    format(&file, source)
}

#[test]
fn one_layout_for_every_way_to_write() {
    let once = formatted(
        "# top\n\n\nban   category x\n   effective 2018-04-17\n\n   announced 2018-04-10 # why\n  id T2\n # own line\n  on a ,b\n   where ( mentions ICO,X\n and title is \"q\" )   # tail\n\n# bottom\n",
    );
    insta::assert_snapshot!(once, @r#"
    # top

    ban category x effective 2018-04-17 announced 2018-04-10  # why
      id T2
      # own line
      on a, b
      where (mentions ICO, X and title is "q")  # tail

    # bottom
    "#);
    assert_eq!(formatted(&once), once);
}

#[test]
fn what_is_between_statements_stays() {
    for text in [
        "",
        "# only a comment\n",
        "list a\n  values x\n\n# c\n\nlist b\n  values y\n",
        "list a\n  values x\nlist b\n  values y\n",
        "list a\n  values x\n  # still a\n# not a\n\n# b\nlist b\n  values y\n",
    ] {
        assert_eq!(formatted(text), text);
    }
}

#[test]
fn long_lines_are_continued() {
    let values: Vec<String> = (0..40).map(|number| format!("value-{number}")).collect();
    let once = formatted(&format!("list a\n  values {}\n", values.join(", ")));
    assert!(
        once.lines().count() > 3 && once.lines().all(|line| line.len() <= WIDTH_OF_TEST),
        "{once}"
    );
    assert_eq!(formatted(&once), once);
}

#[test]
fn long_conditions_break_before_their_outermost_connectives() {
    let once = formatted(
        "category a\n  where mentions some-long-term-name or (mentions another-long-name and mentions yet-another) or mentions any of some-third-name, some-fourth-name\n",
    );
    insta::assert_snapshot!(once, @r"
    category a
      where mentions some-long-term-name
          or (mentions another-long-name and mentions yet-another)
          or mentions any of some-third-name, some-fourth-name
    ");
    assert_eq!(formatted(&once), once);
}

const WIDTH_OF_TEST: usize = 100;
