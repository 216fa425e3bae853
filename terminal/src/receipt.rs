//! `preview_receipt` and `print_receipt`: the paper of an operation that took place (row D3).

use crate::journal::{Intent, name_of};
use crate::running::{Running, lock};
use madoguchi_desk::printing::{came_out, not_printed, shown, target};
use madoguchi_domain::receipt::{Receipt, ReceiptAccount, ReceiptKind, ReceiptMerge};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{OperationAnswer, OperationDone, OperationKind};
use madoguchi_wire::window::{self as window, OperationNamed, PrintedPaper, ReceiptPreview};
use std::sync::Arc;

impl Running {
    /// The receipt as the paper will have it.
    pub(crate) async fn preview_receipt(
        self: &Arc<Self>,
        OperationNamed { key }: OperationNamed,
    ) -> Result<ReceiptPreview, Failure> {
        let intent = self.intent_of(key).await?;
        let lines = self.receipt(&intent, intent.printed)?.lines(self.language());
        Ok(ReceiptPreview { lines: lines.into_iter().map(shown).collect(), printed: intent.printed })
    }

    /// Prints the receipt. It is counted before it is printed and the count taken back where surely
    /// no paper came out, so that no two papers of one operation both look like the first.
    pub(crate) async fn print_receipt(
        self: &Arc<Self>,
        OperationNamed { key }: OperationNamed,
    ) -> Result<PrintedPaper, Failure> {
        let intent = self.intent_of(key).await?;
        let journal = self.journal()?;
        let printer = lock(&self.preferences).settings.printer.clone();
        let target = target(&printer)?;
        let language = self.language();
        self.blocking(move |running| {
            let count = journal.count_print(key, 1)?;
            let receipt = running.receipt(&intent, count.saturating_sub(1))?;
            let title = format!("receipt-{}", receipt.number);
            let put = running.parts.drivers.printer.print(&title, &receipt.lines(language), &target);
            running.printer_did(&put, &printer);
            match put {
                Ok(paper) => Ok(came_out(paper, &printer, count)),
                Err(fault) => {
                    if !fault.leaves_paper_in_doubt() {
                        journal.count_print(key, -1)?;
                    }
                    Err(not_printed(&fault, &printer))
                }
            }
        })
        .await
    }

    fn receipt(&self, intent: &Intent, printed_before: u32) -> Result<Receipt, Failure> {
        let Some(OperationAnswer::Done(done)) = &intent.answer else {
            return Err(Failure::of(match intent.answer {
                None => ErrorCode::OperationUnresolved,
                Some(_) => ErrorCode::UnknownOperation,
            }));
        };
        let (terminal, site) = self.terminal_and_site()?;
        let receipt = receipt(intent, done, terminal, site, printed_before)
            .ok_or_else(|| Failure::of(ErrorCode::UnknownOperation))?;
        Ok(Receipt { training: self.parts.training, ..receipt })
    }

    pub(crate) fn terminal_and_site(&self) -> Result<(TerminalId, String), Failure> {
        let standing = lock(&self.standing);
        let terminal = standing.known_terminal_or_why()?;
        let site = match standing.place() {
            window::Place::Registered { profile } => profile.site_name,
            _ => terminal.registered.profile.as_ref().map(|kept| kept.site_name.clone()).unwrap_or_default(),
        };
        Ok((terminal.registered.terminal, site))
    }

    pub(crate) fn language(&self) -> madoguchi_domain::language::Language {
        lock(&self.preferences).settings.language
    }
}

/// The receipt of a use, a void or a merge.
fn receipt(
    intent: &Intent,
    done: &OperationDone,
    terminal: TerminalId,
    site: String,
    before: u32,
) -> Option<Receipt> {
    let kind = match intent.kind {
        OperationKind::Use => ReceiptKind::Use,
        OperationKind::Void => ReceiptKind::Void,
        OperationKind::MergePoints => ReceiptKind::Merge,
        // Tickets and day closes have papers of their own.
        OperationKind::IssueTicket
        | OperationKind::ReissueTicket
        | OperationKind::VoidTicket
        | OperationKind::ClearTicket
        | OperationKind::UnclearTicket
        | OperationKind::CloseDay => return None,
    };
    let accounts = done
        .accounts
        .iter()
        .map(|moved| ReceiptAccount {
            currency: name_of(&intent.currencies, moved.currency),
            before: moved.before,
            points: moved.points,
            after: moved.after,
            next_lapse: moved.next_lapse.as_ref().and_then(|next| Some((next.points, next.last_day?))),
        })
        .collect();
    Some(Receipt {
        kind,
        site,
        at_ms: done.at_ms,
        accounts,
        number: done.number.clone(),
        voided_number: done.voided_number.clone(),
        merge: done
            .merge
            .as_ref()
            .map(|file| ReceiptMerge { street: file.street_name.clone(), number: file.number }),
        terminal,
        masked_mykey_id: intent.masked_mykey_id.clone(),
        signed: intent.signature.is_some(),
        staff_name: intent.staff_name.clone(),
        printed_before: before,
        training: false,
    })
}
