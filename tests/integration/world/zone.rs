//! A DNS server on loopback, over UDP and TCP, that is a resolver and the zone's own server at once: a question that asks
//! for recursion is meant for the one, any other for the other. Each can be told to fail.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hickory_resolver::proto::op::{Message, MessageType, OpCode, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, AAAA, CAA, CNAME, NS, SOA, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::JoinSet;

/// How the resolver, or the zone's own server, treats a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Manner {
    #[default]
    Answers,
    Refuses,
    Fails,
    IsSilent,
}

/// What a server answers from, and how.
#[derive(Debug, Clone, Default)]
pub struct Zone {
    pub records: BTreeMap<String, Vec<RData>>,
    /// For names at and below the one that is broken; the rest of the world goes on working.
    pub broken: Option<&'static str>,
    pub resolver: Manner,
    pub authority: Manner,
    /// Servers above this name tell only who is in charge of it.
    pub delegates: Option<&'static str>,
    /// Answers over UDP are cut to nothing.
    pub truncates: bool,
    /// The resolver leaves it to the asker to follow a CNAME.
    pub leaves_chains: bool,
    /// Before each answer.
    pub delay: Duration,
}

impl Zone {
    /// The zone's name server, and the platform's name with its address.
    pub fn new() -> Self {
        Self::default()
            .with("example.com NS ns1.example.com")
            .with("ns1.example.com A 127.0.0.1")
            .with("edge.platform.example A 192.0.2.10")
    }

    /// Adds a record, written as `name TYPE value`; the strings of a TXT record are parted by `|`.
    pub fn with(mut self, line: &str) -> Self {
        let mut words = line.splitn(3, ' ');
        let (name, kind, value) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        self.records.entry(name.to_owned()).or_default().push(data(kind, value));
        self
    }

    pub async fn serve(self) -> Server {
        Server::start(self).await
    }

    fn answer(&self, query: &Message) -> Option<Message> {
        let question = &query.queries[0];
        let name = question.name().to_ascii().trim_end_matches('.').to_ascii_lowercase();
        let recursive = query.metadata.recursion_desired;
        let mut answer = Message::new(query.metadata.id, MessageType::Response, OpCode::Query);
        answer.metadata.recursion_desired = recursive;
        answer.metadata.recursion_available = recursive;
        answer.metadata.authoritative = !recursive;
        answer.add_query(question.clone());
        if self.delegates == Some(&name) && !recursive && question.query_type() == RecordType::NS {
            self.refer(&name, &mut answer);
            return Some(answer);
        }
        answer.metadata.response_code = match self.manner(&name, recursive) {
            Manner::IsSilent => return None,
            Manner::Refuses => ResponseCode::Refused,
            Manner::Fails => ResponseCode::ServFail,
            Manner::Answers => self.resolve(name, question.query_type(), recursive, &mut answer),
        };
        Some(answer)
    }

    fn manner(&self, name: &str, recursive: bool) -> Manner {
        let is_broken = self.broken.is_some_and(|broken| name.ends_with(broken));
        match (is_broken, recursive) {
            (true, true) => self.resolver,
            (true, false) => self.authority,
            (false, _) => Manner::Answers,
        }
    }

    /// The servers of a zone, and their addresses beside.
    fn refer(&self, zone: &str, answer: &mut Message) {
        answer.metadata.authoritative = false;
        for data in &self.records[zone] {
            let RData::NS(server) = data else { continue };
            answer.add_authority(record(zone, data));
            let server = server.0.to_ascii().trim_end_matches('.').to_owned();
            answer.add_additionals(self.records[&server].iter().map(|data| record(&server, data)));
        }
    }

    fn resolve(
        &self,
        mut name: String,
        kind: RecordType,
        recursive: bool,
        answer: &mut Message,
    ) -> ResponseCode {
        for _ in 0..16 {
            let here = self.records.get(&name).map(Vec::as_slice).unwrap_or_default();
            let records: Vec<_> = here.iter().filter(|data| data.record_type() == kind).collect();
            if !records.is_empty() {
                answer.add_answers(records.into_iter().map(|data| record(&name, data)));
                return ResponseCode::NoError;
            }
            let Some(link @ RData::CNAME(next)) = here.iter().find(|data| matches!(data, RData::CNAME(_)))
            else {
                return self.negative(&name, answer);
            };
            answer.add_answer(record(&name, link));
            if !recursive || self.leaves_chains {
                return ResponseCode::NoError;
            }
            next.0.to_ascii().trim_end_matches('.').clone_into(&mut name);
        }
        answer.answers.clear();
        ResponseCode::ServFail
    }

    fn negative(&self, name: &str, answer: &mut Message) -> ResponseCode {
        let zone = absolute("example.com");
        let soa = SOA::new(zone.clone(), zone.clone(), 1, 3600, 600, 86400, 60);
        answer.add_authority(Record::from_rdata(zone, 60, RData::SOA(soa)));
        let below = format!(".{name}");
        let exists = self.records.keys().any(|other| other == name || other.ends_with(&below));
        if exists { ResponseCode::NoError } else { ResponseCode::NXDomain }
    }
}

/// A server that runs as long as it is held.
pub struct Server {
    pub address: SocketAddr,
    questions: Arc<AtomicUsize>,
    over_tcp: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl Server {
    async fn start(zone: Zone) -> Self {
        let (udp, tcp) = same_port().await;
        let address = udp.local_addr().unwrap();
        let (zone, questions) = (Arc::new(zone), Arc::new(AtomicUsize::new(0)));
        let over_tcp = Arc::new(AtomicUsize::new(0));
        let mut tasks = JoinSet::new();
        tasks.spawn(serve_udp(Arc::new(udp), Arc::clone(&zone), Arc::clone(&questions)));
        tasks.spawn(serve_tcp(tcp, zone, Arc::clone(&over_tcp)));
        Self { address, questions, over_tcp, _tasks: tasks }
    }

    /// How many questions came, over UDP and TCP.
    pub fn questions(&self) -> (usize, usize) {
        (self.questions.load(Ordering::SeqCst), self.over_tcp.load(Ordering::SeqCst))
    }
}

/// UDP and TCP at one port, as a DNS server has them.
async fn same_port() -> (UdpSocket, TcpListener) {
    for _ in 0..50 {
        let tcp = TcpListener::bind("127.0.0.1:0").await.unwrap();
        if let Ok(udp) = UdpSocket::bind(tcp.local_addr().unwrap()).await {
            return (udp, tcp);
        }
    }
    panic!("no port is free for both UDP and TCP");
}

async fn serve_udp(socket: Arc<UdpSocket>, zone: Arc<Zone>, questions: Arc<AtomicUsize>) {
    let mut buffer = [0; 4096];
    loop {
        let (length, from) = socket.recv_from(&mut buffer).await.unwrap();
        questions.fetch_add(1, Ordering::SeqCst);
        let query = Message::from_vec(&buffer[..length]).unwrap();
        let (zone, socket) = (Arc::clone(&zone), Arc::clone(&socket));
        tokio::spawn(async move {
            tokio::time::sleep(zone.delay).await;
            let Some(mut answer) = zone.answer(&query) else { return };
            if zone.truncates {
                answer = answer.truncate();
                answer.metadata.truncation = true;
            }
            // Whoever asked may be gone by now.
            drop(socket.send_to(&answer.to_vec().unwrap(), from).await);
        });
    }
}

async fn serve_tcp(listener: TcpListener, zone: Arc<Zone>, questions: Arc<AtomicUsize>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        tokio::spawn(converse(stream, Arc::clone(&zone), Arc::clone(&questions)));
    }
}

/// Each message comes after its length.
async fn converse(mut stream: TcpStream, zone: Arc<Zone>, questions: Arc<AtomicUsize>) {
    while let Ok(length) = stream.read_u16().await {
        let mut buffer = vec![0; length.into()];
        stream.read_exact(&mut buffer).await.unwrap();
        questions.fetch_add(1, Ordering::SeqCst);
        let Some(answer) = zone.answer(&Message::from_vec(&buffer).unwrap()) else { continue };
        let bytes = answer.to_vec().unwrap();
        stream.write_u16(bytes.len().try_into().unwrap()).await.unwrap();
        stream.write_all(&bytes).await.unwrap();
    }
}

fn record(name: &str, data: &RData) -> Record {
    Record::from_rdata(absolute(name), 300, data.clone())
}

fn absolute(name: &str) -> Name {
    Name::from_ascii(format!("{name}.")).unwrap()
}

fn data(kind: &str, value: &str) -> RData {
    match kind {
        "A" => RData::A(A(value.parse().unwrap())),
        "AAAA" => RData::AAAA(AAAA(value.parse().unwrap())),
        "CNAME" => RData::CNAME(CNAME(absolute(value))),
        "NS" => RData::NS(NS(absolute(value))),
        "TXT" => RData::TXT(TXT::new(value.split('|').map(str::to_owned).collect())),
        "CAA" => {
            let mut caa = CAA::new_issue(false, None, Vec::new());
            caa.value = value.as_bytes().to_vec();
            RData::CAA(caa)
        }
        other => panic!("no record of the type {other} can be written here"),
    }
}
