//! `events`: cards put on and taken away, as a stream of server-sent events without a word about whose.

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, stream};
use madoguchi_terminal::{CardMove, Listening, Programs};
use madoguchi_wire::bridge::CardsLying;
use std::convert::Infallible;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// What there is to tell next.
enum Next {
    /// How many cards lie there, at the beginning and after something was missed.
    Standing,
    /// A move.
    Move,
}

/// The stream, from now until the program hangs up or is unpaired.
pub(crate) fn of(
    programs: Programs,
    listening: Listening,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let moves = programs.card_moves();
    let begin = (programs, moves, Next::Standing, listening);
    let events = stream::unfold(begin, |(programs, mut moves, next, mut listening)| async move {
        let (event, next) = match next {
            Next::Standing => (event("cards", programs.cards_lying()), Next::Move),
            Next::Move => tokio::select! {
                biased;
                () = listening.ended() => return None,
                told = following(&programs, &mut moves) => told?,
            },
        };
        listening.goes_on().then_some((Ok(event), (programs, moves, next, listening)))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn following(programs: &Programs, moves: &mut Receiver<CardMove>) -> Option<(Event, Next)> {
    match moves.recv().await {
        Ok(CardMove { inserted: true, cards }) => Some((event("card_inserted", cards), Next::Move)),
        Ok(CardMove { inserted: false, cards }) => Some((event("card_removed", cards), Next::Move)),
        Err(RecvError::Lagged(_)) => Some((event("cards", programs.cards_lying()), Next::Move)),
        Err(RecvError::Closed) => None,
    }
}

fn event(name: &str, cards: usize) -> Event {
    let event = Event::default().event(name);
    // A number is always JSON.
    event.json_data(CardsLying { cards }).unwrap_or_default()
}
