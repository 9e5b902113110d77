//! The sections of the artifact, but for those of the text index.

use super::*;

/// The columns of a section: those of its record, or none for one of plain bytes.
macro_rules! columns_of {
    (bytes) => {
        &[]
    };
    ($record:ident) => {
        <super::$record as Record>::COLUMNS
    };
}

macro_rules! sections {
    ($($(#[doc = $about:literal])* $name:ident = $kind:literal: $record:ident,)*) => {
        /// The sections of format 1, with their numbers in the file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u32)]
        pub enum Section { $($(#[doc = $about])* $name = $kind,)* }

        impl Section {
            /// All sections, ascending.
            pub const ALL: &'static [Section] = &[$(Section::$name,)*];

            /// Its place in [`Section::ALL`].
            pub(crate) const fn place(self) -> usize {
                // An enum of the same names that counts from 0.
                #[allow(clippy::enum_variant_names, reason = "the names are those of the sections")]
                enum Place { $($name,)* }
                match self { $(Section::$name => Place::$name as usize,)* }
            }

            /// The section's name, as `inspect` prints it.
            pub fn name(self) -> &'static str {
                match self { $(Section::$name => stringify!($name),)* }
            }

            /// What it holds.
            pub fn about(self) -> &'static str {
                match self { $(Section::$name => concat!($($about,)*),)* }
            }

            /// The words of a row; none in a section of plain bytes.
            pub fn columns(self) -> &'static [Column] {
                match self { $(Section::$name => columns_of!($record),)* }
            }

            /// The section with this number.
            pub fn from_kind(kind: u32) -> Option<Section> {
                match kind { $($kind => Some(Section::$name),)* _ => None }
            }
        }
    };
}

sections! {
    /// What the artifact was made with; one row.
    Meta = 1: Meta,
    /// All strings one after the other, in UTF-8. A string may stand for several things.
    StringText = 2: bytes,
    /// Where the strings end. String `n` starts where string `n - 1` ends, and string 0 at 0; the last
    /// one ends where the text does.
    StringEnds = 3: StringEnd,
    /// What an item may hold, in ascending order of the bytes of the path.
    Fields = 4: Field,
    /// The pool: numbers that rows of other sections take ranges of.
    Indexes = 5: Index,
    /// What the spellings of the text index stand for, in ascending order of the first spelling. A row
    /// speaks of the spellings from its first one up to the first one of the next row, the last row of
    /// all that are left.
    Owners = 6: Owner,
    /// Concepts that texts mention.
    Terms = 7: Term,
    /// `unless near`: spellings that drop a mention of a term.
    Guards = 8: Guard,
    /// `except phrase`: spellings that mask the mentions inside them, of one term or for one rule.
    Phrases = 9: Phrase,
    /// Kinds of things, in ascending order of the bytes of the name.
    Categories = 10: Category,
    /// Groups of parties, and lists of values that come and go.
    Groups = 11: Group,
    /// Members of groups, those of a group in ascending order of the bytes of the name. One that left
    /// and came back has several rows.
    Members = 12: Member,
    /// Conditions. Every part of one has a smaller number than the whole, and a chain from a whole to its
    /// part, to a part of that and so on has 511 links at most.
    Nodes = 13: Node,
    /// Questions that have answers of their own.
    Atoms = 14: Atom,
    /// `within N words of T`.
    Nears = 15: Near,
    /// Rules: a row for each stretch of time over which a rule stands as it is, for each rival reading of
    /// it, and for each way in which it stood for those who knew less. In ascending order of the id.
    Rules = 16: Rule,
    /// What lifts rules.
    Exceptions = 17: Exception,
    /// What makes rules worth evaluating, in ascending order of kind, `a`, and the bytes of the string
    /// `b` or the first and the last place of the span `b` if there is one; each once.
    Triggers = 18: Trigger,
    /// The boundaries between epochs, in seconds since 1970-01-01T00:00Z, strictly ascending.
    Epochs = 19: Boundary,
    /// Where policies come from.
    Sources = 20: Source,
    /// References to sources.
    Citations = 21: Citation,
    /// Legal grounds.
    Laws = 22: Law,
    /// What violations cost.
    Penalties = 23: Penalty,
    /// What sellers are told.
    Messages = 24: Message,
    /// The policies of the set, in ascending order of the bytes of the name.
    Policies = 25: Policy,
    /// Lists that stood outside the policies.
    Lists = 26: List,
    /// The text of the policies.
    Files = 27: File,
    /// Days and instants that dates of items are compared with. Each stands in two measures, because an
    /// item may give a day or an instant.
    Moments = 28: Moment,
    /// Windows of time under a name.
    Calendars = 29: Calendar,
    /// The windows of calendars, those of a calendar ascending and apart.
    Windows = 30: Window,
    /// Conditions that stand for `category is N`, in ascending order of the node. Explaining needs them,
    /// deciding does not.
    InCategory = 31: InCategory,
    /// Acts that amended rules.
    Acts = 32: Act,
    /// Time zones in which days of items are held against instants.
    Zones = 33: Zone,
    /// What the clocks of zones show from some second on, those of a zone ascending. The first one of a
    /// zone holds from the smallest number on.
    Offsets = 34: Offset,
    /// Texts that rules demand.
    Wordings = 35: Wording,
    /// Conditions that make an item count as another kind of thing, in ascending order of the node.
    Countings = 36: Counting,
    /// What rules need besides a trigger; sorted as the triggers are, below each of them.
    Refined = 37: Trigger,
    /// Spans that triggers and rows of Refined name, each once. Those of one kind and field in one list
    /// stand one after the other, and of `n` of them the one at `n / 2`, from 0, tells how far any of
    /// them reaches; so does that of those before it of them, and that of those behind it, and so on.
    Spans = 38: Span,
}
