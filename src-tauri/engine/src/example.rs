//! An example platform: a dozen tenants, their domains and a catalog, for somebody who wants to look around.

use crate::catalog::{self, CatalogSource, Incoming, MakeRelease, MasterAtom, MasterVersion};
use crate::operations::{self, Intent, Item, Run};
use crate::tenants::{Attribute, CreateTenant, OnTaken};
use crate::{Engine, Result};

/// Name, schema, primary domain, alias domains, seats, project cap.
type Tenant = (&'static str, &'static str, &'static str, &'static [&'static str], u32, u32);

/// The domains are of the kind that RFC 2606 reserves for examples.
#[rustfmt::skip]
const TENANTS: &[Tenant] = &[
    ("Alder Analytics", "alder_analytics", "alder.example", &["app.alder.example", "localhost"], 40, 12),
    ("Birch & Sons", "birch_and_sons", "birch-sons.example", &[], 8, 3),
    ("Cedar Clinics", "cedar_clinics", "cedar-clinics.example", &["patients.cedar-clinics.example"], 120, 30),
    ("Dogwood Design", "dogwood_design", "dogwood.example", &["127.0.0.1"], 15, 10),
    ("Elm Energy", "elm_energy", "elm-energy.example", &["grid.elm-energy.example"], 60, 25),
    ("Fir Freight", "fir_freight", "fir-freight.example", &[], 35, 8),
    ("Ginkgo Games", "ginkgo_games", "ginkgo.example", &["play.ginkgo.example", "beta.ginkgo.example"], 25, 40),
    ("Hazel Housing", "hazel_housing", "hazel-housing.example", &[], 18, 5),
    ("Ivy Insurance", "ivy_insurance", "ivy.example", &["claims.ivy.example"], 200, 50),
    ("Juniper Journals", "juniper_journals", "juniper.example", &[], 12, 6),
    ("Kauri Kitchens", "kauri_kitchens", "kauri.example", &["kitchen.localhost"], 10, 4),
    ("Lärche Logistik", "laerche_logistik", "lärche.example", &["versand.lärche.example"], 75, 20),
];

/// Category, its description, and its atoms: slug, name, description, versions.
type CategoryOfAtoms = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str, &'static [&'static str])],
);

#[rustfmt::skip]
const CATALOG: &[CategoryOfAtoms] = &[
    ("Input", "Where data comes from", &[
        ("csv-import", "CSV Import", "Reads tables from files", &["1.0", "1.1", "2.0"]),
        ("rest-source", "REST Source", "Reads records from a web service", &["1.0"]),
        ("mail-inbox", "Mail Inbox", "Reads messages and their attachments", &["0.9", "1.0"]),
    ]),
    ("Transformation", "What is done with it", &[
        ("clean-text", "Clean Text", "Trims, folds and normalises text", &["1.0"]),
        ("deduplicate", "Deduplicate", "Finds rows that mean the same", &["1.0", "1.1"]),
        ("join-tables", "Join Tables", "Brings tables together by their keys", &["1.0"]),
        ("summarise", "Summarise", "Counts, sums and averages", &["1.0", "2.0"]),
    ]),
    ("Output", "Where results go", &[
        ("pdf-report", "PDF Report", "Writes a report", &["1.0", "1.1"]),
        ("web-hook", "Web Hook", "Tells another system", &["1.0"]),
        ("dashboard", "Dashboard", "Shows figures as they change", &["1.0"]),
    ]),
];

/// The catalog of the example.
pub(crate) fn catalog() -> Incoming {
    let mut incoming = Incoming::default();
    for (category, description, atoms) in CATALOG {
        incoming.describe((*category).into(), (*description).into());
        for (slug, name, description, versions) in *atoms {
            let versions = versions.iter().map(|version| MasterVersion::plain((*version).into())).collect();
            let (slug, name, description) = ((*slug).into(), (*name).into(), (*description).into());
            incoming.atoms.push(MasterAtom {
                slug,
                name,
                description,
                category: (*category).into(),
                versions,
            });
        }
    }
    incoming
}

/// Fills the platform: first the catalog with its first release, then the tenants, each an operation of its own. A tenant that cannot be made,
/// because a domain is taken say, does not keep the others away.
pub async fn load(engine: &Engine, run: &Run<'_>) -> Result<Vec<Item>> {
    let import = operations::plan(engine, Intent::ImportCatalog(CatalogSource::Example)).await?;
    operations::apply(engine, &import, run).await?;
    if catalog::releases(engine).await?.unreleased > 0 {
        let release = Intent::ReleaseCatalog(MakeRelease { notes: "The example's catalog".into() });
        let release = operations::plan(engine, release).await?;
        operations::apply(engine, &release, run).await?;
    }
    let mut plans = Vec::with_capacity(TENANTS.len());
    let mut refused = Vec::new();
    for request in TENANTS.iter().map(request) {
        let subject = request.schema.clone();
        match operations::plan(engine, Intent::CreateTenant(request)).await {
            Ok(plan) => plans.push(plan),
            Err(error) => refused.push(Item { subject, operation: None, failure: Some(error.to_string()) }),
        }
    }
    let items = operations::apply_all(engine, &plans, run).await?;
    Ok(items.into_iter().chain(refused).collect())
}

fn request(&(name, schema, primary, aliases, seats, projects): &Tenant) -> CreateTenant {
    let attribute =
        |column: &str, value: u32| Attribute { column: column.into(), value: Some(value.to_string()) };
    CreateTenant {
        name: name.into(),
        schema: schema.into(),
        primary_domain: primary.into(),
        aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
        attributes: vec![attribute("seats_allowed", seats), attribute("project_cap", projects)],
        on_taken_alias: OnTaken::Skip,
    }
}
