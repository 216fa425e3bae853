//! One statement for many rows: the text written for one row, told to PostgreSQL once for all of them.
//!
//! A round trip per row would cost more than everything the row needs.

use crate::database::error::{Error, OtherType, Result};
use crate::database::value::Value;
use std::error;
use std::fmt::{self, Write};
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

/// The parameters of many rows, a column each.
pub(in crate::database) struct Columns(Vec<Column>);

enum Column {
    Integers(Vec<Option<i64>>),
    Texts(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
}

impl Column {
    fn array(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Integers(all) => all,
            Self::Texts(all) => all,
            Self::Bytes(all) => all,
        }
    }

    const fn len(&self) -> usize {
        match self {
            Self::Integers(all) => all.len(),
            Self::Texts(all) => all.len(),
            Self::Bytes(all) => all.len(),
        }
    }
}

/// The client logs what it sends, at its lowest levels: no value of ours is to stand there.
impl fmt::Debug for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Column({})", self.len())
    }
}

impl ToSql for Column {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn error::Error + Sync + Send>> {
        self.array().to_sql_checked(ty, out)
    }

    // Each kind checks for itself when it is written.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Columns {
    /// Empty ones of these types.
    pub(in crate::database) fn of(types: &[Type]) -> Self {
        let column = |ty: &Type| match *ty {
            Type::INT8 => Column::Integers(Vec::new()),
            Type::BYTEA => Column::Bytes(Vec::new()),
            _ => Column::Texts(Vec::new()),
        };
        Self(types.iter().map(column).collect())
    }

    /// One row more.
    pub(in crate::database) fn add(&mut self, row: &[Value<'_>]) -> Result<()> {
        for (index, (column, value)) in self.0.iter_mut().zip(row).enumerate() {
            match (column, *value) {
                (Column::Integers(all), Value::Integer(number)) => all.push(Some(number)),
                (Column::Integers(all), Value::Null) => all.push(None),
                (Column::Texts(all), Value::Text(text)) => all.push(Some(text.to_owned())),
                (Column::Texts(all), Value::Null) => all.push(None),
                (Column::Bytes(all), Value::Bytes(bytes)) => all.push(Some(bytes.to_owned())),
                (Column::Bytes(all), Value::Null) => all.push(None),
                _ => return Err(Error::column(index, OtherType)),
            }
        }
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.first().is_none_or(|column| column.len() == 0)
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
