//! One HTTP/1.1 connection, kept open.

use crate::Trouble;
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::Pin;
use tokio::net::TcpStream;

/// What every use that took place is answered with.
const DONE: &[u8] = br#""outcome":"done""#;

/// An open connection.
pub(super) struct Connection {
    sender: SendRequest<String>,
    answer: Vec<u8>,
}

impl Connection {
    pub(super) async fn open(cloud: SocketAddr) -> Result<Self, Trouble> {
        let stream = TcpStream::connect(cloud).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // What breaks it is seen by the request that needs it.
        tokio::spawn(connection);
        Ok(Self { sender, answer: Vec::with_capacity(1024) })
    }

    /// Sends a request and reads the whole answer, which must say that it was done.
    pub(super) async fn send(&mut self, request: Request<String>) -> Result<(), Trouble> {
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await?;
        let status = response.status();
        self.read(response.into_body()).await?;
        let is_done = status == StatusCode::OK && self.answer.windows(DONE.len()).any(|part| part == DONE);
        if is_done {
            Ok(())
        } else {
            Err(format!("answered {status}: {}", String::from_utf8_lossy(&self.answer)).into())
        }
    }

    async fn read(&mut self, mut body: Incoming) -> Result<(), Trouble> {
        self.answer.clear();
        while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            if let Ok(bytes) = frame?.into_data() {
                self.answer.extend_from_slice(&bytes);
            }
        }
        Ok(())
    }
}
