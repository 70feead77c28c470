//! Whatever somebody pastes into the field for a new domain, looked at from all sides while it is being typed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;
use sqlx::PgConnection;
use unicode_security::skeleton;

use super::find::unicode_of;
use super::store::{self, NameRow};
use super::{policy, proof};
use crate::names::{DomainKind, DomainName, Problem, Rule, SchemaName, normalise};
use crate::tenants::Owner;
use crate::world::Challenge;
use crate::{Engine, Result};

/// More are shown by an import.
const MOST: usize = 50;
/// So many look-alikes are named.
const NAMED: usize = 5;

/// One name of an input, and everything that there is to know about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Inspected {
    pub input: String,
    /// What would be stored.
    pub name: Option<DomainName>,
    /// Why nothing can be stored; or, where there is a name all the same, what was cut off to get at it.
    pub problem: Option<Problem>,
    pub place: Option<NamePlace>,
    pub held: Option<Held>,
    /// Names of other tenants that a person could take for this one.
    pub lookalikes: Vec<Lookalike>,
    /// The record that would prove it, where the platform asks for a proof that is not there.
    pub proof: Option<Challenge>,
}

/// Where a name stands among those that are registered (the public suffix list).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "place", rename_all = "snake_case")]
pub enum NamePlace {
    /// The registered name itself: no CNAME can stand there.
    Apex,
    Subdomain {
        apex: String,
    },
    /// The registry does not know such names: only the company's own DNS can.
    Unregistered,
    /// Reached on a developer's machine only.
    Local,
}

/// Whose a name is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    pub owner: Owner,
    pub primary: bool,
    /// `None` where the platform's own application gave it.
    pub since: Option<DateTime<Utc>>,
    pub by: Option<String>,
    /// How many domains the owner has.
    pub domains: u32,
    /// What would become the owner's primary domain if this one went.
    pub next_primary: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Lookalike {
    pub domain: String,
    pub unicode: String,
    pub owner: Owner,
}

/// Looks at every name in an input. Nothing is written.
pub async fn inspect(engine: &Engine, input: &str, schema: Option<&SchemaName>) -> Result<Vec<Inspected>> {
    let mut tx = engine.begin().await?;
    let mut inspected: Vec<_> = split(input).into_iter().take(MOST).map(read).collect();
    let stored: Vec<_> =
        inspected.iter().filter_map(|one| one.name.as_ref()).map(|name| name.stored.clone()).collect();
    let mut held = store::held(&mut tx, &stored).await?;
    let mut proofs = missing_proofs(&mut tx, schema, &inspected).await?;
    for one in &mut inspected {
        let Some(name) = &one.name else { continue };
        one.held = held.remove(&name.stored);
        one.proof = proofs.remove(&name.stored);
    }
    // It is for a single name that a person looks twice.
    if let [one] = inspected.as_mut_slice()
        && let Some(name) = &one.name
    {
        one.lookalikes = lookalikes(&mut tx, name, schema).await?;
    }
    tx.rollback().await?;
    Ok(inspected)
}

/// The records that would prove those names that the tenant has to prove, by domain.
async fn missing_proofs(
    conn: &mut PgConnection,
    schema: Option<&SchemaName>,
    inspected: &[Inspected],
) -> Result<HashMap<String, Challenge>> {
    let Some(schema) = schema else { return Ok(HashMap::new()) };
    let names = inspected.iter().filter_map(|one| one.name.clone());
    let given: Vec<_> = names.map(|name| (schema.clone(), name)).collect();
    let unproven = policy::unproven(conn, &given).await?;
    let proofs = proof::challenges(conn, &unproven).await?;
    Ok(proofs.into_iter().map(|((_, domain), proof)| (domain, proof)).collect())
}

/// A pasted list is several names; everything else is one.
fn split(input: &str) -> Vec<&str> {
    let parts: Vec<_> =
        input.split([',', ';', ' ', '\t', '\n', '\r']).filter(|part| !part.is_empty()).collect();
    let is_list = parts.len() > 1 && parts.iter().all(|part| part.contains('.') || *part == "localhost");
    if is_list { parts } else { vec![input] }
}

/// The name in an input, also if something around it has to be cut off first.
fn read(input: &str) -> Inspected {
    let (name, problem) = match normalise("domain", input) {
        Ok(name) => (Some(name), None),
        Err(problem) => {
            let inside = problem.suggestion.as_deref().filter(|_| is_around(&problem.rule));
            (inside.and_then(|inside| normalise("domain", inside).ok()), Some(problem))
        }
    };
    let place = name.as_ref().map(place);
    Inspected {
        input: input.to_owned(),
        name,
        problem,
        place,
        held: None,
        lookalikes: Vec::new(),
        proof: None,
    }
}

/// Whether what is wrong stands around the name, so that the name itself is beyond doubt.
fn is_around(rule: &Rule) -> bool {
    matches!(rule, Rule::DomainUrl | Rule::DomainPort | Rule::DomainPath)
}

fn place(name: &DomainName) -> NamePlace {
    if name.kind == DomainKind::Development {
        return NamePlace::Local;
    }
    match psl::domain(name.stored.as_bytes()) {
        Some(apex) if !apex.suffix().is_known() => NamePlace::Unregistered,
        Some(apex) if apex.as_bytes() == name.stored.as_bytes() => NamePlace::Apex,
        Some(apex) => NamePlace::Subdomain { apex: String::from_utf8_lossy(apex.as_bytes()).into_owned() },
        None => NamePlace::Unregistered,
    }
}

/// Domains of others that look the same or nearly so: by the confusable characters of Unicode (UTS 39), or by one letter.
async fn lookalikes(
    conn: &mut PgConnection,
    name: &DomainName,
    schema: Option<&SchemaName>,
) -> Result<Vec<Lookalike>> {
    if name.kind == DomainKind::Development {
        return Ok(Vec::new());
    }
    let rows = store::names_of_length(conn, &name.stored, name.unicode.chars().count()).await?;
    let looks: String = skeleton(&name.unicode).collect();
    let is_near = |row: &NameRow| {
        let unicode = unicode_of(&row.domain);
        row.domain != name.stored
            && (skeleton(&unicode).eq(looks.chars()) || differs_by_one(&unicode, &name.unicode))
    };
    let others = rows.into_iter().filter(|row| Some(&row.schema) != schema && is_near(row));
    Ok(others
        .take(NAMED)
        .map(|row| Lookalike {
            unicode: unicode_of(&row.domain),
            domain: row.domain,
            owner: Owner { schema: row.schema, name: row.name },
        })
        .collect())
}

/// Whether one letter more, less, or other makes one name of the other. Short names have too many such neighbours, and of
/// numbered ones (`app1`, `app2`) all are.
fn differs_by_one(a: &str, b: &str) -> bool {
    const SHORT: usize = 8;
    let (a, b): (Vec<_>, Vec<_>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() - short.len() > 1 || short.len() < SHORT {
        return false;
    }
    let head = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let tail = short[head..].iter().rev().zip(long[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let left = long.len() - head - tail;
    let numbered =
        long[head..head + left].iter().chain(&short[head..short.len() - tail]).any(char::is_ascii_digit);
    left <= 1 && !numbered
}

#[cfg(test)]
mod tests {
    use super::{NamePlace, differs_by_one, read, split};

    #[test]
    fn what_stands_around_a_name_is_cut_off_and_said() {
        let one = read("https://Shop.Example.com:8443/cart?x=1");
        assert_eq!(one.name.map(|name| name.stored).as_deref(), Some("shop.example.com"));
        assert!(one.problem.is_some());
        assert_eq!(one.place, Some(NamePlace::Subdomain { apex: "example.com".into() }));
        assert_eq!(
            read("user@example.com").name,
            None,
            "an e-mail address names no tenant's domain for sure"
        );
    }

    #[test]
    fn a_list_is_several_names_and_a_sentence_is_one() {
        assert_eq!(split("a.example, b.example\nc.example"), ["a.example", "b.example", "c.example"]);
        assert_eq!(split("not a list"), ["not a list"]);
    }

    #[test]
    fn one_letter_makes_a_lookalike_and_a_number_does_not() {
        assert!(differs_by_one("acme-foods.example", "acme-food.example"));
        assert!(differs_by_one("acme-foods.example", "acne-foods.example"));
        assert!(!differs_by_one("tenant-1.example", "tenant-2.example"));
        assert!(!differs_by_one("acme-foods.example", "globex-foods.example"));
        assert!(!differs_by_one("a.de", "b.de"));
    }
}
