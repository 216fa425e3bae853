//! The line over a real network: what each thing at its other end comes to.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use madoguchi_terminal::cloud::{
    AddressFault, CloudAddress, CloudLine, CloudLines, HttpsLines, LineFault, Message, Reply,
};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use zeroize::Zeroizing;

const LINES: HttpsLines =
    HttpsLines { connect_within: Duration::from_secs(2), reply_within: Duration::from_secs(2) };

fn message() -> Message {
    Message {
        route: "use_points",
        token: Some(Zeroizing::new("token".into())),
        body: Zeroizing::new(b"{\"key\":1}".to_vec()),
    }
}

fn line(url: &str, authority: Option<&Path>) -> Arc<dyn CloudLine> {
    let address = CloudAddress { url: url.to_owned(), authority: authority.map(Path::to_path_buf) };
    LINES.open(&address).expect("the address can be used")
}

/// Reads one request with its body, as text.
async fn request(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"{\"key\":1}") {
        let mut buffer = [0; 1024];
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => break,
            Ok(length) => bytes.extend_from_slice(&buffer[..length]),
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Answers one connection after another with these bytes, then closes it. Answers its port and what
/// it was asked first.
async fn server(answer: &'static [u8]) -> (u16, tokio::sync::oneshot::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, asked) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let mut sender = Some(sender);
        while let Ok((mut stream, _)) = listener.accept().await {
            let text = request(&mut stream).await;
            if let Some(sender) = sender.take() {
                let _ = sender.send(text);
            }
            let _ = stream.write_all(answer).await;
        }
    });
    (port, asked)
}

async fn asked_over_http(answer: &'static [u8]) -> Result<Reply, LineFault> {
    let (port, _) = server(answer).await;
    line(&format!("http://127.0.0.1:{port}"), None).carry(message()).await
}

#[tokio::test]
async fn a_message_is_a_post_with_the_sessions_token() {
    let (port, asked) = server(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
    let reply = line(&format!("http://localhost:{port}"), None).carry(message()).await.unwrap();
    assert_eq!((reply.status, reply.body.as_slice()), (200, b"{}".as_slice()));
    let asked = asked.await.unwrap();
    assert!(asked.starts_with("POST /terminal/v1/use_points HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains("authorization: Bearer token\r\n"), "{asked}");
}

#[tokio::test]
async fn every_status_is_a_reply() {
    let reply = asked_over_http(b"HTTP/1.1 503 Busy\r\ncontent-length: 4\r\n\r\nbusy").await.unwrap();
    assert_eq!((reply.status, reply.body.as_slice()), (503, b"busy".as_slice()));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let answer = b"HTTP/1.1 307 Elsewhere\r\nlocation: https://example.jp/\r\ncontent-length: 0\r\n\r\n";
    assert_eq!(asked_over_http(answer).await.unwrap().status, 307);
}

#[tokio::test]
async fn a_reply_cut_off_is_no_reply() {
    for answer in [
        b"".as_slice(),
        b"HTTP/1.1 20",
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"outcome\":",
        b"\x00\x01\x02 not http",
    ] {
        assert_eq!(asked_over_http(answer).await.err(), Some(LineFault::Silent), "{answer:?}");
    }
}

#[tokio::test]
async fn a_cloud_that_accepts_and_says_nothing_is_silent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let open = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        request(&mut stream).await;
        std::future::pending::<()>().await;
    });
    let asked = line(&format!("http://127.0.0.1:{port}"), None).carry(message()).await;
    assert_eq!(asked.err(), Some(LineFault::Silent));
    open.abort();
}

#[tokio::test]
async fn where_nobody_listens_the_cloud_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let asked = line(&format!("http://127.0.0.1:{port}"), None).carry(message()).await;
    assert_eq!(asked.err(), Some(LineFault::Unreachable));
    let nameless = line("http://localhost:1", None).carry(message()).await;
    assert_eq!(nameless.err(), Some(LineFault::Unreachable));
}

/// A certificate authority and a server certificate of it for `localhost`, made by OpenSSL.
struct Authority {
    folder: tempfile::TempDir,
}

impl Authority {
    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let this = Self { folder };
        fs::write(
            this.file("server.ext"),
            "subjectAltName=DNS:localhost\nbasicConstraints=critical,CA:FALSE\nextendedKeyUsage=serverAuth\n",
        )
        .unwrap();
        let ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc"];
        let ca =
            ["req", "-x509", "-subj", "/CN=authority", "-days", "2", "-keyout", "ca.key", "-out", "ca.pem"];
        this.openssl(&[&ca[..], &ec[..]].concat());
        let csr = ["req", "-subj", "/CN=cloud", "-keyout", "server.key", "-out", "server.csr"];
        this.openssl(&[&csr[..], &ec[..]].concat());
        this.openssl(&[
            "x509",
            "-req",
            "-in",
            "server.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            "server.ext",
            "-out",
            "server.pem",
        ]);
        this
    }

    fn openssl(&self, arguments: &[&str]) {
        let done = Command::new("openssl").args(arguments).current_dir(self.folder.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Serves TLS with the server certificate; answers the port.
    async fn serve(&self) -> u16 {
        let chain = vec![CertificateDer::from_pem_file(self.file("server.pem")).unwrap()];
        let key = PrivateKeyDer::from_pem_file(self.file("server.key")).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if let Ok(mut stream) = acceptor.accept(stream).await {
                    request(&mut stream).await;
                    reply(&mut stream).await;
                }
            }
        });
        port
    }
}

async fn reply(stream: &mut (impl AsyncWrite + Unpin)) {
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
    let _ = stream.shutdown().await;
}

#[tokio::test]
async fn only_the_authority_in_the_settings_is_trusted() {
    let (ours, another) = (Authority::make(), Authority::make());
    let port = ours.serve().await;
    let url = format!("https://localhost:{port}");
    let trusted = line(&url, Some(&ours.file("ca.pem"))).carry(message()).await;
    assert_eq!(trusted.unwrap().status, 200);
    let untrusted = line(&url, Some(&another.file("ca.pem"))).carry(message()).await;
    assert_eq!(untrusted.err(), Some(LineFault::NotTrusted));
    let system = Path::new("/etc/ssl/certs/ca-certificates.crt");
    if system.exists() {
        let untrusted = line(&url, Some(system)).carry(message()).await;
        assert_eq!(untrusted.err(), Some(LineFault::NotTrusted));
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_trusted() {
    let ours = Authority::make();
    let port = ours.serve().await;
    let asked = line(&format!("https://127.0.0.1:{port}"), Some(&ours.file("ca.pem"))).carry(message()).await;
    assert_eq!(asked.err(), Some(LineFault::NotTrusted));
}

#[tokio::test]
async fn a_server_without_tls_is_no_cloud() {
    let ours = Authority::make();
    let (port, _) = server(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
    let asked = line(&format!("https://localhost:{port}"), Some(&ours.file("ca.pem"))).carry(message()).await;
    assert!(asked.is_err());
}

#[test]
fn an_authority_that_is_none_is_refused_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    fs::write(&empty, "").unwrap();
    let text = folder.path().join("text.pem");
    fs::write(&text, "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n").unwrap();
    for file in [empty, text, folder.path().join("missing.pem")] {
        let address = CloudAddress { url: "https://cloud.example.jp".into(), authority: Some(file.clone()) };
        assert_eq!(LINES.open(&address).err(), Some(AddressFault::Authority), "{}", file.display());
    }
}
