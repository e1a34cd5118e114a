import { testChangeLog } from '../change-log.ts';
import { openChangingMemoryStore } from './changing-memory.ts';

testChangeLog('memory', openChangingMemoryStore);
