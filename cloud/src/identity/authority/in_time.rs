//! An authority that is waited for no longer than a customer is.

use super::{Answer, CertificateAuthority, NoAnswer, Renewal};
use madoguchi_domain::certificate::CertificateName;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

/// How long an answer may take: a card lies on a reader meanwhile, and a clerk waits.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

/// Another authority, whose silence is no answer.
#[derive(Debug)]
pub struct InTime {
    authority: Arc<dyn CertificateAuthority>,
    within: Duration,
}

impl InTime {
    /// Two seconds for each question.
    pub fn of(authority: Arc<dyn CertificateAuthority>) -> Self {
        Self { authority, within: ANSWERS_WITHIN }
    }

    async fn in_time<T>(&self, answer: impl Future<Output = Result<T, NoAnswer>>) -> Result<T, NoAnswer> {
        let silence = |_| NoAnswer(format!("nothing within {} ms", self.within.as_millis()));
        tokio::time::timeout(self.within, answer).await.map_err(silence)?
    }
}

impl CertificateAuthority for InTime {
    fn renewal<'a>(&'a self, of: &'a CertificateName) -> Answer<'a, Option<Renewal>> {
        Box::pin(self.in_time(self.authority.renewal(of)))
    }

    fn has_lapsed<'a>(&'a self, signing: &'a CertificateName) -> Answer<'a, bool> {
        Box::pin(self.in_time(self.authority.has_lapsed(signing)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::authority::ExampleAuthority;

    /// Takes questions and says nothing.
    #[derive(Debug)]
    struct Silent;

    impl CertificateAuthority for Silent {
        fn renewal<'a>(&'a self, _: &'a CertificateName) -> Answer<'a, Option<Renewal>> {
            Box::pin(std::future::pending())
        }

        fn has_lapsed<'a>(&'a self, _: &'a CertificateName) -> Answer<'a, bool> {
            Box::pin(std::future::pending())
        }
    }

    fn signing() -> CertificateName {
        CertificateName { issuer_der: vec![0x30, 0], serial: "5a".to_owned() }
    }

    #[tokio::test]
    async fn silence_is_no_answer_to_either_question() {
        let silent = InTime { authority: Arc::new(Silent), within: Duration::ZERO };
        assert!(silent.renewal(&signing()).await.is_err());
        assert!(silent.has_lapsed(&signing()).await.is_err());
    }

    #[tokio::test]
    async fn an_answer_is_handed_on_as_it_is() {
        let answering = InTime::of(Arc::new(ExampleAuthority::of(Vec::new(), vec![signing()])));
        assert!(matches!(answering.has_lapsed(&signing()).await, Ok(true)));
        assert!(matches!(answering.renewal(&signing()).await, Ok(None)));
    }
}
