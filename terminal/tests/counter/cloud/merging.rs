//! What the cloud in memory does with merges. Its files say in the clear what the real ones seal.

use super::{Cloud, Inside, Reply, problem, reply};
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::TransactionNumber;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::use_proof::Becomes;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    AcknowledgeMergeAnswer, AcknowledgeMergeRequest, ListMergeStreetsAnswer, LookUpStreetCardAnswer,
    LookUpStreetCardRequest, MergeAnswered, MergeFile, MergeFileRequest, MergePointsRequest, MergeReception,
    MergeReceptions, MergeReceptionsRequest, MergeStreet, OperationAnswer, OperationDone, OperationKind,
    OwnIdProvider, UsePointsRequest,
};

pub(crate) const STREET: &str = "140002";

pub(crate) fn street() -> IdProviderId {
    IdProviderId::parse(STREET).unwrap()
}

/// The number on the street's card of the one resident.
pub(crate) const STREET_NUMBER: &str = "2900012345";

pub(super) fn street_as_provider() -> OwnIdProvider {
    let (id, name) = (street(), "銀座街".into());
    OwnIdProvider { id, name, keeps_mykey_ids: false, address_notices: false }
}

impl Cloud {
    /// The terminal that registers from now on is of the street.
    pub(crate) fn is_of_the_street(&self) {
        self.inside().of_the_street = true;
    }

    /// Nobody here knows of an operation any more.
    pub(crate) fn forgets(&self, key: OperationKey) {
        self.inside().operations.remove(&key);
    }

    /// A street's answer to a merge was carried by another terminal.
    pub(crate) fn was_answered(&self, key: OperationKey, reception: MergeReception) {
        self.inside().receptions.push(MergeAnswered { key, reception });
    }
}

/// What a genuine answer of the street begins with.
pub(crate) const GENUINE: &[u8] = b"genuine ";

impl Inside {
    pub(super) fn look_up_street_card(&self, request: &LookUpStreetCardRequest) -> Reply {
        if request.number.expose() != STREET_NUMBER {
            return problem(ErrorCode::StreetCardUnknown);
        }
        reply(&LookUpStreetCardAnswer {
            street: street(),
            street_name: "銀座街".into(),
            points: self.found(),
        })
    }

    pub(super) fn list_merge_streets() -> Reply {
        let known = MergeStreet { street: street(), name: "銀座街".into(), is_member: true };
        let other = IdProviderId::parse("140003").unwrap();
        let unknown = MergeStreet { street: other, name: "仲見世".into(), is_member: false };
        reply(&ListMergeStreetsAnswer { streets: vec![known, unknown] })
    }

    pub(super) fn merge_points(&mut self, request: &MergePointsRequest) -> Reply {
        if let Some(answer) = self.operations.get(&request.key) {
            return reply(answer);
        }
        let as_use = UsePointsRequest {
            key: request.key,
            visit: request.visit.clone(),
            parts: vec![request.part],
            signature: request.signature.clone(),
        };
        let answer = if let Some(refusal) = self.refusal_of(&as_use, Becomes::StreetPoints(request.street)) {
            OperationAnswer::Refused(refusal)
        } else {
            let points = request.part.points.get();
            let moved = self.move_points(request.key, OperationKind::MergePoints, -points, None);
            with_file(moved, request.street, points)
        };
        self.operations.insert(request.key, answer.clone());
        reply(&answer)
    }

    /// Sealed anew, so that a test can tell it from the first one.
    pub(super) fn merge_file(&self, request: &MergeFileRequest) -> Reply {
        match self.operations.get(&request.key) {
            Some(OperationAnswer::Done(OperationDone { merge: Some(first), .. })) => {
                reply(&MergeFile { file: hex::encode(b"fetched again"), ..first.clone() })
            }
            _ => problem(ErrorCode::UnknownOperation),
        }
    }

    pub(super) fn merge_receptions(&self, request: &MergeReceptionsRequest) -> Reply {
        let mut receptions = self.receptions.clone();
        receptions.retain(|answered| request.keys.contains(&answered.key));
        reply(&MergeReceptions { receptions })
    }

    pub(super) fn acknowledge_merge(request: &AcknowledgeMergeRequest) -> Reply {
        let file = hex::decode(&request.acknowledgement).unwrap();
        reply(&if file.starts_with(GENUINE) {
            let number = TransactionNumber::parse("20261120143200000001").unwrap();
            let reception = match &file[GENUINE.len()..] {
                b"received" => MergeReception::Received,
                b"booked_back" => MergeReception::BookedBack,
                b"declined" => MergeReception::Declined,
                _ => MergeReception::UnknownMember,
            };
            AcknowledgeMergeAnswer::Acknowledged { number, reception }
        } else {
            AcknowledgeMergeAnswer::NotGenuine
        })
    }
}

fn with_file(answer: OperationAnswer, street: IdProviderId, points: i64) -> OperationAnswer {
    let OperationAnswer::Done(done) = answer else { return answer };
    let (_, sequence) = done.number.split_once('-').unwrap();
    let number = TransactionNumber::parse(&format!("20261120143200{sequence:0>6}")).unwrap();
    let file = hex::encode(format!("{points} to the street"));
    let merge = Some(MergeFile { street, street_name: "銀座街".into(), number, file });
    OperationAnswer::Done(OperationDone { merge, ..done })
}
