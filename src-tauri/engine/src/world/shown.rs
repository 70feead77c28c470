//! Text from outside, made fit to be shown and kept.

use crate::names::{is_control, turns_direction};

/// Without characters that control a terminal or the direction of text, and cut to a length.
pub fn shown(text: &str, max: usize) -> String {
    let mut readable = text.chars().filter(|c| !is_control(*c) && !turns_direction(*c));
    let mut shown: String = readable.by_ref().take(max).collect();
    if readable.next().is_some() {
        shown.push('…');
    }
    shown
}
