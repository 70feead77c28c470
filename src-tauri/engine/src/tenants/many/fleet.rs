//! The names that are in use on a platform, to be asked for many requests.

use std::collections::{HashMap, HashSet};

use super::store::Known;
use crate::names::{SchemaName, suggest_schema};
use crate::tenants::store::NamesInUse;
use crate::tenants::{CreateTenant, Owner, first_free};

pub(super) struct Fleet {
    known: HashMap<String, Known>,
    /// Schemas by their tenants' names.
    by_name: HashMap<String, Vec<String>>,
    /// Schemas by their names in lower case.
    by_lower_case: HashMap<String, Vec<String>>,
}

impl Fleet {
    pub(super) fn of(known: Vec<Known>) -> Self {
        let mut by_name: HashMap<String, Vec<String>> = HashMap::new();
        let mut by_lower_case: HashMap<String, Vec<String>> = HashMap::new();
        for Known { schema, name, .. } in &known {
            by_lower_case.entry(schema.to_lowercase()).or_default().push(schema.clone());
            if let Some(name) = name {
                by_name.entry(name.clone()).or_default().push(schema.clone());
            }
        }
        let known = known.into_iter().map(|known| (known.schema.clone(), known)).collect();
        Self { known, by_name, by_lower_case }
    }

    /// The tenant of a schema, and whether the schema is there.
    pub(super) fn tenant(&self, schema: &str) -> Option<(Owner, bool)> {
        let Known { schema, name, has_schema, deleted } = self.known.get(schema)?;
        let name = name.clone().filter(|_| !deleted)?;
        Some((Owner { schema: SchemaName::existing(schema.clone()), name }, *has_schema))
    }

    /// Who has the names of a request.
    pub(super) fn names_in_use(&self, request: &CreateTenant) -> NamesInUse {
        let schema = request.schema.as_str();
        let other_of = |schemas: Option<&Vec<String>>| {
            schemas.into_iter().flatten().filter(|other| *other != schema).min().cloned()
        };
        NamesInUse {
            name_of: other_of(self.by_name.get(request.name.trim())).map(SchemaName::existing),
            is_tenant: self.tenant(schema).is_some(),
            schema_exists: self.known.get(schema).is_some_and(|known| known.has_schema),
            differing_in_case: other_of(self.by_lower_case.get(&schema.to_lowercase())),
        }
    }

    /// Gives schemas to requests that name none: the one that the tenant of that name has, or a free one that fits it.
    pub(super) fn suggest_schemas(&self, requests: &mut [CreateTenant]) {
        let given = requests.iter().map(|request| request.schema.to_lowercase());
        let mut taken: HashSet<String> = self.by_lower_case.keys().cloned().chain(given).collect();
        let mut suggested: HashMap<String, String> = HashMap::new();
        for request in requests.iter_mut().filter(|request| request.schema.is_empty()) {
            let name = request.name.trim();
            let named_so = self.by_name.get(name).into_iter().flatten();
            let there = named_so.filter(|schema| self.tenant(schema).is_some()).min();
            let schema = there.or_else(|| suggested.get(name)).cloned().unwrap_or_else(|| {
                let base = suggest_schema(name);
                if base.is_empty() { base } else { first_free(base, |name| taken.contains(name)) }
            });
            taken.insert(schema.to_lowercase());
            suggested.insert(name.to_owned(), schema.clone());
            request.schema = schema;
        }
    }
}
