//! Settings: what the file says and the command line overrides, checked once.
//!
//! Belongs here: reading the TOML file, and refusing what would be unsafe before anything is opened.
//! Does not belong here: opening anything.

use crate::database::{Address, NotAServer};
use crate::terminal_api::PerMinute;
use serde::Deserialize;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The settings file as written; everything in it can be left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsFile {
    /// The name under which the cloud is known; terminals keep it from their registration.
    pub name: Option<String>,
    /// Where to listen, `127.0.0.1:8080`.
    pub listen: Option<SocketAddr>,
    /// The database: a file, or `postgres://…`. Read as an address later: what reads this file quotes what
    /// it cannot read, and an address may hold a password.
    pub database: Option<String>,
    /// The key-encryption key's file, mode 0600, where systemd hands in no credential.
    pub key_file: Option<PathBuf>,
    /// Whether a reverse proxy on this computer or network takes TLS and says where requests come
    /// from.
    #[serde(default)]
    pub behind_proxy: bool,
    /// The certificate chain and key for TLS.
    pub tls: Option<TlsFiles>,
    /// A folder of the certificate authorities whose cards may sign; none by default.
    pub trust_anchors: Option<PathBuf>,
    /// Whether this is a training cloud, on books of its own.
    #[serde(default)]
    pub training: bool,
    /// How often one may ask.
    #[serde(default)]
    pub per_minute: PerMinuteFile,
}

/// PEM files for TLS.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsFiles {
    /// The certificate chain, the server's first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// `[per_minute]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerMinuteFile {
    /// Look-ups of one terminal.
    pub look_ups: Option<NonZeroU32>,
    /// Unproven requests of one source address.
    pub unproven: Option<NonZeroU32>,
}

/// What the command line overrides.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Where to listen.
    pub listen: Option<SocketAddr>,
    /// The database: a file, or `postgres://…`.
    pub database: Option<Address>,
    /// The key-encryption key's file.
    pub key_file: Option<PathBuf>,
    /// The folder of trust anchors.
    pub trust_anchors: Option<PathBuf>,
    /// A demonstration's file of answers, which stands in for the certificate authority.
    pub authority: Option<PathBuf>,
    /// Whether this is a demonstration with example data and published keys.
    pub demo: bool,
    /// Whether this is a training cloud, whatever the file says.
    pub training: bool,
}

/// Settings that can be acted upon.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The name under which the cloud is known.
    pub name: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The database.
    pub database: Address,
    /// The key-encryption key's file.
    pub key_file: Option<PathBuf>,
    /// Whether a reverse proxy stands before it.
    pub behind_proxy: bool,
    /// TLS, if it is taken here.
    pub tls: Option<TlsFiles>,
    /// The folder of trust anchors.
    pub trust_anchors: Option<PathBuf>,
    /// A demonstration's file of the certificate authority's answers.
    pub authority: Option<PathBuf>,
    /// How often one may ask.
    pub per_minute: PerMinute,
    /// Whether this is a demonstration.
    pub demo: bool,
    /// Whether this is a training cloud.
    pub training: bool,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("the settings file {path} cannot be read: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not as expected.
    #[error("the settings file {path} has a mistake in line {line}: {what}")]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// Where, counted from 1.
        line: usize,
        /// What; the line itself, which may hold a password, is not shown.
        what: String,
    },
    /// The setting names no database that can be used.
    #[error("the setting `database`: {0}")]
    Database(#[from] NotAServer),
    /// A setting without which nothing goes.
    #[error("the setting `{0}` is missing")]
    Missing(&'static str),
    /// Only the certificate authority itself may say whose card a new one is.
    #[error("an authority's answers from a file are for a demonstration only")]
    AuthorityOutsideDemo,
    /// A demonstration takes published keys, so it must not be reachable from elsewhere.
    #[error("a demonstration listens on this computer only, not on {0}")]
    DemoNotLoopback(SocketAddr),
    /// Points and passwords would cross the network in the clear.
    #[error(
        "listening on {0} needs TLS: name `tls.certificate` and `tls.key`, or set `behind_proxy = true` where a reverse proxy takes TLS"
    )]
    InTheClear(SocketAddr),
}

impl SettingsFile {
    /// Reads the file; none = nothing set.
    pub fn read(path: Option<&Path>) -> Result<Self, SettingsError> {
        let Some(path) = path else {
            return Ok(Self::default());
        };
        let text = fs::read_to_string(path)
            .map_err(|source| SettingsError::Unreadable { path: path.to_owned(), source })?;
        toml::from_str(&text).map_err(|mistake: toml::de::Error| {
            let before = mistake.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            SettingsError::Malformed { path: path.to_owned(), line, what: mistake.message().to_owned() }
        })
    }

    /// The database alone, for commands that do not listen.
    pub fn database(self, overrides: &Overrides) -> Result<Address, SettingsError> {
        match (&overrides.database, self.database) {
            (Some(address), _) => Ok(address.clone()),
            (None, Some(text)) => Ok(text.parse()?),
            (None, None) => Err(SettingsError::Missing("database")),
        }
    }

    /// Settings that can be acted upon.
    pub fn resolve(self, overrides: Overrides) -> Result<Settings, SettingsError> {
        let default = PerMinute::default();
        let database = self.clone().database(&overrides);
        let settings = Settings {
            name: self.name.ok_or(SettingsError::Missing("name")).or_else(|missing| {
                if overrides.demo { Ok("madoguchi-demo".to_owned()) } else { Err(missing) }
            })?,
            listen: overrides.listen.or(self.listen).ok_or(SettingsError::Missing("listen"))?,
            database: database?,
            key_file: overrides.key_file.or(self.key_file),
            behind_proxy: self.behind_proxy,
            tls: self.tls,
            trust_anchors: overrides.trust_anchors.or(self.trust_anchors),
            authority: overrides.authority,
            per_minute: PerMinute {
                look_ups: self.per_minute.look_ups.unwrap_or(default.look_ups),
                unproven: self.per_minute.unproven.unwrap_or(default.unproven),
            },
            demo: overrides.demo,
            training: overrides.training || self.training,
        };
        settings.refuse_what_is_unsafe()?;
        Ok(settings)
    }
}

impl Settings {
    fn refuse_what_is_unsafe(&self) -> Result<(), SettingsError> {
        let is_loopback = self.listen.ip().to_canonical().is_loopback();
        if self.demo && !is_loopback {
            return Err(SettingsError::DemoNotLoopback(self.listen));
        }
        if self.authority.is_some() && !self.demo {
            return Err(SettingsError::AuthorityOutsideDemo);
        }
        if !is_loopback && self.tls.is_none() && !self.behind_proxy {
            return Err(SettingsError::InTheClear(self.listen));
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn resolve(text: &str, demo: bool) -> Result<Settings, SettingsError> {
        let file: SettingsFile = toml::from_str(text).unwrap();
        file.resolve(Overrides { demo, ..Overrides::default() })
    }

    const BASE: &str = "name = 'kawasaki'\ndatabase = '/var/lib/madoguchi/cloud.sqlite'\n";

    #[test]
    fn beyond_this_computer_there_is_tls_or_a_proxy() {
        let open = format!("{BASE}listen = '0.0.0.0:443'\n");
        assert!(matches!(resolve(&open, false), Err(SettingsError::InTheClear(_))));
        assert!(resolve(&format!("{open}behind_proxy = true\n"), false).is_ok());
        assert!(resolve(&format!("{open}[tls]\ncertificate = 'c.pem'\nkey = 'k.pem'\n"), false).is_ok());
        for loopback in ["127.0.0.1:8080", "[::1]:8080", "[::ffff:127.0.0.1]:8080"] {
            assert!(resolve(&format!("{BASE}listen = '{loopback}'\n"), false).is_ok(), "{loopback}");
        }
    }

    #[test]
    fn a_demonstration_never_leaves_this_computer() {
        let open = format!("{BASE}listen = '0.0.0.0:443'\nbehind_proxy = true\n");
        assert!(matches!(resolve(&open, true), Err(SettingsError::DemoNotLoopback(_))));
        assert!(resolve(&format!("{BASE}listen = '127.0.0.1:8080'\n"), true).is_ok());
    }

    #[test]
    fn what_is_missing_is_named() {
        assert!(matches!(resolve("", false), Err(SettingsError::Missing("name"))));
        assert!(matches!(resolve("name = 'k'", false), Err(SettingsError::Missing("listen"))));
        assert!(toml::from_str::<SettingsFile>("nmae = 'k'").is_err(), "a misspelt setting is refused");
    }
}
