// What it is, facet by facet, and what would change its mind.

import { drawing, fill, h, letters, p, plain, s, written } from "./dom.js";
import { term } from "./words.js";

const MOST_BITS = 20;
const NARROW = 460;

/** A stacked bar for each facet, coloured by whether a value is true, was told, or is neither; with its verdict. */
export function facets(sheet, found, width) {
  return h("ul", { className: "facets" }, sheet.facets.map((facet) => h("li", {},
    h("div", { className: "asked" }, h("span", {}, facet.question), chip(found.verdicts[facet.name])),
    stacked(facet, found, width),
    width < NARROW ? h("p", { className: "note" }, inWords(found.facets[facet.name])) : null)));
}

/** A verdict, which says what it means. */
const chip = (verdict) => term(verdict, verdict, `verdict ${verdict}`);

/** The likeliest values with their probabilities. */
function inWords(believed) {
  const order = Object.keys(believed).sort((a, b) => believed[b] - believed[a]);
  return order.filter((value, i) => i === 0 || (i < 3 && believed[value] >= 0.05)).map((value) => `${value} ${p(believed[value])}`).join(" · ");
}

function stacked(facet, found, width) {
  let x = 0;
  const narrow = width < NARROW;
  const believed = found.facets[facet.name];
  const best = likeliest(believed);
  const parts = facet.values.map((value, i) => {
    const share = believed[value] ?? 0;
    const kind = found.standing[facet.name]?.[value] ?? "neither";
    const [from, wide] = [x, Math.max(0, share * width)];
    x += wide;
    const name = narrow ? "" : [`${value} ${p(share)}`, value, p(share)].find((text) => letters(text, 12) <= wide - 12);
    return s("g", { class: `value ${kind} n${i % 3}` },
      s("rect", { x: from, y: 0, width: Math.max(0, wide - 1.5), height: narrow ? 14 : 24, rx: 2 }),
      name ? s("text", { x: from + 7, y: 16.5, class: "small" }, name) : null);
  });
  const says = `${facet.question} ${best}, ${p(believed[best])}; ${found.verdicts[facet.name]}`;
  return drawing(width, narrow ? 14 : 24, says, parts);
}

/** For who it is and for each facet: what it believes, and how many bits would flip it, were nothing claimed about it. */
export function landscape(sheet, found) {
  const ticks = [0, 5, 10, 15, MOST_BITS].map((bits) => {
    const tick = h("span", {}, bits < MOST_BITS ? String(bits) : `${bits}+ bits`);
    tick.style.left = `${(100 * bits) / MOST_BITS}%`;
    return tick;
  });
  const rows = subjectsOf(sheet).map((subject) => {
    const [first, second, bits] = held(found.bits_to_flip[subject.name]);
    const kind = found.standing[subject.name]?.[first] ?? "neither";
    const bar = fill(Math.max(0.004, Math.min(bits ?? MOST_BITS, MOST_BITS) / MOST_BITS));
    return h("li", {}, h("div", {}, h("strong", {}, subject.called), " ", inOneLine(subject, found, first, second, bits)),
      h("div", { className: `track bits ${kind}` }, bar));
  });
  return h("div", {}, h("ul", { className: "facets landscape" }, rows), h("div", { className: "axis", "aria-hidden": "true" }, ticks));
}

/** What it believes of a subject now, and what holds it there. */
function inOneLine(subject, found, first, second, bits) {
  const believed = subject.name === "identity" ? found.identities : found.facets[subject.name];
  const claimed = found.claimed.includes(subject.name);
  const now = claimed ? likeliest(believed) : first;
  const takes = bits === null ? "no claim flips it" : `${bits.toFixed(1)} bits to flip to ${subject.of(second)}`;
  const untold = !claimed ? "" : now === first ? "; untold too" : `, being told so; untold: ${subject.of(first)}`;
  return `${subject.of(now)} ${p(believed[now])}${untold} (${takes})`;
}

const likeliest = (believed) => Object.keys(believed).reduce((a, b) => (believed[b] > believed[a] ? b : a));

const subjectsOf = (sheet) => [
  { name: "identity", called: "who it is", of: (name) => sheet.identities.find((each) => each.name === name).label },
  ...sheet.facets.map((facet) => ({ name: facet.name, called: plain(facet.name), of: (value) => value })),
];

/** The first answer, the next, and the bits between them; null where nothing else is possible. */
function held(bits) {
  const order = Object.keys(bits).sort((a, b) => (bits[a] ?? Infinity) - (bits[b] ?? Infinity));
  return [order[0], order[1] ?? order[0], order.length > 1 ? bits[order[1]] : null];
}

/** Every answer's bits, for the table. */
export const bitsRows = (sheet, found) => subjectsOf(sheet).flatMap((subject) =>
  Object.entries(found.bits_to_flip[subject.name]).map(([answer, of]) =>
    [`${subject.called}: ${subject.of(answer)}`, of === null ? "not finite" : written(of.toFixed(2).replace(/^-0.00$/, "0.00"))]));
