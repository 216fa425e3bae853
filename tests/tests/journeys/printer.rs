//! A receipt printer as a counter meets it: cut off in the middle of a paper, and behind a queue of a real
//! printing service that does not always pass on what it gets.

use crate::journey::{journey, journey_in};
use madoguchi_tests::clerk::Clerk;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::shop::Shop;
use madoguchi_virtual::printer::{Build, VirtualPrinter};
use madoguchi_virtual::printing_service::{PrintingService, PrintingServiceError};
use std::net::SocketAddr;

/// In the middle of any receipt: it is asked for its state before, and a receipt has thousands of bytes.
const IN_MID_RECEIPT: usize = 1_200;
/// The printer at the counter, as the PC knows it.
const QUEUE: &str = "counter";

fn address_of(printer: &VirtualPrinter) -> Result<SocketAddr, Trouble> {
    printer.address().ok_or_else(|| Trouble::new("a network printer has an address"))
}

#[test]
fn a_printer_cut_off_in_mid_receipt_leaves_it_in_doubt_and_the_next_one_is_a_reprint() {
    journey("printer-cut-off", async |shop| {
        let mut printer = VirtualPrinter::on_the_network(Build::MM80)?;
        let clerk = Clerk::at_a_registered_terminal(shop).await?;
        clerk.sets_a_receipt_printer(&address_of(&printer)?.to_string()).await?;
        clerk.taps("hanako").await?;
        clerk.uses(200).await?;
        printer.line_is_cut_after(IN_MID_RECEIPT);
        clerk.prints_in_vain("印刷が途中で切れました").await?;
        clerk.sees("記録の内容は変わりません").await?;
        clerk.sees("残りは 2,800ポイントです").await?;
        printer.unplug_and_plug_in()?;
        clerk.prints_the_receipt_on_paper_again(1).await?;
        let papers = printer.wait_for_papers(2);
        let reprint = papers.last().map(|paper| paper.rows.join("")).unwrap_or_default();
        if !reprint.contains("2,800") {
            return Err(Trouble::new(format!("the reprint is not whole: {reprint}")));
        }
        clerk.goes_on_to_the_next_customer().await?;
        clerk.closes_the_window().await
    });
}

/// What an administrator does, and undoes.
type Hand = fn(&PrintingService, SocketAddr) -> Result<(), PrintingServiceError>;

/// What can become of a queue behind the counter's back: how it comes, what the clerk is told, how it goes.
const TROUBLES: [(Hand, &str, Hand); 3] = [
    (
        |service, _| service.pause(QUEUE),
        "プリンター counter は、一時停止しています。印刷していません",
        |service, _| service.resume(QUEUE),
    ),
    (
        |service, _| service.stop(),
        "このパソコンの印刷のしくみが、動いていません。印刷していません",
        |service, _| service.start_again(),
    ),
    (
        |service, _| service.remove_queue(QUEUE),
        "プリンター counter が、このパソコンにありません。印刷していません",
        |service, printer| service.add_queue(QUEUE, printer),
    ),
];

#[test]
fn a_queue_that_does_not_pass_papers_on_is_said_so_and_the_paper_comes_once_it_does() {
    journey_in("printer-queue", || Shop::open()?.with_printing_service(), walk_through_queue_troubles);
}

async fn walk_through_queue_troubles(shop: &Shop) -> Result<(), Trouble> {
    let failed = |error: PrintingServiceError| Trouble::new(error.to_string());
    let printing = shop.printing.as_ref().ok_or_else(|| Trouble::new("the PC has a printing service"))?;
    let printer = VirtualPrinter::on_the_network(Build::MM80)?;
    let address = address_of(&printer)?;
    printing.add_queue(QUEUE, address).map_err(failed)?;
    let clerk = Clerk::at_a_registered_terminal(shop).await?;
    clerk.sets_a_receipt_printer_behind(QUEUE).await?;
    clerk.taps("hanako").await?;
    clerk.uses(200).await?;
    clerk.gives_the_receipt_to_the_queue().await?;
    printer.wait_for_papers(2);
    for (time, (comes, said, goes)) in (1..).zip(TROUBLES) {
        comes(printing, address).map_err(failed)?;
        clerk.prints_in_vain(said).await?;
        goes(printing, address).map_err(failed)?;
        clerk.prints_the_receipt_on_paper_again(time).await?;
    }
    // The test paper, the receipt and its three reprints: what was refused never came out.
    let papers = printer.wait_for_papers(5);
    if papers.len() != 5 {
        return Err(Trouble::new(format!("{} papers came out", papers.len())));
    }
    clerk.goes_on_to_the_next_customer().await?;
    clerk.closes_the_window().await
}
