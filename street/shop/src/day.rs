//! 本日の一覧: `list_street_day`.

use crate::failure::told;
use crate::shop::{Open, Shop};
use jiff::Timestamp;
use jiff::civil::Date;
use madoguchi_domain::day::{JAPAN, business_date, from_millis};
use madoguchi_street::books::HistoryLine;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::street::StreetDay;
use std::collections::HashMap;

impl Shop {
    /// `list_street_day`.
    pub async fn list_street_day(&self) -> Result<StreetDay, Failure> {
        self.for_the_clerk(|open, working| {
            let (date, from_ms, until_ms) = open.today().ok_or_else(|| Failure::of(ErrorCode::Unforeseen))?;
            let lines = working.books.postings_between(from_ms, until_ms).map_err(|fault| told(&fault))?;
            let roll = working.books.roll_of_all().map_err(|fault| told(&fault))?;
            let ids: HashMap<i64, String> =
                roll.iter().map(|member| (member.number.get(), open.first_id(member))).collect();
            let id_of = |line: &HistoryLine| ids.get(&line.member.get()).cloned().unwrap_or_default();
            let sum = |came: bool| {
                lines.iter().filter(|line| came == adds(line)).map(|line| line.change).sum::<i64>()
            };
            Ok(StreetDay {
                date,
                came: sum(true),
                went: -sum(false),
                postings: lines.iter().map(|line| open.posting_shown(line, id_of(line))).collect(),
            })
        })
        .await
    }
}

/// Whether it is of the kind that adds points; what takes one back is counted with it.
fn adds(line: &HistoryLine) -> bool {
    (line.change > 0) == line.voids.is_none()
}

impl Open {
    /// The Japan day of this PC's clock: its date, its first moment, the first of the next.
    fn today(&self) -> Option<(Date, i64, i64)> {
        let date = business_date(from_millis(self.now_ms())?);
        let midnight =
            |date: Date| JAPAN.to_timestamp(date.at(0, 0, 0, 0)).ok().map(Timestamp::as_millisecond);
        Some((date, midnight(date)?, midnight(date.tomorrow().ok()?)?))
    }
}
