// Turning points: the single edits that would change the likeliest identity, as buttons.

import { ask, Away, Refused } from "./ask.js";
import { edited, question } from "./address.js";
import { at, colour, h, p, written } from "./dom.js";
import { short } from "./controls.js";

const PATIENCE = 250; // milliseconds without a push before the search begins
const FIRST = 6; // how many are shown at once

export class TurningPoints {
  #asked = null; // what the cards answer: the question, without any of the cards' edits
  #points = [];
  #search = null;
  #timer = 0;
  #all = false;

  constructor(choose, chosen) {
    this.choose = choose;
    at("target").addEventListener("change", () => chosen(at("target").value));
  }

  /** After an answer: look for turning points, unless what is shown is one of the cards, or what they are about. */
  start(side, sheet, found, target, where) {
    const name = target in found.identities ? target : this.#keeps(side, sheet) ? this.#asked.target : found.asked_about;
    if (sheet.name !== this.#asked?.sheet.name)
      at("target").replaceChildren(...sheet.identities.map((each) => h("option", { value: each.name }, each.label)));
    at("target").value = name;
    if (this.#keeps(side, sheet) && name === this.#asked.target) {
      this.#mark(side);
      return;
    }
    this.stop();
    const asked = { side: { ...side, edits: { ...side.edits } }, sheet, target: name, where, p: found.identities[name],
      wins: likeliest(found.identities) === name };
    if (!at("turning-points-list").children.length) {
      this.#ask(asked);
      at("turning-points-said").textContent = `${now(asked)}.`;
    }
    at("turning-points").classList.remove("coming");
    at("turning-points").classList.add("old");
    this.#timer = setTimeout(() => this.#look(asked), PATIENCE);
  }

  /** Look for nothing any more: a question that is given up is no longer worked at. */
  stop() {
    clearTimeout(this.#timer);
    this.#search?.abort();
    this.#search = null;
  }

  /** Whether the cards are about this side: as it was asked about, or with the edit of one card in it. */
  #keeps(side, sheet) {
    const asked = this.#asked;
    return Boolean(asked) && asked.sheet.name === sheet.name && asked.side.frame === side.frame && asked.side.evidence === side.evidence
      && (same(side.edits, asked.side.edits) || this.#points.some((point) => this.#isChosen(point, side)));
  }

  #isChosen(point, side) {
    return same(side.edits, edited(this.#asked.side.edits, controlOf(point, this.#asked.sheet), point.text));
  }

  async #look(asked) {
    const search = this.#search = new AbortController();
    at("turning-points-progress").textContent = "Looking…";
    try {
      const found = await ask("turning_points", { ...question(asked.side), target: asked.target }, search.signal);
      if (search !== this.#search) return;
      this.#search = null;
      this.#asked = asked;
      this.#points = ordered(found.points, asked.wins);
      this.#show();
    } catch (error) {
      if (!(error instanceof Refused || error instanceof Away)) throw error;
    } finally {
      if (!this.#search || search === this.#search) at("turning-points-progress").textContent = "";
    }
  }

  #ask({ wins }) {
    at("turning-points-after").textContent = wins ? "to lose it?" : "to win?";
  }

  #show() {
    const { side } = this.#asked;
    this.#ask(this.#asked);
    const list = at("turning-points-list");
    const shown = this.#all ? this.#points : this.#points.slice(0, FIRST);
    const cards = underHand(list, shown).map((point) => this.#card(point));
    if (this.#points.length > FIRST) cards.push(h("li", { className: "more" }, h("button", { type: "button",
      "aria-expanded": String(this.#all), on: { click: () => {
        this.#all = !this.#all;
        this.#show();
        list.querySelector(".more button")?.focus();
      } } }, this.#all ? "Show fewer" : `All ${this.#points.length} ways`)));
    at("turning-points").classList.remove("old");
    const held = document.activeElement?.dataset?.point;
    list.replaceChildren(...cards);
    this.#mark(side);
    if (held) list.querySelector(`[data-point="${CSS.escape(held)}"]`)?.focus();
  }

  #card(point) {
    const { side, sheet, target } = this.#asked;
    const control = controlOf(point, sheet);
    const winner = sheet.identities.find((each) => each.name === point.winner);
    const then = h("span", { className: "then" }, `${winner.label} ${point.winner === target ? p(point.p) : "wins"}`);
    then.style.setProperty("--c", colour(winner));
    const button = h("button", { type: "button", "data-point": name(point), "aria-pressed": "false", on: { click: () => {
      const isChosen = button.getAttribute("aria-pressed") === "true";
      this.choose(edited(side.edits, control, point.text), side.edits, isChosen ? null : control);
    } } },
    h("span", { className: "what" }, control.what), h("span", { className: "to" }, change(control, point, side)),
    h("span", { className: "far" }, point.far), then);
    return h("li", {}, button);
  }

  /** Mark the card whose edit is in force; the others stay as they are, each instead of it. */
  #mark(side) {
    at("turning-points").classList.remove("old");
    const isChosen = this.#points.some((point) => this.#isChosen(point, side));
    const begin = isChosen ? `Before the chosen change ${p(this.#asked.p)}` : now(this.#asked);
    at("turning-points-said").textContent = !this.#points.some((point) => point.turns) ? "No single change does it. These come nearest:"
      : this.#asked.wins ? `${begin}, the likeliest. Each of these changes, alone, deposes it:`
        : `${begin}. Each of these changes, alone, makes it the likeliest:`;
    for (const button of at("turning-points-list").querySelectorAll("[data-point]")) {
      const point = this.#points.find((each) => name(each) === button.dataset.point);
      button.setAttribute("aria-pressed", String(Boolean(point) && this.#isChosen(point, side)));
    }
  }
}

const now = (asked) => `${asked.where || "Now "}${p(asked.p)}`;
const name = (point) => `${point.key}=${point.text}`;
const likeliest = (all) => Object.keys(all).reduce((a, b) => (all[b] > all[a] ? b : a));
const same = (a, b) => Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((key) => a[key] === b[key]);

/** What turns it, the nearest first; where nothing does, the three that help most. */
function ordered(points, wins) {
  const turning = points.filter((point) => point.turns).sort((a, b) => (a.distance ?? 1.5) - (b.distance ?? 1.5));
  return turning.length ? turning : [...points].sort((a, b) => (wins ? a.p - b.p : b.p - a.p)).slice(0, 3);
}

/** The points in their order; while the pointer is over the list, those that it shows already stay where they are. */
function underHand(list, points) {
  if (!list.matches(":hover")) return points;
  const before = [...list.querySelectorAll("[data-point]")].map((button) => button.dataset.point);
  const place = (point) => (before.includes(name(point)) ? before.indexOf(name(point)) : Infinity);
  return points.map((point, i) => [place(point), i, point]).sort((a, b) => (a[0] === b[0] ? a[1] - b[1] : a[0] - b[0])).map(([, , point]) => point);
}

function controlOf(point, sheet) {
  const every = sheet.groups.flatMap((group) => group.controls);
  return every.find(({ key }) => key === point.key) ?? every.find((control) => control.set_key === point.key);
}

function change(control, point, side) {
  if (control.kind === "choice") return control.options.find(([text]) => text === point.text)?.[1] ?? point.text;
  return `${written(short(side.edits[control.key] ?? control.value))} → ${written(short(point.text))}`;
}
