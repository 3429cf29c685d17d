// One side of the page: what is asked, what is believed, in pictures and in tables.

import { become, colour, h, p, plain, table } from "./dom.js";
import { bitsRows, facets, landscape } from "./facets.js";
import { identities, ownership, trajectory } from "./pictures.js";
import { explained, term } from "./words.js";

/** A frame as people write it. */
export const frameCalled = (name) => (name === "persona-selection" ? "persona selection" : name);

const SEEN = { frame: "frame", evidence: "expected evidence" };
const HELD = "Edits of what is believed hold the evidence; edits of the world, and of claims, let the world answer again.";

export class Panel {
  constructor(shelf, side, index, changed) {
    this.side = side;
    this.changed = changed;
    this.who = h("h2", { className: "who", id: `who-${index}` }, "…");
    this.ribbon = h("div", { className: "ribbon", "aria-hidden": "true" });
    this.refused = h("p", { className: "refused", role: "alert", hidden: true });
    this.drawnAgain = h("p", { className: "drawn-again", role: "status", hidden: true });
    this.called = h("p", { className: "called", hidden: true });
    this.figures = h("div", { className: "figures" });
    this.element = h("section", { className: "side", "aria-labelledby": this.who.id },
      this.called, h("div", { className: "asks" }, this.#asks(shelf, side, index)), this.drawnAgain,
      h("div", { className: "head" }, this.who, this.ribbon), this.refused, this.figures);
    new ResizeObserver(() => this.#redraw()).observe(this.figures);
  }

  /** The names and colours of another scenario. */
  of(sheet) {
    this.sheet = sheet;
    this.evidence.disabled = !sheet.draws;
    this.evidence.title = sheet.draws ? HELD : sheet.given ? `The evidence is given in ${sheet.given}` : "There is no world to draw from";
    this.found = null;
    this.shown = null;
  }

  /** Say which side this is, where there are two. */
  call(name) {
    this.called.textContent = name;
    this.called.hidden = !name;
  }

  /** Draw an answer. */
  draw(found) {
    this.found = found;
    this.refused.hidden = true;
    const again = found.drawn_again;
    if (this.drawnAgain.textContent !== again) this.drawnAgain.textContent = again;
    this.drawnAgain.hidden = !again;
    this.who.textContent = found.who;
    this.ribbon.replaceChildren(...this.sheet.identities.map((each) => {
      const part = h("span", { title: `${each.label} ${p(found.identities[each.name])}` });
      part.style.flexGrow = found.identities[each.name];
      part.style.background = colour(each);
      return part;
    }));
    this.width = this.figures.clientWidth;
    const told = this.#figures(found);
    if (!this.shown) {
      this.shown = told.map((each) => new Figure(each));
      this.figures.replaceChildren(...this.shown.map(({ element }) => element));
    }
    told.forEach((each, i) => this.shown[i].draw(each));
  }

  /** Say why an edit is refused; the last picture stays, and so do the numbers that it is of. */
  refuse(error) {
    const kept = this.found ? "\nIt is not in force: all is as it was before." : "";
    this.refused.textContent = inWords(error.message, this.sheet) + kept;
    this.refused.hidden = false;
  }

  #redraw() {
    if (this.found && this.figures.clientWidth !== this.width) this.draw(this.found);
  }

  #figures(found) {
    const sheet = this.sheet;
    const columns = this.width >= 992 ? 2 : 1;
    const width = Math.max(260, Math.floor((this.width - (columns - 1) * 32) / columns) - 34);
    const people = new Map(sheet.identities.map((each) => [each.name, each.label]));
    const before = "before any claim or observation";
    const rows = (values, then) => Object.entries(values).map(([name, value]) => [people.get(name) ?? plain(name), p(value), p(then[name])]);
    const every = [
      { title: "Who am I?", picture: identities(sheet, found),
        note: explained(`How probable each identity is now; thin line: its prior, what pretraining leaves ${before}.`, "identity", "prior", "claim"),
        numbers: () => table("Who it is: probabilities", ["identity", "now", before], rows(found.identities, found.prior.identities)) },
      { title: "How did it get there?", picture: trajectory(sheet, found, width),
        note: explained(`${found.overtakes}. From the start, which knows no pretraining yet, one stream after the other.`, "stream"),
        numbers: () => table("Who it is, at the start and after each stream: probabilities",
          ["identity", ...found.trajectory.map((step, i) => (i ? plain(step.step) : "start"))],
          sheet.identities.map(({ name, label }) => [label, ...found.trajectory.map((step) => p(step.identities[name]))])) },
      { title: "What am I?", note: key(found), picture: facets(sheet, found, width),
        numbers: () => table("What it is: probabilities", ["facet: value", "now", before], sheet.facets.flatMap((facet) =>
          facet.values.map((value) => [`${plain(facet.name)}: ${value}`, p(found.facets[facet.name][value] ?? 0),
            p(found.prior.facets[facet.name][value] ?? 0)]))) },
      { title: "What holds it there?", picture: landscape(sheet, found),
        note: explained(`Bits to flip: how large a claim would make another answer the likeliest, if nothing had been claimed about the question yet (“untold”). ${found.loose}.`, "bits to flip", "claim"),
        numbers: () => table("Bits to flip: negative for what would be the likeliest anyway", ["answer", "bits"], bitsRows(sheet, found)) },
    ];
    if (Object.keys(found.ownership).length)
      every.push({ title: "Whose evidence was it?", picture: ownership(sheet, found, width),
        note: explained(`${found.pointer}. Dot: its ownership now; ring: before any observation.`, "ownership"),
        numbers: () => table("Ownership: the probability that a stream is about me", ["stream", "now", "before any observation"], rows(found.ownership, found.prior.ownership)) });
    every.push(said(found));
    return every;
  }

  #asks(shelf, side, index) {
    const scenario = h("select", { id: `scenario-${index}` },
      shelf.scenarios.map(({ name, title }) => h("option", { value: name }, title && title !== name ? `${title} (${name})` : name)));
    scenario.value = side.scenario;
    const frame = h("select", { id: `frame-${index}` }, shelf.frames.map((name) => h("option", { value: name }, frameCalled(name))));
    frame.value = side.frame;
    this.evidence = h("select", { id: `evidence-${index}` },
      h("option", { value: "drawn" }, "drawn from the world"), h("option", { value: "fresh" }, "drawn again with every edit"), h("option", { value: "expected" }, "as expected"));
    this.evidence.value = side.evidence;
    scenario.addEventListener("change", () => this.changed({ scenario: scenario.value, edits: {} }));
    frame.addEventListener("change", () => this.changed({ frame: frame.value }));
    this.evidence.addEventListener("change", () => this.changed({ evidence: this.evidence.value }));
    return [["scenario", scenario], ["frame", frame], ["evidence", this.evidence]].map(([name, select]) =>
      h("div", {}, h("label", { htmlFor: select.id }, name), select, SEEN[name] ? term(SEEN[name], "?", "term what") : null));
  }
}

/** A picture with its numbers, whose table is made when it is opened: a slider has no time for what nobody sees. */
class Figure {
  constructor({ title, numbers }) {
    this.note = h("p", { className: "note" });
    this.inside = h("div", { className: "scroll" });
    this.details = h("details", { className: "numbers" },
      h("summary", {}, "Numbers", h("span", { className: "hidden" }, ` of ${title}`)), this.inside);
    this.details.addEventListener("toggle", () => this.#fill());
    this.element = h("figure", {}, h("figcaption", {}, h("h3", {}, title), this.note));
    if (numbers) this.element.append(this.details);
  }

  draw({ note, picture, numbers }) {
    become(this.note, h("p", { className: "note" }, note));
    if (this.picture) become(this.picture, picture);
    else this.element.firstChild.after(this.picture = picture);
    this.numbers = numbers;
    this.#fill();
  }

  #fill() {
    if (!this.details.open || !this.numbers) return this.inside.replaceChildren();
    return become(this.inside, h("div", { className: "scroll" }, this.numbers()));
  }
}

/** A message, with controls by their names before their keys. */
function inWords(message, sheet) {
  const every = sheet.groups.flatMap((group) => group.controls);
  return every.reduce((said, control) => [control.key, control.set_key].filter(Boolean).reduce((text, key) =>
    text.replace(`${key} (on the page)`, control.what === key ? key : `${control.what} (${key})`), said), message);
}

function key(found) {
  const kinds = new Set(Object.values(found.standing).flatMap((values) => Object.values(values)));
  const words = [["true", "true in the world"], ["told", "as it was told"], ["neither", "neither"]]
    .filter(([kind]) => kinds.has(kind) || (kind !== "neither" && kinds.has("both")));
  return [...explained("Each facet, with the verdict on it at the right.", "facet", "verdict"), " ",
    h("span", { className: "key" }, words.map(([kind, word]) => h("span", { className: `swatch ${kind}` }, word)))];
}

function said(found) {
  const list = found.expectations.map((each) => h("li", { className: each.holds ? "holds" : "fails" },
    `${each.holds ? "✓" : "✗"} ${each.says} `,
    h("span", { className: "note" }, `${typeof each.found === "string" ? each.found : p(each.found)}${each.failed ? "; failed with the file’s own numbers" : ""}`)));
  const held = found.expectations.filter((each) => each.holds).length;
  const failed = found.expectations.filter((each) => each.failed).length;
  const note = list.length ? explained(`${held} of ${list.length} expectations hold${failed ? `; with the file’s own numbers ${failed} failed` : ""}.`, "expectation")
    : "The file expects nothing.";
  return { title: "What was expected, and what holds?", note,
    picture: h("div", {}, h("ul", { className: "expected" }, list), h("p", {}, found.happened)) };
}

/** What changed, for who listens: who it is, and every verdict that is another one. */
export function spoken(before, found) {
  const other = Object.entries(found.verdicts).filter(([facet, verdict]) => before && before.verdicts[facet] !== verdict);
  return `${found.who}.${other.map(([facet, verdict]) => ` ${plain(facet)}: now ${verdict}.`).join("")}`;
}

