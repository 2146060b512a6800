// What is asked and done about connections, as one bundle, loaded when the first of it is wanted.
export { actAsUser } from './commands/actAsUser.ts';
export { addConnection } from './commands/addConnection.ts';
export { allowInsecureHttp } from './commands/allowInsecureHttp.ts';
export { editConnection } from './commands/editConnection.ts';
export { forgetCredentials } from './commands/forgetCredentials.ts';
export { removeConnections } from './commands/removeConnection.ts';
export { setCredentials } from './commands/setCredentials.ts';
export { targetConnection, targetConnections } from './commands/target.ts';
export { testConnection } from './commands/testConnection.ts';
export { secretRedactor } from '../../chatkit/common/wire/redactSecrets.ts';
