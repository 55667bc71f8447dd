//! What else is known of something: where it came from, whose it is, what somebody noted of it. No verdict rests on it.

use crate::input::decode::{Field, Text};
use crate::text::clean;

/// What else is known of something.
#[derive(Clone, Debug)]
pub struct Annotations {
    /// Where more about it can be looked up.
    pub refs: Vec<Text>,
    /// Whose it is.
    pub owner: Option<Text>,
    /// What somebody noted of it.
    pub note: Option<Text>,
}

impl Annotations {
    /// Those that a record states; none where it states none.
    pub fn of(refs: &Field<Vec<Text>>, owner: &Field<Text>, note: &Field<Text>) -> Option<Box<Self>> {
        let refs = refs.given().cloned().unwrap_or_default();
        let (owner, note) = (owner.given().cloned(), note.given().cloned());
        let is_any = !refs.is_empty() || owner.is_some() || note.is_some();
        is_any.then(|| Box::new(Self { refs, owner, note }))
    }

    /// The refs, safe to show.
    pub fn shown_refs(annotations: Option<&Self>) -> Vec<String> {
        let refs = annotations.into_iter().flat_map(|annotations| &annotations.refs);
        refs.map(|text| clean(text.value.trim()).into_owned()).collect()
    }

    /// Whose it is, safe to show.
    pub fn shown_owner(annotations: Option<&Self>) -> Option<String> {
        let owner = annotations?.owner.as_ref()?;
        Some(clean(owner.value.trim()).into_owned())
    }

    /// What somebody noted of it, safe to show.
    pub fn shown_note(annotations: Option<&Self>) -> Option<String> {
        let note = annotations?.note.as_ref()?;
        Some(clean(note.value.trim()).into_owned())
    }
}
