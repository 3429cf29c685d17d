// Who it is, how it got there and whose evidence it was: drawn from the engine's numbers, which are all computed there.

import { colour, cut, drawing, fill, h, letters, p, plain, s } from "./dom.js";

/** A mask is shown where it is at least so probable: there may be dozens. */
const LEAST = 0.01;

/** Bars of P(self-model), with a thin line where pretraining leaves it; with masks, first who is beneath and who is worn. */
export function identities(sheet, found) {
  const shown = sheet.identities.filter((each) => !each.mask || found.identities[each.name] >= LEAST);
  const bars = h("ul", { className: "people" }, shown.map((each) => {
    const bar = h("div", { className: "track" }, fill(found.identities[each.name], colour(each)));
    const before = h("div", { className: "before" });
    before.style.left = `${100 * found.prior.identities[each.name]}%`;
    bar.append(before);
    return h("li", {}, h("span", {}, each.label), bar, h("span", { className: "number" }, p(found.identities[each.name])));
  }));
  if (!Object.keys(found.beneath).length) return bars;
  return h("div", {}, masks(sheet, "beneath", found.beneath), masks(sheet, "worn as a mask", found.worn), bars);
}

/** Who is beneath, or who is worn: a stacked bar, and the likeliest in words. */
function masks(sheet, title, probabilities) {
  const known = new Map(sheet.identities.map((each) => [each.name, each]));
  const called = (name) => known.get(name)?.label ?? name;
  const order = Object.keys(probabilities).sort((a, b) => probabilities[b] - probabilities[a]);
  const ribbon = h("div", { className: "ribbon", "aria-hidden": "true" }, Object.entries(probabilities).map(([name, share]) => {
    const part = h("span", { title: `${called(name)} ${p(share)}` });
    part.style.flexGrow = share;
    part.style.background = known.has(name) ? colour(known.get(name)) : "var(--grid, #ddd)";
    return part;
  }));
  const words = order.filter((name, i) => i === 0 || (i < 3 && probabilities[name] >= 0.05)).map((name) => `${called(name)} ${p(probabilities[name])}`);
  return h("div", {}, h("p", { className: "note" }, h("strong", {}, title), ` ${words.join(" · ")}`), ribbon);
}

/** Lines of P(identity) after each stream; where names have no room at their ends they are told below. */
export function trajectory(sheet, found, width) {
  const height = 230;
  const steps = found.trajectory;
  const last = steps.at(-1).identities;
  const shown = sheet.identities.filter((each) => last[each.name] >= 0.02).sort((a, b) => last[b.name] - last[a.name]).slice(0, 6);
  const names = 20 + Math.max(...shown.map((each) => letters(`${each.label} >0.999`, 12)));
  const direct = names < 0.4 * width;
  const [left, right, top, bottom] = [30, direct ? names : 52, 10, 52];
  const x = (i) => left + ((width - left - right) * i) / Math.max(1, steps.length - 1);
  const y = (value) => top + (height - top - bottom) * (1 - value);
  const grid = [0, 0.5, 1].map((value) => s("g", {},
    s("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), class: "grid" }),
    s("text", { x: left - 5, y: y(value) + 4, "text-anchor": "end", class: "quiet" }, String(value))));
  const lines = sheet.identities.filter((each) => !each.mask || steps.some((step) => step.identities[each.name] >= LEAST)).map((each) => s("polyline", {
    points: steps.map((step, i) => `${x(i).toFixed(1)},${y(step.identities[each.name]).toFixed(1)}`).join(" "),
    class: "line", style: { stroke: colour(each) } }));
  const room = (2 * (width - left - right)) / Math.max(1, steps.length - 1);
  const picture = drawing(width, height, `${found.overtakes}. The numbers are in the table.`,
    grid, steps.map((step, i) => tick(sheet, steps, i, x(i), height - bottom, room)), lines,
    endLabels(shown, last, y, x(steps.length - 1), direct));
  return h("div", {}, picture, direct ? null : h("p", { className: "key" }, shown.map((each) => {
    const name = h("span", { className: "swatch" }, each.label);
    name.style.setProperty("--c", colour(each));
    return name;
  })));
}

/** The name of a step below the axis; neighbours are on lines of their own. */
function tick(sheet, steps, i, x, y, room) {
  const stream = sheet.streams.find((each) => each.name === steps[i].step);
  const last = i > 0 && i === steps.length - 1;
  return s("g", {},
    stream ? s("rect", { x: x - 6, y: y + 7, width: 12, height: 5, style: { fill: colour(stream) } }) : null,
    s("text", { x: !i ? 0 : last ? x + 20 : x, y: y + 26 + (i % 2 ? 14 : 0), class: "quiet small",
      "text-anchor": !i ? "start" : last ? "end" : "middle" }, cut(i ? plain(steps[i].step) : "start", Math.max(room, 80), 12)));
}

/** Names, or mere numbers, at the ends of lines, moved apart so that all can be read. */
function endLabels(shown, last, y, x, named) {
  let lowest = -Infinity;
  return shown.map((each) => {
    const at = Math.max(y(last[each.name]), lowest + 15);
    lowest = at;
    const text = named ? `${each.label} ${p(last[each.name])}` : p(last[each.name]);
    return s("text", { x: x + 8, y: at + 4, class: "small", style: { fill: colour(each) } }, text);
  });
}

/** Whose evidence each stream's is: from where the pointer was to where it is. */
export function ownership(sheet, found, width) {
  const streams = sheet.streams.filter((each) => each.observes);
  const longest = Math.max(...streams.map((each) => letters(plain(each.name))));
  const above = longest > 0.4 * width; // names on lines of their own
  const [from, to, first, row] = [above ? 8 : longest + 12, width - 60, above ? 48 : 34, above ? 46 : 34];
  const x = (value) => from + (to - from) * value;
  const rows = streams.map((each, i) => {
    const y = first + i * row;
    const [before, after] = [found.prior.ownership[each.name], found.ownership[each.name]];
    return s("g", {},
      s("text", { x: above ? 0 : longest, y: above ? y - 14 : y + 5, "text-anchor": above ? "start" : "end" }, plain(each.name)),
      s("line", { x1: from, x2: to, y1: y, y2: y, class: "grid" }),
      s("line", { x1: x(before), x2: x(after), y1: y, y2: y, class: "moved", style: { stroke: colour(each) } }),
      s("circle", { cx: x(before), cy: y, r: 5, class: "was", style: { stroke: colour(each) } }),
      s("circle", { cx: x(after), cy: y, r: 7, style: { fill: colour(each) } }),
      s("text", { x: to + 10, y: y + 5, class: "number" }, p(after)));
  });
  const short = to - from < 210;
  const ends = [
    s("text", { x: from, y: 14, class: "quiet small" }, short ? "the part" : "about the part I play"),
    s("text", { x: to, y: 14, "text-anchor": "end", class: "quiet small" }, short ? "me" : "about me"),
  ];
  return drawing(width, first + streams.length * row, `${found.pointer}. The numbers are in the table.`, ends, rows);
}
