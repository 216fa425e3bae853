//! Certificates of an authority and its cards, made with `openssl` over the published sample keys.

#![allow(clippy::unwrap_used)]
use super::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

const LEAF: &str = "keyUsage=critical,digitalSignature";
const AUTHORITY: &str = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign";

fn fixtures(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(path)
}

fn now_ms() -> i64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    i64::try_from(now.as_millis()).unwrap()
}

/// A day from now; certificates made here last two.
fn tomorrow_ms() -> i64 {
    now_ms() + 24 * 60 * 60 * 1000
}

fn openssl(arguments: &[&str], folder: &Path) {
    let output = Command::new("openssl").args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// How certificates are signed here.
const SIGN: [&str; 8] = ["x509", "-req", "-days", "2", "-set_serial", "7", "-outform", "DER"];

/// An authority of this key with these extensions; all of them have one name.
fn authority(key: &str, extensions: &str, digest: &str, at: &Path) -> Certificate {
    fs::write(at.join("ca.ext"), extensions).unwrap();
    openssl(&["req", "-new", "-key", key, "-subj", "/O=Authority", "-out", "ca.csr"], at);
    let own = [digest, "-in", "ca.csr", "-signkey", key, "-extfile", "ca.ext", "-out", "ca.der"];
    openssl(&[&SIGN[..], &own].concat(), at);
    Certificate::from_der(&fs::read(at.join("ca.der")).unwrap()).unwrap()
}

/// An authority with these extensions, and a card's certificate with those.
fn made(authority_extensions: &str, leaf: &str, digest: &str) -> (Vec<Certificate>, AuthCertificate) {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let (ca_key, card_key) = (fixtures("ca/keys/auth-ca.key.pem"), fixtures("cards/hanako/auth.key.pem"));
    let (ca_key, card_key) = (ca_key.to_str().unwrap(), card_key.to_str().unwrap());
    let anchor = authority(ca_key, authority_extensions, digest, at);
    fs::write(at.join("leaf.ext"), leaf).unwrap();
    openssl(&["req", "-new", "-key", card_key, "-subj", "/CN=card", "-out", "leaf.csr"], at);
    openssl(&["x509", "-inform", "DER", "-in", "ca.der", "-out", "ca.pem"], at);
    let by = ["-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", ca_key, "-extfile", "leaf.ext"];
    openssl(&[&SIGN[..], &[digest, "-out", "leaf.der"], &by].concat(), at);
    (vec![anchor], AuthCertificate::parse(&fs::read(at.join("leaf.der")).unwrap()).unwrap())
}

fn sample(card: &str) -> AuthCertificate {
    AuthCertificate::parse(&fs::read(fixtures(&format!("cards/{card}/auth.crt.der"))).unwrap()).unwrap()
}

fn anchor(name: &str) -> Certificate {
    Certificate::from_der(&fs::read(fixtures(&format!("ca/{name}.crt.der"))).unwrap()).unwrap()
}

#[test]
fn a_card_stands_under_its_authority_and_no_other() {
    let (auth, sign) = (anchor("auth-ca"), anchor("sign-ca"));
    for card in ["hanako", "taro", "ichiro", "phone"] {
        let card = sample(card);
        assert!(card.is_issued_by_one_of(&[sign.clone(), auth.clone()], now_ms()));
        assert!(!card.is_issued_by_one_of(std::slice::from_ref(&sign), now_ms()));
        assert!(!card.is_issued_by_one_of(&[], now_ms()));
    }
}

#[test]
fn an_authority_of_the_same_name_with_another_key_is_another() {
    let (mine, card) = made(AUTHORITY, LEAF, "-sha256");
    let folder = tempfile::tempdir().unwrap();
    let other_key = fixtures("cards/taro/auth.key.pem");
    let other = authority(other_key.to_str().unwrap(), AUTHORITY, "-sha256", folder.path());
    assert_eq!(other.tbs_certificate().subject(), mine[0].tbs_certificate().subject());
    assert!(!card.is_issued_by_one_of(std::slice::from_ref(&other), tomorrow_ms()));
    let generations = [other, mine[0].clone()];
    assert!(card.is_issued_by_one_of(&generations, tomorrow_ms()), "generations share a name");
}

#[test]
fn a_changed_certificate_has_no_issuer() {
    let der = fs::read(fixtures("cards/hanako/auth.crt.der")).unwrap();
    let name = der.windows(5).position(|part| part == b"14130").unwrap();
    // A digit of the holder's common name; the last byte of the issuer's signature.
    for place in [name, der.len() - 1] {
        let mut changed = der.clone();
        changed[place] ^= 1;
        let changed = AuthCertificate::parse(&changed).unwrap();
        assert!(!changed.is_issued_by_one_of(&[anchor("auth-ca")], now_ms()), "byte {place}");
    }
}

#[test]
fn an_authority_that_is_over_or_not_yet_begun_stands_behind_nobody() {
    let (anchors, card) = made(AUTHORITY, LEAF, "-sha256");
    let day = 24 * 60 * 60 * 1000;
    for (at_ms, stands) in [(now_ms() - day, false), (now_ms() + day, true), (now_ms() + 3 * day, false)] {
        assert_eq!(card.is_issued_by_one_of(&anchors, at_ms), stands);
        assert_eq!(card.is_valid_at(at_ms), stands);
    }
}

#[test]
fn only_an_authority_issues_and_only_a_signing_card_signs() {
    let table = [
        (AUTHORITY, LEAF, true),
        (AUTHORITY, "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,clientAuth", true),
        (AUTHORITY, "keyUsage=critical,digitalSignature\n1.2.3.4=DER:0500", true),
        ("keyUsage=critical,keyCertSign", LEAF, false),
        ("basicConstraints=critical,CA:FALSE\nkeyUsage=critical,keyCertSign", LEAF, false),
        ("basicConstraints=critical,CA:TRUE\nkeyUsage=critical,digitalSignature", LEAF, false),
        ("basicConstraints=critical,CA:TRUE", LEAF, false),
        (AUTHORITY, "keyUsage=critical,keyEncipherment", false),
        (AUTHORITY, "extendedKeyUsage=clientAuth", false),
        (AUTHORITY, "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,digitalSignature", false),
        (AUTHORITY, "keyUsage=critical,digitalSignature\n1.2.3.4=critical,DER:0500", false),
    ];
    for (authority, leaf, stands) in table {
        let (anchors, card) = made(authority, leaf, "-sha256");
        assert_eq!(card.is_issued_by_one_of(&anchors, tomorrow_ms()), stands, "{authority}\n{leaf}");
    }
    let (anchors, card) = made(AUTHORITY, LEAF, "-sha1");
    assert!(!card.is_issued_by_one_of(&anchors, tomorrow_ms()), "SHA-1");
}

#[test]
fn other_bytes_are_no_certificate() {
    let der = fs::read(fixtures("cards/hanako/auth.crt.der")).unwrap();
    for bytes in [&der[..der.len() - 1], &der[1..], b"", b"\x30\x03\x02\x01\x01"] {
        assert!(AuthCertificate::parse(bytes).is_err());
    }
}
