//! The books as the cloud addresses them: by the proxy's name, encrypted, trusting the authority of the
//! books' machines and no other.

use crate::Outcome;
use madoguchi_tests::scene::trouble::Trouble;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::Client;
use tokio_postgres_rustls::MakeRustlsConnect;

/// Silence of the database after which whoever asked hangs up.
pub(crate) const UNTIL_HUNG_UP: Duration = Duration::from_secs(4);

/// An address, and the trust that goes with it.
#[derive(Clone)]
pub(crate) struct Books {
    address: String,
    authority: PathBuf,
    tls: MakeRustlsConnect,
}

impl Books {
    /// The database as the documented files name it.
    pub(crate) fn at(password: &str, authority: &Path) -> Outcome<Self> {
        let untrusted = |error: &dyn std::error::Error| {
            Trouble::not_started(&authority.display().to_string(), &error.to_string())
        };
        let mut authorities = RootCertStore::empty();
        let certificate = CertificateDer::from_pem_file(authority).map_err(|error| untrusted(&error))?;
        authorities.add(certificate).map_err(|error| untrusted(&error))?;
        let config =
            ClientConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
                .with_safe_default_protocol_versions()
                .map_err(|error| untrusted(&error))?
                .with_root_certificates(authorities)
                .with_no_client_auth();
        Ok(Self {
            address: format!("postgres://madoguchi:{password}@books:5432/madoguchi"),
            authority: authority.to_path_buf(),
            tls: MakeRustlsConnect::new(config),
        })
    }

    /// As it stands in the cloud's settings.
    pub(crate) fn setting(&self) -> String {
        format!("{}?sslrootcert={}", self.address, self.authority.display())
    }

    /// A session with the primary.
    pub(crate) async fn connect(&self) -> Outcome<Client> {
        let address = format!("{}?sslmode=require", self.address);
        let connecting = tokio_postgres::connect(&address, self.tls.clone());
        let connected = tokio::time::timeout(UNTIL_HUNG_UP, connecting).await;
        let connected = connected.map_err(|_| Trouble::new("the books did not answer"))?;
        let (client, connection) = connected.map_err(|error| trouble(&error))?;
        // It ends with its client, or with the line.
        tokio::spawn(connection);
        Ok(client)
    }
}

/// What the server, or the line to it, said instead.
pub(crate) fn trouble(error: &tokio_postgres::Error) -> Trouble {
    Trouble::not_started("PostgreSQL", &error.to_string())
}
