//! Papers as PDF, and the ways they reach a printer
