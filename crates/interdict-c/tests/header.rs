//! The committed header and the pkg-config file are those of the code.
//!
//! The header is written anew by `INTERDICT_WRITE_HEADER=1 cargo test -p interdict-c --test header`.

use std::fs;
use std::path::Path;

use cbindgen::{Builder, Config, EnumConfig, Language, RenameRule};

const OPENING: &str = "\
/* The C ABI of the Interdict matcher. Written by cbindgen from crates/interdict-c: do not edit.
 *
 * Strings that go in are UTF-8 and end with a NUL; requests and artifacts come with a length. What the
 * library gives is freed by the library. A matcher may be used by many threads at once, a scratch
 * by one at a time, and nothing is global. NULL, a handle of another kind and, as long as its memory
 * was not used again, one that was freed are answered by a status. A handle must not be freed while
 * another thread uses it.
 */";

fn own(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn generated() -> String {
    let mut config = Config {
        language: Language::C,
        header: Some(OPENING.to_owned()),
        include_guard: Some("INTERDICT_H".to_owned()),
        cpp_compat: true,
        documentation: true,
        usize_is_size_t: true,
        style: cbindgen::Style::Both,
        enumeration: EnumConfig {
            rename_variants: RenameRule::ScreamingSnakeCase,
            prefix_with_name: true,
            ..EnumConfig::default()
        },
        ..Config::default()
    };
    // What a module gives its host is for no C program.
    let for_hosts = ["interdict_room", "interdict_compile"].map(str::to_owned);
    config.export.exclude.extend(for_hosts);
    let sources = ["src/status.rs", "src/handle.rs", "src/boundary/mod.rs"];
    let builder = sources
        .iter()
        .fold(Builder::new().with_config(config), |builder, source| {
            builder.with_src(own(source))
        });
    let mut header = Vec::new();
    let bindings = ["InterdictMatcher", "InterdictScratch", "InterdictText"]
        .iter()
        .fold(builder, |builder, handle| builder.include_item(handle))
        .generate()
        .expect("the sources parse");
    bindings.write(&mut header);
    String::from_utf8(header).expect("a header of text")
}

#[test]
fn the_header_is_that_of_the_code() {
    let (path, generated) = (own("include/interdict.h"), generated());
    if std::env::var_os("INTERDICT_WRITE_HEADER").is_some() {
        fs::write(&path, &generated).expect("the header can be written");
    }
    let committed = fs::read_to_string(path).expect("the header");
    assert!(
        committed == generated,
        "include/interdict.h is not what cbindgen writes; INTERDICT_WRITE_HEADER=1 writes it anew"
    );
}

#[test]
fn the_pkg_config_file_has_the_version() {
    let file = fs::read_to_string(own("interdict.pc")).expect("interdict.pc");
    let line = concat!("Version: ", env!("CARGO_PKG_VERSION"));
    assert!(file.lines().any(|one| one == line), "{line}");
}
