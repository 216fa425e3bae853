//! One merge by its 取引済番号, by which the municipality knows it: `find_merge`, `decline_merge`,
//! `answer_merge_again`, `join_set_aside`.

use crate::failure::told;
use crate::member::enrolled;
use crate::receive::file_shown;
use crate::shop::{Open, Shop, Working};
use madoguchi_domain::digits::to_ascii_digits;
use madoguchi_domain::merge_file::TransactionNumber;
use madoguchi_street::books::{HistoryLine, Whereabouts};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::street::{MergeFound, MergeNamed, MergeWhereabouts, StreetMember, StreetPosting};

impl Shop {
    /// `find_merge`.
    pub async fn find_merge(&self, MergeNamed { number }: MergeNamed) -> Result<MergeFound, Failure> {
        self.for_the_clerk(move |open, working| open.merge_found(working, number_typed(&number)?)).await
    }

    /// `decline_merge`. Done again, it is answered again.
    pub async fn decline_merge(&self, MergeNamed { number }: MergeNamed) -> Result<MergeFound, Failure> {
        self.for_the_clerk(move |open, working| {
            let number = number_typed(&number)?;
            let declined = working.books.decline(number, open.now_ms()).map_err(|fault| told(&fault))?;
            declined.map_err(|_| Failure::of(ErrorCode::MergeReceivedBefore))?;
            open.lay_answers(working);
            open.merge_found(working, number)
        })
        .await
    }

    /// `answer_merge_again`.
    pub async fn answer_merge_again(&self, MergeNamed { number }: MergeNamed) -> Result<MergeFound, Failure> {
        self.for_the_clerk(move |open, working| {
            let number = number_typed(&number)?;
            working.books.answer_again(number).map_err(|fault| told(&fault))?;
            open.lay_answers(working);
            open.merge_found(working, number)
        })
        .await
    }

    /// `join_set_aside`. The ID never passes through the window.
    pub async fn join_set_aside(&self, MergeNamed { number }: MergeNamed) -> Result<StreetMember, Failure> {
        self.for_the_clerk(move |open, working| {
            let file = working.books.set_aside_numbered(number_typed(&number)?);
            let file = file.map_err(|fault| told(&fault))?;
            let id = file.and_then(|file| file.point_id);
            let id = id.ok_or_else(|| Failure::of(ErrorCode::FileNamesNobody))?;
            open.join(working, open.kind_of_merges(working), &id)
        })
        .await
    }
}

impl Open {
    fn merge_found(&self, working: &Working, number: TransactionNumber) -> Result<MergeFound, Failure> {
        let whereabouts = working.books.whereabouts(number).map_err(|fault| told(&fault))?;
        let posting = |line: &HistoryLine| -> Result<StreetPosting, Failure> {
            Ok(self.posting_shown(line, self.first_id(&enrolled(working, line.member.get())?)))
        };
        let whereabouts = match whereabouts {
            Whereabouts::Received(line) => MergeWhereabouts::Received { posting: posting(&line)? },
            Whereabouts::BookedBack { void, is_answered } => {
                MergeWhereabouts::BookedBack { posting: posting(&void)?, is_answered }
            }
            Whereabouts::Declined { at_ms, is_answered } => MergeWhereabouts::Declined { at_ms, is_answered },
            Whereabouts::SetAside(file) => {
                MergeWhereabouts::SetAside { file: file_shown(file, self.kind_of_merges(working)) }
            }
            Whereabouts::Unknown => MergeWhereabouts::Unknown,
        };
        Ok(MergeFound { number: number.to_string(), whereabouts })
    }
}

fn number_typed(text: &str) -> Result<TransactionNumber, Failure> {
    TransactionNumber::parse(&to_ascii_digits(text)).map_err(|_| Failure::of(ErrorCode::MergeNumberInvalid))
}
