//! A program ends while a card is being spoken to: the card loses its power first, and with it the verified PIN.
//!
//! The program is this one, started again with a word in its environment that says how it ends.

use crate::counter::{Counter, PATIENCE, SELECT_JPKI, SIGN, VERIFY_1234, name, say};
use madoguchi_pcsc::{PcscReaders, end_process, let_go_of_cards};
use madoguchi_port::apdu::StatusWord;
use madoguchi_port::fault::CardFault;
use madoguchi_port::reader::CardReaders;
use madoguchi_port::session::Sharing;
use madoguchi_virtual::desk::{Desk, at_own_desk};
use madoguchi_virtual::reader::Behaviour;
use std::env;
use std::io::{BufRead, BufReader, Read, Write, stdin};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

const ENDS: &str = "MADOGUCHI_TEST_ENDS";
const IDLE: &str = "idle";
const SIGNING: &str = "signing";
const GIVING_WAY: &str = "giving way";

const VERIFIED: &str = "the PIN is verified";
const REFUSED: StatusWord = StatusWord(0x6982);

/// The test that is started again; every one of them begins by asking whether it is the program.
const PROGRAM: &str = "ending::with_a_verified_pin_and_nothing_being_said";

#[test]
fn with_a_verified_pin_and_nothing_being_said() {
    be_the_program_where_told();
    at_own_desk(|desk| {
        let (counter, mut program) = a_program_has_verified_the_pin(desk, IDLE);
        program.goes_on();
        assert!(program.ends().success());
        check_forgotten(&counter);
    });
}

#[test]
fn while_a_slow_card_signs() {
    at_own_desk(|desk| {
        let (counter, mut program) = a_program_has_verified_the_pin(desk, SIGNING);
        desk.readers[0].behave(slow(Duration::from_millis(1500)));
        program.goes_on();
        assert!(desk.readers[0].wait_until_busy(PATIENCE));
        program.goes_on();
        assert!(program.ends().success());
        assert!(!desk.readers[0].wait_until_busy(Duration::ZERO), "the card was waited for");
        desk.readers[0].behave(Behaviour::default());
        check_forgotten(&counter);
    });
}

#[test]
fn while_a_card_does_not_answer() {
    at_own_desk(|desk| {
        let (_counter, mut program) = a_program_has_verified_the_pin(desk, SIGNING);
        desk.readers[0].behave(slow(PATIENCE * 3));
        program.goes_on();
        assert!(desk.readers[0].wait_until_busy(PATIENCE));
        program.goes_on();
        assert!(program.ends().success());
        assert!(desk.readers[0].wait_until_busy(Duration::ZERO), "nobody has waited for the card");
    });
}

#[test]
fn before_another_program_takes_its_place_and_nothing_is_said_any_more() {
    at_own_desk(|desk| {
        let (counter, mut program) = a_program_has_verified_the_pin(desk, GIVING_WAY);
        program.goes_on();
        assert!(program.ends().success());
        check_forgotten(&counter);
    });
}

fn slow(delay: Duration) -> Behaviour {
    Behaviour { delay, ..Behaviour::default() }
}

/// The card would sign if it still held its PIN for verified.
fn check_forgotten(counter: &Counter) {
    assert_eq!(counter.other_program(&[SELECT_JPKI, SIGN]), [StatusWord::OK, REFUSED]);
}

fn a_program_has_verified_the_pin(desk: &mut Desk, ends: &str) -> (Counter, Program) {
    let counter = Counter::open();
    counter.lay(desk, "hanako");
    let mut program = Program::starts(ends);
    program.says(VERIFIED);
    (counter, program)
}

/// Verifies a PIN, and ends when it is told to go on.
fn be_the_program_where_told() {
    let Ok(ends) = env::var(ENDS) else { return };
    let mut session = PcscReaders.open(&name(0), Sharing::Exclusive).unwrap();
    assert_eq!(say(&mut *session, SELECT_JPKI), StatusWord::OK);
    assert_eq!(say(&mut *session, VERIFY_1234), StatusWord::OK);
    println!("{VERIFIED}");
    wait_for_a_word();
    if ends == SIGNING {
        // Nobody waits for this thread, as nobody waits for a window's.
        thread::spawn(move || session.transmit(&hex::decode(SIGN.replace(' ', "")).unwrap()));
        wait_for_a_word();
    } else if ends == GIVING_WAY {
        let_go_of_cards();
        let another = PcscReaders.open(&name(0), Sharing::Shared).map(drop);
        assert_eq!(another, Err(CardFault::CardBusy));
        let again = session.transmit(&hex::decode(SIGN.replace(' ', "")).unwrap());
        assert_eq!(again.map(drop), Err(CardFault::Unresponsive));
    }
    end_process(0)
}

fn wait_for_a_word() {
    stdin().read_line(&mut String::new()).unwrap();
}

struct Program {
    process: Child,
    said: BufReader<ChildStdout>,
}

impl Program {
    fn starts(ends: &str) -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args(["--exact", PROGRAM, "--nocapture"])
            .env(ENDS, ends)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stdout.take().unwrap());
        Self { process, said }
    }

    fn says(&mut self, words: &str) {
        let mut heard = self.said.by_ref().lines().map_while(Result::ok);
        assert!(heard.any(|line| line.contains(words)), "the program has ended without {words:?}");
    }

    fn goes_on(&mut self) {
        self.process.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    }

    fn ends(&mut self) -> ExitStatus {
        self.process.wait().unwrap()
    }
}
