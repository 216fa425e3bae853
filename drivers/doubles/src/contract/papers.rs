//! What every way of printing keeps to.
//!
//! Belongs here: sentences that hold for a folder, a queue, a receipt printer and the tray. Does not:
//! what the paper looks like.

use madoguchi_domain::receipt::PaperLine;
use madoguchi_port::paper::{PaperFault, PaperPrinter, PrintTarget, Printed};

/// No font has these.
const IN_NO_FONT: [char; 2] = ['🍅', '🥕'];

/// A place for papers and one where nothing can be printed.
pub struct Places {
    /// Papers come out there.
    pub good: PrintTarget,
    /// Nothing takes them there.
    pub nowhere: PrintTarget,
}

/// A short paper with letters, numbers and a rule.
fn a_paper() -> Vec<PaperLine> {
    vec![
        PaperLine::Title("ポイントご利用明細".into()),
        PaperLine::Rule,
        PaperLine::Text("葛\u{e0100}城の八百屋 ABC ｶﾅ".into()),
        PaperLine::LargePair("ご利用".into(), "−1,500".into()),
        PaperLine::Boxed("再発行（1回目）".into()),
    ]
}

/// The contract of [`PaperPrinter`]: run against every way of printing and against the tray.
///
/// # Panics
/// Where the printer breaks the contract.
pub fn papers(printer: &dyn PaperPrinter, places: &Places) {
    a_paper_goes_where_it_is_sent(printer, places);
    nowhere_is_said_and_leaves_no_doubt(printer, places);
    characters_no_font_has_are_named(printer, places);
}

/// A paper that can be printed is, and the answer says the kind of place it went to.
fn a_paper_goes_where_it_is_sent(printer: &dyn PaperPrinter, places: &Places) {
    assert_eq!(printer.ready(&places.good), Ok(()));
    let answer = printer.print("明細 20261120-15", &a_paper(), &places.good);
    let fits = match (&places.good, &answer) {
        (PrintTarget::Folder(folder), Ok(Printed::File(path))) => path.starts_with(folder),
        (PrintTarget::Queue(queue), Ok(Printed::Job(job))) => job.starts_with(queue),
        (PrintTarget::Receipt(_), Ok(Printed::Paper | Printed::Job(_))) => true,
        _ => false,
    };
    assert!(fits, "{:?}: {answer:?}", places.good);
}

/// What is nowhere is said to be nowhere, before anything is printed: no paper is in doubt.
fn nowhere_is_said_and_leaves_no_doubt(printer: &dyn PaperPrinter, places: &Places) {
    for fault in
        [printer.ready(&places.nowhere).err(), printer.print("明細", &a_paper(), &places.nowhere).err()]
    {
        let fault = fault.map(|fault| fault.leaves_paper_in_doubt());
        assert_eq!(fault, Some(false), "refused, and surely not printed");
    }
}

/// Characters that cannot be printed are named, each once in the order of the text.
fn characters_no_font_has_are_named(printer: &dyn PaperPrinter, places: &Places) {
    let lines = vec![PaperLine::Text("🍅トマト🍅屋🥕".into())];
    let refused = printer.print("明細", &lines, &places.good);
    assert_eq!(refused, Err(PaperFault::MissingCharacters(IN_NO_FONT.into())));
}
