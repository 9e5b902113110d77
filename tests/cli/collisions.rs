//! `collisions`, and innocent texts for `check`.

use insta::assert_snapshot;

use crate::Folder;

const ARMS: &str = r#"term gun
  also "ricin"
  fold standard, embedded
  except phrase "shotgun"

term 套现
  fold standard, sound

ban term gun effective 2018-04-17
  except when mentions 套现
  example ban "gun"
"#;

const SOLD: &str = "A gun-metal kettle\n\n外套现货，当天发\r\n有人在此 套 现\n\u{1b}[31mshotguns\n";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("arms/arms.policy", ARMS);
    folder.write("sold.txt", SOLD);
    folder
}

#[test]
fn collisions_draws_tables_for_people() {
    assert_snapshot!(folder().run("collisions arms --benign sold.txt"));
}

#[test]
fn collisions_writes_a_line_each_for_programs() {
    let ran = folder().run("collisions arms --benign sold.txt --format json");
    let lines = ran.json();
    assert!(lines.iter().all(|one| {
        let (start, end) = (one["start"].as_u64().unwrap(), one["end"].as_u64().unwrap());
        let text = one["text"].as_str().unwrap();
        text.get(start as usize..end as usize) == one["hit"].as_str()
    }));
    // A few of them, so that the lists may grow.
    let shown = |text: &str| {
        let line = ran.stdout.lines().find(|line| line.contains(text));
        format!("{}\n", line.unwrap_or(text))
    };
    let words = [
        "begun",
        "shotgun\"",
        "pricing",
        "kettle",
        "外套",
        "此 套 现",
    ];
    assert_snapshot!(words.map(shown).concat());
    let tables = folder().run("collisions arms --benign sold.txt");
    assert!(tables.stdout.ends_with(&ran.stderr), "{}", ran.stderr);
}

#[test]
fn check_warns_of_innocent_texts() {
    let folder = folder();
    assert_snapshot!(folder.run("check arms --benign sold.txt"));
    let denied = folder.run("check rules --benign sold.txt --deny-warnings");
    assert_eq!(denied.code, Some(0), "{denied}");
    let denied = folder.run("check arms --benign sold.txt --deny-warnings");
    assert_eq!(denied.code, Some(1));
}

#[test]
fn collisions_ends_as_the_policies_are() {
    let folder = folder();
    folder.write("broken.txt", b"gun\n\xff\n");
    assert_eq!(folder.run("collisions rules").code, Some(0));
    let wrong = folder.run("collisions wrong");
    assert_eq!((wrong.code, wrong.stdout.as_str()), (Some(1), ""));
    assert!(wrong.stderr.contains("impossible-date"), "{wrong}");
    for cannot in [
        "collisions nothing",
        "collisions arms --benign nothing.txt",
        "collisions arms --benign broken.txt",
    ] {
        let ran = folder.run(cannot);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran}");
    }
}
