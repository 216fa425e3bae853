//! The file of example data.

use super::ExampleError;
use super::day::ExampleDay;
use madoguchi_domain::customer_number::CustomerNumber;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::points::Points;
use madoguchi_domain::sign_in::SignInRule;
use madoguchi_domain::terminal::{TerminalFunction, TerminalId, TerminalKind};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Everything in one file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleFile {
    #[serde(default, rename = "issuer")]
    pub(super) issuers: Vec<ExampleIssuer>,
    #[serde(default, rename = "site")]
    pub(super) sites: Vec<ExampleSite>,
    #[serde(default, rename = "id_provider")]
    pub(super) id_providers: Vec<ExampleIdProvider>,
    #[serde(default, rename = "terminal")]
    pub(super) terminals: Vec<ExampleTerminal>,
    #[serde(default, rename = "currency")]
    pub(super) currencies: Vec<ExampleCurrency>,
    #[serde(default, rename = "resident")]
    pub(super) residents: Vec<ExampleResident>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExampleIssuer {
    pub(super) code: IssuerCode,
    pub(super) name: String,
    pub(super) limits: Option<ExampleLimits>,
    pub(super) sign_in: Option<SignInRule>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExampleLimits {
    pub(super) per_use: i64,
    pub(super) per_day: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExampleSite {
    pub(super) municipality: IssuerCode,
    pub(super) name: String,
    #[serde(default)]
    pub(super) takes_tickets: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExampleIdProvider {
    pub(super) municipality: IssuerCode,
    pub(super) id: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) is_street: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExampleTerminal {
    pub(super) id: TerminalId,
    pub(super) password: String,
    pub(super) municipality: IssuerCode,
    pub(super) site: String,
    pub(super) kind: TerminalKind,
    #[serde(default)]
    pub(super) of_a_street: bool,
    /// Where they are others than the kind's.
    pub(super) functions: Option<Vec<TerminalFunction>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExampleCurrency {
    pub(super) issuer: IssuerCode,
    pub(super) kind: ExampleKind,
    pub(super) name: String,
    pub(super) first_day: Option<ExampleDay>,
    pub(super) last_day: Option<ExampleDay>,
    #[serde(default)]
    pub(super) terminals: Vec<TerminalId>,
    /// Sites without such a terminal: the municipality and the name of each.
    #[serde(default)]
    pub(super) sites: Vec<(IssuerCode, String)>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ExampleKind {
    Municipal,
    Event,
    Common,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExampleResident {
    pub(super) mykey_id: String,
    pub(super) certificate: PathBuf,
    #[serde(default)]
    pub(super) points: Vec<ExamplePoints>,
    #[serde(default)]
    pub(super) service_ids: Vec<ExampleServiceId>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExampleServiceId {
    pub(super) provider: IdProviderId,
    /// Where it was registered.
    pub(super) terminal: TerminalId,
    pub(super) number: CustomerNumber,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExamplePoints {
    pub(super) issuer: IssuerCode,
    pub(super) currency: String,
    pub(super) points: Points,
    pub(super) last_day: Option<ExampleDay>,
    pub(super) program: String,
}

impl ExampleFile {
    /// Reads and checks the file's shape.
    pub fn read(path: &Path) -> Result<Self, ExampleError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ExampleError::Unreadable { path: path.to_owned(), source })?;
        toml::from_str(&text)
            .map_err(|source| ExampleError::Malformed { path: path.to_owned(), source: Box::new(source) })
    }
}
