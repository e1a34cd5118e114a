/** A process for `crash.test.ts`: emits one of two projects after the other, until it is killed. */
import { emitAgain } from '../../src/emit/emit-again.ts';
import { versions } from './versions.ts';

const [folder = ''] = process.argv.slice(2);
process.stdout.write('begun\n');
for (let round = 0; ; round++) {
  const files = versions[round % 2 === 0 ? 'one' : 'two'];
  emitAgain(folder, files, { cartouche: '1.0.0', options: {} }, { prune: false, dryRun: false });
}
