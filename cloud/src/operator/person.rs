//! Persons: a MyKey ID with the auth certificate of its holder's card.

use super::OperatorError;
use crate::database::Connection;
use crate::identity::{certificate, person};
use madoguchi_domain::mykey_id::MyKeyId;
use madoguchi_domain::person::PersonId;

/// Adds a person under a new random id. Neither the MyKey ID nor the certificate may be known.
pub fn add(
    write: &Connection,
    id: PersonId,
    mykey_id: MyKeyId,
    certificate_file: &[u8],
    now_ms: i64,
) -> Result<(), OperatorError> {
    let card = certificate::parse(certificate_file)?;
    if person::was_ever(write, mykey_id)? {
        return Err(OperatorError::MyKeyIdTaken);
    }
    if certificate::find(write, &card.name)?.is_some() {
        return Err(OperatorError::CertificateTaken);
    }
    person::add(write, id, mykey_id, now_ms)?;
    certificate::add(write, id, &card)?;
    Ok(())
}

/// Who has a MyKey ID.
pub fn find(read: &Connection, mykey_id: MyKeyId) -> Result<PersonId, OperatorError> {
    person::find_by_mykey_id(read, mykey_id)?.ok_or(OperatorError::UnknownPerson)
}
