/** End-user IDs as applications use them: email addresses, numbers, IDs of sign-in services, and one that needs encoding. */
export const users = {
  mara: 'mara.lind@example.com',
  kenji: 'kenji.watanabe@example.jp',
  layla: 'layla.haddad@example.com',
  arjun: 'arjun.mehta@example.in',
  sofia: 'auth0|6650c1f2a94b7e0012d3f7c8',
  visitor: 'user_48213',
  anonymous: 'anon-7f3a9c2e',
  operations: 'ops-oncall',
  finance: 'finance@bergencoffee.example',
  odd: "O'Brien & Sons / Ünïcode + 100%",
} as const;
