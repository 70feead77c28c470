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
}

/// How much of a server's identity is checked. The names are libpq's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// Encrypted, and the certificate is trusted and names the host. The only mode for a server on another machine.
    #[default]
    VerifyFull,
    Disable,
}

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
    /// Reads `postgres://user:password@host:port/database`. Parameters understood: `sslmode` (`verify-full` or `disable`)
    /// and `host` (the folder of a Unix socket).
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
        };
        let mut tls = None;
        for (key, value) in url.query_pairs() {
            match (key.as_ref(), value.as_ref()) {
                ("sslmode", "verify-full") => tls = Some(Tls::VerifyFull),
                ("sslmode", "disable") => tls = Some(Tls::Disable),
                ("sslmode", _) => return Err(refuse("has a sslmode other than verify-full or disable")),
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
        if self.tls == Tls::Disable && !self.is_local() {
            let reason = "is another machine, which is reached with verify-full only".into();
            problems.push(Problem::new("host", &self.host, Rule::Connection { reason }));
        }
        problems
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
        let options = match self.tls {
            Tls::VerifyFull => options.ssl_mode(PgSslMode::VerifyFull),
            Tls::Disable => options.ssl_mode(PgSslMode::Disable),
        };
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
    fn no_answer_and_no_debug_output_repeats_a_password() {
        let connection = Connection::from_url("postgres://u:canary@db.example.com/d").unwrap();
        assert!(!format!("{connection:?} {}", connection.label()).contains("canary"));
        let refused = Connection::from_url("postgres://u:canary@h/d?x=canary").unwrap_err();
        assert!(!format!("{refused} {refused:?}").contains("canary"));
    }
}
