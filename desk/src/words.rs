//! The names, in both languages, that fill the places in the catalogue's sentences.
//!
//! Belongs here: names of fields and settings. Does not: sentences; those are the catalogue's
//! (`madoguchi_wire::failure`).

use madoguchi_wire::failure::{Bilingual, ErrorCode, Failure};

fn both(ja: &str, en: &str) -> Bilingual {
    Bilingual { ja: ja.into(), en: en.into() }
}

/// A field of the contact form (画面 10), by its name in the request.
pub fn contact_field(field: &str) -> Bilingual {
    match field {
        "staff_name" => both("担当者名", "name of the person in charge"),
        "shop_name" => both("店舗名", "shop name"),
        "postal_code" => both("郵便番号", "postal code"),
        "address" => both("住所", "address"),
        "phone" => both("電話番号", "telephone number"),
        "mail" => both("メールアドレス", "mail address"),
        "id_provider" => both("ID付与事業者", "ID provider"),
        _ => both("連絡先", "contact details"),
    }
}

/// The failure of one setting, by its name in the settings file.
pub fn setting_wrong(setting: &str) -> Failure {
    let name = match setting {
        "cloud_address" => both("クラウドの接続先", "cloud address"),
        "cloud_authority" => both("クラウドの認証局", "cloud authority"),
        "printer" => both("印刷", "printing"),
        "ticket_printer" => both("ポイント券の印刷", "printing of tickets"),
        "text_size" => both("文字の大きさ", "text size"),
        "lock_after_minutes" => both("自動ロック", "automatic lock"),
        "sound_volume" => both("音の大きさ", "sound volume"),
        "hand_over_folder" => both("番号を渡すフォルダー", "folder for numbers"),
        "street_folders" => both("商店街のフォルダー", "folders of shopping streets"),
        "rate" => both("買上ポイントの率", "rate of points for purchases"),
        "hand_over_name" => both("番号を渡すファイルの名前", "name of the file with the number"),
        _ => both("設定ファイル", "settings file"),
    };
    Failure::with(ErrorCode::SettingsInvalid, &[("field", name)])
}
