//! `dealcheck sellable`: what may be promised, by a day, for a scope, at a level.

use std::io::Write;
use std::sync::Arc;

use crate::cli::SellableArgs;
use crate::input::discover::here;
use crate::model::window::Date;
use crate::output::{Colour, draw_problems};
use crate::sellable::{
    self, Answers, QuestionArgs, QuestionReading, Sellability, SellableFormat, Sheet, draw,
};
use crate::source::{Source, Sources};
use crate::workspace::CheckOptions;
use crate::workspace::group::Group;

use super::log::{stderr, stdout};
use super::{Ending, Exit, width};

/// Says what may be promised.
pub(super) fn run(args: &SellableArgs, today: Date, colour: Colour) -> Ending {
    let request = args.source.request(&[]);
    let asked = CheckOptions::on(today);
    let group = Group::read(&here(&request, &std::env::current_dir()?), &asked);
    let typed = QuestionArgs {
        features: &args.features,
        by: args.by.as_deref(),
        scope: &args.scope,
        needs: &args.needs,
        beta: args.beta,
    };
    let QuestionReading { question, sources, problems } = QuestionReading::new(typed, group.reading());
    // Without a roadmap there is nothing to ask, and no word that could be right.
    let question = question.filter(|_| !group.roadmap.files.is_empty());
    let answers = question.as_ref().map(|question| sellable::answer(question, &group)).unwrap_or_default();
    let Answers { answers, problems: incomparable, margin } = answers;
    let problems = match group.roadmap.files.is_empty() {
        true => group.problems.clone(),
        false => [group.problems.clone(), problems, incomparable].concat(),
    };
    let texts: Vec<Arc<Source>> = group.sources.iter().cloned().chain(sources).collect();
    let sources = Sources { shared: &texts, own: None };
    if args.format != SellableFormat::Json {
        let drawn = draw_problems(&problems, sources, colour.err);
        stderr().write_all(drawn.as_bytes())?;
    }
    let sheet =
        Sheet { today, question: question.as_ref(), answers: &answers, margin, problems: &problems, sources };
    let mut out = stdout();
    out.write_all(draw(args.format, sheet, width(), colour.out).as_bytes())?;
    out.flush()?;
    let is_unread = answers.iter().any(|answer| answer.sellability == Sellability::Unread);
    Ok(Exit::of_reading(problems.is_empty() && !is_unread))
}
