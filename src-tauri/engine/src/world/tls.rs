//! A TLS handshake with the domain's name: the chain is recorded whatever it is, and judged afterwards.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{Resumption, WebPkiServerVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, SignatureScheme};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;

use super::shown::shown;
use super::{Certificate, ChainVerdict, DnsEvidence, Targets, TlsEvidence, TlsFailure, World};

/// So many addresses are tried.
const MAX_ADDRESSES: usize = 3;
/// So many certificates of a chain are kept.
const MAX_CHAIN: usize = 8;
const MAX_REASON: usize = 200;

type Chain = Vec<CertificateDer<'static>>;

impl World {
    /// Asks the addresses in turn, the platform's own first, until one answers.
    pub(super) async fn handshake(
        &self,
        domain: &str,
        dns: &DnsEvidence,
        targets: &Targets,
        at: DateTime<Utc>,
        until: Instant,
    ) -> TlsEvidence {
        let mut addresses: Vec<_> = dns.addresses().collect();
        addresses.sort_by_key(|address| !targets.addresses.contains(address));
        let mut servers: Vec<_> =
            addresses.into_iter().map(|address| SocketAddr::new(address, targets.port())).collect();
        servers.truncate(MAX_ADDRESSES);
        if let (Some(server), false) = (self.shared.options.tls_server, servers.is_empty()) {
            servers = vec![server];
        }
        let mut evidence = TlsEvidence::NoAddress;
        for server in servers {
            let patience = until.min(Instant::now() + self.shared.options.query_timeout);
            evidence = match timeout_at(patience, self.connect(domain, server)).await {
                Ok(Ok(chain)) => return self.judge(domain, server, &chain, at),
                Ok(Err(why)) => TlsEvidence::Failed { server, why },
                Err(_) => TlsEvidence::Failed { server, why: TlsFailure::TimedOut },
            };
        }
        evidence
    }

    /// The chain that the server sent, even where the handshake ended after it.
    async fn connect(&self, domain: &str, server: SocketAddr) -> Result<Chain, TlsFailure> {
        let name = ServerName::try_from(domain.to_owned())
            .map_err(|error| TlsFailure::Other { reason: error.to_string() })?;
        let recorder =
            Arc::new(Recorder { crypto: Arc::clone(&self.shared.crypto), chain: Mutex::default() });
        let config = client_config(&recorder).map_err(|error| tls_failure(&error))?;
        let stream = TcpStream::connect(server).await.map_err(|error| failure(&error))?;
        let outcome = TlsConnector::from(Arc::new(config)).connect(name, stream).await;
        let chain = std::mem::take(&mut *recorder.chain.lock().unwrap_or_else(PoisonError::into_inner));
        match outcome {
            Err(error) if chain.is_empty() || !came_after_the_chain(&error) => Err(failure(&error)),
            _ => Ok(chain),
        }
    }

    fn judge(&self, domain: &str, server: SocketAddr, chain: &Chain, at: DateTime<Utc>) -> TlsEvidence {
        let certificates: Vec<_> =
            chain.iter().take(MAX_CHAIN).filter_map(|der| Certificate::read(der)).collect();
        let verdict = match &self.shared.verifier {
            Some(verifier) => verdict(verifier, domain, chain, &certificates, at),
            None => ChainVerdict::NotJudged,
        };
        TlsEvidence::Answered { server, chain: certificates, verdict }
    }
}

fn client_config(recorder: &Arc<Recorder>) -> Result<ClientConfig, TlsError> {
    let builder = ClientConfig::builder_with_provider(Arc::clone(&recorder.crypto));
    let verifier: Arc<dyn ServerCertVerifier> = Arc::<Recorder>::clone(recorder);
    let mut config = builder
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    config.resumption = Resumption::disabled();
    Ok(config)
}

/// What `WebPKI` says of the chain.
fn verdict(
    verifier: &WebPkiServerVerifier,
    domain: &str,
    chain: &Chain,
    certificates: &[Certificate],
    at: DateTime<Utc>,
) -> ChainVerdict {
    let (Some((leaf, between)), Ok(name)) = (chain.split_first(), ServerName::try_from(domain)) else {
        return ChainVerdict::Unusable { reason: "no certificate was sent".into() };
    };
    let now = UnixTime::since_unix_epoch(Duration::from_secs(at.timestamp().try_into().unwrap_or(0)));
    let Err(error) = verifier.verify_server_cert(leaf, between, &name, &[], now) else {
        return ChainVerdict::Trusted;
    };
    let TlsError::InvalidCertificate(problem) = &error else { return unusable(&error) };
    match problem {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => ChainVerdict::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            ChainVerdict::NotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            ChainVerdict::WrongName
        }
        // A certificate that its own key signed is often not even made to be a server's.
        _ if certificates.first().is_some_and(|leaf| leaf.self_issued) => ChainVerdict::SelfSigned,
        CertificateError::UnknownIssuer if certificates.iter().any(|sent| sent.self_issued) => {
            ChainVerdict::UnknownIssuer
        }
        CertificateError::UnknownIssuer => ChainVerdict::Incomplete,
        _ => unusable(&error),
    }
}

fn unusable(error: &TlsError) -> ChainVerdict {
    ChainVerdict::Unusable { reason: shown(&error.to_string(), MAX_REASON) }
}

/// Did the handshake end for a reason that leaves the chain as good as it is? A server that wants a certificate of ours
/// ends it with an alert; a certificate that is malformed is judged with the rest. One without its key is nobody's.
fn came_after_the_chain(error: &std::io::Error) -> bool {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>()) {
        Some(TlsError::InvalidCertificate(problem)) => !matches!(problem, CertificateError::BadSignature),
        Some(TlsError::AlertReceived(_)) => true,
        _ => false,
    }
}

fn failure(error: &std::io::Error) -> TlsFailure {
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>()) {
        return tls_failure(error);
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => TlsFailure::Refused,
        ErrorKind::TimedOut => TlsFailure::TimedOut,
        ErrorKind::UnexpectedEof
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe => TlsFailure::Closed,
        ErrorKind::NetworkUnreachable
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::AddrNotAvailable => TlsFailure::NoNetwork,
        _ => TlsFailure::Other { reason: shown(&error.to_string(), MAX_REASON) },
    }
}

fn tls_failure(error: &TlsError) -> TlsFailure {
    match error {
        TlsError::InvalidMessage(_) => TlsFailure::NotTls,
        TlsError::AlertReceived(alert) => TlsFailure::Alert { alert: format!("{alert:?}") },
        _ => TlsFailure::Other { reason: shown(&error.to_string(), MAX_REASON) },
    }
}

/// Takes whatever chain is sent and keeps it. Nothing is ever sent over such a connection, so nothing rests on its trust;
/// that the server holds the certificate's key is checked.
#[derive(Debug)]
struct Recorder {
    crypto: Arc<CryptoProvider>,
    chain: Mutex<Chain>,
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let chain = std::iter::once(end_entity).chain(intermediates).map(|der| der.clone().into_owned());
        *self.chain.lock().unwrap_or_else(PoisonError::into_inner) = chain.collect();
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.crypto.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.crypto.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.crypto.signature_verification_algorithms.supported_schemes()
    }
}
