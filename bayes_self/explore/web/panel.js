// One side of the page: what is asked, what is believed, in pictures and in tables.

import { become, colour, h, p, plain, table } from "./dom.js";
import { bitsRows, facets, landscape } from "./facets.js";
import { identities, ownership, trajectory } from "./pictures.js";

const FRAMES = {
  "self-model": "self-model: as the scenario says",
  "persona-selection": "persona selection: a persona is taken whole",
  simulator: "simulator: nothing observed is about me",
};

export class Panel {
  constructor(shelf, side, index, changed) {
    this.side = side;
    this.changed = changed;
    this.who = h("h2", { className: "who", id: `who-${index}` }, "…");
    this.ribbon = h("div", { className: "ribbon", "aria-hidden": "true" });
    this.refused = h("p", { className: "refused", role: "alert", hidden: true });
    this.figures = h("div", { className: "figures" });
    this.element = h("section", { className: "side", "aria-labelledby": this.who.id },
      h("div", { className: "asks" }, this.#asks(shelf, side, index)),
      h("div", { className: "head" }, this.who, this.ribbon), this.refused, this.figures);
    new ResizeObserver(() => this.#redraw()).observe(this.figures);
  }

  /** The names and colours of another scenario. */
  of(sheet) {
    this.sheet = sheet;
    this.evidence.disabled = !sheet.draws;
    this.evidence.title = sheet.draws ? "" : sheet.given ? `The evidence is given in ${sheet.given}` : "There is no world to draw from";
    this.found = null;
    this.shown = null;
  }

  /** Draw an answer. */
  draw(found) {
    this.found = found;
    this.refused.hidden = true;
    this.element.classList.remove("stale");
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

  /** Say why there is no answer; the last picture stays, and is told from a new one. */
  refuse(error) {
    this.refused.textContent = error.message;
    this.refused.hidden = false;
    this.element.classList.add("stale");
  }

  #redraw() {
    if (this.found && this.figures.clientWidth !== this.width) this.draw(this.found);
  }

  #figures(found) {
    const sheet = this.sheet;
    const columns = this.width >= 992 ? 2 : 1;
    const width = Math.max(260, Math.floor((this.width - (columns - 1) * 32) / columns) - 34);
    const rows = (values, before) => Object.entries(values).map(([name, value]) => [plain(name), p(value), p(before[name])]);
    const every = [
      { title: "Who am I?", note: "Thin line: before any claim or observation.", picture: identities(sheet, found, width),
        numbers: () => table("P(identity)", ["identity", "posterior", "prior"], rows(found.identities, found.prior.identities)) },
      { title: "How did it get there?", note: `${found.overtakes}.`, picture: trajectory(sheet, found, width),
        numbers: () => table("P(identity) after each stream", ["after", ...sheet.identities.map((each) => each.label)],
          found.trajectory.map((step) => [plain(step.step), ...Object.values(step.identities).map(p)])) },
      { title: "What am I?", note: key(found), picture: facets(sheet, found, width),
        numbers: () => table("P(value) of each facet", ["facet: value", "posterior", "prior"], sheet.facets.flatMap((facet) =>
          facet.values.map((value) => [`${plain(facet.name)}: ${value}`, p(found.facets[facet.name][value] ?? 0),
            p(found.prior.facets[facet.name][value] ?? 0)]))) },
      { title: "What holds it there?", note: "Bits by which the first answer is ahead, had nothing been claimed of it: the claim it takes to flip it.",
        picture: landscape(sheet, found, width),
        numbers: () => table("Bits to flip, and negative for the likeliest", ["answer", "bits"], bitsRows(found)) },
    ];
    if (Object.keys(found.ownership).length)
      every.push({ title: "Whose evidence was it?", note: `${found.pointer}.`, picture: ownership(sheet, found, width),
        numbers: () => table("P(stream is about me)", ["stream", "after", "before"], rows(found.ownership, found.prior.ownership)) });
    every.push(said(found));
    return every;
  }

  #asks(shelf, side, index) {
    const scenario = h("select", { id: `scenario-${index}` },
      shelf.scenarios.map(({ name, title }) => h("option", { value: name }, title ? `${name}: ${title}` : name)));
    scenario.value = side.scenario;
    const frame = h("select", { id: `frame-${index}` }, shelf.frames.map((name) => h("option", { value: name }, FRAMES[name])));
    frame.value = side.frame;
    this.evidence = h("select", { id: `evidence-${index}` },
      h("option", { value: "drawn" }, "drawn from the world"), h("option", { value: "expected" }, "as expected"));
    this.evidence.value = side.evidence;
    scenario.addEventListener("change", () => this.changed({ scenario: scenario.value, edits: {} }));
    frame.addEventListener("change", () => this.changed({ frame: frame.value }));
    this.evidence.addEventListener("change", () => this.changed({ evidence: this.evidence.value }));
    return [["scenario", scenario], ["frame", frame], ["evidence", this.evidence]].map(([name, select]) =>
      h("div", {}, h("label", { htmlFor: select.id }, name), select));
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

function key(found) {
  const kinds = new Set(Object.values(found.standing).flatMap((values) => Object.values(values)));
  const words = [["true", "true in the world"], ["told", "as it was told"], ["neither", "neither"]]
    .filter(([kind]) => kinds.has(kind) || (kind !== "neither" && kinds.has("both")));
  return h("span", { className: "key" }, words.map(([kind, word]) => h("span", { className: `swatch ${kind}` }, word)));
}

function said(found) {
  const list = found.expectations.map((each) => h("li", { className: each.holds ? "holds" : "fails" },
    `${each.holds ? "✓" : "✗"} ${each.says} `,
    h("span", { className: "note" }, typeof each.found === "string" ? each.found : p(each.found))));
  const held = found.expectations.filter((each) => each.holds).length;
  return { title: "What was expected, and what holds?", note: list.length ? `${held} of ${list.length} that the file keeps hold; what else its author expected is in its comments.` : "The file expects nothing.",
    picture: h("div", {}, h("ul", { className: "expected" }, list), h("p", {}, found.happened)) };
}

/** What changed, for who listens: who it is, and every verdict that is another one. */
export function spoken(before, found) {
  const other = Object.entries(found.verdicts).filter(([facet, verdict]) => before && before.verdicts[facet] !== verdict);
  return `${found.who}.${other.map(([facet, verdict]) => ` ${plain(facet)}: now ${verdict}.`).join("")}`;
}

