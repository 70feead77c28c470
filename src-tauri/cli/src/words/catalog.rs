//! The catalog in plain words.

use tenantry_engine::catalog::{
    CatalogReceipt, CatalogRows, Conflict, CopyDifference, CopyState, DifferenceKind, FieldDifference,
    FleetState, MASTER, Part, Reference, Releases, Resolution, Retirement, RowDifference, RowKey, RowState,
    SyncOutcome, SyncPreview, TenantRetirement, Usage,
};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Change, Finding};

use super::table;

pub fn releases(releases: &Releases) -> String {
    let rows = releases.releases.iter().map(|release| {
        [
            release.number.to_string(),
            release.released_at.format("%Y-%m-%d %H:%M").to_string(),
            release.released_by.clone(),
            release.size.atoms.to_string(),
            release.size.versions.to_string(),
            release.content_hash.chars().take(12).collect(),
            release.notes.clone(),
        ]
    });
    let listed = table(&["RELEASE", "AT", "BY", "ATOMS", "VERSIONS", "CONTENT", "NOTES"], rows);
    let start = match releases.start {
        Some(release) => format!("New tenants start at release {release}."),
        None => "New tenants start at the newest release.".to_owned(),
    };
    let unreleased = match releases.unreleased {
        0 => "Everything in the master catalog is released.".to_owned(),
        rows => format!("{rows} rows of the master catalog differ from the newest release."),
    };
    format!("{listed}\n{start}\n{unreleased}")
}

pub fn exported(release: i32, file: &str) -> String {
    match release {
        MASTER => format!("The master catalog is in {file}."),
        release => format!("Release {release} is in {file}."),
    }
}

pub fn difference(rows: &[RowDifference]) -> String {
    let line = |difference: &RowDifference| {
        let sign = match difference.kind {
            DifferenceKind::Added => "+",
            DifferenceKind::Changed => "~",
            DifferenceKind::Removed => "-",
        };
        let fields = match difference.kind {
            DifferenceKind::Changed => fields(&difference.fields),
            _ => String::new(),
        };
        format!("{sign} {}{fields}", row(&difference.row))
    };
    if rows.is_empty() { "They are the same.".to_owned() } else { lines(rows.iter().map(line)) }
}

pub fn fleet(fleet: &FleetState) -> String {
    let Some(release) = fleet.release else {
        return "The catalog has no release yet: `tenantry catalog release` makes one.".to_owned();
    };
    let rows = fleet.tenants.iter().map(|copy| {
        [
            copy.schema.to_string(),
            state(copy.state).to_owned(),
            copy.release.map_or_else(|| "-".to_owned(), |release| release.to_string()),
            copy.pending.to_string(),
            copy.edited.to_string(),
            copy.own.to_string(),
            copy.conflicts.to_string(),
            copy.compared_at.map(|at| at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
        ]
    });
    let head = &["SCHEMA", "STATE", "RELEASE", "PENDING", "EDITED", "OWN", "CONFLICTS", "COMPARED"];
    let clashes = fleet.clashes.iter().map(|clash| {
        let whose = clash.contents.iter().map(|content| {
            let tenants = content.tenants.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            content.release.map_or(tenants, |release| format!("release {release}"))
        });
        format!(
            "{} {} is not the same everywhere: {}",
            clash.slug,
            clash.version,
            whose.collect::<Vec<_>>().join(" | ")
        )
    });
    lines([format!("Seen from release {release}:"), table(head, rows)].into_iter().chain(clashes))
}

fn state(state: CopyState) -> &'static str {
    match state {
        CopyState::Conflicting => "conflicting",
        CopyState::Behind => "behind",
        CopyState::Edited => "edited",
        CopyState::Unknown => "unknown",
        CopyState::NoTables => "no tables",
        CopyState::InStep => "in step",
    }
}

pub fn copy(rows: &[CopyDifference], receipts: &[CatalogReceipt]) -> String {
    let differing = rows.iter().map(|difference| {
        let shown = if difference.fields.iter().all(|field| field.before.is_some() && field.after.is_some()) {
            fields(&difference.fields)
        } else {
            String::new()
        };
        format!("{}: {}{shown}", row(&difference.row), row_state(difference.state))
    });
    let differing =
        if rows.is_empty() { "Every row is as the release says.".to_owned() } else { lines(differing) };
    let receipts = receipts.iter().map(|receipt| {
        let release = |release: Option<i32>| release.map_or_else(|| "none".to_owned(), |n| n.to_string());
        format!(
            "{} from release {} to {}: {} inserted, {} updated, {} deactivated, {} kept",
            receipt.at.format("%Y-%m-%d %H:%M"),
            release(receipt.release_before),
            release(receipt.release),
            receipt.inserted,
            receipt.updated,
            receipt.deactivated,
            receipt.kept
        )
    });
    lines(std::iter::once(differing).chain(receipts))
}

fn row_state(state: RowState) -> &'static str {
    match state {
        RowState::New => "the tenant lacks it",
        RowState::Changed => "the release has changed it",
        RowState::Gone => "the release has it no longer",
        RowState::Left => "no release has it any longer",
        RowState::Own => "the tenant's own",
        RowState::Edited => "the tenant has changed it",
        RowState::Removed => "the tenant has removed it",
        RowState::EditedAndChanged => "both have changed it",
        RowState::RemovedAndChanged => "the tenant has removed it and the release has changed it",
        RowState::EditedAndGone => "the tenant has changed it and the release has it no longer",
        RowState::AddedTwice => "both have made it, differently",
        RowState::Unknown => "it differs, and nobody knows who changed it",
    }
}

pub fn preview(preview: &SyncPreview) -> String {
    let rows = preview.tenants.iter().map(|tenant| {
        let outcome = match &tenant.outcome {
            SyncOutcome::Ready { .. } => "ready".to_owned(),
            SyncOutcome::Undecided => "conflicts to decide".to_owned(),
            SyncOutcome::InStep => "in step".to_owned(),
            SyncOutcome::InStepByReceipt => "in step, by its receipt".to_owned(),
            SyncOutcome::Refused { reason } => format!("refused: {reason}"),
        };
        let counts = tenant.counts;
        [
            tenant.schema.to_string(),
            counts.inserted.to_string(),
            counts.updated.to_string(),
            counts.deactivated.to_string(),
            counts.kept.to_string(),
            counts.conflicts.to_string(),
            outcome,
        ]
    });
    let head = &["SCHEMA", "INSERT", "UPDATE", "DEACTIVATE", "KEPT", "CONFLICTS", "OUTCOME"];
    format!("To release {}:\n{}", preview.release, table(head, rows))
}

pub fn usage(usage: &Usage) -> String {
    let rows = usage.tenants.iter().map(|tenant| {
        [
            tenant.schema.to_string(),
            tenant.versions.to_string(),
            tenant.active_versions.to_string(),
            references(&tenant.references),
        ]
    });
    let listed = table(&["SCHEMA", "VERSIONS", "ACTIVE", "REFERRED TO BY"], rows);
    let listed = if usage.tenants.is_empty() { "No tenant has it.".to_owned() } else { listed };
    let master =
        if usage.in_master { "The master catalog has it." } else { "The master catalog has it no longer." };
    let unread =
        usage.unread.iter().map(|tenant| format!("{} could not be read: {}", tenant.schema, tenant.reason));
    lines([master.to_owned(), listed].into_iter().chain(unread))
}

fn references(references: &[Reference]) -> String {
    references.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

pub fn retirement(tenants: &[TenantRetirement]) -> String {
    if tenants.is_empty() {
        return "No tenant has it.".to_owned();
    }
    let rows = tenants.iter().map(|tenant| {
        let outcome = match (&tenant.refused, &tenant.item) {
            (Some(reason), _) => format!("refused: {reason}"),
            (None, Some(_)) => "ready".to_owned(),
            (None, None) => "nothing to do".to_owned(),
        };
        [tenant.schema.to_string(), references(&tenant.references), outcome]
    });
    table(&["SCHEMA", "REFERRED TO BY", "OUTCOME"], rows)
}

fn retired(
    schema: &SchemaName,
    slug: &str,
    how: &Retirement,
    versions: &[String],
    repointed: &[Reference],
) -> String {
    match how {
        Retirement::Deactivate => {
            format!("switch {} versions of {slug} off in {schema}: {}", versions.len(), versions.join(", "))
        }
        Retirement::Delete => format!("delete {slug} with {} versions from {schema}", versions.len()),
        Retirement::Repoint { to } => format!(
            "let {to} take the place of {slug} in {schema} ({}), and delete that with {} versions",
            if repointed.is_empty() { "nothing refers to it".to_owned() } else { references(repointed) },
            versions.len()
        ),
    }
}

pub fn change(change: &Change) -> Option<String> {
    Some(match change {
        Change::SeedCatalog { atoms, versions, release: 0, .. } => {
            format!("copy {atoms} atoms in {versions} versions into it")
        }
        Change::SeedCatalog { atoms, versions, release, .. } => {
            format!("copy {atoms} atoms in {versions} versions into it, from release {release}")
        }
        Change::ImportAtoms { added, changed, .. } => {
            format!("add {} atoms to the master catalog and change {}", added.len(), changed.len())
        }
        Change::EditCatalog {
            added, changed, removed_categories, removed_atoms, removed_versions, ..
        } => format!(
            "in the master catalog, add {} atoms, change {} and remove {}, {} versions and {} categories",
            added.len(),
            changed.len(),
            removed_atoms.len(),
            removed_versions.len(),
            removed_categories.len()
        ),
        Change::RestoreAtoms { removed, restored } => {
            format!("take {} atoms out of the master catalog and put {} back", removed.len(), restored.len())
        }
        Change::MakeRelease { number, size, added, changed, removed, .. } => format!(
            "publish release {number}: {} atoms in {} versions; {added} rows added, {changed} changed, {removed} removed",
            size.atoms, size.versions
        ),
        Change::ChangeStartRelease { after: Some(release), .. } => {
            format!("new tenants start at release {release}")
        }
        Change::ChangeStartRelease { after: None, .. } => {
            "new tenants start at the newest release".to_owned()
        }
        Change::SyncCatalog { schema, release, insert, update, deactivate, .. } => format!(
            "bring {schema} to release {release}: {} rows inserted, {} updated, {} versions deactivated",
            insert.count(),
            update.count(),
            deactivate.count()
        ),
        Change::RestoreCopy { schema, release_before, remove, put_back, .. } => format!(
            "bring {schema} back to {}: {} rows removed, {} put back",
            release_before.map_or_else(|| "what it was".to_owned(), |release| format!("release {release}")),
            remove.count(),
            put_back.categories.len() + put_back.atoms.len() + put_back.versions.len()
        ),
        Change::RetireAtom { schema, slug, how, versions, repointed } => {
            retired(schema, slug, how, versions, repointed)
        }
        Change::BringBackAtom { schema, slug, versions, repointed } => {
            let referring = if repointed.is_empty() {
                String::new()
            } else {
                format!(", and what referred to it: {}", references(repointed))
            };
            format!("bring {slug} back in {schema}, with {} versions{referring}", versions.len())
        }
        _ => return None,
    })
}

pub fn finding(finding: &Finding) -> Option<String> {
    Some(match finding {
        Finding::AtomsUnchanged { atoms } => format!("{atoms} atoms are as they are in the master catalog"),
        Finding::AtomNameTaken { slug, holder, .. } => {
            format!("{slug} is left out: the tenant's atom {holder} has its name")
        }
        Finding::AtomInUse { slug, .. } => format!("{slug} is in use, and stays"),
        Finding::CatalogKept { rows, .. } => format!("the tenant's own work stays: {}", named(rows)),
        Finding::CatalogConflicts { conflicts, .. } => lines(conflicts.iter().map(conflict)),
        Finding::CatalogChangedSince { rows, .. } => {
            format!("changed by the tenant since, and left alone: {}", named(rows))
        }
        Finding::ReferencesChangedSince { references: left, .. } => {
            format!("these refer to something else by now, and are left alone: {}", references(left))
        }
        _ => return None,
    })
}

fn conflict(conflict: &Conflict) -> String {
    let decided = match conflict.choice {
        None => "to be decided",
        Some(Resolution::Keep) => "the tenant's stays",
        Some(Resolution::Take) => "the release's comes",
    };
    format!("{}: {}; {decided}", row(&conflict.row), row_state(conflict.state))
}

fn named(rows: &CatalogRows) -> String {
    rows.keys().map(|key| row(&key)).collect::<Vec<_>>().join(", ")
}

fn row(row: &RowKey) -> String {
    match row.part {
        Part::Category => format!("category {}", row.key),
        Part::Atom => row.key.clone(),
        Part::Version => format!("{} {}", row.key, row.version),
    }
}

fn fields(fields: &[FieldDifference]) -> String {
    let shown = |value: &Option<String>| value.as_deref().unwrap_or_default().escape_debug().to_string();
    let each =
        fields.iter().map(|f| format!("\n    {}: {} -> {}", f.field, shown(&f.before), shown(&f.after)));
    each.collect()
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}
