//! The API for terminals: one file per route of the same name under `/terminal/v1/`.
//!
//! Belongs here: reading a request, checking who asks and whether they may, asking identity and ledger,
//! saying the answer. Does not belong here: deciding about points, SQL.
//! Why it exists: this is the only way in for a terminal.
//!
//! Each route goes the same way: rate or session → function and sign-in → request → identity → ledger → answer. A
//! 200 is final; everything else is a [`madoguchi_wire::terminal_api::Problem`], which nobody
//! remembers.

mod acknowledge_merge;
mod answer;
mod begin_registration;
mod caller;
mod clear_ticket;
mod close_day;
mod day_close_paper;
mod echo;
mod guessing_check;
mod issue_ticket;
mod issued_ticket;
mod known_card;
mod list_clearing_sites;
mod list_day_closes;
mod list_merge_streets;
mod list_operations;
mod list_tickets;
mod log;
mod look_up_mykey_id;
mod look_up_points;
mod look_up_service_id;
mod look_up_street_card;
mod look_up_ticket;
mod merge_file;
mod merge_points;
mod merge_receptions;
mod named_ticket;
mod open_session;
mod opened_visit;
mod operation_request;
mod paper;
mod password_check;
mod preview_day;
mod problem;
mod rates;
mod register_service_id;
mod register_terminal;
mod reissue_ticket;
mod request_body;
mod request_challenge;
mod request_use_nonce;
mod resolve_operation;
mod set_address_notice;
mod sign_in;
mod sign_out;
mod signed_use;
mod site_statement;
mod ticket_words;
mod unclear_ticket;
mod use_points;
mod void_ticket;
mod void_use;

pub use rates::{PerMinute, Rates};

use crate::cloud::Cloud;
use crate::health;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::post;
use madoguchi_wire::failure::ErrorCode;
use problem::Declined;
use std::sync::{Arc, OnceLock};
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Madoguchi cloud",
        description = "The cloud's API for terminals. A 200 is final and, for operations, remembered under \
                       their key; every other status carries a Problem, which is not."
    ),
    modifiers(&SessionToken)
)]
struct Description;

/// How a terminal shows its session: the token of `open_session`.
struct SessionToken;

impl utoipa::Modify for SessionToken {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        components.add_security_scheme("session", scheme);
    }
}

/// What a cloud serves.
pub fn router(cloud: Arc<Cloud>) -> Router {
    finished(routes(), cloud)
}

/// Described once in a process: describing takes ten times as long as the routes, and the simulator starts
/// thousands of clouds.
fn routes() -> Router<Arc<Cloud>> {
    static ROUTES: OnceLock<Router<Arc<Cloud>>> = OnceLock::new();
    ROUTES.get_or_init(|| described().split_for_parts().0).clone()
}

/// The same with an `echo` route beside it, which does everything `use_points` does but post: the
/// benchmark's yardstick. Never part of what `serve` serves.
pub fn router_with_echo(cloud: Arc<Cloud>) -> Router {
    let router = routes().route("/terminal/v1/echo", post(echo::echo));
    finished(router, cloud)
}

/// The API's description, as `/openapi.json` and `docs/openapi.json` have it.
pub fn openapi() -> utoipa::openapi::OpenApi {
    described().split_for_parts().1
}

fn described() -> OpenApiRouter<Arc<Cloud>> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(begin_registration::begin_registration))
        .routes(routes!(register_terminal::register_terminal))
        .routes(routes!(request_challenge::request_challenge))
        .routes(routes!(open_session::open_session))
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(sign_out::sign_out))
        .routes(routes!(look_up_points::look_up_points))
        .routes(routes!(request_use_nonce::request_use_nonce))
        .routes(routes!(use_points::use_points))
        .routes(routes!(void_use::void_use))
        .routes(routes!(issue_ticket::issue_ticket))
        .routes(routes!(reissue_ticket::reissue_ticket))
        .routes(routes!(void_ticket::void_ticket))
        .routes(routes!(look_up_ticket::look_up_ticket))
        .routes(routes!(clear_ticket::clear_ticket))
        .routes(routes!(unclear_ticket::unclear_ticket))
        .routes(routes!(list_tickets::list_tickets))
        .routes(routes!(look_up_service_id::look_up_service_id))
        .routes(routes!(look_up_mykey_id::look_up_mykey_id))
        .routes(routes!(register_service_id::register_service_id))
        .routes(routes!(look_up_street_card::look_up_street_card))
        .routes(routes!(set_address_notice::set_address_notice))
        .routes(routes!(list_merge_streets::list_merge_streets))
        .routes(routes!(merge_points::merge_points))
        .routes(routes!(merge_file::merge_file))
        .routes(routes!(acknowledge_merge::acknowledge_merge))
        .routes(routes!(merge_receptions::merge_receptions))
        .routes(routes!(preview_day::preview_day))
        .routes(routes!(close_day::close_day))
        .routes(routes!(list_day_closes::list_day_closes))
        .routes(routes!(resolve_operation::resolve_operation))
        .routes(routes!(list_clearing_sites::list_clearing_sites))
        .routes(routes!(list_operations::list_operations))
        .routes(routes!(site_statement::site_statement))
        .routes(routes!(health::health))
        .routes(routes!(health::openapi_json))
}

fn finished(router: Router<Arc<Cloud>>, cloud: Arc<Cloud>) -> Router {
    router
        .fallback(unknown_route)
        .method_not_allowed_fallback(unknown_route)
        .layer(DefaultBodyLimit::max(request_body::LARGEST_BODY))
        .layer(axum::middleware::from_fn(log::log))
        .with_state(cloud)
}

/// A terminal that asks for a route this cloud does not have is newer than the cloud.
async fn unknown_route() -> Declined {
    Declined::because(ErrorCode::Malformed)
}
