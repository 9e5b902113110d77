//! Bytes → views. Nothing is copied: a [`View`] is a handful of borrowed slices.

use super::error::{truncated, unsound};
use super::*;
use crate::text::{SECTIONS as TEXT_SECTION_NAMES, TextIndex};
use crate::verdict::FieldType;
use crate::words::Words;

/// How many sections there are, those of the text index included.
const SECTION_COUNT: usize = Section::ALL.len() + TEXT_SECTION_NAMES.len();

/// Where each section starts and ends, by its place in [`Section::ALL`]; then those of the text
/// index.
type Ranges = Box<[(usize, usize); SECTION_COUNT]>;

/// The header of an artifact, and where its sections lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    ranges: Ranges,
    content_id: [u8; 32],
    minor: u16,
}

impl Directory {
    /// Reads the header and the directory, and holds the content against its id.
    ///
    /// # Errors
    ///
    /// Whatever keeps the bytes from being an artifact of this format.
    pub fn read(bytes: &[u8]) -> Result<Directory, LoadError> {
        let directory = Directory::read_unhashed(bytes)?;
        let hash = blake3::hash(bytes.get(HASHED_FROM..).unwrap_or(&[]));
        match *hash.as_bytes() == directory.content_id {
            true => Ok(directory),
            false => Err(LoadError::Damaged),
        }
    }

    /// Reads the header and the directory.
    ///
    /// # Errors
    ///
    /// Whatever keeps the bytes from being an artifact of this format, but for their content.
    pub fn read_unhashed(bytes: &[u8]) -> Result<Directory, LoadError> {
        if bytes.get(..8) != Some(&MAGIC[..]) {
            return Err(LoadError::NotAnArtifact);
        }
        let header = Words::new(bytes);
        if bytes.len() < HASHED_FROM + 8 {
            return Err(truncated(bytes, (HASHED_FROM + 8) as u64));
        }
        let [major, minor] = [header.get(2) as u16, (header.get(2) >> 16) as u16];
        if major != MAJOR {
            return Err(LoadError::Format { major, minor });
        }
        if header.get(3) != 0 {
            return Err(unsound("header", "flags that this version does not know"));
        }
        let mut directory = Directory {
            ranges: Box::new([(0, 0); SECTION_COUNT]),
            content_id: [0; 32],
            minor,
        };
        let found = directory.read_sections(bytes)?;
        directory
            .content_id
            .copy_from_slice(&bytes[16..HASHED_FROM]);
        if found < SECTION_COUNT {
            return Err(unsound("directory", "a section is missing"));
        }
        Ok(directory)
    }

    fn read_sections(&mut self, bytes: &[u8]) -> Result<usize, LoadError> {
        let count = u64::from(Words::new(bytes).get(HASHED_FROM / 4));
        let mut end = (HASHED_FROM as u64 + 8).saturating_add(count * 24);
        if end > bytes.len() as u64 {
            return Err(truncated(bytes, end));
        }
        let (mut found, mut last_kind) = (0, 0);
        for row in bytes[HASHED_FROM + 8..end as usize].chunks_exact(24) {
            let words = Words::new(row);
            let wide = |at: usize| u64::from(words.get(at)) | u64::from(words.get(at + 1)) << 32;
            let (kind, offset, length) = (words.get(0), wide(2), wide(4));
            if kind <= last_kind || offset % 8 != 0 || offset < end {
                return Err(unsound("directory", "sections out of order"));
            }
            (last_kind, end) = (kind, offset.saturating_add(length));
            if end > bytes.len() as u64 {
                return Err(truncated(bytes, end));
            }
            if let Some(slot) = place(kind).and_then(|place| self.ranges.get_mut(place)) {
                *slot = (offset as usize, end as usize);
                found += 1;
            }
        }
        if end != bytes.len() as u64 {
            return Err(unsound("directory", "bytes after the last section"));
        }
        Ok(found)
    }

    /// The hash that names the content.
    pub fn content_id(&self) -> &[u8; 32] {
        &self.content_id
    }

    /// The minor format that it was written in.
    pub fn minor(&self) -> u16 {
        self.minor
    }

    /// Every section's name and length in bytes.
    pub fn sizes(&self) -> Vec<(&'static str, usize)> {
        let names = Section::ALL.iter().map(|section| section.name());
        let names = names.chain(TEXT_SECTION_NAMES.iter().copied());
        let lengths = self.ranges.iter().map(|(start, end)| end - start);
        names.zip(lengths).collect()
    }

    /// A section's bytes.
    pub fn section<'a>(&self, bytes: &'a [u8], section: Section) -> &'a [u8] {
        self.slice(bytes, section.place())
    }

    #[inline(always)]
    fn slice<'a>(&self, bytes: &'a [u8], place: usize) -> &'a [u8] {
        let (start, end) = self.ranges.get(place).copied().unwrap_or_default();
        bytes.get(start..end).unwrap_or(&[])
    }
}

/// The first number of the text index's own sections.
pub const TEXT_SECTIONS: u32 = 64;

fn place(kind: u32) -> Option<usize> {
    if let Some(section) = Section::from_kind(kind) {
        return Some(section.place());
    }
    let place = kind.checked_sub(TEXT_SECTIONS)? as usize;
    (place < TEXT_SECTION_NAMES.len()).then(|| Section::ALL.len() + place)
}

macro_rules! view {
    ($($(#[$doc:meta])* $field:ident: $row:ident = $section:ident,)*) => {
        /// The tables of an artifact, borrowed from its bytes.
        #[derive(Debug, Clone, Copy)]
        pub struct View<'a> {
            /// All strings.
            pub strings: Strings<'a>,
            /// Characters to hits.
            pub text: TextIndex<'a>,
            $($(#[$doc])* pub $field: Table<'a, $row>,)*
        }

        impl<'a> View<'a> {
            /// Borrows the tables that a directory points to.
            pub fn new(bytes: &'a [u8], directory: &Directory) -> View<'a> {
                let section = |section| directory.section(bytes, section);
                let text = std::array::from_fn(|place| {
                    directory.slice(bytes, Section::ALL.len() + place)
                });
                View {
                    strings: Strings {
                        text: section(Section::StringText),
                        ends: Table::new(section(Section::StringEnds)),
                    },
                    text: TextIndex::new(text),
                    $($field: Table::new(section(Section::$section)),)*
                }
            }

            /// How many rows a section has; none if it is no table.
            pub(super) fn rows(self, section: Section) -> usize {
                match section {
                    Section::StringText => 0,
                    Section::StringEnds => self.strings.len(),
                    $(Section::$section => self.$field.len(),)*
                }
            }

            /// Checks every word of every table.
            pub(super) fn validate_tables(self) -> Result<(), LoadError> {
                self.validate_table(Section::StringEnds, self.strings.ends)?;
                $(self.validate_table(Section::$section, self.$field)?;)*
                Ok(())
            }
        }
    };
}

view! {
    /// The pool that ranges point into.
    indexes: Index = Indexes,
    /// Boundaries; see [`View::epoch`].
    epochs: Boundary = Epochs,
    /// One row.
    meta: Meta = Meta,
    /// Fields of the item.
    fields: Field = Fields,
    /// What the spellings stand for.
    owners: Owner = Owners,
    /// Terms.
    terms: Term = Terms,
    /// Guards of terms.
    guards: Guard = Guards,
    /// Phrases of terms and masks.
    phrases: Phrase = Phrases,
    /// Categories.
    categories: Category = Categories,
    /// Groups.
    groups: Group = Groups,
    /// Members of groups.
    members: Member = Members,
    /// Conditions.
    nodes: Node = Nodes,
    /// Questions.
    atoms: Atom = Atoms,
    /// Neighbourhoods.
    nears: Near = Nears,
    /// Rules.
    rules: Rule = Rules,
    /// Exceptions.
    exceptions: Exception = Exceptions,
    /// The inverted index.
    triggers: Trigger = Triggers,
    /// What refines it.
    refined: Trigger = Refined,
    /// What both name.
    spans: Span = Spans,
    /// Sources.
    sources: Source = Sources,
    /// Citations.
    citations: Citation = Citations,
    /// Laws.
    laws: Law = Laws,
    /// Penalties.
    penalties: Penalty = Penalties,
    /// Messages.
    messages: Message = Messages,
    /// Policies.
    policies: Policy = Policies,
    /// Lists.
    lists: List = Lists,
    /// Policy text.
    files: File = Files,
    /// Boundaries of dates in items.
    moments: Moment = Moments,
    /// Calendars.
    calendars: Calendar = Calendars,
    /// Windows of calendars.
    windows: Window = Windows,
    /// Conditions that stand for `category is N`.
    in_category: InCategory = InCategory,
    /// Acts that amended rules.
    acts: Act = Acts,
    /// Time zones.
    zones: Zone = Zones,
    /// What their clocks show.
    offsets: Offset = Offsets,
    /// Texts that rules demand.
    wordings: Wording = Wordings,
    /// Conditions that make an item count as another kind of thing.
    countings: Counting = Countings,
}

impl<'a> View<'a> {
    /// Words of the pool.
    pub fn index_range(self, start: u32, len: u32) -> impl Iterator<Item = u32> + Clone + use<'a> {
        self.indexes.range(start, len).map(|(_, index)| index.value)
    }

    /// How many boundaries there are.
    pub fn epoch_count(self) -> u32 {
        u32::try_from(self.epochs.len()).unwrap_or(u32::MAX - 1)
    }

    /// The boundary with this number, in seconds since 1970.
    pub fn boundary(self, number: u32) -> i64 {
        let row = self.epochs.row(number);
        wide(row.low, row.high)
    }

    /// The epoch of an instant: how many boundaries have passed.
    pub fn epoch(self, seconds: i64) -> u32 {
        partition(self.epoch_count(), |at| self.boundary(at) <= seconds)
    }

    /// The number of the field with this path.
    pub fn field_number(self, path: &str) -> Option<u32> {
        let count = u32::try_from(self.fields.len()).unwrap_or(u32::MAX);
        search(count, |at| {
            let one = self.strings.bytes(self.fields.row(at).path);
            one.cmp(path.as_bytes())
        })
    }

    /// The type of a field.
    pub fn field_type(self, number: u32) -> FieldType {
        FieldType::from_index(self.fields.row(number).kind).unwrap_or(FieldType::Text)
    }

    /// The number of the category with this name.
    pub fn category_number(self, name: &str) -> Option<u32> {
        let count = u32::try_from(self.categories.len()).unwrap_or(u32::MAX);
        search(count, |at| {
            let one = self.strings.bytes(self.categories.row(at).name);
            one.cmp(name.as_bytes())
        })
    }
}

/// Two halves as one signed number.
pub(crate) fn wide(low: u32, high: u32) -> i64 {
    (u64::from(low) | u64::from(high) << 32).cast_signed()
}

/// How many of `count` rows, from the first on, are as wanted.
pub(crate) fn partition(count: u32, wanted: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if wanted(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// Binary search over `count` rows whose order against the wanted one is `order`.
pub(crate) fn search(count: u32, order: impl Fn(u32) -> std::cmp::Ordering) -> Option<u32> {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        match order(middle) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return Some(middle),
        }
    }
    None
}
