/** Every command of docs/stores.md that needs no server prints what is shown. */
import { testStoresDocument } from './stores.ts';

testStoresDocument({});
