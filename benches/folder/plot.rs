//! The picture of how commands grow.

use std::fs;
use std::path::Path;

use plotters::prelude::*;

use super::commands::COMMANDS;

/// Draws the seconds of each command by the number of contracts.
pub(crate) fn write(path: &Path, sizes: &[usize], by_size: &[Vec<f64>]) {
    let mut svg = String::new();
    draw(&mut svg, sizes, by_size).expect("a picture");
    fs::write(path, svg).expect("the picture, written");
}

fn draw(svg: &mut String, sizes: &[usize], by_size: &[Vec<f64>]) -> Result<(), Box<dyn std::error::Error>> {
    let most = |numbers: &mut dyn Iterator<Item = f64>| numbers.fold(0.0, f64::max) * 1.05;
    let (widest, highest) =
        (most(&mut sizes.iter().map(|size| *size as f64)), most(&mut by_size.iter().flatten().copied()));
    let picture = SVGBackend::with_string(svg, (760, 420)).into_drawing_area();
    picture.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&picture)
        .margin(12)
        .x_label_area_size(36)
        .y_label_area_size(48)
        .build_cartesian_2d(0.0..widest, 0.0..highest)?;
    chart
        .configure_mesh()
        .x_desc("contracts")
        .y_desc("seconds")
        .x_label_formatter(&|x| format!("{x:.0}"))
        .y_label_formatter(&|y| format!("{y:.2}"))
        .draw()?;
    for (at, command) in COMMANDS.iter().enumerate() {
        let colour = Palette99::pick(at).stroke_width(2);
        let points = sizes.iter().zip(by_size).map(|(size, seconds)| (*size as f64, seconds[at]));
        chart
            .draw_series(LineSeries::new(points, colour))?
            .label(command.name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], colour));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE)
        .border_style(BLACK)
        .draw()?;
    picture.present()?;
    Ok(())
}
