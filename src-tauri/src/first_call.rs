//! A start by the system, because somebody called at the port of the loopback API (docs/bridge.md, On the first call).
//!
//! Belongs here: that this start is a doorkeeper, and which program it starts. Does not belong here: how a port is
//! handed over (`drivers/doorkeeper`).

use crate::command_line::CommandLine;
use crate::own_file::own_file;
use crate::parts;
use madoguchi_terminal::lets_programs_ask;
use std::net::TcpListener;
use std::process::{Child, Command, ExitCode, Stdio};
use std::{env, io};

/// What the system tells a start about ports: it is this start's alone.
const ABOUT_PORTS: [&str; 3] = ["LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"];

/// Keeps the port for the counter that runs, or starts one without a window where the settings let programs ask; over
/// once there is none any more.
pub(crate) fn keep(port: &TcpListener, told: CommandLine) -> ExitCode {
    // Where no folder can be told, the counter itself says so.
    let may_start = parts::folders(told).map_or(true, |folders| lets_programs_ask(&folders));
    let start = || if may_start { start() } else { Err(io::Error::other("other programs may not ask")) };
    let kept = madoguchi_doorkeeper::meeting_place()
        .ok_or_else(|| {
            io::Error::new(io::ErrorKind::NotFound, "this session has no folder (XDG_RUNTIME_DIR)")
        })
        .and_then(|place| madoguchi_doorkeeper::keep(port, &place, start));
    match kept {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if !may_start => {
            eprintln!(
                "設定で、ほかのプログラムに使わせないことになっています。使うときは、窓口の設定の「ほかのプログラム」で選んでください。"
            );
            eprintln!(
                "The settings let no other program ask. To change that, open Settings, Other programs, in Madoguchi."
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!(
                "窓口を始められませんでした。画面のあるパソコンにログインして、もう一度お始めください。"
            );
            eprintln!(
                "The counter did not start. Log in on a computer with a screen and try again. ({error})"
            );
            ExitCode::FAILURE
        }
    }
}

/// This very program, told the same.
fn start() -> io::Result<Child> {
    let mut counter = Command::new(own_file()?);
    for variable in ABOUT_PORTS {
        counter.env_remove(variable);
    }
    counter.args(env::args_os().skip(1)).stdin(Stdio::null()).spawn()
}
