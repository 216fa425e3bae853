//! Who gets nothing: the checks of docs/security.md 12, in their order.

use super::library::{Library, PAGE, said};
use reqwest::Method;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const OTHER_PORT: &str = "https://library.example.jp:8443";

fn refused(answer: &(u16, Value)) -> (u16, &str) {
    (answer.0, answer.1["code"].as_str().unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_requests_without_a_token_get_nothing_and_the_paired_program_its_number() {
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    library.puts_on("taro");
    let strangers = (0..20).map(|stranger| {
        let (http, address) = (library.http.clone(), library.address);
        tokio::spawn(async move {
            for asked in 0..500 {
                let request =
                    http.post(format!("http://{address}/v1/read_card")).json(&json!({ "wait_s": 1 }));
                let request = match asked % 3 {
                    0 => request,
                    1 => request.bearer_auth(format!("{:064x}", stranger * 1_000 + asked)),
                    _ => request.header("Authorization", "Basic bWFkb2d1Y2hp"),
                };
                let answer = said(request.send().await.unwrap()).await;
                assert_eq!(refused(&answer), (401, "program_not_paired"));
            }
        })
    });
    let strangers: Vec<_> = strangers.collect();
    assert_eq!(program.reads(30).await.1["number"], "0012345678", "in their midst");
    for stranger in strangers {
        stranger.await.unwrap();
    }
    assert_eq!(program.reads(30).await.1["number"], "0012345678");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebound_host_name_gets_nothing_whatever_it_knows() {
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    let port = library.address.port();
    for host in
        [format!("library.example.jp:{port}"), format!("localhost:{port}"), "127.0.0.1".into(), String::new()]
    {
        let request = program.request(Method::POST, "/v1/read_card").json(&json!({ "wait_s": 1 }));
        let answer = said(request.header("Host", &host).send().await.unwrap()).await;
        assert_eq!(refused(&answer), (403, "bridge_host_refused"), "{host}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_let_in_by_its_exact_origin_only() {
    let library = Library::opens().await;
    let page = library.pairs("蔵書検索", Some(PAGE)).await;
    library.puts_on("taro");
    assert_eq!(page.reads(10).await.1["number"], "0012345678");
    for origin in [OTHER_PORT, "http://library.example.jp", "https://evil.example", "null", ""] {
        let preflight = library
            .request(Method::OPTIONS, "/v1/read_card")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .send()
            .await
            .unwrap();
        assert!(preflight.headers().get("access-control-allow-origin").is_none(), "{origin}");
        assert_eq!(refused(&said(preflight).await), (403, "page_not_paired"), "{origin}");
        let request = library.request(Method::POST, "/v1/read_card").bearer_auth(&page.token);
        let request = request.header("Origin", origin).json(&json!({ "wait_s": 1 }));
        assert_eq!(refused(&said(request.send().await.unwrap()).await), (403, "page_not_paired"), "{origin}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_good_from_the_place_it_was_given_to_only() {
    let library = Library::opens().await;
    let page = library.pairs("蔵書検索", Some(PAGE)).await;
    let program = library.pairs("図書館システム", None).await;
    let mut stolen = page.clone();
    stolen.origin = None;
    assert_eq!(refused(&stolen.reads(1).await), (401, "program_not_paired"));
    let mut lent = program.clone();
    lent.origin = Some(PAGE);
    assert_eq!(refused(&lent.reads(1).await), (401, "program_not_paired"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paired_pages_browser_is_told_what_it_may() {
    let library = Library::opens().await;
    let page = library.pairs("蔵書検索", Some(PAGE)).await;
    let preflight = library
        .request(Method::OPTIONS, "/v1/read_card")
        .header("Origin", PAGE)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization,content-type")
        .header("Access-Control-Request-Private-Network", "true")
        .send()
        .await
        .unwrap();
    assert_eq!(preflight.status(), 204);
    let told = |name: &str| preflight.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(told("access-control-allow-origin"), PAGE);
    assert_eq!(told("access-control-allow-headers"), "authorization, content-type");
    assert_eq!(told("access-control-allow-private-network"), "true");
    assert_eq!(told("vary"), "Origin");
    let without_token = library.request(Method::POST, "/v1/read_card").header("Origin", PAGE);
    let without_token = without_token.json(&json!({ "wait_s": 1 })).send().await.unwrap();
    assert_eq!(without_token.status(), 401);
    assert_eq!(without_token.headers()["access-control-allow-origin"], PAGE, "a page can read why");
    assert_eq!(
        without_token.headers()["access-control-expose-headers"],
        "retry-after",
        "and when to ask again"
    );
    assert_eq!(page.reads(1).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_whose_sockets_speak_ipv6_too_is_answered() {
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    // As the HTTP clients of Java and .NET connect to 127.0.0.1.
    let mapped = SocketAddr::from((Ipv4Addr::LOCALHOST.to_ipv6_mapped(), library.address.port()));
    let mut connection = TcpStream::connect(mapped).await.unwrap();
    let asked = format!(
        "POST /v1/cancel_reads HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}",
        library.address, program.token
    );
    connection.write_all(asked.as_bytes()).await.unwrap();
    let mut heard = String::new();
    connection.read_to_string(&mut heard).await.unwrap();
    assert!(heard.starts_with("HTTP/1.1 200 "), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_does_not_say_from_which_page_gets_nothing() {
    let library = Library::opens().await;
    for path in ["/v1/openapi.json", "/v1/events"] {
        let request = library.request(Method::GET, path).header("Sec-Fetch-Site", "cross-site");
        assert_eq!(refused(&said(request.send().await.unwrap()).await), (403, "page_not_paired"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_there_is_not_is_refused_in_its_own_way() {
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    let status = async |request: reqwest::RequestBuilder| request.send().await.unwrap().status().as_u16();
    assert_eq!(status(program.request(Method::POST, "/v2/read_card").json(&json!({}))).await, 404);
    assert_eq!(status(program.request(Method::GET, "/v1/read_card")).await, 405);
    assert_eq!(status(program.request(Method::OPTIONS, "/v1/read_card")).await, 405);
    assert_eq!(status(program.request(Method::POST, "/v1/read_card").body("{\"wait_s\":1}")).await, 415);
    let as_form = program.request(Method::POST, "/v1/read_card").header("Content-Type", "text/plain");
    assert_eq!(status(as_form.body("{\"wait_s\":1}")).await, 415);
    let malformed = program.request(Method::POST, "/v1/read_card").header("Content-Type", "application/json");
    assert_eq!(status(malformed.body("{\"wait_s\":")).await, 400);
    let told = program.request(Method::GET, "/v1/read_card").send().await.unwrap();
    assert_eq!(told.headers()["content-type"], "application/json; charset=utf-8");
    for (body, expected) in [
        (json!({ "wait_s": 0 }), 422),
        (json!({ "wait_s": 121 }), 422),
        (json!({ "wait_s": -1 }), 422),
        (json!({ "wait_s": 1, "card": "next" }), 422),
        (json!({ "wait_s": 1, "filler": "x".repeat(5_000) }), 413),
    ] {
        let request = program.request(Method::POST, "/v1/read_card").json(&body);
        assert_eq!(status(request).await, expected, "{body:.60}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_pairs_one_program_and_the_third_wrong_one_ends_it() {
    let library = Library::opens().await;
    let nothing_shown = said(library.says("000000", None).await).await;
    assert_eq!(refused(&nothing_shown), (401, "pairing_code_wrong"));
    let code = library.offers("図書館システム", None).await;
    assert_eq!(library.says(&code, None).await.status(), 200);
    assert_eq!(library.says(&code, None).await.status(), 401, "once");
    let code = library.offers("図書館システム", None).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..3 {
        assert_eq!(library.says(wrong, None).await.status(), 401);
    }
    assert_eq!(library.says(&code, None).await.status(), 401);
    assert!(library.at.counter.look_at_bridge().await.unwrap().offered.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_page_whose_code_is_shown_may_say_it() {
    let library = Library::opens().await;
    let code = library.offers("蔵書検索", Some(PAGE)).await;
    assert_eq!(library.says(&code, Some(OTHER_PORT)).await.status(), 403);
    assert_eq!(library.says(&code, Some(PAGE)).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_token_is_kept_on_this_pc() {
    let library = Library::opens().await;
    let program = library.pairs("図書館システム", None).await;
    let kept = library.everything_kept();
    assert!(!kept.is_empty());
    let is_in = |what: &[u8]| kept.iter().any(|file| file.windows(what.len()).any(|part| part == what));
    assert!(is_in("図書館システム".as_bytes()), "what is looked for would be found");
    assert!(!is_in(program.token.as_bytes()));
}
