/** Elasticsearch against the reference (`search-answers.ts`). RUNS=<number> makes it longer. */
import { elasticsearch } from './elasticsearch.ts';
import { testAnswers } from './search-answers.ts';

testAnswers(elasticsearch, Number(process.env.RUNS ?? 35));
