//! The XML of a part, piece by piece. Names count without their prefixes, which each program chooses for itself.

use std::borrow::Cow;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Soundly, Unsound};

/// The most elements that stand in each other; Word itself writes about thirty.
const DEEPEST: usize = 256;

/// The longest text between two elements, and the longest element: what is longer is no document.
const LONGEST: u64 = 16 << 20;

/// A piece of XML. Each element that opens also closes.
pub(super) enum Piece<'a> {
    Open(Element<'a>),
    Close,
    Text(Cow<'a, str>),
}

/// An element with its attributes.
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Its name, without a prefix.
    pub(super) fn name(&self) -> &[u8] {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute.
    pub(super) fn value(&self, name: &[u8]) -> Soundly<Option<String>> {
        for attribute in self.0.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| malformed())?;
            if attribute.key.local_name().into_inner() == name {
                let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|_| malformed())?;
                return Ok(Some(value.into_owned()));
            }
        }
        Ok(None)
    }

    /// The attribute that most elements of Word have.
    pub(super) fn val(&self) -> Soundly<Option<String>> {
        self.value(b"val")
    }

    /// The number that it has.
    pub(super) fn number(&self, name: &[u8]) -> Soundly<Option<u32>> {
        Ok(self.value(name)?.and_then(|value| value.trim().parse().ok()))
    }

    /// Whether it turns something on.
    pub(super) fn is_on(&self) -> Soundly<bool> {
        Ok(!matches!(self.val()?.as_deref(), Some("0" | "false" | "off" | "none")))
    }
}

/// Goes through a part.
pub(super) fn walk(part: &[u8], mut each: impl FnMut(Piece<'_>) -> Soundly<()>) -> Soundly<()> {
    let mut reader = Reader::from_reader(part);
    let (mut depth, mut end) = (0, 0);
    loop {
        let event = reader.read_event().map_err(|_| malformed())?;
        let start = std::mem::replace(&mut end, reader.buffer_position());
        if end - start > LONGEST {
            return Err(Unsound::TooLarge);
        }
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(element) | Event::Empty(element) => {
                if depth == DEEPEST {
                    return Err(Unsound::broken("its elements stand in each other without end"));
                }
                each(Piece::Open(Element(element)))?;
                if is_empty {
                    each(Piece::Close)?;
                } else {
                    depth += 1;
                }
            }
            Event::End(_) => {
                depth -= 1;
                each(Piece::Close)?;
            }
            Event::Text(text) => each(Piece::Text(text.decode().map_err(|_| malformed())?))?,
            Event::CData(text) => each(Piece::Text(text.decode().map_err(|_| malformed())?))?,
            Event::GeneralRef(name) => {
                let character = name.resolve_char_ref().map_err(|_| malformed())?;
                let name = name.decode().map_err(|_| malformed())?;
                match (character, resolve_predefined_entity(&name)) {
                    (Some(character), _) => each(Piece::Text(character.to_string().into()))?,
                    (None, Some(text)) => each(Piece::Text(text.into()))?,
                    (None, None) => {
                        return Err(Unsound::broken("it uses an entity, which no Word file does"));
                    }
                }
            }
            // Entities may grow without end, or name files of the reader's machine.
            Event::DocType(_) => {
                return Err(Unsound::broken("it declares entities, which no Word file does"));
            }
            Event::Eof if depth > 0 => return Err(malformed()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn malformed() -> Unsound {
    Unsound::broken("its XML is broken")
}
