//! `begin_registration` and `register_terminal`: this PC becomes a terminal (画面 9 and 10, rows A3–A5).
//!
//! The device key is made here and lies in the credential store from its first moment. It is noted
//! before the cloud is asked: where the answer gets lost, the same key is offered again, and the cloud
//! answers the same.

use crate::entropy::random;
use crate::place::{self, kept};
use crate::running::{Running, lock};
use crate::store::{Registered, Registering, Store, StoreKey};
use ed25519_dalek::SigningKey;
use madoguchi_domain::digits::to_ascii_digits;
use madoguchi_domain::fingerprint::Measurement;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_port::vault::Vault;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{
    BeginRegistrationAnswer, BeginRegistrationRequest, Contact, RegisterTerminalAnswer,
    RegisterTerminalRequest, TerminalProfile,
};
use madoguchi_wire::window::{BeginRegistration, Place, RegisterTerminal, RegistrationForm};
use std::sync::Arc;
use zeroize::Zeroizing;

/// What was typed on 画面 9, kept until 画面 10 is done.
#[derive(Clone)]
pub(crate) struct Begun {
    terminal: TerminalId,
    password: Zeroizing<String>,
}

/// What is made on this PC before the cloud is asked.
struct Prepared {
    measured: Measurement,
    device_key: String,
    public_key: String,
}

impl Running {
    /// Checks that this PC can become a terminal, then terminal ID and password. Registers nothing.
    pub(crate) async fn begin_registration(
        self: &Arc<Self>,
        typed: BeginRegistration,
    ) -> Result<RegistrationForm, Failure> {
        let terminal =
            TerminalId::typed(&typed.terminal).map_err(|_| Failure::of(ErrorCode::WrongPassword))?;
        let password = Zeroizing::new(narrow(typed.password.trim()));
        let begun_before = self
            .blocking(move |running| {
                let store = running.store()?;
                probe(&*running.parts.drivers.vault)?;
                place::measure_device(&running.parts)?;
                key_begun_with(running, store, terminal)
            })
            .await?;
        // The password goes to no cloud of the other kind: a training cloud keeps nobody's real one.
        self.request_challenge(terminal).await?;
        let public_key = begun_before.map(|(_, key)| public_key(&key));
        let request = BeginRegistrationRequest { terminal, password: password.to_string(), public_key };
        let answer: BeginRegistrationAnswer = self.ask_outside("begin_registration", &request).await?;
        *lock(&self.begun) = Some(Begun { terminal, password });
        Ok(RegistrationForm {
            terminal: terminal.spaced(),
            municipality: answer.municipality,
            site: answer.site,
            id_providers: answer.id_providers,
        })
    }

    /// Registers this PC and opens its first session.
    pub(crate) async fn register_terminal(
        self: &Arc<Self>,
        typed: RegisterTerminal,
    ) -> Result<TerminalProfile, Failure> {
        let begun = lock(&self.begun).clone().ok_or_else(|| Failure::of(ErrorCode::NotRegistered))?;
        let terminal = begun.terminal;
        let prepared = self.blocking(move |running| prepare(running, terminal)).await?;
        // The settings may lead elsewhere by now.
        self.request_challenge(terminal).await?;
        let request = RegisterTerminalRequest {
            terminal,
            password: begun.password.to_string(),
            fingerprint: hex::encode(prepared.measured.fingerprint.0),
            public_key: prepared.public_key.clone(),
            contact: tidied(typed.contact),
        };
        let answer: RegisterTerminalAnswer = self.ask_outside("register_terminal", &request).await?;
        self.take_over(terminal, answer, prepared).await?;
        *lock(&self.begun) = None;
        let profile = self.first_profile().await.inspect_err(|_| self.tell_place())?;
        self.sign_in_after_registration(&begun.password).await;
        Ok(profile)
    }

    /// From here on this PC is the terminal. Nobody opens a session meanwhile.
    async fn take_over(
        self: &Arc<Self>,
        terminal: TerminalId,
        answer: RegisterTerminalAnswer,
        prepared: Prepared,
    ) -> Result<(), Failure> {
        let _nobody_signs_in = self.session.opening.lock().await;
        let standing = self
            .blocking(move |running| {
                keep(running, terminal, answer, &prepared)?;
                Ok(place::look(&running.parts, &running.store))
            })
            .await?;
        self.end_session();
        self.stand_quietly(standing);
        self.begin_sign_in_anew().await;
        self.take_up_journal().await?;
        self.take_up_piles().await
    }

    /// The profile of the first session. Where the session does not come about, the registration
    /// stands all the same and the session is tried again in the background.
    async fn first_profile(self: &Arc<Self>) -> Result<TerminalProfile, Failure> {
        self.token().await?;
        let place = lock(&self.standing).place();
        match place {
            Place::Registered { profile } => Ok(profile),
            Place::Barred { failure, .. } => Err(failure),
            Place::Unregistered => Err(Failure::of(ErrorCode::NotRegistered)),
        }
    }
}

/// Without a credential store nothing is registered (docs/terminal.md).
fn probe(vault: &dyn Vault) -> Result<(), Failure> {
    vault.probe().map_err(|fault| {
        tracing::warn!(%fault, "the credential store cannot keep a secret");
        Failure::of(ErrorCode::VaultAbsent)
    })
}

/// Measures this PC and makes its key, or takes the key of the same registration begun before.
fn prepare(running: &Running, terminal: TerminalId) -> Result<Prepared, Failure> {
    let store = running.store()?;
    let measured = place::measure_device(&running.parts)?;
    if let Some((device_key, key)) = key_begun_with(running, store, terminal)? {
        return Ok(Prepared { measured, public_key: public_key(&key), device_key });
    }
    let (device_key, secret) = new_secret(running, store, "device-key")?;
    let key = signing_key(secret.as_slice()).ok_or_else(|| Failure::of(ErrorCode::Unforeseen))?;
    store.begin_registering(&Registering { terminal, device_key: device_key.clone() })?;
    Ok(Prepared { measured, public_key: public_key(&key), device_key })
}

/// The key of a registration of this terminal that was begun before, with its name: the cloud may have
/// written it down although its answer never came.
fn key_begun_with(
    running: &Running,
    store: &Store,
    terminal: TerminalId,
) -> Result<Option<(String, SigningKey)>, Failure> {
    let begun = store.registering()?.filter(|registering| registering.terminal == terminal);
    let Some(Registering { device_key, .. }) = begun else { return Ok(None) };
    let key = kept(&*running.parts.drivers.vault, &device_key)?.as_deref().and_then(|key| signing_key(key));
    Ok(key.map(|key| (device_key, key)))
}

/// Keeps the registration that the cloud has confirmed.
fn keep(
    running: &Running,
    terminal: TerminalId,
    answer: RegisterTerminalAnswer,
    prepared: &Prepared,
) -> Result<(), Failure> {
    let store = running.store()?;
    let vault = &*running.parts.drivers.vault;
    let before = store.registered_before(&answer.cloud_name, terminal)?;
    let old_key = before.as_ref().map(|before| store_key(vault, before)).transpose()?.flatten();
    let key = old_key.map_or_else(|| new_store_key(running, store), Ok)?;
    let registered = Registered {
        id: 0,
        cloud_name: answer.cloud_name,
        terminal,
        generation: answer.generation,
        device_key: prepared.device_key.clone(),
        store_key: key.name().to_owned(),
        profile: None,
    };
    store.register(&*running.parts.entropy, &registered, &key, &prepared.measured.digests)?;
    if let Some(old) = before.filter(|before| before.device_key != prepared.device_key)
        && let Err(fault) = vault.delete(&old.device_key)
    {
        tracing::warn!(%fault, "the key of an ended registration could not be deleted");
    }
    Ok(())
}

/// The key under which this terminal's journal was sealed before, if this PC still holds it.
fn store_key(vault: &dyn Vault, before: &Registered) -> Result<Option<StoreKey>, Failure> {
    Ok(kept(vault, &before.store_key)?.and_then(|bytes| StoreKey::new(&before.store_key, &bytes)))
}

fn new_store_key(running: &Running, store: &Store) -> Result<StoreKey, Failure> {
    let (name, secret) = new_secret(running, store, "store-key")?;
    StoreKey::new(&name, secret.as_slice()).ok_or_else(|| Failure::of(ErrorCode::Unforeseen))
}

/// A new random secret in the credential store, and its name there.
fn new_secret(
    running: &Running,
    store: &Store,
    purpose: &str,
) -> Result<(String, Zeroizing<[u8; 32]>), Failure> {
    let entropy = &*running.parts.entropy;
    let unforeseen = |_| Failure::of(ErrorCode::Unforeseen);
    let secret = Zeroizing::new(random::<32>(entropy).map_err(unforeseen)?);
    let which = hex::encode(random::<4>(entropy).map_err(unforeseen)?);
    let name = format!("{}/{purpose}/{which}", store.id());
    running.parts.drivers.vault.put(&name, secret.as_slice()).map_err(|fault| {
        tracing::warn!(%fault, "the credential store did not take a key");
        Failure::of(ErrorCode::VaultAbsent)
    })?;
    Ok((name, secret))
}

/// The device key from its 32 bytes.
pub(crate) fn signing_key(bytes: &[u8]) -> Option<SigningKey> {
    let bytes = Zeroizing::new(<[u8; 32]>::try_from(bytes).ok()?);
    Some(SigningKey::from_bytes(&bytes))
}

fn public_key(key: &SigningKey) -> String {
    hex::encode(key.verifying_key().to_bytes())
}

/// Letters and digits typed full-width (with the Japanese input method on) as ASCII.
pub(crate) fn narrow(typed: &str) -> String {
    typed
        .chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - '！' as u32 + '!' as u32).unwrap_or(c),
            other => other,
        })
        .collect()
}

/// Contact details as they are kept: digits in ASCII, the postal code without its hyphen, no blanks
/// at the ends. What is missing or malformed is the cloud's to say.
fn tidied(contact: Contact) -> Contact {
    let trimmed = |text: String| text.trim().to_owned();
    Contact {
        staff_name: trimmed(contact.staff_name),
        shop_name: trimmed(contact.shop_name),
        postal_code: to_ascii_digits(&contact.postal_code).replace(['-', '〒', 'ー', '‐'], ""),
        address: trimmed(contact.address),
        phone: to_ascii_digits(&contact.phone).replace(['ー', '‐'], "-"),
        mail: narrow(contact.mail.trim()),
        id_provider: contact.id_provider,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_with_the_japanese_input_method_on_is_understood() {
        assert_eq!(narrow("ａｂ３ｘ＠"), "ab3x@");
        let contact = tidied(Contact {
            staff_name: " 山田 ".into(),
            shop_name: "やまだ八百屋".into(),
            postal_code: "〒２１０－００01".into(),
            address: "川崎市".into(),
            phone: "０４４ー２００‐1111".into(),
            mail: "ｙａｍａｄａ＠example.jp ".into(),
            id_provider: None,
        });
        assert_eq!(
            (contact.staff_name, contact.postal_code, contact.phone, contact.mail),
            ("山田".into(), "2100001".into(), "044-200-1111".into(), "yamada@example.jp".into())
        );
    }
}
