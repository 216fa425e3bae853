use super::*;
use crate::cloud::{AddressFault, HttpsLines};
use std::fs;

fn preferences(folder: &Path) -> Preferences {
    Preferences::read(&folders(folder, None), &HttpsLines::default())
}

fn folders(own: &Path, for_all: Option<&Path>) -> Folders {
    Folders {
        data: own.into(),
        settings: own.into(),
        settings_for_all: for_all.map(PathBuf::from),
        papers: "/papers".into(),
    }
}

fn folder_with(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), text).unwrap();
    folder
}

#[test]
fn without_a_file_the_defaults_hold_and_the_address_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let Preferences { settings, line } = preferences(folder.path());
    assert_eq!(settings.printer, Printer::Folder { path: "/papers".into() });
    let sheets = SheetPrinter::Folder { path: "/papers".into() };
    assert_eq!(settings.ticket_printer, TicketPrinter::Sheets { sheet: TicketSheet::A6, printer: sheets });
    assert_eq!((settings.language, settings.text_size, settings.sound_volume), (Language::Ja, 100, 2));
    assert_eq!(line.err(), Some(Failure::from(AddressFault::NotAnAddress)));
}

#[test]
fn a_file_may_name_only_the_cloud() {
    let folder = folder_with("cloud_address = \"http://127.0.0.1:8480\"\n");
    let Preferences { settings, line } = preferences(folder.path());
    assert_eq!(settings.cloud_address, "http://127.0.0.1:8480");
    assert!(line.is_ok());
}

#[test]
fn a_file_that_makes_no_sense_is_said_and_nothing_of_it_is_followed() {
    for text in [
        "cloud_address = 1",
        "cloud_adress = \"https://cloud.example.jp\"",
        "cloud_address = \"http",
        "text_size = -1",
        "\u{0}",
    ] {
        let folder = folder_with(text);
        let Preferences { settings, line } = preferences(folder.path());
        assert_eq!(settings.cloud_address, "", "{text}");
        assert_eq!(line.err().map(|failure| failure.code), Some(ErrorCode::SettingsInvalid), "{text}");
    }
}

#[test]
fn a_byte_order_mark_in_front_is_no_mistake() {
    let folder = folder_with("\u{feff}cloud_address = \"http://127.0.0.1:8480\"\r\n");
    let Preferences { settings, line } = preferences(folder.path());
    assert_eq!(settings.cloud_address, "http://127.0.0.1:8480");
    assert!(line.is_ok());
}

#[test]
fn what_is_written_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings {
        cloud_address: "https://cloud.example.jp".into(),
        cloud_authority: Some("/etc/madoguchi/ca.pem".into()),
        printer: Printer::Queue { name: "レジ横".into() },
        ticket_printer: TicketPrinter::Sheets {
            sheet: TicketSheet::A4,
            printer: SheetPrinter::Queue { name: "事務所".into() },
        },
        hand_over: madoguchi_wire::window::HandOver::Clipboard,
        street_folders: vec![StreetFolder { street: "140002".into(), folder: "/ginza".into() }],
        bridge: true,
        start_with_pc: true,
        language: Language::En,
        text_size: 150,
        theme: Theme::Contrast,
        sound_volume: 0,
        resident_window: ResidentWindow::Monitor { name: "DELL U2415 1920×1080+1280+0".into() },
        lock_after_minutes: 15,
    };
    write(&folders(folder.path(), None), &settings).unwrap();
    assert_eq!(preferences(folder.path()).settings, settings);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left behind");
}

#[test]
fn settings_that_cannot_be_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let good = preferences(folder.path()).settings;
    assert!(check(&good).is_ok());
    let nowhere = TicketPrinter::Sheets {
        sheet: TicketSheet::A6,
        printer: SheetPrinter::Queue { name: String::new() },
    };
    for (wrong, named) in [
        (Settings { text_size: 110, ..good.clone() }, "文字の大きさ"),
        (Settings { sound_volume: 4, ..good.clone() }, "音の大きさ"),
        (Settings { lock_after_minutes: 7, ..good.clone() }, "自動ロック"),
        (Settings { printer: Printer::Folder { path: " ".into() }, ..good.clone() }, "印刷"),
        (Settings { ticket_printer: nowhere, ..good.clone() }, "ポイント券の印刷"),
    ] {
        let failure = check(&wrong).unwrap_err();
        assert!(failure.what.ja.contains(named), "{}", failure.what.ja);
    }
}

/// A folder of the settings for all users, and one of a user's own.
struct Laid {
    for_all: tempfile::TempDir,
    own: tempfile::TempDir,
}

impl Laid {
    fn down(for_all: &str) -> Self {
        Self { for_all: folder_with(for_all), own: tempfile::tempdir().unwrap() }
    }

    fn folders(&self) -> Folders {
        folders(self.own.path(), Some(self.for_all.path()))
    }

    fn settings(&self) -> Settings {
        Preferences::read(&self.folders(), &HttpsLines::default()).settings
    }

    fn written(&self) -> String {
        fs::read_to_string(self.own.path().join(FILE)).unwrap()
    }
}

#[test]
fn what_is_laid_down_for_all_users_holds_from_the_first_start() {
    let laid = Laid::down("cloud_address = \"http://127.0.0.1:8480\"\nlanguage = \"en\"\n");
    let Preferences { settings, line } = Preferences::read(&laid.folders(), &HttpsLines::default());
    assert_eq!((settings.cloud_address.as_str(), settings.language), ("http://127.0.0.1:8480", Language::En));
    assert!(line.is_ok());
    assert_eq!(look_in(&laid.folders()).language, Language::En);
}

#[test]
fn a_users_own_choice_goes_before_it_and_the_rest_still_follows_it() {
    let laid = Laid::down("cloud_address = \"http://127.0.0.1:8480\"\n");
    write(&laid.folders(), &Settings { text_size: 150, ..laid.settings() }).unwrap();
    assert!(!laid.written().contains("cloud_address"), "{}", laid.written());
    let moved = "cloud_address = \"http://127.0.0.1:8481\"\ntext_size = 200\n";
    fs::write(laid.for_all.path().join(FILE), moved).unwrap();
    let settings = laid.settings();
    assert_eq!((settings.cloud_address.as_str(), settings.text_size), ("http://127.0.0.1:8481", 150));
}

#[test]
fn what_a_user_takes_away_stays_away() {
    let laid = Laid::down(
        "cloud_address = \"http://127.0.0.1:8480\"\ncloud_authority = \"/etc/madoguchi/ca.pem\"\n\
         [[street_folder]]\nstreet = \"140002\"\nfolder = \"/srv/ginzagai\"\n",
    );
    let settings = laid.settings();
    assert_eq!(settings.street_folders.len(), 1);
    let without = Settings { cloud_authority: None, street_folders: Vec::new(), ..settings };
    write(&laid.folders(), &without).unwrap();
    let settings = laid.settings();
    assert_eq!(settings.cloud_authority.filter(|file| !file.is_empty()), None);
    assert!(settings.street_folders.is_empty());
}

#[test]
fn a_file_for_all_that_makes_no_sense_is_said() {
    let laid = Laid::down("cloud_address = \n");
    let Preferences { line, .. } = Preferences::read(&laid.folders(), &HttpsLines::default());
    assert_eq!(line.err().map(|failure| failure.code), Some(ErrorCode::SettingsInvalid));
}
