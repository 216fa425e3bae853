//! Receipts: `preview_street_receipt` and `print_street_receipt`.

use crate::failure::told;
use crate::member::line_of;
use crate::shop::{Open, Shop, Working, lock};
use crate::store::{count_paper, papers_of};
use madoguchi_desk::printing::{came_out, not_printed, shown, target};
use madoguchi_domain::receipt::PaperLine;
use madoguchi_street::counter::Slip;
use madoguchi_wire::failure::Failure;
use madoguchi_wire::window::street::PostingNamed;
use madoguchi_wire::window::{PrintedPaper, ReceiptPreview};

impl Shop {
    /// `preview_street_receipt`.
    pub async fn preview_street_receipt(
        &self,
        PostingNamed { posting }: PostingNamed,
    ) -> Result<ReceiptPreview, Failure> {
        self.for_the_clerk(move |open, working| {
            let printed = papers_of(&working.store, posting).map_err(|fault| told(&fault))?;
            let lines = open.slip(working, posting, printed)?;
            Ok(ReceiptPreview { lines: lines.into_iter().map(shown).collect(), printed })
        })
        .await
    }

    /// `print_street_receipt`. It is counted before it is printed and the count taken back where surely no paper came
    /// out, so that no two papers of one posting both look like the first.
    pub async fn print_street_receipt(
        &self,
        PostingNamed { posting }: PostingNamed,
    ) -> Result<PrintedPaper, Failure> {
        self.for_the_clerk(move |open, working| {
            let printer = lock(&open.preferences).settings.printer.clone();
            let place = target(&printer)?;
            let count = |by| count_paper(&working.store, posting, by).map_err(|fault| told(&fault));
            let before = papers_of(&working.store, posting).map_err(|fault| told(&fault))?;
            let lines = open.slip(working, posting, before)?;
            let papers = count(1)?;
            match open.parts.printer.print(&format!("street-{posting}"), &lines, &place) {
                Ok(paper) => Ok(came_out(paper, &printer, papers)),
                Err(fault) => {
                    if !fault.leaves_paper_in_doubt() {
                        count(-1)?;
                    }
                    Err(not_printed(&fault, &printer))
                }
            }
        })
        .await
    }
}

impl Open {
    fn slip(&self, working: &Working, posting: i64, printed_before: u32) -> Result<Vec<PaperLine>, Failure> {
        let line = line_of(working, posting)?;
        let kept = lock(&working.registered).kept.clone();
        let slip = Slip {
            street: kept.street_name,
            shop: kept.contact.shop_name,
            done: line.done(),
            merge: line.merge,
            printed_before,
        };
        Ok(slip.lines(self.language()))
    }
}
