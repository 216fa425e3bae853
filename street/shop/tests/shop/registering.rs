//! The PC becomes a shop of a street, once, with what the street handed out.

use crate::scene::{PASSWORD, STREET, Scene, TARO, code, joins, key_sheet, key_sheet_of};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::window::SignInState;
use madoguchi_wire::window::street::{KeySheetNamed, StreetPlace, StreetRegistration};

#[tokio::test]
async fn a_registered_pc_is_one_after_a_restart_and_no_file_tells_its_password_or_contact() {
    let scene = Scene::new();
    let shop = scene.shop().await;
    assert_eq!(shop.open_street().await.unwrap().place, StreetPlace::Unregistered);
    let counter = shop.register_street(scene.registration()).await.unwrap();
    assert_eq!(counter.sign_in, SignInState::SignedIn, "the password was typed a moment ago");
    drop(shop);
    let again = scene.shop().await.open_street().await.unwrap();
    let StreetPlace::Registered { street } = again.place else { panic!("not registered") };
    assert_eq!((street.id.as_str(), street.name.as_str()), (STREET, "川崎銀座街"));
    assert_eq!((street.shop.as_str(), street.terminal.as_str()), ("こむぎベーカリー", "GINZA-03"));
    for entry in std::fs::read_dir(scene.path("data")).unwrap().flatten() {
        let bytes = std::fs::read(entry.path()).unwrap();
        for secret in [PASSWORD.as_bytes(), b"$argon2id$", "044-200-2111".as_bytes(), "小麦".as_bytes()] {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{:?}", entry.path());
        }
    }
}

#[tokio::test]
async fn what_cannot_be_registered_is_said_field_by_field_and_nothing_is_kept() {
    let scene = Scene::new();
    let shop = scene.shop().await;
    let other = scene.path("other.toml");
    std::fs::write(&other, key_sheet("300102")).unwrap();
    let text = scene.path("text.toml");
    std::fs::write(&text, "お知らせ").unwrap();
    let good = scene.registration();
    let sheet = |path: &std::path::Path| path.display().to_string();
    for (asked, expected) in [
        (StreetRegistration { password: "short".into(), ..good.clone() }, ErrorCode::StreetPasswordInvalid),
        (StreetRegistration { terminal: "銀座".into(), ..good.clone() }, ErrorCode::StreetPasswordInvalid),
        (StreetRegistration { street: "30010".into(), ..good.clone() }, ErrorCode::StreetNumberInvalid),
        (StreetRegistration { street_name: "  ".into(), ..good.clone() }, ErrorCode::StreetNameMissing),
        (StreetRegistration { drop_folder: String::new(), ..good.clone() }, ErrorCode::DropFolderGone),
        (
            StreetRegistration { drop_folder: sheet(&scene.path("nowhere")), ..good.clone() },
            ErrorCode::DropFolderGone,
        ),
        (StreetRegistration { key_sheet: String::new(), ..good.clone() }, ErrorCode::KeySheetUnreadable),
        (StreetRegistration { key_sheet: sheet(&text), ..good.clone() }, ErrorCode::KeySheetInvalid),
        (StreetRegistration { key_sheet: sheet(&other), ..good.clone() }, ErrorCode::KeySheetOfAnotherStreet),
    ] {
        assert_eq!(code(shop.register_street(asked).await), Some(expected));
    }
    let mut without_mail = good;
    without_mail.contact.mail = "komugi".into();
    assert_eq!(code(shop.register_street(without_mail).await), Some(ErrorCode::ContactIncomplete));
    assert_eq!(shop.settings().drop_folder, "", "the folder is kept with the registration and not before");
    assert!(!scene.path("data/settings.toml").exists());
    assert_eq!(shop.open_street().await.unwrap().place, StreetPlace::Unregistered);
}

#[tokio::test]
async fn a_registered_pc_is_not_registered_again() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    assert_eq!(code(shop.register_street(scene.registration()).await), Some(ErrorCode::AlreadyRegistered));
}

#[tokio::test]
async fn a_copied_folder_says_that_its_key_is_missing() {
    let scene = Scene::new();
    drop(scene.registered().await);
    scene.forgets_all_keys();
    let StreetPlace::Barred { failure } = scene.shop().await.open_street().await.unwrap().place else {
        panic!("it works without its key")
    };
    assert_eq!(failure.code, ErrorCode::StreetKeyMissing);
}

#[tokio::test]
async fn after_another_sheet_is_taken_files_under_the_old_and_the_new_key_are_received() {
    let scene = Scene::new();
    let shop = scene.registered().await;
    joins(&shop, TARO).await;
    let path = scene.path("second.toml");
    std::fs::write(&path, key_sheet_of(STREET, 2)).unwrap();
    let taken = shop.take_merge_keys(KeySheetNamed { path: path.display().to_string() }).await.unwrap();
    assert_eq!(taken.keys, 2);
    // The cloud seals under the old key until it is retired there.
    scene.drops_under(1, TARO, 100, 1);
    scene.drops_under(2, TARO, 200, 2);
    let received = shop.receive_merges().await.unwrap();
    assert_eq!((received.received, received.points, received.set_aside), (2, 300, 0));
}
