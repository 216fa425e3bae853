//! What went wrong in a journey, for whoever reads its end.

use std::fmt;
use std::time::Duration;

/// A journey could not go on.
#[derive(Debug)]
pub struct Trouble {
    what: String,
}

impl Trouble {
    /// Anything, in words.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into() }
    }

    /// A program did not start or did not do what it was told.
    pub fn not_started(program: &str, why: &str) -> Self {
        Self::new(format!("{program}: {why}"))
    }

    /// A condition did not come true in time.
    pub fn waited_in_vain(what: &str, limit: Duration) -> Self {
        Self::new(format!("waited {} s in vain: {what}", limit.as_secs()))
    }

    /// The same trouble with more of what is known.
    #[must_use]
    pub fn and(self, more: &str) -> Self {
        Self::new(format!("{}\n{more}", self.what))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Trouble {}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::new(error.to_string())
    }
}

impl From<fantoccini::error::CmdError> for Trouble {
    fn from(error: fantoccini::error::CmdError) -> Self {
        Self::new(format!("WebDriver: {error}"))
    }
}
