//! What a card signs, against its published vectors (`fixtures/use/use-proof-vectors.json`), which were
//! computed apart from this code (`use_proof_vectors.py`), and against `openssl`.

#![allow(clippy::unwrap_used)]

use jiff::civil::date;
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::Part;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_domain::use_proof::{Becomes, UseProof};
use serde_json::Value;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use uuid::Uuid;

fn fixtures(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(path)
}

fn vectors() -> Vec<Value> {
    serde_json::from_slice(&fs::read(fixtures("use/use-proof-vectors.json")).unwrap()).unwrap()
}

fn text<'v>(vector: &'v Value, name: &str) -> &'v str {
    vector[name].as_str().unwrap()
}

fn parts(vector: &Value) -> Vec<Part> {
    let part = |part: &Value| Part {
        currency: serde_json::from_value(part["currency"].clone()).unwrap(),
        points: Points::new(part["points"].as_i64().unwrap()).unwrap(),
    };
    vector["parts"].as_array().unwrap().iter().map(part).collect()
}

fn becomes(vector: &Value) -> Becomes {
    match (vector["last_day"].as_str(), vector["street"].as_str()) {
        (Some(day), None) => Becomes::Ticket { last_day: day.parse().unwrap() },
        (None, Some(street)) => Becomes::StreetPoints(IdProviderId::parse(street).unwrap()),
        _ => Becomes::Payment,
    }
}

fn proof<'p>(vector: &Value, parts: &'p [Part]) -> UseProof<'p> {
    UseProof {
        nonce: hex::decode(text(vector, "nonce")).unwrap().try_into().unwrap(),
        terminal: TerminalId::parse(text(vector, "terminal")).unwrap(),
        key: OperationKey(text(vector, "key").parse().unwrap()),
        parts,
        becomes: becomes(vector),
        training: vector["training"].as_bool().unwrap(),
    }
}

#[test]
fn the_bytes_are_those_of_the_vectors() {
    for vector in vectors() {
        let parts = parts(&vector);
        let proof = proof(&vector, &parts);
        assert_eq!(hex::encode(proof.bytes()), text(&vector, "bytes"), "{}", vector["name"]);
        assert_eq!(hex::encode(proof.digest()), text(&vector, "sha256"), "{}", vector["name"]);
    }
}

#[test]
fn openssl_alone_can_prove_a_signature() {
    for vector in vectors() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        let parts = parts(&vector);
        fs::write(file("use"), proof(&vector, &parts).bytes()).unwrap();
        fs::write(file("signature"), hex::decode(text(&vector, "signature")).unwrap()).unwrap();
        let certificate = fixtures(&format!("cards/{}/auth.crt.pem", text(&vector, "card")));
        let key = openssl(&["x509", "-noout", "-pubkey", "-in"], &[&certificate]);
        fs::write(file("key"), key).unwrap();
        let key = file("key").display().to_string();
        let verified =
            openssl(&["dgst", "-sha256", "-verify", &key, "-signature"], &[&file("signature"), &file("use")]);
        assert_eq!(String::from_utf8(verified).unwrap().trim(), "Verified OK");
    }
}

fn openssl(options: &[&str], files: &[&Path]) -> Vec<u8> {
    let output = Command::new("openssl").args(options).args(files).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn every_field_changes_what_is_signed() {
    let part = |number, points| Part {
        currency: CurrencyCode { book: BookCode::RESERVED, number: CurrencyNumber(number) },
        points: Points::new(points).unwrap(),
    };
    let terminal = |number| TerminalId::from_number(number).unwrap();
    let key = |number| OperationKey(Uuid::from_u128(number));
    let (one, other, two) = ([part(1, 5)], [part(1, 6)], [part(1, 5), part(2, 5)]);
    let elsewhere = [part(2, 5)];
    let base = UseProof {
        nonce: [1; 32],
        terminal: terminal(14_130_001),
        key: key(1),
        parts: &one,
        becomes: Becomes::Payment,
        training: false,
    };
    let ticket = UseProof { becomes: Becomes::Ticket { last_day: date(2026, 12, 20) }, ..base.clone() };
    let street = |id| Becomes::StreetPoints(IdProviderId::parse(id).unwrap());
    let merge = UseProof { becomes: street("140002"), ..base.clone() };
    let others = [
        UseProof { nonce: [2; 32], ..base.clone() },
        UseProof { terminal: terminal(14_130_002), ..base.clone() },
        UseProof { key: key(2), ..base.clone() },
        UseProof { parts: &other, ..base.clone() },
        UseProof { parts: &two, ..base.clone() },
        UseProof { parts: &elsewhere, ..base.clone() },
        UseProof { training: true, ..base.clone() },
        ticket.clone(),
        UseProof { becomes: Becomes::Ticket { last_day: date(2026, 12, 21) }, ..base.clone() },
        UseProof { training: true, ..ticket },
        merge.clone(),
        UseProof { becomes: street("140003"), ..base.clone() },
        UseProof { training: true, ..merge },
    ];
    let digests: HashSet<_> = others.iter().chain([&base]).map(UseProof::digest).collect();
    assert_eq!(digests.len(), others.len() + 1, "no two of them are signed alike");
}
