//! How much more the server takes.

use super::count;
use super::findings::{Capacity, CapacityAdvice};
use super::store::{self, CapacityRow};
use crate::{Engine, Result};

/// Room for fewer tenants than this, in a dump, is worth a word.
const SOON: i64 = 25;

pub(super) async fn read(engine: &Engine) -> Result<Capacity> {
    let mut conn = engine.acquire().await?;
    let mut tx = store::begin(&mut conn).await?;
    let tenants = store::tenants(&mut tx).await?.len();
    let row = store::capacity(&mut tx).await?;
    tx.rollback().await?;
    Ok(of(i64::try_from(tenants).unwrap_or(i64::MAX), &row))
}

fn of(tenants: i64, row: &CapacityRow) -> Capacity {
    let lock_slots = row.locks_per_transaction * row.transactions;
    let per_tenant = |all: i64| if tenants == 0 { 0 } else { all / tenants };
    let (relations_per_tenant, tables_per_tenant) =
        (per_tenant(row.tenant_relations), per_tenant(row.tenant_tables));
    let more = (lock_slots - row.tables).checked_div_euclid(tables_per_tenant);
    // Twice the tables of today, in the steps in which people set it.
    let needed = (2 * row.tables).div_euclid(row.transactions.max(1)) / 64 * 64 + 64;
    let advice = more.filter(|more| *more < SOON).map(|_| CapacityAdvice {
        setting: "max_locks_per_transaction".into(),
        now: row.locks_per_transaction,
        needed: needed.max(row.locks_per_transaction + 64),
    });
    Capacity {
        tenants: count(tenants),
        relations: row.relations,
        relations_per_tenant,
        tables: row.tables,
        tables_per_tenant,
        catalog_bytes: row.catalog_bytes,
        database_bytes: row.database_bytes,
        lock_slots,
        tenants_until_dump_fails: more,
        tenants_per_drop: lock_slots.checked_div(relations_per_tenant),
        advice,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fleet(tenants: i64) -> Capacity {
        let row = CapacityRow {
            locks_per_transaction: 64,
            transactions: 100,
            relations: tenants * 200,
            tables: 20 + tenants * 40,
            tenant_relations: tenants * 200,
            tenant_tables: tenants * 40,
            catalog_bytes: 0,
            database_bytes: 0,
        };
        of(tenants, &row)
    }

    #[test]
    fn a_dump_fits_as_long_as_every_table_finds_a_lock() {
        let small = fleet(10);
        assert_eq!(
            (small.lock_slots, small.tenants_until_dump_fails, small.advice),
            (6_400, Some(149), None)
        );
        let large = fleet(400);
        assert_eq!(large.tenants_until_dump_fails, Some(-241));
        assert_eq!(large.advice.map(|advice| (advice.now, advice.needed)), Some((64, 384)));
    }

    #[test]
    fn nothing_is_foretold_without_tenants() {
        assert_eq!((fleet(0).tenants_until_dump_fails, fleet(0).advice), (None, None));
    }
}
