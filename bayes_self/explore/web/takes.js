// What it would take: the single edits that make somebody the likeliest, or depose him, as buttons.

import { ask, Away, Refused } from "./ask.js";
import { question } from "./address.js";
import { at, colour, h, p, plain, written } from "./dom.js";
import { short } from "./controls.js";

const PATIENCE = 350; // milliseconds without a push before the search begins
const FIRST = 6; // how many are shown at once

export class Takes {
  #run = 0;
  #timer = 0;
  #all = false;
  #sheet = null;
  #said = "";

  constructor(apply, chosen) {
    this.apply = apply;
    at("target").addEventListener("change", () => chosen(at("target").value));
  }

  /** Look again after a push; what was being looked for is left alone. */
  start(side, sheet, found, target, where) {
    const run = ++this.#run;
    clearTimeout(this.#timer);
    const name = target in found.identities ? target : found.asked_about;
    if (sheet !== this.#sheet) at("target").replaceChildren(...sheet.identities.map((each) => h("option", { value: each.name }, each.label)));
    this.#sheet = sheet;
    at("target").value = name;
    const wins = likeliest(found.identities) === name;
    at("takes-after").textContent = wins ? "to lose it?" : "to win?";
    const now = `${where || "Now "}${p(found.identities[name])}`;
    this.#said = wins ? `${now}, the likeliest. Each of these changes, alone, deposes it:`
      : `${now}. Each of these changes, alone, makes it the likeliest:`;
    at("takes-said").textContent = at("takes-list").children.length ? this.#said : `${now}. Looking for what would change that…`;
    at("takes").classList.remove("coming");
    at("takes").classList.add("old");
    this.#timer = setTimeout(() => this.#search(run, side, sheet, name), PATIENCE);
  }

  /** A push stops the search at once, so that it gets the whole engine. */
  stop() {
    this.#run++;
    clearTimeout(this.#timer);
  }

  async #search(run, side, sheet, target) {
    const controls = new Map(sheet.groups.flatMap((group) => group.controls.map((control) => [control.key, { control, group }])));
    const found = [];
    let next = 0;
    try {
      while (next !== null) {
        const part = await ask("takes", { ...question(side), target, start: next });
        if (run !== this.#run) return;
        found.push(...part.turns);
        next = part.next;
        at("takes-progress").textContent = next === null ? "" : `Looking… ${next} of ${part.of} controls`;
        this.#show(found, sheet, controls, side, next === null);
      }
    } catch (error) {
      if (error instanceof Refused) at("takes-progress").textContent = "";
      else if (!(error instanceof Away)) throw error;
    }
  }

  #show(found, sheet, controls, side, done) {
    const turns = found.filter((turn) => turn.turns).sort((a, b) => (a.distance ?? 1.5) - (b.distance ?? 1.5));
    const best = found.filter((turn) => !turn.turns).sort((a, b) => b.p - a.p).slice(0, 3);
    const shown = this.#all ? turns : turns.slice(0, FIRST);
    const cards = (turns.length ? shown : done ? best : []).map((turn) => this.#card(turn, sheet, controls, side));
    if (turns.length > FIRST) cards.push(h("li", { className: "more" }, h("button", { type: "button",
      "aria-expanded": String(this.#all), on: { click: () => {
        this.#all = !this.#all;
        this.#show(found, sheet, controls, side, done);
        at("takes-list").querySelector(".more button")?.focus();
      } } }, this.#all ? "Show fewer" : `All ${turns.length} ways`)));
    if (turns.length) at("takes-said").textContent = this.#said;
    else if (done) at("takes-said").textContent = "No single change does it. These come nearest:";
    at("takes").classList.remove("old");
    const held = document.activeElement?.dataset?.turn;
    at("takes-list").replaceChildren(...cards);
    if (held) at("takes-list").querySelector(`[data-turn="${CSS.escape(held)}"]`)?.focus();
  }

  #card(turn, sheet, controls, side) {
    const key = controls.has(turn.key) ? turn.key : turn.key.replace(/\.value$/, "");
    const { control } = controls.get(key);
    const winner = sheet.identities.find((each) => each.name === turn.winner);
    const then = h("span", { className: "then" }, `${winner.label} ${turn.winner === at("target").value ? p(turn.p) : "wins"}`);
    then.style.setProperty("--c", colour(winner));
    const button = h("button", { type: "button", "data-turn": `${turn.key}=${turn.text}`,
      on: { click: () => this.apply(control, turn.text, key) } },
    h("span", { className: "what" }, control.what), h("span", { className: "to" }, change(control, turn, side, key)),
    h("span", { className: "far" }, turn.far), then);
    return h("li", {}, button);
  }
}

const likeliest = (all) => Object.keys(all).reduce((a, b) => (all[b] > all[a] ? b : a));

function change(control, turn, side, key) {
  if (control.kind === "choice") return control.options.find(([text]) => text === turn.text)?.[1] ?? turn.text;
  return `${written(short(side.edits[key] ?? control.value))} → ${written(short(turn.text))}`;
}
