//! Contact details of a counter (画面 10): which field is missing or malformed.
//!
//! Only what would make a telephone call or a letter fail is refused; names and addresses are free text.

use crate::digits::{is_digits, to_ascii_digits};

/// The longest text accepted in one field, in characters.
const LONGEST: usize = 100;

/// What is typed into the form.
#[derive(Clone, Copy)]
pub struct ContactDetails<'a> {
    /// 担当者名.
    pub staff_name: &'a str,
    /// 店舗名.
    pub shop_name: &'a str,
    /// 郵便番号, 7 digits without a hyphen.
    pub postal_code: &'a str,
    /// 住所.
    pub address: &'a str,
    /// 電話番号, digits and hyphens.
    pub phone: &'a str,
    /// メールアドレス.
    pub mail: &'a str,
}

impl ContactDetails<'_> {
    /// The first field, by its name in a request, that is missing or malformed.
    pub fn wrong_field(&self) -> Option<&'static str> {
        [
            ("staff_name", is_text(self.staff_name)),
            ("shop_name", is_text(self.shop_name)),
            ("postal_code", is_digits(self.postal_code, 7)),
            ("address", is_text(self.address)),
            ("phone", is_phone(self.phone)),
            ("mail", is_text(self.mail) && is_mail(self.mail.trim())),
        ]
        .into_iter()
        .find_map(|(field, is_right)| (!is_right).then_some(field))
    }
}

fn is_text(text: &str) -> bool {
    let length = text.trim().chars().count();
    (1..=LONGEST).contains(&length) && !text.chars().any(char::is_control)
}

/// Ten or eleven digits beginning with 0 (a Japanese number), grouped by hyphens or not.
fn is_phone(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    digits.starts_with('0')
        && (is_digits(&digits, 10) || is_digits(&digits, 11))
        && to_ascii_digits(text) == text
}

/// One `@` with something before it and a dotted name behind it.
fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && !host.contains('@')
            && host.split('.').count() >= 2
            && host.split('.').all(|label| !label.is_empty())
            && !text.chars().any(char::is_whitespace)
    })
}
