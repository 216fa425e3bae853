//! The origin of a web page that may ask this PC for a card (row C4).
//!
//! Belongs here: which texts are such an origin, and which are the same one. Does not: which are paired.
//! A page is known by its exact origin, so there is one way to write each: scheme, host, port where it is
//! not the usual one; nothing after it.

use std::fmt;

/// What every origin begins with: a page that came unencrypted may be anybody's.
const SCHEME: &str = "https://";
/// The port that browsers leave out.
const USUAL_PORT: &str = ":443";
/// The longest host a name server knows.
const LONGEST_HOST: usize = 253;

/// The origin of a page: `https://library.example.jp`, `https://library.example.jp:8443`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageOrigin(String);

/// The text is no origin of a page over HTTPS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the origin of a page over https")]
pub struct NotAPageOrigin;

impl PageOrigin {
    /// Reads what a person typed: letters of either case, the usual port and a slash at the end are
    /// understood. A longer address is refused, so that nobody believes only that page is let in.
    pub fn parse(typed: &str) -> Result<Self, NotAPageOrigin> {
        let lower = typed.trim().to_ascii_lowercase();
        let rest = lower.strip_prefix(SCHEME).ok_or(NotAPageOrigin)?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let rest = rest.strip_suffix(USUAL_PORT).unwrap_or(rest);
        let (host, port) = rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)));
        if is_host(host) && port.is_none_or(is_port) {
            Ok(Self(format!("{SCHEME}{rest}")))
        } else {
            Err(NotAPageOrigin)
        }
    }

    /// As a browser writes it into `Origin`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PageOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name or an IPv4 address. Names in Japanese come from a browser in their ASCII form (`xn--…`).
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    host.len() <= LONGEST_HOST && host.split('.').all(is_label)
}

fn is_port(port: &str) -> bool {
    !port.starts_with('0') && port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Option<String> {
        PageOrigin::parse(typed).ok().map(|origin| origin.to_string())
    }

    #[test]
    fn one_origin_has_one_way_to_be_written() {
        for typed in [
            "https://library.example.jp",
            " https://library.example.jp/ ",
            "HTTPS://Library.Example.JP:443",
            "https://library.example.jp:443/",
        ] {
            assert_eq!(read(typed).as_deref(), Some("https://library.example.jp"), "{typed}");
        }
        assert_eq!(read("https://10.1.2.3:8443").as_deref(), Some("https://10.1.2.3:8443"));
        assert_eq!(read("https://xn--psso3vgpm.jp").as_deref(), Some("https://xn--psso3vgpm.jp"));
    }

    #[test]
    fn what_is_no_origin_over_https_is_refused() {
        for typed in [
            "",
            "null",
            "https://",
            "http://library.example.jp",
            "library.example.jp",
            "https://library.example.jp/opac",
            "https://library.example.jp?x",
            "https://clerk@library.example.jp",
            "https://library.example.jp:",
            "https://library.example.jp:0",
            "https://library.example.jp:70000",
            "https://library.example.jp:+80",
            "https://library..jp",
            "https://-library.jp",
            "https://図書館.jp",
            "https://library.example.jp, https://other.example.jp",
            "https://*.example.jp",
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
