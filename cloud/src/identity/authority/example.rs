//! A stand-in for the certificate authority: it answers from a file. For demonstrations and tests only.
//!
//! The file names certificate files, from where it lies: `[[renewal]]` with `certificate` and `follows`, and
//! `signing` and `signing_follows` for the signing certificates of the two cards; `[[lapsed]]` with `signing`.

use super::{Answer, CertificateAuthority, Renewal, SigningRenewal};
use crate::identity::certificate::{self, NotACertificate};
use madoguchi_domain::certificate::CertificateName;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Answers as a file has them.
#[derive(Debug, Default)]
pub struct ExampleAuthority {
    renewals: Vec<Renewal>,
    lapsed: Vec<CertificateName>,
}

/// The file makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum NoExampleAuthority {
    /// A file cannot be read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It does not say what such a file says.
    #[error("the file of the authority's answers makes no sense: {0}")]
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
    #[serde(default)]
    lapsed: Vec<Lapsed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    certificate: PathBuf,
    follows: PathBuf,
    signing: Option<PathBuf>,
    signing_follows: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lapsed {
    signing: PathBuf,
}

impl ExampleAuthority {
    /// Reads the file and the certificates it names.
    pub fn read(path: &Path) -> Result<Self, NoExampleAuthority> {
        let text = String::from_utf8_lossy(&bytes(path)?).into_owned();
        let file: File = toml::from_str(&text).map_err(Box::new)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let certificate = |path: &PathBuf| -> Result<_, NoExampleAuthority> {
            Ok(certificate::parse(&bytes(&folder.join(path))?)?)
        };
        let pair = |pair: &Pair| -> Result<_, NoExampleAuthority> {
            let signing = match (&pair.signing, &pair.signing_follows) {
                (Some(signing), Some(follows)) => Some(SigningRenewal {
                    certificate: certificate(signing)?.name,
                    predecessor: certificate(follows)?.name,
                }),
                _ => None,
            };
            let predecessor = certificate(&pair.follows)?.name;
            Ok(Renewal { certificate: certificate(&pair.certificate)?, predecessor, signing })
        };
        let lapsed = |lapsed: &Lapsed| Ok::<_, NoExampleAuthority>(certificate(&lapsed.signing)?.name);
        Ok(Self {
            renewals: file.renewals.iter().map(pair).collect::<Result<_, _>>()?,
            lapsed: file.lapsed.iter().map(lapsed).collect::<Result<_, _>>()?,
        })
    }

    /// Of these.
    pub const fn of(renewals: Vec<Renewal>, lapsed: Vec<CertificateName>) -> Self {
        Self { renewals, lapsed }
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, NoExampleAuthority> {
    std::fs::read(path).map_err(|source| NoExampleAuthority::Unreadable { path: path.to_owned(), source })
}

impl CertificateAuthority for ExampleAuthority {
    fn renewal<'a>(&'a self, of: &'a CertificateName) -> Answer<'a, Option<Renewal>> {
        let known = self.renewals.iter().find(|renewal| renewal.certificate.name == *of).cloned();
        Box::pin(async move { Ok(known) })
    }

    fn has_lapsed<'a>(&'a self, signing: &'a CertificateName) -> Answer<'a, bool> {
        let has_lapsed = self.lapsed.contains(signing);
        Box::pin(async move { Ok(has_lapsed) })
    }
}
