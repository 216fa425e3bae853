//! A stand-in for the certificate authority: it answers from a file. For demonstrations and tests only.
//!
//! The file names pairs of certificate files, each beside it:
//! `[[renewal]]`, `certificate = "../cards/hanako-renewed/auth.crt.pem"`,
//! `follows = "../cards/hanako/auth.crt.pem"`.

use super::{Answer, Renewal, Renewals};
use crate::identity::certificate::{self, NotACertificate};
use madoguchi_domain::certificate::CertificateName;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Renewals as a file has them.
#[derive(Debug, Default)]
pub struct ExampleRenewals(Vec<Renewal>);

/// The file makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum NoExampleRenewals {
    /// A file cannot be read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It does not say what such a file says.
    #[error("the file of renewals makes no sense: {0}")]
    Malformed(#[from] Box<toml::de::Error>),
    /// A certificate's file holds none.
    #[error(transparent)]
    NotACertificate(#[from] NotACertificate),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "renewal")]
    renewals: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    certificate: PathBuf,
    follows: PathBuf,
}

impl ExampleRenewals {
    /// Reads the file and the certificates it names.
    pub fn read(path: &Path) -> Result<Self, NoExampleRenewals> {
        let text = String::from_utf8_lossy(&bytes(path)?).into_owned();
        let file: File = toml::from_str(&text).map_err(Box::new)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let pair = |pair: &Pair| {
            let certificate = certificate::parse(&bytes(&folder.join(&pair.certificate))?)?;
            let predecessor = certificate::parse(&bytes(&folder.join(&pair.follows))?)?.name;
            Ok(Renewal { certificate, predecessor })
        };
        file.renewals.iter().map(pair).collect::<Result<_, _>>().map(Self)
    }

    /// Of these.
    pub const fn of(renewals: Vec<Renewal>) -> Self {
        Self(renewals)
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, NoExampleRenewals> {
    std::fs::read(path).map_err(|source| NoExampleRenewals::Unreadable { path: path.to_owned(), source })
}

impl Renewals for ExampleRenewals {
    fn renewal<'a>(&'a self, of: &'a CertificateName) -> Answer<'a> {
        let known = self.0.iter().find(|renewal| renewal.certificate.name == *of).cloned();
        Box::pin(async move { Ok(known) })
    }
}
