//! What `openssl` says, as the independent judge.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The serial that `openssl x509` prints, in lower case. It leaves out a leading zero byte.
pub(crate) fn serial(certificate: &Path) -> String {
    let printed = run(&["x509", "-noout", "-serial", "-in", certificate.to_str().unwrap()], &[]);
    let printed = String::from_utf8(printed).unwrap();
    printed.trim().strip_prefix("serial=").unwrap().to_lowercase()
}

/// Whether the certificate names this authority as its issuer.
pub(crate) fn issuer_is_subject_of(certificate: &Path, authority: &Path) -> bool {
    let hash = |file: &Path, which| run(&["x509", "-noout", which, "-in", file.to_str().unwrap()], &[]);
    hash(certificate, "-issuer_hash") == hash(authority, "-subject_hash")
}

pub(crate) fn sha256(content: &[u8]) -> [u8; 32] {
    run(&["dgst", "-sha256", "-binary"], content).try_into().unwrap()
}

/// Whether this is the certificate holder's signature over the content.
pub(crate) fn verifies(certificate: &Path, content: &[u8], signature: &[u8]) -> bool {
    let directory = tempfile::tempdir().unwrap();
    let key = directory.path().join("key.pem");
    let signature_file = directory.path().join("signature");
    std::fs::write(&key, run(&["x509", "-noout", "-pubkey", "-in", certificate.to_str().unwrap()], &[]))
        .unwrap();
    std::fs::write(&signature_file, signature).unwrap();
    let mut openssl = Command::new("openssl")
        .args(["dgst", "-sha256", "-verify"])
        .arg(&key)
        .arg("-signature")
        .arg(&signature_file)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("openssl");
    openssl.stdin.take().unwrap().write_all(content).unwrap();
    openssl.wait().unwrap().success()
}

fn run(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut openssl = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("openssl");
    openssl.stdin.take().unwrap().write_all(input).unwrap();
    let output = openssl.wait_with_output().unwrap();
    assert!(output.status.success(), "openssl {arguments:?}");
    output.stdout
}
