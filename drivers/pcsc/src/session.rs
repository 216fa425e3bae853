//! A conversation with one card, on a thread of its own.
//!
//! Beginning a transaction and transmitting block in the PC/SC service without any limit; the
//! thread lets the caller give up after one. It also holds the transaction as a borrow of the card,
//! so that it cannot outlive it. Handing a command over costs a few microseconds.

use crate::fault::from_pcsc;
use crate::under_way::{self, UnderWay};
use madoguchi_port::apdu::{ResponseApdu, loggable};
use madoguchi_port::fault::CardFault;
use madoguchi_port::reader::ReaderName;
use madoguchi_port::session::{CardSession, Disposition, Sharing};
use pcsc::{Card, Context, Error, MAX_BUFFER_SIZE_EXTENDED, Protocols, Scope, ShareMode, Transaction};
use std::ffi::{CStr, CString};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// How long another program may keep the card before we say that it is busy.
const PATIENCE_WITH_OTHERS: Duration = Duration::from_secs(3);
/// How long opening may take, powering the card up included.
const OPEN_LIMIT: Duration = Duration::from_secs(6);
/// How long a card may think about one command. Signing takes about one second.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);
/// The first wait for another program; doubled each time.
const FIRST_WAIT: Duration = Duration::from_millis(20);
/// How often a card that others reset meanwhile is connected anew.
const RECONNECTS: u32 = 3;

/// What the thread of a conversation is told.
pub(crate) enum Order {
    // A command may hold a PIN.
    Transmit(Zeroizing<Vec<u8>>),
    End(Disposition),
}

type Answer = Result<ResponseApdu, CardFault>;

/// A connected card inside a transaction.
pub(crate) struct PcscSession {
    /// `None` once the card has not answered in time: what it says later belongs to no question.
    orders: Option<Arc<Sender<Order>>>,
    answers: Receiver<Answer>,
    ended: Receiver<Result<(), CardFault>>,
}

impl PcscSession {
    pub(crate) fn open(reader: &ReaderName, sharing: Sharing) -> Result<Self, CardFault> {
        let name = CString::new(reader.0.as_str()).map_err(|_| CardFault::ReaderGone)?;
        let (orders, ordered) = channel();
        let (answered, answers) = channel();
        let (opened, open) = channel();
        let (end, ended) = channel();
        let orders = Arc::new(orders);
        let way_in = Arc::downgrade(&orders);
        thread::spawn(move || {
            let conversation = Conversation { opened: &opened, ordered, answered, orders: way_in };
            let outcome = hold(&name, sharing, &conversation);
            if let Err(fault) = &outcome {
                // Heard where it fails to open; afterwards nobody listens here.
                let _ = opened.send(Err(fault.clone()));
            }
            // Nobody listens where the session was dropped.
            let _ = end.send(outcome);
        });
        // A thread that comes too late finds nobody and leaves the card.
        open.recv_timeout(OPEN_LIMIT).unwrap_or(Err(CardFault::CardBusy))?;
        Ok(Self { orders: Some(orders), answers, ended })
    }
}

impl CardSession for PcscSession {
    fn transmit(&mut self, command: &[u8]) -> Answer {
        let orders = self.orders.as_ref().ok_or(CardFault::Unresponsive)?;
        let order = Order::Transmit(Zeroizing::new(command.to_vec()));
        orders.send(order).map_err(|_| CardFault::Unresponsive)?;
        let Ok(answer) = self.answers.recv_timeout(ANSWER_LIMIT) else {
            self.orders = None;
            return Err(CardFault::Unresponsive);
        };
        tracing::trace!(command = loggable(command), ?answer, "APDU");
        answer
    }

    fn end(self: Box<Self>, disposition: Disposition) -> Result<(), CardFault> {
        let orders = self.orders.ok_or(CardFault::Unresponsive)?;
        orders.send(Order::End(disposition)).map_err(|_| CardFault::Unresponsive)?;
        self.ended.recv_timeout(ANSWER_LIMIT).unwrap_or(Err(CardFault::Unresponsive))
    }
}

/// The thread's ends of the channels.
struct Conversation<'a> {
    opened: &'a Sender<Result<(), CardFault>>,
    ordered: Receiver<Order>,
    answered: Sender<Answer>,
    /// How the end of the process gets in a word.
    orders: Weak<Sender<Order>>,
}

/// A connection that powers the card down unless it is closed otherwise. Left alone, PC/SC would
/// only reset the card, and a verified PIN outlives a reset.
struct Connection(Option<Card>);

impl Connection {
    fn close(mut self, disposition: pcsc::Disposition) -> Result<(), CardFault> {
        let Some(card) = self.0.take() else { return Ok(()) };
        match card.disconnect(disposition).map_err(|(_card, error)| from_pcsc(error)) {
            // A card off its reader has no power.
            Ok(()) | Err(CardFault::CardRemoved | CardFault::NoCard | CardFault::ReaderGone) => Ok(()),
            Err(fault) => Err(fault),
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(card) = self.0.take()
            && let Err((_card, error)) = card.disconnect(pcsc::Disposition::UnpowerCard)
        {
            tracing::warn!(%error, "a card could not be powered down");
        }
    }
}

/// Connects, converses, disconnects.
fn hold(reader: &CStr, sharing: Sharing, conversation: &Conversation<'_>) -> Result<(), CardFault> {
    // Stands above the connection, so that it is over only when the card has been let go of.
    let mut under_way = None;
    let context = Context::establish(Scope::User).map_err(from_pcsc)?;
    let mut connection = Connection(Some(connect(&context, reader, sharing)?));
    let card = connection.0.as_mut().ok_or(CardFault::Unresponsive)?;
    match converse(card, sharing, conversation, &mut under_way) {
        Ok(disposition) => connection.close(disposition),
        Err(fault) => {
            // No transaction was begun: whatever is verified was not verified by us.
            connection.close(pcsc::Disposition::LeaveCard)?;
            Err(fault)
        }
    }
}

/// Connects; while another program keeps the card, again and again for a while.
fn connect(context: &Context, reader: &CStr, sharing: Sharing) -> Result<Card, CardFault> {
    let deadline = Instant::now() + PATIENCE_WITH_OTHERS;
    let mut wait = FIRST_WAIT;
    loop {
        match context.connect(reader, share_mode(sharing), Protocols::ANY) {
            Ok(card) => return Ok(card),
            Err(Error::SharingViolation) if Instant::now() + wait < deadline => thread::sleep(wait),
            Err(error) => return Err(from_pcsc(error)),
        }
        wait *= 2;
    }
}

/// Obeys orders inside a transaction, and says how the card shall be left.
fn converse(
    card: &mut Card,
    sharing: Sharing,
    conversation: &Conversation<'_>,
    under_way: &mut Option<UnderWay>,
) -> Result<pcsc::Disposition, CardFault> {
    let transaction = begin(card, sharing)?;
    *under_way = under_way::begin(&conversation.orders);
    if under_way.is_none() || conversation.opened.send(Ok(())).is_err() {
        return Ok(pcsc::Disposition::LeaveCard);
    }
    let mut buffer = vec![0; MAX_BUFFER_SIZE_EXTENDED];
    while let Ok(order) = conversation.ordered.recv() {
        match order {
            Order::Transmit(command) => {
                let answer = transmit(&transaction, &command, &mut buffer);
                if conversation.answered.send(answer).is_err() {
                    break;
                }
            }
            Order::End(Disposition::Leave) => return Ok(pcsc::Disposition::LeaveCard),
            Order::End(Disposition::Unpower) => break,
        }
    }
    Ok(pcsc::Disposition::UnpowerCard)
}

/// Begins a transaction. A card that others reset or powered down since we connected is connected
/// anew.
fn begin(mut card: &mut Card, sharing: Sharing) -> Result<Transaction<'_>, CardFault> {
    for _ in 0..RECONNECTS {
        match card.transaction2() {
            Ok(transaction) => return Ok(transaction),
            Err((same, Error::ResetCard | Error::UnpoweredCard)) => {
                card = same;
                card.reconnect(share_mode(sharing), Protocols::ANY, pcsc::Disposition::LeaveCard)
                    .map_err(from_pcsc)?;
            }
            Err((_, error)) => return Err(from_pcsc(error)),
        }
    }
    Err(CardFault::CardBusy)
}

fn transmit(card: &Card, command: &[u8], buffer: &mut [u8]) -> Answer {
    let answer = card.transmit(command, buffer).map_err(from_pcsc)?;
    // Some services report success and nothing else when the card is taken away.
    ResponseApdu::parse(answer.to_vec()).ok_or(CardFault::CardRemoved)
}

fn share_mode(sharing: Sharing) -> ShareMode {
    match sharing {
        Sharing::Shared => ShareMode::Shared,
        Sharing::Exclusive => ShareMode::Exclusive,
    }
}
