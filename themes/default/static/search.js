// Searches all articles of the site in the reader's own browser. The index lies in parts, some articles of a year each. The
// newest are read first, and no more than the first results take; older ones when a reader asks for them.

const RESULTS = 10; // shown at a time
const BUDGET = 380_000; // bytes that are read before anybody asks for more
const AT_ONCE = 150_000; // bytes that are asked for side by side

// Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), and what a word of the headline adds.
const SATURATION = 1.2;
const BY_LENGTH = 0.75;
const HEADLINE = 1.5;
// What a word weighs that is not the one that was typed: another form of it, or one that begins so.
const KIN = 0.7;
const BEGUN = 0.5;

// -- words: as `bare_words` of the program has them

const ACCENTS = /[\u0300-\u036f\u064b-\u065f\u0670]/g;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const ENDS_IN_WORD = /[\p{L}\p{N}\p{M}]$/u;

export const wordsOf = (text) => {
  const bare = text.normalize("NFKD").replace(ACCENTS, "").normalize("NFKC");
  return bare.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ").match(WORD) ?? [];
};

// The words of a query, each once. The last one may not be typed to its end.
const termsOf = (query) => {
  const words = [...new Set(wordsOf(query))];
  const last = ENDS_IN_WORD.test(query) ? words.length - 1 : -1;
  return words.map((word, n) => ({ word, open: n === last && word.length > 1 }));
};

// -- the index

// Some hosts have unpacked such a file already.
const unpacked = async (bytes) => {
  if (bytes[0] !== 0x1f) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

// A part as the program wrote it: its columns, and `text`, the words of all its articles, on a line those of one stem. They
// stay one text, in which a word is looked for: a telephone has no room for all those of a large archive, each by itself.
class Part {
  constructor(bytes) {
    const end = bytes.indexOf(10);
    const { words, ...columns } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
    Object.assign(this, columns);
    this.text = `\n${words}\n`;
    this.places = Uint32Array.from(this.text.matchAll(/[^\n ]+/g), (word) => word.index);
    this.length = this.lengths.reduce((sum, length) => sum + length, 0);
    this.headlines = [];
    const held = bytes.subarray(end + 1, end + 1 + this.places.length);
    this.starts = new Uint32Array(held.length + 1);
    held.forEach((count, n) => (this.starts[n + 1] = this.starts[n] + count));
    const [first, total] = [end + 1 + held.length, this.starts[held.length]];
    this.steps = bytes.subarray(first, first + total);
    this.times = bytes.subarray(first + total, first + 2 * total);
  }

  // Where a word stands; -1 where it does not.
  place(word) {
    for (const before of "\n ") {
      for (const after of "\n ") {
        const found = this.text.indexOf(before + word + after);
        if (found >= 0) return found + 1;
      }
    }
    return -1;
  }

  // All forms of a word that stand here, itself among them.
  forms(word) {
    const place = this.place(word);
    if (place < 0) return [];
    return this.text.slice(this.text.lastIndexOf("\n", place) + 1, this.text.indexOf("\n", place)).split(" ");
  }

  // The words that a term means here, with their places and what each weighs. `forms` are all that are known of it.
  meant({ word, open }, forms) {
    const meant = new Map();
    for (const form of forms) {
      const place = this.place(form);
      if (place >= 0) meant.set(form, { place, weight: form === word ? 1 : KIN });
    }
    if (open) {
      for (const begun of this.text.matchAll(new RegExp(`[\n ](${word}[^\n ]*)`, "g"))) {
        if (!meant.has(begun[1])) meant.set(begun[1], { place: begun.index + 1, weight: BEGUN });
      }
    }
    return meant;
  }

  // The articles that have the word at a place, and how often.
  *holding(place) {
    let [word, above] = [0, this.places.length - 1];
    while (word < above) {
      const middle = (word + above) >> 1;
      if (this.places[middle] < place) word = middle + 1;
      else above = middle;
    }
    let article = 0;
    for (let n = this.starts[word]; n < this.starts[word + 1]; n += 1) {
      article += this.steps[n];
      yield [article, this.times[n]];
    }
  }

  headline(article) {
    this.headlines[article] ??= wordsOf(this.titles[article]);
    return this.headlines[article];
  }

  admits(article, { section, editor }) {
    const { sections, people } = this.names;
    return (
      (!section || sections[this.sections[article]]?.[0] === section) &&
      (!editor || this.people[article].some((person) => people[person][0] === editor))
    );
  }
}

// What is found in parts: the articles with all words before those with some, each by its score, of two alike the newer first.
export const found = (parts, question) => {
  const terms = termsOf(question.q);
  const looked = parts.map((part) => ({ part, terms: [] }));
  const articles = parts.reduce((sum, part) => sum + part.titles.length, 0);
  const usual = parts.reduce((sum, part) => sum + part.length, 0) / articles || 1;
  const rarity = terms.map((term) => {
    const forms = new Set([term.word, ...parts.flatMap((part) => part.forms(term.word))]);
    let holders = 0;
    for (const one of looked) {
      const meant = one.part.meant(term, forms);
      const counts = new Float64Array(one.part.titles.length);
      for (const { place, weight } of meant.values()) {
        for (const [article, times] of one.part.holding(place)) counts[article] += weight * times;
      }
      one.terms.push({ meant, counts });
      holders += counts.reduce((sum, count) => sum + (count > 0), 0);
    }
    return Math.log(1 + (articles - holders + 0.5) / (holders + 0.5));
  });

  const scored = ({ part, terms }, article) => {
    const length = SATURATION * (1 - BY_LENGTH + (BY_LENGTH * part.lengths[article]) / usual);
    let [score, held] = [0, 0];
    terms.forEach(({ meant, counts }, n) => {
      const count = counts[article];
      if (!count) return;
      held += 1;
      const above = Math.max(0, ...part.headline(article).map((word) => meant.get(word)?.weight ?? 0));
      score += rarity[n] * ((count * (SATURATION + 1)) / (count + length) + HEADLINE * above);
    });
    return { part, article, terms, score, whole: held === terms.length };
  };

  const all = [];
  for (const one of looked) {
    for (let article = one.part.titles.length - 1; article >= 0; article -= 1) {
      if (one.terms.some(({ counts }) => counts[article]) && one.part.admits(article, question)) all.push(scored(one, article));
    }
  }
  all.sort((one, other) => other.whole - one.whole || other.score - one.score || newerFirst(one, other));
  const whole = all.filter((one) => one.whole);
  return { all: whole.length < RESULTS ? all : whole, whole: whole.length };
};

const newerFirst = (one, other) => {
  const [day, before] = [one.part.days[one.article], other.part.days[other.article]];
  return day === before ? 0 : day > before ? -1 : 1;
};

export class Index {
  constructor(list) {
    Object.assign(this, list);
    this.read = new Map();
  }

  static async at(address) {
    return new Index(await (await fetched(address, { cache: "no-cache" })).json());
  }

  part(entry) {
    if (!this.read.has(entry)) {
      const reading = fetched(`${entry.address}?${entry.digest}`)
        .then((answer) => answer.arrayBuffer())
        .then(async (packed) => new Part(await unpacked(new Uint8Array(packed))));
      reading.catch(() => this.read.delete(entry)); // it may be there the next time
      this.read.set(entry, reading);
    }
    return this.read.get(entry);
  }

  // What is found, each time that more parts were read: until there are so many articles with all words, and within the budget.
  // Each step reads as much as all before it: what was read is looked through again with what is new.
  async *search(question, wanted = RESULTS, budget = BUDGET) {
    const entries = this.parts.filter(({ year }) => !question.year || String(year) === question.year);
    const cost = (entry) => (this.read.has(entry) ? 0 : entry.bytes);
    const parts = [];
    let [n, spent] = [0, 0];
    do {
      const [first, left] = [n, budget - spent];
      let bytes = 0;
      const most = () => (n === first ? left : Math.min(left, Math.max(AT_ONCE, spent)));
      while (n < entries.length && (n === 0 || bytes + cost(entries[n]) <= most())) bytes += cost(entries[n++]);
      if (first && n === first) return;
      spent += bytes;
      parts.push(...(await Promise.all(entries.slice(first, n).map((entry) => this.part(entry)))));
      const now = found(parts, question);
      yield { ...now, searched: entries.slice(0, n), older: entries.slice(n) };
      if (now.whole >= wanted) return;
    } while (n < entries.length);
  }
}

const fetched = async (address, how) => {
  const answer = await fetch(address, how);
  if (!answer.ok) throw new Error(`${answer.status}: ${address}`);
  return answer;
};

// -- the page

const begin = (form) => {
  const page = Object.fromEntries(
    ["found", "results", "more", "older", "help", "result"].map((name) => [name, document.getElementById(`_${name}`)]),
  );
  const field = form.elements.q;
  const language = document.documentElement.lang;
  const label = (name, values = {}) =>
    form.dataset[name].replace(/\{(\w+)\}/g, (_, key) =>
      typeof values[key] === "number" ? values[key].toLocaleString(language) : values[key],
    );
  const years = (entries) => [...new Set([entries.at(-1)?.year, entries[0]?.year])].join("–");
  let opening; // the index, from the first time that it is needed
  let turn = 0; // of two searches only the later one is shown
  let shown = RESULTS;
  let last = null;

  const index = () => {
    opening ??= Index.at(form.dataset.parts).then((index) => {
      const of = (pairs) => pairs.map(([slug, name]) => new Option(name, slug));
      form.elements.section.append(...of(index.sections));
      form.elements.editor.append(...of(index.people));
      form.elements.year.append(...of([...new Set(index.parts.map(({ year }) => year))].map((year) => [year, year])));
      return index;
    });
    opening.catch(() => (opening = undefined));
    return opening;
  };

  // -- what is asked, as the form and as the address have it

  const narrowing = ["section", "editor", "year"];
  const names = ["q", ...narrowing];
  const asked = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
  const address = () => {
    const filled = Object.entries(asked()).filter(([, value]) => value.trim());
    return filled.length ? `?${new URLSearchParams(filled)}` : location.pathname;
  };
  const take = (names) => {
    const given = new URLSearchParams(location.search);
    for (const name of names) form.elements[name].value = given.get(name) ?? "";
  };
  const remember = () => {
    if (address() !== (location.search || location.pathname)) history.pushState(null, "", address());
  };

  // -- what is found

  const marked = (element, text, terms) => {
    let at = 0;
    for (const word of text.matchAll(WORD)) {
      if (!wordsOf(word[0]).some((form) => terms.some(({ meant }) => meant.has(form)))) continue;
      const mark = document.createElement("mark");
      mark.textContent = word[0];
      element.append(text.slice(at, word.index), mark);
      at = word.index + word[0].length;
    }
    element.append(text.slice(at));
  };

  // The words by which an article was found, of the terms that neither its headline nor its summary has.
  const within = ({ part, article, terms }) => {
    const seen = new Set(wordsOf(`${part.titles[article]} ${part.summaries[article]}`));
    const here = ({ place }) => [...part.holding(place)].some(([holder]) => holder === article);
    const heaviest = ({ meant }) =>
      [...meant].filter(([, one]) => here(one)).sort(([, one], [, other]) => other.weight - one.weight)[0];
    const unseen = terms.filter(({ meant, counts }) => counts[article] && ![...meant.keys()].some((form) => seen.has(form)));
    return unseen.map((term) => heaviest(term)[0]);
  };

  const entry = (result) => {
    const { part, article, terms } = result;
    const item = page.result.content.cloneNode(true);
    const find = (selector) => item.querySelector(selector);
    find("a").href = part.addresses[article];
    marked(find("a"), part.titles[article], terms);
    find(".section").textContent = part.names.sections[part.sections[article]]?.[1] ?? "";
    const day = document.createElement("time");
    day.dateTime = part.days[article];
    day.textContent = part.dates[article];
    find(".people").before(day, " ");
    find(".people").textContent = part.people[article].map((person) => part.names.people[person][1]).join(", ");
    marked(find(".summary"), part.summaries[article], terms);
    const words = within(result);
    words.forEach((word, n) => {
      const mark = document.createElement("mark");
      mark.textContent = word;
      find(".within").append(n ? ", " : " ", mark);
    });
    if (!words.length) find(".within").remove();
    for (const empty of item.querySelectorAll(":is(.section, .people, .summary):empty")) empty.remove();
    return item;
  };

  const show = () => {
    const { all, whole, searched, older } = last;
    page.results.replaceChildren(...all.slice(0, shown).map(entry));
    page.more.hidden = all.length <= shown;
    page.older.hidden = !older.length;
    if (older.length) page.older.textContent = label("older", { years: years(older) });
    page.help.hidden = all.length > 0;
    const told = whole || !all.length ? [label(whole ? "found" : "none", { n: whole })] : [];
    if (all.length > whole) told.push(label("some", { n: all.length - whole }));
    page.found.textContent = [...told, years(searched)].filter(Boolean).join(" · ");
  };

  const clear = () => {
    last = null;
    page.results.replaceChildren();
    page.found.textContent = "";
    page.more.hidden = page.older.hidden = page.help.hidden = true;
  };

  const run = async (wanted, budget) => {
    const mine = ++turn;
    try {
      const opened = await index();
      if (mine !== turn) return;
      if (!wordsOf(field.value).length) {
        clear();
        return;
      }
      page.results.setAttribute("aria-busy", "true");
      for await (const step of opened.search(asked(), wanted, budget)) {
        if (mine !== turn) return;
        last = step;
        show();
      }
    } catch (error) {
      if (mine === turn) {
        clear();
        page.found.textContent = label("failed");
      }
      console.warn(error);
    } finally {
      if (mine === turn) page.results.removeAttribute("aria-busy");
    }
  };
  const anew = () => {
    shown = RESULTS;
    return run();
  };

  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(anew, 150);
  });
  form.addEventListener("change", (event) => {
    remember();
    if (event.target !== field) anew();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    remember();
    anew();
  });
  page.more.addEventListener("click", () => {
    const before = shown;
    shown += RESULTS;
    show();
    page.results.children[before]?.querySelector("a").focus();
  });
  page.older.addEventListener("click", async () => {
    await run((last?.whole ?? 0) + RESULTS, Infinity);
    (page.results.querySelector("a") ?? field).focus();
  });
  const open = async () => {
    take(["q"]);
    try {
      await index();
    } catch {
      // `run` says so
    }
    take(narrowing); // the index says what there is to choose from
    anew();
  };
  addEventListener("popstate", open);
  addEventListener("keydown", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey);
    if (event.key !== "/" || !plain || event.target.closest?.("input, select, textarea")) return;
    event.preventDefault();
    field.select();
  });
  field.addEventListener("focus", () => index().catch(() => {}), { once: true });
  if (location.search) open();
};

const form = globalThis.document?.getElementById("_search");
if (form) begin(form);
