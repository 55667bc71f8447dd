//! What is said about a place: one title, labels in the files, notes and helps.
//!
//! A *problem* is what the tool could not read; a *finding* is what is wrong with the deal. Both carry a
//! [`Diagnostic`], so that every output format draws both alike. All text that enters a diagnostic is made
//! safe to show here, once, so that no format can forget it.

use crate::source::Span;
use crate::text::{brief, clean, nearest};

/// The most characters of one text; a file may hold a name of five megabytes, and nobody reads that.
const LONGEST: usize = 600;

pub(crate) fn shown(text: &str) -> String {
    brief(text, LONGEST).into_owned()
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
    pub helps: Vec<String>,
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
            pub fn help(self, text: impl AsRef<str>) -> Self {
                self.helps([text])
            }

            /// Adds some ways out, or none.
            #[must_use]
            pub fn helps<T: AsRef<str>>(mut self, helps: impl IntoIterator<Item = T>) -> Self {
                let $this = &mut self;
                let helps = helps.into_iter().map(|text| $crate::diagnostic::shown(text.as_ref()));
                $diagnostic.helps.extend(helps);
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

    /// Asks whether the nearest of some names was meant; says something else where none is near.
    #[must_use]
    pub fn help_nearest<'a>(
        self,
        wanted: &str,
        names: impl IntoIterator<Item = &'a str>,
        otherwise: impl AsRef<str>,
    ) -> Self {
        match nearest(wanted, names) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self.help(otherwise),
        }
    }
}
