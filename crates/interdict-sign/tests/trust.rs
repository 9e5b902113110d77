//! What is trusted and what is refused, as a service meets it.

use std::fs;
use std::path::Path;
use std::process::Command;

use interdict::source::Sources;
use interdict_sign::{
    LastVersion, PublicKey, Refusal, SecretKey, Trust, generate, sign, signature_path,
};
use tempfile::TempDir;

/// An artifact that bans a category of some name.
fn artifact(category: &str) -> Vec<u8> {
    let text = format!("ban category {category} effective 2018-04-17");
    let compiled = interdict::compile(&Sources::from_texts([("demo.policy", text)]));
    compiled.artifact.expect("a whole policy")
}

fn keys() -> (SecretKey, PublicKey) {
    let pair = generate(None).expect("keys");
    let secret = SecretKey::read(&pair.secret, None).expect("a secret key");
    (secret, pair.public.parse().expect("a public key"))
}

fn refused(trust: &Trust, artifact: &[u8], signature: &str) -> String {
    let loaded = trust.load(artifact.to_vec(), signature);
    loaded.expect_err("to be refused").to_string()
}

#[test]
fn what_was_signed_is_trusted_as_that_release() {
    let (secret, public) = keys();
    let artifact = artifact("coins");
    let signature = sign(artifact.clone(), &secret, 17).expect("a signature");
    let (matcher, release) = Trust::new([public])
        .since(17)
        .load(artifact, &signature)
        .expect("trust");
    assert_eq!(release.version, 17);
    assert_eq!(release.content_id, Some(matcher.content_id_hex()));
}

#[test]
fn any_of_several_keys_may_sign() {
    let ((old, old_public), (new, new_public)) = (keys(), keys());
    let artifact = artifact("coins");
    let trust = Trust::new([old_public, new_public]);
    for secret in [old, new] {
        let signature = sign(artifact.clone(), &secret, 1).expect("a signature");
        assert!(trust.load(artifact.clone(), &signature).is_ok());
    }
}

#[test]
fn what_nobody_trusted_signed_is_refused() {
    let ((secret, public), (stranger, _)) = (keys(), keys());
    let (artifact, other) = (artifact("coins"), artifact("mining"));
    let trust = Trust::new([public]).since(3);
    let signature = sign(artifact.clone(), &secret, 3).expect("a signature");
    let foreign = sign(artifact.clone(), &stranger, 3).expect("a signature");
    let older = sign(artifact.clone(), &secret, 2).expect("a signature");
    let forged = signature.replace("version:3", "version:4");
    let cases = [
        (
            &artifact,
            foreign.as_str(),
            "signed by a key that is not trusted",
        ),
        (
            &other,
            &signature,
            "the signature is not of this artifact, or was changed",
        ),
        (
            &artifact,
            &forged,
            "the signature is not of this artifact, or was changed",
        ),
        (
            &artifact,
            &older,
            "version 2 is older than version 3, the least that is accepted",
        ),
        (
            &artifact,
            "none",
            "its signature cannot be read: Invalid encoding in minisign data",
        ),
        (&artifact, "", "not signed: no signature came with it"),
    ];
    for (artifact, signature, reason) in cases {
        assert_eq!(refused(&trust, artifact, signature), reason);
    }
    assert!(trust.load(artifact.clone(), &signature).is_ok());
}

#[test]
fn a_text_of_keys_holds_one_at_least() {
    let text = |number: u8| {
        let pair = generate(None).expect("keys");
        pair.public.replace(
            "untrusted comment:",
            &format!("untrusted comment: {number}"),
        )
    };
    let (one, other) = (text(1), text(2));
    let read = |text: &str| PublicKey::all_in(text).map_err(|error| error.to_string());
    let bare = |text: &str| text.lines().last().expect("a key").to_owned();
    assert_eq!(
        read(&format!("{one}\r\n\n{other}")),
        read(&format!("{}\n{}", bare(&one), bare(&other)))
    );
    assert_eq!(read(&one).expect("a key"), [one.parse().expect("one key")]);
    for (text, reason) in [
        ("", "the text holds none"),
        ("untrusted comment: of nothing\n", "the text holds none"),
        ("RWQ=\n", "line 1 holds none"),
        (&format!("{one}nonsense"), "line 3 holds none"),
    ] {
        let said = read(text).expect_err("no key");
        assert_eq!(said, format!("not a public key of minisign: {reason}"));
    }
    let several = (one + &other).parse::<PublicKey>().expect_err("not one");
    assert!(several.to_string().ends_with("the text holds several"));
}

/// Whatever byte of an artifact or of its signature changes, nothing is loaded.
#[test]
fn no_changed_byte_is_trusted() {
    let (secret, public) = keys();
    let artifact = artifact("coins");
    let signature = sign(artifact.clone(), &secret, 1).expect("a signature");
    let trust = Trust::new([public]);
    let step = artifact.len() / 200 + 1;
    for at in (0..artifact.len()).step_by(step) {
        let mut changed = artifact.clone();
        changed[at] ^= 1;
        assert!(trust.load(changed, &signature).is_err(), "byte {at}");
    }
    let untrusted = signature.find('\n').expect("a line");
    for at in untrusted + 1..signature.trim_end().len() {
        let mut changed = signature.clone().into_bytes();
        changed[at] ^= 1;
        let changed = String::from_utf8_lossy(&changed);
        assert!(trust.load(artifact.clone(), &changed).is_err(), "byte {at}");
    }
}

#[test]
fn an_unsound_file_is_not_signed() {
    let (secret, _) = keys();
    let refused = sign(b"no artifact".to_vec(), &secret, 1).expect_err("to be refused");
    assert!(
        refused
            .to_string()
            .starts_with("not a sound artifact, so it is not signed"),
        "{refused}"
    );
}

#[test]
fn a_protected_key_needs_its_password() {
    let pair = generate(Some("secret words")).expect("keys");
    let read =
        |password| SecretKey::read(&pair.secret, password).map_err(|error| error.to_string());
    let missing = read(None).expect_err("to need a password");
    assert_eq!(missing, "the secret key is protected by a password");
    assert!(read(Some("other words")).is_err());
    assert_eq!(
        format!("{:?}", read(Some("secret words"))),
        "Ok(SecretKey(…))"
    );
    let nonsense = SecretKey::read("no\nkey\n", None).expect_err("no key");
    assert!(
        nonsense
            .to_string()
            .starts_with("not a secret key of minisign")
    );
}

#[test]
fn a_file_without_a_signature_beside_it_is_refused() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("rules.matcher");
    let (secret, public) = keys();
    let trust = Trust::new([public]);
    fs::write(&path, artifact("coins")).expect("to write");
    assert!(
        matches!(trust.open(&path), Err(Refusal::Unsigned(beside)) if beside == signature_path(&path))
    );
    let signature = sign(artifact("coins"), &secret, 1).expect("a signature");
    fs::write(signature_path(&path), signature).expect("to write");
    assert!(trust.open(&path).is_ok());
}

#[test]
fn the_last_version_is_kept() {
    let folder = TempDir::new().expect("a folder");
    let last = LastVersion::at(folder.path().join("last-version"));
    assert_eq!(last.read().expect("nothing yet"), 0);
    last.keep(17).expect("to keep");
    last.keep(18).expect("to keep");
    assert_eq!(last.read().expect("a number"), 18);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    fs::write(folder.path().join("last-version"), "many").expect("to write");
    let refused = last.read().expect_err("no number");
    assert!(refused.to_string().ends_with("holds no version number"));
}

// ------------------------------------------------------------------------- the minisign program

fn minisign(folder: &Path, arguments: &[&str]) -> Option<bool> {
    let ran = Command::new("minisign")
        .args(arguments)
        .current_dir(folder)
        .output();
    match ran {
        Ok(output) => Some(output.status.success()),
        Err(error) => {
            println!("minisign does not run here ({error}): this test says nothing");
            None
        }
    }
}

#[test]
fn the_minisign_program_verifies_what_was_signed_here() {
    let folder = TempDir::new().expect("a folder");
    let pair = generate(None).expect("keys");
    let secret = SecretKey::read(&pair.secret, None).expect("a key");
    let path = folder.path().join("rules.matcher");
    fs::write(folder.path().join("interdict.pub"), &pair.public).expect("to write");
    fs::write(&path, artifact("coins")).expect("to write");
    let signature = sign(artifact("coins"), &secret, 17).expect("a signature");
    fs::write(signature_path(&path), signature).expect("to write");
    let verify = || {
        minisign(
            folder.path(),
            &["-Vm", "rules.matcher", "-p", "interdict.pub"],
        )
    };
    let Some(verified) = verify() else { return };
    assert!(verified);
    fs::write(&path, artifact("mining")).expect("to write");
    assert_eq!(verify(), Some(false));
}

#[test]
fn what_the_minisign_program_signed_is_trusted_here() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("rules.matcher");
    fs::write(&path, artifact("coins")).expect("to write");
    let made = minisign(folder.path(), &["-GW", "-p", "its.pub", "-s", "its.key"]);
    if made.is_none() {
        return;
    }
    let sign = |more: &[&str]| {
        let mut arguments = vec!["-Sm", "rules.matcher", "-s", "its.key"];
        arguments.extend(more);
        assert_eq!(minisign(folder.path(), &arguments), Some(true));
    };
    let public = fs::read_to_string(folder.path().join("its.pub")).expect("a key");
    let trust = Trust::new([public.parse().expect("a public key")]);
    // A comment of its own names no version.
    sign(&[]);
    let (matcher, release) = trust.open(&path).expect("trust");
    assert_eq!(release.version, 0);
    let refused = trust.clone().since(1).open(&path).expect_err("too old");
    assert!(matches!(
        refused,
        Refusal::Older {
            version: 0,
            least: 1
        }
    ));
    // One of ours is read as such.
    let comment = format!(
        "interdict:1\tversion:5\tcontent-id:{}",
        matcher.content_id_hex()
    );
    sign(&["-t", &comment]);
    assert_eq!(trust.open(&path).expect("trust").1.version, 5);
    sign(&["-t", "interdict:1\tversion:5\tcontent-id:00"]);
    let refused = trust.open(&path).expect_err("another content id");
    assert!(matches!(refused, Refusal::OtherContent { .. }));
    // Its keys sign here too.
    let secret = fs::read_to_string(folder.path().join("its.key")).expect("a key");
    let secret = SecretKey::read(&secret, None).expect("a secret key");
    assert!(interdict_sign::sign(artifact("coins"), &secret, 6).is_ok());
}
