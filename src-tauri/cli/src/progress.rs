//! A progress bar on a terminal, and nothing anywhere else.

use indicatif::{ProgressBar, ProgressStyle};
use tenantry_engine::operations::{Progress, Run};
use tokio_util::sync::CancellationToken;

pub struct Bar {
    report: Box<dyn Fn(Progress) + Send + Sync>,
}

impl Bar {
    /// indicatif draws on standard error, and only if that is a terminal.
    pub fn new() -> Self {
        let style = ProgressStyle::with_template("{bar:32} {pos}/{len} {wide_msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::new(0).with_style(style);
        Self { report: Box::new(move |progress| draw(&bar, progress)) }
    }

    pub fn run(&self, cancel: &CancellationToken) -> Run<'_> {
        Run { report: &*self.report, cancel: cancel.clone() }
    }
}

fn draw(bar: &ProgressBar, progress: Progress) {
    match progress {
        Progress::Change { index, total } => place(bar, index, total, String::new()),
        Progress::Rows { done, total, .. } => place(bar, done, total, String::new()),
        Progress::Item { index, total, item } => place(bar, index + 1, total, item.subject),
        Progress::Checking { index, total, subject } => place(bar, index, total, subject),
        Progress::Waiting { attempt, blockers } => {
            let names: Vec<_> =
                blockers.iter().map(|b| format!("{} (process {})", b.application, b.pid)).collect();
            bar.set_message(format!("waiting for a shared table, attempt {attempt}: {}", names.join(", ")));
        }
        Progress::Committing => bar.set_message("committing"),
    }
}

fn place(bar: &ProgressBar, index: u32, total: u32, message: String) {
    bar.set_length(total.into());
    bar.set_position(index.into());
    bar.set_message(message);
}
