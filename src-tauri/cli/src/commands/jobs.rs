//! Jobs: listed, worked on, stopped.

use serde_json::json;
use tenantry_engine::Result;
use tenantry_engine::jobs::{self, Control, Job, JobId, NewItem};
use uuid::Uuid;

use super::Session;
use crate::args::JobCommand;
use crate::output::Answer;
use crate::progress::Bar;
use crate::words;

impl Session {
    pub(super) async fn jobs(&self) -> Result<Answer> {
        let jobs = jobs::list(&self.engine).await?;
        let words = words::jobs::list(&jobs);
        Ok(Answer::done(json!({ "jobs": jobs }), words))
    }

    pub(super) async fn job(&self, command: JobCommand) -> Result<Answer> {
        match command {
            JobCommand::Show { id } => {
                let id = JobId(id);
                self.about(&jobs::find(&self.engine, id).await?).await
            }
            JobCommand::Resume { id } => self.go_on(id, Control::Resume).await,
            JobCommand::Retry { id } => self.go_on(id, Control::RetryFailed).await,
            JobCommand::Pause { id } => self.stop(id, Control::Pause).await,
            JobCommand::Cancel { id } => self.stop(id, Control::Cancel).await,
            JobCommand::Undo { id, plan } => self.undo_job(JobId(id), plan).await,
        }
    }

    /// Writes a job down and works on it.
    pub(super) async fn do_job(&self, items: &[NewItem]) -> Result<Answer> {
        let id = jobs::create(&self.engine, items).await?;
        self.work(id).await
    }

    async fn go_on(&self, id: Uuid, control: Control) -> Result<Answer> {
        jobs::control(&self.engine, JobId(id), control).await?;
        self.work(JobId(id)).await
    }

    async fn stop(&self, id: Uuid, control: Control) -> Result<Answer> {
        let job = jobs::control(&self.engine, JobId(id), control).await?;
        self.about(&job).await
    }

    async fn work(&self, id: JobId) -> Result<Answer> {
        let job = self.work_on(id).await?;
        self.about(&job).await
    }

    /// Ctrl-C stops between two items and pauses the job.
    pub(super) async fn work_on(&self, id: JobId) -> Result<Job> {
        let bar = Bar::new();
        let job = jobs::work(&self.engine, id, &bar.run(&self.cancel)).await?;
        if self.cancel.is_cancelled() && job.waiting() > 0 {
            return jobs::control(&self.engine, id, Control::Pause).await;
        }
        Ok(job)
    }

    async fn undo_job(&self, id: JobId, only_plan: bool) -> Result<Answer> {
        let undo = jobs::plan_undo(&self.engine, id).await?;
        let planned = words::jobs::undo(&undo);
        if only_plan {
            return Ok(Answer::done(json!({ "undo": undo }), planned));
        }
        let id = jobs::undo(&self.engine, id).await?;
        let mut answer = self.work(id).await?;
        answer.value["undo"] = json!(undo);
        answer.words = format!("{planned}\n{}", answer.words);
        Ok(answer)
    }

    async fn about(&self, job: &Job) -> Result<Answer> {
        let items = jobs::items(&self.engine, job.id).await?;
        let words = words::jobs::about(job, &items);
        let refused = job.failed > 0;
        Ok(Answer { value: json!({ "job": job, "items": items }), words, refused })
    }
}
