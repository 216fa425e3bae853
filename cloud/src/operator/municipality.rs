//! Municipalities and prefectures: who puts out points, a municipality's limits without PIN, and its rule
//! for signing in.

use super::OperatorError;
use crate::database::Connection;
use crate::identity::issuer::{self, DEFAULT_LIMIT_PER_DAY, DEFAULT_LIMIT_PER_USE, Issuer};
use crate::identity::sign_in_rule;
use crate::ledger::books;
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::sign_in::{PasswordAsked, SignInRule, StaffNameAsked};

/// Adds a municipality or a prefecture with its book, or renames a known one.
pub fn add(write: &Connection, code: IssuerCode, name: &str) -> Result<(), OperatorError> {
    let limits = issuer::find(write, code)?.map_or((DEFAULT_LIMIT_PER_USE, DEFAULT_LIMIT_PER_DAY), |known| {
        (known.limit_per_use, known.limit_per_day)
    });
    let (limit_per_use, limit_per_day) = limits;
    issuer::put(write, &Issuer { code, name: name.to_owned(), limit_per_use, limit_per_day })?;
    books::open_book(write, BookCode::from(code))?;
    Ok(())
}

/// Sets the limits for uses without PIN at the municipality's terminals, in points (row D5).
pub fn set_limits(
    write: &Connection,
    code: IssuerCode,
    per_use: i64,
    per_day: i64,
) -> Result<(), OperatorError> {
    if per_use <= 0 || per_day < per_use {
        return Err(OperatorError::LimitsOutOfOrder);
    }
    let known = issuer::find(write, code)?.ok_or(OperatorError::UnknownIssuer(code))?;
    issuer::put(write, &Issuer { limit_per_use: per_use, limit_per_day: per_day, ..known })?;
    Ok(())
}

/// Sets when the terminal password is asked for at the municipality's terminals, and whether a staff
/// name is (row A8).
pub fn set_sign_in(write: &Connection, code: IssuerCode, rule: SignInRule) -> Result<(), OperatorError> {
    if rule.password == PasswordAsked::Never && rule.staff_name != StaffNameAsked::No {
        return Err(OperatorError::StaffNameWithoutSignIn);
    }
    if issuer::find(write, code)?.is_none() {
        return Err(OperatorError::UnknownIssuer(code));
    }
    sign_in_rule::put(write, code, rule)?;
    Ok(())
}
