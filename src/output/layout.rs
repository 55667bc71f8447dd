//! How JSON is laid out: what there may be many of has a line each, so that people find their way and hosts of code
//! show what differs, and what is one stays on one line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;
use serde_json::value::RawValue;

/// Writes a value. Lists down to a depth, counted from 1, are broken into lines, and so are the objects around them.
pub(super) fn write(value: &impl Serialize, lists: usize, out: &mut dyn Write) -> io::Result<()> {
    let layout = Layout { depth: 0, lists };
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, layout))?;
    out.write_all(b"\n")
}

/// A value that is ready to be written, on one line.
#[expect(clippy::expect_used, reason = "texts and numbers under keys that are texts always serialize")]
pub(super) fn ready(value: &impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).expect("texts and numbers always serialize")
}

/// An object of its own, with every value on a line.
#[expect(clippy::expect_used, reason = "texts and numbers under keys that are texts always serialize")]
pub(crate) fn object(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("texts and numbers always serialize") + "\n"
}

struct Layout {
    /// How many lists and objects are open.
    depth: usize,
    /// The depth down to which lists are broken.
    lists: usize,
}

impl Layout {
    /// Begins a line, if what is open is broken into lines: a list, or an object around one.
    fn line<W: ?Sized + Write>(&self, out: &mut W, depth: usize, is_object: bool) -> io::Result<()> {
        if self.breaks(is_object) { write!(out, "\n{:1$}", "", 2 * depth) } else { Ok(()) }
    }

    fn breaks(&self, is_object: bool) -> bool {
        self.depth + usize::from(is_object) <= self.lists
    }

    fn begin<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        out.write_all(bracket)
    }

    fn next<W: ?Sized + Write>(&self, out: &mut W, first: bool, is_object: bool) -> io::Result<()> {
        out.write_all(if first { b"" } else { b"," })?;
        self.line(out, self.depth, is_object)
    }

    fn end<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8], is_object: bool) -> io::Result<()> {
        self.line(out, self.depth - 1, is_object)?;
        self.depth -= 1;
        out.write_all(bracket)
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"[")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first, false)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"]", false)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"{")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first, true)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(if self.breaks(true) { b": " } else { b":" })
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"}", true)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_are_broken_down_to_a_depth() {
        let value = json!({ "a": [{ "b": [1, 2] }, {}], "c": {}, "d": [], "e": 0 });
        for (lists, expected) in [
            (0, "{\"a\":[{\"b\":[1,2]},{}],\"c\":{},\"d\":[],\"e\":0}\n"),
            (
                2,
                "{\n  \"a\": [\n    {\"b\":[1,2]},\n    {}\n  ],\n  \"c\": {},\n  \"d\": [\n  ],\n  \"e\": 0\n}\n",
            ),
        ] {
            let mut out = Vec::new();
            write(&value, lists, &mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }

    #[test]
    fn what_is_ready_stays_as_it_is() {
        let mut out = Vec::new();
        write(&[ready(&json!({ "a": [1] }))], 3, &mut out).unwrap();
        assert_eq!(out, b"[\n  {\"a\":[1]}\n]\n");
    }
}
