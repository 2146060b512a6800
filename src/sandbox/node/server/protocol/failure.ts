/** Ends a request that has no answer yet. The protocol knows no error envelope: it becomes a plain 500 (chatkit-api 5.1). */
export class ServerFailure extends Error {}
