//! Is the proof there?

use super::{OwnershipState, Step, WhyRemove};
use crate::world::proof::is_met;
use crate::world::{Challenge, DnsAnswer, DnsRecord, ProofEvidence, RecordKind};

pub(super) fn judge(
    proof: Option<&ProofEvidence>,
    challenge: Option<&Challenge>,
) -> (OwnershipState, Vec<Step>) {
    let Some(challenge) = challenge else { return (OwnershipState::NotRequired, Vec::new()) };
    let Some(proof) = proof else { return (OwnershipState::LookupFailed, Vec::new()) };
    let wanted = DnsRecord::wanted(&challenge.record, RecordKind::Txt, &challenge.value);
    match &proof.answer {
        DnsAnswer::Failed { .. } | DnsAnswer::NotAsked => (OwnershipState::LookupFailed, Vec::new()),
        answer if is_met(answer, challenge) => (OwnershipState::Proven, Vec::new()),
        DnsAnswer::Found { records } => (OwnershipState::Failed, vec![replace(records, wanted)]),
        DnsAnswer::NoName | DnsAnswer::NoRecords => {
            (OwnershipState::Unproven, add(&proof.doubled, challenge, wanted))
        }
    }
}

/// One other value is most likely an old one; several are somebody's.
fn replace(records: &[DnsRecord], wanted: DnsRecord) -> Step {
    match records {
        [from] => Step::ChangeRecord { from: from.clone(), to: wanted },
        _ => Step::AddRecord { record: wanted },
    }
}

fn add(doubled: &DnsAnswer, challenge: &Challenge, wanted: DnsRecord) -> Vec<Step> {
    let misplaced = doubled.records().iter().find(|record| challenge.is_met_by(&record.value));
    let remove =
        misplaced.map(|record| Step::RemoveRecord { record: record.clone(), why: WhyRemove::DoubledSuffix });
    remove.into_iter().chain([Step::AddRecord { record: wanted }]).collect()
}
