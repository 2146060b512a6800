import { problemMessages } from '../../../src/widgets/common/problems.ts';
import { widgetStrings } from '../../../src/widgets/common/strings.ts';
import type { InspectorStrings } from '../../../src/inspector/common/strings.ts';
import { stringsOf } from '../../support/stringsOf.ts';

const textsOf = (file: string) => stringsOf(`src/features/inspector/${file}`) as unknown;

export const strings: InspectorStrings = {
  ...(textsOf('pageStrings.ts') as Omit<InspectorStrings, 'widget' | 'widgetProblems' | 'talk' | 'log'>),
  log: textsOf('eventLog/strings.ts') as InspectorStrings['log'],
  talk: textsOf('talkStrings.ts') as InspectorStrings['talk'],
  widget: widgetStrings,
  widgetProblems: problemMessages,
};
