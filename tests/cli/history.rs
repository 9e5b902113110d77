//! `show` and `history`.

use insta::assert_snapshot;

use crate::Folder;

const AMENDED: &str = "\
policy market
  zone Asia/Shanghai
  on taobao

source notice official \"Notice\"
source change official \"Notice of a change\"

ban category coins effective 2018-02-01 announced 2018-01-20
  id T1
  where price.amount over 10
  except category books
  from notice clause \"3\"
  penalty serious 12 points

amend T1 effective 2018-05-01 announced 2018-04-20
  via listing, shop
  penalty grave 48 points
  from change quote \"shops as well\"

suspend T1 effective 2018-06-01 through 2018-06-30

reaffirm T1 effective 2018-08-01

extend T1 with category tokens effective 2018-07-01
  id T2

exception fair to T1 effective 2018-05-10 through 2018-05-20
  when seller.name is \"Coin Fair\"

ban category coins effective 2019-01-01
  id T3
  supersedes T1
";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("market/market.policy", AMENDED);
    folder
}

#[test]
fn show_prints_the_text_in_force_with_its_acts() {
    assert_snapshot!(folder().run("show market --at 2018-05-10"));
}

#[test]
fn show_says_why_a_rule_is_not_in_force() {
    assert_snapshot!(folder().run("show market --at 2019-01-01"));
}

#[test]
fn show_prints_one_rule_with_its_exceptions() {
    assert_snapshot!(folder().run("show market --at 2018-05-10T12:00 --rule T1"));
}

#[test]
fn show_lets_an_extension_stand_by_itself() {
    assert_snapshot!(folder().run("show market --at 2018-07-01 --rule T2"));
}

#[test]
fn show_prints_an_exception_as_acts_have_it() {
    let folder = Folder::new();
    folder.write(
        "market.policy",
        "\
ban category coins effective 2018-02-01
  id T1

exception fair to T1 effective 2018-03-01
  when seller.name is \"Coin Fair\"

exception fakes to fair
  when brand is \"Fake\"

amend fair effective 2018-05-01
  when seller.name is \"Old Coin Fair\"
",
    );
    assert_snapshot!(folder.run("show market.policy --at 2018-05-10"));
}

#[test]
fn show_writes_json_for_programs() {
    let ran = folder().run("show market --at 2018-06-15 --rule market/T1 --format json");
    let found = ran.json();
    assert_eq!(found[0]["at"], "2018-06-15T00:00:00+08:00");
    assert_eq!(found[0]["in_force"], false, "{ran}");
    let ran = folder().run("show market --at 2018-05-10T00:00:00Z --format json");
    assert_eq!(ran.json()[0]["file"], "market.policy", "{ran}");
}

#[test]
fn what_show_prints_is_policy_in_its_canonical_layout() {
    let folder = folder();
    let shown = folder
        .run("show market --at 2018-05-10 --format json")
        .json();
    folder.write(
        "again/market.policy",
        shown[0]["text"].as_str().expect("a text"),
    );
    assert_eq!(folder.run("fmt --check again").code, Some(0));
    let again = folder.run("show again --at 2018-05-10 --format json");
    assert_eq!(again.code, Some(0), "{again}");
}

#[test]
fn show_needs_an_offset_where_there_are_several_zones() {
    let folder = folder();
    folder.write(
        "market/state.policy",
        "ban category arms effective 2018-01-01\n",
    );
    assert_snapshot!(folder.run("show market --at 2018-05-10"));
    assert_eq!(
        folder.run("show market --at 2018-05-10T00:00Z").code,
        Some(0)
    );
}

#[test]
fn history_lists_the_life_of_a_rule() {
    assert_snapshot!(folder().run("history T1 market"));
}

#[test]
fn history_writes_json_for_programs() {
    let ran = folder().run("history market/T1 market --format json");
    let found = ran.json();
    let events = found[0]["events"].as_array().expect("events");
    let words: Vec<&str> = events
        .iter()
        .filter_map(|one| one["event"].as_str())
        .collect();
    assert_eq!(
        words,
        [
            "announced",
            "effective",
            "amended",
            "excepted",
            "suspended",
            "resumed",
            "extended",
            "reaffirmed",
            "superseded"
        ],
        "{ran}"
    );
    assert_eq!(events[2]["at"], "2018-05-01T00:00:00+08:00");
    assert_eq!(events[2]["clauses"], serde_json::json!(["via", "penalty"]));
    assert_eq!(events[2]["sources"], serde_json::json!(["change"]));
    assert_eq!(events[8]["by"], "market/T3");
}

#[test]
fn history_suggests_the_nearest_id() {
    assert_snapshot!(folder().run("history T11 market"));
}
