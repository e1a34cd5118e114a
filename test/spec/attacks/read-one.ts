/** Reads one description as `cartouche` does, and prints what that took. */
import { readSpec } from '../../../src/spec/read.ts';

const [file = ''] = process.argv.slice(2);
const before = process.cpuUsage();
const { model, diagnostics } = await readSpec(file, { cache: false });
const { user, system } = process.cpuUsage(before);
console.log(
  JSON.stringify({
    diagnostics,
    hasModel: model !== undefined,
    seconds: (user + system) / 1e6,
    mebibytes: process.resourceUsage().maxRSS / 1024,
    text: JSON.stringify(model) ?? '',
  }),
);
