// The page: its state is its address, the engine has the numbers, and what is drawn follows both.

import { edited, question, read, written } from "./address.js";
import { ask, Away, Latest, onReturn, Refused, startsWith } from "./ask.js";
import { Controls } from "./controls.js";
import { at, h, written as signed } from "./dom.js";
import { frameCalled, Panel, spoken } from "./panel.js";
import { offerSaving } from "./saving.js";
import { TurningPoints } from "./turning_points.js";
import { learn } from "./words.js";

const QUIET = 700; // milliseconds without a push before it is said aloud, and is in the address though the hand still holds

let shelf, state, panels, controls, sheets, latest;
let heard = null;
let speaking = 0;
let depth = 0;
let builds = 0;
let building = false;
let rewriting = 0;
const turningPoints = new TurningPoints(choose, (target) => {
  state.target = target;
  keep();
  look();
});

/** The side that the controls show: the left one where they act on both. */
const shown = () => state.sides[state.acting === "1" ? 1 : 0];
const acted = () => (state.acting === "both" ? state.sides : [shown()]);

async function start() {
  shelf = await ask("shelf", {});
  startsWith(shelf.again);
  learn(shelf.words);
  await build(read(location.search, shelf.first));
  settled = written(state);
  history.replaceState({ depth }, "", settled);
}

/** Everything anew: other scenarios, another number of sides. */
async function build(to) {
  const mine = ++builds;
  const known = new Set(shelf.scenarios.map(({ name }) => name));
  for (const side of to.sides) if (!known.has(side.scenario)) side.scenario = shelf.first;
  building = true;
  attend();
  try {
    const found = {};
    for (const { scenario } of to.sides) found[scenario] ??= await ask("sheet", { scenario });
    if (mine !== builds) return; // meanwhile something else was wanted
    state = to;
    sheets = found;
    show();
  } finally {
    if (mine === builds) building = false;
    attend();
  }
}

/** Tell whether there is something to wait for. */
function attend() {
  const busy = building || Boolean(latest?.some((each) => !each.resting));
  at("pictures").setAttribute("aria-busy", String(busy));
}

function show() {
  panels = state.sides.map((side, i) => new Panel(shelf, side, i, (change) => turnTo(i, change)));
  panels.forEach((panel, i) => panel.of(sheets[state.sides[i].scenario]));
  latest = panels.map(() => new Latest(attend));
  at("pictures").replaceChildren(...panels.map((panel) => panel.element));
  document.body.classList.toggle("two", panels.length > 1);
  at("acting").hidden = panels.length < 2;
  for (const radio of document.getElementsByName("acting")) radio.checked = radio.value === state.acting;
  offerBeside();
  showControls();
  refresh();
}

function showControls() {
  const sheet = sheets[shown().scenario];
  const others = new Set(state.sides.map((side) => sheets[side.scenario].title));
  at("title").textContent = [...others].join(" beside ");
  at("question").textContent = others.size > 1 ? "" : sheet.question;
  document.title = `${sheet.title}: bayes_self explorer`;
  controls = new Controls(sheet, push, letGo);
  at("groups").replaceChildren(controls.element);
}

/** A control has moved: ask at once, and put it into the address; `since` is when the hand moved. */
function push(control, text, since = performance.now()) {
  turningPoints.stop();
  for (const side of acted()) if (side === shown() || has(side, control.key)) edit(side, control, text);
  clearTimeout(rewriting); // not at every push: to a browser each is a navigation, and it refuses too many
  rewriting = setTimeout(() => history.replaceState({ depth, moving: true }, "", written(state)), QUIET);
  controls.mark(shown().edits);
  refresh(since);
}

const has = (side, key) => sheets[side.scenario].groups.some((group) => group.controls.some((each) => each.key === key));

function edit(side, control, text) {
  side.edits = edited(side.edits, control, text);
}

/** The hand has let go: this is a place to come back to. */
let settled = "";
function letGo() {
  keep();
  if (!panels.every((panel) => panel.refused.hidden)) restore();
}

function keep() {
  const now = written(state);
  clearTimeout(rewriting);
  if (now === settled) return;
  history.replaceState({ depth }, "", settled || now);
  if (settled) history.pushState({ depth: ++depth }, "", now);
  settled = now;
  showEdits();
}

/** A card was chosen, in place of any other card; or, without a control, taken back. */
function choose(after, before, control) {
  const [from, to] = [shown().edits, control ? after : before];
  for (const side of acted()) side.edits = exchanged(side.edits, from, to);
  letGo();
  refresh();
  if (control) controls.reveal(control.key, at("controls"));
}

/** The edits of a side, changed as the edits of the side that the cards are about change. */
function exchanged(edits, from, to) {
  const changed = Object.keys({ ...from, ...to }).filter((key) => from[key] !== to[key]);
  const kept = Object.entries(edits).filter(([key]) => !changed.includes(key));
  return Object.fromEntries([...kept, ...changed.filter((key) => key in to).map((key) => [key, to[key]])]);
}

/** Another scenario, frame or evidence on one side. */
function turnTo(i, change) {
  if ("scenario" in change) {
    const sides = state.sides.map((side, j) => (j === i ? { ...side, ...change } : side));
    build({ ...state, sides, target: null }).then(keep).catch(report);
    return;
  }
  Object.assign(state.sides[i], change);
  keep();
  refresh();
}

function refresh(since = performance.now()) {
  const asking = latest; // an answer to what was asked before everything was built anew is none
  state.sides.forEach((side, i) => latest[i].ask("believed", question(side), (found, { set }) => {
    if (asking === latest) draw(i, found, since, set);
  }, (error) => {
    if (asking !== latest) return;
    refuse(i, error);
  }));
  attend();
  showEdits();
}

/** What is refused is not in force: the side is again as it was answered last, and says why. */
function refuse(i, error) {
  const panel = panels[i];
  panel.refuse(error);
  at("live").textContent = error.message;
  if (!panel.found) return; // an address that cannot be: its edits stay, to be taken back
  state.sides[i].edits = { ...panel.accepted };
  clearTimeout(rewriting);
  settled = written(state);
  history.replaceState({ depth }, "", settled);
  showEdits();
  if (state.sides[i] !== shown()) return;
  restore();
  look();
}

/** Let every control show what is in force. */
function restore() {
  const { found } = panels[state.sides.indexOf(shown())];
  if (found) controls.show(found.values, shown().edits, true);
}

function draw(i, found, since, edits) {
  panels[i].accepted = edits;
  panels[i].draw(found);
  requestAnimationFrame(() => setTimeout(() => performance.measure("input to picture", { start: since, end: performance.now() })));
  if (state.sides[i] !== shown()) return;
  controls.show(found.values, shown().edits);
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    at("live").textContent = spoken(heard, found);
    heard = found;
  }, QUIET);
  look();
}

function look() {
  const i = state.sides.indexOf(shown());
  if (panels[i].found) turningPoints.start(state.sides[i], panels[i].sheet, panels[i].found, state.target,
    panels.length > 1 ? ["On the left: ", "On the right: "][i] : "");
}

/** Every edit as a button that takes it back. */
function showEdits() {
  const side = shown();
  const other = at("beside").querySelector("[value=kept]");
  if (other) other.textContent = `${sideCalled(state.sides[1])}`;
  panels.forEach((panel, i) => panel.call(state.sides.length > 1 ? `${["Left", "Right"][i]}: ${sideCalled(state.sides[i])}` : ""));
  const chips = Object.entries(side.edits).map(([key, text]) => h("button", { type: "button", className: "chip",
    on: { click: () => {
      for (const each of acted()) each.edits = exchanged(each.edits, { [key]: text }, {});
      keep();
      refresh();
      at("undo").focus();
    } } }, h("span", { className: "hidden" }, "Take back "), ...inWords(key, text)));
  at("edits").replaceChildren(...(chips.length ? chips : [h("span", { className: "note" }, "As in the file: nothing is edited.")]));
  at("undo").disabled = depth === 0;
}

/** An edit in words, and as `--set` takes it. */
function inWords(key, text) {
  const cross = h("span", { "aria-hidden": "true" }, " ✕");
  const code = h("code", {}, `${key} = ${text || "nothing"}`);
  for (const control of sheets[shown().scenario].groups.flatMap((group) => group.controls)) {
    if (control.key !== key && control.set_key !== key) continue;
    const called = control.kind === "choice" ? control.options.find(([option]) => option === text)?.[1] ?? text : signed(text);
    return [`${control.what}${control.label.endsWith("?") ? "" : ":"} ${called}`, cross, code];
  }
  return [cross, code];
}

/** A side in few words: its scenario, its frame, and whether it is edited. */
function sideCalled({ scenario, frame, edits }) {
  const n = Object.keys(edits).length;
  return `${sheets[scenario].title}, ${frameCalled(frame)}, ${n === 0 ? "as in its file" : n === 1 ? "one edit" : `${n} edits`}`;
}

function offerBeside() {
  const other = state.sides[1];
  const pick = at("beside");
  const frames = shelf.frames.filter((frame) => frame !== state.sides[0].frame);
  pick.replaceChildren(
    h("option", { value: "" }, other ? "nothing: one side" : "nothing"),
    other ? h("option", { value: "kept", selected: true }, `${sideCalled(other)}`) : null ?? "",
    h("option", { value: "file" }, `${sheets[state.sides[0].scenario].title}, unedited`),
    h("optgroup", { label: "another frame" }, frames.map((frame) => h("option", { value: `frame:${frame}` }, frameCalled(frame)))),
    h("optgroup", { label: "another scenario" }, shelf.scenarios.filter(({ name }) => name !== state.sides[0].scenario)
      .map(({ name, title }) => h("option", { value: `scenario:${name}` }, title || name))));
  pick.value = other ? "kept" : "";
}

function setBeside(choice) {
  if (choice === "kept") return;
  const [left] = state.sides;
  const [kind, name] = choice.split(":");
  const right = { ...left, edits: { ...left.edits } };
  if (kind === "file") right.edits = {};
  if (kind === "frame") right.frame = name;
  if (kind === "scenario") Object.assign(right, { scenario: name, edits: {} });
  const acting = choice && kind === "frame" ? "both" : "0";
  build({ ...state, sides: choice ? [left, right] : [left], acting }).then(keep).catch(report);
}

function report(error) {
  if (error instanceof Away) return;
  if (!(error instanceof Refused)) throw error;
  at("title").textContent = "This cannot be shown";
  at("question").textContent = error.message;
}

at("beside").addEventListener("change", () => setBeside(at("beside").value));
at("undo").addEventListener("click", () => history.back());
at("link").addEventListener("click", async () => {
  await navigator.clipboard.writeText(location.href);
  at("live").textContent = "The link is copied.";
  at("link").textContent = "Copied";
  setTimeout(() => { at("link").textContent = "Copy link"; }, 1500);
});
at("save").addEventListener("click", () => offerSaving(shown()).catch((error) => {
  if (error instanceof Refused) at("live").textContent = error.message;
  else report(error);
}));
at("controls").addEventListener("submit", (event) => event.preventDefault());
for (const radio of document.getElementsByName("acting")) radio.addEventListener("change", () => {
  state.acting = radio.value;
  keep();
  showControls();
  refresh();
});
addEventListener("popstate", (event) => {
  clearTimeout(rewriting);
  depth = event.state?.depth ?? 0;
  settled = location.search;
  build(read(location.search, shelf.first)).catch(report);
});
onReturn(() => (state ? build(state).catch(report) : start().catch(report)));
start().catch(report);
