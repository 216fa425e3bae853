//! Values in PostgreSQL's binary form.

use crate::database::value::Value;
use std::error::Error;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

/// A column or a parameter of a type that no table of ours has.
#[derive(Debug, thiserror::Error)]
#[error("no {0} is handed over as {1}")]
struct Unfit(String, Type);

fn fits(ty: &Type) -> bool {
    [Type::INT8, Type::INT4, Type::BOOL, Type::TEXT, Type::VARCHAR, Type::BYTEA].contains(ty)
}

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (*self, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Integer(number), &Type::INT8) => number.to_sql(ty, out),
            (Value::Integer(number), &Type::INT4) => i32::try_from(number)?.to_sql(ty, out),
            (Value::Integer(number), &Type::BOOL) => (number != 0).to_sql(ty, out),
            (Value::Text(text), &(Type::TEXT | Type::VARCHAR)) => text.to_sql(ty, out),
            (Value::Bytes(bytes), &Type::BYTEA) => bytes.to_sql(ty, out),
            (value, ty) => Err(Box::new(Unfit(format!("{value:?}"), ty.clone()))),
        }
    }

    fn accepts(ty: &Type) -> bool {
        fits(ty)
    }

    to_sql_checked!();
}

impl<'r> FromSql<'r> for Value<'r> {
    fn from_sql(ty: &Type, raw: &'r [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        match *ty {
            Type::INT8 => i64::from_sql(ty, raw).map(Value::Integer),
            Type::INT4 => i32::from_sql(ty, raw).map(|number| Value::Integer(number.into())),
            Type::BOOL => bool::from_sql(ty, raw).map(|truth| Value::Integer(truth.into())),
            Type::BYTEA => Ok(Value::Bytes(raw)),
            _ => <&str>::from_sql(ty, raw).map(Value::Text),
        }
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Value::Null)
    }

    fn accepts(ty: &Type) -> bool {
        fits(ty)
    }
}
