//! Pages in a real browser: what it lets them ask, and what they get. Names lead to this PC by the browser's
//! own rules, so that a page has any origin, and a name any address.

use super::library::{Library, PAGE, Program};
use madoguchi_tests::scene::vendor::examples;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_rustls::TlsAcceptor;

const LIMIT: Duration = Duration::from_mins(1);

/// A web server of somebody's own system: one page, which says what it came to.
struct Site {
    address: SocketAddr,
    said: UnboundedReceiver<Value>,
}

impl Site {
    /// Serves a page that runs `script` as the body of an async function and says what that returns.
    async fn with(script: &str, folder: &Path) -> Self {
        let page = format!(
            "<!doctype html><meta charset=utf-8><script type=module>const run = async () => {{ {script} }};
             const said = await run().catch((error) => ({{ error: String(error) }}));
             await fetch('/said', {{ method: 'POST', body: JSON.stringify(said) }});</script>"
        );
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (says, said) = unbounded_channel();
        let acceptor = TlsAcceptor::from(Arc::new(tls(folder).await));
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(answer(connection, acceptor.clone(), page.clone(), says.clone()));
            }
        });
        Self { address, said }
    }

    async fn says(&mut self) -> Value {
        tokio::time::timeout(LIMIT, self.said.recv()).await.expect("the page speaks").unwrap()
    }
}

/// A certificate that no authority knows; the browser is told not to mind.
async fn tls(folder: &Path) -> ServerConfig {
    let (key, certificate) = (folder.join("site.key"), folder.join("site.crt"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"])
        .args(["-subj", "/CN=library.example.jp", "-days", "2"])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .output()
        .await
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let certificate = CertificateDer::from_pem_file(certificate).unwrap();
    let key = PrivateKeyDer::from_pem_file(key).unwrap();
    ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap()
}

/// One request to a connection: the page, or what it came to.
async fn answer(connection: TcpStream, tls: TlsAcceptor, page: String, says: UnboundedSender<Value>) {
    // A browser opens connections that it does not use.
    let Ok(mut connection) = tls.accept(connection).await else { return };
    let mut received = Vec::new();
    let is_whole = |received: &[u8]| {
        let text = String::from_utf8_lossy(received);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let length =
            head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        (body.len() >= length.unwrap_or(0)).then(|| (head.starts_with("POST"), body.to_owned()))
    };
    let (is_said, body) = loop {
        if let Some(whole) = is_whole(&received) {
            break whole;
        }
        match connection.read_buf(&mut received).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
    };
    if is_said {
        let _ = says.send(serde_json::from_str(&body).unwrap());
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        page.len()
    );
    let _ = connection.write_all(format!("{head}{page}").as_bytes()).await;
    let _ = connection.shutdown().await;
}

/// A browser for which every name of `.jp` leads to this PC; gone when it is dropped.
fn browser(folder: &TempDir, rules: &str, arguments: &[&str]) -> Child {
    Command::new("chromium")
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--ignore-certificate-errors",
            "--no-first-run",
        ])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("--host-resolver-rules={rules}"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

/// What a page comes to that is served under this origin.
async fn page_says(origin: &str, script: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let mut site = Site::with(script, folder.path()).await;
    let name = origin.strip_prefix("https://").unwrap();
    let rules = format!("MAP {name} 127.0.0.1:{}", site.address.port());
    let _browser = browser(&folder, &rules, &[origin]);
    site.says().await
}

/// The page's script asks for a card with a token, however it came by it.
fn asking(program: &Program) -> String {
    format!(
        "const answer = await fetch('http://{}/v1/read_card', {{ method: 'POST', body: '{{\"wait_s\":5}}',
           headers: {{ 'Content-Type': 'application/json', Authorization: 'Bearer {}' }} }});
         return await answer.json();",
        program.address(),
        program.token
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_the_docs_pairs_itself_and_gets_the_number() {
    let library = Library::opens().await;
    library.puts_on("taro");
    let code = library.offers("蔵書検索", Some(PAGE)).await;
    let example = examples("js").unwrap().concat().replace("127.0.0.1:24725", &library.address.to_string());
    let script = format!("const code = '{code}'; {example}; return {{ result, number }};");
    let said = page_says(PAGE, &script).await;
    assert_eq!(said, json!({ "result": "customer_number", "number": "0012345678" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_origin_gets_nothing_even_with_the_paired_pages_token() {
    let library = Library::opens().await;
    library.puts_on("taro");
    let page = library.pairs("蔵書検索", Some(PAGE)).await;
    assert_eq!(page_says(PAGE, &asking(&page)).await["number"], "0012345678", "the paired page does");
    for origin in ["https://library.example.jp:8443", "https://evil.example.jp"] {
        let said = page_says(origin, &asking(&page)).await;
        assert_eq!(said, json!({ "error": "TypeError: Failed to fetch" }), "{origin}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_was_led_here_shows_a_browser_nothing() {
    let library = Library::opens().await;
    let folder = tempfile::tempdir().unwrap();
    let url = format!("http://rebound.example.jp:{}/v1/openapi.json", library.address.port());
    let shown =
        browser(&folder, "MAP rebound.example.jp 127.0.0.1", &["--dump-dom", &url]).wait_with_output();
    let shown = tokio::time::timeout(LIMIT, shown).await.expect("the browser ends").unwrap();
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("bridge_host_refused"), "{shown}");
}
