// The local ChatKit API, as one bundle, loaded when somebody opens it.
export {};
