//! The five verdicts, the four layers and the six field types, with their words.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// All of them, in ascending order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// Their words, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word,)*];

            /// The word of the language.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The one with this word.
            pub fn from_word(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.word() == word)
            }

            /// The one with this place in [`Self::ALL`], as artifacts store it.
            pub fn from_index(index: u32) -> Option<$name> {
                $name::ALL.get(index as usize).copied()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.word())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }
    };
}

words! {
    /// What holds for an item. Ordered by strictness: the greatest wins.
    Verdict {
        /// Nothing stands against it.
        Allow = "allow",
        /// Allowed once a duty is met.
        Require = "require",
        /// Allowed only under a condition that it does not meet.
        Restrict = "restrict",
        /// A person must look: a rule says so, or what is unknown could change the verdict.
        Review = "review",
        /// Prohibited.
        Ban = "ban",
    }
}

words! {
    /// Where a rule's force comes from. Ordered from the lowest to the highest.
    Layer {
        /// A promise of the party itself.
        Pledge = "pledge",
        /// The rules of a platform.
        Platform = "platform",
        /// An order for the time being.
        Emergency = "emergency",
        /// The law.
        Law = "law",
    }
}

words! {
    /// What a field of an item may hold.
    FieldType {
        /// Free text, searched for terms.
        Text = "text",
        /// One name, compared exactly.
        Name = "name",
        /// Several names.
        Names = "names",
        /// A number.
        Number = "number",
        /// A civil day or an instant.
        Date = "date",
        /// Yes or no.
        YesNo = "yes-no",
    }
}
