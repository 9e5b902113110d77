//! The one pass that makes every number in an artifact safe to follow: [`Column`]s say what each is.

use super::error::unsound;
use super::*;

impl View<'_> {
    /// Checks every reference of every table.
    ///
    /// # Errors
    ///
    /// The first section that holds what the compiler never writes.
    pub fn validate(&self, text_bytes: &[u8]) -> Result<(), LoadError> {
        self.validate_strings(text_bytes)?;
        self.validate_epochs()?;
        if self.meta.len() != 1 {
            return Err(unsound("Meta", "not one row"));
        }
        self.validate_tables()?;
        self.validate_depth()?;
        let text = self.text.validate();
        text.map_err(|problem| unsound("text index", problem))?;
        self.validate_owners()
    }

    fn validate_strings(&self, text_bytes: &[u8]) -> Result<(), LoadError> {
        let problem = |what| unsound("StringText", what);
        let text = std::str::from_utf8(text_bytes).map_err(|_| problem("not UTF-8"))?;
        let mut last = 0;
        for (_, row) in self.strings.ends.iter() {
            let end = row.end as usize;
            if end < last || !text.is_char_boundary(end) {
                return Err(problem("a string that ends nowhere"));
            }
            last = end;
        }
        if last == text.len() {
            Ok(())
        } else {
            Err(problem("text that belongs to no string"))
        }
    }

    fn validate_epochs(&self) -> Result<(), LoadError> {
        let count = self.epoch_count();
        match (1..count).all(|at| self.boundary(at - 1) < self.boundary(at)) {
            true => Ok(()),
            false => Err(unsound("Epochs", "boundaries out of order")),
        }
    }

    /// Checks every word of a table against its column.
    pub(super) fn validate_table<R: Record>(
        self,
        section: Section,
        table: Table<'_, R>,
    ) -> Result<(), LoadError> {
        let problem = |what| unsound(section.name(), what);
        if !table.is_whole() {
            return Err(problem("a row that is cut off"));
        }
        let mut checked = Checked {
            view: self,
            taken: [0; MAX_WORDS],
        };
        for (row, _) in table.iter() {
            let word = |column| table.word(row, column);
            checked.columns(R::COLUMNS, 0, &word).map_err(problem)?;
        }
        Ok(())
    }
}

/// More words than a row of any table has.
const MAX_WORDS: usize = 64;

/// A table that is being checked.
struct Checked<'a> {
    view: View<'a>,
    /// How many rows the ranges that start in a column have taken. Ranges belong to one row each, so
    /// that together they cannot exceed their table; without this, a crafted artifact could make
    /// deciding quadratic.
    taken: [u64; MAX_WORDS],
}

impl Checked<'_> {
    /// Checks the words of a row that stand from `first` on.
    fn columns(
        &mut self,
        columns: &[Column],
        first: usize,
        word: &impl Fn(usize) -> u32,
    ) -> Result<(), &'static str> {
        for (column, at) in columns.iter().zip(first..) {
            let (value, len) = (word(at), || word(at + 1));
            let known = match column.kind {
                Kind::Flag => value <= 1,
                Kind::Word(words) => (value as usize) < words.len(),
                Kind::Case(cases) => {
                    let case = cases.iter().find(|case| case.number == value);
                    let case = case.ok_or("a number that stands for nothing")?;
                    self.columns(case.columns, at + 1, word)?;
                    true
                }
                _ => true,
            };
            if !known {
                return Err("a number that stands for nothing");
            }
            match column.kind {
                Kind::Text => self.one(value, self.view.strings.len())?,
                Kind::MaybeText if value != NONE => self.one(value, self.view.strings.len())?,
                Kind::Row(section) => self.one(value, self.view.rows(section))?,
                Kind::MaybeRow(section) if value != NONE => {
                    self.one(value, self.view.rows(section))?;
                }
                Kind::Rows(section) => self.range(at, value, len(), self.view.rows(section))?,
                Kind::Range(section) => self.pool(at, value, len(), self.view.rows(section))?,
                Kind::Texts => self.pool(at, value, len(), self.view.strings.len())?,
                _ => {}
            }
        }
        Ok(())
    }

    fn one(&self, number: u32, rows: usize) -> Result<(), &'static str> {
        match (number as usize) < rows {
            true => Ok(()),
            false => Err("a reference to nothing"),
        }
    }

    fn range(&mut self, at: usize, start: u32, len: u32, rows: usize) -> Result<(), &'static str> {
        if u64::from(start) + u64::from(len) > rows as u64 {
            return Err("a reference to nothing");
        }
        let taken = self.taken.get_mut(at).ok_or("a row that is too long")?;
        *taken += u64::from(len);
        match *taken <= rows as u64 {
            true => Ok(()),
            false => Err("ranges that overlap"),
        }
    }

    /// Checks a range of the pool, and what stands there.
    fn pool(&mut self, at: usize, start: u32, len: u32, rows: usize) -> Result<(), &'static str> {
        self.range(at, start, len, self.view.indexes.len())?;
        let mut places = self.view.index_range(start, len);
        places.try_for_each(|place| self.one(place, rows))
    }
}
