//! A desktop: a display, a home folder, a session bus with an unlocked keyring.
//!
//! Home, bus and keyring are always private, so that neither a journey nor the demonstration leaves
//! anything in a developer's own keyring, and each PC of a journey has a credential store of its own.

use super::monitors::Monitors;
use super::patience::until;
use super::program::{Environment, Program, Start};
use super::trouble::Trouble;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// The pixels of a virtual display: the counter's page size.
pub const SCREEN: (u32, u32) = (1280, 800);

/// It takes a tenth of a second on a quiet machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A virtual display with two monitors, of which one can be pulled out. Somebody gives windows their places
/// there: without a window manager no window fills a monitor.
pub struct TwoMonitors {
    _server: Program,
    _window_manager: Program,
    monitors: Monitors,
    name: String,
}

/// A display to show windows on.
pub enum Display {
    /// A virtual one that nobody sees, and its name.
    Virtual(Program, String),
    /// One with two monitors.
    TwoMonitors(TwoMonitors),
    /// The one this process was started on.
    OfThisSession,
}

impl Display {
    /// Starts a virtual display on a free number.
    pub fn start_virtual(folder: &Path) -> Result<Self, Trouble> {
        let (width, height) = SCREEN;
        let xvfb = Start::of("xvfb", "Xvfb", folder)
            .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"])
            .args([format!("{width}x{height}x24")])
            .start()?;
        let number = xvfb.hears("its display's number", |line| line.trim().parse::<u32>().ok())?;
        Ok(Self::Virtual(xvfb, format!(":{number}")))
    }

    /// Starts one with two monitors on a free number.
    pub fn start_with_two_monitors(folder: &Path) -> Result<Self, Trouble> {
        let (width, height) = SCREEN;
        let socket = folder.join("monitors.sock");
        let server = Start::of("vnc", "Xtigervnc", folder)
            .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-depth", "24", "-geometry"])
            .args([format!("{width}x{height}")])
            .args(["-rfbport", "-1", "-SecurityTypes", "None", "-AcceptSetDesktopSize", "-rfbunixpath"])
            .args([&socket])
            .start()?;
        let number = server.hears("its display's number", |line| line.trim().parse::<u32>().ok())?;
        let name = format!(":{number}");
        let monitors = Monitors::seen_through(&socket)?;
        monitors.are(2)?;
        let window_manager = Start::of("window-manager", "openbox", folder)
            .args(["--sm-disable"])
            .envs(&named(&name))
            .start()?;
        let display = TwoMonitors { _server: server, _window_manager: window_manager, monitors, name };
        Ok(Self::TwoMonitors(display))
    }

    /// Its name, where it is not the one of this session.
    fn name(&self) -> Option<&str> {
        match self {
            Self::Virtual(_, name) | Self::TwoMonitors(TwoMonitors { name, .. }) => Some(name),
            Self::OfThisSession => None,
        }
    }

    fn environment(&self) -> Environment {
        self.name().map_or_else(environment_of_this_session, named)
    }
}

/// What a program needs to reach a display.
fn named(display: &str) -> Environment {
    Environment::from([("DISPLAY".to_owned(), display.to_owned())])
}

/// What a window needs to reach the display of the developer's session from another home folder.
fn environment_of_this_session() -> Environment {
    let mut environment = Environment::new();
    for name in ["DISPLAY", "GTK_IM_MODULE", "XMODIFIERS", "GDK_SCALE", "XCURSOR_SIZE"] {
        if let Ok(value) = std::env::var(name) {
            environment.insert(name.to_owned(), value);
        }
    }
    let authority = std::env::var("XAUTHORITY").map(PathBuf::from).ok();
    let authority = authority.or_else(|| Some(std::env::home_dir()?.join(".Xauthority")));
    if let Some(authority) = authority.filter(|path| path.exists()) {
        environment.insert("XAUTHORITY".to_owned(), authority.display().to_string());
    }
    if let (Ok(socket), Ok(runtime)) = (std::env::var("WAYLAND_DISPLAY"), std::env::var("XDG_RUNTIME_DIR")) {
        // An absolute name is found from any other XDG_RUNTIME_DIR.
        environment
            .insert("WAYLAND_DISPLAY".to_owned(), Path::new(&runtime).join(socket).display().to_string());
    }
    environment
}

/// A desktop with everything a window looks for.
pub struct Desktop {
    environment: Environment,
    /// What is said before a window's program and its arguments.
    before_windows: Vec<String>,
    home: PathBuf,
    _keyring: Program,
    _bus: Program,
    display: Display,
}

impl Desktop {
    /// Sets one up with its home, bus and keyring in `folder`.
    pub fn set_up(display: Display, folder: &Path) -> Result<Self, Trouble> {
        let home = folder.join("home");
        let runtime = folder.join("run");
        std::fs::create_dir_all(&home)?;
        make_private(&runtime)?;
        if display.name().is_some() {
            hold_still(&home)?;
        }
        let mut environment = display.environment();
        environment.extend(
            [
                ("HOME", home.display().to_string()),
                ("XDG_RUNTIME_DIR", runtime.display().to_string()),
                ("LANG", "C.UTF-8".to_owned()),
                // No accessibility bus, no GPU: both only cost time on a virtual display.
                ("NO_AT_BRIDGE", "1".to_owned()),
                ("WEBKIT_DISABLE_DMABUF_RENDERER", "1".to_owned()),
            ]
            .map(|(name, value)| (name.to_owned(), value)),
        );
        let bus = Start::of("session-bus", "dbus-daemon", folder)
            .args(["--session", "--nofork", "--nosyslog", "--print-address=1"])
            .args([format!("--address=unix:path={}", runtime.join("bus").display())])
            .envs(&environment)
            .start()?;
        let address = bus.hears("its address", |line| line.starts_with("unix:").then(|| line.to_owned()))?;
        environment.insert("DBUS_SESSION_BUS_ADDRESS".to_owned(), address);
        let keyring = Start::of("keyring", "gnome-keyring-daemon", folder)
            .args(["--foreground", "--unlock", "--components=secrets"])
            .envs(&environment)
            .says("opened for this desktop alone")
            .start()?;
        until("the keyring is on the session bus", PATIENCE, || keyring_answers(&environment))
            .map_err(|trouble| trouble.and(&keyring.last_words()))?;
        Ok(Self { environment, before_windows: Vec::new(), home, _keyring: keyring, _bus: bus, display })
    }

    /// The environment of programs on this desktop.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Adds an environment variable for programs started from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.environment.insert(name.to_owned(), value.to_owned());
    }

    /// From now on windows are started by these words.
    pub fn start_windows_by(&mut self, words: Vec<String>) {
        self.before_windows = words;
    }

    /// What is said before a window's program and its arguments.
    pub fn before_windows(&self) -> &[String] {
        &self.before_windows
    }

    /// The name of its display, where it is not the one of this session.
    pub fn display(&self) -> Option<&str> {
        self.display.name()
    }

    /// The monitors of a display that has two.
    pub fn monitors(&self) -> Result<&Monitors, Trouble> {
        match &self.display {
            Display::TwoMonitors(TwoMonitors { monitors, .. }) => Ok(monitors),
            Display::Virtual(..) | Display::OfThisSession => {
                Err(Trouble::new("this display's monitors stay as they are"))
            }
        }
    }

    /// Its home folder.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Whether anybody can see it.
    pub fn is_virtual(&self) -> bool {
        self.display.name().is_some()
    }
}

/// Asks for no animations, as a person can: a picture then shows a screen as it stays.
fn hold_still(home: &Path) -> Result<(), Trouble> {
    let folder = home.join(".config/gtk-3.0");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("settings.ini"), "[Settings]\ngtk-enable-animations=0\n")?;
    Ok(())
}

/// Whether the keyring has its name on the bus; a client that asks earlier would have a second, locked
/// one started for it.
fn keyring_answers(environment: &Environment) -> bool {
    let asked = Command::new("dbus-send")
        .args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/"])
        .args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"])
        .envs(environment)
        .output();
    asked.is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("true"))
}

/// A folder nobody else may enter, as `XDG_RUNTIME_DIR` has to be.
fn make_private(folder: &Path) -> Result<(), Trouble> {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = std::fs::DirBuilder::new();
    builder.mode(0o700).recursive(true).create(folder)?;
    Ok(())
}
