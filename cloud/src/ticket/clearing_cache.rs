//! What a process remembers so that a pile is cleared without a look into the database before each ticket:
//! stamps, opened ticket keys, names on papers.
//!
//! Belongs here: what the registry's version vouches for; like the sessions it is forgotten within a second of a
//! change (`identity/session_cache`). Does not belong here: tickets and their states, which only the books
//! know and the posting itself asks.
//! Why it exists: those looks cost as much as the posting (docs/performance.md), and hardly anything they see
//! changes from one ticket of a pile to the next.

use super::stamp::Stamp;
use super::tag;
use crate::keys::wrapped::OpenKey;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::{TicketCode, TicketKeyNumber};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// A terminal's municipality and the site of the stamp.
type StampAt = (IssuerCode, SiteId);
/// The points of a ticket and the site that issued it.
type NamesOf = (CurrencyCode, SiteId);

/// The names that stand on a ticket's paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketNames {
    /// Of its points.
    pub currency: String,
    /// Of the event or the common points, where they are that.
    pub event: Option<String>,
    /// Of its issuer.
    pub issuer: String,
    /// Of the site that issued it.
    pub issued_at: String,
}

/// All of it, as of one version of the registry. No `Debug`: it holds keys.
#[derive(Default)]
pub struct ClearingCache {
    remembered: RwLock<Remembered>,
}

#[derive(Default)]
struct Remembered {
    version: i64,
    stamps: HashMap<StampAt, Arc<Stamp>>,
    keys: HashMap<(IssuerCode, TicketKeyNumber), OpenKey>,
    names: HashMap<NamesOf, Arc<TicketNames>>,
}

impl ClearingCache {
    /// The stamp, where nothing but the books is left to be asked: it is remembered, some points of the code's
    /// issuer count in the municipality, and the code's tag is right.
    pub fn proven(&self, version: i64, at: StampAt, code: &TicketCode) -> Option<Arc<Stamp>> {
        self.recall(version, |known| {
            let stamp = known.stamps.get(&at).filter(|stamp| stamp.taken.any_of(code.issuer))?;
            let key = known.keys.get(&(code.issuer, code.key))?;
            tag::is_right(key, code).then(|| Arc::clone(stamp))
        })
    }

    /// The names on a ticket's paper.
    pub fn names(&self, version: i64, of: NamesOf) -> Option<Arc<TicketNames>> {
        self.recall(version, |known| known.names.get(&of).cloned())
    }

    /// Remembers a stamp that was read when the registry had this version.
    pub fn put_stamp(&self, version: i64, at: StampAt, stamp: &Arc<Stamp>) {
        self.learn(version, |known| drop(known.stamps.insert(at, Arc::clone(stamp))));
    }

    /// Remembers the key under which a code was proven.
    pub fn put_key(&self, version: i64, code: &TicketCode, key: OpenKey) {
        self.learn(version, |known| drop(known.keys.insert((code.issuer, code.key), key)));
    }

    /// Remembers names.
    pub fn put_names(&self, version: i64, of: NamesOf, names: &Arc<TicketNames>) {
        self.learn(version, |known| drop(known.names.insert(of, Arc::clone(names))));
    }

    fn recall<T>(&self, version: i64, ask: impl FnOnce(&Remembered) -> Option<T>) -> Option<T> {
        let known = self.remembered.read().unwrap_or_else(PoisonError::into_inner);
        if known.version == version { ask(&known) } else { None }
    }

    /// What is newer than everything remembered replaces it; what is older comes too late.
    fn learn(&self, version: i64, note: impl FnOnce(&mut Remembered)) {
        let mut known = self.remembered.write().unwrap_or_else(PoisonError::into_inner);
        if known.version < version {
            *known = Remembered { version, ..Remembered::default() };
        }
        if known.version == version {
            note(&mut known);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use madoguchi_domain::currency::CurrencyNumber;
    use madoguchi_domain::issuer::BookCode;
    use madoguchi_domain::ledger::TakenTickets;
    use madoguchi_domain::ticket::TicketNumber;

    fn kawasaki() -> IssuerCode {
        IssuerCode::parse("141305").unwrap()
    }

    fn a_code(key: &OpenKey) -> TicketCode {
        tag::code(key, TicketKeyNumber(7), false, kawasaki(), TicketNumber::parse("987654321012").unwrap())
    }

    fn stamp_taking(at_site: Vec<CurrencyCode>, own: &str) -> Arc<Stamp> {
        let taken = TakenTickets { own: BookCode::parse(own).unwrap(), at_site, elsewhere: Vec::new() };
        Arc::new(Stamp { site_name: "やまだ八百屋".to_owned(), taken: Arc::new(taken) })
    }

    #[test]
    fn a_right_code_for_a_remembered_stamp_is_proven_until_the_registry_changes() {
        let (cache, key, at) = (ClearingCache::default(), OpenKey([7; 32]), (kawasaki(), SiteId(9)));
        let (code, stamp) = (a_code(&key), stamp_taking(Vec::new(), "141305"));
        assert!(cache.proven(1, at, &code).is_none(), "nothing is remembered");
        cache.put_stamp(1, at, &stamp);
        assert!(cache.proven(1, at, &code).is_none(), "the key is not");
        cache.put_key(1, &code, key);
        assert_eq!(cache.proven(1, at, &code), Some(stamp));
        assert!(cache.proven(1, (kawasaki(), SiteId(8)), &code).is_none(), "another site");
        assert!(cache.proven(2, at, &code).is_none(), "the registry has changed");
        assert!(cache.proven(1, at, &TicketCode { tag: [0; 8], ..code }).is_none(), "a forgery");
    }

    #[test]
    fn a_code_of_an_issuer_whose_points_count_nowhere_is_not_proven() {
        let (cache, key, at) = (ClearingCache::default(), OpenKey([7; 32]), (kawasaki(), SiteId(9)));
        let code = a_code(&key);
        cache.put_key(1, &code, key);
        cache.put_stamp(1, at, &stamp_taking(Vec::new(), "141003"));
        assert!(cache.proven(1, at, &code).is_none());
        let common = CurrencyCode { book: BookCode::from(kawasaki()), number: CurrencyNumber(1) };
        cache.put_stamp(1, at, &stamp_taking(vec![common], "141003"));
        assert!(cache.proven(1, at, &code).is_some());
    }

    #[test]
    fn what_was_read_before_a_change_comes_too_late() {
        let (cache, at) = (ClearingCache::default(), (kawasaki(), SiteId(9)));
        let of = (CurrencyCode { book: BookCode::from(kawasaki()), number: CurrencyNumber(1) }, SiteId(9));
        let names = Arc::new(TicketNames {
            currency: "川崎市ポイント".to_owned(),
            event: None,
            issuer: "川崎市".to_owned(),
            issued_at: "消込窓口".to_owned(),
        });
        cache.put_names(2, of, &names);
        cache.put_stamp(1, at, &stamp_taking(Vec::new(), "141305"));
        assert_eq!(cache.names(2, of), Some(Arc::clone(&names)), "an older reading takes nothing away");
        cache.put_stamp(3, at, &stamp_taking(Vec::new(), "141305"));
        assert_eq!(cache.names(3, of), None, "a newer one does");
    }
}
