//! Packed charts. What begins like a gzip stream is taken as it is, a list of files is packed, anything else is packed as a tar stream.
//!
//! Laws: no file of a chart has a path out of it; what was read is bounded; a second reading finds the same.

use chart::Chart;

/// Runs the target.
pub fn check(bytes: &[u8]) {
    let packed = if bytes.starts_with(&[0x1f, 0x8b]) {
        bytes.to_vec()
    } else {
        let files = crate::archive::files(&crate::text(bytes));
        if files.is_empty() {
            crate::archive::gzip(bytes)
        } else {
            crate::archive::packed(&files)
        }
    };
    let read = || chart::load_archive(&packed).map_err(|error| error.to_string());
    let loaded = read();
    assert_eq!(
        format!("{loaded:?}"),
        format!("{:?}", read()),
        "a second reading finds the same"
    );
    if let Ok(chart) = loaded {
        stays_inside(&chart);
    }
}

pub(crate) fn stays_inside(chart: &Chart) {
    for file in chart.templates.iter().chain(&chart.files) {
        let is_inside = !file.name.starts_with('/')
            && !file.name.split('/').any(|part| part == "..")
            && !file.name.is_empty();
        assert!(is_inside, "{:?} leads out of the chart", file.name);
        assert!(file.data.len() as u64 <= chart::limits::MAX_CHART_BYTES);
    }
    chart.dependencies.iter().for_each(stays_inside);
}
