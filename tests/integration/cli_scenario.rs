//! The scenario on the command line, word for word, on the private server and on somebody's.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::Database;
use crate::support::server::folder;
use crate::tool::Tool;

const QUANT_MATRIX: [&str; 15] = [
    "tenant",
    "create",
    "--name=Quant Matrix AI",
    "--schema=Quant_Matrix_AI_Schema",
    "--domain=quantmatrix.ai",
    "--alias=localhost",
    "--alias=127.0.0.1",
    "--set",
    "seats_allowed=20",
    "--set",
    "project_cap=5",
    "--set",
    "admin_name=Platform Team",
    "--set",
    "admin_email=admin@quantmatrix.ai",
];
const ACME_FOODS: [&str; 8] = [
    "tenant",
    "create",
    "--name=Acme Foods",
    "--schema=acme_foods",
    "--domain=acme-foods.example",
    "--alias=localhost",
    "--alias=127.0.0.1",
    "--alias=Shop.ACME-Foods.example.",
];

/// The catalog's two atoms as sub-folders, beside what is none.
fn atoms(folder: &Path) -> String {
    for name in ["pdf_export", "ai_summary", "__pycache__"] {
        std::fs::create_dir_all(folder.join("atoms").join(name)).unwrap();
    }
    folder.join("atoms").display().to_string()
}

/// An answer without what is new each time: the operation's name, which has to be one.
fn told(mut answer: Value) -> Value {
    if let Some(operation) = answer["operation"].take().as_str() {
        assert_eq!(operation.len(), 36, "{operation}");
        answer["operation"] = json!("some");
    }
    answer
}

fn domain(domain: &str, outcome: &str, owner: Option<(&str, &str)>) -> Value {
    let owner = owner.map(|(schema, name)| json!({ "schema": schema, "name": name }));
    json!({ "domain": domain, "outcome": outcome, "owner": owner })
}

fn tell(tenantry: &Tool, files: &Path) {
    let imported = tenantry.done(&["catalog", "import", &atoms(files)]);
    assert_eq!(imported["changes"][0]["added"].as_array().map(Vec::len), Some(2), "{imported:#}");

    let first = told(tenantry.done(&QUANT_MATRIX));
    let expected = json!({
        "operation": "some",
        "created": true,
        "tenant": { "schema": "Quant_Matrix_AI_Schema", "name": "Quant Matrix AI" },
        "domains": [
            domain("quantmatrix.ai", "added", None),
            domain("localhost", "added", None),
            domain("127.0.0.1", "added", None),
        ],
        "catalog": { "atoms": 2, "versions": 2 },
    });
    assert_eq!(first, expected);

    let quant = Some(("Quant_Matrix_AI_Schema", "Quant Matrix AI"));
    let second = told(tenantry.done(&ACME_FOODS));
    let expected = json!({
        "operation": "some",
        "created": true,
        "tenant": { "schema": "acme_foods", "name": "Acme Foods" },
        "domains": [
            domain("acme-foods.example", "added", None),
            domain("shop.acme-foods.example", "added", None),
            domain("localhost", "taken", quant),
            domain("127.0.0.1", "taken", quant),
        ],
        "catalog": { "atoms": 2, "versions": 2 },
    });
    assert_eq!(second, expected);

    let again = told(tenantry.done(&ACME_FOODS));
    let expected = json!({
        "operation": null,
        "created": false,
        "tenant": { "schema": "acme_foods", "name": "Acme Foods" },
        "domains": [
            domain("acme-foods.example", "yours_already", None),
            domain("localhost", "taken", quant),
            domain("127.0.0.1", "taken", quant),
            domain("shop.acme-foods.example", "yours_already", None),
        ],
        "catalog": { "atoms": 0, "versions": 0 },
    });
    assert_eq!(again, expected);

    let clone = ["tenant", "create", "--name=Clone", "--schema=clone", "--domain=QuantMatrix.ai"];
    let (code, error) = tenantry.error(&clone);
    assert_eq!(
        (code, &error["code"], &error["domain"]),
        (1, &json!("domain_taken"), &json!("quantmatrix.ai"))
    );
    assert_eq!(error["owner"], json!({ "schema": "Quant_Matrix_AI_Schema", "name": "Quant Matrix AI" }));

    let listed = tenantry.done(&["tenant", "list"]);
    let names: Vec<_> =
        listed["tenants"].as_array().unwrap().iter().map(|tenant| tenant["name"].clone()).collect();
    assert_eq!(names, ["Acme Foods", "Quant Matrix AI"], "the refused one left nothing");
    assert_eq!(tenantry.done(&["verify"])["passed"], json!(true));
}

#[test]
fn on_a_private_server_that_did_not_exist() {
    let folder = folder();
    let data = folder.path().join("data folder");
    let tenantry = Tool::in_folder(&data);
    tell(&tenantry, folder.path());
    let status = tenantry.done(&["status"]);
    assert_eq!((&status["tenants"], &status["domains"]), (&json!(2), &json!(5)));
    assert_eq!(status["place"], json!({ "place": "private", "dataDir": data.display().to_string() }));
    assert!(!data.join("postgres/postmaster.pid").exists(), "the server ends with the program");
}

#[tokio::test]
async fn on_a_server_of_somebody_elses() {
    let platform = Database::new().await;
    tell(&Tool::on(&platform.connection), folder().path());
}
