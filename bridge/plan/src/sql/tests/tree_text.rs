//! `Debug` text as a tree that can be read: without places, absent values and empty lists.

/// A value of `Debug` text.
enum Node {
    /// A word, number or string.
    Leaf(String),
    /// `Name { field: value, ... }`.
    Fields(String, Vec<(String, Node)>),
    /// `Name(value, ...)`, `[value, ...]` and `{key: value, ...}`.
    List(String, Vec<Node>),
}

/// Fields that say where something is, or repeat the text.
const PLACES: [&str; 8] = [
    "span",
    "quote_style",
    "select_token",
    "wildcard_token",
    "case_token",
    "end_token",
    "closing_token",
    "opening_token",
];

/// The tree of a value.
pub(super) fn tree_text(debug: &str) -> String {
    let mut reader = Reader { rest: debug };
    let node = reader.value();
    let mut text = String::new();
    if let Some(node) = simplify(node) {
        write(&node, 0, &mut text);
    }
    text
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', ',']);
    }

    fn take(&mut self, end: usize) -> String {
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken.to_owned()
    }

    fn value(&mut self) -> Node {
        self.skip();
        if self.rest.starts_with('"') {
            return Node::Leaf(self.string());
        }
        let end = self.rest.find(['{', '(', '[', ',', '}', ')', ']', ':', '"']);
        let name = self.take(end.unwrap_or(self.rest.len())).trim_end().to_owned();
        match self.rest.chars().next() {
            Some('{') => self.fields(name),
            Some('(') => Node::List(name, self.items(')')),
            Some('[') => Node::List(name, self.items(']')),
            _ => Node::Leaf(name),
        }
    }

    fn string(&mut self) -> String {
        let mut escaped = false;
        let end = self.rest.char_indices().skip(1).find(|(_, character)| {
            let is_end = *character == '"' && !escaped;
            escaped = *character == '\\' && !escaped;
            is_end
        });
        let end = end.map_or(self.rest.len(), |(index, _)| index + 1);
        self.take(end)
    }

    fn items(&mut self, close: char) -> Vec<Node> {
        self.take(1);
        let mut items = Vec::new();
        loop {
            self.skip();
            if self.rest.is_empty() || self.rest.starts_with(close) {
                self.rest = self.rest.get(1..).unwrap_or_default();
                return items;
            }
            items.push(self.value());
            self.skip();
        }
    }

    /// Named fields, or the entries of a map.
    fn fields(&mut self, name: String) -> Node {
        self.take(1);
        let mut fields = Vec::new();
        loop {
            self.skip();
            if self.rest.is_empty() || self.rest.starts_with('}') {
                self.rest = self.rest.get(1..).unwrap_or_default();
                return Node::Fields(name, fields);
            }
            let key = match self.value() {
                Node::Leaf(key) => key,
                _ => String::new(),
            };
            self.rest = self.rest.trim_start_matches([':', ' ']);
            fields.push((key, self.value()));
        }
    }
}

/// The node without what says nothing; `None` if nothing is left.
fn simplify(node: Node) -> Option<Node> {
    match node {
        Node::Leaf(text) if matches!(text.as_str(), "None" | "false" | "") => None,
        Node::Leaf(text) => Some(Node::Leaf(text)),
        // Where something is, and the script it is in.
        Node::List(name, _) if name == "Span" => None,
        Node::Fields(name, _) if name == "Span" || name == "SqlSource" => None,
        Node::List(name, items) if matches!(name.as_str(), "Some" | "Box" | "ObjectName" | "Identifier") => {
            let mut items: Vec<Node> = items.into_iter().filter_map(simplify).collect();
            if items.len() == 1 {
                return items.pop();
            }
            Some(Node::List(name, items))
        }
        Node::List(name, items) => {
            let items: Vec<Node> = items.into_iter().filter_map(simplify).collect();
            (!name.is_empty() || !items.is_empty()).then_some(Node::List(name, items))
        }
        Node::Fields(name, fields) => {
            let mut fields: Vec<(String, Node)> = fields
                .into_iter()
                .filter(|(key, _)| !PLACES.contains(&key.as_str()))
                .filter_map(|(key, value)| Some((key, simplify(value)?)))
                .collect();
            // A type's text says what the type is; whether it means something is worth a word.
            if name == "DataType" && fields.len() == 2 {
                return Some(fields.swap_remove(0).1);
            }
            if matches!(
                name.as_str(),
                "Ident" | "ValueWithSpan" | "ParsedExpression" | "ParsedQuery"
            ) {
                fields.retain(|(key, _)| key != "text");
                if fields.len() == 1 {
                    return fields.pop().map(|(_, value)| value);
                }
            }
            (!name.is_empty() || !fields.is_empty()).then_some(Node::Fields(name, fields))
        }
    }
}

/// The node on one line if it is short, else one part a line.
fn write(node: &Node, depth: usize, text: &mut String) {
    let line = one_line(node);
    if line.chars().count() + depth * 2 <= 100 {
        text.push_str(&line);
        return;
    }
    let indent = "  ".repeat(depth + 1);
    match node {
        Node::Leaf(leaf) => text.push_str(leaf),
        Node::List(name, items) => {
            text.push_str(&format!("{name}["));
            for item in items {
                text.push_str(&format!("\n{indent}"));
                write(item, depth + 1, text);
            }
            text.push(']');
        }
        Node::Fields(name, fields) => {
            text.push_str(name);
            for (key, value) in fields {
                text.push_str(&format!("\n{indent}{key}: "));
                write(value, depth + 1, text);
            }
        }
    }
}

fn one_line(node: &Node) -> String {
    match node {
        Node::Leaf(leaf) => leaf.clone(),
        Node::List(name, items) => {
            let items: Vec<String> = items.iter().map(one_line).collect();
            format!("{name}[{}]", items.join(", "))
        }
        Node::Fields(name, fields) if fields.is_empty() => name.clone(),
        Node::Fields(name, fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(key, value)| format!("{key}: {}", one_line(value)))
                .collect();
            format!("{name} {{{}}}", fields.join(", "))
        }
    }
}

#[test]
fn what_says_nothing_is_left_out() {
    assert_eq!(
        tree_text(
            r#"A { span: Span { x: 1 }, b: None, c: [], d: Some(Ident { value: "x\"y", quote_style: None }), e: {"k": "v"} }"#
        ),
        r#"A {d: "x\"y", e:  {"k": "v"}}"#
    );
}
