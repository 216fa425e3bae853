//! Example data: a municipality with its currencies, sites, terminals and residents, from one file.
//!
//! Taking the same file in twice changes nothing the second time, so a demonstration can begin with it
//! at every start. Its passwords stand in the file for everybody to read.

mod file;

pub use file::ExampleFile;

use super::currency::ServicePeriod;
use super::grant::Grant;
use super::terminal::NewTerminal;
use super::{OperatorError, currency, grant, id_provider, municipality, person, site, terminal};
use crate::identity::password::{NotATerminalPassword, TerminalPassword};
use crate::identity::{self, issuer};
use crate::ledger::Ledger;
use file::{ExampleCurrency, ExampleKind, ExampleResident, ExampleTerminal};
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::mykey_id::{MyKeyId, NotAMyKeyId};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
use rusqlite::Connection;
use std::io;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Why example data could not be taken in.
#[derive(Debug, thiserror::Error)]
pub enum ExampleError {
    /// The file or a certificate it names cannot be read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not as expected.
    #[error("{path} has a mistake: {source}")]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// What and where.
        source: Box<toml::de::Error>,
    },
    /// Something names what the file does not hold.
    #[error("the example data names {0}, which it does not hold")]
    Unnamed(String),
    /// A password of the file.
    #[error(transparent)]
    Password(#[from] NotATerminalPassword),
    /// A MyKey ID of the file.
    #[error(transparent)]
    MyKeyId(#[from] NotAMyKeyId),
    /// What it holds could not be set up.
    #[error(transparent)]
    Operator(#[from] OperatorError),
}

/// Takes in a file; certificates are named relative to it.
pub async fn seed(ledger: &Ledger, path: &Path, now_ms: i64) -> Result<(), ExampleError> {
    let file = ExampleFile::read(path)?;
    let folder = path.parent().unwrap_or(Path::new(".")).to_owned();
    let residents = file
        .residents
        .iter()
        .map(|resident| Ok((resident.clone(), read_certificate(&folder, resident)?)))
        .collect::<Result<Vec<_>, ExampleError>>()?;
    let grants = ledger
        .database()
        .write(move |write| set_up(write, &file, &residents, now_ms))
        .await
        .map_err(not_written)?;
    for each in grants {
        grant::grant(ledger, each).await?;
    }
    Ok(())
}

fn not_written(error: crate::database::NotWritten<ExampleError>) -> ExampleError {
    use crate::database::NotWritten;
    match error {
        NotWritten::Failed(error) => error,
        NotWritten::Busy => OperatorError::Busy.into(),
        NotWritten::Unknown => OperatorError::Unknown.into(),
    }
}

fn read_certificate(folder: &Path, resident: &ExampleResident) -> Result<Vec<u8>, ExampleError> {
    let path = folder.join(&resident.certificate);
    std::fs::read(&path).map_err(|source| ExampleError::Unreadable { path, source })
}

/// Everything but the points, which the ledger gives out afterwards.
fn set_up(
    write: &Connection,
    file: &ExampleFile,
    residents: &[(ExampleResident, Vec<u8>)],
    now_ms: i64,
) -> Result<Vec<Grant>, ExampleError> {
    for issuer in &file.issuers {
        municipality::add(write, issuer.code, &issuer.name)?;
        if let Some(limits) = issuer.limits {
            municipality::set_limits(write, issuer.code, limits.per_use, limits.per_day)?;
        }
    }
    for each in &file.sites {
        site::add(write, each.municipality, &each.name)?;
    }
    for each in &file.id_providers {
        id_provider::add(write, each.municipality, &each.id, &each.name, each.is_street)?;
    }
    for each in &file.terminals {
        add_terminal(write, each)?;
    }
    for each in &file.currencies {
        add_currency(write, each)?;
    }
    let mut grants = Vec::new();
    for (resident, certificate) in residents {
        grants.extend(add_resident(write, resident, certificate, now_ms)?);
    }
    Ok(grants)
}

fn add_terminal(write: &Connection, example: &ExampleTerminal) -> Result<(), ExampleError> {
    if identity::terminal::find(write, example.id).map_err(OperatorError::from)?.is_some() {
        return Ok(());
    }
    let new = NewTerminal {
        id: Some(example.id),
        municipality: example.municipality,
        site: site::add(write, example.municipality, &example.site)?,
        kind: example.kind,
        of_a_street: example.of_a_street,
    };
    terminal::add(write, &new, &TerminalPassword::chosen(&example.password)?)?;
    Ok(())
}

fn add_currency(write: &Connection, example: &ExampleCurrency) -> Result<(), ExampleError> {
    let period = || match (example.first_day, example.last_day) {
        (Some(first_day), Some(last_day)) => Ok(ServicePeriod { first_day, last_day }),
        _ => Err(ExampleError::Unnamed(format!("a period of {}", example.name))),
    };
    let code = match example.kind {
        ExampleKind::Municipal => currency::add_municipal(write, example.issuer, &example.name)?,
        ExampleKind::Event => currency::add_event(write, example.issuer, &example.name, period()?)?,
        ExampleKind::Common => currency::add_common(write, example.issuer, &example.name, period()?)?,
    };
    currency::allow_at(write, code, &example.terminals)?;
    Ok(())
}

fn add_resident(
    write: &Connection,
    example: &ExampleResident,
    certificate: &[u8],
    now_ms: i64,
) -> Result<Vec<Grant>, ExampleError> {
    let mykey_id = MyKeyId::parse(&example.mykey_id)?;
    let known = identity::person::find_by_mykey_id(write, mykey_id).map_err(OperatorError::from)?;
    let id = if let Some(id) = known {
        id
    } else {
        let id = PersonId(Uuid::new_v4());
        person::add(write, id, mykey_id, certificate, now_ms)?;
        id
    };
    example
        .points
        .iter()
        .enumerate()
        .map(|(index, points)| {
            Ok(Grant {
                key: example_key(&example.mykey_id, index),
                currency: named_currency(write, points.issuer, &points.currency)?,
                person: id,
                points: points.points,
                last_day: points.last_day,
                program: points.program.clone(),
            })
        })
        .collect()
}

fn named_currency(write: &Connection, issuer: IssuerCode, name: &str) -> Result<CurrencyCode, ExampleError> {
    let unnamed = || ExampleError::Unnamed(name.to_owned());
    if issuer::find(write, issuer).map_err(OperatorError::from)?.is_none() {
        return Err(unnamed());
    }
    let found =
        identity::currency::find_by_name(write, BookCode::from(issuer), name).map_err(OperatorError::from)?;
    found.map(|currency| currency.code).ok_or_else(unnamed)
}

/// The same grant of the same file has the same key, so it is given once.
fn example_key(mykey_id: &str, index: usize) -> OperationKey {
    OperationKey::derived(&format!("example:{mykey_id}:{index}"))
}
