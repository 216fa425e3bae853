//! A command line as Windows programs take it apart.

use crate::StartedProgram;

/// The program and its words, each in quotes.
pub(crate) fn of(started: &StartedProgram) -> Option<String> {
    let program = started.program.to_str()?;
    let words = std::iter::once(program).chain(started.arguments.iter().map(String::as_str));
    Some(words.map(quoted).collect::<Vec<_>>().join(" "))
}

/// Backslashes count only before a quote: there, and at the end, they are doubled.
fn quoted(word: &str) -> String {
    let mut quoted = String::from("\"");
    let mut backslashes = 0;
    for character in word.chars() {
        match character {
            '\\' => backslashes += 1,
            '"' => {
                quoted.push_str(&"\\".repeat(backslashes + 1));
                backslashes = 0;
            }
            _ => backslashes = 0,
        }
        quoted.push(character);
    }
    quoted.push_str(&"\\".repeat(backslashes));
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_as_windows_undoes_it() {
        assert_eq!(
            quoted(r"C:\Program Files\Madoguchi\madoguchi.exe"),
            r#""C:\Program Files\Madoguchi\madoguchi.exe""#
        );
        assert_eq!(quoted(r"C:\data\"), r#""C:\data\\""#);
        assert_eq!(quoted(r#"a"b"#), r#""a\"b""#);
        assert_eq!(quoted(r#"a\"b"#), r#""a\\\"b""#);
        let started =
            StartedProgram { program: r"C:\m.exe".into(), arguments: vec!["--background".to_owned()] };
        assert_eq!(of(&started).as_deref(), Some(r#""C:\m.exe" "--background""#));
    }
}
