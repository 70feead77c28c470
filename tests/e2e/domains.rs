//! Domains in the window: moved by mouse, by keys and by clicks, imported, asked about; and every screen of theirs for everybody.

use serde_json::Value;

use super::support::{App, in_the_window};

const LEFT: &str = "cedar_clinics";
const RIGHT: &str = "hazel_housing";

/// An alias, a primary domain, and one the other way: `(domain, from, to)`.
const MOVES: [(&str, &str, &str); 3] = [
    ("patients.cedar-clinics.example", LEFT, RIGHT),
    ("cedar-clinics.example", LEFT, RIGHT),
    ("patients.cedar-clinics.example", RIGHT, LEFT),
];

#[derive(Debug, Clone, Copy)]
enum Way {
    Mouse,
    Keys,
    Clicks,
}

/// Takes a domain from one side of the board to the other, and applies the plan that this comes to.
async fn carry(app: &App, way: Way, domain: &str, to: &str) {
    let item = format!("board-item-{domain}");
    app.find(&item).await;
    match way {
        Way::Mouse => app.drag(&item, &format!("board-list-{to}")).await,
        Way::Keys => app.drag_with_keys(&format!("[data-testid='{item}'] [slot=drag]")).await,
        Way::Clicks => app.click(&format!("board-move-{domain}")).await,
    }
    app.wait_for_text("plan", &[domain]).await;
    match way {
        Way::Mouse => app.click_with_mouse("apply-plan", "task-result").await,
        Way::Keys | Way::Clicks => app.click("apply-plan").await,
    }
    app.find("task-result").await;
    app.click("plan-close").await;
}

fn assignments(app: &App) -> Vec<String> {
    let answer = app.platform().ask(&["domain", "list"]);
    let rows = answer["domains"].as_array().into_iter().flatten();
    rows.map(|row| format!("{} {} {}", row["domain"], row["owner"]["schema"], row["primary"])).collect()
}

fn newest(app: &App) -> String {
    let journal = app.platform().ask(&["journal", "--limit", "1"]);
    journal["entries"][0]["id"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_same_three_moves_by_mouse_by_keys_and_by_clicks_give_the_same_database() {
    in_the_window("board", |app| async move {
        app.load_example().await;
        let before = assignments(&app);
        let mut outcomes = Vec::new();
        for way in [Way::Mouse, Way::Keys, Way::Clicks] {
            app.go(&format!("/domains?by=tenant&left={LEFT}&right={RIGHT}")).await;
            let mut operations = Vec::new();
            for (domain, from, to) in MOVES {
                app.css(&format!("[data-testid=board-list-{from}] [data-testid='board-item-{domain}']"))
                    .await;
                carry(&app, way, domain, to).await;
                operations.push(newest(&app));
            }
            app.keep_picture(&format!("board-{way:?}").to_lowercase()).await;
            outcomes.push(assignments(&app));
            for operation in operations.iter().rev() {
                let undone = app.platform().ask(&["undo", operation]);
                assert!(undone["operation"].is_string(), "{undone}");
            }
            assert_eq!(assignments(&app), before, "{way:?}");
            app.go("/tenants").await;
        }
        assert_ne!(outcomes[0], before);
        assert_eq!(outcomes[0], outcomes[1]);
        assert_eq!(outcomes[0], outcomes[2]);
    });
}

#[test]
fn a_pasted_list_is_given_after_a_verdict_on_every_row_and_comes_back_in_one_step() {
    in_the_window("import", |app| async move {
        app.load_example().await;
        let before = assignments(&app);
        app.go("/domains/import").await;
        let rows = "domain,tenant\\nnew-one.example.com,cedar_clinics\\nWWW.Second.example.com.,Hazel Housing\\nno_good.example.com,cedar_clinics\\ncedar-clinics.example,hazel_housing";
        app.paste("import-text", rows).await;
        app.click("import-read").await;
        app.wait_for_text("import-rows", &["new-one.example.com", "second.example.com", "no_good"]).await;
        app.keep_picture("import-verdicts").await;
        app.click("import-apply").await;
        app.wait_for_text("plan", &["second.example.com"]).await;
        app.keep_picture("import-plan").await;
        app.click("apply-plan").await;
        app.find("task-result").await;
        let after = assignments(&app);
        assert_eq!(after.len(), before.len() + 2, "{after:?}");
        let undone = app.platform().ask(&["undo", &newest(&app)]);
        assert!(undone["operation"].is_string(), "{undone}");
        assert_eq!(assignments(&app), before);
    });
}

#[test]
fn who_would_answer_is_told_with_the_reason() {
    in_the_window("who", |app| async move {
        app.load_example().await;
        app.go("/domains?panel=who").await;
        app.fill_in("who-host", "https://www.Cedar-Clinics.example:8443/login").await;
        app.wait_for_text("who-answer", &["Cedar Clinics"]).await;
        app.keep_picture("who").await;
        app.fill_in("who-host", "nobody.example").await;
        app.wait_for_text("who-answer", &["nobody.example"]).await;
    });
}

/// Every screen and dialog of domains: where it is, what is done there first, and what shows that it is there.
const SCREENS: [(&str, &str, &str, &str); 9] = [
    ("list", "/domains", "", "domain-row-cedar-clinics.example"),
    ("search", "/domains?q=tenant:cedar_clinics%20kind:primary", "", "domain-row-cedar-clinics.example"),
    ("pane", "/domains?domain=cedar-clinics.example", "", "domain-world"),
    (
        "board",
        "/domains?by=tenant&left=cedar_clinics&right=hazel_housing",
        "",
        "board-item-cedar-clinics.example",
    ),
    ("who", "/domains?panel=who", "", "who-host"),
    ("handover", "/domains?panel=handover", "", "handover-covers"),
    ("add", "/domains", "domains-add", "add-domain-dialog"),
    ("import", "/domains/import", "", "import-text"),
    ("settings", "/domains/settings", "", "policy-screen"),
];

#[test]
fn axe_finds_nothing_on_any_screen_of_domains_light_or_dark() {
    in_the_window("axe", |app| async move {
        app.load_example().await;
        let mut found = Vec::new();
        for theme in ["light", "dark"] {
            app.evaluate(&format!("localStorage.setItem('tenantry.theme', '{theme}')")).await;
            for (name, place, first, there) in SCREENS {
                app.go("/tenants").await;
                app.reload().await;
                app.find(&format!("tenant-row-{LEFT}")).await;
                app.go(place).await;
                if !first.is_empty() {
                    app.click(first).await;
                }
                app.find(there).await;
                app.keep_picture(&format!("domains-{name}-{theme}")).await;
                let violations = app.axe().await;
                found.extend(
                    violations.iter().map(|violation: &Value| format!("{name} {theme}: {violation}")),
                );
            }
        }
        assert_eq!(found, Vec::<String>::new());
    });
}
