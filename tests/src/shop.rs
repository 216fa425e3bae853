//! A shop: a counter PC with its reader, and the cloud it is a terminal of.
//!
//! Everything is private to the shop, so that any number of them stand side by side.

use crate::scene::cloud::{Cloud, CloudClock};
use crate::scene::desktop::{Desktop, Display};
use crate::scene::line::Line;
use crate::scene::midnight;
use crate::scene::patience::until;
use crate::scene::program::{Environment, Program, Start, own_program};
use crate::scene::reader::Reader;
use crate::scene::trouble::Trouble;
use crate::scene::usb::Usb;
use crate::scene::user_systemd::UserSystemd;
use crate::scene::window::{PATIENCE, Window};
use madoguchi_virtual::printing_service::PrintingService;
use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What the program is told to start in training.
pub const TRAINING: &str = "--training";
/// What it is told to start without a window.
pub const BACKGROUND: &str = "--background";
/// Where other programs ask it for cards.
pub const BRIDGE: &str = "127.0.0.1:24725";
/// What it is told to start as a street's own software.
pub const STREET: &str = "--street";

/// The examples of card descriptions that fit the sample cards of a library and of a shopping street.
const CARD_DESCRIPTIONS: [(&str, &str); 3] = [
    ("10-library.toml", include_str!("../../terminal/src/card_descriptions/examples/felica-library.toml")),
    ("20-street.toml", include_str!("../../terminal/src/card_descriptions/examples/felica-lite-s.toml")),
    ("30-nw7.toml", include_str!("../../terminal/src/card_descriptions/examples/barcode-nw7.toml")),
];

/// 様式Ⅱ: what the municipality handed to the shop, as it stands in the example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormTwo {
    /// 端末ID.
    pub terminal: String,
    /// 端末パスワード.
    pub password: String,
}

/// The first counter for point use in the example.
pub fn form_two() -> FormTwo {
    FormTwo { terminal: "1413 0001".to_owned(), password: "yaoya2345".to_owned() }
}

/// The chamber of commerce of the example, which issues tickets.
pub fn issuing_desk() -> FormTwo {
    FormTwo { terminal: "1413 0008".to_owned(), password: "shoko2345".to_owned() }
}

/// The library of the example, which keeps customer numbers.
pub fn library() -> FormTwo {
    FormTwo { terminal: "1413 0004".to_owned(), password: "tosho2345".to_owned() }
}

/// The bakery of the example, in a street with a point system of its own.
pub fn shop_of_the_street() -> FormTwo {
    FormTwo { terminal: "1413 0005".to_owned(), password: "komugi234".to_owned() }
}

/// The counter of the training cloud's example.
pub fn form_two_for_training() -> FormTwo {
    FormTwo { terminal: "1499 0001".to_owned(), password: "kunren234".to_owned() }
}

/// A shop with its cloud.
pub struct Shop {
    /// The cloud.
    pub cloud: Cloud,
    /// The line to it.
    pub line: Line,
    /// The reader on the counter.
    pub reader: Reader,
    /// The PC.
    pub pc: Pc,
    /// The cloud to practise on, where there is one.
    pub training: Option<Cloud>,
    /// The PC's own ports, where it has some.
    pub usb: Option<Usb>,
    /// The PC's own printing service, where it has one.
    pub printing: Option<PrintingService>,
    /// The systemd of the PC's user, where it can be asked.
    pub systemd: Option<UserSystemd>,
    folder: TempDir,
}

/// A PC with a desktop and the folders of the program.
pub struct Pc {
    desktop: Desktop,
    folder: PathBuf,
}

impl Shop {
    /// Opens one on a display nobody sees, when midnight is far.
    pub fn open() -> Result<Self, Trouble> {
        midnight::is_far();
        Self::open_with(Display::start_virtual, CloudClock::Right)
    }

    /// The same with a cloud whose clock is a day ahead of the PC's.
    pub fn open_a_day_behind_its_cloud() -> Result<Self, Trouble> {
        midnight::is_far();
        Self::open_with(Display::start_virtual, CloudClock::ADayAhead)
    }

    /// Opens one with a monitor for the clerk and one for the resident.
    pub fn open_with_two_monitors() -> Result<Self, Trouble> {
        Self::open_with(Display::start_with_two_monitors, CloudClock::Right)
    }

    /// Opens one on the display of this session.
    pub fn open_on_this_display() -> Result<Self, Trouble> {
        Self::open_with(|_| Ok(Display::OfThisSession), CloudClock::Right)
    }

    fn open_with(
        display: impl FnOnce(&Path) -> Result<Display, Trouble>,
        clock: CloudClock,
    ) -> Result<Self, Trouble> {
        let folder = tempfile::Builder::new().prefix("madoguchi-").tempdir()?;
        let cloud = Cloud::found(&made(folder.path().join("cloud"))?, clock)?;
        let line = Line::to(cloud.address())?;
        let reader = Reader::plug_in(&made(folder.path().join("reader"))?)?;
        let pc_folder = made(folder.path().join("pc"))?;
        let pc = Pc::set_up(display(&pc_folder)?, pc_folder, &line, &reader)?;
        Ok(Self { cloud, line, reader, pc, training: None, usb: None, printing: None, systemd: None, folder })
    }

    /// Founds a training cloud beside the shop's own, and lays down the settings that lead the PC to it.
    pub fn with_training(mut self) -> Result<Self, Trouble> {
        let cloud = Cloud::found_for_training(&made(self.folder.path().join("training-cloud"))?)?;
        let settings = made(self.pc.folder.join("training"))?.join("settings.toml");
        std::fs::write(settings, format!("cloud_address = \"http://{}\"\n", cloud.address()))?;
        self.training = Some(cloud);
        Ok(self)
    }

    /// Gives the PC ports of its own, in which nothing is plugged.
    pub fn with_usb(mut self) -> Result<Self, Trouble> {
        let usb = Usb::in_folder(&made(self.folder.path().join("usb"))?)?;
        self.pc.desktop.start_windows_by(usb.seen_by());
        self.usb = Some(usb);
        Ok(self)
    }

    /// Gives the PC a printing service of its own, without any printer.
    pub fn with_printing_service(mut self) -> Result<Self, Trouble> {
        std::fs::set_permissions(self.folder.path(), Permissions::from_mode(0o755))?;
        let folder = made(self.folder.path().join("printing"))?;
        let printing = PrintingService::start(&folder).map_err(|error| Trouble::new(error.to_string()))?;
        self.pc.desktop.set("CUPS_SERVER", &printing.socket().display().to_string());
        self.printing = Some(printing);
        Ok(self)
    }

    /// Keeps what all programs said, for whoever looks for a mistake.
    pub fn keep_logs(&self, folder: &Path) -> Result<(), Trouble> {
        for room in std::fs::read_dir(self.folder.path())?.flatten() {
            let kept = made(folder.join(room.file_name()))?;
            for file in std::fs::read_dir(room.path())?.flatten() {
                if file.path().extension().is_some_and(|ending| ending == "log") {
                    std::fs::copy(file.path(), kept.join(file.file_name()))?;
                }
            }
        }
        Ok(())
    }

    /// Gives the PC's user a systemd that can be asked; its socket unit is switched on later.
    pub fn with_user_systemd(mut self) -> Result<Self, Trouble> {
        let systemd = UserSystemd::in_folder(&made(self.folder.path().join("systemd"))?)?;
        self.pc.desktop.set("PATH", &systemd.path_to_it());
        self.systemd = Some(systemd);
        Ok(self)
    }

    /// A second PC beside the first: its own display, home folder and keyring, the same cloud and reader.
    pub fn another_pc(&self) -> Result<Pc, Trouble> {
        let folder = made(self.folder.path().join("another-pc"))?;
        Pc::set_up(Display::start_virtual(&folder)?, folder, &self.line, &self.reader)
    }
}

impl Pc {
    fn set_up(display: Display, folder: PathBuf, line: &Line, reader: &Reader) -> Result<Self, Trouble> {
        let mut desktop = Desktop::set_up(display, &folder)?;
        desktop.set("PCSCLITE_CSOCK_NAME", &reader.pcsc_socket().display().to_string());
        let settings = format!("cloud_address = \"{}\"\n", line.address());
        std::fs::write(folder.join("settings.toml"), settings)?;
        Ok(Self { desktop, folder })
    }

    /// Whoever looks after the PC has it lock itself after so many minutes.
    pub fn locks_itself_after(&self, minutes: u16) -> Result<(), Trouble> {
        let file = self.folder.join("settings.toml");
        let settings = std::fs::read_to_string(&file)?;
        Ok(std::fs::write(file, format!("{settings}lock_after_minutes = {minutes}\n"))?)
    }

    /// Whoever looks after the PC has the resident's screen shown on the monitor of this name.
    pub fn shows_the_resident_on(&self, monitor: &str) -> Result<(), Trouble> {
        let file = self.folder.join("settings.toml");
        let settings = std::fs::read_to_string(&file)?;
        let chosen = format!("resident_window = {{ shown = \"monitor\", name = \"{monitor}\" }}\n");
        Ok(std::fs::write(file, format!("{settings}{chosen}"))?)
    }

    /// Whoever looks after the PC has copied the examples of card descriptions that fit the sample cards.
    pub fn knows_the_sample_cards(&self) -> Result<(), Trouble> {
        let folder = made(self.folder.join("cards"))?;
        for (name, text) in CARD_DESCRIPTIONS {
            std::fs::write(folder.join(name), text)?;
        }
        Ok(())
    }

    /// Whoever looks after the PC makes the folder agreed on with a street, and names it in the settings.
    pub fn has_a_folder_of_the_street(&self, street: &str) -> Result<PathBuf, Trouble> {
        let folder = made(self.folder.join(format!("street-{street}")))?;
        let file = self.folder.join("settings.toml");
        let settings = std::fs::read_to_string(&file)?;
        let named =
            format!("\n[[street_folder]]\nstreet = \"{street}\"\nfolder = \"{}\"\n", folder.display());
        std::fs::write(file, format!("{settings}{named}"))?;
        Ok(folder)
    }

    /// Opens the window.
    pub async fn open_window(&self) -> Result<Window, Trouble> {
        Window::open(&self.desktop, &self.arguments(), &self.folder).await
    }

    /// Opens the window in training.
    pub async fn open_window_in_training(&self) -> Result<Window, Trouble> {
        let arguments = [self.arguments(), vec![TRAINING.to_owned()]].concat();
        Window::open(&self.desktop, &arguments, &self.folder).await
    }

    /// Opens the window of a street's own software.
    pub async fn open_the_streets_window(&self) -> Result<Window, Trouble> {
        let arguments = [self.arguments(), vec![STREET.to_owned()]].concat();
        Window::open(&self.desktop, &arguments, &self.folder).await
    }

    /// Starts the program for a person.
    pub fn start_window(&self) -> Result<Program, Trouble> {
        self.start_window_with(None)
    }

    /// Starts the program as the desktop does when somebody signs in to the PC: by the entry laid down for that.
    pub fn signs_in(&self) -> Result<Program, Trouble> {
        let text = std::fs::read_to_string(self.autostart_entry())?;
        let exec = text.lines().find_map(|line| line.strip_prefix("Exec="));
        let exec = exec.ok_or_else(|| Trouble::new(format!("no Exec in {text}")))?;
        // A shell takes quoted words apart as the desktop does.
        let start = Start::of("background", "sh", &self.folder).args(["-c", &format!("exec {exec}")]);
        start.envs(self.desktop.environment()).start()
    }

    /// Has the real `systemd-socket-activate` hold the bridge's port and start the program at the first call.
    pub fn is_started_by_the_first_call(&self) -> Result<Program, Trouble> {
        let environment = self.desktop.environment();
        let passed_on = environment.keys().flat_map(|name| ["--setenv".to_owned(), name.clone()]);
        let activate = Start::of("socket-activate", "systemd-socket-activate", &self.folder)
            .args(["--listen", BRIDGE])
            .args(passed_on)
            .args([own_program("madoguchi")?])
            .args(self.arguments())
            .args([BACKGROUND])
            .envs(environment)
            .start()?;
        until("systemd listens", PATIENCE, || activate.last_words().contains("Listening on"))?;
        Ok(activate)
    }

    /// Tells the program that runs to end.
    pub fn ends_the_program(&self) -> Result<(), Trouble> {
        self.start_window_with(Some("--end"))?.ends_by_itself()
    }

    /// Where the desktop looks for what it starts when somebody signs in.
    pub fn autostart_entry(&self) -> PathBuf {
        self.desktop.home().join(".config/autostart/madoguchi.desktop")
    }

    /// The same in training.
    pub fn start_window_in_training(&self) -> Result<Program, Trouble> {
        self.start_window_with(Some(TRAINING))
    }

    /// Starts it with more in its environment.
    pub fn start_window_with_environment(&self, more: &Environment) -> Result<Program, Trouble> {
        let start = Start::of("window", own_program("madoguchi")?, &self.folder).args(self.arguments());
        start.envs(self.desktop.environment()).envs(more).start()
    }

    fn start_window_with(&self, word: Option<&str>) -> Result<Program, Trouble> {
        let program = own_program("madoguchi")?;
        let start = Start::of("window", program, &self.folder).args(self.arguments()).args(word);
        start.envs(self.desktop.environment()).start()
    }

    /// What the program is told when it is started.
    pub fn arguments(&self) -> Vec<String> {
        [
            ["--data-dir".to_owned(), self.data().display().to_string()],
            ["--settings-dir".to_owned(), self.folder.display().to_string()],
            ["--papers-dir".to_owned(), self.folder.join("papers").display().to_string()],
        ]
        .concat()
    }

    /// The desktop.
    pub fn desktop(&self) -> &Desktop {
        &self.desktop
    }

    /// The folder of logs.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of the terminal's store.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The newest paper, in training or not.
    pub fn newest_paper(&self) -> Result<PathBuf, Trouble> {
        let papers = files_in(&self.folder.join("papers"))?;
        let newest =
            papers.into_iter().max_by_key(|paper| paper.metadata().and_then(|about| about.modified()).ok());
        newest.ok_or_else(|| Trouble::new("no paper was made"))
    }

    /// Everything of the terminal's outside training, byte for byte: its store, its settings, its papers.
    pub fn kept_outside_training(&self) -> Result<BTreeMap<PathBuf, Vec<u8>>, Trouble> {
        let rooms = [self.data(), self.folder.join("papers"), self.folder.join("settings.toml")];
        let mut kept = BTreeMap::new();
        for room in rooms {
            for file in files_in(&room)? {
                let below = file.strip_prefix(&room).unwrap_or(&file);
                if !below.starts_with("training") && !below.starts_with("訓練") {
                    kept.insert(file.clone(), std::fs::read(file)?);
                }
            }
        }
        Ok(kept)
    }

    /// Copies the store's folder from another PC, as somebody does who changes PCs.
    pub fn takes_over_data_of(&self, other: &Self) -> Result<(), Trouble> {
        made(self.data())?;
        for file in std::fs::read_dir(other.data())?.flatten() {
            std::fs::copy(file.path(), self.data().join(file.file_name()))?;
        }
        Ok(())
    }
}

/// A file itself, or every file below a folder.
fn files_in(place: &Path) -> Result<Vec<PathBuf>, Trouble> {
    if !place.is_dir() {
        return Ok(vec![place.to_path_buf()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(place)?.flatten() {
        files.extend(files_in(&entry.path())?);
    }
    Ok(files)
}

fn made(folder: PathBuf) -> Result<PathBuf, Trouble> {
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
