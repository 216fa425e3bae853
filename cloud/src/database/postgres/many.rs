//! One statement for many rows: the text written for one row, told to PostgreSQL once for all of them.
//!
//! A round trip per row would cost more than everything the row needs.

use crate::database::error::{Error, OtherType, Result};
use crate::database::value::Value;
use std::error;
use std::fmt::{self, Write};
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, Kind, ToSql, Type, to_sql_checked};

/// The parameters of many rows, a column each.
pub(in crate::database) struct Columns(Vec<Column>);

/// A column as the elements of an array in PostgreSQL's binary form, ready to be sent.
struct Column {
    of: Type,
    /// Each with its length before it.
    elements: Vec<u8>,
    count: i32,
    has_null: bool,
}

/// How the binary form says that an element is null.
const NO_LENGTH: i32 = -1;

impl Column {
    const fn of(ty: Type) -> Self {
        Self { of: ty, elements: Vec::new(), count: 0, has_null: false }
    }

    /// One element more; false if it is none of the column's type.
    fn add(&mut self, value: Value<'_>) -> bool {
        match (value, &self.of) {
            (Value::Integer(number), &Type::INT8) => self.push(&number.to_be_bytes()),
            (Value::Text(text), &(Type::TEXT | Type::VARCHAR)) => self.push(text.as_bytes()),
            (Value::Bytes(bytes), &Type::BYTEA) => self.push(bytes),
            (Value::Null, _) => {
                self.has_null = true;
                self.elements.extend_from_slice(&NO_LENGTH.to_be_bytes());
                self.count += 1;
                true
            }
            _ => false,
        }
    }

    fn push(&mut self, bytes: &[u8]) -> bool {
        let Ok(length) = i32::try_from(bytes.len()) else { return false };
        self.elements.extend_from_slice(&length.to_be_bytes());
        self.elements.extend_from_slice(bytes);
        self.count += 1;
        true
    }
}

/// The client logs what it sends, at its lowest levels: no value of ours is to stand there.
impl fmt::Debug for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Column({})", self.count)
    }
}

impl ToSql for Column {
    /// One dimension, whether there are nulls, the elements' type, how many from number 1, the elements.
    fn to_sql(
        &self,
        _: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn error::Error + Sync + Send>> {
        for number in [1, i32::from(self.has_null)] {
            out.extend_from_slice(&number.to_be_bytes());
        }
        out.extend_from_slice(&self.of.oid().to_be_bytes());
        for number in [self.count, 1] {
            out.extend_from_slice(&number.to_be_bytes());
        }
        out.extend_from_slice(&self.elements);
        Ok(IsNull::No)
    }

    /// Arrays of the column's type.
    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Array(_))
    }

    to_sql_checked!();
}

impl Columns {
    /// Empty ones of these types.
    pub(in crate::database) fn of(types: &[Type]) -> Self {
        Self(types.iter().cloned().map(Column::of).collect())
    }

    /// One row more.
    pub(in crate::database) fn add(&mut self, row: &[Value<'_>]) -> Result<()> {
        for (index, (column, value)) in self.0.iter_mut().zip(row).enumerate() {
            if !column.add(*value) {
                return Err(Error::column(index, OtherType));
            }
        }
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.first().is_none_or(|column| column.count == 0)
    }

    pub(super) fn arrays(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.0.iter().map(|column| column as &(dyn ToSql + Sync)).collect()
    }
}

/// `insert … values ($1, …)`, `update … where …` or `select … from … where …` about the rows of arrays.
/// A select says in one column more, the last, which row it answers, from 1.
pub(super) fn about_many(sql: &str, types: &[Type]) -> String {
    let rows = rows(types);
    let named = with_names(sql, types.len());
    if let Some((insert, values)) = named.split_once("values (") {
        return format!("{insert} select {} from {rows}", values.trim_end().trim_end_matches(')'));
    }
    if let Some((columns, rest)) =
        named.trim_start().strip_prefix("select ").and_then(|s| s.split_once("from "))
    {
        return format!("select {columns}, r.n from {rows}, {rest}");
    }
    match named.split_once("where ") {
        Some((update, condition)) => format!("{update} from {rows} where {condition}"),
        None => named,
    }
}

/// `unnest($1::text[], …) with ordinality as r(c1, …, n)`.
fn rows(types: &[Type]) -> String {
    let (mut arrays, mut names) = (String::new(), String::new());
    for (index, ty) in types.iter().enumerate() {
        // Writing to a string does not fail.
        let _ = write!(arrays, "{}${}::{}[]", if index == 0 { "" } else { ", " }, index + 1, ty.name());
        let _ = write!(names, "c{}, ", index + 1);
    }
    format!("unnest({arrays}) with ordinality as r({names}n)")
}

/// `$3` becomes `r.c3`; from the highest, so that `$1` is not found in `$12`.
fn with_names(sql: &str, parameters: usize) -> String {
    (1..=parameters)
        .rev()
        .fold(sql.to_owned(), |sql, number| sql.replace(&format!("${number}"), &format!("r.c{number}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_sent_as_the_client_would_send_an_array() {
        let (mut numbers, mut texts) = (Column::of(Type::INT8), Column::of(Type::TEXT));
        for value in [Value::Integer(-7), Value::Null, Value::Integer(1 << 40)] {
            assert!(numbers.add(value));
        }
        for value in [Value::Text(""), Value::Text("窓口")] {
            assert!(texts.add(value));
        }
        assert!(!texts.add(Value::Integer(1)) && !numbers.add(Value::Text("1")));
        let sent = |array: &dyn ToSql, ty: &Type| {
            let mut out = BytesMut::new();
            array.to_sql_checked(ty, &mut out).map(|_| out.to_vec()).ok()
        };
        let theirs = vec![Some(-7_i64), None, Some(1 << 40)];
        assert_eq!(sent(&numbers, &Type::INT8_ARRAY), sent(&theirs, &Type::INT8_ARRAY));
        assert_eq!(sent(&texts, &Type::TEXT_ARRAY), sent(&vec!["", "窓口"], &Type::TEXT_ARRAY));
    }

    #[test]
    fn a_statement_for_one_row_becomes_one_for_many() {
        let types = [Type::TEXT, Type::INT8];
        let rows = "unnest($1::text[], $2::int8[]) with ordinality as r(c1, c2, n)";
        let table = [
            (
                "insert into t (a, b) values ($1, $2)",
                format!("insert into t (a, b)  select r.c1, r.c2 from {rows}"),
            ),
            (
                "update t set a = $1 where b = $2",
                format!("update t set a = r.c1  from {rows} where b = r.c2"),
            ),
            (
                "select x from t where a = $1 and b = $2",
                format!("select x , r.n from {rows}, t where a = r.c1 and b = r.c2"),
            ),
        ];
        for (one, many) in table {
            assert_eq!(about_many(one, &types), many);
        }
    }
}
