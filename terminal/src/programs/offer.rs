//! A pairing that was begun: its code stands on the screen, for two minutes and three tries
//! (docs/security.md 12).

use super::page_origin;
use crate::entropy::{Entropy, random};
use madoguchi_domain::page_origin::PageOrigin;
use madoguchi_wire::bridge::Learns;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{OfferPairingArguments, OfferedPairing};
use std::time::Duration;
use subtle::ConstantTimeEq;

/// How long a code is good.
const LASTS: Duration = Duration::from_mins(2);
/// How often a code may be said, right or wrong.
const TRIES: u8 = 3;
/// How many codes there are: six digits.
const CODES: u64 = 1_000_000;
/// The longest name, in characters.
const LONGEST_NAME: usize = 40;

/// A pairing that was begun.
#[derive(Clone)]
pub(crate) struct Offer {
    code: String,
    name: String,
    origin: Option<PageOrigin>,
    learns: Learns,
    own_cards: bool,
    until: Duration,
    tries_left: u8,
}

impl Offer {
    /// A new code, from `now` on the running clock.
    pub(crate) fn make(
        entropy: &dyn Entropy,
        now: Duration,
        arguments: &OfferPairingArguments,
    ) -> Result<Self, Failure> {
        let name = arguments.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(Failure::of(ErrorCode::ProgramNameInvalid));
        }
        let origin = arguments.origin.as_deref().map(page_origin).transpose()?;
        let bytes: [u8; 8] = random(entropy).map_err(|_| Failure::of(ErrorCode::Unforeseen))?;
        // Of 2⁶⁴ numbers no code comes up more often than another by more than one in 10¹³.
        let code = format!("{:06}", u64::from_le_bytes(bytes) % CODES);
        Ok(Self {
            code,
            name: name.to_owned(),
            origin,
            learns: arguments.learns,
            own_cards: arguments.own_cards,
            until: now + LASTS,
            tries_left: TRIES,
        })
    }

    /// Takes the offer out if this is its code, said from where it is for. A wrong one costs a try, the
    /// last of them the offer.
    pub(crate) fn take(
        offered: &mut Option<Self>,
        now: Duration,
        code: &str,
        origin: Option<&str>,
    ) -> Result<Self, Failure> {
        let wrong = || Failure::of(ErrorCode::PairingCodeWrong);
        let offer = offered.as_mut().filter(|offer| offer.is_good(now)).ok_or_else(wrong)?;
        let is_code: bool = offer.code.as_bytes().ct_eq(code.as_bytes()).into();
        if is_code && offer.origin() == origin {
            return offered.take().ok_or_else(wrong);
        }
        offer.tries_left -= 1;
        if offer.tries_left == 0 {
            tracing::warn!("a pairing code was tried too often");
            *offered = None;
        }
        Err(wrong())
    }

    /// Whether its code is still good.
    pub(crate) fn is_good(&self, now: Duration) -> bool {
        now < self.until
    }

    /// The page it is for; none = a program on this PC.
    pub(crate) fn origin(&self) -> Option<&str> {
        self.origin.as_ref().map(PageOrigin::as_str)
    }

    /// What the clerk calls it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What it will learn of a card.
    pub(crate) const fn learns(&self) -> Learns {
        self.learns
    }

    /// Whether it may have the number on a card of the provider's own, too.
    pub(crate) const fn own_cards(&self) -> bool {
        self.own_cards
    }

    /// As the window shows it, while it is good.
    pub(crate) fn shown(&self, now: Duration) -> Option<OfferedPairing> {
        let left = self.until.checked_sub(now).filter(|left| !left.is_zero())?;
        Some(OfferedPairing {
            code: self.code.clone(),
            name: self.name.clone(),
            origin: self.origin().map(str::to_owned),
            learns: self.learns,
            own_cards: self.own_cards,
            for_s: u32::try_from(left.as_secs()).unwrap_or(0).saturating_add(1),
            tries_left: self.tries_left,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;

    const PAGE: &str = "https://library.example.jp";
    const START: Duration = Duration::from_secs(1_000);

    fn offered(origin: Option<&str>) -> Offer {
        let arguments = OfferPairingArguments {
            name: " 図書館システム ".into(),
            origin: origin.map(str::to_owned),
            learns: Learns::CustomerNumber,
            own_cards: false,
        };
        Offer::make(&SystemEntropy, START, &arguments).unwrap()
    }

    fn code(offer: Option<&Offer>) -> String {
        offer.unwrap().code.clone()
    }

    fn a_wrong(code: &str) -> String {
        format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
    }

    #[test]
    fn a_code_is_good_once() {
        let mut offer = Some(offered(None));
        let code = code(offer.as_ref());
        assert_eq!(code.len(), 6);
        assert_eq!(Offer::take(&mut offer, START, &code, None).unwrap().name(), "図書館システム");
        assert!(Offer::take(&mut offer, START, &code, None).is_err());
    }

    #[test]
    fn the_third_wrong_code_ends_it() {
        let mut offer = Some(offered(None));
        let code = code(offer.as_ref());
        for _ in 0..3 {
            assert!(Offer::take(&mut offer, START, &a_wrong(&code), None).is_err());
        }
        assert!(Offer::take(&mut offer, START, &code, None).is_err());
    }

    #[test]
    fn a_code_is_good_for_two_minutes() {
        let mut offer = Some(offered(None));
        let code = code(offer.as_ref());
        let late = START + Duration::from_mins(2);
        assert!(offer.as_ref().unwrap().shown(late).is_none());
        assert!(Offer::take(&mut offer, late, &code, None).is_err());
        let in_time = late.checked_sub(Duration::from_millis(1)).unwrap();
        assert!(Offer::take(&mut offer, in_time, &code, None).is_ok());
    }

    #[test]
    fn a_code_is_good_from_where_it_is_for() {
        for (meant_for, said_from) in
            [(None, Some(PAGE)), (Some(PAGE), None), (Some(PAGE), Some("https://library.example.jp:8443"))]
        {
            let mut offer = Some(offered(meant_for));
            let code = code(offer.as_ref());
            assert!(Offer::take(&mut offer, START, &code, said_from).is_err());
            assert!(Offer::take(&mut offer, START, &code, meant_for).is_ok());
        }
    }

    #[test]
    fn what_has_no_name_or_no_place_is_not_offered() {
        let refused = |name: &str, origin: Option<&str>| {
            let arguments = OfferPairingArguments {
                name: name.into(),
                origin: origin.map(str::to_owned),
                learns: Learns::default(),
                own_cards: false,
            };
            Offer::make(&SystemEntropy, START, &arguments).err().map(|failure| failure.code)
        };
        assert_eq!(refused(" ", None), Some(ErrorCode::ProgramNameInvalid));
        assert_eq!(refused(&"名".repeat(41), None), Some(ErrorCode::ProgramNameInvalid));
        assert_eq!(refused("a\nb", None), Some(ErrorCode::ProgramNameInvalid));
        assert_eq!(refused(&"名".repeat(40), None), None);
        assert_eq!(refused("図書館", Some("http://library.example.jp")), Some(ErrorCode::PageOriginInvalid));
    }
}
