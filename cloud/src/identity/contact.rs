//! Checking the contact details of 画面 10: which field is missing or malformed.
//!
//! Only what would make the municipality's telephone call or letter fail is refused; names and
//! addresses are free text.

use madoguchi_domain::digits::{is_digits, to_ascii_digits};
use madoguchi_wire::terminal_api::Contact;

/// The longest text accepted in one field, in characters.
const LONGEST: usize = 100;

/// The first field, by its name in the request, that is missing or malformed.
pub fn wrong_field(contact: &Contact) -> Option<&'static str> {
    let text = |text: &str| {
        let length = text.trim().chars().count();
        (1..=LONGEST).contains(&length) && !text.chars().any(char::is_control)
    };
    [
        ("staff_name", text(&contact.staff_name)),
        ("shop_name", text(&contact.shop_name)),
        ("postal_code", is_postal_code(&contact.postal_code)),
        ("address", text(&contact.address)),
        ("phone", is_phone(&contact.phone)),
        ("mail", text(&contact.mail) && is_mail(contact.mail.trim())),
    ]
    .into_iter()
    .find_map(|(field, is_right)| (!is_right).then_some(field))
}

fn is_postal_code(text: &str) -> bool {
    is_digits(text, 7)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn a_contact() -> Contact {
        Contact {
            staff_name: "山田 太郎".into(),
            shop_name: "やまだ八百屋".into(),
            postal_code: "2100001".into(),
            address: "川崎市川崎区本町1-1".into(),
            phone: "044-200-0000".into(),
            mail: "yamada@example.jp".into(),
            id_provider: None,
        }
    }

    #[test]
    fn a_complete_contact_has_no_wrong_field() {
        assert_eq!(wrong_field(&a_contact()), None);
        assert_eq!(wrong_field(&Contact { phone: "09012345678".into(), ..a_contact() }), None);
    }

    #[test]
    fn the_wrong_field_is_named() {
        let table = [
            (Contact { staff_name: " ".into(), ..a_contact() }, "staff_name"),
            (Contact { shop_name: String::new(), ..a_contact() }, "shop_name"),
            (Contact { postal_code: "210-0001".into(), ..a_contact() }, "postal_code"),
            (Contact { postal_code: "210000".into(), ..a_contact() }, "postal_code"),
            (Contact { address: "あ".repeat(101), ..a_contact() }, "address"),
            (Contact { phone: "200-0000".into(), ..a_contact() }, "phone"),
            (Contact { phone: "044-200-000x".into(), ..a_contact() }, "phone"),
            (Contact { mail: "yamada".into(), ..a_contact() }, "mail"),
            (Contact { mail: "a@b@c.jp".into(), ..a_contact() }, "mail"),
            (Contact { mail: "a@localhost".into(), ..a_contact() }, "mail"),
            (Contact { mail: "a\n@b.jp".into(), ..a_contact() }, "mail"),
        ];
        for (contact, field) in table {
            assert_eq!(wrong_field(&contact), Some(field));
        }
    }
}
