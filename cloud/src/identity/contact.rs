//! Checking the contact details of 画面 10, by the rules that every counter has (`domain/src/contact.rs`).

use madoguchi_domain::contact::ContactDetails;
use madoguchi_wire::terminal_api::Contact;

/// The first field, by its name in the request, that is missing or malformed.
pub fn wrong_field(contact: &Contact) -> Option<&'static str> {
    let Contact { staff_name, shop_name, postal_code, address, phone, mail, id_provider: _ } = contact;
    ContactDetails { staff_name, shop_name, postal_code, address, phone, mail }.wrong_field()
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
