//! The SQL of many tenants at once.

use sqlx::PgConnection;

/// A schema that is there, or that a tenant names, or both.
pub(super) struct Known {
    pub schema: String,
    /// The tenant's name; `None` where no tenant has the schema.
    pub name: Option<String>,
    pub has_schema: bool,
    pub deleted: bool,
}

/// Every name in use.
pub(super) async fn known(conn: &mut PgConnection) -> sqlx::Result<Vec<Known>> {
    sqlx::query_as!(
        Known,
        r#"SELECT COALESCE(t.schema_name, n.nspname::text) AS "schema!", t.name, n.oid IS NOT NULL AS "has_schema!",
                  EXISTS (SELECT FROM tenantry.trash x WHERE x.schema_name = t.schema_name) AS "deleted!"
           FROM tenantry.tenant t
           FULL JOIN pg_namespace n ON n.nspname::text = t.schema_name"#
    )
    .fetch_all(conn)
    .await
}
