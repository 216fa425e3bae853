//! The end of the day, and what was settled.

use super::points::{place_of, told};
use crate::at_counter::AtCounter;
use crate::outcome::{Outcome, both};
use madoguchi_wire::failure::{Bilingual, Failure};
use madoguchi_wire::terminal_api::{DayClose, SiteTotal};
use madoguchi_wire::window::{DayCloseNamed, DayCloseShown, Period};

/// What a day close would say now.
pub(crate) async fn preview(at: &AtCounter) -> Result<Outcome, Failure> {
    let close = at.counter.preview_day().await?;
    let lines = close.lines.iter().map(|line| {
        both(
            &format!("{} {}件 {}ポイント", line.currency, line.count, line.points),
            &format!("{}: {} operations, {} points", line.currency, line.count, line.points),
        )
    });
    Ok(Outcome::done(&close, lines.collect()))
}

/// Closes the day.
pub(crate) async fn close(at: &AtCounter) -> Result<Outcome, Failure> {
    let operation = at.counter.close_day().await?;
    told(at, &operation).await
}

/// The newest day closes.
pub(crate) async fn closes(at: &AtCounter) -> Result<Outcome, Failure> {
    let closes = at.counter.list_day_closes().await?;
    let line = |DayCloseShown { close: DayClose { number, date, .. }, .. }: &DayCloseShown| {
        Bilingual::from(format!("{number} {date}"))
    };
    let lines = closes.iter().map(line).collect();
    Ok(Outcome::done(&closes, lines))
}

/// Prints a day close.
pub(crate) async fn print(at: &AtCounter, number: u32) -> Result<Outcome, Failure> {
    let printed = at.counter.print_day_close(DayCloseNamed { number }).await?;
    Ok(Outcome::done(&printed, vec![place_of(&printed)]))
}

/// This site's statement.
pub(crate) async fn statement(at: &AtCounter, period: Period) -> Result<Outcome, Failure> {
    let statement = at.counter.site_statement(period).await?;
    let line = |total: &SiteTotal| {
        both(
            &format!("{} {}件 {}ポイント", total.currency, total.uses, total.points),
            &format!("{}: {} uses, {} points", total.currency, total.uses, total.points),
        )
    };
    let lines = statement.totals.iter().map(line).collect();
    Ok(Outcome::done(&statement, lines))
}
