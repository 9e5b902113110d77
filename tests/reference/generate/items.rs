//! Random items and the instants at which they are judged.

use interdict_matcher::Instant;
use serde_json::{Map, Value, json};

use super::{DAYS, MONTHS, PLATFORMS, SELLERS};
use crate::support::Random;

const WORDS: [&str; 18] = [
    "ICO",
    "I.C.O",
    "ico",
    "1C0",
    "白皮书",
    "白 皮 书",
    "Token  Sale",
    "token sale",
    "coin",
    "coins",
    "币圈",
    "favicon",
    "fee",
    "图标",
    "a",
    "$ilk",
    "ICO fee",
    "cafe",
];

/// The instants at which anything may change, and those beside them.
pub(super) fn instants() -> Vec<i64> {
    let starts = DAYS.iter().map(|day| format!("{day}T00:00:00Z"));
    let months = MONTHS.iter().map(|month| format!("{month}-01T00:00:00Z"));
    let starts = starts.chain(months).map(|day| {
        let instant: Instant = day.parse().expect("an instant");
        instant.unix_seconds()
    });
    // Days start eight hours before and four or five hours after those of UTC.
    let zones = [0, -8 * 3600, 4 * 3600, 5 * 3600];
    let steps = [0, -1, 86_400, 86_399, 20 * 3600, 500_000, 364 * 86_400];
    let near = |start: i64| {
        let near = move |zone| steps.map(|step| start + zone + step);
        zones.into_iter().flat_map(near)
    };
    starts.flat_map(near).collect()
}

/// A random item; each field is there or not.
pub(super) fn item(random: &mut Random) -> Map<String, Value> {
    let mut item = Map::new();
    for path in ["title", "notes", "brand"] {
        let count = random.below(6);
        let words: Vec<&str> = (0..count).map(|_| random.pick(&WORDS)).collect();
        let sign = random.pick(&[" ", " ", ", ", ""]);
        put(random, &mut item, path, json!(words.join(sign)));
    }
    let names = [
        ("platform", &PLATFORMS[..]),
        ("channel", &["shop", "listing", "ad"]),
        ("seller.name", &SELLERS),
        ("seller.country", &["CN", "US"]),
    ];
    for (path, values) in names {
        let value = random.pick(values);
        put(random, &mut item, path, json!(value));
    }
    let lists = [
        ("market", &["CN", "US", "DE"][..]),
        ("origin", &["CN", "US", "r0"]),
        ("destination", &["CN", "US"]),
        ("tags", &["a", "b", "c"]),
        (
            "category",
            &["c0", "c1", "c2", "c3", "d", "e", "f0", "f2", "unheard"],
        ),
    ];
    for (path, values) in lists {
        let count = random.below(3);
        let values: Vec<&str> = (0..count).map(|_| random.pick(values)).collect();
        put(random, &mut item, path, json!(values));
    }
    for path in ["n", "price.amount"] {
        let number = random.below(4);
        put(random, &mut item, path, json!(number));
    }
    let flag = random.once_in(2);
    put(random, &mut item, "flag", json!(flag));
    for path in ["created", "published"] {
        let day = random.pick(&DAYS);
        let time = random.pick(&["", "", "T00:00:00Z", "T12:00:00Z", "T23:59:59+08:00"]);
        put(random, &mut item, path, json!(format!("{day}{time}")));
    }
    item
}

fn put(random: &mut Random, item: &mut Map<String, Value>, path: &str, value: Value) {
    if !random.once_in(3) {
        item.insert(path.to_owned(), value);
    }
}
