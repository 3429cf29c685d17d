// What it is, facet by facet, and what would change its mind.

import { cut, drawing, h, p, plain, s } from "./dom.js";

const MOST_BITS = 20;

/** A stacked bar for each facet, coloured by whether a value is true, was told, or is neither; with its verdict. */
export function facets(sheet, found, width) {
  return h("ul", { className: "facets" }, sheet.facets.map((facet) => {
    const verdict = found.verdicts[facet.name];
    return h("li", {},
      h("div", { className: "asked" }, h("span", {}, facet.question), chip(verdict)),
      stacked(facet, found, width));
  }));
}

export const chip = (verdict) => h("span", { className: `verdict ${verdict}` }, verdict);

function stacked(facet, found, width) {
  let x = 0;
  const [best] = [...facet.values].sort((a, b) => found.facets[facet.name][b] - found.facets[facet.name][a]);
  const parts = facet.values.map((value, i) => {
    const share = found.facets[facet.name][value] ?? 0;
    const kind = found.standing[facet.name]?.[value] ?? "neither";
    const [from, wide] = [x, Math.max(0, share * width)];
    x += wide;
    const name = `${value} ${p(share)}`;
    const room = wide - 12;
    return s("g", { class: `value ${kind} n${i % 3}` },
      s("rect", { x: from, y: 0, width: Math.max(0, wide - 1.5), height: 24, rx: 2 }),
      room > 46 ? s("text", { x: from + 7, y: 16.5, class: "small" }, cut(name, room, 12)) : null);
  });
  const says = `${facet.question} ${best}, ${p(found.facets[facet.name][best])}; ${found.verdicts[facet.name]}`;
  return drawing(width, 24, says, parts);
}

/** For who it is and for each facet: by how many bits the first answer is ahead of the next, had nothing been claimed. */
export function landscape(sheet, found, width) {
  const narrow = width < 460;
  const label = narrow ? 0 : Math.min(150, width * 0.28);
  const row = narrow ? 44 : 32;
  const subjects = [
    { name: "identity", called: "who it is", of: (name) => sheet.identities.find((each) => each.name === name).label },
    ...sheet.facets.map((facet) => ({ name: facet.name, called: plain(facet.name), of: (value) => value })),
  ];
  const from = label + 4;
  const x = (bits) => from + ((width - from - 8) * Math.min(bits, MOST_BITS)) / MOST_BITS;
  const rows = subjects.map((subject, i) => {
    const y = i * row + (narrow ? 18 : 6) + 22;
    const [first, second, bits] = held(found.bits_to_flip[subject.name]);
    const kind = found.standing[subject.name]?.[first] ?? "neither";
    const text = bits === null ? `${subject.of(first)}: certain`
      : bits < 0.25 ? `${subject.of(first)} or ${subject.of(second)}: ${bits.toFixed(1)} bits, anything goes`
        : `${subject.of(first)}, ${bits.toFixed(1)} bits ahead of ${subject.of(second)}`;
    const end = x(bits ?? MOST_BITS);
    const after = end - from < (width - from) * 0.45;
    return s("g", { class: `value ${kind}` },
      s("text", { x: narrow ? 0 : label - 4, y: narrow ? y - 6 : y + 14, "text-anchor": narrow ? "start" : "end", class: "plain" },
        cut(subject.called, narrow ? width : label - 6)),
      s("rect", { x: from, y, width: Math.max(2, end - from), height: 20, rx: 2 }),
      s("text", { x: after ? end + 6 : from + 7, y: y + 14, class: after ? "small plain" : "small" },
        cut(text, after ? width - end - 10 : end - from - 12, 12)));
  });
  const axis = (width < 420 ? [0, 10, 20] : [0, 5, 10, 15, 20]).map((bits) => s("g", {},
    s("line", { x1: x(bits), x2: x(bits), y1: 18, y2: rows.length * row + 24, class: "grid" }),
    s("text", { x: x(bits), y: 12, "text-anchor": bits === 0 ? "start" : bits === 20 ? "end" : "middle", class: "quiet small" },
      bits === 20 ? "20 bits or more" : bits)));
  return drawing(width, rows.length * row + 28, `${stiffest(subjects, found)} The numbers are in the table.`, axis, rows);
}

/** The first answer, the next, and the bits between them; null where nothing else is possible. */
export function held(bits) {
  const order = Object.keys(bits).sort((a, b) => (bits[a] ?? Infinity) - (bits[b] ?? Infinity));
  return [order[0], order[1] ?? order[0], order.length > 1 ? bits[order[1]] : null];
}

function stiffest(subjects, found) {
  const loose = subjects.filter(({ name }) => (held(found.bits_to_flip[name])[2] ?? MOST_BITS) < 1);
  return loose.length ? `A bit of claim would change ${loose.map((each) => each.called).join(", ")}.`
    : "A bit of claim would change nothing.";
}

/** Every answer's bits, for the table. */
export const bitsRows = (found) => Object.entries(found.bits_to_flip).flatMap(([subject, bits]) =>
  Object.entries(bits).map(([answer, of]) => [`${plain(subject)}: ${answer}`, of === null ? "not finite" : of.toFixed(2)]));
