//! The line over the network: HTTPS with one trusted authority, plain HTTP only to this PC itself.
//!
//! Trust is what the settings name and nothing else (docs/security.md 8): municipal networks put their own
//! authorities into the system's store to look into connections.

use super::line::{AddressFault, CloudAddress, CloudLine, CloudLines, LineFault, Message, Reply};
use crate::clock::Pending;
use madoguchi_wire::terminal_api::{TOKEN_SCHEME, route};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Certificate, Client, Url};
use std::error::Error as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// A counter is quiet for minutes between two cards; the open connection is kept for the next one.
const KEEP_OPEN: Duration = Duration::from_mins(5);
/// The longest reply the terminal reads; a statement of a month is far below.
const LONGEST_REPLY: usize = 8 * 1024 * 1024;

/// Opens lines over the network.
#[derive(Debug, Clone, Copy)]
pub struct HttpsLines {
    /// How long a connection may take to come about.
    pub connect_within: Duration,
    /// How long one message and its reply may take.
    pub reply_within: Duration,
}

impl Default for HttpsLines {
    fn default() -> Self {
        Self { connect_within: Duration::from_secs(3), reply_within: Duration::from_secs(10) }
    }
}

impl CloudLines for HttpsLines {
    fn open(&self, address: &CloudAddress) -> Result<Arc<dyn CloudLine>, AddressFault> {
        let base = checked(&address.url)?;
        let builder = Client::builder()
            .connect_timeout(self.connect_within)
            .timeout(self.reply_within)
            .pool_idle_timeout(KEEP_OPEN)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy();
        let builder = match &address.authority {
            Some(file) => builder.tls_certs_only(authorities(file)?),
            None if base.scheme() == "http" => builder.tls_certs_only([]),
            None => return Err(AddressFault::Authority),
        };
        let client = builder.build().map_err(|_| AddressFault::Authority)?;
        Ok(Arc::new(HttpsLine { client, base }))
    }
}

/// The address, if it may be used: https anywhere, http only to this PC.
fn checked(address: &str) -> Result<Url, AddressFault> {
    let url = Url::parse(address.trim()).map_err(|_| AddressFault::NotAnAddress)?;
    let host = url.host_str().ok_or(AddressFault::NotAnAddress)?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if matches!(host, "127.0.0.1" | "localhost" | "[::1]") => Ok(url),
        _ => Err(AddressFault::Insecure),
    }
}

fn authorities(file: &Path) -> Result<Vec<Certificate>, AddressFault> {
    let pem = std::fs::read(file).map_err(|_| AddressFault::Authority)?;
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|_| AddressFault::Authority)?;
    if certificates.is_empty() { Err(AddressFault::Authority) } else { Ok(certificates) }
}

struct HttpsLine {
    client: Client,
    base: Url,
}

impl HttpsLine {
    async fn exchange(&self, message: Message) -> Result<Reply, LineFault> {
        let url = self.base.join(&route(message.route)).map_err(|_| LineFault::Unreachable)?;
        let mut request = self
            .client
            .post(url)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .body(message.body.to_vec());
        if let Some(token) = &message.token {
            let mut value = HeaderValue::from_str(&format!("{TOKEN_SCHEME}{}", token.as_str()))
                .map_err(|_| LineFault::Silent)?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        let mut response = request.send().await.map_err(|error| fault(&error))?;
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| LineFault::Silent)? {
            if body.len() + chunk.len() > LONGEST_REPLY {
                return Err(LineFault::Silent);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { status, body })
    }
}

impl CloudLine for HttpsLine {
    fn carry(&self, message: Message) -> Pending<'_, Result<Reply, LineFault>> {
        Box::pin(self.exchange(message))
    }
}

/// Which situation an error of the HTTP client is.
fn fault(error: &reqwest::Error) -> LineFault {
    if error.source().is_some_and(is_about_trust) {
        LineFault::NotTrusted
    } else if error.is_connect() {
        LineFault::Unreachable
    } else {
        LineFault::Silent
    }
}

/// Whether a certificate is at the bottom of an error. The client has no question of its own for it,
/// and an `io::Error` does not show what it carries as its source.
fn is_about_trust(error: &(dyn std::error::Error + 'static)) -> bool {
    if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
        return true;
    }
    let carried = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    match carried {
        Some(carried) => is_about_trust(carried),
        None => error.source().is_some_and(is_about_trust),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_no_further_than_this_pc() {
        for (address, expected) in [
            ("https://cloud.example.jp", Ok(())),
            ("http://127.0.0.1:8080", Ok(())),
            ("http://localhost:8080/", Ok(())),
            ("http://cloud.example.jp", Err(AddressFault::Insecure)),
            ("http://127.0.0.1.example.jp", Err(AddressFault::Insecure)),
            ("http://localhost@cloud.example.jp", Err(AddressFault::Insecure)),
            ("ftp://127.0.0.1", Err(AddressFault::Insecure)),
            ("cloud.example.jp", Err(AddressFault::NotAnAddress)),
            ("", Err(AddressFault::NotAnAddress)),
        ] {
            assert_eq!(checked(address).map(|_| ()), expected, "{address}");
        }
    }

    #[test]
    fn an_encrypted_line_needs_an_authority() {
        let address = CloudAddress { url: "https://cloud.example.jp".into(), authority: None };
        assert_eq!(HttpsLines::default().open(&address).err(), Some(AddressFault::Authority));
    }
}
