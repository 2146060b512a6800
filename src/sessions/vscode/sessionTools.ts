// All that is done with sessions, as one bundle, loaded when the first of it is wanted: what activation loads stays small.
export { sessionDetail } from '../common/detail.ts';
export { cancelSession } from './commands/cancelSession.ts';
export { copyClientCode } from './commands/copyClientCode.ts';
export { copyCurl } from './commands/copyCurl.ts';
export { copyClientSecret } from './commands/copyClientSecret.ts';
export { copySessionId } from './commands/copySessionId.ts';
export { createSession } from './commands/createSession.ts';
export { createSessionAgain } from './commands/createSessionAgain.ts';
export { createSessionFromFile } from './commands/createSessionFromFile.ts';
export { forgetSession } from './commands/forgetSession.ts';
export { openSession } from './commands/openSession.ts';
export { saveSessionFile } from './commands/saveSessionFile.ts';
export { showUserThreads } from './commands/showUserThreads.ts';
export { sessionFileMarks } from './files/marks.ts';
