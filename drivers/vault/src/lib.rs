//! The operating system's credential store behind the port
