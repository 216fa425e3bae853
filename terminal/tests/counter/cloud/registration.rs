//! How the cloud in memory takes a terminal up, and opens its sessions.

use super::{Inside, NOW_MS, PASSWORD, Reply, TERMINAL, problem, reply};
use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use madoguchi_domain::session_proof::session_proof;
use madoguchi_domain::terminal::TerminalKind;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    BeginRegistrationAnswer, BeginRegistrationRequest, OpenSessionAnswer, OpenSessionRequest, Problem,
    RegisterTerminalAnswer, RegisterTerminalRequest, RequestChallengeAnswer,
};

impl Inside {
    pub(super) fn begin_registration(&self, request: &BeginRegistrationRequest) -> Reply {
        if request.terminal.to_string() != TERMINAL || request.password != PASSWORD {
            return problem(ErrorCode::WrongPassword);
        }
        let registered = self.device.as_ref().map(|(_, key)| hex::encode(key.to_bytes()));
        if registered.is_some() && request.public_key != registered {
            return problem(ErrorCode::AlreadyRegistered);
        }
        reply(&BeginRegistrationAnswer {
            municipality: "川崎市".into(),
            site: self.site_name.clone(),
            kind: TerminalKind::PointUseCounter,
            id_providers: Vec::new(),
        })
    }

    pub(super) fn register_terminal(&mut self, request: &RegisterTerminalRequest) -> Reply {
        if request.password != PASSWORD {
            return problem(ErrorCode::WrongPassword);
        }
        if request.contact.mail.is_empty() {
            let wrong = Problem { field: Some("mail".into()), ..Problem::of(ErrorCode::ContactIncomplete) };
            return Reply { status: 422, body: serde_json::to_vec(&wrong).unwrap() };
        }
        let key: [u8; 32] = hex::decode(&request.public_key).unwrap().try_into().unwrap();
        let device = (request.fingerprint.clone(), VerifyingKey::from_bytes(&key).unwrap());
        match &self.device {
            Some(known) if *known != device => problem(ErrorCode::AlreadyRegistered),
            _ => {
                self.device = Some(device);
                reply(&RegisterTerminalAnswer { cloud_name: self.name.clone(), generation: 1 })
            }
        }
    }

    pub(super) fn request_challenge(&mut self) -> Reply {
        self.made += 1;
        let challenge = format!("{:064x}", self.made);
        self.challenges.insert(challenge.clone());
        let cloud_name = self.name.clone();
        reply(&RequestChallengeAnswer { challenge, cloud_name, training: self.training })
    }

    pub(super) fn open_session(&mut self, request: &OpenSessionRequest) -> Reply {
        let Some((fingerprint, key)) = &self.device else {
            return problem(ErrorCode::RegistrationEnded);
        };
        let bytes = |text: &str| <[u8; 32]>::try_from(hex::decode(text).unwrap()).unwrap();
        let signed = session_proof(
            &self.name,
            &bytes(&request.challenge),
            request.terminal,
            &bytes(&request.fingerprint),
        );
        let signature = Signature::from_slice(&hex::decode(&request.signature).unwrap()).unwrap();
        if !self.challenges.remove(&request.challenge) || key.verify(&signed.unwrap(), &signature).is_err() {
            return problem(ErrorCode::RegistrationEnded);
        }
        if *fingerprint != request.fingerprint {
            return problem(ErrorCode::FingerprintChanged);
        }
        self.made += 1;
        let token = format!("token-{}", self.made);
        self.tokens.insert(token.clone());
        reply(&OpenSessionAnswer {
            token,
            expires_at_ms: NOW_MS + 900_000,
            cloud_time_ms: NOW_MS,
            profile: self.profile(),
            sign_in: self.sign_in.clone(),
        })
    }
}
