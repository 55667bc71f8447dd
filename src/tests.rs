//! Properties of several rooms together: what one says, another holds to.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod amendments;
mod growth;
mod helps;
mod sellable;
mod worlds;
