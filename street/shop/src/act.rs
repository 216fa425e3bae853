//! ポイント利用, 買上ポイント, ポイント券の加算, 取消: `act_on_points`, `worth_of_purchase`, `void_posting`, `book_back`.

use crate::failure::{not_done, not_taken_back, told};
use crate::member::{enrolled, line_of};
use crate::shop::{Open, Shop, Working};
use madoguchi_domain::day::{business_date, from_millis};
use madoguchi_domain::digits::{is_digits, to_ascii_digits};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_domain::ticket::{TicketCode, TicketNumber};
use madoguchi_street::books::{Act, HistoryLine, PostingKind};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::street::{
    ActAsked, PostingNamed, PurchaseSought, PurchaseWorth, StreetAct, StreetPosting,
};

/// The most digits of an amount of yen.
const MOST_YEN_DIGITS: usize = 10;

impl Shop {
    /// `act_on_points`.
    pub async fn act_on_points(&self, asked: StreetAct) -> Result<StreetPosting, Failure> {
        self.for_the_clerk(move |open, working| {
            let act = open.act_of(working, &asked)?;
            open.act(working, asked.key, act)
        })
        .await
    }

    /// `worth_of_purchase`.
    pub async fn worth_of_purchase(&self, sought: PurchaseSought) -> Result<PurchaseWorth, Failure> {
        self.for_the_clerk(move |open, _| {
            let yen = yen_typed(&sought.yen)?;
            Ok(PurchaseWorth { yen, points: open.rate().points_for(yen).map_or(0, Points::get) })
        })
        .await
    }

    /// `void_posting`: an act of today.
    pub async fn void_posting(
        &self,
        PostingNamed { posting }: PostingNamed,
    ) -> Result<StreetPosting, Failure> {
        self.for_the_clerk(move |open, working| {
            let line = line_of(working, posting)?;
            if line.kind == PostingKind::Merge || !open.may_be_taken_back(&line) {
                return Err(Failure::of(ErrorCode::PostingNotVoidable));
            }
            open.void(working, posting)
        })
        .await
    }

    /// `book_back`: a merge, whenever it was (row F8).
    pub async fn book_back(&self, PostingNamed { posting }: PostingNamed) -> Result<StreetPosting, Failure> {
        self.for_the_clerk(move |open, working| {
            let line = line_of(working, posting)?;
            let Some(number) = line.merge.filter(|_| line.kind == PostingKind::Merge) else {
                return Err(Failure::of(ErrorCode::PostingNotVoidable));
            };
            // Pressed twice it has the effect of one, and is answered twice.
            let done = working.books.book_back(number, open.now_ms()).map_err(|fault| told(&fault))?;
            let done = done.map_err(not_taken_back)?;
            open.lay_answers(working);
            open.posting_of(working, done.posting)
        })
        .await
    }
}

impl Open {
    fn act(&self, working: &Working, key: OperationKey, act: Act) -> Result<StreetPosting, Failure> {
        let done = working.books.act(key, act, self.now_ms()).map_err(|fault| told(&fault))?;
        self.posting_of(working, done.map_err(not_done)?.posting)
    }

    /// Under a key of the posting's own: pressed twice it has the effect of one.
    fn void(&self, working: &Working, posting: i64) -> Result<StreetPosting, Failure> {
        let key = OperationKey::derived(&format!("street/void/{}/{posting}", working.store.id()));
        let done =
            working.books.act(key, Act::Void { posting }, self.now_ms()).map_err(|fault| told(&fault))?;
        self.posting_of(working, done.map_err(not_taken_back)?.posting)
    }

    /// Uses, purchases and tickets on the day itself; a merge always; a void and a charge never.
    pub(crate) fn may_be_taken_back(&self, line: &HistoryLine) -> bool {
        let day = |at_ms| from_millis(at_ms).map(business_date);
        match line.kind {
            PostingKind::Use | PostingKind::Purchase | PostingKind::Ticket => {
                day(line.at_ms).is_some_and(|then| day(self.now_ms()) == Some(then))
            }
            PostingKind::Merge => true,
            PostingKind::Void | PostingKind::Charge => false,
        }
    }

    fn act_of(&self, working: &Working, asked: &StreetAct) -> Result<Act, Failure> {
        let member = enrolled(working, asked.member)?.number;
        Ok(match &asked.act {
            ActAsked::Use { points } => Act::Use { member, points: points_typed(points)? },
            ActAsked::Purchase { yen } => {
                let gives_nothing = || Failure::of(ErrorCode::PurchaseGivesNothing);
                let points = self.rate().points_for(yen_typed(yen)?).ok_or_else(gives_nothing)?;
                Act::Purchase { member, points }
            }
            ActAsked::Ticket { ticket, points } => {
                Act::Ticket { member, number: ticket_typed(ticket)?, points: points_typed(points)? }
            }
        })
    }
}

pub(crate) fn points_typed(text: &str) -> Result<Points, Failure> {
    Points::typed(text).map_err(|_| Failure::of(ErrorCode::AmountInvalid))
}

/// Whole yen; separators and full-width digits are understood.
fn yen_typed(text: &str) -> Result<i64, Failure> {
    let digits = to_ascii_digits(text);
    let fits = digits.len() <= MOST_YEN_DIGITS && is_digits(&digits, digits.len());
    let yen = if fits { digits.parse().ok().filter(|yen| *yen > 0) } else { None };
    yen.ok_or_else(|| Failure::of(ErrorCode::AmountInvalid))
}

/// A number that was typed, or the code that a scanner read. Whether the ticket is genuine the stamp on it says: neither
/// platform nor cloud takes part (seed 001 §12).
fn ticket_typed(text: &str) -> Result<TicketNumber, Failure> {
    match TicketCode::scanned(text) {
        Ok(code) if code.training => Err(Failure::of(ErrorCode::TicketOfTraining)),
        Ok(code) => Ok(code.number),
        Err(_) => TicketNumber::typed(text).map_err(|_| Failure::of(ErrorCode::NotATicket)),
    }
}
