//! What is said about a place: one title, labels in the files, notes and helps.
//!
//! A *problem* is what the tool could not read; a *finding* is what is wrong with the deal. Both carry a
//! [`Diagnostic`], so that every output format draws both alike. All text that enters a diagnostic is made
//! safe to show here, once, so that no format can forget it.

use crate::source::{Source, Span};
use crate::text::{clean, clean_truncated, nearest};

/// The most characters of one text; a file may hold a name of five megabytes, and nobody reads that.
const LONGEST: usize = 600;

pub(crate) fn shown(text: &str) -> String {
    clean_truncated(text, LONGEST).into_owned()
}

/// Words at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is said about it: lower case, no full stop.
    pub text: String,
}

impl Label {
    /// Words at a place.
    pub fn new(span: Span, text: impl AsRef<str>) -> Self {
        Self { span, text: shown(text.as_ref()) }
    }
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// In words.
    pub text: String,
    /// As an edit, where it is no more than one.
    pub replacement: Option<Replacement>,
}

impl<T: AsRef<str>> From<T> for Help {
    fn from(text: T) -> Self {
        Self { text: shown(text.as_ref()), replacement: None }
    }
}

impl Help {
    /// The same help as an edit: what to write at a place, if there is one. What cannot be shown whole is for nobody to
    /// write.
    #[must_use]
    pub fn replacing(self, span: impl Into<Option<Span>>, with: impl Into<String>) -> Self {
        let text = with.into();
        let is_shown_whole = shown(&text) == text;
        let replacement = span.into().filter(|_| is_shown_whole).map(|span| Replacement { span, text });
        Self { replacement, ..self }
    }
}

/// What to write at a place instead of what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The place: all of a key or of a value.
    pub span: Span,
    /// The new key or value; the file may need quotes around it.
    pub text: String,
}

impl Replacement {
    /// The new text as its file writes it: in the quotes of the old one, or in some where it needs them, which are the
    /// same in all our formats. Nothing where the old one is no plain key or value of one line.
    pub fn written(&self, source: &Source) -> Option<String> {
        let old = source.text().get(self.span.range())?;
        let text = &self.text;
        let is_word = |text: &str| {
            text.starts_with(|first: char| first.is_ascii_alphabetic())
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        let is_day = |text: &str| {
            let fits = |at: usize, byte: u8| {
                matches!(at, 4 | 7) == (byte == b'-') && (byte == b'-' || byte.is_ascii_digit())
            };
            text.len() == 10 && text.bytes().enumerate().all(|(at, byte)| fits(at, byte))
        };
        let is_literal = |text: &str| ["true", "false", "null", "yes", "no", "on", "off"].contains(&text);
        match old.as_bytes() {
            [b'\'', .., b'\''] if !text.contains('\'') => Some(format!("'{text}'")),
            [b'\'' | b'"', .., b'\'' | b'"'] => Some(quoted(text)),
            _ if old.contains('\n') || old.starts_with(['|', '>', '{', '[', '&', '*', '!', '\'', '"']) => {
                None
            }
            // It is the quotes that are missing.
            _ if old == text => Some(quoted(text)),
            // What begins with a letter is a bare key, or text without quotes.
            _ if is_day(old) && is_day(text) => Some(text.clone()),
            _ if is_literal(old) && is_literal(text) => Some(text.clone()),
            _ if is_word(old) && is_word(text) && !is_literal(&text.to_ascii_lowercase()) => {
                Some(text.clone())
            }
            _ => Some(quoted(text)),
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A message about places in files. The first label is the primary one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// One sentence, without a full stop.
    pub title: String,
    /// Places, the primary one first; they may lie in several files.
    pub labels: Vec<Label>,
    /// Why.
    pub notes: Vec<String>,
    /// What to do.
    pub helps: Vec<Help>,
}

impl Diagnostic {
    /// A message at no place.
    pub fn new(title: impl AsRef<str>) -> Self {
        Self { title: shown(title.as_ref()), labels: Vec::new(), notes: Vec::new(), helps: Vec::new() }
    }

    /// Where the message points, if anywhere.
    pub fn primary(&self) -> Option<&Label> {
        self.labels.first()
    }
}

/// The words by which a diagnostic is put together, the same on all that carry one. What takes several takes none as
/// well: an option is a list of at most one.
macro_rules! impl_words {
    ($carrier:ty, |$this:ident| $diagnostic:expr) => {
        impl $carrier {
            /// Adds words at a place; the first call gives the primary label.
            #[must_use]
            pub fn label(self, span: $crate::source::Span, text: impl AsRef<str>) -> Self {
                self.labels([(span, text)])
            }

            /// Adds words at some places, or at none.
            #[must_use]
            pub fn labels<T: AsRef<str>>(
                mut self,
                labels: impl IntoIterator<Item = ($crate::source::Span, T)>,
            ) -> Self {
                let $this = &mut self;
                let labels =
                    labels.into_iter().map(|(span, text)| $crate::diagnostic::Label::new(span, text));
                $diagnostic.labels.extend(labels);
                self
            }

            /// Adds a reason.
            #[must_use]
            pub fn note(self, text: impl AsRef<str>) -> Self {
                self.notes([text])
            }

            /// Adds some reasons, or none.
            #[must_use]
            pub fn notes<T: AsRef<str>>(mut self, notes: impl IntoIterator<Item = T>) -> Self {
                let $this = &mut self;
                let notes = notes.into_iter().map(|text| $crate::diagnostic::shown(text.as_ref()));
                $diagnostic.notes.extend(notes);
                self
            }

            /// Adds a way out.
            #[must_use]
            pub fn help(self, help: impl Into<$crate::diagnostic::Help>) -> Self {
                self.helps([help])
            }

            /// Adds some ways out, or none.
            #[must_use]
            pub fn helps<T: Into<$crate::diagnostic::Help>>(
                mut self,
                helps: impl IntoIterator<Item = T>,
            ) -> Self {
                let $this = &mut self;
                $diagnostic.helps.extend(helps.into_iter().map(Into::into));
                self
            }
        }
    };
}
pub(crate) use impl_words;

impl_words!(Diagnostic, |this| this);
impl_words!(Problem, |this| this.diagnostic);

/// Something that the tool could not read or make sense of, in a file. It makes the run end with status 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file's path as given, also where no place in it can be named; made safe to show.
    pub file: Option<String>,
    /// What is wrong, with what was expected and what to do.
    pub diagnostic: Diagnostic,
}

impl Problem {
    /// A problem at a place.
    pub fn at(span: Span, title: impl AsRef<str>, label: impl AsRef<str>) -> Self {
        Self { file: None, diagnostic: Diagnostic::new(title).label(span, label) }
    }

    /// A problem with a whole file, or with a path that is none.
    pub fn in_file(path: impl AsRef<str>, title: impl AsRef<str>) -> Self {
        Self { file: Some(clean(path.as_ref()).into_owned()), diagnostic: Diagnostic::new(title) }
    }

    /// A problem of the run, in no file.
    pub fn of_run(title: impl AsRef<str>) -> Self {
        Self { file: None, diagnostic: Diagnostic::new(title) }
    }

    /// Asks whether a name was meant, which then replaces what stands at the place of the problem.
    #[must_use]
    pub fn did_you_mean(self, near: &str) -> Self {
        let place = self.diagnostic.primary().map(|label| label.span);
        let help = Help::from(format!("did you mean `{near}`?"));
        self.help(help.replacing(place, near))
    }

    /// Asks whether the nearest of some names was meant; says something else where none is near.
    #[must_use]
    pub fn help_nearest<'a>(
        self,
        wanted: &str,
        names: impl IntoIterator<Item = &'a str>,
        otherwise: impl AsRef<str>,
    ) -> Self {
        self.help_near(nearest(wanted, names), otherwise)
    }

    /// As [`help_nearest`](Self::help_nearest), where the nearest name has been found.
    #[must_use]
    pub fn help_near(self, near: Option<&str>, otherwise: impl AsRef<str>) -> Self {
        match near {
            Some(near) => self.did_you_mean(near),
            None => self.help(otherwise.as_ref()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn a_replacement_is_written_as_its_file_needs_it() {
        for (old, new, written) in [
            ("audt-log", "audit-log", Some("audit-log")),
            ("'audt-log'", "audit-log", Some("'audit-log'")),
            ("\"audt-log\"", "audit-log", Some("\"audit-log\"")),
            ("\"a\"", "b \"c\" \\", Some("\"b \\\"c\\\" \\\\\"")),
            ("'a'", "it's", Some("\"it's\"")),
            ("2027-01-31", "2027-07-30", Some("2027-07-30")),
            ("2027-Q1", "2027-07-30", Some("\"2027-07-30\"")),
            ("365 days", ">= 365 days", Some("\">= 365 days\"")),
            ("480000", "480000 EUR", Some("\"480000 EUR\"")),
            ("late", "true", Some("\"true\"")),
            ("true", "false", Some("false")),
            ("{ a: b }", "c", None),
            ("|\n  a", "c", None),
            ("a\n  b", "c", None),
        ] {
            let source = Source::new(FileId(0), "f", old);
            let replacement = Replacement { span: source.span(0..old.len()), text: new.to_owned() };
            assert_eq!(replacement.written(&source).as_deref(), written, "{old}");
        }
    }
}
