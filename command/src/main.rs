//! The command as a program of its own; [`madoguchi_command::run`] is all of it.

fn main() -> std::process::ExitCode {
    madoguchi_command::run()
}
