//! Numbers in spellings, spelled out: `AR15` is `AR fifteen` and `AR一五`.

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const HAN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FINANCIAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// Characters that a spelling has, so that its number is no word of everyday.
const FEWEST: usize = 3;

/// The spelling with its number spelled out, a blank at either end of the number. None
/// when there is no number, several, or nothing beside it.
pub(crate) fn spelled_out(text: &str) -> Vec<String> {
    let is_digit = |c: char| c.is_ascii_digit();
    let Some(start) = text.find(is_digit) else {
        return Vec::new();
    };
    let (before, rest) = text.split_at(start);
    let end = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    let letters = before
        .chars()
        .chain(after.chars())
        .filter(|c| c.is_alphabetic())
        .count();
    if letters == 0
        || letters + digits.len() < FEWEST
        || after.contains(is_digit)
        || digits.len() > 4
    {
        return Vec::new();
    }
    let values: Vec<usize> = digits
        .bytes()
        .map(|digit| usize::from(digit - b'0'))
        .collect();
    let each = |names: &dyn Fn(usize) -> String| {
        values.iter().map(|&value| names(value)).collect::<String>()
    };
    let mut numbers = vec![
        each(&|value| HAN[value].to_string()),
        each(&|value| FINANCIAL[value].to_string()),
        each(&|value| format!("{} ", ONES[value])),
    ];
    if let [tens, ones] = values[..] {
        numbers.push(in_words(tens, ones));
        numbers.push(in_han(tens, ones));
    }
    numbers.retain(|number| !number.trim().is_empty());
    let spell = |number: &String| format!("{before} {} {after}", number.trim());
    numbers.iter().map(spell).collect()
}

fn in_words(tens: usize, ones: usize) -> String {
    match (tens, ones) {
        (0, _) => String::new(),
        (1, _) => ONES[10 + ones].to_owned(),
        (_, 0) => TENS[tens].to_owned(),
        _ => format!("{} {}", TENS[tens], ONES[ones]),
    }
}

fn in_han(tens: usize, ones: usize) -> String {
    let mut out = String::new();
    if tens > 1 {
        out.push(HAN[tens]);
    }
    if tens > 0 {
        out.push('十');
    }
    if ones > 0 {
        out.push(HAN[ones]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled_out() {
        assert_eq!(
            spelled_out("AR15"),
            [
                "AR 一五 ",
                "AR 壹伍 ",
                "AR one five ",
                "AR fifteen ",
                "AR 十五 "
            ]
        );
        assert_eq!(
            spelled_out("G42x").last().map(String::as_str),
            Some("G 四十二 x")
        );
        assert!(spelled_out("13").is_empty() && spelled_out("4u").is_empty());
    }
}
