//! The objects of a git repository, asked of one process that stays.

use std::collections::{HashMap, VecDeque};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use super::super::super::git::git;
use super::super::{LARGEST, too_large};

/// An object as git has it: nothing is filtered, and no line end is changed.
#[derive(Debug)]
pub(super) struct GitObject {
    /// Its name in hexadecimal.
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) bytes: Vec<u8>,
}

/// `git cat-file --batch`: each question is a line, each answer a line and the bytes.
#[derive(Debug)]
pub(super) struct Objects {
    /// None once an answer was cut off: what would come next is not known.
    process: Mutex<Option<Process>>,
}

#[derive(Debug)]
struct Process {
    git: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// What was asked for ahead and not read yet, in the order in which it will be answered.
    asked: VecDeque<String>,
    /// What was read while something else was waited for.
    ready: HashMap<String, io::Result<Option<GitObject>>>,
}

/// The most objects that are asked for ahead. The questions have to fit into a pipe, of 16 KiB on some systems: git does
/// not read them while nobody takes its answers.
const MOST_AHEAD: usize = 128;

impl Objects {
    pub(super) fn of(repository: &Path) -> io::Result<Self> {
        let mut git = git(repository);
        git.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut git = git.spawn()?;
        let (Some(questions), Some(answers)) = (git.stdin.take(), git.stdout.take()) else {
            return Err(ended());
        };
        let (asked, ready) = Default::default();
        let process = Process { git, questions, answers: BufReader::new(answers), asked, ready };
        Ok(Self { process: Mutex::new(Some(process)) })
    }

    /// An object; none where there is none of this name, which is one line.
    pub(super) fn get(&self, name: &str) -> io::Result<Option<GitObject>> {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        let object = process.as_mut().ok_or_else(ended)?.get(name);
        // After a broken answer the next line may be the middle of an object.
        if object.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::FileTooLarge) {
            *process = None;
        }
        object
    }

    /// Asks for objects that will be wanted soon: git finds them meanwhile.
    pub(super) fn ask_ahead(&self, ids: Vec<String>) {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        // What cannot be asked now cannot be when it is wanted, and is told then.
        if process.as_mut().is_some_and(|process| process.ask_ahead(ids).is_err()) {
            *process = None;
        }
    }
}

impl Process {
    fn ask_ahead(&mut self, ids: Vec<String>) -> io::Result<()> {
        let first = self.asked.len();
        self.asked.extend(ids.into_iter().take(MOST_AHEAD.saturating_sub(first)));
        let questions: String = self.asked.iter().skip(first).map(|id| format!("{id}\n")).collect();
        self.questions.write_all(questions.as_bytes())
    }

    fn get(&mut self, name: &str) -> io::Result<Option<GitObject>> {
        while !self.ready.contains_key(name) {
            let Some(next) = self.asked.pop_front() else {
                self.questions.write_all(format!("{name}\n").as_bytes())?;
                return self.answer();
            };
            let answer = self.answer();
            if next == name {
                return answer;
            }
            self.ready.insert(next, answer);
        }
        self.ready.remove(name).unwrap_or_else(|| Err(ended()))
    }

    /// The next answer.
    fn answer(&mut self) -> io::Result<Option<GitObject>> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let line = line.strip_suffix('\n').ok_or_else(ended)?;
        // What is not there is answered by its name, which may hold anything, and a word.
        if line.ends_with(" missing") || line.ends_with(" ambiguous") {
            return Ok(None);
        }
        let mut words = line.split(' ').map(str::to_owned);
        let (Some(id), Some(kind), Some(size)) = (words.next(), words.next(), words.next()) else {
            return Err(ended());
        };
        let size: u64 = size.parse().map_err(io::Error::other)?;
        let mut answer = (&mut self.answers).take(size);
        let mut bytes = Vec::new();
        if size > LARGEST {
            // To be read past, or its bytes would be taken for the next answer.
            io::copy(&mut answer, &mut io::sink())?;
        } else {
            bytes.reserve_exact(usize::try_from(size).unwrap_or(0));
            answer.read_to_end(&mut bytes)?;
        }
        if answer.limit() > 0 {
            return Err(ended());
        }
        self.answers.read_exact(&mut [0])?;
        if size > LARGEST { Err(too_large()) } else { Ok(Some(GitObject { id, kind, bytes })) }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It only reads, and may wait for somebody to take an answer.
        let _ = self.git.kill();
        let _ = self.git.wait();
    }
}

fn ended() -> io::Error {
    io::Error::other("git ended before it had answered")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A repository with some objects, and their names.
    fn repository(texts: &[String]) -> (tempfile::TempDir, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let git = |arguments: &[&str]| {
            let output = git(folder.path()).args(arguments).output().unwrap();
            assert!(output.status.success(), "{output:?}");
            String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
        };
        git(&["init", "--quiet"]);
        let ids = texts.iter().enumerate().map(|(place, text)| {
            let path = folder.path().join(place.to_string());
            std::fs::write(&path, text).unwrap();
            git(&["hash-object", "-w", "--", path.to_str().unwrap()])
        });
        let ids = ids.collect();
        (folder, ids)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        /// What was asked for ahead, in whatever order, twice or for nothing, changes no answer.
        #[test]
        fn an_answer_is_the_same_whatever_was_asked_ahead(
            steps in proptest::collection::vec((proptest::collection::vec(0usize..7, 0..80), 0usize..7), 1..8),
        ) {
            // Two of them are alike, one is larger than a pipe, and one is not there.
            let mut texts: Vec<String> = ["", "a\n", "a\n", "b missing", "c\n\n"].map(str::to_owned).to_vec();
            texts.push("large\n".repeat(50_000));
            let (folder, mut ids) = repository(&texts);
            ids.push("1234567812345678123456781234567812345678".to_owned());
            let objects = Objects::of(folder.path()).unwrap();
            for (ahead, wanted) in steps {
                objects.ask_ahead(ahead.iter().map(|&at| ids[at].clone()).collect());
                let object = objects.get(&ids[wanted]).unwrap();
                prop_assert_eq!(object.map(|object| object.bytes), texts.get(wanted).map(|text| text.clone().into_bytes()));
            }
        }
    }
}
