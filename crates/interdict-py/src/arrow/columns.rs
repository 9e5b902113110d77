//! The columns of decisions, as they grow.

use std::sync::{Arc, LazyLock};

use arrow_array::builder::{ListBuilder, StringBuilder, StructBuilder, UInt64Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use interdict_matcher::Decision;

/// A batch ends with as many rows, or with the row by which its texts are so long.
const ROWS: usize = 8192;
const BYTES: usize = 16 << 20;

static UPCOMING: LazyLock<Fields> = LazyLock::new(|| {
    let text = |name| Field::new(name, DataType::Utf8, false);
    Fields::from(vec![text("id"), text("verdict"), text("effective")])
});

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let list = |name, of: Field| Field::new(name, DataType::List(Arc::new(of)), true);
    let texts = |name| list(name, Field::new("item", DataType::Utf8, false));
    let text = |name| Field::new(name, DataType::Utf8, true);
    let upcoming = Field::new("item", DataType::Struct(UPCOMING.clone()), false);
    Arc::new(Schema::new(vec![
        Field::new("row", DataType::UInt64, false),
        text("verdict"),
        texts("rules"),
        texts("possible"),
        list("upcoming", upcoming),
        texts("needs"),
        text("decision"),
        text("error"),
    ]))
});

pub(super) fn schema() -> SchemaRef {
    SCHEMA.clone()
}

/// Rows of decisions, and of reasons why there is none.
pub(super) struct Columns {
    rows: UInt64Builder,
    verdict: StringBuilder,
    rules: ListBuilder<StringBuilder>,
    possible: ListBuilder<StringBuilder>,
    upcoming: ListBuilder<StructBuilder>,
    needs: ListBuilder<StringBuilder>,
    decision: StringBuilder,
    error: StringBuilder,
    count: usize,
    bytes: usize,
}

impl Default for Columns {
    fn default() -> Columns {
        let texts = || {
            let of = Field::new("item", DataType::Utf8, false);
            ListBuilder::new(StringBuilder::new()).with_field(of)
        };
        let upcoming = Field::new("item", DataType::Struct(UPCOMING.clone()), false);
        let structs = StructBuilder::from_fields(UPCOMING.clone(), 0);
        Columns {
            rows: UInt64Builder::new(),
            verdict: StringBuilder::new(),
            rules: texts(),
            possible: texts(),
            upcoming: ListBuilder::new(structs).with_field(upcoming),
            needs: texts(),
            decision: StringBuilder::new(),
            error: StringBuilder::new(),
            count: 0,
            bytes: 0,
        }
    }
}

impl Columns {
    pub(super) fn have_room(&self) -> bool {
        self.count < ROWS && self.bytes < BYTES
    }

    /// Adds the decision on a row, which is also there as JSON.
    pub(super) fn push_decision(&mut self, row: u64, json: &str, decision: &Decision<'_>) {
        self.grow(row, json);
        self.verdict.append_value(decision.verdict.word());
        push(&mut self.rules, decision.rules.iter().map(|rule| rule.id));
        push(
            &mut self.possible,
            decision.possible.iter().map(|rule| rule.id),
        );
        for rule in &decision.upcoming {
            let values = [rule.id, rule.verdict.word(), rule.effective];
            let fields = self.upcoming.values();
            for (number, value) in values.into_iter().enumerate() {
                if let Some(column) = fields.field_builder::<StringBuilder>(number) {
                    column.append_value(value);
                }
            }
            fields.append(true);
        }
        self.upcoming.append(true);
        push(&mut self.needs, decision.needs.iter().map(String::as_str));
        self.decision.append_value(json);
        self.error.append_null();
    }

    /// Adds why a row was not decided.
    pub(super) fn push_error(&mut self, row: u64, reason: &str) {
        self.grow(row, reason);
        self.verdict.append_null();
        self.rules.append_null();
        self.possible.append_null();
        self.upcoming.append_null();
        self.needs.append_null();
        self.decision.append_null();
        self.error.append_value(reason);
    }

    fn grow(&mut self, row: u64, text: &str) {
        self.rows.append_value(row);
        self.count += 1;
        self.bytes += text.len();
    }

    pub(super) fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.rows.finish()),
            Arc::new(self.verdict.finish()),
            Arc::new(self.rules.finish()),
            Arc::new(self.possible.finish()),
            Arc::new(self.upcoming.finish()),
            Arc::new(self.needs.finish()),
            Arc::new(self.decision.finish()),
            Arc::new(self.error.finish()),
        ];
        RecordBatch::try_new(schema(), columns)
    }
}

fn push<'a>(column: &mut ListBuilder<StringBuilder>, texts: impl Iterator<Item = &'a str>) {
    texts.for_each(|text| column.values().append_value(text));
    column.append(true);
}
