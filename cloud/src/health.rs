//! `/health` and `/openapi.json`: what the cloud says to whoever keeps it running.

use crate::cloud::Cloud;
use crate::database::Database;
use crate::identity::registry;
use crate::terminal_api;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout};
use utoipa::ToSchema;

/// A database that takes longer for one question is slow: clerks wait for it.
const SLOW_AFTER: Duration = Duration::from_secs(1);

/// A database that takes longer does not answer, as far as a clerk can tell.
const UNANSWERED_AFTER: Duration = Duration::from_secs(10);

/// How the cloud is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// The name under which this cloud is known.
    pub name: String,
    /// Whether this is a training cloud, whose points are worth nothing.
    pub training: bool,
    /// The program's version.
    pub version: &'static str,
    /// The cloud's clock, milliseconds since 1970 (UTC).
    pub time_ms: i64,
    /// How the database answers.
    pub database: DatabaseState,
}

/// How the database answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DatabaseState {
    /// At once.
    Ok,
    /// It takes longer than a second.
    Slow,
    /// It does not within ten seconds; the log has the cause.
    Failing,
}

/// Name, version, clock and state of the database; 503 while the database does not answer. A slow one is said,
/// and no reason to send clerks elsewhere.
#[utoipa::path(
    get, path = "/health",
    responses((status = 200, body = Health), (status = 503, body = Health))
)]
pub(crate) async fn health(State(cloud): State<Arc<Cloud>>) -> (StatusCode, Json<Health>) {
    let database = ask(&cloud.database).await;
    let status = match database {
        DatabaseState::Ok | DatabaseState::Slow => StatusCode::OK,
        DatabaseState::Failing => StatusCode::SERVICE_UNAVAILABLE,
    };
    let health = Health {
        name: cloud.name.clone(),
        training: cloud.training,
        version: env!("CARGO_PKG_VERSION"),
        time_ms: cloud.clock.now_ms(),
        database,
    };
    (status, Json(health))
}

async fn ask(database: &Database) -> DatabaseState {
    let asked = Instant::now();
    match timeout(UNANSWERED_AFTER, database.read(registry::version)).await {
        Ok(Ok(_)) if asked.elapsed() < SLOW_AFTER => DatabaseState::Ok,
        Ok(Ok(_)) => {
            tracing::warn!(took = ?asked.elapsed(), "the database is slow");
            DatabaseState::Slow
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "the database does not answer");
            DatabaseState::Failing
        }
        Err(_) => {
            tracing::error!(within = ?UNANSWERED_AFTER, "the database does not answer");
            DatabaseState::Failing
        }
    }
}

/// This description.
#[utoipa::path(get, path = "/openapi.json", responses((status = 200, body = Object)))]
pub(crate) async fn openapi_json() -> Json<utoipa::openapi::OpenApi> {
    Json(terminal_api::openapi())
}
