//! An order in which things can be made that need each other.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::hash::Hash;

/// Something to make. What nothing can need has no key.
pub(super) struct Node<K, V> {
    pub stage: i32,
    pub key: Option<K>,
    /// Keys of what has to be there before. Those that no node has are taken as there.
    pub needs: Vec<K>,
    pub value: V,
}

/// Everything after what it needs; as far as that leaves a choice, by stage, and as it stood.
///
/// # Errors
/// What is left over because it needs itself in a circle.
pub(super) fn in_order<K: Eq + Hash, V>(nodes: Vec<Node<K, V>>) -> Result<Vec<V>, Vec<V>> {
    let mut places: HashMap<&K, Vec<usize>> = HashMap::new();
    for (place, node) in nodes.iter().enumerate() {
        if let Some(key) = &node.key {
            places.entry(key).or_default().push(place);
        }
    }
    let mut waiting = vec![0_usize; nodes.len()];
    let mut followers = vec![Vec::new(); nodes.len()];
    for (place, node) in nodes.iter().enumerate() {
        for &needed in node.needs.iter().filter_map(|key| places.get(key)).flatten() {
            waiting[place] += 1;
            followers[needed].push(place);
        }
    }
    let stages: Vec<_> = nodes.iter().map(|node| node.stage).collect();
    let mut ready: BinaryHeap<_> = (0..nodes.len())
        .filter(|place| waiting[*place] == 0)
        .map(|place| Reverse((stages[place], place)))
        .collect();
    let mut values: Vec<_> = nodes.into_iter().map(|node| Some(node.value)).collect();
    let mut made = Vec::with_capacity(values.len());
    while let Some(Reverse((_, place))) = ready.pop() {
        made.extend(values[place].take());
        for &follower in &followers[place] {
            waiting[follower] -= 1;
            if waiting[follower] == 0 {
                ready.push(Reverse((stages[follower], follower)));
            }
        }
    }
    let circle: Vec<_> = values.into_iter().flatten().collect();
    if circle.is_empty() { Ok(made) } else { Err(circle) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(name: &'static str, stage: i32, needs: &[&'static str]) -> Node<&'static str, &'static str> {
        Node { stage, key: Some(name), needs: needs.to_vec(), value: name }
    }

    #[test]
    fn by_stage_but_for_what_is_needed_earlier() {
        let nodes = vec![
            node("table", 4, &["function of a view"]),
            node("function of a view", 3, &["view"]),
            node("view", 7, &["first table"]),
            node("first table", 4, &["public.thing"]),
            node("trigger", 8, &[]),
        ];
        let order = in_order(nodes).unwrap();
        assert_eq!(order, ["first table", "view", "function of a view", "table", "trigger"]);
    }

    #[test]
    fn a_circle_is_named() {
        let nodes = vec![node("a", 1, &["b"]), node("b", 1, &["a"]), node("c", 1, &[])];
        assert_eq!(in_order(nodes).unwrap_err(), ["a", "b"]);
    }
}
