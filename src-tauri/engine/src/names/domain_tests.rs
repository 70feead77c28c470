use super::*;

fn stored(input: &str) -> String {
    normalise("domain", input).unwrap_or_else(|p| panic!("{input:?} should be accepted: {p}")).stored
}

fn refused(input: &str) -> (Rule, Option<String>) {
    match normalise("domain", input) {
        Ok(name) => panic!("{input:?} should be refused, not stored as {}", name.stored),
        Err(problem) => (problem.rule, problem.suggestion),
    }
}

#[test]
fn what_means_the_same_host_is_stored_in_one_form() {
    let label = "a".repeat(63);
    let longest = format!("{label}.{label}.{label}.{}.com", "a".repeat(57));
    assert_eq!(longest.len(), 253);
    let label_of_63 = format!("{label}.com");
    for (input, expected) in [
        ("acme.example.com", "acme.example.com"),
        ("ACME.Example.COM", "acme.example.com"),
        ("acme.example.com.", "acme.example.com"),
        ("Shop.ACME-Foods.example.", "shop.acme-foods.example"),
        ("  acme.com\t", "acme.com"),
        ("münchen.de", "xn--mnchen-3ya.de"),
        ("MÜNCHEN.de", "xn--mnchen-3ya.de"),
        ("xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
        ("XN--MNCHEN-3YA.DE", "xn--mnchen-3ya.de"),
        ("\u{e9}.com", "xn--9ca.com"),
        ("e\u{301}.com", "xn--9ca.com"),
        ("acme。com", "acme.com"),
        ("ａｃｍｅ.com", "acme.com"),
        ("www.acme.com", "acme.com"),
        ("www.www.acme.com", "acme.com"),
        ("acme.co.uk", "acme.co.uk"),
        ("acme.github.io", "acme.github.io"),
        ("localhost", "localhost"),
        ("Acme.LOCALHOST", "acme.localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("acme.example.com.evil.com", "acme.example.com.evil.com"),
        (label_of_63.as_str(), label_of_63.as_str()),
        (longest.as_str(), longest.as_str()),
        ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
    ] {
        assert_eq!(stored(input), expected, "{input:?}");
    }
}

#[test]
fn what_no_request_could_reach_is_refused_with_what_would_do() {
    let label_of_64 = format!("{}.com", "a".repeat(64));
    let label = "a".repeat(63);
    let name_of_254 = format!("{label}.{label}.{label}.{}.com", "a".repeat(58));
    let wide_label = format!("{}.de", "ü".repeat(60));
    let some = |s: &str| Some(s.to_owned());
    for (input, rule, suggestion) in [
        ("", Rule::Required, None),
        (" \t", Rule::Required, None),
        ("acme.example.com..", Rule::DomainEmptyLabel, None),
        ("..", Rule::DomainEmptyLabel, None),
        ("a..", Rule::DomainEmptyLabel, None),
        (".acme.example", Rule::DomainEmptyLabel, None),
        ("acme..example", Rule::DomainEmptyLabel, None),
        ("-acme.com", Rule::DomainHyphens, None),
        ("acme-.com", Rule::DomainHyphens, None),
        ("a.-b.com", Rule::DomainHyphens, None),
        ("ac--me.example", Rule::DomainHyphens, None),
        ("аcme.com", Rule::DomainMixedScripts, None),
        ("acme.com/path", Rule::DomainPath, some("acme.com")),
        ("acme.com?x", Rule::DomainPath, some("acme.com")),
        ("acme.com#x", Rule::DomainPath, some("acme.com")),
        (r"acme\com", Rule::DomainPath, None),
        ("http://acme.com", Rule::DomainUrl, some("acme.com")),
        ("HTTPS://ACME.COM:8000/a?b", Rule::DomainUrl, some("ACME.COM")),
        ("acme.com:8000", Rule::DomainPort, some("acme.com")),
        ("x.com:", Rule::DomainPort, some("x.com")),
        ("localhost:8000", Rule::DomainPort, some("localhost")),
        ("user@acme.com", Rule::DomainUser, some("acme.com")),
        ("acme_dev.example.com", Rule::DomainUnderscore, some("acme-dev.example.com")),
        ("*.example.com", Rule::DomainWildcard, some("example.com")),
        ("*", Rule::DomainWildcard, None),
        ("a*b.com", Rule::DomainWildcard, None),
        ("::1", Rule::DomainIpv6, None),
        ("[::1]", Rule::DomainIpv6, None),
        ("[::1]:80", Rule::DomainIpv6, None),
        ("127.1", Rule::DomainNumeric, None),
        ("256.0.0.1", Rule::DomainNumeric, None),
        ("2130706433", Rule::DomainNumeric, None),
        ("a.0x7f", Rule::DomainNumeric, None),
        ("com", Rule::DomainPublicSuffix, None),
        ("co.uk", Rule::DomainPublicSuffix, None),
        ("github.io", Rule::DomainPublicSuffix, None),
        ("www.com", Rule::DomainPublicSuffix, None),
        ("example", Rule::DomainSingleLabel, None),
        ("😀.example", Rule::DomainCharacters, None),
        ("xn--e28h.example", Rule::DomainCharacters, None),
        ("a\u{200D}b.com", Rule::DomainCharacters, None),
        ("a\u{200B}b.com", Rule::DomainInvisible, some("ab.com")),
        ("a\u{AD}b.com", Rule::DomainInvisible, some("ab.com")),
        ("ac me.com", Rule::DomainCharacters, None),
        ("acme\n.com", Rule::DomainCharacters, None),
        ("acme\0.com", Rule::DomainCharacters, None),
        ("acme%00.com", Rule::DomainCharacters, None),
        ("acme\u{202E}.com", Rule::DomainCharacters, None),
        ("acme'.com", Rule::DomainCharacters, None),
        ("acme;.com", Rule::DomainCharacters, None),
        (label_of_64.as_str(), Rule::DomainLabelTooLong, None),
        (name_of_254.as_str(), Rule::DomainTooLong, None),
        (wide_label.as_str(), Rule::DomainLabelTooLong, None),
    ] {
        assert_eq!(refused(input), (rule, suggestion), "{input:?}");
    }
}

#[test]
fn addresses_of_a_developers_machine_are_a_kind_of_their_own() {
    for (input, kind) in [
        ("localhost", DomainKind::Development),
        ("acme.localhost", DomainKind::Development),
        ("10.0.0.5", DomainKind::Development),
        ("acme.com", DomainKind::Public),
    ] {
        assert_eq!(normalise("domain", input).unwrap().kind, kind, "{input}");
    }
}

#[test]
fn every_rewrite_is_reported_in_order() {
    use Rewrite::{Ascii, Blanks, LowerCase, TrailingDot, Www};
    let name = normalise("domain", " WWW.München.DE. ").unwrap();
    assert_eq!(name.stored, "xn--mnchen-3ya.de");
    assert_eq!(name.unicode, "münchen.de");
    assert_eq!(name.rewrites, [Blanks, TrailingDot, LowerCase, Ascii, Www]);
    assert_eq!(normalise("domain", "acme.com").unwrap().rewrites, []);
}

proptest::proptest! {
    #[test]
    fn a_stored_name_is_stored_as_itself(input in "[a-zA-ZäÖß0-9.。 -]{0,40}") {
        if let Ok(name) = normalise("domain", &input) {
            let again = normalise("domain", &name.stored).expect("a stored name is valid");
            proptest::prop_assert_eq!(&again.stored, &name.stored);
            proptest::prop_assert!(again.rewrites.is_empty());
        }
    }

    #[test]
    fn no_input_panics(input in "\\PC{0,80}") {
        let _ = normalise("domain", &input);
    }
}
