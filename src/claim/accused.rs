//! Who accuses, and who is accused: behind a verb that takes both, the one ends where the other begins.

use super::attribution::Finder;
use super::cue::Cue;
use super::slots::is_noun;
use super::{Attribution, Filler};

impl Finder<'_, '_, '_> {
    /// A verb whose object is said to have done something: accuse, blame.
    pub(super) fn accuses(&self, cue: &Cue<'_>) -> bool {
        cue.row.roles.as_ref().is_some_and(|r| r.object.as_deref() == Some("agent"))
    }

    /// "the governor accused the group X of": the governor.
    pub(super) fn without_accused(&self, cue: &Cue<'_>, source: Filler) -> Filler {
        let tokens = source.at.tokens.clone();
        let addresses = cue.row.roles.as_ref().is_some_and(|r| r.object.as_deref() == Some("audience"));
        let takes = self.accuses(cue) || addresses;
        let accused = (tokens.start + 1..tokens.end).find(|t| takes && self.begins_another(*t));
        accused.map_or(source, |end| self.named_by(tokens.start..end))
    }

    /// "the office had accused Y of": the subject stands between the helping verb and its own.
    pub(super) fn accuser_behind_was(&self, cue: &Cue<'_>, sentence: usize) -> Option<Filler> {
        let doc = self.scene.doc;
        if !self.accuses(cue) {
            return None;
        }
        let subject = self.subject_before(cue.tokens.start, sentence)?;
        let was = subject.at.tokens.start.checked_sub(1).filter(|p| *p >= sentence)?;
        doc.is_particle(was, "aux").then_some(subject)
    }

    /// "X denied it and accused Y of": behind the verb stands Y alone, and X is who has spoken.
    pub(super) fn accuser_before(
        &self,
        cue: &Cue<'_>,
        accused: &Filler,
        sentence: usize,
        earlier: &[Attribution],
    ) -> Option<Filler> {
        let doc = self.scene.doc;
        let reading = cue.reading.filter(|r| r.clitics.conjunction.is_some() && self.accuses(cue))?;
        let spoke =
            earlier.last().filter(|a| a.cue.tokens.start >= sentence && self.verb_agrees(&reading, &a.source))?;
        let alone = accused.at.tokens.start == cue.tokens.end
            && self.content_preposition(cue, accused.at.tokens.end + 1) == Some(accused.at.tokens.end);
        (alone && doc.is_word(accused.at.tokens.end)).then(|| spoke.source.clone())
    }

    /// Behind what is definite stands a party, or a noun that is not: neither can go on with it.
    fn begins_another(&self, token: usize) -> bool {
        let scene = self.scene;
        let doc = scene.doc;
        let clitics = doc.clitics(token);
        let party = scene.actor_at(token).map(|a| &scene.mentions.actors[a]);
        let party = party.filter(|a| a.at.tokens.start == token && a.kind != "person");
        let closed = doc.clitics(token - 1).article || scene.mention_end(token - 1) == Some(token);
        let led = clitics.preposition.is_some() || clitics.conjunction.is_some();
        doc.is_word(token) && !led && closed && (party.is_some() || !clitics.article && is_noun(scene, token))
    }
}
