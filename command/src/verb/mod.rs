//! One verb, from the open counter to what is told.

mod bridge;
mod clearing;
mod day;
mod merging;
mod points;
mod registration;
mod service_ids;
mod setting_up;
mod standing;
mod tickets;

use crate::at_counter::AtCounter;
use crate::command_line::{Telling, Verb};
use crate::outcome::Outcome;
use madoguchi_domain::language::Language;
use madoguchi_terminal::{Counter, Folders};
use madoguchi_wire::bridge::Learns;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::TicketsListed;
use madoguchi_wire::window::{OfferPairingArguments, Period};
use std::time::Duration;

/// Opens the counter, carries the verb out, and lets go of everything.
pub(crate) async fn carry_out(
    verb: Verb,
    folders: Folders,
    training: bool,
    telling: Telling,
    language: Language,
) -> Outcome {
    let verb = match verb {
        Verb::LayDownSettings(told) => return told_of(setting_up::lay_down(&told, folders)),
        Verb::StartWithPc { for_all } => return told_of(setting_up::start_with_pc(for_all, folders)),
        Verb::ForgetKeys { .. } => return told_of(setting_up::forget_keys().await),
        verb => verb,
    };
    madoguchi_pc::make_folder_of_papers(&folders);
    let counter = Counter::open(madoguchi_pc::parts(folders, training)).await;
    let at = AtCounter::new(counter, Duration::from_secs(telling.wait));
    outcome_of(verb, at, telling, language).await.unwrap_or_else(Outcome::from)
}

fn told_of(came: Result<Outcome, Failure>) -> Outcome {
    came.unwrap_or_else(Outcome::from)
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
        Verb::ReadCustomerNumber => service_ids::read_customer_number(&mut at).await,
        Verb::TryCardDescriptions => service_ids::try_card_descriptions(&mut at).await,
        Verb::IssueTicket { last_day, count, amounts } => {
            tickets::issue(&mut at, tickets::Issue { last_day, count, amounts }, language).await
        }
        Verb::PrintTicket { key } => tickets::print(&at, key).await,
        Verb::ReissueTicket { number } => tickets::reissue(&at, number).await,
        Verb::VoidTicket { number } => tickets::void(&at, number).await,
        Verb::Tickets { lapsing, open } => tickets::list(&at, tickets_listed(lapsing, open)).await,
        Verb::ClearTickets { site } => clearing::clear(&mut at, site).await,
        Verb::ClearingSites => clearing::sites(&at).await,
        Verb::Piles => clearing::piles(&at).await,
        Verb::Pile { pile } => clearing::pile(&at, pile).await,
        Verb::TakeBack { pile, key } => clearing::take_back(&mut at, pile, key).await,
        Verb::DropScan { pile, key } => clearing::drop_scan(&mut at, pile, key).await,
        Verb::PreviewDay => day::preview(&at).await,
        Verb::CloseDay => day::close(&at).await,
        Verb::DayCloses => day::closes(&at).await,
        Verb::PrintDayClose { number } => day::print(&at, number).await,
        Verb::SiteStatement { from, to } => day::statement(&at, Period { from, to }).await,
        Verb::Merge { street, amounts } => merging::merge(&mut at, street, amounts, language).await,
        Verb::Merges => merging::merges(&at).await,
        Verb::PutMergeFile { key } => merging::put_file(&at, key).await,
        Verb::Pairings => bridge::pairings(&at).await,
        Verb::Unpair { pairing } => bridge::unpair(&at, pairing).await,
        Verb::Bridge { pair, mykey_ids, own_cards, origin } => {
            let learns = if mykey_ids { Learns::MykeyId } else { Learns::CustomerNumber };
            let pairing = pair.map(|name| OfferPairingArguments { name, origin, learns, own_cards });
            bridge::serve(&at, pairing, telling, language).await
        }
        // Carried out before a counter is opened.
        Verb::LayDownSettings(_) | Verb::StartWithPc { .. } | Verb::ForgetKeys { .. } => {
            Err(Failure::of(ErrorCode::Unforeseen))
        }
    }
}

fn tickets_listed(lapsing: bool, open: bool) -> TicketsListed {
    match (lapsing, open) {
        (true, _) => TicketsListed::LapsingSoon,
        (false, true) => TicketsListed::Open,
        (false, false) => TicketsListed::IssuedToday,
    }
}
