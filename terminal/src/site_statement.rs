//! `site_statement`: what the site is owed for a period (参考 88).

use crate::running::Running;
use madoguchi_wire::failure::Failure;
use madoguchi_wire::terminal_api::{SiteStatementAnswer, SiteStatementRequest};
use madoguchi_wire::window::{Period, StatementOfPeriod};
use std::sync::Arc;

impl Running {
    /// The site's own statement.
    pub(crate) async fn site_statement(
        self: &Arc<Self>,
        Period { from, to }: Period,
    ) -> Result<StatementOfPeriod, Failure> {
        self.signed_in()?;
        let answer: SiteStatementAnswer =
            self.ask("site_statement", &SiteStatementRequest { from, to }).await?;
        Ok(StatementOfPeriod { totals: answer.totals, lines: answer.lines })
    }
}
