//! Several tickets that are issued in one go: the rows of a series, and handing them to a printer together.

use super::row::{Intent, Journal};
use crate::store::StoreFault;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_wire::terminal_api::OperationAnswer;
use madoguchi_wire::window::TicketOfOperation;
use rusqlite::params;

/// The series an issue is one of.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Series {
    /// The key of its first issue.
    pub(crate) first: OperationKey,
    /// How many tickets were asked for.
    pub(crate) wanted: u32,
    /// Those that were issued before this one, in order: what the rows before it say.
    pub(crate) before: Vec<TicketOfOperation>,
}

impl Journal {
    /// The issues of an intent's series up to and with this one, oldest first; it alone where it is of none.
    pub(crate) fn up_to(&self, intent: &Intent) -> Result<Vec<Intent>, StoreFault> {
        let Some(series) = &intent.series else { return Ok(vec![intent.clone()]) };
        self.find_all(
            "and series = ?3 and seq <= (select seq from intent where key = ?4) order by seq",
            &[series.first.to_string(), intent.key.to_string()],
        )
    }

    /// An intent with what was issued before it in one go.
    pub(super) fn with_series(&self, mut intent: Intent) -> Result<Intent, StoreFault> {
        if intent.series.is_some() {
            let before = self.up_to(&intent)?;
            let others = before.iter().filter(|one| one.key != intent.key);
            let tickets = others.filter_map(made).collect();
            if let Some(series) = &mut intent.series {
                series.before = tickets;
            }
        }
        Ok(intent)
    }

    /// Notes durably that the numbers of these tickets go to a printer now, all or none. False where one of
    /// them did before: then it must not go there again.
    pub(crate) fn hand_to_printer(&self, keys: &[OperationKey]) -> Result<bool, StoreFault> {
        self.store.write("handed to the printer", |write| {
            let mut was_handed =
                write.prepare_cached("select count(*) from intent where key = ?1 and printed = 0")?;
            for key in keys {
                if was_handed.query_row([key.to_string()], |row| row.get::<_, i64>(0))? != 1 {
                    return Ok(false);
                }
            }
            for key in keys {
                write.execute("update intent set printed = 1 where key = ?1", params![key.to_string()])?;
            }
            Ok(true)
        })
    }
}

/// The ticket an intent made, if it took place.
pub(crate) fn made(intent: &Intent) -> Option<TicketOfOperation> {
    let Some(OperationAnswer::Done(done)) = &intent.answer else { return None };
    let ticket = done.ticket.as_ref()?.ticket.clone();
    Some(TicketOfOperation { ticket, handed_to_printer: intent.printed > 0 })
}
