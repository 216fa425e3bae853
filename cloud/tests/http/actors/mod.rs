//! Who acts in these tests: a town with its cloud, terminals, residents.

mod reply;
mod resident;
mod terminal;
mod town;

pub(crate) use resident::Resident;
pub(crate) use terminal::{Device, Line, Terminal, a_contact, a_key};
pub(crate) use town::{Town, kawasaki, kawasaki_points};
