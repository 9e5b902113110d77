//! `explain`.

use insta::assert_snapshot;

use crate::{Folder, Ran};

const RULES: &str = r#"policy market
  title "What the market does not sell"
  zone Asia/Shanghai
  on taobao

source notice official "Notice on prohibited items"
  dated 2018-04-10

law CN-ICO-2017 "Announcement on token offerings"
  in CN

term ICO
  also "首次代币发行"
  unless near "favicon"

term white-paper
  also "白皮书"

term invented-teams
  also "可包装"

category books
  where mentions any of "图书", "textbook"

category ICO-services
  where mentions ICO and (mentions white-paper or mentions "顾问" or category is advice)

category advice
  where mentions any of "咨询", "方案"

ban category ICO-services effective 2018-04-17 announced 2018-04-10
  id T2
  except category books
  under CN-ICO-2017
  from notice clause "4" quote "为ICO…提供的衍生服务"
  penalty serious 12 points
  message en "Services for initial coin offerings are not allowed."
  example ban "I.C.O 白皮书"

ban category ICO-services effective 2018-04-17
  id T7
  where mentions invented-teams
  from notice
  penalty grave 48 points

review anything effective 2018-04-17
  id T9
  where price.amount over 100 and mentions white-paper
  from notice

ban term invented-teams effective 2018-04-17
  id T8
  for members of pledged
  except category fiction
  from notice

ban term ICO effective 2018-04-17
  id elsewhere
  on tmall, alibaba.com
  from notice

group pledged
  members "链上文案" since 2018-01-01

term coin-ads
  also "coin ads"

restrict term coin-ads effective 2018-06-26
  id G1
  on facebook
  to seller.licences has crypto-permission
  from notice
"#;

fn market() -> Folder {
    let folder = Folder::new();
    folder.write("market.policy", RULES);
    folder
}

/// Explains an item at an instant of 18 April 2018, unless the arguments say another.
fn explain(item: &str, arguments: &str) -> Ran {
    let at = match arguments.contains("--at") {
        true => "",
        false => " --at 2018-04-18T12:00:00+08:00",
    };
    let arguments = format!("explain market.policy -{at} {arguments}");
    market().run_with(arguments.trim_end(), item)
}

/// Without the content id, which every change of the format changes.
fn without_id(ran: &Ran) -> String {
    let shown = ran.to_string();
    let mut words = shown.split(|c: char| !c.is_ascii_hexdigit());
    let id = words.find(|word| word.len() == 64);
    shown.replace(id.expect("a content id"), "…")
}

const FOUNDING: &str = r#"{"platform": "taobao", "title": "I.CO. 白皮书 写作"}"#;

#[test]
fn explain_says_what_fired_and_on_what_evidence() {
    assert_snapshot!(explain(FOUNDING, ""));
}

#[test]
fn explain_writes_markdown() {
    assert_snapshot!(without_id(&explain(FOUNDING, "--format markdown")));
}

#[test]
fn explain_writes_json() {
    let ran = explain(FOUNDING, "--format json");
    assert!(ran.json_whole()["matcher"].is_string());
    assert_snapshot!(without_id(&ran));
}

#[test]
fn explain_says_which_exception_lifts_a_rule() {
    let item = r#"{"platform": "taobao", "title": "ICO 白皮书 图书"}"#;
    assert_snapshot!(explain(item, ""));
}

#[test]
fn explain_says_what_is_unknown_and_what_would_settle_it() {
    let item = r#"{"platform": "taobao", "title": "可包装", "seller": {"name": "链上文案"}}"#;
    assert_snapshot!(explain(item, ""));
}

#[test]
fn explain_shows_what_is_announced() {
    assert_snapshot!(explain(FOUNDING, "--at 2018-04-12T09:30:00+08:00"));
}

#[test]
fn explain_says_how_near_an_item_came() {
    let item = r#"{"platform": "taobao", "title": "白皮书 写作", "price": {"amount": 19.9}, "colour": "green"}"#;
    assert_snapshot!(explain(item, ""));
}

#[test]
fn explain_tells_amended_and_old_texts_apart() {
    let folder = Folder::new();
    folder.write("shop.policy", AMENDED);
    let item = r#"{"title": "ICO", "price.amount": 20, "created": "2018-04-30"}"#;
    let now = folder.run_with("explain shop.policy - --at 2018-06-01", item);
    let before = folder.run_with("explain shop.policy - --at 2018-04-20 --rule T1", item);
    assert_snapshot!(format!("{now}\n{before}"));
}

const AMENDED: &str = r#"policy shop
  zone Asia/Shanghai

source notice official "Notice"
  dated 2018-04-10

source second official "Second notice"
  dated 2018-05-01

term ICO

ban term ICO effective 2018-04-17
  id T1
  where price.amount over 100
  from notice

amend T1 effective 2018-05-01
  where price.amount over 10
  from second

review term ICO effective 2018-05-01
  id T2
  items created before 2018-05-01 comply through 2018-06-30
  from notice
"#;

#[test]
fn explain_names_mentions_that_do_not_count() {
    let folder = Folder::new();
    folder.write("shop.policy", SPARING);
    let item = r#"{"title": "ICO favicon maker, STO", "description": "an ICO registration fee for a coin box"}"#;
    let ran = folder.run_with("explain shop.policy - --at 2018-04-18", item);
    assert_snapshot!(ran);
}

const SPARING: &str = r#"policy shop

term ICO
  unless near "favicon"
  except phrase "ICO registration fee"

term coin
  also "STO" since 2018-10-01

ban term ICO effective 2018-04-17

ban anything effective 2018-04-17
  id dress
  where mentions "fee" disguised

ban anything effective 2018-04-17
  id company
  where mentions "fee" within 1 words of coin

ban anything effective 2018-04-17
  id place
  where mentions "fee" in title

ban term coin effective 2018-04-17
  id phrase
  except phrase "coin box"

ban anything effective 2018-04-17
  id spelling
  where mentions coin in title
"#;

#[test]
fn explain_says_which_licence_is_missing() {
    let item =
        r#"{"platform": "facebook", "title": "coin ads", "seller": {"licences": ["press"]}}"#;
    assert_snapshot!(explain(item, "--at 2018-08-01"));
}

#[test]
fn explain_searches_for_a_verdict_that_is_named() {
    let item = r#"{"platform": "taobao", "title": "白皮书 写作", "price": {"amount": 19.9}}"#;
    let whole = explain(item, "--toward ban");
    let review = explain(item, "--toward review");
    let restrict = explain(item, "--toward restrict");
    let elsewhere = explain(FOUNDING, "--toward allow --also place");
    let changes = [whole, review, restrict, elsewhere].map(|ran| {
        let at = ran.stdout.find("What would change the verdict");
        ran.stdout[at.expect("changes")..].to_owned()
    });
    assert_snapshot!(changes.join("\n"));
}

#[test]
fn explain_cuts_down_where_no_pair_will_do() {
    let folder = Folder::new();
    let policy = "term ICO\n\nban term ICO effective 2018-04-17\n";
    folder.write("shop.policy", policy);
    let item =
        r#"{"title": "ICO tea", "description": "I-C-O, ICO", "page-text": "tea", "query": "ICO"}"#;
    assert_snapshot!(folder.run_with("explain shop.policy - --at 2018-04-18", item));
}

#[test]
fn explain_takes_one_rule_apart() {
    assert_snapshot!(explain(FOUNDING, "--rule T7"));
}

#[test]
fn explain_names_every_rule_if_asked() {
    assert_snapshot!(explain(FOUNDING, "--all"));
}

#[test]
fn explain_shows_hostile_texts_as_they_are() {
    let item = r#"{"platform": "taobao", "title": "\u001b[2J ICO \u202e 顾问 `|` <b>*x*</b>", "seller": {"name": "a`b\u200b"}}"#;
    let text = explain(item, "");
    let markdown = explain(item, "--format markdown --rule T8");
    for ran in [&text, &markdown] {
        assert!(
            !ran.stdout.contains(['\u{1b}', '\u{202e}', '\u{200b}']),
            "{ran}"
        );
    }
    assert_snapshot!(format!("{text}\n{}", without_id(&markdown)));
}

#[test]
fn explain_reads_a_line_of_a_file() {
    let folder = market();
    folder.write("items.jsonl", format!("{{}}\n\n{FOUNDING}\n"));
    let ran = folder.run("explain market.policy items.jsonl:3 --at 2018-04-18");
    assert_eq!(ran.code, Some(0));
    assert!(ran.stdout.starts_with("ban · items.jsonl:3 · "), "{ran}");
    let mut shown = String::new();
    for arguments in [
        "explain market.policy items.jsonl --at 2018-04-18",
        "explain market.policy items.jsonl:2 --at 2018-04-18",
        "explain market.policy items.jsonl:3",
        "explain market.policy items.jsonl:3 --at 2018-04-18 --rule T6",
        "explain market.policy missing.json --at 2018-04-18",
    ] {
        let ran = folder.run(arguments);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (Some(2), ""),
            "{arguments}"
        );
        shown += &format!("{arguments}\n  {}", ran.stderr);
    }
    assert_snapshot!(shown);
}
