//! Points given by hand, until grant desks do it.

use super::OperatorError;
use crate::identity::currency;
use crate::ledger::Ledger;
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::ledger::{
    Actor, Answer, Asked, Done, GrantPoints, Job, LotOrigin, OriginKind, Request, RequestHash,
};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::person::PersonId;
use madoguchi_domain::points::Points;

/// A grant.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Its key: the same key grants once.
    pub key: OperationKey,
    /// Which points.
    pub currency: CurrencyCode,
    /// To whom.
    pub person: PersonId,
    /// How many.
    pub points: Points,
    /// The last day they can be used (Japan); none = they do not lapse.
    pub last_day: Option<Date>,
    /// What for: a grant program's number or name.
    pub program: String,
}

/// Grants points, once per key.
pub async fn grant(ledger: &Ledger, grant: Grant) -> Result<Done, OperatorError> {
    let code = grant.currency;
    let known =
        ledger.database().read(move |read| currency::find(read, code).map_err(OperatorError::from)).await?;
    if known.is_none() {
        return Err(OperatorError::UnknownCurrency(code));
    }
    match ledger.post(request(grant)).await?.answer {
        Answer::Done(done) => Ok(done),
        Answer::Refused(refusal) => Err(OperatorError::Refused(refusal)),
        Answer::Abandoned => Err(OperatorError::Refused(madoguchi_domain::ledger::Refusal::Abandoned)),
    }
}

fn request(grant: Grant) -> Request {
    let last_day = grant.last_day.map_or_else(String::new, |day| day.to_string());
    let hash = RequestHash::of([
        b"grant".as_slice(),
        grant.currency.book.as_str().as_bytes(),
        &grant.currency.number.0.to_be_bytes(),
        grant.person.0.as_bytes(),
        &grant.points.get().to_be_bytes(),
        last_day.as_bytes(),
        grant.program.as_bytes(),
    ]);
    Request {
        actor: Actor::Job(Job::Command),
        home: grant.currency.book,
        key: grant.key,
        hash,
        asked: Asked::Grant(GrantPoints {
            currency: grant.currency,
            person: grant.person,
            points: grant.points,
            last_day: grant.last_day,
            origin: LotOrigin { kind: OriginKind::Program, reference: grant.program },
            partner: None,
            site: None,
            identified_by: None,
        }),
    }
}
