// What Netlify's own readers make of the rules of a folder: those of its _redirects, _headers and netlify.toml, as JSON.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseAllHeaders } from "@netlify/headers-parser";
import { parseAllRedirects } from "@netlify/redirect-parser";

const [folder] = process.argv.slice(2);
const file = (name) => [join(folder, name)].filter(existsSync);
const [netlifyConfigPath] = file("netlify.toml");
const redirects = await parseAllRedirects({
  redirectsFiles: file("_redirects"),
  netlifyConfigPath,
  configRedirects: [],
  minimal: true,
});
const headers = await parseAllHeaders({ headersFiles: file("_headers"), netlifyConfigPath, configHeaders: [], minimal: true });
const errors = [...redirects.errors, ...headers.errors].map(String);
console.log(JSON.stringify({ redirects: redirects.redirects, headers: headers.headers, errors }));
