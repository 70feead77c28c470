use super::scenario::create_quant_matrix;
use super::support::{App, in_the_window};

#[test]
fn a_taken_domain_is_answered_with_its_owner_and_a_way_to_it() {
    in_the_window("conflict", |app| async move {
        app.find("start-create").await;
        create_quant_matrix(&app).await;
        let made = app.platform().ask(&[
            "tenant",
            "create",
            "--name",
            "Acme",
            "--schema",
            "acme",
            "--domain",
            "acme.example",
        ]);
        assert_eq!(made["created"], true, "{made}");
        app.click("nav-domains").await;
        app.click("nav-tenants").await;
        app.click("tenant-row-acme").await;
        app.click("tab-domains").await;
        app.fill_in("domain-input", "QuantMatrix.ai.").await;
        app.wait_for_text("tenant-detail", &["Quant Matrix AI"]).await;
        app.keep_picture("domain-taken").await;
        app.click("taken-owner-link").await;
        app.wait_for_text("tenant-detail", &["Quant_Matrix_AI_Schema"]).await;
    });
}

async fn apply(app: &App) {
    app.click("apply-plan").await;
    app.find("task-result").await;
    app.click("plan-close").await;
}

#[test]
fn domains_are_added_made_primary_and_removed_each_after_its_plan() {
    in_the_window("domains", |app| async move {
        app.find("start-create").await;
        create_quant_matrix(&app).await;
        app.click("nav-tenants").await;
        app.click("tenant-row-Quant_Matrix_AI_Schema").await;
        app.click("tab-domains").await;
        app.fill_in("domain-input", "WWW.Quant.example").await;
        app.wait_for_text("tenant-detail", &["quant.example"]).await;
        app.click("domain-add").await;
        app.wait_for_text("plan", &["quant.example"]).await;
        app.keep_picture("domain-add-plan").await;
        apply(&app).await;
        app.click("domain-primary-quant.example").await;
        app.wait_for_text("plan", &["quantmatrix.ai", "quant.example"]).await;
        app.keep_picture("domain-primary-plan").await;
        apply(&app).await;
        app.click("domain-remove-quantmatrix.ai").await;
        apply(&app).await;
        let answer = app.platform().ask(&["domain", "list"]);
        let left: Vec<_> = answer["domains"].as_array().into_iter().flatten().map(|d| &d["domain"]).collect();
        assert_eq!(left, ["quant.example", "127.0.0.1", "localhost"], "{answer}");
    });
}
