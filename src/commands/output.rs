//! Where commands write: a buffered standard output, and standard error.

use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use comfy_table::{ContentArrangement, Table, presets};
use interdict::diagnostic::Diagnostic;
use interdict::render;
use interdict::source::Sources;

/// Standard output, locked and buffered. An error to write is the caller's to pass on.
pub(super) struct Output {
    writer: BufWriter<Box<dyn Write>>,
    /// Whether what is written may be coloured.
    pub(super) coloured: bool,
}

impl Output {
    pub(super) fn new() -> Output {
        let stdout = io::stdout();
        let coloured = AutoStream::choice(&stdout) != ColorChoice::Never;
        // The adapter teaches old terminals colours, but it drops control characters from the rest.
        let writer: Box<dyn Write> = if coloured {
            Box::new(AutoStream::always(stdout.lock()))
        } else {
            Box::new(stdout.lock())
        };
        Output {
            writer: BufWriter::with_capacity(1 << 16, writer),
            coloured,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Takes `--color` to heart.
pub(super) fn choose_colour(choice: clap::ColorChoice) {
    let choice = match choice {
        clap::ColorChoice::Auto => ColorChoice::Auto,
        clap::ColorChoice::Always => ColorChoice::Always,
        clap::ColorChoice::Never => ColorChoice::Never,
    };
    choice.write_global();
}

/// Says on standard error why the command could not run.
pub(super) fn error(reason: &str) {
    let red = AnsiColor::Red.on_default().bold();
    note(&format!(
        "{}: {}",
        paint("error", red),
        render::visible(reason)
    ));
}

/// Says something on standard error; when that is closed, nobody wants to know.
pub(super) fn note(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// Draws diagnostics on standard error, and counts them.
pub(super) fn diagnostics(found: &[Diagnostic], sources: &Sources) {
    if !found.is_empty() {
        draw(found, sources);
        note(&render::summary(found, sources.files().len()));
    }
}

/// Draws diagnostics on standard error.
pub(super) fn draw(found: &[Diagnostic], sources: &Sources) {
    let coloured = AutoStream::choice(&io::stderr()) != ColorChoice::Never;
    note(render::text(found, sources, coloured).trim_end_matches('\n'));
    note("");
}

/// A text in a style.
pub(super) fn paint(text: &str, style: Style) -> String {
    format!("{style}{text}{style:#}")
}

/// Rows under one another in columns; wrapped on a terminal that is too narrow for them.
pub(super) fn columns<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    for row in rows {
        table.add_row(row.map(|cell| render::visible(&cell).into_owned()));
    }
    for column in table.column_iter_mut() {
        column.set_padding((2, 0));
    }
    format!("{}\n", table.trim_fmt())
}
