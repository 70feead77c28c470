//! What is done to a database before it is open, or so that it no longer is.

use serde_json::json;
use tenantry_engine::connection::Connection;
use tenantry_engine::platform::{self, Action, TableChoice};
use tenantry_engine::{Engine, Result};

use crate::args::PlatformCommand;
use crate::commands::{PROGRAM, close, init_answer};
use crate::output::Answer;
use crate::words;

/// `None` for what is done to an open platform.
pub async fn run(connection: &Connection, command: &PlatformCommand) -> Result<Option<Answer>> {
    Ok(Some(match command {
        PlatformCommand::Init => {
            let (engine, made) = Engine::create(connection, PROGRAM).await?;
            let answer = init_answer(&engine, made).await;
            close(engine).await;
            answer?
        }
        PlatformCommand::Inspect => {
            let inspection = platform::inspect(connection, PROGRAM).await?;
            let words = words::inspection(&inspection);
            Answer::done(json!(inspection), words)
        }
        PlatformCommand::Adopt { tenant_table, domain_table, plan } => {
            let choice =
                TableChoice { tenant_table: tenant_table.clone(), domain_table: domain_table.clone() };
            adopt(connection, &choice, *plan).await?
        }
        PlatformCommand::Release => {
            platform::release(connection, PROGRAM).await?;
            let words = "The views are gone; `tenantry platform adopt` makes them again.";
            Answer::done(json!({ "released": true }), words.into())
        }
        PlatformCommand::Leave { plan } => leave(connection, *plan).await?,
        PlatformCommand::Example | PlatformCommand::Fingerprint { .. } => return Ok(None),
    }))
}

async fn adopt(connection: &Connection, choice: &TableChoice, only_plan: bool) -> Result<Answer> {
    let plan = platform::adoption_plan(connection, PROGRAM, choice).await?;
    if only_plan {
        let words = words::adoption_plan(&plan);
        return Ok(Answer::done(json!({ "plan": plan }), words));
    }
    let engine = platform::adopt(connection, PROGRAM, choice, &plan.hash).await?;
    let status = platform::status(&engine).await;
    close(engine).await;
    let status = status?;
    let done = match plan.action {
        Action::Adopt => "The platform was adopted.",
        Action::Upgrade => "The bookkeeping was brought up to date.",
        Action::Map => "The views were made again.",
        Action::Nothing => "It is a platform already, and up to date; nothing was changed.",
    };
    let words = format!("{done}\n{}", words::status(&status));
    let value = json!({ "action": plan.action, "shape": plan.shape, "status": status });
    Ok(Answer::done(value, words))
}

async fn leave(connection: &Connection, only_plan: bool) -> Result<Answer> {
    if only_plan {
        let plan = platform::leave_plan(connection, PROGRAM).await?;
        let words = words::leave_plan(&plan);
        return Ok(Answer::done(json!({ "plan": plan }), words));
    }
    let left = platform::leave(connection, PROGRAM).await?;
    let words = "The schema tenantry is dropped; nothing of Tenantry remains in this database.";
    Ok(Answer::done(json!({ "left": true, "plan": left }), words.into()))
}
