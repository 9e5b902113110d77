//! Texts that mention what they must and nothing that they must not. The matcher reads each.

use std::collections::BTreeSet;

use super::Worlds;
use super::fact::FieldNumber;
use super::lexicon::Mention;
use super::realize::Order;
use super::spell::Tier;

/// Mentions that no text could be found for.
pub(super) struct Clash {
    /// What was to be mentioned.
    pub(super) made: BTreeSet<Mention>,
    /// What came along each time, unwanted.
    pub(super) brought: BTreeSet<Mention>,
}

/// What stands between two mentions; the first that works.
const BETWEEN: [&str; 3] = [" ", " / ", ". — "];

/// Texts about nothing in particular.
const FILLERS: [&str; 5] = ["tea", "lamp", "x", "42", "茶"];

impl Worlds<'_> {
    /// All that a text mentions, in any policy set.
    pub(super) fn mentioned(&mut self, text: &str, at: i64) -> BTreeSet<Mention> {
        let mut all = BTreeSet::new();
        for world in &mut self.worlds {
            all.extend(world.mentioned(text, at, &mut self.lexicon));
        }
        all
    }

    /// One text for an order, other than the values that are taken.
    pub(super) fn compose(
        &mut self,
        at: i64,
        order: &Order,
        taken: &BTreeSet<String>,
    ) -> Result<String, Clash> {
        if order.wanted.is_empty() {
            return self.filler(at, order, taken);
        }
        let snippets = self.snippets(at, order)?;
        let mut reversed = snippets.clone();
        reversed.reverse();
        let mut brought = BTreeSet::new();
        for snippets in [snippets, reversed] {
            for between in BETWEEN {
                let text = snippets.join(between);
                let found = self.mentioned(&text, at);
                let fits = order.wanted.is_subset(&found) && order.unwanted.is_disjoint(&found);
                if fits && !taken.contains(&text) {
                    return Ok(text);
                }
                brought.extend(found.intersection(&order.unwanted).copied());
            }
        }
        Err(Clash {
            made: order.wanted.clone(),
            brought,
        })
    }

    fn filler(
        &mut self,
        at: i64,
        order: &Order,
        taken: &BTreeSet<String>,
    ) -> Result<String, Clash> {
        for filler in FILLERS {
            let fits = self.mentioned(filler, at).is_disjoint(&order.unwanted);
            if fits && !taken.contains(filler) {
                return Ok(filler.to_owned());
            }
        }
        Ok(String::new())
    }

    /// A text for each wanted mention that none before it makes.
    fn snippets(&mut self, at: i64, order: &Order) -> Result<Vec<String>, Clash> {
        let (mut snippets, mut made) = (Vec::new(), BTreeSet::new());
        // What stands near something else makes the mention alone as well, so that it comes first.
        let mut wanted: Vec<Mention> = order.wanted.iter().copied().collect();
        wanted.sort_by_key(|one| (one.near.is_none(), one.mask.is_none(), one.dress));
        for mention in wanted {
            if made.contains(&mention) {
                continue;
            }
            let (snippet, found) = self.snippet(at, mention, order)?;
            made.extend(found);
            snippets.push(snippet);
        }
        Ok(snippets)
    }

    /// A text that makes one mention and none that is unwanted; and all that it makes.
    fn snippet(
        &mut self,
        at: i64,
        mention: Mention,
        order: &Order,
    ) -> Result<(String, BTreeSet<Mention>), Clash> {
        let mut brought = BTreeSet::new();
        for tier in Tier::ALL {
            for world in 0..self.worlds.len() {
                let texts = self.worlds[world].spelled(mention, tier, at, &mut self.lexicon);
                for text in texts.iter() {
                    let found = self.mentioned(text, at);
                    if !found.contains(&mention) {
                        continue;
                    }
                    if found.is_disjoint(&order.unwanted) {
                        return Ok((text.clone(), found));
                    }
                    brought.extend(found.intersection(&order.unwanted).copied());
                }
            }
        }
        Err(Clash {
            made: [mention].into(),
            brought,
        })
    }

    /// A text a field, where one text cannot hold all: words that stand together may excuse each other.
    pub(super) fn spread(
        &mut self,
        at: i64,
        order: &Order,
        fields: &[FieldNumber],
    ) -> Option<Vec<(FieldNumber, String)>> {
        let snippets = self.snippets(at, order).ok()?;
        let fits = snippets.len() > 1 && snippets.len() <= fields.len();
        fits.then(|| fields.iter().copied().zip(snippets).collect())
    }
}
