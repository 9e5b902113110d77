//! Han drawn otherwise: as their parts (`弓虽` for 强) or as an emoji (`🔫` for 枪).

use std::collections::BTreeMap;
use std::sync::OnceLock;

const SPLITS: &str = include_str!("splits.tsv");

/// Emoji with the Han that they show.
///
/// Source: our own list; what the emoji show by their Unicode names.
const EMOJI: [(char, &str); 72] = [
    ('💧', "水"),
    ('💦', "水"),
    ('🌊', "海浪"),
    ('🔥', "火"),
    ('🧊', "冰"),
    ('❄', "雪冰"),
    ('🔫', "枪"),
    ('💣', "弹炸"),
    ('💥', "炸爆"),
    ('🔪', "刀"),
    ('🗡', "剑刀"),
    ('⚔', "剑"),
    ('💊', "药"),
    ('💉', "针"),
    ('☠', "毒"),
    ('💀', "毒死"),
    ('🧪', "药"),
    ('🩸', "血"),
    ('💰', "币钱"),
    ('🪙', "币"),
    ('💵', "钞币"),
    ('💴', "钞币"),
    ('💸', "钱"),
    ('💳', "卡"),
    ('🧱', "墙砖"),
    ('🔒', "锁"),
    ('🔓', "锁"),
    ('🔑', "钥匙"),
    ('📚', "书"),
    ('📖', "书"),
    ('📕', "书"),
    ('⬜', "白"),
    ('⚪', "白"),
    ('⚫', "黑"),
    ('⬛', "黑"),
    ('🔴', "红"),
    ('🟡', "黄"),
    ('🌸', "花"),
    ('🌺', "花"),
    ('🌹', "花"),
    ('🌼', "花"),
    ('🎆', "烟"),
    ('🚬', "烟"),
    ('💨', "烟气"),
    ('🌈', "彩虹"),
    ('🎫', "票"),
    ('🎟', "票"),
    ('🐘', "象"),
    ('🦷', "牙"),
    ('🐭', "鼠"),
    ('🐀', "鼠"),
    ('🐯', "虎"),
    ('🐅', "虎"),
    ('🐻', "熊"),
    ('🦌', "鹿"),
    ('🐴', "马"),
    ('🐎', "马"),
    ('🐍', "蛇"),
    ('🐦', "鸟"),
    ('🐟', "鱼"),
    ('🐮', "牛"),
    ('🐑', "羊"),
    ('🐶', "狗"),
    ('👄', "嘴口"),
    ('👁', "眼"),
    ('👂', "耳听"),
    ('🖐', "手"),
    ('🦴', "骨"),
    ('🐢', "龟"),
    ('🚗', "车"),
    ('🎰', "赌"),
    ('🎲', "赌"),
];

/// The ways to draw a character as its parts.
fn splits(character: char) -> &'static [&'static str] {
    static TABLE: OnceLock<BTreeMap<char, Vec<&'static str>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let rows = SPLITS.lines().filter(|line| !line.starts_with('#'));
        rows.filter_map(|line| {
            let mut columns = line.split('\t');
            Some((columns.next()?.chars().next()?, columns.collect()))
        })
        .collect()
    });
    table.get(&character).map_or(&[], Vec::as_slice)
}

/// Every way to draw a character otherwise.
pub(crate) fn drawn(character: char) -> Vec<String> {
    let shows = |(_, han): &&(char, &str)| han.contains(character);
    let emoji = EMOJI
        .iter()
        .filter(shows)
        .map(|(emoji, _)| emoji.to_string());
    splits(character)
        .iter()
        .map(|&way| way.to_owned())
        .chain(emoji)
        .collect()
}
