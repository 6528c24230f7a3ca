// What feedsmith reads in feeds: for each file that is given its format, its title and, in order, the ids of its items, as JSON;
// of a feed in JSON also what its schema finds wrong.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { parseFeed } from "feedsmith";

const schema = new URL("node_modules/jsonfeed-schema/schema-v1.1.json", import.meta.url);
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(JSON.parse(readFileSync(schema)));

const read = (file) => {
  const text = readFileSync(file, "utf8");
  const { format, feed } = parseFeed(text);
  const items = feed.items ?? feed.entries ?? [];
  const faults = format === "json" && !validate(JSON.parse(text)) ? validate.errors : [];
  return { format, title: feed.title, ids: items.map((item) => item.id ?? item.guid?.value), faults };
};

console.log(JSON.stringify(process.argv.slice(2).map(read)));
