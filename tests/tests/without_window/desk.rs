//! The verbs of an issuing desk and of a day's end.

use crate::at_a_shop;
use jiff::ToSpan;
use jiff::civil::Date;
use madoguchi_cloud::clock::Clock;
use madoguchi_tests::scene::script::{Came, Script};
use madoguchi_tests::scene::tickets::Paper;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::shop::{form_two, issuing_desk};
use std::path::Path;

fn today() -> Date {
    Clock::System.today()
}

/// A ticket of these points, good for a week.
fn issued(script: &Script<'_>, points: &str) -> Result<Came, Trouble> {
    let last_day = today().saturating_add(7.days()).to_string();
    script.runs(&["issue-ticket", "--last-day", &last_day, points])?.exits(0)
}

/// The number of a site whose stamp a ticket can bear.
fn number_of_site(script: &Script<'_>, name: &str) -> Result<String, Trouble> {
    let sites = script.runs(&["clearing-sites"])?.exits(0)?;
    let all = sites.at("/answer/all")?.as_array().cloned().unwrap_or_default();
    let site = all.iter().find(|site| site["name"] == name).ok_or_else(|| Trouble::new(name))?;
    Ok(site["site"].to_string())
}

#[test]
fn a_ticket_is_issued_printed_once_and_cleared_by_what_stands_on_its_paper() {
    at_a_shop(|shop, script| {
        script.registers(&issuing_desk())?.exits(0)?;
        shop.reader.put_on("hanako")?;
        let key = issued(script, "141305/1=500")?.text("/answer/key")?;
        let paper = script.runs(&["print-ticket", &key])?.exits(0)?.text("/answer/path")?;
        assert_eq!(script.runs(&["print-ticket", &key])?.exits(7)?.text("/failure/number")?, "K-616");
        let paper = Paper::read_from(Path::new(&paper), 500)?;
        let site = number_of_site(script, "やまだ八百屋")?;
        let pile = format!("{}\n", paper.code);
        let cleared = script.runs_and_types(&["clear-tickets", "--site", &site], &pile)?.exits(0)?;
        assert_eq!(cleared.points("/answer/sums/points")?, 500);
        let again = script.runs_and_types(&["clear-tickets", "--site", &site], &pile)?.exits(7)?;
        assert_eq!(again.text("/answer/scans/0/state/failure/number")?, "K-608");
        let piles = script.runs(&["piles"])?.exits(0)?;
        assert_eq!(piles.points("/answer/0/sums/refused")? + piles.points("/answer/1/sums/cleared")?, 2);

        let number = piles.at("/answer/1/sums/pile")?.to_string();
        let scan = script.runs(&["pile", &number])?.exits(0)?.text("/answer/scans/0/key")?;
        script.runs(&["drop-scan", &number, &scan])?.exits(7)?;
        let back = script.runs(&["take-back", &number, &scan])?.exits(0)?;
        assert_eq!(back.text("/answer/scans/0/state/state")?, "taken_back");
        assert_eq!(back.points("/answer/sums/cleared")?, 0);
        script.runs_and_types(&["clear-tickets", "--site", &site], &pile)?.exits(0)?;
        Ok(())
    });
}

#[test]
fn tickets_are_listed_issued_anew_and_taken_back() {
    at_a_shop(|shop, script| {
        script.registers(&issuing_desk())?.exits(0)?;
        shop.reader.put_on("hanako")?;
        let ticket = issued(script, "141305/1=500")?.text("/answer/state/ticket/ticket/number")?;
        let anew = script.runs(&["reissue-ticket", &ticket])?.exits(0)?;
        let anew = anew.text("/answer/state/ticket/ticket/number")?;
        assert_ne!(ticket, anew);
        script.runs(&["void-ticket", &ticket])?.exits(7)?;
        let open = script.runs(&["tickets", "--open"])?.exits(0)?;
        assert_eq!(open.text("/answer/tickets/0/ticket/number")?, anew);
        // Today's are both: the one that was lost, and the one in its place, which lapses in a week.
        assert_eq!(script.runs(&["tickets"])?.exits(0)?.points("/answer/count")?, 2);
        let lapsing = script.runs(&["tickets", "--lapsing"])?.exits(0)?;
        assert_eq!(lapsing.text("/answer/tickets/0/ticket/number")?, anew);
        assert_eq!(lapsing.points("/answer/count")?, 1);
        script.runs(&["void-ticket", &anew])?.exits(0)?;
        assert_eq!(script.runs(&["tickets", "--open"])?.exits(0)?.points("/answer/count")?, 0);
        Ok(())
    });
}

#[test]
fn a_day_is_closed_listed_printed_and_settled() {
    at_a_shop(|shop, script| {
        script.registers(&form_two())?.exits(0)?;
        shop.reader.put_on("hanako")?;
        script.runs(&["use", "141305/1=300"])?.exits(0)?;
        let before = script.runs(&["preview-day"])?.exits(0)?;
        assert_eq!(before.points("/answer/lines/0/points")?, 300);
        let closed = script.runs(&["close-day"])?.exits(0)?;
        assert_eq!(closed.points("/answer/state/day_close/lines/0/points")?, 300);
        assert_eq!(script.runs(&["day-closes"])?.exits(0)?.points("/answer/0/close/number")?, 1);
        let paper = script.runs(&["print-day-close", "1"])?.exits(0)?.text("/answer/path")?;
        assert!(std::fs::read(paper)?.starts_with(b"%PDF"));
        let day = today().to_string();
        let settled = script.runs(&["site-statement", "--from", &day, "--to", &day])?.exits(0)?;
        assert_eq!(settled.points("/answer/totals/0/points")?, 300);
        Ok(())
    });
}
