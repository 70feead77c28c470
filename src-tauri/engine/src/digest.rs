//! Fingerprints of values.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// SHA-256 over a value's JSON, in hexadecimal. Equal values have equal digests.
pub(crate) fn of(value: &impl Serialize) -> String {
    // A value of ours that cannot be JSON would be a defect; the empty text keeps it from equalling any other.
    let content = serde_json::to_vec(value).unwrap_or_default();
    hex::encode(Sha256::digest(content))
}
