// The address holds everything that a page shows: edits as `--set` takes them, frame, evidence, what is beside it.

const OWN = ["scenario", "frame", "evidence"];
const BESIDE = "beside.";

/** What an address says: one side or two, who is asked about, and what the controls act on. */
export function read(search, first) {
  const said = new URLSearchParams(search);
  const left = { scenario: first, frame: "self-model", evidence: "drawn", edits: {} };
  const right = { ...left, edits: {} };
  let two = false;
  for (const [key, text] of said) {
    if (key === "target" || key === "acting") continue;
    const beside = key.startsWith(BESIDE);
    two ||= beside;
    const side = beside ? right : left;
    const own = beside ? key.slice(BESIDE.length) : key;
    if (OWN.includes(own)) side[own] = text;
    else side.edits[own] = text;
  }
  const acting = said.get("acting");
  return {
    sides: two ? [left, right] : [left],
    target: said.get("target"),
    acting: two && ["0", "1", "both"].includes(acting) ? acting : two ? "both" : "0",
  };
}

/** The address that says so. */
export function written(state) {
  const said = new URLSearchParams();
  state.sides.forEach((side, i) => {
    const prefix = i ? BESIDE : "";
    said.set(`${prefix}scenario`, side.scenario);
    if (side.frame !== "self-model") said.set(`${prefix}frame`, side.frame);
    if (side.evidence !== "drawn") said.set(`${prefix}evidence`, side.evidence);
    for (const [key, text] of Object.entries(side.edits)) said.set(prefix + key, text);
  });
  if (state.target) said.set("target", state.target);
  if (state.sides.length > 1 && state.acting !== "both") said.set("acting", state.acting);
  return `?${said}`;
}

/** The question of a side. */
export const question = (side) => ({
  scenario: side.scenario,
  frame: side.frame,
  evidence: side.evidence,
  set: side.edits,
});

/** The edits with one more, in place of those that it covers; a control that is as in the file has no edit. */
export function edited(edits, control, text) {
  const after = {};
  for (const [key, said] of Object.entries(edits))
    if (key !== control.key && key !== control.set_key && !(control.kind === "choice" && key.startsWith(`${control.key}.`)))
      after[key] = said;
  const inFile = control.kind === "choice" ? text === (control.value ?? "") : Number(text) === control.value;
  if (text !== null && !inFile) after[control.set_key && text ? control.set_key : control.key] = text;
  return after;
}
