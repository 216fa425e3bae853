//! Two `madoguchi-cloud` on one database, as they would run on two machines, and their operator.

use crate::Outcome;
use madoguchi_tests::scene::patience::until;
use madoguchi_tests::scene::program::{Program, Start, own_program};
use madoguchi_tests::scene::trouble::Trouble;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Nobody else is on this network, so the ports are free.
const PORTS: [u16; 2] = [8081, 8082];
/// Opening the database takes a second or two on a quiet machine.
const UNTIL_SERVING: Duration = Duration::from_mins(1);

/// The clouds and their settings.
pub(crate) struct Clouds {
    folder: PathBuf,
    /// Live as long as this value.
    serving: Vec<Program>,
}

impl Clouds {
    /// Writes the settings both share, and their key.
    pub(crate) fn settle(run: &Path, database: &str) -> Outcome<Self> {
        let folder = run.join("clouds");
        fs::create_dir_all(&folder)?;
        let settings = format!(
            "name = 'kawasaki-failover'\ndatabase = '{database}'\nkey_file = 'kek'\n\
             [per_minute]\nlook_ups = 100000\nunproven = 100000\n"
        );
        let file = folder.join("cloud.toml");
        fs::write(&file, settings)?;
        // It holds the database's password.
        fs::set_permissions(file, fs::Permissions::from_mode(0o600))?;
        let clouds = Self { folder, serving: Vec::new() };
        clouds.operate(&["keys", "make", "kek"])?;
        Ok(clouds)
    }

    /// Starts both as demonstrations, since only those take the published cards, and waits until they
    /// serve.
    pub(crate) fn serve(&mut self) -> Outcome<()> {
        for (number, address) in (1..).zip(Self::addresses()) {
            let name = format!("cloud-{number}");
            let cloud = Start::of(&name, own_program("madoguchi-cloud")?, &self.folder)
                .args(["--settings".into(), self.settings().into_os_string()])
                .args(["serve", "--demo", "--listen", &address.to_string(), "--key-file"])
                .args([self.folder.join("kek")])
                .start()?;
            until(&format!("{name} serves"), UNTIL_SERVING, || TcpStream::connect(address).is_ok())
                .map_err(|trouble| trouble.and(&cloud.last_words()))?;
            self.serving.push(cloud);
        }
        Ok(())
    }

    /// Where they listen.
    pub(crate) fn addresses() -> impl Iterator<Item = SocketAddr> + Clone {
        PORTS.iter().map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, *port)))
    }

    /// Runs a command of the operator's, and answers what it said.
    pub(crate) fn operate(&self, words: &[&str]) -> Outcome<String> {
        let done = Command::new(own_program("madoguchi-cloud")?)
            .current_dir(&self.folder)
            .arg("--settings")
            .arg(self.settings())
            .args(words)
            .output()?;
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        if done.status.success() {
            return Ok(said);
        }
        let trouble = String::from_utf8_lossy(&done.stderr).into_owned();
        Err(Trouble::not_started(
            &format!("madoguchi-cloud {}", words.join(" ")),
            &format!("{said}{trouble}"),
        ))
    }

    fn settings(&self) -> PathBuf {
        self.folder.join("cloud.toml")
    }
}
