// Elements of HTML and SVG, made without markup: whatever a scenario says is text, and never becomes part of the page.

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties or attributes, and children; text among them stays text. */
export function h(name, given = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (key === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (key in made && key !== "list" && key !== "form") made[key] = value;
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** An element of SVG; `style` is set property by property, as the page's policy wants it. */
export function s(name, given = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(given)) {
    if (key === "style") for (const [property, to] of Object.entries(value)) made.style.setProperty(property, to);
    else made.setAttribute(key, typeof value === "number" ? Math.round(value * 10) / 10 : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** Make what is on the page like what was made: only what differs is touched, laid out and painted again. */
export function become(shown, made) {
  if (shown.nodeName !== made.nodeName) return shown.replaceWith(made);
  if (shown.nodeType === Node.TEXT_NODE) {
    if (shown.data !== made.data) shown.data = made.data;
    return undefined;
  }
  for (const { name, value } of made.attributes)
    if (shown.getAttribute(name) !== value) name === "style" ? shown.style.cssText = value : shown.setAttribute(name, value);
  for (const { name } of [...shown.attributes]) if (!made.hasAttribute(name)) shown.removeAttribute(name);
  const [old, children] = [[...shown.childNodes], [...made.childNodes]];
  children.forEach((child, i) => (i < old.length ? become(old[i], child) : shown.append(child)));
  return old.slice(children.length).forEach((child) => child.remove());
}

/** A picture with a text in its place for who cannot see it. */
export function drawing(width, height, says, ...children) {
  return s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": says }, ...children);
}

/** A colour in light and in dark. */
export const colour = (of) => `light-dark(${of.colour}, ${of.on_dark})`;

export const at = (id) => document.getElementById(id);

/** A probability as people write it: what is not certain is not shown as certain. */
export function p(value) {
  if (value > 0 && value < 0.0005) return "<0.001";
  if (value < 1 && value >= 0.9995) return ">0.999";
  return value > 0 && value < 1 && (value < 0.0995 || value > 0.9905) ? value.toFixed(3) : value.toFixed(2);
}

/** A number, signed as people write it. */
export const written = (number) => String(number).replace("-", "−");

export const plain = (name) => name.replaceAll("_", " ");

/** The width in pixels that a text needs, on the safe side. */
export const letters = (text, size = 13) => text.length * size * 0.62;

/** A text cut to a width in pixels. */
export function cut(text, width, size = 13) {
  const most = Math.max(1, Math.floor(width / (size * 0.56)));
  return text.length > most ? `${text.slice(0, Math.max(1, most - 1))}…` : text;
}

/** The filled part of a bar. */
export function fill(share, background = "") {
  const made = h("div", { className: "fill" });
  made.style.width = `${100 * share}%`;
  if (background) made.style.background = background;
  return made;
}

/** A table of numbers beside a picture, closed at first. */
export function table(caption, columns, rows) {
  const head = h("tr", {}, columns.map((column) => h("th", { scope: "col" }, column)));
  const body = rows.map(([first, ...cells]) =>
    h("tr", {}, h("th", { scope: "row" }, first), cells.map((cell) => h("td", {}, cell))));
  return h("table", {}, h("caption", {}, caption), h("thead", {}, head), h("tbody", {}, body));
}
