//! What the world answers about a domain: DNS, TLS and the proof of ownership.
//!
//! [`World::look`] collects evidence and judges nothing; [`diagnose`] is a pure function from evidence to states and the
//! steps that mend them. A look-up that failed is told apart from a bad answer everywhere: it says nothing about the domain.

mod ask;
mod caa;
mod certificate;
mod diagnosis;
mod dns;
mod evidence;
mod options;
mod proof;
mod record;
mod servers;
mod shown;
mod targets;
mod tls;

use std::net::SocketAddr;
use std::sync::Arc;

use chrono::Utc;
use hickory_resolver::TokioResolver;
use rustls::client::WebPkiServerVerifier;
use rustls::crypto::CryptoProvider;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::Result;
use crate::names::{DomainKind, normalise};

pub use diagnosis::{CertificateState, Diagnosis, OwnershipState, RoutingState, Step, WhyRemove, diagnose};
pub use evidence::{
    CaaEvidence, CaaProperty, Certificate, ChainEnd, ChainVerdict, DnsAnswer, DnsEvidence, LookupFailure,
    Nameserver, Observation, ProofEvidence, TlsEvidence, TlsFailure, Vantage,
};
pub use options::WorldOptions;
pub use record::{DnsRecord, RecordKind};
pub use targets::{Challenge, Targets};

/// So many questions are under way at once, however many looks are.
const QUESTIONS_AT_ONCE: usize = 128;

/// A resolver and a TLS client, made once and shared by many looks. Cheap to clone.
///
/// It keeps the resolvers that the computer had when it was made: make a new one for each round of looks.
#[derive(Clone)]
pub struct World {
    shared: Arc<Shared>,
}

struct Shared {
    options: WorldOptions,
    resolvers: Vec<SocketAddr>,
    /// `None`: the computer names no resolver.
    resolver: Option<TokioResolver>,
    questions: Semaphore,
    crypto: Arc<CryptoProvider>,
    /// `None`: there are no roots to judge by.
    verifier: Option<Arc<WebPkiServerVerifier>>,
    host: String,
}

impl World {
    /// Asks the computer's own resolvers, and trusts its roots.
    pub fn system() -> Result<Self> {
        Self::with(WorldOptions::default())
    }

    pub fn with(options: WorldOptions) -> Result<Self> {
        let resolvers = options::resolvers(&options);
        let crypto = Arc::new(rustls::crypto::ring::default_provider());
        let shared = Shared {
            resolver: ask::resolver(&resolvers, true, &options),
            questions: Semaphore::new(QUESTIONS_AT_ONCE),
            verifier: options::verifier(&options, &crypto)?,
            host: options::host(),
            crypto,
            resolvers,
            options,
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Looks once at everything, and ends within the time that the options give. Names of developers' machines are not
    /// asked for.
    pub async fn look(&self, domain: &str, targets: &Targets, challenge: Option<&Challenge>) -> Observation {
        let domain = domain.trim_end_matches('.').to_ascii_lowercase();
        let at = Utc::now();
        let until = Instant::now() + self.shared.options.look_timeout;
        let vantage = Vantage {
            host: self.shared.host.clone(),
            resolvers: self.shared.resolvers.iter().map(ToString::to_string).collect(),
        };
        if is_development(&domain) {
            let (dns, tls) = (DnsEvidence::default(), TlsEvidence::NotAsked);
            return Observation { domain, at, vantage, dns, tls, proof: None };
        }
        let addresses_and_tls = async {
            let dns = self.addresses(&domain, targets, until).await;
            let tls = self.handshake(&domain, &dns, targets, at, until).await;
            (dns, tls)
        };
        let proof = async {
            match challenge {
                Some(challenge) => Some(self.proof(challenge, until).await),
                None => None,
            }
        };
        let ((mut dns, tls), caa, proof) = tokio::join!(addresses_and_tls, self.caa(&domain, until), proof);
        dns.caa = caa;
        Observation { domain, at, vantage, dns, tls, proof }
    }
}

/// Is this a name that reaches a developer's own machine, which the world knows nothing of?
fn is_development(domain: &str) -> bool {
    domain.parse::<std::net::IpAddr>().is_ok()
        || normalise("domain", domain).is_ok_and(|name| name.kind == DomainKind::Development)
}
