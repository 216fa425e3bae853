//! Address notices (row C6): who wishes that a provider be told when their address is to be checked, and by
//! which signing certificate that is known.
//!
//! The certificate's issuer and serial are kept for as long as the wish stands, and forgotten with it.

use super::authority::SigningRenewal;
use super::service_id::{Bond, Registrar};
use crate::database::{self, Connection, Optional, params};
use madoguchi_domain::certificate::CertificateName;
use madoguchi_domain::person::PersonId;

/// The signing certificate by which a wish stands; none where none does.
pub fn standing(read: &Connection, of: Bond) -> database::Result<Option<CertificateName>> {
    read.query_row(
        "select issuer, serial from address_notice
         where person = $1 and provider = $2 and until_ms is null",
        params![of.person.0.as_bytes(), of.provider.as_str()],
        |row| Ok(CertificateName { issuer_der: row.get(0)?, serial: row.get(1)? }),
    )
    .optional()
}

/// Writes a wish down, in the place of an earlier one. Asked for again it has the effect of one.
pub fn wish(
    write: &Connection,
    of: Bond,
    signing: &CertificateName,
    by: Registrar,
    now_ms: i64,
) -> database::Result<()> {
    if standing(write, of)?.as_ref() == Some(signing) {
        return Ok(());
    }
    end(write, of, now_ms)?;
    write
        .execute(
            "insert into address_notice (provider, person, issuer, serial, terminal, generation, from_ms)
             values ($1, $2, $3, $4, $5, $6, $7)",
            params![
                of.provider.as_str(),
                of.person.0.as_bytes(),
                signing.issuer_der,
                signing.serial,
                by.terminal.number(),
                by.generation,
                now_ms
            ],
        )
        .map(drop)
}

/// Ends a wish, and forgets its certificate.
pub fn end(write: &Connection, of: Bond, now_ms: i64) -> database::Result<()> {
    // The clock may have been set back since.
    write
        .execute(
            "update address_notice set issuer = null, serial = null,
                    until_ms = case when from_ms > $1 then from_ms else $1 end
             where person = $2 and provider = $3 and until_ms is null",
            params![now_ms, of.person.0.as_bytes(), of.provider.as_str()],
        )
        .map(drop)
}

/// A person's card was renewed, and its signing certificate with it (row B4).
pub fn follow(write: &Connection, person: PersonId, signing: &SigningRenewal) -> database::Result<()> {
    write
        .execute(
            "update address_notice set issuer = $1, serial = $2
             where person = $3 and issuer = $4 and serial = $5 and until_ms is null",
            params![
                signing.certificate.issuer_der,
                signing.certificate.serial,
                person.0.as_bytes(),
                signing.predecessor.issuer_der,
                signing.predecessor.serial
            ],
        )
        .map(drop)
}
