//! The loopback API in the foreground, until this program is told to end (Ctrl-C, or the system's word for it).

use crate::at_counter::AtCounter;
use crate::command_line::Telling;
use crate::outcome::{Outcome, both};
use madoguchi_bridge::{HeldPort, keep_open};
use madoguchi_domain::language::Language;
use madoguchi_peer::SystemPeers;
use madoguchi_wire::bridge::PORT;
use madoguchi_wire::failure::{Bilingual, Failure};
use madoguchi_wire::window::{BridgeShown, OfferPairingArguments, PairingNamed, PairingShown};
use std::sync::Arc;

/// Serves. What a person or a script must know before it ends is told at once.
pub(crate) async fn serve(
    at: &AtCounter,
    pairing: Option<OfferPairingArguments>,
    telling: Telling,
    language: Language,
) -> Result<Outcome, Failure> {
    let serving = keep_open(PORT, HeldPort::by_nobody(), at.counter.programs(), Arc::new(SystemPeers));
    let offer = async {
        let shown = match pairing {
            Some(pairing) => at.counter.offer_pairing(pairing).await?,
            None => at.counter.look_at_bridge().await?,
        };
        let code = shown.offered.as_ref().map(|offered| format!(" {}", offered.code)).unwrap_or_default();
        let line = format!("{}{code}", shown.address);
        Outcome::done(&shown, vec![line.into()]).tell(telling.json, language);
        std::future::pending::<Result<Outcome, Failure>>().await
    };
    tokio::select! {
        () = serving => Ok(ended()),
        failed = offer => failed,
        () = told_to_end() => Ok(ended()),
    }
}

/// The programs that are paired.
pub(crate) async fn pairings(at: &AtCounter) -> Result<Outcome, Failure> {
    Ok(paired(&at.counter.look_at_bridge().await?))
}

/// Takes a pairing away.
pub(crate) async fn unpair(at: &AtCounter, pairing: u32) -> Result<Outcome, Failure> {
    Ok(paired(&at.counter.unpair(PairingNamed { pairing }).await?))
}

fn paired(shown: &BridgeShown) -> Outcome {
    let line = |paired: &PairingShown| Bilingual::from(format!("{} {}", paired.pairing, paired.name));
    Outcome::done(shown, shown.pairings.iter().map(line).collect())
}

fn ended() -> Outcome {
    Outcome::done(&(), vec![both("終わりました。", "Ended.")])
}

#[cfg(unix)]
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn told_to_end() {
    let _ = tokio::signal::ctrl_c().await;
}
