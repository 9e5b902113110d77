//! Signs that draw letters, and what begins them.

/// Drawings with the letters that they may stand for, the likeliest first; by their first
/// sign, the longer ones before the shorter.
///
/// Source: our own list, after the tables of "leet" spellings that have circulated
/// since the 1990s. A drawing that is also ordinary writing (`cl` for d, `ph` for f,
/// `//`) is left out.
pub(super) const DRAWINGS: [(&str, &str); 120] = [
    ("!3", "b"),
    ("']['", "t"),
    ("(\\/)", "m"),
    ("(/\\)", "w"),
    ("(_,)", "q"),
    ("(\\)", "n"),
    ("(v)", "m"),
    ("(V)", "m"),
    ("(-)", "h"),
    ("(_)", "u"),
    ("(0)", "o"),
    ("(o)", "o"),
    ("(O)", "o"),
    ("(_+", "g"),
    ("(_-", "g"),
    ("(?,", "g"),
    ("(,)", "q"),
    ("(3", "b"),
    ("(|", "d"),
    ("()", "o"),
    (")-(", "h"),
    (")(", "x"),
    ("+|+", "t"),
    ("-|-", "t"),
    ("/\\\\/\\\\", "m"),
    ("/\\/\\", "m"),
    ("/\\/", "n"),
    ("/V\\", "m"),
    ("/v\\", "m"),
    ("/|\\", "m"),
    ("/-\\", "a"),
    ("/_\\", "a"),
    ("/-/", "h"),
    ("/_/", "u"),
    ("/\\", "a"),
    ("/3", "b"),
    ("/=", "f"),
    ("/<", "k"),
    ("/2", "r"),
    ("13", "b"),
    ("1_", "l"),
    ("7_", "z"),
    (":-:", "h"),
    ("<\\>", "n"),
    ("<>", "o"),
    (">|<", "x"),
    (">|", "k"),
    (">_", "z"),
    ("><", "x"),
    ("L|", "u"),
    ("[]\\/[]", "m"),
    ("[]V[]", "m"),
    ("[]\\[]", "n"),
    ("[\\/]", "m"),
    ("[\\]", "n"),
    ("[V]", "m"),
    ("[v]", "m"),
    ("[-]", "h"),
    ("[_]", "u"),
    ("[)", "d"),
    ("[-", "e"),
    ("[]", "io"),
    ("\\_|_/", "w"),
    ("\\/\\/", "w"),
    ("\\^/", "w"),
    ("\\V/", "w"),
    ("\\v/", "w"),
    ("\\|/", "wy"),
    ("\\-\\", "h"),
    ("\\_\\", "u"),
    ("\\_/", "uv"),
    ("\\-/", "y"),
    ("\\/", "v"),
    ("]-[", "h"),
    ("]~[", "h"),
    ("]=", "f"),
    ("][", "i"),
    ("^^", "m"),
    ("^/", "n"),
    ("_|", "j"),
    ("_/", "j"),
    ("`/", "y"),
    ("{\\}", "n"),
    ("{-}", "h"),
    ("{_}", "u"),
    ("{}", "o"),
    ("|\\/|", "m"),
    ("|/\\|", "w"),
    ("|\\|", "n"),
    ("|V|", "m"),
    ("|v|", "m"),
    ("|^|", "wm"),
    ("|-\\", "a"),
    ("|-|", "h"),
    ("|~|", "h"),
    ("|+|", "h"),
    ("|_|", "u"),
    ("|=-", "e"),
    ("|°", "p"),
    ("|3", "b"),
    ("|)", "d"),
    ("|]", "d"),
    ("|>", "pdk"),
    ("|=", "f"),
    ("|#", "hf"),
    ("|<", "k"),
    ("|{", "k"),
    ("|_", "l"),
    ("|*", "p"),
    ("|\"", "p"),
    ("|7", "p"),
    ("|^", "pr"),
    ("|2", "r"),
    ("|?", "rp"),
    ("|`", "r"),
    ("|9", "rp"),
    ("}-{", "h"),
    ("}{", "xh"),
    ("~|~", "t"),
    ("~/_", "z"),
];

/// The number of no drawing.
pub(super) const NO_DRAWING: u8 = DRAWINGS.len() as u8;

/// The first drawing that begins with a byte, [`NO_DRAWING`] for bytes that begin none.
pub(super) static OPENS: [u8; 256] = {
    let mut opens = [NO_DRAWING; 256];
    let mut at = DRAWINGS.len();
    while at > 0 {
        at -= 1;
        let (signs, _) = DRAWINGS[at];
        opens[signs.as_bytes()[0] as usize] = at as u8;
    }
    opens
};

/// The second bytes of the drawings that begin with a byte, a bit each by their lower seven.
pub(super) static SECONDS: [u128; 128] = {
    let mut seconds = [0; 128];
    let mut at = 0;
    while at < DRAWINGS.len() {
        let signs = DRAWINGS[at].0.as_bytes();
        seconds[signs[0] as usize] |= 1 << (signs[1] & 127);
        at += 1;
    }
    seconds
};
