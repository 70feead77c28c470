//! What the schemas of a whole fleet are made of, in one query and without a schema's own name.
//!
//! Two schemas are equal if their objects are. So a definition here names what belongs to its own schema without the
//! schema, and everything else by where it is. It is made to be compared, not to be read: it is put together from the
//! catalogs' columns, set by set, because printing each of a hundred thousand definitions would take minutes of locks and
//! hundreds of megabytes. What differs is then printed, by [`differences`].

use sqlx::PgConnection;

use super::findings::PartKind;
use crate::names::SchemaName;

/// A query around `(schema, kind, table_name, name, definition, oid)`, the objects of the schemas in parameter 1. It stands
/// inside parentheses, since a table expression that calls volatile functions would be stored before it is used.
///
/// `views` says whether views are among them (`true` or `false`): printing one locks it.
///
/// Where PostgreSQL has to print something, the search path is the object's own schema: the condition of a CASE is
/// evaluated before its result.
macro_rules! of_objects {
    ($row:ident, $views:literal, $before:literal, $after:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            $row,
            r#"WITH schema AS MATERIALIZED (
    SELECT n.oid, n.nspname AS name, quote_ident(n.nspname) || ', pg_catalog' AS path
    FROM pg_namespace n
    WHERE n.nspname = ANY ($1::text[])
),
relation AS MATERIALIZED (
    SELECT c.oid, c.relname AS name, c.relkind AS kind, s.oid AS schema, s.path,
           concat_ws(' ', c.relkind, c.relpersistence, c.relispartition, c.relrowsecurity, c.relforcerowsecurity) AS nature
    FROM pg_class c
    JOIN schema s ON s.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
),
-- The names of a table's columns by number. Dropped ones keep their place.
columns AS MATERIALIZED (
    SELECT a.attrelid AS relation, array_agg(a.attname::text ORDER BY a.attnum) AS names
    FROM pg_attribute a
    WHERE a.attnum > 0
      AND a.attrelid IN (SELECT oid FROM relation WHERE kind IN ('r', 'p', 'f', 'm')
                         UNION SELECT confrelid FROM pg_constraint WHERE contype = 'f' AND conrelid IN (SELECT oid FROM relation))
    GROUP BY a.attrelid
),
-- Defaults, checks, and what indexes have of expressions. Printing one opens its table, which waits for whoever alters it
-- and fills the session's memory, so the parse tree is compared: with columns by name, and printed only where it names
-- an object that is not PostgreSQL's own.
tree AS MATERIALIZED (
    SELECT t.*, r.path, r.schema, c.names, COALESCE(t.first::text, '') AS first_text, COALESCE(t.second::text, '') AS second_text
    FROM (
        SELECT 'default' AS kind, d.oid, d.adrelid AS relation, d.adbin AS first, NULL::pg_node_tree AS second FROM pg_attrdef d
        WHERE d.adrelid IN (SELECT oid FROM relation)
        UNION ALL
        SELECT 'constraint', k.oid, k.conrelid, k.conbin, NULL FROM pg_constraint k
        WHERE k.conbin IS NOT NULL AND k.contype = 'c' AND k.conrelid IN (SELECT oid FROM relation)
        UNION ALL
        SELECT 'index', x.indexrelid, x.indrelid, x.indexprs, x.indpred FROM pg_index x
        WHERE (x.indexprs IS NOT NULL OR x.indpred IS NOT NULL) AND x.indrelid IN (SELECT oid FROM relation)
    ) t
    JOIN relation r ON r.oid = t.relation
    JOIN columns c ON c.relation = t.relation
),
-- The same few stand in every tenant. Whether a cast was written out or not makes no difference.
plain AS MATERIALIZED (
    SELECT t.*, regexp_replace(concat(first_text, ' WHERE ', second_text), ' :(location|varattnosyn|[a-z]*format) -?[0-9]+', '', 'g') AS node
    FROM (SELECT DISTINCT first_text, second_text, names FROM tree) t
),
named AS MATERIALIZED (
    SELECT p.first_text, p.second_text, p.names,
           -- A call of nextval(regclass).
           node LIKE '{FUNCEXPR :funcid 1574 %' AS is_nextval,
           node ~ ' [0-9]{5,}[ )}]|:consttype (24|220[2-6]|3734|3769|4089|4096) ' AS is_foreign,
           (SELECT string_agg(CASE WHEN place = 1 THEN piece
                                   ELSE COALESCE(p.names[substring(piece FROM '^[0-9]+')::integer], '*') || substring(piece FROM ' .*') END, ' ' ORDER BY place)
            FROM regexp_split_to_table(node, ':varattno ') WITH ORDINALITY AS split (piece, place)) AS text
    FROM plain p
),
expression AS MATERIALIZED (
    SELECT t.kind, t.oid,
           CASE
               -- The tree holds its sequence as bytes; the dependency names it.
               WHEN n.is_nextval THEN concat('nextval ', NULLIF(q.schema, t.schema)::regnamespace, '.', q.name)
               WHEN n.is_foreign THEN
                   CASE WHEN set_config('search_path', t.path, true) IS NOT NULL
                        THEN concat_ws(' WHERE ', pg_get_expr(t.first, t.relation), pg_get_expr(t.second, t.relation)) END
               ELSE n.text
           END AS text
    FROM tree t
    JOIN named n ON n.first_text = t.first_text AND n.second_text = t.second_text AND n.names = t.names
    LEFT JOIN (SELECT d.objid AS oid, min(c.relnamespace) AS schema, min(c.relname) AS name
               FROM pg_depend d
               JOIN pg_class c ON c.oid = d.refobjid AND c.relkind = 'S'
               WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass
                 AND d.objid IN (SELECT oid FROM tree WHERE kind = 'default')
               GROUP BY d.objid) q ON t.kind = 'default' AND q.oid = t.oid
)
"#
                + $before
                + r#"
    SELECT r.schema, 'table' AS kind, r.name::text AS table_name, '' AS name, r.nature AS definition, r.oid
    FROM relation r WHERE r.kind IN ('r', 'p', 'f')
    UNION ALL
    SELECT r.schema, 'column', r.name, a.attname,
           hash_record_extended(ROW(
               -- What is PostgreSQL's own has one number for all schemas.
               CASE WHEN a.atttypid < 16384 THEN a.atttypid END, a.atttypmod,
               CASE WHEN a.atttypid >= 16384 AND set_config('search_path', r.path, true) IS NOT NULL
                    THEN format_type(a.atttypid, a.atttypmod) END,
               CASE WHEN a.attcollation < 16384 THEN a.attcollation END,
               CASE WHEN a.attcollation >= 16384 AND set_config('search_path', r.path, true) IS NOT NULL
                    THEN a.attcollation::regcollation::text END,
               a.attnotnull, a.attidentity, a.attgenerated, e.text), 0)::text,
           r.oid
    FROM relation r
    JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN expression e ON e.kind = 'default' AND e.oid = d.oid
    WHERE r.kind IN ('r', 'p', 'f')
    UNION ALL
    SELECT r.schema, 'constraint', r.name, k.conname,
           hash_record_extended(ROW(k.contype, ARRAY(SELECT own.names[key] FROM unnest(k.conkey) AS key), e.text,
               k.condeferrable, k.condeferred, k.connoinherit,
               k.confupdtype, k.confdeltype, k.confmatchtype,
               CASE WHEN target.relnamespace = r.schema THEN '.' ELSE n.nspname || '.' END || target.relname,
               CASE WHEN k.contype = 'f' THEN ARRAY(SELECT other.names[key] FROM unnest(k.confkey) AS key) END), 0)::text,
           k.oid
    FROM relation r
    JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype IN ('c', 'f')
    JOIN columns own ON own.relation = r.oid
    LEFT JOIN expression e ON e.kind = 'constraint' AND e.oid = k.oid
    LEFT JOIN pg_class target ON target.oid = k.confrelid AND k.contype = 'f'
    LEFT JOIN pg_namespace n ON n.oid = target.relnamespace
    LEFT JOIN columns other ON other.relation = k.confrelid AND k.contype = 'f'
    UNION ALL
    -- A primary key, a unique or an exclusion constraint is what its index is.
    SELECT r.schema, CASE WHEN k.oid IS NULL THEN 'index' ELSE 'constraint' END, r.name, i.relname,
           hash_record_extended(ROW(k.contype, k.condeferrable, k.condeferred, am.amname,
               x.indisunique, x.indisprimary, x.indnullsnotdistinct, x.indisreplident, x.indnkeyatts,
               ARRAY(SELECT CASE WHEN key = 0 THEN '()' ELSE own.names[key] END FROM unnest(x.indkey::smallint[]) AS key),
               x.indoption::text,
               CASE WHEN 16384 > ALL (x.indclass::oid[]) THEN x.indclass::text
                    WHEN set_config('search_path', r.path, true) IS NOT NULL
                    THEN (SELECT string_agg(concat(NULLIF(o.opcnamespace, r.schema)::regnamespace, '.', o.opcname), ' ' ORDER BY place)
                          FROM unnest(x.indclass::oid[]) WITH ORDINALITY AS u (opclass, place) JOIN pg_opclass o ON o.oid = u.opclass) END,
               CASE WHEN 16384 > ALL (x.indcollation::oid[]) THEN x.indcollation::text
                    WHEN set_config('search_path', r.path, true) IS NOT NULL THEN (x.indcollation::oid[]::regcollation[])::text END,
               CASE WHEN k.contype = 'x' AND set_config('search_path', r.path, true) IS NOT NULL
                    THEN (k.conexclop::regoperator[])::text END,
               e.text), 0)::text,
           COALESCE(k.oid, x.indexrelid)
    FROM relation r
    JOIN pg_index x ON x.indrelid = r.oid
    JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_am am ON am.oid = i.relam
    JOIN columns own ON own.relation = r.oid
    LEFT JOIN pg_constraint k ON k.conindid = x.indexrelid AND k.conrelid = r.oid AND k.contype IN ('p', 'u', 'x')
    LEFT JOIN expression e ON e.kind = 'index' AND e.oid = x.indexrelid
    UNION ALL
    -- Where its numbers are is no part of it.
    SELECT r.schema, 'sequence', COALESCE(owner.name, ''), r.name,
           concat_ws(' ', 'AS', s.seqtypid::regtype, 'START', s.seqstart, 'INCREMENT', s.seqincrement, 'MINVALUE', s.seqmin,
               'MAXVALUE', s.seqmax, 'CACHE', s.seqcache, CASE WHEN s.seqcycle THEN 'CYCLE' END, 'OWNED BY ' || own.names[d.refobjsubid]),
           r.oid
    FROM relation r
    JOIN pg_sequence s ON s.seqrelid = r.oid
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.objsubid = 0
                         AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    LEFT JOIN relation owner ON owner.oid = d.refobjid
    LEFT JOIN columns own ON own.relation = d.refobjid
    UNION ALL
    SELECT r.schema, 'view', '', r.name,
           CASE WHEN set_config('search_path', r.path, true) IS NOT NULL THEN concat_ws(' ', r.nature, pg_get_viewdef(r.oid, true)) END,
           r.oid
    FROM relation r WHERE r.kind IN ('v', 'm') AND "# + $views + r#"
    UNION ALL
    SELECT r.schema, 'trigger', r.name, t.tgname,
           CASE WHEN set_config('search_path', r.path, true) IS NOT NULL THEN concat_ws(' ', t.tgenabled, pg_get_triggerdef(t.oid, true)) END,
           t.oid
    FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
    UNION ALL
    SELECT r.schema, 'policy', r.name, p.polname,
           CASE WHEN set_config('search_path', r.path, true) IS NOT NULL
                THEN concat_ws(' ', p.polcmd, p.polpermissive, p.polroles, 'USING', pg_get_expr(p.polqual, r.oid),
                               'CHECK', pg_get_expr(p.polwithcheck, r.oid)) END,
           p.oid
    FROM relation r JOIN pg_policy p ON p.polrelid = r.oid
    UNION ALL
    SELECT s.oid, 'function', '',
           CASE WHEN set_config('search_path', s.path, true) IS NOT NULL
                THEN concat(p.proname, '(', pg_get_function_identity_arguments(p.oid), ')') END,
           CASE WHEN set_config('search_path', s.path, true) IS NOT NULL
                THEN concat_ws(' ', p.prokind, p.prolang, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
                               p.provolatile, p.proisstrict, p.prosecdef, p.proleakproof, p.proretset,
                               -- Its settings, with its own schema as a dot.
                               (SELECT string_agg(CASE WHEN setting LIKE 'search\_path=%'
                                                       THEN replace(concat(', ', substr(setting, 13), ','), concat(', ', quote_ident(s.name), ','), ', .,')
                                                       ELSE setting END, ' ')
                                FROM unnest(p.proconfig) AS setting),
                               p.prosrc, pg_get_function_sqlbody(p.oid)) END,
           p.oid
    FROM schema s JOIN pg_proc p ON p.pronamespace = s.oid
    UNION ALL
    SELECT s.oid, 'type', '', t.typname,
           CASE WHEN set_config('search_path', s.path, true) IS NOT NULL
                THEN concat_ws(' ', t.typtype, t.typnotnull, format_type(NULLIF(t.typbasetype, 0), t.typtypmod), t.typdefault,
                   (SELECT string_agg(quote_literal(e.enumlabel), ' ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
                   checks.text,
                   (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ' ' ORDER BY a.attnum)
                    FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)) END,
           t.oid
    FROM schema s JOIN pg_type t ON t.typnamespace = s.oid
    LEFT JOIN pg_class c ON c.oid = t.typrelid
    LEFT JOIN (SELECT k.contypid, string_agg(CASE WHEN set_config('search_path', s.path, true) IS NOT NULL
                                                  THEN pg_get_constraintdef(k.oid, true) END, ' ' ORDER BY k.conname) AS text
               FROM pg_constraint k JOIN schema s ON s.oid = k.connamespace
               WHERE k.contypid <> 0
               GROUP BY k.contypid) checks ON checks.contypid = t.oid
    WHERE t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND c.relkind = 'c')
"#
                + $after,
            $($argument),+
        )
    };
}

pub(super) struct Outline {
    pub schema: SchemaName,
    /// Schemas with equal outlines are equal. Others may be, too.
    pub outline: i64,
}

/// Reads the whole catalog once for all of these schemas, their views aside, in half the time that fingerprints take: what is
/// about columns, or the rest.
pub(super) async fn outlines(
    conn: &mut PgConnection,
    schemas: &[String],
    of_columns: bool,
) -> sqlx::Result<Vec<Outline>> {
    sqlx::query_file_as!(Outline, "src/health/outlines.sql", schemas, of_columns).fetch_all(conn).await
}

#[derive(Clone)]
pub(super) struct Print {
    pub schema: SchemaName,
    /// In which order the rows come does not matter to it, and no object is there twice.
    pub fingerprint: i64,
    pub objects: i64,
}

/// One number for the structure of each schema, its views aside: equal schemas have equal numbers. What is merely out of
/// order (an index that is not valid, a constraint not validated) has findings of its own, and does not make a schema
/// unequal.
pub(super) async fn fingerprints(conn: &mut PgConnection, schemas: &[String]) -> sqlx::Result<Vec<Print>> {
    of_objects!(
        Print,
        "false",
        r#"SELECT s.name AS "schema!: SchemaName", COALESCE(print.fingerprint, 0) AS "fingerprint!", COALESCE(print.objects, 0) AS "objects!"
           FROM schema s
           LEFT JOIN (SELECT o.schema, count(*) AS objects,
                             bit_xor(hash_record_extended(ROW(o.kind, o.table_name, o.name, o.definition), 0)) AS fingerprint
                      FROM ("#,
        r#") o GROUP BY o.schema) print ON print.schema = s.oid"#,
        schemas,
    )
    .fetch_all(conn)
    .await
}

/// The same for the views alone. Together the two numbers of a schema, one XOR the other, stand for all of it.
pub(super) async fn view_fingerprints(
    conn: &mut PgConnection,
    schemas: &[String],
) -> sqlx::Result<Vec<Print>> {
    sqlx::query_as!(
        Print,
        r#"SELECT n.nspname AS "schema!: SchemaName", count(*) AS "objects!",
                  bit_xor(hash_record_extended(ROW(c.relname,
                      CASE WHEN set_config('search_path', quote_ident(n.nspname) || ', pg_catalog', true) IS NOT NULL
                           THEN concat_ws(' ', c.relkind, c.relpersistence, pg_get_viewdef(c.oid, true)) END), 0)) AS "fingerprint!"
           FROM pg_namespace n
           JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('v', 'm')
           WHERE n.nspname = ANY ($1::text[])
           GROUP BY n.nspname"#,
        schemas,
    )
    .fetch_all(conn)
    .await
}

pub(super) struct DifferenceRow {
    pub schema: SchemaName,
    pub kind: PartKind,
    /// Empty where the object belongs to no table.
    pub table_name: String,
    pub name: String,
    /// As PostgreSQL prints it in the reference; `None` where it has no such object.
    pub wanted: Option<String>,
    pub found: Option<String>,
    /// Has `public` a table of that name?
    pub in_public: bool,
    /// How many the schema has besides tables; more than are listed, perhaps.
    pub total: i64,
}

/// How schemas differ from a reference (which has to be among them), object by object. Of a table that one side lacks,
/// only the table is told, unless `whole` is set. Besides tables, at most `limit` objects a schema.
pub(super) async fn differences(
    conn: &mut PgConnection,
    schemas: &[String],
    reference: &SchemaName,
    whole: bool,
    limit: i64,
) -> sqlx::Result<Vec<DifferenceRow>> {
    of_objects!(
        DifferenceRow,
        "true",
        ", object AS MATERIALIZED (",
        r#"), wanted AS MATERIALIZED (
               SELECT o.* FROM object o JOIN schema s ON s.oid = o.schema WHERE s.name = $2
           ),
           found AS MATERIALIZED (
               SELECT o.* FROM object o JOIN schema s ON s.oid = o.schema WHERE s.name <> $2
           ),
           differing AS MATERIALIZED (
               SELECT s.oid AS schema, w.kind, w.table_name, w.name, w.oid AS wanted, f.oid AS found
               FROM wanted w
               CROSS JOIN schema s
               LEFT JOIN found f ON f.schema = s.oid AND f.kind = w.kind AND f.table_name = w.table_name AND f.name = w.name
               WHERE s.name <> $2 AND w.definition IS DISTINCT FROM f.definition
               UNION ALL
               SELECT f.schema, f.kind, f.table_name, f.name, NULL, f.oid
               FROM found f
               LEFT JOIN wanted w ON w.kind = f.kind AND w.table_name = f.table_name AND w.name = f.name
               WHERE w.oid IS NULL
           ),
           told AS (
               SELECT d.*, d.kind = 'table' AS is_table,
                      row_number() OVER of_schema AS place, count(*) OVER (PARTITION BY d.schema, d.kind = 'table') AS total
               FROM differing d
               WHERE $3 OR d.kind = 'table'
                  OR NOT EXISTS (SELECT FROM differing t WHERE t.schema = d.schema AND t.kind = 'table' AND t.table_name = d.table_name
                                 AND (t.wanted IS NULL OR t.found IS NULL))
               WINDOW of_schema AS (PARTITION BY d.schema, d.kind = 'table' ORDER BY d.kind, d.table_name, d.name)
           )
           SELECT s.name AS "schema!: SchemaName", t.kind AS "kind!: PartKind", t.table_name AS "table_name!", t.name AS "name!",
                  print.wanted, print.found, t.total AS "total!",
                  EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = t.table_name
                          AND c.relkind IN ('r', 'p', 'v', 'm', 'f')) AS "in_public!"
           FROM told t
           JOIN schema s ON s.oid = t.schema
           CROSS JOIN LATERAL (
               SELECT min(text) FILTER (WHERE side = 'wanted') AS wanted, min(text) FILTER (WHERE side = 'found') AS found
               FROM (
                   SELECT side, COALESCE(CASE WHEN set_config('search_path', part.path, true) IS NOT NULL THEN CASE
                       -- A table is the list of its columns.
                       WHEN t.kind IN ('table', 'column') THEN (
                           SELECT string_agg(concat_ws(' ',
                               CASE t.kind WHEN 'table' THEN quote_ident(a.attname) END,
                               format_type(a.atttypid, a.atttypmod),
                               CASE WHEN a.attcollation <> y.typcollation THEN 'COLLATE ' || a.attcollation::regcollation END,
                               CASE a.attidentity WHEN 'd' THEN 'GENERATED BY DEFAULT AS IDENTITY' WHEN 'a' THEN 'GENERATED ALWAYS AS IDENTITY' END,
                               CASE a.attgenerated WHEN '' THEN 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
                                                   WHEN 's' THEN 'GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
                                                   ELSE 'GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ')' END,
                               CASE WHEN a.attnotnull THEN 'NOT NULL' END), ', ' ORDER BY a.attnum)
                           FROM pg_attribute a
                           JOIN pg_type y ON y.oid = a.atttypid
                           LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                           WHERE a.attrelid = part.oid AND a.attnum > 0 AND NOT a.attisdropped AND (t.kind = 'table' OR a.attname = t.name))
                       WHEN t.kind = 'constraint' THEN pg_get_constraintdef(part.oid, true)
                       WHEN t.kind = 'index' THEN pg_get_indexdef(part.oid, 0, true)
                       WHEN t.kind = 'view' THEN pg_get_viewdef(part.oid, true)
                       WHEN t.kind = 'trigger' THEN pg_get_triggerdef(part.oid, true)
                       WHEN t.kind = 'function' THEN (SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.oid = part.oid AND p.prokind <> 'a')
                       ELSE (SELECT o.definition FROM object o WHERE o.oid = part.oid AND o.kind = t.kind)
                   END END, '') AS text
                   FROM (SELECT 'wanted' AS side, t.wanted AS oid, w.path FROM schema w WHERE w.name = $2
                         UNION ALL SELECT 'found', t.found, s.path) AS part
                   WHERE part.oid IS NOT NULL
                   OFFSET 0
               ) AS printed
           ) AS print
           WHERE t.is_table OR t.place <= $4
           ORDER BY s.name, t.kind, t.table_name, t.name"#,
        schemas,
        reference.as_str(),
        whole,
        limit,
    )
    .fetch_all(conn)
    .await
}

impl DifferenceRow {
    /// `table`, or `table.object`.
    pub fn full_name(&self) -> String {
        match (self.table_name.as_str(), self.name.as_str()) {
            (table, "") => table.to_owned(),
            ("", name) => name.to_owned(),
            (table, name) => format!("{table}.{name}"),
        }
    }
}
