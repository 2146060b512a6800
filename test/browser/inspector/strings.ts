import { problemMessages } from '../../../src/domain/widgets/problems.ts';
import { widgetStrings } from '../../../src/domain/widgets/strings.ts';
import type { InspectorStrings } from '../../../src/protocol/strings.ts';
import { stringsOf } from '../../support/stringsOf.ts';

const own = stringsOf('src/features/inspector/pageStrings.ts');

export const strings: InspectorStrings = {
  ...(own as unknown as Omit<InspectorStrings, 'widget' | 'widgetProblems' | 'talk'>),
  talk: stringsOf('src/features/inspector/talkStrings.ts') as unknown as InspectorStrings['talk'],
  widget: widgetStrings,
  widgetProblems: problemMessages,
};
