//! ID providers (ID付与事業者).

use super::OperatorError;
use crate::database::Connection;
use crate::identity::{id_provider, issuer};
use madoguchi_domain::digits::is_digits;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_wire::terminal_api::IdProviderChoice;

/// Adds an ID provider to its municipality's list, or renames it.
pub fn add(
    write: &Connection,
    municipality: IssuerCode,
    id: &str,
    name: &str,
    is_street: bool,
) -> Result<(), OperatorError> {
    if !is_digits(id, 6) {
        return Err(OperatorError::NotAnIdProviderId);
    }
    if issuer::find(write, municipality)?.is_none() {
        return Err(OperatorError::UnknownIssuer(municipality));
    }
    let provider = IdProviderChoice { id: id.to_owned(), name: name.to_owned() };
    id_provider::put(write, municipality, &provider, is_street)?;
    Ok(())
}
