//! A municipality's rule for signing in at its terminals (row A8).

use super::column::invalid;
use super::{named, registry};
use crate::database::{self, Connection, Optional, params};
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::sign_in::SignInRule;

/// Sets the rule; it holds from each terminal's next request on.
pub fn put(write: &Connection, municipality: IssuerCode, rule: SignInRule) -> database::Result<()> {
    write.execute(
        "insert into sign_in_rule (municipality, password, staff_name) values ($1, $2, $3)
         on conflict (municipality) do update set password = excluded.password,
             staff_name = excluded.staff_name",
        params![municipality.as_str(), named::name_of(&rule.password), named::name_of(&rule.staff_name)],
    )?;
    registry::mark_changed(write)
}

/// The rule of a municipality, the default where it has set none.
pub fn of(read: &Connection, municipality: IssuerCode) -> database::Result<SignInRule> {
    let rule = read
        .query_row(
            "select password, staff_name from sign_in_rule where municipality = $1",
            params![municipality.as_str()],
            |row| {
                Ok(SignInRule {
                    password: named::parse(&row.get::<String>(0)?).map_err(|e| invalid(0, e))?,
                    staff_name: named::parse(&row.get::<String>(1)?).map_err(|e| invalid(1, e))?,
                })
            },
        )
        .optional()?;
    Ok(rule.unwrap_or_default())
}
