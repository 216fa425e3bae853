//! Sample cards as they lie in a folder: `card.toml`, certificates, keys.
//!
//! Layout: `<cards>/<id>/card.toml`, `auth.crt.der`, `auth.key.pem`, `sign.crt.der`, `sign.key.pem`,
//! and the authorities in `<cards>/../ca/`. `fixtures/README.md` says where ours come from.

use crate::card::{FelicaContents, FelicaService, FelicaSystem};
use rsa::RsaPrivateKey;
use rsa::pkcs8::DecodePrivateKey;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A phone's label; its auth certificate is behind the PIN.
const ANDROID_LABEL: &str = "JPKIAPGPSETOKEN";
/// A phone's label; its auth certificate is behind the PIN.
const IPHONE_LABEL: &str = "JPKIAPIOSTOKEN";

/// Why a sample card could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// A file is missing or cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A file does not hold what it should.
    #[error("{path} is no good: {reason}")]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

/// One sample card.
#[derive(Clone)]
pub struct SampleCard {
    /// The folder's name, such as `hanako`.
    pub id: String,
    /// The name shown in the card tray, such as 見本 川崎 花子.
    pub name: String,
    /// The answer to reset.
    pub atr: Vec<u8>,
    /// What is on it.
    pub application: Application,
}

/// What is on a sample card.
#[derive(Clone)]
pub enum Application {
    /// The My Number card's JPKI application.
    Jpki(JpkiContents),
    /// A FeliCa card.
    Felica(FelicaContents),
    /// Nothing we know: every application is refused.
    None,
    /// Applications of other cards, by their names: each can be selected, and nothing more.
    Others(Vec<Vec<u8>>),
}

/// The contents of a JPKI application. The keys are published samples, never anybody's.
#[derive(Clone)]
pub struct JpkiContents {
    /// Auth certificate (利用者証明用電子証明書), DER.
    pub auth_certificate: Vec<u8>,
    /// Whether the auth certificate is readable only after the PIN, as on phones.
    pub auth_certificate_wants_pin: bool,
    /// Its key.
    pub auth_key: RsaPrivateKey,
    /// Its authority's certificate, DER.
    pub auth_authority: Vec<u8>,
    /// Its PIN (暗証番号), 4 digits.
    pub auth_pin: String,
    /// Signing certificate (署名用電子証明書), DER.
    pub sign_certificate: Vec<u8>,
    /// Its key.
    pub sign_key: RsaPrivateKey,
    /// Its authority's certificate, DER.
    pub sign_authority: Vec<u8>,
    /// Its password (署名用パスワード), 6 to 16 upper-case letters and digits.
    pub sign_password: String,
    /// The serialised token information (EF 0006).
    pub token_info: Vec<u8>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CardFile {
    name: String,
    application: ApplicationName,
    atr: String,
    #[serde(default)]
    token_label: String,
    #[serde(default)]
    auth_pin: String,
    #[serde(default)]
    sign_password: String,
    #[serde(default)]
    is_lite: bool,
    #[serde(default)]
    system: Vec<SystemInFile>,
}

/// A FeliCa card's system; numbers and blocks in hexadecimal digits.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SystemInFile {
    code: String,
    idm: String,
    #[serde(default)]
    service: Vec<ServiceInFile>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceInFile {
    code: String,
    blocks: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum ApplicationName {
    Jpki,
    Felica,
    None,
}

impl SampleCard {
    /// Every card of a folder of cards, by id.
    pub fn load_all(cards: &Path) -> Result<BTreeMap<String, Self>, SampleError> {
        let entries = fs::read_dir(cards).map_err(|source| unreadable(cards, source))?;
        let mut samples = BTreeMap::new();
        for entry in entries {
            let folder = entry.map_err(|source| unreadable(cards, source))?.path();
            if folder.is_dir() {
                let sample = Self::load(&folder)?;
                samples.insert(sample.id.clone(), sample);
            }
        }
        Ok(samples)
    }

    /// One card's folder.
    pub fn load(folder: &Path) -> Result<Self, SampleError> {
        let path = folder.join("card.toml");
        let text = fs::read_to_string(&path).map_err(|source| unreadable(&path, source))?;
        let file: CardFile = toml::from_str(&text).map_err(|error| malformed(&path, &error))?;
        let atr = hex::decode(&file.atr).map_err(|error| malformed(&path, &error))?;
        let application = match file.application {
            ApplicationName::Jpki => Application::Jpki(load_jpki(folder, &file)?),
            ApplicationName::Felica => {
                Application::Felica(felica(&file).map_err(|error| malformed(&path, &error))?)
            }
            ApplicationName::None => Application::None,
        };
        let id = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { id, name: file.name, atr, application })
    }

    /// The JPKI application's contents, where the card has one.
    pub fn jpki(&self) -> Option<&JpkiContents> {
        match &self.application {
            Application::Jpki(contents) => Some(contents),
            Application::Felica(_) | Application::None | Application::Others(_) => None,
        }
    }
}

fn felica(file: &CardFile) -> Result<FelicaContents, hex::FromHexError> {
    let service = |service: &ServiceInFile| {
        let blocks = service.blocks.iter().map(|block| bytes::<16>(block)).collect::<Result<_, _>>()?;
        Ok(FelicaService { code: u16::from_be_bytes(bytes(&service.code)?), blocks })
    };
    let system = |system: &SystemInFile| {
        Ok(FelicaSystem {
            code: u16::from_be_bytes(bytes(&system.code)?),
            idm: bytes(&system.idm)?,
            services: system.service.iter().map(service).collect::<Result<_, _>>()?,
        })
    };
    let systems = file.system.iter().map(system).collect::<Result<_, _>>()?;
    Ok(FelicaContents { is_lite: file.is_lite, systems })
}

fn bytes<const N: usize>(digits: &str) -> Result<[u8; N], hex::FromHexError> {
    let mut bytes = [0; N];
    hex::decode_to_slice(digits.replace(' ', ""), &mut bytes)?;
    Ok(bytes)
}

fn load_jpki(folder: &Path, file: &CardFile) -> Result<JpkiContents, SampleError> {
    let authorities = folder.join("../../ca");
    Ok(JpkiContents {
        auth_certificate: read(&folder.join("auth.crt.der"))?,
        auth_certificate_wants_pin: [ANDROID_LABEL, IPHONE_LABEL].contains(&file.token_label.as_str()),
        auth_key: read_key(&folder.join("auth.key.pem"))?,
        auth_authority: read(&authorities.join("auth-ca.crt.der"))?,
        auth_pin: file.auth_pin.clone(),
        sign_certificate: read(&folder.join("sign.crt.der"))?,
        sign_key: read_key(&folder.join("sign.key.pem"))?,
        sign_authority: read(&authorities.join("sign-ca.crt.der"))?,
        sign_password: file.sign_password.clone(),
        token_info: token_info(&file.token_label),
    })
}

fn read(path: &Path) -> Result<Vec<u8>, SampleError> {
    fs::read(path).map_err(|source| unreadable(path, source))
}

fn read_key(path: &Path) -> Result<RsaPrivateKey, SampleError> {
    let pem = fs::read_to_string(path).map_err(|source| unreadable(path, source))?;
    RsaPrivateKey::from_pkcs8_pem(&pem).map_err(|error| malformed(path, &error))
}

fn unreadable(path: &Path, source: std::io::Error) -> SampleError {
    SampleError::Unreadable { path: path.to_path_buf(), source }
}

fn malformed(path: &Path, error: &impl ToString) -> SampleError {
    SampleError::Malformed { path: path.to_path_buf(), reason: error.to_string() }
}

/// A PKCS#11 `CK_TOKEN_INFO` of 160 bytes: the texts padded with spaces, eleven 32-bit numbers (here
/// all zero), two versions, the time.
fn token_info(label: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(160);
    for (text, width) in [(label, 32), ("Madoguchi sample", 32), ("JPKI", 16), ("00000000", 16)] {
        bytes.extend(format!("{text:width$}").into_bytes());
    }
    bytes.resize(144, 0);
    bytes.extend([b' '; 16]);
    bytes
}
