//! What is wrong with a config schema: it has to be a JSON object, and a JSON Schema.

use jsonschema::meta;
use serde::Serialize;
use serde_json::Value;
use specta::Type;

/// Something in a config schema that JSON Schema does not allow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SchemaProblem {
    /// A JSON pointer into the schema; empty for the whole.
    pub pointer: String,
    pub reason: String,
    /// Line and column from 1, where the text is no JSON at all.
    pub line: Option<u32>,
    pub column: Option<u32>,
}

impl SchemaProblem {
    fn of_the_whole(reason: impl Into<String>) -> Self {
        Self { pointer: String::new(), reason: reason.into(), line: None, column: None }
    }

    fn of_the_text(error: &serde_json::Error) -> Self {
        let full = error.to_string();
        let reason = full.split(" at line ").next().unwrap_or(&full).to_owned();
        let count = |n: usize| u32::try_from(n).ok();
        Self { pointer: String::new(), reason, line: count(error.line()), column: count(error.column()) }
    }
}

impl std::fmt::Display for SchemaProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.pointer, self.line, self.column) {
            (_, Some(line), Some(column)) => write!(f, "{} (line {line}, column {column})", self.reason),
            (pointer, ..) if pointer.is_empty() => f.write_str(&self.reason),
            (pointer, ..) => write!(f, "{} at {pointer}", self.reason),
        }
    }
}

/// What is wrong with a config schema: nothing, if it is a JSON object that is a JSON Schema. What it refers to elsewhere is
/// not fetched.
pub fn check_config_schema(text: &str) -> Vec<SchemaProblem> {
    let schema = match serde_json::from_str(text) {
        Err(error) => return vec![SchemaProblem::of_the_text(&error)],
        Ok(Value::Object(empty)) if empty.is_empty() => return Vec::new(),
        Ok(schema) => schema,
    };
    if !schema.is_object() {
        return vec![SchemaProblem::of_the_whole(format!("is {}, not an object", kind(&schema)))];
    }
    if holds_nul(&schema) {
        return vec![SchemaProblem::of_the_whole("holds the character NUL")];
    }
    match meta::validator_for(&schema) {
        Err(error) => vec![SchemaProblem::of_the_whole(error.to_string())],
        Ok(validator) => validator
            .iter_errors(&schema)
            .map(|error| SchemaProblem {
                pointer: error.instance_path().to_string(),
                reason: error.to_string(),
                line: None,
                column: None,
            })
            .collect(),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// PostgreSQL stores every character but this one. The parser has limited how deep this goes.
fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields.iter().any(|(key, value)| key.contains('\0') || holds_nul(value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons(text: &str) -> Vec<String> {
        check_config_schema(text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_json_schema_of_any_draft_is_accepted() {
        for text in [
            "{}",
            r#"{"type": "object", "properties": {"url": {"type": "string", "format": "uri"}}}"#,
            r#"{"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"a": {"type": "null"}}}"#,
            r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": "https://elsewhere.example/s.json"}"#,
            r#"{"__proto__": {}, "unknown words": [1]}"#,
        ] {
            assert_eq!(reasons(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn every_fault_is_named_with_its_place() {
        let found = check_config_schema(
            r#"{"type": "strin", "properties": {"a/b": {"minLength": -1}}, "required": "a"}"#,
        );
        let mut places: Vec<_> = found.iter().map(|problem| problem.pointer.as_str()).collect();
        places.sort_unstable();
        assert_eq!(places, ["/properties/a~1b/minLength", "/required", "/type"], "{found:?}");
    }

    #[test]
    fn what_is_no_json_has_a_line_and_a_column() {
        let found = check_config_schema("{\n\"type\": }");
        assert_eq!((found[0].line, found[0].column), (Some(2), Some(9)));
        assert_eq!(reasons("{\n\"type\": }"), ["expected value (line 2, column 9)"]);
        assert_eq!(check_config_schema("").len(), 1);
    }

    #[test]
    fn what_is_no_schema_is_refused() {
        assert_eq!(reasons("[]"), ["is a list, not an object"]);
        assert_eq!(reasons("true"), ["is a truth value, not an object"]);
        assert_eq!(reasons(r#"{"title": "a\u0000b"}"#), ["holds the character NUL"]);
        assert_eq!(reasons(r#"{"title": "the six characters \\u0000"}"#), Vec::<String>::new());
        assert_eq!(reasons(r#"{"$schema": "https://elsewhere.example/own"}"#).len(), 1);
        let deep = format!("{}1{}", "{\"not\":".repeat(10_000), "}".repeat(10_000));
        assert!(reasons(&deep)[0].contains("recursion limit"));
    }
}
