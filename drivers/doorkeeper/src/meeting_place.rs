//! Where a doorkeeper and the counter that runs find each other, and what passes between them there.

use rustix::cmsg_space;
use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage,
    SendFlags, recvmsg, sendmsg,
};
use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::net::TcpListener;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;

/// In the folder that the system makes for this user's session and that nobody else may enter.
const FILE: &str = "madoguchi-bridge.sock";
/// What a port is handed over with: a message needs a byte.
const WITH: &[u8] = &[1];

/// The meeting place of this user's session; none where the session has no folder of its own.
pub fn meeting_place() -> Option<PathBuf> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    runtime.filter(|folder| folder.is_absolute()).map(|folder| folder.join(FILE))
}

/// Hands a port over. The giver keeps it, too.
pub(crate) fn give(to: &UnixStream, port: &TcpListener) -> io::Result<()> {
    let ports = [port.as_fd()];
    let mut room = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
    let mut beside = SendAncillaryBuffer::new(&mut room);
    if !beside.push(SendAncillaryMessage::ScmRights(&ports)) {
        return Err(io::ErrorKind::OutOfMemory.into());
    }
    sendmsg(to, &[IoSlice::new(WITH)], &mut beside, SendFlags::NOSIGNAL)?;
    Ok(())
}

/// Takes the port that is handed over; none where whoever came hands over none.
pub(crate) fn take(from: &UnixStream) -> io::Result<Option<TcpListener>> {
    let mut with = [0];
    let mut room = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
    let mut beside = RecvAncillaryBuffer::new(&mut room);
    recvmsg(from, &mut [IoSliceMut::new(&mut with)], &mut beside, RecvFlags::CMSG_CLOEXEC)?;
    let given = beside.drain().find_map(|message| match message {
        RecvAncillaryMessage::ScmRights(mut ports) => ports.next(),
        _ => None,
    });
    Ok(given.map(TcpListener::from))
}
