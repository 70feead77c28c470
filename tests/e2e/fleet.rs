//! What becomes of tenants after their creation, in the window.

use super::support::{App, in_the_window};

async fn with_example(app: &App) {
    app.click("start-example").await;
    app.find("tenant-row-cedar_clinics").await;
}

async fn choose(app: &App, schema: &str, action: &str) {
    app.click(&format!("more-{schema}")).await;
    app.click(&format!("action-{action}")).await;
}

#[test]
fn a_deleted_tenant_is_found_in_the_trash_and_comes_back() {
    in_the_window("trash", |app| async move {
        with_example(&app).await;
        choose(&app, "cedar_clinics", "delete").await;
        app.wait_for_text("plan", &["cedar_clinics", "patients.cedar-clinics.example"]).await;
        app.keep_picture("delete-plan").await;
        app.click("apply-plan").await;
        app.find("task-result").await;
        app.click("plan-close").await;
        assert_eq!(app.platform().ask(&["status"])["tenants"], 11);
        app.click("filter-deleted").await;
        app.find("trash-row-cedar_clinics").await;
        app.keep_picture("trash").await;
        app.click("restore-cedar_clinics").await;
        app.click("apply-plan").await;
        app.find("task-result").await;
        let restored = app.platform().ask(&["tenant", "show", "cedar_clinics"]);
        assert_eq!(restored["tenant"]["name"], "Cedar Clinics", "{restored}");
    });
}

#[test]
fn many_tenants_are_suspended_as_a_job_and_one_of_them_is_taken_back_in_the_journal() {
    in_the_window("job", |app| async move {
        with_example(&app).await;
        app.click("choose-all").await;
        app.wait_for_text("choice-words", &["12"]).await;
        app.click("choice-suspend").await;
        app.wait_for_text("review-summary", &["12"]).await;
        app.keep_picture("review").await;
        app.click("create-job").await;
        app.wait_for_text("job-words", &["12"]).await;
        app.find("item-operation").await;
        let jobs = app.platform().ask(&["jobs"]);
        app.keep_picture("job").await;
        assert_eq!((&jobs["jobs"][0]["done"], &jobs["jobs"][0]["failed"]), (&12.into(), &0.into()), "{jobs}");

        app.click("nav-journal").await;
        let newest = app.platform().ask(&["journal", "tenant.suspend", "--limit", "1"]);
        app.click(&format!("journal-row-{}", newest["entries"][0]["seq"])).await;
        app.keep_picture("journal").await;
        app.click("undo").await;
        app.click("apply-plan").await;
        app.find("task-result").await;
        let subject = newest["entries"][0]["subject"].as_str().unwrap_or_default().to_owned();
        let tenant = app.platform().ask(&["tenant", "show", &subject]);
        assert_eq!(tenant["tenant"]["isActive"], true, "{tenant}");
    });
}

#[test]
fn the_health_of_the_fleet_names_the_tenant_that_is_not_like_the_others() {
    in_the_window("health", |app| async move {
        with_example(&app).await;
        let mut connection = app.platform().connect().await;
        let damage = "DROP TABLE cedar_clinics.workflows_workflowrun";
        sqlx::Executor::execute(&mut connection, damage).await.expect("the damage is done");
        app.click("nav-health").await;
        app.click("health-run").await;
        app.click("health-row-cedar_clinics").await;
        app.wait_for_text("health-detail", &["workflows_workflowrun"]).await;
        app.keep_picture("health").await;
        app.click("health-mend").await;
        app.wait_for_text("plan", &["workflows_workflowrun"]).await;
        app.keep_picture("mend-plan").await;
        app.click("apply-plan").await;
        app.find("task-result").await;
        app.click("plan-close").await;
        let health = app.platform().ask(&["health", "cedar_clinics"]);
        assert_eq!(health["passed"], true, "{health}");

        app.click("nav-blueprint").await;
        app.find("blueprint-now").await;
        app.click("template-row-alder_analytics").await;
        app.wait_for_text("blueprint-panel", &["django_migrations"]).await;
        app.keep_picture("blueprint").await;
    });
}

#[test]
fn a_tenant_of_the_platform_is_renamed_with_its_schema() {
    in_the_window("rename", |app| async move {
        with_example(&app).await;
        choose(&app, "cedar_clinics", "rename").await;
        app.fill_in("rename-name", "Cedar Hospitals").await;
        app.fill_in("rename-schema", "cedar_hospitals").await;
        app.wait_for_text("plan", &["cedar_hospitals"]).await;
        app.keep_picture("rename").await;
        app.click("apply-plan").await;
        app.find("task-result").await;
        let tenant = app.platform().ask(&["tenant", "show", "cedar_hospitals"]);
        assert_eq!(tenant["tenant"]["name"], "Cedar Hospitals", "{tenant}");
    });
}

#[test]
fn tenants_are_created_from_a_file_and_all_of_them_are_taken_back_at_once() {
    in_the_window("many", |app| async move {
        with_example(&app).await;
        let file = app.scratch().join("new tenants.csv");
        let rows = "name,domain,aliases,seats_allowed\r\n\
                    Willow Works,willow.example,shop.willow.example,12\r\n\
                    Yew Yachts,yew.example,,many\r\n\
                    Zinnia Zoo,zinnia.example,patients.cedar-clinics.example,3\r\n";
        std::fs::write(&file, rows).expect("the file can be written");
        app.click("new-many").await;
        app.fill_in("csv-path", &file.display().to_string()).await;
        app.click("csv-read").await;
        app.wait_for_text("create-many", &["2"]).await;
        app.click("csv-row-3").await;
        app.wait_for_text("csv-row-detail", &["Yew Yachts", "integer"]).await;
        app.keep_picture("many-verdicts").await;
        app.click("create-many").await;
        app.wait_for_text("many-job", &["2"]).await;
        app.click("open-job").await;
        app.find("item-operation").await;
        let zinnia = app.platform().ask(&["tenant", "show", "zinnia_zoo"]);
        assert_eq!(zinnia["tenant"]["domains"], 1, "the taken alias is left out: {zinnia}");
        assert_eq!(app.platform().ask(&["status"])["tenants"], 14);

        app.click("job-undo").await;
        app.wait_for_text("undo-job", &["2"]).await;
        app.keep_picture("undo-job").await;
        app.click("undo-job-do").await;
        app.wait_for_text("job-detail", &["Taken back", "Finished"]).await;
        app.keep_picture("undone-job").await;
        assert_eq!(app.platform().ask(&["status"])["tenants"], 12);
    });
}

#[test]
fn a_tenant_is_made_like_another_with_its_data() {
    in_the_window("clone", |app| async move {
        with_example(&app).await;
        choose(&app, "cedar_clinics", "clone").await;
        app.fill("name", "Cedar Rehearsal").await;
        app.fill("schema", "cedar_rehearsal").await;
        app.click("clone-data").await;
        app.find("clone-warning").await;
        app.keep_picture("clone-form").await;
        app.click("preview").await;
        app.wait_for_text("plan", &["cedar_rehearsal"]).await;
        app.keep_picture("clone-plan").await;
        app.click("create").await;
        app.find("task-result").await;
        let hash = |schema: &str| {
            app.platform().ask(&["platform", "fingerprint", "--schema", schema])["fingerprint"].clone()
        };
        assert!(hash("cedar_clinics").is_string());
        assert_eq!(hash("cedar_rehearsal"), hash("cedar_clinics"));
        let atoms =
            |schema: &str| app.platform().ask(&["tenant", "show", schema])["catalog"]["atoms"].clone();
        assert!(atoms("cedar_clinics").as_array().is_some_and(|atoms| !atoms.is_empty()));
        assert_eq!(atoms("cedar_rehearsal"), atoms("cedar_clinics"));
    });
}
