//! Secrets: asked for where somebody sits at the keyboard, else read from standard input, one a line.
//!
//! Why never as a word of the command line: everybody on the PC can list those, and shells keep them.

use std::io::{self, BufRead, IsTerminal};
use zeroize::Zeroizing;

/// A secret; `asked` is what a person is asked for.
pub(crate) fn secret(asked: &str) -> io::Result<Zeroizing<String>> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password(format!("{asked}: ")).map(Zeroizing::new);
    }
    let mut line = Zeroizing::new(String::new());
    if io::stdin().lock().read_line(&mut line)? == 0 {
        return Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            format!("{asked}: nothing on standard input"),
        ));
    }
    let typed = line.trim_end_matches(['\r', '\n']).to_owned();
    Ok(Zeroizing::new(typed))
}
