//! Plans: what would be done, to whom, resting on what, and what would take it back.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Change, Finding, Intent, Inverse};
use crate::digest;

/// An intent measured against the platform: the changes it comes to, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    pub intent: Intent,
    /// What it is done to, in a word: a schema's name, or `catalog`.
    pub subject: String,
    /// Empty where there is nothing to do.
    pub changes: Vec<Change>,
    /// What is not done, and why.
    pub findings: Vec<Finding>,
    pub basis: Vec<Basis>,
    pub inverse: Option<Inverse>,
    /// SHA-256 over all of the above, in hexadecimal.
    pub hash: String,
}

/// A row that the plan rests on, in the version in which it was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Basis {
    pub row: String,
    pub version: String,
}

impl Plan {
    /// What the plan saw of something that it rests on.
    pub(crate) fn version_of(&self, row: &str) -> Option<&str> {
        self.basis.iter().find(|basis| basis.row == row).map(|basis| basis.version.as_str())
    }

    /// Puts a plan together and seals it with its hash.
    pub(crate) fn new(intent: Intent, subject: impl Into<String>, parts: Parts) -> Self {
        let Parts { changes, findings, mut basis, inverse } = parts;
        basis.sort();
        let inverse = inverse.filter(|_| !changes.is_empty());
        let mut plan =
            Self { intent, subject: subject.into(), changes, findings, basis, inverse, hash: String::new() };
        plan.hash = plan.seal();
        plan
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Nothing is done because somebody has to decide first.
    pub fn is_undecided(&self) -> bool {
        self.findings.iter().any(|finding| match finding {
            Finding::CatalogConflicts { conflicts, .. } => conflicts.iter().any(|c| c.choice.is_none()),
            _ => false,
        })
    }

    /// The same plan, made for another intent that comes to the same.
    pub(crate) fn meant_as(mut self, intent: Intent) -> Self {
        self.intent = intent;
        self.hash = self.seal();
        self
    }

    /// Tells something more to whoever reads the plan. The seal does not cover it.
    pub(super) fn with_advice(mut self, advice: Option<Finding>) -> Self {
        self.findings.extend(advice);
        self
    }

    /// Whether both come to the same, whatever their readers were told beside.
    pub(super) fn comes_to(&self, other: &Self) -> bool {
        self.subject == other.subject && self.hash == other.hash && self.content() == other.content()
    }

    fn seal(&self) -> String {
        digest::of(&self.content())
    }

    fn content(&self) -> (&Intent, &[Change], Vec<&Finding>, &[Basis], Option<&Inverse>) {
        let findings = self.findings.iter().filter(|finding| !finding.is_advice()).collect();
        (&self.intent, &self.changes, findings, &self.basis, self.inverse.as_ref())
    }
}

/// The pieces of a plan while an area is making it.
#[derive(Default)]
pub(crate) struct Parts {
    pub changes: Vec<Change>,
    pub findings: Vec<Finding>,
    pub basis: Vec<Basis>,
    pub inverse: Option<Inverse>,
}
