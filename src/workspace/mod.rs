//! Which files belong together: configurations, groups of contracts with one roadmap, amendments. Reads them; finds
//! nothing.

mod amend;
pub mod group;
pub mod levels;
pub mod waivers;
