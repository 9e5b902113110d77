//! Kleene's three values, written out.

/// True, false, or not known.
pub(crate) type Truth = Option<bool>;

pub(crate) fn not(truth: Truth) -> Truth {
    truth.map(|one| !one)
}

pub(crate) fn all(truths: impl IntoIterator<Item = Truth>) -> Truth {
    let truths: Vec<Truth> = truths.into_iter().collect();
    if truths.contains(&Some(false)) {
        return Some(false);
    }
    if truths.contains(&None) {
        None
    } else {
        Some(true)
    }
}

pub(crate) fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
    not(all(truths.into_iter().map(not)))
}
