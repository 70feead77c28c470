//! The table of figures.

use std::fmt;

use crate::sample::Sample;

const HEAD: [&str; 6] = ["what", "asked", "measured", "beside it", "ratio", "met"];

#[derive(Default)]
pub struct Table(Vec<[String; 6]>);

/// What was asked for.
pub enum Asked {
    AtMost(f64),
    AtLeast(f64),
    /// Nothing: the row is there to know.
    Nothing,
}

impl Asked {
    fn met(&self, value: f64) -> &'static str {
        match self {
            Self::AtMost(limit) if value <= *limit => "yes",
            Self::AtLeast(limit) if value >= *limit => "yes",
            Self::Nothing => "",
            _ => "NO",
        }
    }
}

impl Table {
    /// One thing beside another. `ratio` is what is asked about: of the first to the second, or the other way round.
    pub fn compare(&mut self, what: &str, asked: &Asked, measured: &Sample, beside: &Sample, unit: &str) {
        let ratio = match asked {
            Asked::AtLeast(_) => beside.median() / measured.median(),
            _ => measured.median() / beside.median(),
        };
        let wanted = match asked {
            Asked::AtMost(limit) => format!("at most {limit} times"),
            Asked::AtLeast(limit) => format!("at least {limit} times faster"),
            Asked::Nothing => String::new(),
        };
        let texts = [format!("{measured} {unit}"), format!("{beside} {unit}"), format!("{ratio:.2}")];
        self.add(what, wanted, texts, asked.met(ratio));
    }

    /// One thing by itself.
    pub fn single(&mut self, what: &str, asked: &Asked, measured: &Sample, unit: &str) {
        let wanted = match asked {
            Asked::AtMost(limit) => format!("at most {limit} {unit}"),
            Asked::AtLeast(limit) => format!("at least {limit} {unit}"),
            Asked::Nothing => String::new(),
        };
        let texts = [format!("{measured} {unit}"), String::new(), String::new()];
        self.add(what, wanted, texts, asked.met(measured.median()));
    }

    /// A rate beside another, of which it is to keep a share.
    pub fn share(&mut self, what: &str, share: f64, measured: &Sample, beside: &Sample, unit: &str) {
        let ratio = measured.median() / beside.median();
        let texts = [format!("{measured} {unit}"), format!("{beside} {unit}"), format!("{ratio:.2}")];
        self.add(what, format!("at least {share} of it"), texts, Asked::AtLeast(share).met(ratio));
    }

    fn add(&mut self, what: &str, asked: String, [measured, beside, ratio]: [String; 3], met: &str) {
        println!("{what}: {measured}, beside it {beside}");
        self.0.push([what.to_owned(), asked, measured, beside, ratio, met.to_owned()]);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = HEAD.map(str::to_owned);
        let rows: Vec<_> = std::iter::once(&head).chain(&self.0).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: [usize; 6] = std::array::from_fn(width);
        for (number, row) in rows.iter().enumerate() {
            let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
            writeln!(f, "| {} |", cells.collect::<Vec<_>>().join(" | "))?;
            if number == 0 {
                writeln!(f, "|{}|", widths.map(|width| "-".repeat(width + 2)).join("|"))?;
            }
        }
        Ok(())
    }
}
