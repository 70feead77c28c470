//! Releases, how far every tenant is, and every screen of the catalog for everybody.

use serde_json::Value;

use super::support::{App, in_the_window};

/// What tenants have done to their copies since the example's release.
const EDITS: &str = "
    DO $$ BEGIN
        UPDATE elm_energy.atoms_atom SET description = 'Reads our meters' WHERE slug = 'csv-import';
        UPDATE fir_freight.atoms_atomversion SET release_notes = 'Not what was published' WHERE version = '1.1';
        DELETE FROM hazel_housing.atoms_atomversion WHERE version = '2.0';
        INSERT INTO ivy_insurance.atoms_atom (name, slug, description, created_at, updated_at, category_id)
        SELECT 'Claims', 'claims', 'Ours alone', now(), now(), min(id) FROM ivy_insurance.atoms_atomcategory;
    END $$";

/// A second release, which changes what one tenant has changed too, and has something new.
const GROWN: &str = r#"[
    {"slug": "csv-import", "name": "CSV Import", "category": "Input", "description": "Reads tables from files of any size",
     "versions": [{"version": "3.0", "config_schema": {"type": "object", "title": "CSV", "required": ["path"],
        "properties": {"path": {"type": "string", "title": "Where from"}, "header": {"type": "boolean", "default": true}}}}]},
    {"slug": "web-hook", "name": "Web Hook", "category": "Output", "description": "Tells another system", "versions": [{"version": "2.0"}]}]"#;

async fn with_a_second_release(app: &App) {
    app.load_example().await;
    let mut connection = app.platform().connect().await;
    sqlx::query(EDITS).execute(&mut connection).await.expect("the tenants change their copies");
    let file = app.scratch().join("grown.json");
    std::fs::write(&file, GROWN).expect("the file is written");
    app.platform().ask(&["catalog", "import", &file.display().to_string()]);
    app.platform().ask(&["catalog", "release", "--notes", "Larger files, and hooks that answer"]);
}

#[test]
fn a_fleet_is_compared_its_conflict_decided_and_all_of_it_synchronised_and_taken_back() {
    in_the_window("fleet", |app| async move {
        with_a_second_release(&app).await;
        app.go("/catalog/fleet").await;
        app.wait_for_text("copy-row-elm_energy", &["Behind"]).await;
        app.click("compare-all").await;
        app.wait_for_text("copy-row-elm_energy", &["Conflicting"]).await;
        app.wait_for_text("clashes", &["1.1"]).await;
        app.keep_picture("fleet-compared").await;

        app.click("sync-open").await;
        app.click("sync-preview").await;
        app.wait_for_text("sync-row-elm_energy", &["ecide"]).await;
        app.wait_for_text("sync-row-fir_freight", &["Ready"]).await;
        app.keep_picture("fleet-preview").await;
        app.click("create-job").await;
        app.wait_for_text("job-detail", &["Finished"]).await;
        let fleet = || app.platform().ask(&["catalog", "status"]);
        let state = |fleet: &Value, schema: &str| {
            let tenants = fleet["tenants"].as_array().cloned().unwrap_or_default();
            tenants
                .into_iter()
                .find(|t| t["schema"] == schema)
                .map(|t| t["state"].clone())
                .unwrap_or_default()
        };
        let after = fleet();
        assert_eq!(state(&after, "elm_energy"), "conflicting");
        assert_eq!(state(&after, "fir_freight"), "edited");
        assert_eq!(state(&after, "cedar_clinics"), "in_step");

        // The tenant's own words give way only now that somebody says so.
        let taken = ["catalog", "sync", "--tenant", "elm_energy", "--on-conflict", "take"];
        app.platform().ask(&taken);
        assert_eq!(state(&fleet(), "elm_energy"), "in_step");
        let journal = app.platform().ask(&["journal", "--limit", "1"]);
        app.platform().ask(&["undo", journal["entries"][0]["id"].as_str().unwrap_or_default()]);
        assert_eq!(state(&fleet(), "elm_energy"), "conflicting");
    });
}

/// Every screen of the catalog: where it is, what is done there first, and what shows that it is there.
const SCREENS: [(&str, &str, &str, &str); 15] = [
    ("master", "/catalog", "", "atom-row-csv-import"),
    ("atom", "/catalog?atom=csv-import", "", "atom-detail"),
    ("edit", "/catalog?atom=csv-import&panel=edit", "", "atom-form"),
    ("new", "/catalog?panel=new", "", "atom-form"),
    ("categories", "/catalog?panel=categories", "", "categories-panel"),
    ("import", "/catalog?panel=import", "", "import-panel"),
    ("retire", "/catalog?atom=csv-import&panel=retire", "", "retire-panel"),
    ("releases", "/catalog/releases", "", "release-make"),
    ("release", "/catalog/releases?release=2", "", "release-detail"),
    ("difference", "/catalog/releases?before=1&after=2", "", "difference-swap"),
    ("fleet", "/catalog/fleet", "", "copy-row-elm_energy"),
    ("heat", "/catalog/fleet?view=heat", "", "heat"),
    ("pictures", "/catalog/fleet?view=pictures", "", "picture-history"),
    ("copy", "/catalog/fleet?tenant=elm_energy", "", "copy-rows"),
    ("sync", "/catalog/fleet/sync", "sync-preview", "sync-row-elm_energy"),
];

#[test]
fn axe_finds_nothing_on_any_screen_of_the_catalog_light_or_dark() {
    in_the_window("catalog-axe", |app| async move {
        with_a_second_release(&app).await;
        app.platform().ask(&["catalog", "status", "--deep"]);
        let mut found = Vec::new();
        for theme in ["light", "dark"] {
            app.evaluate(&format!("localStorage.setItem('tenantry.theme', '{theme}')")).await;
            for (name, place, first, there) in SCREENS {
                app.go("/tenants").await;
                app.reload().await;
                app.find("tenant-row-cedar_clinics").await;
                app.go(place).await;
                if !first.is_empty() {
                    app.click(first).await;
                }
                app.find(there).await;
                app.keep_picture(&format!("catalog-{name}-{theme}")).await;
                let violations = app.axe().await;
                found.extend(violations.iter().map(|violation| format!("{name} {theme}: {violation}")));
            }
        }
        assert_eq!(found, Vec::<String>::new());
    });
}
