//! The line to the cloud, as a port: one message out, one reply back, or none.
//!
//! Bytes, not types, cross here, so that whatever stands behind it (the network, a simulator that
//! drops, delays, repeats and reorders, a cloud in the same process) treats all routes alike.

use crate::clock::Pending;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use zeroize::Zeroizing;

/// One request on its way.
pub struct Message {
    /// The route's name, as in `madoguchi_wire::terminal_api::route`.
    pub route: &'static str,
    /// The session's token, where the route needs one.
    pub token: Option<Zeroizing<String>>,
    /// The JSON body.
    pub body: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({}, {} bytes)", self.route, self.body.len())
    }
}

/// What came back.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body, JSON if the cloud wrote it.
    pub body: Vec<u8>,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply({}, {} bytes)", self.status, self.body.len())
    }
}

/// Why no reply came. In every case the message may have arrived, once or several times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// No connection to the cloud came about.
    #[error("the cloud cannot be reached")]
    Unreachable,
    /// What answered could not show the certificate of the authority in the settings.
    #[error("the cloud's certificate is not of the authority in the settings")]
    NotTrusted,
    /// The connection ended, or time ran out, before the reply was complete.
    #[error("no reply arrived")]
    Silent,
}

/// A line to one cloud.
pub trait CloudLine: Send + Sync {
    /// Carries one message and waits for its reply, about ten seconds at most. Dropping the future
    /// calls nothing back: the message may arrive all the same.
    fn carry(&self, message: Message) -> Pending<'_, Result<Reply, LineFault>>;
}

/// Where the cloud is and who vouches for it, as the settings say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloudAddress {
    /// `https://…`; plain `http://` only to this PC itself.
    pub url: String,
    /// The PEM file with the only authority that is trusted for it; none only for plain `http://`.
    pub authority: Option<PathBuf>,
}

/// Why an address cannot be used at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// Plain HTTP beyond this PC, or something that is neither http nor https.
    #[error("the address is not encrypted")]
    Insecure,
    /// It is not an address.
    #[error("not an address")]
    NotAnAddress,
    /// The authority's file is missing, unreadable or holds no certificate.
    #[error("the authority's file is missing or holds no certificate")]
    Authority,
}

/// Opens lines. The settings may change while the program runs, so lines are made, not given.
pub trait CloudLines: Send + Sync {
    /// A line to the cloud at `address`. Connects to nothing yet.
    fn open(&self, address: &CloudAddress) -> Result<Arc<dyn CloudLine>, AddressFault>;
}
