//! `madoguchi-cloud` as an operator has it: a process, its output, its exit code.

use crate::actors::{Device, Line, Terminal, Town, a_key, soon};
use crate::place::on_postgres;
use crate::process::{Process, prints, run, settle};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::RegisterTerminalRequest;
use serde_json::json;
use std::path::Path;
use std::process::Command;

fn a_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    settle(folder.path());
    folder
}

fn a_municipality(folder: &Path) -> (String, String) {
    prints(folder, &["municipality", "add", "141305", "川崎市"]);
    assert_eq!(prints(folder, &["currency", "add", "municipal", "141305", "川崎市ポイント"]), "141305 1\n");
    let site = prints(folder, &["site", "add", "141305", "やまだ八百屋"]);
    let site = site.trim();
    let kind = "point_use_counter";
    let handed_out =
        prints(folder, &["terminal", "add", "--municipality", "141305", "--site", site, "--kind", kind]);
    let (id, password) = handed_out.trim().split_once(' ').unwrap();
    (id.to_owned(), password.to_owned())
}

async fn registered(line: &Line, id: &str, password: &str) -> Terminal {
    let mut terminal = Terminal::new(line, TerminalId::parse(id).unwrap());
    terminal.device = Device::named("the shop's PC");
    let request = RegisterTerminalRequest { password: password.to_owned(), ..terminal.registration() };
    assert!(terminal.post("register_terminal", &request).await.status.is_success());
    terminal.goes_on().await;
    assert!(terminal.signs_in_with(password).await.status.is_success());
    terminal
}

#[tokio::test]
async fn an_operator_sets_up_a_town_and_a_shop_takes_its_points() {
    let folder = a_folder();
    let (id, password) = a_municipality(folder.path());
    assert_eq!((id.len(), password.len()), (8, 9));
    let town = Town::open().await;
    let hanako = town.resident().await;
    drop(town);
    let cloud = Process::serves(folder.path());
    let shop = registered(&cloud.line, &id, &password).await;
    assert_eq!(shop.looks_up(&hanako).await.code(), (404, ErrorCode::CardWithoutMykeyId));
    assert_eq!(shop.resolves(a_key()).await.refused(), madoguchi_wire::terminal_api::Refusal::Abandoned);

    // Beside the running server, by other processes.
    let card = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/cards/hanako/auth.crt.pem");
    prints(folder.path(), &["person", "add", "HANAKO01", card]);
    let day = ["--last-day", "2099-03-31"];
    let grant = ["grant", "HANAKO01", "2,000", "--book", "141305", "--program", "健康づくり事業"];
    prints(folder.path(), &[&grant[..], &day[..]].concat());
    let key = ["--key", "0193a5b0-0000-7000-8000-000000000001"];
    let again = [&["grant", "HANAKO01", "1000", "--book", "141305", "--program", "p"][..], &key[..]].concat();
    assert_eq!(prints(folder.path(), &again), prints(folder.path(), &again), "one key grants once");
    assert_eq!(
        prints(folder.path(), &["balances", "HANAKO01", "--reason", "a question"]),
        "川崎市ポイント 3000\n  2000 2099-03-31\n  1000 -\n"
    );
    let statement = ["--book", "141305", "--from", "2020-01-01", "--to", "2099-12-31"];
    let lines = [&["statement", "HANAKO01", "--reason", "a question"][..], &statement[..]].concat();
    let lines = prints(folder.path(), &lines);
    assert_eq!(lines.lines().count(), 2, "{lines}");
    assert_eq!(shop.resolves(a_key()).await.refused(), madoguchi_wire::terminal_api::Refusal::Abandoned);
    assert!(prints(folder.path(), &["check-books"]).contains("book 141305"));
}

#[tokio::test]
async fn suspending_and_releasing_by_command_reach_a_running_server() {
    let folder = a_folder();
    let (id, password) = a_municipality(folder.path());
    let cloud = Process::serves(folder.path());
    let shop = registered(&cloud.line, &id, &password).await;
    let asking_is =
        async |expected| soon(expected, async || shop.post("list_operations", &json!({})).await).await;
    asking_is(None).await;
    prints(folder.path(), &["terminal", "suspend", &id]);
    asking_is(Some(ErrorCode::TerminalSuspended)).await;
    prints(folder.path(), &["terminal", "resume", &id]);
    asking_is(Some(ErrorCode::SignInNeeded)).await;
    prints(folder.path(), &["municipality", "sign-in", "141305", "--every", "never"]);
    asking_is(None).await;
    prints(folder.path(), &["municipality", "sign-in", "141305", "--staff-name", "optional"]);
    asking_is(Some(ErrorCode::SignInNeeded)).await;
    assert!(shop.signs_in_with(&password).await.status.is_success());
    asking_is(None).await;
    prints(folder.path(), &["terminal", "functions", &id, "own_totals"]);
    asking_is(Some(ErrorCode::FunctionNotAllowed)).await;
    let handed_out = prints(folder.path(), &["terminal", "release", &id]);
    asking_is(Some(ErrorCode::SessionEnded)).await;
    assert_ne!(handed_out, format!("{id} {password}\n"));
    prints(folder.path(), &["terminal", "delete", &id]);
    assert_eq!(shop.opens_session().await.code(), (401, ErrorCode::RegistrationEnded));
}

#[tokio::test]
async fn told_to_end_it_finishes_and_leaves_one_whole_file() {
    let folder = a_folder();
    let (id, password) = a_municipality(folder.path());
    let cloud = Process::serves(folder.path());
    let shop = registered(&cloud.line, &id, &password).await;
    shop.resolves(a_key()).await.refused();
    let (status, _) = cloud.told_to_end().await;
    assert!(status.success(), "{status}");
    let log = folder.path().join("cloud.sqlite-wal");
    assert!(on_postgres() || !log.exists(), "the log was not copied into the file");
}

#[tokio::test]
async fn whatever_it_logs_is_nobodys_secret_and_nobodys_name() {
    let folder = a_folder();
    let (id, password) = a_municipality(folder.path());
    let town = Town::open().await;
    let stranger = town.resident().await;
    prints(folder.path(), &["site", "takes-tickets", "1", "yes"]);
    let cloud = Process::serves_and_tells_all(folder.path());
    let shop = registered(&cloud.line, &id, &password).await;
    shop.looks_up(&stranger).await.problem();
    // Twelve digits that may be somebody's My Number, typed and in a code.
    shop.clears_typed("123456789018").now().await.refused();
    shop.clears("T1.141305.210987654321.1.0123456789ABCDEF").now().await.refused();
    shop.begins_registration("wrong2345").await.problem();
    shop.signs_in_with("wrong6789").await.problem();
    shop.signs_in_as("佐藤 次郎").await.problem();
    shop.post_text("use_points", "{ \"key\": \"nonsense-from-a-form\"").await.problem();
    let contact = shop.registration().contact;
    let token = shop.token.clone().unwrap();
    let (_, log) = cloud.told_to_end().await;

    let log = log.join("\n");
    assert!(log.contains("C-107") && log.contains("T-101") && log.contains(&id), "{log}");
    let card = stranger.card();
    for secret in [
        &password,
        "wrong2345",
        "wrong6789",
        "佐藤",
        &token,
        &card.serial,
        &card.issuer,
        "nonsense-from-a-form",
        "123456789018",
        "210987654321",
        "0123456789ABCDEF",
        &contact.staff_name,
        &contact.mail,
        &contact.phone,
    ] {
        assert!(!log.contains(secret), "{secret} stands in the log:\n{log}");
    }
}

#[tokio::test]
async fn it_takes_tls_itself() {
    let folder = a_folder();
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
        ])
        .args(["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .args(["-keyout", "key.pem", "-out", "chain.pem"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let settings = folder.path().join("cloud.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, format!("{text}[tls]\ncertificate = 'chain.pem'\nkey = 'key.pem'\n")).unwrap();
    let cloud = Process::serves(folder.path());
    // A client that never finishes its handshake keeps nobody waiting.
    let _silent = std::net::TcpStream::connect(cloud.line.address).unwrap();
    let trusted = std::fs::read(folder.path().join("chain.pem")).unwrap();
    let trusting = reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(&trusted).unwrap()])
        .build()
        .unwrap();
    let health = format!("https://{}/health", cloud.line.address);
    assert!(trusting.get(&health).send().await.unwrap().status().is_success());
    assert!(reqwest::Client::new().get(&health).send().await.is_err(), "an unknown authority is not trusted");
    let in_the_clear = format!("http://{}/health", cloud.line.address);
    assert!(trusting.get(&in_the_clear).send().await.is_err());
}

#[test]
fn what_would_be_unsafe_does_not_start() {
    let folder = a_folder();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let refusal = |arguments: &[&str]| {
        let output = run(folder.path(), arguments);
        assert!(!output.status.success(), "{arguments:?} started");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refusal(&["serve", "--listen", "0.0.0.0:0"]).contains("needs TLS"));
    assert!(refusal(&["serve", "--demo", "--listen", "0.0.0.0:0"]).contains("this computer only"));
    assert!(refusal(&["serve", "--key-file", "cloud.toml"]).contains("0600"));
    assert!(refusal(&["keys", "make", "kek"]).contains("exists"));

    let anchors = folder.path().join("anchors");
    std::fs::create_dir(&anchors).unwrap();
    std::fs::copy(fixtures.join("ca/auth-ca.crt.pem"), anchors.join("ca.pem")).unwrap();
    let settings = folder.path().join("cloud.toml");
    let text = format!("trust_anchors = 'anchors'\n{}", std::fs::read_to_string(&settings).unwrap());
    std::fs::write(&settings, text).unwrap();
    assert!(refusal(&["serve"]).contains("published test authority"));
}

#[test]
fn an_example_is_taken_in_by_command() {
    let folder = a_folder();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/demo/kawasaki.toml");
    prints(folder.path(), &["demo", "seed", file]);
    prints(folder.path(), &["demo", "seed", file]);
    let balances = prints(folder.path(), &["balances", "MYKEY456", "--reason", "a question"]);
    assert!(balances.starts_with("川崎市ポイント 3000\n"));
    assert!(!run(folder.path(), &["balances", "MYKEY456", "--reason", " "]).status.success());
}

#[test]
fn an_operator_says_which_sites_take_tickets() {
    let folder = a_folder();
    a_municipality(folder.path());
    let bath = prints(folder.path(), &["site", "add", "141305", "銭湯 たまの湯"]);
    prints(folder.path(), &["site", "takes-tickets", bath.trim(), "yes"]);
    prints(folder.path(), &["site", "takes-tickets", bath.trim(), "no"]);
    assert!(!run(folder.path(), &["site", "takes-tickets", "999", "yes"]).status.success());
}

#[test]
fn an_operator_makes_ticket_keys_and_changes_the_key_that_wraps_them() {
    let folder = a_folder();
    let (old, new) = (folder.path().join("old-kek"), folder.path().join("new-kek"));
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());
    a_municipality(folder.path());
    for file in [old, new] {
        prints(folder.path(), &["keys", "make", file]);
    }
    for number in ["1\n", "2\n"] {
        let next = ["keys", "next-ticket-key", "141305", "--key-file", old];
        assert_eq!(prints(folder.path(), &next), number);
    }
    assert!(!run(folder.path(), &["keys", "next-ticket-key", "011002", "--key-file", old]).status.success());
    assert_eq!(prints(folder.path(), &["keys", "rotate", new, "--key-file", old]), "2\n");
    assert!(!run(folder.path(), &["keys", "rotate", new, "--key-file", old]).status.success(), "done before");
    assert_eq!(prints(folder.path(), &["keys", "replace-lost", "--key-file", new]), "0\n");
    assert_eq!(
        prints(folder.path(), &["keys", "replace-lost", "--key-file", old]),
        "1\n",
        "the new one was lost"
    );
}

#[tokio::test]
async fn an_operator_sees_where_numbers_are_tried_and_lets_the_terminal_go_on() {
    let folder = a_folder();
    let (id, password) = a_municipality(folder.path());
    let cloud = Process::serves(folder.path());
    let shop = registered(&cloud.line, &id, &password).await;
    prints(folder.path(), &["site", "takes-tickets", "1", "yes"]);
    assert_eq!(prints(folder.path(), &["ticket", "guesses"]), "");
    shop.clears_typed("000000000001").now().await.refused();
    let guesses = prints(folder.path(), &["ticket", "guesses", "--days", "1"]);
    assert!(guesses.ends_with(&format!(" {id} 141305 1 0 -\n")), "{guesses}");
    prints(folder.path(), &["ticket", "unlock", &id]);
    assert!(!run(folder.path(), &["ticket", "unlock", &id]).status.success(), "nothing to unlock any more");
    assert!(!run(folder.path(), &["ticket", "unlock", "00000001"]).status.success());
}
