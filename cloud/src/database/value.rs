//! What crosses between the program and a statement: the four types that every engine has.
//!
//! Values are borrowed, so handing a parameter over costs no allocation.

use std::fmt;

/// One parameter or one column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Value<'v> {
    /// `null`.
    Null,
    /// `bigint`; a truth value is 0 or 1.
    Integer(i64),
    /// `text`.
    Text(&'v str),
    /// `blob`, which PostgreSQL calls `bytea`.
    Bytes(&'v [u8]),
}

/// Says the type alone: values tie points to persons, and a database client may log its parameters.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Value::Null => "Null",
            Value::Integer(_) => "Integer(..)",
            Value::Text(_) => "Text(..)",
            Value::Bytes(_) => "Bytes(..)",
        })
    }
}

/// What can be handed to a statement.
pub trait ToValue {
    /// The value, borrowed.
    fn to_value(&self) -> Value<'_>;
}

/// What a column can be read as.
pub trait FromValue: Sized {
    /// `None` if the value is of another type or out of range.
    fn from_value(value: Value<'_>) -> Option<Self>;
}

/// The parameters of a statement, `$1` first: `params![book.as_str(), seq]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::database::ToValue::to_value(&$value)),*]
    };
}
pub use crate::params;

impl ToValue for i64 {
    fn to_value(&self) -> Value<'_> {
        Value::Integer(*self)
    }
}

impl ToValue for u32 {
    fn to_value(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}

impl ToValue for bool {
    fn to_value(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl ToValue for Vec<u8> {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl<const N: usize> ToValue for [u8; N] {
    fn to_value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

impl FromValue for i64 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Integer(number) = value { Some(number) } else { None }
    }
}

impl FromValue for u32 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value).and_then(|number| Self::try_from(number).ok())
    }
}

impl FromValue for bool {
    fn from_value(value: Value<'_>) -> Option<Self> {
        i64::from_value(value).map(|number| number != 0)
    }
}

impl FromValue for String {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Text(text) = value { Some(text.to_owned()) } else { None }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Bytes(bytes) = value { Some(bytes.to_owned()) } else { None }
    }
}

impl<const N: usize> FromValue for [u8; N] {
    fn from_value(value: Value<'_>) -> Option<Self> {
        if let Value::Bytes(bytes) = value { bytes.try_into().ok() } else { None }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back<T: ToValue + FromValue + PartialEq + std::fmt::Debug>(value: &T) {
        assert_eq!(T::from_value(value.to_value()).as_ref(), Some(value));
    }

    #[test]
    fn values_read_back_as_they_were_handed_over() {
        back(&i64::MIN);
        back(&u32::MAX);
        back(&true);
        back(&"𠮷野".to_owned());
        back(&vec![0, 255]);
        back(&[7; 16]);
        back(&None::<i64>);
        back(&Some(String::new()));
    }

    #[test]
    fn a_value_of_another_type_or_out_of_range_is_none() {
        assert_eq!(i64::from_value(Value::Text("1")), None);
        assert_eq!(i64::from_value(Value::Null), None);
        assert_eq!(u32::from_value(Value::Integer(-1)), None);
        assert_eq!(u32::from_value(Value::Integer(1 << 32)), None);
        assert_eq!(<[u8; 16]>::from_value(Value::Bytes(&[0; 15])), None);
        assert_eq!(String::from_value(Value::Bytes(b"a")), None);
        assert_eq!(<Option<u32>>::from_value(Value::Integer(-1)), None);
    }
}
