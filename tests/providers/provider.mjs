// A provider of sign-in for the tests: node-oidc-provider, which is certified by the OpenID Foundation, with one client per profile and invented
// people. Its page asks for a login and believes it; "strong-…" is said to have been made sure of by two factors.
//
//     node tests/providers/provider.mjs '{"port": 9000, "back": "http://127.0.0.1:8000", "key": {…public key of the client, as JWK…}}'
import http from "node:http";
import { Provider } from "oidc-provider";

const given = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${given.port}`;
const client = (id, more) => ({
  client_id: id, grant_types: ["authorization_code"], response_types: ["code"], redirect_uris: [`${given.back}/sign-in/back/${id}/`], ...more,
});

const provider = new Provider(issuer, {
  clients: [
    client("entra", { client_secret: "entra-secret", token_endpoint_auth_method: "client_secret_post" }),
    client("virtu", { client_secret: "virtu-secret", token_endpoint_auth_method: "client_secret_basic" }),
    client("suomi-fi", { token_endpoint_auth_method: "private_key_jwt", token_endpoint_auth_signing_alg: "RS256", jwks: { keys: [given.key] } }),
  ],
  clientAuthMethods: ["client_secret_post", "client_secret_basic", "private_key_jwt"],
  acrValues: ["test:strong", "test:weak"],
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: { openid: ["sub", "tid", "oid", "acrs", "virtuHomeOrganization", "virtuLocalID", "email"], acr: null },
  cookies: { keys: ["of the tests"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({
      sub: id, tid: "tenant-1", oid: `object-of-${id}`, acrs: id.startsWith("strong-") ? ["c1"] : [],
      virtuHomeOrganization: "ministry.example", virtuLocalID: `local-${id}`, email: "shared@ministry.example",
    }),
  }),
  async loadExistingGrant(context) {
    // Nobody is asked whether the service may know who they are.
    const grant = new provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
});

const PAGE = '<!doctype html><html lang="en"><title>Invented provider</title><form method="post"><label>Login <input name="login"></label><button>Sign in</button></form>';

async function interaction(request, response) {
  if (request.method !== "POST") {
    response.setHeader("Content-Type", "text/html");
    return response.end(PAGE);
  }
  let body = "";
  for await (const piece of request) body += piece;
  const login = new URLSearchParams(body).get("login");
  const result = login
    ? { login: { accountId: login, acr: login.startsWith("strong-") ? "test:strong" : "test:weak" } }
    : { error: "access_denied", error_description: "somebody changed their mind" };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const answer = provider.callback();
http.createServer((request, response) => (request.url.startsWith("/interaction/") ? interaction(request, response) : answer(request, response)))
  .listen(given.port, "127.0.0.1", () => console.log("ready"));
