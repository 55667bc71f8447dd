//! What a portfolio of deals looks like to those who answer for it.

pub mod html;
