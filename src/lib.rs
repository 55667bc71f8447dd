//! dealcheck checks what a sales contract promises against what the product can deliver.

pub mod check;
pub mod cli;
pub mod commands;
pub mod delivery;
pub mod diagnostic;
pub mod explain;
pub mod input;
pub mod lint;
pub mod lints;
pub mod model;
pub mod output;
pub mod text;
