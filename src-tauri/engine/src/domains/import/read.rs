//! From what was pasted, or a file of CSV or JSON, to rows.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;

use super::ImportRow;
use crate::names::{Problem, Rule, normalise};
use crate::table::{self, Row, Table};
use crate::{Error, Result};

/// Where rows come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "from", content = "what", rename_all = "snake_case")]
pub enum ImportSource {
    File(PathBuf),
    Text(String),
}

/// A source read: its columns, what they seem to be, and the rows that this makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportTable {
    pub headers: Vec<String>,
    pub fields: Vec<ImportField>,
    /// The cells of the first rows.
    pub sample: Vec<Vec<String>>,
    pub rows: Vec<ImportRow>,
}

/// What a column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ImportField {
    Domain,
    /// The tenant's schema, or its name.
    Tenant,
    Primary,
    Ignore,
}

const SAMPLE: usize = 20;

/// Reads a source. `fields` says what its columns stand for, in place of what they seem to; rows that name no tenant are for
/// `tenant`.
///
/// # Errors
/// [`Error::File`] if the file cannot be read, [`Error::Invalid`] with the place if it holds no rows, or no domains.
pub fn read(source: &ImportSource, fields: Option<&[ImportField]>, tenant: &str) -> Result<ImportTable> {
    let table = match source {
        ImportSource::File(path) if is_json(path) => {
            json(&table::read_text(path)?, &path.display().to_string())?
        }
        ImportSource::File(path) if is_list(path) => pasted(&table::read_text(path)?)?,
        ImportSource::File(path) => with_header(table::read(path)?),
        ImportSource::Text(text)
            if text.trim_start().starts_with(['[', '{']) && !looks_like_address(text) =>
        {
            json(text, "text")?
        }
        ImportSource::Text(text) => pasted(text)?,
    };
    let fields = fields.map_or_else(|| propose(&table.headers), <[_]>::to_vec);
    if !fields.contains(&ImportField::Domain) {
        let reason = "no column holds domains; say which one does".into();
        return Err(Error::invalid(Problem::new("fields", "", Rule::File { reason })));
    }
    let rows = table.rows.iter().map(|row| to_row(row, &fields, tenant)).collect();
    let sample =
        table.rows.iter().take(SAMPLE).map(|row| row.cells.iter().map(str::to_owned).collect()).collect();
    Ok(ImportTable { headers: table.headers, fields, sample, rows })
}

fn to_row(row: &Row, fields: &[ImportField], tenant: &str) -> ImportRow {
    let cell = |wanted: ImportField| {
        let place = fields.iter().position(|field| *field == wanted)?;
        row.cells.get(place).map(str::trim).filter(|cell| !cell.is_empty())
    };
    ImportRow {
        line: row.line,
        domain: cell(ImportField::Domain).unwrap_or_default().to_owned(),
        tenant: cell(ImportField::Tenant).unwrap_or(tenant).to_owned(),
        primary: cell(ImportField::Primary).is_some_and(is_yes),
        on_taken: None,
    }
}

fn is_yes(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "true" | "t" | "yes" | "y" | "1" | "x" | "primary")
}

fn propose(headers: &[String]) -> Vec<ImportField> {
    let mut proposed: Vec<ImportField> = Vec::with_capacity(headers.len());
    for header in headers {
        let field = match header.trim().to_lowercase().as_str() {
            "domain" | "domains" | "host" | "hostname" | "host name" | "name" | "url" => ImportField::Domain,
            "tenant" | "schema" | "schema_name" | "schema name" | "customer" | "client" => {
                ImportField::Tenant
            }
            "primary" | "is_primary" | "kind" => ImportField::Primary,
            _ => ImportField::Ignore,
        };
        // Of two columns that say the same, the first is meant.
        proposed.push(if proposed.contains(&field) { ImportField::Ignore } else { field });
    }
    proposed
}

/// A table whose first row holds no header, but a domain already, is given one.
fn with_header(mut table: Table) -> Table {
    let is_data = table.headers.iter().any(|cell| cell.contains('.') && is_host(cell));
    if is_data {
        let first = Row { line: 1, cells: table.headers.iter().map(String::as_str).collect() };
        table.rows.insert(0, first);
        table.headers = headers_for(&table.rows);
    }
    table
}

/// The cells of a list without a header: domains are what looks like them.
fn headers_for(rows: &[Row]) -> Vec<String> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let holds_domains = |place: usize| {
        let mut cells = rows.iter().take(SAMPLE).filter_map(|row| row.cells.get(place));
        cells.any(|cell| cell.contains('.') && is_host(cell))
    };
    let domain = (0..width).find(|place| holds_domains(*place)).unwrap_or(0);
    let mut others =
        ["tenant", "primary"].into_iter().map(str::to_owned).chain((3..).map(|n| format!("column {n}")));
    (0..width)
        .map(|place| if place == domain { "domain".to_owned() } else { others.next().unwrap_or_default() })
        .collect()
}

fn is_host(cell: &str) -> bool {
    normalise("domain", cell).map_or_else(|problem| problem.suggestion.is_some(), |_| true)
}

/// Lines as somebody pastes them: a domain each or several, or a domain, a tenant and whether it is primary.
fn pasted(text: &str) -> Result<Table> {
    if text.lines().next().is_some_and(|line| line.contains([',', ';', '\t'])) {
        let is_list = |line: &str| {
            line.split([',', ';', '\t', ' '])
                .filter(|cell| !cell.trim().is_empty())
                .all(|cell| cell.contains('.') && is_host(cell.trim()))
        };
        if !text.lines().all(is_list) {
            let read =
                if text.trim_end().contains('\n') { table::parse(text.as_bytes()) } else { alone(text) };
            return read.map(with_header).map_err(|reason| bad("text", reason));
        }
    }
    let mut rows = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        let words: Vec<_> = content.split([' ', '\t', ',', ';']).filter(|word| !word.is_empty()).collect();
        let is_list = words.iter().all(|word| word.contains('.') || words.len() == 1);
        let cells: Vec<_> =
            if is_list { words.iter().map(|word| vec![*word]).collect() } else { vec![words] };
        rows.extend(
            cells
                .into_iter()
                .filter(|cells| !cells.is_empty())
                .map(|cells| Row { line, cells: cells.into() }),
        );
    }
    // A list may have a heading too.
    let heading = rows.first().map(|row: &Row| row.cells.iter().map(str::to_owned).collect::<Vec<_>>());
    if heading.is_some_and(|heading| propose(&heading).contains(&ImportField::Domain)) {
        rows.remove(0);
    }
    if rows.is_empty() {
        return Err(bad("text", "is empty".into()));
    }
    Ok(Table { headers: headers_for(&rows), rows, delimiter: b',', bom: false })
}

/// The only line of a table, which has no header.
fn alone(line: &str) -> Result<Table, String> {
    // In place of the header, so that it says what parts its cells.
    let mut table = table::parse(format!("{0}\n{0}", line.trim_end()).as_bytes())?;
    table.headers = headers_for(&table.rows);
    table.rows.iter_mut().for_each(|row| row.line = 1);
    Ok(table)
}

/// An array of objects, or an object of tenants with their domains.
fn json(text: &str, name: &str) -> Result<Table> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| bad(name, format!("is no JSON: {error}")))?;
    let headers = ["domain", "tenant", "primary"].map(str::to_owned).to_vec();
    let mut rows: Vec<Row> = Vec::new();
    let mut add = |cells: [String; 3]| {
        let line = u32::try_from(rows.len() + 1).unwrap_or(u32::MAX);
        rows.push(Row { line, cells: cells.iter().map(String::as_str).collect() });
    };
    match value {
        Value::Array(items) => {
            for (n, item) in items.into_iter().enumerate() {
                match item {
                    Value::String(domain) => add([domain, String::new(), String::new()]),
                    Value::Object(object) => add([
                        first_of(&object, &["domain", "host", "name"]),
                        first_of(&object, &["tenant", "schema", "schema_name"]),
                        first_of(&object, &["primary", "is_primary", "isPrimary"]),
                    ]),
                    _ => return Err(bad(name, format!("item {} is neither a domain nor an object", n + 1))),
                }
            }
        }
        Value::Object(tenants) => {
            for (tenant, domains) in tenants {
                let Value::Array(domains) = domains else {
                    return Err(bad(name, format!("{tenant} holds no list of domains")));
                };
                for domain in domains {
                    add([text_of(&domain), tenant.clone(), String::new()]);
                }
            }
        }
        _ => return Err(bad(name, "is neither a list nor an object".into())),
    }
    if rows.is_empty() {
        return Err(bad(name, "is empty".into()));
    }
    Ok(Table { headers, rows, delimiter: b',', bom: false })
}

fn first_of(object: &serde_json::Map<String, Value>, keys: &[&str]) -> String {
    let found = keys.iter().find_map(|key| object.get(*key));
    match found {
        // As the list and the export of this program have it.
        Some(Value::Object(owner)) => first_of(owner, &["schema", "name"]),
        Some(value) => text_of(value),
        None => object
            .get("owner")
            .and_then(Value::as_object)
            .filter(|_| keys.contains(&"tenant"))
            .map_or_else(String::new, |owner| first_of(owner, &["schema"])),
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn looks_like_address(text: &str) -> bool {
    text.trim_start()
        .strip_prefix('[')
        .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_hexdigit() || c == ':'))
}

/// Lines rather than columns, as far as the name tells.
fn is_list(path: &Path) -> bool {
    path.extension().is_none_or(|extension| extension.eq_ignore_ascii_case("txt"))
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

fn bad(field: &str, reason: String) -> Error {
    Error::invalid(Problem::new(field, "", Rule::File { reason }))
}
