//! The picture: megabytes a second against the number of rare terms, both as powers of ten.

use std::path::Path;

use plotters::prelude::*;

use crate::Failure;
use crate::report::Report;

/// Engines that are drawn, each with its colour; the rest of a report is left out.
const DRAWN: [(&str, &str, RGBColor); 5] = [
    (
        "standard",
        "Interdict, standard folds",
        RGBColor(192, 57, 43),
    ),
    ("strict", "Interdict, strict folds", RGBColor(230, 126, 34)),
    (
        "fold, daachorse",
        "fold, then daachorse",
        RGBColor(41, 98, 155),
    ),
    (
        "fold, hyperscan",
        "fold, then hyperscan",
        RGBColor(39, 134, 90),
    ),
    (
        "aho-corasick",
        "aho-corasick, exact",
        RGBColor(130, 130, 130),
    ),
];

pub(crate) fn draw(report: &Path, picture: &Path) -> Result<(), Failure> {
    let report: Report = serde_json::from_slice(&std::fs::read(report)?)?;
    let rare: Vec<_> = report
        .terms
        .iter()
        .filter(|one| one.kind == "rare")
        .collect();
    let most = rare
        .iter()
        .map(|one| one.terms)
        .max()
        .ok_or("no rare terms in the report")?;
    let root = SVGBackend::new(picture, (760, 420)).into_drawing_area();
    root.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&root)
        .margin(14)
        .x_label_area_size(44)
        .y_label_area_size(58)
        .build_cartesian_2d(
            (80f64..most as f64 * 1.25).log_scale(),
            (1f64..1000.0).log_scale(),
        )?;
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .label_style(("sans-serif", 13))
        .axis_desc_style(("sans-serif", 13))
        .x_desc("terms")
        .y_desc("MB of text a second, one thread")
        .x_label_formatter(&|terms| grouped(*terms as usize))
        .y_label_formatter(&|rate| format!("{rate}"))
        .draw()?;
    for (engine, name, colour) in DRAWN {
        let points = rare.iter().filter(|one| one.engine == engine);
        let points: Vec<_> = points
            .map(|one| (one.terms as f64, one.megabytes_per_second))
            .collect();
        if points.is_empty() {
            continue;
        }
        let line = LineSeries::new(points.clone(), colour.stroke_width(2));
        chart
            .draw_series(line)?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2)));
        chart.draw_series(
            points
                .iter()
                .map(|&point| Circle::new(point, 3, colour.filled())),
        )?;
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::LowerLeft)
        .label_font(("sans-serif", 13))
        .border_style(RGBColor(210, 210, 210))
        .background_style(WHITE.filled())
        .draw()?;
    root.present()?;
    Ok(())
}

/// `10000` as `10,000`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<_> = groups.map(String::from_utf8_lossy).collect();
    groups.join(",")
}
