/** Prepares the baselines' database: `fill FILE ROWS`. */
import { bookWithId } from '../books.ts';
import { openBookDatabase } from './book-database.ts';

const [, , file = '', rows = '0'] = process.argv;
const database = await openBookDatabase(file, 'NORMAL');
database.fill(Array.from({ length: Number(rows) }, (_, index) => bookWithId(index + 1)));
database.close();
