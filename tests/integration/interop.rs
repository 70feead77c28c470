//! The platform's own application, a Django project, finds what it would have made itself.

use std::io::{Write as _, stdout};
use std::path::Path;
use std::process::Command;

use tenantry_engine::catalog::CatalogSource;
use tenantry_engine::operations::Intent;
use tenantry_engine::tenants::CreateTenant;

use crate::console::Platform;
use crate::support::tenant;

#[tokio::test]
async fn django_finds_nothing_to_do_and_works_with_what_it_finds() {
    let python = std::env::var_os("TENANTRY_DJANGO_PYTHON")
        .expect("TENANTRY_DJANGO_PYTHON names a Python with Django: run `cargo xtask test`, which makes one");
    let platform = Platform::new().await;
    platform.apply(Intent::ImportCatalog(CatalogSource::Example)).await.unwrap();
    let aliases = vec!["localhost".into(), "127.0.0.1".into(), "münchen.example".into()];
    let request =
        CreateTenant { aliases, ..tenant("Quant Matrix AI", "Quant_Matrix_AI_Schema", "quantmatrix.ai") };
    platform.apply(Intent::CreateTenant(request)).await.unwrap();
    platform.add_tenant("Acme Foods", "acme_foods", "acme-foods.example").await;

    let to = &platform.connection;
    let mut pytest = Command::new(python);
    pytest.args(["-B", "-m", "pytest", "--quiet"]);
    pytest.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/django"));
    pytest.env("PGHOST", &to.host).env("PGPORT", to.port.to_string()).env("PGUSER", &to.user);
    pytest.env("PGDATABASE", &to.database).env("TENANT_SCHEMA", "Quant_Matrix_AI_Schema");
    pytest
        .env("TENANT_HOST", "quantmatrix.ai")
        .env("TENANT_ALIASES", "localhost,127.0.0.1,xn--mnchen-3ya.example");
    let output = pytest.output().expect("the Python that TENANTRY_DJANGO_PYTHON names can be run");
    let said = String::from_utf8_lossy(&output.stdout);
    // Past the test runner, which shows what a test prints only when it fails.
    writeln!(stdout(), "{}", said.trim_end().lines().last().unwrap_or_default()).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}
