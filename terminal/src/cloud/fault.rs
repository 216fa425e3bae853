//! Why the cloud gave no usable answer, and how a person is told.

use super::line::{AddressFault, LineFault};
use crate::words;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::Problem;

/// What an exchange with the cloud ended in instead of an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CloudFault {
    /// No reply.
    #[error(transparent)]
    Line(#[from] LineFault),
    /// The cloud said what is wrong. Nothing of it is remembered there.
    #[error("the cloud answered {:?}", .0.code)]
    Problem(Problem),
    /// A reply that makes no sense.
    #[error("the cloud's reply to {route} with status {status} makes no sense")]
    Garbled {
        /// The route that was called.
        route: &'static str,
        /// The HTTP status.
        status: u16,
    },
}

impl CloudFault {
    /// Whether what was asked may have taken place all the same.
    pub(crate) const fn leaves_it_open(&self) -> bool {
        match self {
            Self::Line(_) | Self::Garbled { .. } => true,
            Self::Problem(problem) => matches!(
                problem.code,
                ErrorCode::CloudFailed | ErrorCode::CloudBusy | ErrorCode::OperationUnresolved
            ),
        }
    }

    /// The stable code of this situation.
    pub(crate) const fn code(&self) -> ErrorCode {
        match self {
            Self::Line(LineFault::Unreachable | LineFault::Silent) => ErrorCode::CloudUnreachable,
            Self::Line(LineFault::NotTrusted) => ErrorCode::CloudNotTrusted,
            Self::Problem(problem) => problem.code,
            Self::Garbled { .. } => ErrorCode::CloudFailed,
        }
    }
}

impl From<&CloudFault> for Failure {
    fn from(fault: &CloudFault) -> Self {
        let CloudFault::Problem(problem) = fault else {
            return Self::of(fault.code());
        };
        let seconds = problem.retry_after_s.unwrap_or(1).to_string();
        let field = words::contact_field(problem.field.as_deref().unwrap_or_default());
        Self::with(problem.code, &[("seconds", seconds.into()), ("field", field)])
    }
}

impl From<AddressFault> for Failure {
    fn from(fault: AddressFault) -> Self {
        match fault {
            AddressFault::Insecure => Self::of(ErrorCode::CloudAddressInsecure),
            AddressFault::NotAnAddress => words::setting_wrong("cloud_address"),
            AddressFault::Authority => words::setting_wrong("cloud_authority"),
        }
    }
}
