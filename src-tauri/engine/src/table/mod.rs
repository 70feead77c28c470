//! Reading and writing tables in files: whatever spreadsheets write, as long as its letters are beyond doubt.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use crate::names::{Problem, Rule};
use crate::{Error, Result};

const MAX_BYTES: u64 = 100_000_000;
const BOM: &str = "\u{feff}";

/// A table as it stood in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub headers: Vec<String>,
    pub rows: Vec<Row>,
    /// `,`, `;` or a tab.
    pub delimiter: u8,
    /// Some spreadsheets take a file for UTF-8 only if it begins with a byte order mark.
    pub bom: bool,
}

/// A row beneath the header; it may have more cells than that, or fewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it begins in the file, counted from 1.
    pub line: u32,
    pub cells: StringRecord,
}

/// Reads a file.
///
/// # Errors
/// [`Error::File`] if it cannot be read, [`Error::Invalid`] with the line if it is no table.
pub fn read(path: &Path) -> Result<Table> {
    parse(&read_bytes(path)?).map_err(|reason| refused(path, reason))
}

/// Reads a file as text.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    let bytes = read_bytes(path)?;
    let text = decode(&bytes).map_err(|reason| refused(path, reason))?;
    Ok(text.strip_prefix(BOM).unwrap_or(text).to_owned())
}

fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    let failed = |source| Error::File { path: path.display().to_string(), source };
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(refused(path, "is not a file".into()));
    }
    if metadata.len() > MAX_BYTES {
        return Err(refused(path, format!("has more than {} MB; split it", MAX_BYTES / 1_000_000)));
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn refused(path: &Path, reason: String) -> Error {
    Error::invalid(Problem::new(path.display().to_string(), "", Rule::File { reason }))
}

/// Writes a table into a file, all of it or nothing.
pub fn write(path: &Path, table: &Table) -> Result<()> {
    replace(path, &print(table))
}

/// Writes a file, all of it or nothing.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<()> {
    let failed = |source| Error::File { path: path.display().to_string(), source };
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    fs::write(&beside, content).and_then(|()| fs::rename(&beside, path)).map_err(failed)
}

/// Reads a table from text, with its header; what is wrong otherwise, in words.
pub(crate) fn parse(bytes: &[u8]) -> Result<Table, String> {
    let text = decode(bytes)?;
    let bare = text.strip_prefix(BOM).unwrap_or(text);
    let delimiter = delimiter_of(bare);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bare.as_bytes());
    let mut lines = Lines::of(bare);
    let mut rows = Vec::new();
    let mut last = 0;
    for record in reader.records() {
        let cells = record.map_err(|error| error.to_string())?;
        let start = cells.position().and_then(|position| usize::try_from(position.byte()).ok());
        last = skip_breaks(bare, start.unwrap_or_default());
        let line = lines.at(last);
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(Row { line, cells });
        }
    }
    if ends_inside_quotes(&bare[last..], delimiter) {
        return Err(format!("line {}: a quotation mark is opened and never closed", lines.at(last)));
    }
    if rows.is_empty() {
        return Err("is empty".into());
    }
    let headers = rows.remove(0).cells.iter().map(|header| header.trim().to_owned()).collect();
    if rows.is_empty() {
        return Err("has a header and no rows beneath it".into());
    }
    Ok(Table { headers, rows, delimiter, bom: bare.len() < text.len() })
}

/// Other encodings are refused rather than guessed: a wrong letter in a name would be a tenant's for good.
fn decode(bytes: &[u8]) -> Result<&str, String> {
    let first_line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || first_line.contains(&0) {
        return Err("line 1: is UTF-16; save it as UTF-8".into());
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let line = Lines::of(&before).at(before.len());
        format!("line {line}: is not UTF-8, but Latin-1 or Windows-1252 perhaps; save it as UTF-8")
    })
}

/// The one of which the header has the most.
fn delimiter_of(text: &str) -> u8 {
    let mut counts = [(0, b','), (0, b';'), (0, b'\t')];
    let mut quoted = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(_, delimiter)| *delimiter == byte).for_each(|(n, _)| *n += 1),
        }
    }
    // Of equal ones the first, so the comma.
    counts.into_iter().rev().max_by_key(|(n, _)| *n).map_or(b',', |(_, delimiter)| delimiter)
}

fn skip_breaks(text: &str, start: usize) -> usize {
    let breaks = text.as_bytes()[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    start + breaks.count()
}

/// Counts lines on the way through a text.
struct Lines<'a> {
    text: &'a [u8],
    place: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self { text: text.as_bytes(), place: 0, line: 1 }
    }

    /// The line of a place that is not before the last one asked for.
    fn at(&mut self, place: usize) -> u32 {
        while self.place < place {
            let next = self.text.get(self.place + 1);
            if self.text[self.place] == b'\n' || (self.text[self.place] == b'\r' && next != Some(&b'\n')) {
                self.line += 1;
            }
            self.place += 1;
        }
        self.line
    }
}

/// Whether a text that begins with a record ends within one of its quoted cells. The parser takes the end of the file
/// for the end of the cell, which then holds all the rows that followed.
fn ends_inside_quotes(text: &str, delimiter: u8) -> bool {
    let (mut quoted, mut cell_begins) = (false, true);
    for byte in text.bytes() {
        match byte {
            // Inside, the first of a doubled one ends the cell and the second opens it again, which comes to the same.
            b'"' if quoted => (quoted, cell_begins) = (false, true),
            b'"' if cell_begins => quoted = true,
            _ if !quoted => cell_begins = byte == delimiter || matches!(byte, b'\r' | b'\n'),
            _ => {}
        }
    }
    quoted
}

/// A table as it is written into a file.
pub fn to_text(table: &Table) -> String {
    String::from_utf8(print(table)).unwrap_or_default()
}

fn print(table: &Table) -> Vec<u8> {
    let mut bytes = if table.bom { BOM.as_bytes().to_vec() } else { Vec::new() };
    let mut writer = WriterBuilder::new()
        .flexible(true)
        .delimiter(table.delimiter)
        .terminator(Terminator::CRLF)
        .from_writer(&mut bytes);
    // Nothing can fail on the way to memory.
    drop(writer.write_record(&table.headers));
    for row in &table.rows {
        drop(writer.write_record(&row.cells));
    }
    drop(writer);
    bytes
}

#[cfg(test)]
#[path = "csv_tests.rs"]
mod tests;
