//! What a pile comes to, per site: the one place where it is added up.

use super::row::{ScanRow, Stands};
use madoguchi_wire::window::{PileSums, SiteSum};

/// The sums of a pile's scans, the sites in the order in which they first were stamped.
pub(super) fn sums(pile: i64, rows: &[ScanRow]) -> PileSums {
    let mut sums = PileSums { pile, ..PileSums::default() };
    for row in rows {
        add(&mut sums, row);
    }
    sums
}

fn add(sums: &mut PileSums, row: &ScanRow) {
    let here = sums.sites.iter().position(|sum| sum.site.site == row.stamp.site.site).unwrap_or_else(|| {
        let site = row.stamp.site.clone();
        sums.sites.push(SiteSum { site, cleared: 0, points: 0, unconfirmed: 0, refused: 0 });
        sums.sites.len() - 1
    });
    let Some(site) = sums.sites.get_mut(here) else { return };
    match row.stands() {
        Stands::Cleared => {
            let points = row.points().unwrap_or(0);
            site.cleared += 1;
            site.points = site.points.saturating_add(points);
            sums.cleared += 1;
            sums.points = sums.points.saturating_add(points);
        }
        Stands::Open | Stands::TakingBack => {
            site.unconfirmed += 1;
            sums.unconfirmed += 1;
        }
        Stands::Refused if !row.is_replaced => {
            site.refused += 1;
            sums.refused += 1;
        }
        // One paper is set aside once, however often it was scanned.
        Stands::Refused | Stands::TakenBack => {}
    }
}
