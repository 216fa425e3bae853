//! The My Number card's applications behind the port
