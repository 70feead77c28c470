//! A connection to somebody's server, given as fields. A URL is only a way of typing them.
//!
//! sqlx would accept more than is safe: it falls back to plain text where a server has no TLS, takes a password from the
//! environment, and logs unknown parameters with their values. So the fields are checked here and nothing else is read.

use std::fmt;

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use url::Url;

use crate::names::{Problem, Rule};
use crate::{Error, Result};

/// The fields of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// A host name, an address, or the folder of a Unix socket.
    pub host: String,
    pub port: u16,
    pub database: String,
    pub user: String,
    pub password: Option<Secret>,
    pub tls: Tls,
    /// Why a server on another machine is not reached with `verify-full`. It stays visible while the connection is open.
    pub weaker_reason: Option<String>,
    /// A file with the certificates to trust, in PEM form; without it, those that the operating system trusts.
    pub root_certificate: Option<String>,
}

/// How much of a server's identity is checked. The names are libpq's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// Encrypted, and the certificate is trusted and names the host. The only mode that a server on another machine is
    /// reached with unless somebody says why.
    #[default]
    VerifyFull,
    /// The certificate is trusted, and may name another host.
    VerifyCa,
    /// Encrypted, for whoever answers.
    Require,
    /// Readable and changeable on the way.
    Disable,
}

impl Tls {
    const ALL: [Self; 4] = [Self::VerifyFull, Self::VerifyCa, Self::Require, Self::Disable];

    /// As libpq's `sslmode` names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::VerifyFull => "verify-full",
            Self::VerifyCa => "verify-ca",
            Self::Require => "require",
            Self::Disable => "disable",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tls| tls.name() == name)
    }

    fn mode(self) -> PgSslMode {
        match self {
            Self::VerifyFull => PgSslMode::VerifyFull,
            Self::VerifyCa => PgSslMode::VerifyCa,
            Self::Require => PgSslMode::Require,
            Self::Disable => PgSslMode::Disable,
        }
    }
}

/// Fewer words explain nothing to whoever finds the connection later.
const REASON_WORDS: usize = 3;

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Connection {
    /// Reads `postgres://user:password@host:port/database`. Parameters understood: `sslmode` (one of [`Tls`]), `sslrootcert`
    /// (the file of [`Self::root_certificate`]) and `host` (the folder of a Unix socket).
    pub fn from_url(text: &str) -> Result<Self> {
        // The URL may hold a password, so no answer repeats it.
        let refuse = |reason: &str| {
            Error::invalid(Problem::new("database-url", "", Rule::Connection { reason: reason.into() }))
        };
        let url = Url::parse(text)
            .map_err(|_| refuse("is not a URL of the form postgres://user@host:port/database"))?;
        if !matches!(url.scheme(), "postgres" | "postgresql") {
            return Err(refuse("does not begin with postgres://"));
        }
        let decode = |part: &str| -> Result<String> {
            percent_encoding::percent_decode_str(part)
                .decode_utf8()
                .map(std::borrow::Cow::into_owned)
                .map_err(|_| refuse("holds an escape that is not UTF-8"))
        };
        let mut connection = Self {
            host: decode(url.host_str().unwrap_or_default().trim_matches(['[', ']']))?,
            port: url.port().unwrap_or(5432),
            database: decode(url.path().trim_start_matches('/'))?,
            user: decode(url.username())?,
            password: url.password().map(decode).transpose()?.map(Secret),
            tls: Tls::VerifyFull,
            weaker_reason: None,
            root_certificate: None,
        };
        let mut tls = None;
        for (key, value) in url.query_pairs() {
            match (key.as_ref(), value.as_ref()) {
                ("sslmode", mode) => match Tls::named(mode) {
                    Some(known) => tls = Some(known),
                    None => {
                        return Err(refuse(
                            "has a sslmode other than verify-full, verify-ca, require or disable",
                        ));
                    }
                },
                ("sslrootcert", file) => connection.root_certificate = Some(file.to_owned()),
                ("host", folder) => folder.clone_into(&mut connection.host),
                ("password" | "sslpassword", _) => {
                    return Err(refuse("has a password among its parameters, where servers log it"));
                }
                (other, _) => {
                    return Err(refuse(&format!(
                        "has the parameter `{other}`, which Tenantry does not know"
                    )));
                }
            }
        }
        connection.tls = tls.unwrap_or(if connection.is_local() { Tls::Disable } else { Tls::VerifyFull });
        Ok(connection)
    }

    /// Is the server on this machine, so that nobody can listen in between?
    fn is_local(&self) -> bool {
        matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1") || self.is_socket()
    }

    fn is_socket(&self) -> bool {
        self.host.starts_with('/')
    }

    /// Everything that is wrong with the fields.
    fn problems(&self) -> Vec<Problem> {
        let required = [("host", &self.host), ("database", &self.database), ("user", &self.user)];
        let mut problems: Vec<_> = required
            .iter()
            .filter(|(_, v)| v.trim().is_empty())
            .map(|(field, _)| Problem::new(*field, "", Rule::Required))
            .collect();
        if self.port == 0 {
            problems.push(Problem::new(
                "port",
                "0",
                Rule::Connection { reason: "must be from 1 to 65535".into() },
            ));
        }
        if self.host.contains([',', ' ']) {
            problems.push(Problem::new(
                "host",
                &self.host,
                Rule::Connection { reason: "must be one host".into() },
            ));
        }
        if self.is_weak() && self.reason().is_none() {
            let reason = format!(
                "is needed, in {REASON_WORDS} words or more, to reach another machine with {} instead of verify-full",
                self.tls.name()
            );
            let given = self.weaker_reason.as_deref().unwrap_or_default();
            problems.push(Problem::new("weaker_reason", given, Rule::Connection { reason }));
        }
        if let Some(file) = self.root_certificate.as_deref()
            && let Err(error) = std::fs::File::open(file)
        {
            let reason = format!("cannot be read: {error}");
            problems.push(Problem::new("root_certificate", file, Rule::Connection { reason }));
        }
        problems
    }

    /// Could somebody on the way read along, or answer in the server's place?
    fn is_weak(&self) -> bool {
        self.tls != Tls::VerifyFull && !self.is_local()
    }

    /// Why the connection is weaker than it could be, where it is and somebody has said why.
    pub(crate) fn reason(&self) -> Option<String> {
        let given = self.weaker_reason.as_deref().map(str::trim).filter(|_| self.is_weak())?;
        (given.split_whitespace().count() >= REASON_WORDS).then(|| given.to_owned())
    }

    /// The same in sqlx's words.
    pub(crate) fn options(&self) -> Result<PgConnectOptions> {
        let problems = self.problems();
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let options = PgConnectOptions::new_without_pgpass()
            .port(self.port)
            .username(self.user.trim())
            .database(self.database.trim());
        let options =
            if self.is_socket() { options.socket(&self.host) } else { options.host(self.host.trim()) };
        let options = match &self.root_certificate {
            Some(file) => options.ssl_root_cert(file),
            None => options,
        };
        // Poolers refuse `extra_float_digits` at the start of a session, and no supported server needs it.
        let options = options.ssl_mode(self.tls.mode()).extra_float_digits(None);
        Ok(options.password(self.password.as_ref().map_or("", |secret| &secret.0)))
    }

    /// How the window and the journal name this place: never with the password.
    pub fn label(&self) -> String {
        format!("{} on {}:{}", self.database, self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_read_into_fields() {
        let remote = Connection::from_url("postgres://ana:p%40ss@db.example.com/saas").unwrap();
        assert_eq!(
            (remote.host.as_str(), remote.port, remote.user.as_str()),
            ("db.example.com", 5432, "ana")
        );
        assert_eq!((remote.password, remote.tls), (Some(Secret::new("p@ss")), Tls::VerifyFull));
        let local = Connection::from_url("postgres://ana@localhost:6000/saas").unwrap();
        assert_eq!((local.port, local.tls), (6000, Tls::Disable));
        assert_eq!(
            Connection::from_url("postgres://ana@localhost/saas?host=/run/pg").unwrap().host,
            "/run/pg"
        );
    }

    #[test]
    fn what_would_be_unsafe_or_misread_is_refused() {
        for url in [
            "",
            "host=h user=u",
            "http://u:p@h/d",
            "mysql://u@h/d",
            "postgres://u@h:99999/d",
            "postgres://u@h/d?sslmode=verify_full",
            "postgres://u@h/d?sslmode=prefer",
            "postgres://u@h/d?connect_timeout=3",
            "postgres://u@h/d?password=x",
            "postgres://u@h/d?hostaddr=300.1.1.1",
        ] {
            assert!(Connection::from_url(url).is_err(), "{url}");
        }
        for url in [
            "postgres://u@h:0/d",
            "postgres://u@db.example.com/d?sslmode=disable",
            "postgres://u@h1,h2/d",
            "postgres://h/d",
            "postgres://u@h",
        ] {
            assert!(Connection::from_url(url).and_then(|c| c.options()).is_err(), "{url}");
        }
    }

    #[test]
    fn less_than_full_verification_of_another_machine_needs_a_reason_of_some_words() {
        for mode in ["verify-ca", "require", "disable"] {
            let url = format!("postgres://u@db.example.com/d?sslmode={mode}");
            let mut connection = Connection::from_url(&url).unwrap();
            for reason in [None, Some(""), Some("because"), Some("  it works ")] {
                connection.weaker_reason = reason.map(str::to_owned);
                let Err(Error::Invalid(problems)) = connection.options() else { panic!("{mode} {reason:?}") };
                assert_eq!(problems[0].field, "weaker_reason");
            }
            connection.weaker_reason = Some(" inside the VPN until May ".into());
            assert!(connection.options().is_ok());
            assert_eq!(connection.reason().as_deref(), Some("inside the VPN until May"));
        }
        let local = Connection::from_url("postgres://u@localhost/d?sslmode=require").unwrap();
        assert!(local.options().is_ok() && local.reason().is_none());
    }

    #[test]
    fn a_root_certificate_that_cannot_be_read_is_a_problem_of_its_field() {
        let url = "postgres://u@db.example.com/d?sslrootcert=/nowhere/root.pem";
        let Err(Error::Invalid(problems)) = Connection::from_url(url).and_then(|c| c.options()) else {
            panic!("accepted")
        };
        assert_eq!(problems[0].field, "root_certificate");
    }

    #[test]
    fn no_answer_and_no_debug_output_repeats_a_password() {
        let connection = Connection::from_url("postgres://u:canary@db.example.com/d").unwrap();
        assert!(!format!("{connection:?} {}", connection.label()).contains("canary"));
        let refused = Connection::from_url("postgres://u:canary@h/d?x=canary").unwrap_err();
        assert!(!format!("{refused} {refused:?}").contains("canary"));
    }
}
