//! What crosses a border: cloud requests and answers, window commands and events, error codes
