//! A folder of artifacts, of which the last good one by its name is served.
//!
//! An artifact that comes under a later name replaces the one that is served, if it is good; else it
//! is refused once, and the next one below it is tried. Nothing below what is served is looked at
//! until its file is gone: a file that breaks where it stands never brings older policies back.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use interdict_sign::Refusal;

use super::file::{Look, Watched};
use super::{Fetched, ReloadError, unreadable};

/// A folder that is watched.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    limit: u64,
    files: BTreeMap<Name, Entry>,
    /// What is served.
    served: Option<Name>,
    /// What is still to be tried in this look, the last name at the end; and whether it is new.
    queue: Vec<(Name, bool)>,
    /// What is being tried.
    tried: Option<Name>,
    /// Nothing could be found at the last look, which is told once.
    empty: bool,
}

/// An artifact of the folder.
#[derive(Debug)]
struct Entry {
    watched: Watched,
    /// Whether it was good when it was last read.
    good: bool,
}

impl Folder {
    pub(super) fn new(path: &Path, limit: u64) -> Folder {
        Folder {
            path: path.to_owned(),
            limit,
            files: BTreeMap::new(),
            served: None,
            queue: Vec::new(),
            tried: None,
            empty: false,
        }
    }

    /// Looks at all files, and gives the first one to try. At a start nothing has to stand still.
    pub(super) fn look(&mut self, at_start: bool) -> Option<Result<Fetched, ReloadError>> {
        if let Err(error) = self.list() {
            self.queue.clear();
            let told = std::mem::replace(&mut self.empty, true);
            return (!told).then(|| Err(unreadable(self.path.display(), error)));
        }
        self.empty = false;
        let looked = self.files.iter_mut().filter_map(|(name, file)| {
            let new = match file.watched.look() {
                Look::Same => false,
                Look::Moving if !at_start => return None,
                Look::Moving | Look::New => true,
            };
            Some((name.clone(), new))
        });
        self.queue = looked.collect();
        if let Some(served) = self
            .served
            .as_ref()
            .filter(|it| self.files.contains_key(it))
        {
            self.queue.retain(|(name, _)| name >= served);
        }
        self.next()
    }

    /// The next one to try in this look.
    pub(super) fn next(&mut self) -> Option<Result<Fetched, ReloadError>> {
        while let Some((name, new)) = self.queue.pop() {
            let Some(file) = self.files.get_mut(&name) else {
                continue;
            };
            if new || (file.good && self.served.as_ref() != Some(&name)) {
                self.tried = Some(name);
                return Some(file.watched.read());
            }
        }
        None
    }

    /// Hears what came of the one that was tried.
    pub(super) fn judged(&mut self, refusal: Option<&ReloadError>) {
        let Some(name) = self.tried.take() else {
            return;
        };
        if let Some(file) = self.files.get_mut(&name) {
            file.good = refusal.is_none();
        }
        match refusal {
            None => {
                self.served = Some(name);
                self.queue.clear();
            }
            // What stands below is older still.
            Some(ReloadError::Refused(Refusal::Older { .. })) => self.queue.clear(),
            Some(_) => {}
        }
    }

    /// Takes note of files that came and went.
    fn list(&mut self) -> io::Result<()> {
        let mut there = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let is_artifact = name.ends_with(".matcher") && !name.starts_with('.');
            // Through links, which a release is often switched by.
            if is_artifact && fs::metadata(entry.path()).is_ok_and(|meta| meta.is_file()) {
                there.push(Name(name));
            }
        }
        self.files.retain(|name, _| there.contains(name));
        for name in there {
            let path = self.path.join(&name.0);
            self.files.entry(name).or_insert_with(|| Entry {
                watched: Watched::new(&path, self.limit),
                good: false,
            });
        }
        match self.files.is_empty() {
            true => Err(io::Error::other("it holds no file that ends in `.matcher`")),
            false => Ok(()),
        }
    }
}

/// The name of a file. Numbers in names are compared as numbers: `rules-9` comes before `rules-10`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name(String);

impl Ord for Name {
    fn cmp(&self, other: &Name) -> Ordering {
        let (mut one, mut two) = (self.0.as_bytes(), other.0.as_bytes());
        while let (Some(first), Some(second)) = (one.first(), two.first()) {
            let (order, taken) = match first.is_ascii_digit() && second.is_ascii_digit() {
                true => {
                    let taken = (digits(one), digits(two));
                    let (left, right) = (number(&one[..taken.0]), number(&two[..taken.1]));
                    let order = left.len().cmp(&right.len()).then(left.cmp(right));
                    (order, taken)
                }
                false => (first.cmp(second), (1, 1)),
            };
            if order.is_ne() {
                return order;
            }
            (one, two) = (&one[taken.0..], &two[taken.1..]);
        }
        // Two names of one order are told apart by their signs.
        let order = one.len().cmp(&two.len());
        order.then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Name) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// How many digits a text begins with.
fn digits(text: &[u8]) -> usize {
    let other = text.iter().position(|byte| !byte.is_ascii_digit());
    other.unwrap_or(text.len())
}

/// Digits without the zeros before them.
fn number(digits: &[u8]) -> &[u8] {
    let first = digits.iter().position(|digit| *digit != b'0');
    &digits[first.unwrap_or(digits.len())..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_that_people_count_in() {
        let ordered = [
            "2018-04-17.matcher",
            "2018-04-18.matcher",
            "2018-11-01.matcher",
            "rules-009.matcher",
            "rules-9.matcher",
            "rules-10.matcher",
            "rules-10b.matcher",
            "rules-100000000000000000000000.matcher",
            "rules.matcher",
        ];
        let mut names = ordered.map(|name| Name(name.to_owned()));
        names.reverse();
        names.sort();
        assert_eq!(names.map(|name| name.0), ordered.map(str::to_owned));
    }
}
