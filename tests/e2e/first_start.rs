use super::support::in_the_window;

#[test]
fn the_first_start_offers_the_three_things_a_newcomer_wants() {
    in_the_window("first-start", |app| async move {
        for offer in ["start-create", "start-example", "start-connect"] {
            app.find(offer).await;
        }
        app.wait_for_text("connection-chip", &["18."]).await;
        app.keep_picture("start").await;
        assert_eq!(app.platform().ask(&["status"])["tenants"], 0);
    });
}

#[test]
fn the_example_platform_is_one_click_away() {
    in_the_window("example", |app| async move {
        app.click("start-example").await;
        app.find("tenant-row-cedar_clinics").await;
        app.click("tenant-row-cedar_clinics").await;
        app.wait_for_text("tenant-detail", &["Cedar Clinics", "patients.cedar-clinics.example"]).await;
        app.keep_picture("tenants").await;
        let status = app.platform().ask(&["status"]);
        assert_eq!((&status["tenants"], &status["catalog"]["atoms"]), (&12.into(), &10.into()), "{status}");
    });
}

#[test]
fn a_server_that_does_not_answer_is_explained_in_the_form() {
    in_the_window("connect", |app| async move {
        app.click("start-connect").await;
        app.fill("host", "localhost").await;
        app.fill("port", "1").await;
        app.fill("database", "platform").await;
        app.fill("user", "nobody").await;
        app.keep_picture("connect").await;
        app.click("connect").await;
        app.wait_for_text("error", &["localhost"]).await;
        app.keep_picture("connect-refused").await;
    });
}
