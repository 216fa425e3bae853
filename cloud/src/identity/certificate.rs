//! Auth certificates (利用者証明用電子証明書): from issuer and serial to a person.
//!
//! A certificate that was read identifies; it does not prove (docs/security.md 1). Its chain is checked where
//! it signs; here only its period counts, as it was noted when the person registered it.

use crate::database::{self, Connection, Optional, params};
use madoguchi_domain::certificate::CertificateName;
use madoguchi_domain::person::PersonId;
use uuid::Uuid;
use x509_cert::Certificate;
use x509_cert::der::{Decode, DecodePem, Encode};

/// A registered certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificateRow {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub person: PersonId,
    /// First instant of its period, milliseconds since 1970 (UTC).
    pub not_before_ms: i64,
    /// Last instant of its period, milliseconds since 1970 (UTC).
    pub not_after_ms: i64,
    /// When another card took its place (row B4), milliseconds since 1970 (UTC).
    pub until_ms: Option<i64>,
}

impl CertificateRow {
    /// Whether the instant lies in its period, and no other card has taken its place.
    pub const fn is_valid_at(&self, at_ms: i64) -> bool {
        self.not_before_ms <= at_ms && at_ms <= self.not_after_ms && self.until_ms.is_none()
    }
}

/// What a certificate file says: its name and its period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFile {
    /// Issuer and serial.
    pub name: CertificateName,
    /// First instant of its period, milliseconds since 1970 (UTC).
    pub not_before_ms: i64,
    /// Last instant of its period, milliseconds since 1970 (UTC).
    pub not_after_ms: i64,
}

impl CertificateFile {
    /// Whether the instant lies in its period.
    pub const fn is_valid_at(&self, at_ms: i64) -> bool {
        self.not_before_ms <= at_ms && at_ms <= self.not_after_ms
    }
}

/// The file holds no X.509 certificate.
#[derive(Debug, thiserror::Error)]
#[error("not an X.509 certificate: {0}")]
pub struct NotACertificate(#[from] x509_cert::der::Error);

/// Reads a certificate, PEM or DER.
pub fn parse(bytes: &[u8]) -> Result<CertificateFile, NotACertificate> {
    let certificate = if bytes.starts_with(b"-----BEGIN") {
        Certificate::from_pem(bytes)?
    } else {
        Certificate::from_der(bytes)?
    };
    let tbs = certificate.tbs_certificate();
    Ok(CertificateFile {
        name: CertificateName {
            issuer_der: tbs.issuer().to_der()?,
            serial: plain_serial(&hex::encode(tbs.serial_number().as_bytes())),
        },
        not_before_ms: millis(tbs.validity().not_before),
        not_after_ms: millis(tbs.validity().not_after),
    })
}

/// A certificate's time in milliseconds since 1970 (UTC).
pub(super) fn millis(time: x509_cert::time::Time) -> i64 {
    i64::try_from(time.to_unix_duration().as_millis()).unwrap_or(i64::MAX)
}

/// Issuer and serial as a terminal sends them, both hex; `None` if either is no hex.
pub fn name_from_hex(issuer: &str, serial: &str) -> Option<CertificateName> {
    let issuer_der = hex::decode(issuer).ok().filter(|der| !der.is_empty())?;
    let is_hex =
        !serial.is_empty() && serial.len().is_multiple_of(2) && serial.bytes().all(|b| b.is_ascii_hexdigit());
    is_hex.then(|| CertificateName { issuer_der, serial: plain_serial(&serial.to_ascii_lowercase()) })
}

/// A serial without the zero byte that DER puts before a number whose highest bit is set: readers
/// differ in whether they show it.
fn plain_serial(hex: &str) -> String {
    let mut rest = hex;
    while rest.len() > 2 && rest.starts_with("00") {
        rest = &rest[2..];
    }
    rest.to_owned()
}

/// Adds a person's certificate.
pub fn add(write: &Connection, person: PersonId, certificate: &CertificateFile) -> database::Result<()> {
    let authority = &certificate.name.issuer_der;
    write.execute(
        "insert into certificate_authority (number, name)
         select (select cast(coalesce(max(number), 0) + 1 as bigint) from certificate_authority), $1
         where not exists (select 1 from certificate_authority where name = $1)",
        params![authority],
    )?;
    write
        .execute(
            "insert into certificate (id, authority, serial, person, not_before_ms, not_after_ms)
             values ((select cast(coalesce(max(id), 0) + 1 as bigint) from certificate),
                 (select number from certificate_authority where name = $1), $2, $3, $4, $5)",
            params![
                authority,
                plain_serial(&certificate.name.serial),
                person.0.as_bytes(),
                certificate.not_before_ms,
                certificate.not_after_ms
            ],
        )
        .map(drop)
}

/// Adds a certificate that takes another's place, whose own time ends with that (row B4).
pub fn take_over(
    write: &Connection,
    predecessor: &CertificateRow,
    certificate: &CertificateFile,
    now_ms: i64,
) -> database::Result<()> {
    add(write, predecessor.person, certificate)?;
    write.execute(
        "update certificate set predecessor = $1, from_ms = $2 where serial = $3
         and authority = (select number from certificate_authority where name = $4)",
        params![predecessor.id, now_ms, plain_serial(&certificate.name.serial), certificate.name.issuer_der],
    )?;
    write
        .execute("update certificate set until_ms = $1 where id = $2", params![now_ms, predecessor.id])
        .map(drop)
}

/// Finds a certificate by issuer and serial.
pub fn find(read: &Connection, name: &CertificateName) -> database::Result<Option<CertificateRow>> {
    read.query_row(
        "select id, person, not_before_ms, not_after_ms, until_ms from certificate
         where serial = $1 and authority = (select number from certificate_authority where name = $2)",
        params![name.serial, name.issuer_der],
        |row| {
            Ok(CertificateRow {
                id: row.get(0)?,
                person: PersonId(Uuid::from_bytes(row.get(1)?)),
                not_before_ms: row.get(2)?,
                not_after_ms: row.get(3)?,
                until_ms: row.get(4)?,
            })
        },
    )
    .optional()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn sample(card: &str, file: &str) -> Vec<u8> {
        std::fs::read(format!("{}/../fixtures/cards/{card}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn pem_and_der_name_the_same_certificate() {
        let pem = parse(&sample("hanako", "auth.crt.pem")).unwrap();
        assert_eq!(parse(&sample("hanako", "auth.crt.der")).unwrap(), pem);
        assert!(pem.not_before_ms < pem.not_after_ms);
    }

    #[test]
    fn a_serial_is_found_with_and_without_its_zero_byte() {
        // Taro's serial has its highest bit set.
        let file = parse(&sample("taro", "auth.crt.der")).unwrap();
        let issuer = hex::encode(&file.name.issuer_der);
        for sent in [file.name.serial.clone(), format!("00{}", file.name.serial.to_uppercase())] {
            assert_eq!(name_from_hex(&issuer, &sent).as_ref(), Some(&file.name));
        }
    }

    #[test]
    fn what_is_no_hex_names_nothing() {
        for (issuer, serial) in [("", "01"), ("30", ""), ("3", "01"), ("30", "1"), ("30", "0g"), ("zz", "01")]
        {
            assert_eq!(name_from_hex(issuer, serial), None, "{issuer} {serial}");
        }
    }

    #[test]
    fn other_files_are_no_certificate() {
        assert!(parse(b"hello").is_err());
        assert!(parse(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").is_err());
        assert!(parse(&sample("hanako", "auth.key.pem")).is_err());
    }
}
