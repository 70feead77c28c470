use super::support::in_the_window;

const NAME: &str = r#"<img src=x onerror="window.hurt=1"><b>Bold & Co</b>"#;

#[test]
fn what_another_person_typed_is_shown_as_text() {
    in_the_window("hostile", |app| async move {
        app.find("start-create").await;
        let made = app.platform().ask(&[
            "tenant",
            "create",
            "--name",
            NAME,
            "--schema",
            "bold",
            "--domain",
            "bold.example",
        ]);
        assert_eq!(made["created"], true, "{made}");
        app.click("nav-domains").await;
        app.wait_for_text("domain-row-bold.example", &[NAME]).await;
        app.click("nav-tenants").await;
        app.click("tenant-row-bold").await;
        app.wait_for_text("tenant-detail", &[NAME]).await;
        app.keep_picture("hostile").await;
        assert!(app.evaluate("return window.hurt ?? null").await.is_null(), "the name ran as a script");
        assert_eq!(app.evaluate("return document.querySelectorAll('img[src=x]').length").await, 0);
    });
}

#[test]
fn the_page_can_reach_neither_the_network_nor_commands_that_it_was_not_given() {
    in_the_window("border", |app| async move {
        app.find("start-create").await;
        let fetched = app
            .evaluate("return fetch('http://127.0.0.1:9/').then(() => 'sent', e => String(e.message || e))")
            .await;
        assert_ne!(fetched, "sent");
        let violations =
            app.evaluate("try { new Function('1')(); return 'ran' } catch (e) { return 'refused' }").await;
        assert_eq!(violations, "refused", "the policy forbids code from text");
        let refused = app
            .evaluate("return window.__TAURI_INTERNALS__.invoke('plugin:window|close', {}).then(() => 'done', e => String(e))")
            .await;
        assert!(refused.as_str().is_some_and(|text| text.contains("not allowed")), "{refused}");
    });
}
