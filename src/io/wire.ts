// Everything that talks to the network, as one bundle, loaded at the first request.
export {};
