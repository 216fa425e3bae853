//! Who acts in these tests: a town with its cloud, terminals, residents.

mod desk;
mod reply;
mod resident;
mod sample_card;
mod service_ids;
mod soon;
mod street;
mod terminal;
mod town;

pub(crate) use desk::{Clearing, LAST_DAY};
pub(crate) use reply::Reply;
pub(crate) use resident::Resident;
pub(crate) use sample_card::SampleCard;
pub(crate) use service_ids::{Outcome, not_as_shown, registered};
pub(crate) use soon::{WITHIN, soon};
pub(crate) use street::{GINZA, Street, ginza, wrapping};
pub(crate) use terminal::{Device, Line, Terminal, a_contact, a_key};
pub(crate) use town::{NOON, Town, kawasaki, kawasaki_points};
