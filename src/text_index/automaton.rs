//! The automaton as words: a trie of the keys, numbered breadth first, with links.

use interdict_matcher::text::STATE_WORDS;

/// The sections of the automaton.
pub(super) struct Automaton {
    pub(super) states: Vec<u32>,
    pub(super) root: Vec<u32>,
    pub(super) outputs: Vec<u32>,
}

/// A state while the trie is built: the sorted keys that pass through it.
#[derive(Clone, Copy)]
struct Node {
    first_key: usize,
    last_key: usize,
    depth: usize,
    class: u32,
    first_child: u32,
    fail: u32,
    first_output: u32,
    output_link: u32,
}

impl Automaton {
    /// The automaton for these keys over classes 1 to `classes`; an output is the
    /// number of a key.
    pub(super) fn build(keys: &[Vec<u32>], classes: u32) -> Automaton {
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        order.sort_by_key(|&key| (&keys[key as usize], key));
        let (mut nodes, outputs) = trie(keys, &order);
        link(&mut nodes);
        let root = root(&nodes, classes);
        let mut states = Vec::with_capacity((nodes.len() + 1) * STATE_WORDS);
        for node in &nodes {
            states.extend([
                node.first_child,
                node.class,
                node.fail,
                node.first_output,
                node.output_link,
            ]);
        }
        // One record more ends the ranges of the last state.
        states.extend([nodes.len() as u32, 0, 0, outputs.len() as u32, 0]);
        Automaton {
            states,
            root,
            outputs,
        }
    }
}

/// The states breadth first, children side by side and sorted by class, and the
/// outputs of each state.
fn trie(keys: &[Vec<u32>], order: &[u32]) -> (Vec<Node>, Vec<u32>) {
    let key = |at: usize| &keys[order[at] as usize];
    let mut nodes = vec![node(0, order.len(), 0, 0)];
    let mut outputs = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        let parent = nodes[at];
        nodes[at].first_child = nodes.len() as u32;
        nodes[at].first_output = outputs.len() as u32;
        let mut first = parent.first_key;
        while first < parent.last_key && key(first).len() == parent.depth {
            // An empty key ends at the root and is no term.
            if parent.depth > 0 {
                outputs.push(order[first]);
            }
            first += 1;
        }
        while first < parent.last_key {
            let class = key(first)[parent.depth];
            let same = |&at: &usize| key(at)[parent.depth] == class;
            let last = first + (first..parent.last_key).take_while(same).count();
            nodes.push(node(first, last, parent.depth + 1, class));
            first = last;
        }
        at += 1;
    }
    (nodes, outputs)
}

fn node(first_key: usize, last_key: usize, depth: usize, class: u32) -> Node {
    Node {
        first_key,
        last_key,
        depth,
        class,
        first_child: 0,
        fail: 0,
        first_output: 0,
        output_link: 0,
    }
}

/// Sets the fail and output links; both lead to states before their own.
fn link(nodes: &mut [Node]) {
    for parent in 0..nodes.len() {
        for child in children(nodes, parent) {
            let class = nodes[child].class;
            let mut fail = 0;
            let mut from = parent;
            while from != 0 {
                from = nodes[from].fail as usize;
                if let Some(found) = find(nodes, from, class) {
                    fail = found;
                    break;
                }
            }
            nodes[child].fail = fail as u32;
            nodes[child].output_link = match has_outputs(nodes, fail) {
                true => fail as u32,
                false => nodes[fail].output_link,
            };
        }
    }
}

fn children(nodes: &[Node], state: usize) -> std::ops::Range<usize> {
    let end = nodes
        .get(state + 1)
        .map_or(nodes.len(), |next| next.first_child as usize);
    nodes[state].first_child as usize..end
}

fn has_outputs(nodes: &[Node], state: usize) -> bool {
    state != 0
        && nodes
            .get(state + 1)
            .is_none_or(|next| next.first_output > nodes[state].first_output)
}

fn find(nodes: &[Node], state: usize, class: u32) -> Option<usize> {
    let range = children(nodes, state);
    let found = nodes[range.clone()].binary_search_by_key(&class, |node| node.class);
    found.ok().map(|at| range.start + at)
}

/// The state after the root for every class.
fn root(nodes: &[Node], classes: u32) -> Vec<u32> {
    let mut root = vec![0; classes as usize + 1];
    for child in children(nodes, 0) {
        root[nodes[child].class as usize] = child as u32;
    }
    root
}
