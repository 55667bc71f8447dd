//! What the files mean: values that parse, print and compare. No file format, no input or output.

pub mod amend;
pub mod assemble;
pub mod calendar;
pub mod capacity;
pub mod config;
pub mod constraint;
pub mod contract;
pub mod date;
pub mod deadline;
pub mod demand;
pub mod fees;
pub mod level;
pub mod matter;
pub mod misread;
pub mod money;
mod number;
pub mod quantity;
pub mod rates;
pub mod remedy;
pub mod roadmap;
pub mod scope;
pub mod status;
pub mod target;
pub mod term;
pub mod unit;
pub mod waiver;
pub mod window;
