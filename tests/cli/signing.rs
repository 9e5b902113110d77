//! `keygen`, `sign`, `verify`, and `decide` with a public key.

use insta::assert_snapshot;

use crate::{Folder, Ran, steady};

const DECIDE: &str = "decide rules.matcher items.jsonl --at 2018-04-18 --public-key it.pub";

/// An artifact and a pair of keys.
fn with_keys() -> Folder {
    let folder = Folder::compiled();
    let ran = folder.run("keygen it.key it.pub --no-password");
    assert_eq!(ran.code, Some(0), "{ran}");
    folder
}

fn sign(folder: &Folder, version: u32) {
    let ran = folder.run(&format!(
        "sign rules.matcher --secret-key it.key --version-number {version}"
    ));
    assert_eq!(ran.code, Some(0), "{ran}");
}

/// What a user sees of several commands, one after the other.
fn told(runs: &[(&str, Ran)]) -> String {
    let shown = |(what, ran): &(&str, Ran)| steady(&format!("## {what}\n{ran}"));
    runs.iter().map(shown).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn a_release_is_signed_and_verified() {
    let folder = with_keys();
    let sign = "sign rules.matcher --secret-key it.key --version-number 17";
    let verify = "verify rules.matcher --public-key it.pub";
    let newer = "verify rules.matcher --public-key it.pub --least 18";
    let mut runs = Vec::new();
    for command in [verify, sign, verify, newer] {
        runs.push((command, folder.run(command)));
    }
    let mut changed = folder.read("rules.matcher");
    *changed.last_mut().unwrap() ^= 1;
    folder.write("rules.matcher", changed);
    runs.push(("verify, after a byte changed", folder.run(verify)));
    runs.push(("sign, after a byte changed", folder.run(sign)));
    assert_snapshot!(told(&runs));
}

#[test]
fn decide_refuses_what_no_trusted_key_signed() {
    let folder = with_keys();
    let unsigned = folder.run(DECIDE);
    sign(&folder, 1);
    let signed = folder.run(DECIDE);
    let plain = folder.run("decide rules.matcher items.jsonl --at 2018-04-18");
    assert_eq!((signed.code, signed.stdout), (Some(0), plain.stdout));
    folder.run("keygen other.key other.pub --no-password");
    let other = DECIDE.replace("it.pub", "other.pub");
    let foreign = folder.run(&other);
    let both = folder.run(&format!("{other} --public-key it.pub"));
    assert_eq!(both.code, Some(0));
    let policies = folder.run(&DECIDE.replace("rules.matcher", "rules"));
    let no_key = folder.run(&DECIDE.replace("it.pub", "items.jsonl"));
    let shown = told(&[
        ("unsigned", unsigned),
        ("signed by another key", foreign),
        ("policies", policies),
        ("no key", no_key),
    ]);
    assert_snapshot!(shown);
}

#[test]
fn decide_refuses_versions_that_go_backwards_unless_told() {
    let folder = with_keys();
    let decide = format!("{DECIDE} --last-version seen");
    for version in [3, 3, 5] {
        sign(&folder, version);
        assert_eq!(folder.run(&decide).code, Some(0));
    }
    sign(&folder, 4);
    let refused = folder.run(&decide);
    assert_eq!(folder.read("seen"), b"5\n");
    // Told so, it goes on from there.
    let told_so = folder.run(&format!("{decide} --allow-older"));
    assert_eq!(told_so.code, Some(0));
    assert_eq!(folder.run(&decide).code, Some(0));
    let unkeyed = folder.run("decide rules.matcher items.jsonl --last-version seen");
    assert_snapshot!(told(&[("older", refused), ("no key", unkeyed)]));
}

#[test]
fn keys_come_from_the_environment_too() {
    let folder = with_keys();
    let text = |name: &str| String::from_utf8(folder.read(name)).unwrap();
    let mut sign = folder.command("sign rules.matcher --version-number 1");
    let ran = Ran::of(sign.env("INTERDICT_SECRET_KEY", text("it.key")));
    assert_eq!(ran.code, Some(0), "{ran}");
    let mut decide = folder.command("decide rules.matcher items.jsonl --at 2018-04-18");
    let ran = Ran::of(decide.env("INTERDICT_PUBLIC_KEY", text("it.pub")));
    assert_eq!(ran.code, Some(0), "{ran}");
    folder.run("keygen other.key other.pub --no-password");
    let ran = Ran::of(decide.env("INTERDICT_PUBLIC_KEY", text("other.pub")));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    let missing = folder.run("sign rules.matcher --version-number 1");
    assert!(missing.stderr.contains("no secret key"), "{missing}");
}

#[test]
fn a_password_protects_the_secret_key() {
    let folder = Folder::compiled();
    folder.write("password", "three plain words\n");
    let none = folder.run("keygen it.key it.pub");
    let made = folder.run("keygen it.key it.pub --password-file password");
    let again = folder.run("keygen it.key it.pub --password-file password");
    let sign = "sign rules.matcher --secret-key it.key --version-number 1";
    let without = folder.run(sign);
    let with = folder.run(&format!("{sign} --password-file password"));
    let shown = told(&[
        ("keygen without a password", none),
        ("keygen", made),
        ("keygen again", again),
        ("sign without the password", without),
        ("sign", with),
    ]);
    assert_snapshot!(shown);
}

#[cfg(unix)]
#[test]
fn a_secret_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = with_keys();
    let meta = std::fs::metadata(folder.0.path().join("it.key")).unwrap();
    assert_eq!(meta.permissions().mode() & 0o077, 0);
}
