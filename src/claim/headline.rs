//! Headlines: who speaks, a colon, and what is said.

use super::Attribution;
use super::attribution::Finder;
use crate::lexicon::{Reading, Row};
use crate::mention::Extent;
use crate::segment::Kind;

/// Within how many tokens the colon of a headline stands.
const HEAD: usize = 16;

impl Finder<'_, '_, '_> {
    /// "The health ministry: five killed": the head of a line, or of a headline that is quoted, a speaker and nothing else before its
    /// colon.
    pub(super) fn headline(&self, start: usize, earlier: &[Attribution]) -> Option<Attribution> {
        let scene = self.scene;
        let doc = scene.doc;
        let behind_colon = start > 0 && doc.kind(start - 1) == Some(Kind::Colon);
        let sentence = doc.sentence_range(start);
        if start != sentence.start && !behind_colon {
            return None;
        }
        let silent = || earlier.last().is_none_or(|a| a.cue.tokens.start < sentence.start);
        if start != sentence.start && !silent() {
            return None;
        }
        let colon = (start..sentence.end.min(start + HEAD)).find(|t| doc.kind(*t) == Some(Kind::Colon))?;
        let source = self.subject(start, colon).filter(|s| s.at.tokens == (start..colon) && self.can_speak(s))?;
        // A dateline, an agency's credit, what the line is about ("Turkey:", "the dead:", "source:") says nothing.
        let party = source.actor.map(|a| scene.mentions.actors[a].kind.as_str());
        let speaks = |_: &Reading, row: &Row| {
            row.source_kind.as_deref().is_some_and(|k| !matches!(k, "document" | "media" | "social_account"))
        };
        let unnamed = doc.reading(start, speaks).is_some() && (colon > start + 1 || !doc.is_definite(start));
        let named = matches!(party, Some("person" | "organization" | "military" | "armed_group" | "coalition"));
        let governs = party == Some("state") && scene.place_at(start).is_none() && colon > start + 1;
        let titled = self.is_title(start) && party != Some("media") || governs;
        let content = self.content_from(colon + 1, sentence.end);
        let said = content.clone().any(|t| doc.is_word(t)) && doc.clitics(start).conjunction.is_none();
        let agency = |a: usize| scene.mentions.actors[a].kind == "media" && scene.mentions.actors[a].row.is_some();
        let local = party == Some("media") && !source.actor.is_some_and(agency) && !doc.is_definite(start);
        let speaker = named || unnamed && party != Some("media") || local || titled;
        (said && speaker).then(|| Attribution {
            source_kind: self.source_kind(&source),
            source,
            stands_for: None,
            cue: Extent { tokens: colon..colon + 1, span: doc.span(colon..colon + 1) },
            cue_class: "say".to_owned(),
            direct: false,
            content: self.trim(content),
            parent: None,
            rule: "headline",
        })
    }
}
