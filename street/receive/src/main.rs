//! The receiver as a program of its own; [`madoguchi_receive::run`] is all of it.

fn main() -> std::process::ExitCode {
    madoguchi_receive::run()
}
