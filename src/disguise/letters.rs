//! Latin letters and digits in other clothes, character by character.
//!
//! The tables are what people use, kept by hand and apart from the folding table, so that a sample
//! can prove that table wrong.

/// The letters from a to z in small capitals.
const SMALL_CAPITALS: &str = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡxʏᴢ";
/// The letters from a to z with accents.
const ACCENTED: &str = "áḃćďéḟğĥíĵķľḿñóṕqŕšťúṽŵẍýž";
/// Cyrillic letters that look like a Latin one, after it.
const CYRILLIC: &str = "aаcсdԁeеhһiіjјkкmмnпoоpрqԛrгsѕuцvѵwԝxхyуAАBВCСEЕHНIІJЈKКMМOОPРSЅTТXХYУ";
/// Greek letters that look like a Latin one, after it.
const GREEK: &str = "aαbβeεiιkκnηoοpρtτuυvνwωxχyγAΑBΒEΕHΗIΙKΚMΜNΝOΟPΡTΤXΧYΥZΖ";
/// Digits that stand for a letter, after it.
const DIGITS: &str = "a4b8e3g9i1l1o0s5t7z2";
/// Signs that stand for a letter, after it.
const SIGNS: &str = "a@c(e€h#i!l|s$t+x×y¥";
/// Signs that draw a letter together.
const DRAWINGS: [(char, &str); 14] = [
    ('a', "/\\"),
    ('b', "|3"),
    ('d', "|)"),
    ('h', "|-|"),
    ('k', "|<"),
    ('l', "|_"),
    ('m', "|\\/|"),
    ('n', "|\\|"),
    ('o', "()"),
    ('p', "|*"),
    ('u', "|_|"),
    ('v', "\\/"),
    ('w', "\\/\\/"),
    ('x', "><"),
];

/// A character this far above an ASCII one.
fn above(base: char, from: char, c: char) -> Option<char> {
    char::from_u32(u32::from(base) + (u32::from(c) - u32::from(from)))
}

/// In full width.
pub(super) fn full_width(c: char) -> Option<char> {
    c.is_ascii_graphic().then(|| above('！', '!', c)).flatten()
}

/// In mathematical bold.
pub(super) fn bold(c: char) -> Option<char> {
    match c {
        'A'..='Z' => above('𝐀', 'A', c),
        'a'..='z' => above('𝐚', 'a', c),
        '0'..='9' => above('𝟎', '0', c),
        _ => None,
    }
}

/// In a circle.
pub(super) fn circled(c: char) -> Option<char> {
    match c {
        'A'..='Z' => above('Ⓐ', 'A', c),
        'a'..='z' => above('ⓐ', 'a', c),
        '0' => Some('⓪'),
        '1'..='9' => above('①', '1', c),
        _ => None,
    }
}

/// White on a black square, as emoji show letters.
pub(super) fn squared(c: char) -> Option<char> {
    let c = c.to_ascii_uppercase();
    c.is_ascii_uppercase().then(|| above('🅰', 'A', c)).flatten()
}

/// As small capitals.
pub(super) fn small_capital(c: char) -> Option<char> {
    let place = place(c)?;
    SMALL_CAPITALS.chars().nth(place)
}

/// With an accent.
pub(super) fn accented(c: char) -> Option<char> {
    let accented = ACCENTED.chars().nth(place(c)?)?;
    match c.is_ascii_uppercase() {
        true => accented.to_uppercase().next(),
        false => Some(accented),
    }
}

/// The place of a letter in the alphabet.
fn place(c: char) -> Option<usize> {
    let letter = c.to_ascii_lowercase();
    letter
        .is_ascii_lowercase()
        .then(|| usize::from(letter as u8 - b'a'))
}

/// As the Cyrillic letter that looks like it.
pub(super) fn cyrillic(c: char) -> Option<char> {
    after(CYRILLIC, c)
}

/// As the Greek letter that looks like it.
pub(super) fn greek(c: char) -> Option<char> {
    after(GREEK, c)
}

/// As a digit.
pub(super) fn digit(c: char) -> Option<char> {
    after(DIGITS, c.to_ascii_lowercase())
}

/// As a sign.
pub(super) fn sign(c: char) -> Option<char> {
    after(SIGNS, c.to_ascii_lowercase())
}

/// As several signs.
pub(super) fn drawing(c: char) -> Option<&'static str> {
    let letter = c.to_ascii_lowercase();
    DRAWINGS
        .iter()
        .find(|(known, _)| *known == letter)
        .map(|(_, signs)| *signs)
}

/// The character after this one in a list of pairs.
fn after(pairs: &str, c: char) -> Option<char> {
    let mut pairs = pairs.chars();
    while let (Some(letter), Some(other)) = (pairs.next(), pairs.next()) {
        if letter == c {
            return Some(other);
        }
    }
    None
}

/// Another letter of its alphabet, which no reader takes for it.
pub(super) fn other_letter(c: char) -> Option<char> {
    match c {
        'z' => Some('a'),
        'Z' => Some('A'),
        'a'..='y' => above('b', 'a', c),
        'A'..='Y' => above('B', 'A', c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_change_their_clothes() {
        let dressed = |dress: fn(char) -> Option<char>| -> String {
            "Ico9".chars().map(|c| dress(c).unwrap_or(c)).collect()
        };
        assert_eq!(dressed(full_width), "Ｉｃｏ９");
        assert_eq!(dressed(bold), "𝐈𝐜𝐨𝟗");
        assert_eq!(dressed(circled), "Ⓘⓒⓞ⑨");
        assert_eq!(dressed(squared), "🅸🅲🅾9");
        assert_eq!(dressed(small_capital), "ɪᴄᴏ9");
        assert_eq!(dressed(accented), "Íćó9");
        assert_eq!(dressed(cyrillic), "Ісо9");
        assert_eq!(dressed(greek), "Ιcο9");
        assert_eq!(dressed(digit), "1c09");
        assert_eq!(dressed(sign), "!(o9");
        assert_eq!(dressed(other_letter), "Jdp9");
    }

    #[test]
    fn the_tables_hold_pairs_of_a_letter_and_another_character() {
        for pairs in [CYRILLIC, GREEK, DIGITS, SIGNS] {
            let letters = pairs.chars().step_by(2);
            assert!(letters.clone().all(|c| c.is_ascii_alphabetic()), "{pairs}");
            assert!(letters.clone().all(|c| after(pairs, c) != Some(c)));
            assert_eq!(letters.count() * 2, pairs.chars().count());
        }
        for letters in [SMALL_CAPITALS, ACCENTED] {
            assert_eq!(letters.chars().count(), 26);
        }
    }
}
