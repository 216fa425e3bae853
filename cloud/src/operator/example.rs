//! Example data: a municipality with its currencies, sites, terminals and residents, from one file.
//!
//! Taking the same file in twice changes nothing the second time, so a demonstration can begin with it
//! at every start. Its passwords stand in the file for everybody to read.

mod day;
mod file;

pub use file::ExampleFile;

use super::currency::ServicePeriod;
use super::grant::Grant;
use super::terminal::NewTerminal;
use super::{OperatorError, currency, grant, id_provider, municipality, person, site, terminal};
use crate::clock::japan_date;
use crate::database::Connection;
use crate::identity::password::{NotATerminalPassword, TerminalPassword};
use crate::identity::service_id::{self, Bond, Registrar};
use crate::identity::{self, issuer};
use crate::ledger::Ledger;
use file::{
    ExampleCurrency, ExampleKind, ExamplePoints, ExampleResident, ExampleServiceId, ExampleSite,
    ExampleTerminal,
};
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::mykey_id::{MyKeyId, NotAMyKeyId};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
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
    let today = japan_date(now_ms);
    for issuer in &file.issuers {
        municipality::add(write, issuer.code, &issuer.name)?;
        if let Some(limits) = issuer.limits {
            municipality::set_limits(write, issuer.code, limits.per_use, limits.per_day)?;
        }
        if let Some(rule) = issuer.sign_in {
            municipality::set_sign_in(write, issuer.code, rule)?;
        }
    }
    for each in &file.sites {
        add_site(write, each)?;
    }
    for each in &file.id_providers {
        id_provider::add(write, each.municipality, &each.id, &each.name, each.is_street)?;
    }
    for each in &file.terminals {
        add_terminal(write, each)?;
    }
    for each in &file.currencies {
        add_currency(write, each, today)?;
    }
    let mut grants = Vec::new();
    for (resident, certificate) in residents {
        let person = add_resident(write, resident, certificate, now_ms)?;
        for held in &resident.service_ids {
            add_service_id(write, person, resident, held, now_ms)?;
        }
        for (index, points) in resident.points.iter().enumerate() {
            grants.push(example_grant(write, resident, index, points, person, today)?);
        }
    }
    Ok(grants)
}

/// A site that is there already stays as it is: its municipality may have changed its mind.
fn add_site(write: &Connection, example: &ExampleSite) -> Result<(), ExampleError> {
    let known = identity::site::find_by_name(write, example.municipality, &example.name)
        .map_err(OperatorError::from)?;
    if known.is_none() {
        let site = site::add(write, example.municipality, &example.name)?;
        site::set_takes_tickets(write, site, example.takes_tickets)?;
    }
    Ok(())
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
    if let Some(functions) = &example.functions {
        terminal::set_functions(write, example.id, functions)?;
    }
    Ok(())
}

/// A currency that is there already stays as it is: its period may be an earlier year's.
fn add_currency(write: &Connection, example: &ExampleCurrency, today: Date) -> Result<(), ExampleError> {
    let known = identity::currency::find_by_name(write, BookCode::from(example.issuer), &example.name)
        .map_err(OperatorError::from)?;
    let code = match known {
        Some(known) => known.code,
        None => new_currency(write, example, today)?,
    };
    currency::allow_at(write, code, &example.terminals)?;
    for (municipality, name) in &example.sites {
        let site = identity::site::find_by_name(write, *municipality, name).map_err(OperatorError::from)?;
        currency::allow_at_sites(write, code, &[site.ok_or_else(|| ExampleError::Unnamed(name.clone()))?])?;
    }
    Ok(())
}

fn new_currency(
    write: &Connection,
    example: &ExampleCurrency,
    today: Date,
) -> Result<CurrencyCode, ExampleError> {
    let period = || match (example.first_day, example.last_day) {
        (Some(first), Some(last)) => {
            Ok(ServicePeriod { first_day: first.seen_from(today), last_day: last.seen_from(today) })
        }
        _ => Err(ExampleError::Unnamed(format!("a period of {}", example.name))),
    };
    Ok(match example.kind {
        ExampleKind::Municipal => currency::add_municipal(write, example.issuer, &example.name)?,
        ExampleKind::Event => currency::add_event(write, example.issuer, &example.name, period()?)?,
        ExampleKind::Common => currency::add_common(write, example.issuer, &example.name, period()?)?,
    })
}

fn add_resident(
    write: &Connection,
    example: &ExampleResident,
    certificate: &[u8],
    now_ms: i64,
) -> Result<PersonId, ExampleError> {
    let mykey_id = MyKeyId::parse(&example.mykey_id)?;
    let known = identity::person::find_by_mykey_id(write, mykey_id).map_err(OperatorError::from)?;
    if let Some(id) = known {
        return Ok(id);
    }
    let id = PersonId(Uuid::new_v4());
    person::add(write, id, mykey_id, certificate, now_ms)?;
    Ok(id)
}

/// A person who has a service ID of the provider keeps it: it may have been corrected.
fn add_service_id(
    write: &Connection,
    person: PersonId,
    resident: &ExampleResident,
    example: &ExampleServiceId,
    now_ms: i64,
) -> Result<(), ExampleError> {
    let of = Bond { provider: example.provider, person };
    if service_id::standing(write, of).map_err(OperatorError::from)?.is_some() {
        return Ok(());
    }
    let key = OperationKey::derived(&format!("example:{}:{}", resident.mykey_id, example.provider));
    let by = Registrar { terminal: example.terminal, generation: 1 };
    service_id::register(write, key, of, &example.number, by, now_ms).map_err(OperatorError::from)?;
    Ok(())
}

fn example_grant(
    write: &Connection,
    resident: &ExampleResident,
    index: usize,
    points: &ExamplePoints,
    person: PersonId,
    today: Date,
) -> Result<Grant, ExampleError> {
    let last_day = points.last_day.map(|day| day.seen_from(today));
    Ok(Grant {
        key: example_key(&resident.mykey_id, index, last_day),
        currency: named_currency(write, points.issuer, &points.currency)?,
        person,
        points: points.points,
        last_day,
        program: points.program.clone(),
    })
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

/// The same grant of the same file has the same key, so it is given once; points that lapse with the
/// fiscal year are given anew in the next.
fn example_key(mykey_id: &str, index: usize, last_day: Option<Date>) -> OperationKey {
    let last_day = last_day.map_or_else(|| "none".to_owned(), |day| day.to_string());
    OperationKey::derived(&format!("example:{mykey_id}:{index}:{last_day}"))
}
