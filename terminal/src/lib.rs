//! What a clerk does, one file per verb
