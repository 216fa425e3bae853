//! The command line: `serve`, and one word per request of the control socket.

use clap::{Parser, Subcommand, ValueEnum};
use madoguchi_virtual::card::{FelicaReader, LengthDialect};
use madoguchi_virtual::control::{self, Control, Request, ServiceOrder};
use madoguchi_virtual::desk::Desk;
use madoguchi_virtual::reader::Vanish;
use madoguchi_virtual::{namespace, pcsc_service};
use std::error::Error;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

type Outcome = Result<(), Box<dyn Error>>;

#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// The control socket.
    #[arg(long, global = true, default_value = "/tmp/madoguchi-virtual.control")]
    control: PathBuf,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Start a PC/SC service with virtual readers and answer at the control socket.
    Serve {
        /// The folder of sample cards.
        #[arg(long)]
        cards: PathBuf,
        /// A private directory for the service's files, made if missing.
        #[arg(long)]
        state_dir: Option<PathBuf>,
        /// End when standard input closes, so as not to outlive whoever holds its other end.
        #[arg(long)]
        until_stdin_closes: bool,
    },
    /// List the sample cards.
    Cards,
    /// Say what lies where.
    State,
    /// Put a card on a reader.
    Insert {
        card: String,
        #[arg(long, default_value_t = 0)]
        reader: usize,
    },
    /// Take the card from a reader.
    Remove {
        #[arg(long, default_value_t = 0)]
        reader: usize,
    },
    /// Make the cards on a reader behave so; without options, normally.
    Behave {
        #[arg(long, default_value_t = 0)]
        reader: usize,
        /// Milliseconds before each answer.
        #[arg(long, default_value_t = 0)]
        delay_ms: u64,
        /// Leave before this command, counted from 1.
        #[arg(long, conflicts_with = "vanish_instead_of_answer")]
        vanish_before: Option<u32>,
        /// Leave instead of answering this command.
        #[arg(long)]
        vanish_instead_of_answer: Option<u32>,
        /// How lengths are worded.
        #[arg(long, value_enum, default_value_t = Dialect::Plain)]
        dialect: Dialect,
        /// How the reader is asked for a FeliCa card's blocks.
        #[arg(long, value_enum, default_value_t = FelicaReader::CardFrames)]
        felica: FelicaReader,
        /// Do not answer to power.
        #[arg(long)]
        mute: bool,
    },
    /// Print what passed between reader and card.
    Log {
        #[arg(long, default_value_t = 0)]
        reader: usize,
    },
    /// Stop, kill or start the PC/SC service, or pull and plug its readers.
    Service { to: Order },
    /// Give every card that lies on no reader all its tries again.
    Renew,
    /// End everything.
    Quit,
}

#[derive(Clone, Copy, ValueEnum)]
enum Dialect {
    Plain,
    GetResponse,
    ExactLe,
}

#[derive(Clone, Copy, ValueEnum)]
enum Order {
    Start,
    Stop,
    Kill,
    PullReaders,
    PlugReaders,
}

pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.verb {
        Verb::Serve { cards, state_dir, until_stdin_closes } => {
            let serve = Serve { cards, control: arguments.control, until_stdin_closes };
            serve.run(state_dir)
        }
        verb => ask(&arguments.control, verb),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("madoguchi-virtual: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What `serve` was told.
struct Serve {
    cards: PathBuf,
    control: PathBuf,
    until_stdin_closes: bool,
}

impl Serve {
    fn run(&self, state_dir: Option<PathBuf>) -> Outcome {
        if let Some(directory) = namespace::inside() {
            return self.here(&directory, &namespace::socket(&directory));
        }
        // Lives as long as this process and is removed with it; not used where one is given.
        let temporary = tempfile::tempdir()?;
        let directory = state_dir.unwrap_or_else(|| temporary.path().to_path_buf());
        std::fs::create_dir_all(&directory)?;
        let directory = directory.canonicalize()?;
        if namespace::permitted() {
            self.again_inside(&directory)
        } else {
            self.here(&directory, Path::new(pcsc_service::SOCKET))
        }
    }

    fn again_inside(&self, directory: &Path) -> Outcome {
        let mut command = namespace::command(&std::env::current_exe()?, directory);
        command.args(["serve", "--cards"]).arg(&self.cards).arg("--control").arg(&self.control);
        if self.until_stdin_closes {
            command.arg("--until-stdin-closes");
        }
        let status = command.status()?;
        if status.success() { Ok(()) } else { Err(format!("ended with {status}").into()) }
    }

    fn here(&self, directory: &Path, pcscd: &Path) -> Outcome {
        let desk = Desk::set_up(directory, &self.cards)?;
        let listening = Control::listen(&self.control)?;
        println!("READY control={} pcscd={}", self.control.display(), pcscd.display());
        io::stdout().flush()?;
        if self.until_stdin_closes {
            quit_with_standard_input(self.control.clone());
        }
        Ok(listening.serve(desk)?)
    }
}

/// Ends all when nobody holds the other end of standard input any more.
fn quit_with_standard_input(control: PathBuf) {
    thread::spawn(move || {
        // A broken input is a closed one, and a socket that does not answer has ended already.
        let _ = io::stdin().read_to_end(&mut Vec::new());
        let _ = control::ask(&control, &Request::Quit);
    });
}

fn ask(control: &Path, verb: Verb) -> Outcome {
    let request = request(verb)?;
    let answer = control::ask(control, &request)?;
    println!("{}", serde_json::to_string(&answer)?);
    if answer.ok { Ok(()) } else { Err(answer.error.unwrap_or_default().into()) }
}

fn request(verb: Verb) -> Result<Request, Box<dyn Error>> {
    Ok(match verb {
        Verb::Serve { .. } => return Err("not a request".into()),
        Verb::Cards => Request::Cards,
        Verb::State => Request::State,
        Verb::Insert { card, reader } => Request::Insert { card, reader },
        Verb::Remove { reader } => Request::Remove { reader },
        Verb::Behave { reader, delay_ms, vanish_before, vanish_instead_of_answer, dialect, felica, mute } => {
            let vanish = vanish_before
                .map(Vanish::Before)
                .or_else(|| vanish_instead_of_answer.map(Vanish::InsteadOfAnswer));
            Request::Behave { reader, delay_ms, vanish, dialect: dialect.into(), felica, mute }
        }
        Verb::Log { reader } => Request::Log { reader },
        Verb::Service { to } => Request::Service { to: to.into() },
        Verb::Renew => Request::Renew,
        Verb::Quit => Request::Quit,
    })
}

impl From<Dialect> for LengthDialect {
    fn from(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Plain => Self::Plain,
            Dialect::GetResponse => Self::GetResponse,
            Dialect::ExactLe => Self::ExactLe,
        }
    }
}

impl From<Order> for ServiceOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Start => Self::Start,
            Order::Stop => Self::Stop,
            Order::Kill => Self::Kill,
            Order::PullReaders => Self::PullReaders,
            Order::PlugReaders => Self::PlugReaders,
        }
    }
}
