//! A port that the system holds for the counter: asked for, handed over, given back (docs/bridge.md).

use super::library::Library;
use madoguchi_bridge::{HeldPort, keep_closed, keep_open};
use madoguchi_peer::SystemPeers;
use madoguchi_wire::window::BridgeStanding;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

const LIMIT: Duration = Duration::from_mins(1);

async fn stands(library: &Library, wanted: BridgeStanding) {
    let stands = async {
        while library.at.counter.look_at_bridge().await.unwrap().standing != wanted {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(LIMIT, stands).await.unwrap_or_else(|_| panic!("it never stands {wanted:?}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_asked_for_once_answered_on_while_it_is_handed_over_and_then_the_systems_again() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    library.puts_on("taro");
    let systems = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = systems.local_addr().unwrap();
    let (teller, held) = HeldPort::asked_for_by(|| {
        ASKED.fetch_add(1, Ordering::Relaxed);
    });
    let programs = library.at.counter.programs();
    let open = tokio::spawn(keep_open(address.port(), held, programs, Arc::new(SystemPeers)));

    stands(&library, BridgeStanding::PortTaken).await;
    assert_eq!(ASKED.load(Ordering::Relaxed), 1);
    // The call comes before the port does, and waits in it.
    let calling = tokio::spawn(async move { program.at(address).reads(10).await });
    teller.tell(Some(systems.try_clone().unwrap()));
    assert_eq!(calling.await.unwrap().1["number"], "0012345678");
    stands(&library, BridgeStanding::Open).await;

    teller.tell(None);
    stands(&library, BridgeStanding::PortTaken).await;
    assert_eq!(ASKED.load(Ordering::Relaxed), 2);
    drop(systems);
    stands(&library, BridgeStanding::Open).await;
    open.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_may_ask_callers_at_the_systems_port_are_hung_up_on() {
    let systems = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = systems.local_addr().unwrap();
    let (teller, held) = HeldPort::asked_for_by(|| ());
    let closed = tokio::spawn(keep_closed(held));
    let mut call = TcpStream::connect(address).await.unwrap();
    teller.tell(Some(systems));
    let heard = tokio::time::timeout(LIMIT, call.read_to_end(&mut Vec::new())).await.expect("hung up on");
    assert!(!heard.is_ok_and(|bytes| bytes > 0));
    closed.abort();
}
