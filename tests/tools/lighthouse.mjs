// Lighthouse over many pages with one browser. The only argument is a JSON object:
//   chrome      the browser's program
//   flags       what it is begun with
//   pages       addresses with their hosts
//   devices     "phone" and/or "desk"
//   runs        how often each page is looked at on each device
//   categories  of Lighthouse's own names, such as "accessibility"
// Prints one JSON object a line: page, device, scores (category: 0 to 100), faults (what costs points), shift, kilobytes.
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const { chrome, flags, pages, devices, runs, categories } = JSON.parse(process.argv[2]);
const configs = { phone: undefined, desk: desktopConfig };
// How fast a page is shows only after it has come to rest; everything else need not wait for that.
const timed = categories.includes("performance");
const hasty = { pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 0, cpuQuietThresholdMs: 0 };

const browser = await launch({
  chromePath: chrome,
  chromeFlags: flags,
});
try {
  for (let run = 0; run < runs; run += 1) {
    for (const page of pages) {
      for (const device of devices) {
        const options = { port: browser.port, onlyCategories: categories, logLevel: "silent", ...(timed ? {} : hasty) };
        const { lhr } = await lighthouse(page, options, configs[device]);
        if (lhr.runtimeError) throw new Error(`${page}: ${lhr.runtimeError.message}`);
        const scores = {};
        const faults = [];
        for (const [name, category] of Object.entries(lhr.categories)) {
          scores[name] = Math.round(category.score * 100);
          for (const { id, weight } of category.auditRefs) {
            const { score, title } = lhr.audits[id];
            if (weight && score !== null && score < 0.9) faults.push(`${name}: ${id} (${title})`);
          }
        }
        const shift = lhr.audits["cumulative-layout-shift"]?.numericValue ?? null;
        const bytes = lhr.audits["total-byte-weight"]?.numericValue;
        const kilobytes = bytes === undefined ? null : Math.round(bytes / 1000);
        console.log(JSON.stringify({ page, device, scores, faults, shift, kilobytes }));
      }
    }
  }
} finally {
  browser.kill();
}
