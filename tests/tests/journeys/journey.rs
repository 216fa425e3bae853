//! What all journeys share: a shop, a time limit, and what is kept when one fails.

use madoguchi_tests::scene::trouble::Trouble;
use madoguchi_tests::shop::Shop;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A journey takes ten to thirty seconds; one that takes this long hangs.
const LIMIT: Duration = Duration::from_mins(4);

/// Walks a journey through a new shop.
pub(crate) fn journey(name: &str, walk: impl AsyncFnOnce(&Shop) -> Result<(), Trouble>) {
    journey_in(name, Shop::open, walk);
}

/// Walks a journey through a shop opened in another way.
pub(crate) fn journey_in(
    name: &str,
    open: impl FnOnce() -> Result<Shop, Trouble>,
    walk: impl AsyncFnOnce(&Shop) -> Result<(), Trouble>,
) {
    let shop = open().unwrap_or_else(|trouble| panic!("the shop did not open: {trouble}"));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let walked = runtime.block_on(async { tokio::time::timeout(LIMIT, walk(&shop)).await });
    let books = shop.cloud.start().and_then(|()| shop.cloud.check_books());
    let ended = walked.unwrap_or_else(|_| Err(Trouble::waited_in_vain("the journey ends", LIMIT)));
    if let Err(trouble) = ended.and(books) {
        let kept = folder_of(name);
        let logs =
            shop.keep_logs(&kept).map_or_else(|lost| lost.to_string(), |()| kept.display().to_string());
        panic!("{trouble}\nlogs: {logs}");
    }
}

fn folder_of(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../out/journeys").join(name)
}
