use super::scenario::create_quant_matrix;
use super::support::{App, in_the_window};

fn write_atoms(app: &App) -> String {
    let folder = app.scratch().join("my atoms");
    for name in ["pdf_export", "mail_inbox", "__pycache__"] {
        std::fs::create_dir_all(folder.join(name)).expect("the folder is made");
    }
    let description = r#"{"name": "Mail inbox", "category": "Input", "versions": [{"version": "1.0"}, {"version": "1.1"}]}"#;
    std::fs::write(folder.join("mail_inbox/atom.json"), description).expect("the file is written");
    folder.display().to_string()
}

#[test]
fn atoms_are_imported_from_a_folder_and_brought_to_the_tenants() {
    in_the_window("catalog", |app| async move {
        app.find("start-create").await;
        create_quant_matrix(&app).await;
        app.click("nav-catalog").await;
        app.keep_picture("catalog-empty").await;
        app.click("catalog-import").await;
        app.fill_in("catalog-path", &write_atoms(&app)).await;
        app.click("catalog-preview").await;
        app.wait_for_text("plan", &["Pdf Export", "Mail inbox"]).await;
        app.keep_picture("catalog-plan").await;
        app.click("apply-plan").await;
        app.find("task-result").await;
        app.click("plan-close").await;
        app.wait_for_text("atom-row-pdf-export", &["Pdf Export", "General", "1.0"]).await;
        app.wait_for_text("atom-row-mail-inbox", &["Mail inbox", "Input", "1.1"]).await;
        app.keep_picture("catalog").await;
        app.click("catalog-tab-releases").await;
        app.click("release-make").await;
        app.fill_in("release-notes", "The first atoms").await;
        app.click("release-preview").await;
        app.wait_for_text("plan", &["Release 1", "2 atoms"]).await;
        app.keep_picture("catalog-release-plan").await;
        app.click("apply-plan").await;
        app.find("task-result").await;
        app.click("open-fleet").await;
        app.wait_for_text("copy-row-Quant_Matrix_AI_Schema", &["Unknown"]).await;
        app.click("sync-open").await;
        app.click("sync-preview").await;
        app.wait_for_text("sync-row-Quant_Matrix_AI_Schema", &["Ready"]).await;
        app.keep_picture("catalog-sync-preview").await;
        app.click("create-job").await;
        app.wait_for_text("job-detail", &["Finished"]).await;
        app.click("nav-catalog").await;
        app.click("catalog-tab-fleet").await;
        app.wait_for_text("copy-row-Quant_Matrix_AI_Schema", &["In step"]).await;
        app.keep_picture("catalog-fleet").await;
        let page = app.platform().ask(&["tenant", "show", "Quant_Matrix_AI_Schema"]);
        let atoms = page["catalog"]["atoms"].as_array().map(Vec::len);
        assert_eq!((atoms, &page["catalog"]["lackingAtoms"]), (Some(2), &0.into()), "{page}");
    });
}

#[test]
fn a_bad_catalog_file_is_answered_line_by_line() {
    in_the_window("catalog-bad", |app| async move {
        let file = app.scratch().join("catalog.json");
        std::fs::write(
            &file,
            "[{\"slug\": \"good\"},\n{\"slug\": \"not good\"},\n{\"slug\": \"x\", \"parent\": 1}]",
        )
        .expect("it is written");
        app.find("start-create").await;
        app.click("nav-catalog").await;
        app.click("catalog-import").await;
        app.fill_in("catalog-path", &file.display().to_string()).await;
        app.click("catalog-preview").await;
        app.wait_for_text("error", &["catalog.json line 2", "catalog.json line 3", "parent"]).await;
        app.keep_picture("catalog-bad").await;
        assert_eq!(app.platform().ask(&["status"])["catalog"]["atoms"], 0);
    });
}

#[test]
fn an_atom_is_written_by_hand_and_a_mistake_in_its_settings_is_shown_at_its_place() {
    in_the_window("catalog-edit", |app| async move {
        app.find("start-create").await;
        app.click("nav-catalog").await;
        app.click("atom-new").await;
        app.fill_in("atom-name", "Pager").await;
        app.fill_in("atom-category", "Alarms").await;
        app.fill_in("schema-editor", r#"{"type": "objekt"}"#).await;
        app.wait_for_text("schema-problems", &["/type", "objekt"]).await;
        app.keep_picture("catalog-edit-bad").await;
        let settings =
            r#"{"type": "object", "properties": {"to": {"type": "string", "title": "Whom to call"}}}"#;
        app.fill_in("schema-editor", settings).await;
        app.wait_for_text("schema-form", &["Whom to call"]).await;
        app.keep_picture("catalog-edit").await;
        app.click("atom-save").await;
        app.wait_for_text("plan", &["pager"]).await;
        app.click("apply-plan").await;
        app.click("plan-close").await;
        app.wait_for_text("atom-detail", &["Pager", "Alarms"]).await;

        app.click("atom-edit").await;
        app.fill_in("atom-description", "Calls whoever is on duty").await;
        app.click("atom-save").await;
        app.wait_for_text("plan", &["pager"]).await;
        app.click("apply-plan").await;
        app.click("plan-close").await;
        app.wait_for_text("atom-detail", &["Calls whoever is on duty"]).await;
        let mut connection = app.platform().connect().await;
        let written: String = sqlx::query_scalar(
            "SELECT concat_ws('; ', a.name, a.category, a.description, v.config_schema #>> '{properties,to,title}')
             FROM tenantry.catalog_atom a JOIN tenantry.catalog_version v USING (release, slug)",
        )
        .fetch_one(&mut connection)
        .await
        .expect("it is read");
        assert_eq!(written, "Pager; Alarms; Calls whoever is on duty; Whom to call");
    });
}
