// Asks the search of a built site as its own page does, with a fetch that reads the site's folder. It is given the script, the
// folder, the address of the list of parts, and as JSON what is asked: `words` to be taken apart, `queries` (with `all`: to the
// oldest article; with `typed`: after these). Of each query it tells the addresses found, how many have all words, and what was read, with bytes.
import { readFileSync } from "node:fs";

const [script, folder, list] = process.argv.slice(2);
const { words, queries } = JSON.parse(readFileSync(0, "utf8"));
const source = readFileSync(script).toString("base64");
const { Index, wordsOf } = await import(`data:text/javascript;base64,${source}`);

let read = [];
globalThis.fetch = async (address) => {
  const path = decodeURIComponent(new URL(address, "https://kabar.example/").pathname);
  const bytes = readFileSync(folder + path);
  read.push([path, bytes.length]);
  return new Response(bytes);
};

const answer = async ({ all, typed, ...query }) => {
  read = [];
  const index = await Index.at(list);
  const begun = performance.now();
  let last;
  if (all) index.left = Infinity;
  for (const before of typed ?? []) for await (const _ of index.search({ q: before }));
  for await (const step of index.search(query, all ? Infinity : undefined)) last = step;
  const addresses = last.all.map(({ part, article }) => part.addresses[article]);
  return { addresses, whole: last.whole, older: last.older.length, read, milliseconds: performance.now() - begun };
};

const answers = [];
for (const query of queries) answers.push(await answer(query));
console.log(JSON.stringify({ words: words.map(wordsOf), answers }));
