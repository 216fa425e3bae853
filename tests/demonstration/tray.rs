//! The card tray: a small window beside the counter's, with the sample cards and what can go wrong.

use gtk::prelude::*;
use gtk::{gdk, glib};
use madoguchi_tests::scene::line::Passage;
use madoguchi_tests::scene::program::Program;
use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::shop::Shop;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// How often the tray looks whether cloud, window and cards are as it shows them.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Pixels between the tray and the screen's edges.
const FROM_THE_EDGE: i32 = 32;
/// Ctrl-C and a polite end.
const ENDING_SIGNALS: [i32; 2] = [2, 15];
/// The command of a reading at which a card leaves: after SELECT, with the certificate on its way.
const IN_THE_MIDDLE: u32 = 2;

/// What the tray moves.
struct Tray {
    shop: Shop,
    window: RefCell<Option<Program>>,
}

/// Shows the tray until it is closed or the program is asked to end.
pub(crate) fn stand_beside(shop: Shop, window: Program) {
    let tray = Rc::new(Tray { shop, window: RefCell::new(Some(window)) });
    let frame = gtk::Window::new(gtk::WindowType::Toplevel);
    frame.set_title("カード置き場 – card tray");
    frame.set_default_size(360, -1);
    let column = gtk::Box::new(gtk::Orientation::Vertical, 8);
    column.set_border_width(16);
    column.add(&cards(&tray));
    column.add(&troubles(&tray));
    frame.add(&column);
    frame.connect_destroy(|_| gtk::main_quit());
    for signal in ENDING_SIGNALS {
        glib::unix_signal_add_local(signal, || {
            gtk::main_quit();
            glib::ControlFlow::Break
        });
    }
    frame.show_all();
    put_at_the_right_edge(&frame);
    gtk::main();
}

/// The counter's window opens in the middle; the tray stays in sight beside or over it.
fn put_at_the_right_edge(frame: &gtk::Window) {
    frame.set_keep_above(true);
    let monitor = gdk::Display::default().and_then(|display| display.primary_monitor());
    if let Some(monitor) = monitor {
        let (width, _) = frame.size();
        frame.move_(monitor.geometry().width() - width - FROM_THE_EDGE, FROM_THE_EDGE);
    }
}

/// One button a card: on the reader, or off it.
fn cards(tray: &Rc<Tray>) -> gtk::Box {
    let column = headed("カード / cards");
    for (id, name) in tray.shop.reader.cards().unwrap_or_default() {
        let button = gtk::ToggleButton::new();
        let on_it = {
            let id = id.clone();
            move |tray: &Tray| tray.card_on_the_reader().as_deref() == Some(&id)
        };
        let label =
            move |on: bool| format!("{name}\n{}", if on { "取る / take off" } else { "置く / put on" });
        let toggle = move |tray: &Tray, on: bool| {
            if on { tray.shop.reader.put_on(&id) } else { tray.shop.reader.take_off() }
        };
        follow(tray, &button, on_it, label, toggle);
        column.add(&button);
    }
    let leaves = gtk::CheckButton::with_label("読み取りの途中で離れる\nleave in the middle of reading");
    let shared = Rc::clone(tray);
    leaves.connect_toggled(move |leaves| {
        let reader = &shared.shop.reader;
        report(if leaves.is_active() { reader.cards_leave_at(IN_THE_MIDDLE) } else { reader.cards_stay() });
    });
    column.add(&leaves);
    column
}

/// What can go wrong at a counter, one switch each.
fn troubles(tray: &Rc<Tray>) -> gtk::Box {
    let column = headed("クラウドと回線 / cloud and line");
    let cloud = gtk::ToggleButton::new();
    follow(
        tray,
        &cloud,
        |tray| tray.shop.cloud.runs(),
        |runs| {
            if runs {
                "クラウドを止める / stop the cloud"
            } else {
                "クラウドを動かす / start the cloud"
            }
            .to_owned()
        },
        |tray, run| if run { tray.shop.cloud.start() } else { tray.shop.cloud.stop() },
    );
    column.add(&cloud);
    let line = gtk::CheckButton::with_label("クラウドの返事が届かない\nthe cloud's answers are lost");
    let shared = Rc::clone(tray);
    line.connect_toggled(move |lost| {
        let passage = if lost.is_active() { Passage::AnswersLost } else { Passage::Open };
        shared.shop.line.becomes(passage);
    });
    column.add(&line);
    let window = gtk::ToggleButton::new();
    follow(
        tray,
        &window,
        |tray| tray.window.borrow_mut().as_mut().is_some_and(Program::runs),
        |open| {
            if open {
                "窓口の電源を切る / cut the power"
            } else {
                "窓口を開く / open the window"
            }
            .to_owned()
        },
        Tray::switch_window,
    );
    column.add(&window);
    column
}

impl Tray {
    fn card_on_the_reader(&self) -> Option<String> {
        self.shop.reader.card_on_it().ok().flatten()
    }

    fn switch_window(&self, open: bool) -> Result<(), Trouble> {
        let window = if open { Some(self.shop.pc.start_window()?) } else { None };
        self.window.replace(window);
        Ok(())
    }
}

/// Keeps a button as things are, and changes things when a person presses it.
fn follow(
    tray: &Rc<Tray>,
    button: &gtk::ToggleButton,
    state: impl Fn(&Tray) -> bool + 'static,
    label: impl Fn(bool) -> String + 'static,
    toggle: impl Fn(&Tray, bool) -> Result<(), Trouble> + 'static,
) {
    let pressed = Rc::clone(tray);
    let handler = button.connect_toggled(move |button| report(toggle(&pressed, button.is_active())));
    let looked_at = Rc::clone(tray);
    let shown = button.clone();
    let look = move || {
        let is = state(&looked_at);
        shown.set_label(&label(is));
        // Only a person's press changes things.
        shown.block_signal(&handler);
        shown.set_active(is);
        shown.unblock_signal(&handler);
        glib::ControlFlow::Continue
    };
    look();
    glib::timeout_add_local(LOOK_EVERY, look);
}

fn headed(words: &str) -> gtk::Box {
    let column = gtk::Box::new(gtk::Orientation::Vertical, 8);
    let head = gtk::Label::new(Some(words));
    head.set_xalign(0.0);
    column.add(&head);
    column
}

fn report(outcome: Result<(), Trouble>) {
    if let Err(trouble) = outcome {
        eprintln!("{trouble}");
    }
}
