//! `void_use`: the same terminal undoes a use of the same day, as an operation of its own (row D2).

use crate::carry_out::Request;
use crate::running::Running;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{OperationAnswer, OperationKind, VoidUseRequest};
use madoguchi_wire::window::{LastOperation, OperationNamed};
use std::sync::Arc;

impl Running {
    /// Voids a use.
    pub(crate) async fn void_use(
        self: &Arc<Self>,
        OperationNamed { key }: OperationNamed,
    ) -> Result<LastOperation, Failure> {
        self.signed_in()?;
        let used = self.intent_of(key).await?;
        let took_place = matches!(used.answer, Some(OperationAnswer::Done(_)));
        if used.kind != OperationKind::Use || !took_place {
            return Err(Failure::of(ErrorCode::UnknownOperation));
        }
        self.token().await?;
        let mut intent = self.begun(self.new_key()?, OperationKind::Void, used.points);
        intent.voids = Some(key);
        intent.masked_mykey_id = used.masked_mykey_id;
        intent.currencies = used.currencies;
        let request = VoidUseRequest { key: intent.key, voids: key };
        self.carry_out(intent, Request::Void(request)).await
    }
}
