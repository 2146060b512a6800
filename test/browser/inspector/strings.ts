import { stringsOf } from '../../support/stringsOf.ts';

const textsOf = (file: string) => stringsOf(`src/features/inspector/${file}`) as unknown;
