//! ID providers (ID付与事業者).

use super::OperatorError;
use crate::database::Connection;
use crate::identity::{id_provider, issuer, service_id};
use madoguchi_domain::id_provider::IdProviderId;
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
    let id = IdProviderId::parse(id).map_err(|_| OperatorError::NotAnIdProviderId)?;
    if issuer::find(write, municipality)?.is_none() {
        return Err(OperatorError::UnknownIssuer(municipality));
    }
    let provider = IdProviderChoice { id, name: name.to_owned() };
    id_provider::put(write, municipality, &provider, is_street)?;
    Ok(())
}

/// Sets whether residents may let a provider be told that their address is to be checked (row C6).
pub fn set_address_notices(write: &Connection, id: &str, address_notices: bool) -> Result<(), OperatorError> {
    let id = IdProviderId::parse(id).map_err(|_| OperatorError::NotAnIdProviderId)?;
    if !id_provider::is_known(write, id)? {
        return Err(OperatorError::UnknownIdProvider(id));
    }
    Ok(id_provider::set_address_notices(write, id, address_notices)?)
}

/// How many persons have a service ID of a provider. Not which: that is asked with a reason.
pub fn service_ids(read: &Connection, id: &str) -> Result<i64, OperatorError> {
    let id = IdProviderId::parse(id).map_err(|_| OperatorError::NotAnIdProviderId)?;
    if !id_provider::is_known(read, id)? {
        return Err(OperatorError::UnknownIdProvider(id));
    }
    Ok(service_id::count(read, id)?)
}
