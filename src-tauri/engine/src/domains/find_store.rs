//! The SQL that searches domains.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::find::{DomainQuery, DomainState, ListedDomain, unicode_of};
use crate::names::{DomainKind, SchemaName};
use crate::tenants::Owner;

/// A search, taken apart. An empty list asks for nothing in particular.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sought {
    /// All of them have to be found.
    words: Vec<String>,
    /// Patterns of LIKE for the whole domain.
    patterns: Vec<String>,
    tenants: Vec<String>,
    states: Vec<String>,
    kinds: Vec<String>,
    /// Only names that a deleted tenant left, and cannot have back while somebody has them.
    taken: bool,
    /// The domains that come into question at all, in their stored form; `None`: all.
    among: Option<Vec<String>>,
}

impl Sought {
    pub async fn of(conn: &mut PgConnection, text: &str) -> sqlx::Result<Self> {
        let (mut sought, foreign) = Self::parse(text);
        if !foreign.is_empty() || sought.taken {
            let stored = if sought.taken { parked(conn).await? } else { international(conn).await? };
            let holds = |domain: &String| foreign.iter().all(|word| unicode_of(domain).contains(word));
            sought.among = Some(stored.into_iter().filter(holds).collect());
        }
        Ok(sought)
    }

    /// The parts of a search, and the words among them that no stored form can hold.
    fn parse(text: &str) -> (Self, Vec<String>) {
        let mut sought = Self::default();
        let mut foreign = Vec::new();
        for word in text.replace('\0', "").to_lowercase().split_whitespace() {
            match word.split_once(':') {
                Some((_, "")) => {}
                Some(("tenant", tenant)) => sought.tenants.push(tenant.to_owned()),
                Some(("state", "taken")) => sought.taken = true,
                Some(("state", state)) => sought.states.push(state.to_owned()),
                Some(("kind", kind)) => sought.kinds.push(kind_of(kind).to_owned()),
                _ if word.contains('*') => sought.patterns.push(pattern(word)),
                _ if !word.is_ascii() => foreign.push(word.to_owned()),
                _ => sought.words.push(word.to_owned()),
            }
        }
        (sought, foreign)
    }
}

fn kind_of(word: &str) -> &str {
    if "development".starts_with(word) && word.len() >= 3 { "development" } else { word }
}

/// A glob as LIKE has it.
fn pattern(glob: &str) -> String {
    glob.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_").replace('*', "%")
}

struct Row {
    domain: String,
    primary: bool,
    development: bool,
    schema: SchemaName,
    name: String,
    state: DomainState,
    checked_at: Option<DateTime<Utc>>,
}

impl From<Row> for ListedDomain {
    fn from(row: Row) -> Self {
        Self {
            unicode: unicode_of(&row.domain),
            domain: row.domain,
            primary: row.primary,
            kind: if row.development { DomainKind::Development } else { DomainKind::Public },
            owner: Owner { schema: row.schema, name: row.name },
            state: row.state,
            checked_at: row.checked_at,
        }
    }
}

/// A query over `listed (domain, primary, development, schema, name, state, checked_at)`, all domains as the grid has them.
///
/// What the router can match, and what is of a developer's machine, `names::normalise` decides; a test holds both against it.
macro_rules! of_listed {
    ($query:ident, $row:ident, ($($rest:literal)+) $(, $argument:expr)* $(,)?) => {
        sqlx::$query!(
            $row,
            r#"WITH seen AS NOT MATERIALIZED (
    SELECT d.domain, d.is_primary, t.schema_name, t.name,
           d.domain ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$' AND NOT starts_with(d.domain, 'www.') AS matchable,
           d.domain = 'localhost' OR d.domain LIKE '%.localhost'
               OR strpos('0123456789', right(d.domain, 1)) > 0 AND d.domain ~ '^[0-9]{1,3}(\.[0-9]{1,3}){3}$' AS development,
           r.state AS routing, c.state AS certificate, r.checked_at,
           p.proof_required AND COALESCE(o.state, '') NOT IN ('proven', 'approved') AS unproven
    FROM tenantry.domain d
    JOIN tenantry.tenant t ON t.id = d.tenant_id
    CROSS JOIN tenantry.domain_policy p
    LEFT JOIN tenantry.domain_axis r ON r.domain = d.domain AND r.axis = 'routing' AND r.tenant = ''
    LEFT JOIN tenantry.domain_axis c ON c.domain = d.domain AND c.axis = 'certificate' AND c.tenant = ''
    LEFT JOIN tenantry.domain_axis o ON p.proof_required AND o.domain = d.domain AND o.axis = 'ownership' AND o.tenant = t.id::text
), listed AS NOT MATERIALIZED (
    SELECT domain, is_primary AS "primary", development, schema_name AS schema, name, checked_at,
           CASE WHEN NOT matchable THEN 'unreachable'
                WHEN development THEN 'local'
                WHEN unproven THEN 'unproven'
                WHEN routing IN ('misdirected', 'conflicting_records', 'name_not_found', 'no_address') THEN 'misdirected'
                WHEN certificate IN ('none', 'expired', 'not_yet_valid', 'name_mismatch', 'self_signed', 'untrusted', 'blocked_by_caa') THEN 'insecure'
                WHEN certificate = 'expiring' THEN 'expiring'
                WHEN routing IN ('ok', 'ok_proxied') THEN 'live'
                ELSE 'unchecked' END AS state
    FROM seen
)
"# $(+ $rest)+,
            $($argument),*
        )
    };
}

/// What is asked of `listed`, as parameters 1 to 6. What is not asked for is not evaluated, row by row.
macro_rules! of_sought {
    ($query:ident, $row:ident, $sought:expr, $before:literal, $after:literal $(, $argument:expr)* $(,)?) => {
        of_listed!(
            $query,
            $row,
            ($before
                r#"
WHERE ($1::text[] = '{}' OR NOT EXISTS (SELECT FROM unnest($1::text[]) AS word
                                        WHERE strpos(domain, word) = 0 AND strpos(lower(schema), word) = 0 AND strpos(lower(name), word) = 0))
  AND ($2::text[] = '{}' OR domain LIKE ANY ($2::text[]))
  AND ($3::text[] = '{}' OR EXISTS (SELECT FROM unnest($3::text[]) AS asked WHERE lower(schema) = asked OR strpos(lower(name), asked) > 0))
  AND ($5::text[] = '{}' OR CASE WHEN development THEN 'development' WHEN "primary" THEN 'primary' ELSE 'alias' END = ANY ($5::text[])
       OR ("primary" AND 'primary' = ANY ($5::text[])))
  AND ($6::text[] IS NULL OR domain = ANY ($6::text[]))
  AND ($4::text[] = '{}' OR state = ANY ($4::text[]))
"#
                $after),
            &$sought.words,
            &$sought.patterns,
            &$sought.tenants,
            &$sought.states,
            &$sought.kinds,
            $sought.among.as_deref(),
            $($argument),*
        )
    };
}

/// How many match.
pub(super) async fn matching(conn: &mut PgConnection, sought: &Sought) -> sqlx::Result<i64> {
    let row = of_sought!(query_as, MatchingRow, sought, r#"SELECT count(*) AS "matching!" FROM listed"#, "");
    Ok(row.fetch_one(conn).await?.matching)
}

struct MatchingRow {
    matching: i64,
}

/// Some of those that match, in the order that is asked for. Their places are found first: of the others, little is worked out.
pub(super) async fn page(
    conn: &mut PgConnection,
    sought: &Sought,
    query: &DomainQuery,
    offset: u32,
    limit: u32,
) -> sqlx::Result<Vec<ListedDomain>> {
    let rows = of_sought!(
        query_as,
        Row,
        sought,
        r#", picked AS MATERIALIZED (SELECT domain, row_number() OVER () AS place FROM (SELECT domain FROM listed"#,
        r#"
ORDER BY
    CASE WHEN $8 THEN NULL WHEN $7 = 'tenant' THEN lower(name) WHEN $7 = 'domain' THEN domain WHEN $7 = 'state' THEN state
         WHEN $7 = 'kind' THEN concat(development::int, 1 - "primary"::int) WHEN $7 = 'checked' THEN to_char(checked_at, 'YYYY-MM-DD HH24:MI:SS') END,
    CASE WHEN NOT $8 THEN NULL WHEN $7 = 'tenant' THEN lower(name) WHEN $7 = 'domain' THEN domain WHEN $7 = 'state' THEN state
         WHEN $7 = 'kind' THEN concat(development::int, 1 - "primary"::int) WHEN $7 = 'checked' THEN to_char(checked_at, 'YYYY-MM-DD HH24:MI:SS') END DESC NULLS LAST,
    schema, "primary" DESC, domain
LIMIT $9 OFFSET $10) AS sorted)
SELECT domain AS "domain!", "primary" AS "primary!", development AS "development!", schema AS "schema!: SchemaName",
       name AS "name!", state AS "state!: DomainState", checked_at AS "checked_at?"
FROM listed JOIN picked USING (domain) ORDER BY place"#,
        query.sort.word(),
        query.descending,
        i64::from(limit),
        i64::from(offset),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(ListedDomain::from).collect())
}

/// The names of all that match, in that order.
pub(super) async fn names(conn: &mut PgConnection, sought: &Sought) -> sqlx::Result<Vec<String>> {
    let rows = of_sought!(
        query_as,
        NameRow,
        sought,
        r#"SELECT domain AS "domain!" FROM listed"#,
        "ORDER BY schema, domain"
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(|row| row.domain).collect())
}

struct NameRow {
    domain: String,
}

struct CountRow {
    state: DomainState,
    count: i64,
}

pub(super) async fn counts(conn: &mut PgConnection) -> sqlx::Result<Vec<(DomainState, i64)>> {
    let rows = of_listed!(
        query_as,
        CountRow,
        (r#"SELECT state AS "state!: DomainState", count(*) AS "count!" FROM listed GROUP BY state ORDER BY state"#)
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.state, row.count)).collect())
}

pub(super) async fn state_of(conn: &mut PgConnection, domain: &str) -> sqlx::Result<Option<DomainState>> {
    let row = of_listed!(
        query_as,
        StateRow,
        (r#"SELECT state AS "state!: DomainState" FROM listed WHERE domain = $1"#),
        domain
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| row.state))
}

struct StateRow {
    state: DomainState,
}

pub(super) async fn total(conn: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"SELECT count(*) AS "total!" FROM tenantry.domain"#).fetch_one(conn).await
}

/// The domains that deleted tenants had.
async fn parked(conn: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT DISTINCT d ->> 'domain' AS "domain!" FROM tenantry.trash x, jsonb_array_elements(x.domains) AS d"#
    )
    .fetch_all(conn)
    .await
}

async fn international(conn: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(r#"SELECT domain AS "domain!" FROM tenantry.domain WHERE domain LIKE '%xn--%'"#)
        .fetch_all(conn)
        .await
}

#[cfg(test)]
mod tests {
    use super::Sought;

    #[test]
    fn a_search_is_taken_apart_by_what_narrows_it() {
        let (sought, foreign) = Sought::parse("tenant:Acme state:live kind:dev *.example shop münchen 50%*");
        assert_eq!(sought.tenants, ["acme"]);
        assert_eq!(sought.states, ["live"]);
        assert_eq!(sought.kinds, ["development"]);
        assert_eq!(sought.patterns, ["%.example", "50\\%%"]);
        assert_eq!(sought.words, ["shop"]);
        assert_eq!(foreign, ["münchen"]);
    }
}
