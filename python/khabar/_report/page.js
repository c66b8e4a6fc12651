// The page's own script: no library, nothing fetched. Text goes into the page as text, never as markup.
const packed = Uint8Array.from(atob(document.getElementById("data").textContent), letter => letter.charCodeAt(0));
const data = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
const words = JSON.parse(document.getElementById("words").textContent);
const root = document.documentElement;
const ARABIC = /[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]/;
const PAGE = 300;

const strings = data.strings;
const at = Object.fromEntries(data.columns.map((name, n) => [name, n]));
const TEXTS = ["id", "what", "figure", "agent", "patient", "place", "time", "source", "realis", "rule", "day", "place_id"];
const reports = data.reports.map(([id, outlet, published, title, text, marks], number) => ({ number, doc_id: id, outlet, published, title, text, marks, claims: [] }));
const claims = data.claims.map(row => {
    const claim = {};
    for (const name of data.columns) claim[name] = row[at[name]];
    for (const name of TEXTS) claim[name] = row[at[name]] < 0 ? null : strings[row[at[name]]];
    claim.report = reports[claim.doc];
    claim.outlet = claim.report.outlet;
    claim.published = claim.report.published;
    claim.text = claim.report.text.slice(claim.start, claim.end);
    claim.report.claims.push(claim);
    return claim;
});
const byId = new Map(claims.map(claim => [claim.id, claim]));

function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
        if (value === null || value === undefined || value === false) continue;
        if (name in element && name !== "lang") element[name] = value; else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
}

function turned(element, text) {
    if (text && ARABIC.test(text)) { element.dir = "rtl"; element.lang = "ar"; }
    return element;
}

const language = () => root.lang === "ar" ? 1 : 0;
const say = key => (words.page[key] ?? words.columns[key] ?? [key, key])[language()];
const head = key => (words.columns[key] ?? words.page[key])[language()];
const value = word => (words.values[word] ?? [word, word])[language()];
// A figure is a number after a word, as in at_least 14.
const figure = text => text === null ? null : text.replace(/^[a-z_]+(?= )/, word => value(word));
const SAID = { what: value, realis: value, figure, relation: value, grading: value };
const collators = ["en", "ar"].map(name => new Intl.Collator(name, { numeric: true }));

// A table that sorts by its heads and filters by words and by choices.
class Table {
    constructor(section, rows, columns, choices) {
        Object.assign(this, { section, rows, columns, choices, sort: null, down: false, limit: PAGE, chosen: {} });
        this.search = make("input", { type: "search", id: section.id + "-filter" });
        this.label = make("label", { htmlFor: this.search.id });
        this.search.addEventListener("input", () => { this.limit = PAGE; this.show(); });
        this.selects = choices.map(name => {
            const select = make("select", { id: `${section.id}-${name}` });
            select.addEventListener("change", () => { this.chosen[name] = select.value; this.limit = PAGE; this.show(); });
            return [name, make("label", { htmlFor: select.id }), select];
        });
        this.clear = make("button", { type: "button" });
        this.clear.addEventListener("click", () => this.reset());
        this.count = make("span", { role: "status" });
        this.head = make("tr");
        this.body = make("tbody");
        this.caption = make("caption", { className: "unseen" });
        this.more = make("button", { type: "button", className: "more" });
        this.more.addEventListener("click", () => { this.limit += PAGE; this.show(); });
        const pairs = [[this.label, this.search], ...this.selects.map(s => s.slice(1))];
        const tools = make("div", { className: "tools" }, ...pairs.map(pair => make("span", { className: "pair" }, ...pair)), this.clear, this.count);
        const scroll = make("div", { className: "scroll", tabIndex: 0, role: "region" }, make("table", {}, this.caption, make("thead", {}, this.head), this.body));
        scroll.setAttribute("aria-labelledby", section.querySelector("h2").id);
        section.append(tools, scroll, this.more);
        this.words();
    }
    // Everything that is said in a language.
    words() {
        this.label.textContent = say("filter");
        this.clear.textContent = say("clear");
        this.more.textContent = say("more");
        this.caption.textContent = say(this.section.id);
        for (const [name, label, select] of this.selects) {
            label.textContent = head(name);
            const counts = new Map();
            for (const row of this.rows) if (row[name] !== null) counts.set(row[name], (counts.get(row[name]) ?? 0) + 1);
            const options = [...counts].sort((a, b) => b[1] - a[1]).map(([key, n]) => make("option", { value: key }, `${SAID[name] ? SAID[name](key) : key} (${n})`));
            select.replaceChildren(make("option", { value: "" }, say("all")), ...options);
            select.value = this.chosen[name] ?? "";
        }
        this.head.replaceChildren(...this.columns.map(column => {
            const button = make("button", { type: "button" }, head(column.name));
            button.addEventListener("click", () => {
                this.down = this.sort === column && !this.down;
                this.sort = column;
                this.show();
            });
            return make("th", { scope: "col", className: column.number ? "n" : "" }, button);
        }));
        this.show();
    }
    reset() {
        this.search.value = "";
        this.chosen = {};
        this.only = this.where = null;
        for (const [, , select] of this.selects) select.value = "";
        this.show();
    }
    found() {
        const needles = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
        const kept = this.rows.filter(row =>
            (!this.only || this.only(row))
            && Object.entries(this.chosen).every(([name, wanted]) => !wanted || row[name] === wanted)
            && needles.every(needle => this.haystack(row).includes(needle)));
        if (!this.sort) return kept;
        const { key, name } = this.sort, of = key ?? (row => row[name]), sign = this.down ? -1 : 1, compare = collators[language()].compare;
        // Null comes last whichever way.
        return kept.map(row => [of(row), row]).sort(([a], [b]) =>
            a === null || b === null ? (a === null) - (b === null) : sign * (typeof a === "number" ? a - b : compare(a, b))).map(pair => pair[1]);
    }
    haystack(row) {
        row.hay ??= this.columns.map(c => row[c.name]).concat(this.columns.map(c => SAID[c.name] && row[c.name] !== null ? words.values[row[c.name]]?.join(" ") : "")).join(" ").toLowerCase();
        return row.hay;
    }
    show() {
        const found = this.found(), shown = found.slice(0, this.limit);
        const [few, some, all] = [shown, found, this.rows].map(rows => rows.length.toLocaleString("en"));
        const filtered = found.length < this.rows.length ? ` (${say("in_all")}: ${all})` : "";
        this.count.textContent = `${few} ${say("shown")} ${some}${filtered}${this.where ? ` · \u2068${this.where}\u2069` : ""}`;
        this.more.hidden = shown.length === found.length;
        [...this.head.children].forEach((th, n) => {
            if (this.columns[n] === this.sort) th.setAttribute("aria-sort", this.down ? "descending" : "ascending");
            else th.removeAttribute("aria-sort");
        });
        this.body.replaceChildren(...shown.map(row => make("tr", {}, ...this.columns.map(column => this.cell(row, column)))));
    }
    cell(row, column) {
        const raw = row[column.name];
        if (column.cell) return column.cell(row);
        if (raw === null || raw === undefined) return make("td", { className: "null" }, "–");
        const text = SAID[column.name] ? SAID[column.name](raw) : column.digits ? raw.toFixed(column.digits) : String(raw);
        const td = turned(make("td", { className: column.number ? "n" : column.wide ? "wide" : column.day ? "day" : "" }), text);
        if (column.open) {
            const button = make("button", { type: "button", title: say("open") }, text);
            button.addEventListener("click", () => open(row.claim ?? row));
            td.append(button);
        } else td.append(text);
        return td;
    }
}

// The report of a claim, its sentence and its words marked.
const dialog = document.getElementById("reader");
let current = null, before = null;

function open(what) {
    current = what;
    const report = what.report ?? what, claim = what.report ? what : null;
    before = dialog.open ? before : document.activeElement;
    const title = document.getElementById("reader-title");
    title.textContent = report.title ?? report.doc_id;
    turned(title, report.title ?? "");
    const facts = [["outlet", report.outlet], ["published", report.published], ["doc_id", report.doc_id]];
    if (claim) facts.unshift(...["what", "figure", "agent", "patient", "place", "time", "source", "realis", "confidence", "rule"].map(name => [name, SAID[name] ? claim[name] && SAID[name](claim[name]) : claim[name]]));
    document.getElementById("facts").replaceChildren(...facts.filter(f => f[1] !== null && f[1] !== undefined).map(([name, text]) =>
        make("div", {}, make("dt", {}, head(name)), turned(make("dd", {}, String(text)), String(text)))));
    for (const [id, step] of [["previous", -1], ["next", 1]]) document.getElementById(id).disabled = !beside(step);
    const text = document.getElementById("text");
    text.replaceChildren(...pieces(report, claim));
    if (!dialog.open) dialog.showModal();
    (text.querySelector(".here") ?? text).scrollIntoView({ block: claim ? "center" : "start", behavior: "instant" });
    history.replaceState(null, "", claim ? "#claim=" + encodeURIComponent(claim.id) : "#report=" + encodeURIComponent(report.doc_id));
}

function beside(step) {
    const list = (current.report ?? current).claims;
    return current.report ? list[list.indexOf(current) + step] : step > 0 ? list[0] : undefined;
}

// The sentence round a claim, as far as its end marks tell.
function sentence(text, claim) {
    let start = claim.start, end = claim.end;
    while (start > 0 && !/[.!?؟\n]/.test(text[start - 1])) start--;
    while (end < text.length && !/[.!?؟\n]/.test(text[end])) end++;
    return [start, end + (end < text.length && text[end] !== "\n")];
}

function pieces(report, claim) {
    const text = report.text, spans = [];
    for (let n = 0; n < report.marks.length; n += 4) spans.push({ start: report.marks[n], end: report.marks[n + 1], kind: "m" + report.marks[n + 2], label: strings[report.marks[n + 3]] });
    for (const c of report.claims) spans.push({ start: c.start, end: c.end, kind: c.casualty ? "u h" : "u", label: [value(c.what), figure(c.figure), c.source && `${say("source")}: \u2068${c.source}\u2069`, c.rule].filter(Boolean).join(" · ") });
    if (claim) {
        const [start, end] = sentence(text, claim);
        spans.push({ start, end, kind: "here" }, { start: claim.anchor_start ?? claim.start, end: claim.anchor_end ?? claim.end, kind: "mark" });
    }
    const cuts = [...new Set([0, text.length, ...spans.flatMap(s => [s.start, s.end])])].sort((a, b) => a - b);
    return cuts.slice(0, -1).map((start, n) => {
        const end = cuts[n + 1], over = spans.filter(s => s.start <= start && s.end >= end && s.end > s.start), piece = text.slice(start, end);
        if (!over.length) return piece;
        const mentions = over.filter(s => s.kind[0] === "m" && s.kind !== "mark").sort((a, b) => (a.end - a.start) - (b.end - b.start));
        const names = new Set([mentions[0]?.kind, ...over.filter(s => s.kind[0] === "u").map(s => s.kind), over.some(s => s.kind === "here") && "here"].filter(Boolean));
        return make(over.some(s => s.kind === "mark") ? "mark" : "span", { className: [...names].join(" "), title: [...new Set(over.map(s => s.label).filter(Boolean))].join("\n") }, piece);
    });
}

document.getElementById("close").addEventListener("click", () => dialog.close());
for (const [id, step] of [["previous", -1], ["next", 1]]) document.getElementById(id).addEventListener("click", () => { const to = beside(step); if (to) open(to); });
dialog.addEventListener("close", () => { history.replaceState(null, "", location.pathname + location.search); before?.focus(); });

// The tables.
function grouped(name) {
    const found = new Map();
    for (const claim of claims) {
        const key = claim[name];
        if (key === null) continue;
        const row = found.get(key) ?? { [name]: key, n_claims: 0, docs: new Set(), outlets: new Set() };
        row.n_claims++;
        row.docs.add(claim.doc);
        if (claim.outlet) row.outlets.add(claim.outlet);
        found.set(key, row);
    }
    return [...found.values()].map(row => ({ ...row, n_reports: row.docs.size, outlet: [...row.outlets].join([...row.outlets].some(name => ARABIC.test(name)) ? "، " : ", ") })).sort((a, b) => b.n_claims - a.n_claims);
}

function filters(name) {
    return row => {
        const button = make("button", { type: "button" }, row[name]);
        button.addEventListener("click", () => only(claim => claim[name] === row[name], row[name]));
        return turned(make("td", {}, button), row[name]);
    };
}

const number = name => ({ name, number: true });
// The first number in a figure; "in tens" after those that are numbers.
const size = claim => { const found = claim.figure?.replaceAll(",", "").match(/\d+/); return found ? Number(found[0]) : null; };
const section = id => document.getElementById(id);
const tables = [];
const claimTable = new Table(section("claims"), claims, [
    { name: "what", open: true }, { name: "figure", number: true, key: size }, { name: "agent" }, { name: "patient" }, { name: "place" }, { name: "time", key: claim => claim.day },
    { name: "source" }, { name: "outlet" }, { name: "published", day: true }, { name: "realis" }, { name: "confidence", number: true, digits: 2 }, { name: "text", wide: true },
], ["what", "source", "outlet", "realis"]);
tables.push(claimTable);
for (const report of reports) report.n_claims = report.claims.length;
tables.push(new Table(section("reports"), reports, [
    { name: "title", cell: row => { const b = make("button", { type: "button", title: say("open") }, row.title ?? row.doc_id); b.addEventListener("click", () => open(row)); return turned(make("td", {}, b), row.title ?? ""); } },
    { name: "outlet" }, { name: "published", day: true }, number("n_claims"), { name: "doc_id" },
], ["outlet"]));
tables.push(new Table(section("sources"), grouped("source"), [{ name: "source", cell: filters("source") }, number("n_claims"), number("n_reports"), { name: "outlet" }], []));
tables.push(new Table(section("places"), grouped("place"), [{ name: "place", cell: filters("place") }, number("n_claims"), number("n_reports"), { name: "outlet" }], []));

// Of the claims, those of a place or source; which one is said beside their number.
function only(test, where) {
    claimTable.reset();
    Object.assign(claimTable, { only: test, where });
    claimTable.limit = PAGE;
    claimTable.show();
    section("claims").scrollIntoView();
    claimTable.clear.focus({ preventScroll: true });
}

// Marks of the map, the timeline and the grid lead to their claims.
document.addEventListener("click", event => {
    const link = event.target.closest("[data-claim], [data-place], [data-spot]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.claim) open(byId.get(link.dataset.claim));
    else if (link.dataset.place) only(claim => claim.place_id === link.dataset.place || claim.place === link.dataset.place, link.dataset[root.lang]);
    else {
        const [doc, start, end] = link.dataset.spot.split(" ").map(Number);
        open({ report: reports[doc], start, end, what: null, figure: null, doc });
    }
});

function fromAddress() {
    const [, kind, id] = location.hash.match(/^#(claim|report)=(.*)$/) ?? [];
    const what = kind === "claim" ? byId.get(decodeURIComponent(id)) : reports.find(r => kind && r.doc_id === decodeURIComponent(id));
    if (what) open(what);
}

function turn(language) {
    root.lang = language;
    root.dir = root.lang === "ar" ? "rtl" : "ltr";
    for (const table of tables) { for (const row of table.rows) delete row.hay; table.words(); }
    tellMarks();
}

// What a mark of the timeline stands for, to who rests on it or hears it.
function tellMarks() {
    for (const link of document.querySelectorAll(".tolls [data-claim]")) {
        const claim = byId.get(link.dataset.claim);
        const told = [claim.day, figure(claim.figure), claim.patient, claim.source ?? claim.outlet].filter(Boolean).map(part => `\u2068${part}\u2069`).join(" · ");
        link.setAttribute("aria-label", told);
        link.querySelector("title").textContent = told;
    }
}

section("language").addEventListener("click", () => turn(root.lang === "ar" ? "en" : "ar"));
if (navigator.language.startsWith("ar")) turn("ar"); else tellMarks();
addEventListener("beforeprint", () => { for (const table of tables) { table.limit = Infinity; table.show(); } });
addEventListener("hashchange", fromAddress);
fromAddress();
root.dataset.ready = "";
