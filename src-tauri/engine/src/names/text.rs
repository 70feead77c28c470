//! Names of tenants and people: any text, as long as it can be shown for what it is.

use std::str::FromStr;

use email_address::EmailAddress;

use super::{Problem, Rule};

/// `tenants_tenant.name` is a `varchar(255)`.
const MAX_NAME: usize = 255;
/// Django's `EmailField`.
const MAX_EMAIL: usize = 254;

/// Checks a tenant's name; blanks around it are dropped.
pub fn parse_tenant_name(input: &str) -> Result<String, Problem> {
    let name = input.trim();
    if let Some(rule) = unreadable(name) {
        let cleaned: String = name.chars().filter(|c| !is_control(*c) && !turns_direction(*c)).collect();
        return Err(Problem::new("name", input, rule).suggest(Some(cleaned).filter(|s| !s.is_empty())));
    }
    if name.is_empty() {
        return Err(Problem::new("name", input, Rule::Required));
    }
    if name.chars().count() > MAX_NAME {
        return Err(Problem::new("name", input, Rule::TooLong { max: 255 }));
    }
    Ok(name.to_owned())
}

/// Checks an e-mail address; none at all is accepted.
pub fn parse_email(field: &str, input: &str) -> Result<String, Problem> {
    let email = input.trim();
    if email.len() > MAX_EMAIL {
        return Err(Problem::new(field, input, Rule::TooLong { max: 254 }));
    }
    if email.is_empty() || EmailAddress::from_str(email).is_ok_and(|e| !e.domain().is_empty()) {
        return Ok(email.to_owned());
    }
    Err(Problem::new(field, input, Rule::Email))
}

fn unreadable(text: &str) -> Option<Rule> {
    if text.chars().any(is_control) {
        Some(Rule::ControlCharacters)
    } else if text.chars().any(turns_direction) {
        Some(Rule::DirectionCharacters)
    } else {
        None
    }
}

pub(crate) fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The bidirectional formatting characters of Unicode (UAX 9, section 2), with which a name can pose as another.
pub(crate) fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_any_text_that_shows_what_it_is() {
        let longest = "n".repeat(255);
        for (input, stored) in [
            ("  Acme Foods ", "Acme Foods"),
            ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
            ("=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"),
            ("株式会社", "株式会社"),
            (longest.as_str(), longest.as_str()),
        ] {
            assert_eq!(parse_tenant_name(input).as_deref(), Ok(stored), "{input:?}");
        }
    }

    #[test]
    fn a_name_that_cannot_be_read_for_what_it_is_is_refused() {
        let long = "n".repeat(256);
        for (input, rule) in [
            ("", Rule::Required),
            ("   ", Rule::Required),
            (long.as_str(), Rule::TooLong { max: 255 }),
            ("a\nb", Rule::ControlCharacters),
            ("a\tb", Rule::ControlCharacters),
            ("a\0b", Rule::ControlCharacters),
            ("abc\u{202E}def", Rule::DirectionCharacters),
        ] {
            assert_eq!(parse_tenant_name(input).unwrap_err().rule, rule, "{input:?}");
        }
    }

    #[test]
    fn an_administrator_may_have_no_address_but_not_a_wrong_one() {
        assert_eq!(parse_email("e", " admin@quantmatrix.ai ").as_deref(), Ok("admin@quantmatrix.ai"));
        assert_eq!(parse_email("e", "").as_deref(), Ok(""));
        for wrong in ["admin", "admin@", "@x.com", "a b@x.com", "admin@x.com, b@x.com"] {
            assert_eq!(parse_email("e", wrong).unwrap_err().rule, Rule::Email, "{wrong}");
        }
    }
}
