//! The text of a pattern to its tree.

use rustc_hash::FxHashMap;

use super::{Digits, Node, Test, Vocabulary, What};
use crate::lexicon::{Fold, List};
use crate::segment::Number;

/// What a pattern may hold, fragments included, and how deep it may be nested: a rule file of a stranger can take neither
/// the memory nor the stack.
const MOST_PARTS: usize = 10_000;
const DEEPEST: usize = 32;
const MOST_REPEATS: u8 = 32;

pub(super) struct Parser<'a> {
    rest: &'a str,
    parts: usize,
    depth: usize,
    fold: &'a Fold,
    vocabulary: &'a mut Vocabulary,
    fragments: &'a FxHashMap<String, Node>,
}

type Parsed = Result<Node, String>;

/// Parses a whole pattern.
pub(super) fn parse(
    pattern: &str,
    fold: &Fold,
    vocabulary: &mut Vocabulary,
    fragments: &FxHashMap<String, Node>,
) -> Parsed {
    let mut parser = Parser { rest: pattern, parts: 0, depth: 0, fold, vocabulary, fragments };
    let node = parser.choice()?;
    match parser.peek() {
        None => Ok(node),
        Some(c) => Err(format!("unexpected {c:?} before {:?}", parser.rest)),
    }
}

impl Parser<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn take(&mut self, sign: &str) -> bool {
        self.rest = self.rest.trim_start();
        self.take_glued(sign)
    }

    fn take_glued(&mut self, sign: &str) -> bool {
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn word(&mut self) -> Result<String, String> {
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        if word.is_empty() { Err(format!("a name is missing before {rest:?}")) } else { Ok(word.to_owned()) }
    }

    fn choice(&mut self) -> Parsed {
        let mut out = vec![self.sequence()?];
        while self.take("|") {
            out.push(self.sequence()?);
        }
        Ok(if out.len() == 1 { out.remove(0) } else { Node::Choice(out) })
    }

    fn sequence(&mut self) -> Parsed {
        let mut out = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            out.push(self.item()?);
        }
        match out.len() {
            0 => Err("an empty alternative".to_owned()),
            1 => Ok(out.remove(0)),
            _ => Ok(Node::Sequence(out)),
        }
    }

    fn item(&mut self) -> Parsed {
        let node = self.atom()?;
        let (min, max) = if self.take_glued("?") {
            (0, 1)
        } else if self.take_glued("*") {
            (0, 12)
        } else if self.take_glued("+") {
            (1, 12)
        } else if self.take_glued("{") {
            let (bounds, rest) = self.rest.split_once('}').ok_or("no closing }")?;
            self.rest = rest;
            let (min, max) = bounds.split_once(',').unwrap_or((bounds, bounds));
            let number = |s: &str| s.trim().parse::<u8>().map_err(|_| format!("not a number: {s:?}"));
            match (number(min)?, number(max)?) {
                (min, max) if min > max => return Err(format!("{{{min},{max}}}: the first number is the smaller one")),
                (_, max) if max > MOST_REPEATS => return Err(format!("{max} times: at most {MOST_REPEATS}")),
                bounds => bounds,
            }
        } else {
            return Ok(node);
        };
        Ok(Node::Repeat { node: Box::new(node), min, max })
    }

    fn atom(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("nested more than {DEEPEST} deep"));
        }
        self.count(1)?;
        let node = self.atom_itself();
        self.depth -= 1;
        node
    }

    fn count(&mut self, parts: usize) -> Result<(), String> {
        self.parts += parts;
        if self.parts > MOST_PARTS { Err(format!("more than {MOST_PARTS} parts, fragments included")) } else { Ok(()) }
    }

    fn atom_itself(&mut self) -> Parsed {
        for (sign, behind, wanted) in [("<!", true, false), ("<", true, true), ("!", false, false), ("&", false, true)]
        {
            if self.take(sign) {
                let mut node = self.atom()?;
                if behind {
                    node.allow_conjunction();
                }
                return Ok(Node::Look { node: Box::new(node), behind, wanted });
            }
        }
        if self.take("(") {
            let node = self.choice()?;
            return if self.take(")") { Ok(node) } else { Err("no closing )".to_owned()) };
        }
        if self.take("[") {
            let (inside, rest) = self.rest.split_once(']').ok_or("no closing ]")?;
            self.rest = rest;
            return self.class(inside);
        }
        if self.take("@") {
            let conjunction = self.take_glued("+");
            let name = self.word()?;
            return Ok(Node::Found { name: Vocabulary::number(&mut self.vocabulary.found, &name)?, conjunction });
        }
        if self.take("$") {
            let name = self.word()?;
            let fragment = self.fragments.get(&name).ok_or(format!("no such fragment: {name}"))?;
            let (parts, deep) = fragment.size();
            self.count(parts)?;
            if self.depth + deep > DEEPEST {
                return Err(format!("nested more than {DEEPEST} deep with the fragment {name}"));
            }
            return Ok(fragment.clone());
        }
        if self.take("#") {
            let digits = [("d", Digits::Day), ("m", Digits::Month), ("h", Digits::Hour), ("y", Digits::Year)];
            for (sign, kind) in digits {
                if self.take_glued(sign) {
                    return Ok(Node::Token(Test::of(What::Digits(kind))));
                }
            }
            return Ok(Node::Token(Test::of(What::Digits(Digits::Any))));
        }
        if self.take("'") {
            let (sign, rest) = self.rest.split_once('\'').ok_or("no closing '")?;
            self.rest = rest;
            return Ok(Node::Token(Test::of(What::Sign(sign.to_owned()))));
        }
        if self.take(".") {
            return Ok(Node::Token(Test::of(What::Word)));
        }
        let free = self.take("~");
        let word = self.word()?;
        if self.take_glued(":") {
            let slot = Vocabulary::number(&mut self.vocabulary.slots, &word)?;
            return Ok(Node::Capture(slot, Box::new(self.item_of_capture()?)));
        }
        let word = self.fold.word(&word);
        self.vocabulary.sieve.add(&word);
        let fresh = u16::try_from(self.vocabulary.literals.len()).map_err(|_| "more than 65,536 words".to_owned())?;
        let id = *self.vocabulary.literals.entry(word.into()).or_insert(fresh);
        let strict = (!free).then_some(false);
        Ok(Node::Token(Test { conjunction: strict, preposition: strict, ..Test::of(What::Literal(id)) }))
    }

    fn item_of_capture(&mut self) -> Parsed {
        match self.rest.chars().next() {
            Some(c) if !c.is_whitespace() => self.atom(),
            _ => Err("a capture needs something to capture".to_owned()),
        }
    }

    fn class(&mut self, inside: &str) -> Parsed {
        let mut parts = inside.split_whitespace();
        let name = parts.next().ok_or("[] is empty")?;
        let (list, kind) = match name.split_once(':') {
            Some((list, kind)) => (list, Some(kind)),
            None => (name, None),
        };
        let list = List::named(list).ok_or(format!("no such list: {list} (known: {})", List::NAMES))?;
        let classes = self.vocabulary.class(list, kind);
        self.vocabulary.use_all(&classes);
        let mut test = Test {
            conjunction: Some(false),
            preposition: Some(false),
            pronoun: Some(false),
            ..Test::of(What::Classes(classes))
        };
        for flag in parts {
            let (flag, wanted) = flag.strip_prefix('-').map_or((flag, true), |f| (f, false));
            match flag {
                "any" => (test.conjunction, test.preposition) = (None, None),
                "art" => test.article = Some(wanted),
                "conj" => test.conjunction = Some(wanted),
                "prep" => test.preposition = Some(wanted),
                "pro" => test.pronoun = Some(wanted),
                "s" => test.number = Some(Number::Singular),
                "d" => test.number = Some(Number::Dual),
                "p" => test.number = Some(Number::Plural),
                "glued" => test.glued = true,
                _ => return Err(format!("no such condition: {flag}")),
            }
        }
        Ok(Node::Token(test))
    }
}

impl Node {
    /// How many parts it has, and how deep they are nested.
    fn size(&self) -> (usize, usize) {
        match self {
            Node::Token(_) | Node::Found { .. } => (1, 1),
            Node::Sequence(all) | Node::Choice(all) => {
                let sizes = all.iter().map(Node::size);
                let (parts, deep) = sizes.fold((0, 0), |(parts, deep), (p, d)| (parts + p, deep.max(d)));
                (parts + 1, deep + 1)
            }
            Node::Repeat { node, .. } | Node::Capture(_, node) | Node::Guard(_, node) | Node::Look { node, .. } => {
                let (parts, deep) = node.size();
                (parts + 1, deep + 1)
            }
        }
    }
}

impl Test {
    fn of(what: What) -> Self {
        Test { what, conjunction: None, preposition: None, article: None, pronoun: None, number: None, glued: false }
    }
}
