// What documents are made of, as one bundle, loaded when the first is read.
export { documentText, loadDocument } from './content.ts';
