//! The list of files in quarantine, as CSV on standard output.

use jiff::Timestamp;
use madoguchi_street::books::SetAside;
use std::io::{self, Write};

const COLUMNS: &str = "name,reason,number,since,point_id";

/// Prints the list, newest first.
pub(crate) fn list(files: &[SetAside]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{COLUMNS}")?;
    for file in files {
        writeln!(out, "{}", line(file))?;
    }
    out.flush()
}

fn line(file: &SetAside) -> String {
    let number = file.number.map(|number| number.to_string()).unwrap_or_default();
    let since = Timestamp::from_millisecond(file.at_ms).map(|at| at.to_string()).unwrap_or_default();
    let point_id = file.point_id.as_ref().map(|id| cell(id.as_str())).unwrap_or_default();
    format!("{},{},{number},{since},{point_id}", cell(&file.name), file.reason.code())
}

/// A name can be anything that a file can be called: quoted, on one line, and never a formula.
fn cell(name: &str) -> String {
    let plain: String =
        name.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect();
    let mark = if plain.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("\"{mark}{}\"", plain.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn any_file_name_is_one_cell() {
        for (name, wanted) in [
            ("merge.dat", "\"merge.dat\""),
            ("=cmd.dat", "\"'=cmd.dat\""),
            ("a\"b,c\nd", "\"a\"\"b,c\u{fffd}d\""),
        ] {
            assert_eq!(cell(name), wanted);
        }
    }
}
