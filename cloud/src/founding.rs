//! Whether these are the books of a training cloud: written down at the first start that serves them, and
//! held against the settings at every other one.
//!
//! Belongs here: that one answer. Does not belong here: what follows from it for requests and codes.
//! Why it exists: one word left out of a settings file must not open real points to people who practise, nor
//! show what they did as points.

use crate::database::{self, Connection, Database, NotWritten, Optional, params};

/// Why a cloud is not served from these books.
#[derive(Debug, thiserror::Error)]
pub enum NotTheseBooks {
    /// Real points, started as a training cloud.
    #[error("these are real books: a training cloud needs a database of its own")]
    Real,
    /// A training cloud's, started without saying so.
    #[error("these are the books of a training cloud: start it with `training = true`")]
    OfTraining,
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] database::Error),
    /// The database gave no answer.
    #[error("the database is busy; try again")]
    Busy,
}

/// Holds the settings against what these books were founded as; books that nobody served yet are founded.
pub async fn stands(database: &Database, training: bool) -> Result<(), NotTheseBooks> {
    let founded = database.write(move |write| founded(write, training)).await.map_err(not_written)?;
    match (founded, training) {
        (false, true) => Err(NotTheseBooks::Real),
        (true, false) => Err(NotTheseBooks::OfTraining),
        (false, false) | (true, true) => Ok(()),
    }
}

fn not_written(error: NotWritten<database::Error>) -> NotTheseBooks {
    match error {
        NotWritten::Failed(error) => error.into(),
        NotWritten::Busy | NotWritten::Unknown => NotTheseBooks::Busy,
    }
}

fn founded(write: &Connection, training: bool) -> database::Result<bool> {
    write.execute(
        "insert into founded (one, training) values (1, $1) on conflict (one) do nothing",
        params![i64::from(training)],
    )?;
    let found: Option<i64> = write
        .query_row("select training from founded where one = 1", params![], |row| row.get(0))
        .optional()?;
    Ok(found == Some(1))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn books_stay_what_they_were_founded_as() {
        let folder = tempfile::tempdir().unwrap();
        for first in [false, true] {
            let file = folder.path().join(format!("{first}.sqlite"));
            for _ in 0..2 {
                stands(&Database::open(&file).unwrap(), first).await.unwrap();
            }
            let refused = stands(&Database::open(&file).unwrap(), !first).await.unwrap_err();
            assert_eq!(matches!(refused, NotTheseBooks::OfTraining), first, "{refused}");
            stands(&Database::open(&file).unwrap(), first).await.unwrap();
        }
    }
}
