//! A My Number card in software on the real PC/SC service; never shipped
