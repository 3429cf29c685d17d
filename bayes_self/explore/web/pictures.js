// Who it is, how it got there and whose evidence it was: drawn from the engine's numbers, which are all computed there.

import { colour, cut, drawing, p, plain, s } from "./dom.js";

const ROW = 30;

/** Bars of P(identity), with a thin line where it was before the evidence. */
export function identities(sheet, found, width) {
  const narrow = width < 460;
  const label = narrow ? 0 : Math.min(230, width * 0.4);
  const row = narrow ? 42 : ROW;
  const full = width - label - 58;
  const rows = sheet.identities.map((each, i) => {
    const value = found.identities[each.name];
    const before = found.prior.identities[each.name];
    const y = i * row + (narrow ? 17 : 4);
    const name = cut(each.label, narrow ? width - 10 : label - 14);
    return s("g", {},
      s("text", { x: narrow ? 0 : label - 8, y: narrow ? i * row + 12 : y + 15, "text-anchor": narrow ? "start" : "end" }, name),
      s("rect", { x: label, y, width: full, height: 20, class: "track", rx: 2 }),
      s("rect", { x: label, y, width: Math.max(1, full * value), height: 20, rx: 2, style: { fill: colour(each) } }),
      s("line", { x1: label + full * before, x2: label + full * before, y1: y - 3, y2: y + 23, class: "before" }),
      s("text", { x: label + full + 6, y: y + 15, class: "number" }, p(value)));
  });
  return drawing(width, rows.length * row + 4, `${found.who}. The numbers are in the table.`, rows);
}

/** Lines of P(identity) after each stream. */
export function trajectory(sheet, found, width) {
  const height = 230;
  const steps = found.trajectory;
  const [left, right, top, bottom] = [30, width < 400 ? 110 : 165, 10, 52];
  const x = (i) => left + ((width - left - right) * i) / Math.max(1, steps.length - 1);
  const y = (value) => top + (height - top - bottom) * (1 - value);
  const grid = [0, 0.5, 1].map((value) => s("g", {},
    s("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), class: "grid" }),
    s("text", { x: left - 5, y: y(value) + 4, "text-anchor": "end", class: "quiet" }, String(value))));
  const ticks = steps.map((step, i) => {
    const stream = sheet.streams.find((each) => each.name === step.step);
    const room = (2 * (width - left - right)) / Math.max(1, steps.length - 1);
    const lower = i % 2 ? 14 : 0; // neighbours on lines of their own
    return s("g", {},
      stream ? s("rect", { x: x(i) - 6, y: height - bottom + 7, width: 12, height: 5, style: { fill: colour(stream) } }) : null,
      s("text", { x: i ? x(i) : 0, y: height - bottom + 26 + lower, "text-anchor": i ? "middle" : "start", class: "quiet small" },
        cut(i ? plain(step.step) : "before", room, 12)));
  });
  const lines = sheet.identities.map((each) => s("polyline", {
    points: steps.map((step, i) => `${x(i).toFixed(1)},${y(step.identities[each.name]).toFixed(1)}`).join(" "),
    class: "line", style: { stroke: colour(each) } }));
  return drawing(width, height, `${found.overtakes}. The numbers are in the table.`,
    grid, ticks, lines, endLabels(sheet, steps.at(-1).identities, y, x(steps.length - 1), right));
}

/** Names at the ends of lines, moved apart so that all can be read. */
function endLabels(sheet, last, y, x, room) {
  const shown = sheet.identities.filter((each) => last[each.name] >= 0.02)
    .sort((a, b) => last[b.name] - last[a.name]).slice(0, 6);
  let lowest = -Infinity;
  return shown.map((each) => {
    const at = Math.max(y(last[each.name]), lowest + 15);
    lowest = at;
    const name = `${cut(each.label, room - 56, 12)} ${p(last[each.name])}`;
    return s("text", { x: x + 8, y: at + 4, class: "small", style: { fill: colour(each) } }, name);
  });
}

/** Whose evidence each stream's is: from where the pointer was to where it is. */
export function ownership(sheet, found, width) {
  const streams = sheet.streams.filter((each) => each.observes);
  const label = Math.min(130, width * 0.3);
  const [from, to] = [label + 8, width - 50];
  const x = (value) => from + (to - from) * value;
  const rows = streams.map((each, i) => {
    const y = 34 + i * 34;
    const [before, after] = [found.prior.ownership[each.name], found.ownership[each.name]];
    return s("g", {},
      s("text", { x: label, y: y + 5, "text-anchor": "end" }, cut(plain(each.name), label)),
      s("line", { x1: from, x2: to, y1: y, y2: y, class: "grid" }),
      s("line", { x1: x(before), x2: x(after), y1: y, y2: y, class: "moved", style: { stroke: colour(each) } }),
      s("circle", { cx: x(before), cy: y, r: 5, class: "was", style: { stroke: colour(each) } }),
      s("circle", { cx: x(after), cy: y, r: 7, style: { fill: colour(each) } }),
      s("text", { x: to + 10, y: y + 5, class: "number" }, p(after)));
  });
  const ends = [
    s("text", { x: from, y: 14, class: "quiet small" }, to - from < 210 ? "the part" : "about the part I play"),
    s("text", { x: to, y: 14, "text-anchor": "end", class: "quiet small" }, to - from < 210 ? "me" : "about me"),
  ];
  return drawing(width, 34 + streams.length * 34, `${found.pointer}. The numbers are in the table.`, ends, rows);
}
