//! The SQL of verifying.

use sqlx::PgConnection;

use crate::names::SchemaName;

/// The rows of Django's ledger in the schema that the search path names.
pub(super) async fn ledger(conn: &mut PgConnection) -> sqlx::Result<Vec<(String, String)>> {
    let rows = sqlx::query!(r#"SELECT app::text AS "app!", name::text AS "name!" FROM django_migrations"#)
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.app, row.name)).collect())
}

pub(super) async fn has_table(
    conn: &mut PgConnection,
    schema: &SchemaName,
    table: &str,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                          WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p')) AS "there!""#,
        schema.as_str(),
        table,
    )
    .fetch_one(conn)
    .await
}

pub(super) struct KeyProbe {
    pub table: String,
    pub constraint: String,
    pub validated: bool,
    /// `None` where the wrong row was refused for another reason.
    pub refused: Option<bool>,
    pub answer: String,
    pub orphans: i64,
}

/// Tries every foreign key of a schema with a wrong row.
pub(super) async fn probe_foreign_keys(
    conn: &mut PgConnection,
    schema: &SchemaName,
) -> sqlx::Result<Vec<KeyProbe>> {
    sqlx::query_as!(
        KeyProbe,
        r#"SELECT table_name AS "table!", constraint_name AS "constraint!", validated AS "validated!", refused,
                  answer AS "answer!", orphans AS "orphans!"
           FROM tenantry.probe_foreign_keys($1)"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await
}
