//! The way to the cloud.
//!
//! Belongs here: the line that carries messages, and what can go wrong on it. Does not: what the
//! messages mean to a clerk; each verb knows that of its own.

mod exchange;
mod fault;
mod https;
mod line;

pub(crate) use exchange::ask;
pub(crate) use fault::CloudFault;
pub use https::HttpsLines;
pub use line::{AddressFault, CloudAddress, CloudLine, CloudLines, LineFault, Message, Reply};
