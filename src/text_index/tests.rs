//! What a spelling finds, a behaviour to a line.

use interdict_matcher::Folds;
use interdict_matcher::text::ScanScratch;

use super::*;

mod one_edit;

fn spec(text: &str, folds: Folds) -> SpellingSpec {
    SpellingSpec {
        text: text.to_owned(),
        folds,
        edges: Edges::Auto,
    }
}

/// The hits of one spelling as `found/folds`.
fn found(spelling: &str, folds: Folds, text: &str) -> String {
    let bytes = build(&[spec(spelling, folds)]);
    let index = bytes.view();
    assert_eq!(index.validate(), Ok(()));
    let mut hits = Vec::new();
    index.scan(text, &mut ScanScratch::default(), &mut hits);
    let shown = |hit: &interdict_matcher::text::TextHit| {
        format!(
            "{}/{}",
            &text[hit.start as usize..hit.end as usize],
            hit.folds
        )
    };
    hits.iter().map(shown).collect::<Vec<_>>().join(" ")
}

#[test]
fn standard_finds_what_buyers_read() {
    for (spelling, text, expected) in [
        ("ICO", "our ICO now", "ICO/exact"),
        ("ICO", "our ico now", "ico/exact"),
        ("ICO", "our ＩＣＯ now", "ＩＣＯ/exact"),
        ("ICO", "I.CO.", "I.CO/spaced"),
        ("ICO", "an I.C.O. here", "I.C.O/spaced"),
        ("ICO", "Ｉ．Ｃ．Ｏ．", "Ｉ．Ｃ．Ｏ/spaced"),
        ("ICO", "i c o", "i c o/spaced"),
        ("ICO", "I·C·O", "I·C·O/spaced"),
        ("ICO", "новый ІСО тут", "ІСО/fold"),
        ("ICO", "ⒾⒸⓄ", "ⒾⒸⓄ/fold"),
        ("ICO", "🅸🅲🅾", "🅸🅲🅾/fold"),
        ("ICO", "ɪᴄᴏ", "ɪᴄᴏ/fold"),
        ("ICO", "🇮🇨🇴", "🇮🇨🇴/fold"),
        ("ICO", "𝐈𝐂𝐎", "𝐈𝐂𝐎/fold"),
        ("ICO", "i\u{200B}c\u{200B}o", "i\u{200B}c\u{200B}o/fold"),
        ("ICO", "íco\u{301} x", "íco\u{301}/fold"),
        ("ICO", "买ico吧", "ico/exact"),
        ("ICO", "#IcoNow", "Ico/glued"),
        ("bitcoin", "BuyBitcoinNow", "Bitcoin/glued"),
        ("ICO", "my_ico_shop", "ico/glued"),
        ("ICO", "ico2024", "ico/glued"),
        (
            "forex signals",
            "CheapForexSignals",
            "ForexSignals/spaced, glued",
        ),
        ("ICO", "i©️⭕", "i©️⭕/fold"),
        ("xanax", "Xanax® here", "Xanax/exact"),
        ("viagra", "viiiagra", "viiiagra/stretched"),
        ("viagra", "vviiaaggrraa", "vviiaaggrraa/stretched"),
        ("white paper", "White  Paper", "White  Paper/exact"),
        ("white paper", "white\npaper", "white\npaper/exact"),
        ("white paper", "white-paper", "white-paper/spaced"),
        ("white paper", "whitepaper", "whitepaper/spaced"),
        ("白皮书", "看白 皮 书吧", "白 皮 书/spaced"),
        ("白皮书", "白.皮.书", "白.皮.书/spaced"),
        ("白皮书", "白皮書", "白皮書/fold"),
        ("白皮书", "⽩⽪书", "⽩⽪书/fold"),
        ("AR-15", "an AR-15 here", "AR-15/exact"),
        ("AR-15", "an AR15 here", "AR15/spaced"),
        ("💊", "buy 💊 now", "💊/exact"),
        ("#ico", "an #ico", "#ico/exact"),
        ("ΝΑΙ", "ναι Ναι", "ναι/exact Ναι/exact"),
        ("がん", "か\u{3099}ん", "か\u{3099}ん/fold"),
    ] {
        assert_eq!(
            found(spelling, Folds::STANDARD, text),
            expected,
            "{spelling}: {text}"
        );
    }
}

#[test]
fn strict_finds_digits_and_signs_for_letters() {
    for (spelling, text, expected) in [
        ("ICO", "lCO", "lCO/leet"),
        ("ICO", "1CO", "1CO/leet"),
        ("ICO", "buy 1C0 now", "1C0/leet"),
        ("silkroad", "the $ilkroad", "$ilkroad/leet"),
        ("bitcoin", "b!tco!n", "b!tco!n/leet"),
        ("bear bile", "be4r b!!e", "be4r b!!e/leet"),
        ("viagra", "v!i!a!g!r!a", "v!i!a!g!r!a/spaced"),
        ("AR15", "an ARl5", "ARl5/leet"),
    ] {
        assert_eq!(
            found(spelling, Folds::STRICT, text),
            expected,
            "{spelling}: {text}"
        );
    }
}

#[test]
fn innocent_neighbours_are_not_found() {
    for (spelling, text) in [
        ("ICO", "Hitachi Co., Ltd"),
        ("ICO", "Wang I. Co. Ltd"),
        ("ICO", "Delhi Co-op"),
        ("ICO", "Audi Co-pilot"),
        ("ICO", "IC 0402"),
        ("ICO", "PICO Mexico silicone ICOM Nico"),
        ("ICO", "VW 1C0-805"),
        ("ICO", "VW 1C0 805 588 front panel"),
        ("ICO", "C15CO pump"),
        ("ICO", "vitamin B I C O mplex"),
        ("ICO", "𝐶𝑎𝑝𝑟𝑖𝑐𝑜𝑟𝑛 m\u{200B}exi\u{200B}co"),
        ("uzi", "Jacuzzi"),
        ("uzi", "U-Z1 speaker stand"),
        ("meth", "M3 TH screw washers"),
        ("kkk", "k kk"),
        ("porn", "P.O.R.C.E.L.A.I.N cup P.O.R.N.O"),
        ("ghb", "Ships to 🇵🇬🇭🇧🇧"),
        ("pot", "poot"),
        ("fake id", "fake ideal weight"),
    ] {
        assert_eq!(
            found(spelling, Folds::STRICT, text),
            "",
            "{spelling}: {text}"
        );
    }
}

#[test]
fn words_of_han_that_cross_an_end_are_no_hit() {
    for (spelling, text, expected) in [
        ("套现", "外套现货", ""),
        ("套现", "信用卡套现服务", "套现/exact"),
        ("大麻", "特大麻袋", ""),
        ("大麻", "出售大麻烟", "大麻/exact"),
        ("炸药", "炸药包", "炸药/exact"),
        ("象牙", "送给对象牙科体检卡", ""),
        ("大麻", "外貿特大蔴袋", ""),
        ("假钞", "出售假鈔", "假鈔/fold"),
        ("外挂", "外挂包装", "外挂/exact"),
    ] {
        assert_eq!(
            found(spelling, Folds::STANDARD, text),
            expected,
            "{spelling}: {text}"
        );
    }
}

#[test]
fn strict_finds_masked_mirrored_and_filled() {
    for (spelling, text, expected) in [
        ("bitcoin", "buy b*tcoin now", "b*tcoin/masked"),
        ("bear bile", "some bear b#le", "bear b#le/masked"),
        ("tobacco", "to..cco", "to..cco/masked"),
        ("bitcoin", "b****in *itcoin bitcoi* b*t*o*n", ""),
        ("viagra", "argaiv", "argaiv/mirror"),
        ("poker", "rekop", ""),
        ("poker", "ɹǝʞod", "ɹǝʞod/mirror"),
        ("窃听器", "器听窃", "器听窃/mirror"),
        ("AR15", "an AR fifteen", "AR fifteen/fold"),
        ("AR15", "AR一五", "AR一五/fold"),
        ("毒鼠强", "毒a鼠1强", "毒a鼠1强/spaced"),
        ("冰毒", "冰丨毒", "冰丨毒/spaced"),
        ("heroin", "my hero in town", ""),
        ("heroin", "some he roin", "he roin/spaced"),
    ] {
        assert_eq!(
            found(spelling, Folds::STRICT, text),
            expected,
            "{spelling}: {text}"
        );
    }
}

#[test]
fn paranoid_finds_what_sounds_or_looks_alike() {
    for (spelling, text, expected) in [
        ("比特币", "比特壁", "比特壁/sound"),
        ("冰毒", "杀毒软件查病毒", ""),
        ("大麻", "前台派大妈来看看", ""),
        ("窃听器", "qie ting qi", "qie ting qi/sound"),
        ("伪基站", "wei3 ji1 zhan4", "wei3 ji1 zhan4/sound"),
        ("弹药", "dànyào", "dànyào/fold, sound"),
        ("开锁器", "开锁 qi", "开锁 qi/sound"),
        ("大麻", "panda maker", ""),
        ("毒鼠强", "毒鼠弓虽", "毒鼠弓虽/shape"),
        ("枪支", "🔫支", "🔫支/shape"),
        ("冰毒", "🧊☠️", "🧊☠/shape"),
    ] {
        assert_eq!(
            found(spelling, Folds::PARANOID, text),
            expected,
            "{spelling}: {text}"
        );
    }
}

#[test]
fn escapes_and_overrides_are_read_as_shown() {
    for (spelling, text, expected) in [
        ("ICO", "buy &#105;c&#x6F; now", "&#105;c&#x6F;/fold"),
        ("ICO", "buy <b>IC</b>O now", "IC</b>O/fold"),
        ("ICO", "<p>ICO</p>", "ICO/exact"),
        ("ICO", "a %49%43%4F!", "%49%43%4F/fold"),
        ("ICO", "an \u{202E}OCI\u{202C} here", "OCI/fold"),
        ("ICO", "mexi&#99;o", ""),
        ("冰毒", "%E5%86%B0%E6%AF%92", "%E5%86%B0%E6%AF%92/fold"),
    ] {
        assert_eq!(
            found(spelling, Folds::STANDARD, text),
            expected,
            "{spelling}: {text}"
        );
    }
    assert_eq!(found("ICO", Folds::EXACT, "&#73;CO ICO"), "ICO/exact");
    assert_eq!(
        found("klonopin", Folds::STRICT, "k|_o^/opin"),
        "k|_o^/opin/leet"
    );
}

#[test]
fn the_budget_bounds_what_is_found() {
    for (folds, text, expected) in [
        (Folds::EXACT, "ICO ico", "ICO/exact"),
        (Folds::FOLD, "ICO ico i.c.o ISO", "ICO/exact ico/exact"),
        (Folds::FOLD, "#IcoNow ico_x", ""),
        (Folds::STANDARD, "1CO", ""),
        (Folds::EMBEDDED, "silicone", "ico/embedded"),
        (Folds::LEET, "ісо", "ісо/fold"),
    ] {
        assert_eq!(found("ICO", folds, text), expected, "{folds}: {text}");
    }
}

#[test]
fn edges_are_as_the_author_says() {
    let scan = |edges, text: &str, spelling: &str| {
        let bytes = build(&[SpellingSpec {
            edges,
            ..spec(spelling, Folds::STANDARD)
        }]);
        let mut hits = Vec::new();
        bytes
            .view()
            .scan(text, &mut ScanScratch::default(), &mut hits);
        hits.len()
    };
    assert_eq!(scan(Edges::Anywhere, "silicone", "ico"), 1);
    assert_eq!(scan(Edges::Auto, "出售子弹的", "子弹"), 1);
    assert_eq!(scan(Edges::Auto, "原子弹", "子弹"), 0);
    assert_eq!(scan(Edges::Anywhere, "原子弹", "子弹"), 1);
    assert_eq!(scan(Edges::WholeWords, "原子弹", "子弹"), 0);
    assert_eq!(scan(Edges::WholeWords, "ico原", "ico"), 1);
}

#[test]
fn hits_name_their_spelling_and_come_in_order() {
    let bytes = build(&[
        spec("coin", Folds::STANDARD),
        spec("bit coin", Folds::STANDARD),
        spec("", Folds::STANDARD),
        spec("bit", Folds::STANDARD),
    ]);
    assert_eq!(bytes.view().validate(), Ok(()));
    let mut hits = Vec::new();
    let mut scratch = ScanScratch::default();
    bytes.view().scan("a bit coin", &mut scratch, &mut hits);
    let found: Vec<_> = hits
        .iter()
        .map(|hit| (hit.start, hit.end, hit.spelling))
        .collect();
    assert_eq!(found, [(2, 5, 3), (2, 10, 1), (6, 10, 0)]);
}

#[test]
fn the_same_spellings_give_the_same_bytes() {
    let specs = [spec("ICO", Folds::STRICT), spec("白皮书", Folds::STANDARD)];
    assert_eq!(build(&specs), build(&specs));
    assert_eq!(build(&[]).view().validate(), Ok(()));
}

/// Each text is a megabyte that an attacker may choose; the time is that of one pass.
#[test]
fn time_is_linear_in_hostile_texts() {
    let paranoid = |text| spec(text, Folds::PARANOID | Folds::FUZZY);
    let terms = [
        "kkk",
        "ill",
        "lipstick",
        "abababab",
        "哈哈哈",
        "viagra",
        "冰毒",
    ];
    let bytes = build(&terms.map(paranoid));
    let mut scratch = ScanScratch::default();
    for unit in [
        "k",
        "l",
        " ",
        "\u{200B}",
        "k ",
        "ab",
        "ab ",
        "lk",
        "哈",
        "哈。",
        "viagr ",
        "!",
        "l!",
        "\n",
        "\u{301}",
        "v\u{200B}",
        "&",
        "&amp;",
        "<b",
        "%25",
        "\u{202E}a",
        "\\u",
        "|",
        "/\\",
        "[]",
        "k[]|9",
        "|9[]|>\\|/ ",
        "l*p* ",
        "a*",
        "v*a ",
        "哈a",
        "冰1",
        "并",
        "并 ",
        "bing ",
        "viagar ",
        "a ab-",
        "abababa ",
    ] {
        // A megabyte where the code is optimized; otherwise what a test run bears.
        let size = if cfg!(debug_assertions) {
            1 << 17
        } else {
            1 << 20
        };
        let text = unit.repeat(size / unit.len());
        let start = std::time::Instant::now();
        bytes.view().scan(&text, &mut scratch, &mut Vec::new());
        let seconds = start.elapsed().as_secs_f64();
        assert!(seconds < 10.0, "{unit:?} took {seconds} s");
    }
}

/// Cut or garbled sections find nothing or the wrong thing, but do not panic.
#[test]
fn no_table_makes_a_scan_panic() {
    let specs = [
        spec("ICO", Folds::STRICT),
        spec("white paper", Folds::STRICT),
        spec("kkk", Folds::STRICT),
        spec("white pepper", Folds::STRICT | Folds::FUZZY),
    ];
    let good = build(&specs);
    let text = "1CO white paper whiet pepper kkkk w h i t e p a p e r 白 I.C.O ㈱ か\u{3099}";
    let mut scratch = ScanScratch::default();
    for (section, name) in SECTIONS.into_iter().enumerate() {
        for byte in [0x00, 0x01, 0x7F, 0xFF] {
            let mut bad = good.clone();
            let length = bad.sections[section].len();
            for at in (0..length).step_by((length / 50).max(1)) {
                bad.sections[section][at] = byte;
                bad.view().scan(text, &mut scratch, &mut Vec::new());
                let _ = bad.view().validate();
            }
            bad.sections[section].truncate(length / 2);
            bad.view().scan(text, &mut scratch, &mut Vec::new());
            // Some sections are sound at any length: what is missing is not found.
            let any_length = [
                "class-index",
                "written",
                "fragments",
                "sound-index",
                "gram-filter",
                "mask-contexts",
                "edit-ordinary",
                "gram-leads",
                "head-filter",
                "head-leads",
            ];
            let may_be_short = length == 0 || any_length.contains(&name);
            assert!(bad.view().validate().is_err() || may_be_short, "{name}");
        }
    }
}
