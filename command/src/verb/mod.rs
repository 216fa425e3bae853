//! One verb, from the open counter to what is told.

mod bridge;
mod merging;
mod points;
mod registration;
mod service_ids;
mod standing;

use crate::at_counter::AtCounter;
use crate::command_line::{Telling, Verb};
use crate::outcome::Outcome;
use madoguchi_domain::language::Language;
use madoguchi_terminal::{Counter, Folders};
use madoguchi_wire::bridge::Learns;
use madoguchi_wire::failure::Failure;
use madoguchi_wire::window::OfferPairingArguments;
use std::time::Duration;

/// Opens the counter, carries the verb out, and lets go of everything.
pub(crate) async fn carry_out(
    verb: Verb,
    folders: Folders,
    training: bool,
    telling: Telling,
    language: Language,
) -> Outcome {
    madoguchi_pc::make_folder_of_papers(&folders);
    let counter = Counter::open(madoguchi_pc::parts(folders, training)).await;
    let at = AtCounter::new(counter, Duration::from_secs(telling.wait));
    outcome_of(verb, at, telling, language).await.unwrap_or_else(Outcome::from)
}

async fn outcome_of(
    verb: Verb,
    mut at: AtCounter,
    telling: Telling,
    language: Language,
) -> Result<Outcome, Failure> {
    match verb {
        Verb::Status => standing::status(&at).await,
        Verb::Connect(cloud) => standing::connect(&at, cloud).await,
        Verb::ExamineReader { pin_tries } => standing::examine_reader(&at, pin_tries).await,
        Verb::Register(form) => registration::register(&at, form, language).await,
        Verb::SignIn { staff_name } => registration::sign_in(&at, staff_name, language).await,
        Verb::Lock => registration::lock(&at).await,
        Verb::LookUp => points::look_up(&mut at).await,
        Verb::Use(amounts) => points::use_points(&mut at, amounts, language).await,
        Verb::Void { key } => points::void(&at, key).await,
        Verb::Resolve => points::resolve(&at).await,
        Verb::Operations => points::operations(&at).await,
        Verb::Print { key } => points::print(&at, key).await,
        Verb::LookUpServiceId => service_ids::look_up(&mut at).await,
        Verb::RegisterServiceId { number, replaces } => {
            service_ids::register(&mut at, number, replaces).await
        }
        Verb::Merge { street, amounts } => merging::merge(&mut at, street, amounts, language).await,
        Verb::Merges => merging::merges(&at).await,
        Verb::PutMergeFile { key } => merging::put_file(&at, key).await,
        Verb::Bridge { pair, mykey_ids, origin } => {
            let learns = if mykey_ids { Learns::MykeyId } else { Learns::CustomerNumber };
            let pairing = pair.map(|name| OfferPairingArguments { name, origin, learns });
            bridge::serve(&at, pairing, telling, language).await
        }
    }
}
