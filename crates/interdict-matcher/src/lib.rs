//! Decides items by a compiled Interdict policy.
//!
//! This crate is what a service links. It loads the `.matcher` artifact that the compiler wrote and
//! answers, for an item and an instant: *what holds, under which rules, on what evidence, and what
//! is still unknown?* It knows no compiler and no policy text.
//!
//! ```no_run
//! use interdict_matcher::Matcher;
//!
//! let matcher = Matcher::open("rules.matcher")?;
//! let item = matcher.item(br#"{"platform": "taobao", "title": "I.CO. white paper"}"#)?;
//! let decision = matcher.decide(&item, "2018-04-18T12:00:00+08:00".parse()?);
//! println!("{}", decision.verdict);
//! for rule in &decision.rules {
//!     println!("{} rests on {:?}", rule.id, rule.evidence);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Loading validates once; after that nothing fails: [`Matcher::decide`] answers every item, and no
//! bytes and no text make this crate panic. A service that starts often may verify an artifact once
//! and map it by its content id from then on: [`Matcher::open_trusted`].

mod account;
mod answer;
pub mod artifact;
mod as_of;
mod bytes;
mod change;
mod decide;
mod decision;
mod explain;
pub mod fold;
mod folds;
mod instant;
mod item;
mod joined;
mod request;
pub mod text;
mod verdict;
pub mod words;

use std::path::Path;

use serde::{Deserialize as _, Deserializer};

pub use account::{
    Account, Answer, Asks, Because, ExceptionAccount, Outcome, Part, RuleAccount, Spared,
};
pub use answer::Given;
pub use artifact::LoadError;
pub use as_of::AsOf;
pub use change::{Aim, Change, Changes, Does, Edit, Period};
pub use decide::{Scratch, words_in};
pub use decision::{
    Amended, Cited, Decision, Evidence, Fired, Ground, Lifted, Membership, MembershipBy, Possible,
    Sanction, Told, Upcoming,
};
pub use explain::Miss;
pub use folds::Folds;
pub use instant::{Instant, InstantError};
pub use item::{DateValue, Item, ItemError, Value};
pub use joined::Joined;
pub use request::{Request, RequestError};
pub use verdict::{FieldType, Layer, Verdict};

use artifact::{Directory, Section, View};
use bytes::Bytes;
use item::Json;

/// A compiled policy set, loaded. Cheap to share between threads.
#[derive(Debug)]
pub struct Matcher {
    bytes: Bytes,
    directory: Directory,
}

impl Matcher {
    /// Loads an artifact from memory: a `Vec<u8>`, or bytes that live as long as the program.
    ///
    /// # Errors
    ///
    /// Whatever keeps the bytes from being a sound artifact of a format that this version reads.
    pub fn from_bytes(
        bytes: impl Into<std::borrow::Cow<'static, [u8]>>,
    ) -> Result<Matcher, LoadError> {
        Matcher::load(Bytes::Memory(bytes.into()))
    }

    /// Maps an artifact from a file, without reading it whole.
    ///
    /// The file must not be changed in place while it is mapped; the compiler never does: it writes
    /// a new file and renames it over the old one.
    ///
    /// # Errors
    ///
    /// What the system said, or whatever keeps the file from being a sound artifact.
    pub fn open(path: impl AsRef<Path>) -> Result<Matcher, LoadError> {
        Matcher::load(Bytes::map(path.as_ref())?)
    }

    /// Maps an artifact whose content was verified before, by its id: what [`content_id`](Self::content_id)
    /// gave when [`open`](Self::open) had checked the same file. A million terms open in less than a
    /// millisecond, because neither the hash nor the references of the tables are checked.
    ///
    /// This is for files that nobody else can write. A file that was changed while its id stayed does
    /// not make this crate panic, loop without end or read outside its bytes, but it may decide anything.
    ///
    /// # Errors
    ///
    /// What the system said; a file that is no artifact of a format that this version reads, is cut
    /// short or has another id; conditions that do not end.
    pub fn open_trusted(
        path: impl AsRef<Path>,
        content_id: &[u8; 32],
    ) -> Result<Matcher, LoadError> {
        Matcher::load_trusted(Bytes::map(path.as_ref())?, content_id)
    }

    /// The same from memory; see [`open_trusted`](Self::open_trusted).
    ///
    /// # Errors
    ///
    /// As [`open_trusted`](Self::open_trusted), but for those of the system.
    pub fn from_trusted_bytes(
        bytes: impl Into<std::borrow::Cow<'static, [u8]>>,
        content_id: &[u8; 32],
    ) -> Result<Matcher, LoadError> {
        Matcher::load_trusted(Bytes::Memory(bytes.into()), content_id)
    }

    fn load_trusted(bytes: Bytes, content_id: &[u8; 32]) -> Result<Matcher, LoadError> {
        let directory = Directory::read_unhashed(&bytes)?;
        if directory.content_id() != content_id {
            return Err(LoadError::OtherContent);
        }
        let matcher = Matcher { bytes, directory };
        matcher.view().validate_conditions()?;
        Ok(matcher)
    }

    fn load(bytes: Bytes) -> Result<Matcher, LoadError> {
        let directory = Directory::read(&bytes)?;
        let matcher = Matcher { bytes, directory };
        let text = matcher
            .directory
            .section(&matcher.bytes, Section::StringText);
        matcher.view().validate(text)?;
        Ok(matcher)
    }

    /// Reads an item from JSON: an object with the fields of the policy's items.
    ///
    /// # Errors
    ///
    /// Text that is not JSON, or a field that holds something of another type.
    pub fn item<'a>(&self, json: &'a [u8]) -> Result<Item<'a>, ItemError> {
        let json = serde_json::from_slice(json)?;
        Item::from_json(&self.view(), json)
    }

    /// Reads an item that may bring its instant along, and when what was known:
    /// `{"at": …, "known_at": …, "item": {…}}`, or the bare item, in which both may stand too.
    ///
    /// # Errors
    ///
    /// As [`Matcher::item`], or an `at` or `known_at` that is no instant.
    pub fn request<'a>(&self, json: &'a [u8]) -> Result<Request<'a>, RequestError> {
        let json = serde_json::from_slice(json).map_err(ItemError::from)?;
        Request::read(&self.view(), json)
    }

    /// Reads a request as [`Matcher::request`], from whatever has the form of JSON: an object with text
    /// keys. Bytes, and numbers that are not finite, are no value of any field. Texts are borrowed where
    /// they are lent.
    ///
    /// ```
    /// # fn read(matcher: &interdict_matcher::Matcher) -> Result<(), Box<dyn std::error::Error>> {
    /// let value = serde_json::json!({"title": "I.C.O", "at": "2018-04-18T00:00:00Z"});
    /// let request = matcher.request_from(&value)?;
    /// assert!(request.at.is_some());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Matcher::request`], or what the deserializer said.
    pub fn request_from<'a, D: Deserializer<'a>>(
        &self,
        values: D,
    ) -> Result<Request<'a>, RequestError> {
        let json = Json::deserialize(values);
        let json = json.map_err(|error| ItemError::Unreadable(error.to_string()))?;
        Request::read(&self.view(), json)
    }

    /// Decides an item as of an instant.
    pub fn decide<'a>(&'a self, item: &'a Item<'_>, at: Instant) -> Decision<'a> {
        self.decide_with(&mut Scratch::default(), item, at)
    }

    /// Decides with memory that earlier decisions have warmed.
    pub fn decide_with<'a>(
        &'a self,
        scratch: &mut Scratch,
        item: &'a Item<'_>,
        as_of: impl Into<AsOf>,
    ) -> Decision<'a> {
        let content_id = *self.directory.content_id();
        decide::decide(self.view(), content_id, item, as_of.into(), scratch)
    }

    /// Decides an item as of an instant, by what was known at another one.
    pub fn decide_as_of<'a>(&'a self, item: &'a Item<'_>, as_of: AsOf) -> Decision<'a> {
        self.decide_with(&mut Scratch::default(), item, as_of)
    }

    /// The verdict alone: what [`decide_with`](Self::decide_with) comes to, for callers that want no
    /// evidence. It stops as soon as no stricter verdict can come, and in warmed memory it
    /// allocates nothing for most items.
    pub fn decide_verdict(
        &self,
        scratch: &mut Scratch,
        item: &Item<'_>,
        as_of: impl Into<AsOf>,
    ) -> Verdict {
        decide::verdict_of(self.view(), item, as_of.into(), scratch)
    }

    /// Decides items one after the other as of one instant, with memory that they share. Each
    /// decision is made when it is asked for.
    pub fn decide_batch<'a>(
        &'a self,
        scratch: &'a mut Scratch,
        items: &'a [Item<'a>],
        as_of: impl Into<AsOf>,
    ) -> impl Iterator<Item = Decision<'a>> {
        let as_of = as_of.into();
        items
            .iter()
            .map(move |item| self.decide_with(scratch, item, as_of))
    }

    /// Says of every rule why it holds for an item as of an instant, or why not. For people who
    /// look at one item; deciding many is [`Matcher::decide`]'s work.
    pub fn explain<'a>(&'a self, item: &'a Item<'_>, as_of: impl Into<AsOf>) -> Account<'a> {
        explain::explain(self.view(), *self.content_id(), item, as_of.into())
    }

    /// Searches for the smallest changes of an item, and for the nearest times, that change the verdict
    /// on it as of an instant. Every change was decided before it is told.
    pub fn changes<'a>(
        &'a self,
        item: &'a Item<'_>,
        as_of: impl Into<AsOf>,
        aim: Aim,
    ) -> Changes<'a> {
        explain::search(self.view(), item, as_of.into(), aim)
    }

    /// The hash that names the artifact's content.
    pub fn content_id(&self) -> &[u8; 32] {
        self.directory.content_id()
    }

    /// The hash that names the artifact's content, in hexadecimal.
    pub fn content_id_hex(&self) -> String {
        blake3::Hash::from_bytes(*self.content_id())
            .to_hex()
            .to_string()
    }

    /// Where the artifact's sections lie.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The artifact's tables.
    pub fn view(&self) -> View<'_> {
        View::new(&self.bytes, &self.directory)
    }
}

const _: () = {
    const fn shareable<T: Send + Sync + std::panic::UnwindSafe>() {}
    shareable::<Matcher>();
    shareable::<Scratch>();
};
