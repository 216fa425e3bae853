//! Reading columns back into the types they were written from.
//!
//! A value that no longer parses means a damaged or foreign database: an error, never a panic.

use crate::database;
use std::error::Error;

/// The error of a column whose text or number is not what the type allows.
pub(super) fn invalid(column: usize, source: impl Error + Send + Sync + 'static) -> database::Error {
    database::Error::column(column, source)
}

/// The error of a column whose value is none of the known names.
#[derive(Debug, thiserror::Error)]
#[error("not one of the known values")]
pub(super) struct UnknownValue;
