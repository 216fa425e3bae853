//! The systemd of the PC's user, as far as the bridge's socket unit goes.
//!
//! Belongs here: holding the port, starting the service at a call and handing it the port by systemd's own protocol
//! (`sd_listen_fds`), holding the port again once the service has ended, and a `systemctl` that knows the two units.
//! Does not belong here: what the service does.
//! Why not systemd itself: a user's systemd wants a login and control groups. `systemd-socket-activate` does the
//! first half alone, and one journey has that.

use super::patience::until;
use super::program::{Program, Start, own_program};
use super::trouble::Trouble;
use crate::shop::{BACKGROUND, BRIDGE, Pc};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::fs::{self, Permissions};
use std::io;
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How often it looks whether somebody calls.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// The port is free once the last one who listened there is gone.
const FREE_WITHIN: Duration = Duration::from_secs(30);
/// What a shell does before it becomes the service: the port, its input, becomes the first file after the three
/// usual ones, and it says whose it is.
const HAND_OVER: &str = "exec 3<&0 </dev/null; export LISTEN_FDS=1 LISTEN_PID=$$; exec \"$@\"";

/// The user's systemd.
pub struct UserSystemd {
    folder: PathBuf,
}

/// The socket unit while it is switched on.
pub struct SocketUnit {
    over: Arc<AtomicBool>,
    works: Option<JoinHandle<()>>,
    started: PathBuf,
}

impl UserSystemd {
    /// One that can be asked with its own `systemctl`.
    pub(crate) fn in_folder(folder: &Path) -> Result<Self, Trouble> {
        let asked = folder.join("asked");
        let systemctl = format!(
            "#!/bin/sh\ncase \"$*\" in\n\
             '--user is-active --quiet madoguchi-bridge.socket') [ -e '{folder}/on' ] ;;\n\
             '--user start --no-block madoguchi-bridge.service') : >'{asked}' ;;\n\
             *) exit 1 ;;\nesac\n",
            folder = folder.display(),
            asked = asked.display(),
        );
        let file = folder.join("systemctl");
        fs::write(&file, systemctl)?;
        fs::set_permissions(&file, Permissions::from_mode(0o755))?;
        Ok(Self { folder: folder.to_path_buf() })
    }

    /// Where programs look for its `systemctl` first.
    pub(crate) fn path_to_it(&self) -> String {
        format!("{}:{}", self.folder.display(), std::env::var("PATH").unwrap_or_default())
    }

    /// Switches the socket unit on: from now on it holds the port.
    pub fn switches_the_socket_on(&self, pc: &Pc) -> Result<SocketUnit, Trouble> {
        let mut port = None;
        until("the bridge's port is free", FREE_WITHIN, || {
            port = TcpListener::bind(BRIDGE).ok();
            port.is_some()
        })?;
        let port = port.ok_or_else(|| Trouble::new("no port"))?;
        port.set_nonblocking(true)?;
        fs::write(self.folder.join("on"), "")?;
        let mut arguments = vec![own_program("madoguchi")?.display().to_string()];
        arguments.extend(pc.arguments());
        arguments.push(BACKGROUND.to_owned());
        let unit = Unit {
            port,
            arguments,
            environment: pc.desktop().environment().clone(),
            asked: self.folder.join("asked"),
            started: self.folder.join("started"),
            logs: pc.folder().to_path_buf(),
        };
        let over = Arc::new(AtomicBool::new(false));
        let started = unit.started.clone();
        let works = thread::spawn({
            let over = Arc::clone(&over);
            move || unit.works_until(&over)
        });
        Ok(SocketUnit { over, works: Some(works), started })
    }
}

impl SocketUnit {
    /// How often the service was started.
    pub fn services_started(&self) -> u64 {
        fs::metadata(&self.started).map_or(0, |file| file.len())
    }
}

impl Drop for SocketUnit {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(works) = self.works.take() {
            // What it could say it has said in the log.
            let _ = works.join();
        }
    }
}

/// What it works with.
struct Unit {
    port: TcpListener,
    arguments: Vec<String>,
    environment: super::program::Environment,
    asked: PathBuf,
    started: PathBuf,
    logs: PathBuf,
}

impl Unit {
    fn works_until(&self, over: &AtomicBool) {
        while !over.load(Ordering::Relaxed) {
            if self.is_wanted() {
                let Ok(mut service) = self.starts_the_service() else { return };
                while service.runs() && !over.load(Ordering::Relaxed) {
                    thread::sleep(LOOK_EVERY);
                }
            }
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Somebody calls, or `systemctl` was asked. The call stays where it is: it is the service's to take.
    fn is_wanted(&self) -> bool {
        let mut files = [PollFd::new(&self.port, PollFlags::IN)];
        let is_called = poll(&mut files, Some(&Timespec::default())).is_ok_and(|ready| ready > 0);
        is_called || fs::remove_file(&self.asked).is_ok()
    }

    fn starts_the_service(&self) -> Result<Program, Trouble> {
        let times = fs::read(&self.started).unwrap_or_default();
        fs::write(&self.started, [times, vec![b'.']].concat())?;
        let port: io::Result<OwnedFd> = self.port.try_clone().map(OwnedFd::from);
        Start::of("doorkeeper", "sh", &self.logs)
            .args(["-c", HAND_OVER, "sh"])
            .args(&self.arguments)
            .envs(&self.environment)
            .reads_from(port?)
            .start()
    }
}
