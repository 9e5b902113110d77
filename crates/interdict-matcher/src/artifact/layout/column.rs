//! What stands in the words of a row: the one place from which rows are read, checked and documented.

use super::Section;

/// A word of a row.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name, which is that of the record's field.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What that means.
    pub about: &'static str,
}

/// What a word holds, and so what is checked of it when an artifact is loaded.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A number.
    Number,
    /// A number, or [`NONE`](super::NONE).
    MaybeNumber,
    /// A number that may lie below zero, as a two's complement.
    Signed,
    /// The low half of a signed number of 64 bits.
    Low,
    /// The high half of the one whose low half stands before it.
    High,
    /// 0 or 1.
    Flag,
    /// The place of one of these words, the first one being 0.
    Word(&'static [&'static str]),
    /// How many boundaries have passed; [`NEVER`](super::NEVER) if no number is enough.
    Epoch,
    /// A string.
    Text,
    /// A string, or [`NONE`](super::NONE).
    MaybeText,
    /// A row.
    Row(Section),
    /// A row, or [`NONE`](super::NONE).
    MaybeRow(Section),
    /// The first of some rows that belong to this one alone.
    Rows(Section),
    /// The first of some places in the pool, which belong to this row alone and hold rows.
    Range(Section),
    /// The first of some places in the pool, which belong to this row alone and hold strings.
    Texts,
    /// How many of those that start with the word before.
    Length,
    /// The number of one of these cases, which say what the operands behind it are.
    Case(&'static [Case]),
    /// What the case before it says, or 0.
    Operand,
}

/// What the operands of a row are under one number.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The number.
    pub number: u32,
    /// The name of the constant.
    pub name: &'static str,
    /// What it stands for.
    pub about: &'static str,
    /// The operands, which follow the case one after the other.
    pub columns: &'static [Column],
}

/// The words of a row, `name: kind` with a comment each; one without a comment is the length of the
/// range before it.
macro_rules! columns {
    ($($(#[doc = $about:literal])* $name:ident: $kind:expr,)*) => {{
        #[allow(unused_imports, reason = "some rows have words of one kind alone")]
        use $crate::artifact::layout::column::Kind::*;
        &[$($crate::artifact::layout::column::Column {
            name: stringify!($name),
            kind: $kind,
            about: concat!($($about,)* ""),
        },)*]
    }};
}

/// Numbers as constants, and as the cases of a column.
macro_rules! cases {
    ($(#[doc = $all_about:literal])* $all:ident:
        $($(#[doc = $about:literal])* $name:ident = $number:literal { $($columns:tt)* })*
    ) => {
        $($(#[doc = $about])* pub const $name: u32 = $number;)*

        $(#[doc = $all_about])*
        pub const $all: &[$crate::artifact::Case] = &[$($crate::artifact::Case {
            number: $number,
            name: stringify!($name),
            about: concat!($($about,)* ""),
            columns: columns!($($columns)*),
        },)*];
    };
}

pub(super) use {cases, columns};
