// What feedsmith reads in feeds: for each file that is given its format and, in order, the ids of its items, as JSON.
import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";

const read = (file) => {
  const { format, feed } = parseFeed(readFileSync(file, "utf8"));
  const items = feed.items ?? feed.entries ?? [];
  return { format, title: feed.title, ids: items.map((item) => item.id ?? item.guid?.value ?? item.guid) };
};

console.log(JSON.stringify(process.argv.slice(2).map(read)));
