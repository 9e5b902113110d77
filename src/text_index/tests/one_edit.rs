//! What `fuzzy` finds, and what it leaves alone.

use interdict_matcher::Folds;

use super::found;

#[test]
fn fuzzy_finds_one_edit() {
    let fuzzy = Folds::STANDARD | Folds::FUZZY;
    for (spelling, text, expected) in [
        ("viagra", "buy viagar now", "viagar/fuzzy"),
        ("viagra", "VIGARA", "VIGARA/fuzzy"),
        ("viagra", "vigra", "vigra/fuzzy"),
        ("viagra", "viaagra", "viaagra/fuzzy"),
        ("viagra", "viaxgra", "viaxgra/fuzzy"),
        ("viagra", "vixgra", "vixgra/fuzzy"),
        ("viagra", "вuy vіgara", "vіgara/fold, fuzzy"),
        ("viagra", "vi\u{200B}gara", "vi\u{200B}gara/fold, fuzzy"),
        ("viagra", "出售vigara的", "vigara/fuzzy"),
        ("viagra", "vigara24", "vigara/glued, fuzzy"),
        ("viagra", "&#118;igara", "&#118;igara/fold, fuzzy"),
        ("coffee", "coffe", "coffe/fuzzy"),
        ("viagra", "viagraa", "viagraa/fuzzy"),
        ("xanax", "xaanx", "xaanx/fuzzy"),
        ("fake id", "a fike id", "fike id/fuzzy"),
        ("fake id", "fake td", "fake td/fuzzy"),
        ("fake passport", "fake apssport", "fake apssport/fuzzy"),
        (
            "fake passport",
            "fake-passprt",
            "fake-passprt/spaced, fuzzy",
        ),
        ("fake passport", "fake\npassprt", "fake\npassprt/fuzzy"),
        ("white paper", "white paper", "white paper/exact"),
    ] {
        assert_eq!(found(spelling, fuzzy, text), expected, "{spelling}: {text}");
    }
    let hits = found(
        "viagra",
        Folds::FUZZY,
        "viagra vigara vi gara vigara_x vigara7",
    );
    assert_eq!(hits, "viagra/exact vigara/fuzzy");
}

#[test]
fn fuzzy_leaves_other_words_alone() {
    let fuzzy = Folds::STANDARD | Folds::FUZZY;
    for (spelling, text) in [
        ("viagra", "vgira vixxgra viagrass argaiv v"),
        ("viagra", "niagra iviagra ivagra viagr viagrax viagrs"),
        ("viagra", "xvigara vigarax viga.ra vi gara v1gara"),
        ("pistol", "a piston, a pistil and PISTOLS"),
        ("skimmer", "ＳＷＩＭＭＥＲ swímmer"),
        ("xanax", "xnnax xaax xanaax panax"),
        ("coin", "cion coiin"),
        ("AR15", "AR51 AR-51"),
        ("model 12345", "modle 12345 model 12354"),
        ("fake id", "fake if fake ad fake kid fkae ie fake, td"),
        ("human organs", "human organ humans organs"),
        ("白皮书白皮", "白书皮白皮"),
    ] {
        assert_eq!(found(spelling, fuzzy, text), "", "{spelling}: {text}");
    }
    assert_eq!(found("viagra", Folds::PARANOID, "viagar vigra"), "");
}
