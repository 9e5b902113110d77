//! Tables in, decisions out, both by Arrow's C data interface: a stream that decides as it is read.

mod cell;
mod columns;

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use interdict_matcher::{Given, RequestError, Scratch};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatchReader;
use pyo3_arrow::ffi::ArrayReader;
use pyo3_arrow::input::AnyArray;

use crate::NativeMatcher;
use cell::Cell;
use columns::Columns;

/// A stream of rows → the stream of their decisions, which reads no further than it was asked.
pub(crate) fn decide(
    matcher: Py<NativeMatcher>,
    table: AnyArray,
    given: Given,
) -> PyResult<PyRecordBatchReader> {
    let rows = table.into_reader()?;
    match rows.field().data_type() {
        DataType::Struct(_) => {}
        other => {
            let said = format!("a table has columns with names, but this is of type {other}");
            return Err(PyTypeError::new_err(said));
        }
    }
    Ok(PyRecordBatchReader::new(Box::new(Decisions {
        matcher,
        given,
        rows,
        batch: None,
        next: 0,
        counted: 0,
    })))
}

struct Decisions {
    matcher: Py<NativeMatcher>,
    given: Given,
    rows: Box<dyn ArrayReader + Send>,
    /// The rows that were read last.
    batch: Option<ArrayRef>,
    /// The first of them that is not decided yet.
    next: usize,
    /// How many rows are decided.
    counted: u64,
}

impl Decisions {
    /// The next decisions. `None`: there are no more rows.
    fn decided(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        loop {
            let batch = match self.batch.take() {
                Some(batch) => batch,
                None => match self.rows.next().transpose()? {
                    Some(batch) => batch,
                    None => return Ok(None),
                },
            };
            let rows = batch.as_struct_opt().ok_or_else(changed)?;
            if self.next < rows.len() {
                let columns = self.part(rows);
                self.batch = Some(batch);
                return columns.finish().map(Some);
            }
            self.next = 0;
        }
    }

    /// Decides rows until there are no more, or enough for one batch.
    fn part(&mut self, rows: &StructArray) -> Columns {
        let mut columns = Columns::default();
        let matcher = self.matcher.get();
        matcher.with_scratch(|scratch| {
            while self.next < rows.len() && columns.have_room() {
                let cell = Cell::new(rows, self.next);
                let decided = decide_row(matcher, scratch, cell, self.given, |json, decision| {
                    columns.push_decision(self.counted, json, decision);
                });
                if let Err(error) = decided {
                    columns.push_error(self.counted, &error.to_string());
                }
                self.next += 1;
                self.counted += 1;
            }
        });
        columns
    }
}

fn decide_row(
    native: &NativeMatcher,
    scratch: &mut Scratch,
    row: Cell<'_>,
    given: Given,
    then: impl FnOnce(&str, &interdict_matcher::Decision<'_>),
) -> Result<(), RequestError> {
    let request = native.matcher.request_from(row)?;
    let as_of = request.as_of(given.at, given.known_at);
    let as_of = as_of.ok_or(RequestError::NoInstant)?;
    let decision = native.matcher.decide_with(scratch, &request.item, as_of);
    let json = serde_json::to_string(&decision).map_err(interdict_matcher::ItemError::from)?;
    then(&json, &decision);
    Ok(())
}

fn changed() -> ArrowError {
    ArrowError::CDataInterface("a batch of the table has no columns".to_owned())
}

impl Iterator for Decisions {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        // Whoever reads the stream may hold the interpreter or not; others run meanwhile. C calls this,
        // which no panic may cross: those of the readers of foreign memory are meant.
        let decided = catch_unwind(AssertUnwindSafe(|| {
            let held = Python::try_attach(|py| py.detach(|| self.decided()));
            held.unwrap_or_else(|| self.decided())
        }));
        decided
            .unwrap_or_else(|_| {
                Err(ArrowError::CDataInterface(
                    "the table is malformed".to_owned(),
                ))
            })
            .transpose()
    }
}

impl RecordBatchReader for Decisions {
    fn schema(&self) -> SchemaRef {
        columns::schema()
    }
}
