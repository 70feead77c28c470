//! The same rows with what became of them, as a table that can be imported again without effect.

use std::path::Path;

use super::{ImportCheck, ImportDomains};
use crate::Result;
use crate::table::{self, Row, Table};

/// The rows of a request with the verdicts of a check of it.
pub fn print(request: &ImportDomains, check: &ImportCheck) -> Table {
    let headers = ["domain", "tenant", "primary", "outcome", "detail"].map(str::to_owned).to_vec();
    let rows = request.rows.iter().zip(&check.rows).map(|(asked, found)| {
        let domain = found.name.as_ref().map_or(asked.domain.as_str(), |name| name.stored.as_str());
        let tenant = found.tenant.as_ref().map_or(asked.tenant.as_str(), |owner| owner.schema.as_str());
        let primary = if asked.primary { "true" } else { "false" };
        let detail = found.verdict.to_string();
        let cells = [domain, tenant, primary, found.verdict.word(), detail.as_str()];
        Row { line: asked.line, cells: cells.as_slice().into() }
    });
    Table { headers, rows: rows.collect(), delimiter: b',', bom: false }
}

pub fn write(path: &Path, request: &ImportDomains, check: &ImportCheck) -> Result<()> {
    table::write(path, &print(request, check))
}
