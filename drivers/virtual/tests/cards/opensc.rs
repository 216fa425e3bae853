//! OpenSC, which knows nothing of us, takes the virtual card for a My Number card.

use crate::counter::{Counter, name};
use crate::openssl;
use madoguchi_port::resident_card::ResidentCard;
use madoguchi_virtual::desk::at_own_desk;
use std::path::PathBuf;
use std::process::{Command, Output};

/// Debian's folder for this machine's libraries.
fn pkcs11_module() -> PathBuf {
    let folder = format!("/usr/lib/{}-linux-gnu", std::env::consts::ARCH);
    PathBuf::from(folder).join("onepin-opensc-pkcs11.so")
}

fn run(program: &str, arguments: &[&str]) -> Output {
    Command::new(program)
        .args(arguments)
        .env("OPENSC_DRIVER", "jpki")
        .output()
        .unwrap_or_else(|error| panic!("{program} (Debian package opensc): {error}"))
}

fn pkcs11(arguments: &[&str]) -> Output {
    let module = pkcs11_module();
    let with_module = [&["--module", module.to_str().unwrap(), "--slot-index", "0"], arguments].concat();
    run("pkcs11-tool", &with_module)
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn recognises_the_card_among_all_it_knows() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        // One whose ATR is in OpenSC's list, and one that is found by its application alone.
        for sample in ["taro", "hanako"] {
            counter.lay(desk, sample);
            let output = Command::new("opensc-tool").args(["-r", "0", "-n"]).output().expect("opensc-tool");
            assert!(said(&output).starts_with("jpki"), "{sample}: {output:?}");
        }
    });
}

#[test]
fn lists_certificates_and_tries_and_reads_the_certificate() {
    at_own_desk(|desk| {
        Counter::open().lay(desk, "hanako");
        let certificates = said(&run("pkcs15-tool", &["-r", "0", "--list-certificates"]));
        let serial = openssl::serial(&desk.folder("hanako").join("auth.crt.pem")).to_uppercase();
        assert!(certificates.contains(&serial), "{certificates}");
        assert!(certificates.contains("Digital Signature Certificate"), "{certificates}");
        let pins = said(&run("pkcs15-tool", &["-r", "0", "--list-pins"]));
        assert!(pins.contains("Tries left     : 3") && pins.contains("Tries left     : 5"), "{pins}");
        let pem = said(&run("pkcs15-tool", &["-r", "0", "--read-certificate", "1"]));
        let file = std::fs::read_to_string(desk.folder("hanako").join("auth.crt.pem")).unwrap();
        assert_eq!(pem.trim(), file.trim());
    });
}

#[test]
fn reads_the_signing_certificate_with_its_password_only() {
    at_own_desk(|desk| {
        Counter::open().lay(desk, "hanako");
        let refused = run("pkcs15-tool", &["-r", "0", "--read-certificate", "2"]);
        assert!(!String::from_utf8_lossy(&refused.stdout).contains("BEGIN CERTIFICATE"));
        let opened = ["-r", "0", "--read-certificate", "2", "-a", "2", "--verify-pin", "--pin", "ABC123"];
        let pem = said(&run("pkcs15-tool", &opened));
        let file = std::fs::read_to_string(desk.folder("hanako").join("sign.crt.pem")).unwrap();
        assert!(pem.contains(file.trim()), "{pem}");
    });
}

#[test]
fn verifies_the_pin_and_signs_what_openssl_verifies() {
    at_own_desk(|desk| {
        Counter::open().lay(desk, "hanako");
        let directory = tempfile::tempdir().unwrap();
        let (content, signature) = (directory.path().join("content"), directory.path().join("signature"));
        std::fs::write(&content, b"signed by OpenSC").unwrap();
        let output = pkcs11(&[
            "--login",
            "--pin",
            "1234",
            "--sign",
            "--id",
            "01",
            "--mechanism",
            "SHA256-RSA-PKCS",
            "--input-file",
            content.to_str().unwrap(),
            "--output-file",
            signature.to_str().unwrap(),
        ]);
        said(&output);
        let signature = std::fs::read(&signature).unwrap();
        let certificate = desk.folder("hanako").join("auth.crt.pem");
        assert!(openssl::verifies(&certificate, b"signed by OpenSC", &signature));
    });
}

#[test]
fn and_we_agree_on_the_tries_left() {
    at_own_desk(|desk| {
        let counter = Counter::open();
        counter.lay(desk, "hanako");
        let refused = pkcs11(&["--login", "--pin", "0000", "--list-objects"]);
        assert!(!refused.status.success(), "{refused:?}");
        assert_eq!(counter.card.pin_tries_left(&name(0)), Ok(2));
        said(&pkcs11(&["--login", "--pin", "1234", "--list-objects"]));
        assert_eq!(counter.card.pin_tries_left(&name(0)), Ok(3));
    });
}
