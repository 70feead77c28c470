//! One primary domain a tenant, which the database itself keeps to, whoever writes.

use tenantry_engine::domains::DomainRef;
use tenantry_engine::operations::{Intent, Run, apply, plan};
use tenantry_engine::platform::{self, TableChoice};

use crate::adopt::{adopt, customers};
use crate::console::Platform;
use crate::support::{Database, execute};

/// Acme with a primary domain and two aliases, and Globex with nothing but a primary one, as the platform writes them.
const TWO_TENANTS: &str = "
    INSERT INTO public.tenants_tenant (id, schema_name, name, created_on, primary_domain, allowed_apps, seats_allowed,
        users_in_use, project_cap, projects_allowed, admin_name, admin_email, is_active)
    SELECT id, schema, schema, '2026-01-01', '', '[]', 0, 0, 0, '[]', '', '', true
    FROM (VALUES (1, 'acme'), (2, 'globex')) AS t (id, schema);
    INSERT INTO public.tenants_domain (domain, is_primary, tenant_id)
    VALUES ('acme.example', true, 1), ('a.acme.example', false, 1), ('b.acme.example', false, 1), ('globex.example', true, 2);";

async fn two_tenants() -> Platform {
    let platform = Platform::new().await;
    platform.execute(TWO_TENANTS).await;
    platform
}

/// Executes statements in one transaction; what the database says against them, and by which constraint.
async fn refusal(database: &Database, statements: &str) -> Option<(String, String)> {
    let mut session = database.session().await;
    let refused = execute(&mut session, &format!("BEGIN; {statements}; COMMIT")).await.err()?;
    let said = refused.as_database_error().unwrap();
    Some((said.code().unwrap().into_owned(), said.constraint().unwrap_or_default().to_owned()))
}

/// Where guards stand: four on the one table, or none.
async fn guards(database: &Database) -> Vec<String> {
    let query = "SELECT DISTINCT tgrelid::regclass::text || ' ' || count(*) OVER (PARTITION BY tgrelid) FROM pg_trigger
                 WHERE tgname LIKE 'tenantry\\_primary\\_domain%'
                 UNION ALL
                 SELECT indrelid::regclass::text || ' index' FROM pg_index
                 WHERE indexrelid IN (SELECT oid FROM pg_class WHERE relname = 'tenantry_primary_domain')
                 ORDER BY 1";
    database.lines(query).await
}

async fn guard(database: &Database, role: &str) -> String {
    let answer = format!(
        "SELECT COALESCE(tenantry.guard_primary_domain(), 'guarded') FROM (SELECT set_config('role', '{role}', false)) r"
    );
    database.lines(&answer).await.remove(0)
}

#[tokio::test]
async fn two_primary_domains_are_refused_at_once_and_none_when_the_transaction_ends() {
    let platform = two_tenants().await;
    let unique = Some(("23505".to_owned(), "tenantry_primary_domain".to_owned()));
    let given = Some(("23000".to_owned(), "tenantry_primary_domain".to_owned()));
    for (statements, refused) in [
        ("UPDATE public.tenants_domain SET is_primary = true WHERE domain = 'a.acme.example'", &unique),
        (
            "INSERT INTO public.tenants_domain (domain, is_primary, tenant_id) VALUES ('c.acme.example', true, 1)",
            &unique,
        ),
        ("UPDATE public.tenants_domain SET tenant_id = 1 WHERE domain = 'globex.example'", &unique),
        ("UPDATE public.tenants_domain SET is_primary = false WHERE domain = 'acme.example'", &given),
        ("DELETE FROM public.tenants_domain WHERE domain = 'acme.example'", &given),
        (
            "UPDATE public.tenants_domain SET tenant_id = 2, is_primary = false WHERE domain = 'acme.example'",
            &given,
        ),
        (
            "DELETE FROM public.tenants_domain WHERE domain = 'globex.example';
          INSERT INTO public.tenants_domain (domain, is_primary, tenant_id) VALUES ('new.example', false, 2)",
            &given,
        ),
        // In an order of one's own, as long as the end is well.
        (
            "UPDATE public.tenants_domain SET is_primary = false WHERE domain = 'acme.example';
          UPDATE public.tenants_domain SET is_primary = true WHERE domain = 'a.acme.example'",
            &None,
        ),
        (
            "DELETE FROM public.tenants_domain WHERE domain = 'a.acme.example';
          UPDATE public.tenants_domain SET is_primary = true WHERE domain = 'b.acme.example'",
            &None,
        ),
        ("DELETE FROM public.tenants_domain WHERE domain = 'acme.example'", &None),
        (
            "DELETE FROM public.tenants_domain WHERE tenant_id = 1; DELETE FROM public.tenants_tenant WHERE id = 1",
            &None,
        ),
        ("DELETE FROM public.tenants_domain", &None),
    ] {
        assert_eq!(refusal(&platform, statements).await, *refused, "{statements}");
    }
}

#[tokio::test]
async fn who_has_no_right_to_our_schema_can_write_domains_and_is_held_to_the_rule() {
    let platform = two_tenants().await;
    platform
        .execute(
            "CREATE ROLE application_alone;
             GRANT SELECT, INSERT, UPDATE, DELETE ON public.tenants_domain, public.tenants_tenant TO application_alone;
             REVOKE ALL ON SCHEMA tenantry FROM PUBLIC",
        )
        .await;
    let may = "SELECT has_schema_privilege('application_alone', 'tenantry', 'USAGE')::text";
    assert_eq!(platform.lines(may).await, ["false"]);
    let well = "SET ROLE application_alone;
                INSERT INTO public.tenants_domain (domain, is_primary, tenant_id) VALUES ('c.acme.example', false, 1);
                UPDATE public.tenants_domain SET is_primary = false WHERE domain = 'acme.example';
                UPDATE public.tenants_domain SET is_primary = true WHERE domain = 'c.acme.example';
                DELETE FROM public.tenants_domain WHERE domain = 'acme.example'";
    assert_eq!(refusal(&platform, well).await, None);
    let ill = "SET ROLE application_alone; DELETE FROM public.tenants_domain WHERE domain = 'c.acme.example'";
    assert_eq!(refusal(&platform, ill).await.map(|(code, _)| code).as_deref(), Some("23000"));
    platform.execute("DROP OWNED BY application_alone; DROP ROLE application_alone").await;
}

#[tokio::test]
async fn a_table_with_several_primary_domains_is_adopted_and_guarded_once_it_has_one() {
    let database = customers().await;
    database.execute("UPDATE public.customers_domain SET is_primary = true").await;
    let engine = adopt(&database).await;
    assert_eq!((guards(&database).await, guard(&database, "none").await), (vec![], "several".to_owned()));

    let chosen = Intent::MakePrimary(DomainRef { domain: "www2.acme.example".into() });
    let plan = plan(&engine, chosen).await.unwrap();
    apply(&engine, &plan, &Run::silent()).await.unwrap();
    let rows = "SELECT domain || ' ' || is_primary FROM public.customers_domain ORDER BY 1";
    assert_eq!(database.lines(rows).await, ["acme.example false", "www2.acme.example true"]);
    assert_eq!(guard(&database, "none").await, "guarded");
    assert_eq!(guards(&database).await, ["customers_domain 3", "customers_domain index"]);
    engine.close().await.unwrap();
}

#[tokio::test]
async fn who_does_not_own_the_table_is_told_and_changes_nothing() {
    let database = customers().await;
    adopt(&database).await.close().await.unwrap();
    database
        .execute(
            "CREATE ROLE not_the_owner; GRANT USAGE ON SCHEMA tenantry TO not_the_owner;
             GRANT SELECT ON ALL TABLES IN SCHEMA tenantry, public TO not_the_owner",
        )
        .await;
    let before = guards(&database).await;
    assert_eq!(guard(&database, "not_the_owner").await, "not_owner");
    database.execute("RESET ROLE; DROP OWNED BY not_the_owner; DROP ROLE not_the_owner").await;
    assert_eq!(guards(&database).await, before);
}

#[tokio::test]
async fn the_guard_goes_where_the_domains_go() {
    let database = customers().await;
    adopt(&database).await.close().await.unwrap();
    assert_eq!(guards(&database).await, ["customers_domain 3", "customers_domain index"]);
    platform::release(&database.connection, "tests").await.unwrap();
    assert_eq!(
        guards(&database).await,
        Vec::<String>::new(),
        "a column that a trigger asks about keeps its type"
    );

    database
        .execute(
            r#"CREATE TABLE public.other_domain (
                   id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, domain varchar(253) NOT NULL UNIQUE,
                   is_primary boolean NOT NULL, "owner of it" bigint NOT NULL REFERENCES public."customers Client");
               INSERT INTO public.other_domain (domain, is_primary, "owner of it") VALUES ('acme.example', true, 2)"#,
        )
        .await;
    let choice = TableChoice { tenant_table: None, domain_table: Some("other_domain".into()) };
    let hash = platform::adoption_plan(&database.connection, "tests", &choice).await.unwrap().hash;
    platform::adopt(&database.connection, "tests", &choice, &hash).await.unwrap().close().await.unwrap();
    assert_eq!(guards(&database).await, ["other_domain 3", "other_domain index"]);
    let unguarded = "UPDATE public.customers_domain SET is_primary = false";
    assert_eq!(refusal(&database, unguarded).await, None);
    let none = "UPDATE public.other_domain SET is_primary = false";
    assert_eq!(refusal(&database, none).await.map(|(code, _)| code).as_deref(), Some("23000"));
}

#[tokio::test]
async fn leaving_takes_the_guard_away() {
    let database = customers().await;
    adopt(&database).await.close().await.unwrap();
    platform::leave(&database.connection, "tests").await.unwrap();
    assert_eq!(guards(&database).await, Vec::<String>::new());
    database.execute("UPDATE public.customers_domain SET is_primary = true").await;
}
