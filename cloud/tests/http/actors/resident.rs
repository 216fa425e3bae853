//! A resident with a card.

use madoguchi_domain::certificate::CertificateName;
use madoguchi_domain::mykey_id::MyKeyId;
use madoguchi_domain::person::PersonId;
use madoguchi_wire::terminal_api::LookUpPointsRequest;

/// Who puts a card on the reader.
#[derive(Debug, Clone)]
pub(crate) struct Resident {
    pub(crate) person: PersonId,
    pub(crate) mykey_id: MyKeyId,
    pub(crate) card: CertificateName,
}

impl Resident {
    /// What a reader sees of the card.
    pub(crate) fn card(&self) -> LookUpPointsRequest {
        LookUpPointsRequest { issuer: hex::encode(&self.card.issuer_der), serial: self.card.serial.clone() }
    }
}
