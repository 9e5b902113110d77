//! Folds that find nothing more of a spelling: it is too short for them, or not written in what
//! they change.

use interdict_matcher::Folds;
use interdict_matcher::fold::Kind;
use interdict_matcher::text::edit::FEWEST_LETTERS;

use super::pattern::{Element, elements};
use super::patterns::han;
use super::{Edges, SpellingSpec, fuzzy, mirror, shape};

/// Fewer letters with one of them masked are no spelling any more; the runtime's own limit.
const FEWEST_MASKED: usize = 5;

/// Why a fold finds nothing more of a spelling than the other folds do; `None` if it does find
/// more.
pub fn idle(spec: &SpellingSpec, fold: Folds) -> Option<&'static str> {
    let written = elements(&spec.text);
    let letters = written.iter().filter(|element| !element.gap).count();
    let reason = |idle: bool, reason: &'static str| idle.then_some(reason);
    match fold {
        Folds::SPACED => reason(written.len() < 2, "one character has no gaps"),
        Folds::GLUED | Folds::EMBEDDED => unglued(spec, &written, fold),
        Folds::LEET => reason(
            letters < 2 || !written.iter().any(is_latin),
            "only Latin letters and digits have others that stand for them, and one must stay",
        ),
        Folds::MASKED => reason(
            letters < FEWEST_MASKED,
            "only spellings of five letters or more are found with letters masked",
        ),
        Folds::MIRROR => reason(
            mirror::backwards(&written).is_none()
                && mirror::upside_down(&spec.text.to_lowercase()).is_none(),
            "only six letters, or three Han characters, are found backwards, and only three Latin letters upside down",
        ),
        Folds::SOUND => reason(
            han(&written).is_none(),
            "only two to eight Han characters are found by their sound",
        ),
        Folds::SHAPE => reason(
            !han(&written).is_some_and(|han| han.iter().any(|&c| !shape::drawn(c).is_empty())),
            "only two to eight Han characters that are drawn in several ways are found by their shape",
        ),
        Folds::FUZZY => reason(
            !fuzzy::is_fit(&written),
            if letters < FEWEST_LETTERS {
                "only spellings of five letters or more are found with one edit"
            } else {
                "only letters, up to thirty-one in four words, are found with one edit"
            },
        ),
        _ => None,
    }
}

/// Why a spelling has no edges that text could be glued to.
fn unglued(spec: &SpellingSpec, written: &[Element], fold: Folds) -> Option<&'static str> {
    if spec.edges == Edges::Anywhere {
        return Some("what is looked for `anywhere` is found inside words without it");
    }
    let ends = [written.first(), written.last()];
    let latin = ends.into_iter().flatten().any(is_latin);
    // Whole words have edges in Han too, and pinyin has some of its own.
    let edged = fold == Folds::EMBEDDED
        && (spec.edges == Edges::WholeWords || spec.folds.contains(Folds::SOUND));
    (!latin && !edged).then_some("Han and signs have no edges that anything could be glued to")
}

fn is_latin(element: &Element) -> bool {
    matches!(element.kind, Kind::Letter | Kind::Digit)
}

#[cfg(test)]
mod tests {
    use interdict_matcher::text::ScanScratch;

    use super::super::build;
    use super::*;

    fn spec(text: &str, fold: Folds) -> SpellingSpec {
        SpellingSpec {
            text: text.to_owned(),
            folds: fold,
            edges: Edges::Auto,
        }
    }

    fn finds(spelling: &str, fold: Folds, text: &str) -> bool {
        let index = build(&[spec(spelling, fold)]);
        let mut hits = Vec::new();
        index
            .view()
            .scan(text, &mut ScanScratch::default(), &mut hits);
        hits.iter().any(|hit| hit.folds.contains(fold))
    }

    #[test]
    fn a_fold_is_idle_where_it_finds_nothing() {
        for (fold, spelling, text) in [
            (Folds::SPACED, "书", "书 "),
            (Folds::SPACED, "白书", "白 书"),
            (Folds::GLUED, "白皮书", "x白皮书"),
            (Folds::GLUED, "ICO", "ICO7"),
            (Folds::EMBEDDED, "白皮书", "白皮书包"),
            (Folds::EMBEDDED, "ico", "xicox"),
            (Folds::LEET, "白皮书", "白皮书"),
            (Folds::LEET, "ico", "1co"),
            (Folds::MASKED, "coin", "c*in"),
            (Folds::MASKED, "coins", "c*ins"),
            (Folds::MIRROR, "on", "no"),
            (Folds::MIRROR, "coins", "suᴉoɔ"),
            (Folds::MIRROR, "bitcoin", "nioctib"),
            (Folds::MIRROR, "白书", "书白"),
            (Folds::MIRROR, "白皮书", "书皮白"),
            (Folds::SOUND, "bitcoin", "bitcoin"),
            (Folds::SOUND, "冰毒", "bing du"),
            (Folds::SHAPE, "bitcoin", "bitcoin"),
            (Folds::SHAPE, "手枪", "手🔫"),
            (Folds::FUZZY, "coin", "cion"),
            (Folds::FUZZY, "xanax", "xaanx"),
            (Folds::FUZZY, "AR15", "AR51"),
            (Folds::FUZZY, "白皮书白皮", "白书皮白皮"),
        ] {
            let idle = idle(&spec(spelling, fold), fold);
            assert_eq!(
                idle.is_none(),
                finds(spelling, fold, text),
                "{fold} of {spelling}: {idle:?}"
            );
        }
    }

    #[test]
    fn what_is_looked_for_anywhere_has_no_edges() {
        let anywhere = |text: &str| SpellingSpec {
            edges: Edges::Anywhere,
            ..spec(text, Folds::STANDARD)
        };
        assert!(idle(&anywhere("ico"), Folds::EMBEDDED).is_some());
        let whole = SpellingSpec {
            edges: Edges::WholeWords,
            ..spec("书", Folds::STANDARD)
        };
        assert!(idle(&whole, Folds::EMBEDDED).is_none());
        assert!(idle(&whole, Folds::GLUED).is_some());
    }
}
