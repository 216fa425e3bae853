//! Where the terminal stands, which cloud it asks, how its reader is.

use crate::at_counter::AtCounter;
use crate::command_line::Connect;
use crate::outcome::{Outcome, both};
use madoguchi_wire::failure::{Bilingual, Failure};
use madoguchi_wire::window::{ExamineReaderArguments, Place, Settings};

/// Everything a window needs when it opens, but for the settings, which stand in their file.
pub(crate) async fn status(at: &AtCounter) -> Result<Outcome, Failure> {
    let counter = at.counter.open_counter().await?;
    let place = match &counter.place {
        Place::Unregistered => both("端末は登録されていません。", "This PC is not registered."),
        Place::Registered { profile } => profile.site_name.as_str().into(),
        Place::Barred { failure, .. } => return Err(failure.clone()),
    };
    Ok(Outcome::done(&counter, vec![place]))
}

/// Keeps the cloud's address and authority in the settings.
pub(crate) async fn connect(at: &AtCounter, cloud: Connect) -> Result<Outcome, Failure> {
    let settings =
        Settings { cloud_address: cloud.address, cloud_authority: cloud.authority, ..at.counter.settings() };
    let kept = at.counter.save_settings(settings).await?;
    let address = Bilingual::from(kept.cloud_address.clone());
    Ok(Outcome::done(&kept, vec![address]))
}

/// Where the way to the card is broken.
pub(crate) async fn examine_reader(at: &AtCounter, pin_tries: bool) -> Result<Outcome, Failure> {
    let examined = at.counter.examine_reader(ExamineReaderArguments { pin_tries }).await?;
    let finding = Bilingual::from(format!("{:?}", examined.finding));
    let readers = examined.readers.iter().map(|reader| Bilingual::from(reader.as_str()));
    let sentences = std::iter::once(finding).chain(readers).collect();
    Ok(Outcome::done(&examined, sentences))
}
