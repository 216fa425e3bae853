//! `madoguchi-virtual serve`: cards put on a reader by a socket, seen by programs outside.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use madoguchi_virtual::card::{FelicaReader, LengthDialect};
use madoguchi_virtual::control::{self, Answer, Request, ServiceOrder};
use madoguchi_virtual::desk::{fixture_cards, turn};
use madoguchi_virtual::namespace;
use madoguchi_virtual::reader::Vanish;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(20);

/// A `serve` in a directory of its own.
struct Serve {
    directory: TempDir,
    program: Child,
    stdin: Option<ChildStdin>,
    pcscd: PathBuf,
    _turn: Option<File>,
}

impl Serve {
    fn start() -> Self {
        let turn = (!namespace::permitted()).then(turn);
        let directory = tempfile::tempdir().unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_madoguchi-virtual"))
            .args(["serve", "--until-stdin-closes", "--cards"])
            .arg(fixture_cards())
            .arg("--control")
            .arg(directory.path().join("control"))
            .arg("--state-dir")
            .arg(directory.path().join("state"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdin = program.stdin.take();
        let (sender, ready) = mpsc::channel();
        let mut said = BufReader::new(program.stdout.take().unwrap());
        thread::spawn(move || {
            let mut line = String::new();
            said.read_line(&mut line).unwrap();
            sender.send(line)
        });
        let line = ready.recv_timeout(PATIENCE).expect("READY in time");
        let (control, pcscd) =
            line.trim().strip_prefix("READY control=").unwrap().split_once(" pcscd=").unwrap();
        assert_eq!(PathBuf::from(control), directory.path().join("control"));
        Self { pcscd: PathBuf::from(pcscd), program, stdin, directory, _turn: turn }
    }

    fn ask(&self, request: &Request) -> Answer {
        control::ask(&self.directory.path().join("control"), request).unwrap()
    }

    fn done(&self, request: &Request) {
        let answer = self.ask(request);
        assert!(answer.ok, "{request:?}: {answer:?}");
    }

    fn on_readers(&self) -> Vec<Option<String>> {
        let readers = self.ask(&Request::State).readers.unwrap();
        readers.into_iter().map(|reader| reader.card).collect()
    }

    /// Another program outside.
    fn opensc(&self, arguments: &[&str]) -> Output {
        Command::new("opensc-tool")
            .args(["-r", "0"])
            .args(arguments)
            .env("PCSCLITE_CSOCK_NAME", &self.pcscd)
            .output()
            .expect("opensc-tool (Debian package opensc)")
    }

    /// Lays a card down and waits until another program sees it: OpenSC cannot be told of it.
    fn lay(&self, card: &str) {
        self.done(&insert(card));
        self.wait_until_seen();
    }

    fn wait_until_seen(&self) {
        let deadline = Instant::now() + PATIENCE;
        while !self.opensc(&["-n"]).stdout.starts_with(b"jpki") {
            assert!(Instant::now() < deadline, "no card is seen");
        }
    }

    /// Says commands to the application on the card; the last two status bytes.
    fn say(&self, command: &str) -> String {
        let select = "00A4040C0AD392F000260100000001";
        let said = self.opensc(&["-c", "default", "-s", select, "-s", command]).stdout;
        let said = String::from_utf8(said).unwrap();
        let (_, status) = said.rsplit_once("(SW1=").expect("a status word");
        status.chars().take(14).collect()
    }

    /// Nothing of it is left: the program has ended and nobody answers for PC/SC.
    fn check_ended(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        let mut left =
            || self.program.try_wait().unwrap().is_none() || UnixStream::connect(&self.pcscd).is_ok();
        while left() {
            assert!(Instant::now() < deadline, "something is left");
            thread::yield_now();
        }
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        self.stdin.take();
        // Ended already is as good.
        let _ = self.program.wait();
    }
}

fn insert(card: &str) -> Request {
    Request::Insert { card: card.to_owned(), reader: 0 }
}

#[test]
fn a_card_put_there_by_the_socket_is_seen_outside() {
    let serve = Serve::start();
    assert_eq!(serve.on_readers(), [None, None]);
    serve.lay("hanako");
    assert_eq!(serve.on_readers(), [Some("hanako".to_owned()), None]);
    let atr = String::from_utf8(serve.opensc(&["-a"]).stdout).unwrap();
    assert_eq!(atr.trim(), "3b:88:80:01:00:00:05:e0:b3:81:a1:00:7f");
    let log = serve.ask(&Request::Log { reader: 0 }).log.unwrap();
    assert!(log.contains(&"00 A4 04 0C -> 9000".to_owned()), "{log:?}");
    serve.done(&Request::Remove { reader: 0 });
    assert_eq!(serve.on_readers(), [None, None]);
}

#[test]
fn the_tray_lists_every_sample_by_its_name() {
    let serve = Serve::start();
    let cards = serve.ask(&Request::Cards).cards.unwrap();
    let named = |id: &str| cards.iter().find(|card| card.id == id).map(|card| card.name.clone());
    assert_eq!(named("hanako").as_deref(), Some("見本 川崎 花子"));
    assert_eq!(named("library").as_deref(), Some("見本 図書館カード"));
    assert_eq!(named("nobody"), None);
}

#[test]
fn a_card_lies_in_one_place_only() {
    let serve = Serve::start();
    serve.done(&insert("hanako"));
    serve.done(&Request::Insert { card: "hanako".to_owned(), reader: 1 });
    assert_eq!(serve.on_readers(), [None, Some("hanako".to_owned())]);
    serve.done(&insert("taro"));
    serve.done(&insert("ichiro"));
    assert_eq!(serve.on_readers(), [Some("ichiro".to_owned()), Some("hanako".to_owned())]);
}

#[test]
fn what_does_not_work_is_said_and_changes_nothing() {
    let serve = Serve::start();
    serve.done(&insert("hanako"));
    let refused = [
        insert("nobody"),
        Request::Insert { card: "taro".to_owned(), reader: 2 },
        Request::Remove { reader: 2 },
        Request::Log { reader: 2 },
        Request::Behave {
            reader: 2,
            delay_ms: 0,
            vanish: None,
            dialect: LengthDialect::default(),
            felica: FelicaReader::default(),
            mute: false,
        },
    ];
    for request in refused {
        let answer = serve.ask(&request);
        assert!(!answer.ok && answer.error.is_some(), "{request:?}");
    }
    assert_eq!(serve.on_readers(), [Some("hanako".to_owned()), None]);
}

#[test]
fn lines_that_are_no_request_are_refused_and_the_next_one_answered() {
    let serve = Serve::start();
    let mut connection = UnixStream::connect(serve.directory.path().join("control")).unwrap();
    connection.write_all(b"nonsense\n{\"do\":\"dance\"}\n{\"do\":\"state\"}\n").unwrap();
    let answers = BufReader::new(connection).lines().take(3).map(Result::unwrap);
    let answers: Vec<Answer> = answers.map(|line| serde_json::from_str(&line).unwrap()).collect();
    assert_eq!(answers.iter().map(|answer| answer.ok).collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn the_requests_are_written_as_documented() {
    let table = [
        (r#"{"do":"cards"}"#, Request::Cards),
        (r#"{"do":"insert","card":"hanako"}"#, insert("hanako")),
        (r#"{"do":"remove","reader":1}"#, Request::Remove { reader: 1 }),
        (
            r#"{"do":"behave","delay_ms":20,"vanish":{"before":3},"dialect":"get_response","felica":"pn532"}"#,
            Request::Behave {
                reader: 0,
                delay_ms: 20,
                vanish: Some(Vanish::Before(3)),
                dialect: LengthDialect::GetResponse,
                felica: FelicaReader::Pn532,
                mute: false,
            },
        ),
        (r#"{"do":"service","to":"pull_readers"}"#, Request::Service { to: ServiceOrder::PullReaders }),
        (r#"{"do":"service","to":"kill"}"#, Request::Service { to: ServiceOrder::Kill }),
    ];
    for (line, request) in table {
        assert_eq!(serde_json::from_str::<Request>(line).unwrap(), request, "{line}");
    }
}

#[test]
fn a_card_keeps_its_tries_off_the_reader_until_it_is_renewed() {
    let serve = Serve::start();
    let (ask_tries, verify_wrong) = ("00200098", "002000980430303030");
    serve.lay("hanako");
    assert_eq!(serve.say(ask_tries), "0x63, SW2=0xC3");
    assert_eq!(serve.say(verify_wrong), "0x63, SW2=0xC2");
    serve.done(&insert("taro"));
    serve.lay("hanako");
    assert_eq!(serve.say(ask_tries), "0x63, SW2=0xC2");
    serve.done(&Request::Remove { reader: 0 });
    serve.done(&Request::Renew);
    serve.lay("hanako");
    assert_eq!(serve.say(ask_tries), "0x63, SW2=0xC3");
}

#[test]
fn the_service_can_be_stopped_killed_and_started() {
    let serve = Serve::start();
    serve.done(&insert("hanako"));
    for order in [ServiceOrder::Stop, ServiceOrder::Kill] {
        serve.done(&Request::Service { to: order });
        assert_eq!(serve.ask(&Request::State).service, Some(false));
        serve.done(&Request::Service { to: ServiceOrder::Start });
        assert_eq!(serve.ask(&Request::State).service, Some(true));
        serve.wait_until_seen();
    }
}

#[test]
fn it_ends_when_asked_to() {
    let mut serve = Serve::start();
    serve.done(&insert("hanako"));
    serve.done(&Request::Quit);
    serve.check_ended();
}

#[test]
fn it_ends_with_whoever_started_it() {
    let mut serve = Serve::start();
    serve.done(&insert("hanako"));
    serve.stdin.take();
    serve.check_ended();
}

#[test]
fn it_leaves_nothing_behind_when_killed() {
    if !namespace::permitted() {
        return;
    }
    let mut serve = Serve::start();
    serve.done(&insert("hanako"));
    serve.program.kill().unwrap();
    serve.check_ended();
}
