//! `/health` and `/openapi.json`: what the cloud says to whoever keeps it running.

use crate::cloud::Cloud;
use crate::identity::registry;
use crate::terminal_api;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

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
    /// Whether the database answers.
    pub database: DatabaseState,
}

/// Whether the database answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DatabaseState {
    /// It does.
    Ok,
    /// It does not; the log has the cause.
    Failing,
}

/// Name, version, clock and state of the database; 503 while the database does not answer.
#[utoipa::path(
    get, path = "/health",
    responses((status = 200, body = Health), (status = 503, body = Health))
)]
pub(crate) async fn health(State(cloud): State<Arc<Cloud>>) -> (StatusCode, Json<Health>) {
    let database = match cloud.database.read(registry::version).await {
        Ok(_) => DatabaseState::Ok,
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            DatabaseState::Failing
        }
    };
    let status = match database {
        DatabaseState::Ok => StatusCode::OK,
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

/// This description.
#[utoipa::path(get, path = "/openapi.json", responses((status = 200, body = Object)))]
pub(crate) async fn openapi_json() -> Json<utoipa::openapi::OpenApi> {
    Json(terminal_api::openapi())
}
