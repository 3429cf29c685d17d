// The edited scenario as a file for the browser to save, and the command that does the same.

import { question } from "./address.js";
import { ask } from "./ask.js";
import { at } from "./dom.js";

let file = null;

/** Show the file and the command; the server writes nothing. */
export async function offerSaving(side) {
  const found = await ask("saved", question(side));
  if (file) URL.revokeObjectURL(file);
  file = URL.createObjectURL(new Blob([found.text], { type: "text/plain" }));
  at("saving-file").href = file;
  at("saving-file").download = found.name;
  at("saving-file").textContent = `Save ${found.name}`;
  at("saving-note").textContent = found.comments
    ? "Its comments and its layout are kept; frame and kind of evidence are no part of a file."
    : "This edit has no place in the text as it was written: the file is complete, but without its comments.";
  at("saving-command").textContent = found.command;
  at("saving-text").textContent = found.text;
  at("saving").showModal();
}

at("saving-close").addEventListener("click", () => at("saving").close());
at("saving-copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(at("saving-command").textContent);
  at("live").textContent = "The command is copied.";
});
