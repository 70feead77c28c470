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
