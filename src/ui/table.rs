//! Tables as kubectl prints them: columns as wide as their longest cell, no lines, no trailing spaces.

use unicode_width::UnicodeWidthStr;

use super::text::wrap;

/// On which side a column is filled up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Text.
    #[default]
    Left,
    /// Numbers and durations.
    Right,
}

/// A table that is printed once it is complete.
#[derive(Debug, Clone, Default)]
pub struct Table {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
    gap: usize,
    at_least: Vec<usize>,
}

impl Table {
    /// A table with these headings, left-aligned, three spaces apart.
    pub fn new<const N: usize>(headings: [&str; N]) -> Self {
        Self {
            columns: headings
                .map(|heading| (heading.to_owned(), Align::Left))
                .to_vec(),
            rows: Vec::new(),
            gap: 3,
            at_least: Vec::new(),
        }
    }

    /// Aligns one column.
    #[must_use]
    pub fn align(mut self, column: usize, align: Align) -> Self {
        if let Some(column) = self.columns.get_mut(column) {
            column.1 = align;
        }
        self
    }

    /// Sets the spaces between columns.
    #[must_use]
    pub fn gap(mut self, gap: usize) -> Self {
        self.gap = gap;
        self
    }

    /// Makes each column at least this wide, as a table that is printed in parts needs it.
    #[must_use]
    pub fn at_least(mut self, widths: Vec<usize>) -> Self {
        self.at_least = widths;
        self
    }

    /// Adds a row; cells may hold colour codes. Missing cells are empty.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The lines, headings first, each ending in a newline.
    pub fn print(&self) -> String {
        let headings: Vec<String> = self
            .columns
            .iter()
            .map(|(heading, _)| heading.clone())
            .collect();
        let mut text = String::new();
        self.push_line(&mut text, &headings, &self.widths());
        text + &self.print_rows()
    }

    /// The same for a terminal of this width: texts that are too wide go on below, within their column. A word is never broken, and
    /// in a pipe, which has no width, nothing is.
    pub fn print_within(&self, width: Option<usize>) -> String {
        let Some(width) = width else {
            return self.print();
        };
        let mut widths = self.widths();
        let words = self.longest_words();
        let room = width.saturating_sub(self.gap * self.columns.len().saturating_sub(1));
        while widths.iter().sum::<usize>() > room {
            let widest = widths
                .iter_mut()
                .zip(&words)
                .filter(|(width, word)| **width > **word)
                .max_by_key(|(width, _)| **width);
            match widest {
                Some((width, _)) => *width -= 1,
                None => break,
            }
        }
        let headings: Vec<String> = self
            .columns
            .iter()
            .map(|(heading, _)| heading.clone())
            .collect();
        let mut text = String::new();
        self.push_line(&mut text, &headings, &widths);
        for row in &self.rows {
            let cells: Vec<Vec<String>> = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| {
                    if visible_width(cell) <= *width {
                        return vec![cell.clone()];
                    }
                    wrap(cell, *width, 0).lines().map(str::to_owned).collect()
                })
                .collect();
            for number in 0..cells.iter().map(Vec::len).max().unwrap_or_default() {
                let line: Vec<String> = cells
                    .iter()
                    .map(|lines| lines.get(number).cloned().unwrap_or_default())
                    .collect();
                self.push_line(&mut text, &line, &widths);
            }
        }
        text
    }

    /// The width of the longest word of each column.
    fn longest_words(&self) -> Vec<usize> {
        let longest = |cell: &str| cell.split_whitespace().map(visible_width).max();
        let mut words: Vec<usize> = self
            .columns
            .iter()
            .map(|(heading, _)| heading.width())
            .collect();
        for row in &self.rows {
            for (word, cell) in words.iter_mut().zip(row) {
                *word = (*word).max(longest(cell).unwrap_or_default());
            }
        }
        words
    }

    /// The lines without the headings.
    pub fn print_rows(&self) -> String {
        let widths = self.widths();
        let mut text = String::new();
        for row in &self.rows {
            self.push_line(&mut text, row, &widths);
        }
        text
    }

    /// The width of each column in terminal cells.
    pub fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self
            .columns
            .iter()
            .map(|(heading, _)| heading.width())
            .collect();
        for (width, at_least) in widths.iter_mut().zip(&self.at_least) {
            *width = (*width).max(*at_least);
        }
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(visible_width(cell));
            }
        }
        widths
    }

    fn push_line(&self, text: &mut String, row: &[String], widths: &[usize]) {
        let start = text.len();
        for (index, ((_, align), width)) in self.columns.iter().zip(widths).enumerate() {
            let cell = row.get(index).map_or("", String::as_str);
            let padding = " ".repeat(width.saturating_sub(visible_width(cell)));
            if index > 0 {
                text.extend(std::iter::repeat_n(' ', self.gap));
            }
            match align {
                Align::Left => text.extend([cell, &padding]),
                Align::Right => text.extend([padding.as_str(), cell]),
            }
        }
        text.truncate(start + text[start..].trim_end().len());
        text.push('\n');
    }
}

/// The width in terminal cells, colour codes left out.
fn visible_width(cell: &str) -> usize {
    if cell.contains('\u{1b}') {
        anstream::adapter::strip_str(cell).to_string().width()
    } else {
        cell.width()
    }
}

#[cfg(test)]
mod tests {
    use super::{Align, Table};

    #[test]
    fn columns_line_up_and_no_line_ends_in_spaces() {
        let mut table = Table::new(["NAME", "AGE", "NOTE"])
            .align(1, Align::Right)
            .gap(1);
        table.row(["é", "10s", ""].map(String::from));
        table.row(["\u{1b}[32mlonger\u{1b}[0m", "5s", "x"].map(String::from));
        assert_eq!(
            table.print(),
            "NAME   AGE NOTE\né      10s\n\u{1b}[32mlonger\u{1b}[0m  5s x\n"
        );
    }

    #[test]
    fn on_a_terminal_texts_go_on_below_and_words_stay_whole() {
        let mut table = Table::new(["NAME", "BUILT", "NOTE"]);
        table.row(["one", "no: nothing is built here", "a chart and a pipeline"].map(String::from));
        table.row(["a-long-name", "yes", "short"].map(String::from));
        assert_eq!(table.print_within(None), table.print());
        assert_eq!(table.print_within(Some(200)), table.print());
        assert_eq!(
            table.print_within(Some(40)),
            "NAME          BUILT          NOTE\n\
             one           no: nothing    a chart and\n              \
             is built       a pipeline\n              \
             here\n\
             a-long-name   yes            short\n"
        );
        // Narrower than its words.
        assert!(table.print_within(Some(1)).contains("a-long-name"));
    }
}
