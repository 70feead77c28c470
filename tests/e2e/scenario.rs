use super::support::{App, in_the_window};

pub async fn create_quant_matrix(app: &App) {
    app.click("new-tenant").await;
    app.fill("name", "Quant Matrix AI").await;
    app.fill("schema", "Quant_Matrix_AI_Schema").await;
    app.fill("primary_domain", "quantmatrix.ai").await;
    app.click("alias-localhost").await;
    app.click("alias-127").await;
    app.fill("seats_allowed", "20").await;
    app.fill("project_cap", "5").await;
    app.click("preview").await;
    app.wait_for_text("plan", &["quantmatrix.ai", "localhost", "127.0.0.1"]).await;
    app.keep_picture("new-tenant-plan").await;
    app.click("create").await;
    app.find("task-result").await;
}

/// The form as far as the preview, for a tenant whose name and schema are given.
pub async fn fill_tenant(app: &App, name: &str, schema: &str, domain: &str) {
    app.fill("name", name).await;
    app.fill("schema", schema).await;
    app.fill("primary_domain", domain).await;
}

async fn fill_acme(app: &App) {
    app.click("new-tenant").await;
    fill_tenant(app, "Acme Foods", "acme_foods", "acme-foods.example").await;
    app.click("alias-localhost").await;
    app.click("alias-127").await;
    app.click("add-alias").await;
    app.fill("aliases.2", "Shop.ACME-Foods.example.").await;
}

#[test]
fn the_scenario_works_in_the_window() {
    in_the_window("scenario", |app| async move {
        app.find("start-create").await;
        create_quant_matrix(&app).await;
        app.keep_picture("new-tenant-done").await;
        let first = app.platform().ask(&["tenant", "show", "Quant_Matrix_AI_Schema"]);
        assert_eq!(first["tenant"]["primaryDomain"], "quantmatrix.ai", "{first}");
        let seats = first["attributes"]
            .as_array()
            .and_then(|all| all.iter().find(|a| a["column"] == "seats_allowed"));
        assert_eq!(seats.map(|a| &a["value"]), Some(&"20".into()), "{first}");

        fill_acme(&app).await;
        app.keep_picture("new-tenant-form").await;
        app.click("preview").await;
        app.wait_for_text("plan", &["shop.acme-foods.example", "localhost", "127.0.0.1", "Quant Matrix AI"])
            .await;
        app.keep_picture("new-tenant-taken").await;
        app.click("create").await;
        app.find("task-result").await;
        assert_eq!(domains(&app, "acme_foods"), ["acme-foods.example", "shop.acme-foods.example"]);
        assert_eq!(domains(&app, "Quant_Matrix_AI_Schema"), ["quantmatrix.ai", "127.0.0.1", "localhost"]);
    });
}

#[test]
fn creating_a_tenant_a_second_time_changes_nothing_and_says_so() {
    in_the_window("twice", |app| async move {
        app.find("start-create").await;
        create_quant_matrix(&app).await;
        let journal = app.platform().ask(&["journal"]);
        app.click("new-tenant").await;
        fill_tenant(&app, "Quant Matrix AI", "Quant_Matrix_AI_Schema", "quantmatrix.ai").await;
        app.click("preview").await;
        app.find("plan-nothing").await;
        app.wait_for_text("plan", &["Quant Matrix AI", "already"]).await;
        app.keep_picture("new-tenant-exists").await;
        assert_eq!(app.platform().ask(&["journal"]), journal, "nothing was written");
    });
}

#[test]
fn a_tenant_whose_primary_domain_is_taken_is_refused_naming_the_owner() {
    in_the_window("primary-taken", |app| async move {
        app.find("start-create").await;
        create_quant_matrix(&app).await;
        app.click("new-tenant").await;
        fill_tenant(&app, "Late Comer", "late_comer", "QuantMatrix.ai").await;
        app.css("[data-testid=\"taken-owner-link\"]").await;
        app.keep_picture("new-tenant-primary-taken").await;
        let text = app.text("new-tenant-panel").await;
        assert!(text.contains("Quant Matrix AI"), "{text}");
        assert_eq!(app.platform().ask(&["status"])["tenants"], 1);
    });
}

#[test]
fn the_schema_follows_the_name_until_it_is_edited() {
    in_the_window("suggestion", |app| async move {
        app.click("start-create").await;
        app.fill("name", "Müller & Söhne").await;
        wait_for_value(&app, "schema", "muller_sohne").await;
        app.fill("schema", "mueller").await;
        app.fill("name", "Müller GmbH").await;
        app.fill("primary_domain", "mueller.example").await;
        assert_eq!(app.value_of("schema").await, "mueller");
    });
}

async fn wait_for_value(app: &App, name: &str, wanted: &str) {
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(10);
    while app.value_of(name).await != wanted {
        assert!(tokio::time::Instant::now() < deadline, "{name} is {:?}", app.value_of(name).await);
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    }
}

fn domains(app: &App, schema: &str) -> Vec<String> {
    let answer = app.platform().ask(&["domain", "list", "--tenant", schema]);
    let list = answer["domains"].as_array().cloned().unwrap_or_default();
    list.iter().filter_map(|d| d["domain"].as_str().map(str::to_owned)).collect()
}
