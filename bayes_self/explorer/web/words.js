// Words that need explaining: where one is met it is a button that opens what it means, and a panel has all of them.
// The browser places what opens, closes it, and gives the focus back (popover); the words come from the package.

import { at, h } from "./dom.js";

const known = new Map();
const idOf = (name) => `word-${name.replaceAll(/[^a-z]+/g, "-")}`;

/** Put the words on the page: [{name, says, kinds: {name: says}}]. */
export function learn(words) {
  known.clear();
  for (const { name, says, kinds } of words) {
    known.set(name, h("p", {}, h("dfn", {}, name), " ", says));
    for (const [kind, meaning] of Object.entries(kinds)) {
      known.get(name).append(" ", h("em", {}, kind), `: ${meaning}.`);
      known.set(kind, h("div", {}, h("p", {}, h("dfn", {}, kind), ` ${meaning}.`), h("p", { className: "note" }, `A ${name}: ${says}`)));
    }
  }
  at("explained").replaceChildren(...[...known].map(([name, text]) =>
    h("div", { id: idOf(name), className: "word", popover: "auto", on: { toggle: (event) => {
      if (event.newState === "open") at("live").textContent = text.textContent;
    } } }, text)));
  at("glossary").replaceChildren(...words.map(({ name }) => known.get(name).cloneNode(true)));
}

/** A word that can be asked about; mere text where there is nothing to explain. */
export const term = (name, shown = name, className = "term") => (known.has(name)
  ? h("button", { type: "button", className, popovertarget: idOf(name), "aria-label": shown === "?" ? `What is “${name}”?` : null }, shown)
  : h("span", { className }, shown));

/** A text in parts, in which the first of each word, in the order of the text, can be asked about. */
export function explained(text, ...names) {
  const [name, ...others] = names;
  if (!name) return [text];
  const from = text.toLowerCase().indexOf(name);
  if (from < 0) return explained(text, ...others);
  const to = from + name.length + (text[from + name.length] === "s" ? 1 : 0);
  const rest = text.slice(to);
  return [text.slice(0, from), term(name, text.slice(from, to)), ...(rest ? explained(rest, ...others) : [])].filter(Boolean);
}
