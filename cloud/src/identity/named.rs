//! Values by the names they have on the border: the database and the command line say them alike, so
//! there is one set of names; serde already has it.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, StrDeserializer};

/// A value by its name.
pub(super) fn parse<'n, T: Deserialize<'n>>(name: &'n str) -> Result<T, ValueError> {
    let deserializer: StrDeserializer<'n, ValueError> = name.into_deserializer();
    T::deserialize(deserializer)
}

/// The name of a value.
pub(super) fn name_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
