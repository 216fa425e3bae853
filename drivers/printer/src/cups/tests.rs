//! Papers through a real printing service: what reaches the printer, and what is said of a queue that does
//! not pass it on.

use super::*;
use crate::Printers;
use crate::{Roll, system_font_folders};
use jiff::civil::date;
use madoguchi_domain::language::Language;
use madoguchi_domain::receipt::{PaperLine, Receipt, ReceiptAccount, ReceiptKind};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_doubles::contract::{self, Places};
use madoguchi_port::paper::{
    Connection, PaperPrinter, PaperRoll, PrintTarget, Printed, ReceiptPrinter, SheetTarget, TicketTarget,
};
use madoguchi_virtual::printer::{Build, VirtualPrinter};
use madoguchi_virtual::printing_service::PrintingService;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::symlink;
use std::sync::mpsc::{Receiver, channel};
use tempfile::TempDir;

/// How long a paper is waited for on a busy computer.
const UNTIL_PRINTED: Duration = Duration::from_mins(1);

/// A printing service of a test's own.
struct PrintingSystem {
    service: PrintingService,
    _folder: TempDir,
}

impl PrintingSystem {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { service: PrintingService::start(folder.path()).unwrap(), _folder: folder }
    }

    fn cups(&self) -> Cups {
        Cups { server: Some(self.service.socket()), ..Cups::default() }
    }

    fn printers(&self) -> Printers {
        Printers { cups: self.cups(), ..Printers::new(&system_font_folders(), Roll::MM80) }
    }
}

/// A printer that keeps the bytes it is sent, one heap for each paper.
struct Keeper {
    address: SocketAddr,
    papers: Receiver<Vec<u8>>,
}

impl Keeper {
    fn switch_on() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (sent, papers) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut paper = Vec::new();
                stream.unwrap().read_to_end(&mut paper).unwrap();
                if sent.send(paper).is_err() {
                    return;
                }
            }
        });
        Self { address, papers }
    }

    fn next_paper(&self) -> Vec<u8> {
        self.papers.recv_timeout(UNTIL_PRINTED).unwrap()
    }
}

fn receipt() -> Vec<PaperLine> {
    let account = ReceiptAccount {
        currency: "川崎市ポイント".into(),
        before: 3_000,
        points: 1_500,
        after: 1_500,
        next_lapse: Some((500, date(2027, 3, 31))),
    };
    let receipt = Receipt {
        kind: ReceiptKind::Use,
        site: "やまだ八百屋".into(),
        at_ms: 1_795_152_720_000,
        accounts: vec![account],
        number: "20261120-15".into(),
        voided_number: None,
        merge: None,
        terminal: TerminalId::parse("12004431").unwrap(),
        masked_mykey_id: "MY****56".into(),
        staff_name: None,
        signed: false,
        printed_before: 0,
        training: false,
    };
    receipt.lines(Language::Ja)
}

fn behind(queue: &str) -> ReceiptPrinter {
    ReceiptPrinter { connection: Connection::Queue(queue.into()), roll: PaperRoll::Mm80, kanji: true }
}

#[test]
fn a_queue_keeps_the_contract() {
    let at = PrintingSystem::start();
    at.service.add_queue("shop", Keeper::switch_on().address).unwrap();
    let places =
        Places { good: PrintTarget::Queue("shop".into()), nowhere: PrintTarget::Queue("nowhere".into()) };
    contract::papers(&at.printers(), &places);
}

#[test]
fn a_receipt_printer_behind_a_queue_keeps_the_contract() {
    let at = PrintingSystem::start();
    let printer = VirtualPrinter::on_the_network(Build::MM80).unwrap();
    at.service.add_queue("shop", printer.address().unwrap()).unwrap();
    let places = Places {
        good: PrintTarget::Receipt(behind("shop")),
        nowhere: PrintTarget::Receipt(behind("nowhere")),
    };
    contract::papers(&at.printers(), &places);
    assert_eq!(printer.wait_for_papers(4).len(), 4, "a paper, two tickets and a list");
}

#[test]
fn a_receipt_reaches_its_printer_byte_for_byte() {
    let at = PrintingSystem::start();
    let keeper = Keeper::switch_on();
    at.service.add_queue("shop", keeper.address).unwrap();
    let printers = at.printers();
    let escpos = printers.escpos(&receipt(), &behind("shop")).unwrap();
    let job = printers.print("明細", &receipt(), &PrintTarget::Receipt(behind("shop")));
    assert_eq!(job, Ok(Printed::Job("shop-1".into())));
    assert!(keeper.next_paper() == escpos, "the bytes of the receipt, and no other");
}

#[test]
fn a_pdf_reaches_its_printer_byte_for_byte_under_its_title() {
    let at = PrintingSystem::start();
    let keeper = Keeper::switch_on();
    at.service.add_queue("office", keeper.address).unwrap();
    let pdf: Vec<u8> =
        b"%PDF-1.7\n".iter().copied().chain((0..200_000_u32).map(|n| n.to_le_bytes()[0])).collect();
    let job = at.cups().print("office", "明細 20261120-15", pdf.clone(), Content::Pdf);
    assert_eq!(job, Ok("office-1".to_owned()));
    assert!(keeper.next_paper() == pdf, "the bytes of the PDF, and no other");
    assert!(holds(&at.service.written_down(1).unwrap(), "明細 20261120-15".as_bytes()));
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[test]
fn a_title_cannot_pass_for_an_option_or_a_command() {
    let at = PrintingSystem::start();
    let keeper = Keeper::switch_on();
    at.service.add_queue("shop", keeper.address).unwrap();
    at.cups().print("shop", "-o raw; touch x\n`id`", b"%PDF-1.7\n".to_vec(), Content::Pdf).unwrap();
    assert_eq!(keeper.next_paper(), b"%PDF-1.7\n");
    let written = at.service.written_down(1).unwrap();
    assert!(holds(&written, b"-o raw; touch x`id`") && holds(&written, b"application/pdf"));
}

#[test]
fn a_queue_that_stands_still_is_handed_nothing_until_it_goes_on() {
    type Hand = fn(&PrintingService) -> Result<(), madoguchi_virtual::printing_service::PrintingServiceError>;
    let hands: [(Hand, Hand); 2] = [
        (|service| service.pause("shop"), |service| service.resume("shop")),
        (|service| service.reject("shop"), |service| service.accept("shop")),
    ];
    let at = PrintingSystem::start();
    let printer = VirtualPrinter::on_the_network(Build::MM80).unwrap();
    at.service.add_queue("shop", printer.address().unwrap()).unwrap();
    let (printers, target) = (at.printers(), PrintTarget::Receipt(behind("shop")));
    for (papers, (stop, go_on)) in (1..).zip(hands) {
        stop(&at.service).unwrap();
        let paused = PaperFault::QueuePaused("shop".into());
        assert_eq!(printers.ready(&target), Err(paused.clone()));
        assert_eq!(printers.print("明細", &receipt(), &target), Err(paused.clone()));
        assert!(!paused.leaves_paper_in_doubt());
        go_on(&at.service).unwrap();
        assert_eq!(printers.ready(&target), Ok(()));
        printers.print("明細", &receipt(), &target).unwrap();
        assert_eq!(printer.wait_for_papers(papers).len(), papers, "only what was wanted came out");
    }
}

#[test]
fn a_service_that_stopped_says_so_and_prints_again_once_it_is_back() {
    let at = PrintingSystem::start();
    let printer = VirtualPrinter::on_the_network(Build::MM80).unwrap();
    at.service.add_queue("shop", printer.address().unwrap()).unwrap();
    let (printers, target) = (at.printers(), PrintTarget::Receipt(behind("shop")));
    at.service.stop().unwrap();
    assert_eq!(printers.ready(&target), Err(PaperFault::NoPrintingSystem));
    assert_eq!(printers.print("明細", &receipt(), &target), Err(PaperFault::NoPrintingSystem));
    assert_eq!(printers.queues(), Err(PaperFault::NoPrintingSystem));
    at.service.start_again().unwrap();
    assert_eq!(printers.ready(&target), Ok(()));
    printers.print("明細", &receipt(), &target).unwrap();
    assert_eq!(printer.wait_for_papers(1).len(), 1);
}

#[test]
fn a_queue_removed_after_it_was_chosen_is_named_and_found_again() {
    let at = PrintingSystem::start();
    let printer = VirtualPrinter::on_the_network(Build::MM80).unwrap();
    at.service.add_queue("shop", printer.address().unwrap()).unwrap();
    let (printers, target) = (at.printers(), PrintTarget::Receipt(behind("shop")));
    assert_eq!(printers.queues(), Ok(vec!["shop".to_owned()]));
    at.service.remove_queue("shop").unwrap();
    let gone = Err(PaperFault::QueueGone("shop".into()));
    assert_eq!(printers.ready(&target), gone);
    assert_eq!(printers.print("明細", &receipt(), &target), gone.map(|()| unreachable!("it is gone")));
    at.service.add_queue("shop", printer.address().unwrap()).unwrap();
    printers.print("明細", &receipt(), &target).unwrap();
    assert_eq!(printer.wait_for_papers(1).len(), 1);
}

#[test]
fn tickets_do_not_reach_a_queue_that_stands_still() {
    let at = PrintingSystem::start();
    at.service.add_queue("office", Keeper::switch_on().address).unwrap();
    at.service.pause("office").unwrap();
    let place = TicketTarget::Sheets(madoguchi_port::paper::Sheet::A6, SheetTarget::Queue("office".into()));
    let refused = at.printers().print_tickets("ポイント券", &[], Language::Ja, &place);
    assert_eq!(refused, Err(PaperFault::QueuePaused("office".into())));
    assert!(!at.service.was_handed_a_paper(), "no job was made of it");
    at.service.resume("office").unwrap();
    at.printers().print_tickets("ポイント券", &[], Language::Ja, &place).unwrap();
    assert!(at.service.was_handed_a_paper());
}

#[test]
fn the_default_queue_comes_first() {
    let at = PrintingSystem::start();
    let keeper = Keeper::switch_on();
    for queue in ["counter", "office", "shop"] {
        at.service.add_queue(queue, keeper.address).unwrap();
    }
    at.service.make_default("shop").unwrap();
    assert_eq!(at.cups().queues().unwrap(), ["shop", "counter", "office"]);
}

#[test]
fn a_service_without_queues_has_none() {
    assert_eq!(PrintingSystem::start().cups().queues(), Ok(Vec::new()));
}

#[test]
fn a_queue_that_never_answers_is_given_up_and_leaves_the_paper_in_doubt() {
    let at = PrintingSystem::start();
    at.service.add_queue("shop", Keeper::switch_on().address).unwrap();
    // It is linked, not written: a program just written can be busy when another test forks.
    let folder = tempfile::tempdir().unwrap();
    let lp = folder.path().join("lp");
    symlink(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cups/silent-lp"), &lp).unwrap();
    let cups = Cups { lp, patience: Duration::from_secs(2), ..at.cups() };
    let silent = cups.print("shop", "明細", b"%PDF-1.7\n".to_vec(), Content::Pdf).unwrap_err();
    assert_eq!(silent, PaperFault::QueueSilent("shop".into()));
    assert!(silent.leaves_paper_in_doubt());
    let process = fs::read_to_string(folder.path().join("pid")).unwrap();
    assert!(!Path::new("/proc").join(process.trim()).exists(), "the program is not left behind");
}

#[test]
fn a_pc_without_cups_says_so() {
    let nowhere = || PathBuf::from("/nowhere/not-installed");
    let cups = Cups { lp: nowhere(), lpstat: nowhere(), ..Cups::default() };
    assert_eq!(
        cups.print("shop", "明細", b"%PDF-1.7\n".to_vec(), Content::Pdf),
        Err(PaperFault::NoPrintingSystem)
    );
    assert_eq!(cups.queues(), Err(PaperFault::NoPrintingSystem));
}

#[test]
fn only_what_lp_says_of_a_job_is_a_job() {
    assert_eq!(job_name("request id is shop-12 (0 file(s))\n"), Some("shop-12"));
    assert_eq!(job_name(""), None);
    assert_eq!(job_name("something else"), None);
}

#[test]
fn only_the_queue_itself_stands_still() {
    let said =
        "shop not accepting requests since Sat 21 Nov 2026 -\n\tPaused\nprinter shop2 disabled since Sat -\n";
    assert!(stands_still("shop", said) && stands_still("shop2", said));
    assert!(!stands_still("hop", said) && !stands_still("sho", said) && !stands_still("office", said));
}
