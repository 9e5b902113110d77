//! Rows as people read them.

use comfy_table::{ContentArrangement, Table, presets};
use interdict::render::visible;

/// Rows under one another in columns; wrapped on a terminal that is too narrow for them.
pub(super) fn columns<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    for row in rows {
        table.add_row(row.map(|cell| visible(&cell).into_owned()));
    }
    for column in table.column_iter_mut() {
        column.set_padding((2, 0));
    }
    format!("{}\n", table.trim_fmt())
}
