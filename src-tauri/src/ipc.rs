//! The border to the window: the commands, with the types that TypeScript gets of them.

use tauri::Wry;
use tauri_specta::{Builder, collect_commands};

use crate::commands::{
    blueprint, catalog, domains, health, jobs, many, operations, platform, tenants, verify,
};

pub fn builder() -> Builder<Wry> {
    Builder::<Wry>::new().disable_serde_phases().commands(collect_commands![
        platform::status,
        platform::use_private_server,
        platform::connect_server,
        platform::create_platform,
        platform::inspect_server,
        platform::plan_adoption,
        platform::adopt_platform,
        platform::plan_leaving,
        platform::leave_platform,
        tenants::list_tenants,
        tenants::tenant_page,
        tenants::attribute_columns,
        tenants::suggest_schema,
        tenants::check_tenant,
        tenants::trash,
        many::choose_csv,
        many::choose_csv_result,
        many::read_csv,
        many::check_csv,
        many::create_from_csv,
        many::save_csv_result,
        blueprint::blueprint_choice,
        blueprint::propose_reference_rows,
        domains::list_domains,
        domains::check_domain,
        domains::find_domains,
        domains::domain_names,
        domains::domain_counts,
        domains::inspect_domains,
        domains::who_answers,
        domains::domain_policy,
        domains::choose_domain_file,
        domains::choose_domain_target,
        domains::read_domain_import,
        domains::check_domain_import,
        domains::save_domain_import,
        domains::hand_over_domains,
        domains::save_domains,
        domains::domain_detail,
        domains::check_domains,
        domains::check_all_domains,
        domains::prove_domain,
        catalog::master_catalog,
        catalog::catalog_releases,
        catalog::release_difference,
        catalog::catalog_fleet,
        catalog::compare_catalogs,
        catalog::catalog_heat_map,
        catalog::copy_difference,
        catalog::catalog_receipts,
        catalog::catalog_history,
        catalog::preview_catalog_sync,
        catalog::check_config_schema,
        catalog::export_catalog,
        catalog::catalog_usage,
        catalog::preview_retirement,
        catalog::choose_folder,
        catalog::choose_file,
        operations::plan,
        operations::apply,
        operations::apply_all,
        operations::load_example,
        verify::verify,
        health::health,
        health::health_difference,
        health::export_health,
        operations::cancel,
        operations::journal,
        operations::check_journal,
        jobs::jobs,
        jobs::job_items,
        jobs::create_job,
        jobs::control_job,
        jobs::plan_job_undo,
        jobs::undo_job,
    ])
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use specta_typescript::Typescript;

    use super::builder;
    use crate::commands::COMMANDS;

    const BINDINGS: &str = "ui/src/ipc/bindings.ts";
    const CAPABILITY: &str = include_str!("../capabilities/main.json");

    fn generate(path: &Path) {
        builder()
            .export(Typescript::default(), path)
            .expect("the commands' types can be written as TypeScript");
    }

    #[test]
    fn the_bindings_of_the_window_are_those_of_the_commands() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join(BINDINGS);
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            generate(&committed);
            return;
        }
        let fresh = std::env::temp_dir().join(format!("tenantry-bindings-{}.ts", std::process::id()));
        generate(&fresh);
        let [found, wanted] =
            [&committed, &fresh].map(|path| std::fs::read_to_string(path).expect("the bindings can be read"));
        std::fs::remove_file(&fresh).expect("the fresh bindings can be removed");
        assert!(found == wanted, "{BINDINGS} is out of date; run `cargo xtask bindings`");
    }

    #[test]
    fn the_window_is_allowed_every_declared_command_and_nothing_else() {
        let allowed: Vec<_> =
            CAPABILITY.lines().filter_map(|line| line.trim().strip_prefix("\"allow-")).collect();
        let allowed: Vec<_> =
            allowed.iter().map(|line| line.trim_end_matches([',', '"']).replace('-', "_")).collect();
        assert_eq!(allowed, COMMANDS);
        assert!(!CAPABILITY.contains(":default"), "no permission of Tauri's own");
    }
}
