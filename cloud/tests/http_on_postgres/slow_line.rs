//! The line to a database server, which can be slow: whatever is asked waits a second before it goes on. The
//! cloud finds it where it would find the server's own socket.

use madoguchi_postgres::Server;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};

/// What PostgreSQL calls its socket in a folder.
const SOCKET: &str = ".s.PGSQL.5432";
/// What each question waits, while the line is slow.
const A_SECOND: Duration = Duration::from_secs(1);
/// More than any question here has.
const MOST_AT_ONCE: usize = 1 << 20;

/// A line to a server.
pub(crate) struct SlowLine {
    folder: TempDir,
    is_slow: Arc<AtomicBool>,
}

impl SlowLine {
    /// Lays a line that is as quick as the server.
    pub(crate) fn to(server: &Server) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(SOCKET)).unwrap();
        let (server, is_slow) = (server.folder().join(SOCKET), Arc::new(AtomicBool::new(false)));
        let slow = Arc::clone(&is_slow);
        tokio::spawn(async move {
            while let Ok((cloud, _)) = listener.accept().await {
                tokio::spawn(pass_on(cloud, server.clone(), Arc::clone(&slow)));
            }
        });
        Self { folder, is_slow }
    }

    /// The address of one of the server's databases, by this line.
    pub(crate) fn leads_to(&self, address: &str) -> String {
        let (_, database) = address.rsplit_once('/').unwrap();
        let folder = self.folder.path().to_str().unwrap().replace('/', "%2F");
        format!("postgres://madoguchi@{folder}:5432/{database}")
    }

    /// From now on.
    pub(crate) fn becomes_slow(&self) {
        self.is_slow.store(true, Ordering::SeqCst);
    }

    /// From now on.
    pub(crate) fn recovers(&self) {
        self.is_slow.store(false, Ordering::SeqCst);
    }
}

/// Until either side hangs up.
async fn pass_on(cloud: UnixStream, server: PathBuf, is_slow: Arc<AtomicBool>) {
    let Ok(server) = UnixStream::connect(server).await else { return };
    let (mut from_cloud, mut to_cloud) = cloud.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let asking = async {
        let mut asked = vec![0; MOST_AT_ONCE];
        while let Ok(length @ 1..) = from_cloud.read(&mut asked).await {
            if is_slow.load(Ordering::SeqCst) {
                tokio::time::sleep(A_SECOND).await;
            }
            if to_server.write_all(&asked[..length]).await.is_err() {
                break;
            }
        }
    };
    tokio::select! {
        () = asking => {}
        _ = tokio::io::copy(&mut from_server, &mut to_cloud) => {}
    }
}
