//! Exports decisions as statements of reasons, as Article 17 and Article 24(5) of the EU Digital
//! Services Act (Regulation (EU) 2022/2065) ask for them, in the form that the Commission's
//! transparency database takes.
//!
//! In: a [`Decision`](interdict_matcher::Decision), and the [`Circumstances`] that no policy knows:
//! what was done to the listing, and when. Out: a [`Statement`] that keeps every constraint of the
//! database, or a [`Refusal`] that says all that stands against it. Beside it, [`notices`] are what
//! the seller is told.
//!
//! Nothing is guessed: what neither the decision nor the circumstances say is missing, and said to
//! be.

mod circumstances;
mod content;
mod form;
mod ground;
mod notice;
mod refusal;
mod restrictions;
mod statement;
mod values;
mod words;

pub use circumstances::Circumstances;
pub use content::{Content, ContentId};
pub use ground::Ground;
pub use notice::{Found, Notice, notices};
pub use refusal::{Reason, Refusal};
pub use restrictions::Restrictions;
pub use statement::{Statement, export};
pub use values::{Part, known};
