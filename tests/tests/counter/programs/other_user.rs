//! Another user of the same PC, with the very token of the paired program: hung up on without a word.

use super::library::Library;
use std::os::unix::fs::MetadataExt;
use std::process::{Command, Output};

/// A user of this computer, made for one test.
struct OtherUser(String);

impl OtherUser {
    /// `None` where this process may make none: that is for root.
    fn make() -> Option<Self> {
        let may = std::fs::metadata("/proc/self").is_ok_and(|ourselves| ourselves.uid() == 0);
        let name = format!("madoguchi-{}", std::process::id());
        let made = || Command::new("useradd").args(["--system", "--no-create-home", &name]).status().unwrap();
        if !may {
            eprintln!("not run: only root makes another user");
            return None;
        }
        assert!(made().success(), "useradd");
        Some(Self(name))
    }

    fn asks(&self, url: &str, token: &str) -> Output {
        curl(Command::new("runuser").args(["-u", &self.0, "--", "curl"]), url, token)
    }
}

impl Drop for OtherUser {
    fn drop(&mut self) {
        let _ = Command::new("userdel").arg(&self.0).status();
    }
}

fn curl(command: &mut Command, url: &str, token: &str) -> Output {
    command
        .args(["--silent", "--max-time", "30", "--write-out", "%{http_code}", url])
        .args(["--header", &format!("Authorization: Bearer {token}")])
        .args(["--json", r#"{"wait_s":5}"#])
        .output()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_user_of_the_pc_learns_nothing_even_with_the_token() {
    let Some(other) = OtherUser::make() else { return };
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    library.puts_on("taro");
    let url = format!("http://{}/v1/read_card", program.address());
    let token = program.token.clone();
    let (own, others) = tokio::task::spawn_blocking(move || {
        (curl(&mut Command::new("curl"), &url, &token), other.asks(&url, &token))
    })
    .await
    .unwrap();
    let heard = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(heard(&own).contains("0012345678"), "{own:?}");
    assert!(!others.status.success(), "{others:?}");
    assert_eq!(heard(&others), "000", "not one byte of an answer");
}
