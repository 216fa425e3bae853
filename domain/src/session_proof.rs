//! The bytes a terminal signs to open a session with the cloud.
//!
//! SHA-256 is not applied here: Ed25519 signs the bytes as they are. Every field carries its length,
//! so no two different sets of fields share their bytes.
//!
//! `"madoguchi/session/1"` ‖ u16 length ‖ cloud name (UTF-8) ‖ challenge (32) ‖ terminal id (8 ASCII
//! digits) ‖ fingerprint (32).

use crate::terminal::TerminalId;

/// The name of this proof; a signature for one purpose is none for another.
const PURPOSE: &[u8] = b"madoguchi/session/1";

/// The bytes to sign, or `None` where the cloud's name is longer than 65,535 bytes.
pub fn session_proof(
    cloud_name: &str,
    challenge: &[u8; 32],
    terminal: TerminalId,
    fingerprint: &[u8; 32],
) -> Option<Vec<u8>> {
    let name_length = u16::try_from(cloud_name.len()).ok()?;
    let mut bytes = PURPOSE.to_vec();
    bytes.extend_from_slice(&name_length.to_be_bytes());
    bytes.extend_from_slice(cloud_name.as_bytes());
    bytes.extend_from_slice(challenge);
    bytes.extend_from_slice(terminal.to_string().as_bytes());
    bytes.extend_from_slice(fingerprint);
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_changes_the_bytes() {
        let terminal = |number| TerminalId::from_number(number).unwrap_or_else(|_| unreachable!());
        let base = session_proof("kawasaki", &[1; 32], terminal(14_130_001), &[2; 32]);
        for other in [
            session_proof("kawasak", &[1; 32], terminal(14_130_001), &[2; 32]),
            session_proof("kawasaki", &[3; 32], terminal(14_130_001), &[2; 32]),
            session_proof("kawasaki", &[1; 32], terminal(14_130_002), &[2; 32]),
            session_proof("kawasaki", &[1; 32], terminal(14_130_001), &[4; 32]),
        ] {
            assert_ne!(base, other);
        }
    }
}
