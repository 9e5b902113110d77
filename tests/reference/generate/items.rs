//! Random items.

use serde_json::{Map, Value, json};

use super::{DAYS, PLATFORMS, SELLERS, WORDS};
use crate::support::Random;

/// A random item; each field is there or not.
pub(crate) fn item(random: &mut Random) -> Map<String, Value> {
    let mut item = Map::new();
    let mut put = |random: &mut Random, path: &str, value: Value| {
        if !random.once_in(3) {
            item.insert(path.to_owned(), value);
        }
    };
    for path in ["title", "notes", "brand"] {
        let count = random.below(6);
        let words: Vec<&str> = (0..count).map(|_| random.pick(&WORDS)).collect();
        let sign = random.pick(&[" ", " ", ", ", ""]);
        put(random, path, json!(words.join(sign)));
    }
    let platform = random.pick(&PLATFORMS);
    put(random, "platform", json!(platform));
    let channel = random.pick(&["shop", "listing", "ad"]);
    put(random, "channel", json!(channel));
    let seller = random.pick(&SELLERS);
    put(random, "seller.name", json!(seller));
    let country = random.pick(&["CN", "US"]);
    put(random, "seller.country", json!(country));
    let markets: Vec<&str> = (0..random.below(3))
        .map(|_| random.pick(&["CN", "US", "DE"]))
        .collect();
    put(random, "market", json!(markets));
    let names: Vec<&str> = (0..random.below(3))
        .map(|_| random.pick(&["a", "b", "c"]))
        .collect();
    put(random, "tags", json!(names));
    let categories: Vec<&str> = (0..random.below(3))
        .map(|_| random.pick(&["c0", "c1", "c2", "c3", "d", "unheard"]))
        .collect();
    put(random, "category", json!(categories));
    let number = random.below(4);
    put(random, "n", json!(number));
    let flag = random.once_in(2);
    put(random, "flag", json!(flag));
    let day = random.pick(&DAYS);
    let time = random.pick(&["", "", "T00:00:00Z", "T12:00:00Z", "T23:59:59+08:00"]);
    put(random, "created", json!(format!("{day}{time}")));
    item
}
