//! The least that making a tenant can cost: what `pg_dump` writes for it, as one batch in one transaction.

use sqlx::postgres::PgConnection;

use crate::{Outcome, place};

/// For a tenant called `acme`, from BEGIN to COMMIT.
const DUMP: &str = include_str!("tenant_dump.sql");
const LARGE_DUMP: &str = include_str!("large_dump.sql");
const NAME: &str = "acme";

/// The rows that ten atoms are in a tenant's own tables.
const ATOMS: &str = "
INSERT INTO acme.atoms_atomcategory (name, description) VALUES ('General', '');
INSERT INTO acme.atoms_atom (name, slug, description, created_at, updated_at, category_id)
SELECT format('Atom %s', n), format('atom-%s', n), '', now(), now(), currval('acme.atoms_atomcategory_id_seq')
FROM generate_series(1, 10) AS n;
INSERT INTO acme.atoms_atomversion (version, release_date, release_notes, config_schema, is_active, created_at, atom_id)
SELECT '1.0', CURRENT_DATE, '', '{}', true, now(), id FROM acme.atoms_atom;
";

/// Makes a tenant of that name, with ten atoms or without.
pub async fn make(conn: &mut PgConnection, name: &str, with_atoms: bool) -> Outcome {
    let keys = "ALTER TABLE ONLY acme.atom_configs_atomconfig ADD CONSTRAINT";
    let dump = if with_atoms { DUMP.replacen(keys, &format!("{ATOMS}{keys}"), 1) } else { DUMP.to_owned() };
    place::batch(conn, &dump.replace(NAME, name)).await
}

/// Makes a tenant of the large platform.
pub async fn make_large(conn: &mut PgConnection, name: &str) -> Outcome {
    place::batch(conn, &LARGE_DUMP.replace(NAME, name)).await
}
