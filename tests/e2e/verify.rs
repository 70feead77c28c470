use sqlx::Executor;

use super::scenario::create_quant_matrix;
use super::support::in_the_window;

#[test]
fn verify_shows_evidence_for_every_check() {
    in_the_window("verify", |app| async move {
        app.find("start-create").await;
        create_quant_matrix(&app).await;
        app.click("nav-verify").await;
        app.click("verify-run").await;
        app.find("verify-row-Quant_Matrix_AI_Schema").await;
        app.keep_picture("verify").await;
        for check in ["check-dry_run", "check-journal"] {
            app.find(check).await;
        }
        app.click("nav-tenants").await;
        app.click("tenant-row-Quant_Matrix_AI_Schema").await;
        app.click("tab-verify").await;
        app.click("verify-run").await;
        for check in ["schema", "structure", "ledger", "foreign_keys", "primary_domain", "domains", "catalog"]
        {
            app.find(&format!("check-{check}")).await;
        }
        app.keep_picture("verify-tenant").await;
    });
}

#[test]
fn verify_names_what_is_broken() {
    in_the_window("verify-broken", |app| async move {
        app.find("start-create").await;
        create_quant_matrix(&app).await;
        let mut connection = app.platform().connect().await;
        let damage = r#"DROP INDEX "Quant_Matrix_AI_Schema".atoms_atom_category_id_4c79f97a;
                        ALTER TABLE "Quant_Matrix_AI_Schema".atoms_atom DISABLE TRIGGER ALL"#;
        connection.execute(damage).await.expect("the damage is done");
        app.click("nav-verify").await;
        app.click("verify-run").await;
        app.click("verify-row-Quant_Matrix_AI_Schema").await;
        app.wait_for_text(
            "verify-detail",
            &["atoms_atom_category_id_4c79f97a", "accepted a row that refers to nothing"],
        )
        .await;
        app.keep_picture("verify-broken").await;
    });
}
