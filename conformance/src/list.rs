//! A receiver's list of credits, as its standard output has it: CSV with column names, or a JSON object a line.

use serde::Deserialize;

/// A credit as the receiver tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Listed {
    pub(crate) point_id: String,
    pub(crate) points: i64,
    pub(crate) number: String,
}

/// The credits, or the first line that is none.
pub(crate) fn read(text: &str) -> Result<Vec<Listed>, String> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    if lines().next().is_some_and(|first| first.starts_with('{')) {
        return lines().map(|line| serde_json::from_str(line).map_err(|_| line.to_owned())).collect();
    }
    let mut lines = lines();
    let Some(names) = lines.next() else { return Ok(Vec::new()) };
    let columns: Vec<_> = names.trim_start_matches('\u{feff}').split(',').map(unquoted).collect();
    let place = |name| columns.iter().position(|column| column == name).ok_or_else(|| names.to_owned());
    let (id, points, number) = (place("point_id")?, place("points")?, place("number")?);
    let read = |line: &str| {
        // No ID, no amount and no number has a comma in it.
        let cells: Vec<_> = line.split(',').map(unquoted).collect();
        let points = cells.get(points)?.parse().ok()?;
        Some(Listed { point_id: cells.get(id)?.clone(), points, number: cells.get(number)?.clone() })
    };
    lines.map(|line| read(line).ok_or_else(|| line.to_owned())).collect()
}

fn unquoted(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Listed, read};

    fn listed() -> Vec<Listed> {
        vec![Listed { point_id: "A\"1".into(), points: 5, number: "20261121093015000001".into() }]
    }

    #[test]
    fn csv_is_read_by_its_column_names_whatever_their_order() {
        let text = "number,note,\"points\",point_id\r\n20261121093015000001,,5,\"A\"\"1\"\r\n";
        assert_eq!(read(text), Ok(listed()));
        assert_eq!(read(""), Ok(Vec::new()));
    }

    #[test]
    fn json_lines_may_say_more() {
        let text = "{\"point_id\":\"A\\\"1\",\"points\":5,\"number\":\"20261121093015000001\",\"shop\":1}\n";
        assert_eq!(read(text), Ok(listed()));
    }

    #[test]
    fn a_line_that_is_no_credit_is_shown() {
        assert_eq!(read("point_id,points\nA,5\n"), Err("point_id,points".into()));
        assert_eq!(read("point_id,points,number\nA,five,1\n"), Err("A,five,1".into()));
    }
}
