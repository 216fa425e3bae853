//! A vendor's script at the counter: `madoguchi-terminal`, one verb a start.

use super::program::{Program, Start, own_program};
use super::trouble::Trouble;
use crate::shop::{FormTwo, Pc};
use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};

/// What a verb came to.
#[derive(Debug)]
pub struct Came {
    /// The exit code.
    pub exit: i32,
    /// The JSON on standard output; null where there was none.
    pub told: Value,
    /// What stood on standard error.
    pub said: String,
}

impl Came {
    /// A value of what was told, by its path (`/answer/key`).
    pub fn at(&self, path: &str) -> Result<&Value, Trouble> {
        self.told.pointer(path).ok_or_else(|| Trouble::new(format!("no {path} in {}", self.told)))
    }

    /// The same as a text.
    pub fn text(&self, path: &str) -> Result<String, Trouble> {
        let value = self.at(path)?;
        value.as_str().map(str::to_owned).ok_or_else(|| Trouble::new(format!("{path} is {value}")))
    }

    /// The same as points.
    pub fn points(&self, path: &str) -> Result<i64, Trouble> {
        let value = self.at(path)?;
        value.as_i64().ok_or_else(|| Trouble::new(format!("{path} is {value}")))
    }

    /// Insists on an exit code.
    pub fn exits(self, code: i32) -> Result<Self, Trouble> {
        if self.exit == code {
            Ok(self)
        } else {
            Err(Trouble::new(format!("not exit code {code}: {self:?}")))
        }
    }
}

/// A script on a PC.
pub struct Script<'pc> {
    pc: &'pc Pc,
}

impl<'pc> Script<'pc> {
    /// On this PC, with its folders and its desktop's bus and keyring.
    pub const fn on(pc: &'pc Pc) -> Self {
        Self { pc }
    }

    /// The same PC without any display: nothing a window could be shown on.
    fn command(&self) -> Result<Command, Trouble> {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL"]).arg(own_program("madoguchi-terminal")?);
        command.env_clear().envs(self.pc.desktop().environment());
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("XAUTHORITY");
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        Ok(command)
    }

    /// Runs a verb that asks for nothing; at the PC's own terminal, unless other folders are named.
    pub fn runs(&self, words: &[&str]) -> Result<Came, Trouble> {
        self.runs_and_types(words, "")
    }

    /// Runs a verb and gives it what it asks for on standard input.
    pub fn runs_and_types(&self, words: &[&str], secret: &str) -> Result<Came, Trouble> {
        let mut command = self.command()?;
        if !words.contains(&"--data-dir") {
            command.args(self.pc.arguments());
        }
        command.arg("--json").args(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        if let Some(mut input) = child.stdin.take() {
            // A verb that asks for nothing may be gone by now.
            let _ = input.write_all(secret.as_bytes());
        }
        let done = child.wait_with_output()?;
        let told = serde_json::from_slice(&done.stdout).unwrap_or(Value::Null);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        Ok(Came { exit: done.status.code().unwrap_or(-1), told, said })
    }

    /// Starts a verb that goes on until it is told to end.
    pub fn starts(&self, words: &[&str]) -> Result<Program, Trouble> {
        let mut environment = self.pc.desktop().environment().clone();
        environment.retain(|name, _| !["DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"].contains(&name.as_str()));
        Start::of("script", own_program("madoguchi-terminal")?, self.pc.folder())
            .args(self.pc.arguments())
            .args(["--json"])
            .args(words)
            .envs(&environment)
            .start()
    }

    /// Makes the PC the terminal of a sheet.
    pub fn registers(&self, form: &FormTwo) -> Result<Came, Trouble> {
        self.registers_with(form, &[])
    }

    /// The same for a counter of an ID provider.
    pub fn registers_at_the_provider(&self, form: &FormTwo, provider: &str) -> Result<Came, Trouble> {
        self.registers_with(form, &["--id-provider", provider])
    }

    fn registers_with(&self, form: &FormTwo, more: &[&str]) -> Result<Came, Trouble> {
        let words = ["register", "--terminal", &form.terminal, "--staff-name", "山田 太郎"];
        let shop =
            ["--shop-name", "やまだ八百屋", "--postal-code", "2100001", "--address", "川崎市川崎区本町1-1"];
        let reached = ["--phone", "044-000-0000", "--mail", "yaoya@example.jp"];
        self.runs_and_types(&[&words[..], &shop, &reached, more].concat(), &format!("{}\n", form.password))
    }
}
