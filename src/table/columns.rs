//! The columns of the nine tables: the contract with whoever reads them. A new column is one line here.

use std::sync::LazyLock;

use super::layout::Values::{Day, Flag, Int, Long, Moment, Real, Text, Texts};
use super::layout::{Column, Layout, Table};
use super::rows::{Actor, Attribution, Casualty, Claim, Document, Event, Location, Place, Quantity, Report, Time};

/// The tables in their order.
pub const NAMES: [&str; 9] =
    ["documents", "actors", "locations", "times", "quantities", "attributions", "events", "casualties", "claims"];

static TABLES: LazyLock<[Box<dyn Table>; 9]> = LazyLock::new(|| {
    [
        Box::new(Layout::new("documents", documents(), |r| vec![&r.document])),
        Box::new(Layout::new("actors", actors(), |r| r.actors.iter().collect())),
        Box::new(Layout::new("locations", locations(), |r| r.locations.iter().collect())),
        Box::new(Layout::new("times", times(), |r| r.times.iter().collect())),
        Box::new(Layout::new("quantities", quantities(), |r| r.quantities.iter().collect())),
        Box::new(Layout::new("attributions", attributions(), |r| r.attributions.iter().collect())),
        Box::new(Layout::new("events", events(), |r| r.events.iter().collect())),
        Box::new(Layout::new("casualties", casualties(), |r| r.casualties.iter().collect())),
        Box::new(Layout::new("claims", claims(), in_text_order)),
    ]
});

/// Every table, in the order of [`NAMES`].
pub fn all() -> impl Iterator<Item = &'static dyn Table> {
    TABLES.iter().map(|t| &**t)
}

pub fn named(name: &str) -> Option<&'static dyn Table> {
    all().find(|t| t.name() == name)
}

/// `"name": Kind = |document, row| value,` for each column; `required` where it is never null.
macro_rules! columns {
    ($row:ty; $($name:literal: $kind:ident $($required:ident)? = $get:expr,)*) => {
        vec![$(Column::<$row>::new($name, $kind($get))$(.$required())?),*]
    };
}

fn documents() -> Vec<Column<Document>> {
    columns![Document;
        "doc_id": Text required = |d, _| Some(&d.doc_id),
        "outlet": Text = |d, _| d.outlet.as_deref(),
        "published": Day = |d, _| d.published,
        "title": Text = |d, _| d.title.as_deref(),
        "n_chars": Int = |d, _| d.text.as_ref().map(|_| d.n_chars),
        "n_sentences": Int = |d, _| d.text.as_ref().map(|_| d.n_sentences),
        "warnings": Texts required = |d, _| &d.warnings,
        "text": Text = |d, _| d.text.as_deref(),
    ]
}

fn actors() -> Vec<Column<Actor>> {
    mention(columns![Actor;
        "actor_id": Text = |_, r| r.actor_id.as_deref(),
        "name": Text = |_, r| r.name.as_deref(),
        "name_ar": Text = |_, r| r.name_ar.as_deref(),
        "type": Text required = |_, r| Some(&r.kind),
        "country": Text = |_, r| r.country.as_deref(),
        "basis": Text required = |_, r| Some(r.basis),
        "refers_to": Int = |_, r| r.refers_to,
    ])
}

fn locations() -> Vec<Column<Location>> {
    mention(columns![Location;
        "place_id": Text = |_, r| r.place_id.as_deref(),
        "name": Text = |_, r| r.name.as_deref(),
        "name_ar": Text = |_, r| r.name_ar.as_deref(),
        "kind": Text required = |_, r| Some(&r.kind),
        "country": Text = |_, r| r.country.as_deref(),
        "admin1": Text = |_, r| r.admin1.as_deref(),
        "lat": Real = |_, r| r.lat,
        "lon": Real = |_, r| r.lon,
        "geo_precision": Int = |_, r| r.geo_precision,
        "relation": Text = |_, r| r.relation.as_deref(),
        "basis": Text required = |_, r| Some(r.basis),
        "ambiguous": Int required = |_, r| Some(r.ambiguous),
    ])
}

fn times() -> Vec<Column<Time>> {
    mention(columns![Time;
        "type": Text required = |_, r| Some(r.kind),
        "value": Text = |_, r| r.value.as_deref(),
        "from": Moment = |_, r| r.from,
        "to": Moment = |_, r| r.to,
        "resolved": Flag required = |_, r| Some(r.resolved),
    ])
}

fn quantities() -> Vec<Column<Quantity>> {
    mention(columns![Quantity;
        "kind": Text required = |_, r| Some(r.kind),
        "value": Real = |_, r| r.value,
        "low": Real = |_, r| r.low,
        "high": Real = |_, r| r.high,
        "modifier": Text required = |_, r| Some(r.modifier),
        "magnitude": Long = |_, r| r.magnitude,
        "unit": Text = |_, r| r.unit.as_deref(),
        "noun": Text = |_, r| r.noun.as_deref(),
        "claim_id": Text = |_, r| r.claim_id.as_deref(),
    ])
}

fn attributions() -> Vec<Column<Attribution>> {
    columns![Attribution;
        "attribution_id": Text required = |_, r| Some(&r.attribution_id),
        "doc_id": Text required = |d, _| Some(&d.doc_id),
        "sentence": Int required = |_, r| Some(r.sentence),
        "source_start": Int required = |_, r| Some(r.source_start),
        "source_end": Int required = |_, r| Some(r.source_end),
        "source": Text required = |_, r| Some(&r.source),
        "source_id": Text = |_, r| r.source_id.as_deref(),
        "source_kind": Text = |_, r| r.source_kind.as_deref(),
        "cue_start": Int required = |_, r| Some(r.cue_start),
        "cue_end": Int required = |_, r| Some(r.cue_end),
        "cue": Text required = |_, r| Some(&r.cue),
        "cue_class": Text required = |_, r| Some(&r.cue_class),
        "direct": Flag required = |_, r| Some(r.direct),
        "content_start": Int = |_, r| r.content_start,
        "content_end": Int = |_, r| r.content_end,
        "parent": Text = |_, r| r.parent.as_deref(),
        "stands_for": Text = |_, r| r.stands_for.as_deref(),
        "stands_for_start": Int = |_, r| r.stands_for_at.map(|e| e.start),
        "stands_for_end": Int = |_, r| r.stands_for_at.map(|e| e.end),
        "rule": Text required = |_, r| Some(r.rule),
    ]
}

fn events() -> Vec<Column<Event>> {
    claim(
        columns![Event;
            "type": Text required = |_, r| Some(&r.kind),
            "subtype": Text = |_, r| r.subtype.as_deref(),
            "trigger_start": Int required = |_, r| Some(r.trigger_start),
            "trigger_end": Int required = |_, r| Some(r.trigger_end),
            "trigger": Text required = |_, r| Some(&r.trigger),
            "agent": Text = |_, r| r.agent.as_deref(),
            "agent_id": Text = |_, r| r.agent_id.as_deref(),
            "patient": Text = |_, r| r.patient.as_deref(),
            "patient_id": Text = |_, r| r.patient_id.as_deref(),
            "supporter": Text = |_, r| r.supporter.as_deref(),
            "weapon": Text = |_, r| r.weapon.as_deref(),
        ],
        vec![],
        columns![Event;
            "agent_start": Int = |_, r| r.agent_at.map(|e| e.start),
            "agent_end": Int = |_, r| r.agent_at.map(|e| e.end),
            "patient_start": Int = |_, r| r.patient_at.map(|e| e.start),
            "patient_end": Int = |_, r| r.patient_at.map(|e| e.end),
            "supporter_start": Int = |_, r| r.supporter_at.map(|e| e.start),
            "supporter_end": Int = |_, r| r.supporter_at.map(|e| e.end),
            "weapon_start": Int = |_, r| r.weapon_at.map(|e| e.start),
            "weapon_end": Int = |_, r| r.weapon_at.map(|e| e.end),
        ],
    )
}

fn casualties() -> Vec<Column<Casualty>> {
    claim(
        columns![Casualty;
            "kind": Text required = |_, r| Some(&r.kind),
            "anchor_start": Int required = |_, r| Some(r.anchor_start),
            "anchor_end": Int required = |_, r| Some(r.anchor_end),
            "anchor": Text required = |_, r| Some(&r.anchor),
            "count": Long = |_, r| r.count,
            "upper": Long = |_, r| r.upper,
            "modifier": Text required = |_, r| Some(r.modifier),
            "magnitude": Long = |_, r| r.magnitude,
            "low": Long = |_, r| r.low,
            "high": Long = |_, r| r.high,
            "victims": Text = |_, r| r.victims.as_deref(),
            "victim_class": Text required = |_, r| Some(&r.victim_class),
            "victim_actor": Text = |_, r| r.victim_actor.as_deref(),
            "victim_actor_id": Text = |_, r| r.victim_actor_id.as_deref(),
            "perpetrator": Text = |_, r| r.perpetrator.as_deref(),
            "perpetrator_id": Text = |_, r| r.perpetrator_id.as_deref(),
            "cause": Text = |_, r| r.cause.as_deref(),
            "event_id": Text = |_, r| r.event_id.as_deref(),
        ],
        columns![Casualty;
            "cumulative": Flag required = |_, r| Some(r.cumulative),
            "since": Text = |_, r| r.since.as_deref(),
            "subset_of": Text = |_, r| r.subset_of.as_deref(),
        ],
        columns![Casualty;
            "victims_start": Int = |_, r| r.victims_at.map(|e| e.start),
            "victims_end": Int = |_, r| r.victims_at.map(|e| e.end),
            "victim_actor_start": Int = |_, r| r.victim_actor_at.map(|e| e.start),
            "victim_actor_end": Int = |_, r| r.victim_actor_at.map(|e| e.end),
            "perpetrator_start": Int = |_, r| r.perpetrator_at.map(|e| e.start),
            "perpetrator_end": Int = |_, r| r.perpetrator_at.map(|e| e.end),
        ],
    )
}

fn claims() -> Vec<Column<dyn Claimed>> {
    claim(
        columns![dyn Claimed;
            "table": Text required = |_, r| Some(r.table()),
            "type": Text required = |_, r| Some(r.kind()),
        ],
        vec![],
        vec![],
    )
}

/// A mention: where it stands, then its own columns.
fn mention<R: Mentioned>(own: Vec<Column<R>>) -> Vec<Column<R>> {
    let head = columns![R;
        "doc_id": Text required = |d, _| Some(&d.doc_id),
        "sentence": Int required = |_, r| Some(r.at().sentence),
        "start": Int required = |_, r| Some(r.at().start),
        "end": Int required = |_, r| Some(r.at().end),
        "text": Text required = |_, r| Some(&r.at().text),
    ];
    head.into_iter().chain(own).collect()
}

/// A claim: where it stands, what it says (`own`), where and when and by whom, what else it says (`scope`), how sure it is,
/// and where the words stand that its values were read from (`evidence`).
fn claim<R: Claimed + ?Sized>(own: Vec<Column<R>>, scope: Vec<Column<R>>, evidence: Vec<Column<R>>) -> Vec<Column<R>> {
    let head = columns![R;
        "claim_id": Text required = |_, r| Some(&r.claim().claim_id),
        "doc_id": Text required = |d, _| Some(&d.doc_id),
        "sentence": Int required = |_, r| Some(r.claim().at.sentence),
        "start": Int required = |_, r| Some(r.claim().at.start),
        "end": Int required = |_, r| Some(r.claim().at.end),
        "text": Text required = |_, r| Some(&r.claim().at.text),
    ];
    let setting = columns![R;
        "place": Text = |_, r| r.claim().place.as_deref(),
        "place_id": Text = |_, r| r.claim().place_id.as_deref(),
        "lat": Real = |_, r| r.claim().lat,
        "lon": Real = |_, r| r.claim().lon,
        "geo_precision": Int = |_, r| r.claim().geo_precision,
        "time": Text = |_, r| r.claim().time.as_deref(),
        "time_from": Moment = |_, r| r.claim().time_from,
        "time_to": Moment = |_, r| r.claim().time_to,
        "time_precision": Int = |_, r| r.claim().time_precision,
        "source": Text = |_, r| r.claim().source.as_deref(),
        "source_id": Text = |_, r| r.claim().source_id.as_deref(),
        "attribution_id": Text = |_, r| r.claim().attribution_id.as_deref(),
    ];
    let footing = columns![R;
        "negated": Flag required = |_, r| Some(r.claim().negated),
        "realis": Text required = |_, r| Some(r.claim().realis),
        "rule": Text required = |_, r| Some(&r.claim().rule),
        "confidence": Real required = |_, r| Some(r.claim().confidence),
    ];
    let shared = columns![R;
        "place_start": Int = |_, r| r.claim().place_at.map(|e| e.start),
        "place_end": Int = |_, r| r.claim().place_at.map(|e| e.end),
        "time_start": Int = |_, r| r.claim().time_at.map(|e| e.start),
        "time_end": Int = |_, r| r.claim().time_at.map(|e| e.end),
        "polarity_start": Int = |_, r| r.claim().polarity_at.map(|e| e.start),
        "polarity_end": Int = |_, r| r.claim().polarity_at.map(|e| e.end),
    ];
    head.into_iter().chain(own).chain(setting).chain(scope).chain(footing).chain(evidence).chain(shared).collect()
}

/// The events and casualties of a report by where they begin; a longer claim comes before the shorter ones within it.
fn in_text_order(report: &Report) -> Vec<&dyn Claimed> {
    let events = report.events.iter().map(|e| e as &dyn Claimed);
    let casualties = report.casualties.iter().map(|c| c as &dyn Claimed);
    let mut claims: Vec<_> = events.chain(casualties).collect();
    claims.sort_by_key(|c| (c.claim().at.start, -c.claim().at.end));
    claims
}

trait Mentioned: 'static {
    fn at(&self) -> &Place;
}

macro_rules! mentioned {
    ($($row:ty),*) => {$(
        impl Mentioned for $row {
            fn at(&self) -> &Place {
                &self.at
            }
        }
    )*};
}

mentioned!(Actor, Location, Time, Quantity);

trait Claimed: 'static {
    fn claim(&self) -> &Claim;
    fn table(&self) -> &'static str;
    fn kind(&self) -> &str;
}

macro_rules! claimed {
    ($($row:ty => $table:literal),*) => {$(
        impl Claimed for $row {
            fn claim(&self) -> &Claim {
                &self.claim
            }

            fn table(&self) -> &'static str {
                $table
            }

            fn kind(&self) -> &str {
                &self.kind
            }
        }
    )*};
}

claimed!(Event => "events", Casualty => "casualties");

#[cfg(test)]
mod tests {
    use arrow_array::{Array, cast::AsArray};

    use super::*;

    fn claim_at(start: i32, end: i32) -> Claim {
        Claim { claim_id: format!("{start}-{end}"), at: Place { start, end, ..Place::default() }, ..Claim::default() }
    }

    fn report() -> Report {
        Report {
            document: Document {
                doc_id: "a".into(),
                text: Some("خبر".into()),
                warnings: vec!["w".into()],
                ..Document::default()
            },
            events: [claim_at(5, 9), claim_at(0, 4)].map(|claim| Event { claim, ..Event::default() }).into(),
            casualties: [claim_at(5, 20)].map(|claim| Casualty { claim, count: Some(3), ..Casualty::default() }).into(),
            ..Report::default()
        }
    }

    #[test]
    fn names_are_the_tables() {
        assert_eq!(all().map(|t| t.name()).collect::<Vec<_>>(), NAMES);
    }

    #[test]
    fn nothing_in_still_has_every_column() {
        for table in all() {
            let empty = table.batch(&[]);
            assert_eq!(empty.num_rows(), 0);
            assert_eq!(empty.schema(), table.batch(&[report()]).schema(), "{}", table.name());
        }
    }

    #[test]
    fn claims_come_in_the_order_of_the_text() {
        let batch = named("claims").unwrap().batch(&[report()]);
        let ids: Vec<_> = batch.column(0).as_string::<i64>().iter().flatten().collect();
        assert_eq!(ids, ["0-4", "5-20", "5-9"]);
        let tables: Vec<_> = batch["table"].as_string::<i64>().iter().flatten().collect();
        assert_eq!(tables, ["events", "casualties", "events"]);
    }

    #[test]
    fn claims_hold_what_events_and_casualties_share() {
        let of = |name| named(name).unwrap().schema();
        let (events, casualties) = (of("events"), of("casualties"));
        for field in of("claims").fields().iter().filter(|f| !["table", "type"].contains(&f.name().as_str())) {
            assert_eq!(Some(field), events.fields().iter().find(|f| f.name() == field.name()));
            assert_eq!(Some(field), casualties.fields().iter().find(|f| f.name() == field.name()));
        }
    }

    #[test]
    fn a_null_row_counts_nothing() {
        let batch = named("documents").unwrap().batch(&[Report::default(), report()]);
        assert!(batch["n_chars"].is_null(0) && batch["n_chars"].is_valid(1));
    }
}
