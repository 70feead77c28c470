//! Names for new schemas, made for the weakest reader: django-tenants puts them into SQL by interpolation, compares
//! them without case, and cuts them at 63 characters where PostgreSQL cuts at 63 bytes.

use unicode_normalization::UnicodeNormalization;

use super::{Problem, Rule, SchemaName};

/// PostgreSQL cuts longer names.
const MAX: usize = 63;
const MIN: usize = 2;
const FIELD: &str = "schema";

/// The words that PostgreSQL 18 reserves (`pg_get_keywords()`, categories R and T).
const KEYWORDS: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "false",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "select",
    "session_user",
    "similar",
    "some",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
];

/// Checks the name of a schema that is to be made. Case is kept, so `Quant_Matrix_AI_Schema` stays as it is.
pub fn parse_new_schema(input: &str) -> Result<SchemaName, Problem> {
    let refuse = |rule| Err(Problem::new(FIELD, input, rule).suggest(suggestion_for(input)));
    if input.is_empty() {
        return Err(Problem::new(FIELD, input, Rule::Required));
    }
    if !input.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return refuse(Rule::SchemaCharacters);
    }
    if input.len() > MAX {
        return refuse(Rule::TooLong { max: 63 });
    }
    if !input.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return refuse(Rule::SchemaStart);
    }
    if input.len() < MIN {
        return Err(Problem::new(FIELD, input, Rule::TooShort { min: 2 }));
    }
    let lower = input.to_ascii_lowercase();
    if is_reserved(&lower) {
        return refuse(Rule::SchemaReserved);
    }
    if KEYWORDS.contains(&lower.as_str()) {
        return refuse(Rule::SchemaKeyword);
    }
    Ok(SchemaName::existing(input))
}

/// A schema name that fits a tenant's name: lower case, ASCII, words joined by `_`. Empty where nothing is left of it.
pub fn suggest_schema(name: &str) -> String {
    let mut suggestion = String::new();
    for c in name.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        if c.is_ascii_alphanumeric() {
            suggestion.push(c.to_ascii_lowercase());
        } else if !suggestion.is_empty() && !suggestion.ends_with('_') {
            suggestion.push('_');
        }
    }
    suggestion.truncate(MAX);
    let trimmed = suggestion.trim_end_matches('_');
    match trimmed {
        "" => String::new(),
        s if is_reserved(s)
            || KEYWORDS.contains(&s)
            || s.len() < MIN
            || s.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            format!("tenant_{s}").chars().take(MAX).collect()
        }
        s => s.to_owned(),
    }
}

fn suggestion_for(input: &str) -> Option<String> {
    Some(suggest_schema(input)).filter(|s| !s.is_empty())
}

fn is_reserved(lower: &str) -> bool {
    lower.starts_with("pg_")
        || lower.starts_with("tenantry")
        || lower.starts_with("zz_trash_")
        || matches!(lower, "public" | "information_schema")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mixed_case_name_is_kept_as_it_is() {
        assert_eq!(parse_new_schema("Quant_Matrix_AI_Schema").unwrap().as_str(), "Quant_Matrix_AI_Schema");
    }

    #[test]
    fn names_that_some_reader_would_misread_are_refused() {
        use Rule::{
            Required, SchemaCharacters, SchemaKeyword, SchemaReserved, SchemaStart, TooLong, TooShort,
        };
        let long = "a".repeat(64);
        let accents = "é".repeat(33);
        for (input, rule, suggestion) in [
            ("", Required, None),
            (long.as_str(), TooLong { max: 63 }, Some("a".repeat(63))),
            (accents.as_str(), SchemaCharacters, Some("e".repeat(33))),
            ("pg_x", SchemaReserved, Some("tenant_pg_x".into())),
            ("PG_x", SchemaReserved, Some("tenant_pg_x".into())),
            ("public", SchemaReserved, Some("tenant_public".into())),
            ("information_schema", SchemaReserved, Some("tenant_information_schema".into())),
            ("tenantry_private", SchemaReserved, Some("tenant_tenantry_private".into())),
            ("Tenantry", SchemaReserved, Some("tenant_tenantry".into())),
            (r#"a"b"#, SchemaCharacters, Some("a_b".into())),
            ("a'b", SchemaCharacters, Some("a_b".into())),
            ("a;drop schema b;--", SchemaCharacters, Some("a_drop_schema_b".into())),
            ("a\0b", SchemaCharacters, Some("a_b".into())),
            (" ", SchemaCharacters, None),
            ("a b", SchemaCharacters, Some("a_b".into())),
            ("acme\n", SchemaCharacters, Some("acme".into())),
            ("a.b", SchemaCharacters, Some("a_b".into())),
            ("a-b", SchemaCharacters, Some("a_b".into())),
            ("1abc", SchemaStart, Some("tenant_1abc".into())),
            ("_x", SchemaStart, Some("tenant_x".into())),
            ("select", SchemaKeyword, Some("tenant_select".into())),
            ("Default", SchemaKeyword, Some("tenant_default".into())),
            ("current_user", SchemaKeyword, Some("tenant_current_user".into())),
            ("аcme", SchemaCharacters, Some("cme".into())),
            ("名前", SchemaCharacters, None),
            ("a/../b", SchemaCharacters, Some("a_b".into())),
            (r"a\b", SchemaCharacters, Some("a_b".into())),
            ("x%s", SchemaCharacters, Some("x_s".into())),
            ("$(id)", SchemaCharacters, Some("id".into())),
            ("a", TooShort { min: 2 }, None),
        ] {
            let problem = parse_new_schema(input).expect_err(input);
            assert_eq!((&problem.rule, &problem.suggestion), (&rule, &suggestion), "{input:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_suggestion_is_always_accepted(name in ".{0,80}") {
            let suggestion = suggest_schema(&name);
            if !suggestion.is_empty() {
                proptest::prop_assert!(parse_new_schema(&suggestion).is_ok(), "{:?} -> {:?}", name, suggestion);
            }
        }
    }
}
