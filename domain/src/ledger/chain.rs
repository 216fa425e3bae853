//! The chain over what was posted: leaves, Merkle trees, block hashes.
//!
//! `docs/ledger-chain.md` gives the bytes, `fixtures/ledger/chain-vectors.json` the vectors.
//! Whoever kept a head can tell whether anything before it changed; a line with its path shows
//! that it stands in a block without showing any other line.

use super::operation::{Entry, Operation, PostedOperation};
use crate::canonical::Canonical;
use crate::issuer::BookCode;
use sha2::{Digest, Sha256};
use std::fmt;

/// A SHA-256 value of the chain.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// What one commit added to one book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// The book.
    pub book: BookCode,
    /// 1, 2, 3 …, dense.
    pub height: i64,
    /// The hash of the block before, or the book's genesis.
    pub previous: Hash,
    /// The first operation in it.
    pub first_seq: i64,
    /// The last operation in it.
    pub last_seq: i64,
    /// The Merkle root of its leaves.
    pub root: Hash,
    /// When it was committed, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// The hash over all of the above.
    pub hash: Hash,
}

impl Block {
    /// Closes a block after the one whose hash is `previous`.
    pub fn close(
        book: BookCode,
        height: i64,
        previous: Hash,
        (first_seq, last_seq): (i64, i64),
        leaves: &[Hash],
        at_ms: i64,
    ) -> Self {
        let root = merkle_root(leaves);
        let mut bytes = Canonical::tagged("madoguchi/block/1");
        bytes
            .text(book.as_str())
            .number(height)
            .bytes(&previous.0)
            .number(first_seq)
            .number(last_seq)
            .bytes(&root.0)
            .number(at_ms);
        Self { book, height, previous, first_seq, last_seq, root, at_ms, hash: Hash(bytes.sha256()) }
    }
}

/// What stands before a book's first block.
pub fn genesis(book: BookCode) -> Hash {
    let mut bytes = Canonical::tagged("madoguchi/book/1");
    bytes.text(book.as_str());
    Hash(bytes.sha256())
}

/// Appends an operation's leaves: one per entry, or one for the header alone.
pub fn push_leaves(posted: &PostedOperation, leaves: &mut Vec<Hash>) {
    let mut bytes = header(&posted.operation);
    if posted.entries.is_empty() {
        leaves.push(leaf_hash(&bytes));
    }
    let header_length = bytes.len();
    for entry in &posted.entries {
        bytes.truncate(header_length);
        push_entry(&mut bytes, entry);
        leaves.push(leaf_hash(&bytes));
    }
}

/// The canonical bytes of one leaf, for the published vectors.
pub fn leaf_bytes(operation: &Operation, entry: Option<&Entry>) -> Vec<u8> {
    let mut bytes = header(operation);
    if let Some(entry) = entry {
        push_entry(&mut bytes, entry);
    }
    bytes.as_slice().to_vec()
}

/// The hash of one leaf.
pub fn leaf(operation: &Operation, entry: Option<&Entry>) -> Hash {
    let mut bytes = header(operation);
    if let Some(entry) = entry {
        push_entry(&mut bytes, entry);
    }
    leaf_hash(&bytes)
}

fn header(operation: &Operation) -> Canonical {
    let mut bytes = Canonical::tagged("madoguchi/leaf/1");
    bytes
        .text(operation.book.as_str())
        .number(operation.seq)
        .text(operation.kind.code())
        .text(operation.outcome.code())
        .text(&operation.actor.to_string())
        .bytes(operation.key.as_ref().map_or(&[], |key| key.0.as_bytes()))
        .bytes(operation.request_hash.as_ref().map_or(&[], |hash| &hash.0))
        .number(operation.at_ms)
        .date(operation.business_date)
        .number_or_none(operation.site.map(|site| site.0))
        .text(operation.identified_by.map_or("", |how| how.code()))
        .number_or_none(operation.reverses)
        .text(operation.act.book.as_str())
        .number(operation.act.seq);
    bytes
}

fn push_entry(bytes: &mut Canonical, entry: &Entry) {
    bytes
        .number(entry.line)
        .bytes(&entry.name.0)
        .number(i64::from(entry.currency.0))
        .number_or_none(entry.lot.map(|lot| lot.0))
        .number(entry.amount)
        .number(entry.account_seq)
        .number(entry.balance_after);
}

/// Leaf and inner node start with different bytes, so that neither can pass for the other.
fn leaf_hash(bytes: &Canonical) -> Hash {
    Hash(Sha256::new_with_prefix([0]).chain_update(bytes.as_slice()).finalize().into())
}

fn node_hash(left: Hash, right: Hash) -> Hash {
    Hash(Sha256::new_with_prefix([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// The Merkle root (tree shape of RFC 9162, 2.1.1: the left subtree is the largest full one).
///
/// No leaves give the hash of nothing; a block always has some.
pub fn merkle_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash(Sha256::digest([]).into()),
        [only] => *only,
        _ => {
            let (left, right) = leaves.split_at(left_size(leaves.len()));
            node_hash(merkle_root(left), merkle_root(right))
        }
    }
}

/// The path from a leaf up to the root: its neighbours, lowest first; `None` if there is no such
/// leaf.
pub fn merkle_path(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    if leaves.len() == 1 {
        return Some(Vec::new());
    }
    let (left, right) = leaves.split_at(left_size(leaves.len()));
    let (mut path, neighbour) = if index < left.len() {
        (merkle_path(left, index)?, merkle_root(right))
    } else {
        (merkle_path(right, index - left.len())?, merkle_root(left))
    };
    path.push(neighbour);
    Some(path)
}

/// The root that a leaf and its path lead to, in a tree of `count` leaves; `None` if the path
/// cannot belong to that place.
pub fn root_by_path(leaf: Hash, index: usize, count: usize, path: &[Hash]) -> Option<Hash> {
    if index >= count {
        return None;
    }
    if count == 1 {
        return path.is_empty().then_some(leaf);
    }
    let (neighbour, below) = path.split_last()?;
    let left = left_size(count);
    if index < left {
        Some(node_hash(root_by_path(leaf, index, left, below)?, *neighbour))
    } else {
        Some(node_hash(*neighbour, root_by_path(leaf, index - left, count - left, below)?))
    }
}

/// The largest power of two below `count` (which is at least 2).
fn left_size(count: usize) -> usize {
    count.next_power_of_two() / 2
}
