//! Helm's tables (gosuri/uitable): columns as wide as their widest cell, tabs between, what is too long cut.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Rows as text, without a last line break; a `max` of 0 is none.
pub(super) fn table(rows: &[[String; 4]], max: usize) -> String {
    let mut widths = [0; 4];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            let wanted = cell.width();
            let wanted = if max == 0 { wanted } else { wanted.min(max) };
            *width = wanted.max(*width);
        }
    }
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(widths);
        let cells: Vec<String> = cells.map(|(cell, width)| fit(cell, width)).collect();
        cells.join("\t")
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn fit(cell: &str, width: usize) -> String {
    let has = cell.width();
    if width == 0 || has <= width {
        return format!("{cell}{}", " ".repeat(width.saturating_sub(has)));
    }
    let (mut cut, mut used) = (String::new(), 0);
    for c in cell.chars() {
        cut.push(c);
        let next = c.width().unwrap_or_default();
        if used + next + 3 >= width {
            break;
        }
        used += next;
    }
    cut + "..."
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn long_cells_are_cut_and_short_ones_filled() {
        let row = |cells: [&str; 4]| cells.map(str::to_owned);
        let rows = [
            row(["NAME", "V", "R", "S"]),
            row(["abcdefghij", "1", "", "ok"]),
        ];
        assert_eq!(table(&rows, 6), "NAME  \tV\tR\tS \nabc...\t1\t \tok");
        assert_eq!(
            table(&rows, 0),
            "NAME      \tV\tR\tS \nabcdefghij\t1\t \tok"
        );
    }
}
