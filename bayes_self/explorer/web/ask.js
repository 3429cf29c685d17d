// Questions to the engine, and whether it is there.

import { at, h } from "./dom.js";

const RETRY = 1000; // milliseconds between two tries while the engine is away

let away = false;
let again = "bayes-self explore";
const returned = [];

/** What the engine refuses: a sentence for a person. */
export class Refused extends Error {}

/** The engine does not answer: the page waits for it. */
export class Away extends Error {}

/** The answer to one question; `signal` may give it up. */
export async function ask(about, what, signal = null) {
  let reply;
  try {
    reply = await fetch(`ask/${about}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(what),
      cache: "no-store",
      signal,
    });
  } catch {
    if (signal?.aborted) throw new Away();
    lost();
    throw new Away();
  }
  if (reply.status === 403 || reply.status === 421) {
    lost("Another explorer listens here, with another address: open the one that it has printed.");
    throw new Away();
  }
  if (away) back();
  const found = await reply.json().catch((error) => {
    throw signal?.aborted ? new Away() : error;
  });
  if (!reply.ok) throw new Refused(found.refused ?? "this cannot be answered");
  return found;
}

/** The command that starts the engine again, for when it cannot be asked any more. */
export const startsWith = (command) => { again = command; };

/** Call when the engine is back after it was away. */
export const onReturn = (act) => returned.push(act);

/**
 * One question at a time, and of those that wait only the latest: a slider asks faster than anything answers. The next
 * is asked before the last answer is drawn, so that the engine works while the page does.
 */
export class Latest {
  #waiting = null;
  resting = true;

  /** `rested()` is called when there is nothing left to wait for. */
  constructor(rested) {
    this.rested = rested;
  }

  /** Ask, and hand the answer on; a question that a later one overtakes is never asked. */
  ask(about, what, then, otherwise) {
    this.#waiting = { about, what, then, otherwise };
    if (this.resting) this.#run();
  }

  async #run() {
    this.resting = false;
    try {
      let coming = this.#next();
      while (coming) {
        const act = await coming;
        coming = this.#next();
        act();
        coming ??= this.#next();
      }
    } finally {
      this.resting = true;
      this.rested();
    }
  }

  /** What to do with the answer to the question that waits, once it is there; null where none waits. */
  #next() {
    if (!this.#waiting) return null;
    const { about, what, then, otherwise } = this.#waiting;
    this.#waiting = null;
    return ask(about, what).then((found) => () => then(found, what), (error) => {
      if (error instanceof Refused) return () => otherwise(error);
      if (error instanceof Away) return () => {};
      throw error;
    });
  }
}

function lost(why = "") {
  if (away) return;
  away = true;
  at("connection").replaceChildren(
    h("strong", {}, "The engine has stopped. "),
    why || "What you see is its last answer. Your edits are kept in this page’s address. To go on, start it again:",
    why ? "" : h("code", {}, `${again} --port ${location.port}`),
    why ? "" : "This page will notice.",
  );
  at("connection").hidden = false;
  document.body.classList.add("away");
  setTimeout(tryAgain, RETRY);
}

async function tryAgain() {
  try {
    await ask("shelf", {});
  } catch {
    if (away) setTimeout(tryAgain, RETRY);
  }
}

function back() {
  away = false;
  at("connection").hidden = true;
  document.body.classList.remove("away");
  returned.forEach((act) => act());
}
