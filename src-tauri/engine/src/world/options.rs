//! How the world is looked at, and what the computer gives for it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hickory_resolver::system_conf::read_system_conf;
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;

use crate::names::{Problem, Rule};
use crate::{Error, Result};

/// Where to ask and how long to wait. The default is the computer's own resolvers and roots.
#[derive(Debug, Clone)]
pub struct WorldOptions {
    /// Empty: the computer's own.
    pub resolvers: Vec<SocketAddr>,
    /// The port at which the servers of zones are asked.
    pub authoritative_port: u16,
    /// Certificates (DER) that are trusted beside the computer's own roots.
    pub extra_roots: Vec<Vec<u8>>,
    /// How long to wait for one answer of DNS, or for one TLS handshake.
    pub query_timeout: Duration,
    /// How long one look may take in all.
    pub look_timeout: Duration,
    /// Connects here for every TLS handshake, whatever the domain's addresses are.
    pub tls_server: Option<SocketAddr>,
}

impl Default for WorldOptions {
    fn default() -> Self {
        Self {
            resolvers: Vec::new(),
            authoritative_port: 53,
            extra_roots: Vec::new(),
            query_timeout: Duration::from_secs(5),
            look_timeout: Duration::from_secs(10),
            tls_server: None,
        }
    }
}

/// The resolvers to ask. None at all is no error: every look-up then says that there is no network.
pub(super) fn resolvers(options: &WorldOptions) -> Vec<SocketAddr> {
    if !options.resolvers.is_empty() {
        return options.resolvers.clone();
    }
    let servers = match read_system_conf() {
        Ok((config, _)) => config.into_parts().2,
        Err(error) => {
            tracing::warn!(%error, "the computer names no resolver");
            Vec::new()
        }
    };
    let port =
        |connections: &[hickory_resolver::config::ConnectionConfig]| connections.first().map(|c| c.port);
    let mut resolvers: Vec<_> = servers
        .iter()
        .map(|server| SocketAddr::new(server.ip, port(&server.connections).unwrap_or(53)))
        .collect();
    resolvers.dedup();
    resolvers
}

/// What chains are judged by: the computer's roots and the extra ones.
pub(super) fn verifier(
    options: &WorldOptions,
    crypto: &Arc<CryptoProvider>,
) -> Result<Option<Arc<WebPkiServerVerifier>>> {
    let mut roots = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs();
    for error in &native.errors {
        tracing::warn!(%error, "a root certificate of this computer cannot be read");
    }
    roots.add_parsable_certificates(native.certs);
    for root in &options.extra_roots {
        roots.add(CertificateDer::from(root.as_slice())).map_err(|e| not_a_root(&e))?;
    }
    if roots.is_empty() {
        return Ok(None);
    }
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(crypto)).build();
    verifier.map(Some).map_err(|e| not_a_root(&e))
}

fn not_a_root(error: &impl ToString) -> Error {
    Error::invalid(Problem::new("extraRoots", "", Rule::File { reason: error.to_string() }))
}

/// This computer's name in the network.
pub(super) fn host() -> String {
    #[cfg(unix)]
    let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
    #[cfg(not(unix))]
    let name = std::env::var("COMPUTERNAME").unwrap_or_default();
    name
}
