//! The parser reads any text and the compiler takes any files; neither panics, and what parses is
//! the same tree after it was formatted.

mod support;

use std::sync::LazyLock;

use interdict::ast::File;
use interdict::diagnostic::{Code, has_errors};
use interdict::source::Sources;
use interdict::vocabulary::{HEADS, all_clauses};
use interdict::{build, format, parse};
use support::Random;

/// Words within clauses, signs, names, and things that are none.
const PIECES: &[&str] = &[
    "for not members of",
    "comply through",
    "means",
    "points",
    "for",
    "days",
    "leaves gap",
    "words",
    "of",
    "by",
    "needs",
    "and",
    "or",
    "not",
    "mentions",
    "any of",
    "disguised",
    "exact",
    "is",
    "has",
    "known",
    "member of",
    "one of",
    "over",
    "below",
    "at least",
    "after",
    "anything",
    "seller",
    "exactly",
    "official",
    "number",
    "text",
    "yes-no",
    "sellers",
    "a",
    "b",
    "T1",
    "x/T1",
    "price.amount",
    "seller.name",
    "platform",
    "created",
    "ICO",
    "代币",
    "2018-04-17",
    "2018-04",
    "2018-02-30",
    "2018-04-17T12:00",
    "2018-04-17T24:00+08:00",
    "12",
    "-1.5",
    "1e9",
    "0",
    "Asia/Shanghai",
    "\"text\"",
    "\"\"",
    "\"\\n\\u{767D}\"",
    "\"\\q\"",
    "\"open",
    "strict",
    ",",
    ",",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ":",
    "#",
    "# note\n",
    "\n",
    "\n",
    "\n  ",
    "\n  ",
    "\t",
    "，",
    "“",
    "\u{3000}",
    "\u{0}",
    "\r\n",
    "\u{FEFF}",
    "\u{200B}",
    "\u{2028}",
    "é",
    "🎉",
    "\\",
    "/",
    "-",
    "_",
    ".",
    "ban category c effective 2018-04-17\n  ",
];

/// Words and signs of the language, and things that are none.
static TOKENS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let words = HEADS.into_iter().chain(all_clauses());
    words.chain(PIECES.iter().copied()).collect()
});

fn soup(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..random.below(24) {
        text += random.pick(&TOKENS);
        text += random.pick(&[" ", " ", " ", "", "\n", "\n  "]);
    }
    text
}

fn noise(random: &mut Random) -> String {
    let count = random.below(40);
    let wild = random.once_in(2);
    let chars = (0..count).map(|_| {
        let limit = if wild { 0x11_0000 } else { 0x180 };
        let number = u32::try_from(random.below(limit)).unwrap_or(0);
        char::from_u32(number).unwrap_or('\u{FFFD}')
    });
    chars.collect()
}

/// A few statements of a real policy, with a few places changed.
fn mutated(random: &mut Random, statements: &[String]) -> String {
    let picked: Vec<&str> = (0..=random.below(2))
        .map(|_| statements[random.below(statements.len())].as_str())
        .collect();
    let mut chars: Vec<char> = picked.concat().chars().collect();
    for _ in 0..random.below(4) {
        let at = random.below(chars.len());
        match random.below(5) {
            0 => drop(chars.drain(at..(at + random.below(12)).min(chars.len()))),
            1 => {
                let piece: Vec<char> = random.pick(&TOKENS).chars().collect();
                chars.splice(at..at, piece);
            }
            2 => {
                let from = random.below(chars.len());
                let piece: Vec<char> = chars[from..].iter().copied().take(20).collect();
                chars.splice(at..at, piece);
            }
            3 if at < chars.len() => {
                chars[at] = random.pick(&['"', '\n', '(', ' ', '#', '\\', '白', '\u{0}'])
            }
            _ => chars.truncate(at.max(1)),
        }
        if chars.is_empty() {
            break;
        }
    }
    chars.into_iter().collect()
}

/// The statements of every policy that the repository holds.
fn statements() -> Vec<String> {
    let mut statements = Vec::new();
    for text in support::corpus() {
        for line in text.split_inclusive('\n') {
            match line.chars().next() {
                Some(c) if !c.is_whitespace() || statements.is_empty() => {
                    statements.push(line.to_owned())
                }
                _ => statements.last_mut().expect("a statement").push_str(line),
            }
        }
    }
    statements.retain(|one| one.len() < 250);
    statements
}

/// A tree without its places.
fn shape(file: &File) -> String {
    let shown = format!("{:?}", file.statements);
    let mut out = String::with_capacity(shown.len());
    let mut rest = shown.as_str();
    while let Some(at) = rest.find("Span { file") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = &rest[rest.find('}').map_or(rest.len(), |end| end + 1)..];
    }
    out + rest
}

/// Parses; if that went well, formats, and the tree is the same. Whether it did.
fn parses(text: &str) -> bool {
    let sources = Sources::from_texts([("x.policy", text)]);
    let source = &sources.files()[0];
    let text = source.text.as_str();
    let (file, diagnostics) = parse::parse(source);
    for one in &diagnostics {
        let (start, end) = (one.span.start as usize, one.span.end as usize);
        assert!(
            start <= end && text.get(start..end).is_some(),
            "{one:?} lies outside {text:?}"
        );
    }
    if has_errors(&diagnostics) {
        return false;
    }
    let once = format::format(&file, source);
    let again = Sources::from_texts([("x.policy", once.as_str())]);
    let (formatted, diagnostics) = parse::parse(&again.files()[0]);
    assert!(
        !has_errors(&diagnostics),
        "{text:?} is formatted as\n{once:?}:\n{diagnostics:?}"
    );
    assert_eq!(
        shape(&file),
        shape(&formatted),
        "{text:?} is formatted as {once:?}"
    );
    assert_eq!(
        format::format(&formatted, &again.files()[0]),
        once,
        "{text:?} formatted twice"
    );
    true
}

/// Runs a share of the rounds on each of a few threads.
fn rounds(count: usize, run: impl Fn(&mut Random) -> bool + Send + Sync) -> usize {
    let run = &run;
    std::thread::scope(|scope| {
        let threads = (0..4).map(|seed| {
            scope.spawn(move || {
                let mut random = Random(seed);
                (0..count / 4).filter(|_| run(&mut random)).count()
            })
        });
        let threads: Vec<_> = threads.collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .sum()
    })
}

#[test]
fn no_text_makes_the_parser_panic() {
    let statements = statements();
    let good = rounds(100_000, |random| {
        let text = match random.below(4) {
            0 => soup(random),
            1 => noise(random),
            _ => mutated(random, &statements),
        };
        parses(&text)
    });
    assert!(good > 2_000, "only {good} texts parsed");
}

#[test]
fn no_text_makes_the_compiler_panic() {
    let statements = statements();
    rounds(2_000, |random| {
        let count = 1 + random.below(12);
        let text: String = (0..count)
            .map(|_| mutated(random, &statements) + "\n")
            .collect();
        build(&Sources::from_texts([
            ("a.policy", text),
            ("b.policy", soup(random)),
        ]))
        .0
        .is_some()
    });
}

#[test]
fn nesting_is_refused_before_it_hurts() {
    for (open, close) in [
        ("(", ")"),
        ("not ", ""),
        ("{ a ", " }"),
        ("[", "]"),
        ("(not ", ")"),
        ("{a[", "]}"),
    ] {
        for depth in [63, 64, 65, 1_000, 100_000] {
            let inner = format!("{}title is x{}", open.repeat(depth), close.repeat(depth));
            parses(&format!("ban anything effective 2018-04-17 where {inner}"));
            parses(&format!(
                "ban anything effective 2018-04-17 example ban {inner}"
            ));
            parses(&inner);
        }
    }
    let deep = format!(
        "review anything effective 2018-04-17 where {}",
        "(".repeat(80)
    );
    let (_, found) = parse::parse(&Sources::from_texts([("x.policy", deep)]).files()[0]);
    assert!(found.iter().any(|one| one.code == Code::NestedTooDeeply));
}

#[test]
fn odd_texts_are_read() {
    let long = "x".repeat(1 << 20);
    let many = (0..20_000)
        .map(|number| format!("v{number}"))
        .collect::<Vec<_>>()
        .join(", ");
    let conditions = vec!["title is x"; 5_000].join(" and ");
    for text in [
        "",
        "\u{FEFF}",
        "\u{FEFF}\u{FEFF}list a\n  values x",
        "\r\n\r\nlist a\r\n  values x\r\n",
        "list a\r  values x\r",
        "\u{0}\u{0}",
        "list a values \u{0}",
        "#",
        "\"",
        "list a values \"\\",
        "list a values \"x\"#",
        "list a\n  values x # \u{3000}\u{A0}",
        "list a\n\u{B}  values x",
        "list a\n\u{2028}values x",
        "}\n)\n]\n",
        &format!("term {long}\n  also \"{long}\""),
        &format!("list a\n  values {many}"),
        &format!("ban anything effective 2018-04-17 where {conditions}"),
        &format!("# {long}\n"),
        &"list a values x\n".repeat(2_000),
    ] {
        parses(text);
    }
}

/// Definitions that rest on one another, so many deep: the compiler refuses or compiles them.
fn chains(count: usize) {
    let within: String = (1..count)
        .map(|at| format!("category c{at} within c{}\n", at - 1))
        .collect();
    let asked: String = (1..count)
        .map(|at| format!("category c{at} where category is c{}\n", at - 1))
        .collect();
    let lifted = |at: usize| {
        if at == 1 {
            "R".to_owned()
        } else {
            format!("e{}", at - 1)
        }
    };
    let exceptions =
        (1..count).map(|at| format!("exception e{at} to {} when title is x\n", lifted(at)));
    let rule = format!("ban category c{} effective 2018-04-17 id R\n", count - 1);
    for chain in [within, asked, exceptions.collect()] {
        build(&Sources::from_texts([("x.policy", chain + &rule)]));
    }
}

#[test]
fn chains_end() {
    chains(200);
}

#[test]
fn long_chains_end() {
    chains(2_000);
}
