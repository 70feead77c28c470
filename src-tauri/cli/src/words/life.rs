//! The life of tenants in plain words.

use tenantry_engine::blueprint::{Choice, Reason, ReferenceRows, ReferenceTable};
use tenantry_engine::operations::{Change, Finding};
use tenantry_engine::tenants::TrashedTenant;

use super::table;

pub fn trash(trash: &[TrashedTenant]) -> String {
    table(
        &["SCHEMA", "NAME", "DELETED", "BY", "NAME IN THE TRASH"],
        trash.iter().map(|t| {
            [
                t.schema.to_string(),
                t.name.clone(),
                t.deleted_at.format("%Y-%m-%d %H:%M").to_string(),
                t.deleted_by.clone(),
                t.trash.to_string(),
            ]
        }),
    )
}

pub fn blueprint(choice: &Choice, proposed: &[ReferenceTable]) -> String {
    let chosen = match &choice.template {
        None if choice.has_files => "New tenants are made from the files of migrations/tenant.".into(),
        None => "Nothing has been chosen yet: `tenantry blueprint use SCHEMA` does.".into(),
        Some(template) => format!(
            "New tenants are clones of the schema {template}, with the rows of {}.",
            choice.reference.iter().map(reference).collect::<Vec<_>>().join(", ")
        ),
    };
    if proposed.is_empty() {
        return chosen;
    }
    let rows =
        proposed.iter().map(|p| [p.table.clone(), format!("{} of {}", p.rows, p.of), reason(&p.reason)]);
    format!("{chosen}\n\n{}", table(&["PROPOSED", "ROWS", "WHY"], rows))
}

fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Ledger => "Django's ledger of migrations".into(),
        Reason::ContentTypes => "Django's content types".into(),
        Reason::Permissions => "Django's permissions".into(),
        Reason::AlikeEverywhere { tenants } => format!("alike in {tenants} other tenants"),
    }
}

fn reference(rows: &ReferenceRows) -> String {
    match &rows.keys {
        None => rows.table.clone(),
        Some(keys) => format!("{} ({} of them)", rows.table, keys.len()),
    }
}

pub fn change(change: &Change) -> Option<String> {
    Some(match change {
        Change::RenameTenant { before, after, .. } => format!("rename the tenant: {before} -> {after}"),
        Change::RenameSchema { before, after } => format!("rename the schema: {before} -> {after}"),
        Change::SetActive { schema, active: true } => format!("let {schema} go on"),
        Change::SetActive { schema, active: false } => format!("suspend {schema}"),
        Change::MoveToTrash { schema, trash, tables, .. } => {
            format!("move {schema} with {} tables to the trash, as {trash}", tables.len())
        }
        Change::ParkDomains { domains, .. } => format!("park its domains {}", domains.join(", ")),
        Change::TakeFromTrash { schema, name, .. } => format!("bring back {name} (schema {schema})"),
        Change::UnparkDomains { domains, .. } => format!("give back its domains {}", domains.join(", ")),
        Change::Purge { schema, name, tables, .. } => {
            format!("remove {name} ({schema}) with {} tables for good", tables.len())
        }
        Change::ChangeBlueprint { after: Some(after), .. } => format!("make new tenants like {after}"),
        Change::ChangeBlueprint { after: None, .. } => {
            "make new tenants from the files of migrations/tenant".into()
        }
        Change::MakeObjects { schema, like, objects, copied } => {
            let rows = if copied.is_empty() {
                String::new()
            } else {
                format!(", with the rows of public for {}", copied.join(", "))
            };
            format!("give {schema} what it lacks of {like}: {}{rows}", objects.join(", "))
        }
        Change::RecordMigrations { migrations, .. } => {
            format!("record {} migrations: {}", migrations.len(), migrations.join(", "))
        }
        Change::ConnectObjects { repointed, .. } => {
            format!("connect them to shared tables, and point {} keys to its own tables", repointed.len())
        }
        _ => return None,
    })
}

pub fn finding(finding: &Finding) -> Option<String> {
    Some(match finding {
        Finding::MentionsOldName { objects } => {
            format!("the old name stands as text in {}", objects.join(", "))
        }
        Finding::LeftDifferent { objects } => {
            format!("{} differ, and are left as they are", objects.join(", "))
        }
        Finding::TemplateBehind { template, lacks, tenants } => {
            let others = match tenants {
                1 => "another tenant has".into(),
                several => format!("{several} other tenants have"),
            };
            format!("{template} lacks migrations that {others}: {}", lacks.join(", "))
        }
        Finding::Final => "there is no way back from this".into(),
        _ => return None,
    })
}
