// Sliders and switches for every number and claim of a scenario.

import { h, plain } from "./dom.js";
import { explained } from "./words.js";

let parts = 0;

/** The controls of a sheet; `act(key, text)` is called while one moves, `done()` when it is let go. */
export class Controls {
  #rows = new Map();

  constructor(sheet, act, done) {
    this.act = act;
    this.done = done;
    this.element = h("div", {}, sheet.groups.map((group, i) => this.#group(group, sheet, i < 2)));
  }

  /** Show what holds now, and which of it was edited; the one in hand is left alone, unless all is to be restored. */
  show(values, edits, restored = false) {
    this.mark(edits);
    for (const [key, row] of this.#rows) {
      const value = key in values && values[key] !== undefined ? values[key] : row.control.value;
      row.show(value, restored);
    }
  }

  /** Tell which were edited, and can be reset. */
  mark(edits) {
    for (const [key, row] of this.#rows) {
      const edited = key in edits || (row.control.set_key && row.control.set_key in edits);
      row.element.classList.toggle("edited", Boolean(edited));
      row.reset.hidden = !edited;
    }
  }

  /** Bring a control into view where the controls scroll by themselves; the page stays where it is. */
  reveal(key, frame) {
    const row = this.#rows.get(key)?.element;
    for (let above = row?.parentElement; above; above = above.parentElement)
      if (above.tagName === "DETAILS") above.open = true;
    if (row) frame.scrollTop += row.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
  }

  #group(group, sheet, open) {
    const met = new Set(); // a word is explained where it is met first
    const rows = (fine) => group.controls.filter((control) => control.fine === fine).map((control) => this.#row(control, group, met));
    const [many, few] = [rows(false), rows(true)];
    const stream = sheet.streams.find((each) => each.name === group.stream);
    const name = stream ? h("span", { className: "stream" }, plain(stream.name)) : null;
    if (name) name.style.setProperty("--c", `light-dark(${stream.colour}, ${stream.on_dark})`);
    return h("details", { open, className: "group" },
      h("summary", {}, name, h("span", {}, group.title)),
      h("p", { className: "note" }, explained(group.says, ...group.words)),
      many,
      few.length ? h("details", { className: "fine" }, h("summary", {}, "one by one"), few) : null);
  }

  #row(control, group, met) {
    const id = `c-${control.key}`;
    const named = nameOf(control, id, met);
    const reset = h("button", { type: "button", className: "reset", hidden: true, title: "As in the file",
      on: { click: () => this.#reset(control) } }, h("span", { className: "hidden" }, `Reset ${control.label}`), "↺");
    const made = control.kind === "choice" ? this.#choice(control, id)
      : control.kind === "seed" ? this.#seed(control, id) : this.#slider(control, id);
    const element = h("div", { className: `control ${control.kind}`, "data-key": control.key },
      named, h("div", { className: "inputs" }, made.inputs, reset));
    if (named.childElementCount > 1) made.inputs[0].setAttribute("aria-labelledby", [...named.children].map((part) => part.id).join(" "));
    this.#rows.set(control.key, { control, element, reset, show: made.show, group });
    return element;
  }

  #reset(control) {
    this.act(control, null);
    this.done();
    document.getElementById(`c-${control.key}`).focus();
  }

  #slider(control, id) {
    const scale = scaleOf(control);
    const range = h("input", { type: "range", id, min: scale.low, max: scale.high, step: scale.step });
    const number = h("input", { type: "number", step: "any", "aria-label": `${control.label}, as a number` });
    let shown = null;
    const show = (value, restored = false) => {
      if (value === null || value === undefined) return;
      if (value === shown && number.value === short(value) && !restored) return; // as most are, at every push
      shown = value;
      if (range.dataset.held) return;
      range.value = scale.position(value);
      if (restored || document.activeElement !== number) number.value = short(value);
      range.setAttribute("aria-valuetext", short(value));
    };
    range.addEventListener("input", (event) => {
      range.dataset.held = "1";
      const value = scale.value(Number(range.value));
      number.value = short(value);
      range.setAttribute("aria-valuetext", short(value));
      this.act(control, textOf(value, control), event.timeStamp);
    });
    range.addEventListener("change", () => {
      delete range.dataset.held;
      this.done();
    });
    number.addEventListener("change", () => {
      if (number.value === "") return;
      this.act(control, textOf(Number(number.value), control));
      this.done();
    });
    show(control.value);
    return { inputs: [range, number], show };
  }

  #seed(control, id) {
    const number = h("input", { type: "number", id, min: 0, step: 1 });
    const again = h("button", { type: "button" }, "Draw again");
    const set = (value) => {
      this.act(control, String(Math.max(0, Math.round(value))));
      this.done();
    };
    number.addEventListener("change", () => number.value !== "" && set(Number(number.value)));
    again.addEventListener("click", () => set(Math.floor(Math.random() * 10000)));
    const show = (value, restored = false) => {
      if (restored || document.activeElement !== number) number.value = value;
    };
    show(control.value);
    return { inputs: [number, again], show };
  }

  #choice(control, id) {
    const select = h("select", { id }, control.options.map(([text, called]) => h("option", { value: text }, called)));
    const show = (value) => {
      select.value = value ?? "";
    };
    select.addEventListener("change", (event) => {
      this.act(control, select.value, event.timeStamp);
      this.done();
    });
    show(control.value);
    return { inputs: [select], show };
  }
}

/** The label of a control; its word can be asked about, where it was not met before. */
function nameOf(control, id, met) {
  const word = met.has(control.word) ? "" : control.word;
  met.add(word);
  return h("div", { className: "name" }, explained(control.label, word).map((part) => {
    const made = typeof part === "string" ? h("label", { htmlFor: id }, part) : part;
    made.id = `name-${++parts}`;
    return made;
  }));
}

/** How positions of a slider and values belong together: in powers of ten where only ratios count. */
function scaleOf(control) {
  if (control.kind !== "relative")
    return { low: control.low, high: control.high, step: control.step, position: (v) => v, value: (x) => x };
  return {
    low: Math.log10(control.low), high: Math.log10(control.high), step: 0.02,
    position: (value) => Math.log10(value),
    value: (x) => Number((10 ** x).toPrecision(3)),
  };
}

const textOf = (value, control) => (control.kind === "trials" ? String(Math.round(value)) : String(value));

/** A number in few digits; whole numbers and what has few of its own stay as they are. */
export const short = (value) => String(Number(Number(value).toPrecision(4)));
