//! `begin_registration`: ID and password, and what happens to those who guess.

use crate::actors::{Terminal, Town};
use madoguchi_cloud::operator::terminal;
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::BeginRegistrationAnswer;
use std::sync::{Arc, Mutex};

const RIGHT: &str = "yaoya2345";

#[tokio::test]
async fn the_form_shows_where_the_terminal_will_stand() {
    let town = Town::open().await;
    let form: BeginRegistrationAnswer = town.greengrocer().await.begins_registration(RIGHT).await.ok();
    assert_eq!((form.municipality.as_str(), form.site.as_str()), ("川崎市", "やまだ八百屋"));
    assert!(form.id_providers.is_empty(), "only a service-ID counter chooses one");
}

#[tokio::test]
async fn a_service_id_counter_chooses_among_its_own_towns_providers() {
    let town = Town::open().await;
    let form: BeginRegistrationAnswer = town.library().await.begins_registration(RIGHT).await.ok();
    let names: Vec<_> = form.id_providers.iter().map(|provider| provider.name.as_str()).collect();
    assert_eq!(names, ["川崎市立図書館"]);
}

#[tokio::test]
async fn which_of_id_and_password_is_wrong_is_not_said() {
    let town = Town::open().await;
    let shop = town.greengrocer().await;
    let nobody = Terminal::new(&town.line, TerminalId::from_number(99_999_999).unwrap());
    let wrong_password = shop.begins_registration("yaoya2346").await;
    let unknown_id = nobody.begins_registration(RIGHT).await;
    assert_eq!(wrong_password.code(), (401, ErrorCode::WrongPassword));
    assert_eq!(wrong_password.body, unknown_id.body);
}

#[tokio::test]
async fn wrong_passwords_are_slowed_longer_and_longer() {
    let town = Town::open().await;
    let shop = town.greengrocer().await;
    for _ in 0..3 {
        assert_eq!(shop.begins_registration("wrong2345").await.code(), (401, ErrorCode::WrongPassword));
    }
    let slowed = shop.begins_registration(RIGHT).await;
    assert_eq!(slowed.code(), (429, ErrorCode::PasswordSlowed));
    assert_eq!(slowed.problem().retry_after_s, Some(2));
    assert_eq!(slowed.retry_after.as_deref(), Some("2"));

    town.seconds_pass(2);
    assert_eq!(shop.begins_registration("wrong2345").await.code(), (401, ErrorCode::WrongPassword));
    assert_eq!(shop.begins_registration(RIGHT).await.problem().retry_after_s, Some(4));

    town.seconds_pass(4);
    shop.begins_registration(RIGHT).await.ok::<BeginRegistrationAnswer>();
    assert_eq!(
        shop.begins_registration("wrong2345").await.code(),
        (401, ErrorCode::WrongPassword),
        "a right password clears the count"
    );
}

#[tokio::test]
async fn the_tenth_wrong_password_in_a_row_alarms_the_operator() {
    let town = Town::open().await;
    let shop = town.greengrocer().await;
    let log = Arc::new(Mutex::new(Vec::new()));
    let writer = Arc::clone(&log);
    let subscriber = tracing_subscriber::fmt().json().with_writer(move || Sink(Arc::clone(&writer))).finish();
    // The cloud of a town runs on the thread of its story.
    let _listening = tracing::subscriber::set_default(subscriber);
    let alarms = || String::from_utf8(log.lock().unwrap().clone()).unwrap().matches("password_tries").count();
    for tries in 1..=10 {
        assert_eq!(alarms(), 0, "after {} tries", tries - 1);
        assert_eq!(shop.begins_registration("wrong2345").await.code(), (401, ErrorCode::WrongPassword));
        town.seconds_pass(900);
    }
    assert_eq!(alarms(), 1);
}

/// Keeps what was logged.
struct Sink(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn unknown_ids_are_slowed_alike() {
    let town = Town::open().await;
    let nobody = Terminal::new(&town.line, TerminalId::from_number(99_999_999).unwrap());
    for _ in 0..3 {
        nobody.begins_registration("wrong2345").await;
    }
    assert_eq!(nobody.begins_registration("wrong2345").await.code(), (429, ErrorCode::PasswordSlowed));
}

#[tokio::test]
async fn an_outsiders_guesses_never_slow_the_shop() {
    let town = Town::open().await;
    let shop = town.greengrocer().await;
    let outsider = shop.on(shop.device.clone());
    for _ in 0..4 {
        outsider.begins_registration("wrong2345").await;
    }
    assert_eq!(outsider.begins_registration(RIGHT).await.code(), (429, ErrorCode::PasswordSlowed));
    shop.begins_registration(RIGHT).await.ok::<BeginRegistrationAnswer>();
}

#[tokio::test]
async fn guesses_sent_at_the_same_time_are_counted_one_by_one() {
    let town = Town::open().await;
    let shop = town.greengrocer().await;
    let guesses = (0..12).map(|_| shop.begins_registration("wrong2345"));
    let mut slowed = 0;
    for reply in join_all(guesses).await {
        slowed += usize::from(reply.code() == (429, ErrorCode::PasswordSlowed));
    }
    assert_eq!(slowed, 9);
}

async fn join_all<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = futures.map(Box::pin).collect();
    let mut done = Vec::new();
    std::future::poll_fn(move |context| {
        waiting.retain_mut(|future| match future.as_mut().poll(context) {
            std::task::Poll::Ready(output) => {
                done.push(output);
                false
            }
            std::task::Poll::Pending => true,
        });
        if waiting.is_empty() {
            std::task::Poll::Ready(std::mem::take(&mut done))
        } else {
            std::task::Poll::Pending
        }
    })
    .await
}

#[tokio::test]
async fn a_suspended_or_deleted_terminal_is_not_registered() {
    let town = Town::open().await;
    let shop = town.greengrocer().await;
    let id = shop.id;
    town.write(move |write| terminal::suspend(write, id, 0)).await;
    assert_eq!(shop.begins_registration(RIGHT).await.code(), (403, ErrorCode::TerminalSuspended));
    town.write(move |write| terminal::delete(write, id, 0)).await;
    assert_eq!(shop.begins_registration(RIGHT).await.code(), (401, ErrorCode::WrongPassword));
}
