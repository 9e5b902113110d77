//! The parts of the way from terms and a listing to a decision, each by itself: fold, text,
//! decide, load, compile. `cargo bench -p interdict-micro` runs them; a word behind it picks some.

use divan::Bencher;
use divan::counter::BytesCount;
use interdict::text_index::{Edges, SpellingSpec, build};
use interdict_matcher::fold::{FoldTable, Reader};
use interdict_matcher::text::ScanScratch;
use interdict_matcher::{Folds, Instant, Matcher, Scratch};
use interdict_micro::{artifact, matcher};
use interdict_workload::generate::Generator;
use interdict_workload::policies::{AT, Shape};

fn main() {
    divan::main();
}

const RULES: [usize; 3] = [100, 1_000, 10_000];

fn policy(rules: usize) -> Matcher {
    matcher(&Shape::Terms.policy(rules)).expect("the policy compiles")
}

fn text() -> String {
    Generator::new(1, 1_000).mixed(20_000)
}

#[divan::bench]
fn fold(bencher: Bencher<'_, '_>) {
    let (text, spelling) = (
        text(),
        SpellingSpec {
            text: "lamp".to_owned(),
            folds: Folds::from_name("standard").expect("a preset"),
            edges: Edges::Auto,
        },
    );
    let index = build(&[spelling]);
    let [index, blocks, parts, ..] = index.sections.each_ref();
    let table = FoldTable::new(index, blocks, parts);
    let fold = || {
        Reader::new(table, &text, 0)
            .map(|one| one.symbol)
            .fold(0, |a, b| a ^ b)
    };
    bencher.counter(BytesCount::of_str(&text)).bench_local(fold);
}

#[divan::bench(args = RULES)]
fn scan(bencher: Bencher<'_, '_>, terms: usize) {
    let (matcher, text) = (policy(terms), text());
    let (mut scratch, mut hits) = (ScanScratch::default(), Vec::new());
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        hits.clear();
        matcher.view().text.scan(&text, &mut scratch, &mut hits);
        hits.len()
    });
}

#[divan::bench(args = RULES)]
fn decide(bencher: Bencher<'_, '_>, rules: usize) {
    let matcher = policy(rules);
    let line = Shape::Terms.item(1, "");
    let item = matcher.item(line.as_bytes()).expect("the item is one");
    let (mut scratch, at): (_, Instant) = (Scratch::default(), AT.parse().expect("an instant"));
    bencher.bench_local(|| matcher.decide_with(&mut scratch, &item, at).verdict);
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let (matcher, line) = (policy(100), Shape::Terms.item(1, "A lamp, hardly used"));
    bencher.bench_local(|| matcher.item(line.as_bytes()).is_ok());
}

#[divan::bench(args = RULES)]
fn load(bencher: Bencher<'_, '_>, rules: usize) {
    let artifact = artifact(&Shape::Terms.policy(rules)).expect("the policy compiles");
    let artifact: &'static [u8] = artifact.leak();
    bencher.bench_local(|| Matcher::from_bytes(artifact).is_ok());
}

#[divan::bench(args = [100, 1_000], sample_count = 10)]
fn compile(bencher: Bencher<'_, '_>, rules: usize) {
    let policy = Shape::Terms.policy(rules);
    bencher.bench_local(|| artifact(&policy).is_ok());
}
