//! The command line: its JSON, its exit codes, its words.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::support::server::folder;
use crate::support::{Database, execute, until};
use crate::tool::{Answer, Tool};

const ACME: [&str; 6] =
    ["tenant", "create", "--name=Acme", "--schema=acme", "--domain=acme.example", "--alias=app.acme.example"];
const GLOBEX: [&str; 4] = ["tenant", "create", "--name=Globex Corp", "--domain=globex.example"];

async fn two_tenants() -> (Database, Tool) {
    let platform = Database::new().await;
    let tenantry = Tool::on(&platform.connection);
    tenantry.done(&ACME);
    assert_eq!(
        tenantry.done(&GLOBEX)["tenant"]["schema"],
        json!("globex_corp"),
        "the schema is suggested by the name"
    );
    (platform, tenantry)
}

#[tokio::test]
async fn tenants_that_are_made_alike_have_one_fingerprint() {
    let (platform, tenantry) = two_tenants().await;
    let fingerprint = |schema: &str| tenantry.done(&["platform", "fingerprint", "--schema", schema]);
    let acme = fingerprint("acme");
    assert_eq!(acme["schema"], json!("acme"));
    assert_eq!(acme["fingerprint"].as_str().unwrap().len(), 64);
    assert_eq!(fingerprint("globex_corp")["fingerprint"], acme["fingerprint"]);
    platform.execute("CREATE INDEX by_hand ON globex_corp.registry_app (name)").await;
    assert_ne!(fingerprint("globex_corp")["fingerprint"], acme["fingerprint"]);
    let (code, error) = tenantry.error(&["platform", "fingerprint", "--schema", "nobody"]);
    assert_eq!((code, &error["code"]), (1, &json!("tenant_not_found")));
}

#[tokio::test]
async fn a_platform_is_made_in_an_empty_database_and_once() {
    let empty = Database::empty().await;
    let tenantry = Tool::on(&empty.connection);
    let (code, error) = tenantry.error(&["tenant", "list"]);
    assert_eq!(
        (code, &error["code"], &error["found"]),
        (3, &json!("not_a_platform"), &json!({ "found": "empty" }))
    );
    assert_eq!(tenantry.done(&["platform", "init"])["created"], json!(true));
    assert_eq!(tenantry.done(&["platform", "init"])["created"], json!(false));
    assert_eq!(tenantry.done(&["tenant", "list"]), json!({ "tenants": [] }));
}

#[tokio::test]
async fn a_platform_is_left_and_adopted_again() {
    let (platform, tenantry) = two_tenants().await;
    let before = platform.fingerprint().await;
    assert_eq!(tenantry.done(&["platform", "leave", "--plan"])["plan"]["journalEntries"], json!(2));
    platform.assert_unchanged(&before).await;
    assert_eq!(tenantry.done(&["platform", "leave"])["left"], json!(true));

    let (code, error) = tenantry.error(&["tenant", "list"]);
    let found = json!({ "found": "adoptable", "table": "public.tenants_tenant" });
    assert_eq!((code, &error["found"]), (3, &found));
    assert_eq!(tenantry.done(&["platform", "inspect"])["found"]["shape"]["tenants"], json!(2));
    let before = platform.fingerprint().await;
    let plan = tenantry.done(&["platform", "adopt", "--plan"]);
    let statements = plan["plan"]["statements"].as_str().unwrap_or_default();
    assert!(statements.starts_with("CREATE SCHEMA tenantry;"), "{statements}");
    assert!(tenantry.run(&["platform", "adopt", "--plan"]).stdout.contains(statements.trim()));
    platform.assert_unchanged(&before).await;

    assert_eq!(tenantry.done(&["platform", "adopt"])["action"], json!("adopt"));
    assert_eq!(tenantry.done(&["platform", "adopt"])["action"], json!("nothing"));
    assert_eq!(tenantry.done(&["tenant", "list"])["tenants"].as_array().map(Vec::len), Some(2));
    assert_eq!(tenantry.done(&["platform", "release"])["released"], json!(true));
    assert_eq!(tenantry.error(&["tenant", "list"]).1["found"]["found"], json!("unmapped"));
    assert_eq!(tenantry.done(&["platform", "adopt"])["action"], json!("map"));
}

#[test]
fn another_machine_is_not_reached_unverified_without_a_reason() {
    let url = "postgres://ana@db.invalid/saas?sslmode=require";
    let (code, error) = Tool::told_nothing().error(&["--database-url", url, "status"]);
    assert_eq!((code, &error["problems"][0]["field"]), (2, &json!("weaker_reason")));
    let reasoned = ["--database-url", url, "--tls-reason", "its certificate has expired", "status"];
    let (code, error) = Tool::told_nothing().error(&reasoned);
    assert_eq!((code, &error["code"]), (3, &json!("no_database")));
}

#[tokio::test]
async fn a_plan_is_shown_and_nothing_is_done() {
    let (platform, tenantry) = two_tenants().await;
    let catalog = folder();
    std::fs::create_dir(catalog.path().join("atom")).unwrap();
    let path = catalog.path().display().to_string();
    let released = catalog.path().join("released.json");
    std::fs::write(&released, r#"[{"slug": "mail"}]"#).unwrap();
    tenantry.done(&["catalog", "import", &released.display().to_string()]);
    tenantry.done(&["catalog", "release"]);
    let before = platform.fingerprint().await;
    for (arguments, change) in [
        (&["tenant", "create", "--name=New", "--schema=new", "--domain=new.example"][..], "create_tenant"),
        (&["domain", "add", "acme", "new.example"], "add_domain"),
        (&["domain", "remove", "app.acme.example"], "remove_domain"),
        (&["domain", "primary", "app.acme.example"], "change_primary"),
        (&["catalog", "import", &path], "import_atoms"),
    ] {
        let answer = tenantry.done(&[arguments, &["--plan"]].concat());
        assert_eq!(answer["plan"]["changes"][0]["change"], json!(change), "{answer:#}");
    }
    let sync = tenantry.done(&["catalog", "sync", "--plan"]);
    assert_eq!(sync["preview"]["tenants"].as_array().map(Vec::len), Some(2));
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn domains_are_added_listed_made_primary_and_removed() {
    let (_platform, tenantry) = two_tenants().await;
    let added =
        tenantry.done(&["domain", "add", "acme", "Shop.acme.example.", "globex.example", "acme.example"]);
    let owner = json!({ "schema": "globex_corp", "name": "Globex Corp" });
    assert_eq!(
        added["domains"],
        json!([
            { "domain": "shop.acme.example", "outcome": "added", "owner": null },
            { "domain": "globex.example", "outcome": "taken", "owner": owner },
            { "domain": "acme.example", "outcome": "yours_already", "owner": null },
        ])
    );
    let refused = tenantry.error(&["domain", "add", "acme", "globex.example", "--on-conflict=fail"]);
    assert_eq!((refused.0, &refused.1["code"], &refused.1["owner"]), (1, &json!("domain_taken"), &owner));

    tenantry.done(&["domain", "primary", "SHOP.acme.example"]);
    tenantry.done(&["domain", "remove", "app.acme.example"]);
    let listed = tenantry.done(&["domain", "list", "--tenant", "acme"]);
    let domains: Vec<_> =
        listed["domains"].as_array().unwrap().iter().map(|d| (&d["domain"], &d["primary"])).collect();
    assert_eq!(
        domains,
        [(&json!("shop.acme.example"), &json!(true)), (&json!("acme.example"), &json!(false))]
    );
    assert_eq!(tenantry.done(&["domain", "list"])["domains"].as_array().map(Vec::len), Some(3));

    let (code, error) = tenantry.error(&["domain", "remove", "shop.acme.example"]);
    assert_eq!(
        (code, &error["code"], &error["owner"]["name"]),
        (1, &json!("primary_domain_needed"), &json!("Acme"))
    );
}

#[tokio::test]
async fn a_catalog_is_imported_and_brought_to_the_tenants() {
    let (platform, tenantry) = two_tenants().await;
    let files = folder();
    let path = files.path().join("catalog.json");
    std::fs::write(
        &path,
        r#"[{"slug": "pdf-export"}, {"slug": "mail", "versions": [{"version": "1"}, {"version": "2"}]}]"#,
    )
    .unwrap();
    let path = path.display().to_string();
    let imported = tenantry.done(&["catalog", "import", &path]);
    assert_eq!(imported["changes"][0]["change"], json!("import_atoms"));
    assert_eq!(tenantry.done(&["catalog", "import", &path])["operation"], Value::Null);

    let notice = tenantry.done(&["verify", "acme"]);
    assert_eq!(
        (&notice["passed"], &notice["report"]["tenants"][0]["verdict"]),
        (&json!(true), &json!("notice"))
    );
    tenantry.done(&["catalog", "release", "--notes", "First"]);
    let one = tenantry.done(&["catalog", "sync", "--tenant", "acme"]);
    assert_eq!((one["items"].as_array().map(Vec::len), &one["job"]["failed"]), (Some(1), &json!(0)));
    let all = tenantry.done(&["catalog", "sync"]);
    let done: Vec<_> =
        all["items"].as_array().unwrap().iter().map(|item| item["operation"].is_string()).collect();
    assert_eq!(done, [false, true], "the first had everything");
    assert_eq!(platform.lines("SELECT count(*)::text FROM globex_corp.atoms_atomversion").await, ["3"]);
    let page = tenantry.done(&["tenant", "show", "globex_corp"]);
    assert_eq!(
        (page["catalog"]["atoms"].as_array().map(Vec::len), &page["catalog"]["lackingAtoms"]),
        (Some(2), &json!(0))
    );
}

#[tokio::test]
async fn a_catalog_is_exported_and_imported_again_from_files_and_from_a_tenant() {
    let (platform, tenantry) = two_tenants().await;
    platform
        .execute(
            "INSERT INTO acme.atoms_atomcategory (name, description) VALUES ('Own', '=Ours');
             INSERT INTO acme.atoms_atom (name, slug, description, created_at, updated_at, category_id)
             SELECT 'Mail', 'mail', '', now(), now(), id FROM acme.atoms_atomcategory WHERE name = 'Own'",
        )
        .await;
    let planned = tenantry.done(&["catalog", "import", "--schema", "acme", "--plan"]);
    assert_eq!(planned["plan"]["changes"][0]["added"][0]["slug"], json!("mail"));
    assert!(tenantry.done(&["catalog", "import", "--schema", "acme"])["operation"].is_string());
    tenantry.done(&["catalog", "release"]);

    let files = folder();
    for name in ["catalog.json", "catalog.csv"] {
        let path = files.path().join(name).display().to_string();
        for release in [&[][..], &["--release", "1"]] {
            let answer = tenantry.done(&[&["catalog", "export", &path], release].concat());
            assert_eq!(answer, json!({ "file": path, "release": u8::from(!release.is_empty()) }));
            let again = tenantry.done(&["catalog", "import", &path]);
            assert_eq!((&again["operation"], &again["changes"]), (&Value::Null, &json!([])), "{name}");
        }
        assert!(std::fs::read_to_string(&path).unwrap().contains("=Ours"));
    }
    let printed = tenantry.run(&["catalog", "export", "-"]).stdout;
    assert_eq!(printed, std::fs::read_to_string(files.path().join("catalog.json")).unwrap());
    assert_eq!(
        tenantry.error(&["catalog", "export", "-", "--release", "7"]).1["why"],
        json!("no_such_release")
    );
    assert_eq!(tenantry.run(&["catalog", "import"]).code, 2);
    assert_eq!(tenantry.run(&["catalog", "import", "x.json", "--schema", "acme"]).code, 2);
}

#[tokio::test]
async fn verify_says_no_with_an_exit_code_and_evidence() {
    let (platform, tenantry) = two_tenants().await;
    platform.execute("DROP TABLE acme.atoms_atomversion").await;
    let (code, answer) = tenantry.json(&["verify"]);
    assert_eq!((code, &answer["passed"]), (1, &json!(false)));
    let words = tenantry.run(&["verify", "acme"]);
    assert_eq!(words.code, 1);
    assert!(
        words.stdout.contains("FAILED  acme  structure") && words.stdout.contains("atoms_atomversion"),
        "{}",
        words.stdout
    );
    assert_eq!(tenantry.done(&["verify", "globex_corp"])["passed"], json!(true));
}

#[tokio::test]
async fn the_journal_tells_who_did_what() {
    let (_platform, tenantry) = two_tenants().await;
    let journal = tenantry.done(&["journal", "--limit", "1"]);
    let [entry] = &journal["entries"].as_array().unwrap()[..] else { panic!("{journal:#}") };
    assert_eq!(
        (&entry["seq"], &entry["kind"], &entry["subject"]),
        (&json!(2), &json!("tenant.create"), &json!("globex_corp"))
    );
    assert!(entry["origin"].as_str().unwrap().starts_with("tenantry on "), "{entry:#}");
    let words = tenantry.run(&["journal"]).stdout;
    assert_eq!(words.lines().count(), 2, "{words}");
}

#[tokio::test]
async fn whoever_reads_words_gets_words() {
    let (_platform, tenantry) = two_tenants().await;
    let create = ["tenant", "create", "--name=Initech", "--schema=initech", "--domain=initech.example"];
    for (arguments, words) in [
        (&["status"][..], "2 tenants, 3 domains"),
        (&["tenant", "list"], "globex_corp  Globex Corp  globex.example"),
        (&["tenant", "show", "acme"], "domain acme.example (primary)"),
        (&["domain", "list"], "app.acme.example           acme         Acme"),
        (&[&create[..], &["--plan"]].concat(), "create the schema initech with 10 tables"),
        (
            &[&create[..], &["--alias=Acme.example."]].concat(),
            "acme.example belongs to Acme (schema acme) and is left out",
        ),
        (&create, "Nothing was changed"),
        (&["verify"], "Every check passed."),
        (&["platform", "init"], "nothing was changed"),
    ] {
        let answer = tenantry.run(arguments);
        assert_eq!((answer.code, answer.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(answer.stdout.contains(words), "{arguments:?}: {}", answer.stdout);
    }
}

#[tokio::test]
async fn a_refusal_has_an_exit_code_and_a_reason_for_programs_and_for_people() {
    let (platform, tenantry) = two_tenants().await;
    platform.execute("CREATE SCHEMA orphan").await;
    let before = platform.fingerprint().await;
    let create = |schema| ["tenant", "create", "--name=New", schema, "--domain=new.example"];
    let differs = ["tenant", "create", "--name=Acme", "--schema=acme", "--domain=other.example"];
    for (arguments, code, reason, words) in [
        (
            &create("--schema=a b")[..],
            2,
            "invalid",
            "schema: `a b` may hold letters a to z, digits and _ only; `a_b` would do",
        ),
        (&create("--schema=orphan"), 1, "schema_taken", "no tenant owns it"),
        (&differs, 1, "tenant_differs", "Acme (schema acme) exists already and differs in primary_domain"),
        (&["tenant", "show", "nobody"], 1, "tenant_not_found", "no tenant has the schema nobody"),
        (&["verify", "nobody"], 1, "tenant_not_found", "no tenant has the schema nobody"),
        (&["domain", "list", "--tenant=nobody"], 1, "tenant_not_found", "nobody"),
        (
            &["domain", "remove", "nobody.example"],
            1,
            "domain_not_found",
            "no tenant has the domain nobody.example",
        ),
        (
            &["domain", "add", "acme", "http://x.example/"],
            2,
            "invalid",
            "domains[0]: `http://x.example/` is a URL, not a host name; `x.example` would do",
        ),
        (&["catalog", "import", "/no/such/file"], 2, "file", "/no/such/file"),
        (&["catalog", "sync", "--tenant=nobody"], 1, "tenant_not_found", "nobody"),
    ] {
        let (found, error) = tenantry.error(arguments);
        assert_eq!((found, &error["code"]), (code, &json!(reason)), "{arguments:?}: {error:#}");
        let answer = tenantry.run(arguments);
        assert_eq!((answer.code, answer.stdout.as_str()), (code, ""), "{arguments:?}");
        assert!(answer.stderr.contains(words), "{arguments:?}: {}", answer.stderr);
    }
    platform.assert_unchanged(&before).await;
}

#[test]
fn what_cannot_be_understood_is_bad_input_for_programs_too() {
    let folder = folder();
    let tenantry = Tool::in_folder(folder.path());
    for arguments in [
        &["tenant", "create", "--schema=x", "--domain=x.example"][..],
        &["tenant", "create", "--name=X", "--domain=x.example", "--set", "seats_allowed"],
        &["tenant", "create", "--name=X", "--domain=x.example", "--on-alias-conflict=maybe"],
        &["no", "such", "command"],
        &["status", "--database-url", "postgres://u@localhost/d"],
    ] {
        let (code, error) = tenantry.error(arguments);
        assert_eq!((code, &error["code"]), (2, &json!("usage")), "{arguments:?}: {error:#}");
        assert!(error["message"].as_str().is_some_and(|message| message.contains("error: ")), "{error:#}");
        let answer = tenantry.run(arguments);
        assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(answer.stderr.starts_with("error: "), "{}", answer.stderr);
    }
    let help = tenantry.run(&["--json", "--help"]);
    assert_eq!((help.code, help.stdout.contains("Usage: tenantry")), (0, true), "help is no error");
}

#[tokio::test]
async fn a_place_without_a_platform_has_an_exit_code_of_its_own_and_no_answer_holds_a_password() {
    let elsewhere = Database::new().await;
    elsewhere.execute("DROP SCHEMA tenantry CASCADE").await;
    let host = &elsewhere.connection.host;
    let foreign =
        format!("postgres://tenantry:canary@localhost/{}?host={host}", elsewhere.connection.database);
    let missing = format!("postgres://tenantry:canary@localhost/no_such_database?host={host}");
    for (url, code, reason) in [
        ("postgres://u:canary@127.0.0.1:1/d", 3, "no_database"),
        (missing.as_str(), 3, "no_database"),
        (foreign.as_str(), 3, "not_a_platform"),
        ("postgres://u:canary@h/d?connect_timeout=canary", 2, "invalid"),
        ("postgres://u:canary@h/d?password=canary", 2, "invalid"),
        ("postgres://u:canary@h/d?sslmode=canary", 2, "invalid"),
        ("postgres://u:can%FFary@h/d", 2, "invalid"),
        ("postgres://u:canary@h:99999/d", 2, "invalid"),
        ("postgres://u:canary@db.example.com/d?sslmode=disable", 2, "invalid"),
        ("mysql://u:canary@h/d", 2, "invalid"),
        ("canary", 2, "invalid"),
    ] {
        for flags in [&["--json"][..], &[]] {
            let mut command = Tool::told_nothing().command(&[flags, &["status"]].concat());
            command.env("TENANTRY_DATABASE_URL", url).env("TENANTRY_LOG", "trace");
            let answer = Answer::of(command);
            assert_eq!(answer.code, code, "{url}: {}", answer.stderr);
            assert!(
                !format!("{}{}", answer.stdout, answer.stderr).contains("canary"),
                "{url}: {}{}",
                answer.stdout,
                answer.stderr
            );
            if !flags.is_empty() {
                assert_eq!(answer.json()["error"]["code"], json!(reason), "{url}");
            }
        }
    }
}

#[tokio::test]
async fn an_interrupt_cancels_and_leaves_nothing() {
    let (platform, tenantry) = two_tenants().await;
    let before = platform.fingerprint().await;
    let mut writer = platform.session().await;
    execute(&mut writer, "BEGIN; LOCK TABLE public.accounts_user IN ROW EXCLUSIVE MODE").await.unwrap();
    let create = ["--json", "tenant", "create", "--name=New", "--schema=new", "--domain=new.example"];
    let waiting = tenantry.command(&create).spawn().unwrap();
    let at_work = "SELECT pid::text FROM pg_locks
                   WHERE relation = 'public.accounts_user'::regclass AND NOT granted";
    until("it waits for the users", async || !platform.lines(at_work).await.is_empty()).await;
    kill_process(Pid::from_child(&waiting), Signal::INT).unwrap();
    let answer = Answer::from(waiting.wait_with_output().unwrap());
    assert_eq!((answer.code, &answer.json()["error"]["code"]), (1, &json!("cancelled")));
    platform.assert_nothing_kept(&before).await;
}

#[tokio::test]
async fn while_a_server_is_kept_running_others_use_it() {
    let folder = folder();
    let tenantry = Tool::in_folder(&folder.path().join("data"));
    let mut server = tenantry.command(&["server"]).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let place: Value = serde_json::from_str(&line).unwrap();
    let socket = std::path::PathBuf::from(place["socketDir"].as_str().unwrap());
    assert_eq!((&place["user"], &place["database"]), (&json!("tenantry"), &json!("platform")));

    tenantry.done(&ACME);
    assert!(socket.join(".s.PGSQL.5432").exists(), "a guest leaves the server running");
    kill_process(Pid::from_child(&server), Signal::INT).unwrap();
    assert_eq!(server.wait().unwrap().code(), Some(0));
    assert!(!socket.exists(), "the server is stopped");
    assert_eq!(tenantry.done(&["tenant", "list"])["tenants"][0]["schema"], json!("acme"));
}

#[tokio::test]
async fn many_tenants_are_created_from_a_file_and_bad_rows_stop_no_good_ones() {
    let (platform, tenantry) = two_tenants().await;
    let files = folder();
    let path = |name: &str| files.path().join(name).display().to_string();
    let rows = "Company;Web;Alias\r\nInitech;initech.example;app.initech.example\r\nBad;bad;\r\nAcme;acme.example;app.acme.example\r\n";
    std::fs::write(path("given.csv"), rows).unwrap();
    let create = ["tenant", "create-many", &path("given.csv")];

    let before = platform.fingerprint().await;
    let (code, error) = tenantry.error(&create);
    assert_eq!((code, &error["problems"][0]["field"]), (2, &json!("primary_domain")), "{error:#}");
    let map = ["--map", "web=domain", "--result", &path("result.csv")];
    let (code, planned) = tenantry.json(&[&create[..], &map[..], &["--plan"][..]].concat());
    let verdicts: Vec<_> =
        planned["check"]["rows"].as_array().unwrap().iter().map(|row| &row["verdict"]["verdict"]).collect();
    assert_eq!((code, verdicts), (1, vec![&json!("new"), &json!("invalid"), &json!("exists")]));
    platform.assert_unchanged(&before).await;

    let (code, done) = tenantry.json(&[&create[..], &map[..]].concat());
    assert_eq!((code, &done["job"]["done"], &done["job"]["total"]), (1, &json!(1), &json!(1)), "{done:#}");
    let operation = done["items"][0]["operation"].as_str().unwrap();
    let result = std::fs::read_to_string(path("result.csv")).unwrap();
    let lines: Vec<_> = result.lines().collect();
    assert_eq!(lines[0], "Company;Web;Alias;outcome;detail;operation");
    assert_eq!(lines[1], format!("Initech;initech.example;app.initech.example;created;;{operation}"));
    assert!(lines[2].starts_with("Bad;bad;;invalid;primary_domain: "), "{result}");
    assert_eq!(lines[3], "Acme;acme.example;app.acme.example;exists;;");

    // The result is a file like any other, and says all that there is to do about it: nothing.
    let again = tenantry.run(&["tenant", "create-many", &path("result.csv"), "--map", "web=domain"]);
    assert_eq!(again.code, 1);
    assert!(again.stdout.contains("3 rows: 0 new, 2 exist already, 1 that"), "{}", again.stdout);
    assert_eq!(tenantry.done(&["undo", operation])["changes"][0]["change"], json!("move_to_trash"));
}

#[tokio::test]
async fn a_job_is_taken_back_whole_and_what_stays_is_named() {
    let (platform, tenantry) = two_tenants().await;
    let suspended = tenantry.done(&["tenant", "suspend", "acme", "globex_corp"]);
    let job = suspended["job"]["id"].as_str().unwrap();
    let before = platform.fingerprint().await;
    let planned = tenantry.run(&["job", "undo", job, "--plan"]).stdout;
    assert_eq!(planned, "2 of 2 operations can be taken back.\n");
    platform.assert_unchanged(&before).await;

    tenantry.done(&["undo", suspended["items"][0]["operation"].as_str().unwrap()]);
    tenantry.done(&["tenant", "delete", "globex_corp"]);
    let planned = tenantry.run(&["job", "undo", job, "--plan"]).stdout;
    assert!(planned.starts_with("0 of 2 operations can be taken back; not as things stand: 1;"), "{planned}");
    let (code, undone) = tenantry.json(&["job", "undo", job]);
    assert_eq!((code, &undone["job"]["failed"], &undone["job"]["total"]), (1, &json!(1), &json!(1)));
    assert_eq!(undone["undo"]["counts"]["alreadyUndone"], json!(1));
    tenantry.done(&["tenant", "restore", "globex_corp"]);
    let retried = tenantry.done(&["job", "retry", undone["job"]["id"].as_str().unwrap()]);
    assert_eq!(retried["job"]["done"], json!(1));
    let (code, error) = tenantry.error(&["job", "undo", job]);
    assert_eq!((code, &error["why"]), (1, &json!("nothing_to_undo")));
}

#[tokio::test]
async fn a_template_that_is_behind_is_told_of_by_every_command_that_makes_tenants() {
    let (platform, tenantry) = two_tenants().await;
    tenantry.done(&["blueprint", "use", "acme"]);
    let migration =
        "INSERT INTO globex_corp.django_migrations (app, name, applied) VALUES ('roles', '0002_more', now())";
    platform.execute(migration).await;
    let folder = folder();
    let file = folder.path().join("new.csv").display().to_string();
    std::fs::write(&file, "name,domain\nInitech,initech.example\nHooli,hooli.example\n").unwrap();
    let create = ["tenant", "create", "--name=Umbrella", "--domain=umbrella.example"];
    let many = ["tenant", "create-many", &file];
    for command in [&create[..], &["tenant", "clone", "acme", "copy"], &many[..]] {
        let words = tenantry.run(&[command, &["--plan"]].concat()).stdout;
        let told = "  note: acme lacks migrations that another tenant has: roles.0002_more\n";
        assert_eq!(words.matches(told).count(), 1, "{words}");
    }
    let created = tenantry.done(&create);
    assert_eq!(created["findings"][0]["lacks"], json!(["roles.0002_more"]));
    assert_eq!(tenantry.done(&many)["check"]["findings"], json!([]), "one of two others is not most");
}

#[tokio::test]
async fn the_health_of_the_fleet_is_answered_written_as_a_page_and_explained_as_sql() {
    let (platform, tenantry) = two_tenants().await;
    let folder = folder();
    let page = folder.path().join("health.html").display().to_string();
    let answer = tenantry.done(&["health", "--html", &page]);
    assert_eq!((&answer["passed"], &answer["health"]["groups"][0]["tenants"]), (&json!(true), &json!(2)));
    assert!(std::fs::read_to_string(&page).unwrap().contains("Globex Corp"));

    platform
        .execute("CREATE INDEX by_hand ON acme.registry_app (name); DROP TABLE acme.workflows_workflowrun")
        .await;
    let (code, answer) = tenantry.json(&["health", "acme"]);
    assert_eq!((code, &answer["passed"]), (1, &json!(false)), "{answer:#}");
    let findings = answer["health"]["tenants"][0]["findings"].as_array().unwrap();
    let missing = |finding: &&Value| finding["symptom"]["symptom"] == json!("object_missing");
    assert_eq!(findings.iter().filter(missing).count(), 1, "{findings:#?}");
    let script = tenantry.run(&["health", "acme", "--sql"]).stdout;
    assert!(script.contains(r#"CREATE TABLE "workflows_workflowrun""#), "{script}");
    assert!(script.contains(r#"-- DROP INDEX "by_hand";"#), "{script}");
    assert_eq!(tenantry.error(&["health", "nobody"]).1["code"], json!("tenant_not_found"));
    assert_ne!(tenantry.run(&["health", "--sql"]).code, 0, "as SQL, one tenant at a time");
}
