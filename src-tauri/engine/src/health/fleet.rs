//! Groups of equal schemas, and how the others differ from the reference.

use std::collections::{BTreeMap, HashMap, HashSet};

use sqlx::PgConnection;

use super::findings::{HealthGroup, Orphan, PartKind, Symptom};
use super::ledger::Ledgers;
use super::objects::{self, DifferenceRow, Outline, Print};
use super::store::{self, SchemaRow, TenantRow};
use super::{Symptoms, count, names};
use crate::names::SchemaName;
use crate::{Error, Result};

/// At most so many differences of one tenant are listed, its missing tables aside.
const LISTED: i64 = 50;
/// To print a view, PostgreSQL locks it and what it reads until the transaction ends; so many views a transaction.
const VIEWS_AT_ONCE: i64 = 400;
/// So many schemas are compared with the reference in one query, which holds what differs.
const COMPARED_AT_ONCE: usize = 250;
/// Up to so many are few.
const FEW: usize = 25;

pub(super) struct Fleet {
    /// The tenants' schemas that are there, without the template.
    pub present: Vec<SchemaName>,
    /// These and the template.
    rows: HashMap<SchemaName, SchemaRow>,
    /// The largest group first; of equally large ones the one with the most objects.
    groups: Vec<Members>,
    /// The template, if one is set.
    template: Option<SchemaName>,
    group_of: HashMap<SchemaName, usize>,
    /// The place of the group that the others are compared with.
    reference: usize,
}

struct Members {
    fingerprint: i64,
    objects: i64,
    /// Without the template.
    tenants: Vec<SchemaName>,
    has_template: bool,
}

impl Fleet {
    /// Reads structures on two connections, and views and ledgers on the third meanwhile.
    pub async fn read(
        [structure, more, rest]: [&mut PgConnection; 3],
        tenants: &[TenantRow],
        template: Option<&SchemaName>,
    ) -> Result<(Self, Ledgers)> {
        let present = tenants.iter().filter(|tenant| tenant.has_schema && Some(&tenant.schema) != template);
        let present: Vec<_> = present.map(|tenant| tenant.schema.clone()).collect();
        let all: Vec<_> = present.iter().chain(template).map(ToString::to_string).collect();
        let mut tx = store::begin(rest).await?;
        let rows = store::schemas(&mut tx, &all).await?;
        tx.rollback().await?;
        if let Some(template) = template.filter(|template| !rows.iter().any(|row| row.schema == **template)) {
            return Err(Error::TenantNotFound { schema: template.to_string() });
        }
        let with_ledger: Vec<_> =
            rows.iter().filter(|row| row.ledger).map(|row| row.schema.clone()).collect();
        let views_and_ledgers =
            async { Ok((view_prints(rest, &rows).await?, Ledgers::read(rest, &with_ledger).await?)) };
        let (prints, (views, ledgers)) =
            tokio::try_join!(prints([structure, more], &rows), views_and_ledgers)?;
        let rows = rows.into_iter().map(|row| (row.schema.clone(), row)).collect();
        Ok((Self::of(present, rows, template.cloned(), with_views(prints, views)), ledgers))
    }

    fn of(
        present: Vec<SchemaName>,
        rows: HashMap<SchemaName, SchemaRow>,
        template: Option<SchemaName>,
        prints: Vec<Print>,
    ) -> Self {
        let mut groups: BTreeMap<i64, Members> = BTreeMap::new();
        for Print { schema, fingerprint, objects } in prints {
            let group = groups.entry(fingerprint).or_insert_with(|| Members {
                fingerprint,
                objects,
                tenants: Vec::new(),
                has_template: false,
            });
            if template.as_ref() == Some(&schema) {
                group.has_template = true;
            } else {
                group.tenants.push(schema);
            }
        }
        let mut groups: Vec<_> = groups.into_values().collect();
        groups.sort_by_key(|group| std::cmp::Reverse((group.tenants.len(), group.objects)));
        let group_of = groups
            .iter()
            .enumerate()
            .flat_map(|(id, group)| group.tenants.iter().map(move |schema| (schema.clone(), id)))
            .collect();
        let reference = groups.iter().position(|group| group.has_template).unwrap_or(0);
        Self { present, rows, groups, template, group_of, reference }
    }

    pub fn group_of(&self, schema: &SchemaName) -> Option<u32> {
        self.group_of.get(schema).and_then(|id| u32::try_from(*id).ok())
    }

    pub fn groups(&self) -> Vec<HealthGroup> {
        let groups = (0..).zip(&self.groups).map(|(id, group)| HealthGroup {
            id,
            fingerprint: format!("{:016x}", group.fingerprint),
            tenants: u32::try_from(group.tenants.len()).unwrap_or(u32::MAX),
            objects: count(group.objects),
            is_reference: usize::try_from(id) == Ok(self.reference),
        });
        groups.collect()
    }

    /// The schema that stands for the reference: the template, or else a tenant of the reference's group with the ledger
    /// that most of the group have.
    pub fn reference(&self, ledgers: &Ledgers) -> Option<SchemaName> {
        let group = self.groups.get(self.reference)?;
        let typical = || ledgers.typical_of(&group.tenants).or_else(|| group.tenants.first());
        self.template.as_ref().or_else(typical).cloned()
    }

    /// Compares one schema of every other group with the reference, and tells all of its group.
    pub async fn compare(
        &self,
        conn: &mut PgConnection,
        ledgers: &Ledgers,
        only: Option<&SchemaName>,
        symptoms: &mut Symptoms,
    ) -> Result<()> {
        let Some(reference) = self.reference(ledgers) else { return Ok(()) };
        let tables = self.tables(conn, &reference).await?;
        self.fall_through(conn, &tables, symptoms).await?;
        let others =
            self.groups.iter().enumerate().filter(|(id, _)| *id != self.reference).map(|(_, group)| group);
        let others = others.filter(|group| only.is_none_or(|only| group.tenants.contains(only)));
        let representatives = others.filter_map(|group| group.tenants.first());
        let representatives: Vec<_> = representatives.filter_map(|schema| self.rows.get(schema)).collect();
        let mut rows: HashMap<SchemaName, Vec<DifferenceRow>> = HashMap::new();
        for mut portion in by_views(&representatives, COMPARED_AT_ONCE) {
            let few = portion.len() <= FEW;
            portion.push(reference.to_string());
            let mut tx = store::begin(conn).await?;
            if few {
                store::few(&mut tx).await?;
            }
            for row in objects::differences(&mut tx, &portion, &reference, false, LISTED).await? {
                rows.entry(row.schema.clone()).or_default().push(row);
            }
            tx.rollback().await?;
        }
        for (representative, rows) in rows {
            let Some(group) = self.group_of.get(&representative).map(|id| &self.groups[*id]) else {
                continue;
            };
            let missing = missing_tables(&rows);
            let shared = told(rows, tables.len());
            for schema in &group.tenants {
                let found = symptoms.entry(schema.clone()).or_default();
                found.extend(shared.iter().cloned());
                found.extend(ledgers.against_tables(schema, &reference, &tables, &missing));
            }
        }
        self.unrecorded_in_equal(ledgers, &reference, &tables, symptoms);
        Ok(())
    }

    async fn fall_through(
        &self,
        conn: &mut PgConnection,
        reference_tables: &[String],
        symptoms: &mut Symptoms,
    ) -> Result<()> {
        let mut tx = store::begin(conn).await?;
        for row in store::falls_through(&mut tx, &names(&self.present), reference_tables).await? {
            symptoms.entry(row.schema).or_default().push(Symptom::FallsThrough { tables: row.tables });
        }
        tx.rollback().await?;
        Ok(())
    }

    /// A schema of the reference's own group lacks no table; its ledger may still lack an app.
    fn unrecorded_in_equal(
        &self,
        ledgers: &Ledgers,
        reference: &SchemaName,
        tables: &[String],
        symptoms: &mut Symptoms,
    ) {
        let none = HashSet::new();
        for schema in self.groups.get(self.reference).into_iter().flat_map(|group| &group.tenants) {
            let found = ledgers.against_tables(schema, reference, tables, &none);
            if !found.is_empty() {
                symptoms.entry(schema.clone()).or_default().extend(found);
            }
        }
    }

    pub async fn tables(&self, conn: &mut PgConnection, schema: &SchemaName) -> Result<Vec<String>> {
        let mut tx = store::begin(conn).await?;
        let tables = store::tables(&mut tx, schema).await?;
        tx.rollback().await?;
        Ok(tables)
    }

    pub async fn orphans(
        &self,
        conn: &mut PgConnection,
        tenants: &[TenantRow],
        reference: Option<&SchemaName>,
    ) -> Result<Vec<Orphan>> {
        let tables = match reference {
            Some(reference) => self.tables(conn, reference).await?,
            None => Vec::new(),
        };
        let known: Vec<_> =
            tenants.iter().map(|t| &t.schema).chain(&self.template).map(ToString::to_string).collect();
        let mut tx = store::begin(conn).await?;
        let rows = store::orphans(&mut tx, &known, &tables).await?;
        tx.rollback().await?;
        let most = i64::try_from(tables.len()).unwrap_or(i64::MAX);
        let orphans = rows.into_iter().map(|row| Orphan {
            looks_like_tenant: row.shared > 0 && row.shared * 2 > most,
            schema: row.schema,
            tables: count(row.tables),
        });
        Ok(orphans.collect())
    }
}

/// The fingerprint of each schema, its views aside. Only one of each outline is looked at more closely, at the same moment.
async fn prints([conn, beside]: [&mut PgConnection; 2], rows: &[SchemaRow]) -> Result<Vec<Print>> {
    let all: Vec<_> = rows.iter().map(|row| row.schema.to_string()).collect();
    let mut tx = store::begin(conn).await?;
    let mut other = store::begin_beside(&mut tx, beside).await?;
    let (columns, rest) =
        tokio::try_join!(objects::outlines(&mut tx, &all, true), objects::outlines(&mut other, &all, false))?;
    other.rollback().await?;
    let columns: HashMap<_, _> = columns.into_iter().map(|half| (half.schema, half.outline)).collect();
    let mut alike: BTreeMap<(i64, i64), Vec<SchemaName>> = BTreeMap::new();
    for Outline { schema, outline } in rest {
        let Some(of_columns) = columns.get(&schema) else { continue };
        alike.entry((*of_columns, outline)).or_default().push(schema);
    }
    let firsts: Vec<_> =
        alike.values().filter_map(|schemas| schemas.first()).map(ToString::to_string).collect();
    if firsts.len() <= FEW {
        store::few(&mut tx).await?;
    }
    let found = objects::fingerprints(&mut tx, &firsts).await?;
    tx.rollback().await?;
    let of_first: HashMap<_, _> = found.into_iter().map(|print| (print.schema.clone(), print)).collect();
    let of_all = alike.into_values().flat_map(|schemas| {
        let print = schemas.first().and_then(|first| of_first.get(first)).cloned();
        schemas.into_iter().filter_map(move |schema| Some(Print { schema, ..print.clone()? }))
    });
    Ok(of_all.collect())
}

/// The same for the views alone.
async fn view_prints(conn: &mut PgConnection, rows: &[SchemaRow]) -> Result<Vec<Print>> {
    let with_views: Vec<_> = rows.iter().filter(|row| row.views > 0).collect();
    let mut prints = Vec::with_capacity(with_views.len());
    for portion in by_views(&with_views, usize::MAX) {
        let mut tx = store::begin(conn).await?;
        prints.extend(objects::view_fingerprints(&mut tx, &portion).await?);
        tx.rollback().await?;
    }
    Ok(prints)
}

/// Together the two numbers of a schema stand for all of it.
fn with_views(mut prints: Vec<Print>, views: Vec<Print>) -> Vec<Print> {
    let views: HashMap<_, _> = views.into_iter().map(|print| (print.schema.clone(), print)).collect();
    for print in &mut prints {
        if let Some(of_views) = views.get(&print.schema) {
            print.fingerprint ^= of_views.fingerprint;
            print.objects += of_views.objects;
        }
    }
    prints
}

/// The schemas in portions that are not too large and have not too many views.
fn by_views(rows: &[&SchemaRow], at_most: usize) -> Vec<Vec<String>> {
    let mut portions: Vec<Vec<String>> = Vec::new();
    let mut views = VIEWS_AT_ONCE;
    for row in rows {
        views += row.views;
        if let Some(portion) =
            portions.last_mut().filter(|portion| views <= VIEWS_AT_ONCE && portion.len() < at_most)
        {
            portion.push(row.schema.to_string());
        } else {
            views = row.views;
            portions.push(vec![row.schema.to_string()]);
        }
    }
    portions
}

fn missing_tables(rows: &[DifferenceRow]) -> HashSet<String> {
    let missing = rows.iter().filter(|row| row.kind == PartKind::Table && row.found.is_none());
    missing.map(|row| row.table_name.clone()).collect()
}

/// What the differences of one schema mean. The reference has `of` tables.
fn told(rows: Vec<DifferenceRow>, of: usize) -> Vec<Symptom> {
    let mut told = Vec::new();
    let (mut shared, mut lacks, mut single) = (0, Vec::new(), Vec::new());
    let (mut listed, mut total) = (0, 0);
    for row in rows {
        let lacking = row.kind == PartKind::Table && row.found.is_none();
        if row.kind != PartKind::Table {
            (listed, total) = (listed + 1, row.total);
        }
        match (lacking, row.in_public) {
            // That it falls through is told of every schema by itself.
            (true, true) => shared += 1,
            (true, false) => {
                lacks.push(row.table_name.clone());
                single.extend(symptom(row));
            }
            (false, _) => told.extend(symptom(row)),
        }
    }
    let has = of.saturating_sub(shared + lacks.len());
    if lacks.len() > 1 || (has == 0 && of > 0) {
        let [has, of] = [has, of].map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        told.push(Symptom::HalfBuilt { has, of, lacks });
    } else {
        told.append(&mut single);
    }
    if total > listed {
        told.push(Symptom::MoreDifferences { count: count(total - listed) });
    }
    told
}

fn symptom(row: DifferenceRow) -> Option<Symptom> {
    let (kind, name) = (row.kind, row.full_name());
    Some(match (row.wanted, row.found) {
        (Some(definition), None) => Symptom::ObjectMissing { kind, name, definition },
        (None, Some(definition)) => Symptom::ObjectExtra { kind, name, definition },
        (Some(wanted), Some(found)) => Symptom::ObjectDiffers { kind, name, wanted, found },
        (None, None) => return None,
    })
}
