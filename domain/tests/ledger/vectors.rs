//! The chain against its published vectors (`fixtures/ledger/chain-vectors.json`), which were
//! computed apart from this code (`chain_vectors.py`).

use madoguchi_domain::currency::CurrencyNumber;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::chain::{
    Block, genesis, leaf, leaf_bytes, merkle_path, merkle_root, push_leaves, root_by_path,
};
use madoguchi_domain::ledger::{
    AccountId, AccountName, ActId, Actor, Entry, Hash, IdentifiedBy, LotId, Operation, OperationKind,
    Outcome, PostedOperation, RequestHash,
};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::site::SiteId;
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../fixtures/ledger/chain-vectors.json")).unwrap()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn bytes<const N: usize>(value: &Value) -> [u8; N] {
    hex::decode(text(value)).unwrap().try_into().unwrap()
}

fn hash(value: &Value) -> Hash {
    Hash(bytes(value))
}

fn hashes(value: &Value) -> Vec<Hash> {
    array(value).iter().map(hash).collect()
}

fn posted(value: &Value) -> PostedOperation {
    let book = |value: &Value| BookCode::parse(text(value)).unwrap();
    let operation = Operation {
        book: book(&value["book"]),
        seq: value["seq"].as_i64().unwrap(),
        kind: OperationKind::from_code(text(&value["kind"])).unwrap(),
        outcome: Outcome::from_code(text(&value["outcome"])).unwrap(),
        actor: Actor::parse(text(&value["actor"])).unwrap(),
        key: value["key"].as_str().map(|key| OperationKey(key.parse().unwrap())),
        request_hash: value["request_hash"].as_str().map(|_| RequestHash(bytes(&value["request_hash"]))),
        at_ms: value["at_ms"].as_i64().unwrap(),
        business_date: text(&value["business_date"]).parse().unwrap(),
        site: value["site"].as_i64().map(SiteId),
        identified_by: value["identified_by"].as_str().map(|code| IdentifiedBy::from_code(code).unwrap()),
        reverses: value["reverses"].as_i64(),
        act: ActId { book: book(&value["act"]["book"]), seq: value["act"]["seq"].as_i64().unwrap() },
    };
    let entry = |entry: &Value| Entry {
        line: entry["line"].as_i64().unwrap(),
        account: AccountId(0),
        name: AccountName(bytes(&entry["account_name"])),
        currency: CurrencyNumber(u32::try_from(entry["currency"].as_i64().unwrap()).unwrap()),
        lot: entry["lot"].as_i64().map(LotId),
        amount: entry["amount"].as_i64().unwrap(),
        account_seq: entry["account_seq"].as_i64().unwrap(),
        balance_after: entry["balance_after"].as_i64().unwrap(),
        previous: None,
    };
    PostedOperation { operation, entries: array(&value["entries"]).iter().map(entry).collect(), answer: None }
}

#[test]
fn leaves_have_the_published_bytes_and_hashes() {
    for operation in array(&vectors()["operations"]) {
        let posted = posted(operation);
        let entries: Vec<Option<&Entry>> = match posted.entries.as_slice() {
            [] => vec![None],
            entries => entries.iter().map(Some).collect(),
        };
        let mut leaves = Vec::new();
        push_leaves(&posted, &mut leaves);
        for ((entry, pushed), expected) in entries.into_iter().zip(leaves).zip(array(&operation["leaves"])) {
            let seq = posted.operation.seq;
            assert_eq!(hex::encode(leaf_bytes(&posted.operation, entry)), text(&expected["bytes"]), "{seq}");
            assert_eq!(leaf(&posted.operation, entry), hash(&expected["hash"]), "{seq}");
            assert_eq!(pushed, hash(&expected["hash"]), "{seq}");
        }
    }
}

#[test]
fn blocks_follow_each_other_from_the_genesis() {
    let vectors = vectors();
    let book = BookCode::parse(text(&vectors["book"])).unwrap();
    let mut previous = genesis(book);
    assert_eq!(previous, hash(&vectors["genesis"]));
    for expected in array(&vectors["blocks"]) {
        let number = |field: &str| expected[field].as_i64().unwrap();
        let (first, last) = (number("first_seq"), number("last_seq"));
        let mut leaves = Vec::new();
        for operation in array(&vectors["operations"]) {
            if (first..=last).contains(&operation["seq"].as_i64().unwrap()) {
                push_leaves(&posted(operation), &mut leaves);
            }
        }
        let block = Block::close(book, number("height"), previous, (first, last), &leaves, number("at_ms"));
        assert_eq!(
            (block.previous, block.root, block.hash),
            (hash(&expected["previous"]), hash(&expected["root"]), hash(&expected["hash"]))
        );
        previous = block.hash;
    }
}

#[test]
fn a_path_leads_from_its_leaf_to_the_root_and_from_no_other() {
    for tree in array(&vectors()["trees"]) {
        let leaves = hashes(&tree["leaves"]);
        let root = hash(&tree["root"]);
        assert_eq!(merkle_root(&leaves), root);
        for (index, expected) in array(&tree["paths"]).iter().enumerate() {
            let path = merkle_path(&leaves, index).unwrap();
            assert_eq!(path, hashes(expected), "leaf {index} of {}", leaves.len());
            assert_eq!(root_by_path(leaves[index], index, leaves.len(), &path), Some(root));
            for other in (0..leaves.len()).filter(|other| *other != index) {
                assert_ne!(root_by_path(leaves[other], index, leaves.len(), &path), Some(root));
            }
            assert_eq!(root_by_path(leaves[index], leaves.len(), leaves.len(), &path), None);
        }
        assert_eq!(merkle_path(&leaves, leaves.len()), None);
    }
}
