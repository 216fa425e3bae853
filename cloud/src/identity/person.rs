//! Persons and their MyKey IDs.

use super::column::invalid;
use crate::database::{self, Connection, Optional, params};
use madoguchi_domain::mykey_id::MyKeyId;
use madoguchi_domain::person::PersonId;
use uuid::Uuid;

/// Adds a person with a first MyKey ID, which nobody may ever have had.
pub fn add(write: &Connection, person: PersonId, mykey_id: MyKeyId, now_ms: i64) -> database::Result<()> {
    write.execute("insert into person (id) values ($1)", params![person.0.as_bytes()])?;
    write
        .execute(
            "insert into mykey_id (mykey_id, person, from_ms) values ($1, $2, $3)",
            params![mykey_id.expose(), person.0.as_bytes(), now_ms],
        )
        .map(drop)
}

/// Whether anybody has or had a MyKey ID.
pub fn was_ever(read: &Connection, mykey_id: MyKeyId) -> database::Result<bool> {
    read.query_row(
        "select exists (select 1 from mykey_id where mykey_id = $1)",
        params![mykey_id.expose()],
        |row| row.get(0),
    )
}

/// Who has a MyKey ID now.
pub fn find_by_mykey_id(read: &Connection, mykey_id: MyKeyId) -> database::Result<Option<PersonId>> {
    read.query_row(
        "select person from mykey_id where mykey_id = $1 and until_ms is null",
        params![mykey_id.expose()],
        |row| row.get(0).map(|bytes| PersonId(Uuid::from_bytes(bytes))),
    )
    .optional()
}

/// The MyKey ID a person has now; a revoked person has none.
pub fn mykey_id(read: &Connection, person: PersonId) -> database::Result<Option<MyKeyId>> {
    read.query_row(
        "select mykey_id from mykey_id where person = $1 and until_ms is null",
        params![person.0.as_bytes()],
        |row| MyKeyId::parse(&row.get::<String>(0)?).map_err(|e| invalid(0, e)),
    )
    .optional()
}

/// Whether a person has a MyKey ID now. The index says so: which one it is lies elsewhere and is not read.
pub fn has_mykey_id(read: &Connection, person: PersonId) -> database::Result<bool> {
    read.query_row(
        "select exists (select 1 from mykey_id where person = $1 and until_ms is null)",
        params![person.0.as_bytes()],
        |row| row.get(0),
    )
}

/// The MyKey ID as a shop may see it, `MY****56`; nothing where nobody is or who has none any more.
pub fn masked_mykey_id(read: &Connection, person: Option<PersonId>) -> database::Result<String> {
    let mykey_id = person.map(|person| mykey_id(read, person)).transpose()?.flatten();
    Ok(mykey_id.map_or_else(String::new, |mykey_id| mykey_id.masked()))
}
