//! An atom is retired on the command line.

use serde_json::json;

use crate::support::Database;
use crate::tool::Tool;

/// Three tenants, two of which have an atom that the master catalog has no longer; one of these uses it.
async fn tenants() -> (Database, Tool) {
    let platform = Database::new().await;
    let tenantry = Tool::on(&platform.connection);
    for schema in ["acme", "globex", "initech"] {
        let (name, domain) = (format!("--name={schema}"), format!("--domain={schema}.example"));
        tenantry.done(&["tenant", "create", &name, &format!("--schema={schema}"), &domain]);
    }
    for schema in ["acme", "globex"] {
        platform
            .execute(&format!(
                "SET search_path TO {schema};
                 INSERT INTO atoms_atomcategory (name, description) VALUES ('General', '');
                 INSERT INTO atoms_atom (name, slug, description, created_at, updated_at, category_id)
                 SELECT initcap(slug), slug, '', now(), now(), id FROM atoms_atomcategory, (VALUES ('mail'), ('post')) AS s (slug);
                 INSERT INTO atoms_atomversion (version, release_date, release_notes, config_schema, is_active, created_at, atom_id)
                 SELECT '1.0', '2024-02-29', '', '{{}}', true, now(), id FROM atoms_atom;
                 RESET search_path"
            ))
            .await;
    }
    platform
        .execute(
            "CREATE TABLE acme.shelf (id int PRIMARY KEY, atom_id bigint REFERENCES acme.atoms_atom);
             INSERT INTO acme.shelf SELECT 1, id FROM acme.atoms_atom WHERE slug = 'mail'",
        )
        .await;
    (platform, tenantry)
}

#[tokio::test]
async fn an_atom_is_looked_up_planned_and_retired_where_nothing_breaks() {
    let (platform, tenantry) = tenants().await;
    let used = tenantry.done(&["catalog", "usage", "mail"]);
    assert_eq!((&used["inMaster"], used["tenants"].as_array().map(Vec::len)), (&json!(false), Some(2)));
    let reference =
        json!({ "slug": "mail", "version": "", "table": "shelf", "column": "atom_id", "rows": 1 });
    assert_eq!(used["tenants"][0]["references"], json!([reference]));

    let before = platform.fingerprint().await;
    for how in [&["--plan"][..], &["--plan", "--delete"], &["--plan", "--repoint=post"]] {
        let planned = tenantry.done(&[&["catalog", "retire", "mail"], how].concat());
        assert_eq!(planned["preview"]["tenants"].as_array().map(Vec::len), Some(2));
    }
    platform.assert_unchanged(&before).await;

    let (code, retired) = tenantry.json(&["catalog", "retire", "mail", "--delete"]);
    assert_eq!(code, 1, "one tenant refuses");
    assert_eq!((&retired["job"]["done"], &retired["job"]["failed"]), (&json!(1), &json!(0)));
    let refused = retired["preview"]["tenants"][0]["refused"].as_str().unwrap();
    assert!(refused.contains("1 row of shelf by atom_id"), "{refused}");

    let moved = tenantry.done(&["catalog", "retire", "mail", "--repoint", "post", "--tenant", "acme"]);
    assert_eq!(moved["job"]["done"], json!(1));
    let shelf = "SELECT a.slug::text FROM acme.shelf s JOIN acme.atoms_atom a ON a.id = s.atom_id";
    assert_eq!(platform.lines(shelf).await, ["post"]);
    let off = tenantry.done(&["catalog", "retire", "post"]);
    assert_eq!(off["job"]["done"], json!(2));
    assert_eq!(tenantry.done(&["catalog", "usage", "post"])["tenants"][1]["activeVersions"], json!(0));
}

#[tokio::test]
async fn a_tenant_that_is_named_and_has_no_such_atom_is_an_error() {
    let (_platform, tenantry) = tenants().await;
    for (schema, expected) in [("nobody", "tenant_not_found"), ("initech", "refused")] {
        let (code, error) = tenantry.error(&["catalog", "retire", "mail", "--tenant", schema]);
        assert_eq!((code, &error["code"]), (1, &json!(expected)));
    }
    let both = tenantry.error(&["catalog", "retire", "mail", "--delete", "--repoint=post"]);
    assert_eq!((both.0, &both.1["code"]), (2, &json!("usage")));
}
