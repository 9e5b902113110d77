//! Samples and what is said of them.

use super::refusal::{CHANGED, SHORT, UNKNOWN};
use super::*;
use crate::text_index::mirror::FEWEST_LETTERS;
use crate::text_index::{Edges, supported};

fn shown(text: &str) -> Disguises {
    disguises(&SpellingSpec {
        text: text.to_owned(),
        folds: Folds::STANDARD,
        edges: Edges::Auto,
    })
}

/// The sample of a fold that was made in a certain way.
fn sample(shown: &Disguises, fold: Folds, how: &str) -> Sample {
    let chapter = shown.folds.iter().find(|one| one.fold == fold);
    let samples = &chapter.expect("a fold").samples;
    let sample = samples.iter().find(|sample| sample.how == how);
    sample.unwrap_or_else(|| panic!("no {how}")).clone()
}

#[test]
fn every_fold_of_the_vocabulary_is_shown() {
    let shown = shown("viagra");
    let names: Vec<String> = shown.folds.iter().map(|one| one.fold.to_string()).collect();
    let vocabulary: Vec<&str> = Folds::from_bits(u32::MAX).names().collect();
    assert_eq!(names[0], "exact");
    assert_eq!(names[1..], vocabulary);
}

#[test]
fn samples_need_the_fold_that_they_are_shown_under() {
    for text in ["viagra", "white paper", "比特币", "мефедрон"] {
        let shown = shown(text);
        for fold in shown.folds.iter().filter(|one| !one.fold.is_empty()) {
            for sample in &fold.samples {
                let Ok(caught) = &sample.caught else { continue };
                // A difference in case or width needs no fold, and Han no edge; the part of a
                // character may sound like the whole.
                let free = !caught.needs.is_disguise() || caught.needs == Folds::SOUND;
                assert!(
                    free || caught.needs.contains(fold.fold),
                    "{} needs {}, not {}",
                    sample.text,
                    caught.needs,
                    fold.fold
                );
                assert!(caught.by.folds().budget().contains(caught.needs));
                assert_eq!(sample.in_budget, caught.by <= Rung::Standard);
            }
        }
    }
}

#[test]
fn lengths_in_reasons_are_those_of_the_matcher() {
    let word = |letters: usize| &"mkadverbo"[..letters];
    for (fold, how, fewest) in [
        (Folds::MIRROR, "backwards", FEWEST_LETTERS),
        (Folds::SPACED, "a blank inside", SHORT),
        (Folds::FUZZY, "one letter replaced", CHANGED),
    ] {
        let enough = sample(&shown(word(fewest)), fold, how);
        assert!(enough.caught.is_ok(), "{enough:?}");
        let few = sample(&shown(word(fewest - 1)), fold, how);
        assert!(few.caught.is_err(), "{few:?}");
    }
}

#[test]
fn what_is_not_caught_has_a_reason() {
    for text in [
        "ICO",
        "mdma",
        "kkk",
        "heroin",
        "reward",
        "coffee",
        "teabag",
        "abababa",
        "initial coin offering",
        "café",
        "AR15",
        "冰毒",
        "白皮书",
        "挖矿机",
    ] {
        for sample in shown(text).samples() {
            let reason = sample.caught.as_ref().err();
            assert!(reason.is_none_or(|reason| reason != UNKNOWN), "{sample:?}");
        }
    }
}

#[test]
fn a_preset_catches_what_the_smaller_ones_catch() {
    let shown = shown("white paper");
    let counts = Rung::ALL.map(|rung| shown.caught_by(rung));
    assert!(counts.is_sorted(), "{counts:?}");
    assert_eq!(shown.in_budget(), shown.caught_by(Rung::Standard));
    assert_eq!(Rung::ByName.folds(), supported());
}

#[test]
fn any_text_can_be_shown() {
    for text in [
        "",
        " ",
        "x",
        "++",
        "\u{200B}",
        "が",
        "👍🏽",
        "a\u{301}",
        "1",
        "ไทย",
        "\u{202E}",
    ] {
        assert_eq!(shown(text), shown(text), "{text:?}");
    }
}
