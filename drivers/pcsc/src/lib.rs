//! PC/SC sessions and hot-plug behind the port
