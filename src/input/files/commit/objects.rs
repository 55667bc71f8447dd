//! The objects of a git repository, asked of one process that stays.

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
}

impl Objects {
    pub(super) fn of(repository: &Path) -> io::Result<Self> {
        let mut git = git(repository);
        git.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut git = git.spawn()?;
        let (Some(questions), Some(answers)) = (git.stdin.take(), git.stdout.take()) else {
            return Err(ended());
        };
        let process = Process { git, questions, answers: BufReader::new(answers) };
        Ok(Self { process: Mutex::new(Some(process)) })
    }

    /// An object; none where there is none of this name, which is one line.
    pub(super) fn get(&self, name: &str) -> io::Result<Option<GitObject>> {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        let object = process.as_mut().ok_or_else(ended)?.get(name);
        if object.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::FileTooLarge) {
            *process = None;
        }
        object
    }
}

impl Process {
    fn get(&mut self, name: &str) -> io::Result<Option<GitObject>> {
        self.questions.write_all(format!("{name}\n").as_bytes())?;
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
