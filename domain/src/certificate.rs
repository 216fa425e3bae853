//! What of the auth certificate (利用者証明用電子証明書) leads to a person: issuer and serial.
//!
//! Both are opaque here. Serials change with every renewed card; several generations of the
//! authority share one name. A certificate that was read identifies; it does not prove.

use std::fmt;

/// Issuer (DER of its distinguished name) and serial number (hex, lower case) of one certificate.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CertificateName {
    /// The issuer's distinguished name, DER encoded, as it stands in the certificate.
    pub issuer_der: Vec<u8>,
    /// The serial number's bytes as they stand in the certificate, in lower-case hex.
    pub serial: String,
}

impl fmt::Debug for CertificateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CertificateName(..)")
    }
}
