//! A folder of artifacts, to which new ones come under later names.

use std::fs;

use interdict_serve::{Config, Source};
use interdict_sign::sign;

use crate::reload::{id_of, keys};
use crate::{Running, Shop, artifact, until};

impl Shop {
    /// A server of the folder `releases`.
    fn of_folder(&self) -> Config {
        let releases = self.path("releases");
        fs::create_dir_all(&releases).expect("a folder");
        Config {
            source: Source::Folder(releases),
            ..self.config()
        }
    }

    fn put_release(&self, name: &str, bytes: &[u8]) {
        self.write(&format!("releases/{name}"), bytes);
    }

    fn remove_release(&self, name: &str) {
        fs::remove_file(self.path("releases").join(name)).expect("to remove");
    }
}

#[test]
fn the_last_good_artifact_by_its_name_is_served() {
    let shop = Shop::new();
    let config = shop.of_folder();
    let [nine, ten, eleven] = ["nine", "ten", "eleven"].map(artifact);
    shop.put_release("rules-9.matcher", &nine);
    shop.put_release("rules-10.matcher", &ten);
    shop.put_release("zzz.txt", b"no artifact");
    shop.put_release(".rules-11.matcher", b"not yet");
    let server = Running::start(config.clone()).expect("a server");
    assert_eq!(server.serves(), id_of(&ten));

    shop.put_release("rules-11.matcher", &eleven);
    until("the new one decides", || server.serves() == id_of(&eleven));
    shop.put_release("rules-12.matcher", b"no artifact");
    until("the bad one is refused", || server.reloads("unsound") == 1);
    assert_eq!(server.serves(), id_of(&eleven));
    drop(server);

    // A restart comes to the same.
    let server = Running::start(config).expect("a server");
    assert_eq!(server.serves(), id_of(&eleven));
    assert_eq!(
        (server.reloads("unsound"), server.reloads("accepted")),
        (1, 0)
    );

    // What is taken back gives way to what stands before it.
    shop.remove_release("rules-11.matcher");
    until("the one before decides", || server.serves() == id_of(&ten));
    // A later name is a newer one, whatever is served.
    shop.put_release("rules-12.matcher", &nine);
    until("it was put right", || server.serves() == id_of(&nine));
    assert_eq!(
        (server.reloads("unsound"), server.reloads("accepted")),
        (1, 2)
    );
}

/// Breaking the file that is served brings no older policies back, and neither does an empty folder.
#[test]
fn what_breaks_goes_on() {
    let shop = Shop::new();
    let config = shop.of_folder();
    shop.put_release("1.matcher", &artifact("one"));
    shop.put_release("2.matcher", &artifact("two"));
    let two = id_of(&artifact("two"));
    let server = Running::start(config).expect("a server");
    shop.put_release("2.matcher", b"no artifact");
    until("it is refused", || server.reloads("unsound") == 1);
    assert_eq!(server.serves(), two);
    shop.remove_release("1.matcher");
    shop.remove_release("2.matcher");
    until("nothing is there", || server.reloads("unreadable") == 1);
    assert_eq!(server.serves(), two);
    shop.put_release("3.matcher", &artifact("three"));
    let three = id_of(&artifact("three"));
    until("something is there again", || server.serves() == three);
    assert_eq!(
        (server.reloads("unsound"), server.reloads("unreadable")),
        (1, 1)
    );
}

#[test]
fn without_an_artifact_in_the_folder_nothing_is_served() {
    let shop = Shop::new();
    let config = shop.of_folder();
    let refused = Running::start(config.clone()).err().expect("to be refused");
    let refused = refused.to_string();
    assert!(
        refused.ends_with("it holds no file that ends in `.matcher`"),
        "{refused}"
    );
    shop.put_release("1.matcher", b"no artifact");
    let refused = Running::start(config).err().expect("to be refused");
    assert_eq!(
        refused.to_string(),
        "no artifact to serve: this is not a compiled policy: it does not begin with `INTRDICT`"
    );
}

#[test]
fn signed_artifacts_of_a_folder_never_go_backwards() {
    let shop = Shop::new();
    let (key, public) = keys();
    let config = Config {
        keys: vec![public],
        ..shop.of_folder()
    };
    let release = |name: &str, term: &str, version| {
        let signature = sign(artifact(term), &key, version).expect("a signature");
        shop.put_release(&format!("{name}.matcher.minisig"), signature.as_bytes());
        shop.put_release(&format!("{name}.matcher"), &artifact(term));
    };
    release("1", "one", 1);
    release("2", "two", 2);
    let server = Running::start(config).expect("a server");
    let version = || server.get("/v1/matcher").json()["version"].clone();
    assert_eq!(version(), 2);

    // One whose signature comes late is tried again when it is there.
    shop.put_release("3.matcher", &artifact("three"));
    until("it is not signed", || server.reloads("untrusted") == 1);
    release("3", "three", 3);
    until("it is signed", || version() == 3);

    // A later name is no higher version.
    release("4", "one", 1);
    until("it is older", || server.reloads("older") == 1);
    assert_eq!(version(), 3);
    // What is taken back leaves nothing that may be served instead.
    shop.remove_release("4.matcher");
    shop.remove_release("3.matcher");
    until("the one before is older", || server.reloads("older") == 2);
    assert_eq!(version(), 3);
    release("5", "two", 5);
    until("a newer release is served", || version() == 5);
}
