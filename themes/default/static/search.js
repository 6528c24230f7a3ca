// Searches all articles of the site in the reader's own browser. The index lies in parts, some articles of a year each. The
// newest are read first, and no more than the first results take; older ones when a reader asks for them.

const RESULTS = 10; // shown at a time
const BUDGET = 380_000; // bytes that are read before anybody asks for more
const MORE = 1_000_000; // bytes that are read when somebody does; each time twice as many
const AT_ONCE = 150_000; // bytes that are asked for side by side at first
const AT_MOST = 1_000_000; // and later

// Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), and what a word of the headline adds.
const SATURATION = 1.2;
const BY_LENGTH = 0.75;
const HEADLINE = 1.5;
// What a word weighs that is not the one that was typed: another form of it, or one that begins so.
const KIN = 0.7;
const BEGUN = 0.5;

// -- words: as `bare_words` of the program has them

const ACCENTS = /[\u0300-\u036f\u0640\u064b-\u065f\u0670]/g;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const JOINED = /[\p{L}\p{N}][-/][\p{L}\p{N}]/u;
const ENDS_IN_WORD = /[\p{L}\p{N}\p{M}]$/u;
const UNPARTED =
  /([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\ua980-\ua9df\uf900-\ufaff]+)/;

const pairs = (signs) => (signs.length > 1 ? [...signs.slice(1)].map((sign, n) => signs[n] + sign) : [signs]);
const inPairs = (word) =>
  UNPARTED.test(word) ? word.split(UNPARTED).flatMap((run, n) => (n % 2 ? pairs(run) : run || [])) : [word];

export const wordsOf = (text) => {
  const bare = text.normalize("NFKD").replace(ACCENTS, "").normalize("NFKC");
  return (bare.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ").match(WORD) ?? []).flatMap(inPairs);
};

// The words of a query, each once. The last one may not be typed to its end.
const termsOf = (query) => {
  const words = wordsOf(query);
  const last = ENDS_IN_WORD.test(query) ? words.at(-1) : "";
  return [...new Set(words)].map((word) => ({ word, last: word === last && word.length > 1 }));
};

// What the stem of a word may be that no article holds: the likeliest first. So far in two languages, whose stemmers (Snowball)
// take these beginnings and endings off; in English an `e`, an `i` or a doubled letter may stand at the seam.
const BEGINNINGS = [
  [/^[mp]eny(?=[aiueo])/, "s"],
  [/^[mp]em(?=[aiueo])/, "p"],
  [/^(?:[mp]e(?:ng|n|m)|me|di|ter|ke)/, ""],
  [/^(?:be[rl]?|pe[rl]?)/, ""],
];
const ENDINGS = {
  en: /^$|^(?:e|i?e[sd]|[ei]?[sdr]|ings?|[eo]rs?|[ei]st|(?:al)?ly|y|al|ies|ments?|ness|[ai]bl[ey]|(?:iv)?ity|ives?|ful|less|ics?|ical|[ae]nces?|[ae]nt(?:s|ly)?|(?:at)?ions?|at(?:e[sd]?|ing|ors?|ive))$/,
  id: /^$|^(?:kan|an|i)?(?:[km]u|nya)?(?:[lk]ah|pun)?$/,
};
const SHORTEST = 3; // letters of a stem
const LONGEST = 7; // of an ending

const stemsLike = (word, language) => {
  const code = language.split("-")[0];
  if (!ENDINGS[code]) return [];
  const roots = new Set([word]);
  for (const [beginning, put] of code === "id" ? BEGINNINGS : []) {
    for (const root of [...roots]) roots.add(root.replace(beginning, put));
  }
  const found = [];
  for (let less = 0; less <= LONGEST; less += 1) {
    for (const root of roots) {
      const base = root.slice(0, root.length - less);
      const ending = root.slice(base.length);
      if (base.length < SHORTEST || !ENDINGS[code].test(ending)) continue;
      const seams = code !== "en" ? [""] : /^(?:y|ie[sd])$/.test(ending) ? ["i", ""] : ["", "e"];
      found.push(...seams.map((seam) => base + seam));
      if (code === "en" && /([^aeiou])\1$/.test(base)) found.push(base.slice(0, -1));
    }
  }
  return found;
};

// -- the index

// Some hosts have unpacked such a file already.
const unpacked = async (bytes) => {
  if (bytes[0] !== 0x1f) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

// A part as the program wrote it: its columns, and `text`, the words of all its articles, on a line those of one stem, which
// comes first. They stay one text, in which a word is looked for: a telephone has no room for all those of a large archive, each by itself.
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

  // The words of the line at a place: a stem and its forms.
  line(place) {
    return this.text.slice(this.text.lastIndexOf("\n", place) + 1, this.text.indexOf("\n", place)).split(" ");
  }

  // The stem of a word that stands here, or "".
  stem(word) {
    const place = this.place(word);
    return place < 0 ? "" : this.line(place)[0];
  }

  // Which of some stems stands here, the first of them; or "".
  first(stems) {
    return stems.find((stem) => this.text.includes(`\n${stem} `) || this.text.includes(`\n${stem}\n`)) ?? "";
  }

  // The words that a term means here, with their places and what each weighs. `stems` are all that are known of it; `open`
  // tells whether it may be the beginning of others.
  meant(word, stems, open) {
    const meant = new Map();
    const known = [word, ...[...stems].flatMap((stem) => {
      const place = this.place(stem);
      return place < 0 ? [] : this.line(place);
    })];
    for (const form of known) {
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
// While somebody is typing, the last word is found by its beginning too; afterwards only where nothing else has it.
// Where nothing but a section and the like is asked for, all that is in it.
export const found = (parts, question, language) => {
  const terms = termsOf(question.q);
  const looked = parts.map((part) => ({ part, terms: [] }));
  const articles = parts.reduce((sum, part) => sum + part.titles.length, 0);
  const usual = parts.reduce((sum, part) => sum + part.length, 0) / articles || 1;
  const rarity = terms.map((term) => {
    const stems = stemsOf(term.word, parts, language);
    const open = term.last && (question.typing || !stems.size);
    let holders = 0;
    for (const one of looked) {
      const meant = one.part.meant(term.word, stems, open);
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
      const holds = !terms.length || one.terms.some(({ counts }) => counts[article]);
      if (holds && one.part.admits(article, question)) all.push(scored(one, article));
    }
  }
  all.sort((one, other) => other.whole - one.whole || other.score - one.score || newerFirst(one, other));
  const whole = all.filter((one) => one.whole);
  return { all: whole.length < RESULTS ? all : whole, whole: whole.length };
};

// The stems of a word by all parts that have it; where none has, what it seems to be a form of.
const stemsOf = (word, parts, language) => {
  const known = new Set(parts.map((part) => part.stem(word)).filter(Boolean));
  if (known.size) return known;
  const like = stemsLike(word, language);
  return new Set(parts.map((part) => part.first(like)).filter(Boolean));
};

const newerFirst = (one, other) => {
  const [day, before] = [one.part.days[one.article], other.part.days[other.article]];
  return day === before ? 0 : day > before ? -1 : 1;
};

export class Index {
  constructor(list) {
    Object.assign(this, list);
    this.read = new Map();
    this.left = BUDGET; // bytes that may be read, by all searches together
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

  // What is found, each time that more parts were read: until there are so many articles with all words, or no more may be
  // read. Each step reads as much as all before it: what was read is looked through again with what is new.
  async *search(question, wanted = RESULTS) {
    const entries = this.parts.filter(({ year }) => !question.year || String(year) === question.year);
    const cost = (entry) => (this.read.has(entry) ? 0 : entry.bytes);
    const parts = [];
    let [n, spent] = [0, 0];
    do {
      const first = n;
      let bytes = 0;
      const most = () => (n === first ? this.left : Math.min(this.left, Math.max(AT_ONCE, Math.min(AT_MOST, spent))));
      while (n < entries.length && (n === 0 || bytes + cost(entries[n]) <= most())) bytes += cost(entries[n++]);
      if (first && n === first) return;
      spent += bytes;
      this.left -= bytes;
      try {
        parts.push(...(await Promise.all(entries.slice(first, n).map((entry) => this.part(entry)))));
      } catch (error) {
        this.left += bytes;
        throw error;
      }
      const now = found(parts, question, this.language);
      yield { ...now, parts: [...parts], older: entries.slice(n) };
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
    ["found", "results", "more", "older", "help", "widen", "result"].map((name) => [name, document.getElementById(`_${name}`)]),
  );
  const field = form.elements.q;
  const language = document.documentElement.lang;
  const label = (name, values = {}) =>
    form.dataset[name].replace(/\{(\w+)\}/g, (_, key) =>
      typeof values[key] === "number" ? values[key].toLocaleString(language) : values[key],
    );
  let opening; // the index, from the first time that it is needed
  let typing = false;
  let turn = 0; // of two searches only the later one is shown
  let shown = RESULTS;
  let further = MORE;
  let deeper = 0; // how often older articles were asked for
  let last = null;
  let chosen = null; // the choice that was changed last: who goes through it by keys leaves one address behind

  const index = () => {
    opening ??= Index.at(form.dataset.parts).then((index) => {
      const of = (pairs) => pairs.map(([slug, name]) => new Option(name, slug));
      form.elements.section.append(...of(index.sections));
      form.elements.editor.append(...of(index.people));
      form.elements.year.append(...of([...new Set(index.parts.map(({ year }) => year))].map((year) => [year, year])));
      for (const name of narrowing) form.elements[name].closest("label").hidden = form.elements[name].length < 2;
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
  const narrowed = () => narrowing.some((name) => form.elements[name].value);
  const take = (names) => {
    const given = new URLSearchParams(location.search);
    for (const name of names) {
      form.elements[name].value = given.get(name) ?? "";
      if (form.elements[name].selectedIndex === -1) form.elements[name].value = ""; // there is no such choice any more
    }
  };
  const remember = (how) => {
    if (address() !== (location.search || location.pathname)) history[how](null, "", address());
  };

  // -- what is found

  const markWords = (element, text, terms) => {
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
  // A word with a hyphen or slash in it ends no line there, as on all pages (`unbroken`).
  const marked = (element, text, terms) => {
    text.split(" ").forEach((word, n) => {
      if (n) element.append(" ");
      const whole = JOINED.test(word) ? element.appendChild(document.createElement("span")) : element;
      if (whole !== element) whole.className = "whole";
      markWords(whole, word, terms);
    });
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

  const entry = (result, n, results) => {
    const { part, article, terms, whole } = result;
    const item = page.result.content.cloneNode(true);
    const find = (selector) => item.querySelector(selector);
    find("a").href = part.addresses[article];
    marked(find("a"), part.titles[article], terms);
    find(".section").textContent = part.names.sections[part.sections[article]]?.[1] ?? "";
    const day = document.createElement("time");
    day.dateTime = part.days[article];
    day.textContent = part.dates[article];
    find(".people").before(day, " ");
    find(".people").textContent = part.people[article].map((person) => part.names.people[person][1]).join(label("comma"));
    marked(find(".summary"), part.summaries[article], terms);
    const words = within(result);
    words.forEach((word, n) => {
      const mark = document.createElement("mark");
      mark.textContent = word;
      find(".within").append(n ? label("comma") : " ", mark);
    });
    if (!words.length) find(".within").remove();
    if (whole || !results[n - 1]?.whole) find(".partly").remove();
    for (const empty of item.querySelectorAll(":is(.section, .people, .summary):empty")) empty.remove();
    return item;
  };

  const show = () => {
    const { all, whole, parts, older } = last;
    page.results.replaceChildren(...all.slice(0, shown).map(entry));
    page.more.hidden = all.length <= shown;
    page.older.hidden = !older.length;
    const since = { date: parts.at(-1).dates[0] };
    page.older.textContent = label("older", since);
    page.help.hidden = all.length > 0;
    page.help.firstElementChild.hidden = older.length > 0; // what to try when nothing is left to search
    page.widen.hidden = !narrowed();
    const told = [];
    if (whole) told.push(label("found", { n: whole }));
    if (all.length > whole) told.push(label("some", { n: all.length - whole }));
    if (!all.length) told.push(label(older.length ? "unfound" : "none", since));
    else if (older.length) told.push(label("since", since));
    page.found.textContent = told.join(" · ");
  };

  const clear = () => {
    last = null;
    page.results.replaceChildren();
    page.found.textContent = "";
    page.more.hidden = page.older.hidden = page.help.hidden = true;
  };

  // After `before`, what was found in some parts, the search goes on into older ones, and what was found stays where it stands.
  const run = async (before = null) => {
    const mine = ++turn;
    const busy = setTimeout(() => (page.found.textContent = form.dataset.busy), 300);
    try {
      const opened = await index();
      if (mine !== turn) return;
      if (!wordsOf(field.value).length && !narrowed()) {
        clear();
        return;
      }
      page.results.setAttribute("aria-busy", "true");
      if (before) {
        opened.left = further;
        further *= 2;
      } else last = null;
      for await (const step of opened.search({ ...asked(), typing }, (before?.whole ?? 0) + RESULTS)) {
        if (mine !== turn) return;
        clearTimeout(busy);
        last = before ? goneOn(before, step) : step;
        show();
      }
    } catch (error) {
      if (mine === turn) {
        if (last) show();
        else clear();
        page.found.textContent = [page.found.textContent, form.dataset.failed].filter(Boolean).join(" · ");
      }
      console.warn(error);
    } finally {
      clearTimeout(busy);
      if (mine === turn) page.results.removeAttribute("aria-busy");
    }
  };
  const goneOn = (before, step) => {
    const wholes = before.all.slice(0, before.whole);
    const found = step.all.filter(({ part, whole }) => whole && !before.parts.includes(part));
    return { ...step, all: [...wholes, ...found, ...step.all.filter(({ whole }) => !whole)] };
  };
  const anew = (now = false) => {
    typing = now;
    shown = RESULTS;
    deeper = 0;
    return run();
  };
  const goOn = () => {
    shown = last.whole + RESULTS;
    deeper += 1;
    return run(last);
  };

  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(anew, 150, true);
  });
  form.addEventListener("change", (event) => {
    remember(event.target === chosen ? "replaceState" : "pushState");
    chosen = event.target === field ? null : event.target;
    if (chosen) anew();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    remember("pushState");
    chosen = null;
    anew();
  });
  page.more.addEventListener("click", () => {
    const before = shown;
    shown += RESULTS;
    show();
    page.results.children[before]?.querySelector("a").focus();
  });
  page.older.addEventListener("click", async () => {
    const before = last.whole;
    await goOn();
    const come = page.results.children[before]?.querySelector("a");
    if (come) come.focus();
    else if (page.older.hidden) page.found.focus();
  });
  page.widen.addEventListener("click", () => {
    for (const name of narrowing) form.elements[name].value = "";
    remember("pushState");
    page.found.focus();
    anew();
  });
  // Who comes back from an article finds as many results, and stands where they stood.
  page.results.addEventListener("click", () => history.replaceState({ deeper, shown, top: scrollY }, ""));
  const open = async () => {
    const before = { deeper: 0, shown: RESULTS, top: 0, ...history.state };
    take(["q"]);
    try {
      await index();
    } catch {
      // `run` says so
    }
    take(narrowing); // the index says what there is to choose from
    if (location.search) history.replaceState(history.state, "", address());
    let going = anew();
    let mine = turn;
    await going;
    while (mine === turn && deeper < before.deeper && last?.older.length) {
      going = goOn();
      mine = turn;
      await going;
    }
    if (mine !== turn || !last || !history.state) return;
    shown = before.shown;
    show();
    scrollTo(0, before.top);
  };
  addEventListener("popstate", open);
  addEventListener("keydown", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.altKey);
    if (event.key !== "/" || !plain || event.target.closest?.("input, select, textarea")) return;
    event.preventDefault();
    field.select();
  });
  open();
};

const form = globalThis.document?.getElementById("_search");
if (form) begin(form);
