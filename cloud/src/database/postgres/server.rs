//! A PostgreSQL server's address, and what every session there is held to.

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};
use tokio_postgres::{Config, config};

/// How long one server may take to let a session in. With several, each has as long.
const CONNECT_WITHIN: Duration = Duration::from_secs(4);

/// How long sent bytes may stay unacknowledged, and a silent line is believed in. A computer that died
/// says nothing more.
const SILENT_FOR: Duration = Duration::from_secs(10);

/// What the server itself keeps to in every session of ours:
/// - answered means on the disk (and on the synchronous replica, where there is one)
/// - a statement, a lock and a transaction that nobody goes on with have an end
/// - every statement here goes by a key, so a plan must not depend on when statistics were last gathered, and
///   need not be made anew for other values
/// - the server notices, too, that the other side died
const OPTIONS: &str = "-c synchronous_commit=on -c default_transaction_isolation=read\\ committed \
     -c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s \
     -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off \
     -c plan_cache_mode=force_generic_plan \
     -c client_min_messages=error \
     -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=15000";

/// One server, or several of which one may be written to.
#[derive(Clone)]
pub struct Server {
    pub(super) config: Config,
    pub(super) tls: Option<Arc<ClientConfig>>,
}

/// Why an address cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NotAServer {
    /// It is no address. The text is not shown: it may hold a password.
    #[error("not an address of a PostgreSQL server: {0}")]
    Malformed(String),
    /// Points and persons would cross the network in the clear.
    #[error(
        "a PostgreSQL server on another computer needs `?sslrootcert=<file>`: the authority of its certificate"
    )]
    InTheClear,
    /// The file named by `sslrootcert` is not usable.
    #[error("the certificate authority {path} cannot be used: {what}")]
    Authority {
        /// Which file.
        path: PathBuf,
        /// Why.
        what: String,
    },
}

impl FromStr for Server {
    type Err = NotAServer;

    fn from_str(text: &str) -> Result<Self, NotAServer> {
        let (address, authority) = take_authority(text);
        let mut config = Config::from_str(&address).map_err(|error| malformed(&error))?;
        let tls = authority.as_deref().map(trusting).transpose()?;
        if tls.is_some() {
            config.ssl_mode(SslMode::Require);
        } else if config.get_hosts().iter().any(is_elsewhere) {
            return Err(NotAServer::InTheClear);
        }
        let theirs = config.get_options().unwrap_or_default().to_owned();
        config
            .options(format!("{theirs} {OPTIONS}"))
            .application_name("madoguchi-cloud")
            .target_session_attrs(TargetSessionAttrs::ReadWrite)
            .tcp_user_timeout(SILENT_FOR)
            .keepalives_idle(SILENT_FOR)
            .keepalives_interval(SILENT_FOR / 4)
            .keepalives_retries(3);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_WITHIN);
        }
        Ok(Self { config, tls })
    }
}

/// The client's own words without what it quotes.
fn malformed(error: &tokio_postgres::Error) -> NotAServer {
    NotAServer::Malformed(error.to_string())
}

/// `sslrootcert` is libpq's name for the file; the client here does not know it.
fn take_authority(text: &str) -> (String, Option<PathBuf>) {
    let Some((address, query)) = text.split_once('?') else { return (text.to_owned(), None) };
    let is_authority = |parameter: &&str| parameter.starts_with("sslrootcert=");
    let authority = query.split('&').find(is_authority).and_then(|found| found.split_once('='));
    let rest: Vec<&str> = query.split('&').filter(|parameter| !is_authority(parameter)).collect();
    let address = if rest.is_empty() { address.to_owned() } else { format!("{address}?{}", rest.join("&")) };
    (address, authority.map(|(_, path)| PathBuf::from(path)))
}

fn is_elsewhere(host: &config::Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name != "localhost" && !name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => false,
    }
}

/// Trusts this authority and no other, and wants the certificate to be the named host's.
fn trusting(path: &Path) -> Result<Arc<ClientConfig>, NotAServer> {
    let unusable = |what: String| NotAServer::Authority { path: path.to_owned(), what };
    let mut authorities = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|error| unusable(error.to_string()))? {
        let certificate = certificate.map_err(|error| unusable(error.to_string()))?;
        authorities.add(certificate).map_err(|error| unusable(error.to_string()))?;
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| unusable(error.to_string()))?
        .with_root_certificates(authorities)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// Host and database, nothing that lets anybody in.
impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("postgres://")?;
        for (index, host) in self.config.get_hosts().iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            match host {
                Host::Tcp(name) => write!(f, "{comma}{name}")?,
                #[cfg(unix)]
                Host::Unix(folder) => write!(f, "{comma}{}", folder.display())?,
            }
        }
        write!(f, "/{}", self.config.get_dbname().unwrap_or_default())
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({self})")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        let server: Server = "postgres://cloud:geheim@localhost:5433/points".parse().unwrap();
        assert_eq!(server.to_string(), "postgres://localhost/points");
        assert!(!format!("{server:?}").contains("geheim"));
        let broken = "postgres://cloud:geheim@localhost:port/points".parse::<Server>().unwrap_err();
        assert!(!format!("{broken} {broken:?}").contains("geheim"));
    }

    #[test]
    fn another_computer_is_reached_through_tls_only() {
        for elsewhere in ["db.example.jp", "10.0.0.7", "localhost,10.0.0.7"] {
            let refused = format!("postgres://cloud@{elsewhere}/points").parse::<Server>();
            assert!(matches!(refused, Err(NotAServer::InTheClear)), "{elsewhere}");
        }
        for here in ["localhost", "127.0.0.1:5433,127.0.0.1:5434", "%2Frun%2Fpostgresql"] {
            assert!(format!("postgres://cloud@{here}/points").parse::<Server>().is_ok(), "{here}");
        }
    }

    #[test]
    fn a_server_is_trusted_by_the_authority_named() {
        let authority = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/ca");
        let pem = std::fs::read_dir(authority)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| path.extension().is_some_and(|end| end == "pem"))
            .unwrap();
        let address = format!("postgres://cloud@db.example.jp/points?sslrootcert={}", pem.display());
        let server: Server = address.parse().unwrap();
        assert!(server.tls.is_some());
        assert_eq!(server.config.get_ssl_mode(), SslMode::Require);
        let nothing = "postgres://cloud@db.example.jp/points?sslrootcert=/nowhere.pem".parse::<Server>();
        assert!(matches!(nothing, Err(NotAServer::Authority { .. })));
    }
}
