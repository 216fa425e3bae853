//! The backend: identity, terminals, ledger; one API per audience
