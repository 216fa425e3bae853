//! Becoming a terminal, signing in, locking.

use crate::ask::secret;
use crate::asked;
use crate::at_counter::AtCounter;
use crate::command_line::Register;
use crate::outcome::{Outcome, both};
use madoguchi_domain::language::Language;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::Contact;
use madoguchi_wire::window::{BeginRegistration, RegisterTerminal, TypedSignIn};
use zeroize::Zeroizing;

/// 画面 9 and 10.
pub(crate) async fn register(at: &AtCounter, form: Register, language: Language) -> Result<Outcome, Failure> {
    let password = password(language)?.to_string();
    at.counter.begin_registration(BeginRegistration { terminal: form.terminal, password }).await?;
    let contact = Contact {
        staff_name: form.staff_name,
        shop_name: form.shop_name,
        postal_code: form.postal_code,
        address: form.address,
        phone: form.phone,
        mail: form.mail,
        id_provider: form.id_provider,
    };
    let profile = at.counter.register_terminal(RegisterTerminal { contact }).await?;
    Ok(Outcome::done(
        &profile,
        vec![both("登録しました。", "Registered."), profile.site_name.as_str().into()],
    ))
}

/// 画面 2.
pub(crate) async fn sign_in(
    at: &AtCounter,
    staff_name: String,
    language: Language,
) -> Result<Outcome, Failure> {
    let password = password(language)?.to_string();
    at.counter.sign_in(TypedSignIn { password, staff_name }).await?;
    Ok(Outcome::done(&(), vec![both("サインインしました。", "Signed in.")]))
}

/// The clerk leaves.
pub(crate) async fn lock(at: &AtCounter) -> Result<Outcome, Failure> {
    at.counter.lock().await?;
    Ok(Outcome::done(&(), vec![both("ロックしました。", "Locked.")]))
}

fn password(language: Language) -> Result<Zeroizing<String>, Failure> {
    secret(asked(language, "端末パスワード", "Terminal password"))
        .map_err(|_| Failure::of(ErrorCode::NothingTyped))
}
