//! TLS servers on loopback, each with a certificate that is wrong in one way.

use std::net::SocketAddr;
use std::sync::Arc;

use chrono::{Datelike as _, TimeDelta, Utc};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::ResolvesServerCertUsingSni;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// What answers at the TLS port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    Good,
    /// A year old, and a month over.
    Expired,
    NotYetValid,
    /// Ten days of ninety are left.
    ExpiringSoon,
    /// Four days of six are left.
    ShortLived,
    /// For this name only.
    For(&'static str),
    SelfSigned,
    UnknownIssuer,
    /// The certificate between it and the root is not sent.
    Incomplete,
    /// No certificate for any name.
    NoCertificate,
    Closed,
    PlainHttp,
}

/// The authorities of one test: a root that is trusted, one in between, and a root that is not.
pub struct Authorities {
    root: CertifiedIssuer<'static, KeyPair>,
    between: CertifiedIssuer<'static, KeyPair>,
    stranger: CertifiedIssuer<'static, KeyPair>,
}

/// A server that runs as long as it is held.
pub struct Running {
    pub address: SocketAddr,
    _task: JoinSet<()>,
}

impl Authorities {
    pub fn new() -> Self {
        let root = CertifiedIssuer::self_signed(authority("Root"), KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let between = CertifiedIssuer::signed_by(authority("Between"), key, &root).unwrap();
        let stranger =
            CertifiedIssuer::self_signed(authority("Stranger"), KeyPair::generate().unwrap()).unwrap();
        Self { root, between, stranger }
    }

    pub fn trusted_root(&self) -> Vec<u8> {
        self.root.der().to_vec()
    }

    pub async fn serve(&self, endpoint: Endpoint) -> Running {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut task = JoinSet::new();
        match endpoint {
            Endpoint::Closed => drop(listener),
            Endpoint::PlainHttp => drop(task.spawn(answer_in_http(listener))),
            _ => drop(task.spawn(answer_in_tls(listener, self.config(endpoint)))),
        }
        Running { address, _task: task }
    }

    fn config(&self, endpoint: Endpoint) -> Arc<ServerConfig> {
        let crypto = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(crypto);
        let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        if endpoint == Endpoint::NoCertificate {
            return Arc::new(builder.with_cert_resolver(Arc::new(ResolvesServerCertUsingSni::new())));
        }
        let key = KeyPair::generate().unwrap();
        let chain = self.chain(endpoint, &key);
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        Arc::new(builder.with_single_cert(chain, key).unwrap())
    }

    fn chain(&self, endpoint: Endpoint, key: &KeyPair) -> Vec<CertificateDer<'static>> {
        let name = if let Endpoint::For(name) = endpoint { name } else { "shop.example.com" };
        let leaf = server(name, days(endpoint));
        let signed = |by: &CertifiedIssuer<'static, KeyPair>| leaf.signed_by(key, by).unwrap().der().clone();
        match endpoint {
            Endpoint::SelfSigned => vec![leaf.self_signed(key).unwrap().der().clone()],
            Endpoint::UnknownIssuer => vec![signed(&self.stranger), self.stranger.der().clone()],
            Endpoint::Incomplete => vec![signed(&self.between)],
            _ => vec![signed(&self.between), self.between.der().clone()],
        }
    }
}

/// From when to when it holds, in days from now.
fn days(endpoint: Endpoint) -> (i64, i64) {
    match endpoint {
        Endpoint::Expired => (-365, -30),
        Endpoint::NotYetValid => (30, 120),
        Endpoint::ExpiringSoon => (-80, 10),
        Endpoint::ShortLived => (-2, 4),
        _ => (-10, 80),
    }
}

fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn server(name: &str, (from, until): (i64, i64)) -> CertificateParams {
    let mut params = CertificateParams::new([name.to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    let in_days = |days| {
        let day = Utc::now() + TimeDelta::days(days);
        date_time_ymd(day.year(), day.month().try_into().unwrap(), day.day().try_into().unwrap())
    };
    params.not_before = in_days(from);
    params.not_after = in_days(until);
    params
}

async fn answer_in_tls(listener: TcpListener, config: Arc<ServerConfig>) {
    let acceptor = TlsAcceptor::from(config);
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            // The asker leaves once it has the chain.
            if let Ok(mut stream) = acceptor.accept(stream).await {
                drop(stream.read(&mut [0; 16]).await);
            }
        });
    }
}

async fn answer_in_http(listener: TcpListener) {
    async fn answer(mut stream: TcpStream) {
        stream.readable().await.unwrap();
        drop(stream.read(&mut [0; 4096]).await);
        drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n").await);
    }
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        tokio::spawn(answer(stream));
    }
}
